"""Badges: one image for each language, which fits its text and replaces nobody's files."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_site import mixed_site

from netzwerk_i18n.report.badge import badge, colour
from netzwerk_i18n.report.text import whole_percent

SVG = "{http://www.w3.org/2000/svg}"


@given(st.text(), st.floats(0, 1))
def test_every_badge_is_svg_that_says_what_it_shows(label: str, coverage: float) -> None:
    root = ET.fromstring(badge(label, coverage))  # noqa: S314 - our own
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == root.get("aria-label")
    assert root.get("role") == "img"
    assert f"{whole_percent(coverage)} %" in (title.text or "")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == set(
        "svg title clipPath rect g text".split()
    )


@given(st.text(), st.floats(0, 1))
def test_the_texts_of_a_badge_stand_within_their_boxes(label: str, coverage: float) -> None:
    root = ET.fromstring(badge(label, coverage))  # noqa: S314 - our own
    left, right = root.iter(f"{SVG}text")
    _, split, value = root.iter(f"{SVG}rect")

    def end(text: ET.Element) -> float:
        return float(text.get("x", 0)) + float(text.get("textLength", 0))

    assert end(left) < float(split.get("width", 0))
    assert float(value.get("x", 0)) < float(right.get("x", 0))
    assert end(right) < float(root.get("width", 0))


@given(st.floats(0, 1))
def test_white_on_the_colour_of_a_coverage_can_be_read(coverage: float) -> None:
    parts = [int(colour(coverage)[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


def test_the_command_writes_a_badge_for_each_language_and_nothing_the_second_time(tmp_path: Path) -> None:
    site = mixed_site(tmp_path / "site")
    folder = tmp_path / "badges"
    out = site.ok("status", "--format", "badge", "-o", str(folder)).out
    assert out == f"{folder}: 3 badges, 3 of them new or changed\n"
    assert sorted(file.name for file in folder.iterdir()) == ["ar.svg", "fr.svg", "ja.svg"]
    assert "French: 59 % translated" in (folder / "fr.svg").read_text("utf-8")
    assert "3 badges, 0 of them" in site.ok("status", "--format", "badge", "-o", str(folder)).out


@pytest.mark.parametrize("content", ["<svg/>", ""])
def test_an_image_that_is_no_badge_of_ours_is_not_replaced(tmp_path: Path, content: str) -> None:
    site = mixed_site(tmp_path)
    site.write("badges/fr.svg", content)
    run = site.run("status", "--format", "badge", "-o", str(tmp_path / "badges"))
    assert run.code == 2
    assert "is no badge of ours; move it away" in run.err
    assert site.read("badges/fr.svg") == content
    assert not site.exists("badges/ar.svg")
