"""Threads that ask an engine, a session each: what they are given they answer, whatever happens.

They are daemons: a run that is interrupted does not wait for an answer that may never come.
"""

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from netzwerk_i18n.draft.engines.protocol import Engine, Pair, Session
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import (
    EngineStoppedError,
    Line,
    NoAnswerError,
    TryAgainError,
    closing_connections,
)
from netzwerk_i18n.errors import NetzwerkError


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one pair of languages in one style, for one request."""

    pair: Pair
    style: Style
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a text.

    Attributes:
        answer: the engine's answer, or None.
        reason: why there is none.
        unreached: whether the engine could not be reached, so that it says nothing about the text.
    """

    answer: str | None
    reason: str = ""
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class Replies:
    """What became of a batch: a reply to each text, and why the engine will answer no more, if so."""

    batch: Batch
    replies: tuple[Reply, ...]
    stopped: NetzwerkError | None = None


class Crew:
    """Threads at work on batches."""

    def __init__(self, engine: Engine, line: Line, size: int) -> None:
        """Start the threads."""
        self._engine = engine
        self._line = line
        self._singly = False
        self._todo: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Replies] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{engine.name}-{number}", daemon=True)
            for number in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def give(self, batch: Batch) -> None:
        """Have a batch translated."""
        self._todo.put(batch)

    def take(self, seconds: float) -> Replies | None:
        """The next batch that is done; None if none is within so many seconds."""
        try:
            return self._done.get(timeout=seconds)
        except queue.Empty:
            return None

    def dismiss(self) -> None:
        """Let the threads end with what they are doing now; nobody waits for them."""
        self._line.stopped.set()
        for _ in self._threads:
            self._todo.put(None)

    def _work(self) -> None:
        sessions: dict[Pair, Session] = {}  # they hold the connections, which are closed before them
        with closing_connections():
            self._work_off(sessions)

    def _work_off(self, sessions: dict[Pair, Session]) -> None:
        while (batch := self._todo.get()) is not None:
            try:
                self._done.put(self._replies(batch, sessions))
            except NetzwerkError as error:
                self._stop(batch, error)
            except Exception as error:  # noqa: BLE001 - an engine's code may raise anything; the run goes on
                self._stop(
                    batch, NetzwerkError(f"the engine {self._engine.name} failed ({type(error).__name__})")
                )

    def _one_by_one(self, batch: Batch, sessions: dict[Pair, Session]) -> Replies | None:
        """The replies of a server that cannot bear many texts at once; None where it bears no single one either."""
        if len(batch.texts) == 1:
            return None
        replies: list[Reply] = []
        for text in batch.texts:
            replies += self._replies(Batch(batch.pair, batch.style, (text,)), sessions).replies
            if replies[0].unreached:
                return None
        self._singly = True
        return Replies(batch, tuple(replies))

    def _stop(self, batch: Batch, error: NetzwerkError) -> None:
        """Tell why there will be no more answers, and only then stop the other threads: theirs would be no reason."""
        self._done.put(Replies(batch, _all(batch, error.message, unreached=True), error))
        self._line.stopped.set()

    def _replies(self, batch: Batch, sessions: dict[Pair, Session]) -> Replies:
        if self._line.stopped.is_set():
            raise EngineStoppedError("the run was stopped")
        if self._singly and len(batch.texts) > 1:
            return self._one_by_one(batch, sessions) or Replies(
                batch, _all(batch, "no answer", unreached=True)
            )
        session = sessions.get(batch.pair)
        if session is None:
            session = sessions[batch.pair] = self._engine.open(batch.pair)
        try:
            answers = self._line.ask(lambda: session.translate(batch.texts, batch.style))
            if len(answers) != len(batch.texts):
                raise NoAnswerError("the answer does not fit the request")  # noqa: TRY301 - as if the engine said so
        except TryAgainError as error:
            return self._one_by_one(batch, sessions) or Replies(
                batch, _all(batch, error.reason, unreached=True)
            )
        except NoAnswerError as error:
            if len(batch.texts) == 1:
                return Replies(batch, _all(batch, error.reason, unreached=False))
            # One text may have spoilt the request for the others.
            alone = [self._replies(Batch(batch.pair, batch.style, (text,)), sessions) for text in batch.texts]
            return Replies(batch, tuple(reply for one in alone for reply in one.replies))
        return Replies(batch, tuple(Reply(answer) for answer in answers))


def _all(batch: Batch, reason: str, *, unreached: bool) -> tuple[Reply, ...]:
    return tuple(Reply(None, reason, unreached) for _ in batch.texts)


def batches(texts: Sequence[str], pair: Pair, style: Style, *, most: int, characters: int) -> list[Batch]:
    """Texts put together into requests, none with more texts or characters than the engine takes."""
    found: list[Batch] = []
    together: list[str] = []
    size = 0
    for text in texts:
        if together and (len(together) >= most or size + len(text) > characters):
            found.append(Batch(pair, style, tuple(together)))
            together, size = [], 0
        together.append(text)
        size += len(text)
    if together:
        found.append(Batch(pair, style, tuple(together)))
    return found
