"""`netzwerk-i18n build`: source pages + catalogs -> localized pages."""

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from netzwerk_i18n.cli import context
from netzwerk_i18n.cli.watching import Done, repeat, require_alone, watch_option
from netzwerk_i18n.errors import as_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netzwerk_i18n.build import Build

T = TypeVar("T")


@click.command("build", short_help="Write the localized pages.")
@context.pages_argument
@context.locale_option
@context.check_option
@context.force_option
@click.option(
    "--preview",
    is_flag=True,
    help="For translators: also pages that are not ready, and what is fuzzy. The next build takes it back.",
)
@watch_option
def command(
    *, pages: tuple[str, ...], locales: tuple[str, ...], check: bool, force: bool, preview: bool, watch: bool
) -> None:
    """Write the localized pages from the source pages and the catalogs.

    PAGES are source pages (paths from the root, folders or globs); without them, all.
    """
    from netzwerk_i18n.build import build, check_build

    require_alone(watch=watch, check=check, force=force)
    if preview and force:
        raise click.UsageError(
            "--force overwrites what people wrote, which no preview is worth: leave out one"
        )

    reporter = Reporter(check=check)

    def work(*, tersely: bool = False, previewed: bool = preview) -> Done:
        project = context.open_project()
        if previewed:
            project = project.previewed()
        chosen = context.choose_locales(project, locales)
        selected = project.select(pages) if pages else ()
        run = check_build if check else build
        result = run(project, locales=chosen, pages=selected, force=force)
        if result.changes or not tersely:
            reporter.report(result)
        if result.errors:
            raise as_one(result.errors)
        return Done(needs_person=failed(result, check=check))

    if watch:
        repeat(work, locales=locales, pages=pages)
        if preview:
            work(tersely=True, previewed=False)
        return
    done = work()
    if preview and not check:
        context.say("preview: not to be published as it is; netzwerk-i18n build takes it back")
    if done.needs_person:
        sys.exit(1)


def failed(result: "Build", *, check: bool) -> bool:
    """Whether something needs a person: a page left alone, a translation refused, or work to do under `--check`."""
    return bool(result.kept or result.fallbacks or (check and result.changes))


class Reporter:
    """Says what builds did; of pages that are not published, or left alone, only what was otherwise at the last one."""

    def __init__(self, *, check: bool) -> None:
        from netzwerk_i18n.build import Build

        self._check, self._last = check, Build()

    def report(self, result: "Build") -> None:
        """Say what was, or would be, done, and what was not and why."""
        from netzwerk_i18n.report.text import whole_percent

        check, last = self._check, self._last
        below = _news(result.below, last.below)
        standing = _news(result.standing, last.standing)
        kept = _news(result.kept, last.kept)
        self._last = result
        for path in result.forced:
            context.warn(
                f"{path}: {'would lose' if check else 'lost'} what a person wrote, because of --force"
            )
        context.list_some(result.written, "would write" if check else "wrote")
        if result.outdated_manifest:
            context.say(
                "would write locales/.netzwerk-i18n/pages.json, which has other digests for pages that are right"
            )
        context.list_some(result.removed, "would remove" if check else "removed")
        for path, coverage in below[: context.SHOWN]:
            context.say(
                f"not published: {path} (only {whole_percent(coverage)} % of its words are translated)"
            )
        if len(below) > context.SHOWN:
            context.say(f"not published: {len(below) - context.SHOWN:,} more, for lack of translations")
        for path, coverage in standing[: context.SHOWN]:
            translated = f"{whole_percent(coverage)} % of its words are translated in the catalog"
            context.say(f"left alone: {path}, written or edited by a person (only {translated}; see import)")
        if len(standing) > context.SHOWN:
            context.say(f"left alone: {len(standing) - context.SHOWN:,} more that a person wrote or edited")
        for path in kept[: context.SHOWN]:
            remedy = "see import and import --edited, name it in hand_written, or overwrite it with --force"
            context.warn(f"{path}: written or edited by a person, left as it is; {remedy}")
        if len(kept) > context.SHOWN:
            context.warn(
                f"{len(kept) - context.SHOWN:,} more pages that a person wrote or edited were left alone"
            )
        context.warn_of_fallbacks(result.fallbacks)
        verb = "to write" if check else "written"
        parts = [f"{context.count(len(result.written), 'page')} {verb}", f"{result.unchanged:,} up to date"]
        if result.removed:
            parts.append(f"{len(result.removed):,} {'to remove' if check else 'removed'}")
        if result.kept:
            parts.append(f"{len(result.kept):,} left alone")
        context.say(f"build: {', '.join(parts)}")


def _news(now: "Sequence[T]", before: "Sequence[T]") -> "list[T]":
    known = {*before}
    return [each for each in now if each not in known]
