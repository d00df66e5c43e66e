"""Which old text a new one was made from, so that its translation can be offered again.

Old texts are looked for among the messages that left, not among all: it is faster by an order of magnitude and finds
as many. A word index keeps it linear where thousands of texts change at once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

DEFAULT_THRESHOLD = 0.7
"""Similarity (normalized Indel of the casefolded texts, 0 to 1) that a text of eight words or more must reach."""

SHORT_WORDS = 3
"""A text of fewer words matches only one that differs in case, punctuation and blanks."""

_FULL_LENGTH = 8  # words from which the threshold holds as it is
_STEP = 0.03  # what each word below that adds to it
_UNLIKE_BELOW = 6  # words below which no word may be exchanged for another
_LIKE_WORDS = 0.85  # similarity at which two words are forms of one
_TIE = 0.03  # scores this near are decided by the neighbours
_SHORTLIST = 24  # candidates compared letter by letter for one text
_COMMON = 200  # a word in more candidates than this tells little
_MOST = 2000  # candidates looked at for one word
_LENGTH = 4000  # characters of a text that are compared; letter by letter is quadratic

# Scripts without blanks between words: Thai, Lao, Khmer, Burmese, kana, Han. Two letters count as a word.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
_WORD = re.compile(r"\w+")
_NOT_ALNUM = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A msgid with its place: the position of a candidate in the old catalog, or where a new one would have been."""

    msgid: str
    place: float | None = None


@dataclass(frozen=True, slots=True)
class _Prepared:
    folded: str
    letters: str
    words: frozenset[str]
    count: int


def match_texts(
    new: Sequence[Text], old: Sequence[Text], *, threshold: float = DEFAULT_THRESHOLD
) -> dict[int, int]:
    """Pairs of positions, new to old; each old text is given once, the most similar pairs first.

    Among texts that are about equally similar the one nearest to the new text's neighbours wins.

    >>> match_texts([Text("Kanaan"), Text("Hallo, Welt!")], [Text("Kanada"), Text("Hallo Welt")])
    {1: 1}
    """
    if not new or not old:
        return {}
    old_prepared = [_prepare(text.msgid) for text in old]
    index = _word_index(old_prepared)
    by_letters: dict[str, list[int]] = defaultdict(list)
    for position, prepared in enumerate(old_prepared):
        if prepared.letters:
            by_letters[prepared.letters].append(position)
    pairs: list[tuple[float, float, int, int]] = []
    for number, text in enumerate(new):
        prepared = _prepare(text.msgid)
        found = dict.fromkeys(by_letters.get(prepared.letters, ())[:_SHORTLIST], 1.0)
        if prepared.count >= SHORT_WORDS:
            found = _similar(prepared, old_prepared, index, threshold) | found
        pairs.extend(
            (score, _distance(text, old[position]), number, position) for position, score in found.items()
        )
    return _assign(pairs)


def _prepare(msgid: str) -> _Prepared:
    folded = msgid[:_LENGTH].casefold()
    words = _WORD.findall(folded)
    unspaced = _UNSPACED.findall(folded)
    if unspaced:
        words.extend(first + second for first, second in pairwise(unspaced))
        count = len(unspaced) // 2 + len(_WORD.findall(_UNSPACED.sub(" ", folded)))
    else:
        count = len(words)
    return _Prepared(folded, _NOT_ALNUM.sub("", folded), frozenset(words), count)


def _word_index(prepared: Sequence[_Prepared]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(prepared):
        if text.count >= SHORT_WORDS:
            for word in text.words:
                index[word].append(position)
    return index


def _similar(
    text: _Prepared, old: Sequence[_Prepared], index: dict[str, list[int]], threshold: float
) -> dict[int, float]:
    # RapidFuzz costs 20 ms; only a catalog that both gained and lost messages needs it.
    from rapidfuzz.distance import Indel

    shared: Counter[int] = Counter()
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
    shortlist = sorted(
        shared, key=lambda position: (-shared[position], abs(len(old[position].folded) - size), position)
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


def _distance(new: Text, old: Text) -> float:
    if new.place is None or old.place is None:
        return float("inf")
    return abs(new.place - old.place)


def _assign(pairs: list[tuple[float, float, int, int]]) -> dict[int, int]:
    """Greedy, in steps of `_TIE`: within a step the nearest pair first, then the most similar."""
    pairs.sort(key=lambda pair: (-int(pair[0] / _TIE), pair[1], -pair[0], pair[2], pair[3]))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, position in pairs:
        if number not in taken and position not in used:
            taken[number] = position
            used.add(position)
    return dict(sorted(taken.items()))
