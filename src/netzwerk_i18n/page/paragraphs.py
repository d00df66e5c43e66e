"""Which lines of a paragraph are one text: its borders, terms, alerts and shortcode pairs.

CommonMark sees one run of text where dialects see structure; what they see must stay as it stands.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.regions import Region
from netzwerk_i18n.page.softbreaks import may_be_open, without_break
from netzwerk_i18n.page.source import Line, Source

_DEFINITION_BELOW = re.compile(r"(?:\n[ \t>]*){1,2}[:~][ \t]+\S")


@dataclass(slots=True)
class _Inner:
    """What stands between two tags: whether it has words of its own, or else the texts of the pairs in it."""

    start: int
    end: int
    has_text: bool = False
    texts: list[tuple[int, int]] = field(default_factory=list)


def text_groups(source: Source, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Split a paragraph at its borders; each group is one text."""
    last = lines[-1].number
    parts = (part for text in _between_loose_tags(source, list(lines)) for part in _split(source, text))
    for group in (rows for part in parts for rows in _rows(source, part)):
        end = group[-1]
        if end.number != last:
            # A hard break before a border belongs to the page, not to the text.
            text = source.text[end.start : end.end]
            group[-1] = end._replace(end=end.start + len(without_break(text)))
        if group[-1].start < group[-1].end:
            for text_lines in _between_loose_tags(source, group):
                for part in _pairs_apart(source, text_lines):
                    yield _within_pair(source, part)


def within_tags(source: Source, group: list[Line]) -> Iterator[list[Line]]:
    """The texts of a heading or a cell, without the shortcodes' tags that enclose the whole of them."""
    for part in _between_loose_tags(source, group):
        yield _within_pair(source, part)


def _between_loose_tags(source: Source, group: list[Line]) -> Iterator[list[Line]]:
    """The texts between those tags of a paragraph whose partners stand in none of its lines: to Hugo a text ends there."""
    start, end = group[0].start, group[-1].end
    regions = source.regions_in(start, end)
    loose = [region for region in regions if _is_loose(source, region, start, end)]
    if not loose:
        yield group
        return
    behind = [region.end for region in loose]
    for begin, stop in zip([start, *behind], [*(region.start for region in loose), end], strict=True):
        lines = _lines_between(source, group, begin, stop)
        if lines:
            yield lines


def _lines_between(source: Source, group: Sequence[Line], begin: int, end: int) -> list[Line]:
    """What of a paragraph stands between two places."""
    first = max(bisect_right(group, begin, key=lambda line: line.start) - 1, 0)
    behind = bisect_left(group, end, key=lambda line: line.start)
    lines = [_part(source, line, begin, end) for line in group[first:behind]]
    return [line for line in lines if line.start < line.end]


def _pairs_apart(source: Source, group: list[Line]) -> Iterator[list[Line]]:
    """The texts of a paragraph that is nothing but pairs of tags, such as a row of buttons; else the paragraph.

    No word may stand between them: Hugo puts what a shortcode writes into a paragraph only where text stands beside it.
    """
    start, end = group[0].start, group[-1].end
    regions = source.regions_in(start, end)
    spans = _spans_between_tags(source, regions, start, end) if len(regions) > 2 else None  # noqa: PLR2004 - one pair
    if spans is None:
        yield group
        return
    for begin, behind in spans:
        yield _lines_between(source, group, begin, behind)


def _spans_between_tags(
    source: Source, regions: Sequence[Region], start: int, end: int
) -> list[tuple[int, int]] | None:
    """The texts between the innermost tags of a range; None where text stands outside of pairs."""
    opened = [_Inner(start, end)]
    position = start
    for region in regions:
        inner = opened[-1]
        inner.has_text = inner.has_text or bool(source.text[position : region.start].strip(" \t\n>"))
        position = region.end
        closing = source.closing(region)
        if closing is not None and closing < end:
            opened.append(_Inner(region.end, closing))
        elif region.start == inner.end:
            opened.pop()
            opened[-1].texts += [(inner.start, inner.end)] if inner.has_text else inner.texts
    if len(opened) > 1 or opened[0].has_text or source.text[position:end].strip(" \t\n>"):
        return None
    return opened[0].texts


def _within_pair(source: Source, group: list[Line]) -> list[Line]:
    """A text without the shortcode's tags that enclose the whole of it: no word may stand outside them."""
    while inner := _inside_pair(source, group):
        lines = _lines_between(source, group, *inner)
        if not lines:
            break
        group = lines
    return group


def _is_loose(source: Source, tag: Region, start: int, end: int) -> bool:
    """Whether a tag's partner stands outside of a range in which the tag stands."""
    if tag.role == "close":
        opening = source.opening(tag)
        return opening is None or opening < start
    closing = source.closing(tag)
    return closing is not None and closing >= end


def _split(source: Source, lines: Sequence[Line]) -> Iterator[list[Line]]:
    if not source.regions_in(lines[0].start, lines[-1].end) and not any(
        source.text[line.start] in markers.FIRST_CHARACTERS for line in lines
    ):
        yield list(lines)
        return
    if markers.begins_code(source.text[lines[0].start : lines[0].end]):
        return
    group: list[Line] = []
    units = list(_units(source, lines))
    is_pair = [_inside_pair(source, unit) is not None for unit in units]
    boxes = _boxes(source, units)
    options: int | None = None  # the column from which on lines are settings of the border above
    for number, unit in enumerate(units):
        if group and number in boxes:
            yield group
            group = []
        if options is not None and source.column(unit[0].start) >= options:
            continue
        # A pair between words may fill a line by chance. Where the line above or below is one too, each is a block; so
        # is what Markdown reads of `{{%`, for a box that begins a line ends the paragraph above.
        beside = is_pair[max(number - 1, 0) : number] + is_pair[number + 1 : number + 2]
        is_block = is_pair[number] and (any(beside) or source.text.startswith("{{%", unit[0].start))
        is_block = is_block or markers.is_labelled_directive(source.text[unit[0].start : unit[-1].end])
        if is_block or source.is_border(unit):
            if group:
                yield group
            if is_block:
                yield unit
            group = []
            has_options = markers.has_options(source.text[unit[0].start : unit[0].end])
            options = source.column(unit[0].start) + 4 if has_options else None
            continue
        options = None
        lead = markers.lead_length(source.text[unit[0].start : unit[0].end])
        if not lead:
            group += unit
            continue
        if source.text[unit[0].start] in ":~":
            if group:
                yield group  # terms, or the definition before
            group = [unit[0]._replace(start=unit[0].start + lead), *unit[1:]]
        else:
            if group:
                yield group
            yield [unit[0]._replace(start=unit[0].start + lead), *unit[1:]]
            group = []
    if group:
        yield group


def _boxes(source: Source, units: Sequence[Sequence[Line]]) -> set[int]:
    """Before which units a text ends, for a pair of `{{%` begins there that fills the lines of several, or has ended."""
    edges: set[int] = set()
    starts = [unit[0].start for unit in units]
    for number, unit in enumerate(units):
        if not source.text.startswith("{{%", unit[0].start):
            continue
        tags = source.regions_in(unit[0].start, unit[0].end)[:1]
        closing = source.closing(tags[0]) if tags and tags[0].start == unit[0].start else None
        if closing is None or not unit[-1].end <= closing < units[-1][-1].end:
            continue
        behind = bisect_right(starts, closing)
        end = units[behind - 1][-1].end
        tag = source.regions_in(closing, closing + 1)[0]
        if not source.text[tag.end : end].strip(" \t"):
            edges |= {number, behind}
    return edges


def _inside_pair(source: Source, unit: Sequence[Line]) -> tuple[int, int] | None:
    """What stands between the tags of a pair, if the lines are one with its inner text, and nothing else."""
    regions = source.regions_in(unit[0].start, unit[-1].end)
    if len(regions) < 2 or regions[0].start != unit[0].start:  # noqa: PLR2004 - two tags
        return None
    first, last = regions[0], regions[-1]
    end = unit[-1].start + len(source.text[unit[-1].start : unit[-1].end].rstrip(" \t"))
    return (first.end, last.start) if last.end == end and source.is_pair(first, last) else None


def _rows(source: Source, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """A paragraph without borders: one text, unless Goldmark sees a table where GFM sees none.

    Goldmark takes a delimiter row of any width; each line of such a table is a text of its own then.
    """
    before = source.text[source.text.rfind("\n", 0, lines[0].start) + 1 : lines[0].start]
    is_definition = before.rstrip(" \t").endswith((":", "~"))
    if len(lines) > 1 and not is_definition and _DEFINITION_BELOW.match(source.text, lines[-1].end):
        yield from _terms(source, lines)
        return
    units = list(_units(source, lines))
    row = next((n for n, unit in enumerate(units) if n and _is_delimiter_row(source, unit)), None)
    if row is None:
        yield list(lines)
        return
    if row > 1:
        yield [line for unit in units[: row - 1] for line in unit]
    for unit in (*units[row - 1 : row], *units[row + 1 :]):
        # Bars at the edge stay outside: with a word before them they would part one more cell.
        first, last = unit[0], unit[-1]
        text = source.text[last.start : last.end]
        bare = text.rstrip("| \t")
        if bare.endswith("\\"):
            bare = text[: len(bare) + 1]
        unit[-1] = last._replace(end=last.start + len(bare))
        text = source.text[first.start : unit[0].end]
        unit[0] = unit[0]._replace(start=first.start + len(text) - len(text.lstrip("| \t")))
        yield unit


def _is_delimiter_row(source: Source, unit: Sequence[Line]) -> bool:
    return len(unit) == 1 and markers.is_delimiter_row(source.text[unit[0].start : unit[0].end])


def _terms(source: Source, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines above a definition: Goldmark reads each as a term, but where markup reaches from one into the next."""
    texts = (source.text[line.start : line.end] for line in lines[:-1])
    if any("](" in text and may_be_open(text) for text in texts):
        yield list(lines)
    else:
        yield from _units(source, lines)


def _units(source: Source, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together because a region reaches over the break between them."""
    regions = source.regions_in(lines[0].start, lines[-1].end)
    clipped = [
        line for line in (_clip(source, line, lines, regions) for line in lines) if line.start < line.end
    ]
    unit: list[Line] = []
    for line in clipped:
        if unit and not source.joins(unit[-1], line):
            yield unit
            unit = []
        unit.append(line)
    if unit:
        yield unit


def _clip(source: Source, line: Line, lines: Sequence[Line], regions: Sequence[Region]) -> Line:
    """`line` without the part of a region that reaches out of the paragraph."""
    start, end = line.start, line.end
    for region in (regions[0], regions[-1]) if regions else ():  # only these can reach out of it
        if region.start < lines[0].start and region.end > start:
            start = min(region.end, end)
        if region.end > lines[-1].end and region.start < end:
            end = max(region.start, start)
    return _part(source, line, start, end)


def _part(source: Source, line: Line, start: int, end: int) -> Line:
    """What of a line stands between two places, without the blanks before it."""
    start, end = max(line.start, start), min(line.end, end)
    text = source.text[start:end]
    return Line(start + len(text) - len(text.lstrip(" \t")), end, line.number)
