"""`netzwerk-i18n extract`: source pages -> template and catalogs."""

import sys
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context
from netzwerk_i18n.errors import as_one

if TYPE_CHECKING:
    from netzwerk_i18n.extract import Extraction


@click.command("extract", short_help="Source pages into the template and every catalog.")
@context.check_option
def command(*, check: bool) -> None:
    """Put the translatable strings of the source pages into the template and update every catalog."""
    from netzwerk_i18n.extract import check_extract, extract

    project = context.open_project()
    extraction = check_extract(project) if check else extract(project)
    report(extraction, check=check)
    if extraction.errors:
        raise as_one(extraction.errors)
    if check and extraction.changed:
        sys.exit(1)


def report(extraction: "Extraction", *, check: bool) -> None:
    """Say what was, or would be, done."""
    context.warn_of_problems(extraction.problems)
    context.list_some(extraction.changed, "would change" if check else "wrote")
    if extraction.errors:
        return
    pages, messages = context.count(extraction.pages, "page"), context.count(extraction.messages, "message")
    state = "" if extraction.changed else "; catalogs are up to date"
    context.say(f"extract: {pages}, {messages}, {context.count(extraction.words, 'word')}{state}")
