"""Settings for every test.

Property tests run the same examples each time, so that a change is judged by its own merits; `HYPOTHESIS=explore` looks
for new ones.
"""

import os
import tempfile

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
