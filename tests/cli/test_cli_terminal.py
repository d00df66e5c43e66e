"""What reaches the terminal: help, one line for each mistake, and never a control character out of the data."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_server import COMMAND
from cli_site import FRENCH, PAGE, TIMEOUT, Site, complaint, environment

COMMANDS = ("extract", "build", "status", "sync")
ESCAPE = "\x1b]0;pwned\x07\x1b[2J"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(empty_site: Site, command: str) -> None:
    empty_site.remove("netzwerk-i18n.toml")
    out = empty_site.ok(command, "--help").out
    assert out.startswith(f"Usage: netzwerk-i18n {command} [OPTIONS]")
    assert "--help" in out


def test_the_help_names_each_command(empty_site: Site) -> None:
    out = empty_site.ok("--help").out
    assert all(f"\n  {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("group", [(), ("memory",), ("engine",)])
def test_the_help_cuts_no_sentence_on_a_terminal_of_80_columns(
    empty_site: Site, group: tuple[str, ...]
) -> None:
    out = empty_site.ok(*group, "--help", COLUMNS="80").out
    listed = out.partition("Commands:\n")[2].splitlines()
    assert listed
    assert all(line[2] != " " and line.endswith(".") and "..." not in line for line in listed)


def test_no_command_at_all_shows_the_help_as_wrong_use(empty_site: Site) -> None:
    run = empty_site.run()
    assert run.code == 2
    assert run.out.startswith("Usage: netzwerk-i18n")


@pytest.mark.parametrize(
    ("arguments", "said", "remedy"),
    [
        (["extract", "--chek"], "'--chek'", "see netzwerk-i18n extract --help"),
        (["extract", "content/seite.de.md"], "content/seite.de.md", "see netzwerk-i18n extract --help"),
        (["build", "--locale"], "'--locale'", "--help"),
        (["status", "--format", "xml"], "'xml'", "see netzwerk-i18n status --help"),
        (["publish"], "'publish'", "see netzwerk-i18n --help"),
        (["--verbose"], "'--verbose'", "see netzwerk-i18n --help"),
        (["status", "--formt", "json"], "'--formt'. Did you mean '--format'; see", "--help"),
        (["status", "-C", "."], "-C stands before the command", "see netzwerk-i18n --help"),
        (["memory", "export", "--root=."], "--root stands before the command", "see netzwerk-i18n --help"),
        (["build", "--locale", "de"], "'de' is the language of the source pages", "the project has fr"),
    ],
)
def test_wrong_use_is_said_in_one_line_that_leads_to_the_help(
    site: Site, arguments: list[str], said: str, remedy: str
) -> None:
    message = complaint(site.run(*arguments))
    assert said in message
    assert message.endswith(remedy)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
@pytest.mark.parametrize("command", ["status", "init"])
def test_a_folder_that_was_removed_is_said_so(tmp_path: Path, command: str) -> None:
    script = (
        "import os, sys; os.rmdir(os.getcwd()); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    folder = tmp_path / "gone"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script, *COMMAND[1:], command],
        cwd=folder,
        env=environment(),
        check=False,
        capture_output=True,
    )
    assert done.returncode == 2
    assert done.stderr.decode().endswith(
        "the folder that you are in was removed; change into one that is there\n"
    )


def printable(text: str) -> bool:
    return all(line.isprintable() for line in text.splitlines())


@pytest.mark.parametrize("name", [f"{ESCAPE}.de.md", "a\nb.de.md", "a\x85b.de.md", "a\u2028b.de.md"])
def test_a_page_whose_name_holds_control_characters_is_refused_without_repeating_them(
    site: Site, name: str
) -> None:
    site.write(f"content/{name}", PAGE)
    run = site.run("sync")
    assert "its name is not UTF-8, or holds a control character; rename it" in complaint(run)
    assert printable(run.err)


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8 there")
def test_a_page_whose_name_is_not_utf8_is_refused(site: Site) -> None:
    (site.root / os.fsdecode(b"content/gr\xfc\xdfe.de.md")).write_text(PAGE)
    assert complaint(site.run("sync")).startswith("content/gr\\udcfc\\udcdfe.de.md: its name is not UTF-8")


def test_texts_with_terminal_escapes_are_shown_without_them(translated: Site) -> None:
    text = "Satz\x1b[2J::error::x"
    translated.write("content/seite.de.md", f"{text}\n")
    translated.ok("extract")
    translated.translate({text: "# Phrase\x1b[2J"})
    run = translated.run("build")
    assert run.code == 1
    assert "\\x1b" in run.err
    assert printable(run.err)
    assert printable(run.out)


def test_a_page_cannot_give_orders_to_a_workflow_by_its_name(empty_site: Site) -> None:
    empty_site.configure("fr", source="{path}.de.md", target="{path}.{lang}.md")
    empty_site.write("::error file=x::pwned.de.md", "---\ntitle: [offen\n---\n")
    run = empty_site.run("extract")
    assert run.code == 0
    assert "pwned" in run.err
    assert not any(line.startswith("::") for line in (run.err + run.out).splitlines())


@pytest.mark.parametrize("message", ["\x1b[2J", "\u009b2J", "\u202e", "\U000e0041"])
def test_the_json_holds_no_raw_control_character(site: Site, message: str) -> None:
    # Names with C0 and C1 are refused; direction marks and tags may stand in names.
    site.configure("fr", source="content/{path}.de.md")
    if message.isascii() or message[0] == "\u009b":
        site.write("content/seite.de.md", f"Text {message}\n")
    else:
        site.write(f"content/{message}x.de.md", PAGE)
    site.ok("extract")
    out = site.ok("status", "--format", "json").out
    assert printable(out)
    assert len(site.status()["locales"]["fr"]["pages"]) >= 1


def test_unknown_names_are_repeated_without_their_control_characters(site: Site) -> None:
    for arguments in (
        ["build", ESCAPE],
        ["build", "--locale", ESCAPE],
        ["--root", ESCAPE, "build"],
        [ESCAPE],
    ):
        run = site.run(*arguments)
        assert run.code == 2
        assert printable(run.err)
        assert "x1b" in run.err


def test_many_paths_are_counted_and_not_listed(empty_site: Site) -> None:
    empty_site.configure("fr", more='[[policy]]\npages = ["**"]\nminimum_coverage = 0\n')
    for number in range(30):
        empty_site.write(f"content/{number}.de.md", PAGE)
    out = empty_site.ok("build").out.splitlines()
    assert out[20:] == ["wrote 10 more", "build: 30 pages written, 0 up to date"]


@pytest.mark.parametrize("arguments", [["status"], ["status", "--format", "json"], ["sync"], ["--help"]])
def test_a_reader_that_goes_away_is_no_reason_for_a_traceback(built: Site, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=built.root,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=TIMEOUT,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
@pytest.mark.parametrize("closed", [1, 2])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["status"], 0), (["translate", "--engine", "pseudo"], 0), (["sync"], 0), (["build", "nirgends"], 2)],
)
def test_a_command_whose_output_is_closed_keeps_its_exit_code(
    built: Site, closed: int, arguments: list[str], code: int
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}>&-', "sh", *COMMAND, *arguments],
        cwd=built.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == code
    assert bool(done.stdout) == (closed == 2 and code == 0)
    assert bool(done.stderr) == (closed == 1 and code == 2)


def test_no_colours_and_no_cursor_movements_go_into_a_file(built: Site) -> None:
    built.translate({"Erster Satz.": ""} | dict.fromkeys(list(FRENCH)[:1], ""))
    assert "\x1b" not in built.ok("status", FORCE_COLOR="", TERM="xterm-256color").out
