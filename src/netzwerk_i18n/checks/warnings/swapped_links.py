"""Swapped links: the source's targets are all there, but a name leads where another one should."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.targets import same_target

_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\(<?([^\s<>()]{1,2000})")
_MOST_LINKS = 100


def find_swapped_links(situation: Situation) -> Iterator[Problem]:
    """A problem for the first link whose text is that of a link of the source, and whose target is another one's."""
    source, translation = situation.segment.text, situation.translation
    if source.count("](") < 2 or source == translation:  # noqa: PLR2004 - two can change places
        return
    old = _LINK.findall(source)[:_MOST_LINKS]
    names: dict[str, list[str]] = {}
    for text, target in old:
        names.setdefault(_name(text), []).append(target)
    for match in list(_LINK.finditer(translation))[:_MOST_LINKS]:
        own = names.get(_name(match[1]))
        if own is None or any(same_target(match[2], target) for target in own):
            continue
        if any(same_target(match[2], target) for _, target in old):
            yield Problem(
                f"the link {match[1][:60]} leads elsewhere than in the source; give each link its own target",
                match.start(),
                match.end(),
            )
            return


def _name(text: str) -> str:
    return text.strip(" *_`").casefold()


CHECK = Check(
    name="swapped-links",
    severity="warning",
    find=find_swapped_links,
    what="A link that has the same text as in the source leads where it leads there.",
    why="Every target is the source's, so nothing is forged; but two names that changed places mislead all the same.",
    right=("[LeaveX](/a) und [eXit](/b)", "[eXit](/b) et [LeaveX](/a)"),
    wrong=("[LeaveX](/a) und [eXit](/b)", "[LeaveX](/b) et [eXit](/a)"),
)
