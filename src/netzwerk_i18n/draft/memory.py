"""What people translated before: the first place where a draft is looked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from netzwerk_i18n.catalog import Message


class Origin(StrEnum):
    """The step of the chain that a memory's translation comes from; the engine's name in the draft's mark."""

    EXACT = "memory"
    OTHER_CONTEXT = "memory-context"
    NORMALIZED = "memory-normalized"


@dataclass(frozen=True, slots=True)
class Known:
    """A translation that fits.

    Attributes:
        msgstr: the translation, adapted and verified where the texts differ.
        origin: how it was found.
    """

    msgstr: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Similar:
    """A translation of a text that is like this one: for a comment, never for the msgstr.

    Attributes:
        msgid: the other text.
        msgstr: its translation.
        percent: how alike the texts are, from 80 to 100.
    """

    msgid: str
    msgstr: str
    percent: int

    def comment(self) -> str:
        """The translator comment that offers it."""
        raise NotImplementedError


class Memory:
    """The translations of one locale, prepared once and asked many times; safe to ask from several threads."""

    def __init__(self, messages: Iterable[Message], *, source_locale: str, locale: str) -> None:
        """Remember what is translated.

        Args:
            messages: the messages of all catalogs of the locale, obsolete ones too. Only those that a person has
                approved count: fuzzy ones are passed over.
            source_locale: the language of the pages.
            locale: that of the translations.
        """
        raise NotImplementedError

    def find(
        self,
        text: str,
        context: str | None = None,
        *,
        form: str = "markdown",
        labels: frozenset[str] = frozenset(),
    ) -> Known | None:
        """The translation of this text: in its context, in another, or of one that differs in markup, case or numbers."""
        raise NotImplementedError

    def similar(self, text: str, *, least: int = 80) -> Similar | None:
        """The most similar text that is at least `least` percent like this one; None where there is none."""
        raise NotImplementedError
