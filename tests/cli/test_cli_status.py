"""`status`: the table for people, and the JSON for programs in every key."""

import re
import shutil
import subprocess

import pytest
from cli_site import FRENCH, PAGE, Site

STATES = ("translated", "draft", "stale", "needs_review", "untranslated", "broken")


@pytest.fixture
def mixed(translated: Site) -> Site:
    """A site with one message in each state, on two pages."""
    extra = "".join(f"\nDieser Satz hat sechs Wörter: {word}.\n" for word in ("eins", "zwei", "drei", "vier"))
    translated.write("content/seite.de.md", PAGE + extra)
    translated.write("content/zweite.de.md", PAGE)
    translated.ok("extract")
    with translated.edited() as po:
        for state in ("draft", "stale", "needs_review", "broken"):
            entry = po.untranslated_entries()[0]
            entry.msgstr = "# Une phrase" if state == "broken" else "Une phrase."
            entry.flags = [] if state == "broken" else ["fuzzy"]
            entry.tcomment = "mt: google" if state == "draft" else ""
            entry.previous_msgid = "Alter Satz." if state == "stale" else None
        next(entry for entry in po if entry.msgid == "Zweiter Satz.").msgstr = ""
    return translated


def test_the_json_has_every_figure_of_every_language_and_page(mixed: Site) -> None:
    mixed.run("build")
    data = mixed.status()
    assert data.keys() == {"source_locale", "locales"}
    assert data["source_locale"] == "de"
    french = data["locales"]["fr"]
    assert french.keys() == {"total", "pages"}
    assert list(french["pages"]) == ["content/seite.de.md", "content/zweite.de.md"]
    assert french["total"] == {
        "messages": 8,
        "words": 30,
        "translated": 3,
        "draft": 1,
        "stale": 1,
        "needs_review": 1,
        "untranslated": 1,
        "broken": 1,
        "words_by_state": {
            "translated": 4,
            "draft": 6,
            "stale": 6,
            "needs_review": 6,
            "untranslated": 2,
            "broken": 6,
        },
        "coverage": 4 / 30,
        "published": 0,
        "outdated": 0,
    }
    assert french["pages"]["content/zweite.de.md"] == {
        "messages": 4,
        "words": 6,
        "translated": 3,
        "draft": 0,
        "stale": 0,
        "needs_review": 0,
        "untranslated": 1,
        "broken": 0,
        "words_by_state": {
            "translated": 4,
            "draft": 0,
            "stale": 0,
            "needs_review": 0,
            "untranslated": 2,
            "broken": 0,
        },
        "coverage": 4 / 6,
        "published": False,
        "outdated": False,
    }


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_the_figures_are_those_of_msgfmt(mixed: Site) -> None:
    catalog = mixed.root / "locales/fr/LC_MESSAGES/site.po"
    done = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", catalog],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    counted = {
        kind: int(number)
        for number, kind in re.findall(r"(\d+) (translated|fuzzy|untranslated)", done.stderr)
    }
    total = mixed.status()["locales"]["fr"]["total"]
    assert counted["translated"] == total["translated"] + total["broken"]
    assert counted["fuzzy"] == total["draft"] + total["stale"] + total["needs_review"]
    assert counted["untranslated"] == total["untranslated"]


def test_a_page_is_published_when_it_stands_and_outdated_when_the_build_would_change_it(built: Site) -> None:
    def page() -> tuple[bool, bool]:
        figures = built.status()["locales"]["fr"]["pages"]["content/seite.de.md"]
        return figures["published"], figures["outdated"]

    assert page() == (True, False)
    built.translate({"Erster Satz.": "Autre phrase."})
    assert page() == (True, True)
    built.remove("content/seite.fr.md")
    assert page() == (False, True)
    built.translate(dict.fromkeys(FRENCH, ""))
    assert page() == (False, False)


def test_a_persons_own_page_is_not_outdated_where_nothing_is_translated(site: Site) -> None:
    site.write("content/seite.fr.md", "Écrit à la main.\n")
    site.ok("extract")
    figures = site.status()["locales"]["fr"]["total"]
    assert (figures["published"], figures["outdated"]) == (1, 0)


def test_a_site_without_words_is_wholly_covered(empty_site: Site) -> None:
    empty_site.write("content/leer.de.md", "```\nnur Code\n```\n")
    total = empty_site.status()["locales"]["fr"]["total"]
    assert (total["messages"], total["words"], total["coverage"]) == (0, 0, 1.0)


def test_the_status_of_chosen_languages_and_pages_only(mixed: Site) -> None:
    mixed.configure("fr", "en")
    data = mixed.status("content/zweite.de.md", "--locale", "fr")
    assert list(data["locales"]) == ["fr"]
    assert list(data["locales"]["fr"]["pages"]) == ["content/zweite.de.md"]
    assert data["locales"]["fr"]["total"]["messages"] == 4


def test_the_table_has_a_row_for_each_language(mixed: Site) -> None:
    mixed.configure("fr", "pt_PT")
    out = mixed.ok("status").out
    assert "site: 2 pages, 30 words in German" in out
    (french,) = (line for line in out.splitlines() if "French" in line)
    (portuguese,) = (line for line in out.splitlines() if "Portuguese (Portugal)" in line)
    assert "4/30" in french
    assert "13 %" in french
    assert "0/2" in french
    assert "0/30" in portuguese


def test_the_table_names_pages_that_are_not_up_to_date(translated: Site) -> None:
    assert "1 localized page not up to date: run build" in translated.ok("status").out


def test_nearly_all_is_not_rounded_to_all(empty_site: Site) -> None:
    empty_site.write("content/a.de.md", "Wort " * 400 + "\n\nFehlt.\n")
    empty_site.ok("extract")
    empty_site.translate({"Wort " * 399 + "Wort": "mot"})
    out = empty_site.ok("status").out
    assert " 99 %" in out
    assert "100 %" not in out


def test_29_of_100_words_are_29_percent(empty_site: Site) -> None:
    empty_site.write("content/a.de.md", "Wort " * 71 + "\n\n" + "Text " * 29 + "\n")
    empty_site.ok("extract")
    empty_site.translate({("Text " * 29).strip(): "texte"})
    assert " 29 %" in empty_site.ok("status").out
    assert "only 29 % of its words" in empty_site.ok("build").out


def test_the_coverage_for_programs_is_not_rounded_to_all_either(empty_site: Site) -> None:
    empty_site.write("content/a.de.md", "Wort " * 40_000 + "\n\nFehlt.\n")
    empty_site.ok("extract")
    empty_site.translate({("Wort " * 40_000).strip(): "mot"})
    assert empty_site.status()["locales"]["fr"]["total"]["coverage"] == 40_000 / 40_001


def test_the_status_writes_no_file(built: Site) -> None:
    before = built.snapshot()
    built.ok("status")
    assert built.snapshot() == before


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_lacks_signs_gets_a_table_all_the_same(built: Site, encoding: str) -> None:
    built.ok("status", PYTHONIOENCODING=encoding)


def test_the_json_is_utf8_whatever_the_terminal_speaks(built: Site) -> None:
    built.write("content/Über.de.md", PAGE)
    run = built.ok("status", "--format", "json", PYTHONIOENCODING="ascii")
    assert '"content/Über.de.md"' in run.out


def test_every_state_of_the_design_is_a_key(built: Site) -> None:
    total = built.status()["locales"]["fr"]["total"]
    assert tuple(total["words_by_state"]) == STATES
    assert sum(total[state] for state in STATES) == total["messages"]
    assert sum(total["words_by_state"].values()) == total["words"]


def test_a_message_that_is_broken_on_one_page_is_broken_in_all_whichever_page_comes_first(
    translated: Site,
) -> None:
    translated.write(
        "content/andere.de.md", "Erster Satz.\n"
    )  # before the page with the heading of that text
    translated.write("content/seite.de.md", PAGE.replace("Erster Satz.", "# Erster Satz."))
    translated.ok("extract")
    translated.translate({"Erster Satz.": "1. Phrase"})
    french = translated.status()["locales"]["fr"]
    assert [page["broken"] for page in french["pages"].values()] == [1, 0]
    assert (french["total"]["broken"], french["total"]["translated"]) == (1, 3)
    assert french["total"]["coverage"] == pytest.approx(4 / 6, abs=1e-4)
