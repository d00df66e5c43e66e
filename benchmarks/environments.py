"""An environment of its own for every Python tool, so that what is measured is what its users install.

They are kept in `build/bench/` and made again only where what goes into them changed. Packages come by pip, from
wherever pip on this machine gets them.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from measure import clean_environment

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "bench"

_TAIL = 5


class InstallError(Exception):
    """Something could not be installed; the text is the end of what pip said."""


def install(name: str, requirement: str) -> Path:
    """The folder of the scripts of an environment with `requirement` in it.

    Raises:
        InstallError: if pip fails.
    """
    return _environment(name, requirement, requirement)


def install_project(project: Path) -> Path:
    """The folder of the scripts of an environment with the project in the folder `project` installed.

    Raises:
        InstallError: if pip fails.
    """
    dependencies = _digest([project / "pyproject.toml"])
    scripts = _environment("netzwerk-i18n", str(project), dependencies)
    stamp_file = scripts.parent / "benchmark-source"
    source = _digest(sorted((project / "src").rglob("*.py"))) + str(project)
    if not stamp_file.is_file() or stamp_file.read_text("utf-8") != source:
        _pip(scripts, "--force-reinstall", "--no-deps", str(project))
        stamp_file.write_text(source, "utf-8")
    return scripts


def version_of(scripts: Path, package: str) -> str:
    """The version of an installed package."""
    code = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
    return _output([str(scripts / "python"), "-I", "-c", code]).strip()


def _environment(name: str, requirement: str, stamp: str) -> Path:
    folder = CACHE / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    scripts = folder / "bin"
    stamp_file = folder / "benchmark-stamp"
    if stamp_file.is_file() and stamp_file.read_text("utf-8") == stamp:
        return scripts
    print(f"installing {name} ...", file=sys.stderr, flush=True)
    if folder.exists():
        shutil.rmtree(folder)
    _output([sys.executable, "-m", "venv", str(folder)])
    _pip(scripts, requirement)
    stamp_file.write_text(stamp, "utf-8")
    return scripts


def _pip(scripts: Path, *arguments: str) -> None:
    _output([str(scripts / "python"), "-m", "pip", "install", "--quiet", *arguments])


def _digest(files: Iterable[Path]) -> str:
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(file.read_bytes())
    return hashed.hexdigest()


def _output(command: list[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=clean_environment())
    if run.returncode:
        lines = (run.stderr.strip() or run.stdout.strip()).splitlines()
        raise InstallError("\n".join(lines[-_TAIL:]))
    return run.stdout
