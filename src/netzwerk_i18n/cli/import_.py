"""`netzwerk-i18n import`: localized pages that people wrote -> catalogs."""

import sys

import click

from netzwerk_i18n.cli import context
from netzwerk_i18n.errors import as_one


@click.command("import", short_help="Fill the catalogs from pages that people translated.")
@context.pages_argument
@context.locale_option
@click.option(
    "--edited",
    is_flag=True,
    help="Read back what people changed on pages that build wrote, instead of pages that they wrote themselves.",
)
@context.check_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="terminal for people, json for programs.",
)
def command(
    *, pages: tuple[str, ...], locales: tuple[str, ...], edited: bool, check: bool, form: str
) -> None:
    """Fill the catalogs from localized pages that people translated before.

    Each page is laid beside its source. What surely is a translation goes into the catalog as one, what is not certain
    as fuzzy, with a comment that says why; what has no counterpart is reported. No page is changed, and no translation
    is overwritten.

    PAGES are source pages (paths from the root, folders or globs); without them, all.
    """
    from netzwerk_i18n.adopt import check_edited, check_import, import_edited, import_pages

    project = context.open_project()
    run = (check_edited if check else import_edited) if edited else (check_import if check else import_pages)
    chosen = context.choose_locales(project, locales)
    result = run(project, locales=chosen, pages=project.select(pages) if pages else ())
    if form == "json":
        from netzwerk_i18n.report.import_json import format_import_json

        click.echo(format_import_json(result).encode("utf-8"), nl=False)
    else:
        from netzwerk_i18n.report.import_terminal import print_import

        print_import(result, context.console(), edited=edited, check=check)
    if result.errors:
        raise as_one(result.errors)
    if check and result.changed:
        sys.exit(1)
