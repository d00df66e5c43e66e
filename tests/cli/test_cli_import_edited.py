"""`import --edited`: what a person changed on a generated page lands in the catalog, and not in the bin."""

import json
from typing import Any

import pytest
from cli_site import CATALOG, Site

PAGE = "content/seite.fr.md"
EDITED = """\
---
title: Titre
---

# En-tête

Première phrase, corrigée.

Deuxième phrase.
"""


def edit(site: Site, old: str, new: str) -> str:
    text = site.read(PAGE)
    assert old in text
    site.write(PAGE, text.replace(old, new, 1))
    return site.read(PAGE)


def notes(site: Site) -> list[dict[str, Any]]:
    run = site.run("import", "--edited", "--format", "json")
    assert run.code == 0, run
    return [note for page in json.loads(run.out)["pages"] for note in page["notes"]]


def test_an_edit_lands_in_the_catalog_and_build_gives_the_edited_page(built: Site) -> None:
    edited = edit(built, "Première phrase.", "Première phrase, corrigée.")
    run = built.ok("import", "--edited")
    assert "content/seite.fr.md: 1 translation changed" in run.out
    assert "build gives 1 of the pages as they are edited" in run.out
    entry = built.entry("Erster Satz.")
    assert (entry.msgstr, entry.fuzzy) == ("Première phrase, corrigée.", False)
    assert entry.tcomment == 'previously: "Première phrase."'
    assert built.read(PAGE) == edited == EDITED
    assert "0 pages written, 1 up to date" in built.ok("build").out
    assert built.read(PAGE) == edited


def test_afterwards_the_page_is_a_generated_one_again(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    built.ok("import", "--edited")
    built.ok("build")
    built.translate({"Erster Satz.": "Phrase initiale."})
    built.ok("build")
    assert "Phrase initiale." in built.read(PAGE)


def test_a_second_run_changes_nothing(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    built.ok("import", "--edited")
    before = built.snapshot()
    built.ok("import", "--edited")
    assert built.snapshot() == before


def test_check_writes_nothing(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    before = built.snapshot()
    assert built.run("import", "--edited", "--check").code == 1
    assert built.snapshot() == before


def test_edits_of_front_matter_and_headings_are_read_back_too(built: Site) -> None:
    edit(built, "title: Titre", "title: Un titre")
    edit(built, "# En-tête", "# Chapitre")
    built.ok("import", "--edited")
    assert built.entry("Titel").msgstr == "Un titre"
    assert built.entry("Überschrift").msgstr == "Chapitre"


def test_pages_that_nobody_edited_and_pages_by_hand_are_left_out(built: Site) -> None:
    built.write("content/andere.de.md", "Ein Absatz.\n")
    built.write("content/andere.fr.md", "Un paragraphe.\n")
    built.ok("extract")
    assert built.ok("import", "--edited").out.startswith("import: 0 edited pages")
    assert built.entry("Ein Absatz.").msgstr == ""


def test_a_new_paragraph_is_reported_with_its_line_and_the_rest_is_read(built: Site) -> None:
    edit(built, "Deuxième phrase.", "Un ajout de Lyon.\n\nDeuxième phrase, revue.")
    (note,) = notes(built)
    assert (note["kind"], note["line"], note["text"]) == ("outside", 9, "Un ajout de Lyon.")
    assert built.entry("Zweiter Satz.").msgstr == "Deuxième phrase, revue."
    assert built.run("build").code == 1
    assert "Un ajout de Lyon." in built.read(PAGE)


def test_a_removed_paragraph_is_reported_and_its_translation_stays(built: Site) -> None:
    edit(built, "Première phrase.\n\n", "")
    (note,) = notes(built)
    assert (note["kind"], note["line"], note["text"]) == ("outside", 7, "Première phrase.")
    assert built.entry("Erster Satz.").msgstr == "Première phrase."


def test_an_edit_outside_of_any_text_is_reported(built: Site) -> None:
    edit(built, "title: Titre\n", "title: Titre\ndraft: true\n")
    (note,) = notes(built)
    assert (note["kind"], note["line"], note["text"]) == ("outside", 3, "draft: true")


def test_an_edit_that_build_would_refuse_is_reported_and_not_taken(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase : <https://exemple.fr>")
    (note,) = notes(built)
    assert (note["kind"], note["line"]) == ("refused", 7)
    assert note["reason"].startswith("links: ")
    assert built.entry("Erster Satz.").msgstr == "Première phrase."


@pytest.mark.parametrize("both", [True, False])
def test_a_text_that_stands_twice_must_be_edited_in_both_places(built: Site, both: bool) -> None:  # noqa: FBT001
    built.write("content/seite.de.md", built.read("content/seite.de.md") + "\nErster Satz.\n")
    built.ok("sync")
    edit(built, "Première phrase.", "Phrase initiale.")
    if both:
        edit(built, "Première phrase.", "Phrase initiale.")
    found = notes(built)
    assert [note["kind"] for note in found] == ([] if both else ["refused"])
    assert built.entry("Erster Satz.").msgstr == ("Phrase initiale." if both else "Première phrase.")


def test_of_two_edits_of_one_message_on_two_pages_the_first_is_taken_and_the_other_reported(
    built: Site,
) -> None:
    built.write("content/zweite.de.md", built.read("content/seite.de.md"))
    built.ok("sync")
    edit(built, "Première phrase.", "Phrase initiale.")
    built.write("content/zweite.fr.md", built.read("content/zweite.fr.md").replace("Première", "Prime"))
    (note,) = notes(built)
    assert (note["kind"], note["file"], note["text"]) == ("differs", "content/zweite.fr.md", "Prime phrase.")
    assert built.entry("Erster Satz.").msgstr == "Phrase initiale."


def test_a_draft_that_a_person_edited_on_the_page_is_no_draft_any_more(built: Site) -> None:
    built.configure("fr", more='[locales.fr]\npublish = "drafts"\n')
    with built.edited() as po:
        entry = next(entry for entry in po if entry.msgid == "Erster Satz.")
        entry.flags.append("fuzzy")
        entry.tcomment = "mt: google"
    built.ok("build")
    edit(built, "Première phrase.", "Phrase initiale.")
    built.ok("import", "--edited")
    entry = built.entry("Erster Satz.", CATALOG.format("fr"))
    assert (entry.msgstr, entry.fuzzy) == ("Phrase initiale.", False)
    assert entry.tcomment == 'previously: "Première phrase."'


def test_a_source_text_that_was_translated_on_the_page_itself_comes_in(built: Site) -> None:
    built.configure("fr", more="[locales.fr]\nminimum_coverage = 0\n")
    built.translate({"Zweiter Satz.": ""})
    built.ok("build")
    edit(built, "Zweiter Satz.", "Seconde phrase.")
    built.ok("import", "--edited")
    assert (built.entry("Zweiter Satz.").msgstr, built.entry("Zweiter Satz.").tcomment) == (
        "Seconde phrase.",
        "",
    )


def test_a_part_of_a_divided_text_that_was_translated_on_the_page_loses_the_note_of_it(built: Site) -> None:
    built.configure("fr", more=WHOLE)
    whole = "Wir gehen morgen alle nach Berlin. Dort treffen wir viele andere Leute."
    built.write("content/seite.de.md", f"{whole}\n")
    built.ok("extract")
    built.translate({whole: "Demain nous allons tous à Berlin. Là nous rencontrons d'autres gens."})
    built.write("content/seite.de.md", whole.replace(". ", ".\n\n") + "\n")
    built.ok("sync")
    assert built.entry("Wir gehen morgen alle nach Berlin.").tcomment == "divided text: part 1 of 2"
    edit(built, "Wir gehen morgen alle nach Berlin.", "Demain nous allons tous à Berlin.")
    built.ok("import", "--edited")
    entry = built.entry("Wir gehen morgen alle nach Berlin.")
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == ("Demain nous allons tous à Berlin.", False, "")
    built.ok("extract", "--check")


CHANGED = "Zweiter Satz, der sich geändert hat."


WHOLE = "[locales.fr]\nminimum_coverage = 0\n"


def change_source(site: Site, more: str = WHOLE) -> None:
    """The author changes a text after the page was built."""
    site.configure("fr", more=more)
    site.write("content/seite.de.md", site.read("content/seite.de.md").replace("Zweiter Satz.", CHANGED))
    site.ok("extract")


@pytest.mark.parametrize("edited", [True, False])
def test_a_stale_translation_stays_stale_whether_or_not_it_was_edited_on_the_page(
    built: Site,
    edited: bool,  # noqa: FBT001
) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    text = "Seconde phrase." if edited else "Deuxième phrase."
    edit(built, "Deuxième phrase.", text)
    change_source(built)
    (note,) = notes(built)
    assert (note["kind"], note["line"], note["text"]) == ("unsure", 9, text)
    assert note["reason"] == "its source changed since it was translated"
    entry = built.entry(CHANGED)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (text, True, "Zweiter Satz.")
    assert ('previously: "Deuxième phrase."' in entry.tcomment) is edited
    entry = built.entry("Erster Satz.")
    assert (entry.msgstr, entry.fuzzy) == ("Première phrase, corrigée.", False)
    before = built.snapshot()
    built.ok("import", "--edited")
    assert built.snapshot() == before


def test_a_stale_translation_that_stands_on_the_page_stays_stale_when_it_is_edited(built: Site) -> None:
    change_source(built, f'{WHOLE}fallback = "previous"\n')
    built.ok("build")
    edited = edit(built, "Deuxième phrase.", "Seconde phrase.")
    built.ok("import", "--edited")
    entry = built.entry(CHANGED)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Seconde phrase.", True, "Zweiter Satz.")
    built.ok("build")
    assert built.read(PAGE) == edited


def test_what_a_page_said_for_an_older_source_is_no_reviewed_translation_of_the_new_one(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    change_source(built)
    with built.edited() as po:
        entry = next(entry for entry in po if entry.msgid == CHANGED)
        entry.msgstr, entry.flags, entry.previous_msgid = "", [], None
    assert [note["kind"] for note in notes(built)] == ["unsure"]
    entry = built.entry(CHANGED)
    reason = "its source or the catalog changed since the page was built"
    assert (entry.msgstr, entry.fuzzy) == ("Deuxième phrase.", True)
    assert entry.tcomment == f"import: {PAGE}: {reason}"


def test_a_text_that_left_the_source_is_no_edit_of_the_one_that_took_its_place(built: Site) -> None:
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    change_source(built)
    with built.edited() as po:
        entry = next(entry for entry in po if entry.msgid == CHANGED)
        entry.msgstr, entry.flags, entry.previous_msgid = "Tout autre chose, déjà traduit.", [], None
    (note,) = notes(built)
    assert (note["kind"], note["line"], note["text"]) == ("unsure", 9, "Deuxième phrase.")
    assert built.entry(CHANGED).msgstr == "Tout autre chose, déjà traduit."
    assert built.entry("Erster Satz.").msgstr == "Première phrase, corrigée."


def test_the_draft_that_a_page_shows_is_not_approved_by_an_edit_beside_it(built: Site) -> None:
    built.configure("fr", more=WHOLE)
    edit(built, "Première phrase.", "Première phrase, corrigée.")
    with built.edited() as po:
        entry = next(entry for entry in po if entry.msgid == "Zweiter Satz.")
        entry.flags, entry.msgstr, entry.tcomment = ["fuzzy"], "Phrase deux.", "mt: google"
    built.ok("import", "--edited")
    assert built.entry("Erster Satz.").msgstr == "Première phrase, corrigée."
    assert built.entry("Zweiter Satz.").fuzzy
