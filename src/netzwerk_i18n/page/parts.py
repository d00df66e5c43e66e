"""The parts of a text that a translation has as well: its lines, its sentences, what stands in signs."""

import re
from collections.abc import Sequence
from itertools import pairwise

from netzwerk_i18n.page.marks import Marked, Span

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'»”’)\]]*(?=\s|\Z)|[。！？]+[」』）]*|।)")
_ABBREVIATED = re.compile(r"(?:\b\w|\d|\b(?:bzw|ca|Dr|etc|evtl|ggf|inkl|Mr|Mrs|Nr|Prof|St|usw|vgl|vs|No))\Z")


def lines(marked: Marked) -> list[Span]:
    """The lines, where there are several."""
    cuts = [mark.start for mark in marked.marks if mark.kind == "break"]
    return _between([0, *cuts, len(marked.plain)]) if cuts else []


def sentence_parts(marked: Marked) -> list[Span]:
    """The sentences, where there are several."""
    found = sentences(marked.plain)
    return found if len(found) > 1 else []


def sentences(plain: str) -> list[Span]:
    """Where the sentences of a text without markup stand.

    >>> [" Ja. Am 5. Mai z. B. nicht! "[a:b] for a, b in sentences(" Ja. Am 5. Mai z. B. nicht! ")]
    [' Ja.', ' Am 5. Mai z. B. nicht! ']
    """
    cuts = [0]
    for match in _SENTENCE_END.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :].lstrip()
        if match[0][0] == "." and (_ABBREVIATED.search(before) or not after or after[0].islower()):
            continue
        if after:
            cuts.append(match.end())
    return _between([*cuts, len(plain)])


def around_colon(marked: Marked) -> list[Span]:
    """What stands before the only colon, and behind it."""
    found = [m.end() for m in re.finditer(r":(?=\s)|：", marked.plain)]
    return (
        _between([0, found[0], len(marked.plain)]) if len(found) == 1 and found[0] < len(marked.plain) else []
    )


def in_parentheses(marked: Marked) -> list[Span]:
    """What stands in the only parentheses."""
    return _pair(marked.plain, r"[(（]([^()（）]*)[)）]")


def in_quotes(marked: Marked) -> list[Span]:
    """What stands in the only quotation marks."""
    return _pair(marked.plain, r"[\"„“«»‚‘‹「『]\s?([^\"„“”«»‚‘’‹›「」『』]*)\s?[\"“”»«‘’›」』]")


def _pair(plain: str, pattern: str) -> list[Span]:
    found = list(re.finditer(pattern, plain))
    return [found[0].span(1)] if len(found) == 1 and found[0][1].strip() else []


def _between(cuts: Sequence[int]) -> list[Span]:
    return list(pairwise(cuts))
