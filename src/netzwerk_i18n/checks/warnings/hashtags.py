"""Hashtags and mentions: a campaign's tag that an engine translated or a volunteer lost finds nobody."""

from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.prose import HIDDEN, MENTION, TAG, read_prose

_TRIED = 20


def find_hashtags(situation: Situation) -> Iterator[Problem]:
    """A problem for each hashtag or mention of the source that the translation lacks."""
    source = situation.segment.text
    if "#" not in source and "@" not in source:
        return
    own = situation.translation.casefold()
    present = set(TAG.findall(own)) | set(MENTION.findall(own))
    prose = read_prose(source).text  # a fragment of a link's target is no hashtag
    found = (match for pattern in (TAG, MENTION) for match in pattern.finditer(source))
    wanted = dict.fromkeys(match[0] for match in found if prose[match.start()] != HIDDEN)
    lost = [tag for tag in wanted if tag.casefold() not in present]
    for tag in lost[:_TRIED]:
        if tag.casefold() not in own:  # a script without spaces may write on behind it
            yield Problem(f"{tag[:60]} is not in the translation; keep it as it is")


CHECK = Check(
    name="hashtags",
    severity="warning",
    find=find_hashtags,
    what="Each hashtag and each mention of the source stands in the translation.",
    why="A hashtag that is translated is another hashtag, and a mention that is lost reaches nobody.",
    right=("Die Bewegung **#HelloQuitX**", "Le mouvement **#HelloQuitX**"),
    wrong=("Die Bewegung **#HelloQuitX**", "Le mouvement **#BonjourQuitteX**"),
)
