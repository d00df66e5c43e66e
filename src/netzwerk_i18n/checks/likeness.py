"""Whether two texts have the very same markup: then most checks have nothing to compare.

This is the quick answer for the many translations that changed words only. It says yes only where every mark, target,
tag, code span and shortcode is the same in the same order, with blanks on the same sides.
"""

import re
from functools import lru_cache

_SIGN = re.compile(r"[\\`*_\[\]<>&~@{}#|$]")
_WWW = re.compile(r"w[wW]{2}\.|W[wW]{2}\.")
_ATOM = re.compile(
    r"""(`+[^`]*`+
      | \]\([^()\s\\]*\)                                  # a link's target without a title
      | (?:(?<=(\s))|(?<=([^\w\s]))|)[*_~]+(?=(\s)|([^\w\s])|)
      | [A-Za-z][A-Za-z0-9+.-]*://\S* | [wW]{3}\.\S* | \S+@\S+
      | <[^<>]*> | \{[^{}]*\}+ | &\#?\w*;? | \\.
      | !?\[(?:\s*\])? | [\\`\]<>@{}\#|$])""",
    re.VERBOSE | re.DOTALL,
)
_BRACED = re.compile(r"\{+[^{}]*\}+")
_FIRST_OF_ATOM = re.compile(r"[\\`*_~\[\]<>&{}@#|$!]")
_HOST_AS_TEXT = re.compile(r"\[[^\w\[\]]*((?:[\w-]+\.)+[\w-]+[^\[\]\s]*)\]")
_PLAIN_LINK = re.compile(r"\]\([^()\s\\]*\)")
_WORDS = re.compile(r"[^\W\d_][^\\`*_\[\]<>&~@{}\#|$%［【（⟦⟧XХ]*+")
"""A letter, then nothing that is a mark anywhere, nor can begin what an engine leaves behind."""

ENGINE_WORDS = "WARNING|QUERY|USED ALL|USAGE|INVALID|SELECT|LANGPAIR|rror|Many|50"
"""A regular expression: one of these stands in whatever an engine says in place of a translation."""

_NOT_WORDS = re.compile(rf"://|w\.|W\.|{ENGINE_WORDS}")
"""Also a link that some programs see in bare text."""
_MASK = re.compile(r"[xх]\d")
_MODULE = ("import", "export")
_TARGET = re.compile(
    r"""\.{0,2}/\S* | (?:https?|mailto|tel|sms|geo|matrix|xmpp|bitcoin|ethereum|monero|data):\S+ | [\w.%-][\w./%-]*/
      | [^\s:]+\.(?:avif|css|csv|docx?|gif|html?|ics|jpe?g|js|json|md|mp[34]|ogg|pdf|png|pptx?|svg|webm|webp|xlsx?|zip)""",
    re.VERBOSE,
)
LONGEST = 20_000
"""Longer texts are never called alike here: the full checks have their own limits."""


def is_words_only(text: str) -> bool:
    """Whether no check that decides has anything to say of a translation, if its source is without marks as well.

    It begins with a letter, is printable, and holds nothing that could be markup, a link, a placeholder or an engine's
    message. Characters beyond ASCII are left to the check of characters.

    >>> is_words_only("Oui, c’est ici."), is_words_only("# Oui")
    (True, False)
    """
    return (
        _WORDS.fullmatch(text) is not None
        and text.isprintable()
        and _NOT_WORDS.search(text) is None
        and not text.startswith(_MODULE)
        and _MASK.search(text) is None
    )


@lru_cache(maxsize=65536)
def is_unmarked(source: str) -> bool:
    """Whether a source text holds nothing that could be markup."""
    return not _may_have_markup(source)


def _may_have_markup(text: str) -> bool:
    return _SIGN.search(text) is not None or "://" in text or _WWW.search(text) is not None


def is_target(value: str) -> bool:
    """Whether a value of the front matter, or of a shortcode, is a link's target or a file's name and no text.

    >>> is_target("/mitmachen"), is_target("bild.png"), is_target("und/oder"), is_target("Los geht's.")
    (True, True, False, False)
    """
    return _TARGET.fullmatch(value) is not None


def has_same_markup(source: str, translation: str) -> bool:
    """Whether `translation` differs from `source` in words only.

    >>> has_same_markup("**Ja**, [hier](/x)", "**Oui**, [ici](/x)")
    True
    >>> has_same_markup("[hier](/x)", "[ici](/y)")
    False
    """
    if not _may_have_markup(translation):
        return is_unmarked(source)
    # Nor is a tag behind a backslash, whose words count where HTML is read.
    if len(source) > LONGEST or len(translation) > LONGEST or "\\<" in translation:
        return False
    # Labels in brackets may name a definition: only links with their target at hand are judged here.
    if "]" in translation and len(_PLAIN_LINK.findall(translation)) != translation.count("]"):
        return False
    if "{" in translation and not _has_same_braces(source, translation):
        return False
    if _atoms(source) != _find_atoms(translation):
        return False
    return "](" not in translation or _HOST_AS_TEXT.findall(source) == _HOST_AS_TEXT.findall(translation)


def _has_same_braces(source: str, translation: str) -> bool:
    """Whether what stands in braces is the same, within tags too, and none are nested or open."""
    groups = _BRACED.findall(translation)
    return "".join(groups).count("{") == translation.count("{") and groups == _BRACED.findall(source)


@lru_cache(maxsize=65536)  # a text is held against its translations in many languages, and not always in turn
def _atoms(source: str) -> list[tuple[str, ...]]:
    return _find_atoms(source)


def _find_atoms(text: str) -> list[tuple[str, ...]]:
    """What `_ATOM.findall` gives, looked for only where it can begin; addresses can begin anywhere."""
    if "@" in text or "://" in text or "ww" in text or "WW" in text or "wW" in text or "Ww" in text:
        return _ATOM.findall(text)
    atoms: list[tuple[str, ...]] = []
    position = 0
    while first := _FIRST_OF_ATOM.search(text, position):
        position = first.start()
        atom = _ATOM.match(text, position)
        if atom is None:
            position += 1
        else:
            atoms.append(atom.groups(""))
            position = atom.end()
    return atoms
