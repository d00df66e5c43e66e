"""Broken pages and catalogs: one line each, with file, line and a way out, and nothing is written."""

import json
import os
from pathlib import Path

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Run, Site, complaint

from netzwerk_i18n.cli.context import open_project_in

NO_FILE = "is not a regular file; move it away"
FRENCH_PO = CATALOG.format("fr")


def unchanged(site: Site, *arguments: str) -> Run:
    """Run a command, and see that it leaves every file as it was."""
    before = site.snapshot()
    run = site.run(*arguments)
    assert site.snapshot() == before
    return run


@pytest.mark.parametrize("command", ["extract", "build", "status", "sync"])
def test_a_page_that_is_not_utf8_is_named_with_its_byte(built: Site, command: str) -> None:
    built.write("content/latin.de.md", "Gut.\n\nGrüße\n".encode("latin-1"))
    said = complaint(unchanged(built, command))
    assert said == "content/latin.de.md:3: is not UTF-8: byte 0xfc at offset 8; save it as UTF-8"


@pytest.mark.parametrize("command", ["extract", "build"])
def test_every_broken_page_is_named(built: Site, command: str) -> None:
    for name in "abc":
        built.write(f"content/{name}.de.md", b"\xff")
    run = unchanged(built, command)
    assert run.code == 2
    assert [line.split(": ")[1] for line in run.err.splitlines()] == [
        f"content/{name}.de.md:1" for name in "abc"
    ]


def test_a_page_in_utf16_is_refused(site: Site) -> None:
    site.write("content/breit.de.md", PAGE.encode("utf-16"))
    assert complaint(unchanged(site, "extract")).startswith("content/breit.de.md:1: is not UTF-8: byte 0xff")


def test_a_page_too_large_to_be_one_is_refused(site: Site) -> None:
    with (site.root / "content/riese.de.md").open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    assert complaint(site.run("extract")) == "content/riese.de.md: is larger than 16 MiB; exclude it"


def test_an_excluded_page_may_be_broken(site: Site) -> None:
    site.configure("fr", pages='exclude = ["content/latin.*"]')
    site.write("content/latin.de.md", b"\xff")
    site.ok("extract")


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ('"Première phrase."', '"Première phrase.', 0, "closing quote is missing"),
        ('"Première phrase."', 'Première phrase."', 0, "between straight quotes"),
        ('"Première phrase."', "”Première phrase.”", 0, "'”Première phrase.”' stands outside quotes"),
        ('"Première phrase."', '"Une "première" phrase."', 0, 'write a quote within a text as \\"'),
        ('msgstr "Première phrase."', "", 1, "the msgid 'Erster Satz.' has no msgstr"),
        ('msgstr "Première phrase."', '<<<<<<< HEAD\nmsgstr "x"\n=======', 0, "unresolved merge conflict"),
        ('msgid "Erster Satz."', 'msgid "Zweiter Satz."', -1, "stands in line"),
        ('"Première phrase."', '"Première \\q phrase."', 0, "unknown escape \\q"),
        ("Première".encode(), "Première".encode("latin-1"), 0, "the byte 0xE8 is not UTF-8"),
    ],
    ids=[
        "end quote",
        "start quote",
        "typographic quotes",
        "quotes inside",
        "msgstr",
        "conflict",
        "duplicate",
        "escape",
        "latin-1",
    ],
)
def test_a_broken_catalog_is_named_with_its_line(
    built: Site, command: str, right: str | bytes, wrong: str | bytes, line: int, said: str
) -> None:
    old, new = (text.encode() if isinstance(text, str) else text for text in (right, wrong))
    data = (built.root / FRENCH_PO).read_bytes()
    built.write(FRENCH_PO, data.replace(old, new))
    message = complaint(unchanged(built, command))
    where, _, rest = message.partition(": ")
    file, _, number = where.partition(":")
    assert file == FRENCH_PO
    if line >= 0:
        assert int(number) == data[: data.index(old)].count(b"\n") + 1 - line
    assert said in rest
    assert "; " in rest


def test_every_broken_catalog_is_named(built: Site) -> None:
    built.configure("fr", "en", "es")
    built.ok("extract")
    for locale in ("fr", "es"):
        built.write(CATALOG.format(locale), "msgid kaputt\n")
    for command in ("extract", "build", "status"):
        run = unchanged(built, command)
        assert run.code == 2
        assert [line.split(":")[1].strip() for line in run.err.splitlines()] == [
            CATALOG.format("fr"),
            CATALOG.format("es"),
        ]


def test_a_broken_template_is_named(built: Site) -> None:
    built.write("locales/site.pot", "<<<<<<< HEAD\n")
    built.write("content/seite.de.md", PAGE + "\nNeu.\n")
    assert complaint(unchanged(built, "extract")).startswith("locales/site.pot:1: ")


@pytest.mark.parametrize("command", ["extract", "build", "status"])
def test_a_catalog_that_is_a_folder_is_named(built: Site, command: str) -> None:
    built.remove(FRENCH_PO)
    (built.root / FRENCH_PO).mkdir()
    said = complaint(unchanged(built, command))
    assert said.startswith(f"{FRENCH_PO}: cannot be read: is a directory; ")


def test_a_folder_or_a_pipe_where_a_localized_page_should_stand_is_named(translated: Site) -> None:
    page = translated.root / "content/seite.fr.md"
    page.mkdir()
    assert complaint(unchanged(translated, "build")) == f"content/seite.fr.md: {NO_FILE}"
    page.rmdir()
    os.mkfifo(page)
    assert complaint(unchanged(translated, "build")) == f"content/seite.fr.md: {NO_FILE}"


def test_a_file_where_a_folder_is_needed_is_named(site: Site) -> None:
    site.write("locales", "keine Kataloge\n")
    said = complaint(unchanged(site, "extract"))
    assert said.startswith("locales/")


def test_an_empty_catalog_is_filled(site: Site) -> None:
    site.write(FRENCH_PO, "")
    site.ok("extract")
    assert [entry.msgid for entry in site.catalog()] == list(FRENCH)


@pytest.mark.parametrize("content", ['\ufeffmsgid ""\nmsgstr ""\n', 'msgid ""\r\nmsgstr ""\r\n'])
def test_a_catalog_with_a_byte_order_mark_or_other_line_ends_is_accepted(site: Site, content: str) -> None:
    site.write(FRENCH_PO, content)
    site.ok("extract")
    assert not site.read(FRENCH_PO).startswith("\ufeff")
    assert "\r" not in site.read(FRENCH_PO)


def test_a_catalog_whose_lines_end_in_a_carriage_return_keeps_its_translations(built: Site) -> None:
    text = f"# Elle traduit.\n{built.read(FRENCH_PO)}"
    built.write(FRENCH_PO, text.replace("\n", "\r"))
    built.ok("sync")
    assert built.read(FRENCH_PO) == text
    assert built.exists("content/seite.fr.md")


def outside(site: Site) -> Path:
    """A folder beside the site, not in it."""
    folder = site.root.parent / f"{site.root.name}-outside"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("inside", [True, False])
def test_a_localized_page_that_is_a_link_is_refused(translated: Site, *, inside: bool) -> None:
    victim = (translated.root if inside else outside(translated)) / "victim.txt"
    victim.write_text("mine")
    (translated.root / "content/seite.fr.md").symlink_to(victim)
    for arguments in (["build"], ["build", "--force"]):
        said = complaint(unchanged(translated, *arguments))
        assert said.startswith("content/seite.fr.md: is a symbolic link")
    run = translated.run("check")
    assert run.code == 1
    assert "content/seite.fr.md\n  1:1: error [page] is a symbolic link" in run.out
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "folder outside"])
def test_status_tells_its_figures_and_names_what_stands_in_the_place_of_a_page(
    translated: Site, kind: str
) -> None:
    place = translated.root / "content/seite.fr.md"
    name = "content/seite.fr.md"
    match kind:
        case "folder":
            place.mkdir()
        case "folder outside":
            translated.configure("fr", target="out/{lang}/{path}.md")
            (translated.root / "out").symlink_to(outside(translated))
            name = "out/fr/seite.md"
        case _:
            place.symlink_to("seite.de.md" if kind == "link" else "nirgends.md")
    run = translated.run("status", "--format", "json")
    assert run.code == 0
    assert run.err.startswith(f"{name}: warning: ")
    assert len(run.err.splitlines()) == 1
    page = json.loads(run.out)["locales"]["fr"]["pages"]["content/seite.de.md"]
    assert (page["translated"], page["published"], page["outdated"]) == (len(FRENCH), kind == "link", True)


def test_a_catalog_that_is_a_link_is_not_written_through(site: Site) -> None:
    victim = outside(site) / "victim.po"
    victim.write_text("")
    file = site.root / FRENCH_PO
    file.parent.mkdir(parents=True)
    file.symlink_to(victim)
    assert complaint(site.run("extract")).startswith(f"{FRENCH_PO}: is a symbolic link")
    assert victim.read_text() == ""


def test_a_folder_that_is_a_link_leading_outside_is_refused(translated: Site) -> None:
    translated.configure("fr", target="out/{lang}/{path}.md")
    away = outside(translated)
    (translated.root / "out").symlink_to(away)
    said = complaint(translated.run("build"))
    assert said == "out/fr/seite.md: leads outside the project through a link; remove the link"
    assert not list(away.iterdir())


def test_a_folder_for_catalogs_that_leads_outside_is_refused(site: Site) -> None:
    away = outside(site)
    (site.root / "locales").symlink_to(away)
    assert "leads outside the project" in complaint(site.run("extract"))
    assert not list(away.rglob("*.po*"))


@pytest.mark.parametrize("command", ["extract", "build", "status"])
def test_a_source_page_that_is_a_link_leading_outside_is_refused(site: Site, command: str) -> None:
    secret = outside(site) / "secret"
    secret.write_text("Geheim.\n")
    (site.root / "content/fremd.de.md").symlink_to(secret)
    said = complaint(site.run(command))
    assert said.startswith("content/fremd.de.md: is a link that leads outside the project; ")


def test_links_that_lead_outside_but_are_no_pages_do_no_harm(site: Site) -> None:
    site.configure("fr", pages='exclude = ["content/fremd.*"]')
    for name in ("bild.png", "fremd.de.md"):
        (site.root / "content" / name).symlink_to("/etc/hostname")
    site.ok("extract")


def test_links_that_lead_round_in_circles_do_no_harm_unless_they_are_pages(site: Site) -> None:
    (site.root / "content/kreis").symlink_to("kreis")
    site.ok("extract")
    (site.root / "content/rund.de.md").symlink_to("rund.de.md")
    assert complaint(site.run("extract")).startswith("content/rund.de.md: cannot be read: ")


def test_a_page_by_hand_may_be_a_link(translated: Site) -> None:
    translated.configure("fr", pages='hand_written = ["content/seite.fr.md"]')
    translated.write("content/anders.md", "À la main.\n")
    (translated.root / "content/seite.fr.md").symlink_to("anders.md")
    translated.ok("sync")
    page = translated.status()["locales"]["fr"]["pages"]["content/seite.de.md"]
    assert (page["published"], page["outdated"]) == (True, False)
    assert translated.read("content/anders.md") == "À la main.\n"


def test_a_source_page_that_is_a_link_within_the_project_is_a_page(site: Site) -> None:
    (site.root / "content/zwilling.de.md").symlink_to("seite.de.md")
    assert "extract: 2 pages" in site.ok("extract").out


def test_a_folder_that_goes_away_meanwhile_hides_no_other(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        site.write(f"content/{name}/x.de.md", PAGE)
    scan, gone = os.scandir, list[str]()

    def late(folder: str) -> object:
        if Path(folder).parent.name == "content" and not gone:
            gone.append(Path(folder).name)
            Path(folder).rename(site.root / "away")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", late)
    found = {page.path for page in open_project_in(site.root).pages}
    assert found == {"content/seite.de.md"} | {f"content/{name}/x.de.md" for name in {*"abc"} - {*gone}}


def test_folders_of_pages_that_are_links_are_not_followed(site: Site) -> None:
    away = outside(site)
    (away / "fremd.de.md").write_text("Fremd.\n")
    (site.root / "content/fremd").symlink_to(away)
    (site.root / "content/kreis").symlink_to(site.root / "content")
    assert "extract: 1 page," in site.ok("extract").out


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("locales/.netzwerk-i18n/pages.json", ("build",)),
        ("history.jsonl", ("status", "--record")),
        ("own.csv", ("check",)),
        ("content/x.de.md/y", ("extract",)),
    ],
)
def test_what_the_system_refuses_is_told_with_what_helps(
    site: Site, path: str, command: tuple[str, ...]
) -> None:
    site.ok("extract")
    site.configure(more='[report]\nhistory = "history.jsonl"\n[draft]\nglossary = "own.csv"\n')
    if path.endswith("/y"):
        (site.root / "content/x.de.md").symlink_to("x.de.md")
        said, remedy = "too many levels of symbolic links", "symbolic links lead in a circle"
    else:
        (site.root / path).mkdir(parents=True)
        said, remedy = "is a directory", "a folder stands in its place; move it away"
    if path != "own.csv":
        site.write("own.csv", "de,fr\n")
    line = complaint(site.run(*command))
    assert f"cannot be read: {said}; {remedy}" in line
