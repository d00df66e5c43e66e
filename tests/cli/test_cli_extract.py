"""`extract`: template and catalogs, what becomes of translations when pages change, and nothing written in vain."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Site

RICH = """\
---
title: "Ein \\"Titel\\""
description: 'Über uns: C:\\neu'
---

# Überschrift mit `Code` und **fett**

Ein Absatz, der sehr lang ist und über mehrere Zeilen geht, damit jedes Programm, das
Zeilen bricht, ihn anders bräche: mit [Verweis](https://example.org/?a=1&b=2 "Titel") und ![Bild](a.png).

Harter Umbruch\\
zweite Zeile

> Zitat mit „Anführung“

| Kopf | Wert |
| ---- | ---- |
| a \\| b | 1 |

- [ ] Aufgabe

<!-- i18n:comment: ein Wortspiel -->
Mai

Fußnote[^1].

[^1]: Der Text der Fußnote.

<p title="Hinweis">HTML &amp; Text</p>

{{< figure src="a.png" caption="Ein Bild" >}}
"""

NEEDS_GETTEXT = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")


def test_the_template_and_a_catalog_for_each_language_are_written(site: Site) -> None:
    site.configure("fr", "pt_PT")
    run = site.ok("extract")
    assert run.out.splitlines() == [
        "wrote locales/site.pot",
        "wrote locales/fr/LC_MESSAGES/site.po",
        "wrote locales/pt_PT/LC_MESSAGES/site.po",
        "extract: 1 page, 4 messages, 6 words",
    ]
    assert [entry.msgid for entry in site.catalog("locales/site.pot")] == list(FRENCH)


def test_only_the_words_of_a_page_become_messages(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", RICH)
    empty_site.ok("extract")
    msgids = {entry.msgid for entry in empty_site.catalog()}
    assert {'Ein "Titel"', "Über uns: C:\\neu", "Zitat mit „Anführung“", "Aufgabe", "Ein Bild"} <= msgids
    assert {"Harter Umbruch\nzweite Zeile", "Der Text der Fußnote.", "Hinweis"} <= msgids
    assert not any("i18n:" in msgid or "figure" in msgid for msgid in msgids)


def test_the_authors_words_to_the_translator_reach_the_catalog(empty_site: Site) -> None:
    page = "<!-- i18n:comment: ein Wortspiel -->\nMai\n\n<!-- i18n:context: menü -->\nJuni\n"
    empty_site.write("content/seite.de.md", page)
    empty_site.ok("extract")
    assert empty_site.entry("Mai").comment == "ein Wortspiel"
    assert empty_site.entry("Juni").msgctxt == "menü"


def test_several_directives_hold_for_one_block(empty_site: Site) -> None:
    page = "<!-- i18n:comment: ein Wortspiel -->\n<!-- i18n:context: menü -->\nMai\n"
    empty_site.write("content/seite.de.md", page)
    empty_site.ok("extract")
    entry = empty_site.entry("Mai")
    assert (entry.msgctxt, entry.comment) == ("menü", "ein Wortspiel")


@NEEDS_GETTEXT
def test_msgcat_leaves_every_catalog_as_it_is(empty_site: Site) -> None:
    empty_site.configure("fr", "pt_PT", "ar", "zh_Hans")
    empty_site.write("content/seite.de.md", RICH)
    for number in range(12):
        empty_site.write(f"content/ordner/eine-seite-mit-langem-namen-{number}.de.md", PAGE)
    empty_site.ok("extract")
    empty_site.translate({"Mai": "Mai", "Harter Umbruch\nzweite Zeile": "Saut\ndeuxième"} | FRENCH)
    empty_site.write(
        "content/seite.de.md", RICH.replace("zweite Zeile", "dritte Zeile").replace("Mai", "Juni")
    )
    empty_site.ok("extract")
    for file in sorted(empty_site.root.rglob("*.po*")):
        again = subprocess.run(
            ["msgcat", "--no-wrap", file], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
        )
        assert again.stdout == file.read_bytes(), file


@NEEDS_GETTEXT
def test_msgfmt_accepts_every_catalog(empty_site: Site) -> None:
    empty_site.configure("fr", "pt_PT", "ar", "zh_Hans")
    empty_site.write("content/seite.de.md", RICH)
    empty_site.ok("extract")
    for file in sorted(empty_site.root.rglob("*.po")):
        done = subprocess.run(
            ["msgfmt", "--check", "-o", "/dev/null", file], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["extract", "build", "sync"])
def test_a_second_run_touches_no_file(built: Site, command: str) -> None:
    before = built.snapshot()
    built.ok(command, SOURCE_DATE_EPOCH="2000000000")
    assert built.snapshot() == before


@pytest.mark.parametrize("command", ["extract", "build", "sync"])
def test_a_check_writes_nothing_and_fails_if_there_is_work(translated: Site, command: str) -> None:
    site = translated
    if command != "build":
        site.write("content/zweite.de.md", "Neu.\n")
    before = site.snapshot()
    run = site.run(command, "--check")
    assert (run.code, run.err) == (1, "")
    assert "would" in run.out
    assert site.snapshot() == before


@pytest.mark.parametrize("command", ["extract", "build", "sync"])
def test_a_check_succeeds_if_all_is_up_to_date(built: Site, command: str) -> None:
    before = built.snapshot()
    assert "would" not in built.ok(command, "--check").out
    assert built.snapshot() == before


def test_a_page_wrapped_anew_makes_nothing_stale(site: Site) -> None:
    site.write("content/seite.de.md", "Ein Satz in\nzwei Zeilen.\n")
    site.ok("extract")
    before = site.contents()
    site.write("content/seite.de.md", "Ein Satz\nin zwei\nZeilen.\n")
    site.ok("extract", "--check")
    assert site.contents().keys() == before.keys()


def test_a_changed_text_keeps_its_old_translation_beside_its_old_source(site: Site) -> None:
    old, new = (f"Die Versammlung beginnt am {day} um acht Uhr im Rathaus." for day in ("Montag", "Dienstag"))
    site.write("content/seite.de.md", f"{old}\n")
    site.ok("extract")
    site.translate({old: "La réunion commence lundi."})
    site.write("content/seite.de.md", f"{new}\n")
    site.ok("extract")
    entry = site.entry(new)
    assert (entry.msgstr, entry.previous_msgid, entry.flags) == ("La réunion commence lundi.", old, ["fuzzy"])


def test_the_texts_of_a_removed_page_become_obsolete_and_come_back_with_it(site: Site) -> None:
    site.write("content/zweite.de.md", "Nur hier.\n")
    site.ok("extract")
    site.translate({"Nur hier.": "Seulement ici."})
    site.remove("content/zweite.de.md")
    site.ok("extract")
    assert site.entry("Nur hier.").obsolete
    site.write("content/dritte.de.md", "Nur hier.\n")
    site.ok("extract")
    entry = site.entry("Nur hier.")
    assert (entry.obsolete, entry.fuzzy, entry.msgstr) == (False, False, "Seulement ici.")


def test_a_renamed_page_keeps_its_translations(built: Site) -> None:
    site = built
    page = site.read("content/seite.fr.md")
    (site.root / "content/seite.de.md").rename(site.root / "content/neu.de.md")
    site.ok("sync")
    assert site.read("content/neu.fr.md") == page
    assert not site.exists("content/seite.fr.md")


def test_a_site_without_pages_is_told_so(empty_site: Site) -> None:
    run = empty_site.run("extract")
    assert run.code == 0
    assert "no page fits source 'content/{path}.de.md'" in run.err


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("file", [("content/seite.de.md", "")]),
        ("line", [("content/seite.de.md", "7")]),
        ("none", []),
    ],
)
def test_references_name_the_file_the_line_or_nothing(
    site: Site, setting: str, expected: list[tuple[str, str]]
) -> None:
    site.configure("fr", more=f'[catalogs]\nreferences = "{setting}"\n')
    site.ok("extract")
    assert site.entry("Erster Satz.").occurrences == expected


def test_dates_follow_the_source_date_epoch(site: Site) -> None:
    site.ok("extract", SOURCE_DATE_EPOCH="1700000000")
    metadata = site.catalog().metadata
    assert metadata["POT-Creation-Date"] == "2023-11-14 22:13+0000"
    assert metadata["PO-Revision-Date"] == "2023-11-14 22:13+0000"


def test_the_creation_date_changes_only_with_the_set_of_messages(site: Site) -> None:
    site.ok("extract", SOURCE_DATE_EPOCH="1700000000")
    site.write("content/seite.de.md", PAGE.replace("Erster Satz.\n", "\n\nErster Satz.\n"))
    site.ok("extract", SOURCE_DATE_EPOCH="1800000000")
    assert site.catalog().metadata["POT-Creation-Date"].startswith("2023")
    site.write("content/seite.de.md", PAGE + "\nDritter Satz.\n")
    site.ok("extract", SOURCE_DATE_EPOCH="1800000000")
    metadata = site.catalog().metadata
    assert (metadata["POT-Creation-Date"][:4], metadata["PO-Revision-Date"][:4]) == ("2027", "2023")


def test_what_a_translators_editor_wrote_stays(site: Site) -> None:
    site.ok("extract")
    with site.edited() as po:
        po.metadata["X-Generator"] = "Poedit 3.4"
        po.metadata["Last-Translator"] = "Ada <ada@example.org>"
        next(entry for entry in po if entry.msgid == "Erster Satz.").tcomment = "geprüft"
    site.write("content/seite.de.md", PAGE + "\nDritter Satz.\n")
    site.ok("extract")
    metadata = site.catalog().metadata
    assert (metadata["X-Generator"], metadata["Last-Translator"]) == ("Poedit 3.4", "Ada <ada@example.org>")
    assert site.entry("Erster Satz.").tcomment == "geprüft"


def test_the_header_names_languages_and_the_address_for_questions(site: Site) -> None:
    site.configure("pt_PT")
    config = site.read("netzwerk-i18n.toml")
    site.write(
        "netzwerk-i18n.toml", config.replace("[pages]", 'report_bugs_to = "i18n@example.org"\n[pages]')
    )
    site.ok("extract")
    metadata = site.catalog(CATALOG.format("pt_PT")).metadata
    assert metadata["Language"] == "pt_PT"
    assert metadata["X-Source-Language"] == "de"
    assert metadata["Report-Msgid-Bugs-To"] == "i18n@example.org"
    assert metadata["Plural-Forms"].startswith("nplurals=2;")


def test_paths_with_blanks_and_umlauts_work(empty_site: Site) -> None:
    empty_site.write("content/Über uns/Wer wir sind.de.md", PAGE)
    empty_site.ok("extract")
    empty_site.translate(FRENCH)
    empty_site.ok("build", "content/Über uns/Wer wir sind.de.md")
    assert "Première phrase." in empty_site.read("content/Über uns/Wer wir sind.fr.md")
    empty_site.ok("sync", "--check")
    assert list(empty_site.status()["locales"]["fr"]["pages"]) == ["content/Über uns/Wer wir sind.de.md"]


def test_a_text_no_catalog_can_carry_is_named_and_left_alone(site: Site) -> None:
    site.write("content/seite.de.md", "Vorher.\n\nEin\x04Zeichen.\n")
    run = site.run("extract")
    assert run.code == 0
    assert run.err.startswith("content/seite.de.md:3: warning: ")
    assert [entry.msgid for entry in site.catalog()] == ["Vorher."]


@pytest.mark.parametrize("broken", ["title: [offen", "\ttitle: Hallo"])
def test_broken_front_matter_is_named_and_the_rest_of_the_page_extracted(site: Site, broken: str) -> None:
    site.write("content/seite.de.md", f"---\n{broken}\n---\n\nText.\n")
    run = site.run("extract")
    assert run.code == 0
    assert re.match(r"content/seite\.de\.md:[23]: warning: ", run.err)
    assert "Text." in [entry.msgid for entry in site.catalog()]


@pytest.mark.parametrize("catalog", ["locales/{locale}/LC_MESSAGES/{domain}.po", "po/{path}.{lang}.po"])
def test_a_locale_that_is_called_otherwise_is_not_begun_anew_without_a_word(
    empty_site: Site, catalog: str
) -> None:
    empty_site.write("content/seite.de.md", PAGE)
    settings = (
        f'\n[catalogs]\ncatalog = "{catalog}"\ntemplate = "po/{"{path}" if "path" in catalog else "x"}.pot"\n'
    )

    def path(locale: str) -> str:
        return catalog.format(locale=locale, lang=locale.lower(), domain="site", path="seite")

    empty_site.configure("pt", "fr", more=settings)
    assert empty_site.ok("extract").err == ""
    empty_site.configure("pt_BR", "fr", more=settings + '[locales.pt_BR]\nlang = "pt_br"\n')
    for arguments in (("--check",), ()):
        (line,) = empty_site.run("extract", *arguments).err.splitlines()
        assert line.startswith(
            f"{path('pt_BR')}: warning: this catalog is new and empty, and {path('pt')} is "
        )
    assert empty_site.ok("extract").err == ""
    empty_site.configure("pt_BR", "pt_PT", more=settings + '[locales.pt_BR]\nlang = "pt_br"\n')
    empty_site.remove(path("pt"))
    assert empty_site.ok("extract").err == ""


def test_a_new_locale_that_is_no_language_is_doubted_once(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", PAGE)
    empty_site.configure("cz", "en_UK", "gsw", "qq", "fr")
    for arguments in (("--check",), ()):
        assert empty_site.run("extract", *arguments).err.splitlines() == [
            "netzwerk-i18n.toml: warning: locale 'cz': CLDR knows no language 'cz'; did you mean 'cs'?",
            "netzwerk-i18n.toml: warning: locale 'en_UK': CLDR knows no region 'UK'; did you mean 'en_GB'?",
            "netzwerk-i18n.toml: warning: locale 'qq': CLDR knows no language 'qq'",
        ]
    assert empty_site.ok("extract").err == ""  # who has the catalog means it


PER_PAGE = """
[catalogs]
template = "po/{path}.pot"
catalog = "po/{path}.{locale}.po"
"""


@pytest.fixture
def per_page(empty_site: Site) -> Site:
    """A site with a catalog for each page."""
    empty_site.configure("fr", more=PER_PAGE)
    empty_site.write("content/a.de.md", "Alpha ist hier.\n\nWandert bald.\n")
    empty_site.write("content/b/c.de.md", "Beta ist hier.\n")
    empty_site.ok("extract")
    return empty_site


def test_each_page_has_its_catalog_where_the_pattern_says_so(per_page: Site) -> None:
    files = sorted(
        path.relative_to(per_page.root / "po").as_posix() for path in per_page.root.glob("po/**/*.po*")
    )
    assert files == ["a.fr.po", "a.pot", "b/c.fr.po", "b/c.pot"]


def test_a_text_moved_to_another_page_keeps_its_translation_in_that_pages_catalog(per_page: Site) -> None:
    per_page.translate({"Wandert bald.": "Bientôt ailleurs."}, "po/a.fr.po")
    per_page.write("content/a.de.md", "Alpha ist hier.\n")
    per_page.write("content/b/c.de.md", "Beta ist hier.\n\nWandert bald.\n")
    per_page.ok("extract")
    entry = per_page.entry("Wandert bald.", "po/b/c.fr.po")
    assert (entry.msgstr, entry.fuzzy) == ("Bientôt ailleurs.", False)
    assert per_page.entry("Wandert bald.", "po/a.fr.po").obsolete


def test_the_catalog_of_a_removed_page_keeps_its_translations_as_obsolete(per_page: Site) -> None:
    per_page.translate({"Beta ist hier.": "Bêta est ici."}, "po/b/c.fr.po")
    per_page.remove("content/b/c.de.md")
    per_page.ok("extract")
    entry = per_page.entry("Beta ist hier.", "po/b/c.fr.po")
    assert (entry.obsolete, entry.msgstr) == (True, "Bêta est ici.")
    assert not per_page.exists("po/b/c.pot")
    per_page.ok("extract", "--check")


def test_the_catalog_of_a_removed_page_goes_where_nobody_translated_it(per_page: Site) -> None:
    per_page.remove("content/b/c.de.md")
    per_page.ok("extract")
    assert not per_page.exists("po/b/c.fr.po")
    per_page.ok("extract", "--check")


def test_the_one_catalog_of_all_pages_fills_those_of_each_where_it_lies_among_them(empty_site: Site) -> None:
    empty_site.configure("fr")
    empty_site.write("content/a.de.md", "Alpha ist hier.\n")
    empty_site.write("content/b/c.de.md", "Beta ist hier.\n")
    empty_site.ok("extract")
    with empty_site.edited() as po:
        for entry in po:
            entry.msgstr, entry.tcomment = entry.msgid.upper(), "geprüft"
            entry.flags += ["fuzzy"] if "Beta" in entry.msgid else []
    empty_site.configure("fr", more=PER_PAGE)
    empty_site.write("po/memory.fr.po", empty_site.read(CATALOG.format("fr")))
    empty_site.ok("extract")
    for msgid, path, fuzzy in (("Alpha ist hier.", "a", False), ("Beta ist hier.", "b/c", True)):
        entry = empty_site.entry(msgid, f"po/{path}.fr.po")
        assert (entry.msgstr, entry.tcomment, entry.fuzzy) == (msgid.upper(), "geprüft", fuzzy)


def test_a_renamed_page_keeps_its_translations_whatever_a_platform_calls_the_project(per_page: Site) -> None:
    with per_page.edited("po/b/c.fr.po") as po:
        po.metadata["Project-Id-Version"] = "acme-website"
        po[0].msgstr = "Bêta est ici."
    per_page.remove("content/b/c.de.md")
    per_page.ok("extract")
    per_page.write("content/d.de.md", "Beta ist hier.\n")
    per_page.ok("extract")
    entry = per_page.entry("Beta ist hier.", "po/d.fr.po")
    assert (entry.msgstr, entry.fuzzy) == ("Bêta est ici.", False)


@pytest.mark.parametrize(
    ("pattern", "catalog"),
    [("po/{path}-{lang}.po", "po/{}-pt-pt.po"), ("po/{locale}_{path}.po", "po/pt_PT_{}.po")],
)
def test_a_language_whose_code_holds_that_of_another_keeps_its_catalogs(
    empty_site: Site, pattern: str, catalog: str
) -> None:
    more = f'[catalogs]\ntemplate = "po/{{path}}.pot"\ncatalog = "{pattern}"\n'
    empty_site.configure("pt", "pt_PT", more=more)
    for name in ("a", "b", "c"):
        empty_site.write(f"content/{name}.de.md", f"Hier ist {name}.\n")
    empty_site.ok("extract")
    empty_site.ok("extract", "--check")
    for name in ("a", "b", "c"):
        with empty_site.edited(catalog.format(name)) as po:
            po[0].msgstr = f"Aqui está {name}."
            po.metadata["Language"] = "por" if name == "c" else "pt_PT"  # as an editor may write it
    empty_site.remove("content/b.de.md")
    empty_site.remove("content/c.de.md")
    empty_site.ok("extract")
    for name, obsolete in (("a", False), ("b", True), ("c", True)):
        entry = empty_site.entry(f"Hier ist {name}.", catalog.format(name))
        assert (entry.msgstr, entry.obsolete) == (f"Aqui está {name}.", obsolete)
    empty_site.ok("extract", "--check")


def test_the_catalogs_of_a_language_that_was_removed_are_not_those_of_one_whose_code_is_a_part_of_it(
    empty_site: Site,
) -> None:
    more = '[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}-{lang}.po"\n'
    empty_site.configure("pt", "pt_PT", more=more)
    empty_site.write("content/a.de.md", "Alpha ist hier.\n")
    empty_site.ok("extract")
    empty_site.translate({"Alpha ist hier.": "Alfa está aqui."}, "po/a-pt-pt.po")
    before = empty_site.read("po/a-pt-pt.po")
    empty_site.configure("pt", more=more)
    empty_site.write("content/b.de.md", "Alpha ist hier.\n")
    empty_site.ok("extract")
    assert empty_site.read("po/a-pt-pt.po") == before
    assert empty_site.entry("Alpha ist hier.", "po/b-pt.po").msgstr == ""


@pytest.mark.parametrize("name", ["theme.pot", "theme.fr.po"])
def test_a_catalog_of_another_tool_is_left_alone(per_page: Site, name: str) -> None:
    foreign = (
        'msgid ""\nmsgstr "Project-Id-Version: theme 1.2\\n"\n\n#: theme.c\nmsgid "Read more"\nmsgstr ""\n'
    )
    per_page.write(f"po/{name}", foreign)
    per_page.ok("extract")
    assert per_page.read(f"po/{name}") == foreign


def test_pages_have_the_translations_of_their_own_catalogs(per_page: Site) -> None:
    per_page.translate({"Beta ist hier.": "Bêta est ici."}, "po/b/c.fr.po")
    per_page.ok("sync")
    assert per_page.read("content/b/c.fr.md") == "Bêta est ici.\n"
    assert not per_page.exists("content/a.fr.md")


def test_an_incomplete_write_of_a_killed_run_is_cleared_away(site: Site) -> None:
    leftover = Path("locales/.site.pot.4711-0123abcd.tmp")
    site.write(leftover.as_posix(), "half")
    site.ok("extract")
    assert not (site.root / leftover).exists()


def test_an_unresolved_conflict_in_a_page_is_told_with_its_line(site: Site) -> None:
    site.write("content/seite.de.md", f"{PAGE}\n<<<<<<< HEAD\nEins\n=======\nZwei\n>>>>>>> andere\n")
    line = len(PAGE.splitlines()) + 2
    assert site.run("extract").err == (
        f"content/seite.de.md:{line}: warning: a mark of an unresolved merge conflict; "
        "resolve the conflict, then run again\n"
    )


def test_a_conflict_that_a_page_shows_as_code_is_none(site: Site) -> None:
    conflict = "<<<<<<< HEAD\nEins\n=======\nZwei\n>>>>>>> andere\n"
    site.write("content/seite.de.md", f"{PAGE}\n```\n{conflict}```\n")
    site.ok("extract")


def test_a_sync_that_only_looks_plans_with_the_catalogs_that_it_would_write(site: Site) -> None:
    site.ok("sync")
    site.translate(FRENCH)
    site.ok("sync")
    site.write(
        "content/seite.de.md", site.read("content/seite.de.md").replace("Erster Satz", "*Erster* Satz")
    )
    before = site.snapshot()
    run = site.run("sync", "--check")
    assert (run.code, run.err) == (1, "")
    assert "would remove" not in run.out
    assert "not published" not in run.out
    assert "100 %" in run.out
    assert site.snapshot() == before


def test_a_note_with_characters_that_no_catalog_can_carry_loses_them(empty_site: Site) -> None:
    empty_site.configure()
    empty_site.write(
        "content/a.de.md",
        "<!-- i18n:comment: a\x00b -->\nHallo\n\n<!-- i18n:context: c\x04d -->\nWelt\n\n<!-- i18n:comment: e\x04f -->\nUnd\n",
    )
    empty_site.ok("extract")
    assert empty_site.entry("Welt").msgctxt == "cd"
    assert empty_site.entry("Und").comment == "ef"
    empty_site.ok("extract", "--check")
