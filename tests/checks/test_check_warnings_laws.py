"""What holds for every warning on any text: it never raises, its places lie in the text, and it is linear in time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import Situation, find_problems
from netzwerk_i18n.checks.fixes import fix
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.checks.warnings import WARNINGS
from netzwerk_i18n.checks.warnings.glossary import find_glossary_problems
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, read_prose
from netzwerk_i18n.checks.warnings.source import find_remarks
from netzwerk_i18n.page import Page, Segment

LOCALES = [
    "de",
    "en",
    "fr",
    "fr_CA",
    "es",
    "el",
    "ar",
    "fa",
    "he",
    "ja",
    "zh_Hans",
    "zh_TW",
    "ko",
    "th",
    "hi",
    "ru",
]
LOCALES += ["sr@latin", "hy", "", "_", "xx", "qqq_QQ", "pt-BR", "\u0130", "en@"]

pieces = st.sampled_from(
    [
        *"*_`[](){}<>!?:;.,…#@&\\|~'\"“”„«»‹›「」‘’‚-+=/ \n\t0123456789٣۴三万천",
        "  ", "](", "![", "{{<", ">}}", "{{%", "<!--", "-->", "https://", "www.", "a@b.de", "example.org", "&nbsp;", "[^1]",
        "::", "...", "10:30", "34.000", "1,5", "9.1.2025", "3万4000", "XIX", "und", "der", "nicht", "the", "of", "nous",
        "vous", "это", "не", "في", "من", "है", "です", "的", "한국", "\u00a0", "\u202f", "\u200f", "\u0301", "e\u0301",
        "\u037e", "\u1fef", "\u212b", "\ud800", "\x00", "\ue000", "\ufffc", "👩\u200d💻", ":smile:", "#Tag", "@user@host",
    ]
)  # fmt: skip
texts = st.one_of(st.lists(pieces, max_size=25).map("".join), st.text(max_size=40))
locales = st.sampled_from(LOCALES)


def situation(source: str, translation: str, locale: str, source_locale: str = "de") -> Situation:
    segment = Segment(source, "paragraph", 1, None, (), 0, len(source))
    return Situation(segment, translation, locale, source_locale)


@given(texts, texts, locales, locales)
@settings(deadline=None, max_examples=400)
def test_no_warning_raises_and_its_places_lie_in_the_translation(
    source: str, translation: str, locale: str, source_locale: str
) -> None:
    for finding in find_problems(situation(source, translation, locale, source_locale), WARNINGS):
        assert finding.message
        assert "\n" not in finding.message
        if finding.start is not None:
            assert finding.end is not None
            assert 0 <= finding.start <= finding.end <= len(translation)


@given(texts)
@settings(deadline=None, max_examples=300)
def test_the_prose_of_a_text_is_as_long_as_the_text(text: str) -> None:
    prose = read_prose(text)
    assert len(prose.text) == len(text)
    assert all(0 <= start <= end <= len(text) for start, end in prose.links)
    blank = {HIDDEN, OBJECT, "\u00a0", "\u202f"}
    assert all(own == sign or own in blank for own, sign in zip(prose.text, text, strict=True))


@given(texts, texts, locales)
@settings(deadline=None, max_examples=400)
def test_a_second_fix_changes_nothing(source: str, translation: str, locale: str) -> None:
    fixed = fix(situation(source, translation, locale))
    if fixed is not None:
        assert fixed != translation
        assert fix(situation(source, fixed, locale)) is None


@given(texts, locales)
@settings(deadline=None, max_examples=150)
def test_remarks_on_a_page_never_raise(text: str, locale: str) -> None:
    lines = text.count("\n") + 1 + text.count("\r")
    for remark in find_remarks(Page.parse(text), locale):
        assert 1 <= remark.line <= lines


@given(texts, texts, st.dictionaries(texts, texts, max_size=4))
@settings(deadline=None, max_examples=150)
def test_a_glossary_never_raises(
    source: str, translation: str, glossary: dict[str, str | tuple[str, ...]]
) -> None:
    assert all(problem.message for problem in find_glossary_problems(source, translation, glossary))


@given(st.lists(st.text(st.sampled_from("i18n-ignore: lks(),#abc \n"), max_size=60), max_size=3))
@settings(deadline=None)
def test_reading_comments_never_raises(comments: tuple[str, ...]) -> None:
    assert all(name and "," not in name for name in ignored_checks(comments))


PATHOLOGIES = {
    "backticks": "`" * 3 + "a" + "`" * 2 + "b" + "`",
    "ticks of all lengths": "".join("`" * length + " " for length in range(1, 90)),
    "brackets": "[",
    "link openers": "](",
    "nested parentheses": "](a(",
    "open titles": '](a "',
    "comments": "<!--",
    "tags": "<a ",
    "entities": "&a",
    "braces": "{{<",
    "digits": "1",
    "groups": "111 ",
    "points": "1.",
    "dates": "1.1.",
    "numbers of all kinds": "+49 30 123456, 030/123457 2²⁰ 1½ two hundred hundred and one half ",
    "han numerals": "3万",
    "roman": "X",
    "letters": "a",
    "words": "und der the of ",
    "doubled": "de de ",
    "spaces": " ",
    "spaces at line ends": "a  \n",
    "quotes": "„",
    "closed quotes": "“”",
    "straight quotes": '"',
    "stars": "*",
    "underscores": "_",
    "punctuation": "?!",
    "colons": " :",
    "guillemets": "« ",
    "hashtags": "#a ",
    "placeholders": "{a}%s ",
    "placeholders of all names": "".join(f"{{a{number}}}" for number in range(10_000)),
    "percents": "%(a",
    "hashes": "#1",
    "mentions": "@a-",
    "mails": "a@a.",
    "addresses": "https://a.",
    "www": "www.)",
    "domains": "a.de",
    "emoji": ":a",
    "backslashes": "\\",
    "combining": "e\u0301",
    "ideographs": "漢",
    "hidden": "\ue000",
    "newlines": "\n",
}


@pytest.mark.parametrize("name", PATHOLOGIES)
@pytest.mark.usefixtures("ends")
def test_time_grows_in_step_with_length(name: str) -> None:
    text = PATHOLOGIES[name] * (100_000 // len(PATHOLOGIES[name]))
    for source in ("Ein Satz, der etwas sagt.", text[1:]):
        find_problems(situation(source, text, "fr"), WARNINGS)
        fix(situation(source, text, "fr"))
        ignored_checks([f"i18n-ignore: {text}"])


@pytest.mark.parametrize("text", ["`a \\``` b", "`\\```x", "\\`` a `` b"])
def test_a_run_of_backticks_whose_first_one_is_escaped_is_read(text: str) -> None:
    assert len(read_prose(text).text) == len(text)
