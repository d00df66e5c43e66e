"""Comments in fenced code, for sites that want them translated."""

import re
from collections.abc import Iterator

_HASH = re.compile(r"(?:^|[ \t])#(?!!)[ \t]+")
_SLASHES = re.compile(r"(?:^|[ \t])//+[ \t]+")
_DASHES = re.compile(r"(?:^|[ \t])--[ \t]+")
_SEMICOLON = re.compile(r"(?:^|[ \t]);+[ \t]+")
_PERCENT = re.compile(r"(?:^|[ \t])%+[ \t]+")

_BY_LANGUAGE = {
    **dict.fromkeys(
        "bash sh shell zsh console python py ruby rb yaml yml toml perl r make makefile dockerfile nix elixir".split(),
        _HASH,
    ),
    **dict.fromkeys(
        "c cpp c++ rust rs go java js javascript ts typescript kotlin swift scala dart php csharp cs zig".split(),
        _SLASHES,
    ),
    **dict.fromkeys("sql lua haskell hs elm ada".split(), _DASHES),
    **dict.fromkeys("lisp clojure scheme ini asm".split(), _SEMICOLON),
    **dict.fromkeys("tex latex erlang matlab".split(), _PERCENT),
}
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")


def find_comments(line: str, info: str) -> Iterator[tuple[int, int]]:
    """The span of the line comment's text in one line of code, if the fence's info string names a known language.

    Args:
        line: one line of code.
        info: the info string behind the fence (CommonMark 0.31, section 4.5); its first word is the language.
    """
    language = re.split(r"[\s,{]", info.strip().lower(), maxsplit=1)[0]
    pattern = _BY_LANGUAGE.get(language)
    if pattern is None:
        return
    # Strings are hidden, so that a mark within one starts no comment.
    match = pattern.search(_STRING.sub(lambda string: "\ue000" * len(string[0]), line))
    if match:
        yield match.end(), len(line.rstrip(" \t"))
