"""Stale translations: those that were made for another text, and how they are marked."""

from netzwerk_i18n.catalog.mark import comments_of
from netzwerk_i18n.catalog.message import Message

DEFAULT_THRESHOLD = 0.7
"""Similarity (normalized Indel of the casefolded texts, 0 to 1) that a text of eight words or more must reach."""

DIVIDED = "divided text: "
"""How the translator comment begins that marks the translation of a text that was divided."""

JOINED = "joined texts: "
"""How the translator comment begins that marks the translations of texts that were joined."""


def without_notes(comments: tuple[str, ...]) -> tuple[str, ...]:
    """The comments of a message but for those that mark its translation as that of a divided text or of joined ones."""
    return tuple(comment for comment in comments if not comment.startswith((DIVIDED, JOINED)))


def make_stale(message: Message, found: Message) -> None:
    """Give `message` the translation of another text, as one that a person has to look at."""
    message.msgstr = found.msgstr
    message.comments = comments_of(found)
    message.flags = tuple(dict.fromkeys(("fuzzy", *found.flags)))
    if found.fuzzy and found.previous is not None:
        # The translation was stale already: what it was made from is older than the text it stood at.
        message.previous, message.previous_ctxt = found.previous, found.previous_ctxt
    else:
        message.previous, message.previous_ctxt = found.msgid, found.msgctxt
