"""Where in a translation stands what stands at a place of its source: only where that is certain."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from netzwerk_i18n.page.marks import Mark, Marked, Span
from netzwerk_i18n.page.parts import around_colon, in_parentheses, in_quotes, lines, sentence_parts
from netzwerk_i18n.page.same_words import STOPS, is_letter, wording_of

POINTS = frozenset({"tag", "break", "url", "footnote", "region", "attributes"})
"""The kinds of marks that stand at one place and embrace nothing."""

WIDE_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LEAST_NAME = 3  # letters of one word that is the same in two languages for it to count as a name
_LEAST_LIKENESS = 5  # letters of a word that may be known by its likeness
_ALIKE = 0.8
_SOMEHOW_ALIKE = 0.6
_SIDE_BY_SIDE = 0.7  # the share of words that must look alike where whole texts are laid side by side


class UncertainError(Exception):
    """It cannot be told where a change belongs in the translation."""


class Locator:
    """Finds in the translation what stands at a place of the source."""

    def __init__(self, source: Marked, target: Marked, known: dict[Mark, Mark | None]) -> None:
        self.source, self.target = source, target
        self.known = known
        self.words, self.target_words = wording_of(source), wording_of(target)

    def span(self, mark: Mark) -> Span:
        """Where the words stand in the translation's plain text that `mark` embraces in the source."""
        start, end = mark.start, mark.end
        if self.letters(start) == self.letters(end):
            raise UncertainError
        found = (
            self.whole(start, end) or self.same_mark(mark) or self.phrase(start, end) or self.part(start, end)
        )
        if found is None or not self.target.plain[found[0] : found[1]].strip():
            raise UncertainError
        return found

    def letters(self, place: int) -> int:
        """How many letters of words stand before a place of the source's plain text."""
        return self.words.letters[place]

    def whole(self, start: int, end: int) -> Span | None:
        """The whole translation, where all words of the source are meant."""
        if self.letters(start) != 0 or self.letters(end) != self.words.letters[-1]:
            return None
        source, target = self.source.plain, self.target.plain
        found = self.fitted(start, end, (0, len(target)))
        core = core_of(source, start, end)
        if found is None or core is None:
            return None
        # Signs that only the translation has belong to the whole of it.
        left = found[0] if source[: core[0]].strip() else len(target) - len(target.lstrip())
        right = found[1] if source[core[1] :].strip() else len(target.rstrip())
        return left, right

    def fitted(self, start: int, end: int, area: Span) -> Span | None:
        """The area cut to its words, with those signs at its edges that the source has within `start` and `end`."""
        source, target = self.source.plain, self.target.plain
        inner = core_of(target, *area)
        if inner is None:
            return None
        first, last = core_of(source, start, end) or (start, end)
        before, after = source[start:first].strip(), source[last:end].strip()
        left, right = inner
        if before:
            left = next((p for p in range(area[0], inner[0]) if not target[p].isspace()), inner[0])
            if left == inner[0] and before[0] in STOPS:
                return None
        if after:
            limit = len(target)
            stop = inner[1]
            while stop < limit and not is_letter(target, stop) and not target[stop : stop + 1].isspace():
                stop += 1
            if (
                stop < limit
                and target[stop] in "\u00a0\u202f "
                and target[stop + 1 : stop + 2] in (":", "!", "?", "»")
            ):
                stop += 2
            signs = target[inner[1] : stop].strip()
            following = source[last:].strip()
            outside = source[end:]
            rest = (
                outside[: len(outside) - len(outside.lstrip())] == ""
                and outside[:1]
                and not is_letter(source, end)
            )
            if not signs:
                if after[-1] in STOPS:
                    return None
            elif rest and len(after) < len(following) and len(signs) != len(after):
                # Some signs stand within and some behind: the same number of them, or it is not certain.
                if len(signs) < len(after):
                    return None
                right = inner[1] + len(target[inner[1] : stop]) - len(signs) + len(after)
            else:
                right = stop
        return left, right

    def same_mark(self, mark: Mark) -> Span | None:
        """Where a mark around the very same words is known in the translation."""
        place = (self.letters(mark.start), self.letters(mark.end))
        for other, partner in self.known.items():
            if other.kind in POINTS or partner is None:
                continue
            if (self.letters(other.start), self.letters(other.end)) == place and partner.end > partner.start:
                return partner.start, partner.end
        return None

    def phrase(self, start: int, end: int) -> Span | None:
        """Where the very same words stand, if they are names or numbers and stand there once."""
        numbers = [n for n, (a, b) in enumerate(self.words.places) if a >= start and b <= end]
        first, last = (
            (self.words.places[numbers[0]][0], self.words.places[numbers[-1]][1]) if numbers else (0, 0)
        )
        if (
            not numbers
            or self.letters(first) != self.letters(start)
            or self.letters(last) != self.letters(end)
        ):
            return None
        there = self.same_words(numbers) or self.alike_words(numbers) or self.side_by_side(numbers)
        return None if there is None else self.fitted(start, end, there)

    def same_words(self, numbers: Sequence[int]) -> Span | None:
        """Where the very same words stand, if both texts have them once."""
        words, places = self.words.words, self.target_words.places
        phrase = words[numbers[0] : numbers[-1] + 1]
        here, there = _once(phrase, words), _once(phrase, self.target_words.words)
        if here is None or there is None or not self.is_name(phrase, here, there):
            return None
        first, last = self.words.places[numbers[0]][0], self.words.places[numbers[-1]][1]
        found = (places[there][0], places[there + len(phrase) - 1][1])
        alike = _bare(self.target.plain[slice(*found)]) == _bare(self.source.plain[first:last])
        return found if alike else None

    def alike_words(self, numbers: Sequence[int]) -> Span | None:
        """Where words stand that each look like one of these (`Petition`, `pétition`) and like no other."""
        found = [self.alike(self.words.words[number]) for number in numbers]
        if None in (found[0], found[-1]) or sum(n is None for n in found) > len(found) // 2:
            return None
        known = [number for number in found if number is not None]
        if max(known) - min(known) >= len(numbers) + 1 or len(set(known)) != len(known):
            return None
        if max(known) - min(known) + 1 > len(known) and known != sorted(known):
            return None
        places = self.target_words.places
        return places[min(known)][0], places[max(known)][1]

    def side_by_side(self, numbers: Sequence[int]) -> Span | None:
        """Where the words of the same numbers stand, if the languages are so near that all words stand side by side."""
        mine, others = self.words.words, self.target_words.words
        if len(mine) != len(others):
            return None
        near = [
            _likeness(_unaccented(one), other) >= _SOMEHOW_ALIKE
            for one, other in zip(mine, others, strict=True)
        ]
        if sum(near) < _SIDE_BY_SIDE * len(near) or not (near[numbers[0]] and near[numbers[-1]]):
            return None
        places = self.target_words.places
        return places[numbers[0]][0], places[numbers[-1]][1]

    def alike(self, word: str) -> int | None:
        """The number of the only word of the translation that looks like `word`, which looks like no other."""
        plain = _unaccented(word)
        if len(plain) < _LEAST_LIKENESS:
            return None
        near = [
            n for n, other in enumerate(self.target_words.words) if _likeness(plain, other) >= _SOMEHOW_ALIKE
        ]
        if len(near) != 1:
            return None
        target = _unaccented(self.target_words.words[near[0]])
        rivals = [other for other in self.words.words if _likeness(target, other) >= _SOMEHOW_ALIKE]
        return near[0] if len(rivals) == 1 and _likeness(plain, target) >= _ALIKE else None

    def is_name(self, phrase: Sequence[str], here: int, there: int) -> bool:
        """Whether words that both languages have can hardly be two words that look alike."""
        text = self.source.plain[self.words.places[here][0] : self.words.places[here + len(phrase) - 1][1]]
        if any(c.isdigit() or c in "#@" for c in text):
            return True
        if len(phrase) > 1 and not any(map(str.isspace, text)):
            return True  # config.toml, and/or
        letters = sum(map(len, phrase))
        if letters < _LEAST_NAME and not (phrase[0].isupper() and letters > 1):
            return False
        if not any(word[:1] != word[:1].lower() for word in phrase):
            return False
        if len(phrase) > 1:
            return True
        return _begins_sentence(self.source.plain, self.words.places[here][0]) or not _begins_sentence(
            self.target.plain, self.target_words.places[there][0]
        )

    def part(self, start: int, end: int) -> Span | None:
        """Where the same parts of the text stand: its lines, its sentences, what is in parentheses or before a colon."""
        here = core_of(self.source.plain, start, end)
        if here is None:
            return None
        for divide in (lines, sentence_parts, around_colon, in_parentheses, in_quotes):
            mine, others = divide(self.source), divide(self.target)
            if len(mine) != len(others) or not mine:
                continue
            for first, last in combinations(range(len(mine) + 1), 2):
                core = core_of(self.source.plain, mine[first][0], mine[last - 1][1])
                if core == here:
                    return self.fitted(start, end, (others[first][0], others[last - 1][1]))
        return None

    def point(self, mark: Mark, text: str) -> tuple[int, int, str]:
        """The place of a mark that stands at one place: the part of the raw translation that `text` replaces."""
        raw, source = self.target.raw, self.source.raw
        before, after = source[: mark.opener[0]], source[mark.opener[1] :]
        if mark.kind == "break":
            return self.line_break(mark)
        neighbour = next(
            (m for m in self.known if m.opener[1] <= mark.opener[0] == (m.closer[1] or m.opener[1])), None
        )
        if neighbour is not None:
            partner = self.known[neighbour]
            if partner is None:
                raise UncertainError
            return partner.closer[1], partner.closer[1], text
        if mark.kind == "attributes":
            raise UncertainError
        count = self.letters(mark.start)
        if not after.strip():
            gap = before[len(before.rstrip()) :]
            return len(raw.rstrip()), len(raw), gap + text
        if not before.strip():
            gap = after[: len(after) - len(after.lstrip())]
            return 0, len(raw) - len(raw.lstrip()), text + gap
        place = self.boundary(mark, count)
        left = " " if before[-1:].isspace() else ""
        right = " " if after[:1].isspace() else ""
        if place < len(raw) and raw[place].isspace() and left:
            return place, place, left + text
        if left and not right and place < len(raw):
            raise UncertainError
        return place, place, left + text

    def boundary(self, mark: Mark, count: int) -> int:
        """Where in the raw translation the word ends, or the sentence, behind which `mark` stands."""
        plain = self.source.plain
        core_end = next((p for p in range(mark.start, 0, -1) if is_letter(plain, p - 1)), 0)
        signs = plain[core_end : mark.start].strip()
        if count == self.words.letters[-1]:
            inner = core_of(self.target.plain, 0, len(self.target.plain))
            if inner is None:
                raise UncertainError
            return outer_range(self.target, *inner)[1] if not signs else self._behind_signs(inner[1])
        for divide in (lines, sentence_parts):
            mine, others = divide(self.source), divide(self.target)
            if len(mine) == len(others) > 1:
                for one, other in zip(mine, others, strict=True):
                    if self.letters(one[1]) == count:
                        inner = core_of(self.target.plain, *other)
                        if inner is None:
                            raise UncertainError
                        return (
                            outer_range(self.target, *inner)[1] if not signs else self._behind_signs(inner[1])
                        )
        if signs:
            raise UncertainError
        number = next((n for n, (_, b) in enumerate(self.words.places) if b == core_end), None)
        if number is not None:
            found = self.phrase(self.words.places[number][0], core_end)
            if found is not None:
                return outer_range(self.target, *found)[1]
        raise UncertainError

    def _behind_signs(self, end: int) -> int:
        plain = self.target.plain
        while end < len(plain) and not is_letter(plain, end) and not plain[end].isspace():
            end += 1
        return outer_range(self.target, max(0, end - 1), end)[1] if end else 0

    def line_break(self, mark: Mark) -> tuple[int, int, str]:
        """The blank between two parts of the translation that answer to those of the source."""
        count = self.letters(mark.start)
        for divide in (sentence_parts, around_colon):
            mine, others = divide(self.source), divide(self.target)
            if len(mine) != len(others) or len(mine) < 2:  # noqa: PLR2004 - a part alone has no border
                continue
            for (_, border), (_, there) in zip(mine[:-1], others[:-1], strict=True):
                if self.letters(border) == count:
                    return self.blank_at(there)
        for other, partner in self.known.items():
            if partner is not None and (other.closer[1] or other.opener[1]) in (
                mark.opener[0],
                mark.opener[0] - 1,
            ):
                return self._blank_in(partner.closer[1])
        before = [n for n, (_, end) in enumerate(self.words.places) if end <= mark.start]
        if before and before[-1] + 1 < len(self.words.places):
            ahead, follows = self.words.places[before[-1]], self.words.places[before[-1] + 1]
            found, behind = self.phrase(*ahead), self.phrase(*follows)
            if found and behind and not any(map(str.isalnum, self.target.plain[found[1] : behind[0]])):
                return self.blank_at(found[1])
        raise UncertainError

    def blank_at(self, place: int) -> tuple[int, int, str]:
        """A line break in the place of the blanks behind the signs at a place of the translation's plain text."""
        plain = self.target.plain
        while place < len(plain) and not plain[place].isspace() and not is_letter(plain, place):
            place += 1
        if place >= len(plain) or place == 0:
            raise UncertainError
        return self._blank_in(
            self.target.starts[place] if plain[place].isspace() else self.target.ends[place - 1]
        )

    def _blank_in(self, start: int) -> tuple[int, int, str]:
        raw = self.target.raw
        end = start
        while end < len(raw) and raw[end] in " \u00a0\u202f\t":
            end += 1
        wide = WIDE_SCRIPT.match(raw[start - 1 : start]) or raw[start - 1 : start] in "。！？」"
        if start == 0 or end >= len(raw) or (end == start and not wide):
            raise UncertainError
        return start, end, "\n"


def core_of(text: str, start: int, end: int) -> Span | None:
    """The range without blanks and signs at its edges."""
    while start < end and not is_letter(text, start):
        start += 1
    while start < end and not is_letter(text, end - 1):
        end -= 1
    return (start, end) if start < end else None


def _unaccented(word: str) -> str:
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))


def _likeness(word: str, other: str) -> float:
    other = _unaccented(other)
    if word == other:
        return 1.0
    if len(other) >= _LEAST_LIKENESS and (word.startswith(other) or other.startswith(word)):
        return 1.0
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _bare(text: str) -> str:
    return "".join(text.split())


def _once(phrase: Sequence[str], words: Sequence[str]) -> int | None:
    size = len(phrase)
    found = [n for n in range(len(words) - size + 1) if tuple(words[n : n + size]) == tuple(phrase)]
    return found[0] if len(found) == 1 else None


def _begins_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \"'„“»«(¿¡\u00a0\u202f")
    return not before or before[-1] in ".!?:。！？…"


def outer_range(marked: Marked, start: int, end: int) -> Span:
    """The range of the raw text for a range of the plain one, with the marks that lie in it taken along whole."""
    left, right = marked.starts[start], marked.ends[end - 1]
    for mark in marked.marks:
        if mark.kind in POINTS:
            continue
        inside = start <= mark.start and mark.end <= end and mark.start < mark.end
        if inside:
            left, right = min(left, mark.opener[0]), max(right, mark.closer[1])
        elif mark.start < end and start < mark.end and not (mark.start <= start and end <= mark.end):
            raise UncertainError
    return left, right
