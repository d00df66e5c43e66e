"""Markup out of a text before an engine sees it, and back into the answer; what does not fit is refused with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from netzwerk_i18n.draft.styles import Style

KeepWord = str | re.Pattern[str]
"""A word to keep: a string stands for itself as a whole word, its case included; a pattern for what it finds."""


class MaskError(Exception):
    """A text that cannot be sent in a style, or an answer that cannot be trusted.

    Attributes:
        reason: why, a few words without a full stop and without any part of the text (it may go into a log).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Masked:
    """A text made ready for an engine.

    Attributes:
        source: the msgid.
        style: how its markup is written.
        form: the form of its segment.
        texts: what to send, each text a request of its own (or an element of a batch): first the message, or its
            runs in the style RUNS, then alternative texts and titles. Empty where nothing is left to translate.
    """

    source: str
    style: Style
    form: str
    texts: tuple[str, ...]


def mask(
    text: str,
    style: Style,
    *,
    form: str = "markdown",
    keep: Sequence[KeepWord] = (),
    kept: Sequence[tuple[int, int]] = (),
    labels: frozenset[str] = frozenset(),
) -> Masked:
    """Make a text ready for an engine.

    Args:
        text: the msgid.
        style: how to write its markup.
        form: the segment's form (`Segment.form`). `markdown` and `cell` are Markdown; `html` is the inside of an HTML
            block; all others are plain texts, in which no escape may be written.
        keep: words that stay as they are: :meth:`~netzwerk_i18n.draft.glossary.Glossary.keep_words`.
        kept: passages that stay as they are, as `(start, end)` in `text`: those of
            :func:`~netzwerk_i18n.draft.foreign.foreign_passages`.
        labels: the labels that the page defines for links: :func:`~netzwerk_i18n.checks.labels_of`.

    Raises:
        MaskError: if the text cannot be sent in this style; another style may do.
    """
    raise NotImplementedError


def unmask(masked: Masked, answers: Sequence[str]) -> str:
    """The translation with its markup, verified.

    Args:
        masked: what :func:`mask` gave.
        answers: the engine's answer to each of `masked.texts`.

    Raises:
        MaskError: if the markup did not come back whole; another style may do.
    """
    raise NotImplementedError


def verify(
    source: str, translation: str, *, form: str = "markdown", labels: frozenset[str] = frozenset()
) -> str | None:
    """Why the translation's markup is not its source's, found by parsing both again; None where it is.

    The caller still asks :func:`~netzwerk_i18n.checks.find_error`, which knows the place and the locale.
    """
    raise NotImplementedError
