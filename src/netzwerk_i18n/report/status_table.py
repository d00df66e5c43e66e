"""The status as a table for the terminal, and what is untranslated as a list of places."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from netzwerk_i18n.report.lines import print_lines
from netzwerk_i18n.report.status_grid import Column, Grid, language_name
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
_SYLLABLES = {
    "translated": ("trans", "lated"),
    "untranslated": ("un", "trans", "lated"),
}
_TEXT_WIDTH = 80
_FIRST = 12
"""Columns of the terminal that the first column has in any window, if its texts are so long."""
_FRAME = 3
"""Columns of the terminal that a column takes besides its text: a line and two blanks, of which the edges lack one each."""


def print_grid(grid: Grid, console: Console) -> None:
    """Print a table of figures.

    In a narrow window the columns that matter least are left out, and languages for which it has no room stand in
    further tables, each behind the first column. So are bars left out where the terminal has no signs for them.
    """
    console.print(Text(one_line(grid.title, width=200), style="bold"))
    texts = [[one_line(cell.text, width=1000) for cell in row] for row in grid.rows]
    full = [
        max(column.min_width, cell_len(column.name), *(cell_len(line[number]) for line in texts))
        for number, column in enumerate(grid.columns)
    ]
    drawn = [all(_has_signs(console, line[number]) for line in texts) for number in range(len(full))]
    states = {number for number, column in enumerate(grid.columns) if column.folds}
    for folded in (_by_syllables, _anywhere):
        least = [
            max(column.min_width, folded(column.name)) if column.folds else wide
            for column, wide in zip(grid.columns, full, strict=True)
        ]
        least[0] = max(grid.columns[0].min_width, min(full[0], max(_FIRST, console.width // 5)))
        tables = _divided(grid.columns, least, full, drawn, console.width)
        if states.issubset(tables[0]):
            break  # no state has to go for the sake of whole syllables
    for numbers in tables:
        table = Table(header_style="bold", pad_edge=False)
        widths = _widths([least[n] for n in numbers], [full[n] for n in numbers], console.width)
        for number, width in zip(numbers, widths, strict=True):
            column = grid.columns[number]
            table.add_column(
                _heading(column.name, width),
                justify="right" if column.right else "left",
                width=width,
                no_wrap=number > 0 and not column.folds,
                overflow="fold",
            )
        for row, line in zip(grid.rows, texts, strict=True):
            table.add_row(*(Text(line[n], style=_STYLES.get(row[n].tone, "")) for n in numbers))
        console.print(table)
    for note in grid.notes:
        console.print(note, style="yellow")


def print_untranslated(messages: Sequence[Untranslated], console: Console) -> None:
    """Print the place and the text of every untranslated message, language by language."""
    print_lines(_untranslated(messages), console)
    if not messages:
        console.print("nothing is untranslated", style="green")


def _untranslated(messages: Sequence[Untranslated]) -> Iterator[Text]:
    for locale, group in groupby(messages, key=lambda message: message.locale):
        found = list(group)
        yield Text(f"{locale}  {language_name(locale)}: {len(found):,} untranslated", style="bold")
        for message in found:
            # A runner that reads along takes "::" for a command, blanks before it or not.
            file = f"./{message.file}" if message.file.lstrip().startswith("::") else message.file
            place = one_line(f"{file}:{message.line}", width=1000)
            text = one_line(message.shown, width=_TEXT_WIDTH)
            yield Text(f"  {place}: ", style="dim").append(text, style="not dim")


def _by_syllables(name: str) -> int:
    """The width of a column whose heading is broken between syllables, with a hyphen behind each but the last."""
    *others, last = _SYLLABLES.get(name, (name,))
    return max(len(last), *(len(each) + 1 for each in others), 0)


def _anywhere(_name: str) -> int:
    """The same where it is broken wherever its line ends."""
    return 0


def _heading(name: str, width: int) -> str:
    """The name, broken between its syllables where it is wider than its column and they fit."""
    syllables = _SYLLABLES.get(name, (name,))
    if not _by_syllables(name) <= width < len(name):
        return name
    lines = [""]
    for syllable in syllables:
        if lines[-1] and len(lines[-1]) + len(syllable) + 1 > width:
            lines[-1] += "-"
            lines.append("")
        lines[-1] += syllable
    return "\n".join(lines)


def _has_signs(console: Console, text: str) -> bool:
    """Whether a terminal can show a text without escapes, which take more columns."""
    try:
        text.encode(console.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _divided(
    columns: Sequence[Column], least: Sequence[int], full: Sequence[int], drawn: Sequence[bool], room: int
) -> list[list[int]]:
    """The columns of each table that is printed, by number; the first column stands in all of them.

    What only wide windows have is there if no heading has to be broken for it.
    """
    shown = [number for number, column in enumerate(columns) if not column.room]
    for number, column in enumerate(columns):
        wider = sorted([*shown, number])
        if room >= column.room > 0 and drawn[number] and _framed(full[each] for each in wider) <= room:
            shown = wider
    while _framed(least[number] for number in shown) > room:
        spare = max(shown, key=lambda number: columns[number].spare)
        if not columns[spare].spare:
            break
        shown.remove(spare)
    moving = [number for number in shown if columns[number].moves]
    staying = [number for number in shown if not columns[number].moves]
    for tables in range(1, len(moving)):
        size = ceil(len(moving) / tables)
        divided = [staying + moving[start : start + size] for start in range(0, len(moving), size)]
        if all(_framed(least[number] for number in numbers) <= room for numbers in divided):
            return divided
    return [[*staying, number] for number in moving] or [staying]


def _widths(least: Sequence[int], full: Sequence[int], room: int) -> list[int]:
    """A width for each column, from its least to its full one: what room there is goes to the narrowest first."""
    widths = list(least)
    for _ in range(room - _framed(widths)):
        narrow = [number for number, width in enumerate(widths) if width < full[number]]
        if not narrow:
            break
        widths[min(narrow, key=widths.__getitem__)] += 1
    return widths


def _framed(widths: Iterable[int]) -> int:
    """The width of a table whose columns have these widths."""
    return sum(width + _FRAME for width in widths) - 1
