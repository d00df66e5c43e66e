"""The author's words to this tool, written as comments in the source page: `<!-- i18n:comment: a pun -->`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from netzwerk_i18n.page.regions import Region, pairs
from netzwerk_i18n.page.words import one_line

_DIRECTIVE = re.compile(r"\s*i18n:(?P<name>[a-z-]+)(?:\s*:\s*(?P<value>.*?))?\s*\Z", re.DOTALL)


class Directives(NamedTuple):
    """What holds for the next block.

    Attributes:
        skip: the block is not extracted: `i18n:skip`, or `i18n:keep` where it is the same in every language.
        comments: `i18n:comment: …`, for the translator.
        context: `i18n:context: …`, the msgctxt.
        critical: `i18n:critical`: a stale translation of this must never stay published.
    """

    skip: bool = False
    comments: tuple[str, ...] = ()
    context: str | None = None
    critical: bool = False

    def with_(self, name: str, value: str) -> "Directives | None":
        """These directives and one more; None if `name` is not the name of a directive."""
        match name:
            case "skip" | "keep":
                return self._replace(skip=True)
            case "comment":
                return self._replace(comments=(*self.comments, value)) if value else self
            case "context":
                return self._replace(context=value or None)
            case "critical":
                return self._replace(critical=True)
        return None

    def within(self, outer: "Directives") -> "Directives":
        """These directives inside a block that has others: the inner context wins, all else adds up."""
        return Directives(
            skip=self.skip or outer.skip,
            comments=outer.comments + self.comments,
            context=self.context if self.context is not None else outer.context,
            critical=self.critical or outer.critical,
        )


NONE = Directives()


def read_directive(comment: str) -> tuple[str, str] | None:
    """The name and the value of the directive in an HTML comment's inside, or None where it is none.

    >>> read_directive(" i18n:context: menu ")
    ('context', 'menu')
    """
    if "i18n:" not in comment:
        return None
    match = _DIRECTIVE.match(comment)
    return (match["name"], one_line(match["value"] or "")) if match else None


class Directed:
    """Which directives hold at the place that a walk over a page has come to.

    Attributes:
        active: what holds for the block that is visited.
        pending: what waits for the next block.
        skipped: the starts of the regions that were passed and are no text.
    """

    def __init__(self, regions: list[Region]) -> None:
        """Begin a walk.

        Args:
            regions: the regions of a page that has directives; none for another page.
        """
        self.active = NONE
        self.pending = NONE
        self.skipped: set[int] = set()
        self._off = False
        self._skip_end = 0  # where the inner text of a skipped shortcode ends
        self._regions = regions
        self._passed = 0
        # Of the regions between or in the blocks that were visited, what holds for each.
        self._noted: dict[int, Directives] = {}
        self._closing = {opening.start: closing for opening, closing in pairs(regions)}
        self._held: tuple[Region, Directives] | None = None  # an empty pair uses up what stands before it

    def read(self, comment: str) -> None:
        """Read the inside of an HTML comment, which may be a directive."""
        directive = read_directive(comment)
        if directive is None:
            return
        name, value = directive
        if name in ("skip-start", "skip-end"):
            self._off = name == "skip-start"
        else:
            self.pending = self.pending.with_(name, value) or self.pending

    def take(self) -> Directives:
        """What waited for the block that begins; nothing does any more."""
        taken, self.pending = self.pending, NONE
        return taken

    def skips(self, start: int) -> bool:
        """Whether what begins at `start` is no text."""
        return self._off or self.active.skip or self.pending.skip or start < self._skip_end

    def holding_for(self, region: Region) -> Directives:
        """What holds for a region that was passed."""
        return self._noted.get(region.start, NONE)

    def pass_within(self, end: int) -> bool:
        """Pass the regions up to `end` in the block that is visited; whether one took directives."""
        taken = False
        for region in self._up_to(end):
            if self.pending != NONE and region.kind == "shortcode" and region.role != "close":
                taken = True
                if self.pending.skip:
                    self.skip_pair(region)
                self.active = self.take().within(self.active)
            self._note(region, self.active)
        return taken

    def pass_between(self, end: int) -> None:
        """Pass the regions up to `end` between blocks: for an opening tag holds what holds for the next block."""
        for region in self._up_to(end):
            self._note(region, self.pending.within(self.active))
            closing = self._closing.get(region.start)
            if self._held and self._held[0] is region:
                if self.pending == self._held[1]:
                    self.pending = NONE
                self._held = None
            elif closing and self.pending.skip:
                self.skip_pair(region)
                self.pending = NONE
            elif closing and self.pending != NONE and not (self._held and self._held[1] == self.pending):
                self._held = closing, self.pending

    def skip_pair(self, opening: Region) -> None:
        """Skip the inner text of a paired shortcode."""
        closing = self._closing.get(opening.start)
        if closing:
            self._skip_end = max(self._skip_end, closing.start)

    def _note(self, region: Region, holding: Directives) -> None:
        self._noted[region.start] = holding
        if self.skips(region.start):
            self.skipped.add(region.start)

    def _up_to(self, end: int) -> Iterator[Region]:
        while self._passed < len(self._regions) and self._regions[self._passed].start < end:
            self._passed += 1
            yield self._regions[self._passed - 1]
