"""What is kept between runs: it makes them faster, and never changes what they do."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from cli_server import COMMAND
from cli_site import CATALOG, FRENCH, PAGE, Site, environment

from netzwerk_i18n.config import load_config
from netzwerk_i18n.findings import CheckReport
from netzwerk_i18n.gate import check_all
from netzwerk_i18n.manifest import open_project
from netzwerk_i18n.store import Row, open_store


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the runs of a test keep what they know."""
    folder = tmp_path_factory.mktemp("kept")
    monkeypatch.setenv("NETZWERK_I18N_CACHE", str(folder))
    return folder


def store(kept: Path) -> Path:
    """The one file that was kept."""
    (file,) = kept.rglob("*.sqlite3")
    return file


def test_a_second_run_finds_what_the_first_one_kept(kept: Path, translated: Site) -> None:
    translated.ok("build")
    with closing(sqlite3.connect(store(kept))) as database, database:
        kinds = {kind for (kind,) in database.execute("SELECT kind FROM kept")}
    assert "outcome" in kinds
    assert "1 up to date" in translated.ok("build").out


def test_nothing_is_kept_where_the_user_wants_nothing_kept(
    kept: Path, translated: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETZWERK_I18N_CACHE", "off")
    translated.ok("build")
    assert not list(kept.iterdir())


def test_a_folder_inside_the_project_is_neither_written_nor_believed(
    translated: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETZWERK_I18N_CACHE", str(translated.root / "cache"))
    translated.ok("build")
    assert not (translated.root / "cache").exists()


def _text(file: Path) -> None:
    file.write_text("no database")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE kept (something TEXT)")


def _other_code(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE made_by SET code = x'00'")


def _forged(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE kept SET data = replace(data, 'Premi', 'Danger')")


def _noise(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(100, len(data), 97):
        data[place] ^= 0x55
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [_text, _empty, _cut, _folder, _foreign, _other_code, _forged, _noise])
def test_what_is_broken_is_as_good_as_nothing(
    damage: Callable[[Path], None], kept: Path, translated: Site
) -> None:
    translated.ok("build")
    right = translated.contents()
    damage(store(kept))
    for command in ("extract", "build", "status"):
        assert translated.run(command).err == ""
    translated.remove("content/seite.fr.md")
    assert translated.run("build").err == ""
    assert translated.contents() == right


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_fault(kept: Path, translated: Site) -> None:
    kept.chmod(0o500)
    try:
        assert translated.ok("build").err == ""
    finally:
        kept.chmod(0o700)


def test_a_changed_page_is_read_again(kept: Path, translated: Site) -> None:
    translated.ok("build")
    translated.write("content/seite.de.md", PAGE.replace("Erster", "Anderer"))
    translated.ok("extract")
    assert "Anderer Satz." in translated.read("locales/site.pot")


def test_a_changed_translation_is_judged_again(kept: Path, translated: Site) -> None:
    translated.ok("build")
    translated.translate(FRENCH | {"Erster Satz.": "# Titre"})
    run = translated.run("build")
    assert run.code == 1
    assert "block-shape" in run.err
    again = translated.run("build")
    assert again.err == run.err


def test_a_refused_translation_is_named_by_its_new_line(kept: Path, translated: Site) -> None:
    translated.translate(FRENCH | {"Zweiter Satz.": "# Titre"})
    translated.run("build")
    translated.write("content/a.de.md", "Ganz neu.\n")
    translated.ok("extract")
    with_kept = translated.run("build").err
    shutil.rmtree(kept)
    assert translated.run("build").err == with_kept


def test_a_check_believes_what_an_earlier_one_found(kept: Path, translated: Site) -> None:
    translated.translate(FRENCH | {"Erster Satz.": "Première phrase"})
    assert "[end-punctuation]" in translated.ok("check").out
    known, page = open_store(translated.root), "content/seite.de.md"
    assert known is not None
    ((kind, (key, data)),) = [
        (kind, known.rows(kind, "fr", pages=[page])[page])
        for kind in ("look", "look and remarks")
        if known.rows(kind, "fr", pages=[page])
    ]
    known.put([Row(kind, "fr", page, key, data.replace(b"end-punctuation", b"invented"))])
    assert "[invented]" in translated.ok("check").out
    translated.write("content/seite.de.md", PAGE.replace("Zweiter", "Dritter"))
    assert "[invented]" not in translated.run("check").out


def _other_language(site: Site) -> None:
    catalog = CATALOG.format("fr")
    site.write(catalog, site.read(catalog).replace("Language: fr", "Language: es"))


def _same_message_twice(site: Site) -> None:
    catalog = CATALOG.format("fr")
    site.write(
        catalog,
        site.read(catalog) + '\n#~ msgid "Weg."\n#~ msgstr "a"\n\n#, c-format\nmsgid "%d"\nmsgstr "%s"\n',
    )


def _glossary(site: Site) -> None:
    site.write("glossary.csv", "source,fr\nSatz,proposition\n")


def _page_above(site: Site) -> None:
    site.write("content/a.de.md", "Ganz neu.\n")
    site.ok("extract")


def _comment(site: Site) -> None:
    with site.edited() as catalog:
        for entry in catalog:
            entry.tcomment = "i18n-ignore: end-punctuation"


def _severity(site: Site) -> None:
    site.configure("fr", "pl", more='[checks]\nend-punctuation = "error"\n')


def _silence(site: Site) -> None:
    ignore = '[[checks.ignore]]\ncheck = "end-punctuation"\nmsgid = "Erster Satz."\n'
    site.configure("fr", "pl", more=ignore)


def _wrong(site: Site) -> None:
    site.translate({"Zweiter Satz.": "# Drugie zdanie."}, CATALOG.format("pl"))


def _mended(site: Site) -> None:
    site.translate(FRENCH)


def _nothing(_site: Site) -> None:
    pass


@pytest.mark.parametrize(
    "edit",
    [
        _other_language,
        _same_message_twice,
        _glossary,
        _page_above,
        _comment,
        _severity,
        _silence,
        _wrong,
        _mended,
        _nothing,
    ],
)
def test_a_check_that_knows_an_earlier_one_finds_what_one_without_it_finds(
    edit: Callable[[Site], None], kept: Path, translated: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(only: Sequence[str] = (), locale: str = "") -> CheckReport:
        project = open_project(load_config(translated.root))
        locales = [each for each in project.config.locales if each.name == locale]
        return check_all(project, locales=locales, only=only)

    def look_in_many_ways() -> list[CheckReport]:
        return [look(), look(locale="pl"), look(["end-punctuation"]), look(["quotes"]), look(["msgfmt"])]

    translated.configure("fr", "pl")
    translated.write("content/seite.de.md", PAGE + "\nMehr steht [hier](/x).\n")
    translated.ok("extract")
    more = {"Erster Satz.": "Première phrase", "Mehr steht [hier](/x).": "Plus [ici](/x)."}
    translated.translate(FRENCH | more)
    look()
    edit(translated)
    found = look_in_many_ways()
    assert list(kept.rglob("*.sqlite3"))
    monkeypatch.setenv("NETZWERK_I18N_CACHE", "off")
    assert found == look_in_many_ways()


@pytest.mark.usefixtures("kept")
def test_catalogs_are_compared_where_nothing_changed(site: Site) -> None:
    site.configure("fr", more='[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}.{lang}.po"\n')
    for name, word in (("a", "phrase"), ("b", "phrase"), ("c", "proposition")):
        site.write(f"content/{name}.de.md", "Erster Satz.\n")
        site.ok("extract")
        site.translate({"Erster Satz.": f"Première {word}."}, f"po/{name}.fr.po")
    first = site.ok("check", "--only", "consistency")
    assert "c.fr.po" in first.out
    assert site.ok("check", "--only", "consistency") == first


def test_what_is_known_of_a_removed_page_is_dropped(kept: Path, translated: Site) -> None:
    translated.write("content/weg.de.md", "Bald weg.\n")
    translated.ok("extract")
    translated.remove("content/weg.de.md")
    translated.write("content/seite.de.md", PAGE + "\nMehr.\n")
    translated.ok("extract")
    with closing(sqlite3.connect(store(kept))) as database, database:
        pages = {page for (page,) in database.execute("SELECT page FROM kept WHERE kind = 'reading'")}
    assert pages == {"content/seite.de.md"}


def test_what_was_not_used_for_a_month_is_dropped(kept: Path, translated: Site) -> None:
    translated.ok("build")
    old = store(kept).with_name("0123.sqlite3")
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    translated.write("content/neu.de.md", "Neu.\n")
    translated.ok("extract")
    assert not old.exists()


def test_runs_at_the_same_time_do_not_disturb_each_other(kept: Path, translated: Site) -> None:
    for number in range(30):
        translated.write(f"content/s{number}.de.md", PAGE)
    translated.ok("extract")
    commands = [("build",), ("status",), ("build", "--check"), ("extract", "--check"), ("status",)]
    runs = [
        subprocess.Popen(
            [*COMMAND, *command],
            cwd=translated.root,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    for run in runs:
        assert run.communicate(timeout=60)[1] == ""
        assert run.returncode in (0, 1)
    assert "31 up to date" in translated.ok("build").out
