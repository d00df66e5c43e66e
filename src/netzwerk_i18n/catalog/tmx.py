"""Translation memories in TMX 1.4b, the format that every translation tool reads and writes. Pure.

What is written keeps markup as the text it is in a msgid (TMX "Level 1"). What is read may come from any tool: inline
elements count as the text in them, and no entity is ever declared, resolved or fetched.

Source of the rules: TMX 1.4b Specification, LISA OSCAR, 26 April 2005.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from netzwerk_i18n import __version__
from netzwerk_i18n.catalog.languages import language_tag, match_language
from netzwerk_i18n.catalog.memory import Pair
from netzwerk_i18n.catalog.message import Key
from netzwerk_i18n.catalog.reader import MAX_MESSAGE_BYTES
from netzwerk_i18n.errors import CatalogError

CONTEXT = "x-msgctxt"
"""The type of the property that holds a message's context."""

TOOL = "netzwerk-i18n"
"""The tool that an exported file names."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = "tmx"


@dataclass(slots=True)
class TmxContent:
    """What a file holds for a project.

    Attributes:
        pairs: by locale.
        units: how many translation units were read.
        without_source: how many of them have no text in the project's source language.
        too_large: how many texts were left out for their size.
        other_languages: the codes of other languages in them.
    """

    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    units: int = 0
    without_source: int = 0
    too_large: int = 0
    other_languages: set[str] = field(default_factory=set)


def format_tmx(memories: Mapping[str, Mapping[Key, str]], *, source_locale: str) -> tuple[bytes, list[Key]]:
    """One file of the memories of one or more locales, and the keys that XML cannot carry (control characters).

    Same memories, same bytes: there is no date in it.

    Args:
        memories: by locale, as gettext names it.
        source_locale: the language of the msgids.
    """
    left_out: dict[Key, None] = {}
    units: dict[Key, list[str]] = {}
    for locale, memory in memories.items():
        language = quoteattr(language_tag(locale))
        for key, msgstr in memory.items():
            if any(_NOT_IN_XML.search(text) for text in (key[0] or "", key[1], msgstr)):
                left_out[key] = None
            else:
                units.setdefault(key, []).append(_variant(language, msgstr))
    source = quoteattr(language_tag(source_locale))
    attributes = (
        f'creationtool="{TOOL}" creationtoolversion="{__version__}" segtype="paragraph" o-tmf="PO" adminlang="en" '
        f'srclang={source} datatype="plaintext"'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f"<header {attributes}/>",
        "<body>",
    ]
    for key, variants in units.items():
        context, msgid = key
        lines.append(f'<tu tuid="{_identity(key)}">')
        if context is not None:
            lines.append(f'<prop type="{CONTEXT}">{_escape(context)}</prop>')
        lines += [_variant(source, msgid), *variants, "</tu>"]
    lines += ["</body>", "</tmx>", ""]
    return "\n".join(lines).encode("utf-8"), list(left_out)


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={language}><seg>{_escape(text)}</seg></tuv>"


def _escape(text: str) -> str:
    # A carriage return as it is would be read back as a line feed (XML 1.0, 2.11).
    return escape(text, {"\r": "&#13;"})


def _identity(key: Key) -> str:
    """The same for the same message in every export; without blanks, as the standard wants it."""
    context, msgid = key
    return sha256((msgid if context is None else f"{context}\4{msgid}").encode()).hexdigest()[:16]


def parse_tmx(
    chunks: Iterable[bytes], *, file: str, source_locale: str, locales: Sequence[str]
) -> TmxContent:
    """Read a file of any tool in UTF-8, UTF-16 or another encoding that it declares.

    Args:
        chunks: the file, in pieces.
        file: its name in errors.
        source_locale: the language of the msgids, as gettext names it; `de-DE` in the file is `de`.
        locales: the languages that are wanted.

    Raises:
        CatalogError: if it is no well-formed TMX, or declares entities; with the line.
    """
    reader = _Reader(file, source_locale, locales)
    for chunk in chunks:
        reader.feed(chunk)
    reader.feed(b"", final=True)
    return reader.content


@dataclass(slots=True)
class _Variant:
    language: str
    changed: str
    text: str = ""


class _Reader:
    """One reading of one file, in one pass and with one unit in memory."""

    def __init__(self, file: str, source_locale: str, locales: Sequence[str]) -> None:
        self.file = file
        self.content = TmxContent()
        self.source_locale, self.locales = source_locale, locales
        self.known: dict[str, str | None] = {}
        self.started = False
        self.changed = ""
        self.context: str | None = None
        self.variants: list[_Variant] = []
        self.collected: list[str] | None = None  # the text of the segment or the context being read
        self.size = 0
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse_declaration
        parser.SkippedEntityHandler = self._refuse_entity

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as error:
            what = f"is no well-formed XML ({expat.ErrorString(error.code)})"
            raise CatalogError(what, self.file, error.lineno, "export it again") from None
        except (ValueError, LookupError) as error:
            raise CatalogError(f"cannot be decoded: {error}", self.file, 1, "export it as UTF-8") from None

    # Elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.started:
            self.started = True
            if name != _ROOT:
                self._fail(f"is no TMX file: it starts with <{name[:40]}>", "export it as TMX 1.4")
        match name:
            case "tu":
                self.context, self.variants = None, []
                self.changed = _date(attributes)
            case "tuv":
                language = attributes.get("xml:lang") or attributes.get("lang") or ""
                self.variants.append(_Variant(language, _date(attributes) or self.changed))
            case "seg":
                self.collected, self.size = [], 0
            case "prop" if attributes.get("type") == CONTEXT:
                self.collected, self.size = [], 0
            case _:
                pass  # an inline element within a segment: the text in it counts as it is

    def _text(self, text: str) -> None:
        if self.collected is not None:
            self.size += len(text)
            if self.size <= MAX_MESSAGE_BYTES:
                self.collected.append(text)

    def _end(self, name: str) -> None:
        if name == "seg" and self.collected is not None and self.variants:
            self.variants[-1].text = self._finished()
        elif name == "prop" and self.collected is not None:
            self.context = self._finished()
        elif name == "tu":
            self._finish_unit()

    def _finished(self) -> str:
        text = "".join(self.collected or ())
        self.collected = None
        if self.size > MAX_MESSAGE_BYTES // 4:  # four bytes are the most that a character takes
            self.content.too_large += 1
            return ""
        return text

    def _finish_unit(self) -> None:
        self.content.units += 1
        if not any(self._locale(variant.language) == self.source_locale for variant in self.variants):
            self.content.without_source += 1
        for locale, pair in self._pairs():
            self.content.pairs.setdefault(locale, []).append(pair)
        self.variants = []

    def _pairs(self) -> Iterator[tuple[str, Pair]]:
        sources = [v.text for v in self.variants if self._locale(v.language) == self.source_locale]
        for variant in self.variants:
            locale = self._locale(variant.language)
            if locale is None:
                self.content.other_languages.add(variant.language)
            elif locale != self.source_locale and variant.text:
                for source in sources:
                    if source:
                        yield locale, Pair(source, variant.text, self.context, variant.changed)

    def _locale(self, language: str) -> str | None:
        """The project's locale of a code, the source language before all others."""
        if language not in self.known:
            self.known[language] = match_language(language, self.locales) or match_language(
                language, (self.source_locale,)
            )
        return self.known[language]

    # What is refused

    def _refuse_declaration(self, name: str, *_: object) -> None:
        self._fail(f"declares the entity {ascii(name[:40])[1:-1]}", "remove its declarations of entities")

    def _refuse_entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - the library's signature
        self._fail(
            f"uses the entity {ascii(name[:40])[1:-1]}, which it does not declare", "write the character"
        )

    def _fail(self, what: str, remedy: str) -> NoReturn:
        raise CatalogError(what, self.file, self.parser.CurrentLineNumber, remedy)


def _date(attributes: Mapping[str, str]) -> str:
    return attributes.get("changedate") or attributes.get("creationdate") or ""
