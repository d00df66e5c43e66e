"""The geometry of bars and charts: numbers in, coordinates out; the templates draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from netzwerk_i18n.catalog import State
from netzwerk_i18n.history import Figures, Record

WIDTH, HEIGHT = 640, 160
SPARK_WIDTH, SPARK_HEIGHT = 96, 24
BAR = 1000
"""The length of a stacked bar in its own units."""

POINTS = 60
"""How many records a chart shows, the latest ones."""

ORDER = (
    State.TRANSLATED,
    State.DRAFT,
    State.NEEDS_REVIEW,
    State.STALE,
    State.BROKEN,
    State.UNTRANSLATED,
)
"""The states from what is done to what is to be done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a stacked bar: its state, how many it stands for, where it begins and how long it is."""

    state: State
    count: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Area:
    """A band of a stacked chart: its state, and the `d` of its path."""

    state: State
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """How many words were in which state over time.

    Attributes:
        areas: the bands, the lowest first.
        top: the number of words at the upper edge.
        rows: a line for each record, newest first: its time, its commit, words by state, words published.
    """

    areas: tuple[Area, ...]
    top: int
    rows: tuple[tuple[datetime, str | None, Mapping[State, int], int], ...]

    @property
    def first(self) -> datetime:
        """When the chart begins."""
        return self.rows[-1][0]

    @property
    def last(self) -> datetime:
        """When it ends."""
        return self.rows[0][0]


def stacked_bar(counts: Mapping[State, int]) -> tuple[Piece, ...]:
    """The pieces of a bar; what is there is at least a sliver long, and all of them fill the bar.

    >>> [(piece.start, piece.length) for piece in stacked_bar({State.TRANSLATED: 3, State.STALE: 1})]
    [(0, 750), (750, 250)]
    """
    total = sum(counts.values())
    present = [state for state in ORDER if counts.get(state)]
    lengths = {state: max(BAR // 100, counts[state] * BAR // total) for state in present}
    if present:
        longest = max(present, key=lambda state: lengths[state])
        lengths[longest] += BAR - sum(lengths.values())
    pieces = []
    start = 0
    for state in present:
        pieces.append(Piece(state, counts[state], start, lengths[state]))
        start += lengths[state]
    return tuple(pieces)


def sparkline(shares: Sequence[float]) -> str:
    """The `points` of a line through shares from 0 to 1; empty where there are fewer than two.

    >>> sparkline([0.0, 1.0])
    '2.0,22.0 94.0,2.0'
    """
    shares = shares[-POINTS:]
    if len(shares) < 2:  # noqa: PLR2004 - two points make a line
        return ""
    step = (SPARK_WIDTH - 4) / (len(shares) - 1)
    return " ".join(
        f"{2 + number * step:.1f},{2 + (1 - share) * (SPARK_HEIGHT - 4):.1f}"
        for number, share in enumerate(shares)
    )


def chart(records: Sequence[Record], locales: Sequence[str]) -> Chart | None:
    """The words of `locales` together by state over time; None where fewer than two records know them all."""
    known = [record for record in records if all(name in record.locales for name in locales)][-POINTS:]
    if len(known) < 2 or not locales:  # noqa: PLR2004 - two points make a line
        return None
    rows = []
    for record in known:
        found = [record.locales[name] for name in locales]
        words = {state: sum(figures.words.get(state, 0) for figures in found) for state in ORDER}
        rows.append((record.time, record.commit, words, _published(found)))
    top = max(sum(words.values()) for _, _, words, _ in rows) or 1
    places = _places([time for time, *_ in rows])
    floors = [0] * len(rows)
    areas = []
    for state in ORDER:
        ceilings = [floor + row[2][state] for floor, row in zip(floors, rows, strict=True)]
        if ceilings != floors:
            upper = [f"{x:.1f},{_height(y, top):.1f}" for x, y in zip(places, ceilings, strict=True)]
            lower = [f"{x:.1f},{_height(y, top):.1f}" for x, y in zip(places, floors, strict=True)]
            areas.append(Area(state, f"M{' L'.join(upper)} L{' L'.join(reversed(lower))} Z"))
        floors = ceilings
    return Chart(tuple(areas), top, tuple(reversed(rows)))


def _published(figures: Sequence[Figures]) -> int:
    return sum(each.published_words for each in figures)


def _places(times: Sequence[datetime]) -> list[float]:
    """Where the records stand: by their time, or evenly where they were all made within an hour."""
    span = (times[-1] - times[0]).total_seconds()
    if span < 3600:  # noqa: PLR2004 - seconds of an hour
        return [number * WIDTH / (len(times) - 1) for number in range(len(times))]
    return [(time - times[0]).total_seconds() / span * WIDTH for time in times]


def _height(words: int, top: int) -> float:
    return HEIGHT - words / top * HEIGHT
