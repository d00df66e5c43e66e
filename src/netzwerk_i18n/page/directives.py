"""The author's words to this tool, written as comments in the source page: `<!-- i18n:comment: a pun -->`."""

import re
from typing import NamedTuple

_DIRECTIVE = re.compile(r"\s*i18n:(?P<name>[a-z-]+)(?:\s*:\s*(?P<value>.*?))?\s*\Z", re.DOTALL)


class Directives(NamedTuple):
    """What holds for the next block.

    Attributes:
        skip: the block is not extracted: `i18n:skip`, or `i18n:keep` where it is the same in every language.
        comments: `i18n:comment: …`, for the translator.
        context: `i18n:context: …`, the msgctxt.
        critical: `i18n:critical`: a stale translation of this must never stay published.
    """

    skip: bool = False
    comments: tuple[str, ...] = ()
    context: str | None = None
    critical: bool = False

    def with_(self, name: str, value: str) -> "Directives | None":
        """These directives and one more; None if `name` is not the name of a directive."""
        match name:
            case "skip" | "keep":
                return self._replace(skip=True)
            case "comment":
                return self._replace(comments=(*self.comments, value)) if value else self
            case "context":
                return self._replace(context=value or None)
            case "critical":
                return self._replace(critical=True)
        return None

    def within(self, outer: "Directives") -> "Directives":
        """These directives inside a block that has others: the inner context wins, all else adds up."""
        return Directives(
            skip=self.skip or outer.skip,
            comments=outer.comments + self.comments,
            context=self.context if self.context is not None else outer.context,
            critical=self.critical or outer.critical,
        )


NONE = Directives()


def read_directive(comment: str) -> tuple[str, str] | None:
    """The name and the value of the directive in an HTML comment's inside, or None where it is none.

    >>> read_directive(" i18n:context: menu ")
    ('context', 'menu')
    """
    if "i18n:" not in comment:
        return None
    match = _DIRECTIVE.match(comment)
    return (match["name"], " ".join((match["value"] or "").split())) if match else None
