"""`init` as someone uses it who has a site and no configuration."""

import os
import re
from pathlib import Path

import polib
import pytest
import yaml
from cli_site import Site, complaint, settings

from netzwerk_i18n import __version__

HUGO = 'baseURL = "https://example.org/"\ndefaultContentLanguage = "de"\n'
LANGUAGES = "[languages.de]\nweight = 1\n[languages.fr]\nweight = 3\n[languages.pt-br]\nweight = 2\n"
ENGLISH = "# Welcome\n\nThis is the text that stands on the page, and it is not long.\n"
FRENCH = "# Bienvenue\n\nVoici le texte qui est sur la page, et il n'est pas long.\n"
GERMAN = "# Willkommen\n\nDas ist der Text, der auf der Seite steht, und er ist nicht lang.\n"


def pages(site: Site, *paths: str) -> None:
    for path in paths:
        site.write(path, GERMAN)


def test_hugo_with_languages_in_file_names(folder: Site) -> None:
    folder.write("hugo.toml", HUGO + LANGUAGES)
    pages(folder, "content/_index.de.md", "content/a/index.de.md", "content/a/index.fr.md")
    out = folder.ok("init").out
    assert settings(folder)["pages"] == {
        "source": "content/{path}.de.md",
        "target": "content/{path}.{lang}.md",
    }
    assert settings(folder)["project"]["locales"] == ["pt_BR", "fr"]
    assert "from  de     content/{path}.de.md  (2 pages)" in out
    assert "into  fr     content/{path}.fr.md  (1 page)" in out


def test_hugo_whose_default_language_has_bare_names(folder: Site) -> None:
    folder.write("config.yaml", "baseURL: x\ndefaultContentLanguage: de\nlanguages: {de: {}, fr: {}}\n")
    pages(folder, "content/_index.md", "content/a/index.md", "content/a/index.fr.md")
    folder.ok("init")
    assert settings(folder)["pages"]["source"] == "content/{path}.md"
    assert folder.status()["locales"]["fr"]["pages"].keys() == {"content/_index.md", "content/a/index.md"}


def test_hugo_translated_from_another_language_than_its_default(folder: Site) -> None:
    folder.write(
        "hugo.toml", 'defaultContentLanguage = "en"\n[languages.en]\n[languages.de]\n[languages.fr]\n'
    )
    pages(folder, "content/a.md", "content/a.de.md")
    folder.ok("init", "--source-locale", "de")
    assert settings(folder)["project"] == {
        "domain": folder.root.name,
        "source_locale": "de",
        "locales": ["en", "fr"],
    }
    assert settings(folder)["pages"]["source"] == "content/{path}.de.md"
    assert settings(folder)["locales"]["en"]["target"] == "content/{path}.md"


@pytest.mark.parametrize(
    ("config", "arguments", "locale"),
    [
        ('languageCode = "de-DE"\n', (), "de"),
        ('languageCode = "pt-PT"\n', (), "pt_PT"),
        ('languageCode = "en-us"\n', (), "en"),
        ('languageCode = "en-us"\n', ("--source-locale", "de"), "de"),
        ('title = "Blog"\n', ("--source-locale", "pt_BR"), "pt_BR"),
        ('title = "Blog"\n', (), "en"),
        ('languageCode = "en-us"\ndefaultContentLanguage = "DE"\n', (), "de"),
    ],
)
def test_hugo_in_one_language_so_far(
    folder: Site, config: str, arguments: tuple[str, ...], locale: str
) -> None:
    folder.write("hugo.toml", config)
    pages(folder, "content/a.md")
    folder.ok("init", "--locale", "fr", *arguments)
    assert settings(folder)["project"] == {
        "domain": folder.root.name,
        "source_locale": locale,
        "locales": ["fr"],
    }
    assert settings(folder)["pages"] == {"source": "content/{path}.md", "target": "content/{path}.{lang}.md"}


def test_hugo_with_a_folder_for_each_language(folder: Site) -> None:
    folder.write("config/_default/hugo.json", '{"defaultContentLanguage": "de"}')
    folder.write(
        "config/_default/languages.toml",
        '[de]\ncontentDir = "content/deutsch"\n[fr]\ncontentDir = "content/fr"\n[en]\ncontentDir = "content/en"\n'
        '[it]\ndisabled = true\ncontentDir = "content/it"\n',
    )
    pages(folder, "content/deutsch/a.md")
    folder.ok("init")
    assert settings(folder)["pages"] == {
        "source": "content/deutsch/{path}.md",
        "target": "content/{lang}/{path}.md",
    }
    assert set(settings(folder)["project"]["locales"]) == {"fr", "en"}


@pytest.mark.parametrize(
    "of",
    ["lang: {0}", "Lang: {0}", "sites: {{matrix: {{languages: [{0}]}}}}"],
    ids=["lang", "case", "matrix"],
)
@pytest.mark.parametrize("file", ["hugo.yaml", "config/_default/module.yaml"])
def test_hugo_with_a_folder_mounted_for_each_language(folder: Site, file: str, of: str) -> None:
    mounts = "".join(
        f"    - {{{{source: content/{lang}, target: content, {of}}}}}\n".format(lang) for lang in ("de", "fr")
    )
    mounts += "    - {source: static, target: static}\n"
    folder.write("hugo.toml", HUGO + "[languages.de]\n[languages.fr]\n")
    module = f"mounts:\n{mounts}"
    folder.write(file, f"module:\n  {module}" if file == "hugo.yaml" else module)
    pages(folder, "content/de/a.md", "content/fr/a.md")
    folder.ok("init")
    assert settings(folder)["pages"] == {
        "source": "content/de/{path}.md",
        "target": "content/{lang}/{path}.md",
    }


def test_docusaurus(folder: Site) -> None:
    folder.write(
        "docusaurus.config.ts",
        "// locales: ['xx']\nconst config = {i18n: {defaultLocale: 'de', locales: ['de', 'fr', \"pt-BR\"]}};\n",
    )
    pages(folder, "docs/a.md")
    folder.ok("init")
    assert settings(folder)["locales"] == {"pt_BR": {"lang": "pt-BR"}}
    assert settings(folder)["pages"]["target"] == (
        "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}.md"
    )


def test_all_that_docusaurus_shows_is_translated(folder: Site) -> None:
    folder.write(
        "docusaurus.config.js", "export default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n"
    )
    found = {
        "docs/a.md": "docusaurus-plugin-content-docs/current/a.md",
        "versioned_docs/version-1.0/a.md": "docusaurus-plugin-content-docs/version-1.0/a.md",
        "versioned_docs/version-2.0/b/c.mdx": "docusaurus-plugin-content-docs/version-2.0/b/c.mdx",
        "blog/2026/a.md": "docusaurus-plugin-content-blog/2026/a.md",
        "src/pages/impressum.md": "docusaurus-plugin-content-pages/impressum.md",
    }
    pages(folder, *found)
    out = folder.ok("init").out
    assert "its documents, blog, pages and earlier versions" in out
    assert settings(folder)["pages"]["mdx"] == ["docs/**", "blog/**", "src/pages/**", "versioned_docs/**"]
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    entries = {entry.msgid: "Oui" for entry in folder.catalog(catalog.relative_to(folder.root).as_posix())}
    folder.translate(entries, catalog=catalog.relative_to(folder.root).as_posix())
    folder.ok("build")
    for target in found.values():
        assert "Oui" in folder.read(f"i18n/fr/{target}")


@pytest.mark.parametrize(
    ("structure", "page", "source", "target"),
    [
        ("suffix", "docs/a.md", "docs/{path}.md", "docs/{path}.{lang}.md"),
        ("suffix", "docs/a.de.md", "docs/{path}.de.md", "docs/{path}.{lang}.md"),
        ("folder", "docs/de/a.md", "docs/de/{path}.md", "docs/{lang}/{path}.md"),
    ],
)
def test_mkdocs_with_static_i18n(folder: Site, structure: str, page: str, source: str, target: str) -> None:
    folder.write(
        "mkdocs.yml",
        f"site_name: x\nplugins:\n  - i18n:\n      docs_structure: {structure}\n      languages:\n"
        "        - {locale: fr, name: Français}\n        - {locale: de, default: true}\n"
        "markdown_extensions:\n  - emoji: {generator: !!python/name:os.system }\n",
    )
    pages(folder, page)
    folder.ok("init")
    assert settings(folder)["pages"] == {"source": source, "target": target, "container_titles": True}
    assert settings(folder)["project"]["locales"] == ["fr"]


@pytest.mark.parametrize(
    ("config", "arguments", "source", "targets"),
    [
        (
            "[languages.fr]\n[languages.pt-BR]\n",
            (),
            "content/{path}.md",
            {"fr": "content/{path}.fr.md", "pt_BR": "content/{path}.pt-BR.md"},
        ),
        (
            "[languages.fr]\n",
            ("--source-locale", "fr"),
            "content/{path}.fr.md",
            {"de": "content/{path}.md"},
        ),
        ("theme = 'x'\n", ("--locale", "fr"), "content/{path}.md", {"fr": "content/{path}.fr.md"}),
    ],
    ids=["languages", "another source", "one language"],
)
def test_zola_is_told_from_hugo(
    folder: Site, config: str, arguments: tuple[str, ...], source: str, targets: dict[str, str]
) -> None:
    folder.write("config.toml", f"base_url = 'https://example.org'\ndefault_language = 'de'\n{config}")
    pages(folder, "content/_index.md", "content/a.md", "content/a.fr.md")
    out = folder.ok("init", *arguments).out
    assert "found a Zola site, the language in the file name (config.toml)" in out
    assert settings(folder)["pages"]["source"] == source
    for locale, target in targets.items():
        assert re.search(rf"into  {locale} +{re.escape(target)} ", out)


VITEPRESS = (
    "import x from 'y' // locales: {root: {label: 'X', lang: 'it'}}\nexport default defineConfig({%s})\n"
)
SEARCH = "themeConfig: {search: {options: {locales: {es: {translations: {}}}}}},"
LABELS = "fr: {label: 'Français, {fr', lang: 'fr-FR'}, 'pt-br': portuguese, ...more,"


@pytest.mark.parametrize(
    ("config", "text", "arguments", "page", "source", "targets"),
    [
        (
            "docs/.vitepress/config.mts",
            VITEPRESS % f"{SEARCH} lang: 'de-DE', locales: {{root: {{label: 'Deutsch'}}, {LABELS}}}",
            (),
            "docs/a.md",
            "docs/{path}.md",
            {"fr": "docs/fr/{path}.md", "pt_BR": "docs/pt-br/{path}.md"},
        ),
        (
            ".vitepress/config/index.js",
            VITEPRESS
            % f"srcDir: './pages', locales: {{{LABELS} root: {{label: 'D', lang: 'de'}}}}, {SEARCH}",
            ("--source-locale", "fr"),
            "pages/fr/a.md",
            "pages/fr/{path}.md",
            {"de": "pages/{path}.md", "pt_BR": "pages/pt-br/{path}.md"},
        ),
        (
            "docs/.vitepress/config.ts",
            VITEPRESS
            % "locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F'}}, rewrites: {'de/:a*': ':a*'}",
            (),
            "docs/de/a.md",
            "docs/de/{path}.md",
            {"fr": "docs/fr/{path}.md"},
        ),
        (
            "docs/.vitepress/config.js",
            VITEPRESS % "lang: 'de'",
            ("--locale", "fr"),
            "docs/a.md",
            "docs/{path}.md",
            {"fr": "docs/fr/{path}.md"},
        ),
        (
            "astro.config.mjs",
            f"{{integrations: [starlight({{locales: {{root: {{label: 'D', lang: 'de'}}, {LABELS}}} }})]}}",
            (),
            "src/content/docs/a.md",
            "src/content/docs/{path}.md",
            {"fr": "src/content/docs/fr/{path}.md", "pt_BR": "src/content/docs/pt-br/{path}.md"},
        ),
        (
            "astro.config.ts",
            "starlight({defaultLocale: 'deutsch', locales: {fr: {label: 'F'}, deutsch: {label: 'D', lang: 'de'}}})",
            (),
            "src/content/docs/deutsch/a.md",
            "src/content/docs/deutsch/{path}.md",
            {"fr": "src/content/docs/fr/{path}.md"},
        ),
    ],
    ids=["vitepress", "folder of pages", "rewritten", "one language", "starlight", "starlight, folders only"],
)
def test_vitepress_and_starlight(
    folder: Site,
    config: str,
    text: str,
    arguments: tuple[str, ...],
    page: str,
    source: str,
    targets: dict[str, str],
) -> None:
    folder.write(config, text)
    pages(folder, page, "README.md")
    out = folder.ok("init", *arguments).out
    assert f"({config})" in out
    assert settings(folder)["pages"]["source"] == source
    assert settings(folder)["pages"]["container_titles"] is True
    assert dict(re.findall(r"into  (\S+) +(\S+) ", out)) == targets
    assert "(1 page)" in out


@pytest.mark.parametrize(
    ("config", "text", "page", "matter", "msgids"),
    [
        (
            "docs/.vitepress/config.js",
            VITEPRESS % "locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F'}}",
            "docs/index.md",
            "hero:\n  name: Netz\n  text: Für alle\n  actions: [{text: Los, link: /a}]\nfeatures:\n  - title: Frei\n",
            ["Netz", "Für alle", "Los", "Frei"],
        ),
        (
            "astro.config.mjs",
            "starlight({locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F'}}})",
            "src/content/docs/index.md",
            "title: Netz\ntemplate: splash\nhero:\n  tagline: Für alle\n  actions:\n    - text: Los\n      icon: right-arrow\n",
            ["Netz", "Für alle", "Los"],
        ),
        (
            "docusaurus.config.js",
            "{i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}",
            "docs/a.md",
            "id: a\ntitle: Netz\nsidebar_label: Das Netz\nsidebar_position: 1\n",
            ["Netz", "Das Netz"],
        ),
    ],
    ids=["vitepress", "starlight", "docusaurus"],
)
def test_what_a_generator_shows_of_front_matter_is_text(
    folder: Site, config: str, text: str, page: str, matter: str, msgids: list[str]
) -> None:
    folder.write(config, text)
    folder.write(page, f"---\n{matter}---\n")
    folder.ok("init")
    folder.ok("extract")
    catalog = f"locales/fr/LC_MESSAGES/{settings(folder)['project']['domain']}.po"
    assert [entry.msgid for entry in folder.catalog(catalog)] == msgids


def test_links_of_a_home_page_lead_to_the_language_of_its_reader(folder: Site) -> None:
    home = (
        "---\nlayout: home\nhero:\n  text: Wir sind viele\n  actions:\n    - {text: Los, link: /a}\n"
        "    - {text: Mehr, link: 'https://a.example/'}\nfeatures:\n  - {title: Frei, link: ./a}\n---\n"
    )
    config = VITEPRESS % "locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F'}}"
    folder.write("docs/.vitepress/config.js", config)
    folder.write("docs/index.md", home)
    folder.ok("init")
    assert settings(folder)["pages"]["localized"] == {"hero": {"actions": {"link": "/{lang}{value}"}}}
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    texts = {"Wir sind viele": "Nous", "Los": "Allez", "Mehr": "Plus", "Frei": "Libre"}
    folder.translate(texts, catalog=catalog.relative_to(folder.root).as_posix())
    folder.ok("build")
    head = yaml.safe_load(folder.read("docs/fr/index.md").split("---")[1])
    assert [each["link"] for each in head["hero"]["actions"]] == ["/fr/a", "https://a.example/"]
    assert head["features"] == [{"title": "Libre", "link": "./a"}]


@pytest.mark.parametrize(
    ("config", "page", "beside", "text", "noted"),
    [
        ("docs/.vitepress/config.js", "docs/a/b.md", "docs/a/x.png", "![Bild](./x.png)", True),
        ("docs/.vitepress/config.js", "docs/a/b.md", "docs/a/x y.png", "![Bild](<x%20y.png>)", True),
        ("docs/.vitepress/config.js", "docs/a/b.md", "docs/x.png", "<img alt='Bild'\n src='../x.png'>", True),
        ("docs/.vitepress/config.js", "docs/a/b.md", "docs/public/x.png", "![Bild](/x.png)", False),
        ("docs/.vitepress/config.js", "docs/a/b.md", "docs/a/x.png", "![Bild](./y.png)", False),
        (
            "docs/.vitepress/config.js",
            "docs/a/b.md",
            "docs/a/x.png",
            "![Bild](https://a.example/x.png)",
            False,
        ),
        ("docusaurus.config.js", "docs/b.md", "docs/x.png", "![Bild](x.png)", True),
        ("_config.yml", "b.md", "x.png", "---\ntitle: x\n---\n![Bild](x.png)", True),
        ("hugo.toml", "content/b.md", "content/x.png", "![Bild](x.png)", False),
    ],
)
def test_a_file_beside_a_page_that_other_languages_would_miss_is_noted(
    folder: Site, config: str, page: str, beside: str, text: str, *, noted: bool
) -> None:
    known = {"_config.yml": "plugins: []\nlang: de\n", "hugo.toml": HUGO}
    folder.write(config, known.get(config, VITEPRESS % "locales: {root: {label: 'D', lang: 'de'}}"))
    folder.write(page, f"{text}\n\n{GERMAN}")
    folder.write(beside, "")
    arguments = [] if config == "docusaurus.config.js" else ["--source-locale", "de"]
    out = folder.ok("init", "--locale", "fr", *arguments).out
    assert (f"note: {page} shows " in out) is noted


@pytest.mark.parametrize(
    ("config", "text", "folder_of_pages", "target"),
    [
        (
            "docusaurus.config.js",
            "export default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n",
            "docs",
            "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}",
        ),
        (
            "astro.config.mjs",
            "starlight({locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F', lang: 'fr'}}})\n",
            "src/content/docs",
            "src/content/docs/{lang}/{path}",
        ),
    ],
)
def test_pages_of_mdx_are_pages_where_the_generator_reads_them(
    folder: Site, config: str, text: str, folder_of_pages: str, target: str
) -> None:
    folder.write(config, text)
    folder.write(f"{folder_of_pages}/a.md", GERMAN)
    folder.write(f"{folder_of_pages}/b/c.mdx", f"import X from './x'\n\n<X items={{[1, 2]}}>\n{GERMAN}</X>\n")
    folder.write(f"{folder_of_pages}/b/bild.png", "")
    folder.write("other/d.mdx", GERMAN)
    out = folder.ok("init").out
    assert "from  de  " in out
    assert "(2 pages)" in out
    assert "note: pages are left out: 1 that end in .mdx" in out
    pages = settings(folder)["pages"]
    assert (pages["source"], pages["target"]) == (f"{folder_of_pages}/{{path}}", target)
    assert pages["include"] == [f"{folder_of_pages}/**/*.md", f"{folder_of_pages}/**/*.mdx"]
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    folder.translate({GERMAN[16:].strip(): FRENCH}, catalog=catalog.relative_to(folder.root).as_posix())
    assert folder.status()["locales"]["fr"]["pages"].keys() == {
        f"{folder_of_pages}/a.md",
        f"{folder_of_pages}/b/c.mdx",
    }


def test_links_of_a_home_page_leave_the_folder_of_the_first_language(folder: Site) -> None:
    config = VITEPRESS % "locales: {de: {label: 'D', lang: 'de'}, fr: {label: 'F', lang: 'fr'}}"
    folder.write("docs/.vitepress/config.js", config)
    folder.write("docs/de/index.md", "---\nhero:\n  text: Wir\n  actions: [{text: Los, link: /de/a}]\n---\n")
    folder.ok("init", "--source-locale", "de")
    assert settings(folder)["pages"]["source"] == "docs/de/{path}.md"
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    folder.translate({"Wir": "Nous", "Los": "Allez"}, catalog=catalog.relative_to(folder.root).as_posix())
    folder.ok("build")
    assert "link: /fr/a}" in folder.read("docs/fr/index.md").replace('"', "")


def test_a_home_page_of_mdx_is_looked_at_as_well(folder: Site) -> None:
    folder.write(
        "astro.config.mjs",
        "starlight({locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F', lang: 'fr'}}})\n",
    )
    folder.write(
        "src/content/docs/index.mdx",
        f"---\ntitle: Start\nhero:\n  actions: [{{text: Los, link: /a/}}]\n---\n\n{GERMAN}\n![Bild](./x.png)\n",
    )
    folder.write("src/content/docs/x.png", "")
    folder.write("src/content/docs/a.md", GERMAN)
    out = folder.ok("init").out
    assert settings(folder)["pages"]["localized"] == {"hero": {"actions": {"link": "/{lang}{value}"}}}
    assert "note: src/content/docs/index.mdx shows ./x.png" in out


def test_vitepress_whose_languages_are_written_elsewhere_has_folders(folder: Site) -> None:
    folder.write("docs/.vitepress/config.ts", "import {locales} from './locales'\nexport default {locales}\n")
    pages(folder, "docs/de/a.md", "docs/fr/a.md", "docs/de/b.md")
    folder.ok("init")
    found = settings(folder)["pages"]
    assert (found["source"], found["target"]) == ("docs/de/{path}.md", "docs/{lang}/{path}.md")
    assert found["container_titles"] is True


def test_astro_without_starlight_is_as_its_folders_are(folder: Site) -> None:
    folder.write("astro.config.mjs", "export default {}\n")
    pages(folder, "src/content/blog/de/a.md", "src/content/blog/fr/a.md", "src/content/blog/de/b.md")
    folder.ok("init")
    assert settings(folder)["pages"]["source"] == "src/content/blog/de/{path}.md"


def test_a_readme_beside_documents(folder: Site) -> None:
    pages(folder, "README.md", "docs/a.md", "docs/b/c.md", "CHANGES.md", "src/x.md")
    out = folder.ok("init", "--locale", "fr").out
    assert settings(folder)["pages"]["include"] == ["README.md", "docs/**"]
    assert "(3 pages)" in out
    assert (
        "  note: CHANGES.md is left out, and 1 more; the patterns under [pages] say which pages count\n"
        in out
    )


def test_a_readme_beside_its_translations(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md", "README.zh-TW.md", "CHANGES.md")
    out = folder.ok("init").out
    assert "  note: CHANGES.md is left out; the patterns under [pages] say which pages count\n" in out
    assert settings(folder)["project"]["source_locale"] == "de"
    assert settings(folder)["locales"] == {"zh_TW": {"lang": "zh-TW"}}
    assert list(folder.status()["locales"]["fr"]["pages"]) == ["README.md"]


def test_folders_named_by_languages(folder: Site) -> None:
    pages(folder, "docs/de/a.md", "docs/de/b.md", "docs/fr/a.md", "docs/img/c.md")
    folder.ok("init")
    assert settings(folder)["pages"] == {"source": "docs/de/{path}.md", "target": "docs/{lang}/{path}.md"}


@pytest.mark.parametrize(
    ("files", "source", "target", "locales"),
    [
        (
            {"src/docs/en/a.md": ENGLISH, "src/docs/fr/a.md": FRENCH, "README.md": ENGLISH},
            "src/docs/en/{path}.md",
            "src/docs/{lang}/{path}.md",
            ["fr"],
        ),
        (
            {"docs/a.md": ENGLISH, "docs/fr/a.md": FRENCH, "docs/de/a.md": GERMAN, "docs/de/b.md": GERMAN},
            "docs/{path}.md",
            "docs/{lang}/{path}.md",
            ["de", "fr"],
        ),
        ({"a.md": ENGLISH, "zh/a.md": "# 文字\n", "b.md": ""}, "{path}.md", "{lang}/{path}.md", ["zh"]),
        (
            {
                "index.md": ENGLISH,
                **{f"{lang}/{name}.md": "" for lang in ("fr", "es") for name in ("a", "b")},
            },
            "es/{path}.md",
            "{lang}/{path}.md",
            ["fr"],
        ),
        (
            {"mkdocs.yml": "site_name: x\n", "docs/en/a.md": ENGLISH, "docs/de/a.md": GERMAN},
            "docs/en/{path}.md",
            "docs/{lang}/{path}.md",
            ["de"],
        ),
    ],
    ids=["below src", "beside the source", "one, beside the source", "beside a landing page", "mkdocs"],
)
def test_folders_of_languages_are_found_where_they_are(
    folder: Site, files: dict[str, str], source: str, target: str, locales: list[str]
) -> None:
    for path, text in files.items():
        folder.write(path, text)
    folder.ok("init")
    found = settings(folder)["pages"]
    assert (found["source"], found["target"]) == (source, target)
    assert found.get("container_titles", False) is ("mkdocs.yml" in files)
    assert settings(folder)["project"]["locales"] == locales


@pytest.mark.parametrize("text", [ENGLISH, "# Hi\n"], ids=["by its words", "as it is told"])
def test_a_folder_of_the_only_language_so_far_gets_others_beside_it(folder: Site, text: str) -> None:
    for path in ("docs/en/a.md", "docs/en/guide/b.md"):
        folder.write(path, text)
    folder.write("README.md", ENGLISH)
    told = () if text == ENGLISH else ("--source-locale", "en")
    run = folder.ok("init", "--locale", "fr", *told)
    assert settings(folder)["pages"] == {
        "source": "docs/en/{path}.md",
        "target": "docs/{lang}/{path}.md",
    }
    assert "note: README.md is left out" in run.out


def test_a_folder_whose_pages_are_in_another_language_than_its_name_is_none(folder: Site) -> None:
    folder.write("it/a.md", ENGLISH)
    folder.ok("init", "--locale", "fr")
    assert settings(folder)["pages"]["target"] == "it/{path}.{lang}.md"


def test_a_folder_that_only_has_the_name_of_a_language_is_none(folder: Site) -> None:
    pages(folder, "README.md", "src/README.md", "it/a.md")
    folder.ok("init", "--locale", "fr")
    assert settings(folder)["pages"] == {
        "source": "{path}.md",
        "target": "{path}.{lang}.md",
        "include": ["README.md"],
    }


def test_what_it_writes_is_a_project_that_works(folder: Site) -> None:
    folder.write("hugo.toml", HUGO + LANGUAGES)
    pages(folder, "content/a.de.md")
    folder.ok("init")
    folder.ok("extract")
    assert folder.run("sync", "--check").code == 0


def test_the_catalogs_of_a_program_are_left_alone(folder: Site) -> None:
    folder.write("README.md", ENGLISH)
    name = folder.root.name
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#: main.py:1\nmsgid "Quit"\nmsgstr ""\n'
    folder.write(f"locales/fr/LC_MESSAGES/{name}.po", catalog)
    run = folder.ok("init", "--locale", "fr")
    assert settings(folder)["project"]["domain"] == f"{name}-pages"
    assert f"  note: locales/fr/LC_MESSAGES/{name}.po has the texts of a program; " in run.out
    folder.ok("extract")
    assert folder.read(f"locales/fr/LC_MESSAGES/{name}.po") == catalog


def test_the_catalogs_of_a_site_that_is_configured_anew_are_used_again(folder: Site) -> None:
    folder.write("README.md", ENGLISH)
    folder.ok("init", "--locale", "fr")
    folder.ok("extract")
    folder.remove("netzwerk-i18n.toml")
    assert "note:" not in folder.ok("init", "--locale", "fr").out
    assert settings(folder)["project"]["domain"] == folder.root.name


def test_an_existing_configuration_stays(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md")
    folder.configure("fr")
    before = folder.contents()
    assert complaint(folder.run("init")).startswith("netzwerk-i18n.toml: is there already and stays as it is")
    assert folder.contents() == before


def test_nobody_is_told_to_remove_a_pyproject_toml_for_its_table(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md")
    folder.write("pyproject.toml", '[project]\nname = "x"\n\n[tool.netzwerk-i18n.project]\ndomain = "x"\n')
    before = folder.contents()
    assert complaint(folder.run("init")) == (
        "pyproject.toml: has the configuration already, and stays as it is; "
        "remove its tables [tool.netzwerk-i18n...] first to begin anew"
    )
    assert folder.contents() == before


def test_a_file_in_the_place_of_the_folder_for_workflows_is_named(folder: Site) -> None:
    folder.configure("fr")
    folder.write(".github/workflows", "")
    said = complaint(folder.run("init", "--ci"))
    assert said.startswith(".github/workflows/translations.yml: cannot be written: not a directory; ")


def test_a_site_whose_pages_lie_elsewhere_is_told_where_to_say_so(folder: Site) -> None:
    folder.write("docusaurus.config.js", "module.exports = {i18n: {locales: ['en', 'fr']}};\n")
    pages(folder, "handbook/a.md")
    note = "  note: no page is there; if they lie elsewhere, correct source in netzwerk-i18n.toml\n"
    assert note in folder.ok("init").out
    folder.remove("netzwerk-i18n.toml")
    pages(folder, "docs/a.md")
    assert note not in folder.ok("init").out


def test_pages_with_another_ending_are_counted(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md", "about.markdown", "docs/a.mdx", "docs/b.mdx", ".x/c.mdx")
    out = folder.ok("init").out
    assert "  note: pages are left out: 1 that end in .markdown\n" in out
    assert "  note: pages are left out: 2 that end in .mdx\n" in out


def test_check_writes_nothing(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md")
    before = folder.contents()
    run = folder.run("init", "--ci", "--check")
    assert (run.code, run.err) == (1, "")
    assert "would write netzwerk-i18n.toml" in run.out
    assert folder.contents() == before


@pytest.mark.parametrize(
    ("files", "arguments", "words"),
    [
        ({}, (), "change into your site's folder, or name it: netzwerk-i18n -C FOLDER init"),
        ({"README.md": GERMAN}, (), "--locale en --locale fr"),
        (
            {"a.markdown": "x", "b.mdx": "x"},
            (),
            "but 1 that end in .markdown and 1 that end in .mdx; the pat",
        ),
        ({"README.md": ENGLISH}, (), ": --locale fr --locale es"),
        ({"README.md": "# Zfrx\n"}, ("--locale", "fr"), "say --source-locale"),
        ({"README.md": GERMAN}, ("--locale", "französisch"), "'französisch' is no language"),
        (
            {"hugo.toml": HUGO, "content/a.md": GERMAN},
            ("--source-locale", "sv"),
            "hugo.toml: has no language 'sv'",
        ),
        ({"hugo.toml": "baseURL = \n", "content/a.md": GERMAN}, (), "hugo.toml: cannot be read"),
        ({"mkdocs.yml": "a: [\n", "docs/a.md": GERMAN}, (), "mkdocs.yml: cannot be read"),
        ({"mkdocs.yml": b"a: \xff\n", "docs/a.md": GERMAN}, (), "mkdocs.yml: is not UTF-8"),
    ],
)
def test_what_cannot_be_told_is_one_line(
    folder: Site, files: dict[str, str | bytes], arguments: tuple[str, ...], words: str
) -> None:
    for path, content in files.items():
        folder.write(path, content)
    assert words in complaint(folder.run("init", *arguments))
    assert not folder.exists("netzwerk-i18n.toml")


def test_a_language_that_the_site_lacks_is_added(folder: Site) -> None:
    pages(folder, "README.md")
    folder.ok("init", "-l", "fr", "-l", "pt-BR", "-l", "fr")
    assert settings(folder)["project"]["locales"] == ["fr", "pt_BR"]


def test_a_language_with_a_modifier_is_taken_as_the_configuration_takes_it(folder: Site) -> None:
    pages(folder, "README.md")
    out = folder.ok("init", "-l", "sr@latin", "-l", "ca@valencia").out
    assert "into  sr@latin     {path}.sr-latn.md" in out
    assert settings(folder).keys() == {"project", "pages"}
    assert settings(folder)["project"]["locales"] == ["sr@latin", "ca@valencia"]


@pytest.mark.parametrize(
    ("files", "lang"),
    [
        ({"docusaurus.config.js": "", "docs/a.md": ENGLISH}, "zh-Hans"),
        ({"README.md": ENGLISH, "README.pt-BR.md": "x"}, "zh-Hans"),
        ({"README.md": ENGLISH, "README.pt-br.md": "x"}, "zh-hans"),
        ({"hugo.toml": HUGO.replace("de", "en"), "content/a.md": ENGLISH}, "zh-hans"),
    ],
    ids=["docusaurus", "capitals", "small letters", "hugo"],
)
def test_a_new_language_is_written_as_the_site_writes_the_others(
    folder: Site, files: dict[str, str], lang: str
) -> None:
    for path, text in files.items():
        folder.write(path, text)
    assert lang in folder.ok("init", "--locale", "zh_Hans").out
    folder.ok("extract")
    assert settings(folder).get("locales", {}).get("zh_Hans", {"lang": "zh-hans"}) == {"lang": lang}


def test_a_config_file_of_another_program_is_no_hugo_site(folder: Site) -> None:
    folder.write("config.toml", "[server]\nport = 1\n")
    pages(folder, "README.md", "README.fr.md")
    folder.ok("init")
    assert settings(folder)["pages"]["source"] == "{path}.md"


def test_workflows_are_written_for_a_project_that_has_its_configuration(folder: Site) -> None:
    pages(folder, "README.md", "README.fr.md")
    folder.ok("init")
    configured = folder.read("netzwerk-i18n.toml")
    folder.write(".github/workflows/pages.yml", "mine")
    run = folder.ok("init", "--ci")
    assert "kept .github/workflows/pages.yml" in run.out
    assert folder.read(".github/workflows/pages.yml") == "mine"
    assert folder.read("netzwerk-i18n.toml") == configured
    assert "'!**.fr.md'" in folder.read(".github/workflows/regenerate.yml")


def test_workflows_of_a_site_in_a_folder_lie_at_the_top_of_its_repository(tmp_path: Path) -> None:
    site = Site(tmp_path / "my sites/one")
    pages(site, "README.md", "README.fr.md")
    site.write("../../.git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/1.10\n")
    site.write("../../.github/workflows/pages.yml", "mine")
    run = site.ok("init", "--ci")
    assert "wrote ../../.github/workflows/translations.yml" in run.out
    assert "kept ../../.github/workflows/pages.yml" in run.out
    assert not site.exists(".github")
    assert site.read("../../.github/workflows/pages.yml") == "mine"
    translations, regenerate = (
        yaml.safe_load(site.read(f"../../.github/workflows/{name}.yml"))
        for name in ("translations", "regenerate")
    )
    for workflow in (translations, regenerate):
        assert workflow["defaults"] == {"run": {"working-directory": "my sites/one"}}
    steps = {step.get("name"): step for step in translations["jobs"]["check"]["steps"]}
    assert steps["Keep the localized pages"]["with"]["path"].split("\n") == ["my sites/one/**/*.fr.md", ""]
    assert '-C "$RUNNER_TEMP/before/my sites/one" status' in steps["Status before and after"]["run"]
    assert regenerate[True]["push"] == {  # "on" is a truth value to YAML 1.1
        "branches": ["1.10"],
        "paths": [
            "my sites/one/**.md",
            "!my sites/one/**.fr.md",
            "my sites/one/locales/**/LC_MESSAGES/one.po",
            "my sites/one/netzwerk-i18n.toml",
        ],
    }


def test_a_second_site_in_a_repository_has_workflows_of_its_own(tmp_path: Path) -> None:
    sites = [Site(tmp_path / "top" / name) for name in ("one", "more/über uns", "")]
    (tmp_path / "top/.git").mkdir(parents=True)
    for site in sites:
        pages(site, "README.md", "README.fr.md")
        site.ok("init", "--ci")
    again = sites[1].ok("init", "--ci").out
    assert "kept ../../.github/workflows/regenerate-more-über-uns.yml; it is there already\n" in again
    own = "translations-more-über-uns.yml"
    folder = tmp_path / "top/.github/workflows"
    assert {path.name for path in folder.iterdir()} == {
        "pages.yml",
        *(
            f"{name}{mark}.yml"
            for name in ("translations", "regenerate")
            for mark in ("", "-more-über-uns", "-top")
        ),
    }
    workflows = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    for key in ("name", "concurrency"):
        assert len({str(workflow[key]) for workflow in workflows}) == len(workflows)
    regenerate = (folder / "regenerate-more-über-uns.yml").read_text("utf-8")
    assert "BRANCH: netzwerk-i18n/regenerate-more-über-uns\n" in regenerate
    assert "working-directory: 'more/über uns'" in (folder / own).read_text("utf-8")


def test_a_folder_whose_name_a_workflow_would_read_otherwise_is_refused(tmp_path: Path) -> None:
    site = Site(tmp_path / "a$(id)")
    pages(site, "README.md", "README.fr.md")
    site.write("../.git/HEAD", "ref: refs/heads/main\n")
    assert complaint(site.run("init", "--ci")).startswith("the folder 'a$(id)' cannot be named in a workflow")
    assert not site.exists("netzwerk-i18n.toml")
    assert not site.exists("../.github")


@pytest.mark.parametrize(
    ("origin", "installed"),
    [
        (None, f"netzwerk-i18n=={__version__}"),
        (
            f'{{"url": "https://example.org/n", "vcs_info": {{"vcs": "git", "commit_id": "{"0a" * 20}"}}}}',
            f"netzwerk-i18n @ git+https://example.org/n@{'0a' * 20}",
        ),
        ('{"url": "file:///home/me/n", "dir_info": {}}', "netzwerk-i18n @ git+ADDRESS@COMMIT"),
    ],
    ids=["index", "git", "folder"],
)
def test_workflows_install_the_tool_from_where_it_came_and_say_so(
    folder: Site, origin: str | None, installed: str
) -> None:
    noted = "installed/netzwerk_i18n-9.9.9.dist-info"
    folder.write(f"{noted}/METADATA", "Metadata-Version: 2.1\nName: netzwerk-i18n\nVersion: 9.9.9\n")
    if origin is not None:
        folder.write(f"{noted}/direct_url.json", origin)
    folder.configure("fr")
    path = os.pathsep.join([str(folder.root / "installed"), os.environ.get("PYTHONPATH", "")])
    run = folder.ok("init", "--ci", PYTHONPATH=path)
    assert f"note: the workflows install {installed}; " in run.out
    for name in ("translations", "regenerate", "pages"):
        assert f'        run: pip install "{installed}"\n' in folder.read(f".github/workflows/{name}.yml")


@pytest.mark.parametrize(
    ("languages", "value"),
    [
        (LANGUAGES, "/{lang}{value}"),
        (
            "[languages.de]\nbaseURL = 'https://a.example/'\n[languages.fr]\nbaseURL = 'https://b.example/'\n",
            "{value}",
        ),
        ("[languages.de]\nbaseURL = 'https://a.example/'\n[languages.fr]\nweight = 2\n", "/{lang}{value}"),
    ],
    ids=["one host", "a host for each", "one host and another"],
)
def test_an_address_that_hugo_would_give_to_every_language_is_told_apart(
    folder: Site, languages: str, value: str
) -> None:
    folder.write("hugo.toml", HUGO + languages)
    folder.write("content/a.md", f"---\nurl: /ueber/\n---\n{GERMAN}")
    folder.write("content/b.fr.md", f"---\nurl: /alt/\n---\n{FRENCH}")
    folder.ok("init")
    assert settings(folder)["pages"]["localized"] == {"url": value}
    assert "would be the address" not in folder.ok("extract").err


@pytest.mark.parametrize(
    "head", ["url: ueber/", "slug: ueber", "aliases: [/alt/]", "url: https://a.example/"]
)
def test_an_address_that_hugo_keeps_apart_needs_nothing(folder: Site, head: str) -> None:
    folder.write("hugo.toml", HUGO + LANGUAGES)
    folder.write("content/a.md", f"---\n{head}\n---\n{GERMAN}")
    folder.write("content/b.md", GERMAN.encode() + b"\xe4")
    folder.ok("init")
    assert "localized" not in settings(folder)["pages"]


PELICAN = 'SITENAME = "x"\nDEFAULT_LANG = "de"\nPATH = "content"\nTHEME_PATH = "other"\n'


@pytest.mark.parametrize(
    ("more", "target"),
    [({}, "content/{path}.{lang}.md"), ({"content/a-fr.md": FRENCH}, "content/{path}-{lang}.md")],
    ids=["alone", "with translations"],
)
def test_a_page_of_pelican_has_its_language_in_its_metadata(
    folder: Site, more: dict[str, str], target: str
) -> None:
    folder.write("pelicanconf.py", PELICAN)
    folder.write("content/a.md", f"Title: Titel\nSlug: a\n\n{GERMAN[1:]}")
    folder.write("other/b.md", GERMAN)
    for path, text in more.items():
        folder.write(path, f"Title: Titre\nLang: fr\nSlug: a\n\n{text[1:]}")
    out = folder.ok("init", "--locale", "fr").out
    assert "found a Pelican site, each page with the language in its metadata (pelicanconf.py)" in out
    assert "slug" not in out
    assert settings(folder)["project"]["source_locale"] == "de"
    assert settings(folder)["pages"] == {
        "source": "content/{path}.md",
        "target": target,
        "localized": {"lang": "{lang}"},
    }
    folder.ok("extract")


def test_pelican_pairs_pages_by_a_slug_that_they_should_say(folder: Site) -> None:
    folder.write("pelicanconf.py", PELICAN + 'MARKDOWN = {"extension_configs": {"nl2br": {}}}\n')
    folder.write("content/a.md", f"Title: Titel\n\n{GERMAN[1:]}")
    out = folder.ok("init", "--locale", "fr").out
    assert "note: Pelican knows a page's translations by its slug" in out
    assert settings(folder)["pages"]["hard_wraps"] is True


@pytest.mark.parametrize(
    ("files", "page"),
    [
        (
            {"hugo.toml": HUGO + LANGUAGES + "[markup.goldmark.renderer]\nhardWraps = true\n"},
            "content/a.de.md",
        ),
        (
            {
                "hugo.toml": HUGO + LANGUAGES,
                "config/_default/markup.yaml": "goldmark: {renderer: {hardWraps: true}}\n",
            },
            "content/a.de.md",
        ),
        ({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [toc, nl2br]\n"}, "docs/de/a.md"),
        ({"mkdocs.yml": "markdown_extensions:\n  - markdown.extensions.nl2br: {}\n"}, "docs/de/a.md"),
        (
            {
                "docusaurus.config.js": "import remarkBreaks from 'remark-breaks'\nexport default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n"
            },
            "docs/a.md",
        ),
        (
            {"docs/.vitepress/config.ts": "export default {markdown: {breaks: true}, locales}\n"},
            "docs/de/a.md",
        ),
    ],
)
def test_a_site_that_shows_line_breaks_keeps_them(folder: Site, files: dict[str, str], page: str) -> None:
    for path, text in files.items():
        folder.write(path, text)
    folder.write(page, "Eins zwei drei\nvier fünf sechs.\n")
    if "/de/" in page:
        folder.write(page.replace("/de/", "/fr/"), "Un deux trois\nquatre cinq six.\n")
    folder.ok("init", "--source-locale", "de", "--locale", "fr")
    assert settings(folder)["pages"]["hard_wraps"] is True
    folder.ok("extract")
    (catalog,) = folder.root.glob("locales/fr/LC_MESSAGES/*.po")
    assert 'msgid ""\n"Eins zwei drei\\n"\n"vier fünf sechs."\n' in catalog.read_text("utf-8")


def test_a_site_that_joins_lines_does_not_keep_them(folder: Site) -> None:
    folder.write("hugo.toml", HUGO + LANGUAGES + "[markup.goldmark.renderer]\nhardWraps = false\n")
    pages(folder, "content/a.de.md")
    folder.ok("init")
    assert "hard_wraps" not in settings(folder)["pages"]


def texts_in(site: Site, locale: str) -> set[str]:
    """What the one catalog of a language holds."""
    (catalog,) = site.root.glob(f"locales/{locale}/LC_MESSAGES/*.po")
    return {entry.msgid for entry in polib.pofile(str(catalog))}


MORE_WORDS = '\n[mehr]\ndescription = "Ein Link"\nother = "Mehr"\n'


@pytest.mark.parametrize(
    ("path", "text", "keys", "texts"),
    [
        ("i18n/de.toml", f'oben = "Oben"{MORE_WORDS}', ["*", "**.one", "**.other"], {"Oben", "Mehr"}),
        ("i18n/de.yaml", "oben: Oben\nmenu:\n  start: Start\n", ["**"], {"Oben", "Start"}),
        (
            "i18n/de.yaml",
            "- id: oben\n  translation: Oben\n- id: x\n  translation: {one: Eins, other: Viele}\n",
            ["translation", "translation.one"],
            {"Oben", "Eins", "Viele"},
        ),
        ("i18n/de.json", '{"oben": {"other": "Oben"}}', ["**"], {"Oben"}),
    ],
    ids=["toml", "nested", "list", "json"],
)
def test_the_words_of_a_hugo_site_are_translated_as_well(
    folder: Site, path: str, text: str, keys: list[str], texts: set[str]
) -> None:
    folder.write("hugo.toml", "defaultContentLanguage = 'de'\n[languages.de]\n[languages.pt-BR]\n")
    folder.write(path, text)
    pages(folder, "content/a.md")
    folder.ok("init")
    (more,) = settings(folder)["pages"]["more"]
    assert (more["source"], more["target"]) == (path, path.replace("de.", "{lang}."))
    assert set(keys) <= set(more["keys"])
    folder.ok("extract")
    found = texts_in(folder, "pt_BR")
    assert texts <= found
    assert not found & {"Ein Link", "oben", "x"}


HUGO_IN_TWO = "defaultContentLanguage = 'de'\n[languages.de]\n[languages.fr]\n"


def test_the_menus_of_a_hugo_site_are_translated_as_well(folder: Site) -> None:
    folder.write("config/_default/hugo.toml", HUGO_IN_TWO)
    folder.write("config/_default/menus.de.toml", "[[main]]\nname = 'Über uns'\npageRef = '/about'\n")
    pages(folder, "content/a.md")
    folder.ok("init")
    (more,) = settings(folder)["pages"]["more"]
    assert more == {
        "source": "config/_default/menus.de.toml",
        "target": "config/_default/menus.{lang}.toml",
        "keys": ["**.name", "**.title"],
    }
    assert settings(folder)["policy"] == [{"pages": ["config/_default/menus.de.toml"], "minimum_coverage": 0}]


MENUS = "\n[[{}menus.main]]\nname = 'Über uns'\npageRef = '/a'\n"


@pytest.mark.parametrize(
    ("configuration", "noted"),
    [
        (MENUS.format(""), ["menus.de.toml"]),
        (MENUS.format("languages.de."), ["menus.de.toml"]),
        (MENUS.format("languages.de.") + "[languages.de.params.hero]\ntitle = 'Hallo'\n", ["menus.de.toml", "params.de.toml"]),
        (MENUS.format("languages.de.") + MENUS.format("languages.fr."), []),
        ("\n[params]\nlogo = 'a.svg'\nhero = {color = 'x'}\n[languages.de.params.author]\nname = 'Ada'\n", []),
        ("\n[params]\nhero = {title = 'x'}\n[languages.fr.params]\na = 1\n", []),
        ("\n[params]\nfeatures = [{title = 'x'}]\n", ["params.de.toml"]),
    ],
)  # fmt: skip
def test_what_stands_in_the_configuration_of_a_hugo_site_is_named(
    folder: Site, configuration: str, noted: list[str]
) -> None:
    folder.write(
        "hugo.toml",
        f"defaultContentLanguage = 'de'\n[languages.de]\nweight = 1\n[languages.fr]\nweight = 2\n{configuration}",
    )
    pages(folder, "content/a.md")
    notes = [line for line in folder.ok("init").out.splitlines() if "note:" in line]
    assert [f"config/_default/{name}" in note for name, note in zip(noted, notes, strict=True)] == [
        True
    ] * len(noted)
    assert "policy" not in settings(folder)


def test_the_texts_among_the_parameters_of_a_hugo_site_are_translated_as_well(folder: Site) -> None:
    folder.write("config/_default/hugo.toml", HUGO_IN_TWO)
    folder.write(
        "config/_default/params.de.toml",
        "description = 'Wir reden'\nlogo = 'a.svg'\ncolor = 'rot'\n[[features]]\ntitle = 'Schnell'\nicon = 'bolt'\n",
    )
    pages(folder, "content/a.md")
    folder.ok("init")
    (more,) = settings(folder)["pages"]["more"]
    assert more == {
        "source": "config/_default/params.de.toml",
        "target": "config/_default/params.{lang}.toml",
        "keys": ["**.title", "**.description"],
    }
    folder.ok("extract")
    found = texts_in(folder, "fr")
    assert {"Wir reden", "Schnell"} <= found
    assert not {"rot", "bolt", "a.svg"} & found


def test_parameters_without_texts_are_left_alone(folder: Site) -> None:
    folder.write("config/_default/hugo.toml", HUGO_IN_TWO)
    folder.write("config/_default/params.de.toml", "color = 'rot'\n")
    pages(folder, "content/a.md")
    folder.ok("init")
    assert "more" not in settings(folder)["pages"]


def test_the_messages_of_docusaurus_are_translated_once_it_wrote_them(folder: Site) -> None:
    folder.write(
        "docusaurus.config.js", "export default {i18n: {defaultLocale: 'de', locales: ['de', 'fr']}}\n"
    )
    folder.write("i18n/de/code.json", '{"theme.title": {"message": "Titel", "description": "Oben"}}')
    folder.write("i18n/de/docusaurus-theme-classic/footer.json", '{"copyright": {"message": "Rechte"}}')
    pages(folder, "docs/a.md")
    folder.ok("init")
    (more,) = settings(folder)["pages"]["more"]
    assert more == {
        "source": "i18n/de/{path}.json",
        "target": "i18n/{lang}/{path}.json",
        "keys": ["**.message"],
    }
    assert "extract: 3 pages" in folder.ok("extract").out
    found = texts_in(folder, "fr")
    assert {"Titel", "Rechte"} <= found
    assert "Oben" not in found


def test_the_words_of_starlight_are_translated(folder: Site) -> None:
    folder.write(
        "astro.config.mjs", "starlight({locales: {root: {label: 'D', lang: 'de'}, fr: {label: 'F'}}})"
    )
    folder.write("src/content/i18n/de.json", '{"skipLink.label": "Zum Inhalt"}')
    pages(folder, "src/content/docs/a.md")
    folder.ok("init")
    (more,) = settings(folder)["pages"]["more"]
    assert more["source"] == "src/content/i18n/de.json"
    assert more["keys"] == ["**"]
