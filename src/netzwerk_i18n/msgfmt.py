"""What GNU gettext's compiler says about a catalog."""

import os
import shutil
import subprocess

from netzwerk_i18n.checks.catalogs import MSGFMT, CatalogProblem, read_msgfmt, read_refusal
from netzwerk_i18n.errors import NetzwerkError, reason_of
from netzwerk_i18n.fingerprint import stamp
from netzwerk_i18n.project import Project

_SECONDS = 60


def msgfmt_version() -> str:
    """What stands for the compiler that is installed; empty where there is none."""
    program = shutil.which("msgfmt")
    try:
        return "" if program is None else stamp(program, os.stat(program))  # noqa: PTH116
    except OSError:
        return ""


def ask_msgfmt(project: Project, path: str) -> list[CatalogProblem]:
    """What gettext's compiler says about a catalog; nothing where it is not installed."""
    program = shutil.which("msgfmt")
    if program is None:
        return []
    try:
        file = project.file(path)
        if not file.is_file():
            return []
    except (NetzwerkError, OSError):
        return []
    name = os.path.abspath(file)  # noqa: PTH100 - links stay as they are
    environment = {key: value for key, value in os.environ.items() if key != "LANGUAGE"} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, and an absolute path
            [program, "--check", f"--output-file={os.devnull}", name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [CatalogProblem(MSGFMT, f"msgfmt did not end within {_SECONDS} seconds")]
    except OSError as error:
        return [CatalogProblem(MSGFMT, f"msgfmt cannot be run: {reason_of(error)}")]
    said = done.stderr.decode("utf-8", "replace")
    problems = read_msgfmt(said, name)
    if done.returncode and not any(problem.severity == "error" for problem in problems):
        problems.append(read_refusal(said, name, done.returncode))
    return problems
