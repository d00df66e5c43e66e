"""Front matter: the metadata above a page's text, spliced in place and never printed again.

:func:`find_front_matter` finds the block and where the body begins; :meth:`FrontMatter.fields` tells which of its
strings are text; :meth:`FrontMatter.splice` gives the block with some of them replaced and every other byte kept.
A data file is all of it front matter: :func:`read_data`.
"""

from netzwerk_i18n.page.front_matter.block import (
    Field,
    FrontMatter,
    find_front_matter,
    front_matter_sign,
    read_data,
)

__all__ = ["Field", "FrontMatter", "find_front_matter", "front_matter_sign", "read_data"]
