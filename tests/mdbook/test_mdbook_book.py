"""A book in two languages as a real mdBook makes it, by the loop that the guide has for it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

TOOL = (sys.executable, "-m", "netzwerk_i18n")
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
MDBOOK = shutil.which("mdbook", path=PROGRAMS)
GUIDE = Path(__file__).parents[2] / "docs/how-to/generators.md"

pytestmark = pytest.mark.skipif(MDBOOK is None, reason="mdBook is not installed")

SUMMARY = """\
# Inhalt

[Vorwort](vorwort.md)

# Erster Teil

- [Der Anfang](a.md)
  - [Noch mehr](a/b.md)
- [Kommt später]()
"""
PREFACE = """\
# Vorwort

> [!NOTE]
> Ein Hinweis für alle.

Begriff
: Seine Erklärung.

Ein Satz[^1] mit ~~Strich~~.

[^1]: Die Fußnote selbst.
"""
CHAPTER = """\
# Der Anfang

Siehe [weiter unten](#über-uns) und [das Kapitel](a/b.md#wörter-2025).

```rust
{{#include ../listings/a.rs}}
```

![Ein Bild](bild.svg)

## Über uns

| Ort | Tag |
|-----|-----|
| Köln | Montag |
"""
SECTION = "# Noch mehr\n\n## Wörter 2025\n\n- [ ] Erledigen\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with a French translation in which each text says F before the German one."""
    files = {
        "book.toml": '[book]\ntitle = "Das Buch"\nlanguage = "de"\n',
        "src/SUMMARY.md": SUMMARY,
        "src/vorwort.md": PREFACE,
        "src/a.md": CHAPTER,
        "src/a/b.md": SECTION,
        "src/bild.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "listings/a.rs": 'fn main() { println!("hallo"); }\n',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    run(tmp_path, *TOOL, "init", "--locale", "fr")
    run(tmp_path, *TOOL, "extract")
    (file,) = tmp_path.glob("locales/fr/LC_MESSAGES/*.po")
    catalog = polib.pofile(str(file), wrapwidth=100_000)
    for entry in catalog:
        text = entry.msgid
        entry.msgstr = text.replace("[", "[F ", 1) if text.startswith(("[", "![")) else f"F {text}"
    catalog.save()
    return tmp_path


def run(folder: Path, *command: str, **env: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **env}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def made(folder: Path, page: str) -> str:
    """What stands on a page of a book."""
    html = (folder / page).read_text("utf-8")
    return html.partition("<main>")[2].partition("</main>")[0]


def test_the_guides_loop_makes_a_book_in_each_language(book: Path) -> None:
    run(book, *TOOL, "build")
    (loop,) = re.findall(r"```sh\n(for lang in fr es; do\n.*?done\n)```", GUIDE.read_text("utf-8"), re.DOTALL)
    loop = re.sub(
        r"rsync .*", "cp src/bild.svg src-$lang/", loop.replace("fr es", "fr")
    )  # rsync is not everywhere
    run(book, "sh", "-e", "-c", loop, PATH=PROGRAMS)
    french = (book / "book/fr/a.html").read_text("utf-8")
    assert '<html lang="fr"' in french
    chapter = made(book / "book/fr", "a.html")
    assert re.findall('id="(der-anfang|über-uns)"', chapter) == ["der-anfang", "über-uns"]
    assert 'F Siehe <a href="#über-uns">' in chapter
    assert '<a href="a/b.html#wörter-2025">' in chapter
    assert "println!" in chapter
    assert "<td>F Köln</td>" in chapter
    assert (book / "book/fr/bild.svg").exists()
    section = made(book / "book/fr", "a/b.html")
    assert 'id="wörter-2025"' in section
    assert "F Erledigen" in section
    preface = made(book / "book/fr", "vorwort.html")
    assert "blockquote-tag-note" in preface
    assert "<dd>F Seine Erklärung." in preface
    assert "F Die Fußnote selbst." in preface


def test_the_summary_names_parts_and_chapters_and_no_ids(book: Path) -> None:
    run(book, *TOOL, "build")
    summary = (book / "src-fr/SUMMARY.md").read_text("utf-8")
    assert summary == (SUMMARY.replace("# ", "# F ").replace("[", "[F "))
    run(book, str(MDBOOK), "build", MDBOOK_BOOK__SRC="src-fr")
    toc = (book / "book/toc.html").read_text("utf-8")
    assert re.findall(r'part-title">([^<]*)', toc) == ["F Erster Teil"]
    names = re.sub(r"\s+", " ", re.sub("<[^<>]*>", " ", toc))
    assert all(name in names for name in ("F Vorwort", "F Der Anfang", "F Noch mehr", "F Kommt später"))


def test_a_book_without_a_translation_is_whole(book: Path) -> None:
    (path,) = book.glob("locales/fr/LC_MESSAGES/*.po")
    path.unlink()
    run(book, *TOOL, "extract")
    run(book, *TOOL, "build")
    said = run(book, str(MDBOOK), "build", MDBOOK_BOOK__SRC="src-fr")
    assert "WARN" not in said
    assert "ERROR" not in said
    assert 'id="über-uns"' in made(book / "book", "a.html")
    for page in ("SUMMARY.md", "vorwort.md", "a.md", "a/b.md"):
        assert (book / "src-fr" / page).read_bytes() == (book / "src" / page).read_bytes()
