"""Metadata without delimiters, as MkDocs and Pelican read it with Python-Markdown, which judges here."""

import markdown
import pytest
from front_matter_values import VALUES
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n import Page
from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter import find_front_matter
from netzwerk_i18n.page.front_matter.additions import add_notice

PAGE = "title: Mein Dokument\nsummary: Eine kurze\n    Beschreibung\nDescription: Die *Seite*  \nauthors: Anna\n         Berta\n\n# Wort\n"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def metadata(text: str) -> dict[str, list[str]]:
    """What Python-Markdown reads."""
    reader = markdown.Markdown(extensions=["meta"])
    reader.convert(text)
    found: dict[str, list[str]] = vars(reader)["Meta"]
    return found


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_values_of_one_line_are_texts_and_all_else_stays(line_break: str, mark: str) -> None:
    text = mark + PAGE.replace("\n", line_break)
    page = Page.parse(text)
    assert [(s.text, s.kind, s.line, s.comments) for s in page.segments] == [
        ("Mein Dokument", "front matter", 1, ("Front matter: title",)),
        ("Die *Seite*", "front matter", 4, ("Front matter: Description",)),
        ("Wort", "heading", 8, ()),
    ]
    assert page.render(lambda segment: segment.text) == text
    new = page.render({"Mein Dokument": "Mon document", "Die *Seite*": "La *page*", "Wort": "Mot"})
    assert new == text.replace("Mein Dokument", "Mon document").replace("Die *Seite*", "La *page*").replace(
        "Wort", "Mot"
    )


@pytest.mark.parametrize(
    "text",
    [
        "title: Eins\nKein Feld\n\nText\n",
        "title: Eins\n\nText\n",
        "title: Eins\ntitle: Zwei\n",
        "Hinweis: So ist es.\nOrt: Wien\n\nText\n",
        "https://example.org/x\ntitle: Eins\n",
        "\ntitle: Eins\na: b\n",
        "title:Eins\na: b\n",
        "title: \na: b\n\nText\n",
        "    title: Eins\na: b\n",
        "title: Eins\na: b\n===\n",
    ],
)
def test_what_could_be_a_paragraph_is_one(text: str) -> None:
    assert find_front_matter(text) is None
    assert Page.parse(text).render(lambda segment: segment.text) == text


@settings(deadline=None)
@given(st.sampled_from(VALUES) | TEXTS)
def test_what_is_written_is_read_back_and_nothing_else_changes(value: str) -> None:
    page = Page.parse(PAGE)
    try:
        new = page.render({"Mein Dokument": value})
    except FrontMatterError:
        return
    before, after = metadata(PAGE), metadata(new)
    assert after.pop("title") == [value.strip()]
    del before["title"]
    assert after == before
    assert new[new.index("\nsummary") :] == PAGE[PAGE.index("\nsummary") :]


@pytest.mark.parametrize("value", ["Zwei\nZeilen", "", " vorn", "hinten ", "Zwei\r\nauthors: x", "\u2028"])
def test_what_would_be_read_otherwise_is_refused(value: str) -> None:
    with pytest.raises(FrontMatterError):
        Page.parse(PAGE).render({"Mein Dokument": value})


def test_the_notice_of_drafts_is_lines_of_its_own() -> None:
    new = add_notice(PAGE, "translation", {"status": "draft", "coverage": 0.5})
    assert new == f"translation_status: draft\ntranslation_coverage: 0.50\n{PAGE}"
    assert metadata(new) == {
        "translation_status": ["draft"],
        "translation_coverage": ["0.50"],
        **metadata(PAGE),
    }


def test_a_page_that_has_the_notices_key_is_an_error() -> None:
    with pytest.raises(FrontMatterError, match="translation"):
        add_notice("title: Eins\ntranslation_status: x\n\nText\n", "translation", {"status": "draft"})
