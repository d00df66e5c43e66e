"""The status as JSON, for programs."""

from collections.abc import Sequence
from typing import Any

from netzwerk_i18n.build import Tally
from netzwerk_i18n.catalog import State
from netzwerk_i18n.report.text import to_json
from netzwerk_i18n.review import Untranslated
from netzwerk_i18n.status import Status


def format_status_json(status: Status) -> str:
    """The status as one JSON object.

    Each locale has `total` and `pages`; counts are of messages, `words_by_state` of words of the source text. `published`
    and `outdated` are numbers of pages in a total and booleans in a page.
    """
    locales = {}
    for name, locale in status.locales.items():
        locales[name] = {
            "total": _figures(locale.total, locale.published, locale.outdated),
            "pages": {
                path: _figures(page.tally, page.published, page.outdated)
                for path, page in sorted(locale.pages.items())
            },
        }
    return to_json({"source_locale": status.source_locale, "locales": locales})


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
        "coverage": round(tally.coverage, 4),
        "published": published,
        "outdated": outdated,
    }
