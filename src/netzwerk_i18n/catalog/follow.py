"""What a new text was before: the same words in other markup, a part of a text, several texts, or a text much like it.

What knows of markup comes from outside (:class:`SameWords`); here are only messages and the order in which things are tried.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from netzwerk_i18n.catalog.mark import (
    comments_behind,
    comments_of,
    comments_with,
    is_begun,
    is_machine_made,
    without_mark,
)
from netzwerk_i18n.catalog.matching import Text, match_texts
from netzwerk_i18n.catalog.message import Key, Message
from netzwerk_i18n.catalog.past import PREFIX, Leaver, Past, find_followers, kind_of, said_in
from netzwerk_i18n.catalog.place import NOWHERE, Place, find_places
from netzwerk_i18n.catalog.stale import ALL_PARTS, DIVIDED, JOINED, make_stale, taken_along

_MOST_PARTS = 6
_PART = 0.75  # the share of its words that a part must have in common with the whole
_MOST_TRIED, _MOST_NEAR = 200, 12
_LEAST_WORDS = 4  # a shorter text that holds another one by chance was not divided
_MUCH_ALIKE = 0.85  # how alike the words of a text and those of its parts must be where some changed


class SameWords(Protocol):
    """What knows of markup: whether two texts have the same words, and how a translation follows a change of markup."""

    def outline(self, msgid: str) -> str:
        """What texts of the same words mostly have in common, cheap to tell; empty where there is nothing of the kind."""

    def words(self, msgid: str) -> str:
        """The bare words; equal for texts that differ in markup, blanks or typographic signs only.

        Blanks stand between them; those of titles and the like stand on lines of their own, behind the others.
        """

    def carry(self, old_msgid: str, old_msgstr: str, new_msgid: str) -> str | None:
        """The translation with the same change of markup made in it, or None where that is not unambiguous."""

    def divide(self, msgid: str, msgstr: str, parts: Sequence[str]) -> tuple[str, ...] | None:
        """The translations of the parts of a text, or None where it is not certain where one ends."""

    def join(self, msgstrs: Sequence[str], new_msgid: str) -> str:
        """The translations of several texts as that of one."""


def follow(
    messages: Sequence[Message],
    missing: Sequence[int],
    past: Past,
    *,
    same_words: SameWords | None,
    threshold: float,
    home: int = 0,
) -> None:
    """Give new messages the translations of what they were before.

    Args:
        messages: all messages of a catalog; those at `missing` are changed in place.
        missing: the positions of those without a translation of their own.
        past: what left the pages.
        same_words: follows changes of markup.
        threshold: see :func:`~netzwerk_i18n.catalog.matching.match_texts`.
        home: the number of the catalog in `past`; what left it comes before what left others.
    """
    search = _Search(messages, missing, past, home)
    if same_words is not None:
        search.take_same_words(same_words)
    if past.leavers:
        if same_words is not None:
            search.take_parts(same_words)
        search.take_similar(threshold)


class _Search:
    """The new texts of one catalog on their way to their translations."""

    def __init__(self, messages: Sequence[Message], missing: Sequence[int], past: Past, home: int) -> None:
        self.messages = messages
        self.past = past
        self.home = home
        # By their texts, not in the order of the pages, which must not matter.
        self.missing = sorted(missing, key=lambda n: (messages[n].msgid, messages[n].msgctxt or ""))
        self.taken: set[int] = set()
        self.new = self.missing

    @cached_property
    def places(self) -> dict[Key, Place]:
        return find_places(self.messages, self.past.known)

    @cached_property
    def crowd(self) -> Counter[tuple[Key | None, Key | None]]:
        return Counter((place.before, place.after) for place in map(self.place, self.new))

    def place(self, number: int) -> Place:
        return self.places.get(self.messages[number].key, NOWHERE)

    def leaver(self, position: int) -> Leaver:
        return self.past.leaver(position, self.home)

    # The same words

    def take_same_words(self, same_words: SameWords) -> None:
        """Carry over what only its markup tells from an old text; stale where that cannot be followed.

        What left just now comes first, then what stays and keeps its own translation, then what left long ago.
        """
        self._take_left(same_words, long_ago=False)
        self._take_living(same_words)
        self._take_left(same_words, long_ago=True)

    def _take_left(self, same_words: SameWords, *, long_ago: bool) -> None:
        if not self.past.leavers:
            return
        wanted: dict[Key, list[int]] = defaultdict(list)
        for number in self.missing:
            words = same_words.words(self.messages[number].msgid)
            if words:
                wanted[self.messages[number].msgctxt, words].append(number)
        donors = self.past.words(same_words.words).by_words
        found: set[int] = set()
        for key, numbers in wanted.items():
            positions = donors.get(key, ())
            if all(self.leaver(position).message.obsolete for position in positions) is not long_ago:
                continue
            for number, position in self.nearest(numbers, positions):
                self._carry(self.messages[number], self.leaver(position).message, same_words)
                self.taken.add(position)
                found.add(number)
        self.missing = [number for number in self.missing if number not in found]

    def _take_living(self, same_words: SameWords) -> None:
        stayers = self.past.stayers(same_words.outline) if self.missing else {}
        found: set[int] = set()
        for number in self.missing:
            message = self.messages[number]
            alike = stayers.get((message.msgctxt, same_words.outline(message.msgid)), ())
            words = same_words.words(message.msgid) if alike else ""
            same = [stayer for stayer in alike if words and same_words.words(stayer.message.msgid) == words]
            if same:
                self._carry(message, min(same, key=self._standing).message, same_words)
                found.add(number)
        self.missing = [number for number in self.missing if number not in found]

    def _standing(self, stayer: Leaver) -> tuple[bool, bool, bool, str]:
        message = stayer.message
        return stayer.home != self.home, message.obsolete, message.fuzzy, message.msgid

    def nearest(self, numbers: Sequence[int], positions: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Each new text with the old one nearest to it; one old text for several only where there are too few."""
        pairs = sorted(
            (self._distance(number, position), number_order, position, number)
            for number_order, number in enumerate(numbers)
            for position in positions
        )
        left, free = set(numbers), set(positions)
        for again in (False, True):
            for _, _, position, number in pairs:
                if number in left and (again or position in free):
                    left.discard(number)
                    free.discard(position)
                    yield number, position

    def _distance(self, number: int, position: int) -> tuple[bool, bool, int, int, bool]:
        leaver, place = self.leaver(position), self.place(number)
        sides = place.sides(leaver.place)
        nth = abs(place.nth - leaver.place.nth) if sides else 0
        return leaver.home != self.home, leaver.message.obsolete, -sides, nth, leaver.message.fuzzy

    def _carry(self, message: Message, found: Message, same_words: SameWords) -> None:
        carried = same_words.carry(found.msgid, found.msgstr, message.msgid)
        if carried is None:
            make_stale(message, found)
            return
        message.msgstr, message.flags = carried, found.flags
        message.comments = taken_along(found, comments_with(found, message.msgid, carried))
        if found.fuzzy and not is_begun(found):
            message.previous, message.previous_ctxt = found.previous, found.previous_ctxt

    # Parts and wholes

    def take_parts(self, same_words: SameWords) -> None:
        """Offer the translation of a text that was divided for its parts, and those of texts that were joined."""
        past = self.past.words(same_words.words)
        new = [number for number in self.missing if self.messages[number].msgctxt is None]
        said = {number: said_in(same_words.words(self.messages[number].msgid)) for number in new}
        followers = find_followers([(0, self.place(number)) for number in new])
        follower = {new[one]: new[other] for one, other in followers.items()}
        gone: set[int] = set()
        for start in new:
            wholes = past.by_prefix.get(said[start][:PREFIX], ()) if said[start] else ()
            for position in self.candidates(start, wholes):
                leaver = self.leaver(position)
                between = (leaver.home, leaver.place.before, leaver.place.after)
                near = self.past.crowd[between] == 1 and self.is_near(start, position)
                numbers = _run(past.said[position], start, follower, said, near=near)
                if numbers and position not in self.taken and not gone & set(numbers):
                    self._divide(leaver.message, numbers, same_words)
                    self.taken.add(position)
                    gone.update(numbers)
                    break
        for number in new:
            sizes = range(1, 1 + min(PREFIX, len(said[number])))
            parts = [
                item for size in sizes for item in past.by_start.get(said[number][:size], ())[:_MOST_TRIED]
            ]
            for start in self.candidates(number, parts):
                if number in gone:
                    break
                place = self.place(number)
                near = self.crowd[place.before, place.after] == 1 and self.is_near(number, start)
                positions = _run(said[number], start, past.follower, past.said, near=near)
                if positions and not self.taken & set(positions):
                    leavers = [self.leaver(position) for position in positions]
                    self._join(self.messages[number], leavers, same_words)
                    self.taken.update(positions)
                    gone.add(number)
        self.missing = [number for number in self.missing if number not in gone]

    def candidates(self, number: int, alike: Sequence[int]) -> list[int]:
        """Old texts that begin like a new one, and those next to it; those of the same catalog first."""
        near = self.past.texts.neighbours(self.place(number), self.home)[:_MOST_NEAR]
        found = dict.fromkeys([*alike[:_MOST_TRIED], *near])
        return sorted(found, key=lambda position: self.leaver(position).home != self.home)

    def is_near(self, number: int, position: int) -> bool:
        """Whether a new text and an old one have the same two neighbours."""
        return self.place(number).sides(self.leaver(position).place) == 2  # noqa: PLR2004

    def _divide(self, old: Message, numbers: Sequence[int], same_words: SameWords) -> None:
        new = [self.messages[number] for number in numbers]
        parts = same_words.divide(old.msgid, old.msgstr, [message.msgid for message in new])
        for nth, message in enumerate(new):
            make_stale(message, old)
            note = f"{DIVIDED}part {nth + 1} of {len(new)}"
            if parts is None:
                note += ALL_PARTS
            else:
                message.msgstr = parts[nth]
            comments = taken_along(old, comments_behind(old, message.msgstr))
            message.comments = tuple(dict.fromkeys((*comments, note)))

    def _join(self, message: Message, leavers: Sequence[Leaver], same_words: SameWords) -> None:
        old = [leaver.message for leaver in leavers]
        make_stale(message, old[0])
        message.msgstr = same_words.join([found.msgstr for found in old], message.msgid)
        made_from = [(found.previous if found.fuzzy else None) or found.msgid for found in old]
        message.previous = same_words.join(made_from, message.msgid)
        machine_made = [is_machine_made(found) for found in old]
        comments = [taken_along(found, comments_behind(found, message.msgstr)) for found in old]
        if not all(machine_made):
            comments = [without_mark(some) for some in comments]
            if any(machine_made) or any(map(is_begun, old)):
                # In part nobody has vouched for it: it must not pass for one that was published.
                message.previous = message.previous_ctxt = None
        message.comments = tuple(dict.fromkeys(comment for some in comments for comment in some))
        note = f"{JOINED}the translations of {len(old)} texts"
        message.comments = tuple(dict.fromkeys((*comments_of(message), note)))

    # Similar words

    def take_similar(self, threshold: float) -> None:
        """Offer the translations of similar texts, as stale."""
        new = [
            Text(self.messages[number].msgid, self.place(number), kind_of(self.messages[number]), self.home)
            for number in self.missing
        ]
        chosen = match_texts(new, self.past.texts, threshold=threshold, taken=self.taken)
        for number, position in chosen.items():
            make_stale(self.messages[self.missing[number]], self.leaver(position).message)


Said = Mapping[int, tuple[str, ...]] | Sequence[tuple[str, ...]]


def _run(
    words: tuple[str, ...], start: int, follower: Mapping[int, int], said: Said, *, near: bool
) -> list[int]:
    """The texts from `start` on that together say what a text of these words says; nearly so if it stood at their place."""
    if len(words) < _LEAST_WORDS or start not in follower:
        return []
    return _exact_run(words, start, follower, said) or (
        _near_run(words, start, follower, said) if near else []
    )


def _exact_run(words: tuple[str, ...], start: int, follower: Mapping[int, int], said: Said) -> list[int]:
    run: list[int] = []
    position = 0
    item: int | None = start
    while item is not None and said[item] and words[position : position + len(said[item])] == said[item]:
        run.append(item)
        position += len(said[item])
        if position == len(words):
            return run if len(run) > 1 else []
        item = follower.get(item)
    return []


def _near_run(words: tuple[str, ...], start: int, follower: Mapping[int, int], said: Said) -> list[int]:
    """The longest run of texts whose words are much like these, and more so than those of the first alone."""
    from rapidfuzz.distance import Indel, LCSseq

    def is_part(item: int) -> bool:
        return LCSseq.similarity(said[item], words) >= _PART * len(said[item])

    run, together = [start], list(said[start])
    best: list[int] = []
    score = max(_MUCH_ALIKE, Indel.normalized_similarity(together, words))
    while is_part(run[-1]) and len(run) < _MOST_PARTS and run[-1] in follower:
        if not is_part(follower[run[-1]]):
            break
        run.append(follower[run[-1]])
        together += said[run[-1]]
        found = Indel.normalized_similarity(together, words)
        if found > score:
            score, best = found, list(run)
    return best
