"""What every format of front matter offers, so that finding and splicing need not know which one it is."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

MAX_DEPTH = 64
"""Keys nested deeper than this are never text; without a bound a hostile page costs quadratic time and memory."""


class Scalar(NamedTuple):
    """A string value in the source of a block.

    Attributes:
        path: the keys and list indices that lead to it.
        value: what it decodes to, whole.
        start: offset of its token in the content, quotes or block header included.
        end: offset behind its token.
        style: the format's own name for how it is quoted.
        position: where it stands in :attr:`Content.shape`.
        aliases: the other paths that lead to it; None for a place that no keys name.
    """

    path: tuple[str | int, ...]
    value: str
    start: int
    end: int
    style: str
    position: int
    aliases: tuple[tuple[str | int, ...] | None, ...] = ()


class Content(Protocol):
    """The parsed content between two delimiters."""

    @property
    def scalars(self) -> Sequence[Scalar]:
        """The string values that are not blank, in reading order."""

    @property
    def shape(self) -> Sequence[object]:
        """Everything the content says, flat: equal shapes mean equal keys, types and values."""

    @property
    def data(self) -> Any:
        """The content as plain objects: a mapping, or what else a data file may hold."""

    def shape_of(self, value: str, scalar: Scalar) -> object:
        """What stands in :attr:`shape` for `scalar` once its value is `value`."""

    def tokens(self, scalar: Scalar, value: str) -> tuple[str, ...]:
        """Ways to write `value` in place of `scalar`: the nearest to the source first, the safest last."""

    def is_sure(self, scalar: Scalar, token: str) -> bool:
        """Whether `token` in place of `scalar` is known to be read as it should: nobody has to parse it again."""


class UnreadableError(Exception):
    """The content is not what its delimiters promise; never leaves this package."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.message = message
        self.index = index


class NotFrontMatterError(Exception):
    """The content is well-formed, but no mapping, as front matter is: so it is page text; never leaves this package."""


def value_at(data: Any, path: Sequence[str | int]) -> Any:
    """What plain objects hold at a path of keys and list indices; None where it leads to nothing."""
    try:
        for step in path:
            data = data[step]
    except (LookupError, TypeError):
        return None
    return data
