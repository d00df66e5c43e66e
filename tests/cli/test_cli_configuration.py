"""A wrong configuration is said in one line with file, line, key and the nearest right key."""

import re
import tomllib
from pathlib import Path

import pytest
from cli_site import PAGE, Site, complaint

from netzwerk_i18n.config.schema import known_keys
from netzwerk_i18n.init import configure

NAME = "netzwerk-i18n.toml"

GOOD = """\
[project]
domain = "site"
source_locale = "de"
locales = ["fr", "en"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"
"""


def refused(site: Site, config: str) -> str:
    """What `extract` says to a configuration, and that it writes nothing."""
    site.write(NAME, config)
    before = site.contents()
    said = complaint(site.run("extract"))
    assert site.contents() == before
    return said


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("domain", "domian", 2, "unknown key 'domian' in [project]; did you mean 'domain'?"),
        ("target", "targets", 8, "unknown key 'targets' in [pages]; did you mean 'target'?"),
        ("[pages]", "[page]", 6, "unknown table [page]; did you mean 'pages'?"),
        ("[project]", "checks = 3\n[project]", 1, "checks must be a table"),
        ("[project]", "links = 3\n[project]", 1, "links must be a table"),
        ("[project]", "locales = 3\n[project]", 1, "locales must be a table"),
        ('domain = "site"', "domain = 3", 2, "domain in [project] must be a string"),
        ('"site"', '"a/b"', 2, "domain is a file name without folders"),
        ('["fr", "en"]', '"fr"', 4, "locales in [project] must be a list of strings"),
        ('["fr", "en"]', "[1]", 4, "locales in [project] must be a list of strings"),
        ('["fr", "en"]', "[]", 4, "locales in [project] is empty"),
        ('source_locale = "de"\n', "", 1, "[project] lacks the key 'source_locale'"),
        ('source = "content/{path}.de.md"\n', "", 6, "[pages] lacks the key 'source'"),
        ('["fr", "en"]', '["fr-FR"]', 4, "'fr-FR' is not a locale name as gettext writes it"),
        ('["fr", "en"]', '["../x"]', 4, "'../x' is not a locale name as gettext writes it"),
        ('["fr", "en"]', '["fr", "fr"]', 4, "locale 'fr' is named twice"),
        ('["fr", "en"]', '["fr", "de"]', 4, "locale 'de' is the source locale"),
        ("{path}.de", "{paht}.de", 7, "unknown {paht} in source; it may hold {lang}, {locale}, {path}"),
        ("{path}.de.md", "a.de.md", 7, "source must hold {path} once"),
        ("{path}.de.md", "{path}/{path}.de.md", 7, "source must hold {path} once"),
        ("{lang}.md", "md", 8, "pages in fr and en would be the same files (content/{path}.md)"),
        ("{path}.{lang}.md", "{path}.de.md", 8, "pages in fr would overwrite their source"),
        ('"content/{path}.de', '"../content/{path}.de', 7, "leads outside the project"),
        ('"content/{path}.{lang}', '"/tmp/{path}.{lang}', 8, "leads outside the project"),
        ('"content/{path}.{lang}', '"C:/{path}.{lang}', 8, "leads outside the project"),
        ("content/{path}.{lang}.md", "{lang}/{path}/", 8, "target '{lang}/{path}/' names no file"),
        ("content/{path}.de.md", "content/{path}/", 7, "source 'content/{path}/' names no file"),
        ('"content/{path}.{lang}', r'"a\\..\\..\\{path}.{lang}', 8, "leads outside the project"),
        ("content/{path}.de", r"content\\\\{path}.de", 7, "holds a backslash; write / between folders"),
        ("content/{path}.de", "content/*/{path}.de", 7, "holds *; the one wildcard is {path}"),
        ('["fr", "en"]', '["sr@latin", "sr_Latn"]', 4, "have the same lang 'sr-latn'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    site: Site, right: str, wrong: str, line: int, said: str
) -> None:
    assert GOOD.count(right) >= 1
    message = refused(site, GOOD.replace(right, wrong, 1))
    assert message.startswith(f"{NAME}:{line}: ")
    assert said in message


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("[locales.fr]\npublish = 'all'\n", 10, "publish in [locales.fr] must be 'translated' or 'drafts'"),
        ("[locales.fr]\nfallbak = 'omit'\n", 10, "did you mean 'fallback'?"),
        ("[locales.fr]\nminimum_coverage = 80\n", 10, "must be a number from 0 to 1"),
        ("[locales.fr]\nminimum_coverage = nan\n", 10, "must be a number from 0 to 1"),
        ("[locales.fr]\nlang = '../fr'\n", 10, "may hold letters, digits, - and _"),
        ("[locales.fr]\nlang = 'en'\n", 10, "fr and en have the same lang 'en'"),
        ("[locales.es]\nlang = 'es'\n", 9, "unknown locale [locales.es]"),
        ("[locales.fr]\ntarget = 'content/{path}.de.md'\n", 10, "would overwrite their source"),
        ("[locales.en]\ntarget = './content//{path}.fr.md'\n", 10, "would be the same files"),
        ("[locales.fr]\ntarget = 'content/a.md'\n", 10, "target must hold {path} once"),
        ("[catalogs]\nreferences = 'all'\n", 10, "must be 'file', 'line', 'none'"),
        ("[catalogs]\ncatalog = 'po/{domain}.po'\n", 10, "catalog must hold {locale}"),
        ("[catalogs]\ncatalog = 'po/{locale}/{path}.po'\n", None, "must both hold {path}, or neither"),
        ("[catalogs]\ncatalog = '../{locale}.po'\n", 10, "leads outside the project"),
        ("[catalogs]\ntemplate = 'locales/fr/LC_MESSAGES/{domain}.po'\n", 10, "template must end in .pot"),
        ("[catalogs]\ntemplate = ''\n", 10, "template '' names no file; end it in a file's name"),
        ("[catalogs]\ntemplate = 'locales/'\n", 10, "template 'locales/' names no file"),
        ("[catalogs]\ntemplate = 'locales/.'\n", 10, "template 'locales/.' names no file"),
        ("[catalogs]\ncatalog = 'locales/{locale}/'\n", 10, "catalog 'locales/{locale}/' names no file"),
        ("[locales.fr]\ntarget = '{lang}/{path}/'\n", 10, "target '{lang}/{path}/' names no file"),
        ("[report]\nhistory = ''\n", 10, "history '' names no file"),
        ("[catalogs]\ncatalog = 'content/{locale}.md'\n", 10, "catalog must not end like a page"),
        (
            "[catalogs]\ntemplate = 'locales/fr.pot'\ncatalog = 'locales/{locale}.pot'\n",
            11,
            "catalog must not end in .pot like a template; end it in .po",
        ),
        (
            "[catalogs]\ntemplate = 'po/{path}.pot'\ncatalog = 'po/{path}.{locale}.pot'\n",
            11,
            "catalog must not end in .pot like a template; end it in .po",
        ),
        (
            "[catalogs]\ntemplate = 'locales/x.fr'\ncatalog = 'locales/x.{locale}'\n",
            10,
            "template must end in .pot",
        ),
        ("[locales.fr]\nlang = 'md'\n[catalogs]\ncatalog = 'po/x.{lang}'\n", 12, "must not end like a page"),
        ("[pages.localized]\nlang = 1\n", 10, "lang in [pages.localized] must be a string"),
        (
            "[pages.localized]\nlang = '{tongue}'\n",
            10,
            "unknown {tongue} in lang; it may hold {lang}, {locale}",
        ),
        ("[pages.localized]\nparams.lang = ['x']\n", 10, "params.lang in [pages.localized] must be a string"),
        ("[pages.localized.params]\nlang = '{x}'\n", 10, "unknown {x} in lang"),
        ("[pages.localized]\nlang = 'x'\nTitle = '{value}!'\n", 11, "Title is a text and is translated"),
        ("[catalogs]\nfuzzy_threshold = true\n", 10, "must be a number from 0 to 1"),
        ("[shortcodes.a]\ninner = 'html'\n", 10, "must be 'text' or 'code'"),
        ("[shortcodes]\na = 1\n", 10, "a in [shortcodes] must be a table"),
        ("[engines]\ngoogle = 1\n", 10, "google in [engines] must be a table"),
        (
            "[[policy]]\npages = ['a']\n[[policy]]\nfallback = 'omit'\n",
            11,
            "[[policy]] lacks the key 'pages'",
        ),
        (
            "[[policy]]\npages = ['a']\n[[policy]]\npages = ['b']\nlocales = ['es']\n",
            13,
            "unknown locale 'es'",
        ),
        ("[policy]\npages = ['a']\n", 9, "write [[policy]]"),
        ("[pages]\nexclude = []\n", 9, "is not valid TOML"),
        ("[catalogs]\ntemplate = \n", 10, "is not valid TOML"),
        ("[catalogs]\ntemplate = '''\n", 10, "is not valid TOML"),
    ],
)
def test_a_wrong_table_is_named_with_its_line(site: Site, more: str, line: int | None, said: str) -> None:
    message = refused(site, GOOD + more)
    assert message.startswith(f"{NAME}:{line}: " if line else f"{NAME}:")
    assert said in message


def test_pages_that_would_share_a_catalog_are_named_before_anything_is_written(site: Site) -> None:
    site.write("content/a.de.md", PAGE)
    site.write("content/a-pt.de.md", PAGE)
    config = GOOD.replace('"fr", "en"', '"pt", "pt_PT"')
    said = refused(site, config + "[catalogs]\ntemplate = 'po/{path}.pot'\ncatalog = 'po/{path}-{lang}.po'\n")
    assert said == (
        "po/a-pt-pt.po: would be a catalog or template of both content/a-pt.de.md and content/a.de.md; "
        "exclude one of these pages, or give each language a folder of its own in catalog"
    )


def test_a_wrong_setting_in_pyproject_toml_is_named_with_its_line(site: Site) -> None:
    site.remove(NAME)
    site.write("pyproject.toml", '[build-system]\n\n[tool.netzwerk-i18n.project]\ndomian = "a"\n')
    said = complaint(site.run("extract"))
    assert said.startswith("pyproject.toml:4: unknown key 'domian' in [project]")


def test_a_configuration_that_is_not_utf8_is_named(site: Site) -> None:
    site.write(NAME, GOOD.encode().replace(b"site", b"s\xefte"))
    assert complaint(site.run("extract")) == f"{NAME}: is not UTF-8 (byte 21); save it as UTF-8"


def test_a_byte_order_mark_before_the_configuration_is_fine(site: Site) -> None:
    site.write(NAME, "\ufeff" + GOOD)
    site.ok("extract")


def test_a_configuration_nested_without_end_is_refused(site: Site) -> None:
    assert NAME in refused(site, GOOD + "x = " + "[" * 50_000)


@pytest.mark.parametrize("command", ["extract", "build", "status", "sync"])
def test_a_folder_without_a_configuration_is_led_to_init(site: Site, command: str) -> None:
    site.remove(NAME)
    said = complaint(site.run(command))
    assert said.startswith(f"no {NAME} here or in a folder above; ")
    assert "netzwerk-i18n init" in said


def test_a_root_that_is_no_project_is_named(site: Site) -> None:
    said = complaint(site.run("--root", str(site.root / "content"), "extract"))
    assert said.startswith(f"no {NAME} in {site.root / 'content'}")


@pytest.mark.parametrize("name", ["nowhere", NAME])
def test_a_root_that_is_no_folder_is_named(site: Site, name: str) -> None:
    said = complaint(site.run("--root", str(site.root / name), "status"))
    assert said == f"{site.root / name} is no folder; name the one with the configuration"


def test_a_language_in_other_letters_is_known_again(site: Site) -> None:
    site.write(NAME, GOOD)
    said = complaint(site.run("status", "--locale", "FR"))
    assert said == "unknown locale 'FR'; the project has fr, en; did you mean 'fr'?"


@pytest.mark.parametrize("command", ["build", "status"])
def test_an_unknown_language_is_named_beside_those_there_are(site: Site, command: str) -> None:
    site.write(NAME, GOOD)
    said = complaint(site.run(command, "--locale", "frr"))
    assert said == "unknown locale 'frr'; the project has fr, en; did you mean 'fr'?"


@pytest.mark.parametrize("command", ["build", "status"])
@pytest.mark.parametrize("page", ["content/fehlt.de.md", "content/seite.fr.md", "/etc/passwd", "../x.de.md"])
def test_an_unknown_page_is_named(site: Site, command: str, page: str) -> None:
    assert complaint(site.run(command, page)) == (
        f"{page} is no source page; source pages are 'content/{{path}}.de.md', counted from the project's folder"
    )


@pytest.mark.parametrize("epoch", ["gestern", "-", "99999999999999999999"])
def test_a_wrong_source_date_epoch_is_named(site: Site, epoch: str) -> None:
    said = complaint(site.run("extract", SOURCE_DATE_EPOCH=epoch))
    assert said.startswith(f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds; ")


def test_two_pages_that_would_be_written_to_one_place_are_refused(site: Site) -> None:
    site.configure("fr", "en", more='[locales.en]\ntarget = "content/{path}.md"\n')
    site.write("content/seite.fr.de.md", PAGE)
    site.configure(
        "fr",
        "en",
        more='[locales.en]\ntarget = "content/{path}.md"\n[[policy]]\npages = ["**"]\nminimum_coverage = 0\n',
    )
    before = site.contents().keys()
    said = complaint(site.run("build"))
    assert said.startswith("content/seite.fr.md: a localized page would stand where the localized page of")
    assert "error [page] a localized page would stand where" in site.run("check").out
    assert site.contents().keys() == before  # not even those that would come first


def test_a_localized_page_never_takes_the_place_of_a_source_page(site: Site) -> None:
    site.write("content/seite.de.de.md", PAGE)
    more = '[locales.en]\ntarget = "content/{path}.md"\n[[policy]]\npages = ["**"]\nminimum_coverage = 0\n'
    site.configure("fr", "en", more=more)
    said = complaint(site.run("build", "--force"))
    assert said.startswith("content/seite.de.md: a localized page would stand where a source page stands; ")
    assert site.read("content/seite.de.md") == PAGE


ROOT = Path(__file__).parents[2]
EXAMPLES = [
    (page.relative_to(ROOT).as_posix(), example)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for example in re.findall(r"^```toml\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    if "entry-points" not in example  # of pyproject.toml
]


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=[page for page, _ in EXAMPLES])
def test_every_example_in_the_documentation_is_a_configuration(page: str, example: str) -> None:
    base = {
        "project": '[project]\nsource_locale = "de"\nlocales = ["en", "fr", "es", "pt_PT"]\n',
        "pages": '[pages]\nsource = "{path}.de.md"\ntarget = "{path}.{lang}.md"\n',
    }
    tables = tomllib.loads(example)
    lacking = [text for table, text in base.items() if tables.get(table, {}).keys() <= {"more"}]
    assert configure(Path(), "".join([example, *lacking])).locales, page


@pytest.mark.parametrize("table", sorted(known_keys()))
def test_every_setting_stands_in_an_example(table: str) -> None:
    shown = "".join(example for _, example in EXAMPLES)
    named = [key for key in known_keys()[table] if not key.isupper()]
    assert [key for key in named if not re.search(rf"\b{key}\b", shown)] == []
