"""Where things are kept between runs that can be made again: in the user's own cache, never in the project.

A project's files come from many people; what a run believes without looking again must not be among them.
"""

import os
from pathlib import Path

VARIABLE = "NETZWERK_I18N_CACHE"


def cache_folder() -> Path | None:
    """The folder for what is kept between runs; None where the user wants nothing kept.

    `NETZWERK_I18N_CACHE` names another folder; "off" keeps nothing. Otherwise it is where the platform keeps caches
    (`~/.cache` under the XDG base directory specification).
    """
    chosen = os.environ.get(VARIABLE, "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("netzwerk-i18n", appauthor=False)
