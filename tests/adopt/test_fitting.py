"""Catalogs of other tools: what they say of blocks, lines and numbers in braces is said of this project's texts."""

import pytest

from netzwerk_i18n.catalog.memory import Memory, Pair
from netzwerk_i18n.fitting import fit_memory

FORMS = {
    "po4a: a table is one text": (
        "| Ort | Tag |\n| --- | --- |\n| Rom | heute |\n",
        "| Lieu | Jour |\n| --- | --- |\n| Rome | aujourd’hui |\n",
        {"Ort": "Lieu", "Tag": "Jour", "Rom": "Rome", "heute": "aujourd’hui"},
    ),
    "po4a: a quote is one text": (
        "> Das ist wahr.\n> Und das.\n",
        "> C’est vrai. Et ça aussi.\n",
        {"Das ist wahr. Und das.": "C’est vrai. Et ça aussi."},
    ),
    "po4a: lines stay lines": (
        "Wir gehen heute\nin die Stadt.",
        "Nous allons en ville\naujourd’hui.",
        {"Wir gehen heute in die Stadt.": "Nous allons en ville aujourd’hui."},
    ),
    "po4a: the attributes of a heading are text": ("Ziele { #ziele }", "Buts { #ziele }", {"Ziele": "Buts"}),
    "translate-toolkit: an HTML block is one text": (
        '<p class="a">Ein <b>Satz</b></p>',
        '<p class="a">Une <b>phrase</b></p>',
        {"Ein <b>Satz</b>": "Une <b>phrase</b>"},
    ),
    "translate-toolkit: numbers in the place of addresses": (
        "Die [Karte]{1} und [der Plan]{2}",
        "[Le plan]{2} et la [carte]{1}",
        {"Die [Karte](/karte_(b)) und [der Plan][1]": "[Le plan][1] et la [carte](/karte_(b))"},
    ),
    "translate-toolkit: numbers in the place of tags": (
        "Strg{1} + {2}C{3} kopiert",
        "Ctrl{1} + {2}C{3} copie",
        {"<kbd>Strg</kbd> + <kbd>C</kbd> kopiert": "<kbd>Ctrl</kbd> + <kbd>C</kbd> copie"},
    ),
    "translate-toolkit: a link around the whole text is left out": (
        "Die Karte",
        "La carte",
        {"[Die Karte](/karte)": "[La carte](/karte)"},
    ),
    "mdbook-i18n-helpers: emphasis has another sign": (
        "Das ist _sehr_ **wahr**.",
        "C’est _très_ **vrai**.",
        {"Das ist *sehr* **wahr**.": "C’est *très* **vrai**."},
    ),
    "hugo-gettext: the same text": ("Ein Satz.", "Une phrase.", {"Ein Satz.": "Une phrase."}),
}


def wants(*texts: str) -> set[tuple[str | None, str]]:
    return {(None, text) for text in texts}


@pytest.mark.parametrize("form", FORMS)
def test_texts_are_found_however_another_tool_cuts_and_writes_them(form: str) -> None:
    text, translation, expected = FORMS[form]
    fitted = fit_memory({(None, text): translation}, wants(*expected), wants(*expected))
    assert fitted.memory == {(None, one): other for one, other in expected.items()}
    assert not fitted.uncertain


def test_a_text_of_the_project_is_left_as_it_is() -> None:
    memory: Memory = {(None, "Ein *Satz*."): "Une *phrase*.", (None, "> So."): "> Ainsi."}
    live = wants("Ein *Satz*.", "> So.", "Ein **Satz**.", "So.")
    fitted = fit_memory(memory, live, wants("Ein **Satz**.", "So."))
    assert fitted.memory == memory


def test_what_a_tool_has_for_the_very_text_counts_before_what_stands_in_a_block() -> None:
    memory: Memory = {(None, "> Der Satz."): "> Une phrase.", (None, "Der Satz."): "La phrase."}
    assert fit_memory(memory, wants("Der Satz."), set()).memory == {(None, "Der Satz."): "La phrase."}


def test_a_block_of_which_nothing_stands_on_a_page_stays_whole() -> None:
    memory: Memory = {(None, "1. Mai"): "1er mai"}
    assert fit_memory(memory, wants("Juni"), wants("Juni")).memory == memory


def test_blocks_that_differ_from_their_source_are_not_taken_apart() -> None:
    memory: Memory = {(None, "* Eins\n* Zwei\n"): "* Un\n"}
    assert fit_memory(memory, wants("Eins", "Zwei"), wants("Eins", "Zwei")).memory == memory


@pytest.mark.parametrize(
    ("text", "translation", "new"),
    [
        ("Die [Karte]{1} hier", "La [carte] ici", "Die [Karte](/karte) hier"),
        ("Die [Karte]{1} hier", "La [carte]{1} [ici]{1}", "Die [Karte](/karte) hier"),
        ("Ein Satz über Berlin", "Une phrase", "Ein **Satz** über Berlin und"),
        ("Ort: Rom ist schön", "Lieu : Rome est belle", "Ort:\nRom ist [schön](/a)"),
    ],
)
def test_what_is_not_certain_is_no_translation(text: str, translation: str, new: str) -> None:
    fitted = fit_memory({(None, text): translation}, wants(new), wants(new))
    assert (None, new) not in fitted.memory
    assert fitted.uncertain in ({}, {(None, new): Pair(text, translation)})


def test_the_words_of_a_text_with_other_markup_wait_for_a_person_where_the_markup_cannot_follow() -> None:
    new = (None, "Ein Satz über [Berlin](/b) und den Mond")
    old = (None, "Ein Satz über Berlin und den Mond")
    fitted = fit_memory({old: "La capitale et la lune, en une phrase"}, {new}, {new})
    assert fitted.memory == {}
    assert fitted.uncertain == {new: Pair(old[1], "La capitale et la lune, en une phrase")}


def test_short_texts_of_the_same_letters_are_different_texts() -> None:
    memory: Memory = {(None, "C#"): "C dièse"}
    fitted = fit_memory(memory, wants("C", "C++"), wants("C"))
    assert (fitted.memory, fitted.uncertain, fitted.known) == (memory, {}, 0)


def test_what_the_project_has_translated_already_is_not_kept_in_another_form() -> None:
    fitted = fit_memory({(None, "Das ist _wahr_."): "C’est _vrai_."}, wants("Das ist *wahr*."), set())
    assert (fitted.memory, fitted.uncertain, fitted.known) == ({}, {}, 1)


def test_a_text_that_another_context_has_is_left_to_it() -> None:
    memory: Memory = {(None, "Mai"): "mai"}
    live: set[tuple[str | None, str]] = {("Menü", "Mai"), (None, "*Mai*")}
    assert fit_memory(memory, live, live).memory == memory


def test_a_context_is_kept() -> None:
    new, memory = ("Menü", "**Start**"), {("Menü", "Start"): "Accueil", (None, "Start"): "Départ"}
    assert fit_memory(memory, {new}, {new}).memory[new] == "**Accueil**"


@pytest.mark.parametrize("text", ["{1}", "]{1}", "{1}{2}", "[a]{1} ", "< {1}", "\\]{1}"])
@pytest.mark.usefixtures("ends")
def test_hostile_texts_are_fitted_in_time(text: str) -> None:
    places = [f"{{{number}}}" for number in range(3_000)]
    old = "".join(text.replace("{1}", place) for place in places)
    new = "Wort" + text.replace("{1}", "<b>(*)") * 3_000
    fit_memory({(None, "Wort" + old): "mot" + old}, wants(new), wants(new))
