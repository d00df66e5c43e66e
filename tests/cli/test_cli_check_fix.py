"""`check --fix`, and the translator comments that silence warnings."""

import json
from typing import Any

import pytest
from cli_site import CATALOG, Site, complaint

PO = CATALOG.format("fr")
SPACED = {
    "Titel": "Titre",
    "Überschrift": "En-tête",
    "Erster Satz.": "Première  phrase.",
    "Zweiter Satz.": "Deuxie\u0300me phrase.",
}


def findings(site: Site, *arguments: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments)
    assert run.code in (0, 1), run
    found: list[dict[str, Any]] = json.loads(run.out)["findings"]
    return found


def checks(site: Site) -> list[str]:
    return [found["check"] for found in findings(site)]


def test_spaces_and_letters_are_mended_and_told(translated: Site) -> None:
    translated.translate(SPACED)
    run = translated.ok("check", "--fix")
    assert f"{PO}: mended 2 translations" in run.out
    assert "fix: mended 2 translations in 1 catalog" in run.out
    assert translated.entry("Erster Satz.").msgstr == "Première phrase."
    assert translated.entry("Zweiter Satz.").msgstr == "Deuxième phrase."


def test_a_second_run_mends_nothing_and_touches_no_file(translated: Site) -> None:
    translated.translate(SPACED)
    translated.ok("check", "--fix")
    before = translated.snapshot()
    assert "fix: nothing to mend" in translated.ok("check", "--fix").out
    assert translated.snapshot() == before


def test_without_fix_nothing_is_written(translated: Site) -> None:
    translated.translate(SPACED)
    before = translated.snapshot()
    translated.run("check")
    assert translated.snapshot() == before


def test_what_was_mended_is_not_reported_and_json_stays_json(translated: Site) -> None:
    translated.translate(SPACED)
    assert checks(translated) == ["doubled-spaces"]
    run = translated.run("check", "--fix", "--format", "json")
    assert json.loads(run.out)["findings"] == []
    assert "fix: mended 2 translations" in run.err


def test_a_translation_that_needs_review_is_left_alone(translated: Site) -> None:
    with translated.edited() as po:
        entry = po.find("Erster Satz.")
        assert entry is not None
        entry.msgstr, entry.flags = "Première  phrase.", ["fuzzy"]
    before = translated.read(PO)
    assert "nothing to mend" in translated.run("check", "--fix").out
    assert translated.read(PO) == before


def test_a_translation_with_an_error_is_left_alone(translated: Site) -> None:
    translated.translate({"Erster Satz.": "Première  [phrase](https://evil.example)."})
    before = translated.read(PO)
    assert "nothing to mend" in translated.run("check", "--fix").out
    assert translated.read(PO) == before


def test_only_the_pages_that_are_named_are_mended(translated: Site) -> None:
    translated.write("content/zwei.de.md", "Dritter Satz.\n")
    translated.ok("extract")
    translated.translate(SPACED | {"Dritter Satz.": "Troisième  phrase."})
    assert "mended 1 translation " in translated.run("check", "--fix", "content/zwei.de.md").out
    assert translated.entry("Erster Satz.").msgstr == "Première  phrase."


def test_a_broken_catalog_stays_as_it_is_and_the_others_are_mended(translated: Site) -> None:
    translated.configure("en", "fr")
    translated.write(CATALOG.format("en"), "nonsense\n")
    translated.translate(SPACED)
    run = translated.run("check", "--fix")
    assert run.code == 1
    assert "Traceback" not in run.err
    assert "mended 2 translations in 1 catalog" in run.out
    assert translated.read(CATALOG.format("en")) == "nonsense\n"


@pytest.mark.parametrize("option", ["--skip=doubled-spaces", "--only=outer-spaces"])
def test_only_what_the_wanted_checks_look_at_is_mended(translated: Site, option: str) -> None:
    translated.translate({"Erster Satz.": " Première  phrase."})
    translated.ok("check", "--fix", option)
    assert translated.entry("Erster Satz.").msgstr == "Première  phrase."


def test_a_wrong_name_of_a_check_is_told_before_anything_is_written(translated: Site) -> None:
    translated.translate(SPACED)
    before = translated.snapshot()
    assert "there is no check 'nonsense'" in complaint(translated.run("check", "--fix", "--only", "nonsense"))
    assert translated.snapshot() == before


def comment(site: Site, msgid: str, text: str) -> None:
    with site.edited() as po:
        entry = po.find(msgid)
        assert entry is not None
        entry.tcomment = text


@pytest.mark.parametrize(
    "text", ["i18n-ignore: doubled-spaces", "i18n-ignore: numbers, doubled-spaces (poem)"]
)
def test_a_warning_that_a_comment_names_is_not_reported_nor_mended(translated: Site, text: str) -> None:
    translated.translate({"Erster Satz.": "Première  phrase."})
    comment(translated, "Erster Satz.", text)
    assert checks(translated) == []
    assert "nothing to mend" in translated.ok("check", "--fix").out


@pytest.mark.parametrize(
    ("settings", "msgstr"),
    [
        ('[checks]\ndoubled-spaces = "off"\n', "Première  phrase."),
        ('[checks.locales.fr]\nfrench-spacing = "off"\n', "Première phrase."),
        ('[checks.locales.es]\ndoubled-spaces = "off"\n', "Première phrase."),
        ('[[checks.ignore]]\ncheck = "doubled-spaces"\nmsgid = "Erster Satz."\n', "Première  phrase."),
        ('[[checks.ignore]]\ncheck = "doubled-spaces"\npages = ["content/zwei.*"]\n', "Première  phrase."),
        ('[[checks.ignore]]\ncheck = "doubled-spaces"\nmsgid = "Zweiter Satz."\n', "Première phrase."),
    ],
)
def test_spacing_that_the_configuration_allows_is_not_mended(
    translated: Site, settings: str, msgstr: str
) -> None:
    translated.configure("fr", "es", more=settings)
    translated.write("content/zwei.de.md", "Erster Satz.\n")
    translated.translate({"Erster Satz.": "Première  phrase."})
    translated.run("check", "--fix")
    assert translated.entry("Erster Satz.").msgstr == msgstr


def test_a_comment_that_names_another_check_silences_nothing(translated: Site) -> None:
    translated.translate({"Erster Satz.": "Première  phrase."})
    comment(translated, "Erster Satz.", "i18n-ignore: numbers")
    assert checks(translated) == ["doubled-spaces"]


def test_no_comment_silences_an_error(translated: Site) -> None:
    translated.translate({"Erster Satz.": "Première [phrase](https://evil.example)."})
    before = checks(translated)
    assert before == ["links"]
    comment(translated, "Erster Satz.", "i18n-ignore: links (our own link), page-structure (x)")
    assert checks(translated) == before
    assert [found["severity"] for found in findings(translated)] == ["error"]
