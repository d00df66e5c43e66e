"""Links: a translation leads to where its source leads.

A changed petition link is the attack that a campaign must fear most; a link to the reader's own Wikipedia is what it
must allow. :mod:`~netzwerk_i18n.checks.targets` tells them apart.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.likeness import is_target
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import Reading, hidden, may_link, read_pair, unhidden
from netzwerk_i18n.checks.targets import added_address, is_allowed, may_replace, parse_target, spelling

MOST_REPORTED = 5
"""How many links of one message are reported; the rest would say the same."""

_MOST_COMPARED = 50
_VALUE_FORMS = frozenset({"value", "parameter"})
_HOST_AS_TEXT = re.compile(
    r"(?<!!)\[[*_\s]{0,4}(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?:[/?#:][^\[\]\s]{0,500})?[*_\s]{0,4}\]\("
)
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,200}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9</=])(?<!=[\"'])(?:(?:https?|ftp)://[\w.@:%+~#=-]{1,256}\.[a-z]+|www\.[\w.@:%+~#=-]{1,256}\.[a-z]+)(?::\d+)?"
    r"(?:[/#?][\w@:%+.~#$!?&/=();,'\">^{}\[\]`-]*)?",
    re.ASCII | re.IGNORECASE,
)
"""A bare address as Goldmark reads it: on through quotes, brackets and marks of emphasis, to a blank."""
_MARKS = re.compile(r"[_'\">&^\[\]`]")
_NO_PLAIN_TEXT = re.compile(
    r"\\[!-/:-@\[-`{-~] | `+[^`]*`+ | <[A-Za-z/!][^<>]*> | \]\([^()\s]*(?:[ \t\n][^()]*)?\)", re.VERBOSE
)
_SIGNS_ONLY = re.compile(r"(?:[^\w/?\#=%&@\\$+]|_)*")
"""Quotes, brackets and other marks behind an address: Goldmark may take them in, but they lead nowhere else."""
_LAST_REFERENCE = re.compile(r"&[A-Za-z0-9]+;[?!.,:*_~]*\Z")
"""The only character reference that Goldmark leaves out of an address (GFM, section 6.9)."""
_CLOSING = ".,:;!?)'\">]^_~`"
_BEFORE_MAIL = ".!#$%&'*+/=?^_`{|}~-"
_HOST = re.compile(r":\d+\Z")
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:[a-z]{2}|com|org|net|info|biz|eu|social|example|test|app|dev|online|site|xyz|top|shop|club|live|news|blog)"
)
_RAW_TARGET = re.compile(r"\]\([ \t\n]*<?([^\s<>)]+)")

_DESTINATION = re.compile(
    r"\]\([ \t\n]*(<(?:\\.|[^<>\\\n])*>|(?:\\\S|\((?:\\\S|[^\s()\\])*\)|[^\s()\\])*)", re.DOTALL
)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]|&(?:\#[xX]?)?[0-9A-Za-z]{1,32};")


def find_links(situation: Situation) -> Iterator[Problem]:
    """A problem for each target that is added, changed or dropped."""
    text, translation = situation.segment.text, situation.translation
    if situation.segment.form in _VALUE_FORMS and is_target(text):
        if not _replaces(situation, text, translation.strip(" \t\r\n")):
            yield Problem(
                f"the text is a link's target or a file's name, {quoted(text)}, and became {quoted(translation)}; "
                "copy it from the source, or allow the change under [checks.links] allow or [links]"
            )
        return
    if not may_link(translation) and not may_link(text):
        return
    source, target = read_pair(text, translation, situation.labels)
    if target.unreadable:
        yield Problem(f"the translation {target.unreadable}; shorten it")
        return
    yield from islice(_compare(situation, source, target), MOST_REPORTED)


def _compare(situation: Situation, source: Reading, target: Reading) -> Iterator[Problem]:
    lost, new = _difference(source.targets, target.targets)
    if lost or new:
        yield from _pair(situation, lost, new)
        if lost or new:
            return
    if "@" in situation.translation:
        added = Counter(_mail_names(situation.translation)) - Counter(_mail_names(situation.segment.text))
        for name in islice(added, 1):
            yield Problem(
                f"Hugo makes the mail address {quoted(name)} of this, which its source lacks; set a blank before it",
                *_place(situation, name),
            )
            return
    if "://" in situation.translation or "www." in situation.translation:
        for start, end in islice(_glued(situation, target), 1):
            yield Problem(
                f"Hugo takes what stands directly behind the address {quoted(situation.translation[start:end])} "
                "for a part of it; set a blank between",
                start,
                end,
            )
            return
    if len(target.targets) - target.unlinked < len(source.targets) - source.bare:
        yield Problem(
            "a link became an address that Hugo makes no link of; write [text](target), or set a blank before it"
        )
        return
    if source.images != target.images:
        was, is_now = ("an image", "a link") if target.images < source.images else ("a link", "an image")
        yield Problem(f"{was} became {is_now}; an image is written ![text](target), a link [text](target)")
        return
    yield from islice(_foreign_names(situation, target), 1)
    known = (*source.shown, *source.targets, *target.targets) if target.shown else ()
    spellings = set(map(spelling, known))
    for url in target.shown:
        if spelling(url) not in spellings and not any(
            _replaces(situation, other, url) for other in known[:_MOST_COMPARED]
        ):
            yield Problem(
                f"the text of a link shows {quoted(url)}, where the link does not lead; show the link's own address",
                *_place(situation, url),
            )
            return
    if "](" in situation.translation:
        yield from islice(_respelled(situation), 1)
        yield from _broken(situation, target)


def _glued(situation: Situation, target: Reading) -> Iterator[tuple[int, int]]:
    """Where an address of the translation goes on, as Goldmark reads it, behind what is compared with the source."""
    translation = situation.translation
    if not _MARKS.search(translation):
        return
    known = {address.rstrip(_CLOSING) for address, _ in _addresses(situation.segment.text)}
    known.update(unhidden(url).rstrip(_CLOSING) for url in target.targets)
    for address, start in _addresses(translation):
        if address.rstrip(_CLOSING) in known or not _MARKS.search(address):
            continue
        compared = (unhidden(url) for url in target.targets[:_MOST_COMPARED])
        if not any(url.startswith(address) or _adds_signs_only(url, address) for url in compared):
            yield start, start + len(address)


def _adds_signs_only(url: str, address: str) -> bool:
    return _SIGNS_ONLY.fullmatch(_LAST_REFERENCE.sub("", address.removeprefix(url))) is not None


def _addresses(text: str) -> Iterator[tuple[str, int]]:
    """The bare addresses of a text and where they begin; within brackets, which may be a link's, up to the end of these."""
    plain = _NO_PLAIN_TEXT.sub(_blanked, hidden(text))
    depth = position = 0
    for match in _ADDRESS.finditer(plain):
        before = plain[position : match.start()]
        depth = max(0, depth + before.count("[") - before.count("]"))
        address = match[0].partition("]")[0] if depth else match[0]
        position = match.start() + len(address)
        yield address, match.start()


def _blanked(match: re.Match[str]) -> str:
    """Signs of the same number that end an address and open nothing."""
    return "|" * (len(match[0]) - 1) + ("]" if match[0].startswith("](") else "|")


def _mail_names(text: str) -> Iterator[str]:
    """Mail addresses as Goldmark finds them: its names may hold marks of emphasis and apostrophes (RFC 5322, atext)."""
    for match in _MAIL.finditer(hidden(text)):
        yield match[0].lstrip(_BEFORE_MAIL).rstrip("-")


def _foreign_names(situation: Situation, target: Reading) -> Iterator[Problem]:
    """A problem for each link whose whole text is the name of a host that is neither its own nor the source's."""
    for match in _HOST_AS_TEXT.finditer(situation.translation):
        name = match["host"].lower().removeprefix("www.")
        if name in situation.segment.text.lower() or not _is_domain(name):
            continue
        hosts = {
            parse_target(unhidden(url)).host.removeprefix("www.") for url in target.targets[:_MOST_COMPARED]
        }
        known = {_HOST.sub("", host) for host in hosts} | hosts
        if not any(name == host or host.endswith(f".{name}") or _alike(name, host) for host in known):
            yield Problem(
                f"the text of a link names {quoted(match['host'])}, where the link does not lead; name its own host",
                match.start("host"),
                match.end("host"),
            )


def _is_domain(name: str) -> bool:
    return _DOMAIN.fullmatch(name) is not None


def _alike(name: str, host: str) -> bool:
    """Whether both are one name in two languages: `wikipedia.fr` for `fr.wikipedia.org`."""
    return name.split(".")[-2] in host.split(".")


def _difference(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What only one of both holds, each as often as it holds it more than the other."""
    if old == new:
        return [], []
    before, after = Counter(map(spelling, old)), Counter(map(spelling, new))
    lost, added = before - after, after - before
    return _pick(old, lost), _pick(new, added)


def _pick(targets: tuple[str, ...], wanted: Counter[str]) -> list[str]:
    picked = []
    for target in targets:
        key = spelling(target)
        if wanted[key] > 0:
            wanted[key] -= 1
            picked.append(target)
    return picked


def _pair(situation: Situation, lost: list[str], new: list[str]) -> Iterator[Problem]:
    """A problem for each target that has no partner; those that have one leave the lists."""
    alone: list[str] = []
    for target in _choosiest_first(situation, lost, new):
        partner = next((old for old in lost[:_MOST_COMPARED] if _replaces(situation, old, target)), None)
        if partner is not None:
            lost.remove(partner)
        elif not is_allowed(unhidden(target), situation.rules):
            alone.append(target)
            if len(alone) == _MOST_COMPARED:
                break
    new[:] = alone
    for target in new:
        place = _place(situation, target)
        shown = quoted(unhidden(target))
        if lost:
            raw = unhidden(lost.pop(0))
            old = quoted(raw)
            address = added_address(raw, unhidden(target))
            if address is not None:
                yield Problem(
                    f"the text of the mail names the address {quoted(address)}, which the source's does not; remove it, "
                    "set a blank if it is none, or allow it under [checks.links] allow",
                    *place,
                )
                continue
            yield Problem(
                f"the link {old} became {shown}; restore it, or allow the change under [checks.links] allow or [links]",
                *place,
            )
        else:
            yield Problem(
                f"the translation links to {shown}, which its source does not; remove it, or allow it under "
                "[checks.links] allow",
                *place,
            )
    for target in lost:
        yield Problem(f"the link to {quoted(unhidden(target))} is missing; copy it from the source")


def _choosiest_first(situation: Situation, lost: list[str], new: list[str]) -> list[str]:
    """The new targets, so that one which may stand in many places leaves those to others that have but one."""
    if not 1 < len(new) <= _MOST_COMPARED or len(lost) == 1:
        return new
    return sorted(
        new, key=lambda target: sum(_replaces(situation, old, target) for old in lost[:_MOST_COMPARED])
    )


def _replaces(situation: Situation, old: str, new: str) -> bool:
    return may_replace(
        unhidden(old), unhidden(new), situation.locale, situation.source_locale, situation.rules
    )


def _respelled(situation: Situation) -> Iterator[Problem]:
    """A problem for each target with an escape or a character reference that the source's targets lack.

    CommonMark decodes them; the render hooks that Hugo has for sites in several languages link to them as they stand.
    """
    if "\\" not in situation.translation and "&" not in situation.translation:
        return
    known = set(_ESCAPE.findall("\n".join(_DESTINATION.findall(hidden(situation.segment.text)))))
    for match in _DESTINATION.finditer(hidden(situation.translation)):
        for escape in _ESCAPE.findall(match[1]):
            if escape not in known and escape != "&amp;":
                yield Problem(
                    f"the link's target holds {quoted(escape)}, which Hugo does not decode there; "
                    "copy the target from the source",
                    match.start(1),
                    match.end(1),
                )


def _broken(situation: Situation, target: Reading) -> Iterator[Problem]:
    """What looks like a link's target, and is none: brackets that a machine or a slip broke."""
    text = hidden(situation.segment.text)
    translation = hidden(situation.translation)
    known = set(_RAW_TARGET.findall(text))
    targets = sorted(target.targets)
    spellings = set(map(spelling, targets))
    for match in _RAW_TARGET.finditer(translation):
        raw = match[1]
        place = bisect_left(targets, raw)
        if raw in known or any(t.startswith(raw) for t in targets[place : place + 1]):
            continue
        if spelling(raw) in spellings:
            continue
        if raw.replace("\\", "") in {t.replace("\\", "") for t in target.targets} or "&" in raw:
            continue
        yield Problem(
            f"]({quoted(unhidden(raw))} looks like a link and is none; write [text](target)",
            match.start(),
            match.end(),
        )
        return


def _place(situation: Situation, target: str) -> tuple[int | None, int | None]:
    start = situation.translation.find(target)
    return (start, start + len(target)) if start >= 0 else (None, None)


CHECK = Check(
    name="links",
    severity="error",
    find=find_links,
    what="Links and images lead to the source's targets, in front matter too; only the language of a wiki, folder or host may differ.",
    why="A translation that changes a petition's link, or adds a link, leads the campaign's readers to somebody else.",
    right=(
        "[Wikipedia](https://de.wikipedia.org/wiki/Fediverse)",
        "[Wikipédia](https://fr.wikipedia.org/wiki/Fediverse)",
    ),
    wrong=("[Petition](https://example.org/a)", "[Pétition](https://example.org/b)"),
)
