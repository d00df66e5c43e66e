"""The localized pages that stand where the target pattern says -> their catalogs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from netzwerk_i18n.adopt.outcome import Import, Kind, Note, PageImport, Proposal
from netzwerk_i18n.adopt.pairing import Languages, pair_pages
from netzwerk_i18n.adopt.run import Found, Save, leave_catalog, run_import, write_catalog
from netzwerk_i18n.catalog import (
    Catalog,
    Key,
    Message,
    State,
    is_machine_made,
    project_lock,
    state_of,
    without_mark,
)
from netzwerk_i18n.catalog.stale import without_notes
from netzwerk_i18n.catalog.syntax import escape
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import PageError
from netzwerk_i18n.extract import check_extract, extract
from netzwerk_i18n.manifest import Manifest
from netzwerk_i18n.page import Page
from netzwerk_i18n.project import MAX_PAGE_BYTES, Project, SourcePage, decode_page
from netzwerk_i18n.walk import Visit

MARK = "import: "
"""How the translator comment begins that says why an imported translation is not certain."""

_PLURAL = "its message has plural forms from another tool, which no text of a page fills"
"""Why a text comes into no catalog though its message is there."""


def import_pages(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> Import:
    """Fill catalogs from the localized pages of `locales` and `pages`; of all where empty.

    Catalogs are brought up to date with the source pages first, as `extract` does.

    Raises:
        NetzwerkError: if a source page or a catalog cannot be read; nothing is imported then.
    """
    extraction = extract(project)
    if extraction.errors:
        return Import(changed=extraction.changed, errors=extraction.errors)
    with project_lock(project.config.root):
        result = _run(project, locales, pages, write_catalog)
    result.changed = list(dict.fromkeys([*extraction.changed, *result.changed]))
    return result


def check_import(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> Import:
    """What :func:`import_pages` would do; nothing is written.

    Raises:
        NetzwerkError: if a source page or a catalog cannot be read.
    """
    extraction = check_extract(project)
    result = _run(project, locales, pages, leave_catalog)
    result.changed = list(dict.fromkeys([*extraction.changed, *result.changed]))
    return result


def _run(project: Project, locales: Sequence[Locale], pages: Sequence[SourcePage], save: Save) -> Import:
    manifest = Manifest(project)
    sources = {page.path for page in project.pages}
    return run_import(
        project,
        locales,
        pages,
        read=lambda found: _read(project, manifest, found, sources),
        fill=fill_catalog,
        save=save,
    )


def _read(project: Project, manifest: Manifest, found: Visit, sources: set[str]) -> Found:
    path = project.target_path(found.locale, found.source)
    data = None if path in sources else project.read_target(path)
    if data is None:
        return "absent"
    if manifest.wrote(path, data):
        return "generated"
    if len(data) > MAX_PAGE_BYTES:
        raise PageError(f"is larger than {MAX_PAGE_BYTES // 1024 // 1024} MiB", file=path)
    config = project.config
    target = Page.parse(
        decode_page(data, path), config.localized_page_on(found.source.path, found.source.folder)
    )
    messages = (found.catalog.get(segment.key) for segment in found.page.segments)
    known = {
        message.key: message.msgstr
        for message in messages
        if message is not None and state_of(message) is State.TRANSLATED and message.plural is None
    }
    pairing = pair_pages(
        found.page,
        target,
        Languages(found.locale.name, config.source_locale, config.rules),
        known=known,
        files=(found.source.path, path),
    )
    return PageImport(
        found.locale.name,
        found.source.path,
        path,
        found.path,
        pairing.skipped,
        pairing.proposals,
        list(pairing.notes),
    )


@dataclass(frozen=True, slots=True)
class _Offer:
    page: PageImport
    proposal: Proposal


def fill_catalog(catalog: Catalog, pages: Sequence[PageImport]) -> None:
    """Put what pages of one catalog offer into it, in place, and note on each page what became of it.

    Of several translations of one message the one that most pages have wins, then the first. A message that has a
    translation keeps it; only a machine's draft gives way, and stands in a comment then.
    """
    offers: dict[Key, list[_Offer]] = {}
    for page in pages:
        for proposal in page.proposals:
            offers.setdefault(proposal.key, []).append(_Offer(page, proposal))
    for key, given in offers.items():
        certain = [offer for offer in given if not offer.proposal.doubt]
        votes = Counter(offer.proposal.msgstr for offer in certain)
        chosen = max(certain, key=lambda offer: votes[offer.proposal.msgstr]) if certain else given[0]
        message = catalog.get(key)
        if message is not None and message.plural is not None:
            for offer in given:
                refuse_plural(offer.page, offer.proposal)
            continue
        before = message.msgstr if message is not None else ""
        state = state_of(message)
        gives_way = message is not None and is_machine_made(message)  # a stale draft, too
        may_fill = state is State.UNTRANSLATED or (gives_way and not chosen.proposal.doubt)
        if may_fill:
            if message is not None and not message.obsolete:
                _fill(message, chosen)
            before = ""
        known: set[str] = set()
        for offer in given:
            if before == offer.proposal.msgstr and offer.page.page not in known:
                known.add(offer.page.page)
                offer.page.known += 1
            _note(offer, chosen, before)


def refuse_plural(page: PageImport, proposal: Proposal) -> None:
    """Note that a text comes into no catalog because its message has plural forms."""
    page.notes.append(Note(Kind.REFUSED, page.page, proposal.line, proposal.msgstr, _PLURAL, proposal.key[1]))


def _fill(message: Message, chosen: _Offer) -> None:
    proposal = chosen.proposal
    comments = without_notes(without_mark(message.comments))
    if message.msgstr:
        comments = (*comments, f'previously: "{escape(message.msgstr)}"')
    if proposal.doubt:
        comments = (*comments, f"{MARK}{chosen.page.page}: {' '.join(proposal.doubt.split())}")
        message.flags = tuple(dict.fromkeys(("fuzzy", *message.flags)))
    else:
        message.flags = tuple(flag for flag in message.flags if flag != "fuzzy")
        message.previous = message.previous_ctxt = message.previous_plural = None
    message.comments = comments
    message.msgstr = proposal.msgstr


def _note(offer: _Offer, chosen: _Offer, before: str) -> None:
    """Note what became of one offer.

    Args:
        offer: the offer.
        chosen: the one that was taken for this message.
        before: the translation that the message keeps, or empty.
    """
    page, proposal = offer.page, offer.proposal
    kind, reason = None, ""
    if before:
        if before != proposal.msgstr:
            kind, reason = Kind.DIFFERS, "the catalog has another translation, which stays"
    elif proposal.msgstr != chosen.proposal.msgstr:
        kind, reason = Kind.DIFFERS, "the same text is translated in another way elsewhere"
    elif proposal.doubt:
        kind, reason = Kind.UNSURE, proposal.doubt
    elif offer is chosen:
        page.filled += 1
    if kind is not None:
        page.notes.append(Note(kind, page.page, proposal.line, proposal.msgstr, reason, proposal.key[1]))
