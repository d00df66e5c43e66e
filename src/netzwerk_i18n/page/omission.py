"""Texts left out of a page: what goes with them, and which of them have to stay.

A block goes with its texts and a container with its blocks; what is left must be the other blocks of the page, as the
parser reads them, and nothing else. Where leaving a text out would make something else of its neighbours (one
paragraph of two, a heading of a paragraph, front matter of a rule), the text stays.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from netzwerk_i18n.page import markers
from netzwerk_i18n.page.blocks import parse_blocks
from netzwerk_i18n.page.culprits import find_culprits
from netzwerk_i18n.page.front_matter import find_front_matter, front_matter_sign
from netzwerk_i18n.page.regions import Region, paired_tags
from netzwerk_i18n.page.rows import split_row
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.source import Source
from netzwerk_i18n.page.tokens import LINES

if TYPE_CHECKING:
    from markdown_it.token import Token

    from netzwerk_i18n.page.document import Page

Cut = tuple[int, int]
"""A range of a page's text that goes."""

_FEWEST_TRIES: Final = 16
_MOST_READ: Final = 2_000_000
"""So many characters are parsed, roughly, to find which texts have to stay."""

_MARKED: Final = frozenset({"list_item", "dd", "footnote_reference"})
"""Containers whose mark stands on the first line of what they hold."""

_CELLS: Final = frozenset({"thead", "th", "td"})
_HEADING_MARKS: Final = re.compile(r"#{0,6}[ \t]*(?:\{[^{}]*\})?[ \t]*#*")
_ALERTS: Final = ("[!", "\\[!")
_MARK: Final = re.compile(r"\*\[[^\[\]]+\]:|\\?\[![\w-]+\][+-]?|\[[ xX]\]|\\")
_DEFINITION: Final = re.compile(r"[ \t>]*[:~][ \t]")
_LINE_BREAK: Final = re.compile(r"\r\n?|\n")
_SETTINGS: Final = PageSettings()  # which regions there are does not depend on it


@dataclass(slots=True)
class _Node:
    """A block: its tokens, its lines (both half-open; lines of the page) and what is in it.

    Attributes:
        holder: the kind of the block around it; empty for an outermost one.
        is_first: whether it is the first in that block.
        pieces: of a leaf with text, where its lines stand in the page.
        label: a footnote's.
    """

    kind: str
    start: int
    stop: int
    first: int
    behind: int
    holder: str = ""
    is_first: bool = False
    pieces: tuple[Cut, ...] = ()
    label: str = ""
    children: "list[_Node]" = field(default_factory=list)

    def leaves(self) -> "Iterator[_Node]":
        """The leaves in it, itself if it is one."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class _Tree(NamedTuple):
    """A page's blocks: the outermost, all leaves with text, the tokens, and what other programs read."""

    blocks: list[_Node]
    leaves: list[_Node]
    tokens: "list[Token]"
    regions: list[tuple[int, int, Region]]


class _Unit(NamedTuple):
    """Texts that go together, and the block that goes with them, if one does."""

    segments: tuple[Segment, ...]
    node: _Node | None


def find_cuts(page: "Page", segments: Collection[Segment]) -> list[Cut]:
    """What of the page's text goes where these segments of its body are left out, in order and without overlaps.

    A segment that has to stay is in no cut. Front matter keeps its values.
    """
    wanted = frozenset(each for each in segments if each.form != "value" and _can_be_empty(each))
    return _Omission(page).cuts(wanted) if wanted else []


def _can_be_empty(segment: Segment) -> bool:
    """Whether nothing may stand in place of the segment: a value without quotation marks must be there, and a tab's title."""
    return segment.kind != "container title" and (
        segment.form not in ("attribute", "parameter") or bool(segment.mark)
    )


def splice(text: str, cuts: Iterable[Cut]) -> str:
    """The text without the cuts."""
    parts = []
    position = 0
    for start, end in cuts:
        parts.append(text[position:start])
        position = end
    return "".join([*parts, text[position:]])


class _Omission:
    """One page, from which texts are left out."""

    def __init__(self, page: "Page") -> None:
        self._text = page.text
        self._has_front_matter = page.front_matter is not None
        self._start = page.body_start
        self._is_mdx = page.is_mdx
        self._tree = _tree_of(page.text, self._start, page.is_mdx)
        self._lines = _Lines(page.text, self._start)
        self._segments = _by_leaf(self._tree.leaves, page.segments)
        self._tries = 0

    def cuts(self, wanted: frozenset[Segment]) -> list[Cut]:
        """The cuts for as many of the wanted segments as can go."""
        cuts = self._try(wanted)
        if cuts is not None:
            return cuts
        self._tries = max(_FEWEST_TRIES, _MOST_READ // max(1, len(self._text)))
        units = self._plan(wanted).units
        good, before = self._grown(frozenset(), units), frozenset[Segment]()
        while good not in (before, wanted) and self._tries > 0:
            # What was in the way of one text may be gone with a later one.
            good, before = (
                self._grown(good, [unit for unit in units if not good.issuperset(unit.segments)]),
                good,
            )
        return self._try(good) or []

    def _grown(self, good: frozenset[Segment], units: Sequence[_Unit]) -> frozenset[Segment]:
        """Segments that can go together, and with them as many of the units as can."""
        while units:
            culprits = self._culprits(good, units)
            good = good.union(*(unit.segments for n, unit in enumerate(units) if n not in culprits))
            units = [part for number in sorted(culprits) for part in self._parts(units[number])]
        return good

    def _culprits(self, good: frozenset[Segment], units: Sequence[_Unit]) -> Collection[int]:
        """The numbers of the units that cannot go with the others and those that are good already."""

        def problem_of(some: AbstractSet[int]) -> str | None:
            self._tries -= 1
            together = good.union(*(units[number].segments for number in some))
            return None if self._try(together) is not None else "other blocks"

        return find_culprits(range(len(units)), problem_of, self._tries)

    def _parts(self, unit: _Unit) -> list[_Unit]:
        """Smaller units of which some may go where all together cannot; none for a single text."""
        if len(unit.segments) == 1:
            return []
        if unit.node is None or not unit.node.children:
            return [_Unit((segment,), None) for segment in unit.segments]
        wanted = set(unit.segments)
        parts = []
        for child in unit.node.children:
            inner = tuple(s for leaf in child.leaves() for s in self._segments.get(leaf.start, ()))
            if inner and wanted.issuperset(inner):
                parts.append(_Unit(inner, child))
        return parts if len(parts) > 1 else self._parts(parts[0]) if parts else []

    def _plan(self, omitted: frozenset[Segment]) -> "_Plan":
        return _Plan(self._text, self._lines, self._tree, self._segments, omitted)

    def _try(self, omitted: frozenset[Segment]) -> list[Cut] | None:
        """The cuts that leave these segments out, or None if what is left were something else than the other blocks."""
        if not omitted:
            return []
        plan = self._plan(omitted)
        if not plan.possible:
            return None
        cuts = plan.cuts()
        left = splice(self._text, cuts)
        if not self._has_front_matter and _begins_otherwise(self._text, left):
            return None
        if any(f"[^{label}]" in left for label in plan.labels):
            return None
        tree = _read_tree(left, self._start, self._is_mdx)
        if not _has_same_regions(self._tree.regions, tree.regions, cuts):
            return None
        return cuts if plan.outline(cuts) == _outline(left, tree) else None


class _Plan:
    """What goes if some segments do.

    Attributes:
        possible: whether that may leave the other blocks as they are; the parser has the last word.
        units: what goes, each with what has to go with it.
        labels: those of footnotes that go.
    """

    def __init__(
        self,
        text: str,
        lines: "_Lines",
        tree: _Tree,
        segments: dict[int, list[Segment]],
        omitted: frozenset[Segment],
    ) -> None:
        self._text, self._lines, self._tree = text, lines, tree
        self._segments, self._omitted = segments, omitted
        self._hollow: dict[tuple[int, int, str], bool] = {}
        self._ranges: list[tuple[int, int]] = []
        self._spans: list[Cut] = []
        self._dropped: list[tuple[int, int]] = []
        self.possible = True
        self.units: list[_Unit] = []
        self.labels: set[str] = set()
        for block in tree.blocks:
            self._visit(block, None, 0)
        self._ranges = _merged(sorted(self._ranges))
        if any(_is_attributes(lines.text(behind).strip()) for _, behind in self._ranges):
            self.possible = False  # they would be those of the block above
        placed = {segment for unit in self.units for segment in unit.segments}
        for segment in sorted(omitted - placed, key=lambda each: each.start):
            self._leave_out(segment)

    def cuts(self) -> list[Cut]:
        """The ranges of the page that go, in order."""
        lines = self._lines
        ranges = [lines.range(first, lines.with_gap(first, behind)) for first, behind in self._ranges]
        return _merged(sorted([*ranges, *self._spans]))

    def outline(self, cuts: Sequence[Cut]) -> list[tuple[str, str, str]]:
        """What must be left of the page: its outline without the blocks that go."""
        gone: set[int] = set()
        for start, stop in self._dropped:
            gone.update(range(start, stop))
        return _outline(self._text, self._tree, cuts, gone)

    def _visit(self, node: _Node, marked: _Node | None, quotes: int) -> None:
        """Look at a block that stays, or goes, within blocks that stay; `marked` is the nearest with a mark."""
        if node.kind in _CELLS:
            for leaf in node.leaves():
                self._empty(leaf)
        elif self._is_hollow(node):
            self._drop(node, marked, quotes)
        elif not node.children:
            self._empty(node)
        else:
            marked = node if node.kind in _MARKED else marked
            quotes += node.kind == "blockquote"
            for child in node.children:
                self._visit(child, marked, quotes)

    def _drop(self, node: _Node, marked: _Node | None, quotes: int) -> None:
        """Note that a block goes."""
        leaves = list(node.leaves())
        segments = tuple(segment for leaf in leaves for segment in self._segments.get(leaf.start, ()))
        self.units.append(_Unit(segments, node))
        self._dropped.append((node.start, node.stop))
        self.labels.update(_labels(node))
        if (
            self._speaks_for_others(node, leaves)
            # The definition would be that of a block above.
            or (node.kind != "dd" and self._lines.is_defined(node.behind))
        ):
            self.possible = False
        if marked is not None and marked.first == node.first:
            # The mark on its first line stays. A definition's must have text behind it, and so must one that follows
            # a text: it would underline it.
            if marked.kind != "list_item" or self._follows_text(marked):
                self.possible = False
            self._spans += [self._span(segment) for segment in segments]
        else:
            self._ranges.append((node.first, self._lines.trimmed(node.first, node.behind, quotes)))

    def _empty(self, leaf: _Node) -> None:
        """Leave texts out of a block that stays."""
        segments = [each for each in self._segments.get(leaf.start, ()) if each in self._omitted]
        for segment in segments:
            self._leave_out(segment)
        if not segments or leaf.kind != "inline" or leaf.holder in _CELLS:
            return
        pieces = [self._text[start:end].strip(" \t") for start, end in leaf.pieces]
        spans = [(segment.start, segment.end) for segment in segments]
        left = [_without(self._text, piece, spans).strip(" \t") for piece in leaf.pieces]
        last = next(filter(None, reversed(left)), "")
        if (
            (last != pieces[-1] and last.endswith("\\"))  # no hard break any more
            # What is one paragraph here is several blocks to others: a table, or terms with their definitions.
            or any(_is_attributes(piece) or piece.startswith(_ALERTS) for piece in pieces)
            or any(markers.is_delimiter_row(piece) or markers.lead_length(piece) for piece in pieces)
            or self._lines.is_defined(leaf.behind)
        ):
            self.possible = False

    def _leave_out(self, segment: Segment) -> None:
        self.units.append(_Unit((segment,), None))
        self._spans.append(self._span(segment))

    def _span(self, segment: Segment) -> Cut:
        """The segment's own range, or its lines where it fills them."""
        start, end = self._lines.around(segment.start, segment.end)
        before, behind = self._text[start : segment.start], self._text[segment.end : end]
        # A hard break is no text.
        if (
            segment.form in ("markdown", "html")
            and not before.strip(" \t>")
            and not behind.strip("\\ \t\r\n")
        ):
            return start, end
        return segment.start, segment.end

    def _is_hollow(self, node: _Node) -> bool:
        """Whether a block holds nothing but what goes."""
        key = (node.start, node.stop, node.kind)
        if key not in self._hollow:
            if node.children:
                parts = [child for child in node.children if not self._is_bare(child)]
                self._hollow[key] = bool(parts) and all(map(self._is_hollow, parts))
            else:
                self._hollow[key] = self._is_hollow_leaf(node)
        return self._hollow[key]

    def _speaks_for_others(self, node: _Node, leaves: Sequence[_Node]) -> bool:
        """Whether a block says something of what is around it or follows it, and stays."""
        if node.kind == "paragraph" and self._text.startswith(_ALERTS, leaves[0].pieces[0][0]):
            return True  # what kind of alert a quote is
        if node.kind == "list_item" and node.holder == "ordered_list" and self._follows_text(node):
            return True  # what begins with another number than 1 does not end a paragraph
        pieces = (self._text[slice(*piece)] for leaf in leaves for piece in leaf.pieces)
        return bool(node.holder) and any(map(_is_attributes, pieces))

    def _follows_text(self, item: _Node) -> bool:
        """Whether a list item is the first of its list and has no blank line above."""
        return item.is_first and item.first > 0 and not self._lines.is_blank(item.first - 1)

    def _is_bare(self, node: _Node) -> bool:
        """Whether a cell holds nothing that anybody would miss."""
        if node.kind not in ("th", "td"):
            return False
        leaf = node.children[0]
        (piece,) = leaf.pieces
        text = self._text[slice(*piece)].strip(" \t")
        return leaf.start not in self._segments and (not text or _is_attributes(text))

    def _is_hollow_leaf(self, leaf: _Node) -> bool:
        segments = self._segments.get(leaf.start)
        if leaf.kind != "inline" or not segments or not self._omitted.issuperset(segments):
            return False
        if leaf.holder == "heading" and any(
            _is_attributes(self._text[slice(*piece)]) for piece in leaf.pieces[1:]
        ):
            return False  # a paragraph and a rule, to others
        spans = [(segment.start, segment.end) for segment in segments]
        left = (_without(self._text, piece, spans).strip(" \t") for piece in leaf.pieces)
        if leaf.holder == "heading":
            return all(_HEADING_MARKS.fullmatch(text) for text in left)
        return all(not text or _is_attributes(text) or _MARK.fullmatch(text) for text in left)


class _Lines:
    """The lines of a page whose body begins at `start`, by number from 0."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._body = text, start
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def range(self, first: int, behind: int) -> Cut:
        """Where these lines stand in the body."""
        return max(self._start(first), self._body), self._start(behind)

    def text(self, number: int) -> str:
        """A line with its break; empty behind the last."""
        return self._text[self._start(number) : self._start(number + 1)]

    def around(self, start: int, end: int) -> Cut:
        """The lines that hold a range."""
        first, last = (bisect_right(self._starts, offset) - 1 for offset in (start, max(start, end - 1)))
        return self.range(first, last + 1)

    def trimmed(self, first: int, behind: int, quotes: int) -> int:
        """The end of a block in so many quotes without the blank lines at its end."""
        while behind > first + 1 and (mark := self._blank(behind - 1)) is not None and len(mark) <= quotes:
            behind -= 1
        return behind

    def with_gap(self, first: int, behind: int) -> int:
        """The end of lines that go, with one blank line behind them where there is one before them as well."""
        before = self._blank(first - 1) if first else ""
        after = self._blank(behind)
        # A blank line between two quotes is not one of theirs.
        return behind + (before is not None and after is not None and len(after) >= len(before))

    def is_defined(self, behind: int) -> bool:
        """Whether a definition follows the lines that end here, one blank line between them or none."""
        return any(
            _DEFINITION.match(self.text(number)) is not None
            for number in (behind, behind + 1)
            if number == behind or self._blank(behind) is not None
        )

    def is_blank(self, number: int) -> bool:
        """Whether a line holds nothing but blanks and quote marks."""
        return self._blank(number) is not None

    def _start(self, number: int) -> int:
        return self._starts[number] if number < len(self._starts) else len(self._text)

    def _blank(self, number: int) -> str | None:
        """The quote marks of a line that holds nothing else; None for another line, or none."""
        if number >= len(self._starts):
            return None
        marks = "".join(self.text(number).split())
        return None if marks.strip(">") else marks


@lru_cache(maxsize=4)  # the locales of a page follow each other
def _tree_of(text: str, start: int, is_mdx: bool) -> _Tree:  # noqa: FBT001 - a key of the cache
    return _read_tree(text, start, is_mdx)


def _read_tree(text: str, start: int, is_mdx: bool) -> _Tree:  # noqa: FBT001
    """The blocks of a page whose body begins at `start`."""
    source = Source(text, start, _SETTINGS)
    blocks_text = source.blocks_text()
    tokens, _ = parse_blocks(blocks_text, source.inner_lines(), is_mdx=is_mdx)
    to_page, shift = source.to_page, source.first_line
    root = _Node("", 0, len(tokens), 0, 0)
    open_nodes = [root]
    leaves: list[_Node] = []
    cells: Iterator[Cut] | None = None
    for number, token in enumerate(tokens):
        if token.nesting < 0:
            _close(open_nodes.pop(), number)
            continue
        first, behind = (token.map[0] + shift, token.map[1] + shift) if token.map else (-1, -1)
        kind = token.type.removesuffix("_open")
        around = open_nodes[-1]
        node = _Node(kind, number, number + 1, first, behind, around.kind, not around.children)
        around.children.append(node)
        if token.nesting > 0:
            node.label = str(token.meta.get("label", ""))
            open_nodes.append(node)
            cells = None if kind == "tr" else cells
            continue
        pieces: list[Cut] = token.meta.get(LINES, [])
        node.behind = max(behind, first + len(pieces))
        if node.holder in _CELLS:
            if cells is None:
                cells = iter(split_row(blocks_text, *pieces[0]))
            end = pieces[0][1]
            pieces = [next(cells, (end, end))]
        if pieces:
            node.pieces = tuple((to_page(begin), to_page(end)) for begin, end in pieces)
            leaves.append(node)
    regions = [(to_page(region.start), to_page(region.end), region) for region in source.regions]
    return _Tree(root.children, leaves, tokens, regions)


def _close(node: _Node, number: int) -> None:
    """Complete a container whose last token this is."""
    node.stop = number + 1
    if node.children:
        node.first = node.children[0].first if node.first < 0 else node.first
        node.behind = max(node.behind, node.children[-1].behind)
    if node.kind == "dl":  # a term and its definitions go together
        entries: list[_Node] = []
        for child in node.children:
            if child.kind == "dt" or not entries:
                entries.append(_Node("entry", child.start, child.stop, child.first, child.behind, "dl"))
            entry = entries[-1]
            entry.children.append(child)
            entry.stop, entry.behind = child.stop, max(entry.behind, child.behind)
        node.children = entries


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _labels(node: _Node) -> Iterator[str]:
    if node.kind == "footnote_reference":
        yield node.label
    for child in node.children:
        yield from _labels(child)


def _by_leaf(leaves: Sequence[_Node], segments: Iterable[Segment]) -> dict[int, list[Segment]]:
    """The segments of each leaf, by its token's number; those of no leaf stand in no block that could go."""
    starts = [leaf.pieces[0][0] for leaf in leaves]
    found: dict[int, list[Segment]] = {}
    for segment in segments:
        index = bisect_right(starts, segment.start) - 1
        if segment.form != "value" and index >= 0 and segment.end <= leaves[index].pieces[-1][1]:
            found.setdefault(leaves[index].start, []).append(segment)
    return found


def _outline(
    text: str, tree: _Tree, cuts: Sequence[Cut] = (), gone: Collection[int] = ()
) -> list[tuple[str, str, str]]:
    """The blocks of a page and what they hold, without cuts, and without the tokens that are gone."""
    contents = {leaf.start: leaf for leaf in tree.leaves}
    found = []
    for number, token in enumerate(tree.tokens):
        if number in gone:
            continue
        leaf = contents.get(number)
        content = token.content
        if leaf is not None:
            lines = (_without(text, piece, cuts).strip(" \t") for piece in leaf.pieces)
            content = "\n".join(filter(None, lines))
        found.append((token.type, token.tag, content))
    return found


def _without(text: str, piece: Cut, cuts: Sequence[Cut]) -> str:
    """A piece of the text without the cuts, which are in order."""
    start, end = piece
    index = max(0, bisect_right(cuts, (start, start)) - 1) if cuts else 0
    parts = []
    while index < len(cuts) and cuts[index][0] < end:
        begin, behind = cuts[index]
        if behind > start:
            parts.append(text[start : max(start, begin)])
            start = behind
        index += 1
    return "".join([*parts, text[start:end]]) if start < end else "".join(parts)


def _is_attributes(text: str) -> bool:
    return text.startswith("{") and markers.is_border(text)


def _begins_otherwise(source: str, left: str) -> bool:
    """Whether a page without front matter begins like one that has it, unlike its source.

    A page of another generator than Hugo may begin with a list.
    """
    sign = front_matter_sign(left)
    return bool(sign) and (sign != front_matter_sign(source) or find_front_matter(left) is not None)


def _has_same_regions(
    source: Sequence[tuple[int, int, Region]],
    left: Sequence[tuple[int, int, Region]],
    cuts: Sequence[Cut],
) -> bool:
    """Whether what other programs read is what was there, less what goes, and in the same pairs."""
    if not source and not left:
        return True
    stay = []
    for start, end, region in source:
        index = bisect_right(cuts, (start, end)) - 1
        around = [cut for cut in cuts[max(0, index) : index + 2] if cut[0] <= start and end <= cut[1]]
        if not around:
            stay.append(region)
    found = [region for _, _, region in left]
    if [_named(region) for region in stay] != [_named(region) for region in found]:
        return False
    pairs = {region.start for region in paired_tags([region for _, _, region in source])}
    return sum(region.start in pairs for region in stay) == len(paired_tags(found))


def _named(region: Region) -> tuple[str, str, str]:
    return region.kind, region.name, region.role
