"""The laws judge others; here they are judged: each reports the damage it is for, and no damage where there is none."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import law
import pytest


@dataclass(frozen=True)
class SketchSegment:
    text: str
    line: int


class Sketch:
    """A page whose spans are given: they stand between ⟦ and ⟧. Its soft breaks are joined, its translations spliced."""

    def __init__(self, marked: str, damage: Callable[[str], str] = str) -> None:
        self.pieces = re.split(r"⟦(.*?)⟧", marked, flags=re.DOTALL)
        self.source = "".join(self.pieces)
        self.damage = damage
        self.segments: tuple[SketchSegment, ...] = tuple(
            SketchSegment(re.sub(r"\s*\n[ >]*", " ", piece), 1 + "".join(self.pieces[:at]).count("\n"))
            for at, piece in enumerate(self.pieces)
            if at % 2
        )

    def render(self, translations: object, /) -> str:
        pieces = list(self.pieces)
        for number, segment in enumerate(self.segments):
            text = translations(segment) if callable(translations) else translations.get(segment.text)  # type: ignore[attr-defined]
            if text is not None and text != segment.text:
                pieces[2 * number + 1] = text
        return self.damage("".join(pieces))


def judged(rule: Callable[..., list[str]], marked: str, damage: Callable[[str], str] = str) -> str:
    page = Sketch(marked, damage)
    return "\n".join(rule(page.source, parse=lambda _: page))


SOUND = """---
title: ⟦Ein Titel⟧
# ein Kommentar
---
# ⟦Kopf⟧ {#kopf}

> [!NOTE]
> ⟦Ein Absatz
> im *Zitat*[^1].⟧

- ⟦eins⟧
- ⟦zwei [x][x]⟧

| ⟦a⟧ | ⟦b⟧ |
|---|---|
| ⟦c \\| d⟧ | ⟦e⟧ |

⟦Begriff⟧
: ⟦Erklärung⟧

```
code
```

{{< figure
  src="a"
>}}

[^1]: ⟦Fußnote⟧

[x]: /x "⟦Titel⟧"
"""


@pytest.mark.parametrize("rule", law.LAWS, ids=lambda rule: rule.__name__)
def test_a_law_finds_nothing_where_nothing_is_wrong(rule: Callable[..., list[str]]) -> None:
    assert judged(rule, SOUND) == ""


def test_hugo_finds_nothing_where_nothing_is_wrong() -> None:
    page = Sketch(SOUND)
    assert law.hugo_violations({"page": page.source}, parse=lambda _: page) == {}


@pytest.mark.parametrize(
    ("marked", "damage"),
    [
        pytest.param("⟦a⟧\r\n", lambda text: text.replace("\r\n", "\n"), id="CRLF turned into LF"),
        pytest.param("⟦a⟧\n", str.rstrip, id="the final newline dropped"),
        pytest.param("⟦a⟧", lambda text: text + "\n", id="a final newline added"),
        pytest.param("⟦a⟧  \n", lambda text: text.replace("  ", ""), id="trailing blanks dropped"),
        pytest.param("\ufeff⟦a⟧", lambda text: text.lstrip("\ufeff"), id="the byte order mark dropped"),
        pytest.param("* ⟦a⟧", lambda text: text.replace("*", "-"), id="another bullet"),
    ],
)
def test_identity_sees(marked: str, damage: Callable[[str], str]) -> None:
    assert judged(law.identity, marked, damage)


@pytest.mark.parametrize(
    ("marked", "damage", "finding"),
    [
        pytest.param(
            "---\ntitle: ⟦a⟧\nweight: 1\n---\n",
            lambda t: t.replace("weight: 1", 'weight: "1"'),
            "front matter:",
            id="a number made a string",
        ),
        pytest.param(
            "---\ntitle: ⟦a⟧\nb: 1\n---\n",
            lambda t: re.sub(r"(title.*\n)(b.*\n)", r"\2\1", t),
            "front matter:",
            id="keys in another order",
        ),
        pytest.param(
            "---\n# x\ntitle: ⟦a⟧\n---\n",
            lambda t: t.replace("# x\n", ""),
            "front matter comments",
            id="a comment of the front matter lost",
        ),
        pytest.param(
            "+++\ntitle = '⟦a⟧'\n+++\n",
            lambda t: t.replace("title", "titel"),
            "front matter:",
            id="a key renamed",
        ),
        pytest.param("> ⟦[!NOTE]\n> a⟧", str, "dialect lines", id="an alert's mark joined with its text"),
        pytest.param("⟦a\n{.b}⟧\n", str, "dialect lines", id="attributes joined with their paragraph"),
        pytest.param("⟦a\n{{macro}}⟧\n", str, "dialect lines", id="a macro joined with its neighbour"),
        pytest.param("⟦a\n: b⟧\n", str, "HTML with tables", id="a definition joined with its term"),
        pytest.param(
            "# ⟦a⟧ {#b}\n", lambda t: t.replace("{#b}", "{#c}"), "dialect lines", id="a heading's id changed"
        ),
        pytest.param("⟦!!! note\n    a⟧\n", str, "dialect lines", id="an admonition joined with its text"),
        pytest.param(
            "{{< a\n  b=1\n>}}\n",
            lambda t: t.replace("\n  b", " b"),
            "dialect lines",
            id="a shortcode's lines joined",
        ),
        pytest.param(
            "⟦a⟧\r\n\r\n⟦b⟧\r\n",
            lambda t: t.replace("zqz0q\r\n", "zqz0q\n"),
            "line ends",
            id="one LF among CRLF",
        ),
        pytest.param("⟦a⟧\n\n⟦b⟧\n", lambda t: t.rstrip("\n"), "line ends", id="the end of the page changed"),
        pytest.param(
            "- ⟦a⟧\n- ⟦b⟧\n",
            lambda t: t.replace("zqz0q\n", "zqz0q\n\n"),
            "HTML by CommonMark",
            id="a tight list made loose",
        ),
        pytest.param("- ⟦a⟧\n- ⟦b⟧\n", lambda t: t.replace("- ", "* "), "bytes before", id="another bullet"),
        pytest.param(
            "⟦a⟧  \n⟦b⟧\n", lambda t: t.replace("  \n", "\n"), "bytes between", id="a hard break lost"
        ),
        pytest.param(
            "⟦a⟧\n\n⟦b⟧\n",
            lambda t: t.replace("zqa1q b zqz1q", ""),
            "markers in the page",
            id="a segment lost",
        ),
        pytest.param(
            "⟦a⟧\n\n⟦b⟧\n",
            lambda t: re.sub(r"(zqa0.*)\n\n(zqa1.*)", r"\2\n\n\1", t),
            "markers in the page",
            id="two segments swapped",
        ),
        pytest.param("⟦a⟧\n", lambda t: t + t, "markers in the page", id="a segment doubled"),
        pytest.param("    ⟦code⟧\n", str, "stands in 'zqa", id="code extracted"),
        pytest.param("# ⟦Ein Tite⟧l\n", str, "beside markers", id="a segment that ends too early"),
        pytest.param("<!-- ⟦leise⟧ -->\n", str, "stands in '<!--", id="a comment extracted"),
        pytest.param(
            "<p>⟦a</p><p>b⟧</p>\n", str, "runs over the tags", id="two HTML paragraphs as one message"
        ),
        pytest.param("| ⟦a | b⟧ |\n|---|---|\n", str, "stand around", id="two cells as one message"),
        pytest.param("[⟦a⟧]: /x\n\n⟦[a]⟧\n", str, "HTML", id="a link's label translated"),
        pytest.param("[a](⟦/x⟧)\n", str, "HTML", id="a link's target translated"),
        pytest.param("```⟦python⟧\n```\n", str, "HTML", id="a fence's language translated"),
    ],
)
def test_isomorphism_sees(marked: str, damage: Callable[[str], str], finding: str) -> None:
    assert finding in judged(law.isomorphism, marked, damage)


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("> ⟦[!NOTE] a⟧\n", id="an alert's mark within its message"),
        pytest.param("⟦a\n{.b}⟧\n", id="attributes joined with their paragraph"),
        pytest.param("⟦a\nb⟧\n: ⟦c⟧\n", id="two terms joined"),
        pytest.param("- ⟦[x] a⟧\n", id="a task's box within its message"),
        pytest.param("{{< ⟦note⟧ >}}\n", id="a shortcode's name translated"),
    ],
)
def test_hugo_sees(marked: str) -> None:
    page = Sketch(marked)
    assert law.hugo_violations({"page": page.source}, parse=lambda _: page)


def test_mkdocs_sees_an_admonition_joined_with_its_text() -> None:
    page = Sketch("⟦!!! note\n    a⟧\n")
    assert law.material_violations(page.source, parse=lambda _: page)


def test_recall_names_the_words_that_no_segment_has() -> None:
    page = Sketch(
        "# ⟦Titel⟧\n\nvergessener Absatz mit `code`\n\n- ⟦*eins*⟧ ![Altes Bild](x)\n\n<p>Block</p>\n"
    )
    measured = law.recall(page.source, parse=lambda _: page)
    assert measured == law.Recall(2, 8, ("Absatz", "Altes", "Bild", "Block", "mit", "vergessener"))


def test_recall_counts_a_word_as_often_as_it_is_seen() -> None:
    page = Sketch("⟦Wort⟧\n\nWort\n")
    assert law.recall(page.source, parse=lambda _: page).missing == ("Wort",)


def test_recall_leaves_out_code_comments_shortcodes_and_attributes() -> None:
    text = "---\ntitle: x\n---\n`a`\n\n    b\n\n<!-- c -->\n\n{{< d e=f >}}\n\n{.g}\n\n# 5 {#h}\n\n<script>i</script>\n\n!!! note\n\n> [!NOTE]\n> 6\n\n%% j %%\n"
    page = Sketch(text)
    assert law.recall(page.source, parse=lambda _: page).total == 0


def test_determinism_sees_a_page_that_parses_in_two_ways() -> None:
    ways = iter([Sketch("⟦a⟧ b"), Sketch("a ⟦b⟧")])
    assert law.determinism("a b", parse=lambda _: next(ways))


def test_determinism_sees_a_render_that_changes() -> None:
    ends = iter(["", " ", "  ", "   "])
    page = Sketch("⟦a⟧", lambda text: text + next(ends))
    assert law.determinism(page.source, parse=lambda _: page)


@pytest.mark.parametrize("lines", [(1, 1), (2, 1), (1, 4), (0, 2)])
def test_line_numbers_sees_a_line_that_is_not_the_segments(lines: tuple[int, int]) -> None:
    page = Sketch("⟦a⟧\n\n⟦b⟧")
    page.segments = tuple(
        SketchSegment(segment.text, line) for segment, line in zip(page.segments, lines, strict=True)
    )
    assert law.line_numbers(page.source, parse=lambda _: page)
