"""Titles of boxes and tabs: segments where the site asks for them, and then nothing else of their lines."""

import markdown
import pytest

from netzwerk_i18n.checks import Rules, Situation, find_error
from netzwerk_i18n.page import Page, PageSettings, Segment

SETTINGS = PageSettings(container_titles=True)

TITLED = [
    ('!!! note "Achtung"\n\n    Text\n', ["Achtung", "Text"]),
    ('??? note inline end "Der `Schalter`"\n    Text\n', ["Der `Schalter`", "Text"]),
    ('=== "Reiter in `mkdocs.yml`"\n\n    Text\n', ["Reiter in `mkdocs.yml`", "Text"]),
    ('- !!! note annotate "Mit (1)"\n\n      Text\n', ["Mit (1)", "Text"]),
    ('===+ "Das "große" Ganze"\n\n    Text\n', ['Das "große" Ganze', "Text"]),
    ('- Punkt\n\n    !!! tip " Rat "\n\n        Text\n', ["Punkt", "Rat", "Text"]),
    ('- !!! tip "Rat"\n\n      Text\n', ["Rat", "Text"]),
    ('> !!! tip "Rat"\n>\n>     Text\n', ["Rat", "Text"]),
    ('Wort\n!!! tip "Rat"\n    Text\n', ["Wort", "Rat", "Text"]),
    ('!!! Note "Rat"\n    Text\n', ["Rat", "Text"]),
    ('!!!note "Rat"\n\n    Text\n', ["Rat", "Text"]),
    ('!!! danger highlight blink "Rat"\n\n    Text\n', ["Rat", "Text"]),
    ('???+ "Rat"\n\n\n    Text\n', ["Rat", "Text"]),
    ('- !!! Tip "Rat"\n\n      Text\n', ["Rat", "Text"]),
    (":::note[Ein [Link](x.md) mehr]\nText\n:::\n", ["Ein [Link](x.md) mehr", "Text"]),
    (":::note[Titel]{#id .x}\n\nText\n\n:::\n", ["Titel", "Text"]),
    ("> :::tip Rat\n> Text\n> :::\n", ["Rat", "Text"]),
    ("::: details Mehr dazu {open}\nText\n:::\n", ["Mehr dazu", "Text"]),
    ("/// note | Ein *Rat*\nText\n///\n", ["Ein *Rat*", "Text"]),
    ("Wort\n//// details | Rat\n    open: True\nText\n////\n", ["Wort", "Rat", "Text"]),
    ('<!-- i18n:skip -->\n!!! note "Achtung"\n\n    Text\n', []),
]
UNTITLED = [
    "!!! note\n\n    Text\n",
    "!!! Note\n    Text\n",
    "!!!note\n    Text\n",
    "???+ Warning\n\n    Text\n",
    "!!! danger highlight blink\n\n    Text\n",
    '!!! note ""\n\n    Text\n',
    "::: warning\nText\n:::\n",
    "/// warning\nText\n///\n",
    "/// note |\nText\n///\n",
    "::: {.note}\nText\n:::\n",
    ":::: Kasten ::::\nText\n::::\n",
    "::: code-group labels=[npm,pnpm]\nText\n:::\n",
    ":::div{.note}\nText\n:::\n",
    "Text\n",
]


@pytest.mark.parametrize(("source", "texts"), TITLED)
def test_titles_are_segments_where_the_site_asks_for_them(source: str, texts: list[str]) -> None:
    page = Page.parse(source, SETTINGS)
    assert [segment.text for segment in page.segments] == texts
    assert page.render(lambda segment: segment.text) == source
    without = Page.parse(source).segments
    assert tuple(segment for segment in page.segments if segment.kind != "container title") == without


@pytest.mark.parametrize("source", UNTITLED)
def test_a_container_may_have_no_title(source: str) -> None:
    assert [segment.text for segment in Page.parse(source, SETTINGS).segments] == ["Text"]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("!!! Jetzt mitmachen\nText\n", ["!!! Jetzt mitmachen Text"]),
        ('!!! Das ist "wichtig"\n\nText\n', ['!!! Das ist "wichtig"', "Text"]),
        ("- !!! Tip\n\n  Text\n", ["!!! Tip", "Text"]),
    ],
)
def test_a_line_like_a_boxs_is_text_where_nothing_stands_in_the_box(source: str, texts: list[str]) -> None:
    assert [segment.text for segment in Page.parse(source, SETTINGS).segments] == texts


@pytest.mark.parametrize("item", ["- Punkt\n", "- Punkt\n    - Punkt\n", "1. Punkt\n"])
def test_a_box_begins_close_below_a_list(item: str) -> None:
    text = f"{item}!!! Tip\n    Text\n"
    page = Page.parse(text, SETTINGS)
    assert [segment.text for segment in page.segments][-1] == "Text"
    shown = [
        markdown.markdown(each, extensions=["admonition"]) for each in (text, page.render({"Text": "Texte"}))
    ]
    assert "admonition tip" in shown[0]
    assert shown[1] == shown[0].replace("Text", "Texte")


@pytest.mark.parametrize(
    "text", ['!!! note "Eins"\n\n    Text\n', '!!!Note "Eins"\n    Text\n', '=== "Eins"\n\n    Text\n']
)
def test_mkdocs_shows_the_translation_as_title(text: str) -> None:
    extensions = ["admonition", "pymdownx.tabbed"]
    page = Page.parse(text, SETTINGS).render({"Eins": 'Un « *deux* » "trois"'})
    assert 'Un « <em>deux</em> » "trois"</' in markdown.markdown(page, extensions=extensions)


def title(text: str) -> Segment:
    (segment,) = (each for each in Page.parse(text, SETTINGS).segments if each.kind == "container title")
    return segment


@pytest.mark.parametrize("translation", ["Deux ] mots", "Deux [mots", "`a]`", "][", "Deux](https://x.org"])
def test_what_would_end_a_title_in_brackets_is_refused(translation: str) -> None:
    segment = title(":::note[Zwei Wörter]\nText\n:::\n")
    assert find_error(Situation(segment, translation, "fr", "de", rules=Rules())) is not None


@pytest.mark.parametrize("translation", ["1. Deux mots", "- Deux", r"Deux \] mots", "# Deux [mots]"])
def test_nothing_begins_a_block_behind_the_name_of_a_container(translation: str) -> None:
    segment = title(":::note[Zwei Wörter]\nText\n:::\n")
    assert find_error(Situation(segment, translation, "fr", "de", rules=Rules())) is None


def test_a_title_stays_where_texts_are_left_out_and_goes_with_its_container() -> None:
    page = Page.parse('=== "Eins"\n\n    Text\n\n=== "Zwei"\n\n    Mehr\n', SETTINGS)
    titles = [segment for segment in page.segments if segment.kind == "container title"]
    assert page.without(titles) is page
    assert page.without(page.segments[:2]).text == '=== "Zwei"\n\n    Mehr\n'
