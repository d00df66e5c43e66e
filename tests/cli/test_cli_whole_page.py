"""Translations that are harmless alone and break a page together: build and check say the same of them."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from cli_site import CATALOG, Site
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.build import build
from netzwerk_i18n.catalog import read_catalog
from netzwerk_i18n.check import check
from netzwerk_i18n.checks.pages import SourceBody
from netzwerk_i18n.cli.context import open_project_in
from netzwerk_i18n.localize import localize_page
from netzwerk_i18n.page import Page, PageSettings
from netzwerk_i18n.walk import Visit

SOURCE = "Ein [Wort\n{.gross}\nund]: noch mehr davon\n\nZweiter Absatz.\n"
"""The first line opens a bracket, the last closes it: together they may define a label."""

FIRST, SECOND = "Ein [Wort", "und]: noch mehr davon"
FOUND = "page-structure"


def broken_site(tmp_path: Path, more: str = "") -> Site:
    site = Site(tmp_path)
    site.configure("fr", more="[locales.fr]\nminimum_coverage = 0.1\n" + more)
    site.write("content/seite.de.md", SOURCE)
    site.ok("extract")
    site.translate({FIRST: "[mot", SECOND: "et]: davantage", "Zweiter Absatz.": "Deuxième alinéa."})
    return site


def errors(site: Site) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json")
    assert run.err == ""
    found = [each for each in json.loads(run.out)["findings"] if each["severity"] == "error"]
    assert run.code == (1 if found else 0)
    return found


@pytest.mark.parametrize("alone", [FIRST, SECOND])
def test_each_of_the_translations_is_harmless_alone(tmp_path: Path, alone: str) -> None:
    site = broken_site(tmp_path)
    site.translate({({FIRST, SECOND} - {alone}).pop(): ""})
    assert site.run("build").code == 0
    assert errors(site) == []


def test_build_publishes_only_one_of_two_that_break_the_page_and_names_the_other(tmp_path: Path) -> None:
    site = broken_site(tmp_path)
    run = site.run("build")
    assert run.code == 1
    assert site.read("content/seite.fr.md") == "[mot\n{.gross}\nund]: noch mehr davon\n\nDeuxième alinéa.\n"
    (line,) = run.err.splitlines()
    number = site.read(CATALOG.format("fr")).splitlines().index(f'msgid "{SECOND}"') + 1
    assert f"{CATALOG.format('fr')}:{number}: error: not published ({FOUND})" in line
    assert "und]" in line


def test_check_names_the_translation_that_build_refused(tmp_path: Path) -> None:
    site = broken_site(tmp_path)
    said = site.run("build").err
    (found,) = errors(site)
    assert (found["check"], found["msgid"], found["page"]) == (FOUND, SECOND, "content/seite.de.md")
    assert f"{found['file']}:{found['line']}:" in said
    assert found["message"] in said


def test_status_counts_the_translation_as_broken(tmp_path: Path) -> None:
    figures = broken_site(tmp_path).run("status", "--format", "json")
    assert json.loads(figures.out)["locales"]["fr"]["total"]["messages"] == 3
    assert json.loads(figures.out)["locales"]["fr"]["total"]["broken"] == 1


def test_a_second_build_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    site = broken_site(tmp_path)
    first, before = site.run("build"), site.snapshot()
    second = site.run("build")
    assert (second.code, second.err) == (1, first.err)
    assert site.contents() == {path: data for path, (data, _) in before.items()}


def test_build_publishes_what_the_project_calls_no_error(tmp_path: Path) -> None:
    site = broken_site(tmp_path, '\n[checks]\npage-structure = "warning"\n')
    assert site.run("build").code == 0
    assert "et]: davantage" in site.read("content/seite.fr.md")
    assert errors(site) == []
    assert f'"{FOUND}"' in site.run("check", "--format", "json").out


def test_a_link_without_its_heading_is_not_published_where_that_is_an_error(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr", more='[locales.fr]\nminimum_coverage = 0.1\n[checks]\nanchors = "error"\n')
    site.write("content/seite.de.md", "# Ziel\n\nLies [die Sache](#ziel) nach.\n")
    site.ok("extract")
    site.translate({"Ziel": "But", "Lies [die Sache](#ziel) nach.": "Lis [la chose](#ziel) donc."})
    assert site.run("build").code == 1
    assert [found["check"] for found in errors(site)] == ["anchors"]
    text = site.read("content/seite.fr.md")
    assert ("But" in text) != ("Lis" in text)


PIECES = (
    *(
        "Wort",
        "[x",
        "a]: b",
        "]",
        "a]: /x",
        "$$",
        "$$ x",
        "x $$",
        "- x",
        "1. x",
        "# x",
        "| a",
        "a | b",
        "{{< a",
        ">}}",
    ),
    *("`", "<!--", "-->", "<b>", "x\n---", "'t'", '"t"', ": x", "mot", "et", "\\", "*", "---", "+++"),
)
BLOCKS = (
    *("{}\n{{.k}}\n{}\n", "{} [x\n{{.k}}\ny]: {} z\n", "{}\n\n", "a | b\n--|--\n{} | {}\n", "- {}\n- {}\n"),
    *(
        "[a]: /x\n{}\n",
        "[a]:\n{}\n",
        "{}\n: {}\n",
        "<p>\n{}\n</p>\n",
        "$$ {}\n{{.k}}\n{} $$ x\n",
        "{}\n---\n",
    ),
)
words = st.one_of(
    st.sampled_from(("mot", "texte")),
    st.sampled_from(PIECES),
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=2).map(" ".join),
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=3))
    numbers = iter(range(1, 100))
    return "\n".join(
        block.format(*(f"Wort {next(numbers)}" for _ in range(block.count("{}")))) for block in blocks
    )


@given(data=st.data(), source=sources(), fallback=st.sampled_from(["source", "omit"]))
@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
def test_what_check_calls_an_error_is_not_in_what_build_writes_and_the_reverse(
    data: st.DataObject, source: str, fallback: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.configure("fr", more=f'[locales.fr]\nminimum_coverage = 0.0\nfallback = "{fallback}"\n')
        site.write("content/seite.de.md", source)
        page = Page.parse(source)
        lines = ['msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n']
        for text in dict.fromkeys(segment.text for segment in page.segments):
            msgstr = data.draw(words)
            lines.append(f"msgid {json.dumps(text, ensure_ascii=False)}\nmsgstr {json.dumps(msgstr)}\n")
        site.write(CATALOG.format("fr"), "\n".join(lines))
        project = open_project_in(site.root)
        built, report = build(project), check(project, skip=["msgfmt"])
        refused = {(each.file, each.msgid) for each in built.fallbacks}
        assert refused == {(each.file, each.msgid) for each in report.findings if each.severity == "error"}
        catalog = read_catalog(site.root / CATALOG.format("fr"), name=CATALOG.format("fr"))
        assert catalog is not None
        (each,) = project.pages
        base = localize_page(project, Visit(each, page, project.config.locale("fr"), catalog, "fr.po")).base
        assert fallback == "omit" or base is page
        problems = SourceBody(base, PageSettings(), whole=page).find_problems(
            site.read("content/seite.fr.md")
        )
        assert FOUND not in {problem.check for problem in problems}
        event(f"of the whole page: {any(each.finding.check == FOUND for each in built.fallbacks)}")
