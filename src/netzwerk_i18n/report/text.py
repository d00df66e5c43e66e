"""Data in lines of ours: nothing in a text may end a line, drive a terminal or pass for the tool's own words."""

import json
import re
import unicodedata
from typing import Any

_COMMAND = re.compile(r"##(?=\w*\[)")
"""How a command to the runner begins that GitHub (`##[`), Azure (`##vso[`) and TeamCity obey anywhere in a line."""

_SIGN = re.compile(r"[^\w !-~]")
"""What may have to be escaped: letters, digits and what ASCII prints need not be looked at."""


def one_line(text: str, *, width: int = 60) -> str:
    r"""`text` on one line, shortened, with control and invisible characters written as escapes.

    >>> one_line("a\nb\x1b[31m")
    'a↵b\\x1b[31m'
    """
    shown = defused(text if text.isprintable() else _SIGN.sub(_visible, text))
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def defused(line: str) -> str:
    r"""`line` without commands that a runner would find in the middle of it.

    >>> defused("##[error]x")
    '#\\#[error]x'
    """
    return _COMMAND.sub(r"#\\#", line) if "##" in line else line


def file_name(path: str) -> str:
    """A path, on one line, that no runner which reads along takes for a command.

    >>> file_name("::error::a.po")
    './::error::a.po'
    """
    name = one_line(path, width=200)
    return f"./{name}" if name.lstrip().startswith("::") else name


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "word"), counted(2000, "word")
    ('1 word', '2,000 words')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def whole_percent(share: float) -> int:
    """A share from 0 to 1 in percent, rounded down: 100 means that nothing is missing.

    >>> whole_percent(0.9999), whole_percent(29 / 100)
    (99, 29)
    """
    # 0.29 * 100 is a little less than 29.
    return int(round(share * 100, 9))


def markdown_cell(text: str) -> str:
    r"""Text that Markdown leaves alone: all punctuation is escaped, so nothing is markup, a link or a formula.

    Nor does GitHub find the name of a person in it: it looks for names after escapes are gone, so a comment parts them.

    >>> markdown_cell("a|b <i>")
    'a\\|b \\<i\\>'
    >>> markdown_cell("@name")
    '\\@<!-- -->name'
    """
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", one_line(text, width=300))
    return escaped.replace("@", "@<!-- -->")


def to_json(data: Any) -> str:
    r"""`data` as JSON for people and programs: the same data, but no character that could drive a terminal.

    >>> print(to_json("a\x7f\u2028 ##[error]"), end="")
    "a\u007f\u2028 #\u0023[error]"
    """
    # JSON lets DEL, C1, line separators and direction marks stand.
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if not all(line.isprintable() for line in text.split("\n")):
        text = "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
    return _COMMAND.sub(r"#\\u0023", text) if "##" in text else text


def _visible(sign: re.Match[str]) -> str:
    character = sign[0]
    if character == "\n":
        return "↵"
    if character in "\u00a0\u202f":
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return character.encode("unicode_escape").decode("ascii")
    return character
