"""A page whose address is in its front matter is shown in every language by a real Hugo."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polib
import pytest

HUGO = shutil.which("hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")

CONFIG = """\
baseURL = "https://example.org/"
defaultContentLanguage = "de"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "home", "section"]
[languages.de]
weight = 1
[languages.fr]
weight = 2
"""
FRENCH = {"Über uns": "À propos", "Der Text, der auf der Seite steht.": "Le texte de la page."}


def run(site: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Duplicate target paths" not in done.stdout + done.stderr


def translate(site: Path, french: Mapping[str, str]) -> None:
    """Fill the one catalog; each of its texts has a translation."""
    (path,) = site.glob("locales/fr/LC_MESSAGES/*.po")
    catalog = polib.pofile(str(path), wrapwidth=100_000)
    for entry in catalog:
        entry.msgstr = french[entry.msgid]
    catalog.save()


@pytest.mark.parametrize(
    ("front_matter", "addresses"),
    [
        (
            "---\ntitle: Über uns\nurl: /ueber/\naliases: [/alt/]\n---\n",
            ("ueber", "fr/ueber", "alt", "fr/alt"),
        ),
        ('+++\ntitle = "Über uns"\nURL = "/wir/:slug/"\nslug = "x"\n+++\n', ("wir/x", "fr/wir/x")),
        ('{"title": "Über uns", "url": "ohne/"}\n', ("ohne", "fr/ohne")),
    ],
    ids=["yaml", "toml", "json"],
)
def test_each_language_has_an_address_of_its_own(
    tmp_path: Path, front_matter: str, addresses: tuple[str, ...]
) -> None:
    (tmp_path / "hugo.toml").write_text(CONFIG)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(f"{front_matter}\nDer Text, der auf der Seite steht.\n", "utf-8")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/single.html").write_text("{{ .Title }}: {{ .Content }}")
    tool = (sys.executable, "-m", "netzwerk_i18n")
    for command in ("init", "extract"):
        run(tmp_path, *tool, command)
    translate(tmp_path, FRENCH)
    run(tmp_path, *tool, "build")
    run(tmp_path, str(HUGO), "--printPathWarnings")
    public = tmp_path / "public"
    assert {path.parent.relative_to(public).as_posix() for path in public.glob("**/index.html")} - {
        "de",
        "fr",
        ".",
    } == set(addresses)
    shown = {address: (public / address / "index.html").read_text("utf-8") for address in addresses[:2]}
    assert [text.split(":")[0] for text in shown.values()] == ["Über uns", "À propos"]
