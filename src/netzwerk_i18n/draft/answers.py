"""Answers of engines, kept as they arrive: what was paid for once is never asked again, whatever ends the run.

They lie in the user's own cache, by a digest of all that they depend on; the texts that were sent are not kept.
"""

import sqlite3
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from netzwerk_i18n.cache import cache_folder

_FILE = "answers-1.sqlite3"
_BUSY_SECONDS = 20.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (question BLOB PRIMARY KEY, answer TEXT NOT NULL, moment INTEGER NOT NULL) WITHOUT ROWID"


class Question(NamedTuple):
    """All that an answer depends on.

    Attributes:
        engine: the engine's name.
        version: what its answers depend on besides the text.
        source: its code for the source language.
        target: its code for the target language.
        style: how markup is written in the text.
        text: what is sent.
    """

    engine: str
    version: str
    source: str
    target: str
    style: str
    text: str

    @property
    def digest(self) -> bytes:
        """What it is found by."""
        parts = (part.encode("utf-8", "surrogatepass") for part in self)
        return sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()


class Answers:
    """What engines answered before; for one thread.

    A store that cannot be opened or written is no reason to stop: then nothing is kept, and `problem` says why.
    """

    def __init__(self, folder: Path | None) -> None:
        """Open the store in a folder; None keeps nothing beyond this run."""
        self.problem: str | None = None
        self._database: sqlite3.Connection | None = None
        if folder is not None:
            try:
                self._database = _open(folder / _FILE)
            except (OSError, sqlite3.Error) as error:
                self._give_up(error)

    @classmethod
    def of_user(cls, *, wanted: bool) -> "Answers":
        """The store in the user's cache, or none where the user wants none."""
        return cls(cache_folder() if wanted else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def find(self, question: Question) -> str | None:
        """The answer, or None where it is not known."""
        if self._database is None:
            return None
        try:
            found = self._database.execute(
                "SELECT answer FROM answers WHERE question = ?", (question.digest,)
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return str(found[0]) if found else None

    def keep(self, question: Question, answer: str) -> None:
        """Keep an answer; when this returns, a killed process cannot lose it."""
        self._change(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question.digest, answer, int(time.time()))
        )

    def forget(self, question: Question) -> None:
        """Forget an answer that turned out to be of no use."""
        self._change("DELETE FROM answers WHERE question = ?", (question.digest,))

    def close(self) -> None:
        """Close the store."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _change(self, statement: str, values: tuple[object, ...]) -> None:
        if self._database is None:
            return
        try:
            self._database.execute(statement, values)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        self.problem = f"answers are not kept between runs: {reason}"
        self.close()


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _connect(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        # Not a database, or a damaged one: it can be made again, so it is put aside and not repaired.
        file.replace(file.with_suffix(".broken"))
        return _connect(file)


def _connect(file: Path) -> sqlite3.Connection:
    file.touch(mode=0o600)
    database = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        _keep_a_log(database)
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _keep_a_log(database: sqlite3.Connection) -> None:
    """Have a write-ahead log: with it a statement that returned survives the death of the process.

    Whoever turns it on needs the file for itself and is told at once when it is not, whatever its timeout is (SQLite
    does not wait where two could wait for each other), so two runs that begin together must ask again.
    """
    import tenacity

    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_delay(_BUSY_SECONDS),
        wait=tenacity.wait_random(0.0, 0.05),
        retry=tenacity.retry_if_exception(_is_busy),
        reraise=True,
    )
    retrying(database.execute, "PRAGMA journal_mode = WAL")


def _is_busy(error: BaseException) -> bool:
    code = error.sqlite_errorcode if isinstance(error, sqlite3.OperationalError) else 0
    return code & 0xFF == sqlite3.SQLITE_BUSY  # the low byte of an extended code is the plain one
