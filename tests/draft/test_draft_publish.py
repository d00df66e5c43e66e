"""Drafts on published pages: only where the project says so, with a notice for the theme, and checked again."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli_site import Site, complaint
from draft_site import drafting_site, found, translate

from netzwerk_i18n.catalog import Mark

BODY = "# Hallo\n\nErster Satz mit **Fett**.\n\nZweiter Satz.\n"
PUBLISH = '[locales.fr]\npublish = "drafts"\n'
TARGET = "content/seite.fr.md"


def drafted(tmp_path: Path, page: str, *, more: str = PUBLISH, draft: str = "") -> Site:
    site = drafting_site(tmp_path / "site", None, page=page, draft=f'engine = "pseudo"\n{draft}', more=more)
    assert translate(site).code == 0
    return site


def notice(site: Site, key: str = "translation") -> Any:
    text = site.read(TARGET)
    if text.startswith("+++"):
        return tomllib.loads(text.split("+++")[1])[key]
    if text.startswith("{"):
        return json.JSONDecoder().raw_decode(text)[0][key]
    return yaml.safe_load(text.split("---")[1])[key]


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ntitle: Titel # so\n---\n",
        '+++\ntitle = "Titel"\n[a]\nb = 1\n+++\n',
        '{\n "title": "Titel"\n}\n',
        "",
    ],
    ids=["yaml", "toml", "json", "none"],
)
def test_a_page_with_drafts_says_so_in_its_front_matter(tmp_path: Path, front_matter: str) -> None:
    site = drafted(tmp_path, front_matter + BODY)
    site.ok("build")
    assert notice(site) == {"status": "draft", "engine": "pseudo", "coverage": 1.0, "source": "de"}
    assert "# \\[Ĥáłłó" in site.read(TARGET)
    before = site.snapshot()
    site.ok("build")
    assert site.snapshot() == before
    assert (
        '"findings": []'
        in site.ok("check", "--skip", "length", "--format", "json", "--only", "page-structure").out
    )


def test_drafts_are_not_published_where_nobody_says_so(tmp_path: Path) -> None:
    site = drafted(tmp_path, BODY, more="[locales.fr]\nminimum_coverage = 0\n")
    site.ok("build")
    assert site.read(TARGET) == BODY


def test_a_page_without_a_draft_on_it_gets_no_notice(tmp_path: Path) -> None:
    site = drafted(tmp_path, BODY)
    with site.edited() as po:
        for entry in po:
            entry.msgstr = entry.msgid.replace("Satz", "Phrase")
            entry.flags.clear()
    site.ok("build")
    assert "translation" not in site.read(TARGET)
    assert site.read(TARGET) == BODY.replace("Satz", "Phrase")


def test_the_coverage_is_that_of_the_page_with_two_decimals_rounded_down(tmp_path: Path) -> None:
    site = drafted(tmp_path, "Eins zwei.\n\nDrei.\n", more=f"{PUBLISH}minimum_coverage = 0\n")
    with site.edited() as po:
        found(po, "Drei.").msgstr = ""
        found(po, "Drei.").flags.clear()
        found(po, "Drei.").tcomment = ""
    site.ok("build")
    assert "coverage: 0.66," in site.read(TARGET)


def test_the_key_of_the_notice_is_configurable_and_may_be_none(tmp_path: Path) -> None:
    site = drafted(tmp_path, f"---\ntitle: Titel\n---\n{BODY}", draft='notice = "maschine"\n')
    site.ok("build")
    assert notice(site, "maschine")["status"] == "draft"
    site = drafted(tmp_path / "zwei", f"---\ntitle: Titel\n---\n{BODY}", draft="notice = false\n")
    site.ok("build")
    assert "draft" not in site.read(TARGET)


def test_a_key_of_the_source_page_is_not_overwritten(tmp_path: Path) -> None:
    site = drafted(tmp_path, f"---\ntranslation: mein\n---\n{BODY}")
    run = site.run("build")
    assert complaint(run) == (
        "content/seite.de.md:1: the page has the key 'translation', where the notice of drafts would stand; "
        "rename it, or choose another key: [draft] notice"
    )
    assert not site.exists(TARGET)


def test_status_counts_drafts_apart_from_translations(tmp_path: Path) -> None:
    site = drafted(tmp_path, BODY)
    site.translate({"Zweiter Satz.": "Deuxième phrase."})
    with site.edited() as po:
        found(po, "Zweiter Satz.").flags.remove("fuzzy")
    total = site.status()["locales"]["fr"]["total"]
    assert (total["draft"], total["translated"], total["untranslated"]) == (2, 1, 0)
    assert "draft" in site.ok("status").out


def test_a_draft_that_breaks_its_page_is_not_published(tmp_path: Path) -> None:
    site = drafted(tmp_path, BODY, more=f"{PUBLISH}minimum_coverage = 0\n")

    with site.edited() as po:
        entry = found(po, "Zweiter Satz.")
        entry.msgstr = "<script>alert(1)</script>"
        entry.tcomment = Mark.of(entry.msgid, entry.msgstr, engine="google", date="2026-01-31").comment()
    run = site.run("build")
    assert run.code == 1
    assert "error: not published (block-shape)" in run.err
    assert "script" not in site.read(TARGET)


@pytest.mark.parametrize(("locale", "sign"), [("fr", "Ĥáłłó"), ("ar", "חאללו")])
def test_pseudo_texts_look_foreign_grow_and_stand_in_brackets(tmp_path: Path, locale: str, sign: str) -> None:
    site = drafting_site(
        tmp_path / "site", None, locale, page="Hallo Welt und alle anderen\n", draft='engine = "pseudo"\n'
    )
    assert translate(site).code == 0
    (entry,) = site.catalog(f"locales/{locale}/LC_MESSAGES/site.po")
    assert len(entry.msgstr) > 1.25 * len(entry.msgid)
    assert sign in entry.msgstr
    assert entry.msgstr.lstrip("\\")[0] == "["
    assert entry.msgstr[-1] == "]"
    assert not any(character in entry.msgstr for character in "\u202e\u202d\u200f")
