"""What every command needs: the project it works on, and a terminal that data cannot take over."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.errors import NetzwerkErrors

if TYPE_CHECKING:
    from rich.console import Console

    from netzwerk_i18n.config import Locale
    from netzwerk_i18n.errors import NetzwerkError
    from netzwerk_i18n.extract import Problem
    from netzwerk_i18n.localize import Fallback
    from netzwerk_i18n.project import Project

ROOT: str | None = None
"""The folder that `--root` names."""

SHOWN = 20
"""How many paths or findings of a kind are listed; the rest is counted."""

EXCERPT = 50
"""How many characters of a text are shown beside a message."""

check_option = click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
force_option = click.option(
    "--force", is_flag=True, help="Overwrite pages that a person wrote or edited, too."
)
locale_option = click.option(
    "--locale", "-l", "locales", metavar="LOCALE", multiple=True, help="Only this language; may be repeated."
)
pages_argument = click.argument("pages", metavar="[PAGES]...", nargs=-1)


def open_project() -> "Project":
    """The project that `--root` or the current folder names.

    Raises:
        ConfigError: if there is none, or its configuration is wrong.
    """
    return open_project_in(project_root())


def project_root() -> Path:
    """The folder that `--root` names, or the nearest one upwards that holds a configuration.

    Raises:
        ConfigError: if there is none.
    """
    from netzwerk_i18n.config import find_root

    return Path(ROOT).resolve() if ROOT is not None else find_root(Path.cwd())


def open_project_in(root: Path) -> "Project":
    """The project whose configuration lies in a folder.

    Raises:
        ConfigError: if there is none, or it is wrong.
    """
    from netzwerk_i18n.config import load_config
    from netzwerk_i18n.manifest import open_project as open_with_manifest

    return open_with_manifest(load_config(root))


def choose_locales(project: "Project", names: Sequence[str]) -> "list[Locale]":
    """The locales that `--locale` names; none where it names none.

    Raises:
        ConfigError: for a locale that the project does not have.
    """
    return list(dict.fromkeys(project.config.locale(name) for name in names))


def printable(text: str) -> str:
    r"""`text` in one line that cannot drive a terminal, nor (`::`) the runner of a GitHub workflow.

    >>> printable("::error::a\x1b[2J\nb")
    ' ::error::a\\x1b[2J\\nb'
    """
    shown = "".join(c if c.isprintable() or c == " " else ascii(c)[1:-1] for c in text)
    return f" {shown}" if shown.startswith("::") else shown


def excerpt(text: str) -> str:
    """The start of a text, on one line, short enough to stand beside a message."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


def say(text: str) -> None:
    """Print one line of the tool's own words (with paths or names in it) to standard output."""
    click.echo(printable(text))


def warn(text: str) -> None:
    """Print one line to standard error."""
    click.echo(printable(text), err=True)


def complain(text: str) -> None:
    """Print one line on what keeps the tool from its work to standard error."""
    warn(f"netzwerk-i18n: {text}")


def complain_of(error: "NetzwerkError") -> None:
    """Print what is wrong to standard error, a line for each mistake."""
    for single in error.errors if isinstance(error, NetzwerkErrors) else (error,):
        complain(str(single))


def list_some(paths: Sequence[str], label: str) -> None:
    """Print paths behind a label, a line each; many of them shortened to a count."""
    for path in paths[:SHOWN]:
        say(f"{label} {path}")
    if len(paths) > SHOWN:
        say(f"{label} {len(paths) - SHOWN:,} more")


def warn_of_problems(problems: "Sequence[Problem]") -> None:
    """Print what is wrong with source pages to standard error."""
    for problem in problems[:SHOWN]:
        where = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
        warn(f"{where}: warning: {problem.message}")
    if len(problems) > SHOWN:
        warn(f"{len(problems) - SHOWN:,} more warnings")


def warn_of_fallbacks(fallbacks: "Sequence[Fallback]") -> None:
    """Print which translations are not published, and why, to standard error; once each, on however many pages."""
    fallbacks = list({(each.file, each.line, each.finding): each for each in fallbacks}.values())
    for fallback in fallbacks[:SHOWN]:
        where, shown = f"{fallback.file}:{fallback.line}", excerpt(fallback.msgid)
        warn(
            f"{where}: error: not published ({fallback.finding.check}): {fallback.finding.message} [{shown}]"
        )
    if len(fallbacks) > SHOWN:
        warn(f"{len(fallbacks) - SHOWN:,} more translations are not published")


def console() -> "Console":
    """A terminal for tables; plain and wide enough where output goes into a file."""
    from shutil import get_terminal_size

    from rich.console import Console

    # rich takes each terminal that calls itself dumb for one of 80 columns.
    width, height = get_terminal_size() if sys.stdout.isatty() else (200, 25)
    return Console(width=width, height=height, highlight=False, markup=False, emoji=False)


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "page"), count(2000, "page")
    ('1 page', '2,000 pages')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
