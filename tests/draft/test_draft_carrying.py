"""A translation follows its text into other markup, or is left where it is not certain how."""

import pytest

from netzwerk_i18n.draft.carrying import carry
from netzwerk_i18n.draft.masking import MaskError


@pytest.mark.parametrize(
    ("old", "translation", "new", "carried"),
    [
        (
            "Die [Petition](/a) hier",
            "La [pétition](/a) ici",
            "Die [Petition](/b) hier",
            "La [pétition](/b) ici",
        ),
        ("Die **Petition** hier", "La **pétition** ici", "Die *Petition* hier", "La *pétition* ici"),
        ("`a` und `b`", "`b` et `a`", "`c` und `d`", "`d` et `c`"),
        ("Ein Brief", "Une lettre", "**Ein Brief**", "**Une lettre**"),
        ("**Ein Brief**", "**Une lettre**", "Ein Brief", "Une lettre"),
        ('![Bild](/a "x")', '![Image](/a "y")', "![Bild](/b 'x')", "![Image](/b 'y')"),
        ('[hier](/a "Mehr")', '[ici](/a "Plus")', '[hier](/b "Mehr")', '[ici](/b "Plus")'),
        ("![a](/1) ![b](/2)", "![d](/2) ![c](/1)", "![a](/3) ![b](/4)", "![d](/4) ![c](/3)"),
        ("**a** und **b**", "**B** et **A**", "*a* und *b*", "*B* et *A*"),
    ],
)
def test_a_change_of_markup_is_made_in_the_translation(
    old: str, translation: str, new: str, carried: str
) -> None:
    assert carry(old, translation, new) == carried


@pytest.mark.parametrize(
    ("old", "translation", "new"),
    [
        ("Die Petition hier", "La pétition ici", "Die **Petition** hier"),
        ("Die **Petition** hier", "La **pétition** ici", "Die Petition hier"),
        ("Die **Petition** hier", "La pétition ici", "Die *Petition* hier"),
        ("**Ein Brief**", "Une lettre", "*Ein Brief*"),
        ("**a** und **b**", "**a** et b", "*a* und *b*"),
        ("![Logo](/a)", "![Logo](/a)", "![Ein Hund](/b)"),
        ("![a](/1) ![b](/1)", "![c](/1) ![d](/1)", "![a](/2) ![b](/2)"),
        ("[Text](/1) und [Bild](/1)", "[Image](/1) et [texte](/1)", "[Text](/2) und [Bild](/1)"),
        ("**a** und **b**", "**B** et **A**", "*a* und **b**"),
        ("`a` und `a`", "`a` et `a`", "`b` und `a`"),
    ],
)
def test_a_change_of_markup_that_is_not_certain_is_refused(old: str, translation: str, new: str) -> None:
    with pytest.raises(MaskError):
        carry(old, translation, new)
