"""A translator saves a catalog, and finds the translation on the page that a real Hugo serves."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_hugo_addresses import HUGO, run, translate

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")

TOOL = (sys.executable, "-m", "netzwerk_i18n")
SECONDS = 40
CONFIG = """\
baseURL = "https://example.org/"
defaultContentLanguage = "de"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "section", "404", "home"]
[languages.de]
weight = 1
[languages.fr]
weight = 2
"""
PAGE = (
    "---\ntitle: Titel\n---\n\n* Der erste Eintrag der Liste.\n* [Brief](https://example.org/brief) lesen\n"
)
FRENCH = {
    "Titel": "Titre",
    "Der erste Eintrag der Liste.": "Le premier élément de la liste.",
    "[Brief](https://example.org/brief) lesen": "Lire la [lettre](https://example.org/brief)",
}


@contextmanager
def running(folder: Path, *command: str) -> Iterator[None]:
    with (folder / f"{Path(command[0]).name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(address: str, text: str) -> str:
    """The page at an address, as soon as it holds a text."""
    end, seen = time.monotonic() + SECONDS, ""
    while text not in seen:
        assert time.monotonic() < end, f"{text!r} is not on the page: {seen}"
        time.sleep(0.05)
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - our own server
                seen = answer.read().decode()
        except urllib.error.URLError as error:
            seen = str(error)
    return seen


def test_what_is_saved_in_the_catalog_is_served_a_moment_later(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(CONFIG)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(PAGE, "utf-8")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/single.html").write_text("<h1>{{ .Title }}</h1>{{ .Content }}")
    run(tmp_path, *TOOL, "init")
    run(tmp_path, *TOOL, "extract")
    port = free_port()
    assert HUGO is not None
    server = (HUGO, "server", "--bind", "127.0.0.1", "--port", str(port), "--disableLiveReload")
    with running(tmp_path, *server), running(tmp_path, *TOOL, "build", "--watch"):
        wait_for(f"http://127.0.0.1:{port}/a/", "<h1>Titel</h1>")
        translate(tmp_path, FRENCH)
        french = wait_for(f"http://127.0.0.1:{port}/fr/a/", "<h1>Titre</h1>")
        assert '<li>Lire la <a href="https://example.org/brief">lettre</a></li>' in french
        translate(tmp_path, FRENCH | {"Titel": "Un autre titre"})
        wait_for(f"http://127.0.0.1:{port}/fr/a/", "<h1>Un autre titre</h1>")
