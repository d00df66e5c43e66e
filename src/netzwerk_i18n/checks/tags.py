"""HTML: a translation may move its source's tags; it may not bring any of its own."""

import re
from collections import Counter

from netzwerk_i18n.checks.finding import Finding
from netzwerk_i18n.page import Segment
from netzwerk_i18n.page.html import tags

NAME = "html"

_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_HTML_FORMS = frozenset({"markdown", "cell", "html"})


def check_tags(segment: Segment, translation: str) -> Finding | None:
    """An error if the translation holds a tag, a comment or the beginning of one that its source does not hold."""
    if "<" not in translation or segment.form not in _HTML_FORMS:
        return None
    source, target = Counter(tags(segment.text)), Counter(tags(translation))
    for tag in target - source:
        return Finding(NAME, f"the translation holds the tag {tag}, which its source lacks; remove it")
    if len(_TAG_LIKE.findall(translation)) > len(_TAG_LIKE.findall(segment.text)):
        return Finding(NAME, "the translation holds a < that begins a tag; write &lt;")
    return None
