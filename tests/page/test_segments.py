"""What of a page is a segment: cases as data in `segments.txt`, Markdown above, the expected msgids below."""

import re
import time
from pathlib import Path

import pytest

from netzwerk_i18n import Page
from netzwerk_i18n.errors import ParameterError
from netzwerk_i18n.page import OMIT, PageSettings, Segment, Shortcode
from netzwerk_i18n.page.tokens import MAX_NESTING

CASES = re.findall(
    r"^@@ (?P<name>.+?)\n(?P<page>.*?)^@@@@\n(?P<texts>.*?)(?=^@@ |\Z)",
    (Path(__file__).parent / "segments.txt").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("markdown", "texts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_page_has_these_segments(markdown: str, texts: str) -> None:
    page = Page.parse(markdown)
    expected = [line.replace("␊", "\n") for line in texts.splitlines() if line]
    assert [segment.text for segment in page.segments] == expected
    assert page.render(lambda segment: segment.text) == markdown


def only(markdown: str) -> Segment:
    (segment,) = Page.parse(markdown).segments
    return segment


@pytest.mark.parametrize(
    "text", ["# Hallo\n", "---\ntitle: Hallo\n---\n\nWelt\n", '+++\ntitle = "Hallo"\n+++\n']
)
def test_pages_are_equal_that_are_read_from_one_text_by_the_same_settings(text: str) -> None:
    page = Page.parse(text)
    assert page == Page.parse(page.text)
    assert len({page, Page.parse(page.text), Page.parse(f"{text}\n")}) == 2
    assert page != Page.parse(text.replace("Hallo", "Salut"))
    assert page != Page.parse("---\ntitle: Hallo\n---\n", PageSettings(front_matter=()))


def test_a_segment_knows_its_kind_line_and_span() -> None:
    page = Page.parse("---\ntitle: Hallo\n---\n\n# Kopf\n\n* Punkt\n\n| Zelle |\n| --- |\n\nText\n")
    found = [
        (segment.kind, segment.line, page.text[segment.start : segment.end]) for segment in page.segments
    ]
    assert found == [
        ("front matter", 2, "Hallo"),
        ("heading", 5, "Kopf"),
        ("item", 7, "Punkt"),
        ("cell", 9, "Zelle"),
        ("paragraph", 12, "Text"),
    ]


def test_a_comment_for_the_translator_goes_to_the_next_block_only() -> None:
    page = Page.parse("<!-- i18n:comment: ein Wortspiel -->\nEins\n\nZwei\n")
    assert [segment.comments for segment in page.segments] == [("ein Wortspiel",), ()]


def test_a_context_keeps_equal_texts_apart() -> None:
    page = Page.parse("<!-- i18n:context: Monat -->\nMai\n\nMai\n")
    assert [segment.key for segment in page.segments] == [("Monat", "Mai"), (None, "Mai")]


def test_a_critical_text_says_so_to_program_and_translator() -> None:
    segment = only("<!-- i18n:critical -->\nAbstimmung bis Freitag\n")
    assert segment.critical
    assert "never published" in segment.comments[0]


def test_a_directive_before_a_list_holds_for_all_its_items() -> None:
    page = Page.parse("<!-- i18n:comment: Namen -->\n\n- a\n- b\n\nText\n")
    assert [segment.comments for segment in page.segments] == [("Namen",), ("Namen",), ()]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ('<!-- i18n:skip -->\n[a]: /x "Titel"\n\nAbsatz [a].\n', ["Absatz [a]."]),
        ('<!-- i18n:skip -->\n[a]: /x "Eins"\n[b]: /x "Zwei"\n', ["Zwei"]),
        ("- <!-- i18n:skip --> A\n- B\n- C\n", ["B", "C"]),
        ("<!-- i18n:skip --> Nicht dies.\n\nAber dies.\n", ["Aber dies."]),
        ("<!-- i18n:keep --><!-- i18n:context: x --> Nein\n\nJa\n", ["Ja"]),
        ("<div>\n<p>Ja</p>\n<!-- i18n:skip -->\n<p>Nein</p>\n</div>\n\nAuch\n", ["Ja", "Auch"]),
        ("<div>\n<!-- i18n:skip -->\n\nNein\n\nJa\n\n</div>\n", ["Ja"]),
        ("<!-- i18n:skip -->\n\n<!-- i18n:comment: x -->\n\nNein\n\nJa\n", ["Ja"]),
    ],
)
def test_a_skipped_block_takes_nothing_below_it_with_it(markdown: str, texts: list[str]) -> None:
    assert [segment.text for segment in Page.parse(markdown).segments] == texts


def test_a_link_definition_takes_the_directive_above_it() -> None:
    page = Page.parse('<!-- i18n:context: t -->\n[c]: /z "Titel"\n\nAbsatz [c].\n')
    assert [segment.key for segment in page.segments] == [("t", "Titel"), (None, "Absatz [c].")]


CONTEXT = "<!-- i18n:context: c -->\n"
SKIP = "<!-- i18n:skip -->\n"
NOTICE = '{{< notice title="Kopf" >}}\nInnen\n\nMehr\n{{< /notice >}}\n'
FIGURE = '{{< figure src="a" caption="Bild" >}}\n'


@pytest.mark.parametrize(
    ("markdown", "keys"),
    [
        (f"{CONTEXT}{FIGURE}\nText\n", [("c", "Bild"), (None, "Text")]),
        (f"{CONTEXT}<div>\n{FIGURE}</div>\n\nText\n", [("c", "Bild"), (None, "Text")]),
        (f"<div>\n{FIGURE}{CONTEXT}{FIGURE}</div>\n\nText\n", [(None, "Bild"), ("c", "Bild"), (None, "Text")]),
        (f"{CONTEXT}{NOTICE}", [("c", "Kopf"), ("c", "Innen"), (None, "Mehr")]),
        (f"{CONTEXT}> Zitat\n>\n> {FIGURE}\n{FIGURE}", [("c", "Zitat"), ("c", "Bild"), (None, "Bild")]),
        (
            f'{CONTEXT}{{{{< notice title="Kopf" >}}}}Innen{{{{< /notice >}}}}\n\nText\n',
            [("c", "Kopf"), ("c", "Innen"), (None, "Text")],
        ),
        (
            f'{CONTEXT}{{{{< notice title="Kopf" >}}}}\n<!-- leer -->\n{{{{< /notice >}}}}\n\nText\n',
            [("c", "Kopf"), (None, "Text")],
        ),
    ],
)  # fmt: skip
def test_a_directive_before_a_shortcode_holds_for_its_parameters_and_first_inner_block(
    markdown: str, keys: list[tuple[str | None, str]]
) -> None:
    assert [segment.key for segment in Page.parse(markdown).segments] == keys


def test_a_parameter_has_its_authors_comments_and_may_be_critical() -> None:
    segment = only(f"<!-- i18n:critical -->\n<!-- i18n:comment: K -->\n{FIGURE}")
    assert segment.critical
    assert segment.comments[:2] == ("Shortcode figure: caption", "K")


@pytest.mark.parametrize(
    "markdown",
    [
        f"{SKIP}{FIGURE}",
        f"{SKIP}{NOTICE}",
        f'{SKIP}> {{{{< notice title="Nein" >}}}}\n> Nein\n>\n> Nein\n> {{{{< /notice >}}}}\n',
        f'{SKIP}{{{{< notice title="Nein" >}}}}Nein\n\nNein{{{{< /notice >}}}}\n',
        f'{SKIP}{{{{% notice title="Nein" %}}}}\n- Nein\n\n{FIGURE}\n> Nein\n{{{{% /notice %}}}}\n',
        f"<div>\n{SKIP}<p>{FIGURE}</p>\n</div>\n",
        f"{SKIP.strip()} {FIGURE}",
        f"<!-- i18n:skip-start -->\n{NOTICE}<!-- i18n:skip-end -->\n",
        f"<!-- i18n:skip-start -->\n<div>\n{FIGURE}</div>\n\n<!-- i18n:skip-end -->\n",
    ],
)
def test_a_skipped_shortcode_has_no_text_outside_or_within(markdown: str) -> None:
    page = Page.parse(f"{markdown}\nText\n\n{FIGURE}")
    assert [segment.text for segment in page.segments] == ["Text", "Bild"]


def test_a_skipped_list_leaves_the_shortcode_below_it_alone() -> None:
    page = Page.parse(f"{SKIP}- a\n- b\n\n{NOTICE}")
    assert [segment.text for segment in page.segments] == ["Kopf", "Innen", "Mehr"]


def test_a_hard_break_is_written_back_with_its_quote_mark() -> None:
    page = Page.parse("> Eins  \r\n> Zwei\\\r\n> Drei\r\n")
    assert only(page.text).text == "Eins\nZwei\nDrei"
    assert page.render({"Eins\nZwei\nDrei": "One\nTwo\nThree"}) == "> One  \r\n> Two\\\r\n> Three\r\n"


def test_a_line_break_that_the_source_lacks_becomes_a_space() -> None:
    assert Page.parse("- Eins\n").render({"Eins": "One\nmore"}) == "- One more\n"


def test_white_space_around_a_translation_is_no_indentation() -> None:
    assert Page.parse("Eins\n").render({"Eins": "\n    One\n"}) == "One\n"


def test_a_bar_in_a_cell_is_escaped_on_its_way_back() -> None:
    page = Page.parse("| a \\| b |\n| --- |\n")
    assert only(page.text).text == "a | b"
    assert page.render({"a | b": "c | d"}) == "| c \\| d |\n| --- |\n"


@pytest.mark.parametrize("prefix", ["", "> ", "  "])
@pytest.mark.parametrize(("translation", "written"), [(": un", "\\: un"), (":", "\\:"), (":) un", ":) un")])
def test_a_colon_in_a_row_without_a_bar_before_it_begins_no_definition(
    prefix: str, translation: str, written: str
) -> None:
    rows = ["Vorname | Wert", "---|---", "Eins | zwei", "Drei | vier"]
    text = "- Liste\n\n" * (prefix == "  ") + "".join(f"{prefix}{row}\n" for row in rows)
    assert Page.parse(text).render({"Eins": translation}) == text.replace("Eins", written)


def test_a_quote_in_an_attribute_cannot_end_it() -> None:
    page = Page.parse('<p title="Ein &quot;Titel&quot;">Text</p>\n')
    assert page.segments[0].text == 'Ein "Titel"'
    assert page.render({'Ein "Titel"': 'A "title" & more'}) == (
        '<p title="A &quot;title&quot; &amp; more">Text</p>\n'
    )


@pytest.mark.parametrize("tag", ['<p title="\n  Ein Titel ">Text</p>', 'Text\n\n<img alt=" Ein Titel\n">'])
def test_white_space_around_the_text_of_an_attribute_stays(tag: str) -> None:
    assert Page.parse(tag).render({"Ein Titel": "A title"}) == tag.replace("Ein Titel", "A title")


@pytest.mark.parametrize(
    "page", ["{{% offen\nText mit {{< b >}} darin\n", "{{% offen {{% b %}}\nText\n{{% /b %}}\nEnde\n"]
)
def test_a_line_that_begins_like_a_tag_and_has_none_is_text(page: str) -> None:
    parsed = Page.parse(page)
    assert parsed.segments
    assert parsed.render(lambda segment: segment.text) == page


def test_a_shortcode_in_an_attribute_stays_as_it_is() -> None:
    page = Page.parse("<p title='Seit {{< jahr \"a\" >}}'>x</p>\n")
    text = page.render({'Seit {{< jahr "a" >}}': 'Depuis & {{< jahr "a" >}}'})
    assert text == "<p title='Depuis &amp; {{< jahr \"a\" >}}'>x</p>\n"


def test_a_quote_in_a_shortcode_parameter_is_escaped() -> None:
    page = Page.parse('{{< figure src="a.jpg" caption="Ein Bild" >}}\n')
    assert page.render({"Ein Bild": 'The "best" picture'}) == (
        '{{< figure src="a.jpg" caption="The \\"best\\" picture" >}}\n'
    )


def test_a_bare_shortcode_parameter_gets_quotes_where_it_needs_them() -> None:
    page = Page.parse("{{< figure caption=Bild >}}\n")
    assert page.render({"Bild": "Two words"}) == '{{< figure caption="Two words" >}}\n'


@pytest.mark.parametrize(
    ("parameter", "translation", "written"),
    [
        ('"Ein Bild"', "C:\\", "`C:\\`"),
        ('"Ein Bild"', "$\\frac{a}{b}$", '"$\\frac{a}{b}$"'),
        ('"Ein Bild"', 'The "best" \\o/', '`The "best" \\o/`'),
        ('"Ein Bild"', "a `b`", '"a `b`"'),
        ("`Ein Bild`", 'a "b" \\', '`a "b" \\`'),
        ("`Ein Bild`", 'a `b" c', '"a `b\\" c"'),
        ("Bild", "C:\\", "`C:\\`"),
        ("Bild", "Two\nwords", '"Two words"'),
    ],
)
def test_a_shortcode_parameter_stands_in_quotes_that_hold_its_text(
    parameter: str, translation: str, written: str
) -> None:
    page = Page.parse(f"{{{{< figure caption={parameter} >}}}}\n")
    assert page.render(lambda _: translation) == f"{{{{< figure caption={written} >}}}}\n"


def test_a_parameter_of_several_lines_keeps_its_line_ends_and_indentation() -> None:
    page = Page.parse("{{< figure caption=`\r\n  Zeile eins \r\n  Zeile zwei\r\n` >}}\r\n")
    assert only(page.text).text == "Zeile eins\nZeile zwei"
    assert only(page.text).line == 2
    assert page.render({"Zeile eins\nZeile zwei": 'Line "one"\nLine two\nand three'}) == (
        '{{< figure caption=`\r\n  Line "one" \r\n  Line two \r\n  and three\r\n` >}}\r\n'
    )


def test_a_parameter_of_several_lines_cannot_hold_a_backtick() -> None:
    page = Page.parse("{{< figure caption=`Zeile eins\nZeile zwei` >}}\n")
    with pytest.raises(ParameterError, match="no quotes"):
        page.render(lambda _: "Line `one`\nLine two")


@pytest.mark.parametrize("quotes", ['"{}"', "`{}`"])
def test_a_parameter_that_no_quotes_can_hold_stays_the_source(quotes: str) -> None:
    page = Page.parse(f"{{{{< figure caption={quotes.format('Ein Bild')} >}}}}\n")
    refused = []
    assert page.render(lambda _: "a ` C:\\", lambda segment, _: refused.append(segment.text)) == page.text
    assert refused == ["Ein Bild"]
    with pytest.raises(ParameterError, match="no quotes"):
        page.render(lambda _: "a ` C:\\")


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("C:\\Neu hier", "C:\\Neu hier"),
        ("a \\\\ b", "a \\\\ b"),
        ('Der \\"Titel\\" \\hier', 'Der "Titel" hier'),
        ('Der Titel\\\\" hier', 'Der Titel" hier'),
    ],
)
def test_backslashes_in_a_parameter_are_read_as_hugo_reads_them(parameter: str, text: str) -> None:
    assert only(f'{{{{< figure caption="{parameter}" >}}}}\n').text == text


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ('"Ein >}} Bild"', ["Ein >}} Bild"]),
        ('"Ein \\" >}} Bild"', ['Ein " >}} Bild']),
        ("`Ein >}} Bild`", ["Ein >}} Bild"]),
        ("`Ein\\` title=`>}} Bild`", ["Ein\\", ">}} Bild"]),
    ],
)
def test_a_delimiter_in_quotes_ends_no_shortcode(value: str, texts: list[str]) -> None:
    page = Page.parse(f"{{{{< figure caption={value} >}}}}\n\nText\n")
    assert [segment.text for segment in page.segments] == [*texts, "Text"]


def test_a_shortcode_that_closes_itself_opens_nothing() -> None:
    page = Page.parse("{{< highlight go />}}\n\nText\n\n{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n")
    assert [segment.text for segment in page.segments] == ["Text"]


def test_a_quote_in_a_link_title_is_escaped() -> None:
    page = Page.parse('[a]: /x "Ein Titel"\n')
    assert page.render({"Ein Titel": 'A "title"'}) == '[a]: /x "A \\"title\\""\n'


def test_a_site_names_its_own_shortcode_parameters_by_name_or_position() -> None:
    settings = PageSettings(shortcodes={"karte": Shortcode(parameters=("ort", 0))})
    page = Page.parse('{{< karte "Köln" >}}\n\n{{< karte ort="Bonn" title="nicht" >}}\n', settings)
    assert [segment.text for segment in page.segments] == ["Köln", "Bonn"]


def test_a_site_says_which_shortcodes_hold_code() -> None:
    settings = PageSettings(shortcodes={"konsole": Shortcode(inner_is_code=True)})
    assert not Page.parse("{{< konsole >}}\nls -l\n{{< /konsole >}}\n", settings).segments


def test_code_comments_are_segments_where_the_site_asks_for_it() -> None:
    text = '```python\n# Zwei Wörter\nx = "# nicht"  # am Ende\n```\n'
    assert not Page.parse(text).segments
    page = Page.parse(text, PageSettings(code_comments=True))
    assert [segment.text for segment in page.segments] == ["Zwei Wörter", "am Ende"]
    assert page.render({"am Ende": "at the end"}) == text.replace("am Ende", "at the end")


def test_a_block_that_is_left_out_takes_its_mark_and_one_blank_line_with_it() -> None:
    page = Page.parse("Eins\n\nZwei\n\n- drei\n- vier\n\n## Fünf\n\nSechs\n")
    left_out = {"Zwei", "vier", "Fünf"}
    text = page.render(lambda segment: OMIT if segment.text in left_out else None)
    assert text == "Eins\n\n- drei\n\nSechs\n"


def test_a_cell_that_is_left_out_stays_as_an_empty_cell() -> None:
    page = Page.parse("| a | b |\n| --- | --- |\n")
    assert page.render(lambda segment: OMIT if segment.text == "a" else None) == "|  | b |\n| --- | --- |\n"


def test_blocks_nested_too_deep_are_reported_and_none_is_lost() -> None:
    text = "> " * (MAX_NESTING + 20) + "tief\n\nweiter\n"
    page = Page.parse(text)
    assert page.problems[0][0] == 1
    assert "nested deeper" in page.problems[0][1]
    assert any("tief" in segment.text for segment in page.segments)
    assert page.segments[-1].text == "weiter"


def test_broken_front_matter_is_reported_and_left_alone() -> None:
    page = Page.parse('---\ntitle: "offen\n---\n\nText\n')
    assert page.problems
    assert [segment.text for segment in page.segments] == ["Text"]


def test_parsing_the_same_text_twice_gives_the_same() -> None:
    text = "---\ntitle: a\n---\n{{< x title='b' >}}\n\n- c\n"
    assert Page.parse(text).segments == Page.parse(text).segments


def test_a_line_of_many_nested_tags_is_looked_at_once() -> None:
    depth = 2_000
    start = time.monotonic()
    page = Page.parse("{{< a >}}" * depth + "Wort" + "{{< /a >}}" * depth)
    assert time.monotonic() - start < 10  # twice as long, if each tag looks at the whole line
    assert only(page.text).text == "Wort"


@pytest.mark.parametrize(
    ("page", "texts", "translation", "expected"),
    [
        # On one line the tag would begin an HTML block; a line of its own must begin no other.
        (
            '<img alt="Zwei\nTafeln" src="x">\n',
            ["Zwei Tafeln"],
            "Deux 1. tables",
            '<img alt="Deux 1.\ntables" src="x">\n',
        ),
        (
            '> <img alt="Zwei\n> Tafeln" src="x">\n',
            ["Zwei Tafeln"],
            "A - 1",
            '> <img alt="A - 1\n> " src="x">\n',
        ),
        (
            '<img alt="Eins & Zwei">\n',
            ["Eins & Zwei"],
            "Un & deux&trois",
            '<img alt="Un & deux&amp;trois">\n',
        ),
        ('<img alt="Eins &amp; Zwei">\n', ["Eins & Zwei"], "Un & deux", '<img alt="Un &amp; deux">\n'),
        ("- <img alt='Zwei\r\n  Tafeln'>\r\n", ["Zwei Tafeln"], "l'un", "- <img alt='l&#39;un\r\n  '>\r\n"),
        ('| <img alt="Eins"> |\n| --- |\n', ["Eins"], "Un", '| <img alt="Un"> |\n| --- |\n'),
        (
            'Wort\n\n| <img alt="A \\| B"> |\n| --- |\n',
            ["Wort"],
            "Mot",
            'Mot\n\n| <img alt="A \\| B"> |\n| --- |\n',
        ),
    ],
)
def test_attributes_of_tags_that_stand_alone_in_a_paragraph_or_a_cell(
    page: str, texts: list[str], translation: str, expected: str
) -> None:
    parsed = Page.parse(page)
    assert [segment.text for segment in parsed.segments] == texts
    assert parsed.render(lambda segment: segment.text) == page
    assert parsed.render(lambda _: translation) == expected
    assert [(segment.kind, segment.line) for segment in Page.parse(expected).segments] == [
        (segment.kind, segment.line) for segment in parsed.segments
    ]


@pytest.mark.parametrize(
    "page",
    [
        "{{< a >}}- x{{< /a >}}" * 16_000,
        "{{< a >}}" * 8_000 + "- x" + "{{< /a >}}" * 8_000,
        "{{< a >}}- x\n" * 16_000 + "{{< /a >}}" * 16_000,
        "> {{< a >}}x\n> y{{< /a >}}\n" * 16_000,
        "{{< a\nb=1 >}}" * 16_000 + "x" + "{{< /a >}}" * 16_000,
        "{{< a >}}- x\n{{< /a >}}" * 16_000,
        "{/* x " * 20_000,
        "{/*\n" * 20_000,
        "<Foo a={{`\n" * 8_000,
        "<Foo\na={() => 1}\n>\n" * 8_000,
    ],
    ids=[
        "pairs on a line",
        "pairs in each other",
        "pairs that end on one line",
        "pairs in a row of a quote",
        "tags of several lines in a row",
        "pairs that meet on a line",
        "comments on a line",
        "comments on lines",
        "tags of components without an end",
        "tags of components on lines",
    ],
)
@pytest.mark.usefixtures("ends")
def test_tags_and_comments_on_end_are_read_in_linear_time(page: str) -> None:
    Page.parse(page)
