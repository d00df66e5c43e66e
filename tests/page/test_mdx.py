"""Pages of MDX: what stands in a component is read whatever its indentation, and code of any kind stays as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks.jsx import find_jsx_problem
from netzwerk_i18n.checks.pages import SourceBody
from netzwerk_i18n.page import Page, PageSettings

SETTINGS = PageSettings(is_mdx=True)

CASES = {
    "indented in components": (
        '<Tabs>\n  <TabItem value="a" label="Apfel">\n\n    Ein **Apfel**.\n    - eins\n    - zwei\n\n  </TabItem>\n</Tabs>\n',
        ["Apfel", "Ein **Apfel**.", "eins", "zwei"],
    ),
    "a block behind a tag": ("<Box>\n## Titel\nText\n</Box>\n", ["Titel", "Text"]),
    "a closing tag below a list": ("<Box>\n- eins\n  zwei\n</Box>\ndrei\n", ["eins zwei", "drei"]),
    "a tag on several lines": ('<Box\n  a={{b: ">"}}\n\n  title="Titel"\n>\nText\n</Box>\n', ["Titel", "Text"]),
    "a tag on several lines of a quote": ('> <Box\n>   title="Titel"\n> >\n> Text\n> </Box>\n', ["Titel", "Text"]),
    "an expression in a quote": ("> {[\n>   a\n> ]}\n> Text\n", ["Text"]),
    "an expression parts texts": ("eins\n{wert}\nzwei\n", ["eins", "zwei"]),
    "an expression within a text": ("eins {wert} zwei\n{a} drei\n", ["eins {wert} zwei {a} drei"]),
    "an expression with an apostrophe": ("{a && <b>Don't</b>}\n\nText isn't\n", ["Text isn't"]),
    "an expression with an address": ("{a && <a>https://a.example</a>} {/* b */}\n{\n  1 // }\n}\nText\n", ["Text"]),
    "an expression that never ends": ("{a\n\nText\n", ["{a", "Text"]),
    "imports and exports": (
        "import A from 'a'\nexport const b = {\n\n  c: 'Text'\n\n}\n\nText\n\nText import X\nimport Y\n",
        ["Text", "Text import X import Y"],
    ),
    "an export that never ends": ("export const a = {\n\nText\n", ["Text"]),
    "words that begin like code": (
        "importieren\n\nexport\n\n import x\n\n> import a\n\n- import b\n",
        ["importieren", "export", "import x", "import a", "import b"],
    ),
    "code in a fence": ("<Box>\n    ```js\n    <Tab>\n    ```\n    Text\n</Box>\n", ["Text"]),
    "elements of HTML": (
        "<details>\n<summary>Mehr</summary>\nInhalt\n</details>\n\n<li>Nimm `<Tabs>` hier</li>\n",
        ["Mehr", "Inhalt", "Nimm `<Tabs>` hier"],
    ),
    "a sentence that begins with a component": ("<Term>API</Term> ist **gut**.\n", ["<Term>API</Term> ist **gut**."]),
    "a component around a text": ('<Tab title="Titel">Ein *Text*</Tab>\n', ["Titel", "Ein *Text*"]),
    "fragments": ("<>\nText\n</>\n", ["Text"]),
    "comments of HTML": ("<!-- Text -->\nText\n\n<!--\n\nText\n-->\n", ["Text"]),
    "what is code to HTML": ("<pre>\nCode\n\nCode\n</pre>\nText\n", ["Text"]),
    "styles": ("<style>{`\n  .a { b: c }\n\n  .d {}\n`}</style>\n\nText\n", ["Text"]),
    "what is not to be translated": (
        '<div translate="no" title="Nein">\nNein\n\n<div>\nNein\n</div>\nNein\n</div>\n\n<p className="a notranslate">\nNein\n</p>\nText\n',
        ["Text"],
    ),
    "links and mail addresses": ("<https://a.example> hier\n\n<a@b.example> da\n", ["<https://a.example> hier", "<a@b.example> da"]),
    "a directive": ("{/* i18n:skip */}\n\nNein\n\nText\n", ["Text"]),
    "a directive for an element": (
        '{/* i18n:skip */}\n<Box title="Nein">\n\nNein\n\n<Box />\n<Box>\nNein\n</Box>\n</Box>\nText\n',
        ["Text"],
    ),
    "directives for a part": ('{/* i18n:skip-start */}\n\nNein\n\n<Box title="Nein" />\n\n{/* i18n:skip-end */}\n\nText\n', ["Text"]),
    "a table and its tag": ("| a | b |\n| - | - |\n| eins | zwei |\n</Box>\n", ["a", "b", "eins", "zwei"]),
    "a reference": ('[a]: /x "Titel"\n<Box />\n', ["Titel"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_texts(name: str, ending: str) -> None:
    source, texts = CASES[name]
    source = source.replace("\n", ending)
    page = Page.parse(source, SETTINGS)
    assert [segment.text for segment in page.segments] == texts
    assert page.render(lambda segment: segment.text) == source
    assert page.is_mdx


def test_directives_carry_comments_and_contexts() -> None:
    page = Page.parse(
        "{/* i18n:comment: ein Verb */}\n{/* i18n:context: menu */}\n## Öffnen\n\nText\n", SETTINGS
    )
    assert [(segment.context, segment.comments) for segment in page.segments] == [
        ("menu", ("ein Verb",)),
        (None, ()),
    ]


def test_directives_before_an_element_hold_for_its_attributes_and_its_first_block() -> None:
    source = '{/* i18n:comment: oben */}\n<Box title="Titel">\n\nText\n\nMehr\n\n</Box>\n{/* i18n:context: x */}\n<Box title="Titel" />\n\nEnde\n'
    page = Page.parse(source, SETTINGS)
    assert [(segment.text, segment.context, segment.comments[-1:]) for segment in page.segments] == [
        ("Titel", None, ("oben",)),
        ("Text", None, ("oben",)),
        ("Mehr", None, ()),
        ("Titel", "x", ("HTML attribute title",)),
        ("Ende", None, ()),
    ]


def test_other_pages_read_indentation_as_code() -> None:
    source = "<Tabs>\n  <TabItem>\n\n    Text\n\n  </TabItem>\n</Tabs>\n"
    assert [segment.text for segment in Page.parse(source).segments] == []
    assert [segment.text for segment in Page.parse(source, SETTINGS).segments] == ["Text"]


def test_what_is_left_out_leaves_the_components() -> None:
    page = Page.parse("<Box>\n    - eins\n    - zwei\n\n    drei\n</Box>\n", SETTINGS)
    left = page.without([segment for segment in page.segments if segment.text != "zwei"])
    assert left.text == "<Box>\n    - zwei\n\n</Box>\n"


UNREADABLE = {
    "We <3 this": "holds a < that begins a tag to MDX",
    "less is <": "holds a < that begins a tag to MDX",
    "see <https://a.example>": "holds a < that begins a tag to MDX",
    "**All <Tip>of** it</Tip>": "holds the element Tip that begins in what is strong and ends elsewhere",
    "<Tip>All *of</Tip> it*": "holds the element Tip that begins in what is emphasized and ends elsewhere",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_mdx_cannot_read_is_found_on_its_pages(text: str) -> None:
    source = "Alle <Tip>hier</Tip>\n" if "Tip" in text else "Alle hier\n"
    body = SourceBody(Page.parse(source, SETTINGS), SETTINGS)
    assert [UNREADABLE[text] in problem.message for problem in body.find_problems(f"{text}\n")] == [True]
    body = SourceBody(Page.parse(source), PageSettings())
    assert body.find_problems(f"{text}\n") == []


def test_what_the_source_has_already_is_no_problem() -> None:
    body = SourceBody(Page.parse("Wir <3 alle\n", SETTINGS), SETTINGS)
    assert body.find_problems("We <3 all\n") == []


@pytest.mark.parametrize(
    "text", ["a < b", "`<3`", "\\<3", "{a <b}", "<b>all</b>", "**<b>all</b>**", "<Tip>**all**</Tip>", "<Foo a={b > c}/>", "x <br/> y"]
)  # fmt: skip
def test_what_mdx_reads(text: str) -> None:
    assert find_jsx_problem(text) == ""


@settings(max_examples=600, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<", ">", "{", "}", "</", "/>", "<Foo", "<b>", "</b>", "<pre>", "</pre>", "{/*", "*/}", "<!--", "-->", "`", '"', "'"),
                *("\n", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "import ", "export ", "# ", "| ", "|--|", "```\n", "$$", "{{", "}}"),
                *("eins", "zwei ", "i18n:skip", "\\", "\r\n", "\r", "\0", "(", ")", "[", "]: /x", "=", ":::note\n", "\ue000"),
            ]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_any_text_is_a_page_and_stays_as_it_is(text: str) -> None:
    page = Page.parse(text, SETTINGS)
    assert page.render(lambda segment: segment.text) == text
    end = 0
    for segment in page.segments:
        assert end <= segment.start < segment.end <= len(text)
        end = segment.end if segment.form != "parameter" else end
    page.without(page.segments)
    SourceBody(page, SETTINGS).find_problems(page.render(lambda segment: f"{segment.text} <3"))


@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize(
    "unit",
    ["{\n", "<Foo a\n", "<a>x\n", "{/*\n", "{\n}\n", "import x {\n\n", "<Foo\n a={\n\n", "> {\n", "<p>`<\n"],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    page = Page.parse(text, SETTINGS)
    assert page.render(lambda segment: segment.text) == text
    assert find_jsx_problem(text[:50_000]) in ("", "holds a < that begins a tag to MDX; write &lt;")
