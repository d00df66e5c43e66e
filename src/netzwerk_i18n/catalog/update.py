"""Templates from pages, catalogs from templates. Pure: nothing is read, written or changed in place.

No translation is ever lost: where its text left the pages it becomes obsolete, and comes back with it. An entry without
one goes with its text, as no tool of gettext keeps it. Only a change of words makes a translation stale:
:mod:`netzwerk_i18n.catalog.follow` finds what a new text was before.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from netzwerk_i18n.catalog.header import (
    complete_fields,
    format_date,
    in_field_order,
    new_catalog_header,
    plural_forms,
)
from netzwerk_i18n.catalog.mark import is_machine_made, is_taken_over, without_mark
from netzwerk_i18n.catalog.message import Catalog, Header, Key, Message
from netzwerk_i18n.catalog.stale import DEFAULT_THRESHOLD, DIVIDED, JOINED, make_stale, without_notes
from netzwerk_i18n.catalog.syntax import FORBIDDEN
from netzwerk_i18n.errors import CatalogError

if TYPE_CHECKING:
    from netzwerk_i18n.catalog.follow import SameWords
    from netzwerk_i18n.catalog.past import Past


class Entry(NamedTuple):
    """What a page tells of one text; its neighbours are the entries before and after it.

    Attributes:
        msgid: the text.
        msgctxt: its context, or None.
        references: where it stands, `path` or `path:line`.
        extracted: notes for the translator.
    """

    msgid: str
    msgctxt: str | None = None
    references: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()


def build_template(entries: Iterable[Entry], old: Catalog | None = None, *, header: Header) -> Catalog:
    """A template: every (msgctxt, msgid) once, where it first occurs, with all its references and notes.

    Args:
        entries: the texts of all pages, in reading order.
        old: the template as it was.
        header: see :func:`~netzwerk_i18n.catalog.header.new_template_header`; its date counts only where the set of
            messages has changed, and fields it lacks are kept from `old`.

    Raises:
        CatalogError: for a text that no PO file can carry, with its first reference as the file.
    """
    first: dict[Key, Entry] = {}
    repeated: dict[Key, list[Entry]] = {}
    for entry in entries:
        key = (entry.msgctxt, entry.msgid)
        if first.setdefault(key, entry) is not entry:
            repeated.setdefault(key, [first[key]]).append(entry)
    messages: list[Message] = []
    for key, entry in first.items():
        _require_storable(entry)
        places, notes = entry.references, entry.extracted
        if key in repeated:
            places = tuple(place for each in repeated[key] for place in each.references)
            notes = tuple(note for each in repeated[key] for note in each.extracted)
        messages.append(Message(entry.msgid, "", entry.msgctxt, _each_once(places), _each_once(notes)))
    fresh = header.copy()
    if old is not None:
        fields = old.header.fields
        fresh.fields = in_field_order(
            fresh.fields | {name: fields[name] for name in fields if name not in fresh.fields}
        )
        fresh.comments = fresh.comments or old.header.comments
        if first.keys() == {message.key for message in old.live()}:
            for name in ("POT-Creation-Date", "PO-Revision-Date"):
                if name in fields:
                    fresh.fields[name] = fields[name]
    return Catalog(fresh, tuple(messages))


def _each_once(strings: tuple[str, ...]) -> tuple[str, ...]:
    return strings if len(strings) < 2 else tuple(dict.fromkeys(strings))  # noqa: PLR2004 - as nearly all are


def _require_storable(entry: Entry) -> None:
    where = entry.references[0] if entry.references else None
    if not entry.msgid and entry.msgctxt is None:
        raise CatalogError("an empty text, which is the key of the header", where, remedy="leave it out")
    text = f"{entry.msgid}{entry.msgctxt}" if entry.msgctxt else entry.msgid
    for character, name in FORBIDDEN.items():
        if character in text:
            raise CatalogError(
                f"a text holds {name}, which no PO file can carry", where, remedy="remove that character"
            )


def translation_memory(catalogs: Iterable[Catalog]) -> dict[Key, Message]:
    """The best translation of each message in catalogs of one locale: reviewed before fuzzy, live before obsolete."""
    memory: dict[Key, Message] = {}
    for catalog in catalogs:
        for message in catalog.messages:
            if not message.has_translation:
                continue
            key = message.key
            known = memory.get(key)
            if known is None or _rank(message) < _rank(known):
                memory[key] = message
    return memory


def _rank(message: Message) -> tuple[bool, bool]:
    return (message.fuzzy, message.obsolete)


def update_catalog(
    old: Catalog | None,
    template: Catalog,
    *,
    locale: str,
    created: datetime,
    memory: Mapping[Key, Message] | None = None,
    fuzzy_threshold: float = DEFAULT_THRESHOLD,
    same_words: "SameWords | None" = None,
    past: "Past | None" = None,
    home: int = 0,
) -> Catalog:
    """The catalog that fits the template, with everything that was translated before.

    A message is found by its key; else by the same key in `memory`, where a reviewed translation comes before a stale
    one, a draft or none of its own; else by its msgid in another context; else by the
    same words in other markup, of a text that left or stays; else, among what left the pages, as a part or the whole of
    texts that were divided or joined, and last by similar words. What is found in another context or by similar words becomes stale (fuzzy, with the msgid its
    translation was made from), and so does a change of markup that `same_words` cannot follow with certainty. Running it
    again with the same template changes nothing.

    Args:
        old: the catalog as it was, or None.
        template: the messages it must have (all of the project, or those of one page).
        locale: its language, as gettext names it.
        created: PO-Revision-Date of a new catalog, an aware datetime.
        memory: translations of the same locale in other catalogs, for texts that moved: :func:`translation_memory`.
        fuzzy_threshold: how similar texts of eight words or more must be, 0 to 1; short ones must be more similar.
        same_words: follows changes of markup.
        past: what left the pages of this locale, in other catalogs as well (:func:`~netzwerk_i18n.catalog.past.find_past`); left out, what left `old`.
        home: the number of `old` among these catalogs; what left it comes before what left others.
    """
    before = old or Catalog()
    memory = memory or {}
    messages: list[Message] = []
    missing: list[int] = []
    kept: set[Key] = set()
    replaced: dict[Key, Message] = {}
    for source in template.live():
        key = source.key
        prior = before.get(key)
        found = memory.get(key) if prior is None or _gives_way(prior) else None
        if found is None and memory and prior is not None and _is_stale(prior):
            found = _reviewed_instead(prior, memory.get(key), (before, template), replaced)
        if found is not None and (prior is None or not prior.has_translation or not found.fuzzy):
            message = _from_memory(source, found, prior)
        elif prior is None:
            missing.append(len(messages))
            message = source.copy()
        else:
            message = _kept(source, prior)
        kept.add(key)
        messages.append(message)
    left = [message for message in before.messages if message.key not in kept and message.has_translation]
    if missing:
        missing = _take_from_other_contexts(messages, missing, before, memory)
    if missing and (past is not None or any(message.has_translation for message in before.messages)):
        from netzwerk_i18n.catalog.follow import follow
        from netzwerk_i18n.catalog.past import find_past

        past = find_past([before], kept) if past is None else past
        follow(messages, missing, past, same_words=same_words, threshold=fuzzy_threshold, home=home)
    messages.extend(message.copy() for message in left if message.obsolete)
    messages.extend(_retired(message) for message in left if not message.obsolete)
    messages.extend(replaced.values())
    return Catalog(_updated_header(old, template, locale, created, kept), tuple(messages))


# One message


def _kept(source: Message, prior: Message) -> Message:
    message = prior.copy()
    message.obsolete = False
    message.references = source.references
    message.extracted = source.extracted
    if not message.fuzzy:
        message.previous = message.previous_ctxt = message.previous_plural = None
        if message.comments:
            message.comments = without_notes(message.comments)
    if message.comments and is_taken_over(message):
        message.comments = without_mark(message.comments)
        # Without its mark a text that was only begun must not pass for one that was published.
        message.previous = message.previous_ctxt = message.previous_plural = None
    return message


def _gives_way(prior: Message) -> bool:
    """Whether a reviewed translation in another catalog may stand in the place of this: nobody typed it."""
    return not prior.has_translation or is_machine_made(prior)


def _is_stale(prior: Message) -> bool:
    """Whether this is the whole translation of another text, so that it can stand at that text again."""
    return (
        prior.fuzzy
        and bool(prior.previous and prior.msgstr)
        and prior.plural is None
        and not any(comment.startswith((DIVIDED, JOINED)) for comment in prior.comments)
    )


def _reviewed_instead(
    prior: Message, reviewed: Message | None, catalogs: Sequence[Catalog], replaced: dict[Key, Message]
) -> Message | None:
    """The reviewed translation that another catalog has, if the stale one goes back to its text (`replaced`) or is there."""
    if reviewed is None or reviewed.fuzzy:
        return None
    former = _as_it_was(prior)
    there = next(filter(None, (catalog.get(former.key) for catalog in catalogs)), replaced.get(former.key))
    if there is None:
        replaced[former.key] = former
    elif there.msgstr != former.msgstr:
        return None
    return reviewed


def _as_it_was(prior: Message) -> Message:
    """A stale translation, obsolete, at the text that it was made from: it gives way to a reviewed one and is not lost.

    It needs review there, too: somebody may have begun to adapt it.
    """
    comments = without_mark(prior.comments)
    return Message(
        prior.previous or "",
        prior.msgstr,
        prior.previous_ctxt,
        comments=comments,
        flags=("fuzzy",),
        obsolete=True,
    )


def _from_memory(source: Message, found: Message, prior: Message | None) -> Message:
    message = _kept(source, found)
    message.line = 0
    if prior is not None:
        flags = (flag for flag in prior.flags if flag != "fuzzy" or not prior.has_translation)
        message.flags = tuple(dict.fromkeys((*found.flags, *flags)))
        message.comments = tuple(
            dict.fromkeys((*without_notes(without_mark(prior.comments)), *message.comments))
        )
    return message


def _retired(message: Message) -> Message:
    retired = message.copy()
    retired.obsolete = True
    retired.references = retired.extracted = ()
    retired.flags = tuple(flag for flag in retired.flags if not flag.startswith("range:"))
    if not retired.fuzzy:
        retired.previous = retired.previous_ctxt = retired.previous_plural = None
    return retired


def _take_from_other_contexts(
    messages: Sequence[Message], missing: list[int], before: Catalog, memory: Mapping[Key, Message]
) -> list[int]:
    wanted = {messages[position].msgid for position in missing}
    by_msgid: dict[str, Message] = {}
    for known in (*before.messages, *memory.values()):
        if known.msgid in wanted and known.msgstr and known.plural is None:
            best = by_msgid.get(known.msgid)
            if best is None or _rank(known) < _rank(best):
                by_msgid[known.msgid] = known
    rest: list[int] = []
    for position in missing:
        found = by_msgid.get(messages[position].msgid)
        if found is None:
            rest.append(position)
        else:
            make_stale(messages[position], found)
    return rest


# The header


def _updated_header(
    old: Catalog | None, template: Catalog, locale: str, created: datetime, live: set[Key]
) -> Header:
    given = template.header.fields
    date = given.get("POT-Creation-Date") or format_date(created)
    if old is None or not old.header.fields:
        header = new_catalog_header(
            project=given.get("Project-Id-Version", ""),
            locale=locale,
            source_locale=given.get("X-Source-Language", ""),
            created=created,
            bugs=given.get("Report-Msgid-Bugs-To", ""),
            template_date=date,
        )
        if old is not None:
            header.comments = old.header.comments
        return header
    header = old.header.copy()
    wanted = {
        "POT-Creation-Date": date,
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "",
        "X-Source-Language": given.get("X-Source-Language", ""),
    }
    if "Plural-Forms" not in header.fields:
        wanted["Plural-Forms"] = plural_forms(locale)
    header.fields = complete_fields(header.fields, wanted)
    if "charset=utf" not in header.fields["Content-Type"].lower():
        header.fields["Content-Type"] = wanted["Content-Type"]
    if not header.fields["Language"]:
        header.fields["Language"] = locale
    # The configuration's, not a translator's; msgmerge takes the first from the template, too.
    for name in ("Report-Msgid-Bugs-To", "X-Source-Language"):
        if given.get(name) and name in header.fields:
            header.fields[name] = given[name]
    if live != {message.key for message in old.live()}:
        header.fields["POT-Creation-Date"] = date
    return header
