"""Countries, numbers and dates without an engine."""

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.draft.locale_data import format_number, translate_trailing, translate_whole

LOCALES = "ar cs en es fi fr hu it ja nl pl pt_PT ro sv tr uk".split()
GERMAN = {code: name for code, name in Locale("de").territories.items() if code not in ("XA", "XB", "ZZ")}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_german_name_of_a_territory_is_translated(locale: str) -> None:
    names = Locale.parse(locale).territories
    assert len(GERMAN) >= 290
    for code, name in GERMAN.items():
        found = translate_whole(name, "de", locale)
        assert found is not None
        assert found.casefold() == names[code].casefold()


@pytest.mark.parametrize(
    ("text", "source", "locale", "translation"),
    [
        ("Frankreich", "de", "fr", "France"), ("USA", "de", "fr", "États-Unis"), ("UK", "de", "es", "Reino Unido"), ("Großbritannien", "de", "it", "Regno Unito"),
        ("EU", "de", "en", "European Union"), ("Europa", "de", "fr", "Europe"), ("France", "fr", "de", "Frankreich"), ("Deutschland", "de", "pt_PT", "Alemanha"),
        ("**Spanien**", "de", "nl", "**Spanje**"), ("(Frankreich)", "de", "es", "(Francia)"), ("Côte d’Ivoire", "fr", "en", "Côte d’Ivoire"), ("Côte d'Ivoire", "fr", "de", "Côte d’Ivoire"),
        ("Welt", "de", "cs", "Svět"), ("34.000", "de", "fr", "34\u202f000"), ("34.000", "de", "pl", "34\u00a0000"), ("1.234", "de", "es", "1234"), ("1.234", "de", "pt_PT", "1234"),
        ("1.234", "de", "en", "1,234"), ("12.345", "de", "es", "12.345"), ("1.234,50", "de", "en", "1,234.50"), ("0,5", "de", "en", "0.5"), ("-3,5", "de", "en", "-3.5"),
        ("1.234.567", "de", "hi", "12,34,567"), ("12,5 %", "de", "fr", "12,5\u00a0%"), ("50 %", "de", "en", "50%"), ("2025", "de", "fr", "2025"), ("7", "de", "ar", "7"),
        ("+5.000", "de", "en", "+5,000"), ("−5.000", "de", "en", "-5,000"), ("-9.500", "de", "es", "-9500"), ("10.000", "de", "es", "10.000"), ("1.234", "de", "es_MX", "1,234"),
        ("1.234", "de", "pt", "1.234"), ("1'234", "de_CH", "fr", "1\u202f234"), ("1 234", "fr", "de", "1.234"), ("34.000", "de_AT", "en", "34,000"),
        ("50 %", "de", "tr", "%50"), ("50 %", "de", "ar", "50\u200e%\u200e"),
        ("3. Oktober 2025", "de", "en", "October 3, 2025"), ("3. Oktober 2025", "de", "es", "3 de octubre de 2025"), ("03.10.2025", "de", "fr", "3 oct. 2025"),
        ("Freitag, 3. Oktober 2025", "de", "fr", "vendredi 3 octobre 2025"), ("Oktober 2025", "de", "fr", "octobre 2025"), ("3. Oktober", "de", "en", "October 3"),
        ("October 3, 2025", "en", "de", "3. Oktober 2025"), ("3 de octubre de 2025", "es", "de", "3. Oktober 2025"), ("2025年10月3日", "ja", "de", "3. Oktober 2025"),
        ("03. Oktober 2025", "de", "en", "October 3, 2025"), ("Okt. 2025", "de", "fr", "oct. 2025"), ("29. Februar", "de", "en", "February 29"), ("październik 2025", "pl", "de", "Oktober 2025"),
        ("3\u00a0octobre\u00a02025", "fr", "de", "3. Oktober 2025"),
        ("3 октября 2025 г.", "ru", "de", "3. Oktober 2025"), ("1. Mai 2025", "de", "ru", "1 мая 2025\u202fг."),
    ],
)  # fmt: skip
def test_a_whole_text_that_cldr_knows_is_translated(
    text: str, source: str, locale: str, translation: str
) -> None:
    assert translate_whole(text, source, locale) == translation


@pytest.mark.parametrize(
    "text",
    [
        "", "Frankreich ist schön", "frankreich", "1.2.3", "1.2", "34.00", "34.0000", "10115 Berlin", "10115", "https://a.example/34.000", "0123,5", "v34.000", "Dienstag, 3. Oktober 2025",
        "31. Februar 2025", "3. Oktobär 2025", "3.10.25", "Mai", "12.345.6", "1,2,3", "Ein Land (Frankreich)", "XA", "٣٤", "²",
    ],
)  # fmt: skip
def test_anything_else_is_left_alone(text: str) -> None:
    assert translate_whole(text, "de", "fr") is None


@pytest.mark.parametrize("text", ["2.5", "1.2.3", "Zed", "10/3/2025", "Oct 3, 25"])
def test_what_may_be_a_version_or_two_dates_in_english_is_left_alone(text: str) -> None:
    assert translate_whole(text, "en", "de") is None


@pytest.mark.parametrize(
    ("text", "trailing"),
    [
        ("[Ein Brief](/b) (Frankreich)", "(Francia)"), ("Brief (Deutschland, Schweiz)", "(Alemania, Suiza)"), ("Brief (Deutschland/Österreich).", "(Alemania/Austria)."),
        ("Brief (USA)", "(Estados Unidos)"),
    ],
)  # fmt: skip
def test_a_country_in_parentheses_at_the_end_is_translated(text: str, trailing: str) -> None:
    found = translate_trailing(text, "de", "es")
    assert found is not None
    assert found.text == trailing
    assert text[found.start] == "("


def test_a_country_stands_at_the_end_of_a_long_text_too() -> None:
    text = f"{'Ein Brief und noch einer. ' * 20}(Frankreich)"
    found = translate_trailing(text, "de", "es")
    assert found is not None
    assert text[found.start :] == "(Frankreich)"


@pytest.mark.parametrize(
    "text",
    [
        "[Brief](Frankreich)",
        "Brief (aus Frankreich)",
        "(Frankreich) Brief",
        "Brief(Frankreich)",
        "Brief (Frankreich, Mond)",
        "Brief ()",
    ],
)
def test_other_parentheses_are_left_alone(text: str) -> None:
    assert translate_trailing(text, "de", "es") is None


def test_an_unknown_language_has_no_data() -> None:
    assert translate_whole("Frankreich", "de", "qqq") is None
    assert translate_whole("Frankreich", "qqq", "fr") is None
    assert format_number("34.000", "de", "qqq") is None


@given(st.integers(1_000, 10**12), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
def test_a_number_goes_into_another_language_and_back(number: int, source: str, locale: str) -> None:
    text = format_decimal(number, format="#,##0", locale=source)
    there = format_number(text, source, locale)
    assert there is not None
    assert "".join(filter(str.isdigit, there)) == str(number)
    if not there.isdigit():  # four digits that a language keeps together are no number to it
        assert format_number(there, locale, source) in (text, str(number))


@given(st.text(max_size=40), st.sampled_from(LOCALES))
def test_no_text_breaks_it(text: str, locale: str) -> None:
    whole, trailing = translate_whole(text, locale, "fr"), translate_trailing(text, locale, "fr")
    assert whole is None or whole
    assert trailing is None or trailing.text.startswith("(")
