"""Strings, references and flags as the PO format spells them; reader and writer share these rules.

Source of the rules: the GNU gettext manual, "The Format of PO Files", and the behaviour of gettext 0.21.
"""

import re

REFERENCE_COLUMNS = 79
"""Width of a `#:` line in bytes; msgcat fills to it even under `--no-wrap`."""

_MARK = len("#:")
_SHOWN = 40  # characters of a text that an error quotes

FORBIDDEN = {"\0": "U+0000 (NUL)", "\4": "U+0004 (EOT, the separator of contexts)"}
"""Characters no PO file can carry: NUL ends a string in C, and gettext refuses EOT."""

_ESCAPED = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}
_UNESCAPED = {escaped[1]: plain for plain, escaped in _ESCAPED.items()}
_NEEDS_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_ESCAPE = re.compile(r'\\([\\"ntrabfv])|((?:\\[0-7]{1,3}|\\x[0-9a-fA-F]+)+)|\\(.?)')
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]+))")
_ISOLATE_START, _ISOLATE_END = "\u2068", "\u2069"
_REFERENCE = re.compile(r"\u2068([^\u2069]*)\u2069((?::[0-9]+)?)|([^ \t]+)")
_REWRITTEN = re.compile(r"\t| (?: |\./|:)|(?<!#): [0-9]")
"""What gettext 0.21 writes otherwise where a path has blanks: `a ./b`, and `a: 1`, to which 1 is a line number."""
_PERCENT = re.compile("%(20|09|25)")


def unstorable(text: str) -> str | None:
    """Why no PO file can carry a text of a page, for its author, or None where one can."""
    for character, name in FORBIDDEN.items():  # a loop, as every text of a site is looked at
        if character in text:
            return f"this text holds {name}, which no PO file can carry; it is left as it is"
    return None


def escape(text: str) -> str:
    r"""Text as it stands between the quotes of one PO string.

    Every other character stands as it is: gettext passes on other control characters, U+0085 and U+2028 unchanged.

    >>> print(escape('a "b"' + chr(10)))
    a \"b\"\n
    """
    if _NEEDS_ESCAPE.search(text) is None:
        return text
    return _NEEDS_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text)


def unescape(text: str) -> str:
    """The inverse of :func:`escape`; octal and hexadecimal escapes are bytes of UTF-8, as in gettext.

    Raises:
        ValueError: for an escape that gettext does not know, or bytes that are not UTF-8.
    """
    if "\\\\" not in text:
        # Nearly every escape is one of these three, and replacing them is several times faster than the scan.
        plain = text.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t")
        if "\\" not in plain:
            return plain
    return _ESCAPE.sub(_unescape_one, text)


def _unescape_one(match: re.Match[str]) -> str:
    letter, numbers, wrong = match.groups()
    if letter is not None:
        return _UNESCAPED[letter]
    if numbers is None:
        raise ValueError(f"unknown escape \\{wrong}")
    octets = bytes(
        (int(octal, 8) if octal else int(hexa, 16)) & 0xFF for octal, hexa in _BYTE.findall(numbers)
    )
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"the escapes {numbers} are not UTF-8") from None


def split_references(text: str) -> tuple[str, ...]:
    """The references of one entry's `#:` lines, joined by blanks; see :func:`fill_references` for paths with blanks."""
    if _ISOLATE_START in text:
        return tuple(
            _spelled_out(plain) if plain else path + line
            for path, line, plain in _REFERENCE.findall(text)
            if plain or path
        )
    if "\t" in text:
        text = text.replace("\t", " ")
    # Not str.split(): a path may hold U+00A0 and other blanks that separate nothing here.
    parts = tuple([part for part in text.split(" ") if part])
    return tuple(map(_spelled_out, parts)) if "%" in text else parts


def fill_references(references: tuple[str, ...]) -> str:
    r"""The `#:` lines, filled as gettext fills them: by bytes, never within a path.

    A path with blanks stands between U+2068 and U+2069, as gettext 0.22 and later write it. gettext 0.21 takes such a
    path for several references: it would break the line within it, and drop a word that two paths share. Where it
    would, blanks are spelled `%20`, which every version leaves as it is.

    >>> fill_references(("a.md", "b c.md:7")).encode("ascii", "backslashreplace")
    b'#: a.md \\u2068b c.md\\u2069:7\n'
    >>> print(fill_references(("b c.md", "d c.md")), end="")
    #: b%20c.md d%20c.md
    """
    if len(references) == 1:
        only = references[0]
        if " " not in only and only[:2] != "./" and "\t" not in only and "%" not in only:
            return f"#: {only}\n"
    paths = []
    for given in dict.fromkeys(references):
        reference = given
        while reference.startswith("./"):
            reference = reference[2:]
        paths.append(reference)
    if any(" " in path or "\t" in path for path in paths):
        line = " ".join(["#:", *map(_isolated, paths)])
        if _stays(line):
            return f"{line}\n"
    paths = [_percent_spelled(path) for path in paths]
    lines: list[str] = []
    line, column = "#:", _MARK
    for path in paths:
        width = (len(path) if path.isascii() else len(path.encode())) + 1
        if column > _MARK and column + width > REFERENCE_COLUMNS:
            lines.append(line)
            line, column = "#:", _MARK
        line += f" {path}"
        column += width
    lines.append(line)
    return "\n".join(lines) + "\n"


def _stays(line: str) -> bool:
    """Whether gettext 0.21, to which every blank separates two references, leaves a `#:` line as it is."""
    words = line.split(" ")
    return (
        len(line.encode()) <= REFERENCE_COLUMNS
        and len(words) == len(set(words))
        and _REWRITTEN.search(line) is None
    )


def _percent_spelled(path: str) -> str:
    if "%" in path:
        path = _PERCENT.sub(r"%25\1", path)
    return path.replace(" ", "%20").replace("\t", "%09")


def _spelled_out(path: str) -> str:
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), path)


def _isolated(reference: str) -> str:
    if " " not in reference and "\t" not in reference:
        return _percent_spelled(reference)
    path, colon, number = reference.rpartition(":")
    if colon and number.isdecimal() and number.isascii():
        return f"{_ISOLATE_START}{path}{_ISOLATE_END}:{number}"
    return f"{_ISOLATE_START}{reference}{_ISOLATE_END}"


# The order in which gettext 0.21 prints flags; flags it does not know come after them, in their own order.
_FORMATS = tuple(
    re.findall(
        r"\S+",
        """
        c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep ruby sh awk lua
        object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php gcc-internal gfc-internal ycp
        """,
    )
)
_FLAG_ORDER = (
    {"fuzzy": -1}
    | {f"{prefix}{name}-format": rank for rank, name in enumerate(_FORMATS) for prefix in ("", "no-")}
    | {"no-wrap": len(_FORMATS) + 1}
)
_RANGE_RANK, _UNKNOWN_RANK = len(_FORMATS), len(_FORMATS) + 2


def split_flags(text: str) -> tuple[str, ...]:
    """The flags of a `#,` line, in the order of the file, each once."""
    flags: dict[str, None] = {}
    for part in text.split(","):
        flag = part.strip()
        words = flag.split()
        if len(words) > 1 and all(word in _FLAG_ORDER for word in words):
            flags.update(dict.fromkeys(words))
        elif flag:
            flags[flag] = None
    return tuple(flags)


def sort_flags(flags: tuple[str, ...]) -> list[str]:
    """The flags in gettext's order, each once.

    >>> sort_flags(("no-wrap", "c-format", "fuzzy"))
    ['fuzzy', 'c-format', 'no-wrap']
    """
    return sorted(dict.fromkeys(flags), key=_flag_rank)


def _flag_rank(flag: str) -> int:
    return _FLAG_ORDER.get(flag, _RANGE_RANK if flag.startswith("range:") else _UNKNOWN_RANK)


def shortened(text: str) -> str:
    r"""A text as an error quotes it: its start, in quotes, on one line, with nothing invisible in it.

    >>> print(shortened("Grüße\n\u202e"))
    'Grüße\n\u202e'
    """
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}...")
