"""`check` as people and CI use it: what it finds, where, in which form, and with which exit code."""

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from cli_site import CATALOG, PAGE, Run, Site, complaint, configuration

FRENCH_PO = CATALOG.format("fr")
KEYS = {"severity", "check", "locale", "file", "line", "column", "page", "msgid", "message"}
FORMATS = ("terminal", "json", "github", "sarif", "junit")
LINK = "Hier ist [die Petition](https://example.org/a)."
STOLEN = "Voici [la pétition](https://example.com/b)."
INJECTED = "Deuxième phrase.\x1b[31m\u202e ##[error]x <script>alert(1)</script> | ` %0A::error::x"
EVERYWHERE = "[locales.fr]\nminimum_coverage = 0\n"


def findings(site: Site, *arguments: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments)
    assert run.err == "", run
    data: dict[str, Any] = json.loads(run.out)
    assert set(data) == {"findings", "summary"}
    found: list[dict[str, Any]] = data["findings"]
    errors = sum(finding["severity"] == "error" for finding in found)
    assert data["summary"] == {"errors": errors, "warnings": len(found) - errors}
    assert run.code == (1 if errors else 0)
    return found


def checks(site: Site, *arguments: str) -> list[tuple[str, str]]:
    return [(finding["severity"], finding["check"]) for finding in findings(site, *arguments)]


def linked(site: Site, *locales: str, more: str = "") -> Site:
    """A site whose only page has a link, which every translation changed."""
    site.configure(*(locales or ("fr",)), more=more)
    site.write("content/seite.de.md", f"{LINK}\n")
    site.ok("extract")
    for locale in locales or ("fr",):
        site.translate({LINK: STOLEN}, CATALOG.format(locale))
    return site


@pytest.fixture
def wrong(translated: Site) -> Site:
    """A site with an error and a warning."""
    translated.translate({"Erster Satz.": "# Première phrase.", "Zweiter Satz.": "Deuxième  phrase."})
    return translated


@pytest.mark.parametrize("form", FORMATS)
def test_a_clean_site_is_left_with_0_in_every_format(translated: Site, form: str) -> None:
    before = translated.snapshot()
    translated.ok("check", "--format", form)
    assert translated.snapshot() == before


@pytest.mark.parametrize("form", FORMATS)
def test_an_error_is_left_with_1_but_in_sarif(wrong: Site, form: str) -> None:
    run = wrong.run("check", "--format", form)
    assert (run.code, run.err) == (0 if form == "sarif" else 1, "")
    assert "block-shape" in run.out
    assert "doubled-spaces" in run.out


def test_warnings_alone_are_left_with_0(translated: Site) -> None:
    translated.translate({"Zweiter Satz.": "Deuxième  phrase."})
    assert checks(translated) == [("warning", "doubled-spaces")]


def test_an_author_is_told_even_where_the_first_catalog_cannot_be_read(site: Site) -> None:
    site.configure("fr", "pl")
    site.write("content/seite.de.md", "Mehr steht [hier](/x).\n")
    site.ok("extract")
    assert ("warning", "vague-link") in checks(site)
    site.write(FRENCH_PO, 'msgid "offen\n')
    assert {("error", "catalog"), ("warning", "vague-link")} <= set(checks(site))


def test_only_and_skip_choose_checks(wrong: Site) -> None:
    both = [("error", "block-shape"), ("warning", "doubled-spaces")]
    assert sorted(checks(wrong)) == both
    assert checks(wrong, "--only", "block-shape") == both[:1]
    assert checks(wrong, "--skip", "block-shape") == both[1:]
    assert sorted(checks(wrong, "--only", "block-shape", "--only", "doubled-spaces")) == both
    assert checks(wrong, "--only", "block-shape", "--skip", "block-shape") == []


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_an_unknown_check_is_refused_with_the_known_ones(wrong: Site, option: str) -> None:
    said = complaint(wrong.run("check", option, "nonsense"))
    assert said.startswith("there is no check 'nonsense'; the checks are characters, ")


@pytest.mark.parametrize(
    "arguments", [("--format", "xml"), ("--locale", "eo"), ("content/none.md",), ("--nonsense",)]
)
def test_wrong_use_is_left_with_2(wrong: Site, arguments: tuple[str, ...]) -> None:
    complaint(wrong.run("check", *arguments))


def test_a_wrong_setting_is_left_with_2(wrong: Site) -> None:
    wrong.configure("fr", more='[checks]\nnonsense = "off"\n')
    assert "nonsense" in complaint(wrong.run("check"))


def test_a_locale_is_checked_alone(empty_site: Site) -> None:
    site = linked(empty_site, "fr", "nl")
    assert [f["locale"] for f in findings(site, "--only", "links")] == ["fr", "nl"]
    assert [f["locale"] for f in findings(site, "--only", "links", "--locale", "nl")] == ["nl"]


def test_a_page_is_checked_alone(wrong: Site) -> None:
    wrong.write("content/b/zwei.de.md", f"{LINK}\n")
    wrong.ok("extract")
    wrong.translate({LINK: STOLEN})
    pages = {f["page"] for f in findings(wrong)}
    assert pages == {"content/seite.de.md", "content/b/zwei.de.md"}
    assert {f["page"] for f in findings(wrong, "content/b")} == {"content/b/zwei.de.md"}
    assert {f["page"] for f in findings(wrong, "content/s*.md")} == {"content/seite.de.md"}


def test_json_points_at_the_message_in_its_catalog(wrong: Site) -> None:
    found = findings(wrong)
    assert len(found) == 2
    lines = wrong.read(FRENCH_PO).splitlines()
    for finding in found:
        assert set(finding) == KEYS
        assert (finding["file"], finding["locale"]) == (FRENCH_PO, "fr")
        assert finding["page"] == "content/seite.de.md"
        above = "\n".join(lines[: finding["line"]]).rpartition("\n\n")[2]
        assert f'msgid "{finding["msgid"]}"' in above
        assert finding["column"] >= 1


def test_a_broken_catalog_is_a_finding_and_the_others_are_checked(empty_site: Site) -> None:
    site = linked(empty_site, "fr", "nl")
    text = site.read(FRENCH_PO)
    site.write(FRENCH_PO, text.replace(f'"{STOLEN}"', f'"{STOLEN}'))
    broken, link = (finding for finding in findings(site) if finding["severity"] == "error")
    assert (broken["severity"], broken["check"], broken["file"]) == ("error", "catalog", FRENCH_PO)
    assert broken["locale"] == "fr"
    assert STOLEN in text.splitlines()[broken["line"] - 1]
    assert (link["check"], link["locale"]) == ("links", "nl")


def test_a_page_in_latin_1_is_a_finding_and_the_others_are_checked(wrong: Site) -> None:
    wrong.write("content/latin.de.md", "Gut.\n\nGrüße\n".encode("latin-1"))
    page = next(f for f in findings(wrong) if f["check"] == "page")
    assert (page["file"], page["line"], page["severity"]) == ("content/latin.de.md", 3, "error")
    assert page["message"].startswith("is not UTF-8: byte 0xfc at offset 8")
    assert ("error", "block-shape") in checks(wrong)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", {"fr": "error", "nl": "error"}),
        (
            '[checks.locales]\nfr.links = "warning"\nnl.links = "warning"\n',
            {"fr": "warning", "nl": "warning"},
        ),
        ('[checks.locales]\nfr.links = "off"\nnl.links = "off"\n', {}),
        ('[checks.locales.fr]\nlinks = "off"\n', {"nl": "error"}),
        ('[checks.locales]\nfr.links = "off"\nnl.links = "warning"\n', {"nl": "warning"}),
        ("[checks.links]\nallow = ['https://example\\.com/.*']\n", {}),
        ("[checks.links]\nallow = ['https://example\\.com/']\n", {"fr": "error", "nl": "error"}),
        ('[links."https://example.org/a"]\nfr = "https://example.com/b"\n', {"nl": "error"}),
    ],
)
def test_the_configuration_says_how_severe_a_finding_is_and_what_is_allowed(
    empty_site: Site, more: str, found: dict[str, str]
) -> None:
    site = linked(empty_site, "fr", "nl", more=more)
    assert {f["locale"]: f["severity"] for f in findings(site, "--only", "links")} == found


@pytest.mark.parametrize(("severity", "published"), [("error", False), ("warning", True), ("off", True)])
def test_what_check_calls_an_error_is_not_published(
    empty_site: Site, *, severity: str, published: bool
) -> None:
    site = linked(empty_site, more=f'{EVERYWHERE}[checks.locales.fr]\nlinks = "{severity}"\n')
    site.run("build")
    assert site.read("content/seite.fr.md") == f"{STOLEN if published else LINK}\n"
    assert bool([s for s, _ in checks(site) if s == "error"]) is not published


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ('[checks]\nblock-shape = "warning"\n', [("warning", "block-shape")]),
        ('[checks]\nblock-shape = "off"\n', []),
        (
            '[checks]\nblock-shape = "off"\n[checks.locales.fr]\nblock-shape = "warning"\n',
            [("warning", "block-shape")],
        ),
    ],
)
def test_a_severity_is_set_for_all_languages_and_for_one(
    wrong: Site, more: str, found: list[tuple[str, str]]
) -> None:
    wrong.configure("fr", more=more)
    assert checks(wrong, "--only", "block-shape") == found


def test_a_warning_made_an_error_is_not_published(translated: Site) -> None:
    translated.configure("fr", more=f'{EVERYWHERE}[checks]\ndoubled-spaces = "error"\n')
    translated.translate({"Zweiter Satz.": "Deuxième  phrase."})
    translated.run("build")
    assert translated.read("content/seite.fr.md").endswith("Première phrase.\n\nZweiter Satz.\n")
    assert checks(translated) == [("error", "doubled-spaces")]


def test_github_gets_annotations_and_the_whole_list_in_the_summary(empty_site: Site) -> None:
    sentences = [f"Satz Nummer {number}." for number in range(12)]
    empty_site.write("content/seite.de.md", "\n\n".join(sentences) + "\n")
    empty_site.ok("extract")
    empty_site.translate({sentence: f"# {sentence}" for sentence in sentences})
    summary = empty_site.root / "summary.md"
    summary.write_text("before\n")
    arguments = ("check", "--only", "block-shape", "--format", "github")
    run = empty_site.run(*arguments, GITHUB_STEP_SUMMARY=str(summary))
    lines = run.out.splitlines()
    assert run.code == 1
    assert len([line for line in lines if line.startswith(f"::error file={FRENCH_PO},line=")]) == 10
    assert lines[10:] == ["2 more errors: see the summary of this step"]
    text = summary.read_text()
    assert text.startswith("before\n### Translations: 12 errors, 0 warnings\n")
    assert text.count("| error |") == 12


@pytest.mark.parametrize("told_by", ["git", "workspace"])
def test_github_is_told_the_files_of_a_site_in_a_folder_from_the_top_of_the_repository(
    stages: Path, tmp_path: Path, told_by: str
) -> None:
    shutil.copytree(stages / "translated", tmp_path / "my site")
    site = Site(tmp_path / "my site")
    site.translate({"Zweiter Satz.": "# Deuxième"})
    if told_by == "git":
        site.write("../.git/HEAD", "ref: refs/heads/main\n")
    workspace = str(tmp_path) if told_by == "workspace" else ""
    summary = tmp_path / "summary.md"
    env = {"GITHUB_WORKSPACE": workspace, "GITHUB_STEP_SUMMARY": str(summary)}
    arguments = ("check", "--only", "block-shape", "--format")
    assert f"::error file=my site/{FRENCH_PO},line=" in site.run(*arguments, "github", **env).out
    assert "| my site\\/locales\\/fr" in summary.read_text()
    (result,) = json.loads(site.run(*arguments, "sarif", **env).out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == f"my%20site/{FRENCH_PO}"
    assert json.loads(site.run(*arguments, "json", **env).out)["findings"][0]["file"] == FRENCH_PO


@pytest.mark.parametrize("form", FORMATS)
def test_data_is_never_a_command_or_a_control_character(translated: Site, form: str) -> None:
    source = PAGE.replace("Erster Satz.", "::error::x [a](https://example.org/a)")
    translated.write("content/seite.de.md", source)
    translated.write("content/::error::y.de.md", b"\xff")
    with translated.edited() as po:
        for entry in po:
            if entry.msgid == "Erster Satz.":
                entry.msgid = "::error::x [a](https://example.org/a)"
                entry.msgstr = "::error::x [a](https://evil.example)"
            elif entry.msgid == "Zweiter Satz.":
                entry.msgstr = INJECTED
    run: Run = translated.run("check", "--format", form)
    assert run.code == (0 if form == "sarif" else 1), run
    assert all(c.isprintable() or c == "\n" for c in run.out)
    assert "##[" not in run.out
    for line in run.out.splitlines():
        if form != "github":
            assert not line.lstrip().startswith("::")
        else:
            assert line.startswith(("::error file=", "::warning file="))
    if form in ("json", "sarif"):
        json.loads(run.out)
    if form == "junit":
        ET.fromstring(run.out)  # noqa: S314 - our own


def test_check_works_from_a_folder_of_the_site(wrong: Site) -> None:
    assert wrong.read("netzwerk-i18n.toml") == configuration("fr")
    assert wrong.run("check", folder="content").out == wrong.run("check").out
