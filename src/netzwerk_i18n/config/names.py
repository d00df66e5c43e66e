"""The nearest right name for a wrong one."""

from collections.abc import Sequence


def nearest(name: str, known: Sequence[str]) -> str:
    """A question to add to an error where a known name is like the wrong one, else nothing.

    >>> nearest("domian", ["domain", "locales"])
    "; did you mean 'domain'?"
    """
    near = [each for each in known if each.casefold() == name.casefold()]
    if not near:
        import difflib

        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
