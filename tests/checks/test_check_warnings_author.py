"""Remarks for authors, silenced checks, the glossary, and one text translated in several ways."""

import pytest

from netzwerk_i18n import Page
from netzwerk_i18n.catalog import Message
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.checks.warnings.consistency import (
    Place,
    Translations,
    digest_of,
    digests_of,
    find_inconsistencies,
)
from netzwerk_i18n.checks.warnings.glossary import find_glossary_problems
from netzwerk_i18n.checks.warnings.source import (
    find_foreign_segments,
    find_remarks,
    find_repeated_anchors,
    find_vague_links,
)


@pytest.mark.parametrize(
    "text",
    ["hier", "Hier", "**here**", "Klicken Sie hier", "ici", "click here", "haz clic aquí", "mehr …", "qui"],
)
def test_a_link_text_that_says_nothing_is_remarked(text: str) -> None:
    (remark,) = find_vague_links(Page.parse(f"Eins\n\nDie Liste steht [{text}](/liste)."))
    assert (remark.check, remark.line) == ("vague-link", 3)


@pytest.mark.parametrize("text", ["[Die Liste](/liste)", "![hier](/bild.png)", "hier", "`[hier](/x)`"])
def test_a_link_text_that_says_something_is_not_remarked(text: str) -> None:
    assert list(find_vague_links(Page.parse(f"So: {text}."))) == []


def test_a_text_in_another_language_is_remarked() -> None:
    page = Page.parse("Das ist die Seite der Bewegung.\n\nThis is the page of the movement for all of us.\n")
    (remark,) = find_foreign_segments(page, "de")
    assert (remark.check, remark.line) == ("foreign-text", 3)
    assert "(en)" in remark.message


@pytest.mark.parametrize(
    "text",
    [
        "[An Open Letter to All European Politicians and Leaders](https://a.example) (Europa)",
        "Bye Bye, Elon",
        "Die Initiative „We are the people of the web“ ist dabei und wird von uns getragen.",
        "Vámonos juntas",
    ],
)
def test_foreign_titles_and_names_are_not_remarked(text: str) -> None:
    assert list(find_foreign_segments(Page.parse(text), "de")) == []


def test_a_heading_whose_anchor_is_taken_is_remarked() -> None:
    page = Page.parse("# Über uns\n\nText\n\n## **Über** uns!\n\n## Kontakt\n")
    (remark,) = find_repeated_anchors(page)
    assert (remark.check, remark.line) == ("repeated-anchor", 5)
    assert "#über-uns" in remark.message
    assert "line 1" in remark.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "---\ntitle: Ziele: wir\n---\n\nText\n",
            2,
            "context; nothing in it is translated until it is mended",
        ),
        ("Text\n\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> zweig\n", 3, "merge conflict"),
        ("Text\n\nHallo \4 Welt\n", 3, "no PO file can carry"),
        ("---\na: &a Wir\ntitle: *a\n---\n", 2, "alias"),
    ],
)
def test_what_keeps_texts_out_of_translation_is_remarked(text: str, line: int, said: str) -> None:
    (remark,) = find_remarks(Page.parse(text), "de")
    assert (remark.check, remark.line) == ("source-syntax", line)
    assert said in remark.message


def test_an_id_of_its_own_parts_two_equal_headings() -> None:
    assert list(find_repeated_anchors(Page.parse("# Über uns\n\n## Über uns {#mehr}\n"))) == []


def test_an_id_that_is_given_twice_is_remarked() -> None:
    assert len(list(find_repeated_anchors(Page.parse("# Eins {#a}\n\n# Zwei {#a}\n")))) == 1


def test_remarks_come_in_the_order_of_the_page() -> None:
    page = Page.parse("# A\n\n[hier](/x)\n\n# A\n\n[here](/y)\n")
    assert [remark.line for remark in find_remarks(page, "de")] == [3, 5, 7]


@pytest.mark.parametrize(
    ("comments", "ignored"),
    [
        ([], {}),
        (["a remark"], {}),
        (["i18n-ignore: numbers"], {"numbers": ""}),
        (["# i18n-ignore: numbers, end-punctuation"], {"numbers": "", "end-punctuation": ""}),
        (
            ["i18n-ignore: links (our own, French petition), quotes"],
            {"links": "our own, French petition", "quotes": ""},
        ),
        (["i18n-ignore: links (one)", "i18n-ignore: html ( two )"], {"links": "one", "html": "two"}),
        (["i18n-ignore: links (a reason)", "i18n-ignore: links"], {"links": "a reason"}),
        (["see i18n-ignore: links"], {}),
        (["i18n-ignore: Links!, ,"], {}),
        (["i18n-ignore:"], {}),
    ],
)
def test_a_comment_silences_checks_by_name_with_a_reason(
    comments: tuple[str, ...], ignored: dict[str, str]
) -> None:
    assert ignored_checks(comments) == ignored


def test_a_text_translated_otherwise_than_in_most_catalogs_is_inconsistent() -> None:
    places = [
        Place("a.po", Message("Netzwerk", "Le réseau")),
        Place("b.po", Message("Netzwerk", "Réseau")),
        Place("c.po", Message("Netzwerk", "Réseau")),
        Place("c.po", Message("Ja", "Oui")),
    ]
    assert find_inconsistencies(places) == [
        (
            places[0],
            "the same text is translated otherwise in b.po and 1 more: 'Réseau'; say it in one way, or give the texts contexts",
        )
    ]


def test_contexts_and_blanks_make_no_inconsistency() -> None:
    catalogs = {
        "a.po": [Message("Mai", "May"), Message("Ja", "Oui  bien")],
        "b.po": [Message("Mai", "Mai", msgctxt="name"), Message("Ja", "Oui bien")],
    }
    translations = Translations()
    for catalog, messages in catalogs.items():
        translations.add(catalog, digests_of(messages))
    assert translations.differing() == {}
    places = [Place(catalog, message) for catalog, messages in catalogs.items() for message in messages]
    assert find_inconsistencies(places) == []


def test_digests_tell_which_catalogs_differ_in_which_texts() -> None:
    translations = Translations()
    for catalog, msgstr in (("a.po", "Réseau"), ("b.po", "Toile"), ("c.po", "Réseau")):
        translations.add(catalog, digests_of([Message("Netzwerk", msgstr), Message("Ja", "Oui")]))
    translations.add("d.po", digests_of([Message("Ja", "Oui")]))
    texts = frozenset({digest_of((None, "Netzwerk"))})
    assert translations.differing() == dict.fromkeys(("a.po", "b.po", "c.po"), texts)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Die Petition läuft", "La pétition court"),
        ("Die Petition läuft", "Les pétitions courent"),
        ("Die Petitionen laufen", "Ça court"),
        ("Von LeaveX", "De LeaveX"),
        ("Der offene Brief", "Les lettres ouvertes"),
        ("Der offene Brief", "La missive"),
        ("`Petition` als Code", "En code"),
    ],
)
def test_a_translation_that_follows_the_glossary_is_let_pass(source: str, translation: str) -> None:
    glossary = {"Petition": "pétition", "LeaveX": "LeaveX", "offene Brief": ["lettre ouverte", "missive"]}
    assert list(find_glossary_problems(source, translation, glossary)) == []


@pytest.mark.parametrize(
    ("source", "translation", "message"),
    [
        ("Die Petition läuft", "La requête court", "'pétition'"),
        ("Von LeaveX", "De Leavex", "keeps 'LeaveX'"),
        ("Der offene Brief", "Le courrier", "'lettre ouverte' or 'missive'"),
    ],
)
def test_a_translation_that_ignores_the_glossary_is_named(
    source: str, translation: str, message: str
) -> None:
    glossary = {"Petition": "pétition", "LeaveX": "LeaveX", "offene Brief": ["lettre ouverte", "missive"]}
    (problem,) = find_glossary_problems(source, translation, glossary)
    assert message in problem.message
