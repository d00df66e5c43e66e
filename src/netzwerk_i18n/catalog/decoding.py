"""From bytes to text: the checks that come before any parsing."""

from netzwerk_i18n.catalog.syntax import FORBIDDEN
from netzwerk_i18n.errors import CatalogError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Larger files are refused before they are decoded."""


def decode(data: bytes, *, file: str) -> str:
    """The text of a file, without its BOM and with LF only; a file that has no LF is taken for one whose lines end in CR.

    Raises:
        CatalogError: if it is too large, not UTF-8, or holds a character that no PO file can carry.
    """
    if len(data) > MAX_FILE_BYTES:
        raise CatalogError(
            f"the file has {len(data)} bytes; {MAX_FILE_BYTES} is the limit",
            file,
            remedy="use one catalog for each page, or remove obsolete messages",
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise CatalogError("the file is UTF-16", file, 1, "save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(
            f"the byte 0x{data[error.start]:02X} is not UTF-8", file, line, "save the file as UTF-8"
        ) from None
    for character, name in FORBIDDEN.items():
        if character in text:
            line = text.count("\n", 0, text.index(character)) + 1
            raise CatalogError(f"the file holds {name}", file, line, "remove that character")
    if "\n" not in text:  # else a comment at the beginning would be all that there is
        text = text.replace("\r", "\n")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
