"""`import`: pages that people translated before come into the catalogs, and none of them is changed."""

import json
import os

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Site, complaint
from parallel_texts import LETTERS, LINKS, counterparts, page_of, read_pieces

FRENCH_PAGE = """\
---
title: Titre
---

# En-tête

Première phrase.

Deuxième phrase.
"""
ARTICLE = """\
---
title: Spenden
---

# Spenden

Die Gruppe trifft sich jeden Dienstag im Haus der Demokratie.

Wir brauchen 300 Euro für die Miete.

* Bringen Sie Kuchen mit.
* Lesen Sie [die Satzung](https://beispiel.org/satzung).
"""
ARTICLE_FRENCH = """\
---
title: Dons
---

# Dons

Le groupe se réunit chaque mardi à la maison de la démocratie.

Nous avons besoin de 300 euros pour le loyer.

* Apportez un gâteau.
* Lisez [les statuts](https://beispiel.org/satzung).
"""


@pytest.fixture
def translated_by_hand(empty_site: Site) -> Site:
    """A site with a page and its French translation, and no catalog."""
    empty_site.write("content/seite.de.md", ARTICLE)
    empty_site.write("content/seite.fr.md", ARTICLE_FRENCH)
    return empty_site


def pages_of(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.contents().items() if path.startswith("content/")}


def notes(site: Site, *arguments: str) -> list[dict[str, object]]:
    run = site.run("import", "--format", "json", *arguments)
    assert run.code in (0, 1), run
    return [note for page in json.loads(run.out)["pages"] for note in page["notes"]]


def test_the_catalog_gets_the_translations_and_the_pages_stay(translated_by_hand: Site) -> None:
    before = pages_of(translated_by_hand)
    run = translated_by_hand.ok("import")
    assert "content/seite.fr.md: 5 translations filled" in run.out
    assert translated_by_hand.entry("Spenden").msgstr == "Dons"
    entry = translated_by_hand.entry("Wir brauchen 300 Euro für die Miete.")
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == (
        "Nous avons besoin de 300 euros pour le loyer.",
        False,
        "",
    )
    assert pages_of(translated_by_hand) == before


def test_build_gives_an_imported_page_of_equal_structure_byte_for_byte(translated_by_hand: Site) -> None:
    before = pages_of(translated_by_hand)
    translated_by_hand.ok("import")
    assert "0 pages written, 1 up to date" in translated_by_hand.ok("build").out
    assert pages_of(translated_by_hand) == before


def test_a_second_import_changes_no_file(translated_by_hand: Site) -> None:
    translated_by_hand.ok("import")
    before = translated_by_hand.snapshot()
    run = translated_by_hand.ok("import")
    assert "0 translations filled, 5 known" in run.out
    assert translated_by_hand.snapshot() == before


def test_check_writes_nothing_and_says_that_something_would_change(translated_by_hand: Site) -> None:
    before = translated_by_hand.contents()
    run = translated_by_hand.run("import", "--check")
    assert run.code == 1
    assert "5 translations filled" in run.out
    assert f"would change {CATALOG.format('fr')}" in run.out
    assert translated_by_hand.contents() == before
    translated_by_hand.ok("import")
    translated_by_hand.ok("import", "--check")


def test_a_translation_that_is_there_is_not_overwritten_but_reported(translated_by_hand: Site) -> None:
    translated_by_hand.ok("extract")
    translated_by_hand.translate({"Bringen Sie Kuchen mit.": "Apportez des gâteaux."})
    (note,) = notes(translated_by_hand)
    assert (note["kind"], note["line"], note["text"]) == ("differs", 11, "Apportez un gâteau.")
    assert translated_by_hand.entry("Bringen Sie Kuchen mit.").msgstr == "Apportez des gâteaux."


@pytest.mark.parametrize("previous", [None, "Bringen Sie Brot mit."])
def test_a_draft_of_a_machine_gives_way_and_is_kept_in_a_comment(
    translated_by_hand: Site, previous: str | None
) -> None:
    translated_by_hand.ok("extract")
    with translated_by_hand.edited() as po:
        entry = next(entry for entry in po if entry.msgid == "Bringen Sie Kuchen mit.")
        entry.msgstr, entry.tcomment, entry.previous_msgid = 'Apporter "tarte".', "mt: google", previous
        entry.flags.append("fuzzy")
    translated_by_hand.ok("import")
    entry = translated_by_hand.entry("Bringen Sie Kuchen mit.")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Apportez un gâteau.", False, None)
    assert entry.tcomment == 'previously: "Apporter \\"tarte\\"."'
    translated_by_hand.ok("extract", "--check")


def test_a_message_with_plural_forms_is_not_said_to_be_filled(translated_by_hand: Site) -> None:
    translated_by_hand.ok("extract")
    with translated_by_hand.edited() as po:
        entry = next(entry for entry in po if entry.msgid == "Bringen Sie Kuchen mit.")
        entry.msgid_plural, entry.msgstr_plural = "Bringen Sie Torten mit.", {0: "", 1: ""}
    run = translated_by_hand.ok("import", "--format", "json")
    (page,) = json.loads(run.out)["pages"]
    assert page["filled"] == 4
    assert [(note["kind"], note["text"]) for note in page["notes"]] == [("refused", "Apportez un gâteau.")]


def test_a_translation_that_waits_for_review_stays_as_it_is(translated_by_hand: Site) -> None:
    translated_by_hand.ok("extract")
    with translated_by_hand.edited() as po:
        entry = next(entry for entry in po if entry.msgid == "Bringen Sie Kuchen mit.")
        entry.msgstr = "Apportez de la tarte."
        entry.flags.append("fuzzy")
    translated_by_hand.ok("import")
    entry = translated_by_hand.entry("Bringen Sie Kuchen mit.")
    assert (entry.msgstr, entry.fuzzy) == ("Apportez de la tarte.", True)


def test_an_extra_line_in_the_middle_shifts_nothing(translated_by_hand: Site) -> None:
    page = ARTICLE_FRENCH.replace(
        "Nous avons", "*Pour nos amis de Lyon : la réunion a lieu en ligne.*\n\nNous avons"
    )
    translated_by_hand.write("content/seite.fr.md", page)
    (note,) = [note for note in notes(translated_by_hand) if note["kind"] == "extra"]
    assert (note["file"], note["line"]) == ("content/seite.fr.md", 9)
    for msgid in ("Wir brauchen 300 Euro für die Miete.", "Bringen Sie Kuchen mit."):
        assert translated_by_hand.entry(msgid).msgstr in ARTICLE_FRENCH
        assert not translated_by_hand.entry(msgid).fuzzy


def test_a_text_without_counterpart_is_reported_with_its_place(translated_by_hand: Site) -> None:
    page = ARTICLE_FRENCH.replace("Nous avons besoin de 300 euros pour le loyer.\n\n", "")
    translated_by_hand.write("content/seite.fr.md", page)
    (note,) = [note for note in notes(translated_by_hand) if note["kind"] == "missing"]
    assert (note["file"], note["line"]) == ("content/seite.de.md", 9)
    assert note["msgid"] == "Wir brauchen 300 Euro für die Miete."


def test_what_build_would_refuse_is_kept_for_a_person_with_the_reason(translated_by_hand: Site) -> None:
    page = ARTICLE_FRENCH.replace("https://beispiel.org/satzung", "https://exemple.fr/statuts")
    translated_by_hand.write("content/seite.fr.md", page)
    run = translated_by_hand.ok("import")
    assert (
        "12: to review: links: the link https://beispiel.org/satzung became https://exemple.fr/statuts"
        in run.out
    )
    entry = translated_by_hand.entry("Lesen Sie [die Satzung](https://beispiel.org/satzung).")
    assert (entry.msgstr, entry.fuzzy) == ("Lisez [les statuts](https://exemple.fr/statuts).", True)
    assert entry.tcomment.startswith("import: content/seite.fr.md: links: ")


def test_a_link_to_the_readers_own_wikipedia_is_taken(empty_site: Site) -> None:
    source = "# Netz\n\nDas [Fediverse](https://de.wikipedia.org/wiki/Fediverse) ist frei.\n"
    target = "# Réseau\n\nLe [Fédivers](https://fr.wikipedia.org/wiki/F%C3%A9divers) est libre.\n"
    empty_site.write("content/a.de.md", source)
    empty_site.write("content/a.fr.md", target)
    empty_site.ok("import")
    assert len(empty_site.catalog().translated_entries()) == 2


def test_a_generated_page_holds_nothing_new(built: Site) -> None:
    run = built.ok("import")
    assert run.out == "import: 0 pages, 0 translations filled\n"


def test_a_hand_written_page_is_not_overwritten_after_the_import(translated_by_hand: Site) -> None:
    page = ARTICLE_FRENCH + "\nAu revoir et à bientôt, chers amis de Lyon !\n"
    translated_by_hand.write("content/seite.fr.md", page)
    translated_by_hand.ok("import")
    assert translated_by_hand.run("build").code == 1
    assert translated_by_hand.read("content/seite.fr.md") == page


def test_a_plain_copy_of_the_source_is_skipped(translated_by_hand: Site) -> None:
    translated_by_hand.write("content/seite.fr.md", ARTICLE)
    run = translated_by_hand.ok("import")
    assert "content/seite.fr.md: skipped: it is a copy of its source" in run.out
    assert not translated_by_hand.catalog().translated_entries()


def test_a_sentence_that_was_left_in_the_sources_language_is_no_translation(translated_by_hand: Site) -> None:
    sentence = "Die Gruppe trifft sich jeden Dienstag im Haus der Demokratie."
    page = ARTICLE_FRENCH.replace("Le groupe se réunit chaque mardi à la maison de la démocratie.", sentence)
    translated_by_hand.write("content/seite.fr.md", page)
    (note,) = notes(translated_by_hand)
    assert (note["kind"], note["line"], note["text"]) == ("untranslated", 7, sentence)
    assert translated_by_hand.entry(sentence).msgstr == ""


def test_a_page_in_another_language_is_skipped(translated_by_hand: Site) -> None:
    page = """\
# Donations

The group meets every Tuesday at the house of democracy, and all of you are welcome there.

We need 300 euros for the rent, because the owner of the house has asked us for more.

* Please bring some cake, and do not forget your friends.
* Read [the statutes](https://beispiel.org/satzung) before you come.
"""
    translated_by_hand.write("content/seite.fr.md", page)
    run = translated_by_hand.ok("import")
    assert "content/seite.fr.md: skipped: it reads like another language (en)" in run.out
    assert not translated_by_hand.catalog().translated_entries()


def test_an_empty_page_is_skipped(translated_by_hand: Site) -> None:
    translated_by_hand.write("content/seite.fr.md", "")
    assert "content/seite.fr.md: skipped: it has no text" in translated_by_hand.ok("import").out


def test_of_two_translations_of_one_text_the_more_frequent_is_taken_and_the_other_reported(
    empty_site: Site,
) -> None:
    source = "".join(
        f"## Teil {n}\n\n[Mehr lesen](https://beispiel.org/{n})\n\nWeiter so!\n\n" for n in range(4)
    )
    target = "".join(
        f"## Partie {n}\n\n[Lire la suite](https://beispiel.org/{n})\n\n{'Continuez !' if n else 'Courage !'}\n\n"
        for n in range(4)
    )
    empty_site.write("content/a.de.md", source)
    empty_site.write("content/a.fr.md", target)
    (note,) = notes(empty_site)
    assert (note["kind"], note["text"], note["line"]) == ("differs", "Courage !", 5)
    assert empty_site.entry("Weiter so!").msgstr == "Continuez !"


def test_each_page_may_have_a_catalog_of_its_own(translated_by_hand: Site) -> None:
    catalogs = '[catalogs]\ntemplate = "po/{path}.pot"\ncatalog = "po/{path}.{locale}.po"\n'
    translated_by_hand.configure("fr", more=catalogs)
    translated_by_hand.write("content/b/andere.de.md", PAGE)
    translated_by_hand.write("content/b/andere.fr.md", FRENCH_PAGE)
    translated_by_hand.ok("import")
    assert translated_by_hand.entry("Spenden", "po/seite.fr.po").msgstr == "Dons"
    entries = {entry.msgid: entry.msgstr for entry in translated_by_hand.catalog("po/b/andere.fr.po")}
    assert entries == FRENCH


def test_only_the_pages_and_languages_that_are_named_are_read(translated_by_hand: Site) -> None:
    translated_by_hand.configure("fr", "it")
    translated_by_hand.write("content/b.de.md", ARTICLE)
    translated_by_hand.write("content/b.fr.md", ARTICLE_FRENCH)
    translated_by_hand.write("content/b.it.md", ARTICLE_FRENCH)
    run = translated_by_hand.ok("import", "--locale", "fr", "content/b.de.md")
    assert "content/b.fr.md: 5 translations filled" in run.out
    assert "content/seite.fr.md" not in run.out
    assert "content/b.it.md" not in run.out


def test_line_breaks_of_windows_and_a_byte_order_mark_make_no_difference(translated_by_hand: Site) -> None:
    page = "\ufeff" + ARTICLE_FRENCH.replace("\n", "\r\n")
    translated_by_hand.write("content/seite.fr.md", page)
    translated_by_hand.ok("import")
    assert len(translated_by_hand.catalog().translated_entries()) == 5
    assert translated_by_hand.read("content/seite.fr.md") == page


def test_a_page_of_front_matter_alone_is_read_by_its_keys(empty_site: Site) -> None:
    empty_site.write("content/_index.de.md", "---\ntitle: Willkommen\ndescription: Über uns\n---\n")
    empty_site.write(
        "content/_index.fr.md", "---\ndescription: À propos de nous\nweight: 3\ntitle: Bienvenue\n---\n"
    )
    empty_site.ok("import")
    assert {entry.msgid: entry.msgstr for entry in empty_site.catalog()} == {
        "Willkommen": "Bienvenue",
        "Über uns": "À propos de nous",
    }


def test_a_page_that_is_not_utf_8_is_named_with_its_line_and_the_others_are_imported(
    translated_by_hand: Site,
) -> None:
    translated_by_hand.write("content/b.de.md", ARTICLE)
    translated_by_hand.write("content/b.fr.md", ARTICLE_FRENCH.encode("latin-1"))
    run = translated_by_hand.run("import")
    assert complaint(run) == "content/b.fr.md:7: is not UTF-8: byte 0xe9 at offset 43; save it as UTF-8"
    assert translated_by_hand.entry("Spenden").msgstr == "Dons"


def test_what_was_imported_is_reported_where_another_page_cannot_be_read(translated_by_hand: Site) -> None:
    translated_by_hand.write("content/b.de.md", ARTICLE)
    translated_by_hand.write("content/b.fr.md", ARTICLE_FRENCH.encode("latin-1"))
    for arguments, wrote in ([["--check"], "would change"], [[], "wrote"]):
        run = translated_by_hand.run("import", *arguments)
        assert complaint(run).startswith("content/b.fr.md:7: ")
        assert run.out.startswith("content/seite.fr.md: 5 translations filled\n")
        assert f"{wrote} {CATALOG.format('fr')}\n" in run.out
        assert run.out.endswith("import: 1 page, 5 translations filled\n")
    run = translated_by_hand.run("import", "--format", "json")
    assert complaint(run).startswith("content/b.fr.md:7: ")
    assert json.loads(run.out)["summary"]["known"] == 5


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_catalog_that_cannot_be_written_is_named_and_the_others_are_reported(
    translated_by_hand: Site,
) -> None:
    translated_by_hand.configure("fr", "es")
    translated_by_hand.write("content/seite.es.md", ARTICLE_FRENCH)
    translated_by_hand.ok("extract")
    spanish = translated_by_hand.root / CATALOG.format("es")
    spanish.rename(spanish.with_name("anderswo.po"))
    spanish.symlink_to("anderswo.po")
    run = translated_by_hand.run("import")
    assert complaint(run).startswith(f"{CATALOG.format('es')}: is a symbolic link")
    assert "content/seite.es.md" not in run.out
    assert run.out.endswith("import: 1 page, 5 translations filled\n")


def test_a_page_that_is_no_source_page_is_refused(translated_by_hand: Site) -> None:
    assert "content/seite.fr.md is no source page" in complaint(
        translated_by_hand.run("import", "content/seite.fr.md")
    )


def test_nothing_on_a_page_drives_the_terminal(translated_by_hand: Site) -> None:
    page = ARTICLE_FRENCH.replace(
        "Nous avons", "Rouge \x1b[31m encore et toujours\n::error::loin d’ici\n\nNous avons"
    )
    translated_by_hand.write("content/seite.fr.md", page)
    for form in ("terminal", "json"):
        run = translated_by_hand.run("import", "--format", form)
        assert "\x1b" not in run.out + run.err
        assert not any(line.startswith("::") for line in run.out.splitlines())


def imported(site: Site, kind: str, locale: str) -> tuple[dict[str, str], dict[str, str]]:
    """What an import of one page filled as certain, and what it should have."""
    source, target = read_pieces(kind, "de"), read_pieces(kind, locale)
    site.configure(locale, more=f'[locales.{locale}]\nlang = "x"\n')
    site.write("content/a.de.md", page_of(source))
    site.write("content/a.x.md", page_of(target))
    site.ok("import")
    assert site.read("content/a.x.md") == page_of(target)
    entries = site.catalog(CATALOG.format(locale)).translated_entries()
    return {entry.msgid: entry.msgstr for entry in entries}, counterparts(source, target)


@pytest.mark.parametrize("locale", LETTERS)
def test_a_letter_that_many_people_translated_comes_in_and_nothing_wrong_with_it(
    empty_site: Site, locale: str
) -> None:
    filled, right = imported(empty_site, "letters", locale)
    assert filled.items() <= right.items()
    assert len(filled) >= 0.85 * len(right)


@pytest.mark.parametrize("locale", LINKS)
def test_a_list_of_links_in_another_order_comes_in_whole(empty_site: Site, locale: str) -> None:
    filled, right = imported(empty_site, "links", locale)
    assert filled == right
