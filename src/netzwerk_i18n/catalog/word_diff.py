"""What changed between two texts, word by word: what a translator of a stale message has to look at.

Knows no terminal and no file: whoever shows a diff colours it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LONGEST = 20_000
"""Texts longer than this, in characters, are one change between what they begin and what they end with alike."""

# A character of a script without blanks between words is a word; so is every mark, and each stretch of blanks.
_TOKEN = re.compile(
    r"""[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]
          [\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*
      | (?:https?://|www\.)[^\s<>()\[\]"']+
      | [^\W_](?:[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]
                 |[\u0300-\u036f\u200c\u200d]|['’.,\-‐‑](?=[^\W_]))*
      | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one thing happened to."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from `old` to `new`; what left stands before what came.

    The texts of all runs but the new ones are `old`, those of all but the old ones `new`.

    >>> [(run.change.value, run.text) for run in word_diff("Wir gehen am 5. Mai.", "Wir gehen am 6. Mai.")]
    [('same', 'Wir gehen am '), ('old', '5'), ('new', '6'), ('same', '. Mai.')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle_old, middle_new = before[head : len(before) - tail], after[head : len(after) - tail]
    runs: list[tuple[Change, str]] = [(Change.SAME, "".join(before[:head]))]
    if len(old) + len(new) > LONGEST:
        runs += [(Change.OLD, "".join(middle_old)), (Change.NEW, "".join(middle_new))]
    else:
        runs += _compared(middle_old, middle_new)
    runs.append((Change.SAME, "".join(before[len(before) - tail :])))
    return _merged(runs)


def _compared(old: list[str], new: list[str]) -> Iterable[tuple[Change, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        one, other = "".join(old[begin:end]), "".join(new[new_begin:new_end])
        if tag == "equal":
            yield (Change.SAME, one)
        else:
            yield (Change.OLD, one)
            yield (Change.NEW, other)


def _merged(runs: list[tuple[Change, str]]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours joined, blanks between two changes drawn into them: they are no likeness."""
    parts = [(change, text) for change, text in runs if text]
    merged: list[Run] = []
    old = new = ""
    for index, (change, text) in enumerate(parts):
        between = 0 < index < len(parts) - 1 and (old or new) and parts[index + 1][0] is not Change.SAME
        if change is Change.SAME and not (between and text.isspace()):
            merged += _flushed(old, new)
            old = new = ""
            before = merged.pop().text if merged and merged[-1].change is Change.SAME else ""
            merged.append(Run(Change.SAME, before + text))
            continue
        old += text if change is not Change.NEW else ""
        new += text if change is not Change.OLD else ""
    merged += _flushed(old, new)
    return tuple(merged)


def _flushed(old: str, new: str) -> list[Run]:
    return [Run(change, text) for change, text in ((Change.OLD, old), (Change.NEW, new)) if text]
