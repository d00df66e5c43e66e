"""Blocks that are found without the parser are those that the parser finds.

A comment for this tool anywhere on a page leaves all of it to the parser; so a page with such a comment and the same
page with a comment for nobody must have the same segments.
"""

import law
import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_laws_properties import tries

from netzwerk_i18n import Page
from netzwerk_i18n.page.plain import find_block

PARSED = "\n\n<!-- i18n:none -->\n"
QUICK = "\n\n<!-- 18nix:none -->\n"

TEXTS = [
    *("foo", "foo bar", "**b** x", "*e*", "`c` d", "``c", "[a](b)", "[a]", "![i](s)", '"q"', "ä", "\u00a0x", "&amp;", "@x", "1984 x", "(x)"),
    *("foo\\", "foo  ", "foo `a", "b` foo", "[x](a", "b) y", "x <b", "> x", "<kbd>k</kbd> x", "<b>x</b>", "<https://x.y> z", "<b>", "$5", ".a"),
]  # fmt: skip
LEAVES = [
    *("# h", "## h ##", "# h {#id}", "# h \\{#id}", "# h \\\\{#id}", "#", "#hash", "####### x", "# x\\", "```", "```rust", "````", "~~~", "---", "***", "- - -", "* * *", "___", "===", "--"),
    *("[a]: /url", '[a]: /url "t"', "[^1]: note", "<div>", '<div class="a">', "</details>", "<!-- c -->", "<!-- c", "-->", "[TOC]", "*[HTML]: x", "\\[", "\\]"),
    *("{.cls}", "{{< s >}}", "{{< /s >}}", "{{% p %}}", '{{< x title="foo bar" >}}', "{{m}}", "{% t %}", "[c]: {{< s >}}", '[d]: <{{< x title="foo bar" >}}> "t"', "$$", "- $$", "- \\[", "!!! note", '=== "T"', "[!NOTE]", "%%", "::: x"),
    *(": def", "~ def", "???+ x", "[[w]]", "\u2028x"),
]  # fmt: skip
ITEMS = [
    *("- foo", "- bar", "* foo", "+ bar", "1. one", "2. two", "10. ten", "1) p", "01. y", "-   w", "-     w", "1.  w", "12345. w", "- ", "-", "1."),
    *("- [ ] t", "- [x] t", "- [ ]", "- [x]", "- [X] ", "[ ] t", "[x]", "- - x", "*\tx", "- \tx", "- x\\", "- [a]: b"),
]  # fmt: skip
ROWS = [
    *("| a | b |", "|---|---|", "| --- | :-: |", "|--|", "| x |", "| x | y | z |", "|a\\|b|c|", "|", "||", "| | |", "| `a|b` | c |", "a | b", "--- | ---"),
    *("> foo", "> bar `q", "> `q` w", ">", "> ", "> > x", "> - x", "> # h", "> : d", "> **b** [a](b)", ">x", "> [!NOTE]", "> foo  ", "> foo\\"),
]  # fmt: skip


def lines_of(*groups: list[str], deepest: int) -> st.SearchStrategy[str]:
    """Pages of some lines of these groups, blank ones among them, each moved to the right by at most so many columns."""
    line = st.one_of(st.sampled_from(["", "", " "]), *(st.sampled_from(group) for group in groups))
    indented = st.tuples(st.one_of(st.just(0), st.integers(0, deepest)), line)
    return st.lists(indented.map(lambda pair: " " * pair[0] + pair[1]), min_size=1, max_size=12).map(
        "\n".join
    )


def agrees(text: str) -> None:
    parsed, quick = Page.parse(text + PARSED), Page.parse(text + QUICK)
    assert quick.segments == parsed.segments, repr(text)
    assert quick.problems == parsed.problems


@tries(1500)
@given(lines_of(TEXTS, LEAVES, ITEMS, ROWS, deepest=7))
def test_lines_of_every_kind(text: str) -> None:
    agrees(text)


@tries(2500)
@given(lines_of(TEXTS, ITEMS, ["```", "```rs", "code"], deepest=8))
def test_lists(text: str) -> None:
    agrees(text)


@tries(1000)
@given(lines_of(TEXTS, ROWS, ["{{< s >}}", "{{m}}"], deepest=2))
def test_tables_and_quotes(text: str) -> None:
    agrees(text)


@tries(200)
@given(pages.pages(depth=2))
def test_nested_blocks(text: str) -> None:
    agrees(text)


@tries(300)
@given(st.one_of(pages.soup(), pages.any_text()))
def test_any_text(text: str) -> None:
    agrees(text)


@pytest.mark.parametrize(
    "corpus",
    [
        pytest.param(dict(law.sample_pages()), id="the samples"),
        pytest.param(dict(law.spec_examples()), id="the CommonMark examples"),
        pytest.param(dict(law.course_pages()), id="the course book"),
    ],
)
def test_real_pages(corpus: dict[str, str]) -> None:
    for text in corpus.values():
        agrees(text)


def test_lists_in_lists_up_to_the_parsers_limit_and_beyond() -> None:
    for depth in (19, 20, 21, 49, 50, 51, 60):
        agrees("\n".join("  " * level + "- Wort" for level in range(depth)))


def test_an_item_of_an_empty_task_box() -> None:
    for text in ("- [x]", "- [X] ", "- [ ]", "1. [x]\n2. zwei", "- [x]\n  und mehr", "- eins\n\n  [x]"):
        agrees(text)


PLAIN_BLOCKS = {
    "paragraph": "Wir laden ein:\nheute und [morgen](https://beispiel.de).\n",
    "heading": "## Unsere *Ziele* {#ziele}\n",
    "list": "- eins\n  und mehr\n\n  Noch ein Absatz.\n  1. innen\n\n  ```sh\n  ls\n  ```\n- [ ] zwei\n",
    "table": "| a | b |\n|---|:-:|\n| c | d |\n",
    "quote": "> Ein Satz\n> und sein Ende.\n>\n> Noch einer.\n",
    "code": "```sh\nls\n```\n",
    "rule": "---\n",
    "comment": "<!-- leise\nbleiben -->\n",
    "tags": '<div class="a">\n<p>\n',
    "link definitions": "[a]: https://beispiel.de\n[b c]: /ziel\n",
    "shortcode": '{{< figure src="a.png" >}}\n',
}


@pytest.mark.parametrize("block", PLAIN_BLOCKS.values(), ids=PLAIN_BLOCKS)
def test_what_a_page_is_mostly_made_of_needs_no_parser(block: str) -> None:
    found = find_block(block, 0, 0)
    assert found is not None
    assert block[found.end :].strip() == ""
