"""Words within markup: alternative texts, titles, and the texts in a tag's attributes. Readers meet them, so they are sent.

An engine is given each by itself, as it reads; written back it must fit the place where it stood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.utils import unescapeAll

from netzwerk_i18n.checks.tags import text_places
from netzwerk_i18n.draft.inline import Inline, Mark
from netzwerk_i18n.draft.nodes import NOT_TRANSLATED
from netzwerk_i18n.page.html import decode_attribute, encode_attribute

Kind = Literal["image", "label", "title", "attribute"]

_LETTER = re.compile(r"[^\W\d_]")
_TITLE = re.compile(
    r"""[ \t\n]+(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|\((?P<round>(?:[^()\\]|\\.)*)\))
        [ \t\n]*\)\Z""",
    re.DOTALL | re.VERBOSE,
)
_TITLE_MARKS = {"double": '"', "single": "'", "round": "()"}
_ESCAPING = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class Aside:
    """Words within a piece of markup.

    Attributes:
        start: where what gives way begins in the text.
        end: where it ends.
        kind: what it is: an image's alternative text, one that is the label of its target as well (`![label]`), a
            title, an attribute.
        mark: what stands around it, or that label.
        text: the words: an alternative text as it is written, all else as it reads.
        form: the form of this text.
        of: what tells the markup from other markup of the text: a target, a tag.
    """

    start: int
    end: int
    kind: Kind
    mark: str
    text: str
    form: str
    of: str

    def written(self, text: str) -> str:
        r"""Other words as they are written in this place.

        >>> Aside(0, 1, "title", '"', "Ja", "attribute", "/x").written('L\'"été" \\')
        'L\'\\"été\\" \\\\'
        """
        if self.kind == "attribute":
            return encode_attribute(text, self.mark)
        if self.kind == "label":
            return f"{text}][{self.mark}]"
        if self.kind == "image":
            return text
        escaped = _ESCAPING.sub(lambda sign: "&amp;" if sign[0] == "&" else r"\\", text)
        return "".join(f"\\{sign}" if sign in self.mark else sign for sign in escaped)


def find_asides(inline: Inline, form: str) -> Iterator[Aside]:
    """The words within the markup of a text of this form, in order."""
    for mark in inline.marks:
        if mark.kind == "html" and mark.role != "close":
            found = _of_tag(inline.text, mark)
        elif mark.kind == "image":
            found = _of_image(inline.text, mark, form)
        elif mark.kind == "link" and mark.role == "close":
            found = _title(inline.text, mark, inline.marks[mark.partner].value)
        else:
            continue
        for aside in found:
            if _LETTER.search(aside.text):
                yield aside


def _of_tag(text: str, mark: Mark) -> Iterator[Aside]:
    tag = text[mark.start : mark.end]
    if NOT_TRANSLATED.search(tag):
        return
    for first, behind, quote in text_places(tag):
        start, end = mark.start + first, mark.start + behind
        yield Aside(
            start, end, "attribute", quote, decode_attribute(text[start:end]), "attribute", mark.value
        )


def _of_image(text: str, mark: Mark, form: str) -> Iterator[Aside]:
    start, end = mark.inner
    words = text[start:end]
    if text[end : mark.end] in ("]", "][]"):
        yield Aside(start, mark.end, "label", words, words, form, mark.value)
    else:
        yield Aside(start, end, "image", "", words, form, mark.value)
        yield from _title(text, mark, mark.value)


def _title(text: str, mark: Mark, target: str) -> Iterator[Aside]:
    if not text.startswith(")", mark.end - 1):
        return
    found = _TITLE.search(text, max(mark.start, mark.inner[1]), mark.end)
    if found is not None:
        name = next(name for name in _TITLE_MARKS if found[name] is not None)
        words = unescapeAll(found[name])
        yield Aside(*found.span(name), "title", _TITLE_MARKS[name], words, "attribute", target)
