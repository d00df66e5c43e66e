"""Values of the front matter that are not translated and still differ by language."""

import json
import tomllib

import pytest
import yaml
from cli_site import Site, complaint

TABLE = """
[pages.localized]
lang = "{lang}"
permalink = "/{lang}{value}"
params.locale = "{locale}"
"slug" = "{path}"

[locales.nb]
lang = "no"
"""


@pytest.fixture
def languages(empty_site: Site) -> Site:
    """A site whose pages say their language, without any page."""
    empty_site.configure("fr", "nb", source="pages/{path}.md", target="{lang}/{path}.md", more=TABLE)
    return empty_site


def build(site: Site, page: str) -> None:
    site.write("pages/a/b.md", page)
    site.ok("extract")
    for locale in ("fr", "nb"):
        site.translate({"Titel": "T", "Text.": "Texte."}, f"locales/{locale}/LC_MESSAGES/site.po")
    site.ok("build")
    site.ok("build", "--check")


def test_values_are_written_where_they_stand_and_all_else_stays(languages: Site) -> None:
    page = "---\ntitle: Titel\nlang: de  # Sprache\npermalink: '/a/'\nparams:\n    locale: de\nslug: x\n---\n\nText.\n"
    build(languages, page)
    assert languages.read("fr/a/b.md") == (
        "---\ntitle: T\nlang: fr  # Sprache\npermalink: '/fr/a/'\nparams:\n    locale: fr\nslug: a/b\n---\n\nTexte.\n"
    )
    head = yaml.safe_load(languages.read("no/a/b.md").split("---")[1])
    assert head["lang"] == "no"  # which YAML reads as a truth value where it stands without quotes
    assert head["params"] == {"locale": "nb"}
    assert languages.read("pages/a/b.md") == page
    languages.ok("check", "--only", "page-structure")


def test_a_key_that_a_page_has_not_is_put_in_unless_it_needs_a_value(languages: Site) -> None:
    build(languages, "---\ntitle: Titel\n---\n\nText.\n")
    assert languages.read("fr/a/b.md") == '---\ntitle: T\nlang: "fr"\nslug: "a/b"\n---\n\nTexte.\n'


def test_an_added_key_is_none_that_a_translation_brought_in(languages: Site) -> None:
    text = languages.read("netzwerk-i18n.toml")
    languages.write("netzwerk-i18n.toml", f'{text}\n[checks]\npage-structure = "warning"\n')
    build(languages, "---\ntitle: Titel\n---\n\nText.\n")
    assert "page-structure" not in languages.ok("check").out


@pytest.mark.parametrize("page", ["Text.\n", "---\n- Titel\n---\n\nText.\n"], ids=["none", "a list"])
def test_a_page_without_front_matter_has_none_in_any_language(languages: Site, page: str) -> None:
    build(languages, page)
    assert languages.read("fr/a/b.md") == page.replace("Text.", "Texte.").replace("Titel", "T")


def test_toml_and_json_and_metadata_say_their_language_too(languages: Site) -> None:
    build(languages, '+++\ntitle = "Titel"\n[params]\nlocale = "de"\n+++\n\nText.\n')
    head = tomllib.loads(languages.read("no/a/b.md").split("+++")[1])
    assert head == {"slug": "a/b", "lang": "no", "title": "T", "params": {"locale": "nb"}}
    build(languages, '{"title": "Titel", "lang": "de", "slug": "x"}\n\nText.\n')
    assert json.loads(languages.read("no/a/b.md").split("\n")[0]) == {
        "title": "T",
        "lang": "no",
        "slug": "a/b",
    }
    build(languages, "Title: Titel\nLang: de\nSlug: x\n\nText.\n")
    assert languages.read("no/a/b.md") == "Title: T\nLang: no\nSlug: a/b\n\nTexte.\n"


def test_a_changed_table_makes_pages_old(languages: Site) -> None:
    build(languages, "---\ntitle: Titel\nlang: de\n---\n\nText.\n")
    text = languages.read("netzwerk-i18n.toml")
    languages.write("netzwerk-i18n.toml", text.replace('lang = "{lang}"', 'lang = "{lang}-x"'))
    assert languages.run("build", "--check").code == 1
    languages.ok("build")
    assert "\nlang: fr-x\n" in languages.read("fr/a/b.md")


def test_what_people_change_on_a_page_comes_back_and_its_language_is_no_change(languages: Site) -> None:
    build(languages, "---\ntitle: Titel\nlang: de\n---\n\nText.\n")
    languages.write("fr/a/b.md", languages.read("fr/a/b.md").replace("Texte.", "Le texte."))
    run = languages.ok("import", "--edited")
    assert "1 translation changed" in run.out
    languages.ok("build")
    assert languages.read("fr/a/b.md") == '---\ntitle: T\nlang: fr\nslug: "a/b"\n---\n\nLe texte.\n'


def test_a_value_that_cannot_be_written_is_named_with_its_page(languages: Site) -> None:
    languages.write("pages/a.md", "Title: Titel\nLang: de\n\nText.\n")
    text = languages.read("netzwerk-i18n.toml")
    languages.write("netzwerk-i18n.toml", text.replace('lang = "{lang}"', 'lang = "a\\nb"'))
    languages.ok("extract")
    languages.translate({"Titel": "T", "Text.": "Texte."})
    said = complaint(languages.run("build", "--locale", "fr"))
    assert said.startswith("pages/a.md:2: the text for Lang holds a line break")
    assert said.endswith("mend it in the source page, or its pattern in [pages.localized]")


SHARED = "url '/a/' would be the address of this page in every language; say under [pages.localized] url = \"/{lang}{value}\""


@pytest.mark.parametrize(
    ("more", "page", "warned"),
    [
        ("", "---\ntitle: Titel\nurl: /a/\n---\n", True),
        ("", '+++\ntitle = "Titel"\nurl = "/a/"\n+++\n', True),
        ("[pages.localized]\nurl = '/{lang}{value}'\n", "---\ntitle: Titel\nurl: /a/\n---\n", False),
        ("[pages.localized]\n'*' = '{value}'\n", "---\ntitle: Titel\nurl: /a/\n---\n", False),
        ("", "---\ntitle: Titel\nurl: a/\nmenu: {url: /a/}\npermalink: pretty\n---\n", False),
        ("", "---\ntitle: Titel\npermalink: '/{{ locale }}/a/'\n---\n", False),
        ("", "---\ntitle: Titel\nurl: https://a.example/\n---\n", False),
    ],
)
def test_an_address_that_all_languages_would_share_is_warned_of(
    empty_site: Site, more: str, page: str, *, warned: bool
) -> None:
    empty_site.configure("fr", more=more, pages='front_matter = ["title"]')
    empty_site.write("content/a.de.md", f"{page}\nText.\n")
    for _ in range(2):  # the second time it is known
        run = empty_site.run("extract")
        assert run.code == 0
        assert (SHARED in run.err) is warned
    empty_site.translate({"Titel": "T", "Text.": "Texte."})
    report = json.loads(empty_site.run("check", "--format", "json").out)
    found = [each for each in report["findings"] if each["check"] == "shared-value"]
    assert [(each["severity"], each["file"], each["line"]) for each in found] == (
        [("warning", "content/a.de.md", 3)] if warned else []
    )


def test_an_address_without_a_slash_at_its_beginning_is_shared_as_well(empty_site: Site) -> None:
    empty_site.configure("fr")
    empty_site.write("content/a.de.md", "---\ntitle: Titel\npermalink: a/b.html\n---\n\nText.\n")
    said = empty_site.run("extract").err
    assert said.startswith(
        "content/a.de.md:3: warning: permalink 'a/b.html' would be the address of this page"
    )
    assert 'permalink = "/{lang}/{value}"' in said


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("lang: de", "{lang}"),
        ("Language: DE", "{lang}"),
        ("locale: de_DE", "{locale}"),
        ("locale: de-AT", "{lang}"),
        ("lang: fr", None),
        ("lang: deutsch", None),
        ("language: [de]", "{lang}"),
        ("menu: {lang: de}", None),
    ],
)
def test_a_language_that_localized_pages_would_say_is_warned_of(
    empty_site: Site, said: str, pattern: str | None
) -> None:
    empty_site.configure("fr")
    empty_site.write("content/a.de.md", f"---\ntitle: Titel\n{said}\n---\n\nText.\n")
    run = empty_site.run("extract")
    assert run.code == 0
    if pattern is None:
        assert run.err == ""
    else:
        key = said.split(":", maxsplit=1)[0]
        assert f'say under [pages.localized] {key} = "{pattern}", or "{{value}}" if' in run.err


def test_many_pages_that_say_the_same_are_one_warning(empty_site: Site) -> None:
    empty_site.configure("fr")
    for name in "abc":
        empty_site.write(f"content/{name}.de.md", f"---\nlang: de\nurl: /{name}/\n---\n\nText {name}.\n")
    err = empty_site.run("extract").err.splitlines()
    assert [line.split(":")[:2] for line in err] == [["content/a.de.md", "2"], ["content/a.de.md", "3"]]
    assert all(line.endswith("(also on 2 more pages)") for line in err)
    findings = json.loads(empty_site.run("check", "--format", "json").out)["findings"]
    assert sum(each["check"] == "shared-value" for each in findings) == 6


def test_a_folder_stands_before_addresses_of_the_site_alone(empty_site: Site) -> None:
    links = ["/a", "/", "/de/a", "/de", "/design", "https://a.example/", "//a.example/", "#ziel", "b/", ""]
    more = "[pages.localized]\nhero.actions.link = '/{lang}{value}'\nsee = '/{lang}/{value}'\n"
    empty_site.configure("fr", more=more)
    actions = "".join(f"    - link: '{link}'\n" for link in links)
    empty_site.write("content/a.de.md", f"---\nsee: c/\nhero:\n  actions:\n{actions}---\n\nText.\n")
    empty_site.ok("extract")
    empty_site.translate({"Text.": "Texte."})
    empty_site.ok("build")
    head = yaml.safe_load(empty_site.read("content/a.fr.md").split("---")[1])
    assert [each["link"] for each in head["hero"]["actions"]] == [
        *("/fr/a", "/fr/", "/fr/a", "/fr", "/fr/design"),
        *links[5:],
    ]
    assert head["see"] == "/fr/c/"
