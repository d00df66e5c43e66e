"""Work on many pages with all processors, where that is faster than one."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar, cast

from netzwerk_i18n.errors import NetzwerkError

T = TypeVar("T")
R = TypeVar("R")

MIN_BYTES = 300_000
"""Below this size of work the start of processes costs more than it brings."""

_CHUNKS_PER_WORKER = 6


def map_chunks(function: Callable[[Sequence[T]], R], items: Sequence[T], *, size: int) -> Iterator[R]:
    """Apply `function` to consecutive chunks of `items` and yield its results in order.

    Workers are forked: they see what the parent has in memory, so `function` may be a closure, and only results
    travel. Where processes cannot be forked, or the work is small, all happens in this process.

    Args:
        function: takes a chunk; its result must be picklable.
        items: the work.
        size: its size in bytes, a guess.

    Raises:
        NetzwerkError: if a worker is killed, as for want of memory.
        Exception: what `function` raises.
    """
    workers = worker_count()
    if workers < 2 or len(items) < 2 or size < MIN_BYTES:  # noqa: PLR2004 - two make a team
        yield from (function(chunk) for chunk in _chunks(items, 1_000))
        return
    yield from _forked(
        function, _chunks(items, max(1, len(items) // (workers * _CHUNKS_PER_WORKER))), workers
    )


def worker_count() -> int:
    """How many processes work is spread over; `NETZWERK_I18N_JOBS` sets it."""
    if (
        not hasattr(os, "fork") or sys.platform == "darwin"
    ):  # forking is not safe there (Python's manual says)
        return 1
    wanted = os.environ.get("NETZWERK_I18N_JOBS", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(items: Sequence[T], length: int) -> list[Sequence[T]]:
    return [items[start : start + length] for start in range(0, len(items), length)]


def _forked(function: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], workers: int) -> Iterator[R]:
    import gc
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _inherited  # noqa: PLW0603 - the one way to hand a closure to a forked worker
    gc.freeze()  # what exists now is shared with the workers for as long as nobody writes to it
    _inherited = (function, chunks)
    alive, parent = os.pipe()
    pool = ProcessPoolExecutor(
        min(workers, len(chunks)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=_end_with_parent,
        initargs=(alive, parent),
    )
    try:
        with _interrupts_held():  # what is forked here inherits the mask: Ctrl-C is the parent's business
            results = pool.map(_run, range(len(chunks)))
        yield from cast("Iterator[R]", results)
    except BrokenProcessPool:
        raise NetzwerkError(
            "a worker process was killed, perhaps for want of memory",
            remedy="set NETZWERK_I18N_JOBS=1 to work without them",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)
        os.close(alive)
        os.close(parent)
        _inherited = None
        gc.unfreeze()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent(alive: int, parent: int) -> None:
    """End this worker when its parent dies: it would wait for work for ever, and hold the parent's lock."""
    os.close(parent)

    def wait() -> None:
        os.read(alive, 1)  # returns when the last writing end, the parent's, is closed
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


_inherited: tuple[Callable[..., object], Sequence[Sequence[object]]] | None = None


def _run(index: int) -> object:
    assert _inherited is not None  # noqa: S101 - set before the fork
    function, chunks = _inherited
    return function(chunks[index])
