"""Silencing: a translator's comment that says which checks a message need not pass, and why."""

import re
from collections.abc import Sequence

_LINE = re.compile(r"\s*#?\s*i18n-ignore:(?P<checks>.*)", re.DOTALL)
_CHECK = re.compile(r"(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\s*(?:\((?P<reason>[^()]*)\))?\s*(?=,|\Z)")


def ignored_checks(comments: Sequence[str]) -> dict[str, str]:
    """The checks that the comments of a message silence, each with its reason, which may be empty.

    A silenced error needs a reason; whether it has one is for the caller to judge.

    Args:
        comments: the translator comments of the message, with or without their `#`.

    >>> ignored_checks(["i18n-ignore: links (our French petition), numbers"])
    {'links': 'our French petition', 'numbers': ''}
    """
    ignored: dict[str, str] = {}
    for comment in comments:
        line = _LINE.match(comment)
        if line is None:
            continue
        for match in _CHECK.finditer(line["checks"]):
            reason = (match["reason"] or "").strip()
            ignored[match["name"]] = reason or ignored.get(match["name"], "")
    return ignored
