"""Parts of a translation in a message: shortened, and with nothing in them that a terminal or a log would obey."""

LONGEST = 100
"""How much of a text a message shows, in characters."""


def quoted(text: str) -> str:
    r"""`text` as a message shows it: on one line, control and invisible characters written out.

    >>> quoted("a\nb\u202e")
    'a\\nb\\u202e'
    """
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
