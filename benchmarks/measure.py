"""Runs commands one after the other and says what they cost.

It is a small process of its own, because the memory of a child counts from that of its parent: `measure` starts it,
and it reads what to do as JSON from standard input and writes what it found to standard output.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

_PAUSE = 0.005
"""Seconds between two looks at the memory of all processes."""

_LOG_END = 2_000


class CommandError(Exception):
    """A measured command failed; the text says how."""


@dataclass(frozen=True)
class Cost:
    """What commands cost.

    Attributes:
        wall: seconds from the first start to the last end.
        cpu: seconds of all processors, in the program and in the system, children included.
        largest: bytes of memory of the largest process at its peak.
        together: bytes of memory of all processes at their common peak, shared pages counted once; 0 if not looked at.
    """

    wall: float
    cpu: float
    largest: int
    together: int = 0


def measure(
    commands: Sequence[Sequence[str]],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
    memory: bool = False,
) -> Cost:
    """Run `commands` in `folder`, one after the other.

    Args:
        commands: programs and their arguments.
        folder: where they run.
        environment: variables that are set beside those of this process.
        codes: the exit codes that count as success.
        memory: look at the memory of all processes together while they run (Linux), which disturbs them.

    Raises:
        CommandError: if one fails.
    """
    job = {
        "commands": commands,
        "folder": str(folder),
        "environment": dict(environment or {}),
        "codes": codes,
        "memory": memory,
    }
    answer = subprocess.run(
        [sys.executable, "-I", "-S", __file__],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise CommandError(answer.stderr.strip()[-_LOG_END:])
    found: dict[str, Any] = json.loads(answer.stdout)
    return Cost(**{field.name: found[field.name] for field in fields(Cost)})


def clean_environment() -> dict[str, str]:
    """The variables of this process, without those that lead Python to other code."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return {**kept, "LC_ALL": "C.UTF-8"}


def _run(job: Mapping[str, Any]) -> Cost:
    environment = {**clean_environment(), **job["environment"]}
    cpu, largest, together = 0.0, 0, 0
    log_file = Path(job["folder"]) / "benchmark.log"
    start = time.perf_counter()
    with log_file.open("w+b") as log:
        for command in job["commands"]:
            log.truncate(0)
            process = subprocess.Popen(
                command, cwd=job["folder"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
            watch = _Watch(process.pid) if job["memory"] else None
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu += usage.ru_utime + usage.ru_stime
            largest = max(largest, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
            if watch is not None:
                together = max(together, watch.peak())
            if process.returncode not in job["codes"]:
                log.flush()
                end = log_file.read_text("utf-8", "replace")[-_LOG_END:]
                raise CommandError(f"{' '.join(command[:6])} left with {process.returncode}: {end}")
    return Cost(time.perf_counter() - start, cpu, largest, together)


class _Watch:
    """Looks at the memory of a process and of all its children until it ends."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def peak(self) -> int:
        self._end.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._end.wait(_PAUSE):
            self._peak = max(self._peak, _memory(self._pid))


def _memory(pid: int) -> int:
    """Bytes of a process and its children; a page that several of them share is counted once (Linux: PSS)."""
    folder = Path("/proc") / str(pid)
    try:
        rollup = (folder / "smaps_rollup").read_text("ascii")
        threads = list((folder / "task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text("ascii").split()]
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own * 1024 + sum(_memory(int(child)) for child in children)


if __name__ == "__main__":
    try:
        print(json.dumps(asdict(_run(json.load(sys.stdin)))))
    except (CommandError, OSError) as error:
        sys.exit(str(error))
