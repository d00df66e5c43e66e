"""Sites for the report: every state of a message, several scripts, texts that want to do harm, and a history."""

import json
from collections.abc import Mapping
from pathlib import Path

from cli_server import COMMAND
from cli_site import CATALOG, Site, configuration, environment

__all__ = [
    "CATALOG",
    "COMMAND",
    "HOSTILE",
    "PAGE",
    "Site",
    "environment",
    "history_line",
    "hostile_site",
    "mixed_site",
    "report",
]

PAGE = """\
---
title: Wir gehen
description: Gruppen, Bewegungen und Einzelpersonen
---

# Wir gehen

Am 5. Mai gehen wir **alle zusammen** auf die [Straße](https://example.org/strasse).

- Plakate malen
- Freunde fragen

> Wer nicht fragt, bleibt dumm.

| Stadt | Uhrzeit |
| --- | --- |
| Köln | 12 Uhr |

Bis dann!
"""

FRENCH = {
    "Wir gehen": "Nous marchons",
    "Gruppen, Bewegungen und Einzelpersonen": "Groupes, mouvements et personnes",
    "Am 5. Mai gehen wir **alle zusammen** auf die [Straße](https://example.org/strasse).": (
        "Le 5 mai, nous descendons **tous ensemble** dans la [rue](https://example.org/strasse)."
    ),
    "Plakate malen": "Peindre des affiches",
    "Freunde fragen": "[Demander](https://evil.example/x) aux amis",
    "Wer nicht fragt, bleibt dumm.": "Qui ne demande pas reste bête.",
    "Stadt": "Ville",
    "Köln": "Cologne",
    "12 Uhr": "13 heures",
}
ARABIC = {
    "Wir gehen": "نحن ذاهبون",
    "Plakate malen": "رسم الملصقات",
    "Am 5. Mai gehen wir **alle zusammen** auf die [Straße](https://example.org/strasse).": (
        "في 5 مايو سننزل **جميعًا معًا** إلى [الشارع](https://example.org/strasse)."
    ),
}
JAPANESE = {
    "Wir gehen": "行きます",
    "Wer nicht fragt, bleibt dumm.": "聞かぬは一生の恥。",
    "Am 5. Mai gehen wir **alle zusammen** auf die [Straße](https://example.org/strasse).": (
        "5月5日、私たちは**みんな一緒に**[通り](https://example.org/strasse)に出ます。"
    ),
}

HOSTILE = (
    "<script>window.harmed = 1</script>",
    '<img src="x" onerror="window.harmed = 1">',
    "</script><script>window.harmed = 1</script>",
    "</style><style>body { display: none }</style>",
    '" onmouseover="window.harmed = 1" x="',
    "[Klick](javascript:window.harmed=1)",
    "[Klick](data:text/html,<script>window.harmed=1</script>)",
    "[Klick](//evil.example/x)",
    "![Bild](https://evil.example/pixel.png)",
    "<https://evil.example/?a=<b>>",
    "--><svg onload=window.harmed=1>",
    "{{ 7 * 7 }} {% raw %} {{ config }}",
    "verkehrt \u202eherum\u202c gelesen \u200bhier",
    "&lt;b&gt; &#x3c;script&#x3e;",
    "`<b>` und *<i onclick=window.harmed=1>*",
    "<iframe src=https://evil.example></iframe><base href=https://evil.example><meta http-equiv=refresh content=0>",
)


def mixed_site(root: Path, *more: str, extra: str = "") -> Site:
    """A site with a message in each state in French, and a few translations in Arabic and Japanese."""
    site = Site(root)
    site.write("netzwerk-i18n.toml", configuration("fr", "ar", "ja", *more, more=extra))
    site.write("content/demo.de.md", PAGE)
    site.write("content/unten/zweite.de.md", "# Plakate malen\n\nWer nicht fragt, bleibt dumm.\n")
    site.ok("extract")
    for name, texts in (("fr", FRENCH), ("ar", ARABIC), ("ja", JAPANESE)):
        site.translate(texts, CATALOG.format(name))
    with site.edited() as po:
        for entry in po:
            if entry.msgid == "Wer nicht fragt, bleibt dumm.":
                entry.flags, entry.previous_msgid = ["fuzzy"], "Wer viel fragt, bleibt klug."
            elif entry.msgid == "Plakate malen":
                entry.flags, entry.tcomment = ["fuzzy"], "mt: google"
            elif entry.msgid == "Stadt":
                entry.flags = ["fuzzy"]
    return site


def hostile_site(root: Path) -> Site:
    """A site whose source texts and translations are attacks, on a page whose name is one too."""
    site = Site(root)
    site.write("netzwerk-i18n.toml", configuration("fr"))
    site.write(
        "content/seite.de.md", "# Seite\n\n" + "\n\n".join(f"Text {n}" for n in range(len(HOSTILE))) + "\n"
    )
    site.write('content/"><img src=x onerror=window.harmed=1>&#x27;.de.md', "# Name\n")
    site.ok("extract")
    with site.edited() as po:
        texts = [entry for entry in po if entry.msgid.startswith("Text ")]
        for number, (entry, text) in enumerate(zip(texts, HOSTILE, strict=True)):
            entry.msgstr = text
            entry.tcomment = text.replace("\u202e", "").replace("\u202c", "")
            if number % 2:
                entry.flags, entry.previous_msgid = ["fuzzy"], text
    return site


def history_line(digest: str, time: str, **words: Mapping[str, int]) -> str:
    """A record in which each locale has so many words by state; what is translated is published."""
    locales = {
        name: {"messages": counts, "words": counts, "published_words": counts.get("translated", 0)}
        for name, counts in words.items()
    }
    return json.dumps({"time": time, "commit": None, "digest": digest * 64, "locales": locales}) + "\n"


def report(site: Site, *arguments: str) -> Path:
    """The report of a site, written by the real command."""
    folder = site.root / "report"
    site.ok("status", "--format", "html", "-o", str(folder), *arguments)
    return folder
