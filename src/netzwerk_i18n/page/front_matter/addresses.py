"""Addresses that a page says itself: those of its translations must be others, or one of them takes the others' place.

Hugo reads a `url` with a slash at its beginning as it stands, in every language (https://gohugo.io/content-management/urls/);
so do Jekyll, Eleventy and VuePress a `permalink`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from netzwerk_i18n.page.front_matter.block import FrontMatter
from netzwerk_i18n.page.front_matter.pattern import key_pattern

_KEYS = ("url", "permalink")


class Address(NamedTuple):
    """An address in the front matter of a page: its line, counted from 1, its key, and what it says."""

    line: int
    key: str
    value: str


def find_addresses(front_matter: FrontMatter | None) -> tuple[Address, ...]:
    """The addresses that a page has whatever language it is in, in the order of its lines."""
    if front_matter is None:
        return ()
    return tuple(
        Address(field.line, field.key, field.value)
        for field in front_matter.fields(_KEYS)
        # Without a slash at its beginning Hugo puts the language before a url; what a template makes is not known.
        if (field.value.startswith("/") or ("/" in field.value and field.key.lower() != "url"))
        and not any(mark in field.value for mark in ("{{", "{%", "://"))
    )


def shared_address(address: Address, localized: Iterable[str]) -> str | None:
    """Why an address cannot stay as it is, in one sentence; None if localized pages have their own.

    Args:
        address: the address.
        localized: patterns of the keys that have other values on localized pages.
    """
    if key_pattern(tuple(localized)).fullmatch(address.key):
        return None
    key, slash = address.key, "" if address.value.startswith("/") else "/"
    return (
        f"{key} {address.value!r} would be the address of this page in every language; say under [pages.localized] "
        f'{key} = "/{{lang}}{slash}{{value}}", or "{{value}}" if that is meant'
    )
