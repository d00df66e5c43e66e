"""Values in which a page speaks of itself: on its translations they must be others.

Of pages that have one address one takes the place of the others. Hugo reads a `url` with a slash at its beginning as it
stands, in every language (https://gohugo.io/content-management/urls/); so do Jekyll, Eleventy and VuePress a `permalink`.
And a page that says the source's language is shown as such.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from netzwerk_i18n.page.front_matter.block import FrontMatter
from netzwerk_i18n.page.front_matter.pattern import key_pattern

_ADDRESSES = ("url", "permalink")
_LANGUAGES = ("lang", "language", "locale")
_MADE = re.compile(r"\{\{|\{%|://")
"""What a template makes is not known, and a page on another host is another one."""

_SUBTAG = re.compile("[-_.@]")


class OwnValue(NamedTuple):
    """A value in the front matter of a page: its line, counted from 1, its key, and what it says."""

    line: int
    key: str
    value: str


def find_own_values(front_matter: FrontMatter | None) -> tuple[OwnValue, ...]:
    """The addresses of a page that its language is no part of, and what it says of its language, in the order of lines."""
    if front_matter is None or front_matter.is_data:  # a data file has no address of its own
        return ()
    return tuple(
        OwnValue(field.line, field.key, field.value)
        for field in front_matter.fields(_ADDRESSES + _LANGUAGES)
        if field.key.lower() in _LANGUAGES or _is_whole(field.key, field.value)
    )


def _is_whole(key: str, value: str) -> bool:
    """Whether an address is the same in every language: Hugo puts the language before a url without a slash."""
    return _MADE.search(value) is None and (value.startswith("/") or ("/" in value and key.lower() != "url"))


def shared_value(own: OwnValue, localized: Iterable[str], source_locale: str) -> str | None:
    """Why a value cannot stay as it is on localized pages, in one sentence; None if it can, or is another there.

    Args:
        own: the value.
        localized: patterns of the keys that have other values on localized pages.
        source_locale: the language of the source pages, as gettext names it.
    """
    key, value = own.key, own.value
    if key_pattern(tuple(localized)).fullmatch(key):
        return None
    if key.lower() in _LANGUAGES:
        if _SUBTAG.split(value.lower())[0] != _SUBTAG.split(source_locale.lower())[0]:
            return None
        pattern = "{locale}" if "_" in value else "{lang}"
        return (
            f"{key} {value!r} would be said of this page in every language; say under [pages.localized] "
            f'{key} = "{pattern}", or "{{value}}" if that is meant'
        )
    slash = "" if value.startswith("/") else "/"
    return (
        f"{key} {value!r} would be the address of this page in every language; say under [pages.localized] "
        f'{key} = "/{{lang}}{slash}{{value}}", or "{{value}}" if that is meant'
    )
