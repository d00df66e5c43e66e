"""Translations of other tools, brought to the texts of this project: others cut pages otherwise and write texts otherwise. Pure.

Some take a table, a quote or an HTML block for one text, keep the breaks of its lines, write emphasis with another sign, or
put numbers in braces where a link or a tag stands. The words are the same, and a translation of them is worth the same.
"""

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from netzwerk_i18n.catalog.memory import Memory, Pair
from netzwerk_i18n.catalog.message import Key
from netzwerk_i18n.page import Page
from netzwerk_i18n.page.carry import carry
from netzwerk_i18n.page.outline import outline_of
from netzwerk_i18n.page.same_words import words_of

_MAY_BE_BLOCKS = re.compile(r"\n|^\s*(?:[#>|<*+:-]|\d+[.)])|[}|]\s*$")
_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*[#.=][^{}]*\})\s*\Z")
_PLACEHOLDER = re.compile(r"\{\d+\}")  # of translate-toolkit
_LONG = 20
_NUMBERED_LINK = re.compile(r"\]\{(\d+)\}")
_TARGET = r"(\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|)"
_MARKUP = r"((?:<[^<>]*>|[^\w<>])*)"


@dataclass(slots=True)
class Fitted:
    """A memory in the form of the project's own texts.

    Attributes:
        memory: the translations by the texts they are made for, as the project writes these.
        uncertain: by the keys of messages, what was translated in words that only its markup tells from theirs, where
            the translation cannot follow with certainty.
        known: how many texts have the words of messages that have translations already.
    """

    memory: Memory
    uncertain: dict[Key, Pair]
    known: int


def fit_memory(memory: Memory, live: AbstractSet[Key], wanted: AbstractSet[Key]) -> Fitted:
    r"""A memory whose texts were brought to those of the project where they have the same words.

    Args:
        memory: translations as they came.
        live: the messages of the project, obsolete ones too; what is among them stays as it is.
        wanted: those that have no translation yet.

    >>> table = "| Ort | Tag |\n|---|---|\n| Rom | heute |", "| Lieu | Jour |\n|---|---|\n| Rome | aujourd’hui |"
    >>> fit_memory({(None, table[0]): table[1]}, {(None, "Rom")}, {(None, "Rom")}).memory[None, "heute"]
    'aujourd’hui'
    >>> new = (None, "Die [Petition](/a) läuft")
    >>> fit_memory({(None, "Die [Petition]{1} läuft"): "La [pétition]{1} est ouverte"}, {new}, {new}).memory
    {(None, 'Die [Petition](/a) läuft'): 'La [pétition](/a) est ouverte'}
    """
    texts = {text for _, text in live}
    outlines = set(map(outline_of, texts))
    whole: Memory = {}
    pieces: Memory = {}
    for (context, text), translation in memory.items():
        parts = _parts(text, translation) if text not in texts else []
        if any(outline_of(part) in outlines for part, _ in parts):
            pieces.update({(context, part): said for part, said in parts if (context, part) not in pieces})
        else:
            whole[context, text] = translation
    found = pieces | whole
    return _follow(found, live, {key for key in wanted if key not in found}, texts)


def _parts(text: str, translation: str) -> list[tuple[str, str]]:
    """The texts of a piece of a page with their translations; none where it is one text, or both differ in their blocks."""
    own_end, other_end = _ATTRIBUTES.search(text), _ATTRIBUTES.search(translation)
    if own_end and other_end and own_end[1] == other_end[1] and "\n" not in text:  # those of a heading
        return [(text[: own_end.start()], translation[: other_end.start()])]
    if not _MAY_BE_BLOCKS.search(text):
        return []
    own, other = Page.parse(text).segments, Page.parse(translation).segments
    if not own or [each.kind for each in own] != [each.kind for each in other]:
        return []
    pairs = [(one.text, two.text) for one, two in zip(own, other, strict=True)]
    return [] if pairs == [(text, translation)] else pairs


def _follow(
    memory: Memory, live: AbstractSet[Key], wanted: AbstractSet[Key], texts: AbstractSet[str]
) -> Fitted:
    """Bring texts to those messages that have the same words and other markup."""
    by_outline: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for context, text in sorted(live, key=lambda key: (key[1], key[0] or "")):
        if outline := outline_of(text):
            by_outline[context, outline].append(text)
    fitted = Fitted(dict(memory), {}, 0)
    carried: Memory = {}
    for (context, text), translation in memory.items():
        if text in texts:
            continue
        alike = [new for new in by_outline.get((context, outline_of(text)), ()) if _has_words_of(text, new)]
        if alike:
            del fitted.memory[context, text]
            fitted.known += not any((context, new) in wanted for new in alike)
        for new in alike:
            key = (context, new)
            if key not in wanted:
                continue
            said = carry(_linked(text), _linked(translation), new) or _in_place(text, translation, new)
            if said is not None:
                carried.setdefault(key, said)
            else:
                fitted.uncertain.setdefault(key, Pair(text, translation, context))
    for key in carried:
        fitted.uncertain.pop(key, None)
    fitted.memory.update(carried)
    return fitted


def _has_words_of(text: str, new: str) -> bool:
    """Whether texts with one outline have the same words; in a long one a sign may be lost or come on the way."""
    return len(outline_of(text)) >= _LONG or words_of(_linked(text)) == words_of(new) or "{" in text


def _linked(text: str) -> str:
    """A text whose links have the numbers of their addresses for these; Markdown reads no link where a number stands in braces."""
    return _NUMBERED_LINK.sub(r"](\1)", text)


def _in_place(text: str, translation: str, new: str) -> str | None:
    """The translation with links and tags where the other tool has numbers in braces; None where it cannot be told.

    Markup that begins or ends the whole text, which such tools leave out, is put around the translation.
    """
    places = _PLACEHOLDER.findall(text)
    if (
        not places
        or sorted(places) != sorted(_PLACEHOLDER.findall(translation))
        or len({*places}) < len(places)
    ):
        return None
    pattern = re.sub(r"\\\]\\\{\d+\\\}", lambda _: r"\]" + _TARGET, re.escape(text))
    pattern = re.sub(r"\\\{\d+\\\}", lambda _: _MARKUP, pattern)
    found = re.fullmatch(_MARKUP + pattern + _MARKUP, new)
    if found is None:
        return None
    before, *markup, after = found.groups()
    filled = dict(zip(places, markup, strict=True))
    return before + _PLACEHOLDER.sub(lambda match: filled[match[0]], translation) + after
