"""Where sites keep the pages of their languages, and what they call these languages."""

import pytest
from cli_site import CATALOG, FRENCH, PAGE, Site

PUBLISH_ALL = '[[policy]]\npages = ["**"]\nminimum_coverage = 0\n'


def pages(site: Site) -> list[str]:
    """The Markdown files of a site."""
    return [path for path in site.contents() if path.endswith(".md")]


def test_a_folder_for_each_language(empty_site: Site) -> None:
    empty_site.configure(
        "fr", source="content/de/{path}.md", target="content/{lang}/{path}.md", more=PUBLISH_ALL
    )
    empty_site.write("content/de/a/b.md", PAGE)
    empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert pages(empty_site) == ["content/de/a/b.md", "content/fr/a/b.md"]


def test_a_source_without_suffix_beside_localized_pages_with_one(empty_site: Site) -> None:
    empty_site.configure("fr", "pt_PT", source="content/{path}.md", more=PUBLISH_ALL)
    empty_site.write("content/a.md", PAGE)
    empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert pages(empty_site) == ["content/a.fr.md", "content/a.md", "content/a.pt-pt.md"]


def test_a_localized_page_is_no_source_after_its_source_was_removed(empty_site: Site) -> None:
    empty_site.configure("fr", source="content/{path}.md", more=PUBLISH_ALL)
    for name in ("a", "b"):
        empty_site.write(f"content/{name}.md", PAGE)
    empty_site.write("content/c.fr.md", "Écrit à la main.\n")
    empty_site.ok("sync")
    empty_site.remove("content/a.md")
    run = empty_site.ok("sync")
    assert "extract: 1 page," in run.out
    assert pages(empty_site) == ["content/b.fr.md", "content/b.md", "content/c.fr.md"]


def test_a_generated_page_is_no_source_after_its_language_was_removed(empty_site: Site) -> None:
    empty_site.configure("fr", "es", source="content/{path}.md", more=PUBLISH_ALL)
    empty_site.write("content/a.md", PAGE)
    empty_site.ok("sync")
    empty_site.configure("fr", source="content/{path}.md", more=PUBLISH_ALL)
    run = empty_site.ok("sync")
    assert "extract: 1 page," in run.out
    assert pages(empty_site) == ["content/a.fr.md", "content/a.md"]


def test_a_page_by_hand_is_no_source_though_the_site_has_not_its_language(empty_site: Site) -> None:
    by_hand = 'hand_written = ["content/a.it.md", "content/notes.stand.md"]'
    empty_site.configure("fr", source="content/{path}.md", more=PUBLISH_ALL, pages=by_hand)
    empty_site.write("content/a.md", PAGE)
    empty_site.write("content/notes.stand.md", "Stand der Dinge.\n")
    empty_site.write("content/a.it.md", "Scritto a mano.\n")
    for _ in range(2):
        empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert "Scritto" not in empty_site.read("locales/site.pot")
    assert "Stand der Dinge" in empty_site.read("locales/site.pot")


def test_a_source_in_the_root_beside_a_folder_for_each_other_language(empty_site: Site) -> None:
    empty_site.configure(
        "fr", source="content/{path}.md", target="content/{lang}/{path}.md", more=PUBLISH_ALL
    )
    empty_site.write("content/a/b.md", PAGE)
    empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert pages(empty_site) == ["content/a/b.md", "content/fr/a/b.md"]


def test_a_language_without_suffix(empty_site: Site) -> None:
    empty_site.configure("fr", "en", more=f'[locales.en]\ntarget = "content/{{path}}.md"\n{PUBLISH_ALL}')
    empty_site.write("content/a.de.md", PAGE)
    empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert pages(empty_site) == ["content/a.de.md", "content/a.fr.md", "content/a.md"]


@pytest.mark.parametrize(
    ("locale", "setting", "lang"),
    [
        ("pt_PT", "", "pt-pt"),
        ("pt_PT", '[locales.pt_PT]\nlang = "pt"\n', "pt"),
        ("zh_Hans", "", "zh-hans"),
        ("zh_Hans", '[locales.zh_Hans]\nlang = "zh-cn"\n', "zh-cn"),
        ("sr_Latn_RS", "", "sr-latn-rs"),
        ("sr@latin", "", "sr-latn"),
        ("ca@valencia", "", "ca-valencia"),
        ("ca@valencia", '[locales."ca@valencia"]\nlang = "ca-val"\n', "ca-val"),
        ("es_419", "", "es-419"),
    ],
)
def test_catalogs_bear_gettexts_name_and_pages_the_sites(
    empty_site: Site, locale: str, setting: str, lang: str
) -> None:
    empty_site.configure(locale, more=setting + PUBLISH_ALL)
    empty_site.write("content/a.de.md", PAGE)
    empty_site.ok("extract")
    empty_site.ok("build", "--locale", lang)
    assert empty_site.catalog(CATALOG.format(locale)).metadata["Language"] == locale
    assert pages(empty_site) == sorted(["content/a.de.md", f"content/a.{lang}.md"])
    assert list(empty_site.status()["locales"]) == [locale]


def test_excluded_pages_are_neither_extracted_nor_built(empty_site: Site) -> None:
    empty_site.configure("fr", pages='exclude = ["content/entwurf/**", "**/_*.de.md"]', more=PUBLISH_ALL)
    empty_site.write("content/a.de.md", PAGE)
    empty_site.write("content/entwurf/b/c.de.md", "Entwurf.\n")
    empty_site.write("content/d/_e.de.md", "Auch.\n")
    empty_site.ok("sync")
    assert [entry.msgid for entry in empty_site.catalog()] == list(FRENCH)
    assert [path for path in pages(empty_site) if ".fr." in path] == ["content/a.fr.md"]


@pytest.mark.parametrize(
    "glob", ["content/entwurf", "content/entwurf/", "./content/entwurf/**", "content//entwurf"]
)
def test_a_folder_is_excluded_by_its_name(empty_site: Site, glob: str) -> None:
    empty_site.configure("fr", pages=f'exclude = ["{glob}"]')
    empty_site.write("content/a.de.md", PAGE)
    empty_site.write("content/entwurfe.de.md", "Kein Entwurf.\n")
    empty_site.write("content/entwurf/b/c.de.md", "Entwurf.\n")
    assert "extract: 2 pages," in empty_site.ok("extract").out


def test_a_pattern_may_say_that_it_begins_here(empty_site: Site) -> None:
    empty_site.configure(
        "fr", source="./content/{path}.de.md", target="./content//{path}.{lang}.md", more=PUBLISH_ALL
    )
    empty_site.write("content/a.de.md", PAGE)
    empty_site.ok("sync")
    empty_site.ok("sync", "--check")
    assert pages(empty_site) == ["content/a.de.md", "content/a.fr.md"]


def test_hidden_files_and_folders_are_no_pages(site: Site) -> None:
    site.write("content/.a.de.md", "Versteckt.\n")
    site.write("content/.b/c.de.md", "Versteckt.\n")
    assert "extract: 1 page," in site.ok("extract").out


def test_the_configuration_may_stand_in_pyproject_toml(site: Site) -> None:
    config = site.read("netzwerk-i18n.toml").replace("[", "[tool.netzwerk-i18n.", 1)
    site.remove("netzwerk-i18n.toml")
    config = config.replace("[pages]", "[tool.netzwerk-i18n.pages]")
    site.write("pyproject.toml", f'[project]\nname = "anders"\n\n{config}')
    site.ok("extract")
    assert site.exists("locales/fr/LC_MESSAGES/site.po")


def test_a_command_finds_the_project_from_a_folder_within(site: Site) -> None:
    run = site.run("extract", folder="content")
    assert (run.code, run.err) == (0, "")
    assert site.exists("locales/site.pot")


def test_a_command_works_on_the_project_that_it_is_given(site: Site) -> None:
    away = site.root.parent / f"{site.root.name}-away"
    away.mkdir()
    run = site.run("-C", str(site.root), "extract", folder=str(away))
    assert (run.code, run.err) == (0, "")
    assert site.exists("locales/site.pot")


def test_the_sites_own_shortcodes_are_read_as_it_says(empty_site: Site) -> None:
    rules = '[shortcodes.karte]\nparameters = ["ort", 0]\n[shortcodes.konsole]\ninner = "code"\n'
    empty_site.configure("fr", more=rules)
    page = '{{< karte "Erster" ort="Köln" title="Nein" >}}\n\n{{< konsole >}}\nls\n{{< /konsole >}}\n'
    empty_site.write("content/a.de.md", page)
    empty_site.ok("extract")
    assert {entry.msgid for entry in empty_site.catalog()} == {"Erster", "Köln"}


def test_titles_of_boxes_and_tabs_are_translated_where_the_site_says_so(empty_site: Site) -> None:
    empty_site.configure("fr", pages="container_titles = true", more="[locales.fr]\nminimum_coverage = 0\n")
    page = '!!! note "Achtung, neu"\n\n    Ein Text.\n\n:::tip[Zwei Wörter]\n\nEin Rat.\n\n:::\n'
    empty_site.write("content/a.de.md", page)
    empty_site.ok("extract")
    empty_site.translate(
        {"Achtung, neu": "Attention", "Ein Text.": "Un texte.", "Zwei Wörter": "Deux ] mots"}
    )
    run = empty_site.run("build")
    assert "which would end it" in run.out + run.err
    assert empty_site.read("content/a.fr.md") == page.replace("Achtung, neu", "Attention").replace(
        "Ein Text.", "Un texte."
    )


def test_comments_in_code_are_translated_where_the_site_says_so(empty_site: Site) -> None:
    empty_site.configure("fr", pages="code_comments = true")
    empty_site.write("content/a.de.md", "```python\n# Grüße alle\nprint()\n```\n")
    empty_site.ok("extract")
    assert [entry.msgid for entry in empty_site.catalog()] == ["Grüße alle"]
