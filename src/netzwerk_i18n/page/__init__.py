"""Markdown to segments and back. This room knows text and Markdown; it knows no catalog, no file and no network.

A page is text with translatable spans marked in it; a localized page is the same text with the spans
replaced. Nothing between the spans is ever touched.
"""

from netzwerk_i18n.page.collect import CRITICAL
from netzwerk_i18n.page.document import OMIT, Page, Translation
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings, Shortcode
from netzwerk_i18n.page.words import count_words

__all__ = ["CRITICAL", "OMIT", "Page", "PageSettings", "Segment", "Shortcode", "Translation", "count_words"]
