"""Characters that nobody sees and that no translation needs, unless its source has them."""

import re
import unicodedata
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_OPEN_ISOLATES = "\u2066\u2067\u2068"
_CLOSE_ISOLATE = "\u2069"


def find_characters(situation: Situation) -> Iterator[Problem]:
    """A problem for control characters, bidi overrides, unbalanced isolates and the like (Unicode TR 36, UAX 9)."""
    translation = situation.translation
    if translation.isascii() and translation.isprintable():
        return
    for match in _FORBIDDEN.finditer(translation):
        if match[0] not in situation.segment.text:
            message = f"the translation holds the invisible character {_name(match[0])}; remove it"
            yield Problem(message, match.start(), match.end())
            return
    depth = 0
    for character in translation:
        if character in _OPEN_ISOLATES:
            depth += 1
        elif character == _CLOSE_ISOLATE:
            depth -= 1
            if depth < 0:
                break
    if depth:
        yield Problem("the translation opens and closes text directions unevenly (U+2066 to U+2069)")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"


CHECK = Check(
    name="characters",
    severity="error",
    find=find_characters,
    what="The translation holds no control, override or other invisible character that its source lacks.",
    why="Such characters can turn text around, hide it, or break what reads the page.",
    right=("Hallo", "مرحبا"),
    wrong=("Hallo", "Bonjour\u202e"),
)
