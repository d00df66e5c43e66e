"""Where a page is not parsed again because nothing on it can change its structure, parsing it finds nothing."""

import re

from check_cases import cases
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks.files import PAGE_STRUCTURE
from netzwerk_i18n.checks.inert import is_inert
from netzwerk_i18n.checks.pages import SourceBody
from netzwerk_i18n.errors import PageError
from netzwerk_i18n.page import Page, Segment, Translation
from netzwerk_i18n.page.settings import PageSettings

SETTINGS = PageSettings()

CASES = [*cases("attacks.toml", "attack"), *cases("good.toml", "good")]

TEXTS = sorted({case[side] for case in CASES for side in ("source", "translation")})

STARTS = (
    *(
        "",
        "",
        "",
        "# ",
        "## ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "7) ",
        "> ",
        "> > ",
        "- > ",
        "    ",
        "  ",
        "\t",
        "- [ ] ",
    ),
    *(
        "[^1]: ",
        "[a]: ",
        "[a]: /x ",
        ": ",
        "| ",
        "|",
        "!!! note ",
        '=== "T"',
        "```",
        "~~~",
        "<div>",
        "<p>",
        "</div>",
    ),
    *(
        "<!--",
        "-->",
        "<b>",
        '<img alt="',
        "***",
        "---",
        "===",
        "--|--",
        "|---|",
        ":-:|-",
        "$$",
        "{{< a",
        "{{< a >}}",
    ),
    *(
        "{{< /a >}}",
        "{{% b %}}",
        "{{ c",
        "}}",
        "{% d",
        "%}",
        "{.k}",
        "{: .k}",
        "[!NOTE]",
        ":::",
        "+++",
        "{",
        "%%",
    ),
)

PIECES = (
    *(
        "Wort",
        "zwei Worte",
        "Es",
        "ä",
        "a",
        "1",
        "12.",
        "3)",
        "*x*",
        "**x**",
        "_",
        "`c`",
        "`",
        "```",
        "[l](/x)",
        "[",
    ),
    *(
        "]",
        "]:",
        "[a]",
        "[a][b]",
        "[^1]",
        "![i](/y)",
        "(",
        ")",
        '"',
        "'",
        '"t"',
        ":",
        "::",
        "|",
        "a|b",
        "\\",
        "\\|",
    ),
    *(
        "\n",
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "\r\n",
        "\r",
        "\0",
        "\t",
        "    ",
        "# ",
        "- ",
        "-",
        "---",
        "===",
        "+",
        ">",
    ),
    *(
        "<",
        "<b>",
        "</b>",
        "<br>",
        "<!--",
        "-->",
        "<div>",
        "<img",
        "$",
        "$$",
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{.k}",
        "{/*",
        "*/}",
    ),
    *(
        "{{< a >}}",
        "{{< a",
        ">}}",
        "{{< /a >}}",
        "~~~",
        "~",
        "!!! note",
        "=",
        "\ufeff",
        "\u2028",
        "\x0b",
        "\x0c",
        "\xa0",
    ),
    *("&#10;", "&amp;", "https://example.org", "/x", "\u200b", ": x", "--|--", "|-|", "title: x", "+++", "%"),
)

FRONT = (
    "",
    "",
    "---\ntitle: Titel\n---\n",
    '+++\ntitle = "Titel"\n+++\n',
    '{"title": "Titel"}\n',
    "\ufeff",
    "\n",
)

BLOCKS = (
    "{}\n",
    "{}\n{}\n",
    "{}  \n{}\n",
    "# {}\n",
    "## {} {{#id}}\n",
    "{}\n---\n",
    "{}\n===\n",
    "- {}\n- {}\n",
    "- [ ] {}\n  - {}\n",
    "1. {}\n\n   {}\n",
    "> {}\n> {}\n",
    "> {}\n{}\n",
    "> [!NOTE]\n> {}\n",
    "| {} | {} |\n|---|---|\n| {} | {} |\n",
    "{} | {}\n--|--\n{} | {}\n",
    "{}\n: {}\n",
    "{}\n{}\n: {}\n",
    "{}\n\n: {}\n",
    "{}\n{{.k}}\n{}\n",
    "[a]: /x\n{}\n",
    "[a]: /x\n\n{}\n",
    '[a]: /x "{}"\n',
    "[a]:\n{}\n",
    "[^1]: {}\n",
    "[^1]: {}\n    {}\n",
    "<div>\n{}\n</div>\n",
    "<p>{} <b>{}</b></p>\n",
    '<img src="/x" alt="{}">\n',
    "<p title='{}'>{}\n",
    "<!-- {} -->\n{}\n",
    "```\n{}\n```\n",
    "```\n{{{{< a\n```\n{}\n",
    "{{{{< a >}}}}\n{}\n{{{{< /a >}}}}\n",
    '{{{{< a title="{}" >}}}}\n{}\n',
    "{}\n{{{{< b >}}}}\n{}\n",
    "$$\n{}\n$$\n",
    "{}\n$$ x\n",
    "!!! note\n    {}\n",
    "---\n{}\n---\n",
    "    {}\n",
    "{}\n1986. {}\n",
    "{}\n{}--|--\n",
    "{}\n{}\n```\n : x\n```\n",
    "- {}\n  {}\n  ~~~\n  {}\n  : x\n~~~\n: x\n",
    "{}\n{}\n{{: .k}}\n",
)

pieces = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
phrases = st.lists(
    st.sampled_from(
        ("Wort", "ä", "*x*", "[l](/x)", "`c`", "1", "a]:", "10 %", "“q”", "$", "`{}`", "{x}", "a|b")
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
texts = st.one_of(st.just("Wort"), phrases, phrases, pieces, st.sampled_from(TEXTS))
lines = st.tuples(st.sampled_from(STARTS), texts).map("".join)


@st.composite
def built_blocks(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from(BLOCKS))
    return template.format(*(draw(texts) for _ in range(template.count("{}"))))


blocks = st.one_of(built_blocks(), built_blocks(), st.lists(lines, min_size=1, max_size=4).map("\n".join))
pages = st.tuples(
    st.sampled_from(FRONT),
    st.lists(blocks, min_size=1, max_size=5),
    st.sampled_from(("\n", "\n", "", "\n\n")),
).map(lambda parts: parts[0] + parts[2].join(parts[1]))


@st.composite
def translations(draw: st.DrawFn, text: str) -> Translation:
    """Another text, the source with a piece in it, without a part of it or turned about, or what attackers would have."""
    kind = draw(st.integers(0, 11))
    if kind == 0:
        return None
    if kind in (1, 2):
        return "Ein Text"
    if kind in (3, 4, 5):
        return draw(texts)
    parts = re.split(r"(\W)", text)
    if kind > 9:  # the marks of the source in another order
        return "".join(draw(st.permutations(parts)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(parts)))
        parts[place : place + draw(st.integers(0, 2))] = [draw(st.sampled_from(PIECES))]
    return "".join(parts)


def structure_of(page: Page, localized: str) -> list[str]:
    body = SourceBody(page, SETTINGS)
    return [problem.message for problem in body.find_problems(localized, {PAGE_STRUCTURE})]


@given(st.data(), pages)
@settings(deadline=None, max_examples=600, suppress_health_check=list(HealthCheck))
def test_a_page_that_is_called_inert_has_the_structure_of_its_source(data: st.DataObject, text: str) -> None:
    page = Page.parse(text)
    chosen: dict[Segment, Translation] = {one: data.draw(translations(one.text)) for one in page.segments}

    def reject(segment: Segment, _error: PageError) -> None:
        chosen[segment] = None

    localized = page.render(chosen.get, reject)
    quick = is_inert(page, localized, chosen.get)
    changed = localized != text
    event(f"inert: {quick}, changed: {changed}")
    if quick:
        assert structure_of(page, localized) == []
