"""`status` in each of its formats: the same figures, and nothing in them that a reader would obey."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_site import CATALOG, COMMAND, HOSTILE, Site, environment, hostile_site, mixed_site

from netzwerk_i18n.report.status_csv import safe_cell
from netzwerk_i18n.report.status_grid import sparkline
from netzwerk_i18n.report.text import to_json

ROOT = Path(__file__).parents[2]
STATES = ("translated", "draft", "stale", "needs_review", "untranslated", "broken")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return mixed_site(tmp_path_factory.mktemp("mixed"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return hostile_site(tmp_path_factory.mktemp("hostile"))


MANY = ("fr", "en", "es", "it", "nl", "pt_BR", "pl", "cs", "sv", "da", "fi", "zh_Hant")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("many"))
    site.configure(*MANY)
    site.write("content/aktuelles/was-wir-im-sommer-machen.de.md", "Ein Satz.\n")
    return site


def in_window(site: Site, width: int, *arguments: str, kind: str = "xterm") -> list[str]:
    """The lines that a terminal of a width shows."""
    termios, pty = pytest.importorskip("termios"), pytest.importorskip("pty")
    master, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (50, width))
    env = {name: value for name, value in environment(TERM=kind).items() if name != "COLUMNS"}
    with subprocess.Popen([*COMMAND, *arguments], cwd=site.root, env=env, stdout=terminal) as command:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # that is how the end of a terminal is told
            while part := os.read(master, 65536):
                shown += part
    os.close(master)
    assert command.returncode == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).splitlines()
    assert max(map(len, lines)) <= width
    return lines


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_a_row_for_each_language_with_the_figures_of_the_json(mixed: Site) -> None:
    data = mixed.status()["locales"]
    found = {row["locale"]: row for row in rows(mixed.ok("status", "--format", "csv").out)}
    assert found.keys() == data.keys()
    for name, row in found.items():
        total = data[name]["total"]
        assert {state: int(row[state]) for state in STATES} == {state: total[state] for state in STATES}
        assert {state: int(row[f"words_{state}"]) for state in STATES} == total["words_by_state"]
        assert float(row["coverage"]) == total["coverage"]
        assert int(row["pages"]) == 2


def test_the_csv_by_page_and_by_state_adds_up(mixed: Site) -> None:
    data = mixed.status()["locales"]
    pages = rows(mixed.ok("status", "--format", "csv", "--by", "page").out)
    assert [(row["locale"], row["page"]) for row in pages] == [
        (name, path) for name in data for path in data[name]["pages"]
    ]
    assert all(int(row["messages"]) == data[row["locale"]]["pages"][row["page"]]["messages"] for row in pages)
    states = rows(mixed.ok("status", "--format", "csv", "--by", "state").out)
    assert {(row["locale"], row["state"]): int(row["messages"]) for row in states} == {
        (name, state): data[name]["total"][state] for name in data for state in STATES
    }


@pytest.mark.parametrize("name", ["mixed", "hostile"])
def test_the_json_put_together_in_parts_is_that_of_the_whole(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)
    out = site.ok("status", "--format", "json").out
    assert to_json(json.loads(out)) == out


@given(st.text())
def test_no_cell_begins_a_formula_or_ends_a_line(text: str) -> None:
    cell = str(safe_cell(text))
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert cell.splitlines() in ([cell], [])


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\n=1", '=cmd|" /C calc"!A0']
)
def test_untranslated_texts_that_are_formulas_are_told_as_texts(tmp_path: Path, text: str) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    escaped = text.replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n").replace('"', '\\"')
    site.write("content/a.de.md", f'---\ntitle: "{escaped} Wort"\n---\n')
    site.ok("extract")
    (row,) = rows(site.ok("status", "--untranslated", "--format", "csv").out)
    assert "Wort" in row["msgid"]
    assert row["msgid"][0] == "'"


def test_the_markdown_is_a_table_with_the_figures(mixed: Site) -> None:
    text = mixed.ok("status", "--format", "markdown").out
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.startswith("<h3>site: 2 pages, 32 words in German</h3>\n<table>")
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html.replace("\n", ""))
    assert cells[:8] == ["fr", "French", "5", "1", "1", "1", "2", "1"]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.add(tag)


@pytest.mark.parametrize("arguments", [["--untranslated"], ["--by", "page"], []])
def test_nothing_in_the_markdown_is_markup(tmp_path: Path, arguments: list[str]) -> None:
    hostile = hostile_site(tmp_path)
    hostile.write("content/boese.de.md", "".join(f"{text} a|b\n\n" for text in HOSTILE))
    text = hostile.ok("status", "--format", "markdown", *arguments).out
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    parser = _Elements()
    parser.feed(html)
    assert parser.tags <= {"h3", "table", "thead", "tbody", "tr", "th", "td", "p"}
    header, *rest = (line for line in html.split("<tr>")[1:])
    assert all(row.count("<td") == header.count("<th") for row in rest)


def test_a_text_in_the_markdown_calls_no_person(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    site.write("content/a.de.md", "Frag @torvalds\n")
    out = site.ok("status", "--untranslated", "--format", "markdown").out
    # GitHub looks for names after escapes are gone.
    assert "Frag \\@<!-- -->torvalds |" in out


def test_the_table_by_page_has_a_column_for_each_language(mixed: Site) -> None:
    out = mixed.ok("status", "--by", "page").out
    (line,) = (line for line in out.splitlines() if "content/demo.de.md" in line)
    assert re.findall(r"\d+ %", line) == ["59 %", "43 %", "53 %"]


def test_the_table_by_page_of_one_language_has_its_states_in_words(mixed: Site) -> None:
    out = mixed.ok("status", "--by", "page", "--words", "--locale", "fr").out
    (line,) = (line for line in out.splitlines() if "content/demo.de.md" in line)
    assert re.findall(r"[\d/]+", line)[:7] == ["/", "19", "2", "5", "1", "3", "2"]
    assert "19/32" in line


def test_the_table_by_state_adds_up(mixed: Site) -> None:
    lines = mixed.ok("status", "--by", "state").out.splitlines()
    numbers = {
        cells[1].strip(): [int(cell) for cell in cells[2:5]]
        for cells in (re.split("│", line) for line in lines if line.startswith("│"))
    }
    total = numbers.pop("all")
    assert [sum(column) for column in zip(*numbers.values(), strict=True)] == total


@pytest.mark.parametrize(
    ("width", "by", "first"), [(80, "page", "content/aktuelles"), (40, "state", "stale")]
)
def test_languages_for_which_a_window_has_no_room_stand_in_further_tables(
    many: Site, width: int, by: str, first: str
) -> None:
    lines = in_window(many, width, "status", "--by", by)
    heads = [re.findall(r"\w+", line) for line in lines if line.startswith("┃")]
    assert len(heads) > 1
    assert [name for head in heads for name in head[1:]] == list(MANY)
    figures = [line for line in lines if line.startswith(f"│{first}")]
    assert [line.count("│") for line in figures] == [len(head) + 1 for head in heads]
    assert all(line.endswith(("│", "┃", "┓", "┩", "┘")) for line in lines[1:])


@pytest.mark.parametrize("width", [60, 120])
def test_a_dumb_terminal_is_as_wide_as_it_is(mixed: Site, width: int) -> None:
    lines = in_window(mixed, width, "status", kind="dumb")
    assert ("language" in "".join(lines)) == (width == 120)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_headings_break_between_syllables_and_only_for_what_matters(mixed: Site, width: int) -> None:
    lines = in_window(mixed, width, "status")
    heads = [re.findall(r"[\w-]+", line) for line in lines if line.startswith("┃")]
    words = {word for head in heads for word in head}
    whole = {"translated", "draft", "stale", "review", "untranslated", "broken", "words", "coverage", "pages"}
    assert words <= whole | {"locale", "language", "un-", "untrans-", "trans-", "lated"}
    assert (len(heads) == 1) or "language" not in words


def test_a_narrow_window_shows_coverage_and_pages_and_leaves_out_what_matters_less(many: Site) -> None:
    lines = in_window(many, 40, "status")
    (head,) = (line for line in lines if "locale" in line)
    assert re.findall(r"\w+", head)[-2:] == ["coverage", "pages"]
    (portuguese,) = (line for line in lines if "pt_BR" in line)
    assert re.findall(r"[\w/]+", portuguese) == ["pt_BR", "0", "1", "0", "0/1"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_bars_are_left_out_where_the_terminal_has_no_signs_for_them(mixed: Site, encoding: str) -> None:
    site = mixed.root
    done = subprocess.run(
        [*COMMAND, "status"],
        cwd=site,
        env=environment(PYTHONIOENCODING=encoding),
        stdout=subprocess.PIPE,
        check=True,
    )
    lines = done.stdout.decode(encoding).splitlines()
    table = [line for line in lines if line.startswith(("+", "|"))]
    assert len(table) > 3
    assert len({len(line) for line in table}) == 1
    assert "\\" not in done.stdout.decode(encoding)


def test_untranslated_texts_are_listed_with_the_line_where_a_translator_finds_them(mixed: Site) -> None:
    out = mixed.ok("status", "--untranslated", "--locale", "fr").out
    assert out.splitlines()[0] == "fr  French: 2 untranslated"
    catalog = CATALOG.format("fr")
    found = re.findall(rf"  {re.escape(catalog)}:(\d+): (.*)", out)
    lines = mixed.read(catalog).splitlines()
    assert [lines[int(number) - 1] for number, _ in found] == [f'msgid "{text}"' for _, text in found]
    assert [text for _, text in found] == ["Uhrzeit", "Bis dann!"]


def test_texts_that_were_not_extracted_are_listed_with_the_line_of_their_page(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    site.write("content/a.de.md", "Eins.\n\nZwei.\n")
    assert "  content/a.de.md:3: Zwei.\n" in site.ok("status", "--untranslated").out


def test_a_text_that_is_new_on_two_pages_is_listed_once_for_each_catalog(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.de.md", "Eins.\n")
    site.write("content/b.de.md", "Zwei.\n\nEins.\n")
    site.configure("fr")
    assert site.ok("status", "--untranslated").out.splitlines() == [
        "fr  French: 2 untranslated",
        "  content/a.de.md:1: Eins.",
        "  content/b.de.md:1: Zwei.",
    ]
    site.configure(
        "fr", more='[catalogs]\ncatalog = "locales/{locale}/{path}.po"\ntemplate = "locales/{path}.pot"\n'
    )
    assert site.ok("status", "--untranslated").out.splitlines()[0] == "fr  French: 3 untranslated"


def test_nothing_untranslated_is_said_so(mixed: Site, tmp_path: Path) -> None:
    shutil.copytree(mixed.root, tmp_path, dirs_exist_ok=True)
    site = Site(tmp_path)
    site.translate({"Uhrzeit": "Heure", "Bis dann!": "À bientôt !"})
    assert site.ok("status", "--untranslated", "-l", "fr").out == "nothing is untranslated\n"
    assert (
        site.ok("status", "--untranslated", "-l", "fr", "--format", "markdown").out
        == "Nothing is untranslated.\n"
    )


def test_the_list_drives_no_terminal_and_no_runner(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr", source="{path}.de.md", target="{path}.{lang}.md")
    site.write("::error::x.de.md", "::set-env name=x::y \x1b[2J ##[error]z\n")
    out = site.ok("status", "--untranslated").out
    assert "\x1b" not in out
    assert "##[" not in out
    assert not any(line.strip().startswith("::") for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "html"], "--format html needs a folder: add -o FOLDER"),
        (["--format", "badge"], "--format badge needs a folder: add -o FOLDER"),
        (["-o", "x"], "-o goes with --format html or badge"),
        (["--all"], "--all and --overview go with --format html"),
        (["--format", "html", "-o", "x", "--all", "--overview"], "--all and --overview exclude each other"),
        (["--format", "html", "-o", "x", "--untranslated"], "--untranslated has no format html"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(mixed: Site, arguments: list[str], said: str) -> None:
    run = mixed.run("status", *arguments)
    assert run.code == 2
    assert said in run.err
    assert not mixed.exists("x")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize("site", ["mixed", "hostile", "own"])
def test_the_figures_of_every_catalog_are_those_of_msgfmt(site: str, request: pytest.FixtureRequest) -> None:
    found = Site(ROOT) if site == "own" else request.getfixturevalue(site)
    data = found.status()["locales"]
    catalogs = sorted((found.root / "locales").rglob("*.po"))
    assert len(catalogs) == len(data)
    for catalog in catalogs:
        done = subprocess.run(
            ["msgfmt", "--statistics", "-o", "/dev/null", catalog],
            capture_output=True,
            text=True,
            check=True,
            env={"LC_ALL": "C.UTF-8"},
        )
        numbers = re.findall(r"(\d+) (translated|fuzzy|untranslated)", done.stderr)
        counted = {kind: int(number) for number, kind in numbers}
        total = data[catalog.relative_to(found.root / "locales").parts[0]]["total"]
        assert counted.get("translated", 0) == total["translated"] + total["broken"]
        assert counted.get("fuzzy", 0) == total["draft"] + total["stale"] + total["needs_review"]
        assert counted.get("untranslated", 0) == total["untranslated"]


@given(st.lists(st.floats(0, 1)))
def test_a_sparkline_has_a_bar_for_each_of_the_latest_shares(shares: list[float]) -> None:
    line = sparkline(shares)
    assert len(line) == min(10, len(shares))
    assert [ord(bar) for bar in sparkline(sorted(shares))] == sorted(map(ord, sparkline(sorted(shares))))
