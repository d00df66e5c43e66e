"""`netzwerk-i18n status`: how far every language is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netzwerk_i18n.history import History
    from netzwerk_i18n.project import Project, SourcePage
    from netzwerk_i18n.report.html import Views
    from netzwerk_i18n.report.status_grid import By, Unit
    from netzwerk_i18n.review import Untranslated
    from netzwerk_i18n.status import Status

FORMATS = ("terminal", "json", "markdown", "html", "csv", "badge")
_INTO_FOLDER = ("html", "badge")


@click.command("status", short_help="Show how far every language is.")
@context.pages_argument
@context.locale_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="terminal for people; json and csv for programs; markdown; html for a report; badge for an image of each language.",
)
@click.option(
    "--output", "-o", metavar="FOLDER", type=click.Path(path_type=Path), help="Where html or badge goes."
)
@click.option(
    "--by",
    type=click.Choice(["locale", "page", "state"]),
    default="locale",
    show_default=True,
    help="What has a row of its own in terminal, markdown and csv.",
)
@click.option("--words", is_flag=True, help="Count words of the source text in place of messages.")
@click.option(
    "--untranslated", is_flag=True, help="Instead, what is not translated yet: file, line and text."
)
@click.option(
    "--stale",
    is_flag=True,
    help="Instead, every translation whose source changed, with the words that left and came.",
)
@click.option("--record", is_flag=True, help="Add the figures to the history, if the content is new.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="html: a reading view of every page, not only where something is open.",
)
@click.option("--overview", is_flag=True, help="html: no reading views.")
def command(
    *,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    form: str,
    output: Path | None,
    by: "By",
    words: bool,
    untranslated: bool,
    stale: bool,
    record: bool,
    everything: bool,
    overview: bool,
) -> None:
    """Show how far every language is: messages by state, words, coverage, pages published.

    PAGES are source pages (paths from the root, folders or globs); without them, all.
    """
    _require_sense(
        pages or locales,
        form,
        output,
        listing=(untranslated, stale),
        record=record,
        views=(everything, overview),
    )
    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    chosen_pages = project.select(pages) if pages else ()
    if untranslated:
        from netzwerk_i18n.review import find_untranslated

        _show_untranslated(find_untranslated(project, locales=chosen, pages=chosen_pages), form)
        return
    if stale:
        from netzwerk_i18n.report.stale import print_stale
        from netzwerk_i18n.stale import find_stale

        print_stale(find_stale(project, locales=chosen, pages=chosen_pages), context.console())
        return
    from netzwerk_i18n.status import status

    figures = status(project, locales=chosen, pages=chosen_pages)
    context.warn_of_problems([problem for each in figures.locales.values() for problem in each.misplaced])
    if record:
        _record(project, figures)
    if output is None:
        _show(project, figures, form, by, "words" if words else "messages")
    else:
        views: Views = "all" if everything else "none" if overview else "open"
        _write(project, figures, form, output, views=views, pages=chosen_pages)


def print_table(project: "Project", figures: "Status") -> None:
    """Print the figures as a table, a row for each language."""
    _show_grid(project, figures, "terminal", "locale", "messages")


def _show(project: "Project", figures: "Status", form: str, by: "By", unit: "Unit") -> None:
    if form == "json":
        from netzwerk_i18n.report.status_json import status_json_parts

        for part in status_json_parts(figures):
            _print(part)
    elif form == "csv":
        from netzwerk_i18n.report.status_csv import format_status_csv

        _print(format_status_csv(figures, by=by))
    else:
        _show_grid(project, figures, form, by, unit)


def _show_grid(project: "Project", figures: "Status", form: str, by: "By", unit: "Unit") -> None:
    from netzwerk_i18n.report.status_grid import status_grid

    grid = status_grid(figures, project.config, _history(project), by=by, unit=unit)
    if form == "markdown":
        from netzwerk_i18n.report.status_markdown import format_grid_markdown

        _print(format_grid_markdown(grid))
    else:
        from netzwerk_i18n.report.status_table import print_grid

        print_grid(grid, context.console())


def _write(
    project: "Project",
    figures: "Status",
    form: str,
    output: Path,
    *,
    views: "Views",
    pages: "Sequence[SourcePage]",
) -> None:
    """Write what is made of files: the report, or the badges."""
    if form == "html":
        from netzwerk_i18n.report.html import write_report

        written = write_report(project, figures, _history(project), output, views=views, pages=pages)
        page = output / "index.html"
        _say_written(written.made, written.changed, "file", page, removed=written.removed)
    else:
        from netzwerk_i18n.report.badge import write_badges

        made, changed = write_badges(figures, output)
        _say_written(made, changed, "badge", output)


def _show_untranslated(messages: "Sequence[Untranslated]", form: str) -> None:
    match form:
        case "json":
            from netzwerk_i18n.report.status_json import format_untranslated_json

            _print(format_untranslated_json(messages))
        case "csv":
            from netzwerk_i18n.report.status_csv import format_untranslated_csv

            _print(format_untranslated_csv(messages))
        case "markdown":
            from netzwerk_i18n.report.status_markdown import format_untranslated_markdown

            _print(format_untranslated_markdown(messages))
        case _:
            from netzwerk_i18n.report.status_table import print_untranslated

            print_untranslated(messages, context.console())


def _record(project: "Project", figures: "Status") -> None:
    from netzwerk_i18n.history import record_figures
    from netzwerk_i18n.report.status_grid import figures_of

    now = {name: figures_of(locale.total) for name, locale in figures.locales.items()}
    new = record_figures(project, now)
    path = project.config.history
    context.warn(f"recorded in {path}" if new else f"recorded before: {path} has this content")


def _history(project: "Project") -> "History":
    from netzwerk_i18n.history import read_history

    history = read_history(project)
    if history.unreadable:
        lines = context.count(len(history.unreadable), "line")
        where = f"{project.config.history}:{history.unreadable[0]}"
        context.warn(
            f"{where}: warning: passed over {lines} without a record; remove what does not belong there"
        )
    return history


def _require_sense(
    chosen: "Sequence[str]",
    form: str,
    output: Path | None,
    *,
    listing: tuple[bool, bool],
    record: bool,
    views: tuple[bool, bool],
) -> None:
    """Refuse options that do not go together.

    Raises:
        click.UsageError: for the first such options.
    """
    if form in _INTO_FOLDER and output is None:
        raise click.UsageError(f"--format {form} needs a folder: add -o FOLDER")
    if form not in _INTO_FOLDER and output is not None:
        raise click.UsageError("-o goes with --format html or badge; for the others, redirect the output")
    untranslated, stale = listing
    if all(listing):
        raise click.UsageError("--untranslated and --stale exclude each other")
    if untranslated and form in _INTO_FOLDER:
        raise click.UsageError(f"--untranslated has no format {form}")
    if stale and form != "terminal":
        raise click.UsageError("--stale is for people: it has no other --format than terminal")
    if any(views) and form != "html":
        raise click.UsageError("--all and --overview go with --format html")
    if all(views):
        raise click.UsageError("--all and --overview exclude each other")
    if record and (chosen or any(listing)):
        raise click.UsageError(
            "--record is about the whole project: leave out pages, --locale, --untranslated and --stale"
        )


def _say_written(made: int, changed: int, noun: str, place: Path, *, removed: int = 0) -> None:
    left = f", {removed:,} removed" if removed else ""
    context.say(f"{place}: {context.count(made, noun)}, {changed:,} of them new or changed{left}")


def _print(text: str) -> None:
    # As bytes: these formats are UTF-8, whatever the terminal's encoding is.
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
