"""Catalog to bytes, in the one form that `msgcat --no-wrap` leaves as it is, so that no editor makes noise in git.

Three things msgcat would not give back are written all the same, because a person may have typed them: comments on
an obsolete message without a translation (msgcat drops such a message), flags that only other tools know, and a
`# ` comment of the last line of a file (it goes to the header).
"""

from collections.abc import Iterable
from functools import lru_cache

from netzwerk_i18n.catalog.message import Catalog, Header, Message
from netzwerk_i18n.catalog.syntax import FORBIDDEN, escape, fill_references, sort_flags
from netzwerk_i18n.errors import CatalogError


def format_catalog(catalog: Catalog) -> bytes:
    """The file of a catalog: UTF-8 without BOM, LF, strings unwrapped, obsolete messages last.

    `fuzzy` and the previous msgid are written only where there is a translation they speak of, and the previous
    msgid only while the message is fuzzy.

    Raises:
        CatalogError: if a text holds a character no PO file can carry (NUL, EOT, a lone surrogate).
    """
    entries: list[str] = []
    header = header_message(catalog.header)
    if header is not None:
        entries.append(format_message(header))
    obsolete: list[str] = []
    for message in catalog.messages:
        (obsolete if message.obsolete else entries).append(format_message(message))
    text = "\n".join(entries + obsolete)
    for character, name in FORBIDDEN.items():
        if character in text:
            raise CatalogError(
                f"a message holds {name}, which no PO file can carry: {_around(text, text.index(character))}",
                remedy="remove that character from the page or the translation",
            )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CatalogError(
            f"a message holds half a character (a lone surrogate): {_around(text, error.start)}",
            remedy="remove that character from the page or the translation",
        ) from None


def format_message(message: Message) -> str:
    """One entry with its final newline, without the blank line after it."""
    if not (message.comments or message.flags or message.obsolete or message.plural is not None):
        msgid, msgstr = message.msgid, message.msgstr
        if message.msgctxt is None and "\n" not in msgid and "\n" not in msgstr:  # nearly all are like this
            head = _head(message.extracted, message.references, msgid)
            return f'{head}msgstr "{escape(msgstr)}"\n' if msgstr else f'{head}msgstr ""\n'
    parts: list[str] = []
    if message.comments:
        parts.append(_comment_lines("#", message.comments))
    if message.extracted:
        parts.append(_comment_lines("#.", message.extracted))
    if message.references:
        parts.append(fill_references(message.references))
    mark = "#~ " if message.obsolete else ""
    if message.flags:
        parts.append(_flags(message))
        if message.previous is not None or message.previous_ctxt is not None:
            parts.append(_previous(message))
    if message.msgctxt is not None:
        parts.append(_string(mark, "msgctxt", message.msgctxt))
    parts.append(_string(mark, "msgid", message.msgid))
    if message.plural is None:
        parts.append(_string(mark, "msgstr", message.msgstr))
    else:
        parts.append(_string(mark, "msgid_plural", message.plural))
        for index, msgstr in enumerate(message.msgstr_plural or ("",)):
            parts.append(_string(mark, f"msgstr[{index}]", msgstr))
    return "".join(parts)


@lru_cache(maxsize=200_000)
def _head(extracted: tuple[str, ...], references: tuple[str, ...], msgid: str) -> str:
    """What stands above the translation, which is the same in the template and in the catalog of every language."""
    notes = _comment_lines("#.", extracted) if extracted else ""
    places = fill_references(references) if references else ""
    return f'{notes}{places}msgid "{escape(msgid)}"\n'


def _string(mark: str, keyword: str, text: str) -> str:
    escaped = escape(text)
    end = text.find("\n")
    if end < 0 or end == len(text) - 1:
        return f'{mark}{keyword} "{escaped}"\n'
    lines = [f'{mark}{keyword} ""\n']
    lines.extend(f'{mark}"{escape(line)}"\n' for line in _lines(text))
    return "".join(lines)


def _lines(text: str) -> Iterable[str]:
    """Lines with their newline; str.splitlines would break at U+2028 and others, where gettext does not."""
    pieces = text.split("\n")
    last = pieces.pop()
    yield from (f"{piece}\n" for piece in pieces)
    if last:
        yield last


def _comment_lines(mark: str, comments: tuple[str, ...]) -> str:
    lines: list[str] = []
    for comment in comments:
        for line in comment.split("\n") if "\n" in comment else (comment,):
            text = line.rstrip("\r")
            if text.endswith("\\"):
                # gettext joins a line that ends in a backslash with the next one, comments included.
                text += " "
            lines.append(f"{mark} {text}\n" if text else f"{mark}\n")
    return "".join(lines)


def _flags(message: Message) -> str:
    flags = sort_flags(message.flags)
    if message.obsolete:
        # The extractor's flag for plurals: gettext keeps it only while the text stands somewhere.
        flags = [flag for flag in flags if not flag.startswith("range:")]
    # What gettext calls a translation: the first form is not empty.
    if not (message.msgstr if message.plural is None else (message.msgstr_plural or ("",))[0]):
        flags = [flag for flag in flags if flag != "fuzzy"]
    return f"#, {', '.join(flags)}\n" if flags else ""


def _previous(message: Message) -> str:
    if not message.fuzzy or not message.has_translation:
        return ""
    mark = "#~| " if message.obsolete else "#| "
    parts: list[str] = []
    if message.previous_ctxt is not None:
        parts.append(_string(mark, "msgctxt", message.previous_ctxt))
    if message.previous is not None:
        parts.append(_string(mark, "msgid", message.previous))
    if message.previous_plural is not None:
        parts.append(_string(mark, "msgid_plural", message.previous_plural))
    return "".join(parts)


def header_message(header: Header) -> Message | None:
    """The header as the entry it is in the file; None where there is none."""
    if not (header.fields or header.comments or header.extracted):
        return None
    text = "".join(f"{name}: {value}\n" for name, value in header.fields.items())
    return Message(
        "",
        text,
        references=header.references,
        extracted=header.extracted,
        comments=header.comments,
        flags=header.flags,
    )


def _around(text: str, position: int) -> str:
    return ascii(text[max(0, position - 20) : position + 20])
