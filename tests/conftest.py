"""Settings for every test.

Property tests run the same examples each time, so that a change is judged by its own merits; `HYPOTHESIS=explore` looks
for new ones.
"""

import os
import signal
import tempfile
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if os.environ.get("HYPOTHESIS") == "explore" else "steady")

if "NETZWERK_I18N_CACHE" not in os.environ:  # nothing is kept from one run of the tests to the next
    os.environ["NETZWERK_I18N_CACHE"] = tempfile.mkdtemp(prefix="netzwerk-i18n-cache-")

collect_ignore = [
    "fuzz/fuzz_check.py",  # a program of its own, which needs atheris
    "conftest.py",
    "cli/conftest.py",
]  # two modules of one name cannot both be searched for doctests

_GUARD_SECONDS = 30.0


@pytest.fixture
def ends() -> Iterator[None]:
    """Stop a test that would go on and on.

    No time is promised here: the test's input is so large that work in step with its length takes a second or two of the
    processor, and work that grows with the square of it minutes. What other programs take is not counted.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError("this does not come to an end: its work does not grow in step with its input")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _GUARD_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
