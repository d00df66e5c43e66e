"""A site with untranslated pages and an engine on loopback."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polib
from cli_site import CATALOG, Run, Site, configuration
from draft_servers import Service

PAGE = """\
---
title: Die Bewegung
---

# Überschrift

Ein Satz mit **fetter Schrift** und [einem Verweis](https://example.org/a_(b)).

Ein anderer Satz mit `code`, dem Bild ![Ein Bild](bild.png "Titel") und {{< kurz "x" >}}.

* Punkt eins
* Punkt *zwei* & drei

<p class="a">Ein Absatz in HTML mit <b>Fett</b>.</p>
"""

FAST = "backoff = 0\nrate = 0\ntimeout = 5\n"
OPTIONS = {"llm": 'model = "tiny"\n'}
"""What an engine needs besides the address of its server."""


def drafting_site(
    root: Path,
    service: Service | None,
    *locales: str,
    page: str = PAGE,
    options: str = FAST,
    draft: str = "",
    concurrency: int = 4,
    more: str = "",
) -> Site:
    """A site with one page, extracted, whose engine is the service."""
    site = Site(root)
    site.write("content/seite.de.md", page)
    settings = f"[draft]\nconcurrency = {concurrency}\n{draft}"
    if service is not None:
        settings += f'engine = "{service.name}"\n[engines.{service.name}]\nurl = "{service.url}"\n{OPTIONS.get(service.name, "")}{options}'
    site.write("netzwerk-i18n.toml", configuration(*(locales or ("fr",)), more=f"{more}\n{settings}"))
    site.ok("extract")
    return site


def drafts(site: Site, locale: str = "fr") -> dict[str, str]:
    """The drafts in a catalog: from msgid to msgstr."""
    found = {}
    for entry in site.catalog(CATALOG.format(locale)):
        if entry.fuzzy and marks(entry):
            found[entry.msgid] = entry.msgstr
    return found


def untranslated(site: Site, locale: str = "fr") -> list[str]:
    return [entry.msgid for entry in site.catalog(CATALOG.format(locale)) if not entry.msgstr]


def found(po: polib.POFile, msgid: str) -> polib.POEntry:
    """The entry of that msgid, which must be there."""
    entry = po.find(msgid)
    assert entry is not None, msgid
    return entry


def marks(entry: polib.POEntry) -> list[str]:
    return [line for line in entry.tcomment.splitlines() if line.startswith("mt: ")]


def glossary(site: Site, rows: Iterable[Iterable[str]]) -> None:
    site.write("glossary.csv", "".join(",".join(row) + "\n" for row in rows))


KEYS: Mapping[str, str] = {"DEEPL_AUTH_KEY": "0123-geheim-4567:fx", "LIBRETRANSLATE_API_KEY": "libre-geheim"}


def translate(site: Site, *arguments: str, **env: str) -> Run:
    """Run `translate` with keys and a cache of the site's own, and make sure that it ended as a run should."""
    run = site.run("translate", *arguments, **{**KEYS, **kept_apart(site), **env})
    assert run.code in {0, 1, 2}, run
    assert "Traceback" not in run.err, run.err
    assert "internal fault" not in run.err, run.err
    return run


def kept_apart(site: Site) -> dict[str, str]:
    """Where answers and models of this site are kept: beside it."""
    beside = site.root.parent
    return {
        "NETZWERK_I18N_CACHE": str(beside / f"{site.root.name}-cache"),
        "NETZWERK_I18N_MODELS": str(beside / f"{site.root.name}-models"),
    }
