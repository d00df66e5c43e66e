"""Random pages of MDX: components in components, indented or not, around every other kind of block."""

from collections.abc import Iterable
from functools import cache

from hypothesis import strategies as st

Lines = tuple[str, ...]

WORDS = ["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht"]
INLINE = st.one_of(
    *[st.sampled_from(WORDS)] * 4,
    st.sampled_from(
        [
            *("**fett**", "`code`", "`<b>`", "{wert}", '{"</x>"}', "<Foo a={b}/>", "<b>dick</b>", "[Link](/x)", "{/* k */}"),
            *("<Term id='x'>Wort</Term>", "Wort  \nmehr", "<Foo\n  a={b}\n/>"),
        ]
    ),
)  # fmt: skip
TEXT = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
PARAGRAPH = st.lists(TEXT, min_size=1, max_size=3).map(lambda lines: tuple("\n".join(lines).split("\n")))
ONE_LINE = TEXT.map(lambda text: text.replace("\n", " "))
HEADING = st.one_of(ONE_LINE.map(lambda text: (f"## {text}",)), ONE_LINE.map(lambda text: (text, "---")))
CODE = st.sampled_from(
    [
        *(("```js", "const x = 1", "", "  y", "```"), ("~~~", "<Tab>", "~~~"), ("{wert}",), ("{/* Kommentar */}",)),
        *(("{", "  wert", "}"), ("{list.map((x) => (", "  <li key={x}>{x}</li>", "))}"), ("{`a", "", "b`}"), ("{'don\\'t'}",)),
        *(("{cond && <p>Don't</p>}",), ("{/* it's */ x}",), ("<Foo />",), ("<Foo", "  a={1}", "/>"), ("<Foo", "", "  a={1}", "/>")),
        *(("<Foo /> {x} <Bar />",), ("<Foo>{x}</Foo>",), ("{}",)),
    ]
)  # fmt: skip
WITH_TAGS = st.one_of(
    ONE_LINE.map(lambda text: (f"<Foo>{text}</Foo>",)),
    ONE_LINE.map(lambda text: (f"<summary>{text}</summary>", "danach")),
    st.sampled_from(
        [("<td>eins</td><td>zwei</td>",), ("<b>fett</b> und mehr",), ("<p>eins</p> zwei",), ("<Foo /> und mehr",)]
    ),
)  # fmt: skip
TABLE = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
    lambda cells: ("| Kopf | Zwei |", "| --- | --- |", f"| {cells[0]} | {cells[1]} |", "")
)
PROGRAM = st.sampled_from(
    [
        ("import X from 'y'",),
        ("export const a = {", "  b: 1,", "", "  c: '}'", "}"),
        ("export const F = () => (", "  <b>", "", "    hi", "", "  </b>", ")"),
        ("import A from 'a'", "import B from 'b'"),
    ]
)
OPENING = st.sampled_from(
    [
        *("<Tabs>", "<TabItem>", "<details>", "<div>", "<Card.Item>", "<>", '<Tabs title="Titel eins">', "<Tabs {...x}>"),
        *("<Tabs a={{b: 'c'}} label='Etwas'>", '<Tabs\n  a="b"\n  title="Titel zwei"\n>', "<div a='{' b=\"<\">"),
    ]
)  # fmt: skip


def indented(lines: Iterable[str], columns: int) -> Lines:
    return tuple(" " * columns + line if line else line for line in lines)


def quoted(lines: Iterable[str]) -> Lines:
    return tuple(f"> {line}".rstrip() for line in lines)


def component(opening: str, inner: Lines, columns: int, *, loose: bool) -> Lines:
    name = opening[1:].rstrip(">").split()[0] if opening != "<>" else ""
    blank = ("",) if loose else ()
    return (*opening.split("\n"), *blank, *indented(inner, columns), *blank, f"</{name}>")


def items(mark: str, texts: list[Lines]) -> Lines:
    lines: list[str] = []
    for first, *others in texts:
        lines += (mark + first, *indented(others, len(mark)))
    return tuple(lines)


@cache
def blocks(depth: int) -> st.SearchStrategy[Lines]:
    """Some blocks, with and without blank lines between them, that hold others down to a depth."""
    leaves = [PARAGRAPH, PARAGRAPH, HEADING, CODE, WITH_TAGS, TABLE]
    if depth > 0:
        inner = blocks(depth - 1)
        marks = st.sampled_from(["- ", "* ", "1. "])
        leaves += [
            st.builds(component, OPENING, inner, st.sampled_from([0, 0, 2, 4, 6]), loose=st.booleans()),
            st.builds(component, OPENING, inner, st.sampled_from([2, 4]), loose=st.booleans()),
            st.builds(items, marks, st.lists(st.one_of(PARAGRAPH, inner), min_size=1, max_size=3)),
            inner.map(quoted),
            inner.map(lambda lines: ("", ":::tip[Titel]", "", *lines, "", ":::", "")),
        ]
    return st.lists(st.tuples(st.booleans(), st.one_of(leaves)), min_size=1, max_size=3).map(
        lambda found: tuple(line for tight, lines in found for line in ("", *lines)[tight:])
    )


PAGES = st.builds(
    lambda program, body, ending: ending.join([*program, *([""] if program else []), *body, ""]),
    st.one_of(st.just(()), PROGRAM),
    blocks(3),
    st.sampled_from(["\n", "\n", "\r\n"]),
)
