"""`netzwerk-i18n merge-po`: what git calls to merge two versions of a catalog."""

import sys
from pathlib import Path

import click

from netzwerk_i18n.cli import context

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("merge-po")
@click.argument("base", metavar="%O", type=_FILE)
@click.argument("ours", metavar="%A", type=_FILE)
@click.argument("theirs", metavar="%B", type=_FILE)
@click.argument("path", metavar="[%P]", required=False)
def command(*, base: Path, ours: Path, theirs: Path, path: str | None) -> None:
    """Merge catalogs message by message, as git's merge driver.

    %O is the common ancestor, %A our version, which becomes the result, %B theirs, %P the path in the repository.
    Exit code 1 means that a person has to decide some messages. To set it up, give *.po and *.pot the attribute
    merge=netzwerk-i18n in .gitattributes, and run once in each clone:

    git config merge.netzwerk-i18n.driver "netzwerk-i18n merge-po %O %A %B %P"
    """
    from netzwerk_i18n.merge_driver import merge_files

    name = path or str(ours)
    result = merge_files(base, ours, theirs, name=name)
    for remark in result.remarks:
        context.warn(f"netzwerk-i18n: {remark}")
    for msgid in result.set_aside[: context.SHOWN]:
        context.warn(
            f"{name}: warning: a side changed the translation of a text that left the pages on the other; "
            f"it is kept as obsolete, and may be wanted for the text in its place [{context.excerpt(msgid)}]"
        )
    if len(result.set_aside) > context.SHOWN:
        context.warn(f"{len(result.set_aside) - context.SHOWN:,} more translations are kept as obsolete")
    for found in result.conflicts[: context.SHOWN]:
        what = f"[{context.excerpt(found.msgid)}]" if found.msgid else "a field of the header"
        context.warn(f"{name}:{found.line}: conflict: both sides changed {what}")
    if len(result.conflicts) > context.SHOWN:
        context.warn(f"{len(result.conflicts) - context.SHOWN:,} more conflicts")
    if result.conflicts:
        remedy = "keep one side of each, remove the marks around it, then git add"
        context.warn(f"merge-po: {context.count(len(result.conflicts), 'conflict')} in {name}; {remedy}")
    if result.conflicts or result.by_lines:
        sys.exit(1)
