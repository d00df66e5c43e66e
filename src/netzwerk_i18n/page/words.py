"""Words: what a text says, apart from its markup."""

import html
import re
from functools import cache, lru_cache

# Each alternative begins with a sign of its own, so that the search for one skips from sign to sign.
_MARKUP = re.compile(
    r"""\\[\\`<&]                                               # escaped, so that no markup begins here
      | `(?<!``)(?P<ticks>`*+).+?(?<!`)`(?P=ticks)(?!`)           # code span
      | \{\{[<%]?[^{}]*+\}\} | \{%[^{}]*+\}                 # shortcode, macro, template tag
      | \{/\*(?:[^*{]|\*(?!/\})|\{(?!/\*))*+\*/\}            # comment of MDX
      | <!--.{0,2000}?-->                                    # comment
      | <math[\s>](?:[^<]++|<(?!/?math[\s>]))*+</math\s*>     # formula
      | </[A-Za-z][\w.-]*+\s*>                               # closing tag
      | <(?:[a-z][\w-]*+|[A-Z][\w.-]*+)
        (?:\s++[\w:@.-]++(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|\{(?:[^{}]|\{[^{}]*+\})*+\}|[^\s"'=<>`{]++))?)*+
        \s*/?>                                             # tag, of MDX too, whose values may be code in braces
    """,
    re.VERBOSE | re.DOTALL,
)
_TARGET = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*|\]\[[^\[\]]*\]|\[\^[^\[\]\s]+\]|https?://[^\s<>\])]+|www\.[^\s<>\])]+"
)
_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑/:@#&+][^\W_]+)*")
_FIRST_IDEOGRAPH = "\u3040"
_PLACEHOLDER = re.compile(r"\{[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\}")
_NOT_IN_CATALOGS = dict.fromkeys((0, 4))
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def has_words(text: str) -> bool:
    r"""Whether anything in `text` is left to translate: a letter or a digit outside code, tags and shortcodes.

    >>> has_words("&nbsp;"), has_words("&Auml;")
    (False, True)
    >>> has_words("<boolean>"), has_words(r"\<boolean>")
    (False, True)
    >>> has_words("<Tabs values={[{label: 'Bash'}]}> <Tabs.Tab> </Tabs.Tab>")
    False
    >>> has_words("{props.children}"), has_words("{see below}")
    (False, True)
    >>> has_words("<math><mi>x</mi></math>"), has_words("Sei <math><mi>x</mi></math>.")
    (False, True)
    """
    match = _LETTER_OR_DIGIT.search(text)
    if match is None:
        return False
    before = text[: match.start()]
    if "`" in before or "{" in before or "<" in before or "&" in before:  # markup begins with one of these
        if before == "{" and _PLACEHOLDER.fullmatch(text.rstrip()):
            return False
        return _LETTER_OR_DIGIT.search(html.unescape(_MARKUP.sub(" ", text))) is not None
    return True


@cache
def _ideograph() -> re.Pattern[str]:
    """A character of Chinese or Japanese; compiled where one is read, because that takes as long as fifty texts."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=65536)
def count_words(text: str) -> int:
    """The number of words in an inline Markdown text, markup, link targets, footnote marks and code left out.

    A character of Chinese or Japanese counts as a word.

    >>> count_words("Die [**Petition**](https://example.org/x) von `main()` 2025[^1]")
    4
    >>> count_words("Z.&nbsp;B. &mdash; K&auml;se")
    3
    """
    if "`" in text or "{" in text or "<" in text:
        text = _MARKUP.sub(" ", text)
    if "]" in text or "/" in text or "www" in text:
        text = _TARGET.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    ideographs = 0
    if not text.isascii() and max(text) >= _FIRST_IDEOGRAPH:
        text, ideographs = _ideograph().subn(" ", text)
    return ideographs + sum([1 if piece.isalnum() else _count_in_piece(piece) for piece in text.split()])


@lru_cache(maxsize=16384)
def _count_in_piece(piece: str) -> int:
    """The number of words in a text without white space."""
    return len(_WORD.findall(piece))


def one_line(text: str) -> str:
    r"""A note on one line, as it stands in a catalog: without the characters that no PO file can carry.

    >>> one_line(" ein\n Wort\0spiel")
    'ein Wortspiel'
    """
    return " ".join(text.translate(_NOT_IN_CATALOGS).split())
