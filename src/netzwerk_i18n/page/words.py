"""Words: what a text says, apart from its markup."""

import re
from functools import lru_cache

_MARKUP = re.compile(
    r"""(?<!`)(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`)         # code span
      | \{\{[<%]?[^{}]*+\}\} | \{%[^{}]*+\}                 # shortcode, macro, template tag
      | <!--.{0,2000}?--> | </[A-Za-z][\w-]*+\s*>                # comment, closing tag
      | <[A-Za-z][\w-]*+(?:\s++[\w:@.-]++(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?)*+\s*/?>
    """,
    re.VERBOSE | re.DOTALL,
)
_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*|\]\[[^\[\]]*\]|(?:https?://|www\.)[^\s<>\])]+")
_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑/:@#&+][^\W_]+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def has_words(text: str) -> bool:
    """Whether anything in `text` is left to translate: a letter or a digit outside code, tags and shortcodes."""
    if "`" in text or "{" in text or "<" in text:
        text = _MARKUP.sub(" ", text)
    return _LETTER_OR_DIGIT.search(text) is not None


@lru_cache(maxsize=65536)
def count_words(text: str) -> int:
    """The number of words in an inline Markdown text, markup, link targets and code left out.

    A character of Chinese or Japanese counts as a word.

    >>> count_words("Die [**Petition**](https://example.org/x) von `main()` 2025")
    4
    """
    if "`" in text or "{" in text or "<" in text:
        text = _MARKUP.sub(" ", text)
    if "]" in text or "/" in text or "www" in text:
        text = _TARGET.sub(" ", text)
    ideographs = _IDEOGRAPH.findall(text)
    if ideographs:
        text = _IDEOGRAPH.sub(" ", text)
    return len(ideographs) + len(_WORD.findall(text))
