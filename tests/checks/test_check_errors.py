"""Attacks and breakages are errors, good translations are not; the cases stand in data files."""

from collections import Counter
from typing import Any

import pytest
from check_cases import cases, situation

from netzwerk_i18n.checks import ERRORS, Check, Situation, find_error, find_problems
from netzwerk_i18n.page import Segment

ATTACKS = cases("attacks.toml", "attack")
GOOD = cases("good.toml", "good")


def name(case: dict[str, Any]) -> str:
    return f"{case.get('check', case.get('locale'))}: {case['what']}"


def given(check: Check, example: tuple[str, str]) -> Situation:
    form = "value" if check.name == "front-matter" else "markdown"
    source, translation = example
    return Situation(Segment(source, "paragraph", 1, None, (), 0, 0, form=form), translation, "fr")


@pytest.mark.parametrize("case", ATTACKS, ids=map(name, ATTACKS))
def test_an_attack_is_an_error_of_its_check(case: dict[str, Any]) -> None:
    found = find_problems(situation(case))
    assert case["check"] in {finding.check for finding in found if finding.severity == "error"}
    assert find_error(situation(case)) is not None


@pytest.mark.parametrize("case", GOOD, ids=map(name, GOOD))
def test_a_good_translation_is_no_error(case: dict[str, Any]) -> None:
    assert [finding for finding in find_problems(situation(case)) if finding.severity == "error"] == []
    assert find_error(situation(case)) is None


@pytest.mark.parametrize("case", GOOD, ids=map(name, GOOD))
def test_a_text_is_a_good_translation_of_itself(case: dict[str, Any]) -> None:
    same = situation({**case, "translation": case["source"]})
    assert [finding for finding in find_problems(same, ERRORS) if finding.check != "characters"] == []


def test_there_are_enough_cases_in_enough_languages() -> None:
    assert len(ATTACKS) >= 170
    assert len(GOOD) >= 110
    assert len({case["locale"] for case in GOOD}) >= 30
    assert set(Counter(case["check"] for case in ATTACKS)) == {check.name for check in ERRORS}


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.name)
def test_a_check_passes_its_own_right_example(check: Check) -> None:
    assert list(check.find(given(check, check.right))) == []
    assert find_error(given(check, check.right)) is None


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.name)
def test_a_check_finds_its_own_wrong_example(check: Check) -> None:
    assert list(check.find(given(check, check.wrong)))


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.name)
def test_a_check_says_what_it_looks_for_and_why(check: Check) -> None:
    assert check.severity == "error"
    assert check.what.endswith(".")
    assert check.why.endswith(".")


def test_a_message_shows_both_targets_and_the_setting_that_allows_the_change() -> None:
    change = Situation(
        Segment("[a](https://example.org/a)", "paragraph", 1, None, (), 0, 0),
        "[a](https://example.org/b)",
        "fr",
    )
    found = find_error(change)
    assert found is not None
    assert "https://example.org/a" in found.message
    assert "https://example.org/b" in found.message
    assert "[checks.links]" in found.message


def test_an_address_in_the_text_of_a_mail_is_named() -> None:
    source = Segment("[Mail](mailto:a@example.org?body=Hallo)", "paragraph", 1, None, (), 0, 0)
    found = find_error(Situation(source, "[Mail](mailto:a@example.org?body=Salut%20bit.ly/X)", "fr"))
    assert found is not None
    assert "names the address bit.ly/X" in found.message
    found = find_error(Situation(source, "[Mail](mailto:b@example.org?body=Salut%20bit.ly/X)", "fr"))
    assert found is not None
    assert "became mailto:b@example.org" in found.message


def test_a_changed_link_behind_many_localized_ones_is_an_error() -> None:
    numbers = range(80)
    text = " ".join(f"[a](https://de.wikipedia.org/wiki/A{n})" for n in numbers)
    good = " ".join(f"[a](https://fr.wikipedia.org/wiki/B{n}_(x))" for n in numbers)
    own = Segment(f"{text} [b](https://example.org/b)", "paragraph", 1, None, (), 0, 0)
    assert find_error(Situation(own, f"{good} [b](https://example.org/b)", "fr")) is None
    for added in ("[b](https://evil.example/b)", "[b](https://example.org/b) [c](https://evil.example/)"):
        found = find_error(Situation(own, f"{good} {added}", "fr"))
        assert found is not None
        assert found.check == "links"
        assert "https://evil.example/" in found.message


def test_a_place_is_the_part_of_the_translation_that_is_wrong() -> None:
    text = "Oui \u202e non"
    found = find_error(Situation(Segment("Ja nein", "paragraph", 1, None, (), 0, 0), text, "fr"))
    assert found is not None
    assert text[found.start : found.end] == "\u202e"


def test_no_message_holds_a_line_break_or_a_control_character() -> None:
    for case in ATTACKS:
        for finding in find_problems(situation(case), ERRORS):
            assert finding.message.isprintable(), (case, finding)


def test_lone_surrogates_are_errors() -> None:
    found = find_error(Situation(Segment("Ja", "paragraph", 1, None, (), 0, 0), "Oui\ud800", "fr"))
    assert found is not None
    assert found.check == "characters"


@pytest.mark.parametrize("translation", ["# Titre", "1. Titre", "|Titre", "Titre|", "- Titre"])
def test_a_heading_above_an_underline_is_judged_as_a_paragraph(translation: str) -> None:
    underlined = Segment("Titel", "heading", 1, None, (), 0, 5, block=(0, 2))
    found = find_error(Situation(underlined, translation, "fr"))
    assert found is not None
    assert found.check == "block-shape"


def test_a_shortcode_that_would_be_written_with_escapes_is_an_error() -> None:
    source = Segment('Seit {{< x "a" >}}', "shortcode", 1, None, (), 0, 0, form="parameter", mark='"')
    found = find_error(Situation(source, 'Depuis {{< x "a" >}}', "fr"))
    assert found is not None
    assert found.check == "shortcodes"


@pytest.mark.parametrize(
    ("begin", "remedy"), [("2025.", "2025\\."), ("3)", "3\\)")], ids=["a point", "a bracket"]
)
def test_a_number_that_would_begin_a_list_is_shown_as_it_has_to_be_written(begin: str, remedy: str) -> None:
    source = Segment("Treffen am 3. Oktober 2025", "paragraph", 1, None, (), 0, 0)
    refused = find_error(Situation(source, f"{begin} október 3-án találkozunk", "hu"))
    assert refused is not None
    assert f"write {remedy}" in refused.message
    assert find_error(Situation(source, f"{remedy} október 3-án találkozunk", "hu")) is None
