"""`netzwerk-i18n status`: how far every language is."""

from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from netzwerk_i18n.project import Project
    from netzwerk_i18n.status import Status


@click.command("status")
@context.pages_argument
@context.locale_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table for people, json for programs.",
)
def command(*, pages: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    """Show how far every language is: messages by state, words, coverage, pages published.

    PAGES are source pages (paths from the root, folders or globs); without them, all.
    """
    from netzwerk_i18n.status import status

    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    figures = status(project, locales=chosen, pages=project.select(pages) if pages else ())
    if form == "json":
        from netzwerk_i18n.report.status_json import format_status_json

        # As bytes: JSON is UTF-8, whatever the terminal's encoding is.
        click.echo(format_status_json(figures).encode("utf-8"), nl=False)
    else:
        print_table(project, figures)


def print_table(project: "Project", figures: "Status") -> None:
    """Print the figures as a table."""
    from netzwerk_i18n.report.status_table import print_status

    print_status(figures, project, context.console())
