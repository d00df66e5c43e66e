"""A text without what is surely no word of it, read by one pattern: what may have the same words is found before it is parsed."""

import re
from functools import lru_cache

# Targets and labels of links, footnote marks, tags and autolinks, attributes and shortcodes, URLs, entities.
_MARKUP = re.compile(
    r"\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\[\]]*\]|\[\^[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}|https?://\S+|&#?\w+;"
)
_NOT_ALNUM = re.compile(r"[\W_]+")


@lru_cache(maxsize=200_000)
def outline_of(text: str) -> str:
    """The letters and digits of a text; mostly equal for texts of the same words, and rarely for others.

    It is asked for the same texts once for each language, hence the cache.

    >>> outline_of("Die **Petition** – jetzt!") == outline_of('Die [Petition](/x) "jetzt"')
    True
    """
    return _NOT_ALNUM.sub("", _MARKUP.sub("", text))
