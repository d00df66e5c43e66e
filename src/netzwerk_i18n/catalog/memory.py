"""Translations as memories exchange them: the pairs that people vouch for, to other tools and from them. Pure.

The memory of a locale is what its catalogs hold, obsolete entries included. Nothing fuzzy leaves it or enters it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from netzwerk_i18n.catalog.message import Catalog, Header, Key, Message
from netzwerk_i18n.catalog.update import translation_memory
from netzwerk_i18n.catalog.writer import format_catalog

COMPENDIUM_MARK = "A translation memory, written by netzwerk-i18n memory export."
"""The comment in the header by which an exported compendium is known."""

Memory = dict[Key, str]
"""The translations of one locale by (msgctxt, msgid)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation from a memory.

    Attributes:
        msgid: the text.
        msgstr: its translation.
        msgctxt: its context; None where the memory does not tell.
        changed: when it was last changed, in any form that sorts; empty where the memory does not tell.
    """

    msgid: str
    msgstr: str
    msgctxt: str | None = None
    changed: str = ""


def reviewed_translations(catalogs: Iterable[Catalog]) -> Memory:
    """What people vouch for in catalogs of one locale; messages with plural forms, which are other tools', aside."""
    return {
        key: message.msgstr
        for key, message in translation_memory(catalogs).items()
        if message.msgstr and message.msgid and not message.fuzzy and message.plural is None
    }


def newest(pairs: Iterable[Pair]) -> tuple[Memory, int]:
    """One translation for each key: the one changed last, the first of those; and how many keys had several."""
    chosen: dict[Key, Pair] = {}
    several: set[Key] = set()
    for pair in pairs:
        key = (pair.msgctxt, pair.msgid)
        known = chosen.setdefault(key, pair)
        if known.msgstr != pair.msgstr:
            several.add(key)
        if pair.changed > known.changed:
            chosen[key] = pair
    return {key: pair.msgstr for key, pair in chosen.items()}, len(several)


def format_compendium(memory: Mapping[Key, str], header: Header) -> tuple[bytes, list[Key]]:
    """A PO file of a memory for `msgmerge --compendium`, and the keys that it leaves out.

    Left out is what `msgfmt --check` refuses: a translation that begins or ends with a line break where its source
    does not, or the other way round.
    """
    left_out = [key for key, msgstr in memory.items() if _outer_breaks(key[1]) != _outer_breaks(msgstr)]
    refused = set(left_out)
    messages = tuple(
        Message(msgid, msgstr, msgctxt)
        for (msgctxt, msgid), msgstr in memory.items()
        if (msgctxt, msgid) not in refused
    )
    return format_catalog(Catalog(replace(header, comments=(COMPENDIUM_MARK,), flags=()), messages)), left_out


def _outer_breaks(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a memory a catalog takes.

    Attributes:
        exact: translations of untranslated messages.
        other_context: translations of untranslated messages that the memory has without their context.
        other_markup: for untranslated messages, what the memory has of the same words with other markup.
    """

    exact: dict[Key, str] = field(default_factory=dict)
    other_context: dict[Key, str] = field(default_factory=dict)
    other_markup: dict[Key, Pair] = field(default_factory=dict)


def fill_catalog(catalog: Catalog, fit: Fit, kept: Mapping[Key, str]) -> Catalog:
    """The catalog with translations from a memory; `catalog` is left as it is.

    A translation of the very message counts as reviewed. One without the message's context, or of a text with other
    markup, is stale, as it is where an update finds it: fuzzy, with the msgid it was made from.

    Args:
        catalog: the catalog.
        fit: what to fill in; a message that has a translation, fuzzy or not, is never touched.
        kept: translations of texts that stand on no page; they become obsolete messages.
    """
    messages: list[Message] = []
    for message in catalog.messages:
        key = message.key
        if message.has_translation or message.plural is not None:
            messages.append(message)
        elif key in fit.exact:
            flags = tuple(flag for flag in message.flags if flag != "fuzzy")
            messages.append(
                replace(message, msgstr=fit.exact[key], flags=flags, previous=None, previous_ctxt=None)
            )
        elif key in fit.other_context:
            messages.append(_stale(message, Pair(message.msgid, fit.other_context[key])))
        elif key in fit.other_markup:
            messages.append(_stale(message, fit.other_markup[key]))
        else:
            messages.append(message)
    messages += [
        Message(msgid, msgstr, msgctxt, obsolete=True)
        for (msgctxt, msgid), msgstr in kept.items()
        if catalog.get((msgctxt, msgid)) is None
    ]
    return Catalog(catalog.header, tuple(messages))


def _stale(message: Message, made_from: Pair) -> Message:
    flags = tuple(dict.fromkeys(("fuzzy", *message.flags)))
    return replace(
        message,
        msgstr=made_from.msgstr,
        flags=flags,
        previous=made_from.msgid,
        previous_ctxt=made_from.msgctxt,
    )
