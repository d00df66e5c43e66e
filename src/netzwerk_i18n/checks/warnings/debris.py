"""Debris: letters read in the wrong charset, entities and signs that programs leave behind, and texts without a word."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import read_locale

_MAY_BE_DEBRIS = re.compile(r"[ÃÂâÐÑ&|=~\\^]|--|::|\?\?")
_MOJIBAKE = re.compile(
    r"""[ÃÂ][¡-©¬®-¶¸¹¼-¿\x80-\x9f] | â€[\x80-\x9f™œ˜¦¢] | (?:[ÐÑ][\x80-\x9f¡-©¬®-¶¸¹¼-¿‚ƒ„…†‡ˆ‰‹‘’•–—˜™›]){2}""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:\#(?:39|34|x27|x22|0*38|60|62);|quot;|apos;|amp;(?:\w+|\#\d+);)", re.IGNORECASE)
_ANY_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});")
_SIGNS = re.compile(
    r"""(?P<link>\[\[[^\[\]|\n]+\|[^\[\]|\n]+\]\]) | \|+ | --> | (?<![\w-])--[A-Za-z]\w*= | [\"'`][ ]?[A-Za-z-]{2,30}=[\"'\w] | == | ::(?=\s|\Z|\w) | \^\^ | \\[nrt](?![A-Za-z])
      | \?{3,}""",
    re.VERBOSE,
)
"""Signs, and wiki links with a text of their own, in which a bar is none."""

_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
"""A Latin letter beside a Cyrillic one, many of which look alike; where Cyrillic is written, it may be an ending."""
_FORMS_OF_TEXT = frozenset({"value", "parameter", "attribute"})


def find_debris(situation: Situation) -> Iterator[Problem]:
    """A problem for the first piece of debris that the source does not hold."""
    source, translation = situation.segment.text, situation.translation
    mixed = None if translation.isascii() else _MIXED.search(translation)
    if mixed and mixed[0] not in source and read_locale(situation.locale).script == "Latn":
        message = f"{mixed[0]} is a Latin and a Cyrillic letter in one word; write it in Latin letters"
        yield Problem(message, mixed.start(), mixed.end())
        return
    if not _MAY_BE_DEBRIS.search(translation):
        return
    entities = _ANY_ENTITY if situation.segment.form in _FORMS_OF_TEXT else _ENTITY
    for pattern, what in (
        (_MOJIBAKE, "looks like letters in the wrong charset; write the letters that are meant"),
        (entities, "is an entity that a program left behind; write the character itself"),
        (_SIGNS, "is a sign that the source does not have; remove it if it is not meant"),
    ):
        for match in pattern.finditer(translation):
            if match[0] not in source and not (pattern is _SIGNS and match["link"] and "[[" in source):
                yield Problem(f"{match[0][:40]} {what}", match.start(), match.end())
                return


def find_wordless(situation: Situation) -> Iterator[Problem]:
    """A problem if there is not one letter or digit where the source has words."""
    translation = situation.translation
    if any(map(str.isalnum, translation)) or not translation.strip():
        return
    if sum(map(str.isalpha, situation.segment.text)) > 1:
        yield Problem("the translation has no word; translate the text, or leave the msgstr empty")


CHECKS = (
    Check(
        name="debris",
        severity="warning",
        find=find_debris,
        what="The translation holds no letters in a wrong charset, no stray entities, and no signs that only programs write.",
        why="PÃ©tition and &amp;#39; are what is left when a text went through one program too many.",
        right=("Die Petition", "La pétition"),
        wrong=("Die Petition", "La pÃ©tition"),
    ),
    Check(
        name="wordless",
        severity="warning",
        find=find_wordless,
        what="Where the source has words, the translation has at least one.",
        why="Three dots or a dash are what somebody types to be done with a message.",
        right=("Weitere Infos", "Plus d’infos"),
        wrong=("Weitere Infos", "…"),
    ),
)
