"""Names of hosts in plain text: nobody can click on them, and many a reader will type them in."""

import re
from collections.abc import Iterator
from itertools import islice

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.targets import TOP_DOMAINS
from netzwerk_i18n.checks.warnings.prose import HIDDEN, read_prose

_MOST_REPORTED = 5
_HOST = re.compile(
    rf"""(?<![\w.@/:+-])(?P<host>(?:[a-z0-9-]{{1,63}}\.){{0,6}}[a-z0-9-]{{3,63}}\.
        (?:[a-z]{{2}}|{TOP_DOMAINS}))(?![\w-]|\.[a-z])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def find_named_hosts(situation: Situation) -> Iterator[Problem]:
    """A problem for each name of a host that stands in the text and not in the source."""
    translation = situation.translation
    if "." in translation:
        yield from islice(_named(situation.segment.text.lower(), translation), _MOST_REPORTED)


def _named(source: str, translation: str) -> Iterator[Problem]:
    prose = ""
    for match in _HOST.finditer(translation):
        host = match["host"]
        top = host.rpartition(".")[2]
        if host.lower() in source or not (top.islower() or host.isupper()):
            continue
        prose = prose or read_prose(translation).text
        if prose[match.start()] != HIDDEN:
            yield Problem(
                f"{host} is the name of a host that the source does not name; remove it, or check whose it is",
                match.start(),
                match.end(),
            )


CHECK = Check(
    name="named-hosts",
    severity="warning",
    find=find_named_hosts,
    what="The text names no host that its source does not name.",
    why="A name such as evil.example is no link, but readers type it in, and mail programs make a link of it.",
    right=("Mehr auf campact.de", "Plus sur campact.de"),
    wrong=("Mehr im Netz", "Plus sur evil.example"),
)
