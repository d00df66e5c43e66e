"""Values of front matter and of data files, found again on the page of another language."""

import pytest

from netzwerk_i18n import Page
from netzwerk_i18n.adopt.values import pair_values
from netzwerk_i18n.page.settings import DataFormat, PageSettings

ROWS = "- {name: Das Meer, url: /meer}\n- {name: Der Wald, url: /wald}\n- {name: Der Berg, url: /berg}\n"


def pairs(
    source: str, target: str, form: DataFormat | None = "yaml", *keys: str
) -> list[tuple[str, str, str]]:
    settings = PageSettings(front_matter=keys or ("**.name", "**.text"), data=form)
    pages = [Page.parse(text, settings) for text in (source, target)]
    return [(one.text, other.text, doubt) for one, other, doubt in pair_values(*pages)]


def test_an_item_is_known_by_what_stands_beside_its_text() -> None:
    target = "- {url: /wald, name: La forêt}\n- {url: /berg, name: Le mont}\n- {url: /meer, name: La mer}\n"
    assert pairs(ROWS, target) == [
        ("Das Meer", "La mer", ""),
        ("Der Wald", "La forêt", ""),
        ("Der Berg", "Le mont", ""),
    ]


def test_the_order_of_keys_tells_nothing_and_twins_are_known_by_their_places() -> None:
    source = (
        "- {name: Meer, id: 1, url: /a}\n- {name: Wald, id: 2, url: /b}\n- {name: Berg, id: 2, url: /b}\n"
    )
    target = "- {url: /b, id: 2, name: Bois}\n- {url: /b, id: 2, name: Mont}\n- {url: /a, id: 1, name: Mer}\n"
    assert pairs(source, target) == [("Meer", "Mer", ""), ("Wald", "Bois", ""), ("Berg", "Mont", "")]


def test_twins_of_which_one_is_missing_are_doubted() -> None:
    source = "- {name: Meer, kind: a}\n- {name: Wald, kind: a}\n- {name: Berg, kind: b}\n"
    target = "- {name: Bois, kind: a}\n- {name: Mont, kind: b}\n"
    doubt = "the lists of both pages differ in length"
    assert pairs(source, target) == [("Meer", "Bois", doubt), ("Berg", "Mont", "")]


def test_an_item_that_is_missing_leaves_the_others_certain() -> None:
    target = "- {url: /berg, name: Le mont}\n- {url: /meer, name: La mer}\n"
    assert pairs(ROWS, target) == [("Das Meer", "La mer", ""), ("Der Berg", "Le mont", "")]


def test_an_item_with_another_address_is_known_by_its_place() -> None:
    target = "- {name: La mer, url: /meer}\n- {name: La forêt, url: /foret}\n- {name: Le mont, url: /berg}\n"
    assert [doubt for _, _, doubt in pairs(ROWS, target)] == ["", "", ""]


def test_it_is_doubted_where_others_changed_their_places() -> None:
    target = "- {name: Le mont, url: /berg}\n- {name: La forêt, url: /foret}\n- {name: La mer, url: /meer}\n"
    assert pairs(ROWS, target) == [
        ("Das Meer", "La mer", ""),
        ("Der Wald", "La forêt", "the lists of both pages differ in their order"),
        ("Der Berg", "Le mont", ""),
    ]


def test_items_of_items_are_told_apart_by_both() -> None:
    source = (
        '{"a": [{"id": 1, "b": [{"id": 1, "name": "Eins"}]}, {"id": 2, "b": [{"id": 1, "name": "Zwei"}]}]}'
    )
    target = '{"a": [{"b": [{"id": 1, "name": "Deux"}], "id": 2}, {"b": [{"id": 1, "name": "Un"}], "id": 1}]}'
    assert pairs(source, target, "json") == [("Eins", "Un", ""), ("Zwei", "Deux", "")]


def test_bare_lists_are_known_by_their_places() -> None:
    assert pairs("name: [Meer, Wald]\n", "name: [Mer, Bois]\n") == [("Meer", "Mer", ""), ("Wald", "Bois", "")]
    doubt = "the lists of both pages differ in length"
    assert pairs("name: [Meer, Wald]\n", "name: [Mer]\n") == [("Meer", "Mer", doubt)]


@pytest.mark.parametrize("end", ["1", '{"x": "Wort"}'])
def test_a_key_that_stands_twice_is_no_trouble(end: str) -> None:
    source = f'{{"a": [{{"name": "Das Meer"}}], "a": {end}}}'
    assert pairs(source, source, "json") == [("Das Meer", "Das Meer", "")]


def test_front_matter_is_paired_alike() -> None:
    source = "---\nimages:\n- {src: a.jpg, alt: Das Meer}\n- {src: b.jpg, alt: Der Wald}\n---\n"
    target = "---\nimages:\n- {src: b.jpg, alt: La forêt}\n- {src: a.jpg, alt: La mer}\n---\n"
    assert pairs(source, target, None, "images.alt") == [
        ("Das Meer", "La mer", ""),
        ("Der Wald", "La forêt", ""),
    ]
