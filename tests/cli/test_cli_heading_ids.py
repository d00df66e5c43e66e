"""`heading_ids`: what links to a heading finds it in every language."""

import re

import pytest
from cli_site import Site, complaint, configuration, settings

from netzwerk_i18n.page.settings import HEADING_IDS

PAGE = """\
---
title: Titel
---

# Unser Ziel

Mehr [über uns](#über-uns) und [zum Ziel](#unser-ziel).

## Über uns

Ein Satz.

## Über uns

Noch ein Satz.
"""
FRENCH = {
    "Titel": "Titre",
    "Unser Ziel": "Notre but",
    "Über uns": "Qui nous sommes",
    "Mehr [über uns](#über-uns) und [zum Ziel](#unser-ziel).": "Plus sur [nous](#über-uns) et [le but](#unser-ziel).",
    "Ein Satz.": "Une phrase.",
    "Noch ein Satz.": "Encore une phrase.",
}
LOCALIZED = "content/seite.fr.md"


@pytest.fixture
def linked(empty_site: Site) -> Site:
    """A translated site that links to its headings."""
    empty_site.configure(pages='heading_ids = "hugo"')
    empty_site.write("content/seite.de.md", PAGE)
    empty_site.ok("extract")
    empty_site.translate(FRENCH)
    return empty_site


def anchors(site: Site) -> list[str]:
    out = site.run("check", "--only", "anchors").out
    return re.findall(r"the link #(\S+) leads", out)


def test_links_to_translated_headings_lead_to_them(linked: Site) -> None:
    linked.ok("build")
    french = linked.read(LOCALIZED)
    assert re.findall("^#.*$", french, re.MULTILINE) == [
        "# Notre but {#unser-ziel}",
        "## Qui nous sommes {#über-uns}",
        "## Qui nous sommes {#über-uns-1}",
    ]
    assert anchors(linked) == []
    linked.ok("sync", "--check")
    linked.configure()
    assert anchors(linked) == ["über-uns", "unser-ziel"]
    assert "set heading_ids in [pages]" in linked.run("check").out


def test_the_page_differs_by_the_ids_alone(linked: Site) -> None:
    linked.ok("build")
    with_ids = linked.read(LOCALIZED)
    linked.configure()
    linked.ok("build")
    assert re.sub(r" \{#.*\}", "", with_ids) == linked.read(LOCALIZED)


def test_what_is_not_published_has_its_own_text_and_no_id(linked: Site) -> None:
    linked.configure(pages='heading_ids = "hugo"', more="[locales.fr]\nminimum_coverage = 0\n")
    linked.translate({"Unser Ziel": "", "Über uns": "Oh\n\n# Oh"})
    assert linked.run("build").code == 1
    assert re.findall("^#.*$", linked.read(LOCALIZED), re.MULTILINE) == [
        "# Unser Ziel",
        "## Über uns",
        "## Über uns",
    ]
    linked.configure(
        pages='heading_ids = "hugo"', more='[locales.fr]\nminimum_coverage = 0\nfallback = "omit"\n'
    )
    linked.translate({"Über uns": "Nous", "Ein Satz.": ""})
    linked.ok("build")
    assert re.findall("^#.*$", linked.read(LOCALIZED), re.MULTILINE) == [
        "## Nous {#über-uns}",
        "## Nous {#über-uns-1}",
    ]


def test_an_edited_page_is_read_back_without_its_ids(linked: Site) -> None:
    linked.ok("build")
    page = linked.read(LOCALIZED)
    linked.write(
        LOCALIZED, page.replace("Notre but", "Notre objectif").replace("Une phrase", "Une autre phrase")
    )
    linked.ok("import", "--edited")
    assert linked.entry("Unser Ziel").msgstr == "Notre objectif"
    assert linked.entry("Ein Satz.").msgstr == "Une autre phrase."
    edited = linked.read(LOCALIZED)
    linked.ok("build")
    assert linked.read(LOCALIZED) == edited


def test_a_page_with_ids_is_read_as_a_localized_page(linked: Site) -> None:
    linked.ok("build")
    page = linked.read(LOCALIZED)
    linked.remove(LOCALIZED)
    linked.remove("locales/.netzwerk-i18n/pages.json")
    linked.remove("locales/fr/LC_MESSAGES/site.po")
    linked.write(LOCALIZED, page)
    linked.ok("extract")
    linked.ok("import")
    assert {entry.msgid: entry.msgstr for entry in linked.catalog() if not entry.fuzzy} == FRENCH


def test_no_text_and_no_translation_depends_on_it(linked: Site) -> None:
    before = linked.contents()
    linked.configure()
    linked.ok("extract")
    after = linked.contents()
    assert {path for path in before if before[path] != after[path]} <= {"netzwerk-i18n.toml"}


def test_a_generator_that_is_not_known_is_told_with_those_that_are(linked: Site) -> None:
    linked.configure(pages='heading_ids = "Hugo"')
    line = complaint(linked.run("build"))
    assert line.startswith("netzwerk-i18n.toml:")
    assert "heading_ids in [pages] must be 'hugo', 'docusaurus'" in line


HUGO = (
    'baseURL = "https://example.org/"\ndefaultContentLanguage = "de"\n'
    "[languages.de]\nweight = 1\n[languages.fr]\nweight = 2\n"
)
DOCUSAURUS = "export default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n"
ZOLA = 'base_url = "https://example.org"\ndefault_language = "de"\n[languages.fr]\n'
MKDOCS = "theme: {name: material, language: de}\n"
JEKYLL = "defaults: []\n"
VITEPRESS = "export default {locales: {root: {lang: 'de'}, fr: {lang: 'fr'}}}\n"


@pytest.mark.parametrize(
    ("name", "config", "page", "style"),
    [
        ("hugo.toml", HUGO, "content/a.md", "hugo"),
        ("hugo.toml", f'{HUGO}[markup.goldmark.parser]\nautoHeadingIDType = "github-ascii"\n', "content/a.md", None),
        ("hugo.toml", f"{HUGO}[markup.goldmark.parser.attribute]\ntitle = false\n", "content/a.md", None),
        ("hugo.toml", f"{HUGO}[markup.goldmark.parser]\nautoHeadingIDType = 'github'\n", "content/a.md", "hugo"),
        ("docusaurus.config.js", DOCUSAURUS, "docs/a.md", "docusaurus"),
        ("mkdocs.yml", MKDOCS + "markdown_extensions: [attr_list, toc: {permalink: true}]\n", "docs/a.md", "mkdocs"),
        ("mkdocs.yml", MKDOCS + "markdown_extensions: {extra: {}}\n", "docs/a.md", "mkdocs"),
        ("mkdocs.yml", MKDOCS + "markdown_extensions: [attr_list, toc: {slugify: x}]\n", "docs/a.md", None),
        ("mkdocs.yml", MKDOCS, "docs/a.md", None),
        ("docs/.vitepress/config.ts", VITEPRESS, "docs/a.md", "vitepress"),
        ("docs/.vitepress/config.ts", f"{VITEPRESS}// markdown: {{anchor: {{}}}}\nx = {{anchor: 1}}", "docs/a.md", None),
        ("zola.toml", ZOLA, "content/a.md", "zola"),
        ("zola.toml", f'{ZOLA}[slugify]\nanchors = "safe"\n', "content/a.md", None),
        ("_config.yml", JEKYLL + "title: x\n", "a.md", "jekyll"),
        ("_config.yml", JEKYLL + "kramdown: {auto_ids: false}\n", "a.md", None),
        ("_config.yml", JEKYLL + "markdown: CommonMark\n", "a.md", None),
    ],
)  # fmt: skip
def test_init_sets_it_where_a_page_links_to_a_heading_and_the_generator_makes_its_usual_ids(
    folder: Site, name: str, config: str, page: str, style: str | None
) -> None:
    folder.write(name, config)
    folder.write(page, PAGE)
    folder.ok("init", "--source-locale", "de", "--locale", "fr")
    assert settings(folder)["pages"].get("heading_ids") == style
    folder.ok("extract")


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        ("[x](#ziel)", True),
        ("[x](andere.md#ziel)", True),
        ("[x](/andere/#ziel)", True),
        ("[x]: #ziel", True),
        ('<a class="y" href="#ziel">', True),
        ("[x](https://example.org/#ziel)", False),
        ("[x](//example.org/#ziel)", False),
        ("[x]: https://example.org/#ziel", False),
        ("[x](#)", False),
        ("#ziel (wichtig)", False),
        ('<a href="mailto:a@b.c?subject=#1">', False),
    ],
)
def test_init_takes_links_to_a_place_within_a_page_of_the_site(folder: Site, link: str, is_one: bool) -> None:  # noqa: FBT001
    folder.write("hugo.toml", HUGO)
    folder.write("content/a.md", f"# Ziel\n\nHier {link}\n\n{link}\n")
    folder.ok("init")
    assert ("heading_ids" in settings(folder)["pages"]) is is_one


def test_init_passes_over_a_page_that_is_not_utf_8(folder: Site) -> None:
    folder.write("hugo.toml", HUGO)
    folder.write("content/a.md", b"\xff [x](#ziel)")
    folder.ok("init")
    assert "heading_ids" not in settings(folder)["pages"]


def test_the_configuration_of_the_tests_is_that_of_a_site() -> None:
    assert 'heading_ids = "hugo"' in configuration("fr", pages='heading_ids = "hugo"')


@pytest.mark.parametrize("style", HEADING_IDS)
def test_ids_break_no_page_and_no_anchor_whatever_is_an_error(linked: Site, style: str) -> None:
    usual = "uber" if style in {"mkdocs", "vitepress", "zola"} else "über"
    for path in ("content/seite.de.md", "locales/fr/LC_MESSAGES/site.po"):
        linked.write(path, linked.read(path).replace("#über", f"#{usual}"))
    for checks in ('page-structure = "warning"\nanchors = "error"', 'anchors = "error"', ""):
        linked.configure(pages=f'heading_ids = "{style}"', more=f"[checks]\n{checks}\n")
        linked.ok("extract")
        linked.ok("build")
        assert "## Qui nous sommes" in linked.read(LOCALIZED)
        assert f"{usual}-uns" in linked.read(LOCALIZED).replace(f"#{usual}-uns)", "")
        out = linked.ok("check", "--only", "anchors", "--only", "page-structure").out
        assert out.endswith("nothing found\n"), out


def test_an_anchor_that_no_heading_keeps_is_an_error_where_it_is_one(linked: Site) -> None:
    linked.write(
        "content/seite.de.md", linked.read("content/seite.de.md").replace("# Unser Ziel", "# Unser_Ziel")
    )
    linked.write(
        "content/seite.de.md", linked.read("content/seite.de.md").replace("#unser-ziel", "#unser_ziel")
    )
    linked.configure(pages='heading_ids = "hugo"', more='[checks]\nanchors = "error"\n')
    linked.ok("extract")
    more = "Plus sur [nous](#über-uns) et [le but](#unser_ziel)."
    linked.translate({"Unser_Ziel": "But", "Mehr [über uns](#über-uns) und [zum Ziel](#unser_ziel).": more})
    with linked.edited() as po:
        for entry in po:
            entry.flags = []
    run = linked.run("build")
    assert run.code == 1
    assert "#unser_ziel leads to no heading" in run.err
    assert "give the heading of the source page an id" in run.err
    assert "heading_ids" not in run.err


def test_an_authors_own_lines_of_attributes_stay_what_they_are(linked: Site) -> None:
    page = linked.read("content/seite.de.md").replace("## Über uns\n", '## Über uns\n{: id="wir"}\n', 1)
    linked.write("content/seite.de.md", page.replace("#über-uns", "#wir"))
    linked.configure(pages='heading_ids = "jekyll"', more='[checks]\npage-structure = "warning"\n')
    linked.ok("extract")
    with linked.edited() as po:
        for entry in po:
            entry.msgstr, entry.flags = entry.msgstr.replace("#über-uns", "#wir"), []
    linked.ok("build")
    french = linked.read(LOCALIZED)
    assert '# Notre but\n{: id="unser-ziel"}\n' in french
    assert '## Qui nous sommes\n{: id="wir"}\n\n' in french
    out = linked.ok("check", "--only", "anchors", "--only", "page-structure").out
    assert out.endswith("nothing found\n"), out
