"""Shortcodes of Zola, `{% box() %}` … `{% end %}`: what stands between the tags is read as between those of Hugo."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import Situation, find_error
from netzwerk_i18n.errors import ParameterError
from netzwerk_i18n.page import Page

LINES = st.sampled_from(
    [
        *("text", "- item", "", "", "  indented", "> q", "# h", "| a | b |", "|---|---|", "    four", "1. one", "```"),
        *("<div>", "</div>", ": def", "{{< img >}}", "text {{< box >}}in{{< /box >}} more", "{{< box >}}in{{< /box >}}"),
    ]
)  # fmt: skip
BOXES = st.builds(
    lambda before, begin, inner, end, behind: [f"{before}{{{{< box >}}}}{begin}", *inner, f"{end}{{{{< /box >}}}}{behind}"],
    st.sampled_from(["", "", "  ", "> ", "a "]),
    st.sampled_from(["", "", "- x", " x", "```"]),
    st.lists(LINES.filter(lambda line: "box" not in line), max_size=4),
    st.sampled_from(["", "", "  ", "> ", "y "]),
    st.sampled_from(["", "", " b"]),
)  # fmt: skip
PAGES = st.lists(st.one_of(LINES.map(lambda line: [line]), BOXES), min_size=1, max_size=6).map(
    lambda parts: "\n".join(line for part in parts for line in part) + "\n"
)


def as_calls(text: str) -> str:
    text = text.replace("{{< img >}}", "{{ img() }}").replace("{{< box >}}", "{% box() %}")
    return text.replace("{{< /box >}}", "{% end %}")


@settings(max_examples=500, deadline=None)
@given(PAGES)
def test_a_text_is_the_same_in_both(text: str) -> None:
    ours = [(segment.kind, segment.text) for segment in Page.parse(as_calls(text)).segments]
    assert ours == [(segment.kind, as_calls(segment.text)) for segment in Page.parse(text).segments]


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_a_parameter_of_several_lines_keeps_them(quote: str) -> None:
    source = f"{{{{ figure(caption={quote}Zwei\n  Zeilen{quote}) }}}}\n"
    page = Page.parse(source)
    assert [segment.text for segment in page.segments] == ["Zwei\nZeilen"]
    assert page.render({"Zwei\nZeilen": "Deux\nlignes"}) == (
        f"{{{{ figure(caption={quote}Deux\n  lignes{quote}) }}}}\n"
    )


@pytest.mark.parametrize("text", ["a { b", "a } b", "a \\ b", "\"a' b`", "{{ x }}", "{% end %}"])
def test_what_no_quotes_of_a_call_can_hold_is_refused(text: str) -> None:
    page = Page.parse('{{ figure(caption="Text") }}\n')
    with pytest.raises(ParameterError, match=re.escape("no quotes of a shortcode can hold this text")):
        page.render({"Text": text})


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Seit {{ jahr(n=1) }} da", "Depuis {{ jahr(n=2) }}"),
        ("Seit {{ jahr(n=1) }} da", "Depuis toujours"),
        ("Seit immer", "Depuis {% note() %}toujours{% end %}"),
        ("Ein {% note() %}Wort{% end %} hier", "Un {% note() %}mot ici"),
    ],
)
def test_calls_are_the_sources_own(source: str, translation: str) -> None:
    (segment,) = Page.parse(source + "\n").segments
    found = find_error(Situation(segment, translation, "fr", "de"))
    assert found is not None
    assert found.check == "shortcodes"
