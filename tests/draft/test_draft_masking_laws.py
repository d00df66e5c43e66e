"""The laws of masking: an engine that changes nothing changes nothing, and one that mangles damages nothing."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from draft_texts import (
    MANGLINGS,
    ROOT,
    SAMPLES,
    marked_messages,
    messages,
    met_by_readers,
    soup,
    structure,
    texts_of_known_words,
)
from hypothesis import example, given
from hypothesis import strategies as st

from netzwerk_i18n import Page
from netzwerk_i18n.checks import labels_of
from netzwerk_i18n.draft.masking import MaskError, mask, unmask, verify
from netzwerk_i18n.draft.styles import Style

CORPORA = ROOT.parent / "shared" / "corpora"
STYLES = [Style.TAGS, Style.HTML, Style.BRACKETS, Style.RUNS]
MOST_REFUSED = 0.005

Case = tuple[str, str, frozenset[str]]


def cases(pages: Iterator[str]) -> list[Case]:
    found: dict[Case, None] = {}
    for page in pages:
        labels = labels_of(page)
        for segment in Page.parse(page).segments:
            found[segment.text, segment.form, labels] = None
    return list(found)


def texts_below(*folders: Path) -> Iterator[str]:
    for folder in folders:
        for file in sorted(folder.rglob("*.md")):
            yield file.read_text(encoding="utf-8")


def spec_examples() -> Iterator[str]:
    import json

    yield from (
        example["markdown"] for example in json.loads((CORPORA / "commonmark-spec.json").read_text("utf-8"))
    )


needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="../shared/corpora is absent")


def refusals(found: list[Case], style: Style) -> Counter[str]:
    """Why messages were refused; every other one must have come back as it was."""
    refused: Counter[str] = Counter()
    for text, form, labels in found:
        try:
            masked = mask(text, style, form=form, labels=labels)
            assert unmask(masked, masked.texts) == text
        except MaskError as error:
            refused[error.reason] += 1
    return refused


def require_few(found: list[Case], style: Style) -> None:
    refused = refusals(found, style)
    assert found
    assert sum(refused.values()) <= MOST_REFUSED * len(found), refused


@pytest.mark.parametrize("style", STYLES)
def test_an_engine_that_changes_nothing_changes_no_message_of_the_sample_pages(style: Style) -> None:
    require_few(cases(texts_below(SAMPLES, ROOT / "content", ROOT / "docs")), style)


@needs_corpora
@pytest.mark.parametrize("style", STYLES)
def test_an_engine_that_changes_nothing_changes_no_message_of_the_specification(style: Style) -> None:
    require_few(cases(spec_examples()), style)


@needs_corpora
@pytest.mark.parametrize("style", STYLES)
def test_an_engine_that_changes_nothing_changes_no_message_of_the_course_book(style: Style) -> None:
    require_few(cases(texts_below(CORPORA / "comprehensive-rust")), style)


def test_the_plain_style_gives_back_every_message_that_it_accepts() -> None:
    found = cases(texts_below(SAMPLES, ROOT / "content"))
    refused = refusals(found, Style.PLAIN)
    assert set(refused) == {"the text has markup, which this engine cannot bear"}
    assert sum(refused.values()) < len(found) / 2


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("mangling", MANGLINGS)
def test_no_mangled_answer_is_accepted_with_another_structure(mangling: str, style: Style) -> None:
    texts = marked_messages()
    assert len(texts) >= 306
    for number, text in enumerate(texts):
        chance = random.Random(f"{mangling} {number}")  # noqa: S311 - it is to repeat itself
        try:
            masked = mask(text, style)
            translation = unmask(masked, [MANGLINGS[mangling](sent, chance) for sent in masked.texts])
        except MaskError:
            continue
        assert structure(translation, text) == structure(text, translation), (text, translation)


@pytest.mark.parametrize("style", [Style.TAGS, Style.HTML, Style.BRACKETS])
@pytest.mark.parametrize("mangling", ["space_out", "change_case", "cyrillic"])
def test_what_engines_usually_do_to_placeholders_is_forgiven(mangling: str, style: Style) -> None:
    texts = marked_messages()
    accepted = 0
    for number, text in enumerate(texts):
        try:
            masked = mask(text, style)
            chance = random.Random(number)  # noqa: S311
            unmask(masked, [MANGLINGS[mangling](sent, chance) for sent in masked.texts])
        except MaskError:
            continue
        accepted += 1
    assert accepted >= 0.98 * len(texts)


@given(
    soup(),
    st.sampled_from(list(Style)),
    st.sampled_from(["markdown", "cell", "html", "value", "title", "attribute"]),
)
@example("X[X1X]", Style.BRACKETS, "markdown")
def test_any_text_comes_back_as_it_is_or_is_refused_with_a_reason(text: str, style: Style, form: str) -> None:
    reason = ""
    try:
        masked = mask(text, style, form=form)
        returned = unmask(masked, masked.texts)
    except MaskError as error:
        reason = error.reason
    assert reason or returned == text


@given(texts_of_known_words(), st.sampled_from(list(Style)), st.sampled_from(["markdown", "cell"]))
def test_every_word_that_a_reader_meets_is_sent_and_comes_back_in_its_place(
    written: tuple[str, list[str]], style: Style, form: str
) -> None:
    text, words = written
    try:
        masked = mask(text, style, form=form, labels=frozenset({"K"}))
    except MaskError:
        assert style is Style.PLAIN
        return
    assert sorted(re.findall("W[a-z]+", " ".join(masked.texts))) == sorted(words)
    assert unmask(masked, masked.texts) == text
    answers = [re.sub("W[a-z]+", lambda word: word[0].upper() + "É", sent) for sent in masked.texts]
    translation = unmask(masked, answers)
    assert structure(translation, text) == structure(text, translation)
    met = met_by_readers(text, ["k"])
    assert all(met.count(word) for word in words)
    assert met_by_readers(translation, ["k"]) == re.sub("W[a-z]+", lambda word: word[0].upper() + "É", met)


@given(soup(), st.sampled_from(STYLES), st.sampled_from(sorted(MANGLINGS)), st.integers(0, 999))
def test_no_answer_to_any_text_is_accepted_with_another_structure(
    text: str, style: Style, mangling: str, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    try:
        masked = mask(text, style)
        translation = unmask(masked, [MANGLINGS[mangling](sent, chance) for sent in masked.texts])
    except MaskError:
        return
    assert structure(translation, text) == structure(text, translation)


@given(soup(), st.lists(soup(), min_size=1, max_size=6), st.sampled_from(STYLES))
def test_whatever_an_engine_answers_is_accepted_only_with_the_same_structure(
    text: str, said: list[str], style: Style
) -> None:
    try:
        masked = mask(text, style)
        translation = unmask(masked, [said[number % len(said)] for number in range(len(masked.texts))])
    except MaskError:
        return
    assert structure(translation, text) == structure(text, translation)
    assert verify(text, translation) is None


@pytest.mark.parametrize(
    "piece",
    ["*", "**a", "_a ", "`", "`` ` ", "[", "[a](", "[a](/b) ", "![a](/b)", "<", "<a>", "</a>", "<b>x", "{{", "{{< x >}}", "&amp;", "\\*", "~~a", "#a ", "@a ", "$a$", "https://a.b ", "a@b.c ", "\n", "*a **b ", ":x: ", "[^1]", "(" ],
)  # fmt: skip
def test_hostile_texts_of_any_length_are_masked_or_refused(piece: str) -> None:
    for length in (45_000, 100_000):
        text = (piece * (length // len(piece))).strip(" \n")
        for style in (Style.TAGS, Style.BRACKETS, Style.RUNS):
            reason = ""
            try:
                masked = mask(text, style)
                returned = unmask(masked, masked.texts)
            except MaskError as error:
                reason = error.reason
            assert reason or returned == text


def test_the_messages_of_the_samples_are_many() -> None:
    assert len(messages(SAMPLES)) > 500
