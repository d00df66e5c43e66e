"""The sums over all ways to lay two texts side by side, and the matches that follow from them."""

import math
from collections.abc import Iterator, Sequence

from netzwerk_i18n.catalog.alignment.model import JOINABLE, NEVER, PRIOR, UNLIKE, Model
from netzwerk_i18n.catalog.alignment.unit import RAIL, Match

_SURE = 0.97
_CERTAIN_ENOUGH = 0.8
_CANDIDATE = 0.2
_EVIDENCE = 0.7
_SURE_BESIDE_GAP = 0.985
_STRETCH, _STRETCH_WITH_SENTENCES = 3.2, 1.6
_STRETCH_BESIDE_GAP = 1.0
_SHORT, _LEEWAY_OF_SHORT = 40.0, 1.5
"""Greetings and headings have their own form in each language, and so any length."""

UNCLEAR = "its neighbours on the page are others than in the source"
JOINED = "the page seems to have this and its neighbour in one text"
SPLIT = "the page seems to have this in two texts"


class Table:
    """The sums over all paths within a band, forwards and backwards, and what follows from them."""

    def __init__(self, model: Model, band: Sequence[tuple[int, int]]) -> None:
        self._model = model
        self.find_band = band
        self._rows, self._columns = len(model.sources), len(model.targets)
        self._one = [
            [model.one(row, column) + PRIOR["one"] for column in self._columns_of(row)]
            for row in range(self._rows)
        ]
        self._two = [list(self._two_for_one(row)) for row in range(self._rows)]
        self._split = [list(self._one_for_two(row)) for row in range(self._rows)]
        self._forward = self._sum_forwards()
        self._backward = self._sum_backwards()
        self._total = self._forward[self._rows][self._columns - band[self._rows][0]]

    def _columns_of(self, row: int) -> range:
        low, high = self.find_band[row]
        return range(low, min(high, self._columns - 1) + 1)

    def _two_for_one(self, row: int) -> Iterator[float]:
        """For each column, units `row` and the one behind it for one."""
        fits = self._model.lengths_that_fit((row, row + 1)) if row + 1 < self._rows else (1.0, 0.0)
        for column in self._columns_of(row):
            if fits[0] <= self._model.targets[column].size <= fits[1] and not self._off(row + 2, column + 1):
                yield self._model.joined((row, row + 1), (column,)) + PRIOR["join"]
            else:
                yield NEVER

    def _one_for_two(self, row: int) -> Iterator[float]:
        """For each column, unit `row` for that one and the one behind it."""
        targets, last = self._model.targets, self._columns - 1
        fits = self._model.lengths_that_fit((row,))
        for column in self._columns_of(row):
            if (
                column < last
                and fits[0] <= targets[column].size + targets[column + 1].size <= fits[1]
                and not self._off(row + 1, column + 2)
            ):
                yield self._model.joined((row,), (column, column + 1)) + PRIOR["join"]
            else:
                yield NEVER

    def _off(self, row: int, column: int) -> bool:
        low, high = self.find_band[row]
        return not low <= column <= high

    def _moves(self, row: int, column: int) -> Iterator[tuple[int, int, float]]:
        """Where one can go from a cell, and how likely that is."""
        if row < self._rows:
            yield row + 1, column, PRIOR["gap"]
        if column < self._columns:
            yield row, column + 1, PRIOR["gap"]
        if row < self._rows and column < self._columns:
            at = column - self.find_band[row][0]
            yield row + 1, column + 1, self._one[row][at]
            if self._two[row][at] > NEVER / 2:
                yield row + 2, column + 1, self._two[row][at]
            if self._split[row][at] > NEVER / 2:
                yield row + 1, column + 2, self._split[row][at]

    def _sum_forwards(self) -> list[list[float]]:
        sums = [[NEVER] * (high - low + 1) for low, high in self.find_band]
        sums[0][0] = 0.0
        for row, (low, high) in enumerate(self.find_band):
            for column in range(low, high + 1):
                here = sums[row][column - low]
                if here <= NEVER / 2:
                    continue
                for down, right, score in self._moves(row, column):
                    if not self._off(down, right):
                        at = right - self.find_band[down][0]
                        sums[down][at] = _log_sum(sums[down][at], here + score)
        return sums

    def _sum_backwards(self) -> list[list[float]]:
        sums = [[NEVER] * (high - low + 1) for low, high in self.find_band]
        sums[self._rows][self._columns - self.find_band[self._rows][0]] = 0.0
        for row in range(self._rows, -1, -1):
            low, high = self.find_band[row]
            for column in range(high, low - 1, -1):
                here = sums[row][column - low]
                for down, right, score in self._moves(row, column):
                    if not self._off(down, right):
                        here = _log_sum(here, sums[down][right - self.find_band[down][0]] + score)
                sums[row][column - low] = here
        return sums

    def _certainty(self, row: int, column: int, down: int, right: int, score: float) -> float:
        """The share of a move among all paths."""
        if score <= NEVER / 2 or self._off(down, right):
            return 0.0
        start = self._forward[row][column - self.find_band[row][0]]
        end = self._backward[down][right - self.find_band[down][0]]
        return math.exp(min(start + score + end - self._total, 0.0))

    def _cells(self) -> Iterator[tuple[int, int, int]]:
        for row in range(self._rows):
            low, high = self.find_band[row]
            for column in range(low, min(high, self._columns - 1) + 1):
                yield row, column, column - low

    def likely(self) -> list[tuple[int, int]]:
        """Texts that most likely stand for each other."""
        return [
            (row, column)
            for row, column, at in self._cells()
            if self._model.sources[row].kind != RAIL
            and self._certainty(row, column, row + 1, column + 1, self._one[row][at]) > _CERTAIN_ENOUGH
        ]

    def matches(self) -> list[Match]:
        """The matches, each unit in one at most, the certain ones first."""
        found: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = []
        for row, column, at in self._cells():
            moves: tuple[tuple[tuple[int, ...], tuple[int, ...], float], ...] = (
                ((row,), (column,), self._one[row][at]),
                ((row, row + 1), (column,), self._two[row][at]),
                ((row,), (column, column + 1), self._split[row][at]),
            )
            for sources, targets, score in moves:
                certainty = self._certainty(row, column, row + len(sources), column + len(targets), score)
                if certainty >= _CANDIDATE:
                    found.append((certainty, sources, targets))
        found.sort(key=lambda match: (-match[0], match[1], match[2]))
        taken: tuple[set[int], set[int]] = (set(), set())
        chosen = []
        for certainty, sources, targets in found:
            if taken[0].isdisjoint(sources) and taken[1].isdisjoint(targets):
                taken[0].update(sources)
                taken[1].update(targets)
                chosen.append((certainty, sources, targets))
        partner = {
            sources[0]: targets[0] for _, sources, targets in chosen if len(sources) == len(targets) == 1
        }
        partner |= {-1: -1, self._rows: self._columns}
        matches = []
        for certainty, sources, targets in chosen:
            doubt = self._doubt(sources, targets, certainty)
            if not doubt:
                doubt = self._doubt_by_neighbours(sources[0], targets[0], taken)
            here, there = sources[0], targets[0]
            if (
                not doubt
                and certainty < _SURE_BESIDE_GAP
                and any(partner.get(here + n) != there + n for n in (-1, 1))
            ):
                doubt = UNCLEAR
            matches.append(Match(sources, targets, certainty, doubt))
        return matches

    def _doubt_by_neighbours(self, source: int, target: int, taken: tuple[set[int], set[int]]) -> str:
        """A text that is too long beside one that is missing may hold both; and the other way round."""
        model = self._model
        stretch = model.stretch(source, target)
        place = source if stretch > 0 else target
        side, used = (model.sources, taken[0]) if stretch > 0 else (model.targets, taken[1])
        alone = any(
            0 <= near < len(side)
            and near not in used
            and side[near].kind in JOINABLE
            and side[place].kind in JOINABLE
            for near in (place - 1, place + 1)
        )
        if not alone or abs(stretch) < _STRETCH_BESIDE_GAP:
            return ""
        return JOINED if stretch > 0 else SPLIT

    def _doubt(self, sources: tuple[int, ...], targets: tuple[int, ...], certainty: float) -> str:
        if len(sources) > 1:
            return JOINED
        if len(targets) > 1:
            return SPLIT
        if certainty < _SURE:
            return f"its place is not certain ({math.floor(certainty * 100)} %)"
        return doubt_of_pair(self._model, sources[0], targets[0])


def doubt_of_pair(model: Model, source: int, target: int) -> str:
    """Why two units that stand at the same place may not say the same."""
    mine, theirs = model.sources[source], model.targets[target]
    if mine.kind == RAIL:
        return ""
    stretch = model.stretch(source, target)
    more = theirs.sentences - mine.sentences
    leeway = _LEEWAY_OF_SHORT if mine.size < _SHORT else 0.0
    if abs(stretch) > leeway + (_STRETCH if more * stretch <= 0 else _STRETCH_WITH_SENTENCES):
        return f"it is much {'longer' if stretch > 0 else 'shorter'} than its source"
    if mine.kind != theirs.kind and "heading" in (mine.kind, theirs.kind):
        return f"the page has a {theirs.kind} where the source has a {mine.kind}"
    if model.one(source, target) < _EVIDENCE:
        return "nothing but its place says that it belongs here"
    return ""


def _log_sum(one: float, other: float) -> float:
    if one < other:
        one, other = other, one
    gap = other - one
    return one if gap < UNLIKE else one + math.log1p(math.exp(gap))
