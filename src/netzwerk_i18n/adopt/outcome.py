"""What an import found and did: the words that its modules and its reports share."""

from dataclasses import dataclass, field
from enum import StrEnum

from netzwerk_i18n.catalog import Key
from netzwerk_i18n.errors import NetzwerkError


class Kind(StrEnum):
    """What became of a text."""

    FILLED = "filled"
    UNSURE = "unsure"
    DIFFERS = "differs"
    UNTRANSLATED = "untranslated"
    REFUSED = "refused"
    MISSING = "missing"
    EXTRA = "extra"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A translation that a page offers for a message.

    Attributes:
        key: the message.
        msgstr: the text on the localized page.
        line: its line there, counted from 1.
        doubt: why a person must look at it, or an empty string.
    """

    key: Key
    msgstr: str
    line: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of a text.

    Attributes:
        kind: what became of it.
        file: the page it stands on, relative to the root.
        line: its line there, counted from 1.
        text: the text.
        reason: more about it, or an empty string.
        msgid: the message, or empty where there is none.
    """

    kind: Kind
    file: str
    line: int
    text: str
    reason: str = ""
    msgid: str = ""


@dataclass(slots=True)
class PageImport:
    """One localized page as it was read.

    Attributes:
        locale: the locale's name.
        source: the source page's path.
        page: the localized page's path.
        catalog: the path of the catalog that it goes into.
        skipped: why nothing was taken from it, or an empty string.
        proposals: what it offers.
        notes: what there is to tell.
        filled: how many messages got a translation from it.
        known: how many messages had this translation already.
    """

    locale: str
    source: str
    page: str
    catalog: str
    skipped: str = ""
    proposals: tuple[Proposal, ...] = ()
    notes: list[Note] = field(default_factory=list)
    filled: int = 0
    known: int = 0

    def count(self, kind: Kind) -> int:
        """How many notes of a kind there are."""
        return sum(note.kind is kind for note in self.notes)


@dataclass(slots=True)
class Import:
    """What `import` did, or would do.

    Attributes:
        pages: the localized pages that were read, by locale and path.
        changed: catalogs (and templates) that were or would be written, relative to the root.
        absent: how many localized pages do not exist.
        generated: how many were written by this tool, and so hold nothing new.
        errors: what could not be read or written; the others were imported all the same.
    """

    pages: list[PageImport] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    absent: int = 0
    generated: int = 0
    errors: list[NetzwerkError] = field(default_factory=list)
