"""Writing a translation into a page, in the form that its place asks for."""

import re
from collections.abc import Callable

from netzwerk_i18n.errors import ParameterError
from netzwerk_i18n.page.html import encode_attribute
from netzwerk_i18n.page.regions import CALL_QUOTES, INCLUDE_QUOTES, find_regions, outside_shortcodes
from netzwerk_i18n.page.rows import escaped_bars
from netzwerk_i18n.page.segment import Segment

_BARE = re.compile(r"[\w./-]+")
_BARE_AMPERSAND = re.compile(r"&(?=\s)")
_SAFE_AMPERSAND = re.compile(r"&amp;(?=\s)")
_BREAKABLE = re.compile(r" (?=[^\W\d_])")
_DEFINITION = re.compile(r"\A:(?=[ \t]|\Z)")
_LINE_BREAK = re.compile(r"[\r\n]")
_NOT_IN_CALL = re.compile(r"[{}\\]|\n\s*\n")


def encode(segment: Segment, translation: str, source: str = "") -> str:
    """What stands in the page in place of `segment` when it is translated by `translation`.

    White space around the translation is dropped: at the edge of a block it would be indentation. A newline is
    written as the source wrote its own, with the container's prefix; where the source has none it becomes a
    space. An attribute's value of several lines is written in two.

    Args:
        segment: the segment.
        translation: its translation.
        source: what stands there now. Where an attribute has a bare & before a blank, which begins no reference to a
            character (HTML, chapter 13.5), the translation's are written so too.
    """
    if segment.form == "attribute":
        text = " ".join(translation.split()) if segment.breaks else translation
        written = _laid_out(segment, text, _attribute)
        if _BARE_AMPERSAND.search(source):
            written = _SAFE_AMPERSAND.sub("&", written)
        return _in_two_lines(written, segment.breaks[0]) if segment.breaks else written
    if segment.form == "parameter":
        return _parameter(_laid_out(segment, translation, _as_it_is), segment.mark)
    return _laid_out(segment, translation, _ENCODERS[segment.form])


def encode_parameter(page: str, segment: Segment, translation: str) -> tuple[int, int, str]:
    """The range of `page` that gives way when a parameter is translated, and what stands there then.

    Where its own quotes cannot hold the translation the range goes from quote to quote, and others stand there.

    Raises:
        ParameterError: if no quotes can hold it.
    """
    start, end, mark = segment.start, segment.end, segment.mark
    text = _laid_out(segment, translation, _as_it_is)
    quotes = quotes_for(text, mark)
    if quotes is None:
        holder, remedy = "a shortcode", "write it without backticks `, or without backslashes and line breaks"
        if mark in CALL_QUOTES:
            remedy = "write it with one kind of quotes at most, and without backslashes, { and }"
        elif mark in INCLUDE_QUOTES:
            holder, remedy = "an included file", "write it without backslashes, {{ and %}"
        raise ParameterError(f"no quotes of {holder} can hold this text", line=segment.line, remedy=remedy)
    if quotes == mark:
        return start, end, _parameter(text, mark)
    if mark:
        start, end = page.rindex(mark[-1], 0, start), page.index(mark[-1], end) + 1
    return start, end, quotes[-1:] + _parameter(text, quotes) + quotes[-1:]


def quotes_for(text: str, mark: str) -> str | None:
    r"""The quotes in which a parameter can hold `text`: `mark` if it can, none for a bare word.

    What stands in backticks is read as it is. Between quotation marks a line cannot end, a backslash before a mark
    makes it part of the text whatever stands before it, and then all other backslashes are dropped; before a backtick
    none may stand (Hugo, `parser/pageparser/pagelexer_shortcode.go`). Between Jekyll's quotes, `%"` and `%'`, a backslash
    goes with the character behind it, and vanishes before the quote alone; the tag ends at `%}` wherever it stands, and
    with `{{` the file's name is another (Jekyll, `tags/include.rb`). Nothing is escaped in those of a call (Zola,
    `content.pest`); to Jinja a backslash escapes, so there is none.

    >>> quotes_for("C:\\", '"'), quotes_for('a "b" `c`', "`"), quotes_for("`C:\\", '"')
    ('`', '"', None)
    """
    order: tuple[str, ...]
    if mark in CALL_QUOTES:
        order = CALL_QUOTES
        fit = {each: not (each[1] in text or _NOT_IN_CALL.search(text)) for each in CALL_QUOTES}
    elif mark in INCLUDE_QUOTES:
        order = INCLUDE_QUOTES
        fits = not text.endswith("\\") and "{{" not in text and "%}" not in text
        fit = {each: fits and not (each[1] in text and "\\" in text) for each in INCLUDE_QUOTES}
    else:
        order = ('"', "`")
        fit = {
            "": _BARE.fullmatch(text) is not None,
            '"': not (
                _LINE_BREAK.search(text)
                or text.endswith("\\")
                or "\\`" in text
                or ('"' in text and "\\" in text)
            ),
            "`": "`" not in text,
        }
    return next((quotes for quotes in (mark, *order) if fit[quotes]), None)


def _laid_out(segment: Segment, translation: str, encoder: Callable[[str, str], str]) -> str:
    """The translation line by line, with what stands in the page for each line break."""
    if "\n" not in translation and "\r" not in translation:
        return encoder(translation.strip(" \t"), segment.mark)
    lines = [line.strip(" \t") for line in translation.replace("\r\n", "\n").strip(" \t\r\n").split("\n")]
    lines = [encoder(line, segment.mark) for line in lines]
    if len(lines) == 1:
        return lines[0]
    breaks = segment.breaks
    if not breaks:
        return " ".join(line for line in lines if line)
    parts = [lines[0]]
    for index, line in enumerate(lines[1:]):
        parts += (breaks[min(index, len(breaks) - 1)], line)
    return "".join(parts)


def _in_two_lines(text: str, line_break: str) -> str:
    """A text with a line break near its middle, before a word, which begins no block; at its end where there is none."""
    blanks = [match.start() for match in _BREAKABLE.finditer(text)]
    if not blanks:
        return text + line_break
    middle = min(blanks, key=lambda blank: abs(2 * blank - len(text)))
    return text[:middle] + line_break + text[middle + 1 :]


def _as_it_is(text: str, _mark: str) -> str:
    return text


def _cell(text: str, _mark: str) -> str:
    r"""A bar within a cell stands behind a backslash.

    So does a colon before a blank: where no bar stands before the row's first cell, Goldmark ends the table there.
    """
    return outside_shortcodes(_DEFINITION.sub(r"\\:", text), escaped_bars)


def _attribute(text: str, mark: str) -> str:
    """An attribute's value; a shortcode in it is Hugo's to read and stays as it is."""
    regions = find_regions(text)
    if not regions or not mark:
        return encode_attribute(text, mark)
    parts: list[str] = []
    position = 0
    for region in regions:
        parts += (encode_attribute(text[position : region.start], mark), text[region.start : region.end])
        position = region.end
    return "".join([*parts, encode_attribute(text[position:], mark)])


def _title(text: str, mark: str) -> str:
    """A link title, in which the closing mark stands behind a backslash (CommonMark 0.31, section 6.3)."""
    marks = "()" if mark == ")" else mark
    result = []
    escaped = False
    for character in text:
        if character in marks and not escaped:
            result.append("\\")
        escaped = character == "\\" and not escaped
        result.append(character)
    return "".join(result)


def _parameter(text: str, quotes: str) -> str:
    quote = quotes[-1:]
    return text.replace(quote, f"\\{quote}") if quote in ("'", '"') and quotes not in CALL_QUOTES else text


_ENCODERS = {
    "markdown": _as_it_is,
    "cell": _cell,
    "html": _as_it_is,
    "title": _title,
    "code": _as_it_is,
}
