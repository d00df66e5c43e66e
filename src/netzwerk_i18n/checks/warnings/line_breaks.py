"""Line breaks that the source's author set by hand, in an address or a poem, and that the translation lost."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.page.softbreaks import is_hard

_NO_BREAK = re.compile(r"<[^<>]*+>|`[^`]*+`|\]\([^()]*+\)")
"""Where the lines of a tag, of code or of a link's target end nothing ends that a reader sees."""

_LINE_END = re.compile(r"[\r\n]")


def find_lost_breaks(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation has fewer line breaks than its source has hard ones."""
    segment = situation.segment
    breaks = segment.breaks
    if not breaks:
        return
    if situation.rules.hard_wraps and segment.form == "markdown":
        hard = len(breaks) - sum(each.count("\n") for each in _NO_BREAK.findall(segment.text))
    else:  # any other break is only the source's way to lay out its lines
        hard = sum(is_hard(_LINE_END.split(each, maxsplit=1)[0]) for each in breaks)
    own = situation.translation.count("\n")
    if own < hard:
        count = "a line break" if hard == 1 else f"{hard} line breaks"
        found = "none" if own == 0 else f"only {own}"
        yield Problem(
            f"the source has {count}, and the translation {found}; break its lines as the source does"
        )


CHECK = Check(
    name="line-breaks",
    severity="warning",
    find=find_lost_breaks,
    what="The translation has the line breaks that the source's author set by two spaces or a backslash; with `hard_wraps` all.",
    why="An address, a signature or a poem would stand on one line.",
    right=("Haus der Netze\\\nMarktplatz 1", "Maison des réseaux\nMarktplatz 1"),
    wrong=("Haus der Netze\\\nMarktplatz 1", "Maison des réseaux, Marktplatz 1"),
)
