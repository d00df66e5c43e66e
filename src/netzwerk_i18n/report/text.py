"""Data in lines of ours: nothing in a text may end a line, drive a terminal or pass for the tool's own words."""

import unicodedata


def one_line(text: str, *, width: int = 60) -> str:
    r"""`text` on one line, shortened, with control and invisible characters written as escapes.

    >>> one_line("a\nb\x1b[31m")
    'a↵b\\x1b[31m'
    """
    shown = "".join(_visible(character) for character in text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _visible(character: str) -> str:
    if character == "\n":
        return "↵"
    if character in "\u00a0\u202f":
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return character.encode("unicode_escape").decode("ascii")
    return character
