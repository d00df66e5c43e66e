"""Markdown to segments and back. This room knows text and Markdown; it knows no catalog, no file and no network.

A page is text with translatable spans marked in it; a localized page is the same text with the spans
replaced. Nothing between the spans is ever touched.
"""

from typing import TYPE_CHECKING, Any

from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings, Shortcode

if TYPE_CHECKING:
    from netzwerk_i18n.page.collect import CRITICAL
    from netzwerk_i18n.page.document import OMIT, Page, Translation
    from netzwerk_i18n.page.words import count_words

__all__ = ["CRITICAL", "OMIT", "Page", "PageSettings", "Segment", "Shortcode", "Translation", "count_words"]


def __getattr__(name: str) -> Any:
    """What parses Markdown is loaded only where a page is parsed: most runs know what the last one read."""
    if name in ("OMIT", "Page", "Translation"):
        from netzwerk_i18n.page import document

        return getattr(document, name)
    if name == "CRITICAL":
        from netzwerk_i18n.page.collect import CRITICAL

        return CRITICAL
    if name == "count_words":
        from netzwerk_i18n.page.words import count_words

        return count_words
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
