"""The mark of a machine draft, a translator comment, which every editor and msgmerge keep.

`# mt: google 2026-01-31 style=brackets src=0123456789ab out=ba9876543210`
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from netzwerk_i18n.catalog.message import Message

DRAFT_MARK = "mt: "
"""How the translator comment begins that marks a machine draft."""

_DIGITS = 12
_MARK = re.compile(
    rf"\s*mt: (?P<engine>\S+) (?P<date>\d{{4}}-\d\d-\d\d)(?: style=(?P<style>\S+))?"
    rf"(?: src=(?P<source>[0-9a-f]{{{_DIGITS}}}))?(?: out=(?P<out>[0-9a-f]{{{_DIGITS}}}))?\s*"
)


class Mark(NamedTuple):
    """Where a draft comes from.

    Attributes:
        engine: what made it: an engine's name, `memory`, `locale-data`.
        date: the day, `2026-01-31`.
        style: the style in which its markup was masked, or `-`.
        source: the digest of the msgid it was made from; empty in a mark that somebody else wrote.
        out: the digest of the draft; empty likewise.
    """

    engine: str
    date: str
    style: str
    source: str
    out: str

    @classmethod
    def of(cls, msgid: str, msgstr: str, *, engine: str, date: str, style: str = "-") -> "Mark":
        """The mark of a draft that has just been made."""
        return cls(_word(engine), date, _word(style), digest(msgid), digest(msgstr))

    def comment(self) -> str:
        """The translator comment, without its `# `.

        >>> Mark.of("Ja", "Oui", engine="google", date="2026-01-31", style="plain").comment()
        'mt: google 2026-01-31 style=plain src=cde9e58a9a4e out=0a90407639c4'
        """
        return f"{DRAFT_MARK}{self.engine} {self.date} style={self.style} src={self.source} out={self.out}"

    def fits_source(self, msgid: str) -> bool:
        """Whether the draft was made from this text; a mark without a digest is believed."""
        return not self.source or self.source == digest(msgid)

    def fits_draft(self, msgstr: str) -> bool:
        """Whether nobody has changed the draft since; a mark without a digest is believed."""
        return not self.out or self.out == digest(msgstr)


def digest(text: str) -> str:
    """What marks hold of a text: twelve hexadecimal digits of its SHA-256."""
    import hashlib  # only drafts need it

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def read_mark(comment: str) -> Mark | None:
    """The mark in a translator comment (without its `# `), or None where it is another comment.

    What begins like a mark and cannot be read further is one without digests: it still says that a machine was here.
    """
    if not comment.lstrip().startswith(DRAFT_MARK):
        return None
    found = _MARK.fullmatch(comment)
    if found is None:
        words = comment.split()
        return Mark(words[1] if len(words) > 1 else "", "", "-", "", "")
    return Mark(
        found["engine"], found["date"], found["style"] or "-", found["source"] or "", found["out"] or ""
    )


def mark_of(message: Message) -> Mark | None:
    """The mark of a message, or None: the last one, where there are several."""
    for comment in reversed(message.comments):
        if mark := read_mark(comment):
            return mark
    return None


def with_whole_marks(comments: Iterable[str]) -> tuple[str, ...]:
    """Comments in which a mark that a tool has wrapped stands on one line again; polib fills them to 78 columns.

    >>> with_whole_marks(["mt: libretranslate 2026-01-31 style=brackets src=0123456789ab", "out=ba9876543210"])
    ('mt: libretranslate 2026-01-31 style=brackets src=0123456789ab out=ba9876543210',)
    """
    whole: list[str] = []
    for comment in comments:
        if whole and comment.strip() and _MARK.fullmatch(f"{whole[-1]} {comment}"):
            whole[-1] += f" {comment}"
        else:
            whole.append(comment)
    return tuple(whole)


def is_machine_made(message: Message) -> bool:
    """Whether the translation is a machine's, which nobody has approved or changed."""
    mark = mark_of(message) if message.fuzzy and message.comments else None
    return mark is not None and mark.fits_draft(message.msgstr)


def is_taken_over(message: Message) -> bool:
    """Whether a person has taken over a machine's draft: approved it, or changed it."""
    return mark_of(message) is not None and message.has_translation and not is_machine_made(message)


def is_begun(message: Message) -> bool:
    """Whether a person has written a fuzzy translation, or changed a machine's, and nobody has vouched for it yet.

    It has no previous msgid, or loses it at the next update: it must not pass for one that was published.
    """
    if not message.fuzzy:
        return False
    mark = mark_of(message)
    return message.previous is None if mark is None else not mark.fits_draft(message.msgstr)


def without_mark(comments: tuple[str, ...]) -> tuple[str, ...]:
    """The comments of a message but for marks of drafts."""
    return tuple(comment for comment in comments if not comment.lstrip().startswith(DRAFT_MARK))


def _word(name: str) -> str:
    return re.sub(r"\s+", "-", name.strip()) or "-"


def comments_of(message: Message) -> tuple[str, ...]:
    """The comments of a message, without the mark of a draft that a person has taken over."""
    return without_mark(message.comments) if is_taken_over(message) else message.comments


def comments_behind(found: Message, msgstr: str) -> tuple[str, ...]:
    """The comments of a stale message whose translation was made of that of `found`: a draft's mark fits it, too."""
    mark = mark_of(found)
    if mark is None or not mark.out or not is_machine_made(found):
        return comments_of(found)
    return (*without_mark(found.comments), mark._replace(out=digest(msgstr)).comment())


def comments_with(found: Message, msgid: str, msgstr: str) -> tuple[str, ...]:
    """The comments of a message whose text and translation changed in markup alone; a draft's mark fits them again."""
    mark = mark_of(found)
    if mark is None or not mark.source or not is_machine_made(found):
        return comments_of(found)
    new = Mark.of(msgid, msgstr, engine=mark.engine, date=mark.date, style=mark.style)
    return (*without_mark(found.comments), new.comment())
