"""The state of a message, as its catalog tells it. Whether it is broken, its place on the page decides."""

from enum import StrEnum

from netzwerk_i18n.catalog.mark import is_begun, mark_of
from netzwerk_i18n.catalog.message import Message


class State(StrEnum):
    """What becomes of a message when its page is built."""

    TRANSLATED = "translated"
    DRAFT = "draft"
    STALE = "stale"
    NEEDS_REVIEW = "needs_review"
    UNTRANSLATED = "untranslated"
    BROKEN = "broken"


def state_of(message: Message | None) -> State:
    """The state of a message that stands in the template; None is one that the catalog does not have.

    An obsolete entry counts as untranslated: it is never published, even where its text is back on a page and
    the catalog was not updated yet. A draft that somebody has changed needs review, whatever text
    it was made from; one that was made from another text is stale.
    """
    if message is None or message.obsolete or not message.msgstr.strip():
        return State.UNTRANSLATED
    if not message.fuzzy:
        return State.TRANSLATED
    if is_begun(message):
        return State.NEEDS_REVIEW
    mark = mark_of(message)
    if mark is None or not mark.fits_source(message.msgid):
        return State.STALE
    # A mark without a digest is believed where nothing says that the text has changed.
    return State.DRAFT if mark.source or message.previous is None else State.STALE
