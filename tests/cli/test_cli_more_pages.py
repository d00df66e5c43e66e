"""Pages that lie in several places, each with a pattern for its localized pages."""

import json

import pytest
from cli_site import FRENCH, PAGE, Site, complaint, settings

MORE = """
[[pages.more]]
source = "blog/{path}.md"
target = "i18n/{lang}/blog/{path}.md"

[[pages.more]]
source = "{path}.md"
target = "{path}.{lang}.md"
include = ["*.md"]
"""


@pytest.fixture
def folders(empty_site: Site) -> Site:
    """A site with documents, a blog and a README."""
    empty_site.configure("fr", "en", source="docs/{path}.md", target="i18n/{lang}/docs/{path}.md", more=MORE)
    empty_site.write("docs/a.md", PAGE)
    empty_site.write("blog/a.md", PAGE.replace("Erster", "Dritter"))
    empty_site.write("README.md", "# Titel\n\nLies mich.\n")
    return empty_site


TEXTS = FRENCH | {"Dritter Satz.": "Troisième phrase.", "Lies mich.": "Lis-moi."}


def test_all_of_them_are_extracted_and_built(folders: Site) -> None:
    run = folders.ok("extract")
    assert "extract: 3 pages" in run.out
    assert {entry.msgid for entry in folders.catalog()} == TEXTS.keys()
    folders.translate(TEXTS)
    folders.ok("build")
    assert "Première phrase." in folders.read("i18n/fr/docs/a.md")
    assert "Troisième phrase." in folders.read("i18n/fr/blog/a.md")
    assert folders.read("README.fr.md") == "# Titre\n\nLis-moi.\n"
    assert not folders.exists("README.en.md")
    # What was written is no source page, and a second run changes nothing.
    assert "extract: 3 pages" in folders.ok("extract").out
    folders.ok("sync", "--check")
    assert folders.status()["locales"]["fr"]["total"]["published"] == 3


def test_a_page_that_goes_takes_its_localized_page_along(folders: Site) -> None:
    folders.ok("extract")
    folders.translate(TEXTS)
    folders.ok("build")
    folders.remove("blog/a.md")
    folders.ok("sync")
    assert not folders.exists("i18n/fr/blog/a.md")
    assert folders.exists("i18n/fr/docs/a.md")
    assert folders.exists("README.fr.md")
    assert folders.entry("Dritter Satz.").obsolete


def test_each_may_have_catalogs_of_its_own(folders: Site) -> None:
    text = folders.read("netzwerk-i18n.toml")
    own = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'
    folders.write("netzwerk-i18n.toml", text + own)
    folders.ok("extract")
    folders.translate(TEXTS, "locales/fr/a.po")
    folders.translate(TEXTS, "locales/fr/blog/a.po")
    folders.translate(TEXTS, "locales/fr/README.po")
    folders.ok("build")
    assert "Troisième phrase." in folders.read("i18n/fr/blog/a.md")
    assert folders.exists("README.fr.md")
    folders.remove("blog/a.md")
    folders.write("blog/b.md", PAGE.replace("Erster", "Dritter"))
    folders.ok("sync")
    assert folders.entry("Dritter Satz.", "locales/fr/blog/b.po").msgstr == "Troisième phrase."
    assert not folders.exists("i18n/fr/blog/a.md")


def test_the_catalog_of_a_renamed_page_is_known_whatever_a_platform_calls_the_project(folders: Site) -> None:
    text = folders.read("netzwerk-i18n.toml")
    own = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\nreferences = "line"\n'
    folders.write("netzwerk-i18n.toml", text + own)
    folders.ok("extract")
    with folders.edited("locales/fr/blog/a.po") as po:
        po.metadata["Project-Id-Version"] = "acme-website"
    folders.translate(TEXTS, "locales/fr/blog/a.po")
    folders.remove("blog/a.md")
    folders.ok("extract")
    folders.write("blog/b.md", PAGE.replace("Erster", "Dritter"))
    folders.ok("extract")
    assert folders.entry("Dritter Satz.", "locales/fr/blog/b.po").msgstr == "Troisième phrase."


def test_a_page_of_two_folders_is_in_that_which_says_more_of_its_path(empty_site: Site) -> None:
    empty_site.configure(
        source="{path}.md",
        target="{lang}/{path}.md",
        more='[[pages.more]]\nsource = "_docs/{path}.md"\ntarget = "_docs/{lang}/{path}.md"\n',
    )
    for path in ("a.md", "_docs/a.md", "_docs/b/c.md"):
        empty_site.write(path, PAGE)
    empty_site.ok("extract")
    empty_site.translate(FRENCH)
    empty_site.ok("build")
    for path in ("fr/a.md", "_docs/fr/a.md", "_docs/fr/b/c.md"):
        assert empty_site.exists(path)
    assert not empty_site.exists("fr/_docs")
    assert "extract: 3 pages" in empty_site.ok("extract").out


def test_pages_are_chosen_and_imported_wherever_they_lie(folders: Site) -> None:
    folders.write("i18n/fr/blog/a.md", PAGE.replace("Erster Satz.", "Troisième phrase."))
    folders.write("README.fr.md", "# Titre\n\nLis-moi.\n")
    folders.ok("extract")
    folders.run("import", "blog")
    assert folders.entry("Dritter Satz.").msgstr == "Troisième phrase."
    assert folders.entry("Lies mich.").msgstr == ""
    folders.ok("import", "README.md")
    assert folders.entry("Lies mich.").msgstr == "Lis-moi."
    line = complaint(folders.run("build", "x.md"))
    assert "'docs/{path}.md' and 'blog/{path}.md' and '{path}.md'" in line


def test_exclude_holds_for_all_of_them(folders: Site) -> None:
    text = folders.read("netzwerk-i18n.toml")
    folders.write("netzwerk-i18n.toml", text.replace("[pages]\n", '[pages]\nexclude = ["blog"]\n'))
    assert "extract: 2 pages" in folders.ok("extract").out


def test_policies_and_checks_name_pages_by_their_paths(folders: Site) -> None:
    text = folders.read("netzwerk-i18n.toml")
    folders.write("netzwerk-i18n.toml", f'{text}\n[[policy]]\npages = ["blog"]\nminimum_coverage = 0\n')
    folders.ok("extract")
    folders.ok("build")
    assert folders.exists("i18n/fr/blog/a.md")
    assert not folders.exists("i18n/fr/docs/a.md")
    run = folders.run("check", "--format", "json")
    assert json.loads(run.out)["findings"] == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('source = "x/{path}.md"\n', ":10: [[pages.more]] lacks the key 'target'"),
        ('source = "x/{path}.md"\ntarget = "x/{path}.md"\n', ":12: pages in fr would overwrite their source (x/{path}.md)"),
        ('source = "x/{path}.md"\ntarget = "../{lang}/{path}.md"\n', ":12: target '../{lang}/{path}.md' leads outside"),
        ('source = "x.md"\ntarget = "{lang}/{path}.md"\n', ":11: source must hold {path} once"),
        ('source = "x/{path}.md"\ntarget = "{lang}/{path}.md"\ninlude = []\n', ":13: unknown key 'inlude' in [pages.more]"),
        ('source = "x/{path}.md"\ntarget = "{lang}/{path}.po"\n', "catalog must not end like a page"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_one_line(empty_site: Site, table: str, message: str) -> None:
    empty_site.configure("fr", "en", more=f"[[pages.more]]\n{table}")
    assert message in complaint(empty_site.run("extract"))


def test_more_is_a_list_of_tables(empty_site: Site) -> None:
    empty_site.configure("fr", more='[pages.more]\nsource = "x/{path}.md"\n')
    assert "more in [pages] must be a list of tables: write [[pages.more]]" in complaint(
        empty_site.run("extract")
    )


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("blog/{path}.md", "i18n/{lang}/docs/{path}.md", "i18n/fr/docs/a.md: would be the localized page of both blog/a.md and docs/a.md"),
        ("blog/{path}.md", "{lang}/{path}.md", "fr/x.md: is a source page, and would be the localized page of blog/x.md"),
    ],
)  # fmt: skip
def test_two_pages_have_no_localized_page_in_common(
    empty_site: Site, source: str, target: str, message: str
) -> None:
    more = f'[[pages.more]]\nsource = "{source}"\ntarget = "{target}"\n\n[[pages.more]]\nsource = "fr/{{path}}.md"\ntarget = "y/{{lang}}/{{path}}.md"\n'
    empty_site.configure("fr", source="docs/{path}.md", target="i18n/{lang}/docs/{path}.md", more=more)
    for path in ("docs/a.md", "blog/a.md", "blog/x.md"):
        empty_site.write(path, PAGE)
    if "source page" in message:
        empty_site.write("fr/x.md", PAGE)
    run = empty_site.run("extract")
    assert run.code != 0
    assert message in run.err
    assert not empty_site.exists("locales/site.pot")


def test_init_finds_the_blog_of_a_docusaurus_site(folder: Site) -> None:
    folder.write(
        "docusaurus.config.js", "export default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n"
    )
    folder.write("docs/a.md", PAGE)
    folder.write("blog/2024-05-01-a/index.mdx", PAGE.replace("Erster", "Dritter"))
    folder.write("blog/2024-05-02-b.md", PAGE.replace("Erster", "Vierter"))
    out = folder.ok("init").out
    assert "found a Docusaurus site; its documents and blog" in out
    assert "from  de  blog/{path}  (2 pages)" in out
    assert "into  fr  i18n/{lang}/docusaurus-plugin-content-blog/{path}".replace("{lang}", "fr") in out
    pages = settings(folder)["pages"]
    assert pages["mdx"] == ["docs/**", "blog/**"]
    assert pages["more"] == [
        {
            "source": "blog/{path}",
            "target": "i18n/{lang}/docusaurus-plugin-content-blog/{path}",
            "include": ["blog/**/*.md", "blog/**/*.mdx"],
        }
    ]
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    folder.translate(
        TEXTS | {"Vierter Satz.": "Quatrième phrase."}, catalog.relative_to(folder.root).as_posix()
    )
    folder.ok("build")
    blog = "i18n/fr/docusaurus-plugin-content-blog"
    assert "Troisième phrase." in folder.read(f"{blog}/2024-05-01-a/index.mdx")
    assert "Quatrième phrase." in folder.read(f"{blog}/2024-05-02-b.md")


def test_a_docusaurus_site_may_do_without_a_blog(folder: Site) -> None:
    folder.write(
        "docusaurus.config.js",
        "export default {presets: [['classic', {blog: false}]], i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n",
    )
    folder.write("docs/a.md", PAGE)
    folder.write("blog/a.md", PAGE)
    folder.ok("init")
    assert "more" not in settings(folder)["pages"]


def test_workflows_start_when_any_of_the_pages_changes(folders: Site) -> None:
    folders.ok("init", "--ci")
    workflows = "".join(path.read_text("utf-8") for path in folders.root.glob(".github/workflows/*.yml"))
    for glob in (
        "docs/**.md",
        "blog/**.md",
        "**.md",
        "!i18n/fr/docs/**.md",
        "!i18n/en/blog/**.md",
        "!**.fr.md",
    ):
        assert f"- '{glob}'\n" in workflows, glob
