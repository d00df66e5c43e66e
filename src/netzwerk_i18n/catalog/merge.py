"""Two catalogs that grew apart, merged message by message, where a merge by lines sees nothing but conflicts. Pure.

Each part of a message is merged by three ways: what only one side changed is taken from that side. Where both changed
the translation, one that a person vouches for wins over one that still has to be looked at, and only two different
translations of equal standing are a conflict. Nothing that a person typed is lost: a fuzzy text that gives way to a
translation stays as a comment.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from netzwerk_i18n.catalog.mark import DRAFT_MARK
from netzwerk_i18n.catalog.message import Catalog, Header, Key, Message
from netzwerk_i18n.catalog.reader import parse_catalog
from netzwerk_i18n.catalog.state import State, state_of
from netzwerk_i18n.catalog.syntax import escape
from netzwerk_i18n.catalog.writer import format_message, header_message

K = TypeVar("K", bound=Hashable)

HEADER_KEY: Key = (None, "")
"""The key under which a conflict of the headers is noted."""

MARKS = ("<<<<<<< ours", "=======", ">>>>>>> theirs")
"""The lines around the two sides of a conflict, as git writes them; no reader of PO files accepts them."""

_START = b"\n<<<<<<<"
_NEITHER = 2

_REVISION = ("PO-Revision-Date", "Last-Translator", "X-Generator")
"""The fields that one save in an editor sets together, and that therefore stay together."""

_CONTINUED = re.compile(r'(?:#~\|? ?|#\| ?)?"')
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One message in two versions that differ only in what a person has to decide."""

    ours: Message
    theirs: Message


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge came to.

    Attributes:
        catalog: the merged catalog; where there is a conflict, with our side of it.
        conflicts: the messages that a person has to decide, by key; :data:`HEADER_KEY` stands for the header.
        set_aside: the messages that became obsolete although one side has worked on their translation: their texts
            left the pages on the other side, where a changed text may stand with the translation as it was.
    """

    catalog: Catalog
    conflicts: Mapping[Key, Conflict]
    set_aside: tuple[Key, ...] = ()


def merge_catalogs(base: Catalog | None, ours: Catalog, theirs: Catalog) -> Merge:
    """Merge two catalogs, or two templates, that both come from `base`.

    Swapping the sides gives the same catalog with the sides of its conflicts swapped. A message that one side removed
    goes, unless the other side worked on its translation: then it is kept as obsolete, or live where it came to another
    page. An obsolete message without a translation goes, as no tool of gettext keeps it.

    Args:
        base: the catalog both come from; None where there is none, and then whatever differs is new on both sides.
        ours: one side.
        theirs: the other side.
    """
    base = base or Catalog()
    known = frozenset(text for message in base.messages for text in _texts(message))
    header, conflicts = _merge_headers(base.header, ours.header, theirs.header)
    merged: dict[Key, Message] = {}
    for key in dict.fromkeys(message.key for side in (ours, theirs) for message in side.messages):
        before, our, their = base.get(key), ours.get(key), theirs.get(key)
        found: Message | Conflict | None = None
        if our is not None and their is not None:
            found = _merge_messages(before, our, their, known)
        elif (present := our or their) is not None:
            found = _one_sided(before, present)
        if isinstance(found, Conflict):
            conflicts[key] = found
            merged[key] = found.ours
        elif found is not None and (found.has_translation or not found.obsolete):
            merged[key] = found
    order = _merge_order(
        *([message.key for message in side.messages] for side in (base, ours, theirs)),
        ours_leads=_age(ours) >= _age(theirs),
    )
    messages = [merged[key] for key in order if key in merged]
    live = [message for message in messages if not message.obsolete]
    obsolete = [message for message in messages if message.obsolete]
    set_aside = tuple(message.key for message in obsolete if _was_worked_on(message.key, base, ours, theirs))
    return Merge(Catalog(header, tuple(live + obsolete)), conflicts, set_aside)


def _was_worked_on(key: Key, base: Catalog, ours: Catalog, theirs: Catalog) -> bool:
    """Whether a side has the message on a page, with a translation that the base does not have."""
    before = base.get(key)
    return any(
        message is not None
        and not message.obsolete
        and message.has_translation
        and (before is None or _texts(message) != _texts(before))
        for message in (ours.get(key), theirs.get(key))
    )


def _age(catalog: Catalog) -> tuple[object, ...]:
    """What tells which side has the newer template; where the dates do not, anything that both sides see alike."""
    date = catalog.header.fields.get("POT-Creation-Date")
    keys = [
        (message.msgctxt is not None, message.msgctxt or "", message.msgid) for message in catalog.messages
    ]
    return (_moment(date), len(keys), keys)


def format_merge(merge: Merge) -> tuple[bytes, dict[Key, int]]:
    """The file of a merge, and the line (from 1) on which each conflict begins.

    Without conflicts it is what :func:`~netzwerk_i18n.catalog.writer.format_catalog` writes.
    """
    entries: list[str] = []
    lines: dict[Key, int] = {}
    line = 1
    header = header_message(merge.catalog.header)
    for message in ([] if header is None else [header]) + list(merge.catalog.messages):
        conflict = merge.conflicts.get(message.key)
        if conflict is None:
            text = format_message(message)
        else:
            cut = _cut_header if message is header else _cut_message
            text, above = _marked(conflict, cut)
            lines[message.key] = line + above
        entries.append(text)
        line += text.count("\n") + 1
    return "\n".join(entries).encode("utf-8"), lines


def parse_ancestor(data: bytes, *, file: str) -> Catalog:
    """The common ancestor of a merge, which git may have merged before from two ancestors, with conflicts in it.

    What an unresolved conflict leaves open is left out: it is then new on both sides.

    Raises:
        CatalogError: if it is no catalog with either side of its conflicts.
    """
    if _START not in b"\n" + data:
        return parse_catalog(data, file=file)
    one, other = (parse_catalog(_take_side(data, side), file=file) for side in (0, 1))
    return Catalog(one.header, tuple(m for m in one.messages if m == other.get(m.key)))


def _take_side(data: bytes, wanted: int) -> bytes:
    """The file as if one side had been taken in every conflict; a part of the ancestor's between them goes."""
    kept: list[bytes] = []
    side: int | None = None
    for line in data.split(b"\n"):
        if line.startswith(b"<<<<<<<"):
            side = 0
        elif side is not None and line.startswith(b"|||||||"):
            side = _NEITHER
        elif side is not None and line.rstrip() == b"=======":
            side = 1
        elif side is not None and line.startswith(b">>>>>>>"):
            side = None
        elif side is None or side == wanted:
            kept.append(line)
    return b"\n".join(kept)


def _marked(conflict: Conflict, cut: Callable[[list[str], list[str]], tuple[int, int]]) -> tuple[str, int]:
    """An entry with both sides of its conflict, and how many lines stand above them."""
    ours, theirs = (
        format_message(side).removesuffix("\n").split("\n") for side in (conflict.ours, conflict.theirs)
    )
    start, end = cut(ours, theirs)
    before, middle, after = MARKS
    lines = [*ours[:start], before, *ours[start : len(ours) - end], middle]
    lines += [*theirs[start : len(theirs) - end], after, *ours[len(ours) - end :]]
    return "\n".join(lines) + "\n", start


def _cut_message(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """How many lines are equal at the start, whole strings only, so that each side reads as one; none at the end."""
    start = _count_equal(ours, theirs)
    while start and any(_CONTINUED.match(side[start]) for side in (ours, theirs) if start < len(side)):
        start -= 1
    return start, 0


def _cut_header(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """How many lines are equal at the start and at the end: a header has a field in each."""
    start = _count_equal(ours, theirs)
    return start, _count_equal(ours[start:][::-1], theirs[start:][::-1])


def _count_equal(ours: Sequence[str], theirs: Sequence[str]) -> int:
    count = 0
    for our, their in zip(ours, theirs, strict=False):
        if our != their:
            break
        count += 1
    return count


# One message


def _one_sided(before: Message | None, present: Message) -> Message | None:
    """What becomes of a message that the other side does not have: never had, or removed."""
    if before is None or (before.obsolete and not present.obsolete):
        return present  # new, or back on a page, which its references need not tell
    new_places = tuple(place for place in present.references if place not in before.references)
    if new_places and not present.obsolete:
        return replace(present, references=new_places)
    worked_on = _translation(present) != _translation(before) or present.comments != before.comments
    if worked_on and present.has_translation:
        return _retired(present)
    return None


def _merge_messages(
    before: Message | None, our: Message, their: Message, known: AbstractSet[str]
) -> Message | Conflict:
    if their in (our, before):
        return our
    if before == our:
        return their
    earlier = before or Message(our.msgid)
    shared = replace(
        our,
        references=_merge_lists(earlier.references, our.references, their.references),
        extracted=_merge_lists(earlier.extracted, our.extracted, their.extracted),
        comments=_merge_lists(earlier.comments, our.comments, their.comments),
        flags=_merge_flags(earlier.flags, our.flags, their.flags),
    )
    if our.obsolete is not their.obsolete:
        live = their if our.obsolete else our
        left = before is not None and not before.obsolete
        moved = any(place not in earlier.references for place in live.references)
        shared = _retired(shared) if left and not moved else replace(shared, obsolete=False)
    winner = _choose(before, our, their, known)
    if winner is None:
        return Conflict(_with_translation(shared, our), _with_translation(shared, their))
    loser = their if winner is our else our
    if shared.obsolete and not winner.has_translation:
        # Its text is gone: that a side emptied it says nothing of the translation that comes back with it.
        winner, loser = loser, winner
    merged = _with_translation(shared, winner)
    if _translation(winner) != _translation(loser):
        merged.comments = _comments_of(merged, winner, loser, known)
    return merged


def _choose(before: Message | None, our: Message, their: Message, known: AbstractSet[str]) -> Message | None:
    """The side whose translation stands; None where a person has to decide."""
    if _translation(our) == _translation(their):
        return our
    if before is not None:
        if _translation(before) == _translation(their):
            return our
        if _translation(before) == _translation(our):
            return their
    ranks = [_rank(side, known) for side in (our, their)]
    if ranks[0] != ranks[1]:
        return our if ranks[0] > ranks[1] else their
    if ranks[0] >= _TYPED and (our.msgstr, our.msgstr_plural) != (their.msgstr, their.msgstr_plural):
        return None
    return max(our, their, key=lambda side: [repr(part) for part in _translation(side)])


_NONE, _DRAFT, _CARRIED, _TYPED, _TRANSLATED = range(5)
"""How much a translation weighs: a machine's draft less than an old text that an update offered, and so on."""


def _rank(message: Message, known: AbstractSet[str]) -> int:
    if not message.has_translation:
        return _NONE
    if not message.fuzzy:
        return _TRANSLATED
    if state_of(message) is State.DRAFT:
        return _DRAFT
    return _CARRIED if message.previous is not None and _texts(message) <= known else _TYPED


def _comments_of(
    merged: Message, winner: Message, loser: Message, known: AbstractSet[str]
) -> tuple[str, ...]:
    """The comments without the marks of a draft that is gone, and with what a person typed and no longer stands."""
    comments = [
        comment
        for comment in merged.comments
        if not comment.lstrip().startswith(DRAFT_MARK) or comment in winner.comments
    ]
    if _rank(loser, known) == _TYPED:
        lost = sorted(_texts(loser) - _texts(winner) - known)
        notes = [f'other translation: "{escape(text)}"' for text in lost]
        comments += [note for note in notes if note not in comments]
    return tuple(comments)


def _texts(message: Message) -> frozenset[str]:
    return frozenset(text for text in (message.msgstr, *message.msgstr_plural) if text)


def _translation(message: Message) -> tuple[object, ...]:
    """All that belongs to the translation, and that is taken from one side together."""
    return (
        message.msgstr,
        message.msgstr_plural,
        message.fuzzy,
        message.previous,
        message.previous_ctxt,
        message.previous_plural,
        message.plural,
    )


def _with_translation(shared: Message, side: Message) -> Message:
    return replace(
        shared,
        msgstr=side.msgstr,
        msgstr_plural=side.msgstr_plural,
        plural=side.plural,
        previous=side.previous,
        previous_ctxt=side.previous_ctxt,
        previous_plural=side.previous_plural,
        flags=("fuzzy", *shared.flags) if side.fuzzy else shared.flags,
    )


def _retired(message: Message) -> Message:
    # The extractor's flag for plurals: gettext keeps it only while the text stands somewhere.
    flags = tuple(flag for flag in message.flags if not flag.startswith("range:"))
    return replace(message, obsolete=True, references=(), extracted=(), flags=flags)


# Lists: references, comments, flags, and the order of messages


def _merge_lists(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """What both sides have and what either added, in the order of the longer side."""
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    first, second = sorted((ours, theirs), key=lambda side: (-len(side), side))
    kept = {item for item in (*ours, *theirs) if item not in base or (item in ours and item in theirs)}
    return tuple(item for item in _interleave(first, second) if item in kept)


def _merge_flags(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """As lists are merged, without `fuzzy`, and without flags that would contradict each other."""
    sides = [tuple(flag for flag in side if flag != "fuzzy") for side in (base, ours, theirs)]
    flags = _merge_lists(*sides)
    if flags in sides[1:]:
        return flags
    ranges = [flag for flag in flags if flag.startswith("range:")]
    return tuple(flag for flag in flags if f"no-{flag}" not in flags and flag not in ranges[1:])


def _interleave(first: Sequence[K], second: Iterable[K]) -> list[K]:
    """`first` with what only `second` has, each where `second` has it: after what stands before it there."""
    known = set(first)
    extra: dict[K | None, list[K]] = {}
    last: K | None = None
    for item in second:
        if item in known:
            last = item
        else:
            extra.setdefault(last, []).append(item)
    result = list(extra.get(None, ()))
    for item in first:
        result.append(item)
        result += extra.pop(item, ())
    return result


def _merge_order(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], *, ours_leads: bool) -> list[K]:
    """The order of the side that changed it; where both did, that of the leading one."""
    if base != theirs and (base == ours or not ours_leads):
        ours, theirs = theirs, ours
    return _interleave(ours, theirs)


# The header


def _merge_headers(base: Header, ours: Header, theirs: Header) -> tuple[Header, dict[Key, Conflict]]:
    if theirs in (ours, base):
        return ours, {}
    if base == ours:
        return theirs, {}
    revision = _merge_revision(base, ours, theirs)
    if _revision(ours) == _revision(theirs):
        ours_leads = list(ours.fields.items()) >= list(theirs.fields.items())
    else:
        ours_leads = revision == _revision(ours)
    newer = ours if ours_leads else theirs
    fields: dict[str, str | None] = dict(zip(_REVISION, revision, strict=True))
    open_fields: list[str] = []
    names = dict.fromkeys(name for side in (base, ours, theirs) for name in side.fields)
    for name in [name for name in names if name not in fields]:
        before, our, their = (side.fields.get(name) for side in (base, ours, theirs))
        if their in (our, before):
            fields[name] = our
        elif before == our:
            fields[name] = their
        elif name == "POT-Creation-Date":
            fields[name] = max(our, their, key=lambda value: (_moment(value), _sortable(value)))
        elif not our or not their:
            fields[name] = max(our, their, key=_sortable)
        elif name.startswith("X-") and name != "X-Source-Language":
            fields[name] = newer.fields[name]
        else:
            fields[name] = our
            open_fields.append(name)
    order = _merge_order(list(base.fields), list(ours.fields), list(theirs.fields), ours_leads=ours_leads)
    header = Header(
        {name: value for name in order if (value := fields[name]) is not None},
        _merge_lists(base.comments, ours.comments, theirs.comments),
        _merge_lists(base.flags, ours.flags, theirs.flags),
        _merge_lists(base.extracted, ours.extracted, theirs.extracted),
        _merge_lists(base.references, ours.references, theirs.references),
    )
    if not open_fields:
        return header, {}
    other = header.copy()
    other.fields |= {name: theirs.fields[name] for name in open_fields}
    conflict = Conflict(*(header_message(side) or Message("") for side in (header, other)))
    return header, {HEADER_KEY: conflict}


def _revision(header: Header) -> tuple[str | None, ...]:
    return tuple(header.fields.get(name) for name in _REVISION)


def _merge_revision(base: Header, ours: Header, theirs: Header) -> tuple[str | None, ...]:
    """Date, translator and editor of the side that was saved last."""
    before, our, their = _revision(base), _revision(ours), _revision(theirs)
    if before == their:
        return our
    if before == our:
        return their
    return max(our, their, key=lambda side: (_moment(side[0]), [_sortable(value) for value in side]))


def _sortable(value: str | None) -> tuple[bool, str]:
    return (value is not None, value or "")


def _moment(date: str | None) -> datetime:
    """A date of a header as a moment; long ago for what is none."""
    try:
        moment = datetime.fromisoformat(date or "")
    except ValueError:
        return _NEVER
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
