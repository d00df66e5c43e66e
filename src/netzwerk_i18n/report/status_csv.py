"""The status as CSV (RFC 4180, in UTF-8), for spreadsheets: one header line, then a line for each row."""

import csv
import io
from collections.abc import Iterable, Sequence

from netzwerk_i18n.catalog import State
from netzwerk_i18n.report.status_grid import By
from netzwerk_i18n.report.text import one_line
from netzwerk_i18n.review import Untranslated
from netzwerk_i18n.status import Status
from netzwerk_i18n.tally import Tally

_STATES = [state.value for state in State]
_FIGURES = [
    "messages",
    "words",
    *_STATES,
    *(f"words_{state}" for state in _STATES),
    "published_words",
    "coverage",
    "published",
    "outdated",
]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""How a cell begins that a spreadsheet may take for a formula or a command."""

_LONGEST = 32_000
"""A spreadsheet's cell holds 32,767 characters."""


def format_status_csv(status: Status, *, by: By) -> str:
    """The figures, a line for each locale, each page in each locale, or each state in each locale.

    `coverage` is a share from 0 to 1; `published` and `outdated` are numbers of pages, 0 or 1 for a page.
    """
    if by == "state":
        rows: list[list[str | float]] = [
            [name, state.value, locale.total.messages[state], locale.total.words[state]]
            for name, locale in status.locales.items()
            for state in State
        ]
        return _csv(["locale", "state", "messages", "words"], rows)
    if by == "page":
        rows = [
            [name, path, *_figures(page.tally, int(page.published), int(page.outdated))]
            for name, locale in status.locales.items()
            for path, page in sorted(locale.pages.items())
        ]
        return _csv(["locale", "page", *_FIGURES], rows)
    rows = [
        [name, len(locale.pages), *_figures(locale.total, locale.published, locale.outdated)]
        for name, locale in status.locales.items()
    ]
    return _csv(["locale", "pages", *_FIGURES], rows)


def format_untranslated_csv(messages: Sequence[Untranslated]) -> str:
    """The place and the text of every untranslated message."""
    rows: list[list[str | float]] = [
        [each.locale, each.file, each.line, each.page, each.msgid, each.context or ""] for each in messages
    ]
    return _csv(["locale", "file", "line", "page", "msgid", "context"], rows)


def safe_cell(value: str | float) -> str | float:
    r"""A cell that a spreadsheet shows as it is: numbers stay, a text that would be a formula gets an apostrophe.

    >>> safe_cell('=HYPERLINK("https://evil.example")'), safe_cell(-1)
    ('\'=HYPERLINK("https://evil.example")', -1)
    """
    if not isinstance(value, str):
        return value
    shown = one_line(value, width=_LONGEST)
    return f"'{shown}" if value.lstrip(" \n\u00a0").startswith(_FORMULA) else shown


def _figures(tally: Tally, published: int, outdated: int) -> list[str | float]:
    return [
        tally.messages.total(),
        tally.words.total(),
        *(tally.messages[state] for state in State),
        *(tally.words[state] for state in State),
        tally.published_words,
        tally.coverage,
        published,
        outdated,
    ]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return file.getvalue()
