"""JSON front matter (RFC 8259): the spans of its strings, and strings written back."""

import json
import re
from functools import cached_property
from typing import Any

from netzwerk_i18n.page.front_matter.content import MAX_DEPTH, Scalar, UnreadableError

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)


def read_json(text: str, start: int) -> tuple["JsonContent", int]:
    """The JSON that begins at `start`, and the offset behind it.

    Raises:
        UnreadableError: none stands there; its index is one of `text`.
    """
    try:
        data, end = json.JSONDecoder(parse_int=_number).raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise UnreadableError(error.msg, error.pos) from None
    except RecursionError:
        raise UnreadableError("it is nested too deeply", start) from None
    return JsonContent(text[start:end], data), end


class JsonContent:
    """What :func:`read_json` found; of a key that stands twice `data` holds the last value."""

    def __init__(self, source: str, data: Any) -> None:
        self._source = source
        self._data = data

    @property
    def data(self) -> Any:
        """The object, or what else a data file holds."""
        return self._data

    @cached_property
    def _walked(self) -> tuple[list[Scalar], list[object]]:
        return _walk(self._source)

    @property
    def scalars(self) -> list[Scalar]:
        """The strings that are not blank, in reading order."""
        return self._walked[0]

    @property
    def shape(self) -> list[object]:
        """The tokens, strings decoded."""
        return self._walked[1]

    def shape_of(self, value: str, scalar: Scalar) -> object:
        """A string's token."""
        return (scalar.style, value)

    def tokens(self, _scalar: Scalar, value: str) -> tuple[str, ...]:
        """The one way to write a string that keeps letters as they are."""
        return (json.dumps(value, ensure_ascii=False),)

    def is_sure(self, _scalar: Scalar, _token: str) -> bool:
        """No token is sure here: each is parsed again."""
        return False


def _number(digits: str) -> int | str:
    """A number, or its digits where Python refuses to read as many."""
    try:
        return int(digits)
    except ValueError:
        return digits


def _walk(source: str) -> tuple[list[Scalar], list[object]]:
    scalars: list[Scalar] = []
    shape: list[object] = []
    # The path to the value that comes next: in an object its key (None while a key is expected), in a list its index.
    path: list[str | int | None] = []
    for token in _TOKEN.finditer(source):
        raw = token[0]
        if raw[0] == '"':
            value = json.loads(raw)
            if path and path[-1] is None:
                path[-1] = value
            elif value.strip() and len(path) <= MAX_DEPTH:
                steps = tuple(step for step in path if step is not None)
                scalars.append(Scalar(steps, value, token.start(), token.end(), '"', len(shape)))
            shape.append(('"', value))
            continue
        if raw == "{":
            path.append(None)
        elif raw == "[":
            path.append(0)
        elif raw in "}]":
            path.pop()
        elif raw == ",":
            last = path[-1]
            path[-1] = last + 1 if isinstance(last, int) else None
        shape.append(raw)
    return scalars, shape
