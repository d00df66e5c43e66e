"""The glossary: read strictly, applied to what is sent, and held against what comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.draft.glossary import Glossary
from netzwerk_i18n.draft.masking import mask
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.errors import ConfigError

TABLE = """\
source,fr,pt_PT,keep,case
Petition,pétition|requête,petição,,
LeaveX,,,yes,yes
Fediverse,,,yes,
"offener Brief, kurz",lettre ouverte,,no,
Netzwerk,réseau,,,yes
X,X,,,yes
"""


def read(text: str = TABLE) -> Glossary:
    return Glossary.parse(text, file="glossary.csv")


def test_the_terms_of_a_locale_are_those_with_a_word_in_it() -> None:
    assert read().entries("fr") == {
        "Petition": "pétition",
        "LeaveX": "LeaveX",
        "Fediverse": "Fediverse",
        "offener Brief, kurz": "lettre ouverte",
        "Netzwerk": "réseau",
        "X": "X",
    }
    assert read().entries("pt_PT") == {"Petition": "petição", "LeaveX": "LeaveX", "Fediverse": "Fediverse"}
    assert read().entries("uk") == {"LeaveX": "LeaveX", "Fediverse": "Fediverse"}


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace(",", ";").replace("Brief; kurz", "Brief, kurz"),
        TABLE.replace(",", "\t").replace("Brief\t kurz", "Brief, kurz"),
        "\ufeff" + TABLE,
        TABLE.replace("\n", "\r\n"),
        "# unsere Wörter\n\n" + TABLE,
        TABLE.replace("source,fr,pt_PT", "de,fr,pt-PT"),
        TABLE.rstrip("\n"),
    ],
    ids=["semicolon", "tab", "mark", "crlf", "comment", "names", "no newline"],
)  # fmt: skip
def test_a_table_may_be_written_in_several_ways(text: str) -> None:
    found = read(text)
    assert found.entries("fr") == read().entries("fr")
    assert found.entries("pt_PT") == read().entries("pt_PT")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("source,fr,kepp\n", 1, "'kepp'; did you mean 'keep'"),
        ("source,fr,fr\n", 1, "twice"),
        ("source,fr\na,b,c\n", 2, "3 columns"),
        ("source,fr\n\na,b\nA,b\na,c\n", 5, "line 3 already"),
        ("source,fr\n,b\n", 2, "no source term"),
        ("source,fr,keep\na,b,maybe\n", 2, "neither yes nor no"),
        ('source,fr\n"a,b\n', 2, "close the quotes"),
        ('source,fr\na,"b"c\n', 2, "close the quotes"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError, match=r"glossary\.csv") as caught:
        read(text)
    assert caught.value.line == line
    assert message in str(caught.value)


def test_keep_words_are_masked_in_their_case_or_in_any() -> None:
    keep = read().keep_words("fr")
    assert mask("LeaveX im fediverse, leavex auf X", Style.BRACKETS, keep=keep).texts == (
        "[X1X] im [X2X], leavex auf [X3X]",
    )
    assert mask("auf X", Style.BRACKETS, keep=read().keep_words("uk")).texts == ("auf X",)


def test_the_longest_keep_word_wins() -> None:
    keep = read("source,keep\nBye,yes\nBye Bye Elon,yes\n").keep_words("fr")
    assert mask("Bye Bye Elon ist da", Style.BRACKETS, keep=keep).texts == ("[X1X] ist da",)


@pytest.mark.parametrize(
    ("source", "translation", "problems"),
    [
        ("Die Petition von LeaveX", "La pétition de LeaveX", 0),
        ("Die Petition von LeaveX", "La requête de LeaveX", 0),
        ("Die Petition von LeaveX", "La demande de LeaveX", 1),
        ("Die Petition von LeaveX", "La demande de QuitteX", 2),
        ("Ein Netzwerk", "Un filet", 1),
        ("Die NETZWERK-Karte", "La carte", 0),
    ],
)
def test_a_translation_is_held_against_the_terms(source: str, translation: str, problems: int) -> None:
    assert len(read().check(source, translation, "fr")) == problems


@given(st.text(max_size=200))
def test_any_text_is_a_glossary_or_an_error_with_a_line(text: str) -> None:
    line: int | None = 0
    try:
        found = read(text)
    except ConfigError as error:
        line = error.line
    else:
        found.check("Die Petition", "La pétition", "fr")
        mask("Die Petition", Style.BRACKETS, keep=found.keep_words("fr"))
    assert line is not None
