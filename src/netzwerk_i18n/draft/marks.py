"""Drafts as they are put into a message, and taken out of it again."""

from datetime import datetime

from netzwerk_i18n.catalog import Message
from netzwerk_i18n.draft.memory import Similar


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
    raise NotImplementedError


def put_offer(message: Message, similar: Similar | None) -> None:
    """Offer a similar text's translation as a translator comment, in place of an older offer; None takes it away."""
    raise NotImplementedError


def may_draft(message: Message, *, stale: bool) -> bool:
    """Whether a message may be given a draft: never over a person's work.

    Untranslated ones may, and a draft that no longer fits its text; stale ones where `stale` says so.
    """
    raise NotImplementedError
