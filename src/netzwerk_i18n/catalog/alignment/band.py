"""Where two long texts can meet at all: a band along the path that kinds, lengths and unmistakable pairs tell.

The whole table of two texts of thousands of units would take minutes.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from netzwerk_i18n.catalog.alignment.model import NEVER, PRIOR, Model, spread_of
from netzwerk_i18n.catalog.alignment.unit import KEEP, STRONG, Token

FULL = 6_000
"""Up to this number of cells the whole table is computed, above it a band along a rough path."""
_MARGIN = 14
_WIDEST = 300


def find_band(model: Model) -> list[tuple[int, int]]:
    """For each border between units of the first side, the borders of the other that are looked at: first and last."""
    rows, columns = len(model.sources), len(model.targets)
    if rows * columns <= FULL:
        return [(0, columns)] * (rows + 1)
    path = _rough_path(model, _wide_band(model))
    margin = max(_MARGIN, FULL // rows)
    lows = [max(column - margin, 0) for column in path]
    highs = [min(column + margin, columns) for column in path]
    return _closed(lows, highs, columns)


def _closed(lows: list[int], highs: list[int], columns: int) -> list[tuple[int, int]]:
    """A band whose edges never fall, from the first border to the last."""
    lows[0], highs[-1] = 0, columns
    for row in range(len(lows) - 1, 0, -1):
        lows[row - 1] = min(lows[row - 1], lows[row])
    for row in range(1, len(highs)):
        highs[row] = max(highs[row - 1], highs[row])
    return list(zip(lows, highs, strict=True))


def _wide_band(model: Model) -> list[tuple[int, int]]:
    """Around the straight lines from anchor to anchor, as wide as both sides differ between them."""
    rows, columns = len(model.sources), len(model.targets)
    anchors = [(-1, -1), *_anchors(model), (rows, columns)]
    lows, highs = [columns] * (rows + 1), [0] * (rows + 1)
    for (first, start), (last, end) in pairwise(anchors):
        high, wide = last - first, end - start
        margin = 2 * _MARGIN + min(2 * abs(high - wide) + high // 10, _WIDEST)
        for row in range(max(first, 0), min(last + 1, rows) + 1):
            middle = start + (row - first) * wide / max(high, 1)
            lows[row] = min(lows[row], int(max(middle - margin, start - _MARGIN, 0)))
            highs[row] = max(highs[row], int(min(middle + margin, end + _MARGIN, columns)))
    return _closed(lows, highs, columns)


def _rough_path(model: Model, band: Sequence[tuple[int, int]]) -> list[int]:
    """For each border of the first side the one of the other that it most likely is, by kinds and lengths alone."""
    kinds = [unit.kind for unit in model.targets], [unit.end for unit in model.targets]
    sizes = [size - model.shift for size in model.logs[1]]
    gap = PRIOR["gap"]
    best: list[float] = [gap * column for column in range(band[0][1] + 1)]
    steps: list[list[int]] = [[2] * len(best)]
    for row, unit in enumerate(model.sources):
        (before, behind), (low, high) = band[row], band[row + 1]
        size, narrow = model.logs[0][row], 1 / spread_of(model.logs[0][row]) ** 2
        new: list[float] = []
        step: list[int] = []
        for column in range(low, high + 1):
            score, chosen = NEVER, 2
            if before <= column <= behind:
                score, chosen = best[column - before] + gap, 1
            if before < column <= behind + 1:
                at = column - 1
                stray = sizes[at] - size
                fit = 1.5 - min(0.4 * stray * stray * narrow, 5.0)
                fit += 0.5 if unit.kind == kinds[0][at] else -3.0
                fit += 0.2 if unit.end == kinds[1][at] else -0.5
                if best[at - before] + fit > score:
                    score, chosen = best[at - before] + fit, 0
            if new and new[-1] + gap > score:
                score, chosen = new[-1] + gap, 2
            new.append(score)
            step.append(chosen)
        best = new
        steps.append(step)
    path = [0] * len(band)
    column = len(model.targets)
    for row in range(len(model.sources), 0, -1):
        while steps[row][column - band[row][0]] == 2 and column > band[row][0]:  # noqa: PLR2004 - to the left
            column -= 1
        path[row] = column
        column -= steps[row][column - band[row][0]] == 0
    return path


def _anchors(model: Model) -> list[tuple[int, int]]:
    """Pairs that share what nothing else has, as many as stand in one order (the longest rising sequence)."""
    places: list[dict[Token, int]] = []
    for side in (model.sources, model.targets):
        seen: dict[Token, int] = {}
        for number, unit in enumerate(side):
            for token in unit.tokens:
                seen[token] = -1 if token in seen else number
        places.append(seen)
    votes: defaultdict[tuple[int, int], float] = defaultdict(float)
    for token, here in places[0].items():
        there = places[1].get(token, -1)
        if here >= 0 and there >= 0 and model.sources[here].label == model.targets[there].label:
            votes[here, there] += KEEP.get(token[0], 0.5)
    pairs = sorted((pair for pair, weight in votes.items() if weight >= STRONG), key=lambda p: (p[0], -p[1]))
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        place = bisect_left(tails, there)
        if place == len(tails):
            tails.append(there)
            last.append(index)
        else:
            tails[place], last[place] = there, index
        before.append(last[place - 1] if place else -1)
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
