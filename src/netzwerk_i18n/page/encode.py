"""Writing a translation into a page, in the form that its place asks for."""

import re

from netzwerk_i18n.page.html import encode_attribute
from netzwerk_i18n.page.regions import find_regions
from netzwerk_i18n.page.segment import Segment


def encode(segment: Segment, translation: str) -> str:
    """What stands in the page in place of `segment` when it is translated by `translation`.

    White space around the translation is dropped: at the edge of a block it would be indentation. A newline is
    written as the source wrote its own, with the container's prefix; where the source has none it becomes a
    space.
    """
    if "\n" not in translation and "\r" not in translation:
        return _ENCODERS[segment.form](translation.strip(" \t"), segment.mark)
    lines = [line.strip(" \t") for line in translation.replace("\r\n", "\n").strip(" \t\r\n").split("\n")]
    lines = [_ENCODERS[segment.form](line, segment.mark) for line in lines]
    if len(lines) == 1:
        return lines[0]
    breaks = segment.breaks
    if not breaks:
        return " ".join(line for line in lines if line)
    parts = [lines[0]]
    for index, line in enumerate(lines[1:]):
        parts += (breaks[min(index, len(breaks) - 1)], line)
    return "".join(parts)


def _as_it_is(text: str, _mark: str) -> str:
    return text


def _cell(text: str, _mark: str) -> str:
    r"""A bar within a cell stands behind a backslash, in code too (GFM, section 4.10)."""
    return text.replace("|", "\\|")


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


def _parameter(text: str, mark: str) -> str:
    """A shortcode's parameter; a bare word gets quotation marks where it needs them."""
    if mark == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if mark == "`":
        return text.replace("`", "'")
    if re.fullmatch(r"[\w./-]+", text):
        return text
    return '"' + _parameter(text, '"') + '"'


_ENCODERS = {
    "markdown": _as_it_is,
    "cell": _cell,
    "html": _as_it_is,
    "attribute": _attribute,
    "title": _title,
    "parameter": _parameter,
    "code": _as_it_is,
}
