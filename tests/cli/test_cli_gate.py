"""The gate, on a git repository with the real page: each way to fall behind, what `check` says, and what puts it right."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_site import Run, Site

from netzwerk_i18n.manifest import MANIFEST

ROOT = Path(__file__).resolve().parents[2]
PAGE = "content/netzwerk/index.de.md"
FRENCH_PAGE = "content/netzwerk/index.fr.md"
FRENCH = "locales/fr/LC_MESSAGES/netzwerk.po"
TEMPLATE = "locales/netzwerk.pot"
CONFIG = """\
[project]
domain = "netzwerk"
source_locale = "de"
locales = ["en", "fr", "es"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real page in three languages, up to date, in a repository of one commit."""
    folder = tmp_path_factory.mktemp("gate") / "site"
    for locale in ("de", "en", "fr", "es"):
        target = folder / f"content/netzwerk/index.{locale}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"content/netzwerk/index.{locale}.md", target)
    shutil.copy(ROOT / TEMPLATE, folder / "netzwerk.pot")
    for locale in ("en", "fr", "es"):
        catalog = folder / f"locales/{locale}/LC_MESSAGES/netzwerk.po"
        catalog.parent.mkdir(parents=True)
        shutil.copy(ROOT / f"locales/{locale}/LC_MESSAGES/netzwerk.po", catalog)
    (folder / "netzwerk.pot").rename(folder / TEMPLATE)
    (folder / "netzwerk-i18n.toml").write_text(CONFIG)
    Site(folder).ok("sync")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


@pytest.fixture
def repository(first: Path, tmp_path: Path) -> Site:
    shutil.copytree(first, tmp_path / "site", symlinks=True)
    return Site(tmp_path / "site")


def test_of_a_runs_own_files_git_takes_what_is_to_be_kept_and_no_lock(repository: Site) -> None:
    state = "locales/.netzwerk-i18n"
    assert git(repository.root, "ls-files", state).split() == [f"{state}/pages.json"]
    assert repository.exists(f"{state}/lock")
    repository.remove(f"{state}/.gitignore")  # a clone has none
    repository.ok("build")
    assert git(repository.root, "status", "--porcelain") == ""
    repository.write(f"{state}/.gitignore", "/lock\n")
    repository.ok("build")
    assert repository.read(f"{state}/.gitignore") == "/lock\n"


def edit(site: Site, path: str, old: str, new: str) -> None:
    text = site.read(path)
    assert old in text
    site.write(path, text.replace(old, new, 1))


def check(site: Site, *arguments: str) -> Run:
    run = site.run("check", "--skip", "foreign-text", "--skip", "vague-link", *arguments)
    assert run.code in (0, 1), run
    return run


def review(site: Site, msgstr: str | None = None) -> None:
    """Correct what is fuzzy in every language and take the mark away, as a translator does."""
    for locale in ("en", "fr", "es"):
        with site.edited(f"locales/{locale}/LC_MESSAGES/netzwerk.po") as po:
            for entry in po:
                if "fuzzy" in entry.flags:
                    entry.flags.remove("fuzzy")
                    entry.previous_msgid = None
                    entry.msgstr = msgstr or entry.msgstr


def test_what_is_known_of_earlier_states_is_kept_in_one_place(repository: Site, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    for number in range(3):
        repository.write(PAGE, f"{repository.read(PAGE)}\nNeuer Satz {number}.\n")
        git(repository.root, "commit", "--quiet", "--all", "--message", "Add a sentence")
        for revision in ("HEAD", "HEAD~1"):
            repository.run("check", "--against", revision, NETZWERK_I18N_CACHE=str(kept))
    assert len(list(kept.rglob("*.sqlite3"))) == 2


def test_what_is_the_same_as_before_is_looked_at_once(repository: Site, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    repository.ok("check", "--against", "HEAD", NETZWERK_I18N_CACHE=str(kept))
    looks = []
    for file in kept.rglob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as database:
            looks += database.execute("SELECT page FROM kept WHERE kind LIKE 'look%'").fetchall()
    assert looks == [(PAGE,)] * 3


def test_what_is_up_to_date_passes(repository: Site) -> None:
    run = check(repository)
    assert (run.code, "nothing found" in run.out) == (0, True), run


def test_a_source_that_was_edited_is_extracted_then_translated_then_built(repository: Site) -> None:
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    run = check(repository)
    assert run.code == 1
    assert "[template-outdated] is not what the source pages hold; run netzwerk-i18n sync" in run.out
    repository.run("sync")
    run = check(repository)
    assert run.code == 1
    assert "[stale] 1 message" in run.out
    assert "netzwerk-i18n status --stale --locale fr" in run.out
    review(repository)
    assert (
        "[page-outdated] is not what its source page and catalog give; run netzwerk-i18n build"
        in check(repository).out
    )
    repository.ok("build")
    assert check(repository).code == 0


def test_a_paragraph_that_only_moved_makes_nothing_stale(repository: Site) -> None:
    text = repository.read(PAGE)
    lines = text.split("\n")
    items = [number for number, line in enumerate(lines) if line.startswith(("- ", "* "))]
    first, second = items[0], items[1]
    lines[first], lines[second] = lines[second], lines[first]
    repository.write(PAGE, "\n".join(lines))
    run = check(repository)
    assert run.code == 1
    assert "run netzwerk-i18n sync" in run.out
    repository.ok("sync")
    assert check(repository).code == 0


def test_a_translation_that_was_edited_is_built(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        entry = next(each for each in po if "Raum" in each.msgid)
        entry.msgstr = entry.msgstr.replace("espace", "lieu") + " !"
    run = check(repository)
    assert run.code == 1
    assert f"{FRENCH_PAGE}\n  1:1: error [page-outdated]" in run.out
    assert "catalog-outdated" not in run.out  # an editor wraps lines as it likes
    repository.ok("build")
    assert check(repository).code == 0


def test_what_was_not_extracted_is_judged_as_extract_would_leave_it(built: Site) -> None:
    edit(built, "content/seite.de.md", "Erster Satz.", "**Erster Satz.**")
    run = check(built)
    assert (
        "content/seite.fr.md\n  1:1: error [page-outdated] is not what its source page and catalog" in run.out
    )
    assert "would not be published" not in run.out


def test_only_the_chosen_languages_are_judged_and_nothing_where_pages_are_named(built: Site) -> None:
    built.configure("fr", "es")
    edit(built, "content/seite.fr.md", "Première", "Ma première")
    assert "content/seite.fr.md" in check(built, "--locale", "fr", "--only", "page-edited").out
    assert "nothing found" in check(built, "--locale", "es", "--only", "page-edited").out
    assert "nothing found" in check(built, "content/seite.de.md", "--only", "page-edited").out


def test_line_breaks_that_git_changed_are_no_edit(
    built: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(built.root, "init", "--quiet")
    git(built.root, "add", "--all")
    git(built.root, "commit", "--quiet", "--message", "Begin")
    clone = Site(tmp_path_factory.mktemp("windows") / "clone")
    git(built.root, "-c", "core.autocrlf=true", "clone", "--quiet", ".", str(clone.root))
    git(clone.root, "config", "core.autocrlf", "true")
    assert "\r\n" in clone.read("content/seite.fr.md")
    assert "nothing found" in check(clone).out
    clone.ok("sync", "--check")
    assert "wrote" not in clone.ok("sync").out
    assert git(clone.root, "status", "--porcelain") == ""
    edit(clone, "content/seite.de.md", "Erster Satz.", "**Erster Satz.**")
    clone.ok("sync")
    assert "**Première phrase.**\r\n" in clone.read("content/seite.fr.md")
    git(clone.root, "commit", "--quiet", "--all", "--message", "Change")
    git(built.root, "pull", "--quiet", "--ff-only", str(clone.root), "HEAD")
    assert "\r" not in built.read("content/seite.fr.md")
    assert "nothing found" in check(built).out
    built.ok("build")
    assert git(built.root, "status", "--porcelain") == ""
    edit(clone, "content/seite.fr.md", "Première", "Ma première")
    assert "[page-edited]" in check(clone).out


def test_a_page_that_was_edited_by_hand_is_told(repository: Site) -> None:
    repository.write(FRENCH_PAGE, repository.read(FRENCH_PAGE) + "\nAjouté.\n")
    run = check(repository)
    assert run.code == 1
    assert f"{FRENCH_PAGE}\n  1:1: error [page-edited] was edited by hand" in run.out
    repository.run("build", "--force")
    assert check(repository).code == 0


def test_a_catalog_that_was_not_updated_is_told(repository: Site) -> None:
    po = repository.catalog(FRENCH)
    po.remove(next(each for each in po if "Raum" in each.msgid))
    po.save()
    run = check(repository, "--only", "catalog-outdated")
    assert run.code == 1
    assert f"{FRENCH}\n  1:1: error [catalog-outdated] does not hold the messages of the template" in run.out
    repository.run("extract")
    assert check(repository, "--only", "catalog-outdated").code == 0


def test_a_catalog_that_was_not_updated_is_told_where_no_template_is_kept(repository: Site) -> None:
    repository.remove(TEMPLATE)
    assert check(repository).code == 0
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    run = check(repository, "--only", "catalog-outdated")
    assert run.code == 1
    assert run.out.count("[catalog-outdated]") == 3
    edit(repository, PAGE, "Ein sicherer Raum", "Ein Raum")
    repository.remove(FRENCH)
    run = check(repository, "--only", "catalog-outdated")
    assert "nothing found" in run.out, "what is said of the template is enough"


def test_a_catalog_that_was_not_updated_is_told_where_a_template_of_another_page_is_missing(
    site: Site,
) -> None:
    site.configure("fr", more='[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{locale}/{path}.po"\n')
    site.ok("extract")
    site.write("content/neu.de.md", "Neu.\n")
    po = site.catalog("po/fr/seite.po")
    po.remove(po[-1])
    po.save()
    run = check(site)
    assert run.code == 1
    assert "po/fr/seite.po\n  1:1: error [catalog-outdated]" in run.out
    assert "po/neu.pot\n  1:1: warning [template-outdated]" in run.out
    assert "po/fr/neu.po" not in run.out


def test_a_fuzzy_mark_that_was_left_is_told(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    run = check(repository)
    assert run.code == 1
    assert "fuzzy: stale or not reviewed" in run.out
    review(repository)
    assert check(repository).code == 0


def test_a_draft_that_was_left_is_a_warning(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        entry = next(each for each in po if "Raum" in each.msgid)
        entry.flags.append("fuzzy")
        entry.tcomment = "mt: pseudo 2026-01-01 style=plain src=0 out=0"
    repository.run("build")
    run = check(repository)
    assert run.code == 0
    assert "warning [draft] 1 message" in run.out
    review(repository)
    repository.run("build")
    assert check(repository).code == 0


def test_the_pages_of_a_language_that_was_removed_are_told(repository: Site) -> None:
    edit(repository, "netzwerk-i18n.toml", ', "es"]', "]")
    run = check(repository)
    assert run.code == 1
    assert (
        "content/netzwerk/index.es.md\n  1:1: error [page-outdated] would not be published any more"
        in run.out
    )
    repository.ok("build")
    assert check(repository).code == 0
    assert repository.exists("locales/es/LC_MESSAGES/netzwerk.po")


def test_a_catalog_with_conflict_markers_is_told_and_the_others_are_judged(repository: Site) -> None:
    before = repository.read(FRENCH)
    repository.write(
        FRENCH, before.replace("msgid ", "<<<<<<< HEAD\nmsgid ", 2).replace("<<<<<<< HEAD\n", "", 1)
    )
    with repository.edited("locales/en/LC_MESSAGES/netzwerk.po") as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    run = check(repository)
    assert run.code == 1
    assert "conflict" in run.out
    assert "locales/en/LC_MESSAGES/netzwerk.po" in run.out
    repository.write(FRENCH, before)
    review(repository)
    assert check(repository).code == 0


def test_a_template_with_conflict_markers_is_told(repository: Site) -> None:
    before = repository.read(TEMPLATE)
    repository.write(TEMPLATE, before.replace("msgid ", "<<<<<<< HEAD\nmsgid "))
    for arguments in ((), ("--against", "HEAD")):
        run = check(repository, *arguments)
        assert run.code == 1
        assert f"{TEMPLATE}\n" in run.out
        assert "error [catalog] a mark of an unresolved merge conflict" in run.out
        assert "1 error," in run.out


def test_a_page_that_cannot_be_read_is_told_once(repository: Site) -> None:
    repository.write("content/latin.de.md", "Grüße\n".encode("latin-1"))
    run = check(repository)
    assert run.code == 1
    assert "1 error," in run.out


def test_a_broken_shortcode_is_told(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr += ' {{< figure src="x"'
    run = check(repository)
    assert run.code == 1
    assert "error [shortcodes]" in run.out


def test_the_pages_of_a_source_page_that_was_deleted_are_told(repository: Site) -> None:
    repository.write("content/rest.de.md", "Rest.\n")
    repository.ok("sync")
    repository.remove(PAGE)
    run = check(repository)
    assert run.code == 1
    assert f"{FRENCH_PAGE}\n  1:1: error [page-outdated]" in run.out
    assert "[template-outdated]" in run.out
    repository.run("sync")
    assert not repository.exists(FRENCH_PAGE)
    assert check(repository).code == 0


def test_a_page_that_was_edited_by_hand_and_whose_source_page_was_renamed_is_told_what_helps(
    repository: Site,
) -> None:
    edited = repository.read(FRENCH_PAGE).replace("espace", "lieu")
    repository.write(FRENCH_PAGE, edited)
    (repository.root / PAGE).rename(repository.root / "content/netzwerk/neu.de.md")
    repository.run("sync")
    assert repository.read(FRENCH_PAGE) == edited
    run = check(repository, "--only", "page-edited")
    assert f"{FRENCH_PAGE}\n  1:1: error [page-edited] was edited by hand, and its source page" in run.out
    assert "rename it as its source page was and run netzwerk-i18n import --edited" in run.out
    new = "content/netzwerk/neu.fr.md"
    (repository.root / FRENCH_PAGE).replace(repository.root / new)
    repository.ok("import", "--edited")
    repository.run("sync")
    assert repository.read(new) == edited
    assert "page-edited" not in check(repository).out


def test_an_untranslated_text_fails_only_where_the_policy_says_so(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr = ""
    repository.run("build")
    assert check(repository).code == 0
    repository.write("netzwerk-i18n.toml", CONFIG + "\n[gate]\nmaximum_untranslated_words = 0\n")
    run = check(repository)
    assert run.code == 1
    assert "untranslated, and 0 words are allowed" in run.out


def test_a_language_that_is_not_required_only_warns(repository: Site) -> None:
    repository.write("netzwerk-i18n.toml", CONFIG + '\n[gate]\nrequired = ["en"]\n')
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    repository.run("build")
    run = check(repository)
    assert (run.code, "warning [stale]" in run.out) == (0, True)


def test_a_language_that_is_not_required_may_lack_words_with_a_warning(repository: Site) -> None:
    gate = '\n[gate]\nrequired = ["en"]\nmaximum_untranslated_words = 0\n'
    repository.write("netzwerk-i18n.toml", CONFIG + gate)
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr = ""
    repository.run("build")
    run = check(repository, "--locale", "fr", "--only", "untranslated")
    assert (run.code, "warning [untranslated]" in run.out) == (0, True)


def test_some_stale_words_may_be_allowed(repository: Site) -> None:
    repository.write("netzwerk-i18n.toml", CONFIG + "\n[gate]\nmaximum_stale_words = 500\n")
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    repository.run("build")
    assert check(repository).code == 0


def record(site: Site, days: int) -> None:
    """Note in the history that what is there now was there so many days ago."""
    assert site.run("status", "--record").code == 0
    file = "locales/.netzwerk-i18n/history.jsonl"
    line = json.loads(site.read(file).splitlines()[-1])
    line["time"] = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    site.write(file, json.dumps(line) + "\n")


@pytest.mark.parametrize(("days", "severity", "code"), [(3, "warning", 0), (20, "error", 1)])
def test_what_is_stale_has_days_of_grace(repository: Site, days: int, severity: str, code: int) -> None:
    repository.write("netzwerk-i18n.toml", CONFIG + "\n[gate]\ngrace_days = 10\n")
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    repository.run("build")
    assert check(repository).code == 1  # nothing was recorded, so nothing is known of its age
    record(repository, days)
    run = check(repository)
    assert (run.code, f"{severity} [stale]" in run.out) == (code, True), run


def test_a_critical_text_is_never_allowed_to_be_stale(repository: Site) -> None:
    repository.write("netzwerk-i18n.toml", CONFIG + "\n[gate]\nmaximum_stale_words = 500\n")
    edit(repository, PAGE, "Ein Raum", "<!-- i18n:critical -->\nEin Raum")
    repository.run("sync")
    assert check(repository).code == 0
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    repository.run("sync")
    run = check(repository)
    assert run.code == 1
    assert "error [critical] this critical text changed" in run.out


def test_against_a_revision_only_what_became_worse_is_told(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).flags.append("fuzzy")
    repository.run("build")
    git(repository.root, "commit", "--quiet", "--all", "--message", "Leave a fuzzy mark")
    assert check(repository).code == 1
    run = check(repository, "--against", "HEAD")
    assert (run.code, run.err) == (0, ""), run
    assert "nothing found" in run.out


def test_against_a_revision_a_changed_source_is_not_asked_to_be_translated(repository: Site) -> None:
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    repository.run("sync")
    assert check(repository).code == 1
    run = check(repository, "--against", "HEAD")
    assert run.code == 0
    assert "warning [stale] the change makes 1 message" in run.out


def test_against_a_revision_a_lost_translation_is_an_error(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr = ""
    repository.run("build")
    run = check(repository, "--against", "HEAD")
    assert run.code == 1
    assert "[lost-translation] this was translated and is untranslated now" in run.out


def test_against_a_revision_that_was_not_extracted_a_message_that_was_deleted_is_lost(
    repository: Site,
) -> None:
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    git(repository.root, "commit", "--quiet", "--all", "--message", "Extract nothing")
    assert "nothing found" in check(repository, "--against", "HEAD").out
    po = repository.catalog(FRENCH)
    po.remove(next(each for each in po if each.msgid == "Initiativen"))
    po.save()
    run = check(repository, "--against", "HEAD")
    assert run.code == 1
    assert f"{FRENCH}\n  1:1: error [lost-translation] this was translated and is untranslated" in run.out


def test_against_a_revision_a_locale_is_the_same_whatever_its_settings_were(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr = ""
    repository.write("netzwerk-i18n.toml", f"{CONFIG}[locales.fr]\nminimum_coverage = 0.5\n")
    run = check(repository, "--against", "HEAD", "--locale", "fr", "--locale", "en")
    assert "error [lost-translation] this was translated and is untranslated now" in run.out


def test_against_a_revision_a_catalog_that_is_gone_is_an_error(repository: Site) -> None:
    (repository.root / FRENCH).unlink()
    repository.run("build")
    run = check(repository, "--against", "HEAD")
    assert run.code == 1
    assert f"{FRENCH}" in run.out
    assert (
        "error [lost-translation] the translations of 16 messages (355 words) are gone with this" in run.out
    )
    repository.run("sync")
    run = check(repository, "--against", "HEAD")
    assert run.code == 1
    assert run.out.count("[lost-translation] this was translated and is untranslated now") == 16


def test_against_a_revision_a_broken_translation_is_an_error(repository: Site) -> None:
    with repository.edited(FRENCH) as po:
        next(each for each in po if "Raum" in each.msgid).msgstr += " https://evil.example"
    assert check(repository, "--against", "HEAD").code == 1


def test_against_a_revision_a_translation_that_broke_in_another_context_is_an_error(site: Site) -> None:
    site.write("content/seite.de.md", "Zu.\n\n<!-- i18n:context: fuss -->\nZu.\n")
    site.ok("extract")

    def translate(*msgstrs: str) -> None:
        with site.edited() as po:
            for entry, msgstr in zip(po, msgstrs, strict=True):
                entry.msgstr = msgstr

    translate("Vers [ici](https://evil.example).", "Vers.")
    git(site.root, "init", "--quiet")
    git(site.root, "add", "--all")
    git(site.root, "commit", "--quiet", "--message", "Begin")
    site.write("content/neu.de.md", "Zu.\n")
    site.ok("extract")
    assert check(site, "--against", "HEAD", "--only", "links").code == 0, "the text stands on more pages"
    translate("Vers [là](https://evil.example).", "Vers [ici](https://evil.example).")
    assert check(site, "--against", "HEAD", "--only", "links").code == 1


def test_against_a_revision_a_page_that_was_renamed_is_no_worse(site: Site) -> None:
    site.configure(more='[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}.{locale}.po"\n')
    old, new = "Der Weg führt durch das Land.", "Der Weg führt durch das ganze Land."
    broken = {"Hier [lang](https://example.org).": "Par [ici](https://evil.example).", old: "Par le pays."}
    site.write("content/alt.de.md", f"{old}\n\nHier [lang](https://example.org).\n")
    site.ok("extract")
    site.translate(broken, "po/alt.fr.po")
    site.write("content/alt.de.md", site.read("content/alt.de.md").replace(old, new))
    site.ok("extract")
    git(site.root, "init", "--quiet")
    git(site.root, "add", "--all")
    git(site.root, "commit", "--quiet", "--message", "Begin")
    site.write("content/neu.de.md", site.read("content/alt.de.md"))
    site.remove("content/alt.de.md")
    site.ok("extract")
    assert "error [links]" in check(site).out
    run = check(site, "--against", "HEAD")
    assert run.code == 0, run.out
    assert "nothing found" in run.out
    site.write("content/neuer.de.md", site.read("content/neu.de.md"))
    site.ok("extract")
    site.translate(broken, "po/neuer.fr.po")
    assert "po/neu.fr.po" in check(site, "--against", "HEAD", "--only", "links").out, "it is on one page more"


def test_comparing_leaves_git_as_it_was(repository: Site) -> None:
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    state = git(repository.root, "status", "--porcelain=v2", "--branch")
    check(repository, "--against", "HEAD")
    assert git(repository.root, "status", "--porcelain=v2", "--branch") == state
    assert git(repository.root, "worktree", "list").count("\n") == 1


def test_a_hook_of_a_further_work_tree_compares_a_project_in_a_folder(translated: Site) -> None:
    top = translated.root / "top"
    top.mkdir()
    git(top, "init", "--quiet")
    for name in ("content", "locales", "netzwerk-i18n.toml"):
        (top / "site").mkdir(exist_ok=True)
        (translated.root / name).rename(top / "site" / name)
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "Begin")
    git(top, "worktree", "add", "--quiet", str(translated.root / "further"))
    site = Site(translated.root / "further/site")
    site.translate({"Erster Satz.": ""})
    run = site.run("check", "--against", "HEAD", GIT_DIR=str(top / ".git/worktrees/further"))
    assert (run.code, run.err) == (1, "")
    assert "error [lost-translation]" in run.out


@pytest.mark.parametrize(
    ("file", "text", "note"),
    [
        ("netzwerk-i18n.toml", None, "has no project here"),
        ("netzwerk-i18n.toml", "[project\n", "cannot be read (netzwerk-i18n.toml:1: is not valid TOML"),
        (MANIFEST, "<<<<<<<\n", f"cannot be read ({MANIFEST}: is not what build wrote"),
        ("glossary.csv", "a;b\n", "cannot be read (glossary.csv:1: unknown column 'a'"),
    ],
    ids=["none yet", "configuration", "manifest", "glossary"],
)
def test_a_change_that_brings_the_project_or_mends_it_is_held_against_nothing(
    repository: Site, file: str, text: str | None, note: str
) -> None:
    right = repository.read(file) if repository.exists(file) else None
    if text is None:
        repository.remove(file)
    else:
        repository.write(file, text)
    git(repository.root, "add", "--all")
    git(repository.root, "commit", "--quiet", "--message", "Without it")
    if right is None:
        repository.remove(file)
    else:
        repository.write(file, right)
    edit(repository, PAGE, "Ein Raum", "Ein sicherer Raum")
    repository.run("sync")
    run = check(repository, "--against", "HEAD")
    assert run.code == 0, run
    assert run.err.startswith(f"note: HEAD {note}")
    assert len(run.err.splitlines()) == 1
    edit(repository, PAGE, "Ein sicherer Raum", "Noch ein Raum")
    run = check(repository, "--against", "HEAD")
    assert run.code == 1
    assert "template-outdated" in run.out


def test_the_first_commit_of_a_repository_is_held_against_nothing(repository: Site) -> None:
    git(repository.root, "checkout", "--quiet", "--orphan", "first")
    run = check(repository, "--against", "HEAD")
    assert (run.code, run.err) == (0, "note: HEAD has no project here; all is looked at\n")


@pytest.mark.parametrize(
    ("prepare", "revision", "words"),
    [
        (lambda _: None, "nowhere", "git knows no revision 'nowhere'"),
        (lambda _: None, "--output=x", "git knows no revision '--output=x'"),
        (lambda site: shutil.rmtree(site.root / ".git"), "HEAD", "is in no git repository"),
    ],
)
def test_a_revision_that_cannot_be_had_is_one_line(
    repository: Site, prepare: Callable[[Site], None], revision: str, words: str
) -> None:
    prepare(repository)
    run = repository.run(
        "check", f"--against={revision}", GIT_CEILING_DIRECTORIES=str(repository.root.parent)
    )
    assert run.code == 2
    assert words in run.err
    assert len(run.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('required = ["nl"]', "unknown locale 'nl' in [gate]"),
        ("maximum_stale_words = -1", "maximum_stale_words in [gate] must be a whole number"),
        ("max_stale = 1", "unknown key 'max_stale' in [gate]"),
    ],
)
def test_a_wrong_policy_is_one_line(repository: Site, table: str, words: str) -> None:
    repository.write("netzwerk-i18n.toml", f"{CONFIG}\n[gate]\n{table}\n")
    run = repository.run("check")
    assert run.code == 2
    assert words in run.err
