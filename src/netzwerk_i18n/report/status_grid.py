"""The status as one table of texts, which the terminal and Markdown print in their own ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from netzwerk_i18n.catalog import State
from netzwerk_i18n.config import Config
from netzwerk_i18n.history import Figures, History
from netzwerk_i18n.report.text import counted, whole_percent
from netzwerk_i18n.status import LocaleStatus, Status
from netzwerk_i18n.tally import Tally

By = Literal["locale", "page", "state"]
Unit = Literal["messages", "words"]

STATE_NAMES = {
    State.TRANSLATED: "translated",
    State.DRAFT: "draft",
    State.STALE: "stale",
    State.NEEDS_REVIEW: "review",
    State.UNTRANSLATED: "untranslated",
    State.BROKEN: "broken",
}
"""What the states are called in tables."""

ALWAYS_SHOWN = frozenset({State.TRANSLATED, State.STALE, State.UNTRANSLATED})
"""The states that have a column even where no message is in them."""

_SPARE = {
    State.BROKEN: 1,
    State.UNTRANSLATED: 2,
    State.STALE: 3,
    State.NEEDS_REVIEW: 4,
    State.DRAFT: 5,
    State.TRANSLATED: 6,
}
_WORDS_SPARE = 7
_DECORATION = 8  # what says in another way what stands in the table anyway

_BAR = 12
_BAR_FITS = 100  # columns; a narrower window has no room for it
_NAME_FITS = 90
_TREND = 10
_TREND_FITS = 120
_PARTS = " ▏▎▍▌▋▊▉"
_STEPS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid.

    Attributes:
        name: its heading.
        right: whether it holds numbers, which stand to the right.
        min_width: the columns of the terminal that it keeps in a narrow window.
        room: the width of the terminal, in columns, below which it is left out.
        folds: whether its heading may break.
        spare: what is left out first where a window has no room for all: the highest number; 0 is never left out.
        moves: whether it stands in a further table where a window has no room for all.
    """

    name: str
    right: bool = False
    min_width: int = 0
    room: int = 0
    folds: bool = False
    spare: int = 0
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and what it is about: a state's name, `enough`, `too little`, `none`, or nothing."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a title, and sentences to be said below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def status_grid(status: Status, config: Config, history: History, *, by: By, unit: Unit) -> Grid:
    """The figures of a project as a table.

    Args:
        status: the figures.
        config: whose names and minima the table shows.
        history: what was recorded before; its languages get a trend from two records on.
        by: what has a row of its own. By page, one language shows all its states, several show their coverage.
        unit: what is counted.
    """
    words = max((locale.total.words.total() for locale in status.locales.values()), default=0)
    pages = max((len(locale.pages) for locale in status.locales.values()), default=0)
    title = f"{config.domain}: {counted(pages, 'page')}, {counted(words, 'word')} in {language_name(config.source_locale)}"
    outdated = sum(locale.outdated for locale in status.locales.values())
    notes = (f"{counted(outdated, 'localized page')} not up to date: run build",) if outdated else ()
    if by == "state":
        columns, rows = _by_state(status, unit)
    elif by == "page" and len(status.locales) == 1:
        columns, rows = _pages_of_one(next(iter(status.locales.items())), config, unit)
    elif by == "page":
        columns, rows = _by_page(status, config)
    else:
        columns, rows = _by_locale(status, config, history, unit)
    return Grid(title, tuple(columns), tuple(rows), notes)


def figures_of(tally: Tally) -> Figures:
    """A tally as the history keeps it."""
    return Figures(dict(tally.messages), dict(tally.words), tally.published_words)


def counts(tally: Tally, unit: Unit) -> Mapping[State, int]:
    """Messages or words by state."""
    return tally.messages if unit == "messages" else tally.words


def percent(share: float) -> str:
    """A share rounded down: 100 % means that nothing is missing.

    >>> percent(0.999)
    '99 %'
    """
    return f"{whole_percent(share)} %"


def sparkline(shares: Sequence[float]) -> str:
    """Shares from 0 to 1 as a line of bars, the latest ones.

    >>> sparkline([0, 0.5, 1])
    '▁▅█'
    """
    return "".join(_STEPS[round(share * (len(_STEPS) - 1))] for share in shares[-_TREND:])


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


def _by_locale(
    status: Status, config: Config, history: History, unit: Unit
) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    totals = {name: locale.total for name, locale in status.locales.items()}
    shown = _shown(list(totals.values()))
    columns = [
        Column("locale", min_width=max(map(len, totals), default=0)),
        Column("language", room=_NAME_FITS, spare=_DECORATION),
    ]
    columns += _state_columns(list(totals.values()), shown, unit)
    columns += [*_coverage_columns(), Column("pages", right=True)]
    trends = {name: history.coverage(name) for name in totals}
    has_trend = any(len(trend) > 1 for trend in trends.values())
    if has_trend:
        columns.append(Column("history", room=_TREND_FITS, spare=_DECORATION))
    rows = []
    for name, locale in status.locales.items():
        tone = _tone(locale.total, config.policy(config.locale(name), "").minimum_coverage)
        cells = [
            Cell(name),
            Cell(language_name(name)),
            *_state_cells(locale.total, shown, unit),
            *_covered(locale.total, tone),
            Cell(_published(locale)),
        ]
        if has_trend:
            cells.append(Cell(sparkline(trends[name]), tone))
        rows.append(tuple(cells))
    return columns, rows


def _pages_of_one(
    found: tuple[str, LocaleStatus], config: Config, unit: Unit
) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    name, locale = found
    tallies = [page.tally for page in locale.pages.values()]
    shown = _shown(tallies)
    columns = [Column(f"page in {language_name(name)}"), *_state_columns(tallies, shown, unit)]
    columns += [*_coverage_columns(), Column("published")]
    rows = []
    for path, page in sorted(locale.pages.items()):
        tone = _tone(page.tally, config.policy(config.locale(name), path).minimum_coverage)
        published = "outdated" if page.outdated else "yes" if page.published else "no"
        rows.append(
            (
                Cell(path),
                *_state_cells(page.tally, shown, unit),
                *_covered(page.tally, tone),
                Cell(published, "" if published == "yes" else "none" if published == "no" else "too little"),
            )
        )
    return columns, rows


def _by_page(status: Status, config: Config) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    columns = [
        Column("page"),
        *(Column(name, right=True, min_width=5, moves=True) for name in status.locales),
    ]
    paths = sorted({path for locale in status.locales.values() for path in locale.pages})
    rows = []
    for path in paths:
        cells = [Cell(path)]
        for name, locale in status.locales.items():
            tally = locale.pages[path].tally
            tone = _tone(tally, config.policy(config.locale(name), path).minimum_coverage)
            cells.append(Cell(percent(tally.coverage), tone))
        rows.append(tuple(cells))
    return columns, rows


def _by_state(status: Status, unit: Unit) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    columns = [Column(unit), *(Column(name, right=True, min_width=3, moves=True) for name in status.locales)]
    totals = [locale.total for locale in status.locales.values()]
    rows = [
        (Cell(STATE_NAMES[state], state.value), *(_state_cells(total, [state], unit)[0] for total in totals))
        for state in State
    ]
    rows.append((Cell("all"), *(Cell(f"{sum(counts(total, unit).values()):,}") for total in totals)))
    return columns, rows


def _shown(tallies: Sequence[Tally]) -> list[State]:
    return [
        state
        for state in STATE_NAMES
        if state in ALWAYS_SHOWN or any(tally.messages[state] for tally in tallies)
    ]


def _state_columns(tallies: Sequence[Tally], shown: Sequence[State], unit: Unit) -> list[Column]:
    columns = []
    for state in shown:
        # In a narrow window the heading may break, a number never.
        widest = max((len(f"{counts(tally, unit)[state]:,}") for tally in tallies), default=1)
        columns.append(
            Column(STATE_NAMES[state], right=True, min_width=max(3, widest), folds=True, spare=_SPARE[state])
        )
    return columns


def _state_cells(tally: Tally, shown: Sequence[State], unit: Unit) -> list[Cell]:
    numbers = {state: counts(tally, unit)[state] for state in shown}
    return [Cell(f"{number:,}", state.value if number else "none") for state, number in numbers.items()]


def _coverage_columns() -> list[Column]:
    return [
        Column("words", right=True, spare=_WORDS_SPARE),
        Column("", room=_BAR_FITS, spare=_DECORATION),
        Column("coverage", right=True),
    ]


def _covered(tally: Tally, tone: str) -> tuple[Cell, Cell, Cell]:
    return (
        Cell(f"{tally.published_words:,}/{tally.words.total():,}"),
        Cell(_bar(tally.coverage), tone),
        Cell(percent(tally.coverage), tone),
    )


def _tone(tally: Tally, minimum: float | None) -> str:
    return "enough" if tally.coverage >= (minimum or 0.0) else "too little"


def _published(locale: LocaleStatus) -> str:
    return f"{locale.published}/{len(locale.pages)}"


def _bar(share: float) -> str:
    eighths = int(share * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_PARTS[rest] if rest else "")).ljust(_BAR, "·")
