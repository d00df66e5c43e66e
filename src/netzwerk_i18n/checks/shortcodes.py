"""Shortcodes and template tags: one that is broken or unknown stops Hugo's whole build."""

import re
from collections import Counter
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation

_TAG = re.compile(r"\{\{[<%][^{}]*+[>%]\}\}")
_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}")


def find_shortcodes(situation: Situation) -> Iterator[Problem]:
    """A problem if shortcodes, or what delimits them, are not the source's own."""
    text, translation = situation.segment.text, situation.translation
    if "{" not in translation and "}" not in translation and "{" not in text and "}" not in text:
        return
    source, target = Counter(_TAG.findall(text)), Counter(_TAG.findall(translation))
    for tag in target - source:
        yield Problem(
            f"the translation holds the shortcode {tag}, which its source lacks; copy it from the source"
        )
    for tag in source - target:
        yield Problem(f"the translation lacks the shortcode {tag}; copy it from the source")
    before, after = (Counter(_DELIMITER.findall(_TAG.sub("", part))) for part in (text, translation))
    if before != after:
        mark = next(iter((after - before) or (before - after)))
        yield Problem(f"the template delimiters {mark} differ from the source's; copy them from the source")


CHECK = Check(
    name="shortcodes",
    severity="error",
    find=find_shortcodes,
    what="Shortcodes and template delimiters are byte for byte those of the source; their order may differ.",
    why="One shortcode that is broken or unknown stops Hugo's whole build.",
    right=("Seit {{< param jahr >}} dabei", "Depuis {{< param jahr >}}"),
    wrong=("Seit {{< param jahr >}} dabei", "Depuis {{< param année >}}"),
)
