"""Localized pages held against their source pages, and remarks on these: real files, the real command."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli_site import Site

from netzwerk_i18n.checks.inert import is_inert
from netzwerk_i18n.checks.pages import SourceBody
from netzwerk_i18n.page import Page
from netzwerk_i18n.page.settings import PageSettings

ROOT = Path(__file__).parents[2]
SETTINGS = PageSettings()
SOURCE = """\
---
title: Titel
weight: 3
tags: [a, b]
---

# Ziel

Text {{< jahr >}} und [mehr](#ziel).

- eins
- zwei

{{< hinweis title="Achtung" >}}
Innen
{{< /hinweis >}}
"""


def problems(localized: str, source: str = SOURCE, whole: str | None = None) -> list[tuple[str, str]]:
    base = None if whole is None else Page.parse(whole)
    found = SourceBody(Page.parse(source), SETTINGS, whole=base).find_problems(localized)
    return [(problem.check, problem.message) for problem in found]


def checks(localized: str, source: str = SOURCE, whole: str | None = None) -> list[str]:
    return [check for check, _ in problems(localized, source, whole)]


def test_a_page_has_no_problem_with_itself() -> None:
    assert problems(SOURCE) == []
    assert problems(SOURCE + " ") == []


def test_a_translated_page_with_translated_parameters_has_no_problem() -> None:
    localized = SOURCE.replace("Achtung", "Attention").replace("Titel", "Titre").replace("eins", "un")
    assert problems(localized) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- zwei", "- zwei\n- drei"),
        ("- zwei", "- zwei\n  - drei"),
        ("Text", "## Text"),
        ("Text", "<div>\n\nText"),
        ("Innen", "```\nInnen"),
    ],
)
def test_another_block_structure_is_an_error(old: str, new: str) -> None:
    assert "page-structure" in checks(SOURCE.replace(old, new))


@pytest.mark.parametrize("before", ["", "\n", "\ufeff", "  ", " \n\t\n ", "\r\n\r\n\r\n"])
@pytest.mark.parametrize("begin", ["#+url: /evil/", "#+draft: true", "+1", "{x", "-1"])
def test_a_page_that_begins_like_front_matter_is_an_error(before: str, begin: str) -> None:
    assert "page-structure" in checks(f"{before}{begin}\n", f"{before}Text\n")
    assert checks(f"{before}{begin}\n", f"{before}{begin}\n") == []


def test_a_page_that_begins_like_front_matter_is_not_called_inert() -> None:
    page = Page.parse("  Text\n")
    assert not is_inert(page, "  #+url: /evil/\n", lambda _: "#+url: /evil/")


def test_a_text_between_two_rules_is_not_called_inert_for_it_may_become_front_matter() -> None:
    page = Page.parse("---\nText\n\n---\n")
    assert page.front_matter is None
    assert not is_inert(page, "---\ndraft: true\n\n---\n", lambda _: "draft: true")


def is_called_inert(text: str, translation: str) -> bool:
    """Whether a page is, with this in the place of its first text; where it is not, its structure may have changed."""
    page = Page.parse(text)
    first = page.segments[0]
    chosen = {first: translation}
    localized = page.render(chosen.get)
    return is_inert(page, localized, chosen.get)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Text\n:-:|-\n", "A|b"),
        ("A|b\n:-|\n", "A b|"),
        ("A|b\n:-|\n", "A\\|b|"),
        ("> A|b|c\n> --|--\n", "A|b c"),
        ("- [Text](/x)\n  --|--\n", "[A|b](/x)"),
        ('[Eins](/x\n"y") zwei\n: drei\n', "One two"),
        ('[Eins](/x\n"y") zwei\n\n: drei\n', "One two"),
        ('~~~\nx\n~~~\n\n[Eins](/x\n"y") zwei\n\n: drei\n', "One two"),
        ("Eins `{}` zwei\n\n{{< x >}}\n", "One {{< x >}}"),
        ("Eins /* zwei {x} */} drei\n", "One {/* x */} /* {x} */} three"),
    ],
)
def test_a_page_that_may_have_another_structure_is_not_called_inert(text: str, translation: str) -> None:
    assert not is_called_inert(text, translation)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Nimm `{}` und `a|b`.\n", "Take `{}` and `a|b`."),
        ("Eins {x} und {y}\n", "One {x} and {y}"),
        ("| Nimm `{}` |\n|---|\n", "Take `{}`"),
        ("**`name`**: wie es heißt\n", "**`name`**: what it is called"),
        ("> **[Los](/x):** hier\n", "**[Go](/x):** here"),
        ("__„Ja“__ heißt ja\n", "__“Yes”__ means yes"),
        ("🧪 Neu\n", "🧪 New"),
        ("Eins\nzwei\n\n```js\na ? b\n  : c\n```\n", "One two"),
        ("> Eins\n> zwei\n> ~~~\n> :x\n> ~~~\n", "One two"),
    ],
)
def test_a_page_whose_structure_no_text_can_change_is_called_inert(text: str, translation: str) -> None:
    assert is_called_inert(text, translation)
    page = Page.parse(text)
    assert problems(text, page.render({page.segments[0]: translation}.get)) == []


def test_a_changed_structure_is_told_with_the_lines_of_both_pages() -> None:
    ((_, message),) = problems("a\n\n> c\n", "a\n\nb\n")
    assert "line 3 is <blockquote>" in message
    assert "in line 3" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 3", "weight: drei"),
        ("weight: 3\n", ""),
        ("weight: 3", "weight: 3\ndraft: true"),
        ("[a, b]", "[a]"),
        ("weight: 3", "weight: ["),
    ],
)
def test_front_matter_with_other_keys_or_types_is_an_error(old: str, new: str) -> None:
    assert checks(SOURCE.replace(old, new)) == ["page-structure"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{< jahr >}}", ""),
        ("{{< jahr >}}", "{{< année >}}"),
        ("{{< jahr >}}", "{{< jahr >"),
        ("{{< jahr >}}", "{{< jahr >}} {{< jahr >}}"),
        ("{{< /hinweis >}}", "{{< hinweis >}}"),
    ],
)
def test_other_shortcodes_are_an_error(old: str, new: str) -> None:
    assert "page-structure" in checks(SOURCE.replace(old, new))


def test_blocks_that_are_left_out_are_missed_by_nobody_and_the_others_are() -> None:
    without = SOURCE.replace("- eins\n- zwei\n", "").replace("Text {{< jahr >}} und ", "")
    assert "page-structure" in checks(without)
    assert checks(without, without, SOURCE) == []
    assert checks(without.replace("Innen", "- Innen"), without, SOURCE) == ["page-structure"]


def test_a_link_to_a_heading_that_is_left_out_leads_nowhere() -> None:
    without = SOURCE.replace("# Ziel\n\n", "")
    assert checks(without, without, SOURCE) == ["anchors"]


def test_a_link_to_a_translated_heading_leads_nowhere() -> None:
    assert checks(SOURCE.replace("# Ziel", "# But")) == ["anchors"]


@pytest.mark.parametrize("heading", ["# But {#ziel}", "# Ziel!", '# But <a id="ziel"></a>', "# *Ziel*"])
def test_a_link_to_an_id_that_is_there_is_fine(heading: str) -> None:
    assert checks(SOURCE.replace("# Ziel", heading)) == []


def test_a_repeated_heading_has_a_numbered_id() -> None:
    source = "# Zwei Worte\n\n# Zwei Worte\n\n[x](#zwei-worte-1)\n"
    assert checks(source.replace("[x]", "[y]"), source) == []
    assert checks(source.replace("# Zwei Worte\n\n# Zwei", "# Zwei Worte\n\n# Drei"), source) == ["anchors"]


def test_a_link_that_the_source_page_breaks_too_is_not_the_translations_fault() -> None:
    source = "# Ziel\n\n[x](#nirgends) [oben](#top)\n"
    assert checks(source.replace("Ziel", "But"), source) == []


def test_a_code_span_is_no_link() -> None:
    source = "# Ziel\n\n`[x](#ziel)`\n"
    assert checks(source.replace("# Ziel", "# But"), source) == []


def site_of(tmp_path: Path, page: str, **rest: str) -> Site:
    site = Site(tmp_path)
    site.configure("fr", **rest)
    site.write("content/seite.de.md", page)
    site.ok("extract")
    return site


def findings(site: Site, *arguments: str) -> list[dict[str, Any]]:
    run = site.run("check", "--format", "json", *arguments)
    assert run.code in (0, 1), run
    assert run.err == "", run
    found: list[dict[str, Any]] = json.loads(run.out)["findings"]
    return found


def test_the_command_warns_of_an_anchor_of_a_page_that_build_would_write(tmp_path: Path) -> None:
    site = site_of(tmp_path, "# Ziel\n\nLies [die Sache](#ziel) nach.\n")
    site.translate({"Ziel": "But", "Lies [die Sache](#ziel) nach.": "Lis [la chose](#ziel) donc."})
    (found,) = findings(site)
    assert (found["check"], found["severity"], found["locale"]) == ("anchors", "warning", "fr")
    assert (found["file"], found["line"]) == ("locales/fr/LC_MESSAGES/site.po", 1)
    assert found["page"] == "content/seite.de.md"
    assert "content/seite.fr.md" in found["message"]
    assert findings(site, "--skip", "anchors") == []


def test_a_page_that_build_would_not_write_is_not_checked(tmp_path: Path) -> None:
    site = site_of(tmp_path, "# Ziel\n\nLies [die Sache](#ziel) nach.\n")
    site.translate({"Ziel": "But"})
    assert findings(site, "--only", "anchors") == []


def test_a_remark_names_the_source_page_and_its_line_once(tmp_path: Path) -> None:
    site = site_of(tmp_path, "Erster Satz.\n\nDie Petition steht [hier](/p).\n")
    site.configure("fr", "en")
    site.ok("extract")
    (found,) = findings(site)
    assert (found["check"], found["severity"], found["locale"]) == ("vague-link", "warning", "")
    assert (found["file"], found["line"]) == ("content/seite.de.md", 3)
    assert findings(site, "--skip", "vague-link") == []


def test_a_page_whose_catalog_is_broken_still_gets_its_remarks(tmp_path: Path) -> None:
    site = site_of(tmp_path, "Die Petition steht [hier](/p).\n")
    site.write("locales/fr/LC_MESSAGES/site.po", "nonsense\n")
    assert {found["check"] for found in findings(site)} == {"catalog", "vague-link"}


def test_a_page_that_is_not_utf_8_is_a_finding_and_the_others_are_checked(tmp_path: Path) -> None:
    site = site_of(tmp_path, "Die Petition steht [hier](/p).\n")
    site.write("content/kaputt.de.md", b"\xff\xfe\xfd")
    assert sorted(found["check"] for found in findings(site)) == ["page", "vague-link"]


@pytest.mark.skipif(not (ROOT / "netzwerk-i18n.toml").is_file(), reason="not in the repository")
def test_the_pages_of_this_project_have_no_error(tmp_path: Path) -> None:
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "netzwerk-i18n.toml", tmp_path)
    assert {(found["severity"], found["check"]) for found in findings(Site(tmp_path))} <= {
        ("warning", "vague-link"),
        ("warning", "draft"),  # Dutch and Italian are begun by machines
    }
