"""`--watch`: a command's work again whenever what it works on has changed, until Ctrl+C."""

import sys
import time
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import click

from netzwerk_i18n.cli import context
from netzwerk_i18n.errors import NetzwerkError

watch_option = click.option(
    "--watch", is_flag=True, help="Do it again whenever a page, a catalog or the configuration changes."
)

_NAMED = 3


class Done(NamedTuple):
    """What came of a command's work.

    Attributes:
        needs_person: whether something was found that a person must see to.
        written: the paths of what was written of the files that the work itself is made from.
    """

    needs_person: bool
    written: Sequence[str] = ()


class Work(Protocol):
    """What a command does, and does again."""

    def __call__(self, *, tersely: bool) -> Done:
        """Do it and say what was done.

        Args:
            tersely: say nothing where nothing was to be done.

        Raises:
            NetzwerkError: if it cannot be done as things are.
        """


def require_alone(*, watch: bool, check: bool, force: bool) -> None:
    """Refuse options that make no sense with `--watch`.

    Raises:
        click.UsageError: for such an option.
    """
    if watch and check:
        raise click.UsageError("--watch writes and --check does not: leave out one of them")
    if watch and force:
        raise click.UsageError(
            "--force overwrites what people wrote, once and not with every change: leave out --watch"
        )


def repeat(work: Work, *, locales: Sequence[str] = (), pages: Sequence[str] = ()) -> None:
    """Do some work now and whenever what it works on has changed; returns after Ctrl+C.

    Args:
        work: what is to be done.
        locales: the catalogs of which locales it needs; all where there are none.
        pages: the source pages that it needs, as a person names them; all where there are none.

    Raises:
        NetzwerkError: if it cannot be done the first time.
    """
    from netzwerk_i18n.watch import Watch

    watch = Watch(context.project_root(), locales=locales, pages=pages)
    changes = watch.changes()
    next(changes)
    try:
        written = work(tersely=False).written
        context.say(f"watching {context.count(watch.files, 'file')}; Ctrl+C ends it")
        for changed in changes:
            written = _again(work, changed, written)
    except KeyboardInterrupt:
        if sys.stdout.isatty():  # which shows ^C where the cursor stands
            context.say("")
        context.say("watching ended")


def _again(work: Work, changed: Sequence[str], written: Sequence[str]) -> Sequence[str]:
    """Do it again for what changed; where that is only what the work itself wrote, there should be nothing to do."""
    others = sorted({*changed}.difference(written))
    if others:
        more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        context.say(f"{time.strftime('%H:%M:%S')} changed: {', '.join(others[:_NAMED])}{more}")
    try:
        return work(tersely=not others).written
    except NetzwerkError as error:
        context.complain_of(error)
        return ()
