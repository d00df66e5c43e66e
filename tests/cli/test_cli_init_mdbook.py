"""`init` in the folder of an mdBook, and what a book of another language is made of."""

import pytest
from cli_site import Site, complaint, settings

SUMMARY = "# Inhalt\n\n[Vorwort](vorwort.md)\n\n- [Anfang](a.md)\n  - [Mehr](a/b.md)\n- [Später]()\n"
CHAPTER = "# Anfang\n\nEin Satz.\n\n```rust\n{{#include ../beispiele/a.rs}}\n```\n\n{{#include ../rest.md}}\nNoch einer.\n"


@pytest.fixture
def book(folder: Site) -> Site:
    folder.write("book.toml", '[book]\ntitle = "Buch"\nlanguage = "de"\n')
    folder.write("src/SUMMARY.md", SUMMARY)
    folder.write("src/a.md", CHAPTER)
    folder.write("src/a/b.md", "Mehr.\n")
    return folder


def test_a_book_in_another_language_lies_beside_its_source(book: Site) -> None:
    said = book.ok("init", "--locale", "fr").out
    assert "an mdBook, a folder for each language" in said
    assert settings(book) == {
        "project": {"domain": settings(book)["project"]["domain"], "source_locale": "de", "locales": ["fr"]},
        "pages": {"source": "src/{path}.md", "target": "src-{lang}/{path}.md"},
        "policy": [{"pages": ["**"], "minimum_coverage": 0}],
    }
    book.ok("extract")
    assert {entry.msgid for entry in book.catalog(f"locales/fr/LC_MESSAGES/{domain(book)}.po")} == {
        *("Inhalt", "[Vorwort](vorwort.md)", "[Anfang](a.md)", "[Mehr](a/b.md)", "[Später]()"),
        *("Anfang", "Ein Satz.", "Noch einer.", "Mehr."),
    }


def domain(site: Site) -> str:
    return str(settings(site)["project"]["domain"])


def test_every_chapter_that_the_summary_names_is_there(book: Site) -> None:
    book.ok("init", "--locale", "fr")
    book.ok("extract")
    book.ok("build")
    for page in ("SUMMARY.md", "a.md", "a/b.md"):
        assert book.read(f"src-fr/{page}") == book.read(f"src/{page}")


@pytest.mark.parametrize(
    ("src", "source", "target"),
    [("src", "src/{path}.md", "src-{lang}/{path}.md"), ("./docs/", "docs/{path}.md", "docs-{lang}/{path}.md"), (".", "{path}.md", "{lang}/{path}.md")],
)  # fmt: skip
def test_languages_that_are_there_are_taken(folder: Site, src: str, source: str, target: str) -> None:
    folder.write("book.toml", f'[book]\nsrc = "{src}"\n')
    folder.write(source.format(path="SUMMARY"), SUMMARY)
    folder.write(target.format(lang="pt-BR", path="SUMMARY"), SUMMARY)
    folder.write(target.format(lang="images", path="SUMMARY"), SUMMARY)
    folder.ok("init", "--source-locale", "de")
    found = settings(folder)
    assert (found["pages"]["source"], found["pages"]["target"]) == (source, target)
    assert found["project"]["locales"] == ["pt_BR"]
    assert found["locales"] == {"pt_BR": {"lang": "pt-BR"}}


def test_a_book_for_each_language_in_a_folder_of_its_own_is_known(folder: Site) -> None:
    folder.write("book.toml", "[book]\n")
    for name in ("SUMMARY", "a"):
        folder.write(f"src/de/{name}.md", SUMMARY)
        folder.write(f"src/fr/{name}.md", SUMMARY)
    folder.ok("init", "--source-locale", "de")
    assert settings(folder)["pages"] == {"source": "src/de/{path}.md", "target": "src/{lang}/{path}.md"}


def test_a_picture_that_would_not_lie_beside_a_chapter_is_named(book: Site) -> None:
    book.write("src/bild.png", b"")
    book.write("src/a.md", "![Ein Bild](bild.png)\n")
    assert "src/a.md shows bild.png" in book.ok("init", "--locale", "fr").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[book\n", "book.toml: cannot be read: "),
        (
            '[book]\nsrc = "../docs"\n',
            "book.toml: its src, ../docs, lies outside this folder; run init above both",
        ),
        (
            '[book]\nsrc = "/docs"\n',
            "book.toml: its src, /docs, lies outside this folder; run init above both",
        ),
        (
            '[book]\nlanguage = "klingonisch"\n',
            "book.toml: 'klingonisch' is no language; say --source-locale",
        ),
    ],
)
def test_a_configuration_that_says_nothing_is_told(book: Site, text: str, said: str) -> None:
    book.write("book.toml", text)
    assert complaint(book.run("init", "--locale", "fr")).startswith(said)
