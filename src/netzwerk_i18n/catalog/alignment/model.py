"""What is likely: two units, or one and two, held against each other by what the two texts themselves teach."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

from netzwerk_i18n.catalog.alignment.unit import KEEP, RAIL, Token, Unit

T = TypeVar("T")

_ONLY_WHERE_SHARED = frozenset({"name", "word", "stem", "known"})
"""Families in which a token that one whole side lacks says nothing."""

PRIOR = {"one": math.log(0.94), "gap": math.log(0.015), "join": math.log(0.015)}
"""How likely each move is, after Gale and Church's table 5."""

_WEIGHT = 6
"""How many units of a usual page are added to the statistics of each page: a small one has none of its own."""

_USUAL_KINDS = {"paragraph": 0.45, "item": 0.25, "heading": 0.15, "cell": 0.1}
_USUAL_ENDS = {".": 0.4, "": 0.35, "!": 0.05, "?": 0.05, ":": 0.05, ",": 0.05}
_USUAL_SENTENCES = {1: 0.6, 2: 0.2, 3: 0.1, 4: 0.05}
_USUAL_SIZES = (2.3, 3.2, 4.1, 4.6, 5.1, 5.8)
"""Logarithms of the lengths of usual texts."""

NEVER = -1e9
UNLIKE = -40.0
_MOST_GAIN, _MOST_LOSS = 14.0, -6.0
JOINABLE = frozenset({"paragraph", "item", "html"})
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


@dataclass(slots=True)
class Model:
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
        strays = [abs(there - here - self.shift) / spread_of((here + there) / 2) for here, there in sizes]
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
        return (there - here - self.shift) / (spread_of((here + there) / 2) * self.scale)

    def one(self, source: int, target: int) -> float:
        """How much likelier two units are if they stand for each other than if they do not, as a logarithm."""
        mine, theirs = self.sources[source], self.targets[target]
        if mine.label != theirs.label or (mine.kind == RAIL) != (theirs.kind == RAIL):
            return NEVER
        tokens = self.gain(source, target) + self._source_losses[source] + self._target_losses[target]
        tokens = max(_MOST_LOSS, min(_MOST_GAIN, 0.85 * tokens))
        if mine.kind == RAIL:
            return tokens if mine.tokens & theirs.tokens else UNLIKE
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
        strays = math.exp(4 * spread_of(math.log(size)) * self.scale)
        size *= math.exp(self.shift)
        return size / strays, size * strays

    def joined(self, sources: Sequence[int], targets: Sequence[int]) -> float:
        """The same for two units that stand for one, or one for two."""
        mine, theirs = [self.sources[n] for n in sources], [self.targets[n] for n in targets]
        kinds = {unit.kind for unit in (*mine, *theirs)}
        if not kinds <= JOINABLE or len({unit.label for unit in (*mine, *theirs)}) > 1:
            return NEVER
        here = math.log(max(sum(unit.size for unit in mine), 1.0))
        there = math.log(max(sum(unit.size for unit in theirs), 1.0))
        shared = frozenset().union(*(u.tokens for u in mine)) & frozenset().union(*(u.tokens for u in theirs))
        if any(token[0] == "known" for token in shared):
            return NEVER  # one of them is known to be one for one
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
        spread = spread_of((here + there) / 2) * self.scale
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


def spread_of(size: float) -> float:
    """The standard deviation of the logarithm of a ratio of lengths, for texts of that size (a logarithm)."""
    return math.sqrt(0.012 + 2.2 / math.exp(size))


def _shares(counts: "Counter[T]", usual: "Mapping[T, float]") -> "dict[T, float]":
    """How frequent each is: on this page, and in general where the page is small."""
    total = counts.total() + _WEIGHT
    return {
        key: (counts[key] + _WEIGHT * usual.get(key, 0.03)) / total for key in counts.keys() | usual.keys()
    }
