"""Patterns such as ``menu.*.name`` say which keys of the front matter hold text."""

import re
from functools import lru_cache

_NOTHING = re.compile(r"(?!)")


@lru_cache(maxsize=64)
def key_pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that fully matches every dotted key that one of `patterns` means.

    A pattern is dotted. In it ``*`` stands for any characters of one component, ``?`` for one of them, and the
    component ``**`` for any number of components (at the end: at least one). Letters match in either case, since
    Hugo reads ``linktitle`` and ``linkTitle`` as one key.

    >>> bool(key_pattern(("menu.*.name",)).fullmatch("menu.main.name"))
    True
    >>> bool(key_pattern(("name", "**.alt")).fullmatch("menu.main.name"))
    False
    """
    if not patterns:
        return _NOTHING
    return re.compile("|".join(_expression(pattern) for pattern in patterns), re.IGNORECASE | re.DOTALL)


def _expression(pattern: str) -> str:
    components = re.sub(r"(?:\*\*\.)+(?=\*\*(?:\.|$))", "", pattern).split(".")
    expression = ""
    separator = ""
    for component in components[:-1]:
        if component == "**":
            expression += separator + r"(?:[^.]*\.)*"
            separator = ""
        else:
            expression += separator + _component(component)
            separator = r"\."
    last = components[-1]
    return expression + separator + (".*" if last == "**" else _component(last))


def _component(component: str) -> str:
    wildcards = {"*": "[^.]*", "?": "[^.]"}
    return "".join(wildcards.get(character) or re.escape(character) for character in component)
