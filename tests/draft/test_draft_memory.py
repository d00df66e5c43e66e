"""What people translated before, found again; and drafts as they stand in a message."""

import random
import time
from datetime import UTC, datetime

import pytest
from draft_texts import marked_messages, soup, structure
from hypothesis import given

from netzwerk_i18n.catalog import (
    Catalog,
    Mark,
    Message,
    State,
    build_template,
    format_catalog,
    mark_of,
    new_template_header,
    parse_catalog,
    read_mark,
    state_of,
    update_catalog,
)
from netzwerk_i18n.catalog.update import Entry
from netzwerk_i18n.draft.marks import may_draft, put_draft, put_offer
from netzwerk_i18n.draft.memory import Memory, Origin, Similar, words_of

MOMENT = datetime(2026, 1, 31, 12, tzinfo=UTC)


def memory(*pairs: tuple[str, str], locale: str = "fr") -> Memory:
    return Memory([Message(msgid, msgstr) for msgid, msgstr in pairs], source_locale="de", locale=locale)


def test_the_translation_in_the_same_context_comes_first() -> None:
    known = Memory([Message("Mai", "mai", "month"), Message("Mai", "Maï")], source_locale="de", locale="fr")
    assert known.find("Mai", "month") is not None
    found = [known.find("Mai", context) for context in ("month", None, "name")]
    assert [(one.msgstr, one.origin) for one in found if one] == [
        ("mai", Origin.EXACT),
        ("Maï", Origin.EXACT),
        ("mai", Origin.OTHER_CONTEXT),
    ]


def test_what_nobody_approved_is_not_remembered() -> None:
    fuzzy = Message("Ein Brief", "Une lettre", flags=("fuzzy",))
    assert Memory([fuzzy], source_locale="de", locale="fr").find("Ein Brief") is None


def test_what_left_the_pages_is_remembered_behind_what_stands_there() -> None:
    messages = [
        Message("Brief", "alt", obsolete=True),
        Message("Brief", "neu", "x"),
        Message("Karte", "carte", obsolete=True),
    ]
    known = Memory(messages, source_locale="de", locale="fr")
    assert known.find("Brief", "y") is not None
    assert [found.msgstr for text in ("Brief", "Karte") if (found := known.find(text, "y"))] == [
        "neu",
        "carte",
    ]


@pytest.mark.parametrize(
    ("old", "translation", "new", "adapted"),
    [
        ("Schon **34.000** Stimmen", "Déjà **34\u202f000** voix", "Schon **35.000** Stimmen", "Déjà **35\u202f000** voix"),
        ("Schon 34.000 Stimmen", "Déjà 34000 voix", "Schon 35.000 Stimmen", None),
        ("Seit 2024 dabei", "Depuis 2024", "Seit 2025 dabei", "Depuis 2025"),
        ("3 von 3 sagen ja", "3 sur 3 disent oui", "2 von 3 sagen ja", None),
        ("Mehr erfahren", "En savoir plus", "mehr erfahren", "en savoir plus"),
        ("mehr erfahren", "en savoir plus", "Mehr erfahren", "En savoir plus"),
        ("Zur Karte", "ONU : carte", "zur Karte", "ONU : carte"),
        ("MEHR ERFAHREN", "EN SAVOIR PLUS", "Mehr erfahren", None),
        ("Zur [Karte](/a)", "Vers la [carte](/a)", "Zur [Karte](/b)", "Vers la [carte](/b)"),
        ("Zur *Karte*", "Vers la *carte*", "**Zur *Karte***", "**Vers la *carte***"),
        ("Zur Karte", "Vers la carte", "Zur **Karte**", None),
        ("Zur [Karte](/a)", "Vers la carte", "Zur [Karte](/b)", None),
    ],
)  # fmt: skip
def test_a_text_that_differs_in_numbers_case_or_markup_is_adapted_where_it_is_certain(
    old: str, translation: str, new: str, adapted: str | None
) -> None:
    found = memory((old, translation)).find(new)
    assert (found.msgstr if found else None) == adapted
    assert found is None or found.origin is Origin.NORMALIZED


def test_numbers_alone_are_no_memory() -> None:
    assert memory(("34.000", "34\u202f000")).find("35.000") is None


@given(soup(), soup())
def test_what_a_memory_gives_has_the_structure_of_the_text(old: str, new: str) -> None:
    for text in (new, old.swapcase(), f"**{old}**", old.replace("/u", "/v")):
        found = memory((old, old)).find(text)
        assert found is None or structure(found.msgstr, text) == structure(text, found.msgstr)


def test_every_message_with_another_number_keeps_its_structure() -> None:
    chance = random.Random(1)  # noqa: S311 - it is to repeat itself
    for text in marked_messages():
        other = "".join(chance.choice("0123456789") if sign.isdigit() else sign for sign in text)
        found = memory((text, text)).find(other)
        assert found is None or structure(found.msgstr, other) == structure(other, found.msgstr)


def test_thousands_of_texts_of_the_same_words_keep_nobody_waiting() -> None:
    messages = [Message(f"![Bild](a{n}.png)", msgstr=f"![Image](fr/a{n}.png)") for n in range(3000)]
    memory = Memory(messages, source_locale="de", locale="fr")
    began = time.process_time()
    assert memory.find("![Bild](neu.png)") is None
    assert time.process_time() - began < 0.4


def test_a_similar_text_is_offered_and_never_taken() -> None:
    known = memory(("Wir laden alle Gruppen herzlich ein.", "Nous invitons tous les groupes."))
    text = "Wir laden alle Vereine herzlich ein."
    assert known.find(text) is None
    similar = known.similar(text)
    assert similar is not None
    assert similar.msgstr == "Nous invitons tous les groupes."
    assert 80 <= similar.percent < 100
    assert known.similar("Etwas ganz anderes") is None


def test_an_offer_is_one_short_line() -> None:
    comment = Similar("a\nb" * 400, "c\n\td", 81).comment()
    assert "\n" not in comment
    assert len(comment) < 400


def test_texts_with_the_same_words_are_known_as_such() -> None:
    assert words_of("**Ja**, [hier](/x)!") == words_of("ja, *hier*!")
    assert words_of("Ja `a`") != words_of("Ja")


# Marks


def draft(message: Message | None = None, msgstr: str = "Oui") -> Message:
    message = message or Message("Ja")
    put_draft(message, msgstr, engine="google", style="brackets", moment=MOMENT)
    return message


def test_a_draft_is_fuzzy_and_says_where_it_comes_from() -> None:
    message = draft()
    assert message.fuzzy
    assert message.comments == ("mt: google 2026-01-31 style=brackets src=cde9e58a9a4e out=0a90407639c4",)
    assert state_of(message) is State.DRAFT


def test_a_new_draft_takes_the_place_of_the_old_mark_and_leaves_other_comments() -> None:
    message = draft(draft(Message("Ja", comments=("Anna: kurz bitte",))), "Ouais")
    assert [comment[:4] for comment in message.comments] == ["Anna", "mt: "]
    assert state_of(message) is State.DRAFT


def test_a_persons_translation_is_never_replaced() -> None:
    with pytest.raises(ValueError, match="person"):
        draft(Message("Ja", "Oui"))


def test_an_offer_takes_the_place_of_an_older_one() -> None:
    message = Message("Ja", comments=("Anna",))
    put_offer(message, Similar("Jaa", "Ouii", 90))
    put_offer(message, Similar("Jaaa", "Ouiii", 85))
    assert list(message.comments) == ["Anna", 'similar: 85 % "Jaaa" -> "Ouiii"']
    put_offer(message, None)
    assert list(message.comments) == ["Anna"]


@pytest.mark.parametrize(
    ("change", "state", "may", "may_if_stale"),
    [
        ({}, State.DRAFT, False, False),
        ({"msgstr": "Oui !"}, State.NEEDS_REVIEW, False, False),
        ({"flags": ()}, State.TRANSLATED, False, False),
        ({"msgid": "Nein"}, State.STALE, True, True),
        ({"msgstr": ""}, State.UNTRANSLATED, True, True),
        ({"obsolete": True}, State.UNTRANSLATED, False, False),
        ({"msgid": "Nein", "previous": "Ja", "msgstr": "Oui !"}, State.NEEDS_REVIEW, False, False),
        ({"previous": "Jaa"}, State.DRAFT, False, False),
        ({"previous": "Jaa", "msgstr": "Oui !"}, State.NEEDS_REVIEW, False, False),
    ],
)
def test_the_state_of_a_draft_follows_from_its_digests(
    change: dict[str, str],
    state: State,
    may: bool,  # noqa: FBT001
    may_if_stale: bool,  # noqa: FBT001
) -> None:
    message = draft()
    for name, value in change.items():
        setattr(message, name, value)
    assert state_of(message) is state
    assert may_draft(message, stale=False) is may
    assert may_draft(message, stale=True) is may_if_stale


@pytest.mark.parametrize(
    "comment", ["mt: google", "mt: google 1 2", "mt: google 2026-01-31 style=x src=1 out=2", "mt: "]
)
def test_a_mark_without_digests_is_believed(comment: str) -> None:
    message = Message("Ja", "Oui", comments=(comment,), flags=("fuzzy",))
    assert state_of(message) is State.DRAFT
    assert read_mark(comment) is not None


@given(soup(), soup())
def test_a_mark_is_read_as_it_was_written(engine: str, style: str) -> None:
    mark = Mark.of("Ja", "Oui", engine=engine, date="2026-01-31", style=style)
    assert read_mark(mark.comment()) == mark


def test_a_mark_comes_back_from_a_file() -> None:
    message = draft()
    (read,) = parse_catalog(format_catalog(Catalog(messages=(message,))), file="fr.po").messages
    assert mark_of(read) == mark_of(message)
    assert state_of(read) is State.DRAFT


def updated(message: Message, *msgids: str) -> Message:
    template = build_template(
        [Entry(msgid) for msgid in msgids],
        header=new_template_header(project="p", source_locale="de", created=MOMENT),
    )
    catalog = update_catalog(Catalog(messages=(message,)), template, locale="fr", created=MOMENT)
    found = catalog.get((None, msgids[0]))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("change", "kept"), [({}, True), ({"msgstr": "Oui !"}, False), ({"flags": ()}, False)]
)
def test_an_update_drops_the_mark_once_a_person_has_taken_over(
    change: dict[str, str],
    kept: bool,  # noqa: FBT001
) -> None:
    message = draft(Message("Ja", comments=("Anna",)))
    for name, value in change.items():
        setattr(message, name, value)
    found = updated(message, "Ja")
    assert found.comments[0] == "Anna"
    assert (mark_of(found) is not None) is kept
    assert found.msgstr == message.msgstr


def test_a_draft_whose_text_changes_is_stale_and_may_be_drafted_again() -> None:
    message = draft(Message("Das ist ein Satz mit sechs Wörtern."), "Une phrase.")
    found = updated(message, "Das ist nun ein Satz mit sechs Wörtern.")
    assert state_of(found) is State.STALE
    assert may_draft(found, stale=False)


def test_a_draft_of_a_stale_message_keeps_the_previous_text() -> None:
    message = Message("Ja!", "Oui", flags=("fuzzy",), previous="Ja")
    assert state_of(message) is State.STALE
    assert not may_draft(message, stale=False)
    draft(message, "Oui !")
    assert message.previous == "Ja"
    assert state_of(message) is State.DRAFT
