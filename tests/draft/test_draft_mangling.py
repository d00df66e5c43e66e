"""An engine that does everything wrong: what it says never reaches a catalog unless it is whole."""

from pathlib import Path

import polib
import pytest
from cli_site import CATALOG, Site
from draft_servers import MANGLINGS, Mischief, Translate, serving
from draft_site import FAST, drafting_site, marks, translate, untranslated
from draft_texts import structure

PAGE = """\
---
title: Die Bewegung & mehr
description: "Ein \\"Satz\\" in Anführung"
---

# Überschrift mit `code`

Ein Satz mit **fetter Schrift**, *schräger* und [einem Verweis](https://example.org/a_(b) "Titel") darin.

Ein Bild ![Das Bild](bild.png "Titel"), ein Kürzel {{< kurz "x" >}} und eine Fußnote[^1]. #HelloQuitX

| Kopf **eins** | Kopf zwei |
| --- | --- |
| Zelle `a\\|b` | [Zelle](/de/zwei) |

* Punkt *zwei* & drei
* <https://example.org> und &copy; und 3 < 4

<p class="a">Ein Absatz in <b>HTML</b> mit <a href="https://example.org/x?a=1&amp;b=2">Verweis</a>.</p>

[^1]: Die Fußnote mit ~~Strich~~.
"""

NAMES = ("google", "mymemory", "libretranslate", "deepl", "llm")


def require_right_states(site: Site) -> None:
    """Every message is a draft with its mark and its markup, or empty without a mark."""
    polib.pofile(str(site.root / CATALOG.format("fr")))
    for entry in site.catalog():
        assert bool(entry.msgstr) == entry.fuzzy == bool(marks(entry)), entry
    for entry in site.catalog():
        if entry.msgstr and "Front matter" not in entry.comment:
            assert structure(entry.msgid) == structure(entry.msgstr), (entry.msgid, entry.msgstr)
    found = site.run("check", "--format", "json")
    assert '"errors": 0' in found.out, found.out


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_server_does_every_message_ends_in_a_right_state(
    tmp_path: Path, name: str, seed: int
) -> None:
    mischief = Mischief(seed, slow=0.03)
    with serving(name, mischief.translate, mischief.fault) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE, options=FAST)
        run = translate(site)
    assert run.code in {0, 1}
    assert run.out.splitlines()[-1].startswith("translate: ")
    assert (run.code == 1) == bool(untranslated(site)) or "stopped" in run.err
    require_right_states(site)


@pytest.mark.parametrize("change", MANGLINGS, ids=lambda change: str(change.__name__))
@pytest.mark.parametrize("name", ["google", "deepl"])
def test_an_engine_that_always_mangles_in_one_way_damages_nothing(
    tmp_path: Path, name: str, change: Translate
) -> None:
    with serving(name, change) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        run = translate(site)
    assert run.code in {0, 1}
    require_right_states(site)


def test_runs_go_on_until_everything_is_drafted(tmp_path: Path) -> None:
    mischief = Mischief(7, share=0.2)
    with serving("libretranslate", mischief.translate, mischief.fault) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        left = []
        for _ in range(6):
            translate(site)
            left.append(len(untranslated(site)))
    assert left == sorted(left, reverse=True)
    assert left[-1] < left[0] or not left[0]
    require_right_states(site)
