"""`fallback = "omit"`: what is left out with a text, what stands because other blocks depend on it, and who is told."""

from pathlib import Path

import pytest
from cli_site import CATALOG, Site
from test_cli_whole_page import FIRST, SECOND, errors
from test_cli_whole_page import SOURCE as BROKEN_TOGETHER

OMIT = '[locales.fr]\nfallback = "omit"\nminimum_coverage = 0\n'
PAGE_CATALOGS = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'

STANDS = {
    "rule": "Alt\n\n---\n\nText\n",
    "plus": "Alt\n\n+++\n\nText\n\n+++\n\nDrei\n",
    "brace": 'Alt\n\n{ "a": 1 }\n\nx\n',
    "begins": "Alt\n\n- a\n",
    "underline": "Text vor\n# Alt\n---\nEnde\n",
    "between": "Text vor\n# Alt\nEnde da\n",
    "definition-below": "Text vor\n# Alt\n: Punkt\n",
    "item": "Text vor\n- Alt\n\n    eingerückt\n",
    "item-text": "* Alt\n\n  Zweiter Absatz\n\n* c\n",
    "footnote": "Satz[^1] hier.\n\n[^1]: Alt\n",
    "term": "Alt\n: Definition\n",
    "definition": "Term\n: Alt\n",
    "code": "- a\n\nAlt\n\n    code\n",
    "lists": "Text\n\n- a\n\nAlt\n\n- b\n",
}
"""Pages that other blocks would stand on without their text *Alt*."""

GOES = {
    "paragraph": ("Text\n\nAlt\n\nEnde\n", "Text!\n\nEnde!\n"),
    "attributes": ("Alt\n{.klasse}\n\nText\n", "Text!\n"),
    "reference": ("Alt\n\nText\n\n[^1]: Fußnote\n", "Text!\n\n[^1]: Fußnote!\n"),
    "list": ("Text\n\n- Alt\n- Alt\n\nEnde\n", "Text!\n\nEnde!\n"),
    "items": ("- a\n- Alt\n  - Alt\n- c\n", "- a!\n- c!\n"),
    "entry": ("Alt\n: Alt\n\nTerm\n: Definition\n", "Term!\n: Definition!\n"),
    "quote": ("> [!NOTE]\n> Alt\n\nText\n", "Text!\n"),
    "cell": ("| Alt | b |\n| --- | --- |\n| c | d |\n", "|  | b! |\n| --- | --- |\n| c! | d! |\n"),
    "both": ("Alt\n\n- a\n\nAlt\n\n- b\n\nAlt\n", "Alt\n\n- a!\n\nAlt\n\n- b!\n\n"),
    "matter": ("---\ntitle: Alt\n---\n\nAlt\n\n---\n\nText\n", "---\ntitle: Alt\n---\n\n---\n\nText!\n"),
}
"""Pages, and what is left without the text *Alt*; translations end in !."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site in which all is translated but the texts *Alt*, built."""
    site = Site(tmp_path_factory.mktemp("omit"))
    site.configure("fr", more=PAGE_CATALOGS + OMIT)
    pages = STANDS | {name: page for name, (page, _) in GOES.items()}
    for name, page in pages.items():
        site.write(f"content/{name}.de.md", page)
    site.ok("extract")
    for name in pages:
        with site.edited(f"locales/fr/{name}.po") as catalog:
            for entry in catalog:
                entry.msgstr = "" if entry.msgid == "Alt" else f"{entry.msgid}!"
    site.ok("build")
    return site


@pytest.mark.parametrize("name", STANDS)
def test_the_source_text_stands_where_other_blocks_depend_on_it(site: Site, name: str) -> None:
    page = site.read(f"content/{name}.fr.md")
    assert page.replace("!", "") == STANDS[name]
    assert "!" in page


@pytest.mark.parametrize("name", GOES)
def test_a_text_is_left_out_with_all_that_holds_nothing_else(site: Site, name: str) -> None:
    assert site.read(f"content/{name}.fr.md") == GOES[name][1]


def test_nothing_is_wrong_with_these_pages_and_a_second_build_writes_none(site: Site) -> None:
    assert errors(site) == []
    before = site.snapshot()
    site.ok("build")
    assert site.snapshot() == before


def translated(tmp_path: Path, page: str, translations: dict[str, str], more: str = "") -> Site:
    site = Site(tmp_path)
    site.configure("fr", more=OMIT + more)
    site.write("content/seite.de.md", page)
    site.ok("extract")
    site.translate(translations)
    return site


def test_of_two_translations_that_break_the_page_together_one_is_left_out_and_named(tmp_path: Path) -> None:
    page = f"Alt\n\n{BROKEN_TOGETHER}"
    site = translated(
        tmp_path, page, {FIRST: "[mot", SECOND: "et]: davantage", "Zweiter Absatz.": "Deuxième alinéa."}
    )
    run = site.run("build")
    assert run.code == 1
    assert "not published (page-structure)" in run.err
    assert "davantage" not in site.read("content/seite.fr.md")
    assert "Deuxième alinéa." in site.read("content/seite.fr.md")
    assert "Alt" not in site.read("content/seite.fr.md")
    assert [found["msgid"] for found in errors(site)] == [SECOND]


def test_a_translation_that_would_begin_the_page_like_front_matter_is_named(tmp_path: Path) -> None:
    site = translated(tmp_path, "Alt\n\nEine Stimme\n\nEnde\n", {"Eine Stimme": "+1 voix", "Ende": "Fin"})
    run = site.run("build")
    assert run.code == 1
    assert "begins front matter" in run.err
    assert site.read("content/seite.fr.md") == "Fin\n"
    site.translate({"Alt": "Vieux"})
    site.ok("build")
    assert site.read("content/seite.fr.md") == "Vieux\n\n+1 voix\n\nFin\n"


def test_a_heading_stands_that_a_link_leads_to_where_that_is_an_error(tmp_path: Path) -> None:
    page = "Erst\n\n# Ziel\n\nAlt\n\n[Los](#ziel)\n"
    translations = {"Erst": "D’abord", "[Los](#ziel)": "[Va](#ziel)"}
    site = translated(tmp_path, page, translations)
    site.ok("build")
    assert site.read("content/seite.fr.md") == "D’abord\n\n[Va](#ziel)\n"
    assert '"anchors"' in site.run("check", "--format", "json").out
    site.configure("fr", more=f'{OMIT}[checks]\nanchors = "error"\n')
    site.ok("build")
    assert site.read("content/seite.fr.md") == "D’abord\n\n# Ziel\n\n[Va](#ziel)\n"
    assert site.entry("Ziel", CATALOG.format("fr")).msgstr == ""
