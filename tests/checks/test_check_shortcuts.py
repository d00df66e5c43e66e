"""What is looked for only where it can begin is found wherever it is: the quick search against the whole one."""

import html
import re
import sys

import pytest
from babel.core import get_global
from babel.localedata import locale_identifiers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import likeness, masks, pages
from netzwerk_i18n.checks.characters import (
    _RIGHT_TO_LEFT_SCRIPTS,
    _STACKED,
    _SUSPECT,
    holds_suspect,
    is_right_to_left,
)
from netzwerk_i18n.checks.searching import search_where
from netzwerk_i18n.checks.warnings import numbers, prose
from netzwerk_i18n.page import words
from netzwerk_i18n.page.settings import PageSettings

PIECES = [
    *("foo", "ü", "x", "3", "٣", "日本", " ", "\n", "**", "*", "_", "~~", "`c`", "`", "``", "[a](b)", "![x](y)", "[", "](", "](x)", "]", ")", "<b>", "<", ">"),
    *("{{m}}", "{", "}", "&amp;", "&", "&#3;", "\\*", "\\", "#", "|", "$", "!", "x@y", "http://a", "www.", "ww", "WW.x"),
    *("1X2", "[X1X]", "［Х2Х］", "⟦a⟧", "XXXX", "XPH", "%s", "%1$d", "__PH_1__", "{xx3xx}", "<x id=", "@@3@@", "X٣X", "хх4хх", "50"),
    *("don’t", "x.y.z", "-", "1,000", "a_b", "²", "½", ".de", ".org/x", "a1b2c3d4e5f6", "G20", "\u00a0", "\u2028", "é"),
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
@given(texts, st.integers(0, 5))
def test_the_markup_in_prose(text: str, start: int) -> None:
    whole = prose._MARKUP.search(text, start)  # noqa: SLF001
    quick = search_where(prose._FIRST_OF_MARKUP, prose._MARKUP, text, start)  # noqa: SLF001
    assert (whole and whole.span()) == (quick and quick.span())


@many
@given(texts)
def test_the_names_of_hosts_in_prose(text: str) -> None:
    assert prose._DOMAIN_END.search(text) or not prose._DOMAIN.search(text)  # noqa: SLF001


@many
@given(texts)
def test_the_numbers_in_prose(text: str) -> None:
    for pattern in (numbers._NUMBER, numbers._CODE, numbers._NAME):  # noqa: SLF001
        assert numbers._ANY_NUMBER.search(text) or not pattern.search(text)  # noqa: SLF001


LINKS = [
    *("#a", "# ", "##b", "&#35;a", "&#x23;", "\\#a", "[x](", "[x](<", "](#a)", "[l]: ", "[l]:", "[l]", '<a href="', "<a href=", "'>", '">', ")", ">"),
    *("> ", "- ", "\n", "\r\n", "    ", "\t", "`#a`", "foo", '"', "'", " ", "[^1]: ", "![y](", "{#a}", ": "),
]  # fmt: skip


@settings(max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINKS), min_size=2, max_size=9).map("".join))
def test_the_links_to_places_of_a_page(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def links() -> list[str]:
        return pages._links(pages._Body(text, None, PageSettings(), is_mdx=False))  # noqa: SLF001

    quick = links()
    with monkeypatch.context() as patch:
        patch.setattr(pages, "_LINK_WITHIN", re.compile(""))
        assert quick == links()


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
