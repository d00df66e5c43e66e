"""All that a catalog needs to know of Markdown when it follows the changes of its pages."""

from collections.abc import Sequence

from netzwerk_i18n.page.carry import carry
from netzwerk_i18n.page.divide import divide, join
from netzwerk_i18n.page.same_words import words_of


class MarkdownWords:
    """Words and markup of messages; what :class:`netzwerk_i18n.catalog.SameWords` asks for."""

    def words(self, msgid: str) -> str:
        """The bare words of a message."""
        return words_of(msgid)

    def carry(self, old_msgid: str, old_msgstr: str, new_msgid: str) -> str | None:
        """The translation after a change of markup, or None where that is not certain."""
        return carry(old_msgid, old_msgstr, new_msgid)

    def divide(self, msgid: str, msgstr: str, parts: Sequence[str]) -> tuple[str, ...] | None:
        """The translations of a text's parts, or None where it is not certain where one ends."""
        return divide(msgid, msgstr, parts)

    def join(self, msgstrs: Sequence[str], new_msgid: str) -> str:
        """The translations of texts that are one now."""
        return join(msgstrs, new_msgid)
