"""TOML front matter (TOML 1.0): the spans of its strings, and strings written back.

A walk over the source finds the tokens and the keys they belong to; :mod:`tomllib` then judges the whole, and a
string is offered only where both agree on it. Libraries that keep a TOML document's style keep no offsets.
"""

import re
import sys
import tomllib
from functools import cached_property
from typing import Any

from netzwerk_i18n.page.front_matter.content import MAX_DEPTH, Scalar, UnreadableError, value_at

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_STRING = re.compile(
    r'''(?P<basic_lines>"""[^"\\]*+(?:(?:\\.|"{1,2}(?!"))[^"\\]*+)*+"{3,5})'''
    r"""|(?P<literal_lines>'''(?:[^']|'{1,2}(?!'))*+'{3,5})"""
    r"""|(?P<basic>"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+")"""
    r"""|(?P<literal>'[^'\r\n]*+')""",
    re.DOTALL,
)
_ATOM = re.compile(r"[^\s,\[\]{}#\"'=]++(?: [0-9][^\s,\[\]{}#\"'=]*+)?+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([ \t]*+\n[ \t\n]*+)|(.))", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_LONE_CR = re.compile(r"\r(?!\n)")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_CONTROL_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}

_QUOTES = {"basic": '"', "literal": "'", "basic_lines": '"""', "literal_lines": "'''"}


def _index(text: str, error: tomllib.TOMLDecodeError) -> int:
    """The offset of the line that the error names."""
    named = re.search(r"line (\d+)", str(error))
    before = text.split("\n")[: int(named[1]) - 1 if named else -1]
    return sum(len(line) + 1 for line in before)


class TomlContent:
    """The TOML between two delimiter lines.

    Raises:
        UnreadableError: it is not TOML, or nested deeper than any front matter is.
    """

    def __init__(self, source: str) -> None:
        # TOML knows no lone CR; as LF it keeps every offset.
        text = _LONE_CR.sub("\n", source)
        walk = _Walk(text)
        walk.document()
        try:
            self._data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UnreadableError(re.sub(r" \(at .*\)", "", str(error)), _index(text, error)) from None
        except (RecursionError, ValueError) as error:
            raise UnreadableError(str(error), 0) from None
        self._source = text
        self._found = walk.scalars
        self._shape = walk.shape

    @property
    def data(self) -> dict[str, Any]:
        """The document."""
        return self._data

    @cached_property
    def scalars(self) -> list[Scalar]:
        """The strings that are not blank, in reading order."""
        return [scalar for scalar in self._found if value_at(self._data, scalar.path) == scalar.value]

    @property
    def shape(self) -> list[object]:
        """Keys, brackets and values in reading order, strings decoded."""
        return self._shape

    def shape_of(self, value: str, _scalar: Scalar) -> object:
        """A string's value."""
        return ("string", value)

    def tokens(self, scalar: Scalar, value: str) -> tuple[str, ...]:
        """The source's kind of string where it may hold `value`, then a basic string."""
        basic = _basic(value)
        near = self._in_style(scalar, value)
        return (basic,) if near is None or near == basic else (near, basic)

    def is_sure(self, _scalar: Scalar, _token: str) -> bool:
        """No token is sure here: each is parsed again."""
        return False

    def _in_style(self, scalar: Scalar, value: str) -> str | None:
        if scalar.style == "literal":
            return None if "'" in value or _CONTROL.search(value) else f"'{value}'"
        if scalar.style not in ("basic_lines", "literal_lines"):
            return None
        quotes = _QUOTES[scalar.style]
        token = self._source[scalar.start : scalar.end]
        first_break = re.search(r"\r?\n", token)
        line_break = first_break[0] if first_break else "\n"
        # A line break right behind the opening quotes is not part of the value.
        opening = quotes + (line_break if token.startswith(line_break, 3) else "")
        if value.startswith("\n") and opening == quotes:
            opening += line_break
        if scalar.style == "literal_lines":
            if "'''" in value or value.endswith("'") or _CONTROL_IN_LINES.search(value):
                return None
            body = value
        else:
            body = re.sub(r'"(?="|\Z)', r"\"", value.replace("\\", "\\\\"))
            body = _CONTROL_IN_LINES.sub(_escape, body)
        return opening + body.replace("\n", line_break) + quotes


def _basic(value: str) -> str:
    return '"' + _CONTROL.sub(_escape, value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(found: re.Match[str]) -> str:
    return _CONTROL_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _decoded(token: str, style: str) -> str:
    if style == "literal":
        return token[1:-1]
    if style == "basic":
        return _ESCAPE.sub(_unescape, token[1:-1])
    text = token[3:-3].replace("\r\n", "\n").removeprefix("\n")
    return _ESCAPE.sub(_unescape, text) if style == "basic_lines" else text


def _unescape(found: re.Match[str]) -> str:
    short, long, folded, letter = found.groups()
    if folded is not None:
        return ""
    if letter is not None:
        return _ESCAPES.get(letter, letter)
    code = int(short or long, 16)
    return chr(code) if code <= sys.maxunicode else "\ufffd"


class _Walk:
    """One pass over a document that takes it for TOML and notes what it sees."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.scalars: list[Scalar] = []
        self.shape: list[object] = []
        # How many elements an array of tables has so far, less one, by the path to it.
        self.last_table: dict[tuple[str | int, ...], int] = {}

    def document(self) -> None:
        table: tuple[str | int, ...] = ()
        self.skip(_GAP)
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self.header()
            else:
                self.pair(table, 0)
            self.end_of_line()

    def header(self) -> tuple[str | int, ...]:
        brackets = 2 if self.text.startswith("[[", self.position) else 1
        self.position += brackets
        key = self.key()
        self.expect("]" * brackets)
        self.shape.append(("table" if brackets == 1 else "element", key))
        path: tuple[str | int, ...] = ()
        for number, part in enumerate(key, 1):
            path = (*path, part)
            if number == len(key) and brackets == 2:  # noqa: PLR2004 (two brackets open an element)
                self.last_table[path] = self.last_table.get(path, -1) + 1
            if path in self.last_table:
                path = (*path, self.last_table[path])
        return path

    def pair(self, table: tuple[str | int, ...], depth: int) -> None:
        key = self.key()
        self.expect("=")
        self.skip(_SPACE)
        self.shape.append(("key", key))
        self.value((*table, *key), depth)

    def key(self) -> tuple[str, ...]:
        parts = []
        while True:
            self.skip(_SPACE)
            quoted = _STRING.match(self.text, self.position)
            found = quoted or _BARE_KEY.match(self.text, self.position)
            if found is None:
                raise self.unexpected()
            self.position = found.end()
            parts.append(_decoded(found[0], str(found.lastgroup)) if quoted else found[0])
            self.skip(_SPACE)
            if len(parts) > MAX_DEPTH:
                raise self.too_deep()
            if not self.text.startswith(".", self.position):
                return tuple(parts)
            self.position += 1

    def value(self, path: tuple[str | int, ...], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self.too_deep()
        string = _STRING.match(self.text, self.position)
        if string is not None:
            style = str(string.lastgroup)
            decoded = _decoded(string[0], style)
            if decoded and not decoded.isspace():
                self.scalars.append(
                    Scalar(path, decoded, string.start(), string.end(), style, len(self.shape))
                )
            self.shape.append(("string", decoded))
            self.position = string.end()
            return
        if self.text.startswith(("[", "{"), self.position):
            self.collection(path, depth + 1)
            return
        atom = _ATOM.match(self.text, self.position)
        if atom is None:
            raise self.unexpected()
        self.shape.append(atom[0])
        self.position = atom.end()

    def collection(self, path: tuple[str | int, ...], depth: int) -> None:
        inline_table = self.text[self.position] == "{"
        closing = "}" if inline_table else "]"
        self.shape.append(self.text[self.position])
        self.position += 1
        index = 0
        self.skip(_GAP)
        while not self.text.startswith(closing, self.position):
            if inline_table:
                self.pair(path, depth)
            else:
                self.value((*path, index), depth)
            index += 1
            self.skip(_GAP)
            if self.text.startswith(",", self.position):
                self.position += 1
                self.skip(_GAP)
            elif not self.text.startswith(closing, self.position):
                raise self.unexpected()
        self.position += 1
        self.shape.append(closing)

    def skip(self, blank: re.Pattern[str]) -> None:
        found = blank.match(self.text, self.position)
        if found is not None:
            self.position = found.end()

    def expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.position):
            raise self.unexpected()
        self.position += len(mark)

    def end_of_line(self) -> None:
        before = self.position
        self.skip(_GAP)
        if self.position < len(self.text) and not re.search(r"[\r\n]", self.text[before : self.position]):
            raise self.unexpected()

    def unexpected(self) -> UnreadableError:
        found = self.text[self.position : self.position + 1]
        what = (
            f"the character {found!r} has no place there"
            if found.strip()
            else "something is missing at the end of the line"
        )
        return UnreadableError(what, self.position)

    def too_deep(self) -> UnreadableError:
        return UnreadableError("it is nested too deeply", self.position)
