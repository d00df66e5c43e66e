"""Localized pages that people wrote -> catalogs: what is certain as translations, the rest for a person to look at.

No page is changed here, ever, and no translation is overwritten.
"""

from netzwerk_i18n.adopt.edited import check_edited, import_edited
from netzwerk_i18n.adopt.outcome import Import, Kind, Note, PageImport, Proposal
from netzwerk_i18n.adopt.pages import check_import, import_pages

__all__ = [
    "Import",
    "Kind",
    "Note",
    "PageImport",
    "Proposal",
    "check_edited",
    "check_import",
    "import_edited",
    "import_pages",
]
