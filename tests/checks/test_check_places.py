"""Where a finding is: the line and the column of the very word, in catalogs and in source pages."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from cli_site import CATALOG, Site
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.catalog import Catalog, Message, format_catalog, parse_catalog
from netzwerk_i18n.catalog.places import find_place, split_lines

FRENCH_PO = CATALOG.format("fr")
LINK = "Hier ist [die Petition](https://example.org/a)."
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"), min_size=1)


@given(TEXTS, TEXTS, st.data())
def test_the_character_at_a_place_is_the_character_of_the_translation(
    msgid: str, msgstr: str, data: st.DataObject
) -> None:
    written = format_catalog(Catalog(messages=(Message(msgid, msgstr), Message(f"{msgid}2", "x"))))
    message = parse_catalog(written, file="fr.po").get((None, msgid))
    assert message is not None
    offset = data.draw(st.integers(0, len(message.msgstr) - 1))
    lines = split_lines(written.decode())
    place = find_place(lines, message.line, offset)
    assert place is not None
    line, column = place
    spelled = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\a": "\\a", "\b": "\\b"}
    spelled |= {"\f": "\\f", "\v": "\\v"}
    character = message.msgstr[offset]
    assert lines[line - 1][column - 1 :].startswith(spelled.get(character, character))


@given(
    st.lists(
        st.sampled_from(
            ['msgid "a"', 'msgstr "', '"x\\', '"', 'msgstr "a\\x4', "#~", "", '"é"', "msgstr[0] "]
        )
    )
)
def test_a_place_is_looked_for_in_any_lines(lines: list[str]) -> None:
    for offset in range(5):
        place = find_place(lines, 1, offset)
        assert place is None or 1 <= place[0] <= len(lines)


@pytest.fixture
def site(empty: Site) -> Site:
    empty.configure("fr")
    empty.write("content/seite.de.md", f"Zeile eins  \nZeile zwei\n\n{LINK}\n")
    empty.ok("extract")
    return empty


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    return Site(tmp_path)


def found(site: Site, name: str) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(site.run("check", "--format", "json", "--only", name).out)[
        "findings"
    ]
    return findings


def test_a_finding_points_at_the_word_in_a_translation_of_several_lines(site: Site) -> None:
    text = site.read(FRENCH_PO)
    old = 'msgid ""\n"Zeile eins\\n"\n"Zeile zwei"\nmsgstr ""\n'
    assert old in text
    site.write(FRENCH_PO, text.replace(old, old + '"La \\"ligne\\"\\n"\n"deux  mots"\n'))
    (finding,) = found(site, "doubled-spaces")
    assert site.read(FRENCH_PO).split("\n")[finding["line"] - 1] == '"deux  mots"'
    assert finding["column"] == len('"deux') + 1


def test_all_formats_name_the_same_place(site: Site) -> None:
    site.translate({LINK: 'Voici la \\"[pétition](https://evil.example)'})
    (finding,) = [f for f in found(site, "links") if f["severity"] == "error"]
    line = site.read(FRENCH_PO).split("\n")[finding["line"] - 1]
    place = line.index("https://evil.example") + 1
    assert finding["column"] == place
    where = f"{finding['line']}:{place}"
    only = ("check", "--only", "links")
    assert f"\n  {where}: error [links]" in site.run(*only).out
    behind = place + len("https://evil.example")
    github = site.run(*only, "--format", "github").out
    assert f",line={finding['line']},col={place},endLine={finding['line']},endColumn={behind}," in github
    sarif = json.loads(site.run(*only, "--format", "sarif").out)
    region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    line_number = finding["line"]
    assert region == {
        "startLine": line_number,
        "startColumn": place,
        "endLine": line_number,
        "endColumn": behind,
    }
    junit = ET.fromstring(site.run(*only, "--format", "junit").out)  # noqa: S314 - our own
    assert f"{FRENCH_PO}:{where}: " in "".join(junit.itertext())


def test_a_byte_order_mark_and_windows_line_ends_are_no_columns(site: Site) -> None:
    site.translate({LINK: "Voici [la pétition](https://evil.example)."})
    text = site.read(FRENCH_PO)
    (before,) = found(site, "links")
    site.write(FRENCH_PO, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (after,) = found(site, "links")
    assert (after["line"], after["column"]) == (before["line"], before["column"])


def test_a_remark_points_at_the_link_in_the_source_page(empty: Site) -> None:
    empty.configure("fr")
    empty.write(
        "content/seite.de.md",
        "# Titel\n\n> - Die Petition\n>   steht [hier](/p) bereit,\n>   lest [dort](/q).\n",
    )
    empty.ok("extract")
    assert [(f["line"], f["column"]) for f in found(empty, "vague-link")] == [(4, 12), (5, 11)]
