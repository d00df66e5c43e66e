"""Pages of MDX on a site: which they are, what is read on them, and what must not come upon them."""

import tomllib

import pytest
from cli_site import Site, complaint

PAGE = """\
---
title: Titel
---

import Tabs from '@theme/Tabs';

<Tabs>
  <TabItem value="eins" label="Reiter">

    Wir sind **alle** dabei.

  </TabItem>
</Tabs>

Mehr davon.
"""
FRENCH = {
    "Titel": "Titre",
    "Reiter": "Onglet",
    "Wir sind **alle** dabei.": "Nous en sommes **tous**.",
    "Mehr davon.": "Encore plus.",
}


@pytest.fixture
def pages(empty_site: Site) -> Site:
    """A site whose pattern leaves the ending of its pages open."""
    empty_site.configure(
        source="docs/{path}",
        target="i18n/{lang}/{path}",
        pages='include = ["docs/**/*.md", "docs/**/*.mdx"]',
        more="[locales.fr]\nminimum_coverage = 0\n",
    )
    return empty_site


def mdx(site: Site, globs: str) -> None:
    text = site.read("netzwerk-i18n.toml")
    site.write("netzwerk-i18n.toml", text.replace("include =", f"mdx = {globs}\ninclude ="))


def msgids(site: Site) -> set[str]:
    return {entry.msgid for entry in site.catalog() if not entry.obsolete}


def test_a_page_that_ends_in_mdx_is_one_and_another_is_not(pages: Site) -> None:
    pages.write("docs/a.mdx", PAGE)
    pages.write("docs/b.md", PAGE.replace("alle", "beide"))
    pages.ok("extract")
    assert msgids(pages) == set(FRENCH)
    pages.translate(FRENCH)
    pages.ok("build")
    expected = PAGE
    for german, french in FRENCH.items():
        expected = expected.replace(german, french)
    assert pages.read("i18n/fr/a.mdx") == expected
    assert "    Wir sind **beide** dabei." in pages.read("i18n/fr/b.md")
    pages.ok("build", "--check")


def test_the_site_says_which_pages_are_mdx_and_may_change_its_mind(pages: Site) -> None:
    pages.write("docs/a.md", PAGE)
    pages.write("docs/b.mdx", PAGE.replace("alle", "beide"))
    pages.ok("extract")
    assert not any("alle" in msgid for msgid in msgids(pages))
    configured = pages.read("netzwerk-i18n.toml")
    mdx(pages, '["docs"]')
    pages.ok("extract")
    assert {"Wir sind **alle** dabei.", "Wir sind **beide** dabei."} <= msgids(pages)
    pages.write("netzwerk-i18n.toml", configured)
    mdx(pages, "[]")
    pages.ok("extract")
    assert not any("beide" in msgid or "alle" in msgid for msgid in msgids(pages))
    pages.write("netzwerk-i18n.toml", configured)
    pages.ok("extract")
    assert "Wir sind **beide** dabei." in msgids(pages)


def test_globs_that_are_none_are_one_line(pages: Site) -> None:
    mdx(pages, "true")
    assert "mdx in [pages] must be a list of strings" in complaint(pages.run("extract"))


@pytest.mark.parametrize(
    ("translation", "why"),
    [
        ("Encore <3 plus.", "holds a < that begins a tag to MDX; write &lt;"),
        ("export const a = 1", "begins like the code of a page"),
        ("Encore {process.env.A} plus.", "holds a {, which its source lacks"),
    ],
)
def test_what_mdx_could_not_read_or_would_run_is_not_published(
    pages: Site, translation: str, why: str
) -> None:
    pages.write("docs/a.mdx", PAGE)
    pages.ok("extract")
    pages.translate({**FRENCH, "Mehr davon.": translation})
    run = pages.run("build")
    assert why in run.err
    assert "locales/fr/LC_MESSAGES/site.po:" in run.err
    built = pages.read("i18n/fr/a.mdx")
    assert translation not in built
    assert "Nous en sommes **tous**." in built
    assert "Mehr davon." in built


def test_what_another_page_shows_as_it_is_stands_there(pages: Site) -> None:
    pages.write("docs/a.md", "Mehr davon.\n")
    pages.ok("extract")
    pages.translate({"Mehr davon.": "Encore <3 plus."})
    pages.ok("build")
    assert pages.read("i18n/fr/a.md") == "Encore <3 plus.\n"


def test_a_text_of_a_component_is_left_out_with_its_lines(pages: Site) -> None:
    pages.configure(
        source="docs/{path}.mdx",
        target="i18n/{lang}/{path}.mdx",
        more='[[policy]]\npages = ["docs"]\nfallback = "omit"\nminimum_coverage = 0\n',
    )
    pages.write("docs/a.mdx", PAGE)
    pages.ok("extract")
    pages.translate({"Titel": "Titre", "Reiter": "Onglet", "Mehr davon.": "Encore plus."})
    pages.ok("build")
    assert pages.read("i18n/fr/a.mdx") == (
        "---\ntitle: Titre\n---\n\nimport Tabs from '@theme/Tabs';\n\n<Tabs>\n"
        '  <TabItem value="eins" label="Onglet">\n\n  </TabItem>\n</Tabs>\n\nEncore plus.\n'
    )


def test_pages_of_another_tool_are_read_alike(pages: Site) -> None:
    pages.write("docs/a.mdx", PAGE)
    french = PAGE
    for german, text in FRENCH.items():
        french = french.replace(german, text)
    pages.write("i18n/fr/a.mdx", french)
    pages.ok("extract")
    pages.ok("import")
    assert {entry.msgid: entry.msgstr for entry in pages.catalog()} == FRENCH


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("", ["docs/**"]), ("markdown: {format: 'detect'},", None), ('markdown: {format: "mdx"},', ["docs/**"])],
)
def test_init_knows_that_docusaurus_takes_every_page_for_mdx(
    folder: Site, setting: str, expected: list[str] | None
) -> None:
    folder.write(
        "docusaurus.config.js",
        f"export default {{{setting} i18n: {{defaultLocale: 'de', locales: ['de', 'fr']}}}}\n",
    )
    folder.write("docs/a.md", PAGE)
    folder.ok("init")
    assert tomllib.loads(folder.read("netzwerk-i18n.toml"))["pages"].get("mdx") == expected
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    assert ("Wir sind **alle** dabei." in catalog.read_text("utf-8")) is (expected is not None)
