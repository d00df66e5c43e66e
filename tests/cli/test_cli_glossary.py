"""`check` with the project's glossary: a term that a translation says otherwise is named."""

import json
from typing import Any

import pytest
from cli_site import CATALOG, Site, complaint

GLOSSARY = "source,fr,keep\nSatz,propos,\nTitel,,yes\n"


def found(site: Site, *arguments: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments)
    return [finding for finding in json.loads(run.out)["findings"] if finding["check"] == "glossary"]


def test_check_names_the_terms_that_a_translation_says_otherwise(translated: Site) -> None:
    translated.write("glossary.csv", GLOSSARY)
    findings = found(translated)
    assert [finding["msgid"] for finding in findings] == ["Titel", "Erster Satz.", "Zweiter Satz."]
    assert {finding["severity"] for finding in findings} == {"warning"}
    assert findings[1]["message"] == "the glossary translates 'Satz' as 'propos'"
    assert findings[1]["line"] > 1


def test_a_site_without_a_glossary_is_checked_as_before(translated: Site) -> None:
    assert found(translated) == []


def test_the_glossary_may_lie_elsewhere(translated: Site) -> None:
    translated.write("i18n/wörter.csv", GLOSSARY)
    translated.configure("fr", more='[draft]\nglossary = "i18n/wörter.csv"\n')
    assert len(found(translated)) == 3


@pytest.mark.parametrize(
    "setting", ['[checks]\nglossary = "off"\n', '[checks.locales.fr]\nglossary = "off"\n']
)
def test_the_configuration_can_switch_the_glossary_off(translated: Site, setting: str) -> None:
    translated.write("glossary.csv", GLOSSARY)
    translated.configure("fr", more=setting)
    assert found(translated) == []


def test_a_comment_can_silence_it_for_one_message(translated: Site) -> None:
    translated.write("glossary.csv", GLOSSARY)
    with translated.edited() as po:
        entry = po.find("Titel")
        assert entry is not None
        entry.tcomment = "i18n-ignore: glossary (a title)"
    assert [finding["msgid"] for finding in found(translated)] == ["Erster Satz.", "Zweiter Satz."]


def test_it_can_be_chosen_and_left_out_by_name(translated: Site) -> None:
    translated.write("glossary.csv", GLOSSARY)
    assert len(found(translated, "--only", "glossary")) == 3
    assert found(translated, "--skip", "glossary") == []


def test_a_glossary_that_cannot_be_read_stops_the_check_with_its_line(translated: Site) -> None:
    translated.write("glossary.csv", "source,fr\nSatz,a,b\n")
    assert complaint(translated.run("check")).startswith("glossary.csv:2: this line has 3 columns")


@pytest.mark.parametrize("header", ["fr,source", "fr,de", "fr,keep"])
def test_a_glossary_that_does_not_begin_with_the_terms_is_refused(translated: Site, header: str) -> None:
    translated.write("glossary.csv", f"{header}\npropos,Satz\n")
    assert complaint(translated.run("check")) == (
        "glossary.csv:1: the first column is 'fr', where the terms of the source pages belong; "
        "put their column first and call it source"
    )


@pytest.mark.parametrize("column", ["pt_PT", "pt-PT", "pt-pt", "pt_pt"])
def test_a_column_is_known_however_the_site_writes_its_language(site: Site, column: str) -> None:
    site.configure("pt_PT")
    site.ok("extract")
    site.translate({"Erster Satz.": "Primeira."}, CATALOG.format("pt_PT"))
    site.write("glossary.csv", f"de,{column}\nSatz,frase\n")
    assert len(found(site, "--locale", "pt_PT")) == 1


def test_a_glossary_that_is_named_and_not_there_stops_the_check(translated: Site) -> None:
    translated.configure("fr", more='[draft]\nglossary = "wörter.csv"\n')
    assert "there is no such glossary" in complaint(translated.run("check"))


def test_a_glossary_outside_the_project_is_refused(translated: Site) -> None:
    translated.configure("fr", more='[draft]\nglossary = "../wörter.csv"\n')
    assert complaint(translated.run("check"))
