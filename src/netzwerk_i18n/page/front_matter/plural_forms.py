"""Plural forms that a data file lacks: put in beside those it has, so that they can be translated like any text.

A group of forms is a mapping `{one: …, other: …}`, as Hugo and Rails have them, or keys `minutes_one`, `minutes_other`,
as i18next does. What is put in is a copy of `other`, written as that is.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from netzwerk_i18n.page.front_matter.block import Field, FrontMatter
from netzwerk_i18n.page.front_matter.content import value_at
from netzwerk_i18n.page.plurals import CATEGORIES, OTHER

_NAME = re.compile(rf"(?P<stem>(?:.*_)?)(?P<category>{'|'.join(CATEGORIES)})", re.DOTALL)
_ORDINAL = "ordinal_"
BESIDE_FORMS = frozenset({"id", "description", "hash", "leftdelim", "rightdelim"})
"""What may stand beside the forms, for translators and the program, in lower case.

Named by https://pkg.go.dev/github.com/nicksnyder/go-i18n/v2/i18n#Message .
"""

_KEY = re.compile(r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w.-]+)(?=[ \t]*[:=][ \t\r\n]*\Z)""")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_ITEM = re.compile(r"[ \t]*(?:-[ \t]+)+")
_WITHIN_BRACES = re.compile(r"(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*+)*+[,}]")
_LONGEST_KEY = 400
_FEWEST_TRIES = 8
_MOST_READ = 1_000_000
"""So many characters are parsed, roughly, to find the groups that no form can be added to."""


KeyPath = tuple[str | int, ...]
"""The keys and list indices that lead to a value."""


class Form(NamedTuple):
    """A plural form that was put in.

    Attributes:
        path: the keys and list indices that lead to it.
        category: which form it is.
        start: where what was put in begins in the text, its line break or comma included.
        end: where that ends.
    """

    path: KeyPath
    category: str
    start: int
    end: int


class Group(NamedTuple):
    """The plural forms of one text.

    Attributes:
        path: the keys and list indices that lead to the mapping in which they stand.
        stem: what their keys begin with there: `minutes_`, or nothing.
        present: the forms that the file has.
    """

    path: KeyPath
    stem: str
    present: tuple[str, ...]

    def path_of(self, category: str) -> KeyPath:
        """Where one of the forms stands, or would."""
        return (*self.path, self.stem + category)


class Extended(NamedTuple):
    """A data file with forms put in: its text, what it says, and the forms as they stand in it."""

    text: str
    data: FrontMatter
    forms: tuple[Form, ...]


class _Lines:
    """Where the lines of a text begin, and with what they end."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        self.line_break = "\r\n" if "\r\n" in text else "\n"

    def start_of(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]


class _Piece(NamedTuple):
    form: Form  # where it stands in the old text
    text: str


_Way = tuple[_Piece, ...]
"""How the forms are written that one group lacks."""


def find_groups(data: FrontMatter, fields: Sequence[Field]) -> list[Group]:
    """The groups of forms in a data file of which `other` is one of these fields."""
    found: dict[KeyPath, Group] = {}
    for each in fields:
        name = each.path[-1] if each.path else 0
        match = _NAME.fullmatch(name) if isinstance(name, str) else None
        if match is None or match["category"] != OTHER or match["stem"].endswith(_ORDINAL):
            continue
        present = _present(data.value_at(each.path[:-1]), match["stem"])
        if present:
            found[each.path] = Group(each.path[:-1], match["stem"], present)
    return list(found.values())


def _present(mapping: object, stem: str) -> tuple[str, ...]:
    """The forms in a mapping, if there are several; none where it is no group of forms but has such a key."""
    if not isinstance(mapping, Mapping):
        return ()
    if not stem and any(
        not isinstance(key, str) or (key not in CATEGORIES and key.lower() not in BESIDE_FORMS)
        for key in mapping
    ):
        return ()
    found = tuple(each for each in CATEGORIES if isinstance(mapping.get(stem + each), str))
    return found if len(found) > 1 else ()


def add_forms(
    data: FrontMatter, text: str, groups: Sequence[Group], categories: Sequence[str]
) -> tuple[Extended, tuple[Group, ...]]:
    """A data file with those of `categories` that its groups of forms lack.

    Args:
        data: what the file says.
        text: the file.
        groups: its groups of forms.
        categories: the forms that are wanted.

    Returns:
        The file with the forms in it, and the groups to which they cannot be added without changing what else it says.
    """
    lacking = [group for group in groups if not set(categories) <= set(group.present)]
    if not lacking:
        return Extended(text, data, ()), ()
    lines = _Lines(text)
    places = {each.path: each for each in data.fields(("**",))}
    ways = {
        group: way
        for group in lacking
        for way in [_way(data, text, lines, group, places[group.path_of(OTHER)], categories)]
        if way is not None
    }
    result = _with(data, text, list(ways.values()))
    if result is None:
        fitting = _fitting(data, text, list(ways), ways, max(_FEWEST_TRIES, _MOST_READ // len(text)))
        ways = {group: ways[group] for group in fitting}
        result = _with(data, text, list(ways.values()))
    if result is None:
        return Extended(text, data, ()), tuple(lacking)
    return result, tuple(group for group in lacking if group not in ways)


def _fitting(
    data: FrontMatter, text: str, groups: Sequence[Group], ways: Mapping[Group, _Way], tries: int
) -> frozenset[Group]:
    """Of groups whose forms cannot all be written those for which they can.

    They are halved, so that an odd one among many costs a few readings of the file.
    """
    half = len(groups) // 2
    if not half or tries < 2:  # noqa: PLR2004 - each half is read
        return frozenset()
    fitting: frozenset[Group] = frozenset()
    for part in (groups[:half], groups[half:]):
        fits = _with(data, text, [ways[group] for group in part]) is not None
        fitting |= frozenset(part) if fits else _fitting(data, text, part, ways, tries // 2)
    return fitting


def without_forms(text: str, forms: Sequence[Form], gone: Collection[Form]) -> tuple[str, tuple[Form, ...]]:
    """The text without some of its forms, and the others as they stand in it then."""
    left: list[Form] = []
    leaving = frozenset(gone)
    parts: list[str] = []
    position = shift = 0
    for form in forms:
        if form in leaving:
            parts.append(text[position : form.start])
            position = form.end
            shift += form.end - form.start
        else:
            left.append(form._replace(start=form.start - shift, end=form.end - shift))
    return "".join([*parts, text[position:]]), tuple(left)


def _way(
    data: FrontMatter, text: str, lines: _Lines, group: Group, field: Field, categories: Sequence[str]
) -> _Way | None:
    """How the forms that a group lacks are written before its `other`, the `field`; None where that cannot be seen."""
    begin = max(0, field.start - _LONGEST_KEY)
    key = _KEY.search(text[begin : field.start])
    if key is None or not key[0].strip("\"'").endswith(OTHER):
        return None
    key_start = begin + key.start()
    line = text[lines.start_of(key_start) : key_start].removeprefix("\ufeff")
    gap = ", "
    if not line.strip(" \t"):
        within = data.format == "json" or (data.format == "yaml" and _WITHIN_BRACES.match(text, field.end))
        gap = ("," if within else "") + lines.line_break + line
    elif data.format == "yaml" and _ITEM.fullmatch(line):
        gap = lines.line_break + " " * len(line)
    quote = key[0][-1] if key[0][-1] in "\"'" else ""
    before = key[0].removesuffix(quote).removesuffix(OTHER)
    behind = text[begin + key.end() : field.end].rstrip("\r\n")
    return tuple(
        _Piece(Form(group.path_of(each), each, key_start, key_start), before + each + quote + behind + gap)
        for each in categories
        if each not in group.present
    )


def _with(data: FrontMatter, text: str, groups: Sequence[_Way]) -> Extended | None:
    """The text with these pieces in it; None if it does not say what it said, and them."""
    pieces = sorted((piece for group in groups for piece in group), key=lambda piece: piece.form.start)
    parts: list[str] = []
    forms: list[Form] = []
    position = length = 0
    for form, own in pieces:
        length += form.start - position
        parts += (text[position : form.start], own)
        forms.append(form._replace(start=length, end=length + len(own)))
        length += len(own)
        position = form.start
    result = "".join([*parts, text[position:]])
    new = data.read_like(result)
    if new is None or new.content is None or data.content is None:
        return None
    expected = deepcopy(data.content.data)
    for form in forms:
        mapping = value_at(expected, form.path[:-1])
        mapping[form.path[-1]] = mapping[str(form.path[-1]).removesuffix(form.category) + OTHER]
    return Extended(result, new, tuple(forms)) if _are_same(new.content.data, expected) else None


def _are_same(first: Any, second: Any) -> bool:
    """Whether plain objects are equal, and of the same types; they may hold each other, as aliases of YAML make them."""
    seen: set[tuple[int, int]] = set()
    pairs = [(first, second)]
    while pairs:
        one, other = pairs.pop()
        if type(one) is not type(other):
            return False
        if not isinstance(one, dict | list):
            if one != other and not (one != one and other != other):  # noqa: PLR0124 - nan is nan here
                return False
        elif (id(one), id(other)) not in seen:
            seen.add((id(one), id(other)))
            if len(one) != len(other) or (isinstance(one, dict) and one.keys() != other.keys()):
                return False
            keys = one if isinstance(one, dict) else range(len(one))
            pairs += [(one[key], other[key]) for key in keys]
    return True
