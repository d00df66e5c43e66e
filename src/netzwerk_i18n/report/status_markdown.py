"""The status as Markdown: for the summary of a workflow, a wiki or a pull request."""

from collections.abc import Sequence

from netzwerk_i18n.report.status_grid import Grid
from netzwerk_i18n.report.text import markdown_cell
from netzwerk_i18n.review import Untranslated


def format_grid_markdown(grid: Grid) -> str:
    """A table of figures, with its title as a heading of the third level."""
    head = [column.name for column in grid.columns]
    rule = ["---:" if column.right else "---" for column in grid.columns]
    rows = [[cell.text for cell in row] for row in grid.rows]
    notes = "".join(f"\n{markdown_cell(note)}\n" for note in grid.notes)
    return f"### {markdown_cell(grid.title)}\n\n{_row(head)}| {' | '.join(rule)} |\n{''.join(map(_row, rows))}{notes}"


def format_untranslated_markdown(messages: Sequence[Untranslated]) -> str:
    """The place and the text of every untranslated message as a table."""
    rows = [[message.locale, f"{message.file}:{message.line}", message.shown] for message in messages]
    table = f"{_row(['language', 'place', 'text'])}| --- | --- | --- |\n{''.join(map(_row, rows))}"
    return table if rows else "Nothing is untranslated.\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(markdown_cell, cells))} |\n"
