"""Where the front matter of a page begins and ends, and how strings in it are replaced without touching the rest.

A data file is read as if all of it stood between delimiters: :func:`read_data`.

What counts as front matter follows Hugo's page lexer (``parser/pageparser``), which ends a block at the first line
that *begins* with the delimiter; so a block that other tools would end elsewhere is left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter.content import (
    Content,
    NotFrontMatterError,
    Scalar,
    UnreadableError,
    value_at,
)
from netzwerk_i18n.page.front_matter.metadata_content import read_metadata
from netzwerk_i18n.page.front_matter.pattern import key_pattern
from netzwerk_i18n.page.front_matter.plain_yaml import read_plain_yaml

Format = Literal["yaml", "toml", "json", "metadata"]

_OPENING = re.compile(r"\ufeff?(?:[ \t]*+(?:\r\n?|\n))*+(?P<mark>(?:---|\+\+\+)[ \t]*+(?:\r\n?|\n)|\{)")
_SIGN = re.compile(r"[ \t\r\n\ufeff]*([-+{]|#\+[^\s:]*:?)")
_CLOSING = {
    "yaml": re.compile(r"(?<=[\r\n])(?P<mark>---|\.\.\.)(?P<rest>[^\r\n]*+)(?:\r\n?|\n|\Z)"),
    "toml": re.compile(r"(?<=[\r\n])(?P<mark>\+\+\+)(?P<rest>[^\r\n]*+)(?:\r\n?|\n|\Z)"),
}
_LINE_END = re.compile(r"[ \t]*+(?:\r\n?|\n|\Z)")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_KEY_LINE = {
    # The first line that says anything may be indented: by a tab, for one, which YAML forbids.
    "yaml": re.compile(
        r"""(?:^(?:[ \t]*+(?:\#[^\r\n]*+)?[\r\n]++)*+[ \t]*+|[\r\n])[\w"'][^:\r\n#]*+:(?=[ \t\r\n]|$)"""
    ),
    "toml": re.compile(r"""(?:^|[\r\n])[ \t]*+(?:\[[^\r\n]*\][ \t]*+(?=[#\r\n]|$)|[\w"'][^=\r\n#]*+=)"""),
}
_JSON_KEY = re.compile(r'\{\s*+"[^"\\\r\n]*+"\s*+:')
_JSON_BRACE = re.compile(r'\\.|["{}]', re.DOTALL)
_UNREADABLE = "the front matter cannot be read"
_JSON_BLANKS = " \t\r\n"
_BREAKS = "\r\n\x85\u2028\u2029"  # YAML 1.1 takes each of them for a line break
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


class Field(NamedTuple):
    r"""A translatable string of the front matter.

    Attributes:
        key: the dotted key, list indices left out, such as ``menu.main.name``.
        path: the keys and list indices.
        value: the decoded text; it neither starts nor ends with a line break, and breaks in it are ``\n``.
        start: offset in the page's text of the value's token, quotes or block header included.
        end: offset behind that token.
        line: the line the token starts in, counted from 1 in the page.
    """

    key: str
    path: tuple[str | int, ...]
    value: str
    start: int
    end: int
    line: int


class _Change(NamedTuple):
    field: Field
    scalar: Scalar
    value: str
    tokens: tuple[str, ...]


@dataclass(eq=False)
class FrontMatter:
    """The front matter of one page, or what a data file says.

    Attributes:
        format: ``yaml``, ``toml``, ``json``, or ``metadata`` for lines of MultiMarkdown without delimiters.
        start: offset in the page's text where the opening delimiter stands; only a byte order mark and blank lines
            can stand before it.
        end: offset behind the closing delimiter and its line break, where the body begins.
        problem: a line of the page and what is wrong there, if the block cannot be parsed. Such a block has no
            fields and stays as it is.
        source: the text of the block.
        content: what is between the delimiters, parsed; None if it cannot be.
        content_start: offset in the page's text where that begins.
        content_end: offset behind it.
        first_line: the line of the opening delimiter, counted from 1.
        is_data: whether it is a data file, in which no delimiters stand and no text below them.
    """

    format: Format
    start: int
    end: int
    problem: tuple[int, str] | None
    source: str = field(repr=False)
    content: Content | None = field(repr=False)
    content_start: int = field(repr=False)
    content_end: int = field(repr=False)
    first_line: int = field(repr=False)
    is_data: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The block as plain objects, keys as strings; empty when it cannot be parsed.

        What a data file lists stands below an empty key. An aliased YAML node is one shared object wherever it is
        aliased, so walk it with a memory of what you saw.
        """
        data = {} if self.content is None else self.content.data
        return data if isinstance(data, dict) else {"": data}

    def value_at(self, path: Sequence[str | int]) -> Any:
        """What it says at a path of keys and list indices; None where another value of the same key takes its place."""
        return None if self.content is None else value_at(self.content.data, path)

    @property
    def closing(self) -> str:
        """The closing delimiter and its line break; for JSON, what stands behind the closing brace."""
        return self.source[self.content_end - self.start :]

    def fields(self, patterns: Sequence[str]) -> tuple[Field, ...]:
        """The strings whose dotted key matches one of `patterns`, in reading order.

        Blank strings are none, nor are numbers, dates, booleans and nulls. See
        :func:`~netzwerk_i18n.page.front_matter.pattern.key_pattern` for the patterns. List indices do not count:
        ``images.alt`` means the ``alt`` of each mapping in the list ``images``. A key that has a dot in it is
        matched like the keys its parts would be. A string that an alias carries to a key of another name is none
        either: see :meth:`shared`.
        """
        if self.content is None:
            return ()
        matches = key_pattern(tuple(patterns)).fullmatch
        found: list[Field] = []
        line, seen = self.first_line, self.start
        for scalar in self.content.scalars:
            key = _dotted(scalar.path)
            if matches(key) and not _SURROGATE.search(scalar.value):
                if any(path is None or not matches(_dotted(path)) for path in scalar.aliases):
                    continue
                start = self.content_start + scalar.start
                line += count_breaks(self.source, seen - self.start, start - self.start)
                seen = start
                end = self.content_start + scalar.end
                found.append(Field(key, scalar.path, _visible(scalar.value), start, end, line))
        return tuple(found)

    def shared(self, patterns: Sequence[str]) -> tuple[tuple[int, str, str, str], ...]:
        """The strings that aliases carry to keys of both kinds: those that match one of `patterns`, and others.

        Returns:
            Of each its line, a key that matches, one that does not (empty for a place that no keys name), and the value.
        """
        if self.content is None:
            return ()
        matches = key_pattern(tuple(patterns)).fullmatch
        found = []
        for scalar in self.content.scalars:
            if scalar.aliases:
                keys = ["" if path is None else _dotted(path) for path in (scalar.path, *scalar.aliases)]
                matching = next((key for key in keys if key and matches(key)), None)
                other = next((key for key in keys if not key or not matches(key)), None)
                if matching is not None and other is not None:
                    place = self.content_start - self.start + scalar.start
                    line = self.first_line + count_breaks(self.source, 0, place)
                    found.append((line, matching, other, scalar.value))
        return tuple(found)

    def splice(self, replacements: Mapping[Field, str]) -> str:
        """The block with the values of these fields replaced and every other byte as it is.

        A value that equals the field's own keeps the source's bytes. Any other is written in the source's quoting
        where it survives in it and quoted where it does not. The result is parsed again before it is returned:
        the same keys and types, the values asked for, all others unchanged, and the same end.

        Raises:
            FrontMatterError: a value cannot be written so, or holds control characters, or line breaks that the
                source's value does not have.
            ValueError: a field is of another page.
        """
        changes = self._changes(replacements)
        if not changes or self.content is None:
            return self.source
        tokens = [change.tokens[0] for change in changes]
        if all(map(self.content.is_sure, [change.scalar for change in changes], tokens)):
            return self._with(changes, tokens)
        result = self._written(changes, tokens)
        if result is None:
            result = self._written(changes, [self._token(change) for change in changes])
        if result is None:
            raise _unwritable(changes[0].field)
        return result

    def read_like(self, text: str) -> "FrontMatter | None":
        """That of another page, which is read as this one's was."""
        return read_data(text, self.format) if self.is_data else find_front_matter(text)

    def _changes(self, replacements: Mapping[Field, str]) -> list[_Change]:
        if not replacements:
            return []
        by_start = {scalar.start: scalar for scalar in self.content.scalars} if self.content else {}
        changes = []
        for target, value in replacements.items():
            scalar = by_start.get(target.start - self.content_start)
            if self.content is None or scalar is None or scalar.path != target.path:
                raise ValueError(f"{target.key} in line {target.line} is no field of this front matter")
            if value != target.value:
                _refuse_control_characters(target, value)
                whole = _surrounded(value, scalar.value)
                changes.append(_Change(target, scalar, whole, self.content.tokens(scalar, whole)))
        return sorted(changes, key=lambda change: change.scalar.start)

    def _token(self, change: _Change) -> str:
        for token in change.tokens:
            if self._written([change], [token]) is not None:
                return token
        raise _unwritable(change.field)

    def _with(self, changes: Sequence[_Change], tokens: Sequence[str]) -> str:
        """The block with these tokens in it, whatever it says then."""
        offset = self.content_start - self.start
        cuts = [0, *(cut + offset for change in changes for cut in (change.scalar.start, change.scalar.end))]
        kept = [self.source[start:end] for start, end in pairwise([*cuts, len(self.source)])][::2]
        return "".join([piece for pair in zip(kept, tokens, strict=False) for piece in pair]) + kept[-1]

    def _written(self, changes: Sequence[_Change], tokens: Sequence[str]) -> str | None:
        """The new block, or None if it does not say what it should."""
        old = self.content
        if old is None:
            return None
        text = self._with(changes, tokens)
        new = self.read_like(text)
        if new is None or new.format != self.format or new.end != len(text):
            return None
        if new.closing != self.closing:
            return None
        expected = list(old.shape)
        for change in changes:
            expected[change.scalar.position] = old.shape_of(change.value, change.scalar)
        return text if new.content is not None and list(new.content.shape) == expected else None


def find_front_matter(text: str) -> FrontMatter | None:
    r"""The front matter a page begins with, or None if it begins with text.

    Three dashes open YAML (which three dashes or three dots close), three plus signs TOML, a brace JSON; each
    delimiter stands on a line of its own. Lines `Key: value` without delimiters are such where there is a title among
    them. Never raises, whatever the text.

    >>> page = "---\ntitle: 'Hallo'\n---\nText\n"
    >>> block = find_front_matter(page)
    >>> block.fields(["title"])[0].value
    'Hallo'
    >>> block.splice({block.fields(["title"])[0]: "l'été"})
    "---\ntitle: 'l''été'\n---\n"
    >>> page[block.end :]
    'Text\n'
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _find_metadata(text)
    mark = opening["mark"]
    if mark == "{":
        return _find_json(text, opening.start("mark"))
    return _find_delimited(text, "yaml" if mark[0] == "-" else "toml", opening.start("mark"), opening.end())


def read_data(text: str, form: Format) -> FrontMatter:
    r"""A data file: all of it is what front matter is between its delimiters. Never raises, whatever the text.

    >>> data = read_data("- name: Wir\n- name: Alle\n", "yaml")
    >>> [(field.key, field.value) for field in data.fields(["name"])]
    [('name', 'Wir'), ('name', 'Alle')]
    >>> data.splice({data.fields(["name"])[1]: "Tous"})
    '- name: Wir\n- name: Tous\n'
    """
    start = 1 if text.startswith("\ufeff") else 0
    source = text[start:]
    begin, end = 0, len(source)
    content: Content | None = None
    problem: tuple[int, str] | None = None
    try:
        if form == "json":
            content, begin, end = _read_json_file(source)
        else:
            content = _read_yaml(source, is_data=True) if form == "yaml" else _read_toml(source)
    except UnreadableError as error:
        problem = _problem(text, start + error.index, f"cannot be read as {form.upper()}", error)
    return FrontMatter(
        form, start, len(text), problem, source, content, start + begin, start + end, 1, is_data=True
    )


def front_matter_sign(text: str) -> str:
    """With what a text begins that begins front matter to Hugo; empty where nothing does.

    Hugo looks at the first sign of a page that is no blank: a `+`, a `-` and a `{` must begin front matter, or the
    build stops. A `#+` begins that of Org mode, whose lines may set anything.
    """
    match = _SIGN.match(text)
    return match[1] if match else ""


def _find_delimited(
    text: str, form: Literal["yaml", "toml"], start: int, content_start: int
) -> FrontMatter | None:
    early: re.Match[str] | None = None
    for closing in _CLOSING[form].finditer(text, content_start):
        if not closing["rest"].strip(" \t"):
            break
        if early is None and closing["mark"] != "...":
            early = closing
    else:
        if early is None:
            return None
        closing = early
    content_end = closing.start()
    source = text[content_start:content_end]
    content: Content | None = None
    problem: tuple[int, str] | None = None
    try:
        _refuse_early_end(early.start() if early else None, content_start)
        content = _read_yaml(source) if form == "yaml" else _read_toml(source)
    except NotFrontMatterError:
        return None
    except UnreadableError as error:
        if not _KEY_LINE[form].search(source):
            return None
        problem = _problem(text, content_start + error.index, _UNREADABLE, error)
    return FrontMatter(
        form,
        start,
        closing.end(),
        problem,
        text[start : closing.end()],
        content,
        content_start,
        content_end,
        _line_of(text, start),
    )


def _find_metadata(text: str) -> FrontMatter | None:
    start = 1 if text.startswith("\ufeff") else 0
    content = read_metadata(text, start)
    if content is None:
        return None
    end = start + len(content.source)
    return FrontMatter("metadata", start, end, None, content.source, content, start, end, 1)


def _problem(text: str, index: int, what: str, error: UnreadableError) -> tuple[int, str]:
    message = f"{what}: {error.message}; nothing in it is translated until it is mended"
    return _line_of(text, index), message


def _refuse_early_end(index: int | None, content_start: int) -> None:
    if index is not None:
        message = "a line that begins like the delimiter ends it early"
        raise UnreadableError(message, index - content_start)


def _read_yaml(source: str, *, is_data: bool = False) -> Content:
    plain = read_plain_yaml(source)
    if plain is not None:
        return plain
    from netzwerk_i18n.page.front_matter.yaml_content import YamlContent

    return YamlContent(source, may_be_list=is_data)


def _read_toml(source: str) -> Content:
    from netzwerk_i18n.page.front_matter.toml_content import TomlContent

    return TomlContent(source)


def _read_json_file(source: str) -> tuple[Content, int, int]:
    """What a JSON file says, and where that begins and ends.

    Raises:
        UnreadableError: it is not JSON.
    """
    from netzwerk_i18n.page.front_matter.json_content import read_json

    begin = len(source) - len(source.lstrip(_JSON_BLANKS))
    content, end = read_json(source, begin)
    rest = source[end:].lstrip(_JSON_BLANKS)
    if rest:
        raise UnreadableError("something stands behind its end", len(source) - len(rest))
    return content, begin, end


def _find_json(text: str, start: int) -> FrontMatter | None:
    from netzwerk_i18n.page.front_matter.json_content import read_json

    content: Content | None = None
    problem: tuple[int, str] | None = None
    try:
        content, content_end = read_json(text, start)
    except UnreadableError as error:
        closing = _closing_brace(text, start)
        if closing is None:
            return None
        content_end = closing
        problem = _problem(text, error.index, _UNREADABLE, error)
    line_end = _LINE_END.match(text, content_end)
    if line_end is None:
        return None
    end = line_end.end()
    return FrontMatter(
        "json", start, end, problem, text[start:end], content, start, content_end, _line_of(text, start)
    )


def _closing_brace(text: str, start: int) -> int | None:
    """Where Hugo would end this object, if it looks like one."""
    if not _JSON_KEY.match(text, start):
        return None
    depth = 0
    quoted = False
    for mark in _JSON_BRACE.finditer(text, start):
        character = mark[0]
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "{}":
            depth += 1 if character == "{" else -1
            if not depth:
                return mark.end()
    return None


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join([name for name in path if type(name) is str])


def _line_of(text: str, index: int) -> int:
    return 1 + count_breaks(text, 0, index)


def count_breaks(text: str, start: int, end: int) -> int:
    """How many line breaks end in this stretch; a CRLF counts once."""
    if "\r" not in text:
        return text.count("\n", start, end)
    return sum(1 for _ in _LINE_BREAK.finditer(text, start, end))


def _visible(value: str) -> str:
    if "\r" in value:
        value = _LINE_BREAK.sub("\n", value)
    return value.strip(_BREAKS)


def _surrounded(value: str, source_value: str) -> str:
    """`value` between the line breaks that the source's value begins and ends with."""
    before = len(source_value) - len(source_value.lstrip(_BREAKS))
    after = len(source_value.rstrip(_BREAKS))
    return source_value[:before] + value + source_value[after:]


def _refuse_control_characters(target: Field, value: str) -> None:
    found = _FORBIDDEN.search(value)
    bad = found[0] if found else next((c for c in "\n\t" if c in value and c not in target.value), None)
    if bad is not None:
        name = "a line break" if bad == "\n" else f"the character U+{ord(bad):04X}"
        raise FrontMatterError(
            f"the text for {target.key} holds {name}, which has no place there",
            line=target.line,
            remedy="remove it from the translation",
        )


def _unwritable(target: Field) -> FrontMatterError:
    return FrontMatterError(
        f"the text for {target.key} cannot be written there without changing what else is said",
        line=target.line,
        remedy="shorten it to one line of plain text",
    )
