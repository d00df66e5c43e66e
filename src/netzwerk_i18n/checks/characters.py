"""Characters that nobody sees and that no translation needs, unless its source has them."""

import re
import unicodedata

from netzwerk_i18n.checks.finding import Finding
from netzwerk_i18n.page import Segment

NAME = "characters"

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_OPEN_ISOLATES = "\u2066\u2067\u2068"
_CLOSE_ISOLATE = "\u2069"


def check_characters(segment: Segment, translation: str) -> Finding | None:
    """An error for control characters, bidi overrides, unbalanced isolates and the like (Unicode TR 36, UAX 9)."""
    if translation.isascii() and translation.isprintable():
        return None
    for match in _FORBIDDEN.finditer(translation):
        if match[0] not in segment.text:
            return Finding(
                NAME, f"the translation holds the invisible character {_name(match[0])}; remove it"
            )
    depth = 0
    for character in translation:
        if character in _OPEN_ISOLATES:
            depth += 1
        elif character == _CLOSE_ISOLATE:
            depth -= 1
            if depth < 0:
                break
    if depth:
        return Finding(NAME, "the translation opens and closes text directions unevenly (U+2066 to U+2069)")
    return None


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"
