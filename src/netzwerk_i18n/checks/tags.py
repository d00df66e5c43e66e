"""HTML: a translation may move its source's tags; it may not bring any of its own."""

import re
from collections import Counter
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.page.html import tags

_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_HTML_FORMS = frozenset({"markdown", "cell", "html"})


def find_tags(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation holds a tag, a comment or the beginning of one that its source does not hold."""
    text, translation = situation.segment.text, situation.translation
    if "<" not in translation or situation.segment.form not in _HTML_FORMS:
        return
    for tag in Counter(tags(translation)) - Counter(tags(text)):
        yield Problem(f"the translation holds the tag {tag}, which its source lacks; remove it")
        return
    if len(_TAG_LIKE.findall(translation)) > len(_TAG_LIKE.findall(text)):
        yield Problem("the translation holds a < that begins a tag; write &lt;")


CHECK = Check(
    name="html",
    severity="error",
    find=find_tags,
    what="Tags and their attributes are some of the source's; none is added or changed.",
    why="A script, a frame or a handler in a translation would run in every visitor's browser.",
    right=("<b>Ja</b>", "<b>Oui</b>"),
    wrong=("Ja", "<img src=x onerror=alert(1)>"),
)
