"""Fixes: certain ones only, and never in code, addresses or shortcodes."""

import pytest

from netzwerk_i18n import Page
from netzwerk_i18n.checks import Situation, find_error, find_problems
from netzwerk_i18n.checks.fixes import fix
from netzwerk_i18n.checks.warnings.french_spacing import CHECK as FRENCH_SPACING
from netzwerk_i18n.page import Segment

NARROW, WIDE = "\u202f", "\u00a0"


def situation(translation: str, locale: str = "fr", source: str = "Ein Text") -> Situation:
    return Situation(Page.parse(source).segments[0], translation, locale)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Qui participe ?", f"Qui participe{NARROW}?"),
        ("Oui ! Non ; peut-être", f"Oui{NARROW}! Non{NARROW}; peut-être"),
        ("Attention : danger", f"Attention{WIDE}: danger"),
        ("Elle dit « oui »", f"Elle dit «{WIDE}oui{WIDE}»"),
        ("**Attention** : danger", f"**Attention**{WIDE}: danger"),
        ("**Attention :** danger", f"**Attention{WIDE}:** danger"),
        ("[Réseau](/a) : ici", f"[Réseau](/a){WIDE}: ici"),
        ("Quoi ?! Si !!", f"Quoi{NARROW}?! Si{NARROW}!!"),
        ("Deux  mots  ici", "Deux mots ici"),
        (" Deux mots ", "Deux mots"),
        ("De\u0301mocratie", "Démocratie"),
        ("Deux  mots  :  ici", f"Deux mots{WIDE}: ici"),
    ],
)
def test_spaces_and_letters_are_put_in_order(before: str, after: str) -> None:
    assert fix(situation(before, source="Ein [Text](/a)" if "](" in before else "Ein Text")) == after


@pytest.mark.parametrize(
    "text",
    [
        "Qui participe?",
        "À 10:30 ou 10 :: 30",
        "Le code `a  ? b : c`",
        "Voir https://example.org/a?b=c:d!",
        "{{< figure  title=x : y >}}",
        "Sourire :-) et ;) et :smile: là",
        'Une <b title="a : b">balise</b>',
        f"Déjà juste{WIDE}: oui{NARROW}!",
        "Rien à faire",
        "",
        "   ",
    ],
)
def test_what_is_not_certain_stays(text: str) -> None:
    assert fix(situation(text)) is None


def test_other_languages_get_no_french_spaces() -> None:
    assert fix(situation("Qui participe ?", "fr_CA")) is None
    assert fix(situation("Was : das ?", "en")) is None


def test_code_addresses_and_shortcodes_keep_their_decomposed_letters() -> None:
    text = "Ici `cafe\u0301`, https://a.example/cafe\u0301 et {{< x cafe\u0301 >}}"
    source = "Hier `cafe\u0301`, https://a.example/cafe\u0301 und {{< x cafe\u0301 >}}"
    assert fix(situation(text, source=source)) is None


def test_a_hard_break_keeps_its_spaces() -> None:
    assert fix(situation("Un  \ndeux", source="Eins  \nzwei")) is None


def test_the_outer_spaces_are_those_of_the_source() -> None:
    segment = Segment(" Ja ", "html", 1, None, (), 0, 4, form="html")
    assert fix(Situation(segment, "Oui", "fr")) == " Oui "


def test_a_text_with_an_error_is_not_touched() -> None:
    assert fix(situation("Qui {{< participe ?")) is None


def test_a_fixed_text_passes_the_checks_that_doubted_it() -> None:
    fixed = fix(situation("**Attention** : « oui » !"))
    assert fixed is not None
    assert find_problems(situation(fixed), (FRENCH_SPACING,)) == []
    assert find_error(situation(fixed)) is None


@pytest.mark.parametrize(
    ("but", "after"),
    [
        (set(), f"Qui participe{NARROW}?"),
        ({"outer-spaces"}, f" Qui participe{NARROW}? "),
        ({"doubled-spaces"}, f"Qui  participe{NARROW}?"),
        ({"french-spacing"}, "Qui participe ?"),
        ({"outer-spaces", "doubled-spaces", "french-spacing"}, None),
    ],
)
def test_spacing_that_is_silenced_stays_and_the_rest_is_mended(but: set[str], after: str | None) -> None:
    assert fix(situation(" Qui  participe ? "), but=but) == after
