"""Whatever ends a run, nothing is lost: the next one asks only for what is missing."""

import signal
import threading
import time
from pathlib import Path
from subprocess import Popen

import cli_limits
import pytest
from cli_limits import POSIX, WITH_SMALL_FILES, WITHOUT_RIGHTS
from cli_server import COMMAND
from cli_site import CATALOG, TIMEOUT, Run, Site
from draft_servers import Answer, Asked, Service, foreign, serving
from draft_site import KEYS, drafting_site, drafts, kept_apart, translate, untranslated

MANY = 60
PAGE = "".join(f"Das ist Satz Nummer {number}.\n\n" for number in range(MANY))


# Python runs last what was to be run at its end first: later than what the libraries do with their connections then.
LINGERING = """
import atexit, sys, time
atexit.register(time.sleep, 1.0)
from netzwerk_i18n.cli import main
sys.argv[:] = ["netzwerk-i18n", "translate"]
main()
"""


def start(site: Site, *arguments: str) -> Popen[bytes]:
    return site.start("translate", *arguments, **KEYS, **kept_apart(site))


def wait_for(service: Service, number: int) -> None:
    deadline = time.monotonic() + TIMEOUT
    while len(service.texts) < number and time.monotonic() < deadline:
        time.sleep(0.01)


def run_through(site: Site, wrapper: str, *arguments: str) -> Run:
    done = cli_limits.run_through(site, wrapper, *arguments, **KEYS, **kept_apart(site))
    assert "Traceback" not in done.err, done.err
    return done


@POSIX
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_after_an_interruption_only_what_is_missing_is_asked_for(
    tmp_path: Path, sign: signal.Signals
) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        service.delay = 0.05
        run = start(site)
        wait_for(service, MANY // 2)
        run.send_signal(sign)
        _, err = run.communicate(timeout=TIMEOUT)
        assert b"Traceback" not in err
        if sign == signal.SIGINT:
            assert run.returncode == 130
            assert drafts(site), "what was there was saved"
        service.delay = 0.0
        assert translate(site).code == 0
        twice = len(service.texts) - len(set(service.texts))
        assert twice <= 8, "only what was under way is asked for again"
    assert len(drafts(site)) == MANY
    assert drafts(site)["Das ist Satz Nummer 7."] == foreign("Das ist Satz Nummer 7.")


@POSIX
def test_a_run_that_waits_for_the_engine_can_be_interrupted(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        service.delay = 20
        run = start(site)
        wait_for(service, 1)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=10)
    assert run.returncode == 130
    assert err.decode().strip() == "netzwerk-i18n: interrupted; every file is whole, run it again to go on"


@pytest.mark.parametrize("name", ["google", "mymemory", "deepl"])
def test_an_answer_that_comes_when_the_run_is_over_is_not_heard(tmp_path: Path, name: str) -> None:
    under_way = threading.Event()

    def fault(_: Asked, number: int) -> Answer | None:
        if number == 1:
            under_way.wait(TIMEOUT)
            return Answer(403, b"")  # which ends the run
        under_way.set()
        time.sleep(0.7)
        return None

    with serving(name, fault=fault) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        run = run_through(site, LINGERING)
        assert len(service.asked) > 1
    assert run.code == 1
    assert run.err.splitlines()[-1].startswith(f"stopped: {name}: "), run.err


def test_catalogs_are_saved_while_the_run_goes_on_and_others_may_work_meanwhile(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE, concurrency=1)
        service.delay = 0.15
        run = start(site)
        deadline = time.monotonic() + TIMEOUT
        while not drafts(site) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert run.poll() is None, "the run still goes on"
        site.ok("extract")
        service.delay = 0.0
        run.communicate(timeout=TIMEOUT)
        assert run.returncode == 0
    assert len(drafts(site)) == MANY


def test_two_runs_at_once_give_what_one_gives(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        runs = [start(site) for _ in range(2)]
        for run in runs:
            _, err = run.communicate(timeout=TIMEOUT)
            assert (run.returncode, err) == (0, b"")
    assert {text: foreign(text) for text in drafts(site)} == drafts(site)
    assert len(drafts(site)) == MANY


@POSIX
def test_a_read_only_catalog_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service)
        catalog = site.root / CATALOG.format("fr")
        catalog.chmod(0o444)
        done = run_through(site, WITHOUT_RIGHTS, *COMMAND, "translate")
        assert not service.asked
    assert done.code == 2
    assert "is read-only; nothing was sent" in done.err


def test_what_was_drafted_before_a_catalog_turned_out_to_be_broken_is_saved_and_told(tmp_path: Path) -> None:
    broken = CATALOG.format("es")

    def meanwhile(_: Asked, number: int) -> None:
        if number == 1:
            site.write(broken, site.read(broken) + "\nmsgid unquoted\n")

    with serving("google", fault=meanwhile) as service:
        site = drafting_site(tmp_path / "site", service, "es", "fr")
        run = translate(site)
    assert run.code == 2
    assert run.err.splitlines()[-1].startswith(f"netzwerk-i18n: {broken}:")
    assert run.out.startswith(f"{CATALOG.format('fr')}: 7 drafts\n")
    assert "translate: 7 drafts for 14 messages" in run.out
    assert len(drafts(site)) == 7


@POSIX
def test_after_a_full_disk_nothing_is_asked_for_twice(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        before = site.read(CATALOG.format("fr"))
        room = len(before) + 200
        done = run_through(
            site, WITH_SMALL_FILES, str(max(room, 200_000)), *COMMAND, "translate", "--limit", "5"
        )
        assert done.code == 0
        done = run_through(site, WITH_SMALL_FILES, str(room), *COMMAND, "translate")
        assert done.code == 2
        assert "cannot be written: " in done.err
        assert "sent to google: " in done.out
        assert done.out.endswith("translate: 0 drafts for 55 messages\n")
        assert len(drafts(site)) == 5
        assert translate(site).code == 0
    assert not untranslated(site)


def test_a_store_of_answers_that_is_broken_is_made_anew(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service)
        folder = Path(kept_apart(site)["NETZWERK_I18N_CACHE"])
        folder.mkdir()
        (folder / "answers-1.sqlite3").write_bytes(b"no database" * 1000)
        assert translate(site).code == 0
        assert len(list(folder.glob("*.sqlite3"))) == 1


@POSIX
def test_a_store_that_cannot_be_written_is_a_note_and_no_failure(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service)
        Path(kept_apart(site)["NETZWERK_I18N_CACHE"]).write_text("a file where a folder should be")
        run = translate(site)
    assert run.code == 0
    assert "note: answers are not kept between runs" in run.err
    assert not untranslated(site)
