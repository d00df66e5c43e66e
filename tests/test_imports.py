"""The rooms of the package and the one direction in which they may import each other."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import netzwerk_i18n

ROOT = Path(netzwerk_i18n.__file__).parent
PACKAGE = netzwerk_i18n.__name__

# A room may import those that stand below it, and itself; rooms in one line do not know each other.
FLOORS = (
    ("__main__",),
    ("cli",),
    ("report",),
    ("gate",),
    ("status", "stale", "check", "adopt", "review"),
    ("build", "extract", "fix", "init", "memory", "merge_driver", "watch"),
    ("look",),
    ("localize",),
    ("outcomes", "catalog_problems"),
    ("kept",),
    ("walk", "readings", "tally", "findings", "msgfmt"),
    ("manifest", "history"),
    ("draft",),
    ("project",),
    ("config",),
    ("checks", "parallel", "store", "revision"),
    ("cache", "fingerprint", "repository"),
    ("fitting",),
    ("catalog",),
    ("page",),
    ("errors",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package: its name without the package's, and its file."""
    for file in sorted(ROOT.rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


@cache
def imports(file: Path) -> list[tuple[int, str]]:
    """Whatever a module imports: at its top, inside functions and for type checkers alike; with the line."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports are absolute here"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def room(name: str) -> str:
    """The room of a module, or of something in it: `page` for `netzwerk_i18n.page.html.tags`."""
    return name.removeprefix(f"{PACKAGE}.").partition(".")[0]


INNER = [(name, file) for name, file in modules() if name]


@pytest.mark.parametrize(("name", "file"), INNER, ids=[name for name, _ in INNER])
def test_imports_point_one_way(name: str, file: Path) -> None:
    own = room(name)
    assert own in FLOOR, f"{own} is a new room: give it its floor in this file and in CONTRIBUTING.md"
    for line, imported in imports(file):
        if imported.partition(".")[0] != PACKAGE or imported == f"{PACKAGE}.__version__":
            continue
        other = room(imported)
        assert other == own or FLOOR[other] > FLOOR[own], (
            f"{file}:{line}: {own} must not know {other} ({imported})"
        )


def test_every_room_in_the_order_is_there() -> None:
    assert {room(name) for name, _ in INNER} == set(FLOOR)


def test_a_floor_holds_rooms_that_do_not_know_each_other() -> None:
    for number, rooms in enumerate(FLOORS):
        for name, file in INNER:
            others = set(rooms) - {room(name)} if room(name) in rooms else set()
            known = {room(imported) for _, imported in imports(file) if imported.startswith(f"{PACKAGE}.")}
            assert not known & others, f"{name} on floor {number} knows {known & others}"


def names_used(*rooms: str) -> set[str]:
    """The outermost names of all that the rooms import."""
    return {
        imported.partition(".")[0]
        for name, file in INNER
        if room(name) in rooms
        for _, imported in imports(file)
    }


def test_pages_know_no_file_no_network_and_no_terminal() -> None:
    forbidden = {
        "click",
        "filelock",
        "http",
        "os",
        "pathlib",
        "requests",
        "rich",
        "socket",
        "subprocess",
        "urllib",
    }
    assert not names_used("page") & forbidden


def test_pages_and_catalogs_are_judged_without_a_file() -> None:
    assert not names_used("checks") & {"click", "filelock", "http", "pathlib", "rich", "socket", "subprocess"}


def test_only_the_command_line_and_the_reports_know_the_terminal() -> None:
    inside = {room(name) for name, _ in INNER} - {"cli", "report", "__main__"}
    assert not names_used(*inside) & {"click", "rich"}


def test_nothing_imports_what_serves_the_tests_only() -> None:
    assert not names_used(*FLOOR) & {"pytest", "hypothesis", "polib", "hugo", "_pytest"}


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [
        ("netzwerk_i18n.page", ("yaml", "tomllib", "babel", "rich", "rapidfuzz", "filelock", "click")),
        ("netzwerk_i18n.catalog", ("yaml", "markdown_it", "babel", "rich", "rapidfuzz", "filelock", "click")),
    ],
)
def test_a_room_loads_a_library_only_when_it_needs_it(module: str, unneeded: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(unneeded) & set(done.stdout.split())
