"""Where in a PO file a piece of a translation stands, so that an editor can jump to the very word."""

import re
from collections.abc import Iterator, Sequence

from netzwerk_i18n.catalog.syntax import unescape

_MSGSTR = re.compile(r"\s*(?:#~\s*)?msgstr(?![A-Za-z0-9_])")
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_PIECE = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]+))+|\\.|[^\\]+", re.DOTALL)
_MOST_LINES = 200_000


def split_lines(text: str) -> list[str]:
    """The lines of a PO file as its reader counts them: U+0085, U+2028 and others may stand within a string."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def find_place(lines: Sequence[str], msgid_line: int, offset: int) -> tuple[int, int] | None:
    r"""Line and column, both from 1, of the character at `offset` of a msgstr.

    Args:
        lines: the file's lines (:func:`split_lines`).
        msgid_line: the line of the message's msgid, from 1.
        offset: counted in characters of the unescaped msgstr; its length is the place behind it.

    Returns:
        None where the file has no msgstr there.

    >>> find_place(['msgid "a"', 'msgstr ""', '"x\\n"', '"yz"'], 1, 3)
    (4, 3)
    """
    place = None
    begins = 0
    for line, column, raw in _strings(lines, msgid_line):
        text = raw if "\\" not in raw else _plain(raw)
        if offset < begins + len(text):
            return line, column + _raw_length(raw, offset - begins)
        begins += len(text)
        if text or place is None:
            place = line, column + len(raw)
    return place if offset == begins else None


def _strings(lines: Sequence[str], msgid_line: int) -> Iterator[tuple[int, int, str]]:
    """The strings of the msgstr behind `msgid_line`: line, column of the first character, raw text."""
    within = False
    for number in range(max(1, msgid_line), min(len(lines), msgid_line + _MOST_LINES) + 1):
        line = lines[number - 1]
        keyword = _MSGSTR.match(line)
        if keyword is not None and not within:
            within = True
        elif within and not line.lstrip().startswith('"'):
            if line.strip():
                return
            continue
        if within:
            for match in _STRING.finditer(line, keyword.end() if keyword else 0):
                yield number, match.start(1) + 1, match[1]


def _plain(raw: str) -> str:
    try:
        return unescape(raw)
    except ValueError:
        return raw


def _raw_length(raw: str, length: int) -> int:
    """How many characters of an escaped string spell the first `length` of its text."""
    if "\\" not in raw:
        return length
    done = spelled = 0
    for match in _PIECE.finditer(raw):
        size = len(_plain(match[0]))
        if done + size > length:
            return spelled + (length - done if match[0][0] != "\\" else 0)
        done += size
        spelled = match.end()
    return spelled
