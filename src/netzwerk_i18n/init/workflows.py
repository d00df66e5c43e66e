"""The workflows for GitHub that `init --ci` writes: checks on pull requests, regeneration after a merge, the report.

They are templates with places, `((so))`, filled from a project's configuration and from where it lies.
"""

import json
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from netzwerk_i18n import __version__
from netzwerk_i18n.config import Config, fill, find_root, matches_glob
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.site import read_text

WORKFLOWS = ("translations.yml", "regenerate.yml", "pages.yml")
FOLDER = ".github/workflows"
UNKNOWN = "netzwerk-i18n @ git+ADDRESS@COMMIT"
"""What a workflow installs where nobody knows where it gets the tool: pip refuses it, until somebody writes that in."""


def format_workflows(
    config: Config, *, branch: str, install: str, place: str = "", mark: str = ""
) -> dict[str, str]:
    """The workflows of a project: path from the top of its repository to text.

    Args:
        config: its settings; sources and catalogs start the regeneration, localized pages are kept.
        branch: the branch that its site is published from.
        install: the command that installs the tool.
        place: the way from the top of the repository to the project, with `/` at its end; empty at the top.
        mark: what tells them from those of another project in the repository, see :func:`find_mark`.

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
    places |= {"mark": f"-{mark}" if mark else "", "title": f" ({mark})" if mark else ""}
    return {
        _path(name, mark): re.sub(r"\(\((\w+)\)\)", lambda match: places[match[1]], _template(name))
        for name in WORKFLOWS
    }


def find_mark(top: Path, place: str, domain: str) -> str:
    """A name for a project's workflows where another project has some in the same repository; empty where none has.

    Args:
        top: the top of the repository.
        place: the way from there to the project, as :func:`format_workflows` takes it.
        domain: the name of the project's catalogs, for a project at the top.
    """
    folder = place.removesuffix("/")
    for name in WORKFLOWS:
        text = read_text(top / FOLDER / name) or ""
        known = re.search(r"^    working-directory: (.*)$", text.partition("\njobs:")[0], re.MULTILINE)
        if "netzwerk-i18n" in text and (known[1] if known else "") != (_quoted(folder) if folder else ""):
            return re.sub(r"[\W_]+", "-", folder or domain).strip("-")
    return ""


def _path(name: str, mark: str) -> str:
    """Where a workflow lies; the report is that of the first project, as a repository has one site on GitHub Pages."""
    if not mark or name == "pages.yml":
        return f"{FOLDER}/{name}"
    return f"{FOLDER}/{name.removesuffix('.yml')}-{mark}.yml"


def requirement(origin: str | None) -> str:
    """What a workflow installs: the tool from where it came here, in this version, so that nothing changes unasked.

    Never by its name alone where it did not come by that: the name may be anybody's in the index that a workflow asks.

    Args:
        origin: where it came from, as pip notes it (PEP 610), or None if it came from a package index.

    >>> requirement('{"url": "file:///home/me/netzwerk-i18n", "dir_info": {}}')
    'netzwerk-i18n @ git+ADDRESS@COMMIT'
    """
    if origin is None:
        return f"netzwerk-i18n=={__version__}"
    try:
        noted = json.loads(origin)
        url, commit = noted["url"], noted["vcs_info"]["commit_id"]
        known = noted["vcs_info"]["vcs"] == "git" and "subdirectory" not in noted
        known = (
            known and re.fullmatch(r"https://[\w.:/~-]+", url) and re.fullmatch(r"[0-9a-f]{40,64}", commit)
        )
    except (ValueError, LookupError, TypeError):
        return UNKNOWN
    return f"netzwerk-i18n @ git+{url}@{commit}" if known else UNKNOWN


def read_origin() -> str | None:
    """Where this tool came from, as pip notes it (PEP 610), or None if it came from a package index."""
    try:
        return distribution("netzwerk-i18n").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""


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
    pages = [config.source_pattern(number).replace("{path}", "**") for number in range(len(config.folders))]
    generated = [
        each
        for each in _targets(config)
        if any(matches_glob(each.replace("{path}", "x"), glob) for glob in pages)
    ]
    catalog = re.sub(r"\{\w+\}", "**", fill(config.catalog, domain=config.domain))
    return [
        *(place + each for each in pages),
        *(f"!{place}{each.replace('{path}', '**')}" for each in generated),
        place + catalog,
        place + config.file,
    ]


def _targets(config: Config) -> list[str]:
    numbers = range(len(config.folders))
    return [config.target_pattern(locale, number) for number in numbers for locale in config.locales]


def _indented(lines: list[str], by: str) -> str:
    return "\n".join(f"{by}{line}" for line in dict.fromkeys(lines))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _template(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")
