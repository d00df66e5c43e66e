"""Stale messages for the terminal: where each stands, and which words of its source changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from netzwerk_i18n.catalog.word_diff import Change, Run
from netzwerk_i18n.report.lines import print_lines
from netzwerk_i18n.report.text import defused, file_name, one_line
from netzwerk_i18n.stale import StaleMessage

_STYLES = {Change.SAME: "", Change.OLD: "red strike", Change.NEW: "green"}
_MARKS = {Change.SAME: ("", ""), Change.OLD: ("[-", "-]"), Change.NEW: ("{+", "+}")}
_CONTEXT = 60
"""How much of an unchanged stretch is shown next to a change, in characters."""

_LONGEST = 400
_INDENT = "   | "


def print_stale(messages: Sequence[StaleMessage], console: Console) -> None:
    """Print every stale message: catalog and line, page and line, what left and came, and the translation it has.

    On a terminal with colours what left is red and struck out, what came is green; elsewhere they stand in `[-…-]` and
    `{+…+}`.
    """
    coloured = console.is_terminal and not console.no_color
    print_lines(_lines(messages, coloured=coloured), console)
    console.print(_summary(messages))


def _lines(messages: Sequence[StaleMessage], *, coloured: bool) -> Iterator[Text]:
    for file, group in groupby(messages, key=lambda message: message.file):
        name = file_name(file)
        for message in group:
            place = Text(f"{name}:{message.line}", style="bold")
            yield place.append(
                f" {one_line(message.page, width=200)}:{message.page_line}", style="not bold dim"
            )
            yield _diff(message.runs, coloured=coloured)
            yield Text(f"{_INDENT}{one_line(message.msgstr, width=_LONGEST)}", style="dim")


def _diff(runs: Sequence[Run], *, coloured: bool) -> Text:
    line = Text(_INDENT)
    for number, run in enumerate(runs):
        text = run.text
        if run.change is Change.SAME:
            text = _shortened(text, first=number == 0, last=number == len(runs) - 1)
        shown = one_line(text, width=_LONGEST)
        before, after = ("", "") if coloured else _MARKS[run.change]
        line.append(f"{before}{shown}{after}", style=_STYLES[run.change])
    return line if defused(line.plain) == line.plain else Text(defused(line.plain))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """An unchanged stretch, of which the ends next to changes are kept."""
    if len(text) <= 2 * _CONTEXT:
        return text
    head = "" if first else text[:_CONTEXT]
    tail = "" if last else text[-_CONTEXT:]
    return f"{head}…{tail}" if head or tail else text


def _summary(messages: Sequence[StaleMessage]) -> Text:
    if not messages:
        return Text("status: no translation is stale", style="green")
    count = "1 translation is" if len(messages) == 1 else f"{len(messages):,} translations are"
    return Text(f"status: {count} stale: the source changed since", style="yellow")
