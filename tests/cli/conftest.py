"""What the tests of the command line share: sites in several stages, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest
from cli_site import FRENCH, PAGE, Site


@pytest.fixture
def folder(tmp_path: Path) -> Site:
    """A folder without anything in it."""
    return Site(tmp_path)


@pytest.fixture
def empty_site(tmp_path: Path) -> Site:
    """A configured site without pages, German to French."""
    site = Site(tmp_path)
    site.configure("fr")
    return site


@pytest.fixture
def site(empty_site: Site) -> Site:
    """A site with one small page."""
    empty_site.write("content/seite.de.md", PAGE)
    return empty_site


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, translated and built, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("stages")
    site = Site(folder / "translated")
    site.write("content/seite.de.md", PAGE)
    site.configure("fr")
    site.ok("extract")
    site.translate(FRENCH)
    shutil.copytree(folder / "translated", folder / "built")
    Site(folder / "built").ok("build")
    return folder


@pytest.fixture
def translated(stages: Path, tmp_path: Path) -> Site:
    """A site with a page that is translated and not built."""
    shutil.copytree(stages / "translated", tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)


@pytest.fixture
def built(stages: Path, tmp_path: Path) -> Site:
    """A site with a page that is translated and built."""
    shutil.copytree(stages / "built", tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)
