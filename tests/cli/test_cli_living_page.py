"""The history of a page: every revision is extracted, and exactly those translations go stale whose words changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polib
import pytest
from cli_site import CATALOG, Site

PAGE = """\
---
title: Raus aus X
description: Wir gehen gemeinsam
---

# Warum wir gehen

Wir verlassen **X** und gehen ins [Fediverse](https://de.wikipedia.org/wiki/Fediverse).

## Termine

* Kundgebung in Berlin am 5. Mai
* Treffen in Wien
* Kaffee und Kuchen
* Kanada

Unterschreibt die [Petition](https://petition.example/leavex "Zur Petition") bis Montag. Wir zählen auf euch. Danke an alle.

Haus der Demokratie\\
Greifswalder Straße 4

![Unser Logo](logo.png)

> Noch Fragen? Schreibt an <mailto:info@netz.example>.

Die Anleitung steht in config.toml und wird von Ada gepflegt.
"""

FRENCH = {
    "Raus aus X": "Quitter X",
    "Wir gehen gemeinsam": "Nous partons ensemble",
    "Warum wir gehen": "Pourquoi nous partons",
    "Wir verlassen **X** und gehen ins [Fediverse](https://de.wikipedia.org/wiki/Fediverse).": "Nous quittons **X** pour le [Fediverse](https://fr.wikipedia.org/wiki/Fediverse).",
    "Termine": "Dates",
    "Kundgebung in Berlin am 5. Mai": "Le 5 mai, rassemblement à Berlin",
    "Treffen in Wien": "Rencontre à Vienne",
    "Kaffee und Kuchen": "Café et gâteau",
    "Kanada": "Canada",
    'Unterschreibt die [Petition](https://petition.example/leavex "Zur Petition") bis Montag. Wir zählen auf euch. Danke an alle.': 'Signez la [pétition](https://petition.example/leavex "Vers la pétition") avant lundi. Nous comptons sur vous. Merci à toutes et à tous.',
    "Haus der Demokratie\nGreifswalder Straße 4": "Maison de la démocratie\nGreifswalder Straße 4",
    "![Unser Logo](logo.png)": "![Notre logo](logo.png)",
    "Noch Fragen? Schreibt an <mailto:info@netz.example>.": "Des questions ? Écrivez à <mailto:info@netz.example>.",
    "Die Anleitung steht in config.toml und wird von Ada gepflegt.": "Le mode d’emploi se trouve dans config.toml, Ada s’en occupe.",
}

PETITION = 'Unterschreibt die [Petition](https://petition.example/neu "Zur Petition") bis Montag. Wir zählen auf euch. Danke an alle.'
JOINED = 'Unterschreibt die [Petition](https://petition.example/neu "Zur Petition") bis Montag. Wir zählen auf euch.'


@dataclass(frozen=True)
class Revision:
    """One change of the page: what is replaced, what is stale then (and what it was made from), and what is carried."""

    what: str
    changes: Mapping[str, str]
    stale: Mapping[str, str] = field(default_factory=dict)
    untranslated: frozenset[str] = frozenset()
    carried: Mapping[str, str] = field(default_factory=dict)


HISTORY = [
    Revision("bold becomes emphasis", {"**X**": "*X*"}, carried={
        "Wir verlassen *X* und gehen ins [Fediverse](https://de.wikipedia.org/wiki/Fediverse).": "Nous quittons *X* pour le [Fediverse](https://fr.wikipedia.org/wiki/Fediverse)."}),
    Revision("a URL is replaced", {"petition.example/leavex": "petition.example/neu"}, carried={
        PETITION: 'Signez la [pétition](https://petition.example/neu "Vers la pétition") avant lundi. Nous comptons sur vous. Merci à toutes et à tous.'}),
    Revision("list items change places", {"* Kundgebung in Berlin am 5. Mai\n* Treffen in Wien\n": "* Treffen in Wien\n* Kundgebung in Berlin am 5. Mai\n"}),
    Revision("a number changes", {"am 5. Mai": "am 6. Mai"}, stale={
        "Kundgebung in Berlin am 6. Mai": "Kundgebung in Berlin am 5. Mai"}),
    Revision("a link is put around a name", {"Kundgebung in Berlin": "Kundgebung in [Berlin](/berlin)"}, carried={
        "Kundgebung in [Berlin](/berlin) am 6. Mai": "Le 5 mai, rassemblement à [Berlin](/berlin) !"}),
    Revision("another country takes the place of one", {"* Kanada": "* Kanaan"}, untranslated=frozenset({"Kanaan"})),
    Revision("a hard break goes", {"Demokratie\\\nGreifs": "Demokratie Greifs"}, carried={
        "Haus der Demokratie Greifswalder Straße 4": "Maison de la démocratie Greifswalder Straße 4"}),
    Revision("a file name becomes code", {"config.toml": "`config.toml`"}, carried={
        "Die Anleitung steht in `config.toml` und wird von Ada gepflegt.": "Le mode d’emploi se trouve dans `config.toml`, Ada s’en occupe."}),
    Revision("a name is set in bold", {"von Ada": "von **Ada**"}, carried={
        "Die Anleitung steht in `config.toml` und wird von **Ada** gepflegt.": "Le mode d’emploi se trouve dans `config.toml`, **Ada** s’en occupe."}),
    Revision("a heading moves down a level", {"## Termine": "### Termine"}),
    Revision("the picture has another file", {"logo.png": "logo.svg"}, carried={"![Unser Logo](logo.svg)": "![Notre logo](logo.svg)"}),
    Revision("the picture has another text", {"Unser Logo": "Unser neues Logo"}, stale={"![Unser neues Logo](logo.svg)": "![Unser Logo](logo.svg)"}),
    Revision("an address changes", {"mailto:info@": "mailto:post@"}, carried={
        "Noch Fragen? Schreibt an <mailto:post@netz.example>.": "Des questions ? Écrivez à <mailto:post@netz.example>."}),
    Revision("a localized page moves", {"wiki/Fediverse": "wiki/Fediversum"}, carried={
        "Wir verlassen *X* und gehen ins [Fediverse](https://de.wikipedia.org/wiki/Fediversum).": "Nous quittons *X* pour le [Fediverse](https://fr.wikipedia.org/wiki/Fediverse)."}),
    Revision("a paragraph is divided", {"bis Montag. Wir": "bis Montag.\n\nWir"}, stale={
        'Unterschreibt die [Petition](https://petition.example/neu "Zur Petition") bis Montag.': PETITION, "Wir zählen auf euch. Danke an alle.": PETITION}),
    Revision("the texts of a paragraph are wrapped anew", {"steht in `config.toml` und": "steht\nin `config.toml`\nund"}),
    Revision("a sentence leaves its paragraph", {"euch. Danke an alle.": "euch.", "> Noch Fragen?": "Danke an alle.\n\n> Noch Fragen?"}, stale={
        "Wir zählen auf euch.": "Wir zählen auf euch. Danke an alle."}, untranslated=frozenset({"Danke an alle."})),
    Revision("paragraphs are joined", {"bis Montag.\n\nWir zählen auf euch.": "bis Montag. Wir zählen auf euch."}, stale={JOINED: JOINED}),
    Revision("quotes and dashes are set well", {"gehen ins [": 'gehen – ins "['}, carried={
        'Wir verlassen *X* und gehen – ins "[Fediverse](https://de.wikipedia.org/wiki/Fediversum).': "Nous quittons *X* pour le [Fediverse](https://fr.wikipedia.org/wiki/Fediverse)."}),
    Revision("a link goes", {"[Berlin](/berlin)": "Berlin"}, carried={"Kundgebung in Berlin am 6. Mai": "Le 5 mai, rassemblement à Berlin !"}),
    Revision("a paragraph moves to the top", {"> Noch Fragen? Schreibt an <mailto:post@netz.example>.\n\n": "", "# Warum wir gehen\n": "# Warum wir gehen\n\nNoch Fragen? Schreibt an <mailto:post@netz.example>.\n"}),
    Revision("a word changes in a heading", {"Warum wir gehen": "Warum wir jetzt gehen"}, stale={"Warum wir jetzt gehen": "Warum wir gehen"}),
    Revision("a word becomes bold, and its place is not certain", {"Kaffee und Kuchen": "Kaffee **und** Kuchen"}, carried={"Kaffee **und** Kuchen": "Café et gâteau"}),
    Revision("everything is as two revisions before", {"Kaffee **und** Kuchen": "Kaffee und Kuchen"}, carried={"Kaffee und Kuchen": "Café et gâteau"}),
]  # fmt: skip


def by_msgid(site: Site) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in site.catalog() if not entry.obsolete}


def review(site: Site) -> None:
    """What a translator does with what waits for her: a word with each, and the mark is gone."""
    with site.edited() as po:
        for entry in po:
            if not entry.obsolete and entry.fuzzy:
                entry.flags.remove("fuzzy")
                entry.previous_msgid = None
                entry.msgstr = entry.msgstr.rstrip(".") + " !"
            elif not entry.obsolete and not entry.msgstr:
                entry.msgstr = f"« {entry.msgid} »"


def test_in_the_history_of_a_page_only_changed_words_are_stale(site: Site) -> None:
    site.configure("fr")
    site.write("content/seite.de.md", PAGE)
    site.ok("extract")
    site.translate(FRENCH)
    assert all(entry.msgstr for entry in site.catalog())
    assert len(HISTORY) >= 20
    page = PAGE
    typed = {entry.msgstr for entry in site.catalog()}
    for revision in HISTORY:
        for old, new in revision.changes.items():
            assert page.count(old) == 1, (revision.what, old)
            page = page.replace(old, new)
        site.write("content/seite.de.md", page)
        site.ok("extract")
        entries = by_msgid(site)
        stale = {entry.msgid: entry.previous_msgid for entry in entries.values() if entry.fuzzy}
        assert stale == revision.stale, revision.what
        assert {msgid for msgid, entry in entries.items() if not entry.msgstr} == revision.untranslated, (
            revision.what
        )
        for msgid, msgstr in revision.carried.items():
            assert entries[msgid].msgstr == msgstr, revision.what
        catalog = site.catalog()
        kept = "\n".join(entry.msgstr for entry in catalog)
        assert all(text in kept for text in typed), revision.what
        before = site.contents()
        assert site.ok("extract").out.startswith("extract:"), revision.what
        assert site.contents() == before, revision.what
        review(site)
        typed |= {entry.msgstr for entry in site.catalog() if entry.msgstr}


def test_a_divided_paragraph_is_offered_the_parts_of_its_translation(site: Site) -> None:
    site.configure("fr")
    site.write("content/seite.de.md", "Erstens **so**. Zweitens anders. Drittens gar nicht.\n")
    site.ok("extract")
    site.translate(
        {
            "Erstens **so**. Zweitens anders. Drittens gar nicht.": "D’abord **ainsi**. Puis autrement. Enfin pas du tout."
        }
    )
    site.write("content/seite.de.md", "Erstens **so**. Zweitens anders.\n\nDrittens gar nicht.\n")
    site.ok("extract")
    first, second = site.entry("Erstens **so**. Zweitens anders."), site.entry("Drittens gar nicht.")
    assert (first.msgstr, second.msgstr) == ("D’abord **ainsi**. Puis autrement.", "Enfin pas du tout.")
    assert first.fuzzy
    assert second.fuzzy
    assert (first.tcomment, second.tcomment) == ("divided text: part 1 of 2", "divided text: part 2 of 2")


def test_joined_paragraphs_are_offered_both_translations(site: Site) -> None:
    site.configure("fr")
    site.write("content/seite.de.md", "Wir gehen heute.\n\nUnd ihr kommt mit.\n")
    site.ok("extract")
    site.translate({"Wir gehen heute.": "Nous partons.", "Und ihr kommt mit.": "Et vous venez."})
    site.write("content/seite.de.md", "Wir gehen heute. Und ihr kommt mit.\n")
    site.ok("extract")
    joined = site.entry("Wir gehen heute. Und ihr kommt mit.")
    assert (joined.msgstr, joined.fuzzy) == ("Nous partons. Et vous venez.", True)
    assert joined.previous_msgid == "Wir gehen heute. Und ihr kommt mit."
    assert joined.tcomment == "joined texts: the translations of 2 texts"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Wir gehen heute.\n\nUnd ihr kommt mit.\n", "Wir gehen heute. Und ihr kommt mit.\n"),
        ("Wir gehen heute. Und ihr kommt mit.\n", "Wir gehen heute.\n\nUnd ihr kommt mit.\n"),
    ],
    ids=["joined", "divided"],
)
def test_drafts_of_joined_and_divided_texts_are_settled_in_one_run(
    site: Site, before: str, after: str
) -> None:
    site.configure("fr")
    site.write("content/seite.de.md", before)
    site.ok("sync")
    site.ok("translate", "--engine", "pseudo")
    site.write("content/seite.de.md", after)
    site.ok("extract")
    contents = site.contents()
    site.ok("extract")
    assert site.contents() == contents


PER_PAGE = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'


@pytest.mark.parametrize("more", ["", PER_PAGE])
def test_a_link_that_changes_on_one_page_only_keeps_its_translation_on_both(site: Site, more: str) -> None:
    site.configure("fr", more=more)
    old, new = (f"Unterschreibt die [Petition](/{url}) noch heute." for url in ("alt", "neu"))
    french = "Signez la [pétition](/{}) dès aujourd’hui."
    for page in "ab":
        site.write(f"content/{page}.de.md", f"{old}\n")
    site.ok("extract")
    catalogs = [f"locales/fr/{page}.po" for page in "ab"] if more else [CATALOG.format("fr")] * 2
    for catalog in catalogs:
        site.translate({old: french.format("alt")}, catalog)
    site.write("content/b.de.md", f"{new}\n")
    site.ok("extract")
    changed, kept = site.entry(new, catalogs[1]), site.entry(old, catalogs[0])
    assert (changed.msgstr, changed.fuzzy) == (french.format("neu"), False)
    assert (kept.msgstr, kept.fuzzy) == (french.format("alt"), False)
    assert site.ok("extract", "--check").code == 0


def test_pages_that_come_to_say_the_same_share_what_one_of_them_is_offered_at_once(site: Site) -> None:
    site.configure("fr", more=PER_PAGE)
    old, new = (f"Wir treffen uns alle am {day}. Mai mit Freunden in Berlin." for day in (5, 6))
    site.write("content/a.de.md", f"{new}\n")
    site.write("content/b.de.md", f"{old}\n")
    site.ok("extract")
    site.translate({old: "Rendez-vous le 5 mai à Berlin."}, "locales/fr/b.po")
    site.write("content/b.de.md", f"{new}\n")
    site.ok("extract")
    for page in "ab":
        entry = site.entry(new, f"locales/fr/{page}.po")
        assert (entry.msgstr, entry.previous_msgid) == ("Rendez-vous le 5 mai à Berlin.", old)
    site.ok("extract", "--check")


@pytest.mark.parametrize("new", ["Siehe [Petition](/n) heute noch.", "Siehe die [Petition](/a) heute noch."])
def test_each_page_keeps_its_own_translation_where_the_same_text_changes_on_several(
    site: Site, new: str
) -> None:
    site.configure("fr", more=PER_PAGE)
    old = "Siehe [Petition](/a) heute noch."
    for page in "ab":
        site.write(f"content/{page}.de.md", f"Anfang von {page}.\n\n{old}\n\nEnde von {page}.\n")
    site.ok("extract")
    for page in "ab":
        site.translate({old: f"{page}: [pétition](/a) ce jour."}, f"locales/fr/{page}.po")
        site.write(f"content/{page}.de.md", f"Anfang von {page}.\n\n{new}\n\nEnde von {page}.\n")
    site.ok("extract")
    for page in "ab":
        assert site.entry(new, f"locales/fr/{page}.po").msgstr.startswith(f"{page}: [pétition]")


def test_a_renamed_page_keeps_its_translations_and_what_changed_in_it_is_found(site: Site) -> None:
    site.configure("fr", more=PER_PAGE)
    site.write(
        "content/alt.de.md", "# Titel hier\n\nWir gehen [heute](/a).\n\nDas ist neu.\n\nEnde der Seite.\n"
    )
    site.ok("extract")
    site.translate(
        {
            "Titel hier": "Titre ici",
            "Wir gehen [heute](/a).": "Nous partons [ce jour](/a).",
            "Das ist neu.": "C’est neuf.",
            "Ende der Seite.": "Fin de la page.",
        },
        "locales/fr/alt.po",
    )
    site.remove("content/alt.de.md")
    site.write(
        "content/neu.de.md",
        "# Titel hier\n\nWir gehen [heute](/b).\n\nDas ist ganz neu.\n\nEnde der Seite.\n",
    )
    site.ok("extract")
    entries = {entry.msgid: entry for entry in site.catalog("locales/fr/neu.po")}
    assert {msgid: (entry.msgstr, entry.fuzzy) for msgid, entry in entries.items()} == {
        "Titel hier": ("Titre ici", False),
        "Wir gehen [heute](/b).": ("Nous partons [ce jour](/b).", False),
        "Das ist ganz neu.": ("C’est neuf.", True),
        "Ende der Seite.": ("Fin de la page.", False),
    }
    assert {entry.msgstr for entry in site.catalog("locales/fr/alt.po").obsolete_entries()} == {
        "Titre ici", "Nous partons [ce jour](/a).", "C’est neuf.", "Fin de la page.",
    }  # fmt: skip


def test_a_paragraph_that_moves_to_another_page_follows_a_change_of_its_markup(site: Site) -> None:
    site.configure("fr", more=PER_PAGE)
    site.write("content/a.de.md", "Bleibt.\n\nWir **alle** gehen heute.\n")
    site.write("content/b.de.md", "Auch das bleibt.\n")
    site.ok("extract")
    site.translate({"Wir **alle** gehen heute.": "Nous partons **tous**."}, "locales/fr/a.po")
    site.write("content/a.de.md", "Bleibt.\n")
    site.write("content/b.de.md", "Auch das bleibt.\n\nWir *alle* gehen heute.\n")
    site.ok("extract")
    moved = site.entry("Wir *alle* gehen heute.", "locales/fr/b.po")
    assert (moved.msgstr, moved.fuzzy) == ("Nous partons *tous*.", False)


def test_links_with_the_same_text_keep_their_own_translations(site: Site) -> None:
    site.configure("fr")
    page = "Eins.\n\n[Mehr](/a)\n\nZwei.\n\n[Mehr](/b)\n\nDrei.\n"
    site.write("content/seite.de.md", page)
    site.ok("extract")
    site.translate({"[Mehr](/a)": "[Plus](/a)", "[Mehr](/b)": "[Encore](/b)", "Eins.": "Un."})
    site.write("content/seite.de.md", page.replace("/a", "/z").replace("/b", "/y"))
    site.ok("extract")
    assert site.entry("[Mehr](/z)").msgstr == "[Plus](/z)"
    assert site.entry("[Mehr](/y)").msgstr == "[Encore](/y)"


def test_a_draft_and_a_stale_message_stay_what_they_are_when_markup_changes(site: Site) -> None:
    site.configure("fr")
    site.write("content/seite.de.md", "Ein [Entwurf](/a) hier.\n\nEin **alter** Text hier.\n")
    site.ok("extract")
    with site.edited() as po:
        for entry in po:
            entry.flags.append("fuzzy")
            if "Entwurf" in entry.msgid:
                entry.msgstr, entry.tcomment = "Un [brouillon](/a) ici.", "mt: google"
            else:
                entry.msgstr, entry.previous_msgid = "Un **vieux** texte.", "Ein **alter** Text."
    site.write("content/seite.de.md", "Ein [Entwurf](/b) hier.\n\nEin *alter* Text hier.\n")
    site.ok("extract")
    draft, stale = site.entry("Ein [Entwurf](/b) hier."), site.entry("Ein *alter* Text hier.")
    assert (draft.msgstr, draft.fuzzy, draft.tcomment) == ("Un [brouillon](/b) ici.", True, "mt: google")
    assert (stale.msgstr, stale.fuzzy, stale.previous_msgid) == (
        "Un *vieux* texte.",
        True,
        "Ein **alter** Text.",
    )
