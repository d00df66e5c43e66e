"""Schemes: what a link does when it is clicked. A translation's links open pages, mails and calls, and run nothing."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import read_pair, unhidden

SAFE = frozenset({"http", "https", "mailto", "tel"})
"""Schemes that a translation may use; others only where its source has the same target."""

_INVISIBLE = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]+"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MOST_REPORTED = 5


def find_schemes(situation: Situation) -> Iterator[Problem]:
    """A problem for each new target whose scheme is not one of the safe ones."""
    text, translation = situation.segment.text, situation.translation
    if "[" not in translation and "<" not in translation:
        return
    source, target = read_pair(text, translation, situation.labels)
    reported = 0
    for url in dict.fromkeys(target.targets):
        if url in source.targets:
            continue
        scheme = scheme_of(unhidden(url))
        if scheme and scheme not in SAFE:
            yield Problem(
                f"the link {quoted(unhidden(url))} has the scheme {quoted(scheme)}:, which may do anything; "
                "use https, http, mailto or tel"
            )
            reported += 1
            if reported == _MOST_REPORTED:
                return


def scheme_of(url: str) -> str:
    """The scheme that a browser may see in a target, in small letters; empty where it sees none.

    It is looked for as browsers do, behind entities, control characters and blanks (URL standard, section 4.4), and
    behind percent-encodings as well, which some software decodes once more.

    >>> scheme_of("java&#9;script:alert(1)"), scheme_of("/a:b")
    ('javascript', '')
    """
    for _ in range(3):
        decoded = unquote(html.unescape(url[:2000]))
        if decoded == url:
            break
        url = decoded
    match = _SCHEME.match(_INVISIBLE.sub("", url))
    return match[1].lower() if match else ""


CHECK = Check(
    name="schemes",
    severity="error",
    find=find_schemes,
    what="New link targets are http, https, mailto, tel or relative, however they are spelled.",
    why="A javascript: or data: link runs what it likes in the reader's browser.",
    right=("[Mail](mailto:a@example.org?subject=Hallo)", "[Mail](mailto:a@example.org?subject=Hello)"),
    wrong=("[Mehr](/mehr)", "[More](java&#x73;cript:alert(1))"),
)
