"""One source page + its catalog -> one localized page in memory, by the rules of what may be published.

Translations are untrusted: what a check refuses does not stand on the page, nor does what would break it together
with others.
"""

from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netzwerk_i18n.catalog import Catalog, Key, Message, State, is_machine_made, mark_of, state_of
from netzwerk_i18n.catalog.stale import stands_for_all_parts
from netzwerk_i18n.checks import Finding, Rules, Situation, find_error, is_harmless
from netzwerk_i18n.checks.files import PAGE_SEVERITIES, PAGE_STRUCTURE
from netzwerk_i18n.config import PREVIEWED, Config, Locale, Policy, fill, localized_value
from netzwerk_i18n.errors import FrontMatterError, NetzwerkError, PageError
from netzwerk_i18n.kept import Task, visit_kept
from netzwerk_i18n.manifest import digest
from netzwerk_i18n.outcomes import Found, Outcome, outcome_task
from netzwerk_i18n.page import Segment
from netzwerk_i18n.page.plurals import form_of
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.tally import Tally
from netzwerk_i18n.walk import Visit

if TYPE_CHECKING:
    from netzwerk_i18n.checks.pages import PageProblem
    from netzwerk_i18n.page import Page

T = TypeVar("T")

_NO_VERDICTS: Mapping[Segment, Finding | None] = MappingProxyType({})
_FEWEST_TRIES = 64
_MOST_READ = 4_000_000
"""So many characters of localized pages are read, roughly, to find which translations break one."""

_NOTICE = ("status", "engine", "coverage", "source")
"""What the notice of drafts says."""

_PUBLISHABLE = {
    "translated": (State.TRANSLATED,),
    "drafts": (State.TRANSLATED, State.DRAFT),
    PREVIEWED: (State.TRANSLATED, State.DRAFT, State.NEEDS_REVIEW),
}
"""What may stand on a page, by `publish`; for what is stale see :meth:`_Choice._may_stand`."""

_STATE_DIGITS = {state: str(number) for number, state in enumerate(State)}


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
class LocalizedPage:
    """One source page in one locale, as it would be published.

    Attributes:
        source: the source page's path.
        locale: the locale's name.
        target: where the localized page stands.
        tally: its figures.
        states: the state of each of its messages.
        published: those whose translation stands on it.
        covered: these, and plural forms in whose place a published one is shown.
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
    covered: AbstractSet[Key]
    data: bytes | None
    fallbacks: tuple[Fallback, ...] = ()


def localize(
    project: Project,
    handle: Callable[[Found], T],
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
    writes: bool = False,
) -> Generator[T | NetzwerkError, None, None]:
    """Hand the outcome of every page in every locale to `handle`: see :func:`~netzwerk_i18n.kept.visit_kept`.

    Where it `writes`, `handle` writes most of the pages.
    """
    task = localize_task(project, writes=writes)
    return visit_kept(project, task, handle, locales=locales, pages=pages)


def localize_task(project: Project, *, writes: bool = False) -> Task[Outcome]:
    """The task of localizing every page in every locale; for `writes` see :func:`localize`."""
    return outcome_task(project, lambda found: outcome_of(localize_page(project, found)), writes=writes)


def outcome_of(page: LocalizedPage) -> Outcome:
    """What is kept of a localized page."""
    return Outcome(
        digest="" if page.data is None else digest(page.data),
        counts=page.tally.counts,
        states="".join([_STATE_DIGITS[state] for state in page.states.values()]),
        published="1" * len(page.states)
        if len(page.covered) == len(page.states)
        else "".join(["1" if key in page.covered else "0" for key in page.states]),
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
    checks = page_errors(rules, locale.name)
    base, text = _without_culprits(project.config, source, page, choice, checks)
    tally = choice.tally()
    data = None
    if tally.coverage >= (policy.minimum_coverage or 0.0):
        if not page.is_data:  # whatever reads it may know no other keys
            text = _with_heading_ids(project.config, source, page, base, choice, text)
            text = _with_own_values(project.config, locale, source, text)
            text = _with_notice(project.config, source, text, choice.draft_engines(), tally)
        data = text.encode("utf-8")
    fallbacks = tuple(
        Fallback(locale.name, found.path, message.line, source.path, message.msgid, finding)
        for message, finding in choice.broken.values()
    )
    target = project.target_path(locale, source)
    return LocalizedPage(
        source.path,
        locale.name,
        target,
        base,
        tally,
        choice.states,
        choice.published,
        choice.covered,
        data,
        fallbacks,
    )


def page_errors(rules: Rules, locale: str) -> frozenset[str]:
    """The checks of a page as a whole that decide whether translations stand on it; see `PAGE_CHECKS`.

    Args:
        rules: the rules on this page.
        locale: the locale's name.
    """
    return frozenset(
        name
        for name, default in PAGE_SEVERITIES.items()
        if rules.severity(name, locale, default) == "error" and rules.ignore(name, locale, None, None) is None
    )


def _without_culprits(
    config: Config, source: SourcePage, page: "Page", choice: "_Choice", checks: frozenset[str]
) -> tuple["Page", str]:
    """The source page without what is left out, and the localized page, on which no translations break it together.

    Each of these may stand on it alone.
    """
    if page.forms:  # what of them cannot be written there is left out below
        page.render(choice.translation, choice.reject)
    base = page.without(choice.missing(page))
    if base is page and not choice.published:
        return page, page.text
    text = base.render(choice.translation, choice.reject)
    from netzwerk_i18n.checks.inert import is_inert

    if not checks or (checks == {PAGE_STRUCTURE} and is_inert(base, text, choice.translation)):
        return base, text
    from netzwerk_i18n.checks.pages import SourceBody
    from netzwerk_i18n.page.culprits import find_culprits

    def body_of(base: "Page") -> SourceBody:
        return SourceBody(base, config.page, whole=page, heading_ids=config.heading_ids_on(source.path))

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


def added_keys(config: Config, policy: Policy) -> frozenset[str]:
    """The keys of the front matter that a localized page may have, and its source page has not."""
    keys = {key for key in config.localized if config.is_added(key)}
    notice = config.draft.notice
    if notice is not None and policy.publish == "drafts":
        keys |= {notice, *(f"{notice}_{name}" for name in _NOTICE)}  # lines of metadata hold no table
    return frozenset(keys)


def _with_heading_ids(
    config: Config, source: SourcePage, page: "Page", base: "Page", choice: "_Choice", text: str
) -> str:
    """The page with the ids that links to its headings have on the source page."""
    style = config.heading_ids_on(source.path)
    if not style:
        return text
    from netzwerk_i18n.page.heading_ids import source_ids

    settings = config.page_on(source.path, source.folder)
    additions = source_ids(page, base, choice.translation, style, settings)
    return base.render(choice.translation, lambda *_: None, additions=additions) if additions else text


def _with_own_values(config: Config, locale: Locale, source: SourcePage, text: str) -> str:
    """The page with the values in its front matter that are not translated and still differ by language.

    Raises:
        FrontMatterError: if one cannot be written there.
    """
    if not config.localized:
        return text
    from netzwerk_i18n.page.front_matter import Field, find_front_matter
    from netzwerk_i18n.page.front_matter.additions import add_value

    front_matter = find_front_matter(text)
    if front_matter is None:
        return text
    own = {"lang": locale.lang, "locale": locale.name, "path": source.wildcard}
    values: dict[Field, str] = {}
    for key, pattern in config.localized.items():
        for each in front_matter.fields((key,)):
            value = localized_value(pattern, each.value, source_lang=config.source_lang, **own)
            values.setdefault(each, value)
    try:
        result = text[: front_matter.start] + front_matter.splice(values) + text[front_matter.end :]
        for key, pattern in config.localized.items():
            if config.is_added(key):
                result = add_value(result, key, fill(pattern, **own))
    except FrontMatterError as error:
        remedy = "mend it in the source page, or its pattern in [pages.localized]"
        raise FrontMatterError(error.message, source.path, error.line, remedy) from None
    return result


def _with_notice(config: Config, source: SourcePage, text: str, engines: Sequence[str], tally: Tally) -> str:
    """The page with a notice for the theme where drafts stand on it.

    Raises:
        FrontMatterError: if the source page has a key of that name, or front matter that takes none.
    """
    key = config.draft.notice
    if key is None or not engines:
        return text
    from netzwerk_i18n.page.front_matter.additions import add_notice

    words = tally.words.total()
    # Rounded down, as everywhere: 1.00 means that nothing is missing.
    coverage = tally.published_words * 100 // words / 100 if words else 1.0
    values: tuple[str | float, ...] = ("draft", ", ".join(engines), coverage, config.source_lang)
    try:
        return add_notice(text, key, dict(zip(_NOTICE, values, strict=True)))
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
        self._catalog, self._page = catalog, page
        self._verdicts = verdicts
        self._previews = policy.publish == PREVIEWED
        self._previous = policy.fallback == "previous"
        self._omits = policy.fallback == "omit"
        self._publishable = _PUBLISHABLE[policy.publish or ""]
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
        if self._may_stand(segment, message, state):
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

    def _may_stand(self, segment: Segment, message: Message, state: State) -> bool:
        """Whether a translation in this state is published, if the checks have nothing against it."""
        if state is not State.STALE:
            return state in self._publishable
        if segment.critical or stands_for_all_parts(message):
            return False
        return self._previews or (self._previous and not is_machine_made(message))

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
        """The segments in whose place nothing stands, if the page allows for it.

        These are none unless the policy says so, and plural forms that the source does not have: without them a site
        shows the form that it shows for every other number.
        """
        if not self._omits and not page.forms:
            return []
        return [
            segment
            for segment in page.segments
            if self.translation(segment) is None and (self._omits or form_of(segment.context))
        ]

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

    @property
    def covered(self) -> AbstractSet[Key]:
        """The messages of which a reader sees a translation: a plural form that is left out gives way to `other`."""
        if not self._page.forms:
            return self._published.keys()
        forms = {
            segment.key
            for segment in self._page.segments
            if form_of(segment.context) and (None, segment.text) in self._published
        }
        return self._published.keys() | forms

    def draft_engines(self) -> list[str]:
        """The names of what made the drafts that stand on the page, sorted; empty where none does, and in a preview."""
        if self._previews:
            return []
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
        covered = self.covered
        for key, state in self.states.items():
            words = count_words(key[1])
            messages[state] = messages.get(state, 0) + 1
            counted[state] = counted.get(state, 0) + words
            if key in covered:
                published_words += words
        return Tally(Counter(messages), Counter(counted), published_words)
