"""Hosts: whose site a link leads to. A name that only looks like another's is how readers are led astray.

The confusable letters are those of Unicode TR 39 that pass for an ASCII letter in ordinary fonts.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import may_link, read_pair, unhidden

_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]{2,}([^/?#\\]*)")
_REMOVED = re.compile("[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_MOST_REPORTED = 5

_LOOK_ALIKES = {
    "a": "аɑαạ",
    "b": "Ьƅ",
    "c": "сϲⅽ",
    "d": "ԁⅾ",
    "e": "еҽɛ",
    "g": "ɡց",
    "h": "һհ",
    "i": "іıίι",
    "j": "јϳ",
    "k": "кκ",
    "l": "ӏⅼ",
    "m": "мⅿ",
    "n": "пηոռ",
    "o": "оοօσ",
    "p": "рρ",
    "q": "ԛգ",
    "r": "гᴦ",
    "s": "ѕꜱ",
    "t": "тτ",
    "u": "υսᴜ",
    "v": "ѵνⅴ",
    "w": "ԝѡա",
    "x": "хχⅹ",
    "y": "уүγ",
    "z": "ᴢ",
    ".": "\u3002\uff0e\uff61\u2024\u06d4",
    "/": "\u2044\u2215\u29f8\uff0f",
    "-": "\u2010\u2011\u2013\u2212",
}
"""Letters and dots that pass for an ASCII character, under that character."""

_SKELETON = str.maketrans({alike: plain for plain, all_alike in _LOOK_ALIKES.items() for alike in all_alike})


def find_hosts(situation: Situation) -> Iterator[Problem]:
    """A problem for each new target whose host is not plain ASCII, or hides behind a name, a backslash or an escape."""
    text, translation = situation.segment.text, situation.translation
    if not may_link(translation):
        return
    source, target = read_pair(text, translation, situation.labels)
    new = [url for url in dict.fromkeys((*target.targets, *target.shown)) if url not in source.targets]
    if not new:
        return
    known = frozenset(
        host for url in source.targets[:1000] for host in (authority_of(unhidden(url)),) if host
    )
    reported = 0
    for url in new:
        problem = _problem(unhidden(url), known)
        if problem:
            yield Problem(f"{problem}; restore the source's link")
            reported += 1
            if reported == _MOST_REPORTED:
                return


def _problem(url: str, known: frozenset[str]) -> str | None:
    if "\\" in url and re.match(r"[A-Za-z+.-]*:?[/\\]", url):
        return f"the link {quoted(url)} holds a backslash, which browsers read as a slash"
    authority = authority_of(url)
    if not authority or authority in known:
        return None
    shown = quoted(authority)
    if "@" in authority or "%40" in authority:
        return f"the link {quoted(url)} leads to what stands behind the @, not to what stands before it"
    if "%" in authority:
        return f"the host {shown} is percent-encoded"
    host = authority.partition(":")[0]
    alike = next((old for old in known if old != authority and skeleton(old) == skeleton(host)), None)
    if alike is not None:
        return f"the host {shown} only looks like {quoted(alike)}"
    if not host.isascii() or host.startswith("xn--") or ".xn--" in host:
        return f"the host {shown} has letters that may pass for others ({_ascii_form(host)})"
    return None


def authority_of(url: str) -> str:
    r"""What stands between a URL's `//` and its path, in small letters; empty for relative targets.

    >>> authority_of(r"https:\\Example.org\x"), authority_of("/x")
    ('example.org', '')
    """
    if url[:4].lower() == "www.":
        url = "//" + url
    match = _AUTHORITY.match(_REMOVED.sub("", html.unescape(url[:4000])))
    return match[1].lower() if match else ""


@lru_cache(maxsize=1024)
def skeleton(host: str) -> str:
    r"""A host with every look-alike letter as the ASCII letter that it passes for.

    >>> skeleton("ex\u0430mple\u3002org")
    'example.org'
    """
    name = host.partition(":")[0]
    if "xn--" in name:
        name = ".".join(_decoded(label) for label in name.split("."))
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_SKELETON))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SKELETON).lower()


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _ascii_form(host: str) -> str:
    """The host as the name servers know it (IDNA)."""
    try:
        return quoted(host[:200].encode("idna").decode("ascii"))
    except UnicodeError:
        return "no name server knows it"


CHECK = Check(
    name="hosts",
    severity="error",
    find=find_hosts,
    what="A new host is written in plain ASCII, without a name before an @, backslashes, escapes or look-alike letters.",
    why="https://campact.de@evil.example, and a Cyrillic а for an a, lead to a stranger's site under a friend's name.",
    right=("[a](https://de.wikipedia.org/wiki/A)", "[a](https://fr.wikipedia.org/wiki/A)"),
    wrong=("[a](https://campact.de)", "[a](https://c\u0430mpact.de)"),
)
