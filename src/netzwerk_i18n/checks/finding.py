"""What a check reports, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from netzwerk_i18n.page import Segment


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a translation.

    Attributes:
        check: the name of the check.
        message: what is wrong and what to do, one sentence without its full stop.
        severity: "error" (such a translation is not published) or "warning".
    """

    check: str
    message: str
    severity: str = "error"


Check = Callable[[Segment, str], Finding | None]
"""A check of one translation: the segment where it will stand and the msgstr in, a finding or None out."""
