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
@click.option(
    "--stale",
    is_flag=True,
    help="Instead, every translation whose source changed, with the words that left and came.",
)
def command(*, pages: tuple[str, ...], locales: tuple[str, ...], form: str, stale: bool) -> None:
    """Show how far every language is: messages by state, words, coverage, pages published.

    PAGES are source pages (paths from the root, folders or globs); without them, all.
    """
    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    if stale:
        from netzwerk_i18n.report.stale import print_stale
        from netzwerk_i18n.stale import find_stale

        if form != "table":
            raise click.UsageError("--stale is for people: it has no other --format than table")
        found = find_stale(project, locales=chosen, pages=project.select(pages) if pages else ())
        print_stale(found, context.console())
        return
    from netzwerk_i18n.status import status

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
