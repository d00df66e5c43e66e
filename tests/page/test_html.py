import random
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.page.html import (
    HtmlPiece,
    decode_attribute,
    encode_attribute,
    scan_html,
    tags,
)


def texts(html: str) -> list[str]:
    return [html[piece.start : piece.end] for piece in scan_html(html) if piece.kind == "text"]


def attributes(html: str) -> list[tuple[str, str, str]]:
    found = [piece for piece in scan_html(html) if piece.kind == "attribute"]
    return [(piece.name, html[piece.start : piece.end], piece.quote) for piece in found]


def comments(html: str) -> list[str]:
    return [html[piece.start : piece.end] for piece in scan_html(html) if piece.kind == "comment"]


# Texts


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>Hallo</div>", ["Hallo"]),
        ("<div>\n  Hallo\n  Welt \n</div>", ["Hallo\n  Welt"]),
        ("<ul><li>Eins<li>Zwei</ul> Drei", ["Eins", "Zwei", "Drei"]),
        ("<p>Ein <em>kurzer</em> Satz.</p>", ["Ein <em>kurzer</em> Satz."]),
        ("<p>Eins<br>Zwei</p>", ["Eins<br>Zwei"]),
        ("<details><summary>Mehr</summary>Text</details>", ["Mehr", "Text"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<noscript>Bitte</noscript>", ["Bitte"]),
        ("<template><p>Später</p></template>", ["Später"]),
        ("<my-note>Neu</my-note>", ["Neu"]),
        ("<button>Los</button> <select><option>A<option>B</select>", ["Los", "A", "B"]),
        ("<DIV>Groß<BR>Klein</DIV>", ["Groß<BR>Klein"]),
        ("a</p>b", ["a", "b"]),
    ],
)
def test_a_text_reaches_from_one_border_element_to_the_next(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><b>Hallo</b></p>", ["Hallo"]),
        ("<p><b><i>Hallo</i></b></p>", ["Hallo"]),
        ("<p> <b> Hallo </b> </p>", ["Hallo"]),
        ("<b>a</b> und <i>b</i>", ["<b>a</b> und <i>b</i>"]),
        ("<b>a</b> und <b>b</b>", ["<b>a</b> und <b>b</b>"]),
        ("<b>a <b>b</b></b>", ["a <b>b</b>"]),
        ('<li><a href="/x">Mehr</a></li>', ['<a href="/x">Mehr</a>']),
        ('<b><a href="/x">Mehr</a></b>', ['<a href="/x">Mehr</a>']),
        ('<i class="icon"></i> Hallo <br>', ["Hallo"]),
        ('<img src="a.png"> Hallo <img src="b.png"> Welt', ['Hallo <img src="b.png"> Welt']),
        ("<p><b>Hallo</p>", ["Hallo"]),
        ("<p>Hallo</b></p>", ["Hallo"]),
        ("<p>Hallo <b>Welt</p>", ["Hallo <b>Welt"]),
        ("<kbd>Strg</kbd> und <kbd>C</kbd>", ["<kbd>Strg</kbd> und <kbd>C</kbd>"]),
        ("<td><kbd>Strg</kbd>+<kbd>C</kbd></td>", ["<kbd>Strg</kbd>+<kbd>C</kbd>"]),
        ("<td><kbd>Entf</kbd></td><td><samp>Fertig.</samp></td>", ["Entf", "Fertig."]),
    ],
)
def test_tags_at_the_outer_edges_are_dropped_where_the_rest_stays_balanced(
    html: str, expected: list[str]
) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<div>\n</div>",
        "<p>– 😀 …</p>",
        "<p>&nbsp;&copy;&#8212;</p>",
        "<p>{{ .Title }} {% x %} ${y}</p>",
        "<script>let a = '<p>x</p>'</script>",
        "<style>p::before { content: '<b>x' }</style>",
        "<STYLE>a</style >",
        "<pre>a <b>b</b>\n<i>c</i></pre>",
        "<textarea><p>x</p></textarea>",
        "<iframe><p>x</p></iframe>",
        "<p><code>x</code></p>",
        "<math><mi>x</mi><mtext>wenn</mtext></math>",
        "<svg><style>.a{}</style><foreignObject><p>x</p></foreignObject></svg>",
        "<p translate=no>x <b>y</b></p>",
        "<div translate='NO'><div>a</div><p>b</p>c</div>",
        '<div class="a notranslate b"><p>a</p></div>',
        "<div translate=no><code translate=no>a</code>b</div>",
        "<!DOCTYPE html><?php echo 'a > b'; ?>",
        "<![CDATA[ a > b ]]>",
        "<p",
        '<p title="x>Hallo</p>',
        "<a href='x'",
        "<plaintext>a</plaintext>b",
    ],
)
def test_what_no_reader_sees_as_words_is_no_text(html: str) -> None:
    assert texts(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Die Taste <kbd>Q</kbd></p>", ["Die Taste <kbd>Q</kbd>"]),
        ("<p><span translate=no>Hugo</span> ist da</p>", ["<span translate=no>Hugo</span> ist da"]),
        ("<p>Also <math><mi>x</mi><p>y</p></math> folgt</p>", ["Also <math><mi>x</mi><p>y</p></math> folgt"]),
    ],
)
def test_what_is_not_translated_stays_in_its_sentence(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div translate=no><div>a</div></div>b", ["b"]),
        ("<div translate=no>a<p translate=yes>b</p>c</div>", ["b"]),
        ("<p translate=no>a<p>b", ["b"]),
        ("<b translate=no><p>a</b>b</p></b>c", ["c"]),
        ("<pre>a</pre>b<script>c</script>d", ["b", "d"]),
        ("<script>a</scripty></script>b", ["b"]),
        (
            "<svg><title>Titel</title><g/><text>a<tspan>b</tspan></text><path/></svg>c",
            ["Titel", "a<tspan>b</tspan>", "c"],
        ),
        ("a<svg><circle/></svg>b", ["a", "b"]),
    ],
)
def test_what_is_not_translated_ends_where_its_element_ends(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>1 < 2 und <3 <- x</p>", ["1 < 2 und <3 <- x"]),
        ("a <", ["a <"]),
        ("<p title='a > b'>c</p>", ["c"]),
        ("<p\n  title=x\n>c</p\n>", ["c"]),
        ("<p a='1'b=2>c", ["c"]),
        ("<p =x>c", ["c"]),
        ("<p a=>c", ["c"]),
        ("<p/>c", ["c"]),
        ("a</ x>b", ["a", "b"]),
        ("a<?x>b", ["a", "b"]),
    ],
)
def test_broken_markup_is_read_as_browsers_read_it(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_a_text_is_named_for_the_innermost_border_element() -> None:
    assert [piece.name for piece in scan_html("a<div>b<p><b>c</b></p>d</div>")] == ["", "div", "p", "div"]


# Attributes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img alt="Ein Bild" src="a.png">', [("img.alt", "Ein Bild", '"')]),
        ("<img alt='Bild' title=Titel>", [("img.alt", "Bild", "'"), ("img.title", "Titel", "")]),
        ('<IMG\nALT = "a > b">', [("img.alt", "a > b", '"')]),
        ('<img alt="a" alt="b">', [("img.alt", "a", '"')]),
        ('<input placeholder="Name" value="x">', [("input.placeholder", "Name", '"')]),
        ('<input type=Submit value="Los">', [("input.value", "Los", '"')]),
        ('<button aria-label="Zu">×</button>', [("button.aria-label", "Zu", '"')]),
        ('<meta name="description" content="Text">', [("meta.content", "Text", '"')]),
        ('<meta property="og:title" content="Text">', [("meta.content", "Text", '"')]),
        ('<meta name="viewport" content="width=1">', []),
        (
            '<track label="Deutsch"><option label="A"><div label="no">',
            [("track.label", "Deutsch", '"'), ("option.label", "A", '"')],
        ),
        ('<img alt=""><img alt=" "><img alt><img alt="—">', []),
        ('<img alt="{{ .Alt }}">', []),
        ('<img alt="Bild {{ .Nr }}">', [("img.alt", "Bild {{ .Nr }}", '"')]),
        ('<p title="a"><b title="b">Text</b></p>', [("p.title", "a", '"'), ("b.title", "b", '"')]),
        ('<p>Ein <b title="no">Text</b> hier</p>', []),
        ('<p><img alt="Bild"> Text</p>', [("img.alt", "Bild", '"')]),
        ('<svg aria-label="Logo"><g aria-label="no"/></svg>', [("svg.aria-label", "Logo", '"')]),
        ('<pre title="ja"><b title="no">x</b></pre>', [("pre.title", "ja", '"')]),
        ('<p translate=no title="no"><img alt="no"></p>', []),
        ("<script title=ja>'<img alt=no>'</script>", [("script.title", "ja", "")]),
    ],
)
def test_attributes_that_hold_text_are_found_with_their_quotes(
    html: str, expected: list[tuple[str, str, str]]
) -> None:
    assert attributes(html) == expected


def test_which_attributes_hold_text_can_be_said() -> None:
    html = '<img alt="a" data-caption="b"><div data-caption="c">'
    found = scan_html(html, attributes=["img.data-caption"])
    assert [html[piece.start : piece.end] for piece in found] == ["b"]


# Comments


def test_comments_stand_among_the_pieces_and_part_a_text() -> None:
    html = "<p>a<!-- i18n:skip -->b</p><!---->"
    assert [(piece.kind, html[piece.start : piece.end]) for piece in scan_html(html)] == [
        ("text", "a"),
        ("comment", " i18n:skip "),
        ("text", "b"),
        ("comment", ""),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!-- a --!>b", [" a "]),
        ("<!-- a", [" a"]),
        ("<!--", [""]),
        ("<!-->a<!--->", []),
        ("<!--a-->b<!--c-->", ["a", "c"]),
        ("<script><!-- a --></script>", []),
    ],
)
def test_comments_end_where_browsers_end_them(html: str, expected: list[str]) -> None:
    assert comments(html) == expected


# Laws

FRAGMENTS = st.sampled_from(
    [
        *[
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='x'>",
            "</a>",
            "<div translate=no>",
            "</div>",
            "<pre>",
            "</pre>",
        ],
        *[
            "<script>",
            "</script>",
            "<style>",
            "</style>",
            "<math>",
            "</math>",
            "<svg>",
            "</svg>",
            "<img alt=x>",
        ],
        *[
            "<!--",
            "-->",
            "<!",
            "<?",
            "?>",
            "<![CDATA[",
            "]]>",
            "</",
            "/>",
            " ",
            "\n",
            "=",
            "&amp;",
            "&",
            "wort",
            "Ä",
        ],
        *[
            "<title>",
            "</title>",
            "<code>",
            "</code>",
            "<br>",
            "{{",
            "}}",
            "\x00",
            "\ud800",
            "<li>",
            "<td>",
            "😀",
        ],
        *["<img alt='", '">', "'", '"', ">", "<"],
    ]
)
SOUP = st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(max_size=40)


@given(SOUP)
@settings(max_examples=600, deadline=None)
def test_pieces_are_in_order_and_apart_and_outside_of_tags(html: str) -> None:
    position = 0
    for piece in scan_html(html):
        assert position <= piece.start <= piece.end <= len(html)
        position = piece.end
        inside = html[piece.start : piece.end]
        if piece.kind == "text":
            assert inside == inside.strip(" \t\n\r\f") != ""
            assert tags(inside) == tags(html[: piece.end]) - tags(html[: piece.start])
        elif piece.kind == "attribute" and piece.quote:
            assert piece.quote not in inside
            assert html[piece.start - 1] == html[piece.end] == piece.quote


@given(st.lists(st.tuples(st.sampled_from(["script", "style", "pre", "textarea"]), SOUP, SOUP), max_size=4))
@settings(max_examples=500, deadline=None)
def test_the_content_of_scripts_styles_and_preformatted_blocks_is_in_no_piece(
    blocks: list[tuple[str, str, str]],
) -> None:
    html = ""
    for name, soup, text in blocks:
        inner = re.sub(r"</|<!|<\?|<[a-z]|['\"]", "", soup)
        html += f"<{name}>VERBORGEN {inner} VERBORGEN</{name}>{re.sub('[<>]', '', text)}"
    for piece in scan_html(html):
        assert "VERBORGEN" not in html[piece.start : piece.end]


@given(SOUP)
@settings(max_examples=500, deadline=None)
def test_a_text_scanned_again_is_one_text_or_nothing_but_that(html: str) -> None:
    for piece in scan_html(html):
        if piece.kind == "text":
            inside = html[piece.start : piece.end]
            assert [p for p in scan_html(inside) if p.kind == "comment"] == []


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "<",
            "<a ",
            "<!--",
            "<b>",
            "</i>",
            "<b>x",
            "<p>",
            "<?a>",
            "<![CDATA[",
            '<a b="',
            "<p><b>",
            "{{",
            "<math>",
        ],
        *[
            "<b></i>",
            "<li><b></p>",
            "<script>",
            "</script",
            "&#",
            "<a b='c' ",
            "<!-->",
            "<!->",
            "{{a",
            "{%",
            "<svg/>",
        ],
        *["</", "<svg>", "<b x=y", "= ", "<b translate=no><p>", "<textarea></textarea", "<b>\n</b>"],
    ],
)
@pytest.mark.usefixtures("ends")
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    html = unit * (400_000 // len(unit))
    scan_html(html)
    tags(html)


def test_a_large_soup_is_read_in_one_go() -> None:
    shuffled = random.Random(1)  # noqa: S311
    units = [
        "<b>",
        "</b>",
        "<p>",
        "</i>",
        "<i>",
        "</p>",
        "x ",
        "<",
        "<a title='x'>",
        "</a>",
        "<br>",
        "<svg>",
        "</svg>",
        "&amp;",
    ]
    html = "".join(shuffled.choices(units, k=60_000))
    assert all(isinstance(piece, HtmlPiece) for piece in scan_html(html))


# Helpers of others


@given(st.text(max_size=30), st.sampled_from(['"', "'", ""]))
@settings(max_examples=500, deadline=None)
def test_an_encoded_attribute_means_what_it_should(value: str, quote: str) -> None:
    written = encode_attribute(value, quote)
    html = f"<img data-x={quote}{written}{quote}>"
    pieces = scan_html(html, attributes=["data-x"])
    if re.search(r"[^\W_]", value):
        (piece,) = pieces
        assert decode_attribute(html[piece.start : piece.end]) == value.strip(" \t\n\r\f")
    assert tags(html) == Counter([html])


def test_decoding_and_encoding_keep_the_meaning() -> None:
    assert (
        decode_attribute(encode_attribute(decode_attribute("a &lt; b &amp;amp; &#39;c&quot;"), '"'))
        == "a < b &amp; 'c\""
    )


@pytest.mark.parametrize("text", ["<br>", "</b>", "a<!-- b", "<?x", "<!x", "</ x", "<b"])
def test_a_tag_is_seen(text: str) -> None:
    assert tags(text).total() == 1


@pytest.mark.parametrize("text", ["", "a", "1 < 2", "<3", "a <- b", "<", "</", "&lt;b&gt;", ">"])
def test_a_lone_angle_is_no_tag(text: str) -> None:
    assert not tags(text)


def test_tags_are_counted_as_written() -> None:
    assert tags("<b>a</b> <B>c</b><br/><!-- x -->") == Counter(
        {"<b>": 1, "</b>": 2, "<B>": 1, "<br/>": 1, "<!-- x -->": 1}
    )
    assert tags("<b") == Counter(["<b"])
