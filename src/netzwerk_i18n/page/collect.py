"""From block tokens to segments: what of a page's body is text, and where exactly it stands."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.code_comments import find_comments
from netzwerk_i18n.page.directives import NONE, Directed, Directives
from netzwerk_i18n.page.html import HtmlPiece, decode_attribute, scan_html
from netzwerk_i18n.page.jsx import is_within_component, lines_of_tags, masked_expressions
from netzwerk_i18n.page.paragraphs import text_groups, within_tags
from netzwerk_i18n.page.plain import CELL, CODE, HEADING, ITEM, REGIONS, Found, Plain, find_blocks
from netzwerk_i18n.page.regions import INCLUDE_QUOTES, find_parameters, outside_shortcodes
from netzwerk_i18n.page.rows import is_whole, split_row, unescaped_bars
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.softbreaks import joined, kept_breaks, without_break
from netzwerk_i18n.page.source import NOTHING, Line, Source
from netzwerk_i18n.page.tokens import FLOW, LINES, MAX_NESTING, TOO_DEEP
from netzwerk_i18n.page.virtual import VirtualText
from netzwerk_i18n.page.words import has_words

if TYPE_CHECKING:
    from markdown_it.token import Token

    from netzwerk_i18n.page.mdx_text import Untouched

CRITICAL = "Critical: an outdated translation of this is never published."
"""What a translator reads at a text that its author marked as critical."""

_KINDS = {"dt_open": "term"}
_NONE = (0, 0)
_ITEM_START = re.compile(r"[ \t>]*(?:[-+*]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_CONTAINER = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<line>(?:!!!|\?\?\?|===|:::|///)[^\n]*)")
_VALUE_BREAK = re.compile(r"(?:(?<![ \t])[ \t]++)?\n[ \t]*+")
_TRUTHS = ("true", "false")
_NUMBER = re.compile(r"[-+]?\d*\.?\d+")
_TITLE = re.compile(
    r"""(?:^|[ \t\n])(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'
        |\((?P<round>(?:\\.|[^()\\])*)\))[ \t]*\Z""",
    re.VERBOSE | re.DOTALL,
)
_TITLE_MARKS = {"double": '"', "single": "'", "round": ")"}


class Body(NamedTuple):
    """What was found in a page's body: its segments in reading order, and what is worth a warning, by line."""

    segments: tuple[Segment, ...]
    problems: tuple[tuple[int, str], ...]


def collect(text: str, start: int, settings: PageSettings) -> Body:
    """Find the segments of the Markdown in `text` from the offset `start` on.

    Args:
        text: a page's text with whatever line breaks it has.
        start: where its front matter ends.
        settings: the site's word on shortcodes and the like.
    """
    collector = _Collector(Source(text, start, settings), settings)
    collector.walk()
    return collector.body()


class _Collector:
    """One walk over one page's tokens."""

    def __init__(self, source: Source, settings: PageSettings) -> None:
        self._source = source
        self._settings = settings
        self._used: set[int] = set()  # starts of regions that belong to a segment, or to what is no text
        self._has_directives = "i18n:" in source.text
        self._blocks_text = source.blocks_text()
        self._tokens: Sequence[Token | Plain]
        if self._knows_plain_blocks():
            self._tokens, self._environment = find_blocks(
                self._blocks_text, self._is_plain, source.inner_lines
            )
        else:
            from netzwerk_i18n.page.blocks import parse_blocks

            self._tokens, self._environment = parse_blocks(
                self._blocks_text, source.inner_lines(), is_mdx=settings.is_mdx
            )
        self._segments: list[Segment] = []
        self._problems: list[tuple[int, str]] = []
        self._directed = Directed(source.regions if self._has_directives else [])
        self._untouched: Untouched | None = None
        if settings.is_mdx:
            from netzwerk_i18n.page import mdx_text

            self._untouched = mdx_text.Untouched()

    def walk(self) -> None:
        """Visit the tokens in reading order."""
        tokens, directed = self._tokens, self._directed
        ancestors: list[Token] = []
        scopes: list[tuple[int, Directives]] = []
        admonitions = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if isinstance(token, Plain):
                self._plain(token)
                index += 1
                continue
            kind = token.type
            if self._has_directives and token.nesting >= 0:
                directed.pass_between(_start(self._source, token))
            if kind == "html_block":
                self._html_block(token)
            elif kind == "inline":
                self._inline(token, ancestors, admonitions)
            elif token.nesting > 0:
                if directed.pending != NONE:
                    directives = directed.take()
                    if directives.skip:
                        self._use_lines(token)
                        self._skip_inner_text(token)
                        index = _closing_index(tokens, index) + 1
                        continue
                    scopes.append((len(ancestors), directed.active))
                    directed.active = directives.within(directed.active)
                ancestors.append(token)
                if kind == "admonition_open":
                    admonitions += 1
                    self._container_title(_start(self._source, token), begins_box=True)
            elif token.nesting < 0:
                opening = ancestors.pop()
                admonitions -= opening.type == "admonition_open"
                if scopes and scopes[-1][0] == len(ancestors):
                    directed.active = scopes.pop()[1]
            else:
                self._leaf(token)
            index += 1

    def body(self) -> Body:
        """What the walk found, shortcode parameters included."""
        self._directed.pass_between(len(self._source.text))
        self._parameters()
        segments = self._segments
        segments.sort(key=lambda segment: segment.start)
        problems = self._problems
        deep = self._environment.get(TOO_DEEP)
        if isinstance(deep, int):
            message = f"blocks are nested deeper than {MAX_NESTING} levels; what lies deeper is read as plain paragraphs"
            problems.append((deep + self._source.first_line + 1, message))
        return Body(tuple(segments), tuple(problems))

    def _leaf(self, token: "Token") -> None:
        """A block without inline text: a rule, code, a link reference definition."""
        directed = self._directed
        directives = directed.take()
        if token.type == "definition":
            outer, directed.active = directed.active, directives.within(directed.active)
            if not directed.skips(_start(self._source, token)):
                self._reference_title(token)
            directed.active = outer
            self._use_lines(token)
            return
        if token.type == "fence" and self._settings.code_comments and not directives.skip:
            self._code_comments(token)
        elif token.type == FLOW and self._untouched is not None:
            self._flow(token, directives, self._untouched)
        self._use_lines(token)

    # Plain blocks

    def _knows_plain_blocks(self) -> bool:
        """Whether blocks that the parser has not seen can be read: their place among others does not matter."""
        return not (self._has_directives or self._settings.code_comments or self._settings.is_mdx)

    def _is_plain(self, start: int, found: Found) -> bool:
        """Whether no region has a say in a block that was found without the parser."""
        source = self._source
        if not source.regions:
            return True
        regions = source.regions_in(start, found.end)
        if not regions:
            return not source.in_pair(start)
        if regions[0].start < start or regions[-1].end > found.end:
            return False
        if found.kind == CODE or found.labels:
            self._use(start, found.end)
            return True
        return found.kind == REGIONS and source.is_border([Line(start, found.end, 0)])

    def _plain(self, found: Plain) -> None:
        """A text whose block was found without the parser: what `_paragraph` and `_heading` do, less what can't be."""
        source = self._source
        text = source.text[found.start : found.end]
        if found.kind is CELL:
            text = text.replace("\\|", "|")
            line = Line(found.start, found.end, found.line)
            if has_words(text):
                self._add(line, text, found.kind, form="cell")
            elif "|" not in text:
                self._attributes([line])
            return
        if found.kind is HEADING:
            text = text[: markers.heading_attributes_start(text)]
            if markers.is_border(text):
                return
        if found.kind is ITEM and markers.is_empty_task(text):
            return
        block = (found.line, found.line + text.count("\n") + 1) if found.alone else _NONE
        if found.kind is ITEM and markers.begins_with_box(text):
            self._text(self._without_box(self._plain_lines(found, text)), found.kind, block, 0)
            return
        msgid = text
        if "\n" in text:
            one_line = None if self._settings.hard_wraps else joined(text.replace("\n> ", "\n"))
            if one_line is None:
                self._add_lines(self._plain_lines(found, text), found.kind, block)
                return
            msgid = one_line
        msgid = msgid.rstrip(" \t")
        if has_words(msgid):
            end = found.start + len(text.rstrip(" \t"))
            self._add(Line(found.start, end, found.line), msgid, found.kind, block)
        else:
            self._attributes(self._plain_lines(found, text))

    def _plain_lines(self, found: Plain, text: str) -> list[Line]:
        lines: list[Line] = []
        start = found.start
        for number, line in enumerate(text.split("\n"), start=found.line):
            end = start + len(line)
            lines.append(Line(end - len(line.lstrip(" \t>")), end, number))
            start = end + 1
        return lines

    # Inline texts

    def _inline(self, token: "Token", ancestors: "Sequence[Token]", admonitions: int) -> None:
        lines = _lines(token)
        self._directed.pass_within(lines[-1].end)
        if self._untouched or self._directed.skips(lines[0].start):
            self._use(lines[0].start, lines[-1].end)
            return
        parent = ancestors[-1]
        if parent.type in ("th_open", "td_open"):
            self._cell(lines[0], ancestors[-2])
        elif parent.type == "heading_open":
            self._heading(lines, parent, token)
        else:
            self._paragraph(lines, ancestors, admonitions)

    def _paragraph(self, lines: list[Line], ancestors: "Sequence[Token]", admonitions: int) -> None:
        source = self._source
        parent = ancestors[-1]
        kind, block = _KINDS.get(parent.type, "paragraph"), (lines[0].number, lines[-1].number + 1)
        if kind == "term":
            block = _NONE
        if parent.type == "paragraph_open" and len(ancestors) > 1 and ancestors[-2].type == "list_item_open":
            kind, item = "item", ancestors[-2]
            if item.map and item.map[0] == lines[0].number:
                block = self._sole_item(item, lines)
                if markers.is_empty_task(source.text[lines[0].start : lines[-1].end]):
                    return
                lines = self._without_box(lines)
        if markers.is_grid_rule(source.text[lines[0].start : lines[0].end]):
            message = "a table drawn with + and - stays as it is: its columns would not fit a translation"
            self._problems.append((lines[0].number + source.first_line + 1, message))
        elif all(source.text.startswith("|", line.start, line.end) for line in lines):
            self._bar_lines(lines, kind, admonitions)
        else:
            self._text(lines, kind, block, admonitions)

    def _bar_lines(self, lines: Sequence[Line], kind: str, admonitions: int) -> None:
        """Lines that all begin with a bar: a table of kramdown, a block of lines of Pandoc; to others a paragraph.

        A line break means something to the first two and nothing to the others, so none is moved.
        """
        for line in lines:
            if markers.is_kramdown_rule(self._source.text[line.start : line.end]):
                continue
            cells = split_row(self._blocks_text, line.start, line.end)
            if all(is_whole(self._blocks_text[start:end]) for start, end in cells):
                for start, end in cells:
                    self._cell_text(Line(start, end, line.number))
            else:
                self._text([line], kind, _NONE, admonitions)

    def _without_box(self, lines: list[Line]) -> list[Line]:
        """The lines of a list item without the box of a task, which may stand alone on the first."""
        first, *others = lines
        text = self._source.text[first.start : first.end]
        if others and markers.is_empty_task(text):
            return others
        return [first._replace(start=first.start + markers.task_length(text)), *others]

    def _text(self, lines: list[Line], kind: str, block: tuple[int, int], admonitions: int) -> None:
        """The texts of a paragraph."""
        source = self._source
        if self._settings.is_mdx:
            if len(lines) == 1 and self._element(lines):
                return
        elif any(source.text.startswith("<", line.start) for line in lines):
            parts = list(lines_of_tags(source.text, lines))
            if len(parts) > 1 or parts[0][0]:
                self._beside_tags(parts, kind, admonitions)
                return
            if is_within_component(source.text, lines):
                self._pieces_of_tags(lines, ("attribute", "text"))
                return
        for line in lines if self._settings.container_titles else ():
            self._container_title(line.start)
        last = lines[-1]
        if source.text[last.start : last.end].endswith("\\") and not source.is_blank(last.number + 1):
            # What the block parser takes for the end may be a hard break to others.
            bare = without_break(source.text[last.start : last.end])
            lines[-1] = last._replace(end=last.start + len(bare))
            if not bare and len(lines) == 1:
                return
        if len(lines) == 1 and not source.regions_in(lines[0].start, lines[0].end):
            line = lines[0]
            text = source.text[line.start : line.end].rstrip(" \t")
            lead = markers.lead_length(text)
            if not markers.is_border(text) and not has_words(text):
                self._attributes(lines)
            elif not markers.is_border(text):
                self._add(
                    Line(line.start + lead, line.start + len(text), line.number), text[lead:], kind, block
                )
            return
        # A reader that knows no admonitions sees code here: line breaks in code are no white space. Footnotes and
        # definitions are known to all whose pages hold them.
        start = lines[0].start
        keep_all = (admonitions > 0 or source.in_pair(start)) and self._is_indented(start)
        groups = list(text_groups(source, lines))
        before = lines[0].number
        for index, group in enumerate(groups):
            if len(groups) > 1 or len(group) < len(lines):
                behind = groups[index + 1][0].number if index + 1 < len(groups) else -1
                shares_line = group[0].number == before or group[-1].number == behind
                block = _NONE if shares_line else (group[0].number, group[-1].number + 1)
            before = group[-1].number
            if self._settings.is_mdx and self._element(group):
                continue
            self._add_lines(group, kind, block, keep_all=keep_all)

    def _element(self, lines: Sequence[Line]) -> bool:
        """Read lines that are elements of HTML or a component in a page of MDX; whether they are."""
        from netzwerk_i18n.page.mdx_text import begins_with_block

        text = self._source.text
        if not text.startswith("<", lines[0].start):
            return False
        if not (begins_with_block(text, lines) or is_within_component(text, lines)):
            return False
        self._pieces_of_tags(lines, ("attribute", "text"))
        return True

    def _flow(self, token: "Token", directives: Directives, untouched: "Untouched") -> None:
        """The texts in the attributes of tags that stand alone on their lines; or comments, which may be directives."""
        from netzwerk_i18n.page.mdx_text import comments_of, opens_element

        lines = _lines(token)
        directed = self._directed
        text = VirtualText(self._source, lines).raw
        comments = comments_of(text)
        if comments:
            for comment in comments:
                directed.read(comment)
            directed.pending = directed.pending.within(directives)  # one directive may follow another
            return
        outer, directed.active = directed.active, directives.within(directed.active)
        if not untouched and not directed.skips(lines[0].start):
            self._attributes(lines)
        untouched.pass_tags(text, skips=directives.skip)
        directed.active = outer
        if directives != NONE and not directives.skip and opens_element(text):
            directed.pending = directives  # they hold for the first block in the element as well

    def _beside_tags(self, groups: Sequence[tuple[bool, list[Line]]], kind: str, admonitions: int) -> None:
        """The texts of a paragraph between lines that hold nothing but tags of components, and those in the tags."""
        for is_tag, lines in groups:
            if is_tag:
                self._attributes(lines, end=">")
            else:
                self._text(lines, kind, (lines[0].number, lines[-1].number + 1), admonitions)

    def _sole_item(self, item: "Token", lines: Sequence[Line]) -> tuple[int, int]:
        """The lines of a list item that holds this text alone and starts its own line; else (0, 0)."""
        source = self._source
        first, behind = item.map or _NONE
        if not _ITEM_START.fullmatch(source.text, source.line_start(first), lines[0].start):
            return _NONE
        while behind > lines[-1].number + 1:
            text = source.text[source.line_start(behind - 1) : source.line_start(behind)]
            if text.strip(" \t\n>"):
                return _NONE
            behind -= 1
        return first, behind

    def _is_indented(self, start: int) -> bool:
        """Whether plain CommonMark, which knows no dialect's container, would see code here."""
        prefix = self._source.text[self._source.text.rfind("\n", 0, start) + 1 : start]
        return "\t" in prefix or "    " in prefix  # four columns (CommonMark 0.31, section 4.4)

    def _heading(self, lines: list[Line], parent: "Token", token: "Token") -> None:
        source = self._source
        if parent.markup.startswith("#"):
            line = lines[0]
            # Found from the left: markdown-it strips more kinds of blanks than CommonMark knows.
            start = self._blocks_text.index(token.content, line.start + len(parent.markup), line.end)
            lines[0] = line._replace(start=start, end=start + len(token.content))
        last = lines[-1]
        text = source.text[last.start : last.end].rstrip(" \t")
        end = markers.heading_attributes_start(text, is_mdx=self._settings.is_mdx)
        lines[-1] = last._replace(end=last.start + end)
        if parent.markup.startswith("#"):
            groups = [] if source.is_border(lines) else list(within_tags(source, lines))
        else:
            groups = list(text_groups(source, lines))
        for group in groups:
            self._add_lines(group, "heading", (parent.map[0], parent.map[1]) if parent.map else _NONE)

    def _cell(self, row: Line, row_token: "Token") -> None:
        source = self._source
        if "cells" not in row_token.meta:
            row_token.meta["cells"] = iter(split_row(self._blocks_text, row.start, row.end))
        start, end = next(row_token.meta["cells"], (row.end, row.end))
        line = Line(start, end, row.number)
        if "|" not in source.text[row.start : row.end] and markers.is_border(source.text[start:end]):
            return  # a line below a table that its dialect reads as attributes is a row to others
        self._cell_text(line)

    def _cell_text(self, line: Line) -> None:
        source = self._source
        if line.start == line.end or (source.regions_in(line.start, line.end) and source.is_border([line])):
            return
        for (part,) in within_tags(source, [line]):
            raw = source.text[part.start : part.end].rstrip(" \t")
            text = outside_shortcodes(raw, unescaped_bars)
            if has_words(text):
                self._add(part._replace(end=part.start + len(raw)), text, "cell", form="cell")
            elif "|" not in raw:
                self._attributes([part._replace(end=part.start + len(raw))])

    def _add_lines(
        self, lines: Sequence[Line], kind: str, block: tuple[int, int], *, keep_all: bool = False
    ) -> None:
        """Add a text of one or more lines."""
        source = self._source
        pieces = [source.text[line.start : line.end] for line in lines]
        pieces[-1] = pieces[-1].rstrip(" \t")
        breaks: tuple[str, ...] = ()
        if len(lines) == 1:
            text = pieces[0]
        else:
            opaque = [source.joins(line, below) for line, below in pairwise(lines)]
            keep_all = keep_all or self._settings.hard_wraps
            kept = [True] * len(opaque) if keep_all else kept_breaks(pieces, self._environment, opaque)
            text, breaks = self._join(lines, pieces, kept)
        if not has_words(text):
            self._attributes(lines)
            return
        whole = Line(lines[0].start, lines[-1].start + len(pieces[-1]), lines[0].number)
        self._add(whole, text, kind, block, breaks=breaks)

    def _join(
        self, lines: Sequence[Line], pieces: Sequence[str], kept: Sequence[bool]
    ) -> tuple[str, tuple[str, ...]]:
        page, to_page = self._source.page, self._source.to_page
        parts: list[str] = []
        breaks: list[str] = []
        for index, piece in enumerate(pieces[:-1]):
            if kept[index]:
                bare = without_break(piece)
                parts += (bare, "\n")
                breaks.append(page[to_page(lines[index].start + len(bare)) : to_page(lines[index + 1].start)])
            else:
                parts += (piece.rstrip(" \t"), " ")
        parts.append(pieces[-1])
        return "".join(parts), tuple(breaks)

    # What is not a paragraph

    def _reference_title(self, token: "Token") -> None:
        if not token.meta.get("title"):
            return
        text = VirtualText(self._source, _lines(token))
        match = _TITLE.search(text.raw, text.raw.find("]:") + 2)
        if match is None or match.lastgroup is None:
            return
        title = match[match.lastgroup]
        start = match.start(match.lastgroup) + len(title) - len(title.lstrip())
        end = match.start(match.lastgroup) + len(title.rstrip())
        if has_words(title):
            msgid, breaks = text.joined(start, end, keep_breaks=True)
            mark = _TITLE_MARKS[match.lastgroup]
            self._add(
                text.span(start, end),
                msgid,
                "link title",
                form="title",
                mark=mark,
                breaks=breaks,
                note="Link title",
            )

    def _container_title(self, start: int, *, begins_box: bool = False) -> None:
        """The title in a line from `start` on, if the line begins a container and the site wants it.

        Args:
            start: where the line starts.
            begins_box: whether it is known to begin a container.
        """
        if not self._settings.container_titles:
            return
        source = self._source
        match = _CONTAINER.match(source.text, start)
        if match is None or self._directed.skips(match.start("line")):
            return
        if not begins_box and not markers.is_border(match["line"]):
            return
        title = markers.container_title(match["line"])
        if title is None:
            return
        begin, end, mark = title
        text = match["line"][begin:end]
        begin += match.start("line") + len(text) - len(text.lstrip(" \t"))
        text = text.strip(" \t")
        if has_words(text):
            line = Line(begin, begin + len(text), source.line_number(begin))
            self._add(line, text, "container title", mark=mark, note="Title of a box or tab")

    def _html_block(self, token: "Token") -> None:
        text = VirtualText(self._source, _lines(token))
        directed = self._directed
        directives = directed.take()
        outer = directed.active
        directed.active = directives.within(outer)
        only_comments = True
        for piece in scan_html(text.masked()):
            only_comments &= not directed.pass_within(text.place(piece.start))
            if piece.kind == "comment":
                directed.read(text.raw[piece.start : piece.end])
                continue
            only_comments = False
            # A directive within holds for the rest of this block, and for nothing below it.
            directed.active = directed.take().within(directed.active)
            if not directed.skips(text.place(piece.start)):
                self._html_piece(text, piece)
        only_comments &= not directed.pass_within(text.lines[-1].end)
        if only_comments and text.raw.lstrip().startswith("<!--"):
            directed.pending = directed.pending.within(directives)  # one directive may follow another
        directed.active = outer

    def _html_piece(self, text: VirtualText, piece: HtmlPiece, breaks: tuple[str, ...] = ()) -> None:
        if piece.kind == "attribute":
            value = " ".join(decode_attribute(text.raw[piece.start : piece.end]).split())
            note = f"HTML attribute {piece.name.rpartition('.')[2]}"
            span = text.span(piece.start, piece.end)
            mark = piece.quote
            self._add(span, value, "attribute", form="attribute", mark=mark, breaks=breaks, note=note)
            return
        for start, end in map(text.without_loose_tags, text.between_borders(piece.start, piece.end)):
            place = text.place(start)
            keep_breaks = self._source.in_pair(place) and self._is_indented(text.span(start, end).start)
            keep_breaks = keep_breaks or text.holds_blocks(start, end)
            msgid, breaks = text.joined(start, end, keep_breaks=keep_breaks)
            if has_words(msgid):
                self._add(text.span(start, end), msgid, "html", form="html", breaks=breaks)

    def _attributes(self, lines: Sequence[Line], end: str = "") -> None:
        """Text in the attributes of tags that stand in a paragraph, or a cell, of tags alone.

        Args:
            lines: the lines of the tags.
            end: what is read behind them: the bracket of a tag that may end in the line below.
        """
        self._pieces_of_tags(lines, ("attribute",), end)

    def _pieces_of_tags(self, lines: Sequence[Line], kinds: Collection[str], end: str = "") -> None:
        """Texts of these kinds in lines that are a paragraph to CommonMark; `end` is read behind them."""
        text = VirtualText(self._source, lines)
        if "<" in text.raw:
            for piece in scan_html(masked_expressions(text.masked()) + end):
                if piece.kind in kinds:
                    # A value of several lines stays one: on one line its tag could begin an HTML block.
                    _, breaks = text.joined(piece.start, piece.end, keep_breaks=True)
                    self._html_piece(text, piece, breaks[:1])

    def _code_comments(self, token: "Token") -> None:
        for line in _lines(token)[1:]:
            if self._directed.skips(line.start):
                return
            for begin, end in find_comments(self._source.text[line.start : line.end], token.info):
                piece = Line(line.start + begin, line.start + end, line.number)
                text = self._source.text[piece.start : piece.end]
                if has_words(text):
                    self._add(piece, text, "code comment", form="code")

    # Shortcodes

    def _skip_inner_text(self, token: "Token") -> None:
        """Skip what a shortcode encloses whose opening tag begins a block that is skipped."""
        source = self._source
        start = _start(source, token)
        for region in source.regions_in(start, source.line_start(source.line_number(start) + 1))[:1]:
            if not source.text[start : region.start].strip(" \t>"):
                self._directed.skip_pair(region)

    def _parameters(self) -> None:
        """Text in the parameters of shortcodes and included files that are part of no other text."""
        source = self._source
        self._used |= self._directed.skipped
        for region in source.regions:
            if not region.body[1] or region.role == "close" or region.start in self._used:
                continue
            self._directed.active = self._directed.holding_for(region)
            names = self._settings.text_parameters(region.name)
            for parameter in find_parameters(source.text, region):
                value = source.text[parameter.start : parameter.end]
                if parameter.key not in names or not has_words(value):
                    continue
                if value in _TRUTHS or (not parameter.quote and _NUMBER.fullmatch(value)):
                    continue  # a number in quotation marks, as a translation would stand, is a text to Hugo
                if region.kind != "shortcode" and not parameter.quote:
                    continue  # a variable, or a number
                if "\n" in value and parameter.quote == '"':
                    continue  # Hugo refuses it
                start = parameter.start + len(value) - len(value.lstrip(" \t\n"))
                line = Line(start, start + len(value.strip(" \t\n")), source.line_number(start))
                text, breaks = self._parameter_lines(line)
                mark = parameter.quote
                if mark == '"' and '\\"' in text:
                    text = text.replace("\\", "")  # one escaped mark makes Hugo drop all of them
                elif mark in INCLUDE_QUOTES:
                    text = text.replace(f"\\{mark[1]}", mark[1])
                kind = "Include" if mark in INCLUDE_QUOTES else "Shortcode"
                note = f"{kind} {region.name}: {parameter.key}"
                self._add(line, text, "shortcode", form="parameter", mark=mark, breaks=breaks, note=note)

    def _parameter_lines(self, line: Line) -> tuple[str, tuple[str, ...]]:
        """A value as a msgid, and what stands in the page for each of its line breaks, indentation included."""
        source = self._source
        found = list(_VALUE_BREAK.finditer(source.text, line.start, line.end))
        if not found:
            return source.text[line.start : line.end], ()
        breaks = [source.page[source.to_page(b.start()) : source.to_page(b.end())] for b in found]
        return _VALUE_BREAK.sub("\n", source.text[line.start : line.end]), tuple(breaks)

    # Both

    def _add(
        self,
        line: Line,
        text: str,
        kind: str,
        block: tuple[int, int] = _NONE,
        *,
        form: str = "markdown",
        mark: str = "",
        breaks: tuple[str, ...] = (),
        note: str | None = None,
    ) -> None:
        source = self._source
        if source.regions:
            if source.is_code(line.start, line.end):
                return
            self._use(line.start, line.end)
        directives = self._directed.active
        comments = directives.comments if note is None else (note, *directives.comments)
        if directives.critical:
            comments = (*comments, CRITICAL)
        shift = source.first_line
        self._segments.append(
            Segment(
                text,
                kind,
                line.number + shift + 1,
                directives.context,
                comments,
                source.to_page(line.start),
                source.to_page(line.end),
                breaks,
                form,
                mark,
                (block[0] + shift, block[1] + shift) if block[1] else _NONE,
                directives.critical,
            )
        )

    def _use(self, start: int, end: int) -> None:
        for region in self._source.regions_in(start, end):
            self._used.add(region.start)

    def _use_lines(self, token: "Token") -> None:
        if self._source.regions and token.map:
            start, end = (self._source.line_start(number) for number in token.map)
            # Below a list the tags of a pair look like blank lines that still belong to it.
            self._use(start, start + len(self._blocks_text[start:end].rstrip(f" \t\n>{NOTHING}")))


def _start(source: Source, token: "Token") -> int:
    """Where the first line of a token begins; 0 for a token that has none."""
    return source.line_start(token.map[0]) if token.map else 0


def _lines(token: "Token") -> list[Line]:
    first = token.map[0] if token.map else 0
    return [Line(start, end, first + n) for n, (start, end) in enumerate(token.meta[LINES])]


def _closing_index(tokens: "Sequence[Token | Plain]", index: int) -> int:
    depth = 0
    for position in range(index, len(tokens)):
        token = tokens[position]
        depth += 0 if isinstance(token, Plain) else token.nesting
        if depth == 0:
            return position
    return len(tokens) - 1
