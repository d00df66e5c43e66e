"""Front matter: the metadata above a page's text, spliced in place and never printed again.

:func:`find_front_matter` finds the block and where the body begins; :meth:`FrontMatter.fields` tells which of its
strings are text; :meth:`FrontMatter.splice` gives the block with some of them replaced and every other byte kept.
"""

from netzwerk_i18n.page.front_matter.block import Field, FrontMatter, find_front_matter, front_matter_sign

__all__ = ["Field", "FrontMatter", "find_front_matter", "front_matter_sign"]
