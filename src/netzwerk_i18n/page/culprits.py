"""Which changes break a page together: found by making them by halves, in reading order."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

K = TypeVar("K")
P = TypeVar("P")


def find_culprits(
    keys: Sequence[K], problem_of: Callable[[AbstractSet[K]], P | None], most_tries: int
) -> dict[K, P]:
    """Those of `keys` that have to go so that the others are no problem together.

    Of two that are a problem only together the first stays. Where there are too many to find each of them, innocent
    ones go with them: whatever is left over was tried together.

    Args:
        keys: what may be at fault; they are a problem all together, and none of them is none.
        problem_of: what is wrong with these together, or None.
        most_tries: how often it is asked at most.

    Returns:
        Those at fault, each with the problem that showed it.

    >>> find_culprits("abcdef", lambda some: "b and e" if {"b", "e"} <= some else None, 20)
    {'e': 'b and e'}
    """
    good: frozenset[K] = frozenset()
    culprits: dict[K, P] = {}
    waiting = [tuple(keys)]
    last: P | None = None
    for tried in range(2 * len(keys)):
        if not waiting:
            break
        some = waiting.pop()
        problem = problem_of(good.union(some)) if tried < most_tries or last is None else last
        if problem is None:
            good = good.union(some)
            continue
        last = problem
        if len(some) == 1 or tried >= most_tries:
            culprits.update(dict.fromkeys(some, problem))
            continue
        half = len(some) // 2
        waiting += (some[half:], some[:half])
    return culprits
