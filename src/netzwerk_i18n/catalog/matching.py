"""Which old text a new one was made from, so that its translation can be offered again.

Old texts are looked for among the messages that left, not among all: it is faster by an order of magnitude and finds
as many. A word index keeps it linear where thousands of texts change at once. Short texts are much alike by chance, and one
name is not another: they are matched by their neighbours, or where hardly a sign differs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from netzwerk_i18n.catalog.place import NOWHERE, Place
from netzwerk_i18n.catalog.stale import DEFAULT_THRESHOLD

SHORT_WORDS = 3
"""A text of fewer words matches only one that differs in case, punctuation and blanks, or stands at its place."""

_FULL_LENGTH = 8  # words from which the threshold holds as it is
_STEP = 0.03  # what each word below that adds to it
_UNLIKE_BELOW = 6  # words below which no word may be exchanged for another
_WHOLE = 4  # words that a short text must have kept all in all for names to have been added or taken away
_LIKE_WORDS = 0.85  # similarity at which two words are forms of one
_TIE = 0.03  # scores this near are decided by the neighbours
_SIDE = 0.1  # what each neighbour that stayed adds to a score
_SHARED = (1.0, 0.6, 0.5)  # the share of words that texts must have in common, by how many neighbours stayed
_SHORTLIST = 24  # candidates compared letter by letter for one text
_LIKELY = 400  # candidates whose lengths are compared for one text
_COMMON = 200  # a word in more candidates than this tells little
_MOST = 2000  # candidates looked at for one word
_LENGTH = 4000  # characters of a text that are compared; letter by letter is quadratic

_FIRST_UNSPACED = "\u0e00"
_WORD = re.compile(r"\w+")
_NOT_ALNUM = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A msgid with its place and what kind of text it is; `home` numbers its catalog."""

    msgid: str
    place: Place = NOWHERE
    kind: tuple[str, ...] = ()
    home: int = 0


@dataclass(frozen=True, slots=True)
class _Prepared:
    folded: str
    letters: str
    words: frozenset[str]
    count: int
    cased: tuple[str, ...]


_Pair = tuple[int, int, bool, bool, int, float, int, int]
"""What a new text and an old one that may be its past are sorted by, and last the numbers of both."""


class OldTexts:
    """The texts that left, made ready to be searched: once for all pages.

    Args:
        texts: the texts.
        others: where they stood in further catalogs, by their positions and the numbers of these catalogs.
    """

    def __init__(self, texts: Sequence[Text], others: Mapping[tuple[int, int], Place] | None = None) -> None:
        self.texts = texts
        self.others = others or {}
        self.prepared = [_prepare(text.msgid) for text in texts]
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_letters: dict[str, list[int]] = defaultdict(list)
        self.by_neighbour: dict[object, list[int]] = defaultdict(list)
        for position, (text, prepared) in enumerate(zip(texts, self.prepared, strict=True)):
            if prepared.letters:
                self.by_letters[prepared.letters].append(position)
            if prepared.count >= SHORT_WORDS:
                for word in prepared.words:
                    self.by_word[word].append(position)
            self._note_neighbours(position, text.place)
        for (position, _), place in self.others.items():
            self._note_neighbours(position, place)

    def _note_neighbours(self, position: int, place: Place) -> None:
        for side, key in (("before", place.before), ("after", place.after)):
            if key is not None and self.by_neighbour[side, key][-1:] != [position]:
                self.by_neighbour[side, key].append(position)

    def place(self, position: int, home: int) -> Place:
        """Where an old text stood, in the catalog of this number if it has it."""
        return self.others.get((position, home), self.texts[position].place)

    def is_own(self, position: int, home: int) -> bool:
        """Whether the catalog of this number has an old text."""
        return self.texts[position].home == home or (position, home) in self.others

    def neighbours(self, place: Place, home: int = 0) -> list[int]:
        """Old texts next to the same text as a new one, those nearest to its place first."""
        found = {
            position
            for side, key in (("before", place.before), ("after", place.after))
            for position in self.by_neighbour.get((side, key), ())[:_MOST]
        }
        return sorted(found, key=lambda position: (abs(self.place(position, home).nth - place.nth), position))


def match_texts(
    new: Sequence[Text],
    old: Sequence[Text] | OldTexts,
    *,
    threshold: float = DEFAULT_THRESHOLD,
    taken: Container[int] = (),
) -> dict[int, int]:
    """Pairs of positions, new to old; each old text is given once, the most similar pairs first.

    Texts between the same neighbours count as more similar, and may be shorter; of texts about equally similar those of
    the same kind win, then those of the same catalog, then those nearest. The old texts at the positions in `taken` are given to nobody.

    >>> match_texts([Text("Kanaan"), Text("Hallo, Welt!")], [Text("Kanada"), Text("Hallo Welt")])
    {1: 1}
    """
    past = old if isinstance(old, OldTexts) else OldTexts(old)
    if not new or not past.texts:
        return {}
    pairs: list[_Pair] = []
    for number, text in enumerate(new):
        prepared = _prepare(text.msgid)
        found = dict.fromkeys(past.by_letters.get(prepared.letters, ())[:_SHORTLIST], 1.0)
        if prepared.count >= SHORT_WORDS:
            found = _similar(prepared, past, threshold) | found
        for position in past.neighbours(text.place, text.home)[:_SHORTLIST]:
            if position not in found:
                sides = text.place.sides(past.place(position, text.home))
                score = _edited(prepared, past.prepared[position], sides)
                if score:
                    found[position] = score
        for position, score in found.items():
            if position in taken:
                continue
            place = past.place(position, text.home)
            sides = text.place.sides(place) if text.place is not NOWHERE else 0
            distance = abs(text.place.nth - place.nth) if sides else 0
            step = -int((score + _SIDE * sides) / _TIE)
            unlike, foreign = text.kind != past.texts[position].kind, not past.is_own(position, text.home)
            pairs.append((step, -sides, unlike, foreign, distance, -score, number, position))
    return _assign(pairs)


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of a script without blanks between words: Thai, Lao, Khmer, Burmese, kana, Han. Two count as a word."""
    return re.compile(
        r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
    )


@lru_cache(maxsize=65536)
def _prepare(msgid: str) -> _Prepared:
    folded = msgid[:_LENGTH].casefold()
    cased = tuple(_WORD.findall(msgid[:_LENGTH]))
    words = _WORD.findall(folded)
    unspaced = _unspaced().findall(folded) if folded and max(folded) >= _FIRST_UNSPACED else None
    if unspaced:
        words.extend(first + second for first, second in pairwise(unspaced))
        count = len(unspaced) // 2 + len(_WORD.findall(_unspaced().sub(" ", folded)))
    else:
        count = len(words)
    return _Prepared(folded, _NOT_ALNUM.sub("", folded), frozenset(words), count, cased)


def _similar(text: _Prepared, past: OldTexts, threshold: float) -> dict[int, float]:
    # RapidFuzz costs 20 ms; only a catalog that both gained and lost messages needs it.
    from rapidfuzz.distance import Indel

    shared: Counter[int] = Counter()
    index, old = past.by_word, past.prepared
    rarest_first = sorted(
        (word for word in text.words if word in index), key=lambda word: (len(index[word]), word)
    )
    for rank, word in enumerate(rarest_first):
        positions = index[word]
        if len(positions) > _COMMON and rank >= SHORT_WORDS:
            break
        shared.update(positions[:_MOST])
    # Of equally many shared words, the text of the most equal length first.
    size = len(text.folded)
    least = sorted(shared.values())[-_SHORTLIST:][0] if shared else 0
    likely = [position for position, number in shared.items() if number > least]
    likely += [position for position, number in shared.items() if number == least][:_LIKELY]
    shortlist = sorted(
        likely, key=lambda position: (-shared[position], abs(len(old[position].folded) - size), position)
    )
    scores: dict[int, float] = {}
    for position in shortlist[:_SHORTLIST]:
        other = old[position]
        needed = _needed(min(text.count, other.count), threshold)
        score = Indel.normalized_similarity(text.folded, other.folded, score_cutoff=needed)
        if score >= needed and (min(text.count, other.count) >= _UNLIKE_BELOW or _same_words(text, other)):
            scores[position] = score
    return scores


def _needed(words: int, threshold: float) -> float:
    return min(1.0, threshold + _STEP * max(0, _FULL_LENGTH - words))


def _same_words(one: _Prepared, other: _Prepared) -> bool:
    """Whether no word of a short text was exchanged for an unlike one: `Nordkorea` is not `Südkorea`."""
    from rapidfuzz.distance import Indel

    gone, come = one.words - other.words, other.words - one.words
    return not (gone and come) or all(
        any(Indel.normalized_similarity(word, new) >= _LIKE_WORDS and word.isalpha() for new in come)
        for word in gone
    )


def _edited(one: _Prepared, other: _Prepared, sides: int) -> float:
    """How alike two texts are that have neighbours in common, 0 where that is not enough to tell.

    Words count, not letters, and in a short text no name or number may differ: an author who writes another country
    between the same two has not edited the first.
    """
    from rapidfuzz.distance import LCSseq

    if not sides or not one.cased or not other.cased:
        return 0.0
    common = LCSseq.similarity(one.cased, other.cased)
    share = 2 * common / (len(one.cased) + len(other.cased))
    if share < _SHARED[sides] or common < 3 - sides:
        return 0.0
    if min(one.count, other.count) < _UNLIKE_BELOW:
        gone, come = Counter(one.cased) - Counter(other.cased), Counter(other.cased) - Counter(one.cased)
        cut = common >= _WHOLE and not (gone and come)  # words were only added, or only taken away
        if not cut and (_has_name(gone, one.cased) or _has_name(come, other.cased)):
            return 0.0
    return share


def _has_name(differing: Iterable[str], text: Sequence[str]) -> bool:
    """Whether one of the differing words of a text may be a name or a number: it does not begin with a small letter.

    The first word of a text with small letters is no name for that.
    """
    first = text[0] if any(word[0] != word[0].upper() for word in text[1:]) and text[0].isalpha() else ""
    return any(word[0] == word[0].upper() and word != first for word in differing)


def _assign(pairs: list[_Pair]) -> dict[int, int]:
    """Greedy, in steps of `_TIE`: within a step the nearest pair first, then the most similar."""
    chosen: dict[int, int] = {}
    used: set[int] = set()
    for *_, number, position in sorted(pairs):
        if number not in chosen and position not in used:
            chosen[number] = position
            used.add(position)
    return dict(sorted(chosen.items()))
