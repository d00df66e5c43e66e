"""Whether two texts have the very same markup: then most checks have nothing to compare.

This is the quick answer for the many translations that changed words only. It says yes only where every mark, target,
label, tag, code span and shortcode is the same in the same order, with blanks on the same sides. What it says yes to,
the checks that compare markup find nothing wrong with: a property test holds it to them.
"""

import re
from functools import lru_cache

from netzwerk_i18n.checks.searching import find_where

_SIGN = re.compile(r"[\\`*_\[\]<>&~@{}#|$]")
_WWW = re.compile(r"w[wW]{2}\.|W[wW]{2}\.")
_ADDRESS = re.compile(r"@|://|[wW]{3}\.")
_FIRST_OF_ATOM = re.compile(r"[\\`*_~\[\]<>&{}@#|$!]")
_LINKED = r"\((?:\{\{[^{}]*\}\})?[^()\s\\]*\)"
"""A link's target without a title; it may begin with a shortcode."""

_ATOM = re.compile(
    r"(`+[^`]*`+ | \]"
    + _LINKED
    + r"""
      | (?:(?<=(\s))|(?<=([^\w\s]))|)[*_~]+(?=(\s)|([^\w\s])|)
      | <[^<>]*> | \{[^{}]*\}+ | &(?:\#?\w+;)? | \\\\[()\[\]]? | \\.
      | !?\[(?=(\s*\])|) | \$+ | [\\`\]<>@{}\#|])""",
    re.VERBOSE | re.DOTALL,
)
_BRACED = re.compile(r"\{+[^{}]*\}+")
_HOST_AS_TEXT = re.compile(r"\[[^\w\[\]]*((?:[\w-]+\.)+[\w-]+[^\[\]\s]*)[*_\s]*\]")
_PLAIN_LINK = re.compile(r"\[(?!\^)[^\[\]]*\]\([^()\s\\]*\)")
_NO_TEXT = re.compile(r"\]\([^()\s\\]*\)|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>")
_BACKTICKS = re.compile(r"`+")
_CODE = re.compile(r"`+[^`]*`+")
_BRACKET = re.compile(r"\[|\](?:" + _LINKED + r"|\[[^\[\]]*\])?")
_GAP = re.compile(r"\s*[\[(]|:")
"""What joins brackets to something behind them."""

_UNSURE = re.compile(r"\\[<\s]|<[^<>]*(?:<|\Z)|&(?:lt|\#0*60|\#x0*3c)|%>", re.IGNORECASE)
"""What may be a tag here and none there, by the words around it; and what no other mark tells."""

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
    if len(source) > LONGEST or len(translation) > LONGEST or "%>" in source or _is_unsure(translation):
        return False
    if "`" in translation and not _has_whole_code(translation):
        return False
    if ("[" in translation or "]" in translation) and not _has_same_labels(source, translation):
        return False
    if ("{" in translation or "}" in translation) and not _has_same_braces(source, translation):
        return False
    if _atoms(source) != _find_atoms(f" {translation} "):
        return False
    if _addresses(source) != _find_addresses(translation):
        return False
    return "](" not in translation or _HOST_AS_TEXT.findall(source) == _HOST_AS_TEXT.findall(translation)


def _is_unsure(text: str) -> bool:
    may_be = "<" in text or "\\" in text or "&" in text or "%" in text
    return may_be and _UNSURE.search(text) is not None


def _has_whole_code(text: str) -> bool:
    """Whether each run of backticks is closed by the next one."""
    runs = _BACKTICKS.findall(text)
    return runs[::2] == runs[1::2]


def _has_same_labels(source: str, translation: str) -> bool:
    """Whether all brackets are in pairs, and what in them may be the label of a definition or a footnote is the same."""
    if "\\" in translation:
        return False
    closed = translation.count("]")
    if closed == translation.count("[") == len(_PLAIN_LINK.findall(translation)):
        return True
    labels = _find_labels(translation)
    return labels is not None and labels == _labels(source)


@lru_cache(maxsize=4096)
def _labels(source: str) -> list[str] | None:
    return _find_labels(source)


def _find_labels(text: str) -> list[str] | None:
    """Each label in a text, with what says that it is one; None where brackets are open or more than these can say."""
    text = _CODE.sub("`", text)
    found: list[str] = []
    openers: list[int] = []
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        if text[start] == "[":
            openers.append(end)
            continue
        if not openers:
            return None
        words = text[openers.pop() : start]
        if "[" in words.replace("![", ""):  # a link within a link is none
            return None
        rest = text[start + 1 : end]
        if rest[:1] != "(":
            if _GAP.match(text, end):
                return None
            found.append(rest if len(rest) > len("[]") else words + rest)
        if words.startswith("^"):
            found.append(words)
    return None if openers else found


def _has_same_braces(source: str, translation: str) -> bool:
    """Whether what stands in braces is the same, within tags too, and none are nested or open."""
    if "\\" in translation:  # a command of a formula may stand before them
        return False
    groups = _BRACED.findall(translation)
    whole = "".join(groups)
    opened = whole.count("{")
    return (
        opened == whole.count("}") == translation.count("{") == translation.count("}")
        and groups == _BRACED.findall(source)
        and all(group.count("{") == group.count("}") for group in groups)
    )


@lru_cache(maxsize=4096)
def _addresses(source: str) -> list[str]:
    return _find_addresses(source)


def _find_addresses(text: str) -> list[str]:
    """Words with addresses, which a program may make links of, with all that is written close to them."""
    if not _ADDRESS.search(text):
        return []
    text = _NO_TEXT.sub("](", text)
    return [word for word in text.split() if _ADDRESS.search(word)] if _ADDRESS.search(text) else []


@lru_cache(maxsize=65536)  # a text is held against its translations in many languages, and not always in turn
def _atoms(source: str) -> list[tuple[str, ...]]:
    return _find_atoms(f" {source} ")


def _find_atoms(text: str) -> list[tuple[str, ...]]:
    """What `_ATOM.findall` gives, looked for only where it can begin."""
    return [atom.groups("") for atom in find_where(_FIRST_OF_ATOM, _ATOM, text)]
