"""Catalog files as gettext wants them: the header, and what msgfmt says."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Site

from netzwerk_i18n.checks.catalogs import MOST_REPORTED, find_header_problems, read_msgfmt, read_refusal

GOOD = {
    "Language": "fr",
    "Content-Type": "text/plain; charset=UTF-8",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
PO = CATALOG.format("fr")
needs_msgfmt = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")


def header(**changes: str) -> list[str]:
    fields = GOOD | {name.replace("_", "-"): value for name, value in changes.items()}
    return [problem.message for problem in find_header_problems(fields, "fr")]


def test_a_good_header_has_no_problem() -> None:
    assert header() == []
    assert header(Plural_Forms="nplurals=1; plural=0") == []


@pytest.mark.parametrize("name", list(GOOD))
def test_a_field_that_is_missing_is_a_problem(name: str) -> None:
    fields = {key: value for key, value in GOOD.items() if key != name}
    assert len(list(find_header_problems(fields, "fr"))) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Language", "en"),
        ("Content_Type", "text/plain; charset=ISO-8859-1"),
        ("Content_Type", "text/plain"),
        ("Plural_Forms", "nplurals=0; plural=0;"),
        ("Plural_Forms", "nplurals=11; plural=0;"),
        ("Plural_Forms", "nplurals=100000000; plural=0;"),
        ("Plural_Forms", "nplurals=2; plural=__import__('os');"),
        ("Plural_Forms", "INTEGER"),
        ("Plural_Forms", "nplurals=2; plural=" + "(" * 100_000),
    ],
)
def test_a_field_that_is_wrong_is_a_problem(name: str, value: str) -> None:
    (message,) = header(**{name: value})
    assert len(message) < 300


def test_what_msgfmt_says_has_lines_and_severities() -> None:
    said = "/a b/fr.po:3: warning: odd\n/a b/fr.po:4:7: bad\x1b[2J\n   more\nmsgfmt: found 1 fatal error\n"
    odd, bad = read_msgfmt(said, "/a b/fr.po")
    assert (odd.severity, odd.line, odd.message) == ("warning", 3, "odd")
    assert (bad.severity, bad.line) == ("error", 4)
    assert "\x1b" not in bad.message


def test_of_very_many_messages_the_rest_is_summed_up() -> None:
    assert len(read_msgfmt("/x.po:1: bad\n" * 1000, "/x.po")) == MOST_REPORTED + 1


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.configure("fr")
    site.write("content/seite.de.md", PAGE)
    site.write("content/zwei.de.md", PAGE)
    site.ok("extract")
    site.translate(FRENCH)
    return site


def findings(site: Site, *arguments: str, **env: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments, **env)
    assert run.code in (0, 1), run
    assert run.err == "", run
    found: list[dict[str, Any]] = json.loads(run.out)["findings"]
    return found


def test_a_catalog_as_extract_writes_it_has_no_finding(site: Site) -> None:
    assert findings(site) == []


def test_a_catalog_that_is_not_there_has_no_finding(site: Site) -> None:
    site.remove(PO)
    assert findings(site, "--skip", "catalog-outdated") == []


def test_a_catalog_of_another_language_is_a_warning_told_once(site: Site) -> None:
    site.write(PO, site.read(PO).replace("Language: fr", "Language: en"))
    (found,) = findings(site)
    assert (found["check"], found["severity"], found["file"]) == ("catalog-header", "warning", PO)


def test_a_catalog_without_a_header_has_a_warning_for_each_field(site: Site) -> None:
    site.write(PO, 'msgid "Erster Satz."\nmsgstr "Première phrase."\n')
    assert len(findings(site, "--only", "catalog-header")) == 3


@needs_msgfmt
def test_an_error_of_msgfmt_is_an_error_with_its_line(site: Site) -> None:
    site.write(PO, site.read(PO) + '\n#, c-format\nmsgid "%d Leute"\nmsgstr "%s gens"\n')
    (found,) = findings(site, "--skip", "catalog-outdated")
    assert (found["check"], found["severity"], found["file"]) == ("msgfmt", "error", PO)
    assert found["line"] > 10
    assert findings(site, "--skip", "msgfmt", "--skip", "catalog-outdated") == []


@needs_msgfmt
@pytest.mark.parametrize(
    "content", ["", 'msgid "Erster Satz."\nmsgstr "Première phrase."\n', 'msgid ""\nmsgstr ""\n']
)
def test_what_msgfmt_says_of_a_catalog_without_a_header_is_passed_on_with_a_way_out(
    site: Site, content: str
) -> None:
    site.write(PO, content)
    (found,) = findings(site, "--only", "msgfmt")
    assert found["message"] == (
        "msgfmt says: PO file header missing or invalid; run netzwerk-i18n extract, which writes a header"
    )
    site.ok("extract")
    assert findings(site, "--only", "msgfmt") == []


@needs_msgfmt
@pytest.mark.parametrize(
    ("right", "wrong"),
    [("", "\ufeff"), ("\nmsgstr", "\n# Ici.\nmsgstr")],
    ids=["BOM", "comment"],
)
def test_what_gettext_cannot_read_and_extract_can_is_said_with_that_way_out(
    site: Site, right: str, wrong: str
) -> None:
    site.write(PO, site.read(PO).replace(right, wrong, 1))
    found = findings(site, "--only", "msgfmt")
    assert found
    assert all(
        each["message"].endswith("; run netzwerk-i18n extract, which writes the file as gettext reads it")
        for each in found
    )
    site.ok("extract")
    assert findings(site, "--only", "msgfmt") == []


def test_a_refusal_of_msgfmt_without_a_word_has_its_code() -> None:
    assert read_refusal("msgfmt: found 1 fatal error\n", "/x.po", 1).message == "msgfmt ended with code 1"


def test_without_msgfmt_all_else_is_checked(site: Site, tmp_path: Path) -> None:
    site.write(PO, site.read(PO).replace("Language: fr", "Language: en"))
    assert [found["check"] for found in findings(site, PATH=str(tmp_path))] == ["catalog-header"]


PER_PAGE = '[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}.{locale}.po"\n'


@pytest.fixture
def drifting(tmp_path: Path) -> Site:
    """Three pages, each with a catalog of its own; the second says the common text otherwise."""
    site = Site(tmp_path)
    site.configure("fr", more=PER_PAGE)
    for name, word in (("a", "Réseau"), ("b", "Toile"), ("c", "Réseau")):
        site.write(f"content/{name}.de.md", f"# Netzwerk\n\nSeite {name} hat Worte.\n")
        site.ok("extract")
        site.translate({"Netzwerk": word, f"Seite {name} hat Worte.": f"Page {name}."}, f"po/{name}.fr.po")
    return site


def consistency(site: Site, *arguments: str) -> list[tuple[str, str, int]]:
    found = findings(site, "--only", "consistency", *arguments)
    return [(each["severity"], each["file"], each["line"]) for each in found]


def test_a_text_that_one_page_translates_otherwise_is_a_warning_there(drifting: Site) -> None:
    line = drifting.read("po/b.fr.po").splitlines().index('msgid "Netzwerk"') + 1
    (found,) = findings(drifting, "--skip", "page-outdated")
    assert (found["check"], found["file"], found["line"]) == ("consistency", "po/b.fr.po", line)
    assert "otherwise in po/a.fr.po and 1 more: 'Réseau'" in found["message"]
    drifting.translate({"Netzwerk": "Réseau"}, "po/b.fr.po")
    assert findings(drifting, "--skip", "page-outdated") == []


def test_drifting_translations_are_errors_or_nothing_where_the_project_says_so(drifting: Site) -> None:
    drifting.configure("fr", more=f'{PER_PAGE}[checks]\nconsistency = "error"\n')
    assert [found[:2] for found in consistency(drifting)] == [("error", "po/b.fr.po")]
    drifting.configure("fr", more=f'{PER_PAGE}[checks.locales.fr]\nconsistency = "off"\n')
    assert consistency(drifting) == []


def test_a_translation_that_is_meant_otherwise_is_silenced_by_a_comment(drifting: Site) -> None:
    comment = "# i18n-ignore: consistency\n"
    text = drifting.read("po/b.fr.po")
    begin = text.rindex("#:", 0, text.index('msgid "Netzwerk"'))
    drifting.write("po/b.fr.po", text[:begin] + comment + text[begin:])
    assert consistency(drifting) == []


def test_only_the_pages_that_are_looked_at_are_compared(drifting: Site) -> None:
    assert consistency(drifting, "content/a.de.md", "content/c.de.md") == []
    assert len(consistency(drifting, "content/a.de.md", "content/b.de.md")) == 1
