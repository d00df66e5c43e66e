r"""What stands in braces: words of a language, or something that a program reads.

A placeholder (`{name}`) is replaced by a theme or a script, and MDX runs `{expression}` when the site is built. Words stand there
too: in formulas (`\text{and}`), in CriticMarkup (`{++new++}`), or as anybody may set them.
"""

import re
from typing import NamedTuple

from netzwerk_i18n.checks.reading import CODE, DEEPEST, ESCAPED, MARKUP

# A reading has the backslash and the first letter of a command as one escaped character.
_INNERMOST = re.compile(rf"((?:\\|{ESCAPED})[A-Za-z]+)?\{{([^{{}}]*)\}}")
_EDITED = re.compile(r"(\+\+|--|==|~~|\+|-)[ ]?(?P<inner>.*?)[ ]?\1|>>[ ]?(?P<note>.*?)[ ]?<<", re.DOTALL)
"""What CriticMarkup and GitLab set in braces: words that were added, removed, marked or noted."""
_WORDS = re.compile(r"(?:[^\W_]|[ \n,;:!?…–—’„“”«»/%€&§°-]|\.(?!\w)|'(?=\w))+")
_OPERATORS = frozenset({"await", "delete", "import", "new", "throw", "typeof", "void", "yield"})
"""With these begins an expression of JavaScript that is nothing but names."""
_UNMARKED = dict.fromkeys(map(ord, (MARKUP, CODE, ESCAPED)))


class Group(NamedTuple):
    r"""A pair of braces.

    Attributes:
        command: the command of a formula close before them, `\text`, or an empty string.
        body: what stands in them; :data:`~netzwerk_i18n.checks.reading.MARKUP` for braces within.
    """

    command: str
    body: str

    @property
    def has_markup(self) -> bool:
        """Whether links, code or other braces stand in it."""
        return MARKUP in self.body or CODE in self.body

    def holds_words(self, *, with_markup: bool = False) -> bool:
        """Whether it holds words of a language: several of them, or such as are edited, or stand in a formula.

        Args:
            with_markup: whether there may be markup among them: `{top [alert](1)}` would be a call.

        >>> Group("", "see below").holds_words(), Group("", "++new++").holds_words(), Group("", "name").holds_words()
        (True, True, False)
        """
        edited = _EDITED.fullmatch(self.body)
        words = (edited["inner"] or edited["note"] or "").replace("~>", " ") if edited else self.body
        if edited or with_markup:
            words = words.translate(_UNMARKED)
        if not _WORDS.fullmatch(words):
            return False
        first, *others = words.split() or [""]
        return edited is not None or (bool(others or self.command) and first not in _OPERATORS)


def find_groups(text: str) -> tuple[list[Group], int]:
    """The groups of a text (:attr:`~netzwerk_i18n.checks.reading.Reading.flat`), the innermost first.

    What stands behind one that is not closed is a group too: code may go on beyond the text. The number is that of such.
    """
    found: list[Group] = []
    for _ in range(DEEPEST):
        groups = [Group(match[1] or "", match[2]) for match in _INNERMOST.finditer(text)]
        if not groups:
            break
        found += groups
        text = _INNERMOST.sub(MARKUP, text)
    _, opening, rest = text.partition("{")
    if opening:
        found.append(Group("", rest))
    return found, text.count("{")
