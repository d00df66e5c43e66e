"""Work on many pages with all processors, where that is faster than one.

Workers are forked by hand: `multiprocessing` and `concurrent.futures` take 30 ms to import and a thread to feed, and
this process is a worker as well.
"""

import gc
import os
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from netzwerk_i18n.errors import NetzwerkError

T = TypeVar("T")
R = TypeVar("R")

MIN_BYTES = 150_000
"""Below this size of work the start of processes costs more than it brings."""

_CHUNK = 200
_LENGTH = struct.Struct("<Q")


def map_chunks(
    function: Callable[[Sequence[T]], R], items: Sequence[T], *, size: int, chunk: int | None = None
) -> Iterator[R]:
    """Apply `function` to consecutive chunks of `items` and yield its results in order.

    Workers are forked: they see what the parent has in memory, so `function` may be a closure, and only results
    travel. Where processes cannot be forked, or the work is small, all happens in this process.

    Args:
        function: takes a chunk; its result must be picklable.
        items: the work.
        size: its size in bytes, a guess.
        chunk: how many items make a chunk; a good number where None.

    Raises:
        Exception: what `function` raises.
    """
    workers = min(worker_count(), len(items))
    if workers < 2 or size < MIN_BYTES:  # noqa: PLR2004 - two make a team
        yield from (function(part) for part in _chunks(items, chunk or _CHUNK))
        return
    rounds = -(-len(items) // (_CHUNK * workers))
    parts = _chunks(items, chunk or -(-len(items) // (rounds * workers)))
    yield from _forked(function, parts, workers)


def worker_count() -> int:
    """How many processes work is spread over; `NETZWERK_I18N_JOBS` sets it."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1  # forking is not safe there (Python's manual says)
    wanted = os.environ.get("NETZWERK_I18N_JOBS", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(items: Sequence[T], length: int) -> list[Sequence[T]]:
    return [items[start : start + length] for start in range(0, len(items), length)]


def _forked(function: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], workers: int) -> Iterator[R]:
    """Chunk n is worker n modulo `workers`' to do; this process is worker 0."""
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # what exists now is shared with the workers for as long as nobody writes to it
    children: list[tuple[int, int]] = []
    try:
        for number in range(1, min(workers, len(chunks))):
            children.append(_fork(function, chunks[number :: min(workers, len(chunks))], children))
        for number, chunk in enumerate(chunks):
            child = number % (len(children) + 1)
            yield function(chunk) if child == 0 else _receive(children[child - 1][1])
    finally:
        gc.unfreeze()
        for process, pipe in children:
            os.close(pipe)  # a worker that still writes ends with this
            os.waitpid(process, 0)


def _fork(
    function: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], siblings: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Start a worker on `chunks`; its process and the pipe that its results come through."""
    import pickle

    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:  # the worker: it never returns
        os.close(reading)
        for _, pipe in siblings:
            os.close(pipe)
        with os.fdopen(writing, "wb", buffering=0) as pipe_file:
            for chunk in chunks:
                result: object
                try:
                    result = (True, function(chunk))
                except Exception as error:  # noqa: BLE001 - the parent raises it
                    result = (
                        False,
                        error if isinstance(error, NetzwerkError | OSError) else _described(error),
                    )
                data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                pipe_file.write(_LENGTH.pack(len(data)))
                _write_all(pipe_file.fileno(), data)
        code = 0
    except BaseException:  # noqa: BLE001, S110 - a worker says nothing; its parent sees the closed pipe
        pass
    finally:
        os._exit(code)


def _described(error: Exception) -> RuntimeError:
    return RuntimeError(f"{type(error).__name__}: {error}")


def _write_all(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _receive(pipe: int) -> R:  # type: ignore[type-var]
    import pickle

    (length,) = _LENGTH.unpack(_read_exactly(pipe, _LENGTH.size))
    fine, result = pickle.loads(_read_exactly(pipe, length))  # noqa: S301 - from our own child
    if not fine:
        raise result
    return result  # type: ignore[no-any-return]


def _read_exactly(pipe: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise NetzwerkError(
                "a worker process died",
                remedy="is the machine out of memory? NETZWERK_I18N_JOBS=1 needs less",
            )
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
