"""Two texts laid side by side: which unit of the one is which of the other, and how certain that is.

Dynamic programming over units as William A. Gale and Kenneth W. Church did it for sentences (A Program for Aligning
Sentences in Bilingual Corpora, Computational Linguistics 19, 1993): one unit stands for one, for none, for two, or two
for one. Besides lengths, what both sides share counts: links, numbers, names, kinds of blocks. Where they took the one
best path, the sum over all paths is taken here, so that each pair has a probability: an extra paragraph that could stand
before or behind its neighbour makes both uncertain, and nothing else.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TypeVar

T = TypeVar("T")

Token = tuple[str, str]
"""Something both sides may share: its family and its value."""

RAIL = "rail"
"""The kind of a unit that is no text, but stays the same and shows the way."""

KEEP: Mapping[str, float] = {
    "link": 0.94,
    "site": 0.9,
    "number": 0.9,
    "code": 0.93,
    "shortcode": 0.97,
    "tag": 0.93,
    "frame": 0.95,
    "land": 0.85,
    "mark": 0.8,
    "name": 0.6,
    "word": 0.45,
    "stem": 0.25,
    "known": 0.995,
    RAIL: 0.98,
}
"""How likely a token of each family that stands in a unit stands in its counterpart as well."""

_ONLY_WHERE_SHARED = frozenset({"name", "word", "stem", "known"})
"""Families in which a token that one whole side lacks says nothing."""

_PRIOR = {"one": math.log(0.94), "gap": math.log(0.015), "join": math.log(0.015)}
"""How likely each move is, after Gale and Church's table 5."""

_WEIGHT = 6
"""How many units of a usual page are added to the statistics of each page: a small one has none of its own."""

_USUAL_KINDS = {"paragraph": 0.45, "item": 0.25, "heading": 0.15, "cell": 0.1}
_USUAL_ENDS = {".": 0.4, "": 0.35, "!": 0.05, "?": 0.05, ":": 0.05, ",": 0.05}
_USUAL_SENTENCES = {1: 0.6, 2: 0.2, 3: 0.1, 4: 0.05}
_USUAL_SIZES = (2.3, 3.2, 4.1, 4.6, 5.1, 5.8)
"""Logarithms of the lengths of usual texts."""

_NEVER = -1e9
_UNLIKE = -40.0
_MOST_GAIN, _MOST_LOSS = 14.0, -6.0
_FULL = 6_000
"""Up to this number of cells the whole table is computed, above it a band along a rough path."""
_MARGIN = 14
_WIDEST = 300
_SURE = 0.97
_CERTAIN_ENOUGH = 0.8
_STRONG = 0.79
_MOST_HOLDERS = 8
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

_MOVED_GAIN = 3.5
_MOVED_LEAD = 3.0
_PASSES = 2
_JOINABLE = frozenset({"paragraph", "item", "html"})
_KINDS = {
    frozenset(("paragraph", "item")): 0.05,
    frozenset(("paragraph", "html")): 0.04,
    frozenset(("item", "html")): 0.03,
    frozenset(("heading", "html")): 0.02,
    frozenset(("heading", "paragraph")): 0.02,
    frozenset(("heading", "item")): 0.01,
    frozenset(("term", "paragraph")): 0.02,
    frozenset(("term", "item")): 0.02,
    frozenset(("cell", "paragraph")): 0.005,
    frozenset(("cell", "item")): 0.01,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a text.

    Attributes:
        kind: what it is; see :data:`RAIL`.
        size: how much it says, in letters of an alphabet.
        tokens: what its counterpart is likely to share.
        level: heading level, list depth or column.
        container: what it stands in: quotes, the kind of the list.
        label: units with different labels are never counterparts.
        end: how it ends: `.`, `?`, `!`, `:` or nothing.
        sentences: how many sentences it has.
    """

    kind: str
    size: float
    tokens: frozenset[Token] = frozenset()
    level: int = 0
    container: str = ""
    label: str = ""
    end: str = ""
    sentences: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """Units that stand for each other.

    Attributes:
        sources: places of the first side, one or two that follow each other.
        targets: places of the other side, one or two that follow each other.
        certainty: how probable that is, from 0 to 1.
        doubt: why it is not certain, in words, or an empty string.
        moved: whether it stands elsewhere in the order.
    """

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    certainty: float
    doubt: str = ""
    moved: bool = False


def align(sources: Sequence[Unit], targets: Sequence[Unit]) -> list[Match]:
    """The counterparts among two sequences of units, in the order of the first.

    A unit is in one match at most; one that is in none has no counterpart. A match without doubt is one unit for one.

    >>> one, two = Unit("heading", 9.0), Unit("paragraph", 120.0)
    >>> [(match.sources, match.targets) for match in align([one, two], [one, Unit("paragraph", 40.0), two])]
    [((0,), (0,)), ((1,), (2,))]
    """
    if not sources or not targets:
        return []
    model = _Model(sources, targets)
    band = _band(model)
    for _ in range(_PASSES if len(sources) * len(targets) <= _FULL else 1):
        model.learn(_Table(model, band).likely())
    table = _Table(model, band)
    matches = _with_moved(model, table.matches())
    return sorted(matches, key=lambda match: match.sources)


@dataclass(slots=True)
class _Model:
    """What is likely, learned from the two texts themselves."""

    sources: Sequence[Unit]
    targets: Sequence[Unit]
    shift: float = 0.0
    scale: float = 1.0
    _gains: dict[Token, float] = field(default_factory=dict)
    _source_losses: list[float] = field(default_factory=list)
    _target_losses: list[float] = field(default_factory=list)
    _kinds: dict[str, float] = field(default_factory=dict)
    _ends: dict[str, float] = field(default_factory=dict)
    _levels: dict[tuple[str, int], float] = field(default_factory=dict)
    _sentences: dict[int, float] = field(default_factory=dict)
    _sizes: dict[str, tuple[float, float]] = field(default_factory=dict)
    _turned_into: dict[str, Counter[str]] = field(default_factory=dict)
    _stands_for: dict[tuple[str, int], int] = field(default_factory=dict)
    logs: tuple[list[float], list[float]] = ([], [])

    def __post_init__(self) -> None:
        self.logs = (
            [math.log(max(unit.size, 1.0)) for unit in self.sources],
            [math.log(max(unit.size, 1.0)) for unit in self.targets],
        )
        self._weigh_tokens()
        texts = [unit for unit in self.targets if unit.kind != RAIL]
        self._kinds = _shares(Counter(unit.kind for unit in texts), _USUAL_KINDS)
        self._ends = _shares(Counter(unit.end for unit in texts), _USUAL_ENDS)
        self._sentences = _shares(Counter(unit.sentences for unit in texts), _USUAL_SENTENCES)
        by_kind: dict[str, list[float]] = {}
        by_level: dict[str, Counter[int]] = {}
        for unit, size in zip(self.targets, self.logs[1], strict=True):
            by_kind.setdefault(unit.kind, []).append(size)
            by_level.setdefault(unit.kind, Counter())[unit.level] += 1
        for kind, sizes in by_kind.items():
            all_sizes = [*sizes, *_USUAL_SIZES]
            middle = sum(all_sizes) / len(all_sizes)
            spread = math.sqrt(sum((size - middle) ** 2 for size in all_sizes) / len(all_sizes))
            self._sizes[kind] = (middle, max(spread, 0.35))
        for kind, levels in by_level.items():
            for level, number in levels.items():
                self._levels[kind, level] = number / levels.total()
        whole = [
            sum(unit.size for unit in side if unit.kind != RAIL) for side in (self.sources, self.targets)
        ]
        if all(whole):
            self.shift = max(-0.35, min(0.35, math.log(whole[1] / whole[0])))

    def _weigh_tokens(self) -> None:
        mine = Counter(token for unit in self.sources for token in unit.tokens)
        theirs = Counter(token for unit in self.targets for token in unit.tokens)
        count, other_count = len(self.sources) + _WEIGHT, len(self.targets) + _WEIGHT
        losses: dict[Token, tuple[float, float]] = {}
        for token in mine.keys() | theirs.keys():
            keep = KEEP.get(token[0], 0.5)
            here, there = mine[token], theirs[token]
            if here and there:
                common = max((here + 0.3) / count, (there + 0.3) / other_count)
                lost = math.log((1 - keep) / max(1 - common, 1 - keep))
                self._gains[token] = max(math.log(keep / common), 0.0) - 2 * lost
                losses[token] = (lost, lost)
            elif token[0] not in _ONLY_WHERE_SHARED:
                lost = 0.8 * math.log(1 - keep)
                losses[token] = (lost, lost)
        self._source_losses = [
            sum(losses.get(t, (0.0, 0.0))[0] for t in unit.tokens) for unit in self.sources
        ]
        self._target_losses = [
            sum(losses.get(t, (0.0, 0.0))[1] for t in unit.tokens) for unit in self.targets
        ]

    def learn(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Take the ratio of lengths, how much it varies, and which level stands for which from likely pairs."""
        seen: dict[tuple[str, int], Counter[int]] = {}
        for here, there in pairs:
            mine, theirs = self.sources[here], self.targets[there]
            if mine.kind == theirs.kind:
                seen.setdefault((mine.kind, mine.level), Counter())[theirs.level] += 1
        self._turned_into = {}
        for here, there in pairs:
            kinds = self.sources[here].kind, self.targets[there].kind
            self._turned_into.setdefault(kinds[0], Counter())[kinds[1]] += 1
        self._stands_for = {place: levels.most_common(1)[0][0] for place, levels in seen.items()}
        sizes = [self.sizes(*pair) for pair in pairs if self.sources[pair[0]].kind != "heading"]
        if len(sizes) < 3:  # noqa: PLR2004 - fewer tell less than the whole
            return
        shift = median(there - here for here, there in sizes)
        weight = len(sizes) / (len(sizes) + 2)
        self.shift = weight * shift + (1 - weight) * self.shift
        strays = [abs(there - here - self.shift) / _spread((here + there) / 2) for here, there in sizes]
        self.scale = max(0.85, min(1.7, median(strays) * 1.4826 * weight + (1 - weight)))

    def sizes(self, source: int, target: int) -> tuple[float, float]:
        """The logarithms of two units' sizes."""
        return self.logs[0][source], self.logs[1][target]

    def gain(self, source: int, target: int) -> float:
        """What the tokens that two units share are worth."""
        gains = self._gains
        return sum(gains[token] for token in self.sources[source].tokens & self.targets[target].tokens)

    def stretch(self, source: int, target: int) -> float:
        """How far the length of a pair is off, in standard deviations."""
        here, there = self.sizes(source, target)
        return (there - here - self.shift) / (_spread((here + there) / 2) * self.scale)

    def one(self, source: int, target: int) -> float:
        """How much likelier two units are if they stand for each other than if they do not, as a logarithm."""
        mine, theirs = self.sources[source], self.targets[target]
        if mine.label != theirs.label or (mine.kind == RAIL) != (theirs.kind == RAIL):
            return _NEVER
        tokens = self.gain(source, target) + self._source_losses[source] + self._target_losses[target]
        tokens = max(_MOST_LOSS, min(_MOST_GAIN, 0.85 * tokens))
        if mine.kind == RAIL:
            return tokens if mine.tokens & theirs.tokens else _UNLIKE
        return (
            tokens
            + self._kind(mine, theirs)
            + self._length(self.logs[0][source], self.logs[1][target], theirs.kind)
            + self._end(mine.end, theirs.end)
            + self._count(mine.sentences, theirs.sentences)
        )

    def lengths_that_fit(self, sources: Sequence[int]) -> tuple[float, float]:
        """The least and the greatest length that units, taken as one, may have on the other side."""
        size = max(sum(self.sources[n].size for n in sources), 1.0)
        strays = math.exp(4 * _spread(math.log(size)) * self.scale)
        size *= math.exp(self.shift)
        return size / strays, size * strays

    def joined(self, sources: Sequence[int], targets: Sequence[int]) -> float:
        """The same for two units that stand for one, or one for two."""
        mine, theirs = [self.sources[n] for n in sources], [self.targets[n] for n in targets]
        kinds = {unit.kind for unit in (*mine, *theirs)}
        if not kinds <= _JOINABLE or len({unit.label for unit in (*mine, *theirs)}) > 1:
            return _NEVER
        here = math.log(max(sum(unit.size for unit in mine), 1.0))
        there = math.log(max(sum(unit.size for unit in theirs), 1.0))
        shared = frozenset().union(*(u.tokens for u in mine)) & frozenset().union(*(u.tokens for u in theirs))
        if any(token[0] == "known" for token in shared):
            return _NEVER  # one of them is known to be one for one
        tokens = sum(self._gains[token] for token in shared)
        tokens += sum(self._source_losses[n] for n in sources) + sum(self._target_losses[n] for n in targets)
        return (
            max(_MOST_LOSS, min(_MOST_GAIN, 0.85 * tokens))
            + sum(self._kind(mine[0], unit) for unit in theirs)
            - (0.0 if len(kinds) == 1 else 2.5)
            + self._length(here, there, theirs[0].kind)
            + self._end(mine[-1].end, theirs[-1].end)
            + self._count(sum(u.sentences for u in mine), sum(u.sentences for u in theirs))
        )

    def _kind(self, mine: Unit, theirs: Unit) -> float:
        alike = mine.kind == theirs.kind
        share = 0.93 if alike else _KINDS.get(frozenset((mine.kind, theirs.kind)), 0.001)
        if self._turned_into:
            # Where a whole page has paragraphs in the place of items, one more of them is no surprise.
            seen = self._turned_into.get(mine.kind, Counter())
            share = (seen[theirs.kind] + _WEIGHT * share) / (seen.total() + _WEIGHT)
        score = max(-5.0, min(3.0, math.log(share / self._kinds[theirs.kind])))
        if alike:
            expected = self._stands_for.get((mine.kind, mine.level), mine.level)
            level = 0.9 if expected == theirs.level else 0.1
            score += max(-1.2, min(1.5, math.log(level / self._levels[theirs.kind, theirs.level])))
        return score - (0.8 if alike and mine.container != theirs.container else 0.0)

    def _length(self, here: float, there: float, kind: str) -> float:
        spread = _spread((here + there) / 2) * self.scale
        stray = (there - here - self.shift) / spread
        middle, wide = self._sizes[kind]
        wide = math.sqrt(wide * wide + spread * spread)
        usual = (there - middle) / wide
        # Student's t with four degrees of freedom: people add and leave out more than a normal curve allows.
        fits = -2.5 * math.log1p(stray * stray / 4) - math.log(spread)
        any_of_them = -2.5 * math.log1p(usual * usual / 4) - math.log(wide)
        return max(-6.0, min(3.0, fits - any_of_them))

    def _end(self, mine: str, theirs: str) -> float:
        if mine == theirs:
            return min(2.0, math.log(0.8 / self._ends[theirs])) if self._ends[theirs] < 0.8 else 0.0  # noqa: PLR2004
        return max(-1.3, math.log(0.2 / max(1 - self._ends.get(mine, 0.0), 0.2)))

    def _count(self, mine: int, theirs: int) -> float:
        """Sentences: mostly as many, sometimes one more or less."""
        if mine <= 1 and theirs <= 1:
            return 0.0
        far = abs(mine - theirs) / (1 + 0.15 * max(mine, theirs))
        near = sum(
            self._sentences.get(theirs + step, 0.0) * share
            for step, share in ((-1, 0.25), (0, 0.5), (1, 0.25))
        )
        return max(-2.5, min(1.5, 0.7 * (-0.5 - 1.3 * far - math.log(max(near, 0.05)))))


def _spread(size: float) -> float:
    """The standard deviation of the logarithm of a ratio of lengths, for texts of that size (a logarithm)."""
    return math.sqrt(0.012 + 2.2 / math.exp(size))


def _shares(counts: "Counter[T]", usual: "Mapping[T, float]") -> "dict[T, float]":
    """How frequent each is: on this page, and in general where the page is small."""
    total = counts.total() + _WEIGHT
    return {
        key: (counts[key] + _WEIGHT * usual.get(key, 0.03)) / total for key in counts.keys() | usual.keys()
    }


def _band(model: _Model) -> list[tuple[int, int]]:
    """For each border between units of the first side, the borders of the other that are looked at: first and last."""
    rows, columns = len(model.sources), len(model.targets)
    if rows * columns <= _FULL:
        return [(0, columns)] * (rows + 1)
    path = _rough_path(model, _wide_band(model))
    margin = max(_MARGIN, _FULL // rows)
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


def _wide_band(model: _Model) -> list[tuple[int, int]]:
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


def _rough_path(model: _Model, band: Sequence[tuple[int, int]]) -> list[int]:
    """For each border of the first side the one of the other that it most likely is, by kinds and lengths alone."""
    kinds = [unit.kind for unit in model.targets], [unit.end for unit in model.targets]
    sizes = [size - model.shift for size in model.logs[1]]
    gap = _PRIOR["gap"]
    best: list[float] = [gap * column for column in range(band[0][1] + 1)]
    steps: list[list[int]] = [[2] * len(best)]
    for row, unit in enumerate(model.sources):
        (before, behind), (low, high) = band[row], band[row + 1]
        size, narrow = model.logs[0][row], 1 / _spread(model.logs[0][row]) ** 2
        new: list[float] = []
        step: list[int] = []
        for column in range(low, high + 1):
            score, chosen = _NEVER, 2
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


def _anchors(model: _Model) -> list[tuple[int, int]]:
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
    pairs = sorted((pair for pair, weight in votes.items() if weight >= _STRONG), key=lambda p: (p[0], -p[1]))
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


class _Table:
    """The sums over all paths within a band, forwards and backwards, and what follows from them."""

    def __init__(self, model: _Model, band: Sequence[tuple[int, int]]) -> None:
        self._model = model
        self._band = band
        self._rows, self._columns = len(model.sources), len(model.targets)
        self._one = [
            [model.one(row, column) + _PRIOR["one"] for column in self._columns_of(row)]
            for row in range(self._rows)
        ]
        self._two = [list(self._two_for_one(row)) for row in range(self._rows)]
        self._split = [list(self._one_for_two(row)) for row in range(self._rows)]
        self._forward = self._sum_forwards()
        self._backward = self._sum_backwards()
        self._total = self._forward[self._rows][self._columns - band[self._rows][0]]

    def _columns_of(self, row: int) -> range:
        low, high = self._band[row]
        return range(low, min(high, self._columns - 1) + 1)

    def _two_for_one(self, row: int) -> Iterator[float]:
        """For each column, units `row` and the one behind it for one."""
        fits = self._model.lengths_that_fit((row, row + 1)) if row + 1 < self._rows else (1.0, 0.0)
        for column in self._columns_of(row):
            if fits[0] <= self._model.targets[column].size <= fits[1] and not self._off(row + 2, column + 1):
                yield self._model.joined((row, row + 1), (column,)) + _PRIOR["join"]
            else:
                yield _NEVER

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
                yield self._model.joined((row,), (column, column + 1)) + _PRIOR["join"]
            else:
                yield _NEVER

    def _off(self, row: int, column: int) -> bool:
        low, high = self._band[row]
        return not low <= column <= high

    def _moves(self, row: int, column: int) -> Iterator[tuple[int, int, float]]:
        """Where one can go from a cell, and how likely that is."""
        if row < self._rows:
            yield row + 1, column, _PRIOR["gap"]
        if column < self._columns:
            yield row, column + 1, _PRIOR["gap"]
        if row < self._rows and column < self._columns:
            at = column - self._band[row][0]
            yield row + 1, column + 1, self._one[row][at]
            if self._two[row][at] > _NEVER / 2:
                yield row + 2, column + 1, self._two[row][at]
            if self._split[row][at] > _NEVER / 2:
                yield row + 1, column + 2, self._split[row][at]

    def _sum_forwards(self) -> list[list[float]]:
        sums = [[_NEVER] * (high - low + 1) for low, high in self._band]
        sums[0][0] = 0.0
        for row, (low, high) in enumerate(self._band):
            for column in range(low, high + 1):
                here = sums[row][column - low]
                if here <= _NEVER / 2:
                    continue
                for down, right, score in self._moves(row, column):
                    if not self._off(down, right):
                        at = right - self._band[down][0]
                        sums[down][at] = _log_sum(sums[down][at], here + score)
        return sums

    def _sum_backwards(self) -> list[list[float]]:
        sums = [[_NEVER] * (high - low + 1) for low, high in self._band]
        sums[self._rows][self._columns - self._band[self._rows][0]] = 0.0
        for row in range(self._rows, -1, -1):
            low, high = self._band[row]
            for column in range(high, low - 1, -1):
                here = sums[row][column - low]
                for down, right, score in self._moves(row, column):
                    if not self._off(down, right):
                        here = _log_sum(here, sums[down][right - self._band[down][0]] + score)
                sums[row][column - low] = here
        return sums

    def _certainty(self, row: int, column: int, down: int, right: int, score: float) -> float:
        """The share of a move among all paths."""
        if score <= _NEVER / 2 or self._off(down, right):
            return 0.0
        start = self._forward[row][column - self._band[row][0]]
        end = self._backward[down][right - self._band[down][0]]
        return math.exp(min(start + score + end - self._total, 0.0))

    def _cells(self) -> Iterator[tuple[int, int, int]]:
        for row in range(self._rows):
            low, high = self._band[row]
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
            and side[near].kind in _JOINABLE
            and side[place].kind in _JOINABLE
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
        return _doubt_of_pair(self._model, sources[0], targets[0])


def _doubt_of_pair(model: _Model, source: int, target: int) -> str:
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


def _holders_of_rare(side: Sequence[Unit]) -> dict[Token, list[int]]:
    """What few units have and a counterpart nearly always has as well, and which units these are."""
    holders: dict[Token, list[int]] = {}
    for number, unit in enumerate(side):
        if unit.kind != RAIL:
            for token in unit.tokens:
                if KEEP.get(token[0], 0.0) >= _STRONG:
                    holders.setdefault(token, []).append(number)
    return {token: numbers for token, numbers in holders.items() if len(numbers) <= _MOST_HOLDERS}


def _with_moved(model: _Model, matches: list[Match]) -> list[Match]:
    """The matches, and pairs that stand elsewhere in the order but share what nothing else has."""
    certain = [match for match in matches if not match.doubt or len(match.sources) + len(match.targets) > 2]  # noqa: PLR2004
    taken = {n for match in certain for n in match.sources}, {n for match in certain for n in match.targets}
    holders = _holders_of_rare(model.targets)
    scores: dict[int, dict[int, float]] = {}
    for number, unit in enumerate(model.sources):
        if number not in taken[0] and unit.kind != RAIL:
            near = {at for token in unit.tokens for at in holders.get(token, ())} - taken[1]
            scores[number] = {at: model.one(number, at) for at in near}
    moved: list[Match] = []
    for number, row in scores.items():
        ranked = sorted(row, key=lambda at: -row[at])
        if not ranked or row[ranked[0]] < _MOVED_GAIN:
            continue
        best = ranked[0]
        rivals = [row[at] for at in ranked[1:2]] + [
            other[best] for rival, other in scores.items() if rival != number and best in other
        ]
        if max(rivals, default=_NEVER) > row[best] - _MOVED_LEAD:
            continue
        mine, theirs = model.sources[number], model.targets[best]
        alike = mine.kind == theirs.kind or {mine.kind, theirs.kind} <= _JOINABLE
        if alike and not _doubt_of_pair(model, number, best):
            moved.append(Match((number,), (best,), 1.0, moved=True))
    used = {match.sources[0] for match in moved}, {match.targets[0] for match in moved}
    return [
        *moved,
        *(m for m in matches if used[0].isdisjoint(m.sources) and used[1].isdisjoint(m.targets)),
    ]


def _log_sum(one: float, other: float) -> float:
    if one < other:
        one, other = other, one
    gap = other - one
    return one if gap < _UNLIKE else one + math.log1p(math.exp(gap))
