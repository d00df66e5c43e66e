"""Lines for a terminal, as many as there are: a site may have thousands of findings."""

from collections.abc import Iterable
from itertools import islice

from rich.console import Console
from rich.text import Text

_AT_ONCE = 200


def print_lines(lines: Iterable[Text], console: Console) -> None:
    """Print lines as they are, however long; many at once, since each call of the library has its price."""
    left = iter(lines)
    while some := list(islice(left, _AT_ONCE)):
        console.print(Text("\n").join(some), soft_wrap=True)
