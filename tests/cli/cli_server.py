"""The real command without its start: servers that have loaded it, and divide in two whenever it is to run.

Loading Python and the command takes most of the time of a run on a small site, and the tests have thousands of them. What
runs is a process of its own, as always, with the folder, the environment and the streams that it was given, and with the
modules as they are right after their loading. A run that would have another Python (`PYTHONPATH`, `LC_ALL`) is started
anew, and so is every run where the system cannot divide processes, or where `COMMANDS=processes` asks for it.
"""

import atexit
import gc
import importlib
import itertools
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

COMMAND = (sys.executable, "-m", "netzwerk_i18n")
LOADED_LATE = (
    "babel.core babel.dates babel.plural filelock jinja2 mdit_py_plugins platformdirs "
    "rapidfuzz rich.console rich.progress rich.table tenacity"
)
"""Libraries that commands load where they use them; our own modules load the others."""


def run_command(
    *arguments: str, folder: Path, environment: Mapping[str, str], timeout: float
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command to its end.

    Args:
        arguments: what follows its name.
        folder: the folder to run it in.
        environment: all variables that it sees.
        timeout: seconds after which it is killed.

    Raises:
        subprocess.TimeoutExpired: if it was killed.
    """
    if not _SERVERS or _of_python(environment) != _of_python(_BASE):
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = next(_TURNS).run(arguments, folder, environment, (out, err), timeout)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


class _Server:
    """One process that has loaded the command, started when it is first asked for; it ends with the one that asks."""

    def __init__(self) -> None:
        self._connection: socket.socket | None = None

    def run(
        self,
        arguments: tuple[str, ...],
        folder: Path,
        environment: Mapping[str, str],
        streams: tuple[BinaryIO, BinaryIO],
        timeout: float,
    ) -> int:
        connection = self._connection = self._connection or self._start()
        request = json.dumps([arguments, str(folder), dict(environment)]) + "\n"
        socket.send_fds(connection, [request.encode()], [stream.fileno() for stream in streams])
        connection.settimeout(timeout)
        pid = _line(connection)
        try:
            return int(_line(connection))
        except TimeoutError:
            os.kill(int(pid), 9)
            connection.settimeout(None)
            _line(connection)
            raise subprocess.TimeoutExpired(arguments, timeout) from None

    def _start(self) -> socket.socket:
        own, other = socket.socketpair()
        with other:
            process = subprocess.Popen(
                [sys.executable, __file__, str(other.fileno())],
                env=_BASE,
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
            )
        atexit.register(process.wait)
        atexit.register(own.close)  # comes first
        return own


def _line(connection: socket.socket) -> str:
    line = b""
    while not line.endswith(b"\n"):
        received = connection.recv(1)
        if not received:
            raise RuntimeError("the server of commands is gone")
        line += received
    return line.decode()


def _of_python(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that Python reads when it starts."""
    return {name: value for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


def plain_environment() -> dict[str, str]:
    """The environment of a command: nothing of the machine's settings, no colours."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "HOME", "SYSTEMROOT", "NETZWERK_I18N_CACHE")
        if name in os.environ
    }
    return kept | {"PYTHONWARNINGS": "error", "COLUMNS": "120", "LC_ALL": "C.UTF-8"}


_BASE = plain_environment()
_CAN_DIVIDE = hasattr(os, "fork") and hasattr(socket, "send_fds")
# Sets of one server have their own order, as those of each process have: two runs in turn must not differ by it.
_SERVERS = [_Server(), _Server()] if _CAN_DIVIDE and os.environ.get("COMMANDS") != "processes" else []
_TURNS: Iterator[_Server] = itertools.cycle(_SERVERS)


def _serve(connection: socket.socket) -> None:
    """Answer requests; returns in a process that is to run the command, and when nobody asks any more."""
    while True:
        message, streams, _, _ = socket.recv_fds(connection, 1 << 20, 2)
        if not message:
            sys.exit()
        while not message.endswith(b"\n"):
            message += connection.recv(1 << 20)
        pid = os.fork()
        if pid == 0:
            connection.close()
            _become(*json.loads(message), streams=streams)
            return
        for stream in streams:
            os.close(stream)
        connection.sendall(f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _become(arguments: list[str], folder: str, environment: dict[str, str], *, streams: list[int]) -> None:
    """Make this process one that was started for a command."""
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = [str(Path(sys.modules["netzwerk_i18n"].__path__[0], "__main__.py")), *arguments]
    sys.path[0] = folder


def _load() -> None:
    """Import what commands import, and make no objects that a run could find used."""
    import netzwerk_i18n

    for module in pkgutil.walk_packages(netzwerk_i18n.__path__, "netzwerk_i18n."):
        importlib.import_module(module.name)
    for name in LOADED_LATE.split():
        importlib.import_module(name)
    gc.freeze()


if __name__ == "__main__":
    _load()
    with socket.socket(fileno=int(sys.argv[1])) as listening:
        _serve(listening)
    importlib.import_module("netzwerk_i18n.__main__").run()
