"""Pages with headings of all kinds, their translations, and what a generator's ids for both must have in common."""

import random
import re
from html.parser import HTMLParser
from typing import NamedTuple

from netzwerk_i18n.page import Page
from netzwerk_i18n.page.heading_ids import STYLES, source_ids

WORDS = (
    "Über uns Ziele 2025 für die Straße Überblick #LeaveX — – „Zitat“ C++ e-mail Was? Los! 1. 10% (neu) A/B z.B. `code` **fett** "
    '*kursiv* œuvre naïve 日本 Ελλάδα Привет ß ² € 👍 I’m "x" a\'b @you + = , ; Termine: Ж½ ÉTÉ İzmir हिन्दी x²'
).split()
FRENCH = "Nos objectifs de l’été à propos d’Œuvres 2026 quoi ? ÇA ×".split()
ODD = (
    "[Link](https://example.org) da",
    "a_b und _c_",
    "x &amp; y",
    "<b>fett</b> hier",
    r"mit \* Zeichen",
    "drei -- Striche",
)


class Pair(NamedTuple):
    """A page and its translation, which is `bare` without ids; `known` says of each heading whether its id must be the source's."""

    source: str
    localized: str
    bare: str
    known: list[bool]


def random_pair(chance: random.Random, style: str, *, setext: bool = True) -> Pair:
    """A page of up to eight headings, some of them the same, and its translation with ids for one generator."""
    lines: list[str] = []
    known: list[bool] = []
    some = [" ".join(chance.choices(WORDS, k=chance.randint(1, 4))) for _ in range(4)]
    # What has no words is no text to translate.
    some = [text if any(map(str.isalpha, text)) and chance.random() < 0.5 else f"A {text}" for text in some]
    for _ in range(chance.randint(1, 8)):
        text = chance.choice(ODD) if chance.random() < 0.1 else chance.choice(some)
        known.append(text not in ODD and STYLES[style].slug_of(text) != "")
        if chance.random() < 0.15:
            text = f"{text} {{#eigen{len(lines)}}}"
        if setext and chance.random() < 0.2 and text[0].isalpha():
            lines.append(f"{text}\n{chance.choice('=-') * 5}\n")
        else:
            below = chance.choice(("", "", "Gleich darunter.\n"))
            lines.append(f"{'#' * chance.randint(1, 4)} {text}\n{below}")
        if chance.random() < 0.5:
            lines.append("Ein Absatz.\n")
    page = Page.parse("\n".join(lines))
    french: dict[str, str] = {}
    for segment in page.segments:
        if segment.text not in ODD and chance.random() < 0.7:
            french.setdefault(segment.text, " ".join(chance.choices(FRENCH, k=chance.randint(1, 4))))
    localized = page.render(
        french, additions=source_ids(page, page, lambda each: french.get(each.text), style)
    )
    return Pair(page.text, localized, page.render(french), known)


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.found.append(dict(attrs).get("id"))


def heading_ids(html: str) -> list[str | None]:
    """The ids of the headings of a piece of HTML."""
    reader = _Ids()
    reader.feed(html)
    reader.close()
    return reader.found


def without_ids(html: str) -> str:
    """A piece of HTML without ids and what leads to them."""
    return re.sub(r"""\s(?:id|href)=(?:"[^"]*"|'[^']*'|[^\s>]*)""", "", html)


def differences(pair: Pair, source_html: str, localized_html: str) -> list[tuple[str | None, str | None]]:
    """The headings whose translation has another id, though it should not."""
    before, after = heading_ids(source_html), heading_ids(localized_html)
    if len(before) != len(after) or len(before) != len(pair.known):
        return [(str(before), str(after))]
    both = zip(before, after, pair.known, strict=True)
    return [(old, new) for old, new, known in both if known and old != new]
