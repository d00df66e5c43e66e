"""Text whose lines stand behind container marks, as one string, and the way back: for HTML and link titles."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from netzwerk_i18n.page.html import has_component
from netzwerk_i18n.page.source import Line, Source

_TAG = re.compile(r"<[^<>]*+>")
_HOLDS_MARKDOWN = re.compile(r"<[A-Za-z][^<>]*\smarkdown[\s=>]")
_BLOCK_LINE = re.compile(r"^[ \t]*(?:[>|]|[-+*:][ \t]|#{1,6}[ \t]|\d{1,9}[.)][ \t]|```|~~~)", re.MULTILINE)
_HIDDEN = "\ue000"


class VirtualText:
    """The lines of one block without what stands before them.

    Attributes:
        raw: the lines, joined by LF.
        lines: where they stand in the body.
    """

    def __init__(self, source: Source, lines: Sequence[Line]) -> None:
        """Join `lines` of `source`."""
        self._source = source
        self.lines = lines
        self.raw = "\n".join(source.text[line.start : line.end] for line in lines)
        self._ends = [line.end for line in lines]
        self._spots: list[int] = []
        position = 0
        for line in lines:
            self._spots.append(position)
            position += line.end - line.start + 1

    @cached_property
    def _is_markdown(self) -> bool:
        """Whether an element says that kramdown or Python-Markdown read what stands in it, or is a component of MDX."""
        return ("markdown" in self.raw and _HOLDS_MARKDOWN.search(self.raw) is not None) or has_component(
            self.raw
        )

    def holds_blocks(self, start: int, end: int) -> bool:
        """Whether a part of the text has lines that are Markdown's, a list or a heading, to who reads it as such."""
        return self._is_markdown and _BLOCK_LINE.search(self.raw, start, end) is not None

    def place(self, offset: int) -> int:
        """Where an offset of the joined text lies in the body."""
        index = bisect_right(self._spots, offset) - 1
        return self.lines[index].start + offset - self._spots[index]

    def span(self, start: int, end: int) -> Line:
        """The place of a part of the joined text in the body."""
        number = self.lines[bisect_right(self._spots, start) - 1].number
        return Line(self.place(start), self.place(end), number)

    def masked(self) -> str:
        """The joined text with its regions hidden, so that quotes and brackets in them mean nothing."""
        parts: list[str] = []
        position = 0
        for region in self._source.regions_in(self.lines[0].start, self.lines[-1].end):
            begin, end = self._offset(region.start), self._offset(region.end)
            parts += (self.raw[position:begin], _HIDDEN * (end - begin))
            position = end
        return "".join([*parts, self.raw[position:]])

    def _offset(self, position: int) -> int:
        index = bisect_left(self._ends, position)
        if index == len(self.lines):
            return len(self.raw)
        return self._spots[index] + max(position - self.lines[index].start, 0)

    def joined(self, start: int, end: int, *, keep_breaks: bool) -> tuple[str, tuple[str, ...]]:
        """A part of the text as a msgid, and what stands in the page for each newline that it keeps.

        Args:
            start: where the part begins.
            end: where it ends.
            keep_breaks: keep every line break; else only those within a tag.
        """
        text = self.raw[start:end]
        if "\n" not in text:
            return text, ()
        in_tags = {n for tag in _TAG.finditer(text) for n in range(tag.start(), tag.end())}
        to_page, page = self._source.to_page, self._source.page
        parts: list[str] = []
        breaks: list[str] = []
        position = 0
        while (newline := text.find("\n", position)) >= 0:
            bare = text[position:newline].rstrip(" \t")
            if keep_breaks or newline in in_tags:
                parts += (bare, "\n")
                stop, go_on = start + position + len(bare), start + newline + 1
                breaks.append(page[to_page(self.place(stop)) : to_page(self.place(go_on))])
            else:
                parts += (bare, " ")
            position = newline + 1
        return "".join([*parts, text[position:]]), tuple(breaks)

    def between_borders(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a run of HTML text between lines that hold nothing but macros or shortcodes."""
        if not self._source.regions_in(self.lines[0].start, self.lines[-1].end):
            yield start, end
            return
        for index in range(bisect_left(self._spots, start), bisect_right(self._spots, end)):
            spot, line = self._spots[index], self.lines[index]
            behind = spot + line.end - line.start
            if behind <= end and line.start < line.end and self._source.is_border([line]):
                yield start, start + len(self.raw[start:spot].rstrip())
                # A tag may go on in the lines below.
                tag = self._source.regions_in(line.start, line.end)[-1:]
                start = max(behind + 1, *(self._offset(region.end) for region in tag), 0)
        text = self.raw[start:end]
        yield start + len(text) - len(text.lstrip()), end

    def without_loose_tags(self, part: tuple[int, int]) -> tuple[int, int]:
        """A part of the text without the shortcodes' tags at its edges whose partners stand elsewhere."""
        start, end = part
        source = self._source
        while start < end and (regions := source.regions_in(self.place(start), self.place(end - 1) + 1)):
            first, last = regions[0], regions[-1]
            opening = source.opening(last)
            if self._offset(last.end) == end and opening is not None and opening < self.place(start):
                end = self._offset(last.start)
                end = start + len(self.raw[start:end].rstrip())
            elif self.place(start) == first.start and (source.closing(first) or 0) >= self.place(end - 1):
                start = self._offset(first.end)
                start = end - len(self.raw[start:end].lstrip())
            else:
                break
        return start, end
