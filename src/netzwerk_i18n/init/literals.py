"""What a configuration that is a JavaScript program says in literals, where they stand; nothing of it is run."""

import re
from pathlib import Path

from netzwerk_i18n.init.site import read_text

ENDINGS = ("js", "ts", "mjs", "mts", "cjs", "cts")

_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w\"'])//[^\n]*", re.DOTALL)
_SIGN = re.compile(r"""\"(?:\\.|[^"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|[{}\[\](),]""", re.DOTALL)
_ENTRY = re.compile(r"""\s*["']?([\w-]+)["']?\s*(?::(.*))?\Z""", re.DOTALL)


def read_program(file: Path) -> str | None:
    """The program's text without its comments, or None where there is none.

    Raises:
        ConfigError: if it is not UTF-8.
    """
    text = read_text(file)
    return None if text is None else _COMMENT.sub("", text)


def find_word(text: str, key: str) -> str | None:
    """The string that is first given for a key.

    >>> find_word("{srcDir: './pages', lang: 'de'}", "lang")
    'de'
    """
    match = re.search(rf"""\b{key}\s*:\s*(["'])([^"'\n]*)\1""", text)
    return match[2] if match else None


def find_tables(text: str, key: str) -> list[dict[str, str]]:
    """Every literal that is given for a key: its own keys, each with the text of its value.

    >>> find_tables("x = {locales: {root: {label: 'A, {', lang: 'en'}, 'pt-br': portuguese, ...more}}", "locales")
    [{'root': " {label: 'A, {', lang: 'en'}", 'pt-br': ' portuguese'}]
    """
    return [_table(text, match.end() - 1) for match in re.finditer(rf"\b{key}\s*:\s*{{", text)]


def _table(text: str, start: int) -> dict[str, str]:
    depth, begin = 0, start + 1
    entries: list[str] = []
    for match in _SIGN.finditer(text, start):
        sign = match[0]
        depth += (sign in "{[(") - (sign in ")]}")
        if depth == 0 or (depth == 1 and sign == ","):
            entries.append(text[begin : match.start()])
            begin = match.end()
        if depth == 0:
            break
    found = map(_ENTRY.match, entries)
    return {entry[1]: entry[2] or "" for entry in found if entry is not None}
