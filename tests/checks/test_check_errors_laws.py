"""Laws of the error checks: they never raise, they take linear time, and what they accept leaves a page as it was."""

import re
from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from netzwerk_i18n import Page
from netzwerk_i18n.checks import ERRORS, Check, Situation, find_error, labels_of
from netzwerk_i18n.checks.likeness import is_unmarked, is_words_only
from netzwerk_i18n.checks.targets import may_replace, parse_target, spelling
from netzwerk_i18n.page import Segment

FORMS = {
    "markdown": "paragraph",
    "cell": "cell",
    "html": "html",
    "attribute": "attribute",
    "title": "link title",
    "parameter": "shortcode",
    "value": "front matter",
    "code": "code comment",
}

UNITS = """[ ![ ]( [x]( [x](y [a](b) < <a <!-- <? <![CDATA[ <!A *a **a _a * ` ``a` `a`` \\ & &amp; (( [a](< {{< {{<x {% {# $$
<a[href=' ](x) [[a] <http:// a@b. http:// www. *_ ~~ [a][b] [^1] [a][] #[ >[ -[ 1.[ {#a {.a= [X1 XXXX __A 50 | |a https://a@
http://a) xn-- %41 &#106; java ] ) > } }} '""".split()
UNITS = [unit.replace("[ ", " ") for unit in UNITS]
ODD = [
    "\u200d",
    "\u2066",
    "\u2069",
    "\u202e",
    "\u0301",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "a\n",
    "\ufe0f",
    "\U0001f3f4",
    "\U000e0041",
    "字",
    "ا\u200c",
    "\ue000",
    "\0",
    "\ud800",
]

WORDS = [
    "Text",
    "auch",
    "ü",
    "字",
    "ا",
    "1",
    "2025",
    "a*b",
    "é",
    "_x_",
    "*x*",
    "**x**",
    "`c`",
    "[a](/x)",
    "<b>x</b>",
    "![a](/i.png)",
    "[^1]",
    "{{< s >}}",
    "[L]",
    "[t][l]",
    "https://e.org/a",
    "a@e.org",
    "\\*",
    "&amp;",
    "|",
]
NASTY = ["#", "# ", "- ", "* ", "+ ", "1. ", "2) ", "> ", "```", "~~~", "===", "---", "\n", "\n\n", "\n- ", "    ", "\t", "|", "\\|", "\\", "`", "``", "*", "**", "_", "[", "]", "(", ")", "](", "](/y)", "[x](/y)", "[x]: /y", "[^1]", "[^1]: ", "[^2]", "[L]", "[l]", "[ ] ", "![", "<", ">", "<b>", "</b>", "<i>", "<!--", "-->", "<script>", "</div>", "<br>", "<https://e.org/b>", "https://e.org/b", "www.e.org", "{{<", ">}}", "{{< s >}}", "{{% t %}}", "{%", "{#id}", "{.c}", ": ", "~ ", "[!NOTE]", "!!! note", "::: x", "$$", "%%", ":-- | --:", "'", '"', ": x", "\ndraft: true", "\n---\n", "&#10;", "&lt;", "\r", "\r\n", "\x85", "\u2028", "\u202e", "\ufeff", "\0", "…", "x", " "]  # fmt: skip

PAGES = [
    "---\ntitle: {0}\ndescription: '{1}'\ndraft: false\n---\n\n# {2}\n\n{3}\n\n[l]: /target \"{4}\"\n[L2]: <https://e.org/l>\n\n[^1]: {5}\n[^2]: x\n",
    '---\ntitle: "{0}"\n---\n- {1}\n- {2}\n\n  {3}\n- [ ] {4}\n\n> {5}\n',
    "| {0} | {1} |\n| --- | --- |\n| {2} | {3} |\n\n{4}\n: {5}\n",
    "{0}  \n{1}\n\n> {2}\\\n> {3}\n\n1. {4}  \n   {5}\n",
    '{0}\n===\n\n{1}\n{2}\n---\n\n{{{{< s text="{3}" >}}}}\n\n<p title="{4}">{5}</p>\n',
    "[!NOTE]\n{0}\n{{.c}}\n{1}\n\n{2}\n\n[L]: /shortcut\n\n* * *\n\n{3}\n\n{4}\n\n{5}\n",
]


def segment(form: str, text: str = "Hallo Welt") -> Segment:
    return Segment(text, FORMS[form], 1, None, (), 0, 0, form=form, mark='"')


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.name)
@given(
    text=st.text(),
    source=st.text() | st.lists(st.sampled_from(WORDS + NASTY)).map("".join),
    pieces=st.lists(st.sampled_from(WORDS + NASTY + UNITS + ODD)),
    form=st.sampled_from(list(FORMS)),
    locale=st.sampled_from(["fr", "ar", "th", "zh_Hans", "sr@latin", "x"]),
)
@settings(deadline=None, max_examples=150)
def test_a_check_never_raises(
    check: Check, text: str, source: str, pieces: list[str], form: str, locale: str
) -> None:
    for translation in (text, "".join(pieces), source + "".join(pieces)):
        list(check.find(Situation(segment(form, source), translation, locale)))


@pytest.mark.parametrize("unit", [*UNITS, *ODD], ids=ascii)
@pytest.mark.usefixtures("ends")
def test_time_grows_in_step_with_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    for form in ("markdown", "html"):
        given_to = Situation(segment(form), text, "fr")
        for check in ERRORS:
            list(check.find(given_to))


def outline(text: str) -> list[tuple[str, str]]:
    """The block tokens of a page's body as another parser sees them."""
    parser = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    )
    return [
        (token.type, token.tag)
        for token in parser.parse(text)
        if token.type not in ("inline", "footnote_anchor")
    ]


def targets(text: str) -> list[str]:
    parser = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    )
    setattr(parser, "validateLink", lambda url: True)  # noqa: ARG005, B010
    found: list[str] = []
    pending = list(parser.parse(text))
    while pending:
        token = pending.pop()
        pending += token.children or []
        target = token.attrs.get("href") or token.attrs.get("src")
        if target is not None:
            found.append(spelling(str(target)))
    return found


def tags(text: str) -> Counter[str]:
    parser = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    )
    found: Counter[str] = Counter()
    pending = list(parser.parse(text))
    while pending:
        token = pending.pop()
        pending += token.children or []
        if token.type in ("html_inline", "html_block"):
            found.update(re.findall(r"<[/!?A-Za-z][^<>]*>?", re.sub(r'="[^"]*"', "=", token.content)))
    return found


def shortcodes(text: str) -> Counter[str]:
    """A page's shortcodes without the one parameter that is text."""
    found = re.findall(r"\{\{.*?\}\}", text, re.DOTALL)
    return Counter(re.sub(r'text="(?:\\.|[^"\\])*"', "", tag) for tag in found)


def in_quotes(text: str) -> str:
    """The page with the quotation marks back that gave way to backticks, in which a backslash is no escape."""
    return re.sub(r"text=`([^`]*)`", lambda raw: 'text="{}"'.format(raw[1].replace("\\", r"\\")), text)


def front_matter(text: str) -> tuple[str, Any]:
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if match is None:
        return text, None
    return text[match.end() :], {key: type(value) for key, value in yaml.safe_load(match[1]).items()}


filled = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@st.composite
def pages(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from(PAGES))
    texts = [draw(filled) for _ in range(6)]
    texts[:2] = [text.replace("\\", "") for text in texts[:2]]  # where YAML would read an escape
    if "text=" in template:
        texts = [text.replace("{{< s >}}", "") for text in texts]  # shortcodes do not stand in each other
    return template.format(*("Wort " + text.replace('"', "").replace("|", "") for text in texts))


@st.composite
def translations(draw: st.DrawFn, text: str) -> str:
    """The source with a few nasty pieces in it, or in the place of parts of it."""
    parts = re.split(r"( )", text)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(parts)))
        parts[place : place + draw(st.integers(0, 1))] = [draw(st.sampled_from(NASTY + WORDS))]
    return "".join(parts)


@given(data=st.data(), text=pages())
@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_what_is_accepted_leaves_blocks_links_tags_shortcodes_and_keys_as_they_were(
    data: st.DataObject, text: str
) -> None:
    page = Page.parse(text)
    accepted: dict[Segment, str] = {}
    for one in page.segments:
        translation = data.draw(translations(one.text))
        if find_error(Situation(one, translation, "fr", labels=labels_of(text))) is None:
            accepted[one] = translation
    event(f"accepted and changed: {sum(s.text != t for s, t in accepted.items())}")
    rendered = page.render(accepted.get)
    body, keys = front_matter(in_quotes(rendered))
    old_body, old_keys = front_matter(text)
    assert keys == old_keys
    assert outline(body) == outline(old_body)
    assert Counter(targets(body)) == Counter(targets(old_body))
    assert not tags(body) - tags(old_body)
    assert shortcodes(body) == shortcodes(old_body)
    assert rendered.count("{{") == text.count("{{")


@given(st.text(), st.text(), st.sampled_from(["fr", "pt_BR", "zh_Hant", "sr@latin"]))
@settings(deadline=None)
def test_any_text_is_a_target_that_may_stand_for_itself(one: str, other: str, locale: str) -> None:
    from netzwerk_i18n.checks import Rules

    assert may_replace(one, one, locale, "de", Rules())
    assert isinstance(may_replace(one, other, locale, "de", Rules()), bool)
    assert spelling(spelling(one)) == spelling(one) or parse_target(one).path.endswith("//")


def test_labels_of_a_page_are_found_without_its_footnotes() -> None:
    assert labels_of("[a b]: /x\n> [C]: y\n[^1]: z\n") == frozenset({"A B", "C"})


PLAIN = st.text(
    st.one_of(
        st.sampled_from("abxXwWх0159 .,:;!?'’„“\"-–()/%=+^éßا字\u200d\u0301\u3164\u00a0"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=25,
)
STARTS = [
    "",
    "Wort ",
    "import ",
    "export default ",
    "1. ",
    "- ",
    "www.",
    "Error 404 (Not Found) ",
    "Many ",
    "50",
]


@settings(deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FORMS)), PLAIN, st.sampled_from(STARTS), PLAIN)
def test_a_translation_of_words_only_is_judged_as_all_checks_judge_it(
    form: str, text: str, start: str, rest: str
) -> None:
    translation = start + rest
    for block in ((3, 4), (3, 5)):
        for kind in (FORMS[form], "heading", "item"):
            segment = Segment(text, kind, 4, None, (), 9, 9 + len(text), form=form, block=block)
            situation = Situation(segment, translation, "fr")
            event(f"words only: {is_words_only(translation) and is_unmarked(text)}")
            if translation != text:
                found = next((problem for check in ERRORS for problem in check.find(situation)), None)
                error = find_error(situation)
                assert (found and found.message) == (error and error.message)
