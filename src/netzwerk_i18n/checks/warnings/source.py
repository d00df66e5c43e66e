"""What an author can do for translators, and for readers: remarks on the source page itself."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from netzwerk_i18n.catalog import unstorable
from netzwerk_i18n.checks.warnings.languages import (
    STOP_WORDS,
    count_letters,
    count_stop_words,
    read_locale,
    same_language,
)
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, Prose, read_prose
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.page.front_matter.own_values import find_own_values, shared_value

_VAGUE = frozenset(
    text.casefold()
    for text in (
        "hier", "hier klicken", "klick hier", "klicke hier", "klicken sie hier", "hier entlang", "link", "dieser link",
        "mehr", "mehr lesen", "weiter", "weiterlesen", "mehr erfahren", "mehr infos", "diese seite", "da", "dort",
        "here", "click here", "click", "this", "this link", "this page", "more", "read more", "learn more", "see here",
        "ici", "cliquez ici", "cliquer ici", "clique ici", "ce lien", "lien", "lire la suite", "en savoir plus", "plus", "là",
        "aquí", "haz clic aquí", "haga clic aquí", "pincha aquí", "este enlace", "enlace", "leer más", "más", "ver más",
        "qui", "clicca qui", "questo link", "leggi di più", "leggi tutto", "di più", "scopri di più",
        "klik hier", "deze link", "lees meer", "meer", "lees verder",
        "aqui", "clique aqui", "este link", "esta ligação", "saiba mais", "ler mais", "leia mais", "mais",
        "tutaj", "kliknij tutaj", "ten link", "czytaj dalej", "więcej", "czytaj więcej",
    )
)  # fmt: skip
_ANCHOR = re.compile(r"\{[^{}\n]*#(?P<id>[^\s{}]+)[^{}\n]*\}")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_FEWEST_WORDS = 3
_BREAK = re.compile(r"[ \t]*\\?(?:\r?\n[ \t>]*)+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the author of a page may want to change.

    Attributes:
        check: the name of what was looked for, in kebab-case.
        message: what is wrong and what to do, one sentence without its full stop.
        line: the line of the page, from 1.
        start: where in the page's text the passage begins, in characters, or None.
        end: where it ends.
    """

    check: str
    message: str
    line: int
    start: int | None = None
    end: int | None = None


def find_remarks(page: Page, source_locale: str, localized: Iterable[str] = ()) -> list[Remark]:
    """All remarks on a page, in the order of its lines.

    Args:
        page: the page.
        source_locale: the language that it is in.
        localized: patterns of the front matter's keys that have other values on localized pages.
    """
    remarks = [
        *find_lost_texts(page),
        *find_shared_values(page, source_locale, localized),
        *find_vague_links(page),
        *find_foreign_segments(page, source_locale),
        *find_repeated_anchors(page),
    ]
    return sorted(remarks, key=lambda remark: remark.line)


def find_lost_texts(page: Page) -> Iterator[Remark]:
    """A remark for whatever keeps texts of a page out of every catalog."""
    for line, message in page.problems:
        yield Remark("source-syntax", message, line)
    for segment in page.segments:
        wrong = unstorable(segment.text)
        if wrong is not None:
            yield Remark("source-syntax", wrong, segment.line, segment.start, segment.end)


def find_shared_values(page: Page, source_locale: str, localized: Iterable[str]) -> Iterator[Remark]:
    """A remark for each address or language in the front matter that localized pages would share."""
    for own in find_own_values(page.front_matter):
        message = shared_value(own, localized, source_locale)
        if message is not None:
            yield Remark("shared-value", message, own.line)


def find_vague_links(page: Page) -> Iterator[Remark]:
    """A remark for each link whose text says nothing about where it leads (WCAG 2.4.4).

    >>> [remark.message for remark in find_vague_links(Page.parse("Die Petition steht [hier](/p)."))]
    ["the link text 'hier' does not say where the link leads; use words of the sentence"]
    """
    for segment in page.segments:
        prose = read_prose(segment.text)
        for start, end in prose.links:
            text = prose.text[start:end].replace(HIDDEN, "").strip(" .…:!>»→")
            if text.casefold() in _VAGUE and segment.text[start - 2 : start] != "![":
                message = (
                    f"the link text {text!r} does not say where the link leads; use words of the sentence"
                )
                first, last = place_in_page(page, segment, start), place_in_page(page, segment, end)
                line = segment.line + segment.text.count("\n", 0, start)
                if first is not None:
                    line += page.text.count("\n", segment.start, first) - segment.text.count("\n", 0, start)
                yield Remark("vague-link", message, line, first, last)


def find_foreign_segments(page: Page, source_locale: str) -> Iterator[Remark]:
    """A remark for each text that is clearly in another language than the page; link texts are not looked at."""
    own = read_locale(source_locale)
    for segment in page.segments:
        if segment.kind == "code comment":
            continue
        prose = read_prose(segment.text)
        words = _outside_links(prose).words
        if (
            len(words) < _FEWEST_WORDS
            or own.language not in STOP_WORDS
            or not count_letters(prose.text, own.script)
        ):
            continue
        scores, seen = count_stop_words(words)
        mine = scores[own.language]
        rivals = [
            language
            for language, score in scores.items()
            if not same_language(language, own.language)
            and score >= 2 * mine + 2
            and score * 5 >= len(words)
            and len([word for word in seen[language] if len(word) > 1]) >= _FEWEST_WORDS
        ]
        if rivals:
            other = min(rivals, key=lambda language: (-scores[language], language))
            message = (
                f"this text reads like another language ({other}); translators will be asked to translate it"
            )
            yield Remark("foreign-text", message, segment.line, segment.start, segment.end)


def find_repeated_anchors(page: Page) -> Iterator[Remark]:
    """A remark for each heading whose anchor an earlier heading of the page has already."""
    first_lines: dict[str, int] = {}
    for segment in page.segments:
        if segment.kind != "heading":
            continue
        slug = _anchor(page, segment)
        if slug in first_lines:
            message = f"the anchor #{slug[:60]} is that of line {first_lines[slug]} too; give one of the two headings an id"
            yield Remark("repeated-anchor", message, segment.line, segment.start, segment.end)
        elif slug:
            first_lines[slug] = segment.line


def place_in_page(page: Page, segment: Segment, offset: int) -> int | None:
    r"""Where in the page the character at `offset` of a segment's text stands, or None where that cannot be told.

    The text has a blank or a newline where the page has a line break with the marks of its containers.

    >>> page = Page.parse("> Text\n> [hier](/x)\n")
    >>> place_in_page(page, page.segments[0], 6)
    10
    """
    place, end, text = segment.start, segment.end, page.text
    for character in segment.text[:offset]:
        if character not in " \n":
            if place >= end or text[place] != character:
                return None
            place += 1
        elif found := _BREAK.match(text, place, end):
            place = found.end()
        elif place < end and text[place] in " \t":
            place += 1
        else:
            return None
    return place if place <= end else None


def _anchor(page: Page, segment: Segment) -> str:
    """The anchor that Hugo (Goldmark, `autoHeadingIDType = "github"`) gives to a heading, or the author's own."""
    line_end = page.text.find("\n", segment.end)
    own = _ANCHOR.search(page.text, segment.end, len(page.text) if line_end < 0 else line_end)
    if own:
        return own["id"]
    raw = read_prose(segment.text)
    seen = "".join(sign for sign, mark in zip(segment.text, raw.text, strict=True) if mark != HIDDEN)
    text = unicodedata.normalize("NFC", seen).strip().lower()
    return _NOT_IN_ANCHORS.sub("", text).replace(" ", "-")


def _outside_links(prose: Prose) -> Prose:
    signs = list(prose.text)
    last = -1
    for start, end in sorted(prose.links):
        if start > last:
            signs[start:end] = OBJECT * (end - start)
            last = end
    return Prose(prose.raw, "".join(signs), prose.links)
