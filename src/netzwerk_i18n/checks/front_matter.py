"""Front matter: a translated value is one line of text, as a title is.

The value is written by a typed writer and parsed again when the page is built; what could not be written is refused
here already, where a person can be told.
"""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation

_BREAK = re.compile("[\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def find_front_matter(situation: Situation) -> Iterator[Problem]:
    """A problem if a value has line breaks that its source lacks, or control characters, or is blank."""
    segment = situation.segment
    if segment.form != "value":
        return
    translation = situation.translation
    if translation.isprintable():
        return
    for pattern, name in ((_BREAK, "line break or tab"), (_CONTROL, "control character")):
        for match in pattern.finditer(translation):
            if match[0] != "\n" or "\n" not in segment.text:
                if match[0] == "\t" and "\t" in segment.text:
                    continue
                yield Problem(
                    f"the value holds a {name} (U+{ord(match[0]):04X}), which its source lacks; write one line of text",
                    match.start(),
                    match.end(),
                )
                return
    if translation.count("\n") > segment.text.count("\n"):
        yield Problem("the value has more lines than its source; write as many as it has")


CHECK = Check(
    name="front-matter",
    severity="error",
    find=find_front_matter,
    what="A value of the front matter has no more lines than its source, and no control character.",
    why="A line break in a title could begin a key of its own: a draft flag, a redirect, another layout.",
    right=("Über uns", "À propos"),
    wrong=("Über uns", "À propos\ndraft: true"),
)
