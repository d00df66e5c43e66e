"""`netzwerk-i18n init`: look at a site and write the configuration that fits it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from netzwerk_i18n.config import Config
    from netzwerk_i18n.init import Site


@click.command("init", short_help="Find out what the site is and write its configuration.")
@click.option(
    "--source-locale",
    metavar="LOCALE",
    help="The language to translate from, if it is not the site's default.",
)
@click.option(
    "--locale",
    "-l",
    "locales",
    metavar="LOCALE",
    multiple=True,
    help="A language to translate into; may be repeated.",
)
@click.option(
    "--ci", is_flag=True, help="Also write workflows for GitHub; alone where there is a configuration."
)
@context.check_option
def command(*, source_locale: str | None, locales: tuple[str, ...], ci: bool, check: bool) -> None:
    """Find out what the site is, show it, and write netzwerk-i18n.toml; never over an existing one.

    Knows Hugo (languages by file name or by folder), Zola, Jekyll, Pelican, Docusaurus, MkDocs with static-i18n,
    mdBook, VitePress, Starlight, README.fr.md beside README.md, and folders named by languages.
    """
    from netzwerk_i18n.config import load_config
    from netzwerk_i18n.init import (
        CONFIG_NAME,
        configure,
        format_configuration,
        name_catalogs,
        require_none,
        survey,
    )
    from netzwerk_i18n.init.workflows import has_configuration, read_origin, requirement

    root = (Path(context.ROOT) if context.ROOT is not None else Path.cwd()).resolve()
    files: dict[str, str] = {}
    if ci and has_configuration(root):
        config = load_config(root)
    else:
        require_none(root)
        domain, site = name_catalogs(root, survey(root, source=source_locale, locales=locales))
        text = format_configuration(site, domain)
        config = configure(root, text)
        _show(site, config)
        files[CONFIG_NAME] = text
    if ci:
        installed = requirement(read_origin())
        files |= _workflows(config, root, installed)
    written = _write(root, files, check=check)
    if ci and any(path.endswith(".yml") for path in written):
        _say_what_is_installed(installed)
    if check and written:
        sys.exit(1)
    if CONFIG_NAME in written:
        context.say(
            "next: netzwerk-i18n extract; pages that people translated before come in with netzwerk-i18n import"
        )


def _show(site: "Site", config: "Config") -> None:
    """Say what was found."""
    from netzwerk_i18n.init import CONFIG_NAME, layers

    context.say(f"found {site.kind} ({site.evidence})")
    found = layers(config)
    wide = max(len(layer.language.locale) for layer in found)
    for layer in found:
        label = "from" if layer.language == found[0].language else "into"
        context.say(
            f"  {label}  {layer.language.locale:<{wide}}  {layer.pattern}  ({context.count(layer.pages, 'page')})"
        )
    nothing = f"no page is there; if they lie elsewhere, correct source in {CONFIG_NAME}"
    for note in (*([] if found[0].pages else [nothing]), *site.notes):
        context.say(f"  note: {note}")


def _workflows(config: "Config", root: Path, installed: str) -> dict[str, str]:
    """The workflows by their paths from the root; they lie at the top of its repository, where alone GitHub reads them."""
    from netzwerk_i18n.init.workflows import default_branch, find_mark, format_workflows
    from netzwerk_i18n.repository import place_in_repository

    place = place_in_repository(root)
    up = "../" * place.count("/")
    install = f'pip install "{installed}"'
    mark = find_mark(root / up, place, config.domain)
    workflows = format_workflows(
        config, branch=default_branch(root / up), install=install, place=place, mark=mark
    )
    return {f"{up}{path}": text for path, text in workflows.items()}


def _say_what_is_installed(installed: str) -> None:
    """Say what the workflows install, which must be there, and must be this tool."""
    from netzwerk_i18n.init.workflows import UNKNOWN

    todo = (
        "write the address and the commit that they get it from in there"
        if installed == UNKNOWN
        else "make sure that GitHub gets it by that, and that it is this tool"
    )
    context.say(f"note: the workflows install {installed}; {todo}")


def _write(root: Path, files: dict[str, str], *, check: bool) -> list[str]:
    """Write what is not there yet; the paths of what was, or would be, written."""
    from netzwerk_i18n.catalog import write_bytes_atomically

    written = []
    for path, text in files.items():
        file = root / path
        if file.is_symlink() or file.exists():
            context.say(f"kept {path}; it is there already")
            continue
        if not check:
            write_bytes_atomically(file, text.encode(), durable=True, name=path)
        context.say(f"{'would write' if check else 'wrote'} {path}")
        written.append(path)
    return written
