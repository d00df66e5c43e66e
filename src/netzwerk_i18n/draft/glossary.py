"""The project's glossary: how terms are translated, and which names stay as they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from netzwerk_i18n.draft.masking import KeepWord


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the glossary.

    Attributes:
        source: the term in the source language.
        translations: by locale, the right translations, the preferred one first.
        keep: whether it is the same in every language.
        case: whether its case matters.
        line: its line in the file, from 1.
    """

    source: str
    translations: Mapping[str, tuple[str, ...]]
    keep: bool = False
    case: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, in the order of the file."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def parse(cls, text: str, *, file: str) -> "Glossary":
        """Read a `glossary.csv`: a header line, then a line a term.

        The first column is the source term; a column of a locale's name (`fr`, `pt_PT`) holds its translation, several
        of them parted by `|`; `keep` and `case` are yes or no. The delimiter is a comma, a semicolon or a tab. A byte
        order mark and lines that begin with `#` are passed over.

        Raises:
            ConfigError: with file and line, if it is no such table.
        """
        raise NotImplementedError

    def keep_words(self, locale: str) -> tuple[KeepWord, ...]:
        """What stays as it is in `locale`: for :func:`~netzwerk_i18n.draft.masking.mask`."""
        raise NotImplementedError

    def entries(self, locale: str) -> dict[str, str]:
        """From each term to its preferred translation in `locale`, for an engine with a glossary of its own."""
        raise NotImplementedError

    def check(self, source: str, translation: str, locale: str) -> tuple[str, ...]:
        """What the translation makes of the glossary's terms otherwise, a sentence each; empty where all is right."""
        raise NotImplementedError
