"""Severities, allowed links and silenced findings in the configuration: the real command on real sites."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_site import CATALOG, Site, complaint

from netzwerk_i18n.checks import OTHER_CHECKS

FRENCH_PO = CATALOG.format("fr")
LINK = "Hier ist [die Petition](https://example.org/a)."
STOLEN = "Voici [la pétition](https://example.com/b)."
DATE = "Das gilt bis zum 9. Januar."
LATER = "C’est valable jusqu’au 10 janvier."
EVERYWHERE = "[locales.fr]\nminimum_coverage = 0\n"
SOURCE = f"""\
# Ziele

{LINK}

{DATE}

Mehr [hier](#ziele) und [dort](#ziele).

Zusammen sind wir eins {{{{< jahr >}}}}

# Ziele
"""
FRENCH = {
    "Ziele": "Buts",
    LINK: STOLEN,
    DATE: LATER,
    "Mehr [hier](#ziele) und [dort](#ziele).": "Plus [ici](#ziele) et [là](#ziele).",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.configure("fr", more=EVERYWHERE)
    site.write("content/seite.de.md", SOURCE)
    site.ok("extract")
    site.translate(FRENCH)
    text = site.read(FRENCH_PO)
    site.write(FRENCH_PO, text.replace("Language: fr", "Language: nl"))
    return site


def found(site: Site, *arguments: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments)
    assert run.err == "", run
    findings: list[dict[str, Any]] = json.loads(run.out)["findings"]
    return findings


@pytest.mark.parametrize(
    ("target", "link", "translated", "accepted"),
    [
        ("content/{path}.{lang}.md", "../b.md#x", "../b.fr.md#x", True),
        ("content/{path}.{locale}.md", "b.mdx", "b.fr.mdx", True),
        ("content/{lang}/{path}.md", "b.md", "b.fr.md", False),
        ("content/{path}.{lang}.md", "b.md", "c.fr.md", False),
        ("content/{path}.{lang}.md", "b.md", "b.en.md", False),
        ("content/{path}.{lang}.md", "b.html", "b.fr.html", False),
        ("content/{path}.{lang}.md", "https://example.org/b.md", "https://example.org/b.fr.md", False),
        ("content/{path}.{lang}.md", "@/b.md", "@/b.fr.md", False),
    ],
)  # fmt: skip
def test_a_link_may_lead_to_the_localized_page_where_its_name_says_the_language(
    tmp_path: Path,
    target: str,
    link: str,
    translated: str,
    accepted: bool,  # noqa: FBT001
) -> None:
    site = Site(tmp_path)
    site.configure("fr", source="content/{path}.md", target=target)
    site.write("content/a.md", f"Mehr [hier]({link}).\n")
    site.ok("extract")
    site.translate({f"Mehr [hier]({link}).": f"Plus [ici]({translated})."})
    assert (severities(site, "links") == set()) is accepted


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("Rosen sind rot,\nVeilchen sind blau.", "Roses are red, violets are blue.", True),
        ("Rosen sind rot,\nVeilchen sind blau.", "Roses are red,\nviolets are blue.", False),
        ("Rosen sind <a\nhref='x'>rot</a>.", "Roses are <a href='x'>red</a>.", False),
        ("Rosen sind `rot\nblau` hier.", "Roses are `rot blau` here.", False),
    ],
)
def test_every_line_break_counts_where_the_site_shows_it(
    tmp_path: Path,
    source: str,
    translation: str,
    lost: bool,  # noqa: FBT001
) -> None:
    site = Site(tmp_path)
    for hard_wraps in ("true", "false"):
        site.configure("en", pages=f"hard_wraps = {hard_wraps}", more="[locales.en]\nminimum_coverage = 0\n")
        site.write("content/a.de.md", f"{source}\n")
        site.ok("extract")
        with site.edited(CATALOG.format("en")) as po:
            po[0].msgstr = translation
        assert (severities(site, "line-breaks") == {"warning"}) is (lost and hard_wraps == "true")


def severities(site: Site, name: str) -> set[str]:
    return {f["severity"] for f in found(site, "--only", name)}


@pytest.mark.parametrize("name", ["anchors", "catalog-header", "vague-link", "repeated-anchor"])
@pytest.mark.parametrize(
    ("severity", "seen"), [("error", {"error"}), ("warning", {"warning"}), ("off", set())]
)
def test_checks_of_whole_files_are_set_as_the_others_are(
    site: Site, name: str, severity: str, seen: set[str]
) -> None:
    assert severities(site, name) == {"warning"}
    site.configure("fr", more=f'{EVERYWHERE}[checks]\n{name} = "{severity}"\n')
    assert severities(site, name) == seen


@pytest.mark.parametrize("name", ["anchors", "catalog-header", "page-structure", "msgfmt"])
def test_checks_of_pages_and_catalogs_are_set_for_one_language(site: Site, name: str) -> None:
    site.configure(
        "fr", more=f'{EVERYWHERE}[checks]\n{name} = "error"\n[checks.locales.fr]\n{name} = "off"\n'
    )
    assert severities(site, name) == set()


@pytest.mark.parametrize("name", OTHER_CHECKS)
def test_every_name_that_only_knows_can_be_set(site: Site, name: str) -> None:
    site.configure("fr", more=f'{EVERYWHERE}[checks]\n{name} = "off"\n')
    assert name not in {f["check"] for f in found(site)}


@pytest.mark.parametrize(
    "name", ["source-syntax", "vague-link", "foreign-text", "repeated-anchor", "unused-ignore"]
)
def test_a_check_of_source_pages_is_not_set_for_a_language(site: Site, name: str) -> None:
    site.configure("fr", more=f'[checks.locales.fr]\n{name} = "off"\n')
    said = complaint(site.run("check"))
    assert said.startswith("netzwerk-i18n.toml:11: ")
    assert f"{name} looks at what no locale has a part in; set it in [checks]" in said


@pytest.mark.parametrize("name", ["catalog", "page"])
@pytest.mark.parametrize("table", ["checks", "checks.locales.fr"])
def test_what_cannot_be_read_is_always_an_error(site: Site, name: str, table: str) -> None:
    site.configure("fr", more=f'[{table}]\n{name} = "off"\n')
    assert f"a {name} that cannot be read is an error" in complaint(site.run("check"))


@pytest.mark.parametrize(
    "more",
    [
        '[checks.links]\nseverity = "warning"\n',
        '[checks]\nlinks = "warning"\n',
        '[checks.links]\nseverity = "error"\n[checks.locales.fr]\nlinks = "warning"\n',
        '[checks]\nlinks.severity = "warning"\n',
    ],
)
def test_links_have_a_severity_beside_what_is_allowed(site: Site, more: str) -> None:
    assert severities(site, "links") == {"error"}
    site.configure("fr", more=EVERYWHERE + more)
    assert severities(site, "links") == {"warning"}
    site.run("build")
    assert STOLEN in site.read("content/seite.fr.md")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[checks.links]\nseverity = "of"\n', "severity in [checks.links] must be"),
        ('[checks]\nlinks = "of"\n', "links in [checks] must be"),
        ("[checks]\nlinks = 3\n", "checks.links must be a table"),
        ("[checks]\nlocales = 3\n", "checks.locales must be a table"),
        ('[checks.locales.it]\nlinks = "off"\n', "unknown key 'it' in [checks.locales]"),
        ('[checks.locales.fr.links]\nallow = ["x"]\n', 'write links = "off"'),
        ('[checks.links]\nallows = ["x"]\n', "did you mean 'allow'?"),
        ('[checks]\nlinks = "off"\n[checks.links]\nallow = ["x"]\n', "is not valid TOML"),
    ],
)
def test_another_shape_of_the_tables_is_a_clear_error(site: Site, more: str, said: str) -> None:
    site.configure("fr", more=more)
    assert said in complaint(site.run("check"))


def ignoring(site: Site, *tables: str) -> list[tuple[str, str]]:
    """The errors of links, warnings of numbers and remarks on the settings, with these tables in the configuration."""
    lists = "".join(f"[[checks.ignore]]\n{table}\n" for table in tables)
    site.configure("fr", more=EVERYWHERE + lists)
    wanted = ("links", "numbers", "unused-ignore", "vague-link", "anchors")
    return [(f["severity"], f["check"]) for f in found(site) if f["check"] in wanted]


ALL = [
    ("warning", "anchors"),
    ("error", "links"),
    ("warning", "numbers"),
    ("warning", "vague-link"),
    ("warning", "vague-link"),
]


def without(*names: str) -> list[tuple[str, str]]:
    return sorted(one for one in ALL if one[1] not in names)


def test_without_silencing_all_is_found(site: Site) -> None:
    assert sorted(ignoring(site)) == without()


def test_a_silenced_error_is_published(site: Site) -> None:
    table = f'check = "links"\nmsgid = "{LINK}"\nreason = "the French petition is our partner\'s"'
    assert sorted(ignoring(site, table)) == without("links")
    site.run("build")
    assert STOLEN in site.read("content/seite.fr.md")


def test_a_silenced_error_that_names_its_translation_holds_for_no_other(site: Site) -> None:
    table = f'check = "links"\nmsgid = "{LINK}"\nmsgstr = "{STOLEN}"\nreason = "our partner\'s"'
    assert sorted(ignoring(site, table)) == without("links")
    site.translate({LINK: STOLEN.replace("example.com/b", "evil.example")})
    assert ("error", "links") in ignoring(site, table)
    site.run("build")
    assert "evil" not in site.read("content/seite.fr.md")


@pytest.mark.parametrize(
    "where", [f'msgid = "{DATE}"', 'pages = ["content/**"]', 'locales = ["fr"]\npages = ["content/*.md"]']
)
def test_a_warning_is_silenced_by_message_page_and_language_without_a_reason(site: Site, where: str) -> None:
    assert sorted(ignoring(site, f'check = "numbers"\n{where}')) == without("numbers")


@pytest.mark.parametrize("name", ["anchors", "vague-link"])
def test_findings_about_pages_are_silenced_by_page(site: Site, name: str) -> None:
    assert sorted(ignoring(site, f'check = "{name}"\npages = ["content/seite.de.md"]')) == without(name)


@pytest.mark.parametrize(
    "table",
    [
        'check = "numbers"\nmsgid = "Das gilt bis zum 8. Januar."',
        'check = "numbers"\npages = ["content/other/**"]',
        f'check = "length"\nmsgid = "{DATE}"',
        f'check = "numbers"\nmsgid = "{DATE}"\nmsgstr = "x"',
    ],
)
def test_what_silences_nothing_is_told_with_its_line(site: Site, table: str) -> None:
    assert ("warning", "unused-ignore") in ignoring(site, table)
    (unused,) = found(site, "--only", "unused-ignore", "--only", "numbers", "--only", "length")[-1:]
    assert (unused["file"], unused["line"]) == ("netzwerk-i18n.toml", 12)
    assert "unused-ignore" not in {f["check"] for f in found(site, "--locale", "fr")}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('check = "link"\nmsgid = "x"', "there is no check 'link'; did you mean 'links'?"),
        ('msgid = "x"', "lacks the key 'check'"),
        ('check = "numbers"', "needs msgid or pages"),
        ('check = "links"\nmsgid = "x"', "silences errors of links and lacks the key 'reason'"),
        ('check = "links"\nmsgid = "x"\nreason = "  "', "lacks the key 'reason'"),
        ('check = "numbers"\nmsgid = "x"\nlocales = ["nl"]', "unknown locale 'nl'"),
        ('check = "numbers"\nmsgids = "x"', "unknown key 'msgids' in [checks.ignore]; did you mean 'msgid'?"),
        ('check = "numbers"\nmsgid = 3', "msgid in [checks.ignore] must be a string"),
        ('check = "msgfmt"\npages = ["x"]', "set it in [checks]"),
        ('check = "anchors"\nmsgid = "x"', "looks at whole pages"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(site: Site, table: str, said: str) -> None:
    fine = f'[[checks.ignore]]\ncheck = "numbers"\nmsgid = "{DATE}"\n'
    site.configure("fr", more=f"{EVERYWHERE}{fine}[[checks.ignore]]\n{table}\n")
    complained = complaint(site.run("check"))
    assert said in complained
    file, line, _ = complained.split(":", 2)
    assert file == "netzwerk-i18n.toml"
    assert 15 <= int(line) <= 18


@pytest.mark.parametrize(("name", "what"), [("numbers", f'msgid = "{DATE}"'), ("anchors", 'pages = ["**"]')])
def test_an_error_of_one_language_needs_a_reason_there(site: Site, name: str, what: str) -> None:
    ignore = f'[[checks.ignore]]\ncheck = "{name}"\n{what}\n'
    site.configure("fr", more=f"{EVERYWHERE}[checks]\n{name} = 'warning'\n{ignore}")
    assert site.run("check").code in {0, 1}
    severe = f'[checks.locales.fr]\n{name} = "error"\n'
    site.configure("fr", more=EVERYWHERE + severe + ignore)
    assert "lacks the key 'reason'" in complaint(site.run("check"))


def test_what_build_cannot_write_is_an_error_of_check_whatever_is_set(tmp_path: Path) -> None:
    site = Site(tmp_path)
    off = '[checks]\nfront-matter = "off"\ncharacters = "off"\n'
    site.configure("fr", more=EVERYWHERE + off)
    site.write("content/seite.de.md", "+++\ntitle = 'Titel'\n+++\n\nSatz.\n")
    site.ok("extract")
    site.translate({"Titel": "Titre\x01", "Satz.": "Phrase."})
    built = site.run("build")
    refused = "not published" in built.err
    assert [f["check"] for f in found(site) if f["severity"] == "error"] == ["front-matter"] * refused
