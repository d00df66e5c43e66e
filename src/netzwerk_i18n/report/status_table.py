"""The status as a table for the terminal, and what is untranslated as a list of places."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from netzwerk_i18n.report.status_grid import Grid, language_name
from netzwerk_i18n.report.text import one_line
from netzwerk_i18n.review import Untranslated

_STYLES = {
    "translated": "green",
    "draft": "cyan",
    "stale": "yellow",
    "needs_review": "yellow",
    "untranslated": "red",
    "broken": "bold red",
    "enough": "green",
    "too little": "yellow",
    "none": "dim",
}
_TEXT_WIDTH = 80


def print_grid(grid: Grid, console: Console) -> None:
    """Print a table of figures; columns for which the window is too narrow are left out."""
    console.print(Text(one_line(grid.title, width=200), style="bold"))
    table = Table(header_style="bold", pad_edge=False)
    fitting = [number for number, column in enumerate(grid.columns) if console.width >= column.room]
    for number in fitting:
        column = grid.columns[number]
        table.add_column(
            column.name,
            justify="right" if column.right else "left",
            min_width=column.min_width or None,
            no_wrap=number > 0 and not column.folds,
            overflow="fold",
        )
    for row in grid.rows:
        cells = [row[number] for number in fitting]
        table.add_row(
            *(Text(one_line(cell.text, width=1000), style=_STYLES.get(cell.tone, "")) for cell in cells)
        )
    console.print(table)
    for note in grid.notes:
        console.print(note, style="yellow")


def print_untranslated(messages: Sequence[Untranslated], console: Console) -> None:
    """Print the place and the text of every untranslated message, language by language."""
    for locale, group in groupby(messages, key=lambda message: message.locale):
        found = list(group)
        console.print(Text(f"{locale}  {language_name(locale)}: {len(found):,} untranslated", style="bold"))
        for message in found:
            # A runner that reads along takes "::" for a command, blanks before it or not.
            file = f"./{message.file}" if message.file.lstrip().startswith("::") else message.file
            place = one_line(f"{file}:{message.line}", width=1000)
            text = one_line(message.msgid, width=_TEXT_WIDTH)
            console.print(Text(f"  {place}: ", style="dim").append(text, style="not dim"), soft_wrap=True)
    if not messages:
        console.print("nothing is untranslated", style="green")
