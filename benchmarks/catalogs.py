"""Just enough of the PO format to fill a catalog of any tool with translations, and to read one back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\(.)")
_UNESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Message:
    """One message of a catalog; `fuzzy` if it waits for a review."""

    msgid: str
    msgstr: str
    fuzzy: bool


def fill(catalog: str, translate: Callable[[str], str]) -> tuple[str, int]:
    """`catalog` with every msgstr replaced by a translation of its msgid, and the number of its messages."""
    lines: list[str] = []
    count = 0
    for kind, value, raw in _parts(catalog):
        if kind == "msgid":
            msgid = value
        if kind == "msgstr" and msgid:
            lines.append(f"msgstr {_quote(translate(msgid))}")
            count += 1
        else:
            lines += raw
    return "\n".join(lines) + "\n", count


def read(catalog: str) -> Iterator[Message]:
    """The messages of a catalog, without its header and its obsolete ones."""
    fuzzy = False
    msgid = ""
    for kind, value, raw in _parts(catalog):
        if kind == "msgid":
            msgid = value
        elif kind == "msgstr":
            if msgid:
                yield Message(msgid, value, fuzzy)
            fuzzy = False
        elif raw[0].startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in raw[0]


def _parts(catalog: str) -> Iterator[tuple[str, str, list[str]]]:
    """The keyword, the string and the lines of each piece; other lines one by one, with an empty keyword."""
    lines = catalog.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    index = 0
    while index < len(lines):
        start = index
        keyword, _, string = lines[index].partition(" ")
        index += 1
        if keyword in {"msgctxt", "msgid", "msgid_plural", "msgstr"} and string.startswith('"'):
            strings = [string]
            while index < len(lines) and lines[index].startswith('"'):
                strings.append(lines[index])
                index += 1
            yield keyword, "".join(map(_unquote, strings)), lines[start:index]
        else:
            yield "", "", lines[start:index]


def _unquote(string: str) -> str:
    return _ESCAPE.sub(lambda match: _UNESCAPED.get(match[1], match[1]), string.strip()[1:-1])


def _quote(text: str) -> str:
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(character, escaped)
    return f'"{text}"'
