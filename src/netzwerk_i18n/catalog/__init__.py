r"""PO files: read strictly, written as `msgcat --no-wrap` writes them, updated without losing what people typed.

>>> catalog = parse_catalog(b'msgid "Hallo"\nmsgstr "Bonjour"\n', file="fr.po")
>>> catalog.get((None, "Hallo")).msgstr
'Bonjour'
"""

from netzwerk_i18n.catalog.decoding import MAX_FILE_BYTES
from netzwerk_i18n.catalog.files import (
    is_leftover,
    project_lock,
    read_catalog,
    read_catalog_bytes,
    write_bytes_atomically,
)
from netzwerk_i18n.catalog.header import (
    format_date,
    is_frequent,
    new_catalog_header,
    new_template_header,
    now,
    plural_forms,
)
from netzwerk_i18n.catalog.mark import DRAFT_MARK, Mark, is_machine_made, mark_of, read_mark, without_mark
from netzwerk_i18n.catalog.message import Catalog, Header, Key, Message
from netzwerk_i18n.catalog.reader import MAX_MESSAGE_BYTES, parse_catalog
from netzwerk_i18n.catalog.state import State, state_of
from netzwerk_i18n.catalog.syntax import FORBIDDEN, unstorable
from netzwerk_i18n.catalog.update import Entry, build_template, translation_memory, update_catalog
from netzwerk_i18n.catalog.writer import format_catalog, format_message

__all__ = [
    "DRAFT_MARK",
    "FORBIDDEN",
    "MAX_FILE_BYTES",
    "MAX_MESSAGE_BYTES",
    "Catalog",
    "Entry",
    "Header",
    "Key",
    "Mark",
    "Message",
    "State",
    "build_template",
    "format_catalog",
    "format_date",
    "format_message",
    "is_frequent",
    "is_leftover",
    "is_machine_made",
    "mark_of",
    "new_catalog_header",
    "new_template_header",
    "now",
    "parse_catalog",
    "plural_forms",
    "project_lock",
    "read_catalog",
    "read_catalog_bytes",
    "read_mark",
    "state_of",
    "translation_memory",
    "unstorable",
    "update_catalog",
    "without_mark",
    "write_bytes_atomically",
]
