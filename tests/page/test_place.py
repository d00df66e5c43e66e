"""Where segments stand, and what stands between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.page import Page
from netzwerk_i18n.page.place import Place, frame_of, place_of, rails_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# Eins\n", Place(1)),
        ("#### Vier ####\n", Place(4)),
        ("Eins\n====\n", Place(1)),
        ("Zwei\n----\n", Place(2)),
        ("> Zitat\n", Place(0, 1)),
        ("> > Zitat\n", Place(0, 2)),
        ("* Punkt\n", Place(0, 0, "-")),
        ("- [x] Aufgabe\n", Place(0, 0, "-")),
        ("3. Punkt\n", Place(0, 0, "1")),
        ("> 1. Punkt\n", Place(1, 1, "1")),
        ("Absatz\n", Place()),
        ("---\ntitle: Titel\n---\n", Place(label="Front matter: title")),
        ('{{< bild alt="Text" >}}\n', Place(label="Shortcode bild: alt")),
    ],
)
def test_a_segment_has_a_place(text: str, place: Place) -> None:
    page = Page.parse(text)
    (segment,) = page.segments
    assert place_of(page, segment) == place


def test_cells_are_told_by_their_columns() -> None:
    page = Page.parse("| a \\| b | c | d |\n| --- | --- | --- |\n| e | f | g |\n")
    assert [place_of(page, segment).level for segment in page.segments] == [0, 1, 2, 0, 1, 2]


def test_a_frame_holds_the_addresses_of_its_own_tag() -> None:
    page = Page.parse('{{< bild src="a.png" alt="Eins" >}}\n\n{{< bild alt="Zwei" src="b.png" >}}\n')
    frames = [frame_of(page, segment) for segment in page.segments]
    assert ["a.png" in frame for frame in frames] == [True, False]
    assert ["b.png" in frame for frame in frames] == [False, True]


def test_code_rules_and_shortcodes_are_rails_and_marks_of_lists_are_not() -> None:
    text = "---\ntitle: T\n---\n\n# Eins\n\n```\nx = 1\n```\n\n* Punkt\n\n---\n\n{{< toc >}}\n\nEnde\n"
    assert [rail for _, rail in rails_of(Page.parse(text))] == ["```x=1```", "---", "{{<toc>}}"]


@given(st.text(alphabet="ab #*>-|`<{}\n\r\t1.=[]()", max_size=200))
def test_any_page_has_places_frames_and_rails(text: str) -> None:
    page = Page.parse(text)
    for segment in page.segments:
        place = place_of(page, segment)
        assert place.level >= 0
        assert place.quotes >= 0
        frame_of(page, segment)
    starts = [start for start, _ in rails_of(page)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
