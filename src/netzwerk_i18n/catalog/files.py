"""The edge of this room: files read whole, written whole or not at all, and the lock around a run that writes."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from netzwerk_i18n.catalog.decoding import MAX_FILE_BYTES
from netzwerk_i18n.catalog.message import Catalog
from netzwerk_i18n.catalog.reader import parse_catalog
from netzwerk_i18n.errors import CatalogError, OutputError

LOCK_NAME = "locales/.netzwerk-i18n/lock"
"""The lock file, from the project's root."""

_IGNORED = b"/.gitignore\n/lock\n"
"""Keeps the lock of a run out of git, and itself: nobody has to commit it, and `git status` says nothing of it."""

LOCK_SECONDS = 60.0
"""How long a run waits for another one to end."""

_RUN = int.from_bytes(os.urandom(4))
"""This run, with all the workers that are forked of it later. No process number: in a container it is always the same."""

_TEMPORARY = re.compile(r"\..*\.(\d+)-[0-9a-f]{8}\.tmp", re.DOTALL)
"""The names under which files are written before they are put in their place, with their run."""


def read_catalog(path: Path, *, name: str) -> Catalog | None:
    """The catalog in a file, or None where there is no file.

    Args:
        path: where it lies.
        name: how errors call it, a path from the project's root.

    Raises:
        CatalogError: if it cannot be read, or is no catalog.
    """
    data = read_catalog_bytes(path, name=name)
    return None if data is None else parse_catalog(data, file=name)


def read_catalog_bytes(path: Path, *, name: str) -> bytes | None:
    """The content of a catalog's file, or None where there is no file.

    Args:
        path: where it lies.
        name: how errors call it, a path from the project's root.

    Raises:
        CatalogError: if it cannot be read, or is too large for a catalog.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise CatalogError("is not a regular file", name, remedy="move it away")
        if found.st_size > MAX_FILE_BYTES:
            raise CatalogError(
                f"the file is larger than {MAX_FILE_BYTES} bytes",
                name,
                remedy="use one catalog for each page, or remove obsolete messages",
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CatalogError.of("cannot be read", error, name) from error


def write_bytes_atomically(path: Path | str, data: bytes, *, durable: bool, name: str | None = None) -> bool:
    """Put `data` into a file so that at every moment the old bytes or the new ones are there, never a part.

    A file that holds these bytes already is not touched, not even its modification time. A new file gets the
    usual permissions, an old one keeps its own.

    Args:
        path: the file; missing folders above it are made.
        data: its whole content.
        durable: wait until the disk has it, for what people typed; not needed for what can be made again.
        name: how errors call it, a path from the project's root; `path` as it is if None.

    Returns:
        True if the file was written, False if it held the same bytes.

    Raises:
        OutputError: if the path is a symbolic link, or the file cannot be written; the old file is whole.
    """
    # Sites have thousands of pages: the functions of os take half the time of Path's.
    path = os.fspath(path)
    name = name or path
    try:
        old_mode = _mode_of_regular_file(path, name)
        if old_mode is not None and _holds(path, data):
            return False
        try:
            _replace(path, data, old_mode, durable=durable)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            _replace(path, data, old_mode, durable=durable)
    except OSError as error:
        refused = OutputError.of("cannot be written", error, name)
        refused.remedy = f"nothing was changed in it; {refused.remedy}"
        raise refused from error
    return True


def is_leftover(name: str) -> bool:
    """Whether a file of this name was left half written by another run, which is over for who holds the lock."""
    match = _TEMPORARY.fullmatch(name)
    return match is not None and match[1] != str(_RUN)


def _mode_of_regular_file(path: str, name: str) -> int | None:
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        raise OutputError(
            "is a symbolic link, which is never written through", name, remedy="replace it with a file"
        )
    if not stat.S_ISREG(mode):
        raise OutputError("is not a regular file", name, remedy="move it away")
    return stat.S_IMODE(mode)


def _holds(path: str, data: bytes) -> bool:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return os.fstat(file.fileno()).st_size == len(data) and file.read() == data


def _replace(path: str, data: bytes, mode: int | None, *, durable: bool) -> None:
    # The leading dot and the suffix keep a file that a killed run left behind out of globs for pages and catalogs.
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name[:50]}.{_RUN}-{os.urandom(4).hex()}.tmp")  # noqa: PTH118
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if mode is not None:
            os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    if durable:
        _sync_folder(folder or os.curdir)


def _sync_folder(folder: str) -> None:
    # A rename lives in the folder's data; Windows cannot open folders, and some file systems refuse to sync them.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def project_lock(root_folder: Path, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Keep every other run of this tool out of the project while this one reads, changes and writes.

    Args:
        root_folder: the project's root.
        seconds: how long to wait for another run.

    Raises:
        OutputError: if another run still holds the lock then, or the lock file cannot be made.
    """
    # filelock costs 35 ms; only writing commands need it.
    from filelock import FileLock, Timeout

    path = root_folder / LOCK_NAME
    lock = FileLock(path, timeout=seconds)
    try:
        if path.is_symlink():
            raise OutputError("is a symbolic link", LOCK_NAME, remedy="remove it")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"another run has been working on this project for {seconds:g} seconds",
            LOCK_NAME,
            remedy="wait for it to end, then run again",
        ) from None
    except OSError as error:
        raise OutputError.of("cannot be locked", error, LOCK_NAME) from error
    try:
        yield
        _keep_out_of_git(path.parent)
    finally:
        lock.release()


def _keep_out_of_git(folder: Path) -> None:
    # A lock file cannot be removed without a race in every version of filelock: who waits for it holds the one that
    # was removed. A run that is refused leaves the project as it was.
    if not os.path.lexists(folder / ".gitignore"):
        with suppress(OutputError):  # the run can do without
            write_bytes_atomically(folder / ".gitignore", _IGNORED, durable=False)
