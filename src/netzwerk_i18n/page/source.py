"""A page's body as the parser reads it, and the way from there back to the page."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.html import INLINE
from netzwerk_i18n.page.regions import Region, find_parameters, find_regions, inner_ranges, paired_tags, pairs
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.words import has_words

NOTHING = "\0"
"""What stands in the blocks' text for a character that is not there, not even as a blank; no page holds it."""

_TAG_LINE = re.compile(r"\n[ \t]*(?:>(?!\}\})[ \t]?)*[^\s]")
_BEFORE_URL = re.compile(
    r"^[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++[ \t>]*+)*+\[(?!\^)(?:[^\[\]\n\\]|\\[^\n])++\]:[ \t]*+(?:\n[ \t>]*+)?<?"
    r"(?=[^\s<>]*?\{[{%])",
    re.MULTILINE,
)
"""A link reference definition whose URL, or part of it, another program writes (CommonMark 0.31, section 4.7)."""

_HTML_START = re.compile(r"\s*<([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")
_URL_END = re.compile(r"[\s<>]")
_COMMENT = re.compile(r"<!--(?![ \t]*i18n:)[^>\n]*-->")
_BLANKS = f" \t{NOTHING}"

_BLOCK_BEHIND_TAG = re.compile(
    r"[%}]\}[ \t]*+(?:(?:[-*+]|#{1,6}|(?P<number>\d{1,9}[.)]))[ \t]+[^\s]|>(?!\}\})|\||</?(?P<name>[a-z]\w*))"
)
_FENCE_BEHIND_TAG = re.compile(r"[%}]\}[ \t]*(?P<mark>`{3,}+|~{3,}+)[^`\n]*\n")
_QUOTE = re.compile(r"[ \t]*>(?!\}\})")
_QUOTED_CODE = re.compile(r"(?<=\n)[ \t>]*+(?P<code>[^\n]+)")
_CODE = re.compile(r"(?P<code>[^\n]+)")
_INNER_LINE = re.compile(r"\n[ \t>]*[^\s>]")


class Line(NamedTuple):
    """A piece of one line of the body: offsets in the body, and the line's number counted from 0."""

    start: int
    end: int
    number: int


class Inner(NamedTuple):
    """What lies between the tags of a shortcode pair whose opening tag stands alone on its line.

    Attributes:
        column: how far the tag is indented. Hugo takes as much from each line for a theme that asks for it.
        first: the number of the tag's line.
        behind: the number of the line behind the last.
        is_nested: whether another pair encloses this one.
        is_html: whether it is raw HTML, to which indentation means nothing.
    """

    column: int
    first: int
    behind: int
    is_nested: bool
    is_html: bool


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
        self._closing = {opening.start: closing.start for opening, closing in pairs(self.regions)}
        self._opening = {closing: opening for opening, closing in self._closing.items()}
        self._code = inner_ranges(self.regions, self._code_tags(settings)) if self.regions else []
        self._code_starts = [begin for begin, _ in self._code]
        if self._closing and (fences := list(self._fences_behind_tags())):
            self._code = sorted([*self._code, *fences])
            self._code_starts = [begin for begin, _ in self._code]
        self._pairs = inner_ranges(self.regions, lambda _tag: True) if self.regions else []
        self._pair_starts = [begin for begin, _ in self._pairs]
        self._paired_tags = paired_tags(self.regions)
        self._line_starts: list[int] = []
        self._before_blocks = set(self._tags_before_blocks()) if self._closing else set()

    def _code_tags(self, settings: PageSettings) -> Callable[[Region], bool]:
        """Whether code follows an opening tag, to be asked of the tags in their order.

        A tag may say so itself: with `code=true` (a card of Docsy), or with the language of the code, as the tabs of
        Kubernetes (`codelang`) and those of Docsy (`lang`, for themselves or for their pane, unless it holds text).
        """
        pane: dict[str | int, str] = {}
        pane_end = -1

        def holds_code(tag: Region) -> bool:
            nonlocal pane, pane_end
            known = settings.holds_code(tag.name)
            if known is not None:
                return known
            is_tab = tag.name == "tab" and tag.start < pane_end
            if tag.name != "tabpane" and not is_tab and self.text.find("code", *tag.body) < 0:
                return False
            said = {p.key: self.text[p.start : p.end] for p in find_parameters(self.text, tag)}
            if tag.name == "tabpane":
                pane, pane_end = said, self._closing.get(tag.start, -1)
                return False
            if said.get("code") == "true" or "codelang" in said:
                return True
            said = {**pane, **said}
            return is_tab and said.get("text") != "true" and ("lang" in said or "langEqualsHeader" in said)

        return holds_code

    def _fences_behind_tags(self) -> Iterator[tuple[int, int]]:
        """Fenced code that begins on the line of an opening tag, up to its closing fence; to Hugo it begins a text."""
        for fence in _FENCE_BEHIND_TAG.finditer(self.text):
            tags = self.regions_in(fence.start(), fence.start() + 2)
            closing = self.closing(tags[0]) if tags else None
            if closing is None or self.in_code(fence.start("mark")):
                continue
            mark = fence["mark"]
            end = re.compile(rf"^[ \t>]*{mark}+(?=[ \t]*$|[ \t]*\{{[{{%])", re.MULTILINE)
            match = end.search(self.text, fence.end(), closing)
            yield fence.start("mark"), match.end() if match else closing

    def _tags_before_blocks(self) -> Iterator[Region]:
        """The tags behind which a list, a heading, a quote, a table or HTML begins on the line of a pair's opening tag.

        To Hugo it begins a text. Nothing but tags may stand before it, nor behind the closing ones, where the text of one
        more pair may follow. A number between two tags of one line may be a date on a button.
        """
        ends_from: dict[int, int] = {}  # by the end of a line: many pairs may end on one
        for tags, end, is_number in self._tags_before_marks():
            closings = [self._closing.get(tag.start, -1) for tag in tags if tag.role != "close"]
            if min(closings) < (end if is_number else 0):
                continue
            for place in closings:
                line_end = self._line_end(place)
                if line_end not in ends_from:
                    ends_from[line_end] = self._ends_from(line_end)
            if all(place >= ends_from[self._line_end(place)] for place in closings):
                yield from tags

    def _ends_from(self, end: int) -> int:
        """From where on, up to the end of a line, no text stands but that of a pair which ends there or further down."""
        begin = self.text.rfind("\n", 0, end) + 1
        last_tags = self._tags_from(begin, end)
        position = found = begin
        is_inner = False
        for region in (*self.regions_in(begin, end), None):
            start = region.start if region else end
            if not is_inner and self.text[position:start].strip(" \t"):
                found = start
            is_inner = region is not None and self._closing.get(region.start, -1) >= last_tags
            position = region.end if region else end
        return found

    def _tags_before_marks(self) -> Iterator[tuple[list[Region], int, bool]]:
        """The tags before what looks like the mark of a block, the end of their line, and whether the mark is a number."""
        end = -1
        for match in _BLOCK_BEHIND_TAG.finditer(self.text):
            if match.start() < end or match["name"] in INLINE:
                continue
            begin, behind = self.text.rfind("\n", 0, match.start()) + 1, match.start() + 2
            end = self._line_end(behind)
            tags = self.regions_in(begin, behind)
            if tags and tags[0].start < begin:  # its lines are none of Markdown's
                begin = self.text.rfind("\n", 0, tags[0].start) + 1
                tags = self.regions_in(begin, behind)
            if not tags or tags[-1].end != behind or tags[-1].role != "open":
                continue
            if self._tags_from(begin, behind) <= begin and not self.in_code(behind):
                yield tags, end, match["number"] is not None

    def _tags_from(self, begin: int, end: int) -> int:
        """From where on, between `begin` and `end`, there are whole tags and blanks and nothing else."""
        position = end
        for region in reversed(self.regions_in(begin, end)):
            is_whole = begin <= region.start and region.end <= position
            if not is_whole or self.text[region.end : position].strip(" \t"):
                return position
            position = region.start
        return position if self.text[begin:position].strip(" \t") else begin

    def regions_in(self, start: int, end: int) -> list[Region]:
        """The regions that overlap the range."""
        if not self.regions:
            return []
        first = bisect_right(self._region_starts, start) - 1
        if first < 0 or self.regions[first].end <= start:
            first += 1
        return self.regions[first : bisect_left(self._region_starts, end, first)]

    def joins(self, line: Line, below: Line) -> bool:
        """Whether a region, or code between two tags, reaches over the break between two lines."""
        return any(
            region.start < line.end and region.end > below.start
            for region in self.regions_in(line.end - 1, below.start + 1)
        ) or (self.in_code(line.end) and self.in_code(below.start - 1))

    def closing(self, tag: Region) -> int | None:
        """Where the closing tag begins that belongs to an opening one; None for other regions."""
        return self._closing.get(tag.start)

    def opening(self, tag: Region) -> int | None:
        """Where the opening tag begins that belongs to a closing one; None for other regions."""
        return self._opening.get(tag.start)

    def is_pair(self, first: Region, last: Region) -> bool:
        """Whether one region is a shortcode's opening tag and the other the closing tag that belongs to it."""
        return self._closing.get(first.start) == last.start

    def in_pair(self, offset: int) -> bool:
        """Whether the place lies between the tags of any shortcode pair."""
        index = bisect_right(self._pair_starts, offset) - 1
        return index >= 0 and offset < self._pairs[index][1]

    def blocks_text(self) -> str:
        """The body as its blocks are read, character for character at the same place.

        Lines that hold nothing but tags of shortcode pairs are blank: Hugo reads what stands between the tags of a
        pair on its own, no paragraph goes on across a tag. Lines within a region begin with a letter: what stands
        in a region is nobody's list or quote. A bar in a shortcode's tag is a letter: it parts no cells. A region in
        the URL of a link definition is letters: what another program writes there has no blanks. Lines of code between
        the tags of a pair are blank: to Markdown the whole pair is one word, and so the code in it begins no block and
        ends no list. So is a closing tag at the end of a line, for what it ends has ended before it.
        """
        if not self.regions:
            return self.text
        characters = list(self.text)
        tag_lines: dict[int, str] = {}  # what is written for a tag, by the beginning of its line
        filling, beside = "", -1
        for region in self._paired_tags:
            begin = self.text.rfind("\n", 0, region.start) + 1
            if begin not in tag_lines:
                is_tag_line = self._is_tag_line(begin)
                if is_tag_line and region.start > beside:
                    filling, beside = self._blank_beside(characters, region)
                tag_lines[begin] = filling if is_tag_line else ""
            if tag_lines[begin] and self._ends_tag_line(region):
                self._blank_lines(characters, region.start, region.end, tag_lines[begin])
        for region in self.regions:
            if characters[region.start] in _BLANKS:
                continue
            pattern = _TAG_LINE if region.kind == "shortcode" else _INNER_LINE
            for match in pattern.finditer(self.text, region.start, region.end):
                characters[match.end() - 1] = "x"
            if region.kind == "shortcode" and "|" in self.text[region.start : region.end]:
                tag = "".join(characters[region.start : region.end])
                characters[region.start : region.end] = tag.replace("|", "x")
        for opening in self._before_blocks:
            behind = opening.end
            while self.text[behind] in " \t":
                behind += 1
            last = max(opening.start, self.text.rfind("\n", 0, opening.end) + 1)
            self._blank_lines(characters, opening.start, last)
            characters[last:behind] = NOTHING * (behind - last)
        for end, tags in groupby(reversed(self._paired_tags), key=lambda tag: self._line_end(tag.start)):
            self._blank_last_tags(characters, end, [tag for tag in tags if tag.role == "close"])
        for begin, end in self._code:
            self._blank_code(characters, begin, end)
        if "]:" in self.text:
            for match in _BEFORE_URL.finditer(self.text):
                self._fill_url(characters, match.end())
        return "".join(characters)

    def inner_lines(self) -> dict[int, Inner]:
        """The lines that lie between the tags of a pair, by number, with what is to know of the innermost such pair."""
        found: dict[int, Inner] = {}
        opened: list[tuple[Region, Inner | None]] = []
        last = -1
        for region in self._paired_tags:
            number = self.line_number(region.start)
            if opened and (inner := opened[-1][1]):
                found.update(dict.fromkeys(range(last + 1, number), inner))
            if region.start in self._closing:
                inner = None
                begins_block = region in self._before_blocks
                if begins_block or (number > last and self._stands_alone(region, number)):
                    inner = self._inner(region, number, is_nested=bool(opened))
                    last_line = self.line_number(region.end - 1)
                    if begins_block and inner.behind > last_line:
                        found[last_line] = inner
                opened.append((region, inner))
            else:
                last_opened = range(len(opened) - 1, -1, -1)
                del opened[next(index for index in last_opened if self.is_pair(opened[index][0], region))]
            last = max(last, self.line_number(region.end - 1))
        return found

    def _stands_alone(self, tag: Region, number: int) -> bool:
        lines = self.text[self.line_start(number) : self._line_end(tag.end)]
        return lines.strip() == self.text[tag.start : tag.end]

    def _inner(self, opening: Region, number: int, *, is_nested: bool) -> Inner:
        text, begin = self.text, self.line_start(number)
        line = text[begin : opening.start]
        column = len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))
        tag = _HTML_START.match(text, opening.end) if text.startswith("{{<", opening.start) else None
        is_html = tag is not None and (tag[1].lower() not in INLINE or tag[1].lower() == "img")
        return Inner(column, number, self.line_number(self._closing[opening.start]), is_nested, is_html)

    def _blank_last_tags(self, characters: list[str], end: int, tags: Sequence[Region]) -> None:
        """Write blanks for the closing tags at the end of a line: they belong to no fence or table that ends there.

        Where the opening tag is hidden as well nothing at all stands there: the text that ends here is one of its own.

        Args:
            characters: the body; what stands before a tag is read only.
            end: where the line ends.
            tags: its closing tags, the last one first.
        """
        if not tags:
            return
        begin = self.text.rfind("\n", 0, end) + 1
        places = range(begin, tags[0].start)
        text_from = next((place for place in places if characters[place] not in f"{_BLANKS}>"), end)
        blank = end
        for tag in tags:
            opening = self._opening[tag.start]
            if opening >= begin and characters[opening] != NOTHING:
                continue
            if "".join(characters[tag.end : blank]).strip(_BLANKS):
                return
            follows = blank < end and characters[blank] == NOTHING
            is_border = text_from < tag.start and (follows or characters[opening] in _BLANKS)
            stop = blank if is_border == follows else end
            characters[tag.start : stop] = (NOTHING if is_border else " ") * (stop - tag.start)
            blank = tag.start

    def _blank_code(self, characters: list[str], begin: int, end: int) -> None:
        """Write blanks for the lines between two tags, but for the marks of quotes where the pair stands in one.

        Where text stands beside a tag, and the pair is a part of a sentence, its lines begin with a letter.
        """
        text = self.text
        first, last = text.find("\n", begin, end), text.rfind("\n", begin, end)
        if first < 0:
            return
        if text.startswith(("```", "~~~"), begin):
            last = end  # its closing mark is no other fence's opening one
        elif text[begin:first].strip() or text[last:end].strip(" \t>\n"):
            for match in _INNER_LINE.finditer(text, begin, end):
                characters[match.end() - 1] = "x"
            return
        is_quoted = _QUOTE.match(text, text.rfind("\n", 0, begin) + 1) is not None
        for match in (_QUOTED_CODE if is_quoted else _CODE).finditer(text, first, last):
            start, stop = match.span("code")
            characters[start:stop] = " " * (stop - start)

    def _fill_url(self, characters: list[str], position: int) -> None:
        """Write letters for the regions in the URL that begins at `position`."""
        for region in self.regions_in(position, self._line_end(position)):
            if region.start < position or _URL_END.search(self.text, position, region.start):
                return
            if "\n" in self.text[region.start : region.end] or characters[region.start] == " ":
                return
            characters[region.start : region.end] = "x" * (region.end - region.start)
            position = region.end

    def _ends_tag_line(self, tag: Region) -> bool:
        """Whether the line on which a tag ends that began on a line of tags is one itself."""
        last = self.text.rfind("\n", tag.start, tag.end) + 1
        return not last or self._is_tag_line(last)

    def _blank_beside(self, characters: list[str], first: Region) -> tuple[str, int]:
        """Write blanks for what stands on a line of tags behind the first one of a pair, and on those where its tags end.

        Behind blanks a tag that stays would look like code: then what is written is not even a blank.

        Returns:
            What is to be written for the tags of pairs, and where the last of these lines ends.
        """
        end = self._line_end(first.start)
        filling = " "
        hidden: list[tuple[int, int]] = []
        for index in range(bisect_left(self._region_starts, first.start), len(self.regions)):
            tag = self.regions[index]
            if tag.start > end:
                break
            if self._ends_tag_line(tag):
                hidden.append((tag.start, tag.end))
                end = self._line_end(tag.end)
            elif tag not in self._before_blocks:
                filling = NOTHING
        hidden += (comment.span() for comment in _COMMENT.finditer(self.text, first.end, end))
        for start, stop in hidden:
            self._blank_lines(characters, start, stop, filling)
        return filling, end

    def _blank_lines(self, characters: list[str], start: int, end: int, filling: str = " ") -> None:
        """Write something for all that stands there but the line breaks."""
        for begin, stop in _lines(self.text, start, end):
            characters[begin:stop] = filling * (stop - begin)

    def _is_tag_line(self, begin: int) -> bool:
        """Whether the line that begins at `begin` holds a dialect's marker, or regions, and nothing else."""
        end = self._line_end(begin)
        prefix = self.text[begin:end]
        return self.is_border([Line(begin + len(prefix) - len(prefix.lstrip(" \t>")), end, 0)])

    def _line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def in_code(self, offset: int) -> bool:
        """Whether the place lies between the tags of a shortcode that holds code."""
        index = bisect_right(self._code_starts, offset) - 1
        return index >= 0 and offset < self._code[index][1]

    def is_code(self, start: int, end: int) -> bool:
        """Whether a text begins between the tags of a shortcode that holds code, or has no words outside of such."""
        if self.in_code(start):
            return True
        first, behind = bisect_left(self._code_starts, start), bisect_left(self._code_starts, end)
        if first == behind:
            return False
        parts = []
        for begin, stop in self._code[first:behind]:
            parts.append(self.text[start:begin])
            start = stop
        return not has_words(" ".join([*parts, self.text[start:end]]))

    def line_start(self, number: int) -> int:
        """Where the line of that number begins; the end of the body for a line behind the last."""
        starts = self._starts()
        return starts[number] if number < len(starts) else len(self.text)

    def column(self, offset: int) -> int:
        """The column of a place, counted from 0; a tab goes on to the next multiple of four."""
        return len(self.text[self.text.rfind("\n", 0, offset) + 1 : offset].expandtabs(4))

    def is_blank(self, number: int) -> bool:
        """Whether the line of that number holds nothing but blanks and quote marks, or lies behind the last."""
        return not self.text[self.line_start(number) : self.line_start(number + 1)].strip(" \t\n>")

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
            if not self._is_hidden(position, region.start):
                return False
            position = max(position, region.end)
        return self._is_hidden(position, end)

    def _is_hidden(self, start: int, end: int) -> bool:
        """Whether nothing stands there but blanks, quote marks and comments, directives left aside."""
        text = self.text[start:end]
        return not (_COMMENT.sub("", text) if "<!--" in text else text).strip(" \t\n>")


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of each line lies between two places."""
    while (stop := text.find("\n", start, end)) >= 0:
        yield start, stop
        start = stop + 1
    yield start, end


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
