"""Word diffs: both texts can be read off them, and they show words, not letters."""

from itertools import pairwise

import pytest
from catalog_strategies import texts
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.catalog.word_diff import Change, word_diff

sentences = st.lists(
    st.sampled_from(["wir", "sind", "ein", "Netz,", "werk", "日本", "語", "\n", "5.", "–"])
).map(" ".join)


@given(st.one_of(texts, sentences), st.one_of(texts, sentences))
def test_both_texts_can_be_read_off_a_diff(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.change is not Change.NEW) == old
    assert "".join(run.text for run in runs if run.change is not Change.OLD) == new


@given(sentences, sentences)
def test_neighbouring_runs_differ_and_none_is_empty(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert all(run.text for run in runs)
    assert all(one.change is not other.change for one, other in pairwise(runs))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Wir gehen.", "Wir gehen.", "Wir gehen."),
        ("", "neu", "{+neu+}"),
        ("Wir sind viele.", "Wir sind sehr viele.", "Wir sind {+sehr +}viele."),
        ("drei alte Wörter hier", "zwei neue Wörter hier", "[-drei alte-]{+zwei neue+} Wörter hier"),
        ("E-Mail an 1,5 Leute", "E-Mail an 2,5 Leute", "E-Mail an [-1,5-]{+2,5+} Leute"),
        ("[a](https://example.org/a)", "[a](https://example.org/b)", "[a]([-https://example.org/a-]{+https://example.org/b+})"),
        ("私は行く", "君は行く", "[-私-]{+君+}は行く"),
        ("Привет, мир", "Привет, Москва", "Привет, [-мир-]{+Москва+}"),
    ],
)  # fmt: skip
def test_a_diff_shows_the_words_that_left_and_came(old: str, new: str, shown: str) -> None:
    marks = {Change.SAME: "{}", Change.OLD: "[-{}-]", Change.NEW: "{{+{}+}}"}
    assert "".join(marks[run.change].format(run.text) for run in word_diff(old, new)) == shown


def test_texts_without_a_common_word_at_great_length_are_compared_at_once() -> None:
    old, new = "a " * 200_000, "b " * 200_000
    assert [run.change for run in word_diff(old, new)][:2] == [Change.OLD, Change.NEW]
