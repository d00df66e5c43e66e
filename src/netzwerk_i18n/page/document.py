"""A page: its text, whole and unchanged, and the segments marked in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from netzwerk_i18n.errors import FrontMatterError, PageError, ParameterError
from netzwerk_i18n.page.collect import collect
from netzwerk_i18n.page.encode import encode, encode_parameter
from netzwerk_i18n.page.front_matter import Field, FrontMatter, find_front_matter
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.words import has_words


class _Omit:
    """The type of :data:`OMIT`."""

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = _Omit()
"""In place of a translation: leave the segment's block out of the page."""

Translation = str | _Omit | None
Translations = Mapping[str, str] | Callable[[Segment], Translation]

_DEFAULT_SETTINGS: Final = PageSettings()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown with front matter.

    Attributes:
        text: the page's text as it was given.
        segments: its translatable units, in reading order.
        problems: what is worth a warning, with its line (from 1): blocks nested too deep, broken front matter,
            unresolved merge conflicts.
        front_matter: the front matter, or None.
    """

    text: str
    segments: tuple[Segment, ...]
    problems: tuple[tuple[int, str], ...]
    front_matter: FrontMatter | None
    _fields: tuple[Field, ...]

    @classmethod
    def parse(cls, text: str, settings: PageSettings = _DEFAULT_SETTINGS) -> "Page":
        """Find the segments of a page.

        Any text is a page: what is not understood is left alone.

        Args:
            text: the whole page, with its own line breaks and its byte order mark if it has one.
            settings: the site's word on front-matter keys and shortcodes.
        """
        front_matter = find_front_matter(text)
        fields: tuple[Field, ...] = ()
        problems: tuple[tuple[int, str], ...] = ()
        start = 1 if text.startswith("\ufeff") else 0
        if front_matter is not None:
            start = front_matter.end
            if front_matter.problem is not None:
                problems = (front_matter.problem,)
            fields = tuple(f for f in front_matter.fields(settings.front_matter) if has_words(f.value))
            problems += tuple(_shared_values(front_matter, settings))
        values = tuple(_value_segment(index, field) for index, field in enumerate(fields))
        body = collect(text, start, settings)
        if any("<<<<<<< " in segment.text for segment in body.segments):  # code may show such marks
            problems += tuple(_conflicts(text))
        return cls(text, values + body.segments, problems + body.problems, front_matter, fields)

    def render(
        self, translations: Translations, on_error: Callable[[Segment, PageError], None] | None = None
    ) -> str:
        r"""The page with its segments replaced; all else stays.

        Args:
            translations: from msgid to msgstr, or a function from a segment to its translation. None, or the
                segment's own text, keeps the source's bytes; :data:`OMIT` leaves the segment's block out.
            on_error: called for each translation that cannot stand in the front matter or in a shortcode's
                parameter; the source's value stays.

        Raises:
            FrontMatterError: if there is such a translation for the front matter and no `on_error`.
            ParameterError: if there is one for a parameter and no `on_error`.

        >>> Page.parse("> Hallo,  \n> Welt\n").render({"Hallo,\nWelt": "Bonjour,\nmonde"})
        '> Bonjour,  \n> monde\n'
        """
        find = translations if callable(translations) else _Lookup(translations)
        text = self.text
        parts: list[str] = []
        position = 0
        values: dict[Segment, str] = {}
        line_starts: list[int] | None = None
        for segment in self.segments:
            translation = find(segment)
            if translation is None or translation == segment.text:
                continue
            start, end = segment.start, segment.end
            if segment.form == "value":
                if isinstance(translation, str):
                    values[segment] = translation
                continue
            if isinstance(translation, _Omit):
                replacement = ""
                if segment.block[1]:
                    if line_starts is None:
                        line_starts = _line_starts(text)
                    start, end = _without_gap(text, line_starts, segment.block)
            elif segment.form == "parameter":
                try:
                    start, end, replacement = encode_parameter(text, segment, translation)
                except ParameterError as error:
                    if on_error is None:
                        raise
                    on_error(segment, error)
                    continue
            else:
                replacement = encode(segment, translation)
            if start < position:
                continue
            parts += (text[position:start], replacement)
            position = end
        parts.append(text[position:])
        result = "".join(parts)
        if values and self.front_matter is not None:
            block = self._front_matter_with(self.front_matter, values, on_error)
            result = result[: self.front_matter.start] + block + result[self.front_matter.end :]
        return result

    def _front_matter_with(
        self,
        front_matter: FrontMatter,
        values: Mapping[Segment, str],
        on_error: Callable[[Segment, PageError], None] | None,
    ) -> str:
        try:
            return front_matter.splice({self._field(segment): value for segment, value in values.items()})
        except FrontMatterError:
            if on_error is None:
                raise
        good: dict[Field, str] = {}
        for segment, value in values.items():
            try:
                front_matter.splice({self._field(segment): value})
            except FrontMatterError as error:
                on_error(segment, error)
            else:
                good[self._field(segment)] = value
        return front_matter.splice(good)

    def _field(self, segment: Segment) -> Field:
        return self._fields[int(segment.mark)]


class _Lookup:
    """A mapping as a function of segments."""

    def __init__(self, translations: Mapping[str, str]) -> None:
        self._translations = translations

    def __call__(self, segment: Segment) -> str | None:
        return self._translations.get(segment.text)


def _value_segment(index: int, field: Field) -> Segment:
    comments = (f"Front matter: {field.key}",)
    return Segment(
        field.value,
        "front matter",
        field.line,
        None,
        comments,
        field.start,
        field.end,
        form="value",
        mark=str(index),
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]


def _without_gap(text: str, starts: list[int], block: tuple[int, int]) -> tuple[int, int]:
    """The range of a block's lines, with one blank line behind it where there is one before it as well."""

    def line(number: int) -> str:
        if number < 0 or number >= len(starts):
            return ""
        return text[starts[number] : starts[number + 1] if number + 1 < len(starts) else len(text)]

    first, behind = block
    if behind < len(starts) and not line(behind).strip(" \t\r\n>") and not line(first - 1).strip(" \t\r\n>"):
        behind += 1
    return starts[first], starts[behind] if behind < len(starts) else len(text)


def _shared_values(front_matter: FrontMatter, settings: PageSettings) -> Iterator[tuple[int, str]]:
    """A problem for each value that cannot be translated because an alias carries it to where it must not change."""
    for line, key, other, value in front_matter.shared(settings.front_matter):
        if has_words(value):
            where = other or "a place without a key"
            message = (
                f"the front matter's {key} shares its value with {where} by an alias, and only one of them is to be "
                "translated; write both values out"
            )
            yield line, message


def _conflicts(text: str) -> Iterator[tuple[int, str]]:
    """A problem for each place where git left two versions of a page."""
    lines = text.splitlines()
    if any(line.startswith(">>>>>>> ") for line in lines):
        for number, line in enumerate(lines, start=1):
            if line.startswith("<<<<<<< "):
                yield number, "a mark of an unresolved merge conflict; resolve the conflict, then run again"
