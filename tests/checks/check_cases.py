"""Cases of the checks, read from data files: a source, a translation, and where it would stand."""

import tomllib
from pathlib import Path
from typing import Any

from netzwerk_i18n.checks import Situation
from netzwerk_i18n.page import Segment

FURTHER_DOWN = 100
"""Where in its page a text begins that is not the first."""

FOLDER = Path(__file__).parent


def cases(name: str, table: str) -> list[dict[str, Any]]:
    """The cases in a data file, each with a name of its own."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text("utf-8"))[table]
    return found


def situation(case: dict[str, Any]) -> Situation:
    """The situation that a case describes."""
    segment = Segment(
        case["source"],
        case.get("kind", "paragraph"),
        1,
        None,
        (),
        case.get("start", FURTHER_DOWN),
        FURTHER_DOWN,
        breaks=tuple(case.get("breaks", ())),
        form=case.get("form", "markdown"),
        mark=case.get("mark", ""),
    )
    return Situation(
        segment,
        case["translation"],
        case.get("locale", "fr"),
        case.get("source_locale", "de"),
        labels=frozenset(case.get("labels", ())),
    )
