"""The history: what is recorded, when it is not, and what a merge may do to it."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from report_site import CATALOG, Site, history_line, mixed_site

from netzwerk_i18n.catalog import State
from netzwerk_i18n.history import Figures, Record, format_record, parse_history

HISTORY = "locales/.netzwerk-i18n/history.jsonl"
COUNTS = st.dictionaries(st.sampled_from(State), st.integers(1, 10**6))
RECORDS = st.builds(
    Record,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.none() | st.text("0123456789abcdef", min_size=40, max_size=40),
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda time: time.replace(microsecond=0)
    ),
    st.dictionaries(
        st.sampled_from(["fr", "pt_PT", "sr@latin"]),
        st.builds(Figures, COUNTS, COUNTS, st.integers(0, 10**6)),
    ),
)


@given(RECORDS)
def test_a_record_is_one_line_that_reads_as_itself(record: Record) -> None:
    line = format_record(record)
    assert line.count("\n") == 1
    assert parse_history(line).records == (record,)


@given(st.lists(RECORDS, unique_by=lambda record: record.digest), st.data())
def test_lines_in_any_order_and_twice_are_the_same_history(
    records: list[Record], data: st.DataObject
) -> None:
    lines = [format_record(record) for record in records]
    shuffled = data.draw(st.permutations(lines + lines[:2]))
    assert parse_history("".join(shuffled)) == parse_history("".join(lines))


@given(st.text())
def test_any_text_is_a_history_with_the_lines_named_that_are_no_records(text: str) -> None:
    history = parse_history(text)
    lines = text.split("\n")
    assert all(lines[number - 1].strip() for number in history.unreadable)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_json_that_is_no_record_is_passed_over(data: object) -> None:
    assert parse_history(json.dumps(data)).unreadable == (1,)


def test_numbers_that_are_none_are_passed_over() -> None:
    good = history_line("a", "2026-01-01T00:00:00Z", fr={"translated": 1})
    for bad in ("-1", "1.5", "true", '"1"', "1e400", "NaN", "9" * 30):
        assert parse_history(good.replace('"translated": 1', f'"translated": {bad}')).unreadable == (1,)
    assert not parse_history(good).unreadable


def records(site: Site) -> list[dict[str, object]]:
    return [json.loads(line) for line in site.read(HISTORY).splitlines()]


def test_figures_are_recorded_once_for_the_same_content(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    run = site.run("status", "--record", "--format", "json")
    assert (run.code, run.err) == (0, f"recorded in {HISTORY}\n")
    before = site.snapshot()
    assert site.run("status", "--record").err == f"recorded before: {HISTORY} has this content\n"
    assert site.snapshot() == before
    total = json.loads(run.out)["locales"]["fr"]["total"]
    (record,) = records(site)
    assert record["locales"]["fr"]["messages"] == {state: total[state] for state in total["words_by_state"]}  # type: ignore[index]
    assert record["locales"]["fr"]["words"] == total["words_by_state"]  # type: ignore[index]
    assert record["commit"] is None


def test_another_translation_and_another_page_are_recorded_anew(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.run("status", "--record")
    site.translate({"Bis dann!": "À bientôt !"})
    site.run("status", "--record")
    site.write("content/dritte.de.md", "Noch ein Satz.\n")
    site.run("status", "--record")
    assert len({record["digest"] for record in records(site)}) == 3


def test_a_translation_in_any_language_and_another_setting_are_recorded_anew(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.run("status", "--record")
    for name in ("fr", "ar", "ja"):
        site.translate({"Bis dann!": "…"}, CATALOG.format(name))
        assert site.run("status", "--record").err == f"recorded in {HISTORY}\n"
    site.write("netzwerk-i18n.toml", site.read("netzwerk-i18n.toml") + '\n[locales.ja]\npublish = "drafts"\n')
    assert site.run("status", "--record").err == f"recorded in {HISTORY}\n"
    assert len({record["digest"] for record in records(site)}) == 5


def test_of_two_records_of_one_content_the_earlier_counts() -> None:
    earlier, later = (
        history_line("a", f"2024-0{month}-01T10:00:00Z", fr={"translated": month}) for month in (1, 2)
    )
    for text in (earlier + later, later + earlier):
        assert parse_history(text) == parse_history(earlier)


def test_the_commit_is_noted_where_there_is_one(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    site.run("status", "--record")
    assert records(site)[0]["commit"] == head.stdout.strip()


def test_branches_that_both_recorded_merge_line_by_line(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.write(".gitattributes", f"{HISTORY} merge=union\n")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(tmp_path)]

    def run(*command: str) -> None:
        subprocess.run([*git, *command], check=True, capture_output=True)

    site.run("status", "--record")
    run("init", "-q", "-b", "main")
    run("add", ".")
    run("commit", "-qm", "first")
    for branch, page in (("one", "content/eins.de.md"), ("two", "content/zwei.de.md")):
        run("checkout", "-q", "-b", branch, "main")
        site.write(page, f"Nur {branch}.\n")
        site.run("status", "--record")
        run("add", ".")
        run("commit", "-qm", branch)
    run("merge", "-q", "one")
    assert len(records(site)) == 3
    site.ok("status")


def test_conflict_marks_are_passed_over_with_a_warning(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    one = history_line("a", "2026-01-01T00:00:00Z", fr={"translated": 1, "untranslated": 9})
    two = history_line("b", "2026-02-01T00:00:00Z", fr={"translated": 9, "untranslated": 1})
    site.write(HISTORY, f"<<<<<<< HEAD\n{one}=======\n{two}>>>>>>> one\n")
    run = site.run("status", COLUMNS="200")
    assert run.code == 0
    assert (
        run.err
        == f"{HISTORY}:1: warning: passed over 3 lines without a record; remove what does not belong there\n"
    )
    (french,) = (line for line in run.out.splitlines() if "French" in line)
    assert "▂▇" in french


def test_recording_after_a_line_that_was_cut_short_begins_a_new_one(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.write(HISTORY, '{"time": "2026-')
    site.run("status", "--record")
    first, second = site.read(HISTORY).splitlines()
    assert first == '{"time": "2026-'
    assert parse_history(second).records


def test_a_part_of_the_project_is_not_recorded(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    for arguments in (["--locale", "fr"], ["content/demo.de.md"], ["--untranslated"]):
        run = site.run("status", "--record", *arguments)
        assert run.code == 2
        assert "--record is about the whole project" in run.err
    assert not site.exists(HISTORY)


def test_the_history_stands_where_the_configuration_says(tmp_path: Path) -> None:
    site = mixed_site(tmp_path, extra='[report]\nhistory = "progress/history.jsonl"\n')
    site.run("status", "--record")
    assert site.exists("progress/history.jsonl")


def test_the_history_cannot_lead_outside(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr", more='[report]\nhistory = "../history.jsonl"\n')
    assert "leads outside the project" in site.run("status").err
