"""`netzwerk-i18n translate`: drafts for what is untranslated."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from netzwerk_i18n.draft.engines import Engine
    from netzwerk_i18n.draft.glossary import Glossary
    from netzwerk_i18n.draft.outcome import Drafting
    from netzwerk_i18n.draft.translate import Progress
    from netzwerk_i18n.project import Project

NONE = "none"
"""In place of an engine's name: only the steps that need none."""

_STEPS = {
    "memory": "the memory",
    "memory-context": "the memory, another context",
    "memory-normalized": "the memory, other markup, case or numbers",
    "locale-data": "locale data",
    "same": "kept as they are",
}
_PLAIN_LINES_EVERY = 0.1
_PLAIN_LINES_SECONDS = 2.0
_SAMPLE_WIDTH = 90


@click.command("translate", short_help="Draft by machine what is untranslated.")
@context.pages_argument
@context.locale_option
@click.option(
    "--engine",
    "-e",
    metavar="ENGINE",
    help="Ask this engine, whatever the configuration says; none asks none.",
)
@click.option(
    "--stale", is_flag=True, help="Draft stale messages, too; they keep the text they were made from."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Draft at most N messages.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would be sent, and how much; ask nobody, write nothing."
)
@click.option(
    "--check", is_flag=True, help="Like --dry-run; exit 1 if anything would be drafted or sent for a draft."
)
def command(
    *,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    engine: str | None,
    stale: bool,
    limit: int | None,
    dry_run: bool,
    check: bool,
) -> None:
    """Make machine drafts of what is untranslated, marked as drafts, and never over a person's work.

    PAGES are source pages (paths from the root, folders or globs); without them, all. Translations that people made
    before come first, then names of countries and numbers, then the engine. Exit code 1 if something is left that the
    engine was to translate.
    """
    from netzwerk_i18n.draft.glossary import read_glossary
    from netzwerk_i18n.draft.translate import preview, translate

    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    selected = project.select(pages) if pages else ()
    glossary = read_glossary(project)
    machine = _engine(project, engine, glossary)
    if dry_run or check:
        result = preview(
            project, machine, locales=chosen, pages=selected, stale=stale, limit=limit, glossary=glossary
        )
        _report_preview(result)
        if check and (result.steps.total() or result.characters.total()):
            sys.exit(1)
        return
    with _progress() as progress:
        result = translate(
            project,
            machine,
            locales=chosen,
            pages=selected,
            stale=stale,
            limit=limit,
            glossary=glossary,
            progress=progress,
        )
    _report(result)
    if result.error is not None:
        raise result.error
    if result.failed:
        sys.exit(1)


def _engine(project: "Project", name: str | None, glossary: "Glossary") -> "Engine | None":
    from netzwerk_i18n.draft.engines import Setup, create

    name = name or project.config.draft.engine
    if name is None or name == NONE:
        return None
    options = project.config.engines.get(name, {})
    return create(Setup(name, options, terms=glossary.entries, root=project.config.root))


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A bar with the time left on a terminal; elsewhere a line for every tenth of the work that takes long enough."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("translate"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("translate", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return
    told, moment = 0.0, time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told, moment
        share = done / total if total else 1.0
        if share >= told + _PLAIN_LINES_EVERY and time.monotonic() >= moment + _PLAIN_LINES_SECONDS:
            told, moment = share, time.monotonic()
            context.say(f"translate: {done:,} of {total:,}")

    yield tell


def _report(result: "Drafting") -> None:
    """Say what was done, what was not and why, and what it cost."""
    for path, number in result.written.items():
        context.say(f"{path}: {context.count(number, 'draft')}")
    _say_kept(result)
    _say_terms(result)
    _say_left(result)
    for note in dict.fromkeys(result.notes):
        context.warn(f"note: {note}")
    if result.missing:
        context.warn(f"note: {context.count(result.missing, 'text')} in no catalog yet; run extract first")
    if result.overtaken:
        context.say(
            f"{context.count(result.overtaken, 'message')} translated by somebody meanwhile, left alone"
        )
    if result.stopped is not None:
        context.warn(f"stopped: {result.stopped}")
    for line in _figures(result):
        context.say(f"  {line}")
    drafted = sum(result.written.values())
    parts = [f"{context.count(drafted, 'draft')} for {context.count(result.wanted, 'message')}"]
    if result.left:
        parts.append(f"{len(result.left):,} left")
    if result.beyond:
        parts.append(f"{result.beyond:,} beyond the limit")
    context.say(f"translate: {', '.join(parts)}")


def _figures(result: "Drafting") -> Iterator[str]:
    """Drafts by step and style, and what was sent."""
    for step, number in result.steps.most_common():
        styles = ""
        if step == result.engine and result.styles:
            styles = " (" + ", ".join(f"{style}: {n:,}" for style, n in result.styles.most_common()) + ")"
        yield f"from {_STEPS.get(step, step)}: {number:,}{styles}"
    if result.engine is not None and result.wanted:
        sent = f"sent to {result.engine}: {context.count(result.characters.total(), 'character')}"
        if result.answers:
            sent += f"; {context.count(result.answers, 'answer')} known from before"
        if result.cost is not None:
            sent += f"; cost: {result.cost:.2f} {result.currency}"
        yield sent


def _say_left(result: "Drafting") -> None:
    from netzwerk_i18n.draft.outcome import NO_ENGINE

    reasons = Counter(one.reason for one in result.left)
    if reasons.pop(NO_ENGINE, 0):
        number = sum(one.reason == NO_ENGINE for one in result.left)
        context.say(
            f"{context.count(number, 'message')} left for an engine: choose one with --engine or [draft] engine"
        )
    for reason, number in reasons.most_common():
        context.warn(f"left untranslated: {context.count(number, 'message')}: {reason}")
        for one in [one for one in result.left if one.reason == reason][: context.SHOWN // 4]:
            context.warn(f"  {one.catalog}:{one.line}")


def _say_kept(result: "Drafting") -> None:
    from netzwerk_i18n.report.text import one_line

    for kept in result.kept[: context.SHOWN]:
        context.say(f"{kept.page}:{kept.line}: not in the source language, kept: {one_line(kept.text)}")
    if len(result.kept) > context.SHOWN:
        context.say(f"{len(result.kept) - context.SHOWN:,} more passages were kept as they are")


def _say_terms(result: "Drafting") -> None:
    for path, line, sentence in result.terms[: context.SHOWN]:
        context.warn(f"{path}:{line}: warning: glossary: {sentence}")
    if len(result.terms) > context.SHOWN:
        context.warn(f"{len(result.terms) - context.SHOWN:,} more drafts do not keep to the glossary")


def _report_preview(result: "Drafting") -> None:
    """Say what would be done and sent."""
    from netzwerk_i18n.report.text import one_line

    for locale, text in result.sample[: context.SHOWN]:
        context.say(f"would send ({locale}): {one_line(text, width=_SAMPLE_WIDTH)}")
    if len(result.sample) > context.SHOWN:
        context.say(f"would send {len(result.sample) - context.SHOWN:,} more texts")
    _say_kept(result)
    _say_left(result)
    for note in dict.fromkeys(result.notes):
        context.warn(f"note: {note}")
    if result.missing:
        context.warn(f"note: {context.count(result.missing, 'text')} in no catalog yet; run extract first")
    for step, number in result.steps.most_common():
        context.say(f"  from {_STEPS.get(step, 'answers known from before')}: {number:,}")
    for locale, number in result.characters.items():
        texts = sum(one == locale for one, _ in result.sample)
        context.say(f"  {locale}: {context.count(texts, 'text')}, {context.count(number, 'character')}")
    sent = f"{context.count(result.characters.total(), 'character')} to {result.engine or 'no engine'}"
    if result.cost is not None:
        sent += f", cost: {result.cost:.2f} {result.currency}"
    context.say(
        f"translate: would send {sent}, for {context.count(result.wanted, 'message')}; nothing was sent"
    )
