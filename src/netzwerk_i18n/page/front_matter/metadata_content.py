"""Metadata as MultiMarkdown has it, which MkDocs and Pelican read: lines `Key: value` that begin a page, and no delimiters.

The rules are those of Python-Markdown's extension Meta-Data, but stricter, for a page of others may begin with such a line:
every line up to the first blank one must be such, one of them the title's and one another's.
"""

import re
from functools import cached_property
from typing import Any

from netzwerk_i18n.page.front_matter.content import Scalar

_END = r"(?:\r\n?|\n|\Z)"
_BLOCK = re.compile(
    rf"""
      (?=(?:[^\r\n]+(?:\r\n?|\n))*?[ ]{{0,3}}title:[ \t]+[^ \t\r\n])
      (?:[ ]{{0,3}}[A-Za-z0-9_-]+:(?=[ \t\r\n]|\Z)[^\r\n]*+{_END}          # a key and its value
         (?:(?:[ ]{{4}}|\t)(?=[^\r\n]*[^ \t\r\n])[^\r\n]*+{_END})*+        # what the value goes on with
      )++
      (?=[ \t]*(?:[\r\n]|\Z))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LINE = re.compile(r"(?:[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):|[ ]{4}|\t)[ \t]*(?P<value>[^\r\n]*)")


def read_metadata(text: str, start: int) -> "MetadataContent | None":
    """The metadata that begins at `start`, up to its last line break; None where there is none."""
    match = _BLOCK.match(text, start)
    content = MetadataContent(match[0]) if match else None
    return content if content and len(content.data) > 1 else None  # the title and another one


class MetadataContent:
    """The lines that :func:`read_metadata` found; a value of several lines is none that could be translated."""

    def __init__(self, source: str) -> None:
        """`source` is the text of the lines."""
        self.source = source

    @cached_property
    def _lines(self) -> list[tuple[str, str, int]]:
        """Key (empty where a value goes on), value and the value's offset of each line."""
        return [
            (match["key"] or "", match["value"].rstrip(" \t"), match.start("value"))
            for match in _LINE.finditer(self.source)
            if match[0]
        ]

    @property
    def scalars(self) -> list[Scalar]:
        """The values of one line that are not blank, in reading order."""
        found = []
        for position, (key, value, start) in enumerate(self._lines):
            goes_on = position + 1 < len(self._lines) and not self._lines[position + 1][0]
            if key and value and not goes_on:
                found.append(Scalar((key,), value, start, start + len(value), "", position))
        return found

    @property
    def shape(self) -> list[object]:
        """Keys and values."""
        return [(key, value) for key, value, _ in self._lines]

    @property
    def data(self) -> dict[str, Any]:
        """The values by key, their lines joined by LF."""
        values: dict[str, Any] = {}
        last = ""
        for key, value, _ in self._lines:
            values[key or last] = value if key else f"{values.get(last, '')}\n{value}"
            last = key or last
        return values

    def shape_of(self, value: str, scalar: Scalar) -> object:
        """A line's key and value."""
        return (scalar.path[0], value)

    def tokens(self, _scalar: Scalar, value: str) -> tuple[str, ...]:
        """The value itself: there are no quotes."""
        return (value,)

    def is_sure(self, _scalar: Scalar, _token: str) -> bool:
        """No value is sure here: each is read again."""
        return False
