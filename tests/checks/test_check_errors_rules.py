"""What a project may decide about the error checks, and how its configuration says so."""

from pathlib import Path

import pytest

from netzwerk_i18n.checks import Rules, Situation, find_error
from netzwerk_i18n.config import Config, load_config
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.page import Segment

BASE = """
[project]
source_locale = "de"
locales = ["fr", "en"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"
"""


def configured(folder: Path, tables: str) -> Config:
    (folder / "netzwerk-i18n.toml").write_text(BASE + tables, "utf-8")
    return load_config(folder)


def error_of(source: str, translation: str, rules: Rules, locale: str = "fr") -> str | None:
    segment = Segment(source, "paragraph", 1, None, (), 0, 0)
    found = find_error(Situation(segment, translation, locale, rules=rules))
    return found.check if found else None


def test_an_allowed_link_may_be_added(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks.links]\nallow = ["https://example\\\\.fr/.*"]\n').rules
    assert error_of("Ja", "[Oui](https://example.fr/x)", rules) is None
    assert error_of("Ja", "[Oui](https://evil.example/https://example.fr/x)", rules) == "links"


def test_an_allowed_link_may_take_the_place_of_another(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks.links]\nallow = ["https://example\\\\.fr/.*"]\n').rules
    assert error_of("[Ja](https://example.org)", "[Oui](https://example.fr/x)", rules) is None
    assert error_of("[Ja](https://example.org)", "Oui", rules) == "links"


def test_an_allowed_link_takes_no_place_that_another_needs(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks.links]\nallow = ["https://example\\\\.fr/.*"]\n').rules
    source = "[Ja](https://de.wikipedia.org/wiki/Ja) [nein](https://example.org)"
    assert (
        error_of(source, "[Non](https://example.fr/x) [oui](https://fr.wikipedia.org/wiki/Oui)", rules)
        is None
    )
    assert error_of(source, "[Non](https://example.fr/x) [oui](https://example.fr/y)", rules) is None
    assert error_of(source, "[Non](https://evil.example) [oui](https://fr.wikipedia.org/wiki/Oui)", rules)


def test_an_allowed_link_still_needs_a_safe_scheme(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks.links]\nallow = [".*"]\n').rules
    assert error_of("Ja", "[Oui](javascript:alert(1))", rules) == "schemes"
    assert error_of("Ja", "[Oui](https://a@evil.example/)", rules) == "hosts"


def test_a_mapped_host_is_mapped_in_its_own_locale_only(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[links."https://example.de"]\nfr = "https://exemple.fr"\n').rules
    source = "[Ja](https://example.de/a?b)"
    assert error_of(source, "[Oui](https://exemple.fr/a?b)", rules) is None
    assert error_of(source, "[Oui](https://exemple.fr/b)", rules) == "links"
    assert error_of(source, "[Yes](https://exemple.fr/a?b)", rules, "en") == "links"
    assert (
        error_of("[Ja](https://example.de.evil.example/)", "[Oui](https://exemple.fr.evil.example/)", rules)
        == "links"
    )


@pytest.mark.parametrize(("prefix", "localized"), [("", ""), ("/", ""), ("", "/"), ("/", "/")])
def test_a_slash_at_the_end_of_a_mapped_prefix_changes_nothing(
    tmp_path: Path, prefix: str, localized: str
) -> None:
    table = f'[links."https://a.example{prefix}"]\nfr = "https://fr.example{localized}"\n'
    rules = configured(tmp_path, table).rules
    source = "[Ja](https://a.example/m/x)"
    assert error_of(source, "[Oui](https://fr.example/m/x)", rules) is None
    assert error_of(source, "[Oui](https://fr.examplem/x)", rules) == "links"
    assert error_of("[Ja](https://a.example/)", "[Oui](https://fr.example/)", rules) is None


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_mapped_prefixes_the_longest_of_the_locale_counts(tmp_path: Path, order: int) -> None:
    tables = [
        '[links."https://a.example"]\nfr = "https://fr.example"\nen = "https://en.example"\n',
        '[links."https://a.example/blog/"]\nfr = "https://blog.example/"\n',
    ]
    rules = configured(tmp_path, "".join(tables[::order])).rules
    source = "[Ja](https://a.example/blog/x)"
    assert error_of(source, "[Oui](https://blog.example/x)", rules) is None
    assert error_of(source, "[Oui](https://fr.example/blog/x)", rules) == "links"
    assert error_of(source, "[Yes](https://en.example/blog/x)", rules, "en") is None
    assert error_of("[Ja](https://a.example/y)", "[Oui](https://fr.example/y)", rules) is None


def test_a_check_can_be_turned_off_for_one_locale(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks.locales.fr]\nmasks = "off"\n').rules
    assert error_of("Ja", "[X1X] oui", rules) is None
    assert error_of("Ja", "[X1X] yes", rules, "en") == "masks"


def test_a_locale_wins_over_the_project(tmp_path: Path) -> None:
    rules = configured(tmp_path, '[checks]\nmasks = "off"\n[checks.locales.en]\nmasks = "error"\n').rules
    assert error_of("Ja", "[X1X] oui", rules) is None
    assert error_of("Ja", "[X1X] yes", rules, "en") == "masks"


def test_a_warning_made_an_error_keeps_a_translation_from_publication(tmp_path: Path) -> None:
    from netzwerk_i18n.checks.warnings import WARNINGS

    check = next(check for check in WARNINGS if check.wrong != ("", ""))
    rules = configured(tmp_path, f'[checks]\n{check.name} = "error"\n').rules
    assert error_of(*check.wrong, rules) == check.name


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ('[checks]\nlink = "off"\n', ["unknown key 'link'", "'links'"]),
        ('[checks]\nhtml = "loud"\n', ["html in [checks] must be 'error', 'warning', 'off'"]),
        ('[checks.locales.es]\nhtml = "off"\n', ["unknown key 'es'"]),
        ('[checks.locales.fr]\nhtm = "off"\n', ["unknown key 'htm'", "'html'"]),
        ('[checks.links]\nallow = ["("]\n', ["no regular expression"]),
        ('[checks.links]\nallows = ["x"]\n', ["unknown key 'allows'", "'allow'"]),
        ('[links]\n"https://example.de" = "https://example.fr"\n', ["must be a table"]),
        ('[links."https://example.de"]\nes = "https://example.es"\n', ["unknown key 'es'"]),
        ('[links."https://example.de"]\nfr = 3\n', ["must be a string"]),
    ],
)
def test_what_is_wrong_in_the_tables_is_an_error_that_names_the_right_word(
    tmp_path: Path, tables: str, words: list[str]
) -> None:
    with pytest.raises(ConfigError) as error:
        configured(tmp_path, tables)
    for word in words:
        assert word in str(error.value)
