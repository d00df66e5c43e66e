"""`memory`: out as TMX and PO for other tools, in from them, and what a site makes of it."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Site, complaint

FR = CATALOG.format("fr")
PER_PAGE = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'
NEEDS_GETTEXT = pytest.mark.skipif(shutil.which("msgmerge") is None, reason="gettext is not installed")


def tmx(*pairs: tuple[str, str], source: str = "de-DE", target: str = "fr-FR") -> str:
    units = "".join(
        f'<tu><tuv xml:lang="{source}"><seg>{one}</seg></tuv><tuv xml:lang="{target}"><seg>{other}</seg></tuv></tu>\n'
        for one, other in pairs
    )
    header = (
        '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"'
        f' srclang="{source}" datatype="xml"/>'
    )
    return f'<?xml version="1.0"?>\n<tmx version="1.4">{header}<body>\n{units}</body></tmx>\n'


def translations(site: Site, path: str = FR) -> dict[str, str]:
    """What a catalog knows, whether its text stands on a page or not."""
    return {entry.msgid: entry.msgstr for entry in site.catalog(path) if entry.msgstr and not entry.fuzzy}


def obsolete(site: Site, path: str = FR) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in site.catalog(path) if entry.obsolete}


@pytest.mark.parametrize("name", ["memory.tmx", "memory.po"])
def test_what_is_exported_and_imported_elsewhere_is_the_same(
    translated: Site, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    translated.write("content/seite.de.md", PAGE.replace("Zweiter Satz.", "Dritter."))
    translated.ok("extract")
    run = translated.ok("memory", "export", "-o", name)
    assert run.out.splitlines() == [f"wrote {name}", "memory export: 1 language, 4 translations"]
    other = Site(tmp_path_factory.mktemp("other"))
    other.configure("fr")
    shutil.copy(translated.root / name, other.root)
    assert other.ok("memory", "import", name).out.splitlines() == [
        f"wrote {FR}",
        "fr: 0 filled in, 4 kept for later",
        "memory import: 0 translations filled in",
    ]
    assert translations(other) == FRENCH
    other.write("content/seite.de.md", PAGE)
    other.ok("extract")
    assert {entry.msgid for entry in other.catalog() if not entry.obsolete and entry.msgstr} == set(FRENCH)
    assert other.ok("build").out.startswith("wrote content/seite.fr.md")


def test_a_memory_of_several_languages_is_one_file_or_one_each(site: Site) -> None:
    site.configure("fr", "pt_PT", "it")
    site.ok("extract")
    site.translate(FRENCH)
    site.translate({"Titel": "Título"}, CATALOG.format("pt_PT"))
    assert site.ok("memory", "export", "-o", "all.tmx").out.endswith(
        "memory export: 2 languages, 5 translations\n"
    )
    root = ET.fromstring(site.read("all.tmx"))  # noqa: S314 - our own output
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [variant.get(lang) for variant in root.findall("body/tu")[0].findall("tuv")] == [
        "de",
        "fr",
        "pt-PT",
    ]
    run = site.ok("memory", "export", "-o", "out", "--format", "po")
    assert run.out.splitlines()[:2] == ["wrote out/fr.po", "wrote out/pt_PT.po"]
    site.ok("memory", "export", "-o", "out")
    assert site.exists("out/fr.tmx")
    told = complaint(site.run("memory", "export", "-o", "all.po"))
    assert told == "all.po: a PO file holds one language; name a folder, or one language with --locale"
    site.ok("memory", "export", "-o", "all.po", "--locale", "fr")


def test_an_export_is_the_same_twice_and_the_second_writes_nothing(translated: Site) -> None:
    translated.ok("memory", "export", "-o", "a.tmx")
    before = translated.snapshot()
    assert translated.ok("memory", "export", "-o", "a.tmx").out.startswith("up to date: a.tmx\n")
    assert translated.snapshot() == before


def test_nothing_fuzzy_is_exported(translated: Site) -> None:
    with translated.edited() as po:
        for entry in po:
            entry.flags = ["fuzzy"]
    run = translated.ok("memory", "export", "-o", "a.tmx")
    assert run.out == "memory export: 0 languages, 0 translations; nothing to export yet\n"
    assert not translated.exists("a.tmx")


@pytest.mark.parametrize("name", [FR, "netzwerk-i18n.toml", "foreign.tmx"])
def test_what_is_no_exported_memory_is_not_overwritten(translated: Site, name: str) -> None:
    translated.write("foreign.tmx", tmx(("a", "b")))
    before = translated.contents()
    told = complaint(translated.run("memory", "export", "-o", name))
    assert told == f"{name}: is there and was not written by memory export; name another file, or remove it"
    assert translated.contents() == before


def test_characters_that_xml_cannot_carry_are_left_out_and_said(translated: Site) -> None:
    translated.translate({"Titel": "Ti\x1btre"})
    run = translated.run("memory", "export", "-o", "a.tmx")
    assert run.code == 0
    assert run.err == "left out: [Titel] has a character or a line break that the format cannot carry\n"
    assert "3 translations" in run.out


@NEEDS_GETTEXT
def test_msgmerge_takes_an_exported_compendium(translated: Site) -> None:
    translated.ok("memory", "export", "-o", "memory.po")
    command = [
        "msgmerge",
        "--quiet",
        "-N",
        "-C",
        "memory.po",
        "-o",
        "new.po",
        "/dev/null",
        "locales/site.pot",
    ]
    subprocess.run(command, cwd=translated.root, check=True)
    assert translations(translated, "new.po") == FRENCH
    checked = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "memory.po"],
        cwd=translated.root,
        capture_output=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_untranslated_messages_are_filled_and_a_person_is_never_overwritten(site: Site) -> None:
    site.ok("extract")
    with site.edited() as po:
        by_msgid = {entry.msgid: entry for entry in po}
        by_msgid["Titel"].msgstr = "Mon titre"
        by_msgid["Überschrift"].msgstr = "Brouillon"
        by_msgid["Überschrift"].flags = ["fuzzy"]
    site.write("agency.tmx", tmx(*FRENCH.items(), ("Fremd.", "Étranger.")))
    run = site.ok("memory", "import", "agency.tmx")
    assert run.out.splitlines() == [
        f"wrote {FR}",
        "fr: 2 filled in, 1 fuzzy and left so, 1 known already, 1 kept for later",
        "memory import: 2 translations filled in",
    ]
    assert site.entry("Titel").msgstr == "Mon titre"
    assert (site.entry("Überschrift").msgstr, site.entry("Überschrift").fuzzy) == ("Brouillon", True)
    assert site.entry("Erster Satz.").msgstr == "Première phrase."
    assert obsolete(site) == {"Fremd.": "Étranger."}
    before = site.snapshot()
    again = site.ok("memory", "import", "agency.tmx").out
    assert (
        again
        == "fr: 0 filled in, 1 fuzzy and left so, 4 known already\nmemory import: 0 translations filled in; catalogs are up to date\n"
    )
    assert site.snapshot() == before
    site.ok("extract", "--check")


def test_check_writes_nothing_and_tells_by_its_exit_code(site: Site) -> None:
    site.ok("extract")
    site.write("agency.tmx", tmx(*FRENCH.items()))
    before = site.snapshot()
    run = site.run("memory", "import", "--check", "agency.tmx")
    assert (run.code, run.err) == (1, "")
    assert run.out.startswith(f"would change {FR}\nfr: 4 filled in\n")
    assert site.snapshot() == before
    site.ok("memory", "import", "agency.tmx")
    site.ok("memory", "import", "--check", "agency.tmx")


def test_nothing_is_kept_for_later_where_that_is_asked(site: Site) -> None:
    site.ok("extract")
    site.write("agency.tmx", tmx(("Titel", "Titre"), ("Fremd.", "Étranger.")))
    run = site.ok("memory", "import", "--only-matching", "agency.tmx")
    assert "fr: 1 filled in, 1 without a text" in run.out
    assert obsolete(site) == {}


def test_what_a_check_refuses_is_not_filled_in_and_named_with_its_place(site: Site) -> None:
    site.write("content/seite.de.md", "Ein [Verweis](https://example.org).\n\nSonst nichts.\n")
    site.ok("extract")
    bad = "Un [lien](https://evil.example)."
    site.write("agency.tmx", tmx(("Ein [Verweis](https://example.org).", bad), ("Sonst nichts.", "Rien.")))
    run = site.run("memory", "import", "agency.tmx")
    assert run.code == 1
    line = site.read(FR)[: site.read(FR).index('msgid "Ein')].count("\n") + 1
    assert run.err.startswith(f"{FR}:{line}: error: not filled in (links): ")
    assert "fr: 1 filled in, 1 refused" in run.out
    assert translations(site) == {"Sonst nichts.": "Rien."}


def test_all_that_a_check_refuses_is_named(site: Site) -> None:
    texts = [f"Der {number}. [Verweis](https://example.org)." for number in range(30)]
    site.write("content/seite.de.md", "\n\n".join(texts) + "\n")
    site.ok("extract")
    site.write("agency.tmx", tmx(*((text, text.replace("example.org", "evil.example")) for text in texts)))
    run = site.run("memory", "import", "agency.tmx")
    assert (run.code, run.err.count(": error: not filled in (links): ")) == (1, 30)


def test_a_text_with_a_context_that_the_memory_does_not_know_waits_for_a_person(site: Site) -> None:
    site.write("content/seite.de.md", "<!-- i18n:context: menü -->\nMai\n")
    site.ok("extract")
    site.write("agency.tmx", tmx(("Mai", "Mai (mois)")))
    assert "1 to be reviewed (their context is not known)" in site.ok("memory", "import", "agency.tmx").out
    entry = site.entry("Mai")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Mai (mois)", True, "Mai")


def test_a_context_travels_with_its_text(site: Site) -> None:
    site.write("content/seite.de.md", "<!-- i18n:context: menü -->\nMai\n\nMai\n")
    site.ok("extract")
    with site.edited() as po:
        for entry in po:
            entry.msgstr = "Mai (menu)" if entry.msgctxt else "Mai (mois)"
    site.ok("memory", "export", "-o", "a.tmx")
    site.remove(FR)
    site.ok("extract")
    assert "fr: 2 filled in\n" in site.ok("memory", "import", "a.tmx").out
    found = {entry.msgctxt: entry.msgstr for entry in site.catalog()}
    assert found == {"menü": "Mai (menu)", None: "Mai (mois)"}


def test_with_a_catalog_for_each_page_new_pages_find_what_was_kept(site: Site) -> None:
    site.configure("fr", more=PER_PAGE)
    site.ok("extract")
    site.write("agency.tmx", tmx(*FRENCH.items(), ("Neu.", "Nouveau.")))
    run = site.ok("memory", "import", "agency.tmx")
    assert run.out.splitlines()[:2] == ["wrote locales/fr/memory.po", "wrote locales/fr/seite.po"]
    assert obsolete(site, "locales/fr/memory.po") == {"Neu.": "Nouveau."}
    site.ok("extract", "--check")
    site.write("content/neu.de.md", "Neu.\n")
    site.ok("extract")
    assert site.entry("Neu.", "locales/fr/neu.po").msgstr == "Nouveau."
    assert "memory export: 1 language, 5 translations" in site.ok("memory", "export", "-o", "out.tmx").out


def test_with_a_catalog_for_each_page_catalogs_of_other_programs_stay_as_they_are(site: Site) -> None:
    site.configure("fr", more=PER_PAGE)
    site.write("content/zweite.de.md", "Zwei.\n")
    site.ok("extract")
    site.write("agency.tmx", tmx(("Titel", "Titre"), ("Neu.", "Nouveau.")))
    theirs = 'msgid ""\nmsgstr "Project-Id-Version: app 1.0\\n"\n\nmsgid "Titel"\nmsgstr ""\n'
    site.write("locales/fr/app.po", theirs)
    site.write("locales/fr/memory.po", theirs)
    before = site.contents()
    said = complaint(site.run("memory", "import", "agency.tmx"))
    assert said.startswith("locales/fr/memory.po: is there and is no catalog of this project; ")
    assert site.contents() == before
    site.ok("memory", "import", "agency.tmx", "--only-matching")
    site.remove("locales/fr/memory.po")
    site.ok("memory", "import", "agency.tmx")
    assert site.read("locales/fr/app.po") == theirs
    assert obsolete(site, "locales/fr/memory.po") == {"Neu.": "Nouveau."}
    assert not obsolete(site, "locales/fr/seite.po")
    assert "Nouveau" not in site.read("locales/fr/zweite.po")


def test_languages_are_chosen_and_others_said(site: Site) -> None:
    site.configure("fr", "es")
    site.ok("extract")
    site.write("a.tmx", tmx(("Titel", "Titolo"), target="it-IT"))
    run = site.run("memory", "import", "a.tmx")
    assert (run.code, run.err) == (0, "a.tmx: none of its languages was asked for: it-IT\n")
    site.write("b.tmx", tmx(("Titel", "Title"), source="en", target="fr"))
    assert site.run("memory", "import", "b.tmx").err == (
        "b.tmx: 1 of 1 units have no text in the source language\nb.tmx: none of its languages was asked for: en\n"
    )
    site.write("c.tmx", tmx(("Titel", "Titre")))
    run = site.run("memory", "import", "c.tmx", "--locale", "es")
    assert (run.code, run.err) == (0, "c.tmx: none of its languages was asked for: fr-FR\n")
    assert translations(site) == {}


def test_a_compendium_says_its_language_or_is_told(site: Site) -> None:
    site.configure("fr", "es")
    site.ok("extract")
    site.write(
        "a.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Titel"\nmsgstr "Titre"\n',
    )
    assert (
        complaint(site.run("memory", "import", "a.po"))
        == "a.po: does not say its language; say it with --locale"
    )
    assert "fr: 1 filled in" in site.ok("memory", "import", "a.po", "-l", "fr").out
    site.write("b.po", site.read("a.po").replace('msgstr "Con', 'msgstr "Language: it\\nCon'))
    assert complaint(site.run("memory", "import", "b.po")).startswith(
        "b.po: is in 'it', and the languages asked for"
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.tmx", "<tmx", "a.tmx:1: is no well-formed XML (unclosed token); export it again"),
        ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "a.tmx:1: declares the entity a; "),
        ("a.po", "msgid", "a.po:1: "),
        ("a.csv", "a;b", "a.csv: is neither TMX nor PO by its name; name it .tmx or .po"),
    ],
)
def test_a_broken_memory_is_refused_in_one_line_and_nothing_is_written(
    site: Site, name: str, content: str, told: str
) -> None:
    site.ok("extract")
    site.write("good.tmx", tmx(("Titel", "Titre")))
    site.write(name, content)
    before = site.snapshot()
    assert complaint(site.run("memory", "import", "good.tmx", name)).startswith(told)
    assert site.snapshot() == before


def test_a_memory_far_larger_than_the_site_is_not_dumped_into_its_catalogs(site: Site) -> None:
    site.ok("extract")
    site.write("a.tmx", tmx(("Titel", "Titre"), *((f"Fremd {number}.", "X") for number in range(50_001))))
    before = site.snapshot()
    told = complaint(site.run("memory", "import", "a.tmx"))
    assert told == (
        f"{FR}: 50,001 translations fit no text of the pages; 50,000 can be kept for later; "
        "leave them out with --only-matching"
    )
    assert site.snapshot() == before
    assert "1 filled in" in site.ok("memory", "import", "--only-matching", "a.tmx").out


def test_without_a_command_the_help_is_shown(site: Site) -> None:
    run = site.run("memory")
    assert (run.code, run.err) == (2, "")
    assert "export" in run.out


def test_wrong_use_is_said_in_one_line(site: Site, tmp_path: Path) -> None:
    assert "nowhere.tmx" in complaint(site.run("memory", "import", "nowhere.tmx"))
    assert "--output" in complaint(site.run("memory", "export"))
    assert "unknown locale 'xx'" in complaint(site.run("memory", "export", "-o", "a.tmx", "-l", "xx"))


OTHERS_PAGE = """\
---
title: Wohin
---

Wir gehen *heute* in die [Stadt](/stadt).

| Ort | Tag |
| --- | --- |
| Rom | heute |

Ein Wort über [Berlin](/b) und den Mond.
"""
OTHERS_CATALOG = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: fr\n"

#. type: Yaml Front Matter Hash Value: title
#: wohin.md
msgid "Wohin"
msgstr "Où aller"

#: wohin.md%2Bhtml
msgid ""
"Wir gehen _heute_\n"
"in die [Stadt]{1}."
msgstr ""
"Nous allons _aujourd’hui_\n"
"en [ville]{1}."

#. type: Plain text
msgid ""
"| Ort | Tag |\n"
"| --- | --- |\n"
"| Rom | heute |\n"
msgstr ""
"| Lieu | Jour |\n"
"| --- | --- |\n"
"| Rome | aujourd’hui |\n"

msgid "Ein Wort über Berlin und den Mond."
msgstr "Un mot sur la capitale et la lune."

msgid "let x = 1;"
msgstr "let x = 1;"
"""


def test_the_catalog_of_another_tool_fills_the_texts_of_this_one(site: Site) -> None:
    site.write("content/seite.de.md", OTHERS_PAGE)
    site.write("old/fr.po", OTHERS_CATALOG)
    site.ok("extract")
    assert site.ok("memory", "import", "old/fr.po", "--only-matching").out.splitlines() == [
        f"wrote {FR}",
        "fr: 6 filled in, 1 to be reviewed (their markup differs), 1 without a text",
        "memory import: 6 translations filled in",
    ]
    assert translations(site) == {
        "Wohin": "Où aller",
        "Wir gehen *heute* in die [Stadt](/stadt).": "Nous allons *aujourd’hui* en [ville](/stadt).",
        "Ort": "Lieu",
        "Tag": "Jour",
        "Rom": "Rome",
        "heute": "aujourd’hui",
    }
    waiting = site.entry("Ein Wort über [Berlin](/b) und den Mond.")
    assert (waiting.fuzzy, waiting.msgstr) == (True, "Un mot sur la capitale et la lune.")
    assert waiting.previous_msgid == "Ein Wort über Berlin und den Mond."
    before = site.snapshot()
    site.ok("extract")
    assert site.ok("memory", "import", "old/fr.po", "--only-matching", "--check").out.splitlines() == [
        "fr: 0 filled in, 7 known already, 1 without a text",
        "memory import: 0 translations filled in; catalogs are up to date",
    ]
    assert site.snapshot() == before
    site.ok("memory", "import", "old/fr.po")
    assert obsolete(site) == {"let x = 1;": "let x = 1;"}


def test_a_catalog_without_a_language_has_that_of_its_name(folder: Site) -> None:
    folder.configure("fr", "es", "pt_BR")
    folder.write("content/seite.de.md", OTHERS_PAGE)
    folder.write("old/pt-br.po", OTHERS_CATALOG.replace('"Language: fr\\n"\n', ""))
    folder.ok("extract")
    assert folder.ok("memory", "import", "old/pt-br.po").out.startswith(f"wrote {CATALOG.format('pt_BR')}\n")
    (folder.root / "old/pt-br.po").rename(folder.root / "old/site.po")
    assert complaint(folder.run("memory", "import", "old/site.po")) == (
        "old/site.po: does not say its language; say it with --locale"
    )


def test_a_message_with_plural_forms_is_left_to_the_tool_that_made_it(site: Site) -> None:
    text = "Ein Wort über [Berlin](/b) und den Mond."
    site.write("content/seite.de.md", f"{text}\n")
    site.ok("extract")
    site.write(
        FR,
        site.read(FR).replace(
            f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgid_plural "x"\nmsgstr[0] ""\nmsgstr[1] ""'
        ),
    )
    site.write("old/fr.po", OTHERS_CATALOG)
    before = site.snapshot()
    run = site.ok("memory", "import", "old/fr.po", "--only-matching", "--check")
    assert "to be reviewed" not in run.out
    assert site.snapshot() == before
