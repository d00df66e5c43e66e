"""Source pages + catalogs -> localized pages, by the rules of what may be published.

A page that this tool wrote is known by the digest of its bytes. One that it did not write, or that a person
edited since, is never overwritten or removed without being asked.
"""

import os
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netzwerk_i18n.catalog import (
    Catalog,
    Key,
    Message,
    State,
    is_machine_made,
    mark_of,
    project_lock,
    state_of,
)
from netzwerk_i18n.checks import Finding, Rules, Situation, find_error, is_harmless, others_check
from netzwerk_i18n.checks.files import ANCHORS, PAGE_STRUCTURE
from netzwerk_i18n.config import Config, Locale, Policy
from netzwerk_i18n.errors import FrontMatterError, NetzwerkError, OutputError, PageError
from netzwerk_i18n.manifest import Manifest, digest
from netzwerk_i18n.outcomes import Found, Outcome, visit_outcomes
from netzwerk_i18n.page import Segment
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit

if TYPE_CHECKING:
    from netzwerk_i18n.checks.pages import PageProblem
    from netzwerk_i18n.checks.rules import Severity
    from netzwerk_i18n.page import Page

T = TypeVar("T")

_NO_VERDICTS: Mapping[Segment, Finding | None] = MappingProxyType({})
_FEWEST_TRIES = 64
_MOST_READ = 4_000_000
"""So many characters of localized pages are read, roughly, to find which translations break one."""

_STATES = tuple(State)
_STATE_DIGITS = {state: str(number) for number, state in enumerate(_STATES)}


class Fallback(NamedTuple):
    """A translation that was not published because a check failed.

    Attributes:
        locale: the locale's name.
        file: the catalog, relative to the root.
        line: the line of the msgid in it.
        page: the source page where the translation would stand.
        msgid: the message.
        finding: why.
    """

    locale: str
    file: str
    line: int
    page: str
    msgid: str
    finding: Finding


@dataclass(slots=True)
class Tally:
    """Figures of one page (or of many) in one locale.

    Attributes:
        messages: the number of messages by state.
        words: the words of their source texts by state.
        published_words: the words whose translation is on the page.
    """

    messages: Counter[State] = field(default_factory=Counter)
    words: Counter[State] = field(default_factory=Counter)
    published_words: int = 0

    def add(self, other: "Tally") -> None:
        """Add the figures of another page."""
        self.messages.update(other.messages)
        self.words.update(other.words)
        self.published_words += other.published_words

    @property
    def counts(self) -> tuple[int, ...]:
        """All figures as numbers: messages by state, words by state (in the order of `State`), published words."""
        return (
            *[self.messages.get(state, 0) for state in _STATES],
            *[self.words.get(state, 0) for state in _STATES],
            self.published_words,
        )

    @classmethod
    def from_counts(cls, counts: Sequence[int]) -> "Tally":
        """The inverse of :attr:`counts`."""
        number = len(_STATES)
        messages = {state: count for state, count in zip(_STATES, counts, strict=False) if count}
        words = {state: count for state, count in zip(_STATES, counts[number:], strict=False) if count}
        return cls(Counter(messages), Counter(words), counts[-1])

    @property
    def coverage(self) -> float:
        """The share of words whose translation is published, from 0 to 1; 1 where there are no words."""
        total = self.words.total()
        return self.published_words / total if total else 1.0


@dataclass(slots=True)
class LocalizedPage:
    """One source page in one locale, as it would be published.

    Attributes:
        source: the source page's path.
        locale: the locale's name.
        target: where the localized page stands.
        tally: its figures.
        states: the state of each of its messages.
        published: those whose translation stands on it.
        data: its bytes, or None where it is below its minimum of coverage.
        fallbacks: the translations that failed a check.
        base: the source page without the texts that are left out of it.
    """

    source: str
    locale: str
    target: str
    base: "Page"
    tally: Tally
    states: Mapping[Key, State]
    published: AbstractSet[Key]
    data: bytes | None
    fallbacks: tuple[Fallback, ...] = ()


@dataclass(slots=True)
class Build:
    """What `build` did, or would do; all paths are relative to the root.

    Attributes:
        written: pages written.
        unchanged: how many pages were right already.
        removed: generated pages that have no source any more, or too little coverage.
        kept: pages that a person wrote or edited, and that were therefore not touched.
        forced: such pages that were overwritten or removed because `force` asked for it.
        below: pages not generated for lack of coverage, with their coverage.
        fallbacks: translations that failed a check.
        outdated_manifest: whether pages are right of which the manifest has another digest.
        errors: what could not be read or written; pages that are in order were built all the same.
    """

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    forced: list[str] = field(default_factory=list)
    below: list[tuple[str, float]] = field(default_factory=list)
    fallbacks: list[Fallback] = field(default_factory=list)
    outdated_manifest: bool = False
    errors: list[NetzwerkError] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether any file was, or would be, written or removed."""
        return bool(self.written or self.removed or self.outdated_manifest)


def build(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = (), force: bool = False
) -> Build:
    """Write the localized pages that are not right yet, and remove those that no longer have a source.

    Where something cannot be read or written, no page without a source is removed, and every file is whole.

    Args:
        project: the project.
        locales: only these; all of them where empty.
        pages: only these source pages; all of them where empty.
        force: overwrite and remove hand-written and hand-edited pages too.

    Raises:
        NetzwerkError: if the manifest cannot be read, or a localized page would be another one's or a source page.
            Nothing is written then.
    """
    with project_lock(project.config.root):
        return _run(project, locales, pages, force=force, write=True)


def check_build(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = (), force: bool = False
) -> Build:
    """What :func:`build` would do; nothing is written.

    Raises:
        NetzwerkError: as :func:`build` does.
    """
    return _run(project, locales, pages, force=force, write=False)


def localize(
    project: Project,
    handle: Callable[[Found], T],
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
    writes: bool = False,
) -> Generator[T | NetzwerkError, None, None]:
    """Hand the outcome of every page in every locale to `handle`: see :func:`~netzwerk_i18n.outcomes.visit_outcomes`."""
    # What other distributions find in a translation may change from run to run.
    lasting = not others_check()
    return visit_outcomes(
        project,
        lambda found: _outcome(localize_page(project, found)),
        handle,
        locales=locales,
        pages=pages,
        lasting=lasting,
        writes=writes,
    )


def _outcome(page: LocalizedPage) -> Outcome:
    return Outcome(
        digest="" if page.data is None else digest(page.data),
        counts=page.tally.counts,
        states="".join([_STATE_DIGITS[state] for state in page.states.values()]),
        published="1" * len(page.states)
        if len(page.published) == len(page.states)
        else "".join(["1" if key in page.published else "0" for key in page.states]),
        fallbacks=tuple(
            (each.file, each.line, each.msgid, *_finding_fields(each.finding)) for each in page.fallbacks
        ),
        data=page.data,
    )


def _finding_fields(finding: Finding) -> tuple[str | int | None, ...]:
    return finding.check, finding.message, finding.severity, finding.start, finding.end


def fallbacks_of(found: Found) -> tuple[Fallback, ...]:
    """The translations of a page that failed a check."""
    return tuple(
        Fallback(found.locale.name, file, line, found.source.path, msgid, Finding(*finding))
        for file, line, msgid, *finding in found.outcome.fallbacks
    )


def localize_page(
    project: Project, found: Visit, verdicts: Mapping[Segment, Finding | None] = _NO_VERDICTS
) -> LocalizedPage:
    """Build one page in one locale in memory.

    Args:
        project: the project.
        found: the page and its catalog.
        verdicts: what :func:`~netzwerk_i18n.checks.find_error` says of translations, as far as that is known.
    """
    source, page, locale, catalog = found.source, found.page, found.locale, found.catalog
    policy = project.config.policy(locale, source.path)
    rules = project.config.rules_on(source.path)
    choice = _Choice(project.config, locale, policy, catalog, page, rules, verdicts)
    base, text = _without_culprits(project.config, page, choice, page_errors(rules, locale.name))
    tally = choice.tally()
    data = None
    if tally.coverage >= (policy.minimum_coverage or 0.0):
        data = _with_notice(project.config, source, text, choice.draft_engines(), tally).encode("utf-8")
    fallbacks = tuple(
        Fallback(locale.name, found.path, message.line, source.path, message.msgid, finding)
        for message, finding in choice.broken.values()
    )
    target = project.target_path(locale, source)
    return LocalizedPage(
        source.path, locale.name, target, base, tally, choice.states, choice.published, data, fallbacks
    )


def page_errors(rules: Rules, locale: str) -> frozenset[str]:
    """The checks of a page as a whole that decide whether translations stand on it; see `PAGE_CHECKS`.

    Args:
        rules: the rules on this page.
        locale: the locale's name.
    """
    defaults: dict[str, Severity] = {PAGE_STRUCTURE: "error", ANCHORS: "warning"}
    return frozenset(
        name
        for name, default in defaults.items()
        if rules.severity(name, locale, default) == "error" and rules.ignore(name, locale, None, None) is None
    )


def _without_culprits(
    config: Config, page: "Page", choice: "_Choice", checks: frozenset[str]
) -> tuple["Page", str]:
    """The source page without what is left out, and the localized page, on which no translations break it together.

    Each of these may stand on it alone.
    """
    base = page.without(choice.missing(page))
    text = base.render(choice.translation, choice.reject)
    from netzwerk_i18n.checks.inert import is_inert

    if not checks or (checks == {PAGE_STRUCTURE} and is_inert(base, text, choice.translation)):
        return base, text
    from netzwerk_i18n.checks.pages import SourceBody
    from netzwerk_i18n.page.culprits import find_culprits

    def body_of(base: "Page") -> SourceBody:
        return SourceBody(base, config.page, whole=page)

    body = body_of(base)
    if not body.find_problems(text, checks):
        return base, text
    tries = max(_FEWEST_TRIES, _MOST_READ // max(1, len(text)))
    needed: AbstractSet[Segment] = frozenset()
    if base is not page and body.find_problems(base.text, checks):
        # A link leads to what is left out.
        missing = choice.missing(page)

        def loss_of(some: AbstractSet[Segment]) -> "PageProblem | None":
            left = page.without(some)
            return next(iter(body_of(left).find_problems(left.text, checks)), None)

        needed = find_culprits(missing, loss_of, tries).keys()
        base = page.without([segment for segment in missing if segment not in needed])
        text = base.render(choice.translation, choice.reject)
        body = body_of(base)
        if not body.find_problems(text, checks):
            return base, text

    def problem_of(published: AbstractSet[Key]) -> "PageProblem | None":
        text = base.render(lambda segment: choice.translation(segment, published), lambda *_: None)
        return next(iter(body.find_problems(text, checks)), None)

    choice.break_all(find_culprits(choice.changing, problem_of, tries))
    less = page.without([segment for segment in choice.missing(page) if segment not in needed])
    if less is not page:
        text = less.render(choice.translation, choice.reject)
        if not body_of(less).find_problems(text, checks):
            return less, text
    return base, base.render(choice.translation, choice.reject)


def _with_notice(config: Config, source: SourcePage, text: str, engines: Sequence[str], tally: Tally) -> str:
    """The page with a notice for the theme where drafts stand on it.

    Raises:
        FrontMatterError: if the source page has a key of that name, or front matter that takes none.
    """
    key = config.draft.notice
    if key is None or not engines:
        return text
    from netzwerk_i18n.page.front_matter.notice import add_notice

    words = tally.words.total()
    notice: dict[str, str | float] = {
        "status": "draft",
        "engine": ", ".join(engines),
        # Rounded down, as everywhere: 1.00 means that nothing is missing.
        "coverage": tally.published_words * 100 // words / 100 if words else 1.0,
        "source": config.source_lang,
    }
    try:
        return add_notice(text, key, notice)
    except FrontMatterError as error:
        raise FrontMatterError(error.message, source.path, error.line, error.remedy) from None


class _Choice:
    """What stands on one localized page for each of its segments, and the figures that follow from it."""

    def __init__(
        self,
        config: Config,
        locale: Locale,
        policy: Policy,
        catalog: Catalog,
        page: "Page",
        rules: Rules,
        verdicts: Mapping[Segment, Finding | None],
    ) -> None:
        from netzwerk_i18n.checks.reading import labels_of

        self._locale, self._source_locale = locale.name, config.source_locale
        self._rules, self._labels = rules, labels_of(page.text)
        self._catalog = catalog
        self._verdicts = verdicts
        self._previous = policy.fallback == "previous"
        self._omits = policy.fallback == "omit"
        self._publishable = (
            (State.TRANSLATED, State.DRAFT) if policy.publish == "drafts" else (State.TRANSLATED,)
        )
        self.states: dict[Key, State] = {}
        self._published: dict[Key, str] = {}
        self.broken: dict[Key, tuple[Message, Finding]] = {}
        for segment in page.segments:
            self._judge(segment, catalog.get(segment.key))

    def _judge(self, segment: Segment, message: Message | None) -> None:
        key = segment.key
        state = self.states.get(key)
        if state is None:
            state = self.states[key] = state_of(message)
        if message is None or key in self.broken:
            return
        previous = (
            state is State.STALE and self._previous and not segment.critical and not is_machine_made(message)
        )
        if previous or state in self._publishable:
            finding: Finding | None
            if self._verdicts and segment in self._verdicts:
                finding = self._verdicts[segment]
            elif is_harmless(segment, message.msgstr, self._rules):
                finding = None
            else:
                finding = find_error(
                    Situation(
                        segment,
                        message.msgstr,
                        self._locale,
                        self._source_locale,
                        rules=self._rules,
                        labels=self._labels,
                    )
                )
            if finding is None:
                self._published[key] = message.msgstr
            else:
                self._break(key, message, finding)

    def _break(self, key: Key, message: Message, finding: Finding) -> None:
        self.broken[key] = (message, finding)
        self._published.pop(key, None)
        if self.states[key] is State.TRANSLATED:
            self.states[key] = State.BROKEN

    def translation(self, segment: Segment, published: AbstractSet[Key] | None = None) -> str | None:
        """What is published for `segment`, if of what changes the page only these are (all where None)."""
        key = segment.key
        if segment.critical and self.states[key] is State.STALE:
            return None
        return self._published.get(key) if published is None or key in published else None

    def reject(self, segment: Segment, error: PageError) -> None:
        """Note that a translation cannot be written where it would stand."""
        message = self._catalog.get(segment.key)
        if message is not None:
            check = "front-matter" if segment.form == "value" else "shortcodes"
            self._break(segment.key, message, Finding(check, error.message))

    def missing(self, page: "Page") -> list[Segment]:
        """The segments in whose place nothing stands, if the page allows for it: none unless the policy says so."""
        if not self._omits:
            return []
        return [segment for segment in page.segments if self.translation(segment) is None]

    @property
    def changing(self) -> list[Key]:
        """The messages whose translation stands on the page and differs from its source, in reading order."""
        return [key for key in self.states if self._published.get(key, key[1]) != key[1]]

    def break_all(self, problems: "Mapping[Key, PageProblem]") -> None:
        """Note that translations break the page as a whole."""
        for key, problem in problems.items():
            message = self._catalog.get(key)
            if message is not None:
                text = f"the page would not be whole with this translation: {problem.message}"
                self._break(key, message, Finding(problem.check, text))

    @property
    def published(self) -> AbstractSet[Key]:
        """The messages whose translation stands on the page."""
        return self._published.keys()

    def draft_engines(self) -> list[str]:
        """The names of what made the drafts that stand on the page, sorted; empty where none does."""
        drafts = (self._catalog.get(key) for key in self._published if self.states[key] is State.DRAFT)
        marks = (mark_of(message) for message in drafts if message is not None)
        return sorted({mark.engine for mark in marks if mark is not None})

    def tally(self) -> Tally:
        """The figures; each message counts once."""
        from netzwerk_i18n.page.words import count_words

        # Plain dictionaries: adding to a Counter takes several times as long, and there are millions of messages.
        messages: dict[State, int] = {}
        counted: dict[State, int] = {}
        published_words = 0
        for key, state in self.states.items():
            words = count_words(key[1])
            messages[state] = messages.get(state, 0) + 1
            counted[state] = counted.get(state, 0) + words
            if key in self._published:
                published_words += words
        return Tally(Counter(messages), Counter(counted), published_words)


class _Settled(NamedTuple):
    """A localized page held against the disk: what is to be done about it, or why that failed."""

    target: str
    # write, leave, remove, keep (a person's page), own (theirs by setting), below (nothing to do)
    action: str
    forced: bool
    digest: str
    coverage: float
    fallbacks: tuple[Fallback, ...]
    error: NetzwerkError | None


class _Writer:
    """Writes pages, in whatever process; after one that it could not write, no other."""

    def __init__(self, project: Project, manifest: Manifest) -> None:
        self._project, self._manifest = project, manifest
        self._error: NetzwerkError | None = None

    def write(self, path: str, digest_: str, data: bytes) -> NetzwerkError | None:
        """Write a page; why that failed, or that of an earlier one did."""
        if self._error is None:
            try:
                self._manifest.announce(path, digest_)
                self._project.write(path, data, durable=False)
            except NetzwerkError as error:
                self._error = error
        return self._error


def _run(
    project: Project, locales: Sequence[Locale], pages: Sequence[SourcePage], *, force: bool, write: bool
) -> Build:
    manifest = Manifest(project)
    everything = not locales and not pages
    locales, pages = locales or project.config.locales, pages or project.pages
    result = Build()
    expected = _require_own_places(project, locales, pages)
    writer = _Writer(project, manifest) if write else None
    complete = False

    def settle(found: Found) -> _Settled:
        return _settle(project, manifest, found, writer, force=force)

    # Where the first page is missing, others will be.
    first = [project.target_path(locales[0], page) for page in pages[:1]]
    writes = write and not any(os.path.lexists(project.file_name(path)) for path in first)
    try:
        with closing(localize(project, settle, locales=locales, pages=pages, writes=writes)) as localized:
            for settled in localized:
                try:
                    _carry_out(project, manifest, settled, result, write=write)
                except NetzwerkError as error:
                    result.errors.append(error)
        _order(project, result, locales, pages)
        if everything and not result.errors:
            _remove_orphans(project, manifest, expected, result, force=force, write=write)
        if not write:
            result.outdated_manifest = manifest.outdated
        complete = not result.errors
    finally:
        if write:
            _save(manifest, result, complete=complete)
    return result


def _save(manifest: Manifest, result: Build, *, complete: bool) -> None:
    """Write the manifest; the journal stays where that fails."""
    try:
        manifest.save(complete=complete)
    except OutputError as error:
        result.errors.append(error)


def _require_own_places(
    project: Project, locales: Sequence[Locale], pages: Sequence[SourcePage]
) -> AbstractSet[str]:
    """The paths of all localized pages.

    Raises:
        OutputError: if one of them is another one's, or a source page's.
    """
    sources = project.page_paths
    taken: set[str] = set()
    for locale in locales:
        for page in pages:
            target = project.target_path(locale, page)
            if target in sources or target in taken:
                what = "a source page" if target in sources else "the localized page of another page"
                raise OutputError(
                    f"a localized page would stand where {what} stands",
                    file=target,
                    remedy="exclude that page, or change target",
                )
            taken.add(target)
    return taken


def _order(project: Project, result: Build, locales: Sequence[Locale], pages: Sequence[SourcePage]) -> None:
    """Put what was done into the order of pages and locales, in whatever order it was done."""
    if len(locales) == 1:
        return
    page_rank = {page.path: number * len(locales) for number, page in enumerate(pages)}
    locale_rank = {locale.name: number for number, locale in enumerate(locales)}
    result.fallbacks.sort(key=lambda each: page_rank[each.page] + locale_rank[each.locale])
    ranks: dict[str, int] = {}
    if result.written or result.removed or result.kept or result.below:
        for page in pages:
            for locale in locales:
                ranks[project.target_path(locale, page)] = len(ranks)
    for paths in (result.written, result.removed, result.kept, result.forced):
        paths.sort(key=ranks.__getitem__)
    result.below.sort(key=lambda each: ranks[each[0]])


def _settle(
    project: Project, manifest: Manifest, found: Found, writer: _Writer | None, *, force: bool
) -> _Settled:
    """Hold a page against the disk, and write it if that is to be done and there is a writer."""
    target = project.target_path(found.locale, found.source)
    wanted = found.outcome.digest
    old = project.read_target(target)
    action, forced = "write", False
    if project.config.is_hand_written(target):
        action = "own"
    elif old is None:
        action = "write" if wanted else "below"
    else:
        present = digest(old)
        if present == wanted:
            action = "leave"
        else:
            ours = manifest.knows(target, present)
            if not wanted:
                action = "remove" if ours else "below"
            elif not ours:
                action, forced = ("write", True) if force else ("keep", False)
    error = None
    if action == "write" and writer is not None:
        data = found.data()  # which may be made anew: only now is the outcome what it is
        if data is None:
            action = "below"
        else:
            error = writer.write(target, found.outcome.digest, data)
    coverage = Tally.from_counts(found.outcome.counts).coverage
    return _Settled(target, action, forced, found.outcome.digest, coverage, fallbacks_of(found), error)


def _carry_out(
    project: Project, manifest: Manifest, settled: _Settled | NetzwerkError, result: Build, *, write: bool
) -> None:
    """Note what was done, or is to be done, and remove what is to be removed.

    Raises:
        NetzwerkError: if a page could not be read, written or removed.
    """
    if isinstance(settled, NetzwerkError):
        raise settled
    if settled.error is not None:
        raise settled.error
    path = settled.target
    result.fallbacks += settled.fallbacks
    if settled.forced:
        result.forced.append(path)
    match settled.action:
        case "write":
            result.written.append(path)
            if write:
                manifest.record(path, settled.digest)
        case "leave":
            result.unchanged += 1
            manifest.record(path, settled.digest)
        case "remove":
            if write:
                project.remove(path)
                manifest.forget(path)
            result.removed.append(path)
            result.below.append((path, settled.coverage))
        case "keep":
            result.kept.append(path)
        case "below":
            result.below.append((path, settled.coverage))


def _remove_orphans(
    project: Project,
    manifest: Manifest,
    expected: AbstractSet[str],
    result: Build,
    *,
    force: bool,
    write: bool,
) -> None:
    """Remove the generated pages that are none of the expected ones."""
    for path in manifest.paths():
        # The site changed its language, so that it is a source now, or people took it over.
        if path in project.page_paths or project.config.is_hand_written(path):
            manifest.forget(path)
        elif path not in expected:
            try:
                _remove_orphan(project, manifest, path, result, force=force, write=write)
            except OutputError as error:
                result.errors.append(error)


def _remove_orphan(
    project: Project, manifest: Manifest, path: str, result: Build, *, force: bool, write: bool
) -> None:
    """Remove a generated page whose source page or locale is gone.

    Raises:
        OutputError: if it cannot be removed.
    """
    old = project.read_target(path)
    ours = old is None or manifest.wrote(path, old)
    if not ours and not force:
        result.kept.append(path)
        return
    if write:
        project.remove(path)
        manifest.forget(path)
    if not ours:
        result.forced.append(path)
    if old is not None:
        result.removed.append(path)
