"""Strings written into YAML so that YAML 1.1 and 1.2 read the same.

The rules for quoting follow YAML 1.2.2, chapters 7 (flow styles) and 8 (block styles), and are narrower than those.
"""

import re
from functools import cache

from netzwerk_i18n.page.front_matter.content import Scalar

STR = "tag:yaml.org,2002:str"

HEADER = re.compile(r"[|>][^\r\n]*+(\r\n?|[\n\x85\u2028\u2029]|$)")
"""The first line of a block scalar."""

BLOCK_LINE = re.compile(r"( *+)([^\r\n\x85\u2028\u2029]*+)(?:\r\n?|[\n\x85\u2028\u2029]|$)")
"""A line of a block scalar: its indentation and its text."""

# What a plain scalar may be made of: no indicator of the flow context, no colon and no hash anywhere.
_PLAIN = re.compile(
    r"(?:[^\W\d_]|[(«»\u2018-\u201e\u2039\u203a¿¡])[^:#,\[\]{}\x00-\x1f\x7f-\x9f]*+|\d++ [^\W\d_]{3}[^:#,\[\]{}\x00-\x1f\x7f-\x9f]*+"
)
_SURE = re.compile(r"[^\W\d_](?:[^\W_]|[ .;'’!-])*+(?<! )")
_SURE_QUOTED = re.compile(r"\"(?:[^\W_]|[ .,;:!?()'’„“‚‘…–—/&+-])*+\"")
_SURE_LENGTH = 200
"""A scalar of letters, digits and these few marks on one line is read alike by all parsers in all places."""

RESERVED = frozenset(
    [
        "y",
        "n",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "none",
        "nil",
        "nan",
        "inf",
        "infinity",
        "undefined",
    ]
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class YamlStrings:
    """What writes strings into the YAML between two delimiter lines."""

    def __init__(self, source: str) -> None:
        self._source = source

    def shape_of(self, value: str, _scalar: Scalar) -> object:
        """A string's node."""
        return (STR, value)

    def tokens(self, scalar: Scalar, value: str) -> tuple[str, ...]:
        """The source's style where it may hold `value`, then double quotes."""
        quoted = _double_quoted(value)
        near = None if _holds_unprintable(value) else self._in_style(scalar, value)
        return (quoted,) if near is None or near == quoted else (near, quoted)

    def is_sure(self, scalar: Scalar, token: str) -> bool:
        """Whether both are one line of words in the same quotes, or without (YAML 1.2.2, sections 7.3.1 and 7.3.3)."""
        if len(token) > _SURE_LENGTH:
            return False
        old = self._source[scalar.start : scalar.end]
        if scalar.style == '"':
            return _SURE_QUOTED.fullmatch(token) is not None and _SURE_QUOTED.fullmatch(old) is not None
        if scalar.style or _SURE.fullmatch(token) is None or _SURE.fullmatch(old) is None:
            return False
        return _survives_plain(token)

    def _in_style(self, scalar: Scalar, value: str) -> str | None:
        if scalar.style in ("|", ">"):
            return _block(self._source[scalar.start : scalar.end], scalar, value)
        if re.search(r"[\n\r\t]", value):
            return None
        if scalar.style == "'":
            return "'" + value.replace("'", "''") + "'"
        if scalar.style == "" and _survives_plain(value):
            return value
        return None


def content_spaces(value: str) -> int:
    """How many of the spaces before a block scalar's first text are part of its value."""
    line = next((line for line in value.split("\n") if line.strip(" ")), "")
    return len(line) - len(line.lstrip(" "))


def _block(token: str, scalar: Scalar, value: str) -> str | None:
    """A block scalar with the source's header and indentation, each line of text on a line of its own."""
    header = HEADER.match(token)
    first = header and next((line for line in BLOCK_LINE.finditer(token, header.end()) if line[2]), None)
    if header is None or first is None:
        return None
    indentation = first[1][content_spaces(scalar.value) :]
    text = value.rstrip("\n")
    if scalar.style == ">":
        before = len(text) - len(text.lstrip("\n"))
        text = text[:before] + re.sub(r"\n+", lambda breaks: breaks[0] + "\n", text[before:])
    lines = text.split("\n")
    # Parsers differ over white space at the edges of these lines: Hugo's drops it at the end of a folded one.
    if any(line != line.strip() for line in lines):
        return None
    return header[0] + header[1].join([indentation + line if line else "" for line in lines])


def _survives_plain(value: str) -> bool:
    return (
        _PLAIN.fullmatch(value) is not None and not value[-1].isspace() and value.casefold() not in RESERVED
    )


def _double_quoted(value: str) -> str:
    return '"' + _escaped().sub(_escape, value) + '"'


def _holds_unprintable(value: str) -> bool:
    """Whether a string holds what YAML calls no printable character (YAML 1.2.2, section 5.1)."""
    return not value.isprintable() and _unprintable().search(value) is not None


# These sets of characters take milliseconds to compile, and few sites need them.
@cache
def _unprintable() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@cache
def _escaped() -> re.Pattern[str]:
    return re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"
