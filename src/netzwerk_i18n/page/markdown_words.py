"""All that a catalog needs to know of Markdown when it follows the changes of its pages.

What reads Markdown is loaded only where something changed: most updates change nothing.
"""

from collections.abc import Sequence


class MarkdownWords:
    """Words and markup of messages; what :class:`netzwerk_i18n.catalog.follow.SameWords` asks for."""

    def outline(self, msgid: str) -> str:
        """What texts of the same words mostly have in common; read without the parser."""
        from netzwerk_i18n.page.outline import outline_of

        return outline_of(msgid)

    def words(self, msgid: str) -> str:
        """The bare words of a message."""
        from netzwerk_i18n.page.same_words import words_of

        return words_of(msgid)

    def carry(self, old_msgid: str, old_msgstr: str, new_msgid: str) -> str | None:
        """The translation after a change of markup, or None where that is not certain."""
        from netzwerk_i18n.page.carry import carry

        return carry(old_msgid, old_msgstr, new_msgid)

    def divide(self, msgid: str, msgstr: str, parts: Sequence[str]) -> tuple[str, ...] | None:
        """The translations of a text's parts, or None where it is not certain where one ends."""
        from netzwerk_i18n.page.divide import divide

        return divide(msgid, msgstr, parts)

    def join(self, msgstrs: Sequence[str], new_msgid: str) -> str:
        """The translations of texts that are one now."""
        from netzwerk_i18n.page.divide import join

        return join(msgstrs, new_msgid)
