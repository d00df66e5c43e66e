"""The glossary: terms that are to be translated one way, and names that are to be kept."""

import re
from collections.abc import Iterator, Mapping, Sequence

from netzwerk_i18n.checks.finding import Problem
from netzwerk_i18n.checks.warnings.prose import HIDDEN, read_prose

_WORD = re.compile(r"\w+")
_SHORTEST_STEM = 4
_ENDING = 2


def find_glossary_problems(
    source: str, translation: str, glossary: Mapping[str, str | Sequence[str]]
) -> Iterator[Problem]:
    """A problem for each term of the source whose translation is not one that the glossary names.

    Args:
        source: the msgid.
        translation: the msgstr.
        glossary: from a term to its translation, or to several that are right. A term that stands for itself is a
            keep word: it must be in the translation letter by letter; others may be inflected.

    >>> terms = {"Petition": "pétition", "LeaveX": "LeaveX"}
    >>> [problem.message for problem in find_glossary_problems("Die Petition von LeaveX", "La requête de LeaveX", terms)]
    ["the glossary translates 'Petition' as 'pétition'"]
    """
    text = read_prose(source).text.replace(HIDDEN, "")
    own = translation
    lower_text, lower_own = text.casefold(), own.casefold()
    words: list[str] | None = None
    for term, entry in glossary.items():
        wanted = [entry] if isinstance(entry, str) else list(entry)
        if not term.strip() or not wanted:
            continue
        if wanted == [term]:
            if _contains(text, term) and term not in own:
                yield Problem(f"the glossary keeps {term!r} as it is")
            continue
        if not _contains(lower_text, term.casefold()) or any(each.casefold() in lower_own for each in wanted):
            continue
        words = _WORD.findall(lower_own) if words is None else words
        if not any(_inflected(each.casefold(), words) for each in wanted):
            yield Problem(f"the glossary translates {term!r} as {' or '.join(map(repr, wanted))}")


def _contains(text: str, term: str) -> bool:
    """Whether the term stands in the text as whole words."""
    position = text.find(term)
    while position >= 0:
        end = position + len(term)
        before, after = text[position - 1 : position], text[end : end + 1]
        if not (before.isalnum() and term[0].isalnum()) and not (after.isalnum() and term[-1].isalnum()):
            return True
        position = text.find(term, end)
    return False


def _inflected(term: str, words: list[str]) -> bool:
    """Whether each word of the term is there, its ending aside."""
    stems = [word[: max(len(word) - _ENDING, min(len(word), _SHORTEST_STEM))] for word in _WORD.findall(term)]
    return bool(stems) and all(any(word.startswith(stem) for word in words) for stem in stems)
