"""`init` in sites of Jekyll, whose pages say their language in their front matter and their address, too."""

import pytest
from cli_site import Site, complaint, settings

GERMAN = "Das ist der Text, der auf der Seite steht, und er ist nicht lang.\n"
FRENCH = "Voici le texte qui est sur la page, et il n'est pas long.\n"


def page(*lines: str, text: str = GERMAN) -> str:
    return "\n".join(["---", "title: Titel", *lines, "---", "", text])


def test_pages_lie_in_a_folder_of_their_language(folder: Site) -> None:
    folder.write(
        "_config.yml", "title: Netzwerk\nlang: de-DE\ntheme: jekyll-theme-cayman\nexclude: [entwurf]\n"
    )
    folder.write("index.md", page("lang: de", "permalink: /", "excerpt: Kurz"))
    folder.write("_posts/2024-01-01-a.md", page())
    folder.write("README.md", "# Read me\n")
    folder.write("_includes/x.md", GERMAN)
    folder.write("entwurf/x.md", page())
    folder.write("doc/notes/x.md", GERMAN)
    folder.write("_posts/notes.md", GERMAN)
    out = folder.ok("init", "--locale", "fr", "--locale", "pt_BR").out
    assert settings(folder) == {
        "project": {"domain": folder.root.name, "source_locale": "de", "locales": ["fr", "pt_BR"]},
        "pages": {
            "source": "{path}.md",
            "target": "{lang}/{path}.md",
            "exclude": ["README.md", "_includes/**", "_posts/notes.md", "doc/**", "entwurf/**"],
            "front_matter": [
                *("title", "description", "summary", "subtitle", "linkTitle", "caption", "alt", "excerpt"),
            ],
            "localized": {"lang": "{lang}", "permalink": "/{lang}{value}"},
        },
    }
    assert "found a Jekyll site, a folder for each language but the first (_config.yml)" in out
    assert "from  de     {path}.md  (2 pages)" in out
    assert "note: add locales and netzwerk-i18n.toml to exclude in _config.yml" in out
    folder.ok("extract")
    folder.ok("extract", "--check")


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "title: x\n", "Gemfile": 'gem "github-pages", group: :jekyll_plugins\n'},
        {"_config.yml": "title: x\n", "_layouts/default.html": ""},
        {"_config.yaml": "kramdown: {input: GFM}\n"},
        {"_config.yml": "plugins: [jekyll-feed]\n"},
    ],
    ids=["Gemfile", "folder", "settings", "plugins"],
)
def test_a_site_is_jekylls_by_any_of_its_signs(folder: Site, files: dict[str, str]) -> None:
    for path, text in files.items():
        folder.write(path, text)
    folder.write("index.md", page())
    assert "a Jekyll site" in folder.ok("init", "--locale", "fr").out
    assert settings(folder)["project"]["source_locale"] == "de"  # by its words
    assert settings(folder)["pages"]["localized"] == {"lang": "{lang}"}


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "title: x\nsource_dir: source\ntheme: landscape\nmarkdown: x\n"},
        {"_config.yml": "title: A book\nplugins: x\n", "_toc.yml": "root: intro\n"},
        {"_config.yml": "title: anything\n"},
    ],
    ids=["Hexo", "Jupyter Book", "unknown"],
)
def test_a_configuration_of_another_program_is_no_jekyll_site(folder: Site, files: dict[str, str]) -> None:
    for path, text in files.items():
        folder.write(path, text)
    folder.write("index.md", page())
    assert "Jekyll" not in folder.ok("init", "--locale", "fr").out


def test_a_site_in_docs_as_github_builds_it(folder: Site) -> None:
    folder.write(
        "docs/_config.yml", "remote_theme: x/y\nlocale: de\nexclude: [locales, netzwerk-i18n.toml]\n"
    )
    folder.write("docs/index.md", page("locale: de"))
    folder.write("README.md", page())
    out = folder.ok("init", "--locale", "fr").out
    pages = settings(folder)["pages"]
    assert pages["source"] == "docs/{path}.md"
    assert pages["target"] == "docs/{lang}/{path}.md"
    assert pages["localized"] == {"locale": "{lang}"}
    assert "note" not in out


def test_folders_for_every_language_and_addresses_that_must_differ(folder: Site) -> None:
    folder.write("_config.yml", "defaults: []\n")
    for name in ("a", "b"):
        folder.write(f"de/{name}.md", page("lang: de", f"permalink: /de/{name}/"))
    folder.write("fr/a.md", page("lang: fr", "permalink: /fr/a/", text=FRENCH))
    folder.ok("init")
    pages = settings(folder)["pages"]
    assert (pages["source"], pages["target"]) == ("de/{path}.md", "{lang}/{path}.md")
    assert pages["localized"] == {"lang": "{lang}", "permalink": "/{lang}{value}"}
    folder.ok("extract")
    catalog = f"locales/fr/LC_MESSAGES/{folder.root.name}.po"
    folder.translate({"Titel": "Titre", GERMAN.strip(): FRENCH.strip()}, catalog=catalog)
    assert "fr/a.md: written or edited by a person" in folder.run("build").err
    assert 'permalink: "/fr/b/"\n' in folder.read("fr/b.md")


def test_translations_that_lie_beside_the_pages_of_the_first_language(folder: Site) -> None:
    folder.write("_config.yml", "defaults: []\n")
    folder.write("a.md", page("permalink: /a/"))
    folder.write("fr/a.md", page("lang: fr", "permalink: /fr/a/", text=FRENCH))
    folder.ok("init")
    assert settings(folder)["project"]["locales"] == ["fr"]
    pages = settings(folder)["pages"]
    assert (pages["source"], pages["target"]) == ("{path}.md", "{lang}/{path}.md")
    assert pages["localized"] == {"lang": "{lang}", "permalink": "/{lang}{value}"}


def test_addresses_without_a_slash_get_one(folder: Site) -> None:
    folder.write("_config.yml", "defaults: []\n")
    folder.write("a.md", page("permalink: a/", "redirect_from: [/alt/, /aelter/]"))
    folder.ok("init", "--locale", "fr")
    assert settings(folder)["pages"]["localized"] == {
        "lang": "{lang}",
        "permalink": "/{lang}/{value}",
        "redirect_from": "/{lang}{value}",
    }
    folder.ok("extract")
    folder.translate(
        {"Titel": "Titre", GERMAN.strip(): FRENCH.strip()},
        catalog=f"locales/fr/LC_MESSAGES/{folder.root.name}.po",
    )
    folder.ok("build")
    assert 'permalink: "/fr/a/"\nredirect_from: ["/fr/alt/", "/fr/aelter/"]\n' in folder.read("fr/a.md")


def test_polyglot_says_which_languages_there_are(folder: Site) -> None:
    folder.write(
        "_config.yml",
        "plugins: [jekyll-polyglot]\nlanguages: [en, de, xx-klingon, pt-BR]\ndefault_lang: en\n"
        "collections: {docs: {output: true}}\n",
    )
    folder.write("a.md", page("permalink: /a/"))
    folder.write("b.md", page())
    folder.write("_docs/c.md", page())
    out = folder.ok("init", "--source-locale", "de").out
    assert settings(folder)["project"]["source_locale"] == "de"
    assert settings(folder)["project"]["locales"] == ["en", "pt_BR"]
    assert settings(folder)["locales"]["pt_BR"] == {"lang": "pt-BR"}
    assert settings(folder)["pages"]["localized"] == {"lang": "{lang}", "permalink": "{value}"}
    for note in (
        "xx-klingon is no language",
        "some pages have none in their front matter",
    ):
        assert note in out
    assert settings(folder)["pages"]["more"] == [
        {"source": "_docs/{path}.md", "target": "_docs/{lang}/{path}.md"}
    ]
    folder.remove("netzwerk-i18n.toml")
    said = complaint(folder.run("init", "--source-locale", "it"))
    assert said == "_config.yml: has no language 'it'; it has en, de, xx-klingon, pt-BR"


@pytest.mark.parametrize(
    ("collections", "parent", "note"),
    [
        ("collections: [docs, leer]\n", "", ""),
        ("collections: {docs: {permalink: '/:collection/:path/'}}\n", "", ""),
        ("collections: {docs: {permalink: '/:collection/:title/'}}\n", "", "have one address by /:collection/:title/"),
        ("collections: {docs: {output: true}, posts: {output: true}}\ncollections_dir: teile\n", "teile/", ""),
        ("collections: {docs: null}\n", "", ""),
    ],
)  # fmt: skip
def test_collections_have_their_localized_pages_within(
    folder: Site, collections: str, parent: str, note: str
) -> None:
    folder.write("_config.yml", f"lang: de\n{collections}")
    folder.write("a.md", page())
    folder.write(f"{parent}_docs/teil/b.md", page())
    out = folder.ok("init", "--locale", "fr").out
    assert f"from  de  {parent}_docs/{{path}}.md  (1 page)" in out
    assert "from  de  {path}.md  (1 page)" in out
    assert ("have one address" in out) is bool(note)
    assert note in out
    folder.ok("extract")
    folder.translate(
        {"Titel": "Titre", GERMAN.strip(): FRENCH.strip()},
        catalog=f"locales/fr/LC_MESSAGES/{folder.root.name}.po",
    )
    folder.ok("build")
    assert folder.exists(f"{parent}_docs/fr/teil/b.md")
    assert folder.exists("fr/a.md")
    assert "extract: 2 pages" in folder.ok("extract").out


def test_collections_of_a_site_with_a_folder_for_each_language_are_left_to_people(folder: Site) -> None:
    folder.write("_config.yml", "collections: [docs]\n")
    for path in ("de/a.md", "fr/a.md", "de/b.md"):
        folder.write(path, page())
    folder.write("_docs/c.md", page())
    out = folder.ok("init", "--source-locale", "de").out
    assert "what is in _docs is not covered" in out
    assert "more" not in settings(folder)["pages"]


@pytest.mark.parametrize(
    ("config", "kept"),
    [
        ("kramdown: {hard_wrap: true}\n", True),
        ("kramdown: {hard_wrap: false}\n", False),
        ("markdown: CommonMark\ncommonmark: {options: [SMART, HARDBREAKS]}\n", True),
        ("markdown: CommonMark\ncommonmark: x\n", False),
    ],
)
def test_a_site_that_shows_line_breaks_keeps_them(folder: Site, config: str, kept: bool) -> None:  # noqa: FBT001
    folder.write("_config.yml", config + "defaults: []\n")
    folder.write("a.md", page())
    folder.ok("init", "--locale", "fr")
    assert settings(folder)["pages"].get("hard_wraps", False) is kept


def test_a_configuration_that_is_no_yaml_is_named(folder: Site) -> None:
    folder.write("_config.yml", "title: [\n")
    folder.write("a.md", page())
    assert complaint(folder.run("init", "--locale", "fr")).startswith("_config.yml: cannot be read")


def test_a_page_that_is_not_utf8_is_left_to_extract(folder: Site) -> None:
    folder.write("_config.yml", "plugins: []\nlang: de\n")
    folder.write("a.md", page())
    folder.write("b.md", page().encode() + b"\xe4")
    folder.ok("init", "--locale", "fr")
    assert "exclude" not in settings(folder)["pages"]
    assert complaint(folder.run("extract")).startswith("b.md:6: is not UTF-8")
