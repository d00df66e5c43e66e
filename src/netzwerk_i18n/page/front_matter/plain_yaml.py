"""YAML that is what it looks like: read without a parser, many times as fast as by one.

Most front matter is one `key: value` a line, some of them lists of words. What such a line says can be told from it
alone; where any line is of another kind, all is left to the parser. Both find the same strings (a property test holds
them to it), and what a translation changes is read by the parser unless it is sure.
"""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from netzwerk_i18n.page.front_matter.content import Scalar
from netzwerk_i18n.page.front_matter.yaml_strings import RESERVED, YamlStrings

if TYPE_CHECKING:
    from netzwerk_i18n.page.front_matter.yaml_content import YamlContent

_LONGEST = 20_000
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")
_DOUBLE_QUOTED = re.compile(r'"[^"\\]*+"')
_SINGLE_QUOTED = re.compile(r"'[^']*+'")
_PLAIN = re.compile(r"[^\W\d_](?:[^:#]|:(?! |$))*+")
_PLAIN_IN_LIST = re.compile(r"[^\W\d_](?:[^\W_]|[ .'’-])*+")
_QUOTED_IN_LIST = re.compile(r"""(?:"[^"\\,\[\]{}]*+"|'[^',\[\]{}]*+')""")
_NO_STRING = re.compile(
    r"""true|True|TRUE|false|False|FALSE|null|Null|NULL
      | -?(?:0|[1-9][0-9]{0,15}+)(?:\.[0-9]{1,15}+)?
      | [0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9}+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?""",
    re.VERBOSE,
)
"""Numbers, dates, truth and nothing, in YAML 1.1 (whose types PyYAML knows) as in YAML 1.2."""

_ITEM = re.compile(r"( {0,8}+)- {1,4}+(?=[^ ])")


class PlainYaml(YamlStrings):
    """Plain YAML between two delimiter lines."""

    def __init__(self, source: str, scalars: list[Scalar]) -> None:
        super().__init__(source)
        self.scalars = scalars

    @property
    def shape(self) -> list[object]:
        """What the parser says: whether a change keeps everything else is asked of nothing less."""
        return self._parsed.shape

    @property
    def data(self) -> Any:
        """The mapping, as the parser reads it."""
        return self._parsed.data

    @cached_property
    def _parsed(self) -> "YamlContent":
        from netzwerk_i18n.page.front_matter.yaml_content import YamlContent

        return YamlContent(self._source)


def read_plain_yaml(source: str) -> PlainYaml | None:
    r"""The content, or None where only a parser can tell what it says.

    >>> [scalar.value for scalar in read_plain_yaml("title: Wir alle\ndraft: true\ntags: [a, b]\n").scalars]
    ['Wir alle', 'a', 'b']
    >>> read_plain_yaml("title: >\n  Wir alle\n") is None
    True
    """
    lines = source.split("\n")
    if len(source) > _LONGEST or not "".join(lines).isprintable():
        return None
    reader = _Reader()
    start = 0
    for line in lines:
        if line and line[0] != "#" and not reader.read(line, start):
            return None
        start += len(line) + 1
    return PlainYaml(source, reader.scalars)


class _Reader:
    """What was found so far."""

    def __init__(self) -> None:
        self.scalars: list[Scalar] = []
        self._position = 0  # of the last node, in reading order
        self._list_key = ""  # of the list whose items may follow
        self._items = 0
        self._indent = ""

    def read(self, line: str, start: int) -> bool:
        """Read one line that begins at `start`; whether it is plain."""
        item = _ITEM.match(line)
        if item is not None:
            return self._read_item(line, item, start)
        key, colon, rest = line.partition(":")
        value = rest.strip(" ")
        if not colon or _KEY.fullmatch(key) is None or (value and rest[0] != " "):
            return False
        self._position += 2  # the key's node and the value's
        self._list_key, self._items = ("", 0) if value else (key, 0)
        if not value:
            return True
        start += len(key) + 1 + len(rest) - len(rest.lstrip(" "))
        if value[0] == "[":
            return value[-1] == "]" and self._read_list(key, value, start)
        return self._take((key,), value, start, in_list=False)

    def _read_item(self, line: str, item: re.Match[str], start: int) -> bool:
        """An item of the list that the key above begins: on a line of its own, behind a dash."""
        if not self._list_key or (self._items and item[1] != self._indent):
            return False
        self._indent = item[1]
        self._position += 1
        path = (self._list_key, self._items)
        self._items += 1
        return self._take(path, line[item.end() :].rstrip(" "), start + item.end(), in_list=False)

    def _read_list(self, key: str, value: str, start: int) -> bool:
        """A list in brackets."""
        if not value[1:-1].strip(" "):
            return True
        position = start + 1
        for index, piece in enumerate(value[1:-1].split(",")):
            self._position += 1
            blanks = len(piece) - len(piece.lstrip(" "))
            if not self._take((key, index), piece.strip(" "), position + blanks, in_list=True):
                return False
            position += len(piece) + 1
        return True

    def _take(self, path: tuple[str | int, ...], token: str, start: int, *, in_list: bool) -> bool:
        """Note a value at the current position; whether it is certain what it says."""
        if not token:
            return False
        style = token[0] if token[0] in "\"'" else ""
        if style:
            quoted = _QUOTED_IN_LIST if in_list else _DOUBLE_QUOTED if style == '"' else _SINGLE_QUOTED
            if quoted.fullmatch(token) is None:
                return False
            value = token[1:-1]
        elif _NO_STRING.fullmatch(token):
            return True
        else:
            plain = _PLAIN_IN_LIST if in_list else _PLAIN
            if plain.fullmatch(token) is None or token.casefold() in RESERVED:
                return False
            value = token
        if value and not value.isspace():
            self.scalars.append(Scalar(path, value, start, start + len(token), style, self._position))
        return True
