"""Pages that this tool wrote and a person edited since -> catalogs, so that the edit lands there and not in the bin.

What build would give is laid beside what stands there. A changed text becomes the translation of its message; whatever
is no text of a message cannot land in a catalog, and is reported with its line. Where build would give another page than
it once wrote, a text that differs may be what was built for an older source: it makes no message a reviewed one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from netzwerk_i18n.adopt.outcome import Import, Kind, Note, PageImport, Proposal
from netzwerk_i18n.adopt.pages import MARK, refuse_plural
from netzwerk_i18n.adopt.run import Found, Save, leave_catalog, run_import, write_catalog
from netzwerk_i18n.catalog import (
    FORBIDDEN,
    Catalog,
    Key,
    Message,
    State,
    project_lock,
    without_mark,
)
from netzwerk_i18n.catalog.stale import without_notes
from netzwerk_i18n.catalog.syntax import escape
from netzwerk_i18n.checks import Situation, find_error, labels_of
from netzwerk_i18n.config import Locale
from netzwerk_i18n.localize import LocalizedPage, localize_page
from netzwerk_i18n.manifest import Manifest
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.page.plurals import form_of
from netzwerk_i18n.project import Project, SourcePage, decode_page
from netzwerk_i18n.walk import Visit

_LONGEST_TEXT = 200
_ALIKE = 0.6
"""How alike two texts of one language must be, from 0 to 1, for one to be the other after an edit."""
_MOST_COMPARED = 250_000


def import_edited(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> Import:
    """Put what people changed on generated pages into the catalogs; no page is changed.

    The translation that a page was built from is kept in a translator comment.

    Raises:
        NetzwerkError: if the manifest of generated pages cannot be read.
    """
    with project_lock(project.config.root):
        return _run(project, locales, pages, write_catalog)


def check_edited(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> Import:
    """What :func:`import_edited` would do; nothing is written."""
    return _run(project, locales, pages, leave_catalog)


def _run(project: Project, locales: Sequence[Locale], pages: Sequence[SourcePage], save: Save) -> Import:
    manifest = Manifest(project)
    return run_import(
        project,
        locales,
        pages,
        read=lambda found: _read(project, manifest, found),
        fill=_apply_all,
        save=save,
    )


def _read(project: Project, manifest: Manifest, found: Visit) -> Found:
    path = project.target_path(found.locale, found.source)
    data = project.read_target(path)
    if data is None or path not in manifest or project.config.is_hand_written(path):
        return "absent"
    if manifest.wrote(path, data):
        return "generated"
    page = PageImport(found.locale.name, found.source.path, path, found.path)
    built = localize_page(project, found)
    if built.data is None:
        page.skipped = "build gives no page here: too little of it is translated"
        return page
    if built.data == data:
        return "generated"
    text = decode_page(data, path)
    shown = [
        message.msgstr if segment.key in built.published and message is not None else segment.text
        for segment in found.page.segments
        for message in [found.catalog.get(segment.key)]
    ]
    settings = project.config.localized_page_on(found.source.path, found.source.folder)
    base = Page.parse(built.data.decode("utf-8"), settings)
    edited = Page.parse(text, settings)
    outdated = not manifest.wrote(path, built.data)
    comparison = _Comparison(project, found, path, built, outdated)
    comparison.compare(_segments_of(found.page.segments, shown, base.segments), base, edited)
    page.proposals, page.notes = tuple(comparison.proposals()), comparison.notes
    page.notes += _outside(project, found, page, text)
    return page


def _segments_of(
    sources: Sequence[Segment], shown: Sequence[str], built: Sequence[Segment]
) -> dict[Segment, Segment]:
    """From each segment of the built page to the source's segment that it shows; blocks may have been left out."""
    if len(sources) == len(built):
        return dict(zip(built, sources, strict=True))
    matcher = SequenceMatcher(
        None, [_plain(text) for text in shown], [_plain(segment.text) for segment in built], autojunk=False
    )
    return {
        built[b + step]: sources[a + step]
        for a, b, size in matcher.get_matching_blocks()
        for step in range(size)
    }


def _plain(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class _Comparison:
    """What a person changed on one page; `outdated` says that `built` is not what they found there."""

    project: Project
    found: Visit
    path: str
    built: LocalizedPage
    outdated: bool
    notes: list[Note] = field(default_factory=list)
    _new: dict[Key, list[tuple[Segment, Segment]]] = field(default_factory=dict)
    _old: dict[Key, str] = field(default_factory=dict)

    def compare(self, sources: dict[Segment, Segment], base: Page, edited: Page) -> None:
        """Lay the edited page beside the built one."""
        for before, after in self._pairs(base, edited):
            source = sources.get(before)
            if source is not None:
                self._new.setdefault(source.key, []).append((source, after))
                self._old[source.key] = _plain(before.text)
        for source, after in self._added_forms(base, edited):
            self._new.setdefault(source.key, []).append((source, after))
            self._old.setdefault(source.key, "")

    def _added_forms(self, base: Page, edited: Page) -> Iterator[tuple[Segment, Segment]]:
        """Plural forms that a person wrote into a data file where none was published."""
        shown = {_label(segment) for segment in base.segments}
        forms = {_label(each): each for each in self.found.page.segments if form_of(each.context)}
        for after in edited.segments if self.found.page.forms else ():
            label = _label(after)
            if label in forms and label not in shown:
                yield forms[label], after

    def _pairs(self, base: Page, edited: Page) -> Iterator[tuple[Segment, Segment]]:
        before, after = base.segments, edited.segments
        matcher = SequenceMatcher(
            None,
            [(s.kind, _label(s), _plain(s.text)) for s in before],
            [(s.kind, _label(s), _plain(s.text)) for s in after],
            autojunk=False,
        )
        for tag, a, a_end, b, b_end in matcher.get_opcodes():
            olds, news = before[a:a_end], after[b:b_end]
            if tag == "equal" or [(s.kind, _label(s)) for s in olds] == [(s.kind, _label(s)) for s in news]:
                yield from zip(olds, news, strict=True)
            elif olds and news:
                yield from self._alike(olds, news)

    def _alike(self, olds: Sequence[Segment], news: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
        """Pairs within a stretch in which texts came or went as well: the most similar ones first."""
        ranked = []
        if len(olds) * len(news) <= _MOST_COMPARED:
            for a, old in enumerate(olds):
                for b, new in enumerate(news):
                    if (old.kind, _label(old)) == (new.kind, _label(new)):
                        likeness = _likeness(old.text, new.text)
                        if likeness:
                            ranked.append((-likeness, a, b))
        used: tuple[set[int], set[int]] = (set(), set())
        for _, a, b in sorted(ranked):
            if a not in used[0] and b not in used[1]:
                used[0].add(a)
                used[1].add(b)
                yield olds[a], news[b]

    def proposals(self) -> Iterator[Proposal]:
        """The changed translations; what cannot be one is noted."""
        labels = labels_of(self.found.page.text)
        for key, places in self._new.items():
            changed = [(source, after) for source, after in places if _plain(after.text) != self._old[key]]
            if not changed:
                continue
            source, after = changed[0]
            reason = ""
            if len({_plain(other.text) for _, other in places}) > 1:
                reason = "the same text stands on this page more than once and was not changed everywhere"
            else:
                reason = self._refusal(source, after.text, labels)
            if reason:
                self.notes.append(Note(Kind.REFUSED, self.path, after.line, after.text, reason, key[1]))
                continue
            doubt = self._doubt(key, after.text)
            if doubt:
                self.notes.append(Note(Kind.UNSURE, self.path, after.line, after.text, doubt, key[1]))
            message = self.found.catalog.get(key)
            is_new = message is None or _plain(message.msgstr) != _plain(after.text)
            if not doubt or (is_new and self.built.states[key] is not State.TRANSLATED):
                yield Proposal(key, after.text, after.line, doubt)

    def _doubt(self, key: Key, text: str) -> str:
        """Why the text on the page may be that of an older source, or a machine's; empty where it is an edit."""
        state = self.built.states[key]
        if state is State.STALE and (self.outdated or key in self.built.published):
            return "its source changed since it was translated"
        if self.outdated and (state is not State.TRANSLATED or not _likeness(self._old[key], _plain(text))):
            return "its source or the catalog changed since the page was built"
        return ""

    def _refusal(self, source: Segment, text: str, labels: frozenset[str]) -> str:
        config = self.project.config
        wrong = next((name for character, name in FORBIDDEN.items() if character in text), None)
        if wrong is not None:
            return f"it holds {wrong}, which no PO file can carry"
        if self.found.catalog.get(source.key) is None:
            return "its message is not in the catalog; run extract"
        finding = find_error(
            Situation(source, text, self.found.locale.name, config.source_locale, config.rules, labels)
        )
        return f"{finding.check}: {finding.message}" if finding is not None else ""


def _likeness(one: str, other: str) -> float:
    """How alike two texts of one language are, from 0 to 1; 0 where one cannot be the other after an edit."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other, score_cutoff=_ALIKE)


def _label(segment: Segment) -> str:
    return segment.comments[0] if segment.kind in ("front matter", "data", "attribute", "shortcode") else ""


def _outside(project: Project, found: Visit, page: PageImport, text: str) -> Iterator[Note]:
    """The lines that the page would not have if it were built from the changed catalog."""
    changed = {proposal.key: proposal for proposal in page.proposals}
    messages = []
    for key in dict.fromkeys(segment.key for segment in found.page.segments):
        message, proposal = found.catalog.get(key), changed.get(key)
        if message is not None:
            messages.append(message if proposal is None else _changed(message.copy(), proposal, page.page))
    rebuilt = localize_page(project, found._replace(catalog=Catalog(found.catalog.header, tuple(messages))))
    new = rebuilt.data.decode("utf-8") if rebuilt.data is not None else ""
    noted = {note.line for note in page.notes}
    old_lines, new_lines = new.splitlines(keepends=True), text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal" or any(line in noted for line in range(b + 1, b_end + 1)):
            continue
        gone = tag == "delete"
        shown = "".join(old_lines[a:a_end] if gone else new_lines[b:b_end]).strip()[:_LONGEST_TEXT]
        reason = "removed from the page" if gone else "no text of a message"
        yield Note(
            Kind.OUTSIDE, page.page, b + 1, shown, f"{reason}; change the source page, or build drops it"
        )


def _changed(message: Message, proposal: Proposal, page: str) -> Message:
    """The message with the edited text, in place, to be looked at where there is a doubt; what it was stays in a comment."""
    comments = without_mark(message.comments)
    if message.msgstr and message.msgstr != proposal.msgstr:
        comments = (*comments, f'previously: "{escape(message.msgstr)}"')
    message.msgstr = proposal.msgstr
    if proposal.doubt:
        message.comments = tuple(dict.fromkeys((*comments, f"{MARK}{page}: {proposal.doubt}")))
        message.flags = tuple(dict.fromkeys(("fuzzy", *message.flags)))
        return message
    message.comments = without_notes(comments)
    message.flags = tuple(flag for flag in message.flags if flag != "fuzzy")
    message.previous = message.previous_ctxt = message.previous_plural = None
    return message


def _apply_all(catalog: Catalog, pages: Sequence[PageImport]) -> None:
    taken: dict[Key, str] = {}
    offers = [(page, proposal) for page in pages for proposal in page.proposals]
    for page, proposal in sorted(offers, key=lambda offer: bool(offer[1].doubt)):
        message = catalog.get(proposal.key)
        if message is None or message.plural is not None:
            refuse_plural(page, proposal)
            continue
        first = taken.setdefault(proposal.key, proposal.msgstr)
        if first != proposal.msgstr:
            reason = "another page has another text for the same message"
            page.notes.append(
                Note(Kind.DIFFERS, page.page, proposal.line, proposal.msgstr, reason, proposal.key[1])
            )
            continue
        if message.msgstr == proposal.msgstr and (proposal.doubt or not message.fuzzy):
            page.known += 1
            continue
        _changed(message, proposal, page.page)
        page.filled += not proposal.doubt
