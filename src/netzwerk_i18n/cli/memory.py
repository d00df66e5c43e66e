"""`netzwerk-i18n memory`: the catalogs as a translation memory that other tools read and add to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from netzwerk_i18n.cli import context

if TYPE_CHECKING:
    from netzwerk_i18n.memory import Export, Import, LocaleImport


@click.group(
    "memory", short_help="Exchange translations with other tools: TMX and PO.", invoke_without_command=True
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Exchange translations with other tools: TMX 1.4b and PO compendia.

    The memory of a language is what its catalogs hold, obsolete entries included; nothing fuzzy.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(2)


@command.command("export", short_help="Write the translations into one file or one each.")
@context.locale_option
@click.option(
    "--format", "kind", type=click.Choice(["tmx", "po"]), help="The suffix of FILE says it, else tmx."
)
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="FILE|FOLDER",
    type=click.Path(path_type=Path),
    help="One file for all languages, or a folder for one each.",
)
def export(*, locales: tuple[str, ...], kind: Literal["tmx", "po"] | None, output: Path) -> None:
    """Write the memory of all languages, or of those named, into one file or one each."""
    from netzwerk_i18n.memory import export_memory

    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    by_name: Literal["tmx", "po"] = "po" if output.suffix.lower() == ".po" else "tmx"
    report_export(export_memory(project, output, kind=kind or by_name, locales=chosen))


def report_export(result: "Export") -> None:
    """Say what was written, and what was left out and why."""
    context.list_some(result.written, "wrote")
    context.list_some(result.unchanged, "up to date:")
    for msgid in result.left_out[: context.SHOWN]:
        context.warn(
            f"left out: [{context.excerpt(msgid)}] has a character or a line break that the format cannot carry"
        )
    if len(result.left_out) > context.SHOWN:
        context.warn(f"left out: {len(result.left_out) - context.SHOWN:,} more")
    languages, number = (
        context.count(result.languages, "language"),
        context.count(result.translations, "translation"),
    )
    context.say(
        f"memory export: {languages}, {number}" + ("" if result.languages else "; nothing to export yet")
    )


@command.command("import", short_help="Fill untranslated messages from TMX and PO files.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE...",
)
@context.locale_option
@context.check_option
@click.option(
    "--only-matching", is_flag=True, help="Keep nothing for later that fits no text of today's pages."
)
def import_(*, files: tuple[Path, ...], locales: tuple[str, ...], check: bool, only_matching: bool) -> None:
    """Fill untranslated messages from TMX files, PO compendia and catalogs of other tools; nothing is ever overwritten.

    What fits no text of today's pages is kept in the catalogs for later, as obsolete entries.
    """
    from netzwerk_i18n.memory import check_import, import_memory

    project = context.open_project()
    chosen = context.choose_locales(project, locales)
    run = check_import if check else import_memory
    result = run(project, files, locales=chosen, keep=not only_matching)
    report_import(result, check=check)
    if (check and result.changed) or any(figures.refused for figures in result.locales):
        sys.exit(1)


def report_import(result: "Import", *, check: bool) -> None:
    """Say what was, or would be, filled in, and what was not and why."""
    for remark in result.remarks[: context.SHOWN]:
        context.warn(remark)
    # All of them: nothing else says which they are, and each is a translation that somebody made.
    for each in (refused for figures in result.locales for refused in figures.refused):
        where, shown = f"{each.file}:{each.line}", context.excerpt(each.msgid)
        context.warn(
            f"{where}: error: not filled in ({each.finding.check}): {each.finding.message} [{shown}]"
        )
    context.list_some(result.changed, "would change" if check else "wrote")
    for figures in result.locales:
        context.say(f"{figures.locale}: {_figures(figures)}")
    state = "" if result.changed else "; catalogs are up to date"
    context.say(
        f"memory import: {context.count(sum(f.filled for f in result.locales), 'translation')} filled in{state}"
    )


def _figures(figures: "LocaleImport") -> str:
    parts = [
        f"{figures.filled:,} filled in",
        f"{figures.other_context:,} to be reviewed (their context is not known)"
        if figures.other_context
        else "",
        f"{figures.other_markup:,} to be reviewed (their markup differs)" if figures.other_markup else "",
        f"{len(figures.refused):,} refused" if figures.refused else "",
        f"{figures.fuzzy:,} fuzzy and left so" if figures.fuzzy else "",
        f"{figures.known:,} known already" if figures.known else "",
        f"{figures.kept:,} kept for later" if figures.kept else "",
        f"{figures.unused:,} without a text" if figures.unused else "",
    ]
    return ", ".join(part for part in parts if part)
