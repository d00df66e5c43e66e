"""Words of a site that stand in data files: a theme's words, lists that templates read, titles of a sidebar."""

import json
import tomllib
from collections.abc import Callable

import pytest
import yaml
from cli_site import FRENCH, PAGE, Site, complaint

MORE = """
[[pages.more]]
source = "i18n/de.toml"
target = "i18n/{lang}.toml"
keys = ["**.one", "**.other"]

[[pages.more]]
source = "data/de/{path}.yaml"
target = "data/{lang}/{path}.yaml"
keys = ["name"]

[pages.localized]
lang = "{lang}"
"""

WORDS = """\
# Wörter des Themes
[mehr]
description = "Link unter einem Auszug"
other = "Weiterlesen"

[dauer]
one = 'Eine Minute'
other = "{{ .Count }} Minuten"  # Lesezeit
"""

LIST = """\
# Petitionen
- name: Klima retten
  url: https://example.org/klima
  lang: de
- name: "Wälder schützen"
  url: https://example.org/wald
"""

TEXTS = FRENCH | {
    "Weiterlesen": "Lire la suite",
    "Eine Minute": "Une minute",
    "{{ .Count }} Minuten": "{{ .Count }} minutes",
    "Klima retten": "Sauver le climat",
    "Wälder schützen": "Protéger les forêts",
}


@pytest.fixture
def data(empty_site: Site) -> Site:
    """A site with a page, the words of its theme, and a list."""
    empty_site.configure("fr", "en", more=MORE)
    empty_site.write("content/a.de.md", PAGE)
    empty_site.write("i18n/de.toml", WORDS)
    empty_site.write("data/de/petitionen.yaml", LIST)
    return empty_site


def test_the_values_of_the_keys_are_translated_and_nothing_else_changes(data: Site) -> None:
    assert "extract: 3 pages" in data.ok("extract").out
    assert {entry.msgid for entry in data.catalog()} == TEXTS.keys()
    assert data.entry("Eine Minute").comment == "Key: dauer.one\nPlural form: one (0, 1)"
    data.translate(TEXTS)
    data.ok("build")
    words = WORDS.replace("Weiterlesen", "Lire la suite").replace("Eine Minute", "Une minute")
    assert data.read("i18n/fr.toml") == words.replace("Minuten", "minutes")
    assert data.read("data/fr/petitionen.yaml") == LIST.replace("Klima retten", "Sauver le climat").replace(
        "Wälder schützen", "Protéger les forêts"
    )
    assert not data.exists("i18n/en.toml")
    data.ok("check")
    # What was written is no source, and a second run changes nothing.
    assert "extract: 3 pages" in data.ok("extract").out
    data.ok("sync", "--check")
    pages = data.status()["locales"]["fr"]["pages"]
    assert (
        pages["i18n/de.toml"] | {"messages": 3, "published": True, "outdated": False} == pages["i18n/de.toml"]
    )


def test_drafts_stand_there_without_a_key_that_nobody_knows(data: Site) -> None:
    data.configure("fr", more=MORE + '[locales.fr]\npublish = "drafts"\n[draft]\nengine = "pseudo"\n')
    data.ok("extract")
    data.ok("translate")
    data.ok("build")
    assert "translation:" in data.read("content/a.fr.md")
    assert 'lang: "fr"' in data.read("content/a.fr.md")
    words = tomllib.loads(data.read("i18n/fr.toml"))
    assert words.keys() == {"mehr", "dauer"}
    assert words["dauer"]["other"] != "{{ .Count }} Minuten"
    assert "{{ .Count }}" in words["dauer"]["other"]
    rows = yaml.safe_load(data.read("data/fr/petitionen.yaml"))
    assert [row.keys() for row in rows] == [{"name", "url", "lang"}, {"name", "url"}]
    assert rows[0]["lang"] == "de"
    data.ok("check")
    data.ok("build", "--check")


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ("minutes", "shortcodes"),
        ("{{ .Site }} {{ .Count }}", "shortcodes"),
        ("<b>{{ .Count }}</b>", "html"),
        ("{{ .Count }}\nother = 1", "front-matter"),
    ],
)
def test_a_translation_that_would_break_a_template_is_not_published(
    data: Site, wrong: str, check: str
) -> None:
    data.configure("fr", more=MORE + "[locales.fr]\nminimum_coverage = 0\n")
    data.ok("extract")
    data.translate(TEXTS | {"{{ .Count }} Minuten": wrong})
    run = data.run("build")
    assert run.code == 1
    assert tomllib.loads(data.read("i18n/fr.toml"))["dauer"]["other"] == "{{ .Count }} Minuten"
    findings = json.loads(data.run("check", "--format", "json").out)["findings"]
    assert (check, "error") in {(finding["check"], finding["severity"]) for finding in findings}


def test_what_people_wrote_is_imported_and_stays(data: Site) -> None:
    own = '[dauer]\nother = "{{ .Count }} minutes"\none = "Une minute"\n[mehr]\nother = "Lire la suite"\n'
    data.write("i18n/fr.toml", own)
    data.ok("extract")
    data.ok("import", "i18n")
    assert data.entry("Weiterlesen").msgstr == "Lire la suite"
    assert data.entry("{{ .Count }} Minuten").msgstr == "{{ .Count }} minutes"
    data.translate(TEXTS)
    data.run("build")
    assert data.read("i18n/fr.toml") == own


def test_a_file_that_cannot_be_read_is_named_with_its_line(data: Site) -> None:
    data.write("data/de/kaputt.yaml", "- name: Eins\n- name: [\n")
    run = data.run("extract")
    assert "data/de/kaputt.yaml:3: warning: cannot be read as YAML" in run.err
    assert "Klima retten" in {entry.msgid for entry in data.catalog()}


def test_a_file_that_goes_takes_its_localized_one_along(data: Site) -> None:
    data.ok("extract")
    data.translate(TEXTS)
    data.ok("build")
    data.remove("data/de/petitionen.yaml")
    data.ok("sync")
    assert not data.exists("data/fr")
    assert data.exists("i18n/fr.toml")


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (lambda text: text.replace("toml", "md"), 14, "keys are for data files: end source in .yaml, .yml,"),
        (lambda text: text.replace('{lang}.toml"', '{lang}.yaml"'), 13, "target must end like source"),
        (lambda text: text.replace('keys = ["name"]\n', ""), 17, "source in [[pages.more]] names data files"),
        (lambda text: text.replace('["name"]', "[]"), 19, "keys in [[pages.more]] is empty"),
        (
            lambda text: text.replace('["name"]', '"name"'),
            19,
            "keys in [pages.more] must be a list of strings",
        ),
        (lambda text: text.replace("data/de/{path}", "data/de"), 17, "source must hold {path} once"),
        (lambda text: text.replace("{path}.de.md", "{path}.yaml"), 7, "source in [pages] names data files"),
    ],
)
def test_a_wrong_table_is_one_line(data: Site, change: Callable[[str], str], line: int, said: str) -> None:
    data.write("netzwerk-i18n.toml", change(data.read("netzwerk-i18n.toml")))
    assert complaint(data.run("extract")).startswith(f"netzwerk-i18n.toml:{line}: {said}")


def test_other_keys_are_other_texts(data: Site) -> None:
    data.ok("extract")
    data.write("netzwerk-i18n.toml", data.read("netzwerk-i18n.toml").replace('["name"]', '["name", "lang"]'))
    data.write("data/de/petitionen.yaml", LIST.replace("lang: de", "lang: Deutsch"))
    data.ok("extract")
    assert data.entry("Deutsch").comment == "Key: lang"
    data.write("netzwerk-i18n.toml", data.read("netzwerk-i18n.toml").replace('["name", "lang"]', '["name"]'))
    data.ok("extract")
    assert data.catalog().find("Deutsch") is None
