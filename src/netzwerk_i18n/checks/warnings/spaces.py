"""Spaces: doubled ones within a line, and ones at the ends that the source does not have."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.prose import read_prose

DOUBLED = re.compile(r"(?<=[^\s]) [ ]+(?=[^\s])")
"""Two plain spaces and more between other signs: neither indentation nor a hard break."""

_EDGES = " \t\r\n"


def find_doubled_spaces(situation: Situation) -> Iterator[Problem]:
    """A problem for the first run of spaces, unless the source has one too."""
    if "  " not in situation.translation:
        return
    match = DOUBLED.search(read_prose(situation.translation).text)
    if match and not DOUBLED.search(read_prose(situation.segment.text).text):
        yield Problem("the translation has two spaces in a row", match.start(), match.end())


def find_outer_spaces(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation begins or ends with other blanks than its source."""
    text, translation = situation.segment.text, situation.translation
    start, end = outer_spaces(text)
    own_start, own_end = outer_spaces(translation)
    if own_start != start:
        yield Problem("the translation begins with other spaces than its source", 0, len(own_start))
    if own_end != end:
        yield Problem(
            "the translation ends with other spaces than its source",
            len(translation) - len(own_end),
            len(translation),
        )


def outer_spaces(text: str) -> tuple[str, str]:
    """The blanks at the beginning and at the end; a text of blanks alone has none."""
    core = text.strip(_EDGES)
    if not core:
        return "", ""
    return text[: len(text) - len(text.lstrip(_EDGES))], text[len(text.rstrip(_EDGES)) :]


CHECKS = (
    Check(
        name="doubled-spaces",
        severity="warning",
        find=find_doubled_spaces,
        what="Between two words stands one space.",
        why="A second space is a slip that shows in titles, descriptions and diffs.",
        right=("Ja, gern", "Oui, volontiers"),
        wrong=("Ja, gern", "Oui,  volontiers"),
    ),
    Check(
        name="outer-spaces",
        severity="warning",
        find=find_outer_spaces,
        what="The translation begins and ends with the spaces of its source, mostly none.",
        why="A space at the end can become a hard break, and one at the beginning an indentation.",
        right=("Ja", "Oui"),
        wrong=("Ja", "Oui "),
    ),
)
