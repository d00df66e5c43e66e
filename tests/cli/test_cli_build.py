"""`build`: which pages it writes, which it leaves alone, and how it spells them."""

import json
import os
import re
import tomllib
from hashlib import sha256

import pytest
import yaml
from cli_site import FRENCH, PAGE, Site, complaint

FRENCH_PAGE = "---\ntitle: Titre\n---\n\n# En-tête\n\nPremière phrase.\n\nDeuxième phrase.\n"
TARGET = "content/seite.fr.md"
MANIFEST = "locales/.netzwerk-i18n/pages.json"
JOURNAL = "locales/.netzwerk-i18n/journal"


def test_a_page_is_its_source_with_the_texts_replaced(built: Site) -> None:
    assert built.read(TARGET) == FRENCH_PAGE


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PAGE.replace("\n", "\r\n"), id="CRLF"),
        pytest.param("\ufeff" + PAGE, id="byte order mark"),
        pytest.param(PAGE.rstrip("\n"), id="no final newline"),
        pytest.param(PAGE + "  \n\t\n\n", id="blanks at the end"),
        pytest.param(PAGE.replace("\n", "\r\n", 4), id="mixed line ends"),
    ],
)
def test_bytes_that_are_no_text_stay_as_they_are(empty_site: Site, page: str) -> None:
    empty_site.write("content/seite.de.md", page)
    empty_site.ok("extract")
    empty_site.translate(FRENCH)
    empty_site.ok("build")
    expected = page
    for german, french in FRENCH.items():
        expected = expected.replace(german, french)
    assert (empty_site.root / TARGET).read_bytes() == expected.encode()


def test_an_empty_page_is_copied(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", "")
    empty_site.ok("sync")
    assert empty_site.read(TARGET) == ""


AWKWARD = 'C\'est: "l’été" # ici'


def test_yaml_front_matter_holds_the_translation(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", "---\n# Notiz\ndraft: false\ntitle: Titel\nweight: 3\n---\n")
    empty_site.ok("extract")
    empty_site.translate({"Titel": AWKWARD})
    empty_site.ok("build")
    block = empty_site.read(TARGET).split("---\n")[1]
    assert yaml.safe_load(block) == {"draft": False, "title": AWKWARD, "weight": 3}
    assert block.startswith("# Notiz\n")


def test_toml_front_matter_holds_the_translation(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", '+++\n# Notiz\ntitle = "Titel"\nweight = 3\n+++\n')
    empty_site.ok("extract")
    empty_site.translate({"Titel": AWKWARD})
    empty_site.ok("build")
    assert tomllib.loads(empty_site.read(TARGET).split("+++\n")[1]) == {"title": AWKWARD, "weight": 3}


def test_json_front_matter_holds_the_translation(empty_site: Site) -> None:
    empty_site.write("content/seite.de.md", '{\n  "title": "Titel",\n  "weight": 3\n}\n\nText\n')
    empty_site.ok("extract")
    empty_site.translate({"Titel": AWKWARD, "Text": "Texte"})
    empty_site.ok("build")
    block, body = empty_site.read(TARGET).split("\n\n")
    assert json.loads(block) == {"title": AWKWARD, "weight": 3}
    assert body == "Texte\n"


def test_front_matter_keys_are_the_configured_ones(empty_site: Site) -> None:
    empty_site.configure("fr", pages='front_matter = ["menu.*.name", "params.hero.**"]')
    page = "---\ntitle: Titel\nmenu:\n  main:\n    name: Start\nparams:\n  hero:\n    a: [Eins, Zwei]\n---\n"
    empty_site.write("content/seite.de.md", page)
    empty_site.ok("extract")
    assert [entry.msgid for entry in empty_site.catalog()] == ["Start", "Eins", "Zwei"]


def test_a_page_that_a_person_wrote_is_never_overwritten(translated: Site) -> None:
    translated.write(TARGET, "Écrit à la main.\n")
    run = translated.run("build")
    assert run.code == 1
    assert run.err == (
        f"{TARGET}: written or edited by a person, left as it is; "
        "see import and import --edited, name it in hand_written, or overwrite it with --force\n"
    )
    assert translated.read(TARGET) == "Écrit à la main.\n"


def test_a_page_that_a_person_edited_is_never_overwritten(built: Site) -> None:
    built.write(TARGET, FRENCH_PAGE + "\nMoi.\n")
    built.translate({"Erster Satz.": "Autre phrase."})
    assert built.run("build").code == 1
    assert built.read(TARGET) == FRENCH_PAGE + "\nMoi.\n"


def test_force_overwrites_a_persons_page_and_says_so(translated: Site) -> None:
    translated.write(TARGET, "Écrit à la main.\n")
    run = translated.run("build", "--force")
    assert (run.code, run.err) == (0, f"{TARGET}: lost what a person wrote, because of --force\n")
    assert translated.read(TARGET) == FRENCH_PAGE
    translated.ok("build")


def test_force_under_check_only_says_what_would_be_lost(translated: Site) -> None:
    translated.write(TARGET, "Écrit à la main.\n")
    run = translated.run("build", "--force", "--check")
    assert (run.code, run.err) == (1, f"{TARGET}: would lose what a person wrote, because of --force\n")
    assert translated.read(TARGET) == "Écrit à la main.\n"


def test_an_edit_that_is_taken_back_makes_the_page_a_generated_one_again(built: Site) -> None:
    built.write(TARGET, "Autre.\n")
    built.run("build")
    built.write(TARGET, FRENCH_PAGE)
    built.translate({"Erster Satz.": "Autre phrase."})
    built.ok("build")
    assert "Autre phrase." in built.read(TARGET)


def test_a_generated_page_goes_with_its_source(built: Site) -> None:
    built.remove("content/seite.de.md")
    assert f"removed {TARGET}" in built.ok("build").out
    assert not built.exists(TARGET)


def test_an_edited_page_stays_when_its_source_is_removed(built: Site) -> None:
    built.write(TARGET, "Autre.\n")
    built.remove("content/seite.de.md")
    run = built.run("build")
    assert run.code == 1
    assert run.err.startswith(f"{TARGET}: written or edited by a person")
    assert built.read(TARGET) == "Autre.\n"


def test_the_pages_of_a_removed_language_go_and_its_catalog_stays(built: Site) -> None:
    built.configure("en")
    built.ok("sync")
    assert not built.exists(TARGET)
    assert built.entry("Erster Satz.").msgstr == "Première phrase."


def test_folders_left_empty_go_with_their_pages(translated: Site) -> None:
    translated.configure("fr", target="out/{lang}/{path}.md")
    translated.ok("build")
    assert translated.exists("out/fr/seite.md")
    translated.remove("content/seite.de.md")
    translated.ok("build")
    assert not translated.exists("out")


def test_a_generated_page_that_was_deleted_is_written_again(built: Site) -> None:
    built.remove(TARGET)
    built.ok("build")
    assert built.read(TARGET) == FRENCH_PAGE


def test_pages_equal_to_the_build_are_known_again_without_the_list_of_pages(built: Site) -> None:
    built.remove(MANIFEST)
    built.ok("build")
    built.translate({"Erster Satz.": "Autre phrase."})
    built.ok("build")
    assert "Autre phrase." in built.read(TARGET)


def test_check_tells_that_the_list_of_pages_has_an_older_digest_of_a_page_that_is_right(built: Site) -> None:
    before = built.read(MANIFEST)
    digest = re.search('"([0-9a-f]{64})"', before)
    assert digest is not None
    built.write(
        MANIFEST, before.replace(digest[1], "0" * 64)
    )  # as git leaves it where both sides built the page
    run = built.run("build", "--check")
    assert run.code == 1
    assert f"would write {MANIFEST}" in run.out
    built.ok("build")
    assert built.read(MANIFEST) == before
    assert built.run("build", "--check").code == 0


def test_without_the_list_of_pages_an_outdated_page_counts_as_a_persons(built: Site) -> None:
    built.remove(MANIFEST)
    built.translate({"Erster Satz.": "Autre phrase."})
    assert built.run("build").code == 1
    assert built.read(TARGET) == FRENCH_PAGE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": 9, "pages": {}}',
        b'{"version": 1, "pages": {"a": 3}}',
        b"<<<<<<< ours\n{}\n",
        b"[" * 100_000,
    ],
)
def test_a_damaged_list_of_pages_is_named_with_a_way_out(built: Site, content: bytes) -> None:
    built.write(MANIFEST, content)
    said = complaint(built.run("build"))
    assert said.startswith(f"{MANIFEST}: is not what build wrote; ")
    assert "delete it and run build" in said
    assert built.read(TARGET) == FRENCH_PAGE


def test_a_list_of_pages_cannot_remove_files_outside_the_project(built: Site) -> None:
    outside = built.root.parent / "outside.md"
    outside.write_bytes(b"x")
    pages = json.loads(built.read(MANIFEST))
    pages["pages"]["../outside.md"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    built.write(MANIFEST, json.dumps(pages))
    assert "leads outside the project" in complaint(built.run("build"))
    assert outside.exists()


def test_the_list_of_pages_holds_digests_and_nothing_that_changes_in_a_clone(built: Site) -> None:
    data = json.loads(built.read(MANIFEST))
    assert data.keys() == {"version", "pages"}
    assert list(data["pages"]) == [TARGET]


def test_a_journal_cut_short_by_a_full_disk_does_no_harm(built: Site) -> None:
    built.write("locales/.netzwerk-i18n/journal", '\n["4711\n\n["abc", "content/seite.f')
    built.ok("build")
    assert built.read(TARGET) == FRENCH_PAGE
    assert not built.exists("locales/.netzwerk-i18n/journal")


def leave_as_if_killed(site: Site, *announced: str) -> None:
    """The state in which a run leaves a site that announced these versions of the page, and died before it was done."""
    site.remove(MANIFEST)
    lines = (json.dumps([sha256(page.encode()).hexdigest(), TARGET]) for page in announced)
    site.write(JOURNAL, "".join(f"\n{line}\n" for line in lines))


@pytest.mark.parametrize("announced", [(FRENCH_PAGE,), (FRENCH_PAGE, "later"), ("earlier", FRENCH_PAGE)])
def test_a_page_that_killed_runs_wrote_is_built_again_after_a_change(
    built: Site, announced: tuple[str, ...]
) -> None:
    leave_as_if_killed(built, *announced)
    built.translate({"Erster Satz.": "Autre phrase."})
    built.ok("build")
    assert "Autre phrase." in built.read(TARGET)


def test_a_page_that_a_person_edited_after_a_killed_run_is_never_overwritten(built: Site) -> None:
    leave_as_if_killed(built, FRENCH_PAGE)
    edited = FRENCH_PAGE.replace("Première", "Toute première")
    built.write(TARGET, edited)
    for _ in range(2):  # the first run ends the journal
        assert built.run("build").code == 1
        assert built.read(TARGET) == edited


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_journal_that_names_what_is_no_page_makes_nobody_wait(built: Site, kind: str) -> None:
    path = built.root / "content/rohr.fr.md"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    built.write("locales/.netzwerk-i18n/journal", '\n["4711", "content/rohr.fr.md"]\n')
    built.ok("build", "content/seite.de.md")
    assert "content/rohr.fr.md" not in built.read(MANIFEST)
    built.write("locales/.netzwerk-i18n/journal", '\n["4711", "content/rohr.fr.md"]\n')
    assert complaint(built.run("build")).startswith("content/rohr.fr.md: is ")


def test_what_was_built_is_reported_where_another_page_cannot_be_read(translated: Site) -> None:
    translated.write("content/gut.de.md", "Erster Satz.\n")
    translated.write("content/latin.de.md", "Grüße\n".encode("latin-1"))
    translated.translate({"Zweiter Satz.": "# Deuxième phrase."})
    for arguments, wrote in ([["--check"], "would write"], [[], "wrote"]):
        run = translated.run("build", *arguments)
        assert run.code == 2
        assert f"{wrote} content/gut.fr.md\n" in run.out
        assert "\nnot published: content/seite.fr.md " in run.out
        assert run.out.splitlines()[-1].startswith("build: 1 page ")
        refused, unreadable = run.err.splitlines()
        assert ": error: not published (" in refused
        assert unreadable.startswith("netzwerk-i18n: content/latin.de.md:1: is not UTF-8")
    assert translated.exists("content/gut.fr.md")


def test_no_page_without_a_source_goes_where_another_source_cannot_be_read(built: Site) -> None:
    built.remove("content/seite.de.md")
    built.write("content/latin.de.md", "Grüße\n".encode("latin-1"))
    assert complaint(built.run("build")).startswith("content/latin.de.md:1: is not UTF-8")
    assert built.exists(TARGET)


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_sync_reports_what_it_wrote_where_it_must_not_write_another_page(translated: Site) -> None:
    translated.write("content/gut.de.md", "Erster Satz.\n")
    translated.write("netz", "x")
    (translated.root / TARGET).symlink_to("../netz")
    run = translated.run("sync")
    assert complaint(run).startswith(f"{TARGET}: is a symbolic link")
    assert "wrote content/gut.fr.md\n" in run.out
    assert "build: 1 page written" in run.out


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_an_outdated_page_that_cannot_be_removed_is_named_after_what_was_done(built: Site) -> None:
    built.write("content/gut.de.md", "Erster Satz.\n")
    built.remove("content/seite.de.md")
    built.remove(TARGET)
    (built.root / TARGET).symlink_to("gut.de.md")
    run = built.run("build")
    assert complaint(run).startswith(f"{TARGET}: is a symbolic link")
    assert run.out == "wrote content/gut.fr.md\nbuild: 1 page written, 0 up to date\n"


def test_only_the_chosen_pages_are_built(translated: Site) -> None:
    translated.write("content/a/eins.de.md", PAGE)
    translated.write("content/a/zwei.de.md", PAGE)
    translated.ok("build", "content/a/eins.de.md")
    assert [translated.exists(f"content/{path}.fr.md") for path in ("seite", "a/eins", "a/zwei")] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("chosen", ["content/a", "content/a/", "./content/a", "content/a/*", "content/a/**"])
def test_pages_are_chosen_by_folder_and_glob(translated: Site, chosen: str) -> None:
    translated.write("content/a/eins.de.md", PAGE)
    translated.write("content/b/zwei.de.md", PAGE)
    translated.ok("build", chosen)
    assert [path for path in translated.contents() if path.endswith(".fr.md")] == ["content/a/eins.fr.md"]


@pytest.mark.parametrize("name", ["was?", "a*", "a\\b", "**"])
def test_a_page_is_chosen_by_its_name_though_that_has_signs_of_a_glob(translated: Site, name: str) -> None:
    translated.write(f"content/{name}.de.md", PAGE)
    translated.write("content/wasa.de.md", PAGE)
    translated.write("content/ab.de.md", PAGE)
    assert "build: 1 page written" in translated.ok("build", f"content/{name}.de.md").out


def test_only_the_chosen_languages_are_built(translated: Site) -> None:
    translated.configure("fr", "pt_PT")
    translated.ok("extract")
    translated.translate(FRENCH, "locales/pt_PT/LC_MESSAGES/site.po")
    translated.ok("build", "--locale", "pt-pt", "-l", "pt_PT")
    assert [path for path in translated.contents() if path.endswith((".fr.md", ".pt-pt.md"))] == [
        "content/seite.pt-pt.md"
    ]


def test_a_language_chosen_twice_is_built_once(translated: Site) -> None:
    assert "build: 1 page written" in translated.ok("build", "-l", "fr", "-l", "fr").out


def test_a_choice_of_pages_removes_none_of_the_others(built: Site) -> None:
    built.write("content/zweite.de.md", PAGE)
    built.remove("content/seite.de.md")
    built.ok("build", "content/zweite.de.md")
    assert built.exists(TARGET)


def test_a_choice_of_languages_removes_no_page_of_the_others(built: Site) -> None:
    built.configure("fr", "es")
    built.ok("build", "--locale", "es")
    assert built.read(TARGET) == FRENCH_PAGE


def test_a_page_of_the_new_source_language_is_not_removed_as_a_generated_one(built: Site) -> None:
    config = built.read("netzwerk-i18n.toml")
    config = config.replace('source_locale = "de"', 'source_locale = "fr"').replace('["fr"]', '["de"]')
    built.write("netzwerk-i18n.toml", config.replace("{path}.de.md", "{path}.fr.md"))
    built.run("build")
    assert built.read(TARGET) == FRENCH_PAGE


@pytest.mark.parametrize("locales", [("fr",), ("fr", "en", "es", "it")], ids=["pages", "locales"])
def test_many_pages_are_built_alike_with_one_process_and_with_several(
    empty_site: Site, locales: tuple[str, ...]
) -> None:
    for number in range(40):
        empty_site.write(f"content/{number}.de.md", PAGE + f"\nSatz Nummer {number}.\n" + "Wort " * 2_000)
    empty_site.configure(
        *locales, more="".join(f"[locales.{locale}]\nminimum_coverage = 0\n" for locale in locales)
    )
    empty_site.ok("extract", NETZWERK_I18N_JOBS="1", SOURCE_DATE_EPOCH="1700000000")
    empty_site.translate(FRENCH)
    empty_site.ok("extract", NETZWERK_I18N_JOBS="1")
    empty_site.ok("build", NETZWERK_I18N_JOBS="1")
    serial = empty_site.contents()
    for path in serial:
        if path.endswith((".pot", ".json", *(f".{locale}.md" for locale in locales))):
            empty_site.remove(path)
    empty_site.ok("extract", NETZWERK_I18N_JOBS="2", SOURCE_DATE_EPOCH="1700000000")
    empty_site.ok("build", NETZWERK_I18N_JOBS="2")
    assert empty_site.contents() == serial


def test_a_page_that_people_write_themselves_by_setting_is_never_touched_nor_complained_of(
    built: Site,
) -> None:
    built.write(TARGET, "Von Hand\n")
    settings = built.read("netzwerk-i18n.toml")
    built.write(
        "netzwerk-i18n.toml", settings.replace("[pages]", '[pages]\nhand_written = ["content/*.fr.md"]')
    )
    for command in ("build", "build --force", "sync --check", "status"):
        built.ok(*command.split())
        assert built.read(TARGET) == "Von Hand\n"
    assert TARGET not in json.loads(built.read(MANIFEST))["pages"]
