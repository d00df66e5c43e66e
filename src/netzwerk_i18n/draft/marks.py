"""Drafts as they are put into a message, and what tells a draft from a person's work."""

from datetime import datetime

from netzwerk_i18n.catalog import Mark, Message, State, is_machine_made, state_of, without_mark
from netzwerk_i18n.draft.memory import OFFER, Similar


def put_draft(message: Message, msgstr: str, *, engine: str, style: str, moment: datetime) -> None:
    """Make a translation the message's draft: fuzzy, with its mark in place of an older one.

    A stale message keeps its previous msgid (`#| msgid`).

    Args:
        message: a message without a translation of a person; it is changed in place.
        msgstr: the draft.
        engine: what it comes from: an engine's name, `memory`, `locale-data`, `same`.
        style: the style it was masked in, or `-`.
        moment: when; an aware datetime, of which the day is noted.

    Raises:
        ValueError: if the message is not fuzzy and has a translation: it is a person's.
    """
    if not message.fuzzy and message.has_translation:
        raise ValueError("a translation of a person is never replaced")
    mark = Mark.of(message.msgid, msgstr, engine=engine, date=f"{moment:%Y-%m-%d}", style=style)
    message.msgstr = msgstr
    message.comments = (*without_mark(message.comments), mark.comment())
    message.flags = tuple(dict.fromkeys(("fuzzy", *message.flags)))


def put_offer(message: Message, similar: Similar | None) -> None:
    """Offer a similar text's translation as a translator comment, in place of an older offer; None takes it away."""
    comments = tuple(comment for comment in message.comments if not comment.lstrip().startswith(OFFER))
    message.comments = comments if similar is None else (*comments, similar.comment())


def may_draft(message: Message, *, stale: bool) -> bool:
    """Whether a message may be given a draft: never over a person's work.

    Untranslated ones may, and a draft that no longer fits its text; stale ones where `stale` says so.
    """
    if message.obsolete or message.plural is not None:
        return False
    state = state_of(message)
    if state is State.UNTRANSLATED:
        return True
    if state is not State.STALE:
        return False
    return stale or is_machine_made(message)
