"""Localized pages held against the disk: which are written, removed, or left to people.

A page that this tool wrote is known by the digest of its bytes. One that it did not write, or that a person
edited since, is never overwritten or removed without being asked.
"""

import os
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from netzwerk_i18n.catalog import project_lock
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import NetzwerkError, OutputError
from netzwerk_i18n.localize import Fallback, fallbacks_of, localize
from netzwerk_i18n.manifest import Manifest, digest
from netzwerk_i18n.outcomes import Found, data_of
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.tally import coverage_of


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
        standing: such pages in whose place a person's page stands.
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
    standing: list[tuple[str, float]] = field(default_factory=list)
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


class _Settled(NamedTuple):
    """A localized page held against the disk: what is to be done about it, or why that failed."""

    target: str
    # write, leave, remove, keep (a person's page), own (theirs by setting), below (nothing to do), stand (a person's page
    # where there would be none)
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
    if result.written or result.removed or result.kept or result.below or result.standing:
        for page in pages:
            for locale in locales:
                ranks[project.target_path(locale, page)] = len(ranks)
    for paths in (result.written, result.removed, result.kept, result.forced):
        paths.sort(key=ranks.__getitem__)
    for without in (result.below, result.standing):
        without.sort(key=lambda each: ranks[each[0]])


def _settle(
    project: Project, manifest: Manifest, found: Found, writer: _Writer | None, *, force: bool
) -> _Settled:
    """Hold a page against the disk, and write it if that is to be done and there is a writer."""
    target = project.target_path(found.locale, found.source)
    wanted = found.outcome.digest
    own = project.config.is_hand_written(target)
    old = None if own else project.read_target(target)
    action, forced, known = "write", False, None
    if own:
        action = "own"
    elif old is None:
        action = "write" if wanted else "below"
    else:
        present = digest(old)
        if present == wanted:
            action = "leave"
            known = None if manifest.knows(target, present) else manifest.known_as(target, old)
        else:
            ours = manifest.wrote(target, old)
            if not wanted:
                action = "remove" if ours else "stand"
            elif not ours:
                action, forced = ("write", True) if force else ("keep", False)
    error = None
    if action == "write" and writer is not None:
        data = data_of(found)  # which may be made anew: only now is the outcome what it is
        if data is None:
            action = "below"
        else:
            error = writer.write(target, found.outcome.digest, data)
    coverage = coverage_of(found.outcome.counts)
    digest_ = known or found.outcome.digest
    return _Settled(target, action, forced, digest_, coverage, fallbacks_of(found), error)


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
        case "stand":
            result.standing.append((path, settled.coverage))


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
