"""The registry: every check is documented, and other distributions add theirs by an entry point."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from netzwerk_i18n.checks import ERRORS, Check, all_checks
from netzwerk_i18n.checks.warnings import WARNINGS
from netzwerk_i18n.report.check_reference import check_reference

OURS = ERRORS + WARNINGS
DOCS = Path(__file__).parents[2] / "docs" / "checks.md"

HOUSE = """\
from netzwerk_i18n.checks import Check
from netzwerk_i18n.checks.finding import Problem

def find(situation):
    at = situation.translation.find("Twitter")
    if at >= 0:
        yield Problem("say X", at, at + 7)

CHECK = Check("house-style", "error", find, "The house's style.", "It is ours.")
SOFT = Check("soft-style", "warning", find)
BOTH = (CHECK, SOFT)
"""
PAGE = "Erster Satz.\n\nZweiter Satz.\n"
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: fr\\n"

msgid "Erster Satz."
msgstr "Première sur Twitter."

msgid "Zweiter Satz."
msgstr "Deuxième phrase."
"""
CONFIG = """\
[project]
domain = "site"
source_locale = "de"
locales = ["fr"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"

[locales.fr]
minimum_coverage = 0
"""


def install(folder: Path, points: str, code: str = HOUSE, name: str = "house") -> Path:
    """A distribution as pip leaves it in site-packages."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[netzwerk_i18n.checks]\n{points}\n")
    (folder / f"{name}.py").write_text(code)
    return folder


def run(*command: str, plugins: Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    env = os.environ | {"PYTHONPATH": str(plugins), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=50
    )


def names(plugins: Path) -> list[str]:
    """The names of the checks that others add."""
    code = "import netzwerk_i18n.checks as c; print(*[k.name for k in c.third_party_checks()])"
    done = run("-c", code, plugins=plugins)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def complaint(plugins: Path) -> str:
    """With what the registry refuses to work."""
    code = (
        "import netzwerk_i18n.checks as c, netzwerk_i18n.errors as e\n"
        "for _ in range(2):\n"
        "    try: c.all_checks()\n"
        "    except e.NetzwerkError as error: print(error)\n"
    )
    done = run("-c", code, plugins=plugins)
    first, second = done.stdout.splitlines()
    assert first == second
    return first


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one translation that speaks of Twitter."""
    root = tmp_path / "site"
    for name, text in {
        "netzwerk-i18n.toml": CONFIG,
        "content/seite.de.md": PAGE,
        "locales/fr/LC_MESSAGES/site.po": PO,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize("check", OURS, ids=lambda check: check.name)
def test_every_check_says_what_it_looks_for_and_why(check: Check) -> None:
    for text in (check.what, check.why):
        assert text.endswith(".")


def test_no_two_checks_have_one_name() -> None:
    assert len({check.name for check in OURS}) == len(OURS)


def test_the_document_is_what_the_registry_says() -> None:
    assert DOCS.read_text(encoding="utf-8") == check_reference(), (
        "run python -m netzwerk_i18n.report.check_reference > docs/checks.md"
    )


def test_without_other_distributions_the_registry_is_ours_and_nothing_is_loaded(tmp_path: Path) -> None:
    assert all_checks()[: len(OURS)] == OURS
    code = (
        "import sys, netzwerk_i18n.checks as c\n"
        "assert c.third_party_checks() == (), c.third_party_checks()\n"
        "print('importlib.metadata' in sys.modules)"
    )
    assert run("-c", code, plugins=tmp_path).stdout == "False\n"


def test_asking_for_the_version_looks_for_no_checks(tmp_path: Path) -> None:
    plugins = install(tmp_path, "x = house:CHECK", "raise RuntimeError")
    done = run("-X", "importtime", "-m", "netzwerk_i18n", "--version", plugins=plugins)
    assert done.returncode == 0
    assert "importlib.metadata" not in done.stderr


@pytest.mark.parametrize(
    ("points", "added"),
    [
        ("style = house:CHECK", ["house-style"]),
        ("style = house:BOTH", ["house-style", "soft-style"]),
        ("b = house:CHECK\na = house:SOFT", ["soft-style", "house-style"]),
    ],
)
def test_an_entry_point_is_a_check_or_several(tmp_path: Path, points: str, added: list[str]) -> None:
    assert names(install(tmp_path, points)) == added


@pytest.mark.parametrize(
    ("points", "code", "said"),
    [
        ("x = house:CHECK", "raise RuntimeError('no')", "cannot load its checks (RuntimeError: no)"),
        ("x = house:CHECK", "raise SystemExit(0)", "cannot load its checks (SystemExit: 0)"),
        ("x = nowhere:CHECK", HOUSE, "cannot load its checks (ModuleNotFoundError: No module named 'nowhere')"),
        ("x = house:find", HOUSE, "offers as a check what is none, but of type function"),
        ("x = house:CHECK\ny = house:BOTH", HOUSE, "has a check 'house-style', a name of house's"),
        ("x = house:CHECK", HOUSE.replace("house-style", "links"), "has a check 'links', a name of netzwerk-i18n's"),
        ("x = house:CHECK", HOUSE.replace("house-style", "page"), "has a check 'page', a name of netzwerk-i18n's"),
        ("x = house:CHECK", HOUSE.replace("house-style", "A b"), "has a check 'A b', whose name is not in kebab-case"),
        ("x = house:CHECK", HOUSE.replace('"error"', '"fatal"'), "has a check 'house-style' of an unknown severity 'fatal'"),
    ],
)  # fmt: skip
def test_what_is_no_check_is_refused_by_its_distribution(
    tmp_path: Path, points: str, code: str, said: str
) -> None:
    assert complaint(install(tmp_path, points, code)) == (
        f"the distribution house {said}; repair it, or uninstall it"
    )


def test_two_distributions_cannot_use_one_name(tmp_path: Path) -> None:
    install(tmp_path, "x = house:CHECK")
    install(tmp_path, "x = yard:CHECK", name="yard")
    assert "the distribution yard has a check 'house-style', a name of house's" in complaint(tmp_path)


def test_an_error_of_another_distribution_is_not_published(site: Path, tmp_path: Path) -> None:
    plugins = install(tmp_path / "plugins", "x = house:CHECK")
    done = run("-m", "netzwerk_i18n", "build", plugins=plugins, cwd=site)
    assert done.returncode in (0, 1), done.stderr
    assert (site / "content/seite.fr.md").read_text() == "Erster Satz.\n\nDeuxième phrase.\n"
    done = run("-m", "netzwerk_i18n", "check", "--format", "json", plugins=plugins, cwd=site)
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert [f["check"] for f in found if f["severity"] == "error"] == ["house-style"]


def test_a_check_of_another_distribution_can_be_chosen_and_set(site: Path, tmp_path: Path) -> None:
    plugins = install(tmp_path / "plugins", "x = house:BOTH")
    done = run("-m", "netzwerk_i18n", "check", "--only", "soft-style", plugins=plugins, cwd=site)
    assert done.returncode == 0
    assert "[soft-style] say X" in done.stdout
    (site / "netzwerk-i18n.toml").write_text(f'{CONFIG}\n[checks]\nhouse-style = "off"\n')
    done = run("-m", "netzwerk_i18n", "check", plugins=plugins, cwd=site)
    assert done.returncode == 0
    assert "house-style" not in done.stdout


def test_a_check_that_fails_publishes_nothing_and_names_its_distribution(site: Path, tmp_path: Path) -> None:
    code = HOUSE.replace("    at =", "    raise KeyError(1)\n    at =")
    plugins = install(tmp_path / "plugins", "x = house:CHECK", code)
    done = run("-m", "netzwerk_i18n", "build", plugins=plugins, cwd=site)
    assert done.returncode == 2
    assert "the distribution house has a check 'house-style' that fails (KeyError: 1)" in done.stderr
    assert not (site / "content/seite.fr.md").exists()


def test_a_distribution_in_the_site_itself_is_data(site: Path, tmp_path: Path) -> None:
    install(site, "x = house:CHECK", "raise RuntimeError")
    done = run("-m", "netzwerk_i18n", "check", plugins=tmp_path / "nothing", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
