"""Headers that gettext's own check accepts, and dates that can be reproduced."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from catalog_strategies import CREATED, msgcat, needs_gettext, run

from netzwerk_i18n.catalog import (
    Catalog,
    Header,
    Message,
    format_catalog,
    format_date,
    new_catalog_header,
    new_template_header,
    now,
    plural_forms,
)
from netzwerk_i18n.errors import ConfigError

LOCALES = ["fr", "pt_PT", "zh_Hans", "ar", "pl", "cs", "ja", "nb", "en_GB", "sr_Latn", "ca@valencia", "tlh"]


def write(path: Path, header: Header, msgstr: str) -> Path:
    path.write_bytes(format_catalog(Catalog(header, (Message("Grüße", msgstr),))))
    return path


@needs_gettext
@pytest.mark.parametrize("locale", LOCALES)
def test_a_new_catalog_passes_the_check_of_msgfmt_without_a_word(tmp_path: Path, locale: str) -> None:
    header = new_catalog_header(project="netzwerk", locale=locale, source_locale="de", created=CREATED)
    path = write(tmp_path / "a.po", header, "x")
    done = run("msgfmt", "--check", "--check-header", "-o", "/dev/null", str(path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert msgcat(path.read_bytes()) == path.read_bytes()
    assert header.fields["Language"] == locale


@needs_gettext
def test_a_new_template_passes_the_check_of_msgfmt_but_for_its_language(tmp_path: Path) -> None:
    header = new_template_header(project="netzwerk", source_locale="de", created=CREATED)
    path = write(tmp_path / "a.pot", header, "")
    done = run("msgfmt", "--check", "-o", "/dev/null", str(path))
    assert done.returncode == 0
    # A template has no language, and msgfmt has no other way to say so.
    assert done.stderr.count(b"warning") == done.stderr.count(b"'Language'")
    assert msgcat(path.read_bytes()) == path.read_bytes()


def test_fields_stand_in_the_order_of_gettext_and_name_the_source_language() -> None:
    header = new_catalog_header(project="netzwerk", locale="fr", source_locale="de", created=CREATED)
    assert list(header.fields) == [
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
        "X-Source-Language",
    ]
    assert header.fields["X-Source-Language"] == "de"
    assert header.fields["POT-Creation-Date"] == "2024-02-29 12:30+0000"


def test_a_line_break_in_a_project_name_cannot_add_a_field() -> None:
    header = new_template_header(project="a\nX-Evil: 1", source_locale="de", created=CREATED)
    assert "X-Evil" not in format_catalog(Catalog(header)).decode().replace("a X-Evil: 1", "")


@pytest.mark.parametrize("locale", ["fr", "pl", "zh_Hans", "tlh", "", "not a locale"])
def test_plural_forms_end_in_a_semicolon_for_any_locale(locale: str) -> None:
    assert plural_forms(locale).startswith("nplurals=")
    assert plural_forms(locale).endswith(";")


def test_dates_are_in_utc_to_the_minute() -> None:
    moment = datetime(2024, 1, 1, 0, 30, 59, tzinfo=timezone(timedelta(hours=1)))
    assert format_date(moment) == "2023-12-31 23:30+0000"


def test_source_date_epoch_sets_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert now() == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "9" * 40])
def test_a_source_date_epoch_that_is_no_number_is_a_mistake_of_configuration(
    monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH"):
        now()


def test_without_source_date_epoch_the_clock_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_rules_kept_for_frequent_languages_are_those_of_babel() -> None:
    from babel.messages.plurals import get_plural

    from netzwerk_i18n.catalog.header import _FREQUENT_PLURALS

    assert {name: get_plural(name).plural_forms for name in _FREQUENT_PLURALS} == _FREQUENT_PLURALS
