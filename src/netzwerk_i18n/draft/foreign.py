"""Passages of a page that are not in its language: titles of petitions and books, which stay as they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


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


def has_language_model() -> bool:
    """Whether the library of the extra `langid` is there; without it small words alone tell languages apart."""
    raise NotImplementedError


def foreign_passages(
    text: str, source_locale: str, *, keep: Sequence[re.Pattern[str]] = (), detect: bool = True
) -> tuple[Passage, ...]:
    """The passages of `text` that stay as they are, in order; they do not overlap.

    Link texts and sentences are judged apart, from three words on.

    Args:
        text: a msgid.
        source_locale: the language of the pages.
        keep: the configuration's word (`[draft] keep`): a whole text, sentence or link text that one of these matches
            stays as it is, whatever its language.
        detect: False where `[draft] foreign = "translate"`: only `keep` counts then.
    """
    raise NotImplementedError
