"""Characters that nobody sees: allowed where the script of a language needs them, an error elsewhere.

The rules follow Unicode TR 36 (security), UAX 9 (direction), UAX 31 (joiners) and UTS 51 (emoji).
"""

import html
import re
import sys
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from netzwerk_i18n.checks.finding import Check, Problem, Situation

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\ufffe\uffff\ue000-\uf8ff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_UNUSUAL = re.compile("[^\x00-\u02ff\u2010-\u2027]")
"""What is neither a Latin letter nor a typographic sign: nothing else that can be seen has to be looked at."""

_REFERENCE = re.compile(
    r"&(?:\#(?:[xX](?P<hex>0*[0-9A-Fa-f]{1,6})(?![0-9A-Fa-f])|(?P<decimal>0*[0-9]{1,7})(?![0-9]))|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));?"
)
"""A character reference (CommonMark 0.31, section 6.2), also without its semicolon, as browsers read it in HTML."""

_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{9}")
_NEVER = frozenset("\r\0\u202d\u202e")
"""What even a source's own use does not excuse: a lone CR ends a line, an override reverses what is read."""

_RIGHT_TO_LEFT = frozenset(
    """aao abh abv acm acq acw acx adf aeb aec afb aii ajp apc apd ar arc arq ars ary arz auz avl ayh ayl ayn ayp
    azb bal bcc bej bft bgn bgp bqi brh cja ckb dcc dv fa fub gbz gjk gju glk gwc gwt haz he hnd hno iw ji kby
    khw ks kvx lad lah lki lrc luz mid mzn nqo ota pbt pbu pes phr plk pnb prd prs ps pst rhg rmt sd sdf sdg sdh
    shu skr sqr ssh syc syr trw ug ur wne ydd yi zum""".split()
)
"""Languages that are written from right to left where a locale names no script (CLDR, likely subtags)."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    "adlm arab aran armi hebr mand mend nkoo rohg samr syrc syre syrj syrn thaa yezi".split()
)
_SCRIPT_OF = {
    "arabic": "arab", "cyrillic": "cyrl", "devanagari": "deva", "hebrew": "hebr", "latin": "latn",
    "az_iq": "arab", "az_ir": "arab", "ha_cm": "arab", "ha_sd": "arab", "kk_af": "arab", "kk_cn": "arab", "kk_ir": "arab",
    "kk_mn": "arab", "ku_iq": "arab", "ku_ir": "arab", "ku_lb": "arab", "ky_cn": "arab", "ms_cc": "arab",
    "pa_pk": "arab", "sd_in": "deva", "tg_pk": "arab", "tk_af": "arab", "tk_ir": "arab", "ug_kz": "cyrl",
    "ug_mn": "cyrl", "uz_af": "arab",
}  # fmt: skip
"""Scripts by gettext's modifiers, and of languages in countries that write them otherwise (CLDR, likely subtags)."""
_SCRIPT_LENGTH = 4
_SPACELESS = frozenset("bo dz km lo my th".split())
_JOINING = (
    (0x0600, 0x08FF), (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0x1A00, 0x1AAF), (0xA800, 0xABFF),
    (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10A00, 0x11FFF),
)  # fmt: skip
"""Scripts whose letters join or stack, so that joiners spell words: Arabic, the Indic scripts, Mongolian."""

_OPEN_ISOLATES = "\u2066\u2067\u2068"
_CLOSE_ISOLATE = "\u2069"
_ISOLATES = _OPEN_ISOLATES + _CLOSE_ISOLATE
_OPEN_EMBEDDINGS = "\u202a\u202b"
_CLOSE_EMBEDDING = "\u202c"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_ZWSP, _ZWNJ, _ZWJ, _WORD_JOINER = "\u200b", "\u200c", "\u200d", "\u2060"
_BRAILLE_BLANK = "\u2800"
_GRAPHEME_JOINER = "\u034f"
_FLAG, _TAG_END = "\U0001f3f4", "\U000e007f"


def holds_suspect(text: str) -> bool:
    """Whether a printable text holds a character that may have no place in it."""
    return _UNUSUAL.search(text) is not None and (
        _SUSPECT.search(text) is not None or _STACKED.search(text) is not None
    )


def find_characters(situation: Situation) -> Iterator[Problem]:
    """A problem for the first character that has no place in the translation, be it spelled as a character reference."""
    segment, translation = situation.segment, situation.translation
    if "\r\n" in translation:
        translation = translation.replace("\r\n", "\n\n")
    if not translation.isprintable() or (not translation.isascii() and holds_suspect(translation)):
        problem = _problem(segment.text, translation, frozenset(segment.text) - _NEVER, situation.locale)
        if problem:
            yield problem
            return
    if "&" in translation and segment.form != "code":
        yield from _referenced(segment.text, translation, situation.locale)


def _referenced(source: str, translation: str, locale: str) -> Iterator[Problem]:
    """A problem if the translation's character references stand for what may not stand there itself."""
    decoded = _decoded(translation)
    if decoded == translation or (decoded.isprintable() and not holds_suspect(decoded)):
        return
    shown = _decoded(source)
    known = (frozenset(source) - _NEVER) | {_character(match) for match in _REFERENCE.finditer(source)}
    problem = _problem(shown, decoded, known, locale)
    if problem is None:
        return
    if problem.start is None or problem.end is None:
        yield problem
        return
    wanted = decoded[problem.start]
    for match in _REFERENCE.finditer(translation):
        if wanted in _character(match):
            message = problem.message.replace(
                "the translation holds", f"the translation holds {match[0]},", 1
            )
            yield Problem(message, match.start(), match.end())
            return
    yield Problem(problem.message)


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    """What a reference stands for; HTML reads some control characters as letters of Windows, Markdown does not."""
    digits = reference["hex"] or reference["decimal"]
    if digits is None:
        return html.unescape(reference[0])
    number = int(digits, 16 if reference["hex"] else 10)
    return chr(number) if number <= sys.maxunicode else "\ufffd"


def _problem(source: str, translation: str, known: AbstractSet[str], locale: str) -> Problem | None:
    """The first of what has no place in a text, where `known` characters have one."""
    for match in _SUSPECT.finditer(translation):
        character = match[0][0]
        if character in known or _has_its_place(translation, match.start(), character, locale):
            continue
        message = f"the translation holds the invisible character {_name(character)}; remove it"
        if character == "\ufffd" or unicodedata.category(character) == "Co":
            message = f"the translation holds {_name(character)}, a character that was lost in conversion; restore it"
        return Problem(message, match.start(), match.end())
    if (stack := _STACKED.search(translation)) and not _STACKED.search(source):
        return Problem("the translation stacks marks on one letter; remove them", stack.start(), stack.end())
    for opening, closing in ((_OPEN_ISOLATES, _CLOSE_ISOLATE), (_OPEN_EMBEDDINGS, _CLOSE_EMBEDDING)):
        if not _is_balanced(translation, opening, closing) and _is_balanced(source, opening, closing):
            return Problem(
                "the translation opens and closes text directions unevenly; "
                f"close each with U+{ord(closing):04X} on its own line"
            )
    return None


def _has_its_place(text: str, index: int, character: str, locale: str) -> bool:
    language = locale.partition("_")[0].partition("@")[0].lower()
    before = text[index - 1] if index else ""
    after = text[index + 1 : index + 2]
    if character == _ZWNJ:
        return _joins(before) or _joins(after)
    if character == _ZWJ:
        return _joins(before) or _joins(after) or (_is_pictorial(before) and _is_pictorial(after))
    if character == _BRAILLE_BLANK:
        return _is_braille(before) or _is_braille(after)
    if character == _GRAPHEME_JOINER:
        return "\u0590" <= before <= "\u05ff"
    if character == _ZWSP:
        return language in _SPACELESS
    if character in _DIRECTION_MARKS:
        return is_right_to_left(locale)
    if character in _ISOLATES or character == _WORD_JOINER:
        return True
    if character in _OPEN_EMBEDDINGS or character == _CLOSE_EMBEDDING:
        return is_right_to_left(locale)
    if "\ufe00" <= character <= "\ufe0f":
        if character >= "\ufe0e":
            return _is_pictorial(before) or before in tuple("#*0123456789")
        return _is_ideograph(before) or unicodedata.category(before or " ") in ("Sm", "Po")
    if "\U000e0100" <= character <= "\U000e01ef":
        return _is_ideograph(before)
    if "\U000e0020" <= character <= _TAG_END:
        return _in_flag(text, index)
    if "\u180b" <= character <= "\u180f":
        return "\u1800" <= before <= "\u18af"
    if character in "\u17b4\u17b5":
        return language == "km"
    return False


def _is_braille(character: str) -> bool:
    return _BRAILLE_BLANK < character <= "\u28ff"


@cache
def is_right_to_left(locale: str) -> bool:
    """Whether a locale's script runs from right to left: the script that it names, or else the language's usual one.

    >>> [is_right_to_left(locale) for locale in ("pa_Arab", "pa", "az_Latn", "uz@arabic", "ks@devanagari", "he_IL")]
    [True, False, False, True, False, True]
    """
    name, _, modifier = locale.lower().replace("-", "_").partition("@")
    name = name.partition(".")[0]
    language, *subtags = name.split("_")
    script = next((tag for tag in subtags if len(tag) == _SCRIPT_LENGTH and tag.isalpha()), None)
    script = _SCRIPT_OF.get(modifier) or script or _SCRIPT_OF.get("_".join((language, *subtags[:1])))
    return script in _RIGHT_TO_LEFT_SCRIPTS if script else language in _RIGHT_TO_LEFT


def _joins(character: str) -> bool:
    code = ord(character) if character else 0
    return any(first <= code <= last for first, last in _JOINING)


def _is_pictorial(character: str) -> bool:
    """Whether it is an emoji, a symbol, or what belongs to one."""
    if not character:
        return False
    if character in "\ufe0f\u200d\u20e3":
        return True
    return not character.isascii() and unicodedata.category(character) in ("So", "Sk", "Sm", "Po", "Cn")


def _is_ideograph(character: str) -> bool:
    ranges = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
    return any(first <= character <= last for first, last in ranges)


def _in_flag(text: str, index: int) -> bool:
    """Whether a tag character belongs to the flag of a region: a black flag, five or six tags and their end."""
    start = text.rfind(_FLAG, max(0, index - 8), index)
    if start < 0:
        return False
    end = text.find(_TAG_END, start, start + 9)
    return end >= index and all("\U000e0020" <= c <= _TAG_END for c in text[start + 1 : end])


def _is_balanced(text: str, opening: str, closing: str) -> bool:
    """Whether every opening mark is closed in its own line, where the algorithm ends them all (UAX 9, P1)."""
    if closing not in text and not any(mark in text for mark in opening):
        return True
    depth = 0
    for character in text:
        if character in opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if depth < 0:
                return False
        elif character == "\n" and depth:
            return False
    return depth == 0


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"


CHECK = Check(
    name="characters",
    severity="error",
    find=find_characters,
    what="The translation holds no control, override or other invisible character that its script does not need.",
    why="Such characters can turn text around, hide it, or break what reads the page.",
    right=("Hallo", "مرحبا"),
    wrong=("Hallo", "Bonjour\u202e"),
)
