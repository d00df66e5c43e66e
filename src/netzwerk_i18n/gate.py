"""What must be in order before a change is merged: nothing left to extract or to build, nothing stale beyond the policy.

`check` looks at translations; the gate looks at whether catalogs and localized pages still fit the source pages. Each
finding says what puts it right. Held against an earlier state, only what a change made worse is a finding.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from netzwerk_i18n.build import check_build
from netzwerk_i18n.catalog import Catalog, Key, Message, State, parse_catalog, read_catalog, state_of
from netzwerk_i18n.check import check
from netzwerk_i18n.checks import Rules
from netzwerk_i18n.checks.files import GATE_CHECKS
from netzwerk_i18n.config import Config, Locale
from netzwerk_i18n.errors import NetzwerkError, NetzwerkErrors
from netzwerk_i18n.extract import plan_extract
from netzwerk_i18n.findings import CheckReport, LocatedFinding, unreadable_file
from netzwerk_i18n.history import History, read_history
from netzwerk_i18n.manifest import MANIFEST, Manifest
from netzwerk_i18n.page import CRITICAL, count_words
from netzwerk_i18n.project import Project, SourcePage

Place = tuple[str, Key]
"""A catalog's path and a message in it."""

_NOT_CURRENT = (State.STALE, State.NEEDS_REVIEW)


def check_all(
    project: Project,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> CheckReport:
    """What `check` finds, and what the gate finds besides; the gate judges whole projects, so not where `pages` are named.

    Args:
        project: the project.
        locales: only these.
        pages: only these source pages.
        only: only these checks, by name.
        skip: not these.

    Raises:
        ConfigError: if there is no check of a name.
        NetzwerkError: if the policy counts days and the history cannot be read.
    """
    report = check(project, locales=locales, pages=pages, only=only, skip=skip)
    if not pages and _is_wanted(only, skip):
        _add(report, _chosen(project.config.rules, stand(project, locales=locales).findings, only, skip))
    return report


def look_back(
    before: Project, *, locales: Sequence[Locale] = (), only: Sequence[str] = (), skip: Sequence[str] = ()
) -> "Earlier":
    """What :func:`check_all` finds in a project at an earlier time; the arguments are those of :func:`check_all`."""
    # The rest of a locale is settings, which a change may touch as well.
    names = {locale.name for locale in locales}
    known = [locale for locale in before.config.locales if not locales or locale.name in names]
    found = check(before, locales=known, only=only, skip=skip).findings
    standing = stand(before, locales=known) if _is_wanted(only, skip) else Standing()
    return Earlier(_count_places(found), standing)


def check_against(
    project: Project,
    look: Callable[[], "Earlier"],
    *,
    locales: Sequence[Locale] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> CheckReport:
    """What :func:`check_all` finds in `project` that :func:`look_back` did not find in it at an earlier time.

    The project is looked at first: most of its earlier state is the same, and known by then.

    Args:
        project: the project.
        look: gives what was found at the earlier time.
        locales: only these.
        only: only these checks, by name.
        skip: not these.
    """
    report = check(project, locales=locales, only=only, skip=skip)
    standing = stand(project, locales=locales) if _is_wanted(only, skip) else None
    earlier = look()
    known, places = earlier.known, _count_places(report.findings)
    known_texts, texts = _count_texts(known), _count_texts(places)

    def is_new(finding: LocatedFinding) -> bool:
        identity = _identity(finding)
        # The messages of a page that was renamed are in another catalog now.
        has_moved = finding.msgid and texts[_text(identity)] <= known_texts[_text(identity)]
        return places[identity] > known[identity] and not has_moved

    report.findings = list(filter(is_new, report.findings))
    if standing is not None:
        _add(report, _chosen(project.config.rules, worse(earlier.standing, standing), only, skip))
    return report


def _is_wanted(only: Sequence[str], skip: Sequence[str]) -> bool:
    return any((not only or check.name in only) and check.name not in skip for check in GATE_CHECKS)


def _chosen(
    rules: Rules, findings: Sequence[LocatedFinding], only: Sequence[str], skip: Sequence[str]
) -> list[LocatedFinding]:
    """The findings that are wanted, each as severe as the configuration has it."""
    chosen = []
    for finding in findings:
        severity = rules.severity(finding.check, finding.locale, finding.severity)
        if severity != "off" and (not only or finding.check in only) and finding.check not in skip:
            chosen.append(replace(finding, severity=severity))
    return chosen


def _add(report: CheckReport, findings: Sequence[LocatedFinding]) -> None:
    """Add what the gate found to what `check` found; each may have come upon the same file that cannot be read."""
    known = {_identity(finding) for finding in report.findings}
    for finding in findings:
        if _identity(finding) not in known:
            known.add(_identity(finding))
            report.findings.append(finding)
    report.findings.sort(key=lambda finding: (finding.file, finding.line, finding.severity, finding.check))


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message that the gate has an eye on.

    Attributes:
        state: what keeps it from being published.
        words: the words of its source text.
        file: its catalog.
        line: its line there.
        msgid: its text.
        critical: whether its author marked it so.
    """

    state: State
    words: int
    file: str
    line: int
    msgid: str
    critical: bool


@dataclass(slots=True)
class Standing:
    """A project as the gate sees it: what is found, and the messages behind it.

    Attributes:
        findings: what is not in order.
        open: by locale, the messages that are not published, by catalog and key.
        translated: by locale, the messages that are, by catalog and key.
        absent: the catalogs that are not there. What `extract` would write in their place is in `open` and `translated`.
        missing: by locale, the messages of the source pages that are not in their catalog, which is there.
    """

    findings: list[LocatedFinding] = field(default_factory=list)
    open: dict[str, dict[Place, OpenMessage]] = field(default_factory=dict)
    translated: dict[str, set[Place]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    missing: dict[str, dict[Place, OpenMessage]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found in a project at an earlier time: nothing, where there was none yet.

    Attributes:
        known: at how many places each finding of `check` stood; its lines are no help, for a change moves them.
        standing: the project as the gate saw it.
    """

    known: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    standing: Standing = field(default_factory=Standing)


def stand(project: Project, *, locales: Sequence[Locale] = ()) -> Standing:
    """Hold a project against what its commands would make of it, and against its policy. Nothing is written.

    A catalog or a page that cannot be read is left to `check`.

    Args:
        project: the project.
        locales: only these; all where empty.

    Raises:
        NetzwerkError: if the policy counts days and the history cannot be read.
    """
    gate = project.config.gate
    history = read_history(project) if gate.grace_days else History()
    standing = Standing()
    planned, outputs, broken = _plan(project, locales or project.config.locales)
    if planned is not None:
        readable = planned.config.locales
        scope = planned.awaiting(outputs)
        standing.findings += broken
        standing.findings += _outdated_files(scope)
        standing.findings += _outdated_pages(
            project.awaiting(scope.pending), scope, everything=len(readable) == len(project.config.locales)
        )
        for locale in readable:
            _read_states(scope, locale, standing)
            standing.findings += _judge_locale(
                project.config, locale, standing, stale_since(history, locale.name, gate.maximum_stale_words)
            )
    return standing


def stale_since(history: History, locale: str, maximum: int) -> datetime | None:
    """Since when more words of a locale are stale than `maximum`, as far as it was recorded; None where nothing was.

    Where the last record still was in order, it began just now.
    """
    figures = [
        (record.time, record.locales[locale]) for record in history.records if locale in record.locales
    ]
    if not figures:
        return None
    since = datetime.now(UTC)
    for time, each in reversed(figures):
        if sum(each.words.get(state, 0) for state in _NOT_CURRENT) <= maximum:
            break
        since = time
    return since


def worse(before: Standing, after: Standing) -> list[LocatedFinding]:
    """What is found after a change and was not found before it.

    A text of the source that changed makes its translations stale in every language. Whoever changed it is told, and
    not asked to translate: that is a warning. An error is a translation that was lost while its source stayed.
    """
    known = {_identity(finding) for finding in before.findings}
    found = [
        finding
        for finding in after.findings
        if finding.check not in {"stale", "untranslated", "draft", "critical"}
        and _identity(finding) not in known
    ]
    for locale, messages in after.open.items():
        fresh = {
            place: message
            for place, message in messages.items()
            if place not in before.open.get(locale, {}) and locale in before.open
        }
        translated = before.translated.get(locale, set())
        lost = _lost_of(fresh | after.missing[locale], translated, after.translated[locale])
        found += [_lost(message, locale) for message in lost if message.file not in after.absent]
        for file in sorted({message.file for message in lost} & after.absent):
            amount = _amount([message for message in lost if message.file == file])
            text = f"the translations of {amount} are gone with this catalog; bring it back"
            found.append(LocatedFinding("error", "lost-translation", text, file, locale=locale))
        known_keys = {key for _, key in before.open.get(locale, {})}
        stale = [
            each
            for place, each in fresh.items()
            if each.state is State.STALE
            and each not in lost
            and (place in translated or place[1] not in known_keys)  # else it was stale in another catalog
        ]
        if stale:
            critical = sum(each.critical for each in stale)
            also = f", {critical} of them critical" if critical else ""
            found.append(
                LocatedFinding(
                    "warning",
                    "stale",
                    f"the change makes {_amount(stale)} stale{also}; they wait for a translator",
                    stale[0].file,
                    stale[0].line,
                    locale=locale,
                    msgid=stale[0].msgid,
                )
            )
    return found


def _lost_of(
    fresh: Mapping[Place, OpenMessage], before: AbstractSet[Place], after: AbstractSet[Place]
) -> list[OpenMessage]:
    """Of the messages that are open now, those that were translated: in that catalog, or elsewhere and nowhere now."""
    anywhere = {key for _, key in before} - {key for _, key in after}
    return [message for place, message in fresh.items() if place in before or place[1] in anywhere]


def _lost(message: OpenMessage, locale: str) -> LocatedFinding:
    text = f"this was translated and is {_word(message.state)} now, though its source is the same"
    if message.state is State.UNTRANSLATED:
        return _finding("error", "lost-translation", f"{text}; bring it back", message, locale)
    return _finding("warning", "lost-translation", f"{text}; is that meant?", message, locale)


def _identity(finding: LocatedFinding) -> tuple[str, str, str, str]:
    return (finding.check, finding.locale, finding.file, finding.msgid or finding.message)


def _count_places(findings: Sequence[LocatedFinding]) -> Counter[tuple[str, str, str, str]]:
    """At how many places findings stand that are otherwise the same, as those of one text in two contexts are."""
    return Counter(
        identity for identity, _, _ in {(_identity(each), each.line, each.column) for each in findings}
    )


def _text(identity: tuple[str, str, str, str]) -> tuple[str, str, str]:
    check_, locale, _, text = identity
    return (check_, locale, text)


def _count_texts(places: Counter[tuple[str, str, str, str]]) -> Counter[tuple[str, str, str]]:
    """The same number for the whole project, whatever the files."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for identity, number in places.items():
        counts[_text(identity)] += number
    return counts


def _plan(
    project: Project, locales: Sequence[Locale]
) -> tuple[Project | None, dict[str, bytes | None], list[LocatedFinding]]:
    """The project with the locales whose catalogs can be read, what `extract` would write for it, and what keeps it from that.

    It may be kept by files that `check` does not read, such as a template. None where no locale is left.
    """
    scope = replace(project, config=replace(project.config, locales=tuple(locales)))
    try:
        # Where nothing is wrong, as a rule, no catalog is read only to see whether it can be.
        return scope, plan_extract(scope)[1], []
    except NetzwerkError as error:
        readable = [locale for locale in locales if _is_readable(project, locale)]
        if not readable:
            return None, {}, []
        if len(readable) < len(locales):
            return _plan(project, readable)
        errors = error.errors if isinstance(error, NetzwerkErrors) else (error,)
        return scope, {}, [unreadable_file(project, each) for each in errors if each.file]


def _is_readable(project: Project, locale: Locale) -> bool:
    try:
        for path in project.catalog_paths(locale):
            read_catalog(project.file(path), name=path)
    except NetzwerkError:
        return False
    return True


def _outdated_files(project: Project) -> Iterator[LocatedFinding]:
    """The template and the catalogs that `extract` would write."""
    outputs = project.pending.items()
    templates: dict[str, bool] = {}
    for path, data in outputs:
        if not path.endswith(".pot"):
            continue
        there = templates[path] = project.file(path).is_file()
        if data is None:
            message = "belongs to no source page any more; run netzwerk-i18n sync"
        elif there:
            message = "is not what the source pages hold; run netzwerk-i18n sync"
        else:
            message = "is not there yet; run netzwerk-i18n sync"
        yield LocatedFinding("error" if there else "warning", "template-outdated", message, path)
    catalogs = {
        project.catalog_path(locale, page): (locale.name, project.template_path(page))
        for locale in project.config.locales
        for page in project.catalog_pages
    }
    for path, data in outputs:
        if path.endswith(".pot"):
            continue
        locale, template = catalogs.get(path, ("", ""))
        there = project.file(path).is_file()
        if template in templates and templates[template] >= there:
            continue  # it follows its template, of which no less was said
        if not there:
            message = "is not there yet; run netzwerk-i18n sync"
            yield LocatedFinding("warning", "catalog-outdated", message, path, locale=locale)
        elif _differs(project, path, data):
            message = "does not hold the messages of the template; run netzwerk-i18n sync"
            yield LocatedFinding("error", "catalog-outdated", message, path, locale=locale)


def _differs(project: Project, path: str, data: bytes | None) -> bool:
    """Whether a catalog lacks more than the form that this tool would give it: editors wrap lines as they like."""
    old = read_catalog(project.file(path), name=path)
    if old is None or data is None:
        return True
    return _substance(old) != _substance(parse_catalog(data, file=path))


def _substance(catalog: Catalog) -> dict[Key, tuple[str, bool, str | None, bool]]:
    return {
        message.key: (message.msgstr, message.fuzzy, message.previous, message.obsolete)
        for message in catalog.messages
    }


def _outdated_pages(project: Project, scope: Project, *, everything: bool) -> Iterator[LocatedFinding]:
    """The localized pages that `build` would write, remove, leave alone because a person edited them, or cannot write."""
    try:
        # Only a build of all languages sees the pages of a language that is gone.
        result = check_build(project, locales=() if everything else scope.config.locales)
        manifest = Manifest(project)
    except NetzwerkError as error:
        yield unreadable_file(project, error)
        return
    for wrong in result.errors:
        yield unreadable_file(project, wrong)
    for path in result.written:
        there = project.file(path).is_file()
        if there:
            message = "is not what its source page and catalog give; run netzwerk-i18n build"
        elif path in manifest:
            message = "was built and is gone; run netzwerk-i18n build"
        elif manifest.paths():
            message = "has not been built yet; run netzwerk-i18n build"
        else:
            continue  # a site that builds its pages elsewhere, or not yet
        yield LocatedFinding("error" if path in manifest else "warning", "page-outdated", message, path)
    if result.outdated_manifest:
        message = "has other digests for pages that are right, as a merge leaves it; run netzwerk-i18n build"
        yield LocatedFinding("error", "page-outdated", message, MANIFEST)
    expected = {
        project.target_path(locale, page) for page in project.pages for locale in project.config.locales
    }
    for path in result.removed:
        message = "would not be published any more: its source page or its language is gone, or too little of it is "
        yield LocatedFinding("error", "page-outdated", f"{message}translated; run netzwerk-i18n build", path)
    for path in result.kept:
        if path in manifest and path not in expected:
            message = (
                "was edited by hand, and its source page or its language is gone; rename it as its source page was and "
                "run netzwerk-i18n import --edited to bring the edit into the catalog, or netzwerk-i18n build --force "
                "to remove it"
            )
            yield LocatedFinding("error", "page-edited", message, path)
        elif path in manifest:
            message = (
                "was edited by hand, so build leaves it alone; run netzwerk-i18n import --edited to bring the edit into "
                "the catalog, or netzwerk-i18n build --force to drop it"
            )
            yield LocatedFinding("error", "page-edited", message, path)
        else:
            message = "was written by hand where build would write; run netzwerk-i18n import, or name it in [pages] hand_written"
            yield LocatedFinding("warning", "page-edited", message, path)


def _read_states(project: Project, locale: Locale, standing: Standing) -> None:
    pending = standing.open.setdefault(locale.name, {})
    translated = standing.translated.setdefault(locale.name, set())
    missing = standing.missing.setdefault(locale.name, {})
    for path in project.catalog_paths(locale):
        catalog = read_catalog(project.file(path), name=path)
        data = project.pending.get(path)
        planned = parse_catalog(data, file=path) if data is not None else None
        if catalog is None:
            standing.absent.add(path)
            catalog = planned
        elif planned is not None:
            held = {message.key for message in catalog.live()}
            missing |= {
                (path, message.key): replace(_open_message(path, message, State.UNTRANSLATED), line=1)
                for message in planned.live()
                if message.key not in held and state_of(message) is not State.TRANSLATED
            }
        for message in catalog.live() if catalog is not None else ():
            state = state_of(message)
            if state is State.TRANSLATED:
                translated.add((path, message.key))
            else:
                pending[path, message.key] = _open_message(path, message, state)


def _open_message(path: str, message: Message, state: State) -> OpenMessage:
    critical = CRITICAL in message.extracted
    return OpenMessage(state, count_words(message.msgid), path, max(1, message.line), message.msgid, critical)


def _judge_locale(
    config: Config, locale: Locale, standing: Standing, since: datetime | None
) -> Iterator[LocatedFinding]:
    """What is stale, untranslated or a draft beyond the policy."""
    gate, name = config.gate, locale.name
    required = not gate.required or name in gate.required
    messages = standing.open[name].values()
    stale = [message for message in messages if message.state in _NOT_CURRENT]
    for message in stale:
        if message.critical:
            text = "this critical text changed, and its translation is outdated; translate it and take the fuzzy mark away"
            yield _finding("error", "critical", text, message, name)
    if stale and _words(stale) > gate.maximum_stale_words:
        allowed = f" ({gate.maximum_stale_words} words are allowed)" if gate.maximum_stale_words else ""
        text = (
            f"{_amount(stale)} fuzzy: stale or not reviewed{allowed}; see netzwerk-i18n status --stale --locale {name}, "
            "correct them and take the fuzzy mark away"
        )
        in_grace = since is not None and datetime.now(UTC) - since < timedelta(days=gate.grace_days)
        if in_grace:
            text += f" (within the {gate.grace_days} days of grace)"
        yield _finding("error" if required and not in_grace else "warning", "stale", text, stale[0], name)
    missing = [message for message in messages if message.state is State.UNTRANSLATED]
    limit = gate.maximum_untranslated_words
    if limit is not None and _words(missing) > limit:
        text = f"{_amount(missing)} untranslated, and {limit} words are allowed; translate them"
        yield _finding("error" if required else "warning", "untranslated", text, missing[0], name)
    drafts = [message for message in messages if message.state is State.DRAFT]
    if drafts and locale.policy.publish != "drafts":
        text = f"{_amount(drafts)} drafted by a machine; review them and take the fuzzy mark away"
        yield _finding("warning", "draft", text, drafts[0], name)


def _finding(severity: str, check: str, text: str, message: OpenMessage, locale: str) -> LocatedFinding:
    return LocatedFinding(
        "error" if severity == "error" else "warning",
        check,
        text,
        message.file,
        message.line,
        locale=locale,
        msgid=message.msgid,
    )


def _words(messages: Sequence[OpenMessage]) -> int:
    return sum(message.words for message in messages)


def _amount(messages: Sequence[OpenMessage]) -> str:
    words = _words(messages)
    return f"{_count(len(messages), 'message')} ({_count(words, 'word')})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _word(state: State) -> str:
    return {State.NEEDS_REVIEW: "fuzzy", State.DRAFT: "a draft"}.get(state, state.value)
