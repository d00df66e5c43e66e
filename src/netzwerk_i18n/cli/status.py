"""`netzwerk-i18n status`: how far every language is."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from netzwerk_i18n.project import Project

NAME = "status"


class Format(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"


def command(
    pages: context.Pages = None,
    *,
    locale: context.Locales = None,
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json for programs.")
    ] = Format.TABLE,
) -> None:
    """Show how far every language is: messages by state, words, coverage, pages published."""
    project = context.open_project()
    show(project, pages, locale, format_)


def show(project: "Project", pages: list[str] | None, locale: list[str] | None, format_: Format) -> None:
    """Print the figures."""
    from netzwerk_i18n.status import status

    locales = context.choose_locales(project, locale)
    figures = status(project, locales=locales, pages=project.select(pages) if pages else ())
    if format_ is Format.JSON:
        from netzwerk_i18n.report.status_json import format_status_json

        typer.echo(format_status_json(figures), nl=False)
    else:
        from netzwerk_i18n.report.status_table import print_status

        print_status(figures, project, context.console())
