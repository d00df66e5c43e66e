"""What an import found and did, for people: page by page, what a person has to look at."""

from rich.console import Console
from rich.text import Text

from netzwerk_i18n.adopt import Import, Kind, Note, PageImport
from netzwerk_i18n.report.text import counted, file_name, one_line

_STYLES = {Kind.UNSURE: "yellow", Kind.REFUSED: "bold red", Kind.DIFFERS: "yellow"}
_LABELS = {
    Kind.UNSURE: "to review",
    Kind.DIFFERS: "differs",
    Kind.UNTRANSLATED: "not translated",
    Kind.REFUSED: "refused",
    Kind.MISSING: "missing",
    Kind.EXTRA: "extra",
    Kind.OUTSIDE: "outside",
}
_SHOWN = 30
"""How many notes of a page are printed; the rest is counted, and JSON has them all."""


def print_import(result: Import, console: Console, *, edited: bool, check: bool) -> None:
    """Print each page with its figures and notes, then the files that changed, then the sum."""
    for page in result.pages:
        _print_page(page, console, edited=edited)
    for path in result.changed:
        console.print(Text(f"{'would change' if check else 'wrote'} {file_name(path)}"), soft_wrap=True)
    console.print(Text(_summary(result, edited=edited)), soft_wrap=True)


def _print_page(page: PageImport, console: Console, *, edited: bool) -> None:
    if page.skipped:
        console.print(
            Text(f"{file_name(page.page)}: skipped: {one_line(page.skipped, width=300)}", style="yellow"),
            soft_wrap=True,
        )
        return
    console.print(
        Text(f"{file_name(page.page)}: {_figures(page, edited=edited)}", style="bold"), soft_wrap=True
    )
    for note in page.notes[:_SHOWN]:
        console.print(_line(page, note), soft_wrap=True)
    if len(page.notes) > _SHOWN:
        console.print(f"  {len(page.notes) - _SHOWN:,} more; --format json has them all")


def _line(page: PageImport, note: Note) -> Text:
    where = f"{note.line}" if note.file == page.page else f"{file_name(note.file)}:{note.line}"
    line = Text(f"  {where}: ")
    line.append(_LABELS[note.kind], style=_STYLES.get(note.kind, "cyan"))
    reason = f": {one_line(note.reason, width=300)}" if note.reason else ""
    return line.append(f"{reason} [{one_line(note.text)}]")


def _figures(page: PageImport, *, edited: bool) -> str:
    parts = [f"{counted(page.filled, 'translation')} {'changed' if edited else 'filled'}"]
    if page.known:
        parts.append(f"{page.known:,} known")
    parts += [f"{page.count(kind):,} {label}" for kind, label in _LABELS.items() if page.count(kind)]
    return ", ".join(parts)


def _summary(result: Import, *, edited: bool) -> str:
    pages = [page for page in result.pages if not page.skipped]
    what = "edited page" if edited else "page"
    filled = counted(sum(page.filled for page in pages), "translation")
    parts = [counted(len(pages), what), f"{filled} {'changed' if edited else 'filled'}"]
    for kind, label in _LABELS.items():
        number = sum(page.count(kind) for page in pages)
        if number:
            parts.append(f"{number:,} {label}")
    if len(pages) < len(result.pages):
        parts.append(f"{counted(len(result.pages) - len(pages), 'page')} skipped")
    if edited and pages:
        whole = sum(not page.notes for page in pages)
        parts.append(f"build gives {whole:,} of the pages as they are edited")
    return "import: " + ", ".join(parts)
