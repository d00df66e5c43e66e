"""Placeholders that the translation lost: the theme or script puts nothing in their place then.

Which ones a translation may not have is `inline-markup`'s and `masks`' to say. One that is missing harms nobody, and now and
then it has no place in another language ("one page" for "{count} page"): so it is doubted, not refused.
"""

import re
from collections.abc import Iterator
from itertools import islice

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.masks import PRINTF as OF_C
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.warnings.prose import read_prose

_PRINTF = rf"%\([A-Za-z_]\w*\)[sdf]|{OF_C}"
PRINTF = re.compile(_PRINTF, re.ASCII)
"""Placeholders as C and Python have them: `%s`, `%1$d`, `%(name)s`."""

_PLACEHOLDER = re.compile(rf"(?<![\w\\^_{{}}$])[%$#]?\{{(?:[a-z_][\w.]*|\d+)\}}(?![}}$])|{_PRINTF}", re.ASCII)
"""These, and `{name}`, `{0}`, `%{name}` or `${name}`."""

_MOST_NAMED = 5


def find_lost_placeholders(situation: Situation) -> Iterator[Problem]:
    """A problem for each placeholder of the source that the translation lacks; how often it stands there is nobody's matter."""
    source, own = situation.segment.text, situation.translation
    if "{" not in source and "%" not in source:
        return
    present = set(_PLACEHOLDER.findall(own))
    lost = dict.fromkeys(
        each for each in _PLACEHOLDER.findall(read_prose(source).text) if each not in present
    )
    for placeholder in islice(lost, _MOST_NAMED):
        if placeholder not in own:  # in code, for one
            yield Problem(f"{quoted(placeholder)} is not in the translation; put it where its value belongs")


CHECK = Check(
    name="placeholders",
    severity="warning",
    find=find_lost_placeholders,
    what="Each placeholder of the source, `{name}` or `%s`, stands in the translation.",
    why="A number or a name that a theme or script would put there is lost.",
    right=("Noch {count} Tage", "Encore {count} jours"),
    wrong=("Noch {count} Tage", "Encore quelques jours"),
)
