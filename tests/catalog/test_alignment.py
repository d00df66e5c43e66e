"""Two sequences of units laid side by side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.catalog.alignment import RAIL, Match, Unit, align


def texts(*sizes: float, kind: str = "paragraph") -> list[Unit]:
    return [Unit(kind, size, end=".") for size in sizes]


def linked(size: float, *targets: str, kind: str = "item") -> Unit:
    return Unit(kind, size, frozenset(("link", target) for target in targets))


def pairs(matches: list[Match]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(match.sources, match.targets) for match in matches]


def certain(matches: list[Match]) -> dict[int, int]:
    return {match.sources[0]: match.targets[0] for match in matches if not match.doubt}


LENGTHS = (300.0, 80.0, 500.0, 150.0, 40.0, 260.0, 700.0, 90.0)


def test_equal_sequences_are_paired_one_for_one() -> None:
    units = texts(*LENGTHS)
    assert pairs(align(units, units)) == [((n,), (n,)) for n in range(len(units))]


def test_nothing_is_paired_with_nothing() -> None:
    assert align([], texts(10.0)) == align(texts(10.0), []) == []


def test_the_ratio_of_lengths_is_learned_from_the_texts_themselves() -> None:
    assert len(certain(align(texts(*LENGTHS), texts(*(size * 0.5 for size in LENGTHS))))) == len(LENGTHS)


def test_an_extra_unit_stays_alone_and_shifts_nothing() -> None:
    target = texts(*LENGTHS[:4], 1500.0, *LENGTHS[4:])
    found = align(texts(*LENGTHS), target)
    assert {match.targets for match in found}.isdisjoint({(4,)})
    assert certain(found).items() <= {n: n + (n >= 4) for n in range(len(LENGTHS))}.items()


def test_an_extra_unit_that_could_stand_in_two_places_makes_its_neighbours_uncertain_only() -> None:
    sizes = [*LENGTHS, 200.0, 200.0, *LENGTHS]
    found = certain(align(texts(*sizes), texts(*sizes[:9], 200.0, *sizes[9:])))
    assert not {8, 9} <= found.keys()
    assert found.keys() >= set(range(7)) | set(range(12, 18))


def test_two_units_that_became_one_are_found_and_never_certain() -> None:
    target = texts(*LENGTHS[:2], LENGTHS[2] + LENGTHS[3], *LENGTHS[4:])
    (joined,) = [match for match in align(texts(*LENGTHS), target) if len(match.sources) == 2]
    assert (joined.sources, joined.targets) == ((2, 3), (2,))
    assert joined.doubt


def test_one_unit_that_became_two_is_found_and_never_certain() -> None:
    target = texts(*LENGTHS[:6], 350.0, 350.0, *LENGTHS[7:])
    (split,) = [match for match in align(texts(*LENGTHS), target) if len(match.targets) == 2]
    assert (split.sources, split.targets) == ((6,), (6, 7))
    assert split.doubt


def test_units_in_another_order_are_found_by_their_links() -> None:
    source = [linked(60.0, f"/{n}") for n in range(6)]
    order = [4, 0, 5, 2, 1, 3]
    found = align(source, [source[n] for n in order])
    assert certain(found) == {n: order.index(n) for n in range(6)}
    assert any(match.moved for match in found)


def test_a_unit_that_is_far_too_long_is_not_certain() -> None:
    source = [linked(size, f"/{size}", kind="paragraph") for size in LENGTHS]
    target = [*source[:5], linked(1200.0, f"/{LENGTHS[5]}", kind="paragraph"), *source[6:]]
    (match,) = [match for match in align(source, target) if match.sources == (5,)]
    assert "much longer" in match.doubt


@pytest.mark.parametrize("label", ["HTML attribute alt", ""])
def test_units_of_different_labels_are_never_paired(label: str) -> None:
    one, other = Unit("attribute", 20.0, label=label), Unit("attribute", 20.0, label="HTML attribute title")
    assert align([one], [other]) == []


def test_a_rail_is_paired_with_its_like_alone() -> None:
    rails = [Unit(RAIL, 10.0, frozenset({(RAIL, text)})) for text in ("a=1", "b=2")]
    source = [*texts(100.0, 100.0), rails[0], *texts(100.0)]
    target = [*texts(100.0), rails[0], *texts(100.0), rails[1]]
    assert [match.targets for match in align(source, target) if match.sources == (2,)] == [(1,)]
    assert (3,) not in {match.targets for match in align(source, target)}


@pytest.mark.parametrize("length", [60, 400])
def test_a_long_page_is_aligned_within_a_band_as_a_short_one_is_in_whole(length: int) -> None:
    rng = random.Random(length)  # noqa: S311 - no secret depends on it
    sizes = [rng.choice((20.0, 60.0, 150.0, 300.0, 700.0)) * rng.uniform(0.8, 1.2) for _ in range(length)]
    target = [size * rng.uniform(0.95, 1.05) for size in sizes]
    del target[length // 3]
    target.insert(length // 2, 2000.0)
    right = {n: n - (n > length // 3) + (n > length // 2) for n in range(length)}
    found = certain(align(texts(*sizes), texts(*target)))
    wrong = {n: there for n, there in found.items() if right[n] != there and abs(n - length // 2) > 2}
    assert not wrong
    assert len(found) > 0.8 * length


UNITS = st.lists(
    st.builds(
        Unit,
        kind=st.sampled_from(["paragraph", "item", "heading", "cell", RAIL]),
        size=st.floats(1, 3000),
        tokens=st.frozensets(
            st.tuples(
                st.sampled_from(["link", "number", "word", "stem", "unheard of"]), st.sampled_from("abcd")
            ),
            max_size=4,
        ),
        level=st.integers(0, 6),
        label=st.sampled_from(["", "x"]),
        end=st.sampled_from(["", ".", "?"]),
        sentences=st.integers(1, 50),
    ),
    max_size=12,
)


@given(UNITS, UNITS)
def test_each_unit_is_in_one_match_at_most(source: list[Unit], target: list[Unit]) -> None:
    found = align(source, target)
    for side, used in (
        (source, [n for m in found for n in m.sources]),
        (target, [n for m in found for n in m.targets]),
    ):
        assert len(used) == len(set(used))
        assert set(used) <= set(range(len(side)))
    for match in found:
        assert 0 <= match.certainty <= 1
        assert match.doubt or len(match.sources) == len(match.targets) == 1


@given(UNITS, UNITS)
def test_the_same_units_give_the_same_matches(source: list[Unit], target: list[Unit]) -> None:
    assert align(source, target) == align(source, target)
