"""A page's body as the parser reads it, and the way from there back to the page."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.regions import Region, code_ranges, find_regions
from netzwerk_i18n.page.settings import PageSettings


class Line(NamedTuple):
    """A piece of one line of the body: offsets in the body, and the line's number counted from 0."""

    start: int
    end: int
    number: int


class Source:
    """A body with LF line breaks and no NUL, and the regions in it that another program reads.

    Attributes:
        page: the text of the whole page, as it was given.
        text: the body; all offsets but those of `to_page`'s result count in it.
        to_page: from an offset in the body to the one in the page.
        first_line: how many lines of the page stand before the body.
        regions: shortcodes, macros, template tags and display math, in order.
    """

    def __init__(self, page: str, start: int, settings: PageSettings) -> None:
        """Read the body of `page` that begins at `start`."""
        self.page = page
        self.text, self.to_page = _normalize(page, start)
        self.first_line = len(re.findall(r"\r\n?|\n", page[:start])) if start else 0
        self.regions = find_regions(self.text)
        self._region_starts = [region.start for region in self.regions]
        self._code = code_ranges(self.regions, settings.holds_code) if self.regions else []
        self._code_starts = [begin for begin, _ in self._code]
        self._line_starts: list[int] = []

    def regions_in(self, start: int, end: int) -> list[Region]:
        """The regions that overlap the range."""
        if not self.regions:
            return []
        first = bisect_right(self._region_starts, start) - 1
        if first < 0 or self.regions[first].end <= start:
            first += 1
        last = first
        while last < len(self.regions) and self.regions[last].start < end:
            last += 1
        return self.regions[first:last]

    def joins(self, line: Line, below: Line) -> bool:
        """Whether a region reaches over the break between two lines."""
        return any(
            region.start < line.end and region.end > below.start
            for region in self.regions_in(line.end - 1, below.start + 1)
        )

    def in_code(self, offset: int) -> bool:
        """Whether the place lies between the tags of a shortcode that holds code."""
        index = bisect_right(self._code_starts, offset) - 1
        return index >= 0 and offset < self._code[index][1]

    def line_start(self, number: int) -> int:
        """Where the line of that number begins; the end of the body for a line behind the last."""
        starts = self._starts()
        return starts[number] if number < len(starts) else len(self.text)

    def line_number(self, offset: int) -> int:
        """The number of the line, counted from 0, that holds the place."""
        return bisect_right(self._starts(), offset) - 1

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return self._line_starts

    def is_border(self, unit: Sequence[Line]) -> bool:
        """Whether the lines hold a dialect's marker, or regions, and nothing else."""
        start, end = unit[0].start, unit[-1].end
        regions = self.regions_in(start, end)
        if not regions:
            return len(unit) == 1 and markers.is_border(self.text[start:end].rstrip(" \t"))
        position = start
        for region in regions:
            if self.text[position : region.start].strip(" \t\n>"):
                return False
            position = max(position, region.end)
        return not self.text[position:end].strip(" \t\n>")


def _normalize(text: str, start: int) -> tuple[str, Callable[[int], int]]:
    """The body as markdown-it wants it (LF, no NUL), and the way back to the page's offsets."""
    body = text[start:] if start else text
    if "\0" in body:
        body = body.replace("\0", "\ufffd")
    if "\r" not in body:
        return body, (lambda offset: offset + start) if start else (lambda offset: offset)
    source_begins: list[int] = []
    page_begins: list[int] = []
    lines: list[str] = []
    position = 0
    length = 0
    for match in re.finditer(r"\r\n?|\n|\Z", body):
        source_begins.append(length)
        page_begins.append(position + start)
        lines.append(body[position : match.start()])
        length += match.start() - position + 1
        position = match.end()

    def to_page(offset: int) -> int:
        index = bisect_right(source_begins, offset) - 1
        return page_begins[index] + offset - source_begins[index]

    return "\n".join(lines), to_page
