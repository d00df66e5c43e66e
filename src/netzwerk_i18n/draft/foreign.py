"""Passages of a page that are not in its language: titles of petitions and books, which stay as they are.

Single words cannot be told, so link texts and sentences are judged apart and from three words on. The library of the
extra `langid` judges with the small model that it brings along; nothing is ever downloaded. Where it is not installed, small
words alone tell languages apart: they find whole sentences, and few titles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from netzwerk_i18n.checks.warnings.languages import (
    STOP_WORDS,
    count_letters,
    count_stop_words,
    read_locale,
    same_language,
)
from netzwerk_i18n.checks.warnings.prose import WORD
from netzwerk_i18n.checks.warnings.wrong_language import language_detector
from netzwerk_i18n.draft.asides import find_asides
from netzwerk_i18n.draft.inline import Inline, UnreadableError, is_plain, read_inline, used_labels
from netzwerk_i18n.draft.locale_data import translate_trailing

_FEWEST_WORDS = 3
_FEWEST_LETTERS = 10
_SURE = 0.5
_VERY_SURE = 0.8
_SHORT = 5
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”“»«)\]]*\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"'„“«¿¡])|\n+")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPTS = ("Latn", "Cyrl", "Grek", "Hebr", "Arab", "Deva", "Thai", "Jpan", "Hang", "Armn", "Geor")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in another language.

    Attributes:
        start: where it begins in the text, counted in characters.
        end: where it ends.
        language: what it seems to be written in (`en`), or an empty string where only the configuration says so.
        whole: whether it is all there is to translate in the text, so that the msgid can be the msgstr.
    """

    start: int
    end: int
    language: str
    whole: bool


def foreign_passages(
    text: str, source_locale: str, *, keep: Sequence[re.Pattern[str]] = (), detect: bool = True
) -> tuple[Passage, ...]:
    """The passages of `text` that stay as they are, in order; they do not overlap.

    Link texts and sentences are judged apart, from three words on. A country in parentheses at the end is no part of any.

    Args:
        text: a msgid.
        source_locale: the language of the pages.
        keep: the configuration's word (`[draft] keep`): a whole text, sentence or link text that one of these matches
            stays as it is, whatever its language.
        detect: False where `[draft] foreign = "translate"`: only `keep` counts then.

    >>> text = "Der Brief [An Open Letter to All European Politicians](/b) liegt vor."
    >>> [text[p.start : p.end] for p in foreign_passages(text, "de")]
    ['An Open Letter to All European Politicians']
    """
    try:
        inline = Inline(text, (), ()) if is_plain(text) else read_inline(text, "markdown", used_labels(text))
    except UnreadableError:
        return ()
    words = _words_of(inline)
    if any(pattern.fullmatch(text) for pattern in keep):
        return (Passage(0, len(text), "", whole=True),)
    tail = translate_trailing(text, source_locale, source_locale)
    end_of_all = len(text[: tail.start].rstrip()) if tail else len(text)
    links = list(_links(inline))
    found: list[tuple[int, int, str]] = []
    for start, end in (*links, *_sentences(words, links, end_of_all)):
        language = _language(text, words, start, end, source_locale, keep, found, detect=detect)
        if language is not None:
            found = [one for one in found if not (start <= one[0] and one[1] <= end)]
            found.append((start, end, language))
    found.sort()
    rest = words
    for start, end, _ in found:
        rest = rest[:start] + "\0" * (end - start) + rest[end:]
    whole = not _LETTER.search(rest) and not any(find_asides(inline, "markdown"))
    return tuple(Passage(start, end, language, whole) for start, end, language in found)


def _language(
    text: str,
    words: str,
    start: int,
    end: int,
    source_locale: str,
    keep: Sequence[re.Pattern[str]],
    found: Sequence[tuple[int, int, str]],
    *,
    detect: bool,
) -> str | None:
    """The other language of a part of the text, an empty string where the configuration keeps it, or None."""
    if any(pattern.fullmatch(text[start:end]) for pattern in keep):
        return ""
    if not detect:
        return None
    part = words[start:end]
    for first, behind, _ in found:
        if start <= first and behind <= end:
            part = part[: first - start] + " " * (behind - first) + part[behind - start :]
    return language_of(" ".join(part.replace("\0", " ").split()), source_locale)


@lru_cache(maxsize=4096)
def language_of(words: str, source_locale: str) -> str | None:
    """The language of some words where it is clearly not the source's; None where it is, or where nobody can tell.

    >>> language_of("An Open Letter to All European Politicians", "de")
    'en'
    >>> language_of("Ein offener Brief an alle", "de") is None
    True
    """
    own = read_locale(source_locale)
    each = [word.casefold() for word in WORD.findall(words)]
    if own.script:
        other = _other_script(words, own.script)
        if other is not None:
            return other
    if len(each) < _FEWEST_WORDS:
        return None
    scores, seen = count_stop_words(each)
    mine = scores[own.language]
    rival = _rival(each, own.language)
    detect = language_detector()
    if detect is None:
        return rival
    language, sureness = detect(words)
    if not language or same_language(language, own.language):
        return None
    telling = len(seen.get(language, set()) - STOP_WORDS.get(own.language, frozenset()))
    needed = _SURE if telling > mine else _VERY_SURE
    if mine > telling or (mine == telling and mine > 1) or sureness < needed:
        return None
    if len(each) < _SHORT and not telling and not words.isascii():
        return None
    return language


def _rival(words: list[str], own: str) -> str | None:
    """The language whose small words the text is full of, while it has next to none of its page's language."""
    if own not in STOP_WORDS:
        return None
    scores, seen = count_stop_words(words)
    mine = scores[own]
    rivals = [
        language
        for language, score in scores.items()
        if not same_language(language, own)
        and score >= 2 * mine + 2
        and score * 5 >= len(words)
        and sum(len(word) > 1 for word in seen[language] - STOP_WORDS[own]) >= 2  # noqa: PLR2004
    ]
    return min(rivals, key=lambda language: (-scores[language], language)) if rivals else None


def _other_script(words: str, own: str) -> str | None:
    """An empty name for a text in other letters than the page's, of which it has none."""
    if count_letters(words, own):
        return None
    others = sum(count_letters(words, script) for script in _OTHER_SCRIPTS if script != own)
    return "" if others >= _FEWEST_LETTERS and own == "Latn" else None


def _words_of(inline: Inline) -> str:
    """The text with NUL for each character of markup and of what is no prose: places stay as they are."""
    if not inline.marks:
        return inline.text
    parts: list[str] = []
    position = 0
    for mark in inline.marks:
        parts += (inline.text[position : mark.start], "\0" * (mark.end - mark.start))
        position = mark.end
    return "".join([*parts, inline.text[position:]])


def _links(inline: Inline) -> Iterator[tuple[int, int]]:
    """Where the texts of links stand."""
    for number, mark in enumerate(inline.marks):
        if mark.kind == "link" and mark.role == "open" and mark.partner > number:
            yield mark.end, inline.marks[mark.partner].start


def _sentences(words: str, links: Sequence[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences stand, by the punctuation outside of markup and links."""
    for first, behind in links:
        words = words[:first] + "\0" * (behind - first) + words[behind:]
    start = 0
    for match in _SENTENCE_END.finditer(words, 0, end):
        yield start, match.start()
        start = match.end()
    yield start, end
