"""Stale translations: those that were made for another text, and how they are marked."""

from netzwerk_i18n.catalog.mark import comments_of, is_begun
from netzwerk_i18n.catalog.message import Message

DEFAULT_THRESHOLD = 0.7
"""Similarity (normalized Indel of the casefolded texts, 0 to 1) that a text of eight words or more must reach."""

DIVIDED = "divided text: "
"""How the translator comment begins that marks the translation of a text that was divided."""

JOINED = "joined texts: "
"""How the translator comment begins that marks the translations of texts that were joined."""


ALL_PARTS = "; this is the translation of all parts"
"""How that comment ends where each part has the translation of the whole text."""


def stands_for_all_parts(message: Message) -> bool:
    """Whether the translation is that of a whole text of which the message is a part."""
    return any(comment.startswith(DIVIDED) and comment.endswith(ALL_PARTS) for comment in message.comments)


def without_notes(comments: tuple[str, ...]) -> tuple[str, ...]:
    """The comments of a message but for those that mark its translation as that of a divided text or of joined ones."""
    return tuple(comment for comment in comments if not comment.startswith((DIVIDED, JOINED)))


def taken_along(found: Message, comments: tuple[str, ...]) -> tuple[str, ...]:
    """Comments of a message that go to another text with its translation: what it was divided from only while it is fuzzy.

    An editor that takes the fuzzy mark away leaves that comment, which the next update would take away.
    """
    return comments if found.fuzzy else without_notes(comments)


def make_stale(message: Message, found: Message) -> None:
    """Give `message` the translation of another text, as one that a person has to look at.

    One that a person has only begun needs review as before.
    """
    message.msgstr = found.msgstr
    message.comments = taken_along(found, comments_of(found))
    message.flags = tuple(dict.fromkeys(("fuzzy", *found.flags)))
    if is_begun(found):
        message.previous = message.previous_ctxt = None
    elif not found.fuzzy or found.previous is None:
        message.previous, message.previous_ctxt = found.msgid, found.msgctxt
    else:
        # The translation was stale already: what it was made from is older than the text it stood at.
        message.previous, message.previous_ctxt = found.previous, found.previous_ctxt
