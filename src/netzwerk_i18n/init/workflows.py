"""The workflows for GitHub that `init --ci` writes: checks on pull requests, regeneration after a merge, the report.

They are templates with places, `((so))`, filled from a project's configuration and from where it lies.
"""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from netzwerk_i18n import __version__
from netzwerk_i18n.config import Config, fill, find_root, matches_glob
from netzwerk_i18n.errors import ConfigError

WORKFLOWS = ("translations.yml", "regenerate.yml", "pages.yml")
FOLDER = ".github/workflows"
INSTALL = f'pip install "netzwerk-i18n=={__version__}"'
"""How a site gets the tool: in one version, so that a release changes nothing behind its back."""


def format_workflows(
    config: Config, *, branch: str, install: str = INSTALL, place: str = ""
) -> dict[str, str]:
    """The workflows of a project: path from the top of its repository to text.

    Args:
        config: its settings; sources and catalogs start the regeneration, localized pages are kept.
        branch: the branch that its site is published from.
        install: the command that installs the tool.
        place: the way from the top of the repository to the project, with `/` at its end; empty at the top.

    Raises:
        ConfigError: if `place` holds a character that means something else in a workflow.
    """
    folder = place.removesuffix("/")
    if not re.fullmatch(r"(?:[\w.@-][\w .@-]*/)*", place):
        raise ConfigError(
            f"the folder {folder!r} cannot be named in a workflow, where other signs than letters, digits, blanks "
            "and . _ - @ have a meaning",
            remedy="rename it",
        )
    places = {
        "before": f"before/{folder}" if folder else "before",
        "defaults": f"\ndefaults:\n  run:\n    working-directory: {_quoted(folder)}\n" if folder else "",
        "install": install,
        "branch": branch,
        "targets": _indented(
            [place + pattern.replace("{path}", "**/*") for pattern in _targets(config)], "            "
        ),
        "sources": _indented([f"- {_quoted(glob)}" for glob in _sources(config, place)], "      "),
    }
    return {
        f"{FOLDER}/{name}": re.sub(r"\(\((\w+)\)\)", lambda match: places[match[1]], _template(name))
        for name in WORKFLOWS
    }


def default_branch(top: Path) -> str:
    """The branch that `origin` calls its head, or `main` where that is not known; the files of git at its top tell."""
    try:
        head = (top / ".git/refs/remotes/origin/HEAD").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return "main"
    match = re.fullmatch(r"ref: refs/remotes/origin/([\w./-]+)\n?", head)
    return match[1] if match else "main"


def has_configuration(root: Path) -> bool:
    """Whether a folder is the root of a project."""
    try:
        return find_root(root) == root
    except ConfigError:
        return False


def _sources(config: Config, place: str) -> list[str]:
    """What people edit, as GitHub's path filters have it: `**` stands for anything at all."""
    source = fill(config.source, lang=config.source_lang, locale=config.source_locale)
    pages = source.replace("{path}", "**")
    generated = [each for each in _targets(config) if matches_glob(each.replace("{path}", "x"), pages)]
    catalog = re.sub(r"\{\w+\}", "**", fill(config.catalog, domain=config.domain))
    return [
        place + pages,
        *(f"!{place}{each.replace('{path}', '**')}" for each in generated),
        place + catalog,
        place + config.file,
    ]


def _targets(config: Config) -> list[str]:
    return [config.target_pattern(locale) for locale in config.locales]


def _indented(lines: list[str], by: str) -> str:
    return "\n".join(f"{by}{line}" for line in dict.fromkeys(lines))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _template(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")
