"""The status as JSON, for programs."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from netzwerk_i18n.catalog import State
from netzwerk_i18n.report.text import to_json
from netzwerk_i18n.review import Untranslated
from netzwerk_i18n.status import PageStatus, Status
from netzwerk_i18n.tally import Tally

_INDENT = "  "


def status_json_parts(status: Status) -> Iterator[str]:
    """The status as one JSON object, in parts, one after the other: of a large site it is hundreds of megabytes.

    Each locale has `total` and `pages`; counts are of messages, `words_by_state` of words of the source text. `published`
    and `outdated` are numbers of pages in a total and booleans in a page.

    Pages are put together from the few different figures that there are: Python's own encoder takes a second for each
    ten thousand pages that it indents.
    """
    # What is printed is what `to_json` would print of the whole; the tests hold both against each other.
    figures: dict[tuple[object, ...], str] = {}

    def of_page(page: PageStatus) -> str:
        key = (page.counts, page.published, page.outdated)
        text = figures.get(key)
        if text is None:
            plain = to_json(_figures(page.tally, page.published, page.outdated))[:-1]
            text = figures[key] = plain.replace("\n", "\n" + 4 * _INDENT)
        return text

    yield f'{{\n{_INDENT}"source_locale": {_string(status.source_locale)},\n{_INDENT}"locales": {{'
    between = ""
    for name, locale in status.locales.items():
        total = to_json(_figures(locale.total, locale.published, locale.outdated))[:-1]
        total = total.replace("\n", "\n" + 3 * _INDENT)
        yield f'{between}\n{2 * _INDENT}{_string(name)}: {{\n{3 * _INDENT}"total": {total},\n{3 * _INDENT}"pages": {{'
        pages = [
            f"\n{4 * _INDENT}{_string(path)}: {of_page(page)}" for path, page in sorted(locale.pages.items())
        ]
        yield ",".join(pages)
        yield (f"\n{3 * _INDENT}" if pages else "") + f"}}\n{2 * _INDENT}}}"
        between = ","
    yield (f"\n{_INDENT}" if status.locales else "") + "}\n}\n"


@lru_cache(maxsize=65536)  # every locale has the same pages
def _string(text: str) -> str:
    return to_json(text)[:-1]


def format_untranslated_json(messages: Sequence[Untranslated]) -> str:
    """The untranslated messages as one JSON object with a list `untranslated`."""
    return to_json(
        {
            "untranslated": [
                {
                    "locale": each.locale,
                    "file": each.file,
                    "line": each.line,
                    "page": each.page,
                    "msgid": each.msgid,
                    "context": each.context,
                }
                for each in messages
            ]
        }
    )


def _figures(tally: Tally, published: bool | int, outdated: bool | int) -> dict[str, Any]:  # noqa: FBT001
    return {
        "messages": tally.messages.total(),
        "words": tally.words.total(),
        **{state.value: tally.messages[state] for state in State},
        "words_by_state": {state.value: tally.words[state] for state in State},
        "coverage": tally.coverage,
        "published": published,
        "outdated": outdated,
    }
