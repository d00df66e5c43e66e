"""Texts left out of a page: their blocks go with them, and every other block stays what it is."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.page import OMIT, Page, Segment
from netzwerk_i18n.page.blocks import parse_blocks
from netzwerk_i18n.page.front_matter import find_front_matter
from netzwerk_i18n.page.tokens import LINES

STAYS = [
    "Alt\n\n---\n\nText\n",
    "Alt\n\n---\n\nText\n\n---\n\nDrei\n",
    "Alt\n\n+++\n\nText\n\n+++\n\nDrei\n",
    'Alt\n\n{ "a": 1 }\n\nText\n',
    "Alt\n\n- a\n",
    "\n\ufeffAlt\n\n- a\n",
    "Text vor\n# Alt\n---\nEnde\n",
    "Text vor\n# Alt\n===\nEnde\n",
    "Text vor\n# Alt\nEnde da\n",
    "Text vor\n# Alt\n: Punkt\n",
    "Text vor\n# Alt\n<b>x</b> y\n",
    "Text vor\n- Alt\n\n    eingerückt\n",
    "Satz[^1] hier.\n\n[^1]: Alt\n",
    "Satz[^1] hier.\n\n[^1]: Alt\n\n    Mehr\n",
    "Alt\n: Definition\n",
    "Term\n: Alt\n",
    "> [!NOTE]\n> Alt\n>\n> Mehr\n",
    "- a\n- Alt\n{.klasse}\n",
    "Eins\n\nAlt\n{.klasse}\n---\n",
    "| a |\n| --- |\n1. Alt\n2. b\n",
    "Wort\n\n- Alt\n\n: Definition\n",
    "> q\n\nAlt\nAlt\n: Definition\n",
    "Wort\n: Definition\n\nAlt\n: Definition\n",
    "Term\n: Definition\n\nAlt\n\n: keine\n",
    "* Alt\n\n  Zweiter Absatz\n\n* c\n",
    "- a\n\nAlt\n\n    code\n",
    "- a\n\nAlt\n\n- b\n",
    "1. a\n\nAlt\n\n1. b\n",
    "Erst\n\n# Alt\n{.klasse}\n\nText\n",
    "{{< kasten >}} Alt\n\nText {{< /kasten >}}\n",
    "{{< kasten >}} Alt {{< /kasten >}}\n",
    "{{< figure caption=Alt >}}\n",
    "<img alt=Alt src=a>\n",
    "Alt | b\n--- | ---\nc | d\n",
]
"""Pages without whose text *Alt* something else would be another block."""

GOES = [
    ("Eins\n\nAlt\n\nZwei\n", "Eins\n\nZwei\n"),
    ("Alt", ""),
    ("\ufeffAlt\n\nText\n", "\ufeffText\n"),
    ("Eins\r\n\r\nAlt\r\n\r\nZwei\r\n", "Eins\r\n\r\nZwei\r\n"),
    ("---\ntitle: Alt\n---\n\nAlt\n\n---\n", "---\ntitle: Alt\n---\n\n---\n"),
    ("- a\n- Alt\n", "- a\n"),
    ("- Alt\n- b\n", "- b\n"),
    ("Text\n\n- Alt\n  - Alt\n", "Text\n\n"),
    ("- a\n\n  Alt\n\n- b\n", "- a\n\n- b\n"),
    ("- Alt\n  - b\n", "- \n  - b\n"),
    ("> Alt\n>\n> - Alt\n\nText\n", "Text\n"),
    ("> a\n>\n> Alt\n\n> c\n", "> a\n>\n\n> c\n"),
    ("> [!NOTE]\n> Alt\n\nText\n", "Text\n"),
    ("Eins\n\nAlt\\\n{.klasse}\n\nZwei\n", "Eins\n\nZwei\n"),
    ("Alt\n{.klasse}\n\nText\n", "Text\n"),
    ("Erst\n\nAlt\nAlt\n===\n\nText\n", "Erst\n\nText\n"),
    ("Erst\n\n## Alt {#ziel}\n\nText\n", "Erst\n\nText\n"),
    ("Alt\n: Alt\n\nTerm\n: Definition\n", "Term\n: Definition\n"),
    ("Term\n: Definition\n: Alt\n", "Term\n: Definition\n"),
    ("Alt[^1]\n\n[^1]: Alt\n", ""),
    ("Alt[^1]\n\n[^1]: Fußnote\n", "[^1]: Fußnote\n"),
    ("| Alt | b |\n| --- | --- |\n| c | Alt |\n", "|  | b |\n| --- | --- |\n| c |  |\n"),
    ("| a | b |\n| --- | --- |\n| Alt | Alt |\n| c | d |\n", "| a | b |\n| --- | --- |\n| c | d |\n"),
    ("| Alt | Alt |\n| --- | --- |\n| Alt | |\n\nText\n", "Text\n"),
    ("<div>\nAlt\n<p>Alt</p>\n</div>\n", "<div>\n<p></p>\n</div>\n"),
    ("{{% note %}}\nAlt\n{{% /note %}}\n\nText\n", "{{% note %}}\n{{% /note %}}\n\nText\n"),
]
"""Pages, and what is left of them without the text *Alt*."""


def without(text: str, *left_out: str) -> str:
    page = Page.parse(text)

    def is_out(msgid: str) -> bool:
        return msgid in left_out or any(msgid.startswith(f"{word}[^") for word in left_out)

    rendered = page.render(lambda segment: OMIT if is_out(segment.text) else None)
    rest = page.without([segment for segment in page.segments if is_out(segment.text)])
    assert rest.text == rendered
    return rendered


@pytest.mark.parametrize("text", STAYS)
def test_a_text_stays_where_other_blocks_depend_on_it(text: str) -> None:
    assert without(text, "Alt") == text


@pytest.mark.parametrize(("text", "rest"), GOES)
def test_a_text_goes_with_all_that_holds_nothing_else(text: str, rest: str) -> None:
    assert without(text, "Alt", "Alt Alt") == rest


def test_of_several_texts_only_those_stay_that_have_to() -> None:
    text = "Alt 1\n\nAlt 2\n\n- a\n\nAlt 3\n\n    code\n\nText\n\nAlt 4\n"
    assert without(text, "Alt 1", "Alt 2", "Alt 3", "Alt 4") == (
        "Alt 2\n\n- a\n\nAlt 3\n\n    code\n\nText\n\n"
    )


def test_of_a_list_that_has_to_stay_one_item_does() -> None:
    text = "Text\n\n- Alt 1\n- Alt 2\n- Alt 3\n\n<!-- -->\n\n    code\n".replace("<!-- -->\n\n", "")
    assert without(text, "Alt 1", "Alt 2", "Alt 3").count("Alt") == 1


def test_what_has_to_stay_is_found_on_a_long_page_in_a_moment() -> None:
    text = "Alt\n\n- a\n\n" + "Alt\n\nText\n\n" * 100 + "- a\n\nAlt\n\n    code\n"
    assert without(text, "Alt") == "Alt\n\n- a\n\n" + "Text\n\n" * 100 + "- a\n\nAlt\n\n    code\n"


BLOCKS = (
    *(
        "{}",
        "# {}",
        "{}\n===",
        "{}\n---",
        "---",
        "+++",
        "===",
        "***",
        "    code",
        "```\ncode\n```",
        "{{ 1 }}",
    ),
    *("- {}", "* {}\n\n  {}", "- {}\n  - {}\n- {}", "1. {}\n2. {}", "- {}\n\n      code", "- a", "-"),
    *("> {}", "> {}\n>\n> {}", "> - {}", "> [!NOTE]\n> {}", "{}\n{{.k}}", "{{.k}}\n{}", "{}\n{}", "{}\\\n{}"),
    *(
        "{}\n: {}",
        "{}\n: {}\n: {}",
        ": {}",
        "{}[^1] da",
        "[^1]: {}",
        "[^1]: {}\n\n    {}",
        "[x]: /y",
        "[x] {}",
    ),
    *(
        "| {} | {} |\n| --- | --- |\n| {} | 1 |",
        "{} | {}\n--- | ---\n{} | b",
        "<div>\n{}\n</div>",
        "<p>{}</p>",
    ),
)
"""Blocks of every kind, those among them that become another kind where their neighbours change."""


@st.composite
def pages(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
    numbers = iter(range(10, 100))
    text = draw(st.sampled_from(("", "", "", "---\ntitle: T\n---\n", "\ufeff")))
    for block in blocks:
        text += block.format(*(f"Wort{next(numbers)}" for _ in range(block.count("{}"))))
        text += draw(st.sampled_from(("\n\n", "\n\n", "\n")))
    return text


WORD = re.compile(r"Wort\d\d")


@dataclass
class Block:
    """A block as a parser reads it: its kind, the text of a leaf, and whether something is gone from it."""

    kind: str
    text: str = ""
    inner: list["Block"] = field(default_factory=list)
    changed: bool = field(default=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether a block held nothing but what is gone."""
        if self.kind in ("th", "td", "thead", "html_block"):
            return False
        if self.kind in ("tr", "table"):
            leaves = [leaf for leaf in self.leaves() if leaf.kind == "inline"]
            return self.changed and not any(leaf.text for leaf in leaves)
        if self.kind == "inline":
            return not self.text or (self.changed and set(self.text.split("\n")) <= {"{.k}", ":"})
        texts = {line for block in self.leaves() for line in block.text.split("\n")}
        alert = self.kind == "blockquote" and texts <= {"[!NOTE]", "{.k}"}
        return self.changed and (alert or not self.inner)

    def leaves(self) -> Iterator["Block"]:
        if not self.inner:
            yield self
        for block in self.inner:
            yield from block.leaves()


def blocks_of(text: str, gone: Collection[str] = ()) -> Block:
    """The blocks of a page as the parser reads them, without those that hold only what is gone."""
    front_matter = find_front_matter(text)
    body = text[front_matter.end :] if front_matter else text.removeprefix("\ufeff")
    around = [Block("page")]
    for token in parse_blocks(body)[0]:
        block = Block(token.type.removesuffix("_open"))
        if token.nesting > 0:
            around.append(block)
            continue
        if token.nesting < 0:
            block = around.pop()
        else:
            pieces = () if around[-1].kind in ("th", "td") else token.meta.get(LINES, ())
            content = token.content or "\n".join(body[start:end] for start, end in pieces)
            block.changed = any(WORD.search(line) and line in content for line in gone)
            for line in gone if block.changed else ():
                content = content.replace(line, "")
            block.text = "\n".join(line.strip() for line in content.split("\n") if line.strip())
        around[-1].changed |= block.changed
        if not block.is_empty or (block.kind == "tr" and around[-1].kind == "thead"):
            around[-1].inner.append(block)
    return around[0]


def is_gone(segment: Segment, rest: str) -> bool:
    found = WORD.search(segment.text)
    return found is not None and found[0] not in rest


@given(text=pages(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_left_of_a_page_are_its_other_blocks(text: str, data: st.DataObject) -> None:
    page = Page.parse(text)
    words = [segment for segment in page.segments if WORD.search(segment.text)]
    left_out = [segment for segment in words if data.draw(st.booleans())]
    rest = page.without(left_out)
    assert rest.text == page.render(lambda segment: OMIT if segment in left_out else None)
    gone = [segment for segment in words if is_gone(segment, rest.text)]
    assert set(gone) <= set(left_out)
    lines = {line.strip(" \t>") for s in gone for line in text[s.start : s.end].split("\n")}
    assert blocks_of(rest.text) == blocks_of(text, sorted(lines, key=len, reverse=True))
    assert begins_like_front_matter(rest.text) <= begins_like_front_matter(text)
    assert "[^1]:" in rest.text or "[^1]:" not in text or "[^1]" not in rest.text
    assert [rest.text[s.start : s.end] for s in rest.segments] == [
        text[s.start : s.end] for s in page.segments if s not in gone
    ]
    event(f"of the texts left out stay: {min(len(left_out) - len(gone), 3)}")


def begins_like_front_matter(text: str) -> bool:
    return text.lstrip("\ufeff \t\n")[:1] in set("-+{")


@given(text=pages())
@settings(max_examples=30, deadline=None)
def test_no_text_stays_that_could_go_with_the_others(text: str) -> None:
    page = Page.parse(text)
    rest = page.without(page.segments).text
    words = [segment for segment in page.segments if WORD.search(segment.text)]
    gone = [segment for segment in words if is_gone(segment, rest)]
    for segment in words:
        if segment not in gone:
            one_less = page.without([*gone, segment]).text
            assert not all(is_gone(each, one_less) for each in (*gone, segment))
