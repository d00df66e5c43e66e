"""What can go wrong, in words for the person at the terminal.

Every error of this project is a :class:`NetzwerkError`. It says what is wrong, where (file and line), and what to
do about it; the command line prints it as one line and exits with :attr:`NetzwerkError.exit_code`.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_USUAL_REMEDY = "check the path and its permissions"
_REMEDIES = {
    errno.EACCES: "check its permissions, and as whom you run this",
    errno.EPERM: "check its permissions, and as whom you run this",
    errno.EDQUOT: "make room on the disk, then run again",
    errno.ENOSPC: "make room on the disk, then run again",
    errno.EROFS: "make the disk writable, or work on a copy elsewhere",
    errno.EISDIR: "a folder stands in its place; move it away",
    errno.ENOTDIR: "a file stands where a folder must be; move it away",
    errno.ENAMETOOLONG: "shorten the path",
    errno.ELOOP: "symbolic links lead in a circle; remove one of them",
    errno.EMFILE: "allow more open files (ulimit -n), then run again",
    errno.ENFILE: "close other programs, then run again",
    errno.EIO: "check the disk",
}


@dataclass(eq=False)
class NetzwerkError(Exception):
    """A mistake in the input or in the use of the tool.

    Attributes:
        message: what is wrong, one sentence without its full stop.
        file: the file it is about, as the user would name it (a path from the project's root).
        line: the line in that file, counted from 1.
        remedy: what to do, one sentence without its full stop.
    """

    message: str
    file: str | None = None
    line: int | None = None
    remedy: str | None = None

    exit_code = 2

    @classmethod
    def of(cls, what: str, error: OSError, file: str | None = None) -> Self:
        """The error for what the system refuses, with a remedy that follows from its reason.

        Args:
            what: what was refused, `cannot be read`.
            error: the system's word on it.
            file: the file.
        """
        remedy = _REMEDIES.get(error.errno or 0, _USUAL_REMEDY)
        return cls(f"{what}: {reason_of(error)}", file, remedy=remedy)

    def __str__(self) -> str:
        where = "" if self.file is None else self.file if self.line is None else f"{self.file}:{self.line}"
        what = f"{where}: {self.message}" if where else self.message
        return f"{what}; {self.remedy}" if self.remedy else what


def reason_of(error: OSError) -> str:
    """Why the system refuses something, as part of a sentence.

    >>> reason_of(OSError(13, "Permission denied"))
    'permission denied'
    """
    return (error.strerror or str(error) or type(error).__name__).lower()


class PageError(NetzwerkError):
    """A source page that cannot be read as one."""


class FrontMatterError(PageError):
    """Front matter that could not be written back with its keys and types unchanged."""


class ParameterError(PageError):
    """A text that a shortcode's parameter can hold in no quotes."""


class CatalogError(NetzwerkError):
    """A PO file that is not one, or that is too large to be trusted."""


class ConfigError(NetzwerkError):
    """A setting that is unknown, of the wrong type, or leads outside the project."""


class OutputError(NetzwerkError):
    """A file that cannot or must not be written."""


class NetzwerkErrors(  # noqa: N818 - several of them
    NetzwerkError
):
    """Several mistakes at once, each with a line of its own."""

    def __init__(self, errors: Sequence[NetzwerkError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


def as_one(errors: Sequence[NetzwerkError]) -> NetzwerkError:
    """One error for at least one: that itself, or all of them together; what is said twice is said once.

    >>> str(as_one([NetzwerkError("is empty", "a.md"), NetzwerkError("is empty", "a.md")]))
    'a.md: is empty'
    """
    unique = list({str(error): error for error in errors}.values())
    return unique[0] if len(unique) == 1 else NetzwerkErrors(unique)
