r"""Translate Markdown sites with gettext: a page is bytes with translatable spans marked in them.

The library's face is :class:`Page`; everything else serves the command line. Names are loaded when they are
first used, so that importing the package costs nothing.

>>> from netzwerk_i18n import Page
>>> page = Page.parse("# Hallo\n\n* Welt  \n")
>>> [segment.text for segment in page.segments]
['Hallo', 'Welt']
>>> page.render({"Welt": "monde"})
'# Hallo\n\n* monde  \n'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netzwerk_i18n.errors import NetzwerkError
    from netzwerk_i18n.page import Page, Segment

__version__ = "0.1.0"
__all__ = ["NetzwerkError", "Page", "Segment", "__version__"]


def __getattr__(name: str) -> Any:
    if name in ("Page", "Segment"):
        from netzwerk_i18n import page

        return getattr(page, name)
    if name == "NetzwerkError":
        from netzwerk_i18n.errors import NetzwerkError

        return NetzwerkError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
