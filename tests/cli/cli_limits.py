"""The command where it may not do as it likes: without the rights of root, or with no room for its files."""

import os
import subprocess
import sys

import pytest
from cli_site import TIMEOUT, Run, Site, environment

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")

# Root reads and writes wherever it likes, unless it lacks the capabilities to (capabilities(7): CAP_DAC_OVERRIDE is 1,
# CAP_DAC_READ_SEARCH is 2; prctl(2): PR_CAPBSET_DROP is 24).
WITHOUT_RIGHTS = """
import ctypes, os, sys
if os.getuid() == 0 and any(ctypes.CDLL(None).prctl(24, right, 0, 0, 0) for right in (1, 2)):
    sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])
"""
WITH_SMALL_FILES = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""


def run_through(site: Site, wrapper: str, *arguments: str, **env: str) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", wrapper, *arguments],
        cwd=site.root,
        env=environment(PYTHONDONTWRITEBYTECODE="1", **env),  # bytecode would be cut off, too
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("root cannot give up its rights here")
    return Run(done.returncode, done.stdout, done.stderr)
