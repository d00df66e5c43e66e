"""The status as a table for the terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from netzwerk_i18n.catalog import State
from netzwerk_i18n.config import Config
from netzwerk_i18n.project import Project
from netzwerk_i18n.status import LocaleStatus, Status

_COLUMNS = {
    State.TRANSLATED: ("translated", "green"),
    State.DRAFT: ("draft", "cyan"),
    State.STALE: ("stale", "yellow"),
    State.NEEDS_REVIEW: ("review", "yellow"),
    State.UNTRANSLATED: ("untranslated", "red"),
    State.BROKEN: ("broken", "bold red"),
}
_BAR = 12
_BAR_FITS = 100  # columns; a narrower window has no room for it
_PARTS = " ▏▎▍▌▋▊▉"


def print_status(status: Status, project: Project, console: Console) -> None:
    """Print one row a language: messages by state, words, coverage, and how many pages are published."""
    config = project.config
    words = max((locale.total.words.total() for locale in status.locales.values()), default=0)
    pages = max((len(locale.pages) for locale in status.locales.values()), default=0)
    title = f"{config.domain}: {_count(pages, 'page')}, {_count(words, 'word')} in {language_name(config.source_locale)}"
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", pad_edge=False)
    table.add_column("language", min_width=max(map(len, status.locales), default=0))
    used = [s for s in _COLUMNS if any(locale.total.messages[s] for locale in status.locales.values())]
    shown = [s for s in _COLUMNS if s in used or s in (State.TRANSLATED, State.STALE, State.UNTRANSLATED)]
    for state in shown:
        # In a narrow window the heading may break, a number never.
        widest = max(len(f"{locale.total.messages[state]:,}") for locale in status.locales.values())
        table.add_column(_COLUMNS[state][0], justify="right", min_width=max(3, widest), overflow="fold")
    table.add_column("words", justify="right", no_wrap=True)
    table.add_column("coverage", no_wrap=True)
    table.add_column("pages", justify="right", no_wrap=True)
    for name, locale in status.locales.items():
        table.add_row(*_row(name, locale, shown, config, bar=console.width >= _BAR_FITS))
    console.print(table)
    outdated = sum(locale.outdated for locale in status.locales.values())
    if outdated:
        console.print(f"{_count(outdated, 'localized page')} not up to date: run build", style="yellow")


def _row(name: str, locale: LocaleStatus, shown: list[State], config: Config, *, bar: bool) -> list[Text]:
    total = locale.total
    cells = [Text(f"{name}  {language_name(name)}")]
    for state in shown:
        count = total.messages[state]
        cells.append(Text(f"{count:,}", style=_COLUMNS[state][1] if count else "dim"))
    covered = total.published_words
    cells.append(Text(f"{covered:,}/{total.words.total():,}"))
    minimum = config.policy(config.locale(name), "").minimum_coverage or 0.0
    style = "green" if total.coverage >= minimum else "yellow"
    # Rounded down: 100 % means that nothing is missing.
    share = f"{int(total.coverage * 100):3d} %"
    cells.append(Text(f"{_bar(total.coverage)} {share}" if bar else share, style=style))
    cells.append(Text(f"{locale.published}/{len(locale.pages)}"))
    return cells


def _bar(share: float) -> str:
    eighths = int(share * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_PARTS[rest] if rest else "")).ljust(_BAR, "·")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def language_name(locale: str) -> str:
    """The English name of a locale, from CLDR; its code where CLDR has none.

    >>> language_name("pt_PT")
    'Portuguese (Portugal)'
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale.partition("@")[0]).get_display_name("en") or locale
    except (UnknownLocaleError, ValueError):
        return locale
