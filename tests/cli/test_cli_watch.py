"""`--watch`: the work is done again whenever something that it works on has changed, until Ctrl+C."""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_server import COMMAND
from cli_site import CATALOG, FRENCH, TIMEOUT, Site, complaint, environment

from netzwerk_i18n.watch import Watch

FRENCH_PO, ENGLISH_PO = CATALOG.format("fr"), CATALOG.format("en")
PAGE, LOCALIZED = "content/seite.de.md", "content/seite.fr.md"
LOG = "log"


class Watched:
    """A command that watches a site; what it says goes into a file beside it."""

    def __init__(self, site: Site, *arguments: str) -> None:
        self.site = site
        with (site.root / LOG).open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, *arguments, "--watch"],
                cwd=site.root,
                env=environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def log(self) -> list[str]:
        return self.site.read(LOG).splitlines()

    def wait(self, what: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + TIMEOUT
        while not what():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < end, self.log
            time.sleep(0.02)

    def said(self, start: str, times: int = 1) -> None:
        """Wait until as many lines begin so."""
        self.wait(lambda: sum(line.startswith(start) for line in self.log) >= times)

    def changed(self) -> list[str]:
        """What each further run was begun for."""
        return [line.partition(" changed: ")[2] for line in self.log if " changed: " in line]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(TIMEOUT)


@pytest.fixture
def watch() -> Iterator[Callable[..., Watched]]:
    """Starts a command that watches, and waits until it does."""
    started: list[Watched] = []

    def start(site: Site, *arguments: str) -> Watched:
        started.append(Watched(site, *arguments))
        started[-1].said("watching")
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def test_a_saved_translation_is_on_its_page_a_moment_later(
    translated: Site, watch: Callable[..., Watched]
) -> None:
    watched = watch(translated, "build")
    assert watched.log == [
        f"wrote {LOCALIZED}",
        "build: 1 page written, 0 up to date",
        "watching 3 files; Ctrl+C ends it",
    ]
    translated.translate({"Erster Satz.": "Une tout autre phrase."})
    watched.wait(lambda: "Une tout autre phrase." in translated.read(LOCALIZED))
    watched.said("build: ", 2)
    assert watched.changed() == [FRENCH_PO]
    assert watched.log[-2:] == [f"wrote {LOCALIZED}", "build: 1 page written, 0 up to date"]
    assert watched.stop() == 0
    assert watched.log[-1] == "watching ended"


def test_a_page_may_change_and_go_and_a_new_one_come(built: Site, watch: Callable[..., Watched]) -> None:
    watched = watch(built, "build")
    built.write(PAGE, built.read(PAGE).replace("# Überschrift", "## Überschrift"))
    watched.wait(lambda: "## En-tête" in built.read(LOCALIZED))
    built.write("content/tief/zweite.de.md", "# Überschrift\n")
    watched.wait(lambda: built.exists("content/tief/zweite.fr.md"))
    built.remove(PAGE)
    watched.wait(lambda: not built.exists(LOCALIZED))
    assert watched.changed() == [PAGE, "content/tief/zweite.de.md", PAGE]


def test_what_is_wrong_is_said_and_the_watch_goes_on(built: Site, watch: Callable[..., Watched]) -> None:
    watched = watch(built, "build")
    catalog, settings = built.read(FRENCH_PO), built.read("netzwerk-i18n.toml")
    built.write(FRENCH_PO, catalog.replace('msgstr "Titre"', 'msgstr "Titre'))
    watched.said(f"netzwerk-i18n: {FRENCH_PO}:")
    built.write("netzwerk-i18n.toml", settings.replace("locales", "local"))
    watched.said("netzwerk-i18n: netzwerk-i18n.toml:")
    built.write("netzwerk-i18n.toml", settings)
    watched.said(f"netzwerk-i18n: {FRENCH_PO}:", 2)
    built.write(FRENCH_PO, catalog.replace("Titre", "Le titre"))
    watched.wait(lambda: "title: Le titre" in built.read(LOCALIZED))
    built.write(FRENCH_PO, catalog.replace("Titre", "[Titre](https://evil.example)"))
    watched.said(f"{FRENCH_PO}:")
    built.remove("netzwerk-i18n.toml")
    watched.said("netzwerk-i18n: no netzwerk-i18n.toml")
    built.write("netzwerk-i18n.toml", settings.replace('["fr"]', '["fr", "en"]'))
    watched.said("not published: content/seite.en.md")
    assert watched.changed() == [
        FRENCH_PO,
        "netzwerk-i18n.toml",
        "netzwerk-i18n.toml",
        FRENCH_PO,
        FRENCH_PO,
        "netzwerk-i18n.toml",
        "netzwerk-i18n.toml",
    ]
    assert watched.stop() == 0


def test_localized_pages_and_files_beside_the_pages_begin_nothing(
    built: Site, watch: Callable[..., Watched]
) -> None:
    watched = watch(built, "build")
    built.write(LOCALIZED, "by hand\n")
    built.write("content/bild.png", b"\x89PNG")
    built.write("content/seite.it.md", "# Titolo\n")
    time.sleep(1.5)
    built.translate({"Titel": "Autre"})
    watched.said("build: ", 2)
    assert watched.changed() == [FRENCH_PO]
    assert built.read(LOCALIZED) == "by hand\n"
    assert any(line.startswith(f"{LOCALIZED}: written or edited by a person") for line in watched.log)


def test_what_is_not_published_is_said_again_only_when_it_has_come_further(
    translated: Site, watch: Callable[..., Watched]
) -> None:
    translated.write("content/lang.de.md", "# Eins\n\nZwei drei vier.\n\nFünf.\n")
    translated.write("content/kurz.de.md", "# Ganz anders\n")
    translated.ok("extract")
    watched = watch(translated, "build")

    def unpublished() -> list[str]:
        return [line for line in watched.log if line.startswith("not published: ")]

    assert len(unpublished()) == 2
    translated.translate({"Titel": "Un titre"})
    watched.said("build: ", 2)
    assert len(unpublished()) == 2
    translated.translate({"Eins": "Un"})
    watched.said("build: ", 3)
    assert unpublished()[2:] == ["not published: content/lang.fr.md (only 20 % of its words are translated)"]


def test_only_the_chosen_languages_and_pages_are_watched(
    translated: Site, watch: Callable[..., Watched]
) -> None:
    translated.configure("fr", "en")
    translated.write("content/b/zweite.de.md", "# Überschrift\n")
    translated.ok("extract")
    watched = watch(translated, "build", "--locale", "fr", "content/b")
    translated.translate({"Überschrift": "Heading"}, ENGLISH_PO)
    translated.write(PAGE, translated.read(PAGE) + "\nMehr.\n")
    time.sleep(1.5)
    translated.write("content/b/dritte.de.md", "# Überschrift\n")
    watched.wait(lambda: translated.exists("content/b/dritte.fr.md"))
    assert watched.changed() == ["content/b/dritte.de.md"]
    assert not translated.exists(LOCALIZED)


def test_sync_takes_a_new_text_into_the_catalogs_and_is_not_woken_by_them(
    built: Site, watch: Callable[..., Watched]
) -> None:
    built.configure(more="[locales.fr]\nminimum_coverage = 0\n")
    watched = watch(built, "sync")
    tables = sum("French" in line for line in watched.log)
    built.write(PAGE, built.read(PAGE).replace("Erster Satz.", "Ein neuer Absatz."))
    watched.wait(lambda: "Ein neuer Absatz." in built.read(FRENCH_PO))
    watched.wait(lambda: sum("French" in line for line in watched.log) > tables)
    time.sleep(1.5)  # long enough for it to see what it wrote
    assert sum(line.startswith("extract: ") for line in watched.log) == 2
    with built.edited() as po:
        (new,) = (entry for entry in po if entry.msgid == "Ein neuer Absatz.")
        new.msgstr, new.flags = "Un nouvel alinéa.", []
    watched.wait(lambda: "Un nouvel alinéa." in built.read(LOCALIZED))
    watched.said("build: ", 3)
    assert watched.changed() == [PAGE, FRENCH_PO]
    assert built.run("sync", "--check").code == 0


def test_no_change_is_missed_however_fast_they_come(built: Site, watch: Callable[..., Watched]) -> None:
    watched = watch(built, "build")
    chance = random.Random(7)  # noqa: S311 - no secret depends on it
    for number in range(40):
        built.translate({"Erster Satz.": f"Phrase numéro {number}."})
        if chance.random() < 0.3:
            file = built.root / "content/seite.new"
            file.write_text(built.read(PAGE).replace("Zweiter Satz.", f"Zweiter Satz.\n\n{number}."), "utf-8")
            file.replace(built.root / PAGE)
        time.sleep(chance.random() ** 3 * 0.6)
    watched.wait(lambda: "Phrase numéro 39." in built.read(LOCALIZED))
    watched.wait(lambda: built.run("build", "--check").code == 0)


def test_it_works_from_a_folder_below_and_with_a_catalog_for_each_page(
    site: Site, watch: Callable[..., Watched]
) -> None:
    site.configure(more='[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}.{locale}.po"\n')
    site.ok("extract")
    watched = watch(Site(site.root / "content"), "build")
    site.translate(FRENCH, "po/seite.fr.po")
    watched.wait(lambda: site.exists(LOCALIZED))
    watched.wait(lambda: watched.changed() == ["po/seite.fr.po"])


@pytest.mark.parametrize("command", ["build", "sync"])
@pytest.mark.parametrize("other", ["--check", "--force"])
def test_what_goes_on_for_ever_neither_only_looks_nor_overwrites(
    built: Site, command: str, other: str
) -> None:
    before = built.contents()
    line = complaint(built.run(command, "--watch", other))
    assert "--watch" in line
    assert f"{other} " in line
    assert built.contents() == before


def test_nothing_is_watched_where_the_first_run_is_refused(folder: Site, site: Site) -> None:
    assert "configuration" not in complaint(site.run("build", "--watch", "--locale", "xx"))
    assert "content/fehlt.md" in complaint(site.run("build", "--watch", "content/fehlt.md"))
    site.remove("netzwerk-i18n.toml")
    assert "no netzwerk-i18n.toml" in complaint(folder.run("sync", "--watch"))


def test_files_are_waited_for_until_they_are_left_alone(built: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netzwerk_i18n.watch._SETTLING", 1.0)  # on a busy machine an editor takes its time
    changes = Watch(built.root).changes()
    assert next(changes) == ()

    def save_slowly() -> None:
        for number in range(12):
            built.write(PAGE, "# Überschrift\n" * (number + 1))
            time.sleep(0.04)

    editor = threading.Thread(target=save_slowly)
    editor.start()
    assert next(changes) == (PAGE,)
    assert built.read(PAGE).count("\n") == 12
    editor.join()


def test_a_page_that_cannot_be_one_is_named_when_it_comes_and_when_it_goes(built: Site) -> None:
    outside = built.root.parent / f"{built.root.name}.md"
    outside.write_text("# Fremd\n", "utf-8")
    link = built.root / "content/fremd.de.md"
    watch = Watch(built.root)
    changes = watch.changes()
    next(changes)
    assert watch.files == 3
    link.symlink_to(outside)
    assert next(changes) == ("content/fremd.de.md",)
    link.unlink()
    assert next(changes) == ("content/fremd.de.md",)
    Path(built.root / PAGE).touch()
    assert next(changes) == (PAGE,)
