"""Updates in general: nothing is lost, a second run changes nothing, and none takes long."""

from random import Random

import pytest
from catalog_strategies import (
    HEADER,
    LATER,
    LATER_HEADER,
    catalogs,
    filled,
    lines,
    msgcat,
    needs_gettext,
    old_catalog,
    one,
    template,
    translated,
    tuples,
    update,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import (
    Catalog,
    Entry,
    Message,
    build_template,
    format_catalog,
    parse_catalog,
    translation_memory,
    update_catalog,
)

quiet = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])

entries = st.lists(
    st.builds(
        Entry, filled, st.one_of(st.none(), st.just("c")), tuples(st.just("a.md"), 1), tuples(lines, 1)
    ),
    max_size=6,
)
words = st.sampled_from("wir sind ein Netzwerk von vielen Menschen und gehen heute gemeinsam".split())
sentences = st.lists(words, min_size=1, max_size=10).map(" ".join)
sentence_lists = st.lists(sentences, max_size=8, unique=True)


def texts_of(catalog: Catalog) -> set[str]:
    return {text for m in catalog.messages for text in (m.msgstr, *m.msgstr_plural) if text}


@quiet
@given(catalogs(), entries)
def test_no_translation_is_ever_lost_and_the_old_catalog_is_never_changed(
    old: Catalog, new: list[Entry]
) -> None:
    before = format_catalog(old)
    catalog = update(old, build_template(new, header=HEADER))
    assert texts_of(old) <= texts_of(catalog)
    live = {m.key for m in catalog.live()}
    comments = {comment for m in old.messages if m.has_translation or m.key in live for comment in m.comments}
    assert comments <= {comment for m in catalog.messages for comment in m.comments}
    assert format_catalog(old) == before


@quiet
@given(catalogs(), entries)
def test_a_second_update_changes_nothing(old: Catalog, new: list[Entry]) -> None:
    source = build_template(new, header=HEADER)
    catalog = update(old, source)
    later = build_template(new, source, header=LATER_HEADER)
    again = update_catalog(catalog, later, locale="fr", created=LATER, memory=translation_memory([old]))
    assert format_catalog(again) == format_catalog(catalog)


@quiet
@given(sentence_lists, sentence_lists, sentence_lists)
def test_sentences_that_change_again_and_again_lose_no_translation(
    first: list[str], second: list[str], third: list[str]
) -> None:
    catalog = old_catalog(*(Message(text, f"[{text}]") for text in first))
    for step in (second, third, first):
        source = template(*step)
        catalog = update(catalog, source)
        assert update(catalog, source) == catalog
        assert [m.msgid for m in catalog.live()] == step
        assert all(
            m.fuzzy and m.previous is not None
            for m in catalog.live()
            if m.msgstr and m.msgstr != f"[{m.msgid}]"
        )
    assert {f"[{text}]" for text in first} <= texts_of(catalog)
    assert all(one(catalog, text).msgstr == f"[{text}]" and not one(catalog, text).fuzzy for text in first)


@quiet
@given(sentence_lists, st.randoms(use_true_random=False))
def test_kept_translations_do_not_depend_on_the_order_of_the_pages(msgids: list[str], random: Random) -> None:
    old = old_catalog(*(Message(text, f"[{text}]") for text in msgids))
    shuffled = list(msgids)
    random.shuffle(shuffled)
    one_way, other = update(old, template(*msgids)), update(old, template(*shuffled))
    assert {m.key: m for m in one_way.messages} == {m.key: m for m in other.messages}


@needs_gettext
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs(), entries)
def test_an_updated_catalog_is_left_as_it_is_by_msgcat(old: Catalog, new: list[Entry]) -> None:
    catalog = update(old, build_template(new, header=HEADER))
    # msgcat drops an obsolete message whose first form is empty, and with it the other forms.
    carried = [m for m in catalog.messages if not m.obsolete or not m.msgstr_plural or m.msgstr_plural[0]]
    data = format_catalog(Catalog(catalog.header, tuple(carried)))
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == tuple(carried)


@pytest.mark.usefixtures("ends")
def test_a_large_catalog_is_updated_without_comparing_all_with_all() -> None:
    def sentence(number: int, word: str) -> str:
        return f"Satz {number:x} handelt von Nummer {number * 7919 % 65537} und {word} Dingen aus Kapitel {number % 97}."

    old = old_catalog(*(Message(sentence(number, "vielen"), "X") for number in range(50_000)))
    new = template(
        *(sentence(number, "manchen" if number % 20 == 0 else "vielen") for number in range(50_000))
    )
    catalog = update(old, new)
    stale = [m for m in catalog.live() if m.fuzzy]
    right = [m for m in stale if m.previous == m.msgid.replace("manchen", "vielen")]
    assert len(right) >= 2450


@pytest.mark.usefixtures("ends")
def test_texts_that_are_all_alike_do_not_stop_an_update() -> None:
    old = old_catalog(
        *(Message(f"Immer der gleiche lange Satz mit einer Zahl {n}", "X") for n in range(3000))
    )
    catalog = update(
        old, template(*(f"Immer der gleiche lange Satz mit einer Zahl {n}" for n in range(5000, 8000)))
    )
    assert len(list(catalog.live())) == 3000


@pytest.mark.usefixtures("ends")
def test_one_huge_changed_message_does_not_stop_an_update() -> None:
    text = "".join(f"Wort{n} " for n in range(100_000))
    assert one(update(translated(**{text: "X"}), template(f"{text}!")), f"{text}!").fuzzy
