"""Two texts laid side by side: which unit of the one is which of the other, and how certain that is.

Dynamic programming over units as William A. Gale and Kenneth W. Church did it for sentences (A Program for Aligning
Sentences in Bilingual Corpora, Computational Linguistics 19, 1993): one unit stands for one, for none, for two, or two
for one. Besides lengths, what both sides share counts: links, numbers, names, kinds of blocks. Where they took the one
best path, the sum over all paths is taken here, so that each pair has a probability: an extra paragraph that could stand
before or behind its neighbour makes both uncertain, and nothing else.
"""

from collections.abc import Sequence

from netzwerk_i18n.catalog.alignment.band import FULL, find_band
from netzwerk_i18n.catalog.alignment.model import JOINABLE, NEVER, Model
from netzwerk_i18n.catalog.alignment.table import Table, doubt_of_pair
from netzwerk_i18n.catalog.alignment.unit import KEEP, RAIL, STRONG, Match, Token, Unit

__all__ = ["KEEP", "RAIL", "Match", "Token", "Unit", "align"]

_PASSES = 2
_MOST_HOLDERS = 8
_MOVED_GAIN = 3.5
_MOVED_LEAD = 3.0


def align(sources: Sequence[Unit], targets: Sequence[Unit]) -> list[Match]:
    """The counterparts among two sequences of units, in the order of the first.

    A unit is in one match at most; one that is in none has no counterpart. A match without doubt is one unit for one.

    >>> source = [Unit("heading", 9.0), Unit("paragraph", 120.0, frozenset({("number", "34000")}))]
    >>> target = [source[0], Unit("paragraph", 300.0), source[1]]
    >>> [(match.sources, match.targets) for match in align(source, target)]
    [((0,), (0,)), ((1,), (2,))]
    """
    if not sources or not targets:
        return []
    model = Model(sources, targets)
    band = find_band(model)
    for _ in range(_PASSES if len(sources) * len(targets) <= FULL else 1):
        model.learn(Table(model, band).likely())
    table = Table(model, band)
    matches = _with_moved(model, table.matches())
    return sorted(matches, key=lambda match: match.sources)


def _holders_of_rare(side: Sequence[Unit]) -> dict[Token, list[int]]:
    """What few units have and a counterpart nearly always has as well, and which units these are."""
    holders: dict[Token, list[int]] = {}
    for number, unit in enumerate(side):
        if unit.kind != RAIL:
            for token in unit.tokens:
                if KEEP.get(token[0], 0.0) >= STRONG:
                    holders.setdefault(token, []).append(number)
    return {token: numbers for token, numbers in holders.items() if len(numbers) <= _MOST_HOLDERS}


def _with_moved(model: Model, matches: list[Match]) -> list[Match]:
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
        if max(rivals, default=NEVER) > row[best] - _MOVED_LEAD:
            continue
        mine, theirs = model.sources[number], model.targets[best]
        alike = mine.kind == theirs.kind or {mine.kind, theirs.kind} <= JOINABLE
        if alike and not doubt_of_pair(model, number, best):
            moved.append(Match((number,), (best,), 1.0, moved=True))
    used = {match.sources[0] for match in moved}, {match.targets[0] for match in moved}
    return [
        *moved,
        *(m for m in matches if used[0].isdisjoint(m.sources) and used[1].isdisjoint(m.targets)),
    ]
