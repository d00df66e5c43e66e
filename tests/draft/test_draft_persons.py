"""Drafts give way to people: what a person wrote is never touched, and marks outlive every tool."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from cli_site import CATALOG, Site
from draft_servers import serving
from draft_site import drafting_site, drafts, found, marks, translate

PAGE = "Erster Satz.\n\nZweiter Satz.\n\nDritter Satz.\n"


def test_a_reviewed_translation_is_never_changed(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        site.translate({"Erster Satz.": "Première phrase."})
        translate(site)
        translate(site, "--stale")
    entry = site.entry("Erster Satz.")
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == ("Première phrase.", False, "")
    assert "Erster Satz." not in service.texts


def test_a_translation_that_needs_review_is_left_alone(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        with site.edited() as po:
            found(po, "Erster Satz.").msgstr = "Phrase première ?"
            found(po, "Erster Satz.").flags.append("fuzzy")
        translate(site, "--stale")
    assert site.entry("Erster Satz.").msgstr == "Phrase première ?"
    assert "Erster Satz." not in service.texts


@pytest.mark.parametrize("still_fuzzy", [True, False])
def test_a_draft_that_a_person_edited_is_never_drafted_again(tmp_path: Path, still_fuzzy: bool) -> None:  # noqa: FBT001
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        translate(site)
        with site.edited() as po:
            entry = found(po, "Erster Satz.")
            entry.msgstr = "Première phrase."
            if not still_fuzzy:
                entry.flags.remove("fuzzy")
        asked = len(service.texts)
        for options in ([], ["--stale"]):
            translate(site, *options)
            site.ok("extract")
        assert len(service.texts) == asked
    entry = site.entry("Erster Satz.")
    assert (entry.msgstr, entry.fuzzy) == ("Première phrase.", still_fuzzy)


def test_stale_messages_are_drafted_when_asked_for_and_keep_their_old_text(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        site.translate({"Dritter Satz.": "Troisième phrase."})
        site.write("content/seite.de.md", PAGE.replace("Dritter Satz.", "Dritter Satz!!"))
        site.ok("extract")
        assert site.entry("Dritter Satz!!").previous_msgid == "Dritter Satz."
        translate(site)
        assert site.entry("Dritter Satz!!").msgstr == "Troisième phrase."
        translate(site, "--stale")
        entry = site.entry("Dritter Satz!!")
        assert entry.msgstr == "Dritteré Satzé!!"
        assert (entry.fuzzy, entry.previous_msgid) == (True, "Dritter Satz.")
        assert marks(entry)
        assert "before the draft: Troisième phrase." in entry.tcomment
        asked = len(service.texts)
        translate(site, "--stale")
        assert len(service.texts) == asked


def test_a_translation_that_somebody_writes_meanwhile_wins(tmp_path: Path) -> None:
    site: Site

    def slow(text: str) -> str:
        if text == "Erster Satz.":
            site.translate({"Zweiter Satz.": "La deuxième phrase."})
        return f"{text[:-1]}é."

    with serving("google", slow) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE, concurrency=1)
        run = translate(site)
    assert site.entry("Zweiter Satz.").msgstr == "La deuxième phrase."
    assert not site.entry("Zweiter Satz.").fuzzy
    assert drafts(site).keys() == {"Erster Satz.", "Dritter Satz."}
    assert "1 message translated by somebody meanwhile" in run.out


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="needs GNU gettext")
def test_msgmerge_and_polib_keep_the_marks(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service)
        translate(site)
        before = {entry.msgid: marks(entry) for entry in site.catalog()}
        catalog = site.root / CATALOG.format("fr")
        subprocess.run(
            ["msgmerge", "--update", "--quiet", str(catalog), str(site.root / "locales/site.pot")], check=True
        )
        polib.pofile(str(catalog)).save()
        assert {entry.msgid: marks(entry) for entry in site.catalog()} == before
        site.ok("extract")
        assert site.status()["locales"]["fr"]["total"]["draft"] == len(before)
        asked = len(service.texts)
        translate(site)
        assert len(service.texts) == asked


def test_only_the_pages_the_languages_and_the_number_that_are_wanted_are_drafted(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, "fr", "es", page=PAGE)
        site.write("content/zwei.de.md", "Eine andere Seite.\n")
        site.ok("extract")
        translate(site, "--locale", "es", "content/zwei.de.md")
        assert service.texts == ["Eine andere Seite."]
        assert drafts(site, "es").keys() == {"Eine andere Seite."}
        run = translate(site, "--limit", "2", "--locale", "fr")
        assert len(drafts(site)) == 2
        assert "2 beyond the limit" in run.out
        assert run.code == 0


def test_a_dry_run_says_what_would_be_sent_and_does_nothing(tmp_path: Path) -> None:
    with serving("deepl") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE, options="price = 500000\n")
        before = site.snapshot()
        run = translate(site, "--dry-run")
        assert not service.asked
    assert (run.code, run.err) == (0, "")
    characters = sum(map(len, ("Erster Satz.", "Zweiter Satz.", "Dritter Satz.")))
    assert "would send (fr): Erster Satz." in run.out
    assert f"would send {characters} characters to deepl, cost: {characters / 2:.2f} EUR" in run.out
    assert site.snapshot() == before


def test_a_check_fails_while_something_is_to_be_drafted_and_writes_nothing(tmp_path: Path) -> None:
    with serving("deepl") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        before = site.snapshot()
        run = translate(site, "--check")
        assert not service.asked
        assert (run.code, run.err) == (1, "")
        assert "would send (fr): Erster Satz." in run.out
        assert site.snapshot() == before
        assert translate(site).code == 0
        assert translate(site, "--check").code == 0
    assert translate(site, "--check", "--engine", "none").code == 0


def test_people_come_before_machines(tmp_path: Path) -> None:
    page = "<!-- i18n:context: eins -->\nHallo Welt.\n\nHallo Welt.\n\nFrankreich\n\nNeuer Satz.\n"
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=page)
        with site.edited() as po:
            next(entry for entry in po if entry.msgctxt).msgstr = "Bonjour le monde."
        run = translate(site)
        assert service.texts == ["Neuer Satz."]
    by_text = {(entry.msgctxt or None, entry.msgid): entry for entry in site.catalog()}
    assert by_text[None, "Hallo Welt."].msgstr == "Bonjour le monde."
    assert by_text[None, "Hallo Welt."].fuzzy
    assert by_text[None, "Frankreich"].msgstr == "France"
    assert "from locale data: 1" in run.out
    assert "another context: 1" in run.out


def test_without_an_engine_nothing_is_sent_and_the_rest_is_counted(tmp_path: Path) -> None:
    site = drafting_site(tmp_path / "site", None, page=f"{PAGE}\n\nFrankreich\n")
    run = translate(site)
    assert run.code == 0
    assert drafts(site) == {"Frankreich": "France"}
    assert "3 messages left for an engine: choose one with --engine or [draft] engine" in run.out


def test_passages_in_another_language_stay_and_are_listed(tmp_path: Path) -> None:
    title = "Stop the war and leave this network for good"
    page = f"Wir haben die Petition [{title}](https://example.org) gelesen und unterschrieben.\n\n{title}\n"
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=page)
        run = translate(site)
        assert all(title not in text for text in service.texts)
    found = drafts(site)
    assert found[title] == title
    assert any(f"[{title}](https://example.org)" in draft for draft in found.values())
    assert f"content/seite.de.md:1: not in the source language, kept: {title}" in run.out


def test_words_to_keep_are_kept_and_terms_are_checked(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page="Die Bewegung HelloQuit lebt.\n")
        site.write("glossary.csv", "de,fr,keep,case\nHelloQuit,,yes,yes\nBewegung,mouvement,,\n")
        run = translate(site)
    assert drafts(site) == {"Die Bewegung HelloQuit lebt.": "Dieé Bewegungé HelloQuit lebté."}
    assert "warning: glossary: " in run.err
