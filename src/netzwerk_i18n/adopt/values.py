"""The values of front matter and of data files: which of two pages are translations of each other.

Keys are the same in every language. Items of a list are told apart by what stands beside a text and is none, such as an
address or an id, for two people may keep their lists in different orders; then by their places.
"""

import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from netzwerk_i18n.adopt.evidence import visible_size
from netzwerk_i18n.checks.warnings.prose import read_prose
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.page.front_matter import FrontMatter

_LONG_VALUE = 60.0
_FAR = 2.2
"""How many times as long a text may be before it seems to be another one."""


_Path = tuple[str | int, ...]


class _Value(NamedTuple):
    segment: Segment
    item: str  # what tells the items of lists apart in which it stands; empty where nothing does


def pair_values(source: Page, target: Page) -> Iterator[tuple[Segment, Segment, str]]:
    r"""Of each value that both pages have the two segments, and why it is doubtful that they belong together, if it is.

    >>> page = Page.parse("---\ntitle: Wir\nalt: [Das Meer, Der Wald]\n---\n")
    >>> other = Page.parse("---\nalt: [La mer, La forêt]\ntitle: Nous\n---\n")
    >>> [(one.text, two.text, doubt) for one, two, doubt in pair_values(page, other)]
    [('Wir', 'Nous', ''), ('Das Meer', 'La mer', ''), ('Der Wald', 'La forêt', '')]
    """
    theirs = _by_key(target)
    for key, mine in _by_key(source).items():
        yield from _pairs(mine, theirs.get(key, []))


def _by_key(page: Page) -> dict[str, list[_Value]]:
    values = [segment for segment in page.segments if segment.form == "value"]
    texts = {page.field_of(segment).path for segment in values}
    beside: dict[_Path, str] = {}
    found: dict[str, list[_Value]] = {}
    for segment in values:
        path = page.field_of(segment).path
        items = [path[:depth] for depth, step in enumerate(path, 1) if isinstance(step, int)]
        for item in items:
            if item not in beside:
                beside[item] = _beside(page.front_matter, item, texts)
        found.setdefault(segment.comments[0], []).append(
            _Value(segment, "".join([beside[item] for item in items]))
        )
    return found


def _beside(front_matter: FrontMatter | None, item: _Path, texts: AbstractSet[_Path]) -> str:
    """What stands beside the texts in an item of a list; empty where nothing does."""
    data = None if front_matter is None else front_matter.value_at(item)
    if not isinstance(data, dict):
        return ""
    found = sorted(
        (key, str(value))
        for key, value in data.items()
        if isinstance(value, str | int) and (*item, key) not in texts
    )
    return json.dumps(found) if found else ""


def _pairs(mine: Sequence[_Value], theirs: Sequence[_Value]) -> Iterator[tuple[Segment, Segment, str]]:
    """The values of one key: those of the same item, then those that are left, by their places."""
    ours, others = _positions(mine), _positions(theirs)
    partner = {
        position: other
        for item, positions in ours.items()
        if item and len(positions) == len(others.get(item, ()))
        for position, other in zip(positions, others[item], strict=True)
    }
    doubt = ""
    if len(mine) != len(theirs):
        doubt = "the lists of both pages differ in length"
    elif any(position != other for position, other in partner.items()):
        doubt = "the lists of both pages differ in their order"
    taken = set(partner.values())
    left = iter([position for position in range(len(theirs)) if position not in taken])
    for position, value in enumerate(mine):
        sure = position in partner
        place = partner[position] if sure else next(left, None)
        if place is not None:
            one, other = value.segment, theirs[place].segment
            yield one, other, ("" if sure else doubt) or _far_off(one.text, other.text)


def _positions(values: Sequence[_Value]) -> dict[str, list[int]]:
    """Where the values of each item stand among those of one key."""
    found: dict[str, list[int]] = {}
    for position, value in enumerate(values):
        found.setdefault(value.item, []).append(position)
    return found


def _far_off(text: str, translation: str) -> str:
    sizes = [visible_size(read_prose(value).visible()) for value in (text, translation)]
    if max(sizes) < _LONG_VALUE or max(sizes) < _FAR * min(sizes):
        return ""
    return f"it is much {'longer' if sizes[1] > sizes[0] else 'shorter'} than its source"
