"""Shortcodes and template tags: one that is broken or unknown stops Hugo's whole build."""

import re
from collections import Counter

from netzwerk_i18n.checks.finding import Finding
from netzwerk_i18n.page import Segment

NAME = "shortcodes"

_TAG = re.compile(r"\{\{[<%][^{}]*+[>%]\}\}")
_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}")


def check_shortcodes(segment: Segment, translation: str) -> Finding | None:
    """An error if shortcodes, or what delimits them, are not the source's own."""
    if (
        "{" not in translation
        and "}" not in translation
        and "{" not in segment.text
        and "}" not in segment.text
    ):
        return None
    source, target = Counter(_TAG.findall(segment.text)), Counter(_TAG.findall(translation))
    for tag in target - source:
        return Finding(
            NAME,
            f"the translation holds the shortcode {tag}, which its source lacks; copy it from the source",
        )
    for tag in source - target:
        return Finding(NAME, f"the translation lacks the shortcode {tag}; copy it from the source")
    before, after = (Counter(_DELIMITER.findall(_TAG.sub("", text))) for text in (segment.text, translation))
    if before != after:
        mark = next(iter((after - before) or (before - after)))
        return Finding(
            NAME, f"the template delimiters {mark} differ from the source's; copy them from the source"
        )
    return None
