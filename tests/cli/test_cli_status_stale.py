"""`status --stale`: what changed in the source since a text was translated, for a person at a terminal or in a log."""

import os
import pty
import subprocess

import pytest
from cli_server import COMMAND
from cli_site import Site, environment

OLD = "Wir gehen am 5. Mai gemeinsam nach Berlin und feiern dort."
NEW = "Wir gehen am 6. Mai gemeinsam nach Berlin und feiern dort."


@pytest.fixture
def stale_site(site: Site) -> Site:
    """A site with one sentence that changed since it was translated, and one that did not."""
    site.write("content/seite.de.md", f"Erster Satz.\n\n{OLD}\n")
    site.ok("extract")
    site.translate({"Erster Satz.": "Première phrase.", OLD: "Le 5 mai, nous partons."})
    site.write("content/seite.de.md", f"Erster Satz.\n\n{NEW}\n")
    site.ok("extract")
    return site


def test_a_stale_message_is_shown_with_its_place_and_the_words_that_changed(stale_site: Site) -> None:
    out = stale_site.ok("status", "--stale").out.splitlines()
    catalog = stale_site.read("locales/fr/LC_MESSAGES/site.po").splitlines()
    line = 1 + catalog.index(f'msgid "{NEW}"')
    assert out == [
        f"locales/fr/LC_MESSAGES/site.po:{line} content/seite.de.md:3",
        "   | Wir gehen am [-5-]{+6+}. Mai gemeinsam nach Berlin und feiern dort.",
        "   | Le 5 mai, nous partons.",
        "status: 1 translation is stale: the source changed since",
    ]


def test_without_stale_messages_it_says_so(site: Site) -> None:
    site.ok("extract")
    assert site.ok("status", "--stale").out == "status: no translation is stale\n"


def test_only_the_named_locale_and_pages_are_shown(stale_site: Site) -> None:
    stale_site.configure("fr", "es")
    stale_site.write("content/andere.de.md", "Noch eine Seite.\n")
    stale_site.write("content/zweite.de.md", f"{NEW}\n\n{NEW}\n")
    stale_site.ok("extract")
    everywhere = stale_site.ok("status", "--stale").out
    assert "content/seite.de.md:3" in everywhere
    assert "content/zweite.de.md" not in everywhere
    assert "content/zweite.de.md:1\n" in stale_site.ok("status", "--stale", "content/zweite.de.md").out
    assert stale_site.ok("status", "--stale", "--locale", "es").out == "status: no translation is stale\n"
    assert "no translation" in stale_site.ok("status", "--stale", "content/andere.de.md").out
    assert "1 translation" in stale_site.ok("status", "--stale", "content/seite.de.md").out


def test_languages_follow_one_another_each_with_its_pages_in_order(stale_site: Site) -> None:
    stale_site.configure("fr", "es")
    stale_site.write("content/andere.de.md", OLD.replace("Berlin", "Hamburg"))
    stale_site.ok("extract")
    for locale in ("fr", "es"):
        catalog = f"locales/{locale}/LC_MESSAGES/site.po"
        with stale_site.edited(catalog) as po:
            for entry in po:
                entry.msgstr = entry.msgstr or "Traduit."
    stale_site.write("content/andere.de.md", NEW.replace("Berlin", "Hamburg"))
    stale_site.write("content/seite.de.md", f"Erster Satz.\n\n{NEW.replace('6', '7')}\n")
    stale_site.ok("extract")
    places = [
        line for line in stale_site.ok("status", "--stale").out.splitlines() if line.startswith("locales/")
    ]
    assert [(place[8:10], place.split()[1]) for place in places] == [
        (locale, page)
        for locale in ("fr", "es")
        for page in ("content/andere.de.md:1", "content/seite.de.md:3")
    ]


def test_nothing_in_a_text_drives_the_terminal(stale_site: Site) -> None:
    with stale_site.edited() as po:
        for entry in po:
            if entry.fuzzy:
                entry.previous_msgid = "\x1b[31mRot ##[error] Satz\n::error::Ziel"
    out = stale_site.ok("status", "--stale").out
    assert "\x1b" not in out
    assert "##[" not in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_a_format_for_programs_is_refused_in_one_line(stale_site: Site) -> None:
    run = stale_site.run("status", "--stale", "--format", "json")
    assert run.code == 2
    assert "--stale" in run.err


def test_on_a_terminal_what_left_is_struck_out_and_what_came_is_green(stale_site: Site) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "status", "--stale"],
        cwd=stale_site.root,
        env=environment(TERM="xterm-256color"),
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(leader)
    assert process.wait(timeout=30) == 0
    assert b"\x1b[9;31m5\x1b[0m\x1b[32m6\x1b[0m" in shown
    assert b"[-" not in shown
