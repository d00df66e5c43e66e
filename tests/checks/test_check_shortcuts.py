"""What is looked for only where it can begin is found wherever it is: the quick search against the whole one."""

import html
import sys

from babel.core import get_global
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import likeness, masks
from netzwerk_i18n.checks.characters import (
    _RIGHT_TO_LEFT_SCRIPTS,
    _STACKED,
    _SUSPECT,
    holds_suspect,
    is_right_to_left,
)
from netzwerk_i18n.page import words

PIECES = [
    *("foo", "ü", "x", "3", "٣", "日本", " ", "\n", "**", "*", "_", "~~", "`c`", "`", "``", "[a](b)", "![x](y)", "[", "](", "](x)", "]", ")", "<b>", "<", ">"),
    *("{{m}}", "{", "}", "&amp;", "&", "&#3;", "\\*", "\\", "#", "|", "$", "!", "x@y", "http://a", "www.", "ww", "WW.x"),
    *("1X2", "[X1X]", "［Х2Х］", "⟦a⟧", "XXXX", "XPH", "%s", "%1$d", "__PH_1__", "{xx3xx}", "<x id=", "@@3@@", "X٣X", "хх4хх", "50"),
    *("don’t", "x.y.z", "-", "1,000", "a_b", "²", "½", "\u00a0", "\u2028", "é"),
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)
many = settings(max_examples=800)


@many
@given(texts)
def test_the_marks_of_a_text(text: str) -> None:
    assert likeness._find_atoms(text) == likeness._ATOM.findall(text)  # noqa: SLF001 - what is compared is not for others


@many
@given(texts)
def test_the_placeholders_in_a_text(text: str) -> None:
    everywhere = [match.span() for match in masks._MASK.finditer(text)]  # noqa: SLF001
    assert [match.span() for match in masks._find_masks_in(text)] == everywhere  # noqa: SLF001
    assert not everywhere or masks._holds_digit_or_sign(text)  # noqa: SLF001


def test_every_character_that_can_be_seen_and_is_suspect() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if character.isprintable() and _SUSPECT.search(character):
            assert holds_suspect(f"Wort {character}"), hex(number)
        if _STACKED.search(character * 9):
            assert holds_suspect(f"Wort {character * 9}"), hex(number)


def test_the_direction_of_every_locale_that_unicode_knows() -> None:
    likely = get_global("likely_subtags")
    for locale in locale_identifiers():
        language, *subtags = locale.split("_")
        full = likely.get("_".join((language, *subtags[:1]))) or likely.get(language) or locale
        script = next((tag for tag in (*subtags, *full.split("_")) if len(tag) == 4), "Latn")
        assert is_right_to_left(locale) == (script.lower() in _RIGHT_TO_LEFT_SCRIPTS), locale


@many
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
def test_the_words_of_a_text(text: str) -> None:
    bare = words._MARKUP.sub(" ", text)  # noqa: SLF001
    plain = html.unescape(words._TARGET.sub(" ", bare))  # noqa: SLF001
    wide = words._ideograph().findall(plain)  # noqa: SLF001
    found = words._WORD.findall(words._ideograph().sub(" ", plain))  # noqa: SLF001
    assert words.count_words(text) == len(wide) + len(found)
    is_placeholder = words._PLACEHOLDER.fullmatch(text.rstrip()) is not None  # noqa: SLF001
    assert words.has_words(text) == (not is_placeholder and any(map(str.isalnum, html.unescape(bare))))
