"""Plural forms of languages that have more of them than the source: in catalogs, figures, checks and data files."""

import json
from collections.abc import Mapping

import polib
import pytest
from cli_site import CATALOG, Site

MORE = """
[[pages.more]]
source = "i18n/de.toml"
target = "i18n/{lang}.toml"
keys = ["**.other"]
"""
WORDS = """\
# Wörter
[mehr]
other = "Weiterlesen"

[zahl]
one = "Eine Unterschrift"
other = '{{ .Count }} Unterschriften' # Zahl
"""
OTHER = "{{ .Count }} Unterschriften"
POLISH = {
    (None, "Weiterlesen"): "Czytaj dalej",
    (None, "Eine Unterschrift"): "Jeden podpis",
    ("plural: few", OTHER): "{{ .Count }} podpisy",
    ("plural: many", OTHER): "{{ .Count }} podpisów",
    (None, OTHER): "{{ .Count }} podpisu",
}
FORMS = "few = '{{ .Count }} podpisy'\nmany = '{{ .Count }} podpisów'\n"
LOCALIZED = (
    WORDS.replace("Weiterlesen", "Czytaj dalej")
    .replace("Eine Unterschrift", "Jeden podpis")
    .replace("other = '{{ .Count }} Unterschriften'", f"{FORMS}other = '{{{{ .Count }}}} podpisu'")
)
ONE_FOR_EACH = """
[catalogs]
template = "po/{path}.pot"
catalog = "po/{locale}/{path}.po"
"""


@pytest.fixture
def words(empty_site: Site) -> Site:
    """A site whose words are to be in Polish and French."""
    empty_site.configure("pl", "fr", more=MORE)
    empty_site.write("content/a.de.md", "Weiterlesen\n")
    empty_site.write("i18n/de.toml", WORDS)
    return empty_site


def fill(
    site: Site, texts: Mapping[tuple[str | None, str], str], locale: str = "pl", path: str = CATALOG
) -> None:
    catalog = site.catalog(path.format(locale))
    for entry in catalog:
        entry.msgstr = texts.get((entry.msgctxt, entry.msgid), "")
    catalog.save()


def keys(catalog: polib.POFile) -> list[tuple[str | None, str]]:
    return [(entry.msgctxt, entry.msgid) for entry in catalog if not entry.obsolete]


def test_each_language_is_asked_for_its_own_forms_and_has_them_in_its_file(words: Site) -> None:
    assert "5 messages" in words.ok("extract").out
    assert keys(words.catalog(CATALOG.format("pl"))) == [*POLISH]
    assert keys(words.catalog()) == [key for key in POLISH if key[0] is None]
    few, one = (words.catalog(CATALOG.format("pl"))[number] for number in (2, 1))
    assert few.comment == "Key: zahl.few\nPlural form: few (2, 3, 4, 22, 23, 24, …)"
    assert one.comment == "Key: zahl.one\nPlural form: one (1)"
    assert words.entry("Eine Unterschrift").comment.endswith("one (0, 1)")
    fill(words, POLISH)
    words.ok("build")
    assert words.read("i18n/pl.toml") == LOCALIZED
    words.ok("check", "--locale", "pl")
    before = words.snapshot()
    words.ok("sync")
    assert words.snapshot() == before


@pytest.mark.parametrize("cache", ["on", "off"])
def test_figures_count_a_form_only_in_languages_that_have_it(words: Site, cache: str) -> None:
    env = {"NETZWERK_I18N_CACHE": "off"} if cache == "off" else {}
    words.ok("extract", **env)
    fill(words, POLISH)
    for _ in range(2):
        figures = json.loads(words.ok("status", "--format", "json", **env).out)["locales"]
        assert {name: figures[name]["total"]["messages"] for name in figures} == {"pl": 5, "fr": 3}
        assert figures["pl"]["total"]["translated"] == 5
        assert figures["fr"]["total"]["untranslated"] == 3
        assert figures["fr"]["pages"]["i18n/de.toml"]["messages"] == 3
        words.ok("build", **env)


def test_a_form_that_is_missing_leaves_the_one_that_the_site_shows_for_other_numbers(words: Site) -> None:
    words.ok("extract")
    fill(words, {key: text for key, text in POLISH.items() if key[0] != "plural: few"})
    words.ok("build")
    assert words.read("i18n/pl.toml") == LOCALIZED.replace("few = '{{ .Count }} podpisy'\n", "")
    words.ok("check")
    fill(words, {key: text for key, text in POLISH.items() if key[0] is None})
    words.ok("build")
    assert words.read("i18n/pl.toml") == LOCALIZED.replace(FORMS, "")
    figures = json.loads(words.ok("status", "--format", "json").out)["locales"]["pl"]
    for part in (figures["total"], figures["pages"]["i18n/de.toml"]):
        assert (part["coverage"], part["untranslated"]) == (1.0, 2)


@pytest.mark.parametrize("wrong", ["{{ .Site }} podpisy", "podpisy", "{{ .Count }} <b>podpisy"])
def test_a_form_that_fails_a_check_is_left_out(words: Site, wrong: str) -> None:
    words.ok("extract")
    fill(words, POLISH | {("plural: few", OTHER): wrong})
    assert words.run("build").code == 1
    assert words.read("i18n/pl.toml") == LOCALIZED.replace("few = '{{ .Count }} podpisy'\n", "")
    assert words.run("check").code == 1
    figures = json.loads(words.run("status", "--format", "json").out)["locales"]["pl"]["total"]
    assert figures["broken"] == 1


def test_the_form_of_one_may_have_the_number_and_need_not(words: Site) -> None:
    words.configure("ru", "sl", more=MORE)
    words.ok("extract")
    russian = {key: f"x {key[1]}" for key in keys(words.catalog(CATALOG.format("ru")))}
    fill(words, russian | {(None, "Eine Unterschrift"): "{{ .Count }} подпись"}, "ru")
    slovenian = {key: f"x {key[1]}" for key in keys(words.catalog(CATALOG.format("sl")))}
    fill(words, slovenian | {("plural: two", OTHER): "Dva podpisa"}, "sl")
    words.ok("build")
    assert 'one = "{{ .Count }} подпись"' in words.read("i18n/ru.toml")
    assert "two = 'Dva podpisa'" in words.read("i18n/sl.toml")
    found = json.loads(words.ok("check", "--format", "json").out)["findings"]
    assert not [finding for finding in found if finding["check"] in ("shortcodes", "placeholders")]


def test_what_people_wrote_with_all_its_forms_is_imported(words: Site) -> None:
    words.write("i18n/pl.toml", LOCALIZED)
    words.ok("extract")
    words.ok("import", "--locale", "pl")
    catalog = words.catalog(CATALOG.format("pl"))
    assert {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalog} == POLISH
    assert not [entry for entry in catalog if entry.fuzzy]


def test_a_form_that_a_person_edits_lands_in_its_message(words: Site) -> None:
    words.ok("extract")
    fill(words, POLISH)
    words.ok("build")
    words.write("i18n/pl.toml", LOCALIZED.replace("podpisy", "głosy"))
    words.ok("import", "--edited")
    entry = words.catalog(CATALOG.format("pl"))[2]
    assert (entry.msgctxt, entry.msgstr) == ("plural: few", "{{ .Count }} głosy")
    words.ok("build")
    assert words.read("i18n/pl.toml") == LOCALIZED.replace("podpisy", "głosy")


def test_a_form_that_a_person_adds_to_a_file_lands_in_its_message(words: Site) -> None:
    words.ok("extract")
    fill(words, {key: text for key, text in POLISH.items() if key[0] is None})
    words.ok("build")
    text = words.read("i18n/pl.toml").replace("other = '{{", "few = '{{ .Count }} podpisy'\nother = '{{")
    words.write("i18n/pl.toml", text)
    words.ok("import", "--edited")
    entry = words.catalog(CATALOG.format("pl"))[2]
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy) == ("plural: few", "{{ .Count }} podpisy", False)
    words.ok("build")
    assert words.read("i18n/pl.toml") == text


def test_drafts_are_made_of_the_forms_that_a_language_has(words: Site) -> None:
    words.ok("extract")
    words.ok("translate", "--engine", "pseudo")
    for locale in ("pl", "fr"):
        catalog = words.catalog(CATALOG.format(locale))
        assert all(
            entry.fuzzy and "{{ .Count }}" in entry.msgstr for entry in catalog if entry.msgid == OTHER
        )
    assert len(words.catalog()) == 3


def test_forms_come_and_go_with_languages_and_texts(words: Site) -> None:
    words.ok("extract")
    fill(words, POLISH)
    words.configure("pl", "fr", "sl", more=MORE)
    words.ok("extract")
    assert ("plural: two", OTHER) in keys(words.catalog(CATALOG.format("sl")))
    assert keys(words.catalog(CATALOG.format("pl"))) == [*POLISH]
    words.write("i18n/de.toml", WORDS.replace("Unterschriften", "neue Unterschriften"))
    words.ok("extract")
    few = words.catalog(CATALOG.format("pl"))[2]
    assert (few.msgctxt, few.msgid, few.fuzzy) == ("plural: few", "{{ .Count }} neue Unterschriften", True)
    assert few.msgstr == "{{ .Count }} podpisy"
    words.write("i18n/de.toml", WORDS.replace("one = ", "# one = "))
    words.ok("extract")
    assert {context for context, _ in keys(words.catalog(CATALOG.format("pl")))} == {None}


def test_forms_of_the_same_words_are_told_apart_where_they_are_listed(words: Site) -> None:
    words.ok("extract")
    out = words.ok("status", "--untranslated", "--locale", "pl").out
    assert f": {OTHER} (plural: few)\n" in out
    assert f": {OTHER}\n" in out
    found = json.loads(words.ok("status", "--untranslated", "--locale", "pl", "--format", "json").out)
    assert [each["context"] for each in found["untranslated"]] == [key[0] for key in POLISH]


def test_one_catalog_for_each_page_has_the_forms_as_well(words: Site) -> None:
    words.configure("pl", "fr", more=MORE + ONE_FOR_EACH)
    words.ok("extract")
    (path,) = [path for path in words.contents() if path.startswith("po/pl/i18n")]
    assert keys(words.catalog(path)) == [*POLISH]
    fill(words, POLISH, path=path)
    words.run("build")
    assert words.read("i18n/pl.toml") == LOCALIZED
    figures = words.status()["locales"]
    assert {name: figures[name]["total"]["messages"] for name in figures} == {"pl": 6, "fr": 4}


def test_remarks_on_a_source_name_its_own_lines(words: Site) -> None:
    words.write("i18n/de.toml", WORDS + '\n[link]\nother = "Unterschreibe [hier](https://example.org/p)."\n')
    words.ok("extract")
    found = json.loads(words.run("check", "--format", "json").out)["findings"]
    assert [finding["line"] for finding in found if finding["check"] == "vague-link"] == [10]


def test_the_place_where_no_form_can_be_added_is_told(words: Site) -> None:
    words.configure("pl", more=MORE.replace("toml", "yaml"))
    words.write("i18n/de.yaml", "zahl:\n  one: Eine\n  ? other\n  : Viele\n")
    run = words.run("extract")
    assert run.code == 0
    assert "i18n/de.yaml:4: warning: the plural forms of other languages cannot be added here" in run.err
