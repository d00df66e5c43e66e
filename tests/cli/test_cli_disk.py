"""Whatever happens while files are written, every file is whole: no room, no right, no power, two runs at once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_limits import POSIX, WITH_SMALL_FILES, WITHOUT_RIGHTS, run_through
from cli_server import COMMAND
from cli_site import FRENCH, PAGE, TIMEOUT, Site, complaint

EVERYTHING = '[[policy]]\npages = ["**"]\nminimum_coverage = 0\n'


# The worst moment for Ctrl-C: a file is open, and the `with` that closes it has not begun.
INTERRUPTED_WHILE_OPENING = """
import builtins, signal
from netzwerk_i18n.cli import main
opening = builtins.open
def open_and_interrupt(file, *arguments, **more):
    opened = opening(file, *arguments, **more)
    if str(file).endswith("1.de.md"):
        signal.raise_signal(signal.SIGINT)
    return opened
builtins.open = open_and_interrupt
main()
"""
INTERRUPTED = (130, "netzwerk-i18n: interrupted; every file is whole, run it again to go on")


def assert_same(site: Site, expected: dict[str, bytes]) -> None:
    assert site.contents().keys() == expected.keys()
    assert site.contents() == expected


@pytest.fixture(scope="session")
def large_stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, bytes]]:
    """A site with many pages, translated and not built; and what it holds once it is built."""
    site = Site(tmp_path_factory.mktemp("large") / "site")
    site.configure("fr", more=EVERYTHING)
    for number in range(150):
        site.write(f"content/{number}.de.md", f"{PAGE}\nSeite Nummer {number}.\n{'Wort ' * 500}\n")
    site.ok("extract", SOURCE_DATE_EPOCH="1700000000")
    site.translate(FRENCH)
    site.ok("extract")
    other = copy(site, "built")
    other.ok("build")
    return site, other.contents()


@pytest.fixture
def large(large_stage: tuple[Site, dict[str, bytes]], tmp_path: Path) -> Site:
    """The large site, not built."""
    shutil.copytree(large_stage[0].root, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path)


@pytest.fixture
def undisturbed(large_stage: tuple[Site, dict[str, bytes]]) -> dict[str, bytes]:
    """What the large site holds when nothing happened while it was built."""
    return large_stage[1]


def copy(site: Site, name: str) -> Site:
    other = Site(site.root.parent / f"{site.root.name}-{name}")
    shutil.copytree(site.root, other.root)
    return other


@POSIX
@pytest.mark.parametrize("command", ["extract", "build", "sync"])
def test_a_folder_without_write_permission_is_named(translated: Site, command: str) -> None:
    translated.write("content/seite.de.md", PAGE + "\nNeu.\n")
    before = translated.snapshot()
    folders = [folder for folder in (translated.root, *translated.root.rglob("*")) if folder.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        run = run_through(translated, WITHOUT_RIGHTS, *COMMAND, command)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert complaint(run).startswith("locales/")
    assert "permission denied" in run.err.lower()
    assert translated.snapshot() == before


@POSIX
def test_a_page_without_read_permission_is_named(translated: Site) -> None:
    (translated.root / "content/seite.de.md").chmod(0)
    run = run_through(translated, WITHOUT_RIGHTS, *COMMAND, "build")
    assert complaint(run).startswith("content/seite.de.md: cannot be read: ")


@POSIX
@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_full_disk_is_named_and_every_file_is_whole(translated: Site, command: str) -> None:
    translated.write("content/zweite.de.md", "Neuer Text. " * 200)
    if command == "build":
        translated.configure("fr", more=EVERYTHING)
    before = translated.contents()
    run = run_through(translated, WITH_SMALL_FILES, "1000", *COMMAND, command)
    said = complaint(run)
    assert "cannot be written: " in said
    assert said.startswith(("locales/", "content/"))
    after = translated.contents()
    assert {path: after[path] for path in before} == before
    assert not [path for path in after if path.endswith(".tmp")]


@POSIX
def test_what_was_built_before_the_disk_was_full_is_reported(translated: Site) -> None:
    translated.write("content/zweite.de.md", "Neuer Text. " * 200)
    translated.configure("fr", more=EVERYTHING)
    run = run_through(translated, WITH_SMALL_FILES, "1000", *COMMAND, "build")
    assert complaint(run).startswith("content/zweite.fr.md: cannot be written: ")
    assert run.out == "wrote content/seite.fr.md\nbuild: 1 page written, 0 up to date\n"


@POSIX
@pytest.mark.parametrize("command", ["extract", "sync", "import"])
def test_what_was_written_before_the_disk_was_full_is_reported(translated: Site, command: str) -> None:
    translated.configure("en", "fr")
    translated.ok("extract")
    translated.translate({"Erster Satz.": "Première phrase. " * 200})
    translated.write("content/seite.de.md", PAGE + "\nNeu.\n")
    run = run_through(translated, WITH_SMALL_FILES, "3000", *COMMAND, command)
    assert complaint(run).startswith("locales/fr/LC_MESSAGES/site.po: cannot be written: ")
    written = [line for line in run.out.splitlines() if line.startswith("wrote ")]
    assert written == ["wrote locales/site.pot", "wrote locales/en/LC_MESSAGES/site.po"]
    assert "up to date" not in run.out


@POSIX
def test_after_a_full_disk_the_next_run_finishes_the_work(translated: Site) -> None:
    translated.write("content/zweite.de.md", "Neuer Text. " * 200)
    translated.configure("fr", more=EVERYTHING)
    other = copy(translated, "undisturbed")
    run_through(translated, WITH_SMALL_FILES, "1000", *COMMAND, "build")
    translated.ok("build")
    other.ok("build")
    assert_same(translated, other.contents())


@POSIX
@pytest.mark.parametrize(("jobs", "number"), [("1", "77"), ("2", "77"), ("3", "0")])
def test_pages_that_were_written_before_the_disk_was_full_are_known_as_ours(
    large: Site, jobs: str, number: str
) -> None:
    large.write(f"content/{number}.de.md", f"{PAGE}\n{'Viele Worte. ' * 4000}\n")
    large.ok("extract")
    run = run_through(
        large,
        WITH_SMALL_FILES,
        "40000",
        *COMMAND,
        "build",
        NETZWERK_I18N_JOBS=jobs,
        NETZWERK_I18N_CACHE="off",
    )
    assert complaint(run).startswith(f"content/{number}.fr.md: cannot be written: ")
    assert not large.exists("locales/.netzwerk-i18n/journal")
    large.translate({"Erster Satz.": "Autre phrase."})
    result = large.ok("build")
    assert "by hand" not in result.out + result.err
    pages = [path for path in large.contents() if path.endswith(".fr.md")]
    assert len(pages) == 150
    assert all("Autre phrase." in large.read(path) for path in pages)


def interrupt(site: Site, sign: signal.Signals, written: str, *arguments: str, **env: str) -> tuple[int, str]:
    """Send a signal to a command as soon as a file is there."""
    process = site.start(*arguments, **env)
    target = site.root / written
    while process.poll() is None and not target.exists():
        time.sleep(0.0005)
    process.send_signal(sign)
    _, err = process.communicate(timeout=TIMEOUT)
    return process.returncode, err.decode()


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_after_a_killed_build_the_next_one_gives_what_an_undisturbed_one_gives(
    large: Site, undisturbed: dict[str, bytes], jobs: str
) -> None:
    for written in ("0.fr.md", "142.fr.md", "99.fr.md"):
        interrupt(large, signal.SIGKILL, f"content/{written}", "build", NETZWERK_I18N_JOBS=jobs)
        for path, data in large.contents().items():
            if path.endswith(".md"):
                assert data == undisturbed[path]
    large.ok("build")
    assert_same(large, undisturbed)


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_of_one_page_forgets_none_that_a_killed_build_wrote(large: Site, jobs: str) -> None:
    interrupt(large, signal.SIGKILL, "content/142.fr.md", "build", NETZWERK_I18N_JOBS=jobs)
    large.ok("build", "content/7.de.md")
    large.translate({"Erster Satz.": "Autre phrase."})
    large.ok("build")
    pages = [path for path in large.contents() if path.endswith(".fr.md")]
    assert len(pages) == 150
    assert all("Autre phrase." in large.read(path) for path in pages)


@POSIX
def test_after_a_killed_extract_the_next_one_gives_what_an_undisturbed_one_gives(large: Site) -> None:
    large.configure("fr", "en", "es", "nl", more=EVERYTHING)
    other = copy(large, "undisturbed")
    other.ok("extract", SOURCE_DATE_EPOCH="1700000000")
    expected = other.contents()
    for locale in ("en", "nl"):
        interrupt(large, signal.SIGKILL, f"locales/{locale}", "extract", SOURCE_DATE_EPOCH="1700000000")
        for path, data in large.contents().items():
            if path.endswith((".po", ".pot")):
                assert data == expected[path]
    large.ok("extract", SOURCE_DATE_EPOCH="1700000000")
    assert_same(large, expected)


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_a_build_with_one_line_and_whole_files(
    large: Site, undisturbed: dict[str, bytes], jobs: str
) -> None:
    code, err = interrupt(large, signal.SIGINT, "content/0.fr.md", "build", NETZWERK_I18N_JOBS=jobs)
    if code == 0:
        pytest.skip("the build was done before the interrupt came")
    assert (code, err.strip()) == INTERRUPTED
    for path, data in large.contents().items():
        if path.endswith(".md"):
            assert data == undisturbed[path]
    large.ok("build")
    assert_same(large, undisturbed)


@pytest.mark.parametrize("command", ["extract", "build", "status", "check"])
def test_an_interrupt_while_a_page_is_being_opened_says_one_line(translated: Site, command: str) -> None:
    translated.write("content/1.de.md", PAGE)
    run = run_through(translated, INTERRUPTED_WHILE_OPENING, command)
    assert (run.code, run.err.strip()) == INTERRUPTED


@pytest.mark.parametrize("command", [COMMAND, (str(Path(sys.executable).with_name("netzwerk-i18n")),)])
def test_an_interrupt_while_the_command_line_is_loaded_is_one_line(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    # A library of ours, loaded at the start, in which Ctrl-C comes.
    tmp_path.joinpath("click.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n", "utf-8")
    done = subprocess.run(
        [*command, "--version"], env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True,
        text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "netzwerk-i18n: interrupted\n")


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_pages_that_were_written_before_an_interrupt_are_known_as_ours(large: Site, jobs: str) -> None:
    code, _ = interrupt(large, signal.SIGINT, "content/0.fr.md", "build", NETZWERK_I18N_JOBS=jobs)
    if code == 0:
        pytest.skip("the build was done before the interrupt came")
    large.translate({"Erster Satz.": "Autre phrase."})
    large.ok("build")
    pages = [path for path in large.contents() if path.endswith(".fr.md")]
    assert len(pages) == 150
    assert all("Autre phrase." in large.read(path) for path in pages)


@pytest.mark.parametrize("command", ["extract", "build", "sync"])
def test_two_runs_at_once_give_what_one_gives(translated: Site, command: str) -> None:
    for number in range(40):
        translated.write(f"content/{number}.de.md", f"{PAGE}\nSeite Nummer {number}.\n")
    translated.configure("fr", "en", "es", more=EVERYTHING)
    other = copy(translated, "serial")
    other.ok(command, SOURCE_DATE_EPOCH="1700000000")
    runs = [translated.start(command, SOURCE_DATE_EPOCH="1700000000") for _ in range(2)]
    for run in runs:
        _, err = run.communicate(timeout=TIMEOUT)
        assert (run.returncode, err) == (0, b"")
    assert_same(translated, other.contents())


def test_a_check_beside_a_writing_run_does_it_no_harm(large: Site, undisturbed: dict[str, bytes]) -> None:
    writing = large.start("build")
    checking = large.start("build", "--check")
    for run in (writing, checking):
        _, err = run.communicate(timeout=TIMEOUT)
        assert err == b""
    assert_same(large, undisturbed)


@POSIX
def test_a_lock_that_is_a_link_is_refused(site: Site) -> None:
    victim = site.root / "victim"
    victim.write_text("mine")
    lock = site.root / "locales/.netzwerk-i18n/lock"
    lock.parent.mkdir(parents=True)
    lock.symlink_to(victim)
    assert complaint(site.run("extract")).startswith("locales/.netzwerk-i18n/lock: is a symbolic link")
    assert victim.read_text() == "mine"


@POSIX
def test_a_file_keeps_its_permissions(built: Site) -> None:
    page = Path(built.root / "content/seite.fr.md")
    page.chmod(0o640)
    built.translate({"Erster Satz.": "Autre phrase."})
    built.ok("build")
    assert page.stat().st_mode & 0o777 == 0o640
