"""`build --preview`: what is not published yet on its page, for those who translate; the next `build` takes it back."""

import signal

import pytest
from cli_site import FRENCH, TIMEOUT, Site, complaint
from test_cli_states import NEW, OLD, SOURCE, Change, _draft, _fuzzy, _stale, _stale_draft, _translated
from test_cli_watch import Watched

PAGE, LOCALIZED = "content/seite.de.md", "content/seite.fr.md"
HINT = "preview: not to be published as it is; netzwerk-i18n build takes it back"


@pytest.mark.parametrize(
    ("change", "shown"),
    [(_translated, NEW), (_fuzzy, NEW), (_stale, OLD), (_draft, NEW), (_stale_draft, OLD)],
)
@pytest.mark.parametrize("fallback", ["source", "previous", "omit"])
def test_whatever_the_catalog_holds_is_shown(
    translated: Site, change: Change, shown: str, fallback: str
) -> None:
    translated.configure(more=f'[locales.fr]\nfallback = "{fallback}"\nminimum_coverage = 0.3\n')
    with translated.edited() as po:
        (entry,) = (each for each in po if each.msgid == SOURCE)
        change(entry)
    assert translated.ok("build", "--preview").out.splitlines()[-1] == HINT
    preview = translated.read(LOCALIZED)
    assert preview.splitlines()[-3:] == [shown, "", "Deuxième phrase."]
    assert preview.startswith("---\ntitle: Titre\n---\n")  # no notice, which the theme need not know
    translated.ok("build")
    once_more = translated.contents()
    translated.remove(LOCALIZED)
    translated.remove("locales/.netzwerk-i18n/pages.json")
    translated.ok("build")
    assert translated.contents() == once_more


def test_a_page_is_there_as_soon_as_any_word_is_translated_and_goes_with_the_next_build(site: Site) -> None:
    site.write("content/leer.de.md", "# Noch nichts davon\n")
    site.ok("extract")
    before = site.contents()
    site.translate({"Zweiter Satz.": "Deuxième phrase."})
    assert site.ok("build", "--preview").out.startswith(
        f"wrote {LOCALIZED}\nnot published: content/leer.fr.md"
    )
    assert "Erster Satz.\n\nDeuxième phrase." in site.read(LOCALIZED)
    assert site.run("build", "--check").code == 1  # so that no preview is merged
    assert f"removed {LOCALIZED}" in site.ok("build").out
    after = site.contents()
    assert (
        after.keys() - before.keys()
        == {
            "locales/.netzwerk-i18n/.gitignore",
            "locales/.netzwerk-i18n/pages.json",
        }
        - before.keys()
    )


def test_a_page_that_needs_no_coverage_is_there_without_a_translation(site: Site) -> None:
    site.configure(more="[[policy]]\npages = ['**']\nminimum_coverage = 0\n")
    site.ok("extract")
    site.ok("build", "--preview")
    assert site.read(LOCALIZED) == site.read(PAGE)


def test_a_preview_is_as_safe_as_any_page(translated: Site) -> None:
    with translated.edited() as po:
        (entry,) = (each for each in po if each.msgid == SOURCE)
        entry.msgstr, entry.flags = "Lire [ceci](javascript:alert)", ["fuzzy"]
    run = translated.run("build", "--preview")
    assert run.code == 1
    assert "error: not published (" in run.err
    assert SOURCE in translated.read(LOCALIZED)


def test_what_is_critical_is_not_shown_outdated_in_a_preview_either(site: Site) -> None:
    site.write(PAGE, "<!-- i18n:critical -->\nErster Satz.\n\nZweiter Satz.\n")
    site.ok("extract")
    site.translate(FRENCH)
    with site.edited() as po:
        (entry,) = (each for each in po if each.msgid == SOURCE)
        _stale(entry)
    site.ok("build", "--preview")
    assert site.read(LOCALIZED) == "<!-- i18n:critical -->\nErster Satz.\n\nDeuxième phrase.\n"


def test_a_persons_page_stays_and_force_is_refused(built: Site) -> None:
    built.write(LOCALIZED, "by hand\n")
    assert built.run("build", "--preview").code == 1
    assert built.read(LOCALIZED) == "by hand\n"
    assert "--force" in complaint(built.run("build", "--preview", "--force"))


def test_check_says_what_a_preview_would_write(translated: Site) -> None:
    before = translated.contents()
    run = translated.run("build", "--preview", "--check")
    assert (run.code, run.out) == (
        1,
        f"would write {LOCALIZED}\nbuild: 1 page to write, 0 up to date\n",
    )
    assert translated.contents() == before


def test_a_preview_that_is_watched_ends_with_the_watch(site: Site) -> None:
    site.ok("extract")
    watched = Watched(site, "build", "--preview")
    try:
        watched.said("watching")
        site.translate({"Zweiter Satz.": "Deuxième phrase."})
        watched.wait(lambda: site.exists(LOCALIZED))
        watched.said("build: ", 2)
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(TIMEOUT) == 0
    finally:
        watched.process.kill()
        watched.process.wait()
    assert not site.exists(LOCALIZED)
    assert watched.log[-3:-1] == [
        f"removed {LOCALIZED}",
        f"not published: {LOCALIZED} (only 33 % of its words are translated)",
    ]


@pytest.mark.parametrize("change", [_fuzzy, _stale, _draft])
def test_an_edit_of_a_preview_is_read_back_and_what_nobody_reviewed_stays_fuzzy(
    translated: Site, change: Change
) -> None:
    translated.configure(more="[locales.fr]\nminimum_coverage = 0.3\n")
    with translated.edited() as po:
        (entry,) = (each for each in po if each.msgid == SOURCE)
        change(entry)
    translated.ok("build", "--preview")
    assert "0 translations changed" in translated.ok("import", "--edited").out
    page = translated.read(LOCALIZED)
    old = OLD if change is _stale else NEW
    translated.write(LOCALIZED, page.replace("Deuxième phrase.", "Deuxième phrase, relue."))
    translated.ok("import", "--edited")
    assert {entry.msgid: entry.msgstr for entry in translated.catalog() if entry.fuzzy} == {SOURCE: old}
    assert translated.entry("Zweiter Satz.").msgstr == "Deuxième phrase, relue."
    translated.write(LOCALIZED, translated.read(LOCALIZED).replace(old, "Une phrase relue."))
    translated.ok("import", "--edited")
    entry = translated.entry(SOURCE)
    assert (entry.msgstr, entry.fuzzy) == ("Une phrase relue.", True)
