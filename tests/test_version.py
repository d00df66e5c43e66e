"""`--version` says the version, and does not load for it what only the work needs."""

import re
import subprocess
import sys

import pytest

import netzwerk_i18n

HEAVY = (
    "babel",
    "filelock",
    "jinja2",
    "markdown_it",
    "mdit_py_plugins",
    "polib",
    "rapidfuzz",
    "rich",
    "yaml",
)
LOADED = "import atexit, sys; atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"


def run(*arguments: str) -> tuple[str, set[str]]:
    """What a command prints, and the modules it has loaded when it ends."""
    code = f"{LOADED}from netzwerk_i18n.cli import main\nsys.argv[1:] = {list(arguments)!r}\nmain()\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout, set(done.stderr.split())


def test_the_version_is_printed() -> None:
    assert run("--version")[0] == f"netzwerk-i18n {netzwerk_i18n.__version__}\n"


def test_the_version_has_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", netzwerk_i18n.__version__)


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["extract", "--help"], ["status", "--help"]]
)
def test_nothing_heavy_is_loaded_for_a_word_about_the_tool(arguments: list[str]) -> None:
    loaded = run(*arguments)[1]
    assert "netzwerk_i18n.cli" in loaded
    assert not loaded.intersection(HEAVY)


def test_importing_the_package_loads_no_more_than_the_package() -> None:
    code = f"{LOADED}import netzwerk_i18n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stderr.split() if name.startswith("netzwerk_i18n")}
    assert loaded == {"netzwerk_i18n"}
