"""From block tokens to segments: what of a page's body is text, and where exactly it stands."""

import re
from bisect import bisect, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.blocks import LINES, MAX_NESTING, TOO_DEEP, parse_blocks
from netzwerk_i18n.page.code_comments import find_comments
from netzwerk_i18n.page.directives import NONE, Directives, read_directive
from netzwerk_i18n.page.html import decode_attribute, scan_html
from netzwerk_i18n.page.regions import Region, code_ranges, find_parameters, find_regions
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.softbreaks import kept_breaks, without_break
from netzwerk_i18n.page.words import has_words

_DIALECT_CONTAINERS = frozenset({"dd_open", "footnote_reference_open", "admonition_open"})
_KINDS = {"list_item_open": "item", "dt_open": "term"}
_TITLE = re.compile(
    r"""(?:^|[ \t\n])(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'
        |\((?P<round>(?:\\.|[^()\\])*)\))[ \t]*\Z""",
    re.VERBOSE | re.DOTALL,
)
_TITLE_MARKS = {"double": '"', "single": "'", "round": ")"}
_TAG = re.compile(r"<[^<>]*+>")
_OPENING_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)[^<>]*+>")


@dataclass(frozen=True, slots=True)
class Body:
    """What was found in a page's body: its segments in reading order, and what is worth a warning, by line."""

    segments: tuple[Segment, ...]
    problems: tuple[tuple[int, str], ...]


class _Line(NamedTuple):
    """A piece of one source line: offsets in the body, and the line's number counted from 0."""

    start: int
    end: int
    number: int


def collect(text: str, start: int, settings: PageSettings) -> Body:
    """Find the segments of the Markdown in `text` from the offset `start` on.

    Args:
        text: a page's text with whatever line breaks it has.
        start: where its front matter ends.
        settings: the site's word on shortcodes and the like.
    """
    collector = _Collector(text, start, settings)
    collector.walk()
    return collector.body()


class _Collector:
    """One walk over one page's tokens."""

    def __init__(self, text: str, start: int, settings: PageSettings) -> None:
        self.text = text
        self.settings = settings
        self.source, self.to_page = _normalize(text, start)
        self.first_line = len(re.findall(r"\r\n?|\n", text[:start])) if start else 0
        self.tokens, self.environment = parse_blocks(self.source)
        self.regions = find_regions(self.source)
        self.region_starts = [region.start for region in self.regions]
        self.code = code_ranges(self.regions, settings.holds_code)
        self.used: set[int] = set()  # starts of regions that belong to a segment, or to what is no text
        self.segments: list[Segment] = []
        self.pending = NONE
        self.active = NONE
        self.off = False

    # --- the walk -------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Visit the tokens in reading order."""
        tokens = self.tokens
        ancestors: list[Token] = []
        scopes: list[tuple[int, Directives]] = []
        dialect_depth = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type
            if kind == "html_block":
                self._html_block(token)
            elif kind == "inline":
                self._inline(token, ancestors, dialect_depth)
            elif token.nesting > 0:
                if self.pending != NONE:
                    directives, self.pending = self.pending, NONE
                    close = _closing_index(tokens, index)
                    if directives.skip:
                        self._use_regions(token)
                        index = close + 1
                        continue
                    scopes.append((len(ancestors), self.active))
                    self.active = directives.within(self.active)
                ancestors.append(token)
                dialect_depth += kind in _DIALECT_CONTAINERS
            elif token.nesting < 0:
                opening = ancestors.pop()
                dialect_depth -= opening.type in _DIALECT_CONTAINERS
                if scopes and scopes[-1][0] == len(ancestors):
                    self.active = scopes.pop()[1]
            else:
                self._leaf(token)
            index += 1

    def _leaf(self, token: Token) -> None:
        if token.type == "definition":
            if not self._skipped():
                self._reference_title(token)
            return
        directives, self.pending = self.pending, NONE
        if token.type == "fence" and self.settings.code_comments and not directives.skip and not self.off:
            self._code_comments(token)
        self._use_regions(token)

    def body(self) -> Body:
        """What the walk found, shortcode parameters included."""
        self._parameters()
        segments = self.segments
        if self.code:
            segments = [s for s in segments if not self._in_code(s)]
        if len(segments) > 1:
            segments.sort(key=lambda segment: segment.start)
        problems = []
        deep = self.environment.get(TOO_DEEP)
        if isinstance(deep, int):
            message = f"blocks are nested deeper than {MAX_NESTING} levels; what lies deeper is read as plain paragraphs"
            problems.append((deep + self.first_line + 1, message))
        return Body(tuple(segments), tuple(problems))

    def _in_code(self, segment: Segment) -> bool:
        return any(self.to_page(start) <= segment.start < self.to_page(end) for start, end in self.code)

    def _skipped(self) -> bool:
        return self.off or self.active.skip or self.pending.skip

    # --- texts ----------------------------------------------------------------------------------------------

    def _inline(self, token: Token, ancestors: Sequence[Token], dialect_depth: int) -> None:
        lines = [_Line(s, e, token.map[0] + n) for n, (s, e) in enumerate(token.meta[LINES])]  # type: ignore[index]
        if self._skipped():
            self._use(lines[0].start, lines[-1].end)
            return
        parent = ancestors[-1]
        if parent.type in ("th_open", "td_open"):
            self._cell(lines[0], ancestors[-2])
            return
        if parent.type == "heading_open":
            self._heading(lines, parent, token)
            return
        kind = _KINDS.get(parent.type, "paragraph")
        block = (0, 0)
        if parent.type == "paragraph_open" and len(ancestors) > 1 and ancestors[-2].type == "list_item_open":
            kind = "item"
            item = ancestors[-2]
            if item.map and item.map[0] == lines[0].number:
                length = markers.task_length(self.source[lines[0].start : lines[0].end])
                lines[0] = lines[0]._replace(start=lines[0].start + length)
                block = self._sole_item(item, token)
        if len(lines) == 1 and not self._regions_in(lines[0].start, lines[0].end):
            line = lines[0]
            text = self.source[line.start : line.end].rstrip(" \t")
            lead = markers.lead_length(text)
            if not markers.is_border(text) and has_words(text):
                self._add(
                    _Line(line.start + lead, line.start + len(text), line.number), text[lead:], kind, block
                )
            return
        keep_all = dialect_depth > 0 and self._is_indented(lines[0].start)
        for group in self._groups(lines):
            self._add_lines(group, kind, block if len(group) == len(lines) else (0, 0), keep_all=keep_all)

    def _sole_item(self, item: Token, inline: Token) -> tuple[int, int]:
        """The lines of a list item that holds this text alone and starts its own line; else (0, 0)."""
        first, behind = item.map or (0, 0)
        begin = self.source.rfind("\n", 0, inline.meta[LINES][0][0]) + 1
        prefix = self.source[begin : inline.meta[LINES][0][0]]
        alone = re.fullmatch(r"[ \t>]*(?:[-+*]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", prefix)
        while (
            behind > first
            and inline.map
            and behind > inline.map[1]
            and not self._line_text(behind - 1).strip(" \t>")
        ):
            behind -= 1
        return (first, behind) if alone and inline.map and inline.map[1] == behind else (0, 0)

    def _line_text(self, number: int) -> str:
        if not hasattr(self, "_lines"):
            self._lines = self.source.split("\n")
        return self._lines[number] if number < len(self._lines) else ""

    def _is_indented(self, start: int) -> bool:
        """Whether plain CommonMark, which knows no dialect's container, would see code here."""
        begin = self.source.rfind("\n", 0, start) + 1
        prefix = self.source[begin:start]
        blanks = prefix[len(prefix.rstrip(" \t")) :]
        return "\t" in blanks or len(blanks) >= 4  # noqa: PLR2004 - CommonMark 0.31, section 4.4

    def _groups(self, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
        """Split a paragraph at its borders; each group is one text."""
        if not self._regions_in(lines[0].start, lines[-1].end) and not any(
            self.source[line.start] in markers.FIRST_CHARACTERS for line in lines
        ):
            yield list(lines)
            return
        group: list[_Line] = []
        for unit in self._units(lines):
            if self._is_border(unit):
                if group:
                    yield group
                group = []
                continue
            lead = markers.lead_length(self.source[unit[0].start : unit[0].end])
            if not lead:
                group += unit
                continue
            if self.source[unit[0].start] == ":":
                yield from ([line] for line in group)  # each line above a definition is a term
                group = [unit[0]._replace(start=unit[0].start + lead), *unit[1:]]
            else:
                if group:
                    yield group
                yield [unit[0]._replace(start=unit[0].start + lead), *unit[1:]]
                group = []
        if group:
            yield group

    def _units(self, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
        """Lines that belong together because a region reaches over the break between them."""
        regions = self._regions_in(lines[0].start, lines[-1].end)
        clipped = [
            line for line in (self._clip(line, lines, regions) for line in lines) if line.start < line.end
        ]
        unit: list[_Line] = []
        for line in clipped:
            if unit and not any(r.start < unit[-1].end and r.end > line.start for r in regions):
                yield unit
                unit = []
            unit.append(line)
        if unit:
            yield unit

    def _clip(self, line: _Line, lines: Sequence[_Line], regions: Sequence[Region]) -> _Line:
        """`line` without the part of a region that reaches out of the paragraph."""
        start, end = line.start, line.end
        for region in regions:
            if region.start < lines[0].start and region.end > start:
                start = min(region.end, end)
            if region.end > lines[-1].end and region.start < end:
                end = max(region.start, start)
        blanks = len(self.source[start:end]) - len(self.source[start:end].lstrip(" \t"))
        return _Line(start + blanks, end, line.number)

    def _is_border(self, unit: Sequence[_Line]) -> bool:
        start, end = unit[0].start, unit[-1].end
        regions = self._regions_in(start, end)
        if not regions:
            return len(unit) == 1 and markers.is_border(self.source[start:end].rstrip(" \t"))
        position = start
        for region in regions:
            if self.source[position : region.start].strip(" \t\n>"):
                return False
            position = max(position, region.end)
        return not self.source[position:end].strip(" \t\n>")

    def _heading(self, lines: list[_Line], parent: Token, token: Token) -> None:
        if parent.markup.startswith("#"):
            line = lines[0]
            text = self.source[line.start + len(parent.markup) : line.end]
            start = line.start + len(parent.markup) + len(text) - len(text.lstrip(" \t"))
            lines[0] = line._replace(start=start, end=start + len(token.content))
        last = lines[-1]
        text = self.source[last.start : last.end].rstrip(" \t")
        lines[-1] = last._replace(end=last.start + markers.heading_attributes_start(text))
        if self._is_border(lines):
            return
        self._add_lines(lines, "heading", tuple(parent.map or (0, 0)), keep_all=False)  # type: ignore[arg-type]

    def _cell(self, row: _Line, row_token: Token) -> None:
        if "cells" not in row_token.meta:
            row_token.meta["cells"] = iter(_split_row(self.source, row.start, row.end))
        start, end = next(row_token.meta["cells"], (row.end, row.end))
        line = _Line(start, end, row.number)
        if start == end or (self._regions_in(start, end) and self._is_border([line])):
            return
        text = self.source[start:end].replace("\\|", "|")
        if has_words(text):
            self._use(start, end)
            self._add(line, text, "cell", (0, 0), form="cell")

    def _add_lines(
        self, lines: Sequence[_Line], kind: str, block: tuple[int, int], *, keep_all: bool
    ) -> None:
        source = self.source
        pieces = [source[line.start : line.end] for line in lines]
        pieces[-1] = pieces[-1].rstrip(" \t")
        breaks: tuple[str, ...] = ()
        if len(lines) == 1:
            text = pieces[0]
        else:
            regions = self._regions_in(lines[0].start, lines[-1].end)
            opaque = [
                any(r.start < line.end and r.end > below.start for r in regions)
                for line, below in pairwise(lines)
            ]
            kept = [True] * len(opaque) if keep_all else kept_breaks(pieces, self.environment, opaque)
            text, breaks = self._join(lines, pieces, kept)
        if not has_words(text):
            return
        start, end = lines[0].start, lines[-1].start + len(pieces[-1])
        self._use(start, end)
        whole = _Line(start, end, lines[0].number)
        if not block[1] and kind != "term":
            block = (lines[0].number, lines[-1].number + 1)
        self._add(whole, text, kind, block, breaks=breaks)

    def _join(
        self, lines: Sequence[_Line], pieces: Sequence[str], kept: Sequence[bool]
    ) -> tuple[str, tuple[str, ...]]:
        parts: list[str] = []
        breaks: list[str] = []
        for index, piece in enumerate(pieces[:-1]):
            if kept[index]:
                bare = without_break(piece)
                parts += (bare, "\n")
                stop = lines[index].start + len(bare)
                breaks.append(self.text[self.to_page(stop) : self.to_page(lines[index + 1].start)])
            else:
                parts += (piece.rstrip(" \t"), " ")
        parts.append(pieces[-1])
        return "".join(parts), tuple(breaks)

    def _add(
        self,
        line: _Line,
        text: str,
        kind: str,
        block: tuple[int, int],
        *,
        form: str = "markdown",
        mark: str = "",
        breaks: tuple[str, ...] = (),
        comment: str | None = None,
    ) -> None:
        directives = self.active
        comments = directives.comments if comment is None else (comment, *directives.comments)
        if directives.critical:
            comments = (*comments, "Critical: an outdated translation of this is never published.")
        shift = self.first_line
        self.segments.append(
            Segment(
                text,
                kind,
                line.number + shift + 1,
                directives.context,
                comments,
                self.to_page(line.start),
                self.to_page(line.end),
                breaks,
                form,
                mark,
                (block[0] + shift, block[1] + shift) if block[1] else (0, 0),
                directives.critical,
            )
        )

    # --- what is not a paragraph ------------------------------------------------------------------------------

    def _reference_title(self, token: Token) -> None:
        if not token.meta.get("title"):
            return
        first = token.map[0] if token.map else 0
        lines = [_Line(s, e, first + n) for n, (s, e) in enumerate(token.meta[LINES])]
        raw, spots = self._virtual(lines)
        colon = raw.find("]:") + 2
        match = _TITLE.search(raw, colon)
        if match is None or match.lastgroup is None:
            return
        begin, end = match.span(match.lastgroup)
        title = raw[begin:end]
        begin, end = begin + len(title) - len(title.lstrip()), begin + len(title.rstrip())
        if has_words(title):
            mark = _TITLE_MARKS[match.lastgroup]
            self._add_virtual(
                raw,
                spots,
                lines,
                begin,
                end,
                kind="link title",
                form="title",
                mark=mark,
                comment="Link title",
            )

    def _html_block(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        lines = [_Line(s, e, first + n) for n, (s, e) in enumerate(token.meta[LINES])]
        raw, spots = self._virtual(lines)
        block_directives, self.pending = self.pending, NONE
        outer = self.active
        self.active = block_directives.within(outer)
        for piece in scan_html(self._masked(raw, spots, lines)):
            if piece.kind == "comment":
                self._directive(raw[piece.start : piece.end])
                continue
            if self.off or self.active.skip or self.pending.skip:
                continue
            if self.pending != NONE:
                self.active, self.pending = self.pending.within(self.active), NONE
            if piece.kind == "attribute":
                self._add_virtual(
                    raw,
                    spots,
                    lines,
                    piece.start,
                    piece.end,
                    kind="attribute",
                    form="attribute",
                    mark=piece.quote,
                    comment=f"HTML attribute {piece.name.rpartition('.')[2]}",
                )
            else:
                begin, end = _behind_opening_tag(raw, piece.start, piece.end)
                if has_words(raw[begin:end]):
                    self._add_virtual(raw, spots, lines, begin, end, kind="html", form="html")
        if self.active.skip:
            self._use(lines[0].start, lines[-1].end)
        self.active = outer

    def _directive(self, comment: str) -> None:
        directive = read_directive(comment)
        if directive is None:
            return
        name, value = directive
        if name in ("skip-start", "skip-end"):
            self.off = name == "skip-start"
        else:
            self.pending = self.pending.with_(name, value) or self.pending

    def _virtual(self, lines: Sequence[_Line]) -> tuple[str, list[int]]:
        """The lines as one string without what stands before them, and where each begins in it."""
        spots: list[int] = []
        position = 0
        for line in lines:
            spots.append(position)
            position += line.end - line.start + 1
        return "\n".join(self.source[line.start : line.end] for line in lines), spots

    def _masked(self, raw: str, spots: Sequence[int], lines: Sequence[_Line]) -> str:
        """`raw` with its regions hidden, so that quotes and brackets within them mean nothing."""
        for region in self._regions_in(lines[0].start, lines[-1].end):
            begin = _virtual_offset(region.start, spots, lines)
            end = _virtual_offset(region.end, spots, lines)
            raw = raw[:begin] + "\ue000" * (end - begin) + raw[end:]
        return raw

    def _add_virtual(
        self,
        raw: str,
        spots: Sequence[int],
        lines: Sequence[_Line],
        begin: int,
        end: int,
        *,
        kind: str,
        form: str,
        mark: str = "",
        comment: str | None = None,
    ) -> None:
        def place(offset: int) -> int:
            index = bisect_right(spots, offset) - 1
            return lines[index].start + offset - spots[index]

        text = raw[begin:end]
        breaks: tuple[str, ...] = ()
        if form == "attribute":
            text = " ".join(decode_attribute(text).split())
        elif "\n" in text:
            keep = {n for tag in _TAG.finditer(text) for n in range(tag.start(), tag.end())}
            parts: list[str] = []
            position = 0
            while (newline := text.find("\n", position)) >= 0:
                if form == "title" or newline in keep:
                    bare = text[position:newline].rstrip(" \t")
                    parts += (bare, "\n")
                    stop, go_on = begin + position + len(bare), begin + newline + 1
                    breaks = (*breaks, self.text[self.to_page(place(stop)) : self.to_page(place(go_on))])
                else:
                    parts += (text[position:newline].rstrip(" \t"), " ")
                position = newline + 1
            text = "".join([*parts, text[position:]])
        number = lines[bisect_right(spots, begin) - 1].number
        start, stop = place(begin), place(end)
        self._use(start, stop)
        line = _Line(start, stop, number)
        self._add(line, text, kind, (0, 0), form=form, mark=mark, breaks=breaks, comment=comment)

    def _code_comments(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        lines = [_Line(s, e, first + n) for n, (s, e) in enumerate(token.meta[LINES])]
        for line in lines[1:]:
            for begin, end in find_comments(self.source[line.start : line.end], token.info):
                start = line.start + begin
                piece = _Line(start, line.start + end, line.number)
                if has_words(self.source[piece.start : piece.end]):
                    self._add(
                        piece, self.source[piece.start : piece.end], "code comment", (0, 0), form="code"
                    )

    # --- regions ----------------------------------------------------------------------------------------------

    def _regions_in(self, start: int, end: int) -> list[Region]:
        """The regions that overlap the range."""
        if not self.regions:
            return []
        first = bisect(self.region_starts, start) - 1
        if first < 0 or self.regions[first].end <= start:
            first += 1
        last = first
        while last < len(self.regions) and self.regions[last].start < end:
            last += 1
        return self.regions[first:last]

    def _use(self, start: int, end: int) -> None:
        for region in self._regions_in(start, end):
            self.used.add(region.start)

    def _use_regions(self, token: Token) -> None:
        if self.regions and token.map:
            begins = [0, *(m.end() for m in re.finditer("\n", self.source)), len(self.source)]
            self._use(begins[min(token.map[0], len(begins) - 1)], begins[min(token.map[1], len(begins) - 1)])

    def _parameters(self) -> None:
        """Text in the parameters of shortcodes that are part of no other text."""
        for region in self.regions:
            if region.kind != "shortcode" or region.role == "close" or region.start in self.used:
                continue
            if any(start <= region.start < end for start, end in self.code):
                continue
            names = self.settings.text_parameters(region.name)
            for parameter in find_parameters(self.source, region):
                value = self.source[parameter.start : parameter.end]
                if parameter.key not in names or not has_words(value) or "\n" in value:
                    continue
                text = value.replace('\\"', '"') if parameter.quote == '"' else value
                number = self.source.count("\n", 0, parameter.start)
                self._add(
                    _Line(parameter.start, parameter.end, number),
                    text,
                    "shortcode",
                    (0, 0),
                    form="parameter",
                    mark=parameter.quote,
                    comment=f"Shortcode {region.name}: {parameter.key}",
                )


def _virtual_offset(position: int, spots: Sequence[int], lines: Sequence[_Line]) -> int:
    """Where a position of the body lies in the lines' virtual text (the nearest place where it lies outside)."""
    for spot, line in zip(spots, lines, strict=True):
        if position <= line.end:
            return spot + max(position - line.start, 0)
    return spots[-1] + lines[-1].end - lines[-1].start


def _behind_opening_tag(raw: str, start: int, end: int) -> tuple[int, int]:
    """A run of text without the tag that makes its lines an HTML block, if it begins with that tag.

    A block that an inline tag opens is one only as long as the tag stands alone on the first line (CommonMark 0.31,
    section 4.6, condition 7): no text may come before it.
    """
    tag = _OPENING_TAG.match(raw) if start == 0 else None
    if tag is None:
        return start, end
    start = tag.end()
    closing = f"</{tag[1]}>"
    if raw[:end].lower().endswith(closing.lower()) and raw.lower().count(f"<{tag[1].lower()}", 0, end) == 1:
        end -= len(closing)
    text = raw[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _closing_index(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _split_row(source: str, start: int, end: int) -> list[tuple[int, int]]:
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
