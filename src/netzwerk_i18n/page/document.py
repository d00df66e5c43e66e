"""A page: its text, whole and unchanged, and the segments marked in it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netzwerk_i18n.errors import FrontMatterError, PageError, ParameterError
from netzwerk_i18n.page.collect import collect
from netzwerk_i18n.page.encode import encode, encode_parameter
from netzwerk_i18n.page.front_matter import Field, FrontMatter, find_front_matter
from netzwerk_i18n.page.front_matter.values import find_texts, shared_values, value_segment
from netzwerk_i18n.page.plurals import plural_categories
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings

if TYPE_CHECKING:
    from netzwerk_i18n.page.data_file import DataFile
    from netzwerk_i18n.page.front_matter.plural_forms import Form


class _Omit:
    """The type of :data:`OMIT`."""

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = _Omit()
"""In place of a translation: leave the text out of the page, and the block that holds nothing else."""

Translation = str | _Omit | None
Translations = Mapping[str, str] | Callable[[Segment], Translation]

_DEFAULT_SETTINGS: Final = PageSettings()
_NO_ADDITIONS: Final[Mapping[Segment, str]] = MappingProxyType({})
_LINE_BREAK: Final = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown with front matter, or a data file.

    Attributes:
        text: the page's text as it was given; of a data file, with the plural forms that were put in.
        segments: its translatable units, in reading order.
        problems: what is worth a warning, with its line (from 1): blocks nested too deep, broken front matter,
            unresolved merge conflicts.
        front_matter: the front matter, or None; all of a data file.
        is_mdx: whether it was read as a page of MDX.
        forms: the plural forms that a data file does not have itself.
    """

    text: str
    segments: tuple[Segment, ...]
    problems: tuple[tuple[int, str], ...]
    front_matter: FrontMatter | None = field(compare=False)  # the text says it
    _fields: tuple[Field, ...]
    is_mdx: bool = False
    forms: "tuple[Form, ...]" = ()

    @classmethod
    def parse(cls, text: str, settings: PageSettings = _DEFAULT_SETTINGS) -> "Page":
        """Find the segments of a page.

        Any text is a page: what is not understood is left alone.

        Args:
            text: the whole page, with its own line breaks and its byte order mark if it has one.
            settings: the site's word on front-matter keys and shortcodes.
        """
        if settings.data is not None:
            from netzwerk_i18n.page.data_file import read_data_file

            return _page_of(read_data_file(text, settings, settings.data))
        front_matter = find_front_matter(text)
        fields: tuple[Field, ...] = ()
        problems: tuple[tuple[int, str], ...] = ()
        start = _body_start(text, front_matter)
        if front_matter is not None:
            if front_matter.problem is not None:
                problems = (front_matter.problem,)
            fields = find_texts(front_matter, settings.front_matter)
            problems += tuple(shared_values(front_matter, settings.front_matter))
        values = tuple(value_segment(*each, "front matter", "Front matter") for each in enumerate(fields))
        body = collect(text, start, settings)
        if any("<<<<<<< " in segment.text for segment in body.segments):  # code may show such marks
            problems += tuple(_conflicts(text))
        return cls(
            text, values + body.segments, problems + body.problems, front_matter, fields, settings.is_mdx
        )

    @property
    def is_data(self) -> bool:
        """Whether it is a data file, of which all is front matter."""
        return self.front_matter is not None and self.front_matter.is_data

    @property
    def body_start(self) -> int:
        """Where the body begins: behind the front matter, or the byte order mark."""
        return _body_start(self.text, self.front_matter)

    def without(self, segments: Collection[Segment]) -> "Page":
        r"""The page without these texts of its body: what is left is a page like any other.

        Blocks that hold nothing else go with them, and containers that would be empty; a cell of a table stays as an
        empty cell. A text stays where without it other blocks would not be what they are, a footnote would be missing
        or the body would begin like front matter.

        >>> page = Page.parse("- eins\n- zwei\n\nDrei\n# Vier\n---\n")
        >>> page.without([s for s in page.segments if s.text in ("zwei", "Vier")]).text
        '- eins\n\nDrei\n# Vier\n---\n'
        """
        if self.is_data:
            paths = {self.field_of(segment).path for segment in segments} if self.forms else ()
            return self._without_forms([form for form in self.forms if form.path in paths])
        cuts = self._cuts(segments)
        if not cuts:
            return self
        from netzwerk_i18n.page.omission import splice

        starts = [start for start, _ in cuts]
        lengths = [0, *accumulate(end - start for start, end in cuts)]
        lines = [0, *accumulate(len(_LINE_BREAK.findall(self.text, *cut)) for cut in cuts)]
        left = []
        for segment in self.segments:
            cut = bisect_right(starts, segment.start)
            if not cut or segment.form == "value":
                left.append(segment)
            elif segment.start >= cuts[cut - 1][1]:
                first, behind = segment.block
                left.append(
                    segment._replace(
                        line=segment.line - lines[cut],
                        start=segment.start - lengths[cut],
                        end=segment.end - lengths[cut],
                        block=(first - lines[cut], behind - lines[cut]) if behind else segment.block,
                    )
                )
        return replace(self, text=splice(self.text, cuts), segments=tuple(left))

    def in_locale(self, locale: str) -> "Page":
        """The page for one language: without plural forms that this does not have."""
        if not self.forms:
            return self
        own = plural_categories(locale)
        return self._without_forms([form for form in self.forms if form.category not in own])

    def as_written(self) -> "Page":
        """The page without plural forms that the file does not have itself."""
        return self._without_forms(self.forms)

    def _without_forms(self, gone: "Sequence[Form]") -> "Page":
        if not gone or self.front_matter is None:
            return self
        from netzwerk_i18n.page.data_file import DataFile, leave_forms_out

        file = DataFile(self.text, self.segments, self.problems, self.front_matter, self._fields, self.forms)
        return _page_of(leave_forms_out(file, gone))

    def _cuts(self, segments: Collection[Segment]) -> list[tuple[int, int]]:
        if not segments:
            return []
        from netzwerk_i18n.page.omission import find_cuts

        return find_cuts(self, segments)

    def render(
        self,
        translations: Translations,
        on_error: Callable[[Segment, PageError], None] | None = None,
        *,
        additions: Mapping[Segment, str] = _NO_ADDITIONS,
    ) -> str:
        r"""The page with its segments replaced; all else stays.

        Args:
            translations: from msgid to msgstr, or a function from a segment to its translation. None, or the
                segment's own text, keeps the source's bytes; :data:`OMIT` leaves it out as :meth:`without` does.
            on_error: called for each translation that cannot stand in the front matter or in a shortcode's
                parameter; the source's value stays.
            additions: what is to follow texts of the body, as it is to be written.

        Raises:
            FrontMatterError: if there is such a translation for the front matter and no `on_error`.
            ParameterError: if there is one for a parameter and no `on_error`.

        >>> Page.parse("> Hallo,  \n> Welt\n").render({"Hallo,\nWelt": "Bonjour,\nmonde"})
        '> Bonjour,  \n> monde\n'
        """
        find = translations if callable(translations) else _Lookup(translations)
        text = self.text
        edits: list[tuple[int, int, str]] = []
        omitted: list[Segment] = []
        values: dict[Segment, str] = {}
        for segment in self.segments:
            translation = find(segment)
            if translation is None or translation == segment.text:
                if additions and segment in additions:
                    edits.append((segment.end, segment.end, additions[segment]))
                continue
            if isinstance(translation, _Omit):
                omitted.append(segment)
            elif segment.form == "value":
                values[segment] = translation
            elif segment.form == "parameter":
                try:
                    edits.append(encode_parameter(text, segment, translation))
                except ParameterError as error:
                    if on_error is None:
                        raise
                    on_error(segment, error)
            else:
                written = encode(segment, translation, text[segment.start : segment.end])
                if additions:
                    written += additions.get(segment, "")
                edits.append((segment.start, segment.end, written))
        if omitted and (cuts := self._cuts(omitted)):
            edits = sorted([*edits, *((start, end, "") for start, end in cuts)])
        parts: list[str] = []
        position = 0
        for start, end, replacement in edits:
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
            return front_matter.splice({self.field_of(segment): value for segment, value in values.items()})
        except FrontMatterError:
            if on_error is None:
                raise
        good: dict[Field, str] = {}
        for segment, value in values.items():
            try:
                front_matter.splice({self.field_of(segment): value})
            except FrontMatterError as error:
                on_error(segment, error)
            else:
                good[self.field_of(segment)] = value
        return front_matter.splice(good)

    def field_of(self, segment: Segment) -> Field:
        """The value of the front matter, or of the data file, that a segment of the form `value` is."""
        return self._fields[int(segment.mark)]


def _page_of(file: "DataFile") -> Page:
    return Page(file.text, file.segments, file.problems, file.data, file.fields, forms=file.forms)


class _Lookup:
    """A mapping as a function of segments."""

    def __init__(self, translations: Mapping[str, str]) -> None:
        self._translations = translations

    def __call__(self, segment: Segment) -> str | None:
        return self._translations.get(segment.text)


def _body_start(text: str, front_matter: FrontMatter | None) -> int:
    if front_matter is not None:
        return front_matter.end
    return 1 if text.startswith("\ufeff") else 0


def _conflicts(text: str) -> Iterator[tuple[int, str]]:
    """A problem for each place where git left two versions of a page."""
    lines = text.splitlines()
    if any(line.startswith(">>>>>>> ") for line in lines):
        for number, line in enumerate(lines, start=1):
            if line.startswith("<<<<<<< "):
                yield number, "a mark of an unresolved merge conflict; resolve the conflict, then run again"
