"""The cells of a table's row."""

import re
from itertools import pairwise


def split_row(source: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""The spans of a table row's cells, blanks left out: cells are parted by `|` that no `\` stands before."""
    while start < end and source[start] in " \t":
        start += 1
    while end > start and source[end - 1] in " \t":
        end -= 1
    bars = [
        m.start()
        for m in re.finditer(r"\|", source[start:end])
        if m.start() == 0 or source[start + m.start() - 1] != "\\"
    ]
    edges = [start - 1, *(start + bar for bar in bars), end]
    cells = [(left + 1, right) for left, right in pairwise(edges)]
    if cells and cells[0][0] == cells[0][1]:
        cells.pop(0)
    if cells and cells[-1][0] == cells[-1][1]:
        cells.pop()
    trimmed = []
    for left, right in cells:
        text = source[left:right]
        begin = left + len(text) - len(text.lstrip(" \t"))
        trimmed.append((begin, max(begin, left + len(text.rstrip(" \t")))))
    return trimmed


def is_whole(cell: str) -> bool:
    """Whether code, strong emphasis and brackets that begin in a cell seem to end in it.

    >>> is_whole("**a** and `b`"), is_whole("**a"), is_whole("[a")
    (True, False, False)
    """
    marks = (cell.count("`") % 2, cell.count("**") % 2, cell.count("[") != cell.count("]"))
    return not any(marks)


def escaped_bars(text: str) -> str:
    """A cell's text as its row has it: a bar in it stands behind a backslash, in code too (GFM, section 4.10)."""
    return text.replace("|", "\\|")


def unescaped_bars(text: str) -> str:
    """What a cell says."""
    return text.replace("\\|", "|")
