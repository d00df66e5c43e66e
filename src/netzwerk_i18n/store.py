"""What was read and judged before, kept in the user's cache so that the next run need not do it again.

There is one SQLite file for each project. It is never needed: one that is missing, broken, locked, another user's or of
another version is as good as an empty one, and no run fails because of it. What is found in it counts only under the
very key that it was stored with, and the caller puts everything into that key that the value depends on.
"""

import os
import stat
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from netzwerk_i18n.cache import cache_folder
from netzwerk_i18n.fingerprint import code_fingerprint

if TYPE_CHECKING:
    import sqlite3

KEY_BYTES = 32
"""The length of a key made by :func:`key_of`."""

_FORMAT = 1
_FOLDER = "projects"
_SUFFIX = ".sqlite3"
_SEAL_BYTES = 16
_KEPT_DAYS = 30
_DAY = 86_400.0
_WAIT_SECONDS = 5.0
_TABLES = """
    CREATE TABLE made_by (code BLOB NOT NULL);
    CREATE TABLE kept (
        kind TEXT NOT NULL, locale TEXT NOT NULL, page TEXT NOT NULL,
        key BLOB NOT NULL, data BLOB NOT NULL, seal BLOB NOT NULL,
        PRIMARY KEY (kind, locale, page)
    );
"""


class Row(NamedTuple):
    """One thing that is known.

    Attributes:
        kind: what sort of thing it is.
        locale: the locale that it is about, or an empty string.
        page: the source page that it is about, or an empty string.
        key: under which it is true.
        data: what it is.
    """

    kind: str
    locale: str
    page: str
    key: bytes
    data: bytes


class Store:
    """What is known of one project from earlier runs."""

    def __init__(self, file: Path, code: bytes) -> None:
        """`file` is the database; `code` is the digest of all that made what is in it."""
        self._file = file
        self._code = code

    def rows(self, kind: str, locale: str = "", *, pages: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
        """Key and data of what is known of `pages` (sorted), by page; perhaps of others between them, too."""
        if not pages:
            return {}
        question = (
            "SELECT page, key, data, seal FROM kept WHERE kind = ? AND locale = ? AND page BETWEEN ? AND ?"
        )
        found: dict[str, tuple[bytes, bytes]] = {}
        try:
            with self._opened() as database:
                for page, key, data, seal in database.execute(question, (kind, locale, pages[0], pages[-1])):
                    if seal == _seal(kind, locale, page, key, data):
                        found[page] = (key, data)
        except (_UnusableError, OSError, TypeError, ValueError):  # a broken file may say anything
            return {}
        return found

    def is_empty(self) -> bool:
        """Whether nothing is known of the project."""
        try:
            with self._opened() as database:
                return database.execute("SELECT 1 FROM kept LIMIT 1").fetchone() is None
        except (_UnusableError, OSError):
            return True

    def put(self, rows: Sequence[Row]) -> None:
        """Keep `rows`, in the place of what was known before of the same pages and locales."""
        if not rows:
            return
        with suppress(_UnusableError, OSError), self._made() as database:
            database.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)",
                ((*row, _seal(*row)) for row in rows),
            )

    def drop_all_but(self, *, pages: Collection[str], locales: Collection[str]) -> None:
        """Drop what is known of pages and locales that the project no longer has."""
        with suppress(_UnusableError, OSError), self._made() as database:
            gone = [
                (kind, locale, page)
                for kind, locale, page in database.execute("SELECT kind, locale, page FROM kept")
                if (page and page not in pages) or (locale and locale not in locales)
            ]
            database.executemany("DELETE FROM kept WHERE kind = ? AND locale = ? AND page = ?", gone)

    @contextmanager
    def _opened(self) -> "Iterator[sqlite3.Connection]":
        """The database for reading.

        Raises:
            _UnusableError: if there is none, or none that can be believed.
            OSError: if it cannot be read.
        """
        found = self._file.lstat()
        if not _is_ours(found):
            raise _UnusableError
        if time.time() - found.st_mtime > _DAY:
            os.utime(self._file)  # it is in use
        import sqlite3

        try:
            with closing(
                sqlite3.connect(self._file, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as database:
                database.execute("BEGIN")
                if not _is_made_by(database, self._code):
                    raise _UnusableError
                yield database
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise _UnusableError from error

    @contextmanager
    def _made(self) -> "Iterator[sqlite3.Connection]":
        """The database in a transaction, emptied if other code made it.

        Raises:
            _UnusableError: if it cannot be written.
            OSError: the same.
        """
        import sqlite3

        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if not _is_ours(self._file.lstat()):
                raise _UnusableError
        _sweep(self._file.parent)
        try:
            with _writing(self._file, self._code) as database:
                yield database
        except sqlite3.OperationalError as error:  # locked, or the disk is full
            raise _UnusableError from error
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:  # no database, or a broken one
            self._file.unlink(missing_ok=True)
            raise _UnusableError from error


class _UnusableError(Exception):
    """There is nothing to read, or nowhere to write; a run goes on without it."""


@contextmanager
def _writing(file: Path, code: bytes) -> "Iterator[sqlite3.Connection]":
    import sqlite3

    with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
        with suppress(OSError):
            file.chmod(0o600)
        # Losing the file with the machine is no loss, and the seals tell what was half written.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN IMMEDIATE")
        if not _is_made_by(database, code):
            tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
            for (name,) in database.execute(tables).fetchall():
                database.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.split(";"):
                database.execute(statement)
            database.execute("INSERT INTO made_by VALUES (?)", (code,))
        yield database
        database.execute("COMMIT")


def open_store(root: Path, *, earlier_of: Path | None = None) -> Store | None:
    """What is known of the project in the folder `root`; None where nothing is to be kept.

    A folder inside the project is not used: what lies there comes from many people and is not believed.

    Args:
        root: the project's folder.
        earlier_of: the project whose earlier state lies there for a moment, wherever that is; what is known of such
            states is kept for the next one.
    """
    folder = cache_folder()
    code = code_fingerprint()
    if folder is None or code is None:
        return None
    real_folder = os.path.realpath(folder)
    real_root = os.path.realpath(earlier_of or root)
    if real_folder == real_root or real_folder.startswith(real_root.rstrip(os.sep) + os.sep):
        return None
    place = os.fsencode(real_root) + (b"\0earlier" if earlier_of else b"")
    name = blake2b(place, digest_size=16).hexdigest()
    return Store(Path(real_folder) / _FOLDER / f"{name}{_SUFFIX}", b"%d:%b" % (_FORMAT, code))


def key_of(*parts: bytes) -> bytes:
    """A key that stands for these parts, in this order, and for no others."""
    digest = blake2b(digest_size=KEY_BYTES)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()


def canonical(value: object) -> object:
    """Settings as lists, numbers and strings: two are the same where this is the same.

    Raises:
        TypeError: for a value of a kind that is not known here, which therefore could not be told from others.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): canonical(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [canonical(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    fields: Mapping[str, Any] | None = getattr(type(value), "__dataclass_fields__", None)
    if fields is None:
        raise TypeError(f"{type(value).__name__} is no setting")
    return [type(value).__name__, *((name, canonical(getattr(value, name))) for name in fields)]


def _seal(kind: str, locale: str, page: str, key: bytes, data: bytes) -> bytes:
    """What shows that a row is whole: a file that was damaged must not speak."""
    digest = blake2b(f"{kind}\0{locale}\0{page}\0".encode(), digest_size=_SEAL_BYTES)
    digest.update(key)
    digest.update(data)
    return digest.digest()


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file is a plain one that belongs to the user."""
    return stat.S_ISREG(found.st_mode) and (not hasattr(os, "geteuid") or found.st_uid == os.geteuid())


def _is_made_by(database: "sqlite3.Connection", code: bytes) -> bool:
    import sqlite3

    try:
        return database.execute("SELECT code FROM made_by").fetchall() == [(code,)]
    except sqlite3.OperationalError as error:
        if "no such" in str(error):  # an empty file, or somebody else's database
            return False
        raise


def _sweep(folder: Path) -> None:
    """Remove what no run has used for a month."""
    limit = time.time() - _KEPT_DAYS * _DAY
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SUFFIX) and entry.stat(follow_symlinks=False).st_mtime < limit:
                os.unlink(entry.path)  # noqa: PTH108 - an entry of scandir
