"""Which side of a merge stands, message by message and field by field."""

import json
from dataclasses import replace

import pytest
from catalog_strategies import old_catalog, one

from netzwerk_i18n.catalog import Catalog, Header, Message
from netzwerk_i18n.catalog.merge import Merge, merge_catalogs, parse_ancestor
from netzwerk_i18n.manifest import merge_manifests

DRAFT = "mt: google 2024-05-01 style=- src=1 out=2"
PLACE = ("a.md",)


def fuzzy(msgstr: str, *comments: str, previous: str | None = None) -> Message:
    return Message("Satz", msgstr, references=PLACE, flags=("fuzzy",), comments=comments, previous=previous)


def translated(msgstr: str, *comments: str) -> Message:
    return Message("Satz", msgstr, references=PLACE, comments=comments)


UNTRANSLATED = translated("")


def merge(base: Message | None, ours: Message | None, theirs: Message | None) -> Merge:
    return merge_catalogs(*(old_catalog(*([side] if side else [])) for side in (base, ours, theirs)))


@pytest.mark.parametrize(
    ("base", "one_side", "other_side", "result"),
    [
        (UNTRANSLATED, translated("Mot"), fuzzy("Brouillon", DRAFT), translated("Mot")),
        (
            UNTRANSLATED,
            fuzzy("Vieux", previous="Alt"),
            fuzzy("Brouillon", DRAFT),
            fuzzy("Vieux", previous="Alt"),
        ),
        (fuzzy("Brouillon", DRAFT), translated("Mot"), fuzzy("Autre", DRAFT + "3"), translated("Mot")),
        (UNTRANSLATED, translated("Mot"), fuzzy("Mot"), translated("Mot")),
        (translated("Mot"), translated(""), translated("Parole"), translated("Parole")),
        (translated("Mot"), fuzzy("Mot"), translated("Parole"), translated("Parole")),
        (UNTRANSLATED, translated("Mot", "von Anna"), translated("Mot", "von Ben"), None),
    ],
)
def test_the_translation_with_the_higher_standing_wins(
    base: Message, one_side: Message, other_side: Message, result: Message | None
) -> None:
    for ours, theirs in ((one_side, other_side), (other_side, one_side)):
        merged = merge(base, ours, theirs)
        assert not merged.conflicts
        if result is not None:
            assert merged.catalog.messages == (result,)
        else:
            assert set(one(merged.catalog, "Satz").comments) == {"von Anna", "von Ben"}


def test_a_fuzzy_text_that_a_person_typed_stays_as_a_comment_beside_the_translation() -> None:
    merged = merge(UNTRANSLATED, fuzzy('Peut-être "mot"'), translated("Mot"))
    assert merged.catalog.messages == (translated("Mot", 'other translation: "Peut-être \\"mot\\""'),)


def test_two_drafts_of_machines_are_no_conflict() -> None:
    sides = fuzzy("Un", DRAFT), fuzzy("Deux", f"{DRAFT}3")
    merged = [merge(UNTRANSLATED, *order) for order in (sides, sides[::-1])]
    assert merged[0] == merged[1]
    assert not merged[0].conflicts
    assert merged[0].catalog.messages[0] in sides


def test_two_reviewed_translations_are_a_conflict_with_the_shared_parts_merged() -> None:
    merged = merge(UNTRANSLATED, translated("Un", "von Anna"), translated("Deux"))
    conflict = merged.conflicts[None, "Satz"]
    assert (conflict.ours, conflict.theirs) == (translated("Un", "von Anna"), translated("Deux", "von Anna"))


def test_a_text_that_left_on_one_side_and_was_translated_on_the_other_is_kept_as_obsolete() -> None:
    merged = merge(UNTRANSLATED, None, translated("Mot"))
    assert merged.catalog.messages == (Message("Satz", "Mot", obsolete=True),)
    assert merged.set_aside == ((None, "Satz"),)
    assert not merge(translated("Mot"), Message("Satz", "Mot", obsolete=True), translated("Mot")).set_aside
    retired = Message("Satz", "Mot", obsolete=True)
    assert merge(translated("Mot"), retired, translated("Parole")).catalog.messages == (
        Message("Satz", "Parole", obsolete=True),
    )


def test_a_translation_that_one_side_emptied_and_the_other_retired_is_kept_as_obsolete() -> None:
    retired = Message("Satz", "Mot", obsolete=True)
    for sides in ((retired, UNTRANSLATED), (UNTRANSLATED, retired)):
        merged = merge(translated("Mot"), *sides)
        assert (merged.catalog.messages, dict(merged.conflicts)) == ((retired,), {})


def test_two_fuzzy_texts_that_people_typed_are_a_conflict() -> None:
    conflict = merge(UNTRANSLATED, fuzzy("Un"), fuzzy("Deux")).conflicts[None, "Satz"]
    assert (conflict.ours, conflict.theirs) == (fuzzy("Un"), fuzzy("Deux"))


def test_a_stale_translation_that_somebody_began_to_adapt_is_not_lost() -> None:
    base = old_catalog(Message("Alt", "Vieux", references=PLACE))
    retired = Message("Alt", "Vieux", obsolete=True)
    offered, adapted = fuzzy("Vieux", previous="Alt"), fuzzy("Nouveau", previous="Alt")
    for other, result in (
        (offered, adapted),
        (translated("Mot"), translated("Mot", 'other translation: "Nouveau"')),
    ):
        for order in ((adapted, other), (other, adapted)):
            merged = merge_catalogs(base, *(old_catalog(side, retired) for side in order))
            assert not merged.conflicts
            assert one(merged.catalog, "Satz") == result


def test_the_mark_of_a_draft_goes_with_the_draft() -> None:
    draft = fuzzy("Brouillon", DRAFT)
    elsewhere = replace(draft, references=("a.md", "b.md"))
    for order in ((translated("Mot", DRAFT), elsewhere), (elsewhere, translated("Mot"))):
        merged = one(merge(draft, *order).catalog, "Satz")
        assert (merged.msgstr, merged.fuzzy, merged.references) == ("Mot", False, ("a.md", "b.md"))
    assert one(merge(UNTRANSLATED, draft, translated("Mot")).catalog, "Satz") == translated("Mot")


def test_a_text_that_stands_on_a_page_on_one_side_and_left_none_stays_live() -> None:
    live, retired = (Message("Satz", "Mot", obsolete=obsolete) for obsolete in (False, True))
    noted = replace(retired, comments=("von Anna",))
    for base in (None, retired):  # without references, as `references = "none"` writes them
        for order in ((live, noted), (noted, live)):
            assert merge(base, *order).catalog.messages == (replace(live, comments=("von Anna",)),)


def test_a_text_that_left_on_one_side_keeps_what_was_noted_on_its_translation_on_the_other() -> None:
    noted = translated("Mot", "von Anna")
    for order in ((None, noted), (noted, None)):
        retired = Message("Satz", "Mot", comments=("von Anna",), obsolete=True)
        assert merge(translated("Mot"), *order).catalog.messages == (retired,)


def test_a_text_that_left_without_a_translation_is_gone_whatever_was_noted_on_it() -> None:
    assert merge(UNTRANSLATED, None, translated("", "wie sagt man das?")).catalog.messages == ()


def test_an_obsolete_message_without_a_translation_is_gone_although_both_sides_have_it() -> None:
    retired = Message("Satz", obsolete=True)
    assert merge(None, retired, retired).catalog.messages == ()
    assert merge(UNTRANSLATED, retired, replace(retired, comments=("von Anna",))).catalog.messages == ()


def test_a_text_that_left_one_page_and_came_to_another_stays() -> None:
    moved = Message("Satz", references=("a.md", "b.md"))
    assert merge(UNTRANSLATED, None, moved).catalog.messages == (Message("Satz", references=("b.md",)),)
    retired = Message("Satz", "Mot", obsolete=True)
    both = Message("Satz", "Mot", references=("a.md", "b.md"))
    assert merge(translated("Mot"), retired, both).catalog.messages == (
        Message("Satz", "Mot", references=("b.md",)),
    )


def test_a_text_that_came_back_on_one_side_stays_although_the_other_dropped_its_obsolete_entry() -> None:
    retired = Message("Satz", "Mot", obsolete=True)
    for back in (translated("Mot"), Message("Satz", "Mot")):  # the second as `references = "none"` writes it
        for sides in ((back, None), (None, back)):
            assert merge(retired, *sides).catalog.messages == (back,)


def test_a_message_that_one_side_removed_and_the_other_left_alone_is_gone() -> None:
    assert merge(translated("Mot"), None, translated("Mot")).catalog.messages == ()
    assert (
        merge(UNTRANSLATED, None, Message("Satz", references=PLACE, extracted=("neu",))).catalog.messages
        == ()
    )


def header(**fields: str) -> Catalog:
    return Catalog(Header({name.replace("_", "-"): value for name, value in fields.items()}))


def test_date_translator_and_editor_come_from_the_side_that_was_saved_last() -> None:
    base = header(PO_Revision_Date="2024-01-01 10:00+0000", Last_Translator="Anna", X_Generator="a")
    ours = header(PO_Revision_Date="2024-02-02 10:00+0000", Last_Translator="Anna", X_Generator="a")
    theirs = header(PO_Revision_Date="2024-02-02 10:00+0100", Last_Translator="Ben", X_Generator="b")
    for sides in ((ours, theirs), (theirs, ours)):
        assert merge_catalogs(base, *sides) == Merge(ours, {})


def test_the_newest_template_counts() -> None:
    base, ours, theirs = (header(POT_Creation_Date=f"2024-0{month}-01 10:00+0000") for month in (1, 3, 2))
    assert merge_catalogs(base, ours, theirs) == Merge(ours, {})


def test_a_field_that_both_sides_changed_is_a_conflict_of_the_header() -> None:
    base, ours, theirs = (header(Language="fr", Language_Team=team) for team in ("", "Paris", "Québec"))
    conflict = merge_catalogs(base, ours, theirs).conflicts[None, ""]
    assert conflict.ours.msgstr == "Language: fr\nLanguage-Team: Paris\n"
    assert conflict.theirs.msgstr == "Language: fr\nLanguage-Team: Québec\n"


def test_a_field_that_one_side_removed_and_the_other_left_alone_is_gone() -> None:
    base, ours = header(Language="fr", X_Domain="alt"), header(Language="fr")
    theirs = header(Language="fr", X_Domain="alt", Language_Team="Paris")
    expected = header(Language="fr", Language_Team="Paris")
    for sides in ((ours, theirs), (theirs, ours)):
        assert merge_catalogs(base, *sides) == Merge(expected, {})


def test_a_field_that_one_side_removed_and_the_other_changed_stays() -> None:
    base, ours, theirs = header(Language_Team="a"), header(Language="fr"), header(Language_Team="b")
    for sides in ((ours, theirs), (theirs, ours)):
        assert merge_catalogs(base, *sides) == Merge(header(Language_Team="b", Language="fr"), {})


def test_an_editor_decides_its_own_fields_and_a_person_the_source_language() -> None:
    dates = ("2024-01-01 10:00+0000", "2024-03-01 10:00+0000", "2024-02-01 10:00+0000")
    base, ours, theirs = (
        header(PO_Revision_Date=date, X_Source_Language=name, X_Poedit_Base=name)
        for date, name in zip(dates, ("de", "en", "fr"), strict=True)
    )
    merged = merge_catalogs(base, ours, theirs)
    assert merged.catalog.header.fields["X-Poedit-Base"] == "en"
    conflict = merged.conflicts[None, ""]
    assert "X-Source-Language: en\nX-Poedit-Base: en\n" in conflict.ours.msgstr
    assert "X-Source-Language: fr\nX-Poedit-Base: en\n" in conflict.theirs.msgstr


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ((), ("c-format", "no-wrap"), ("no-c-format",), {"no-c-format", "no-wrap"}),
        (("x",), ("x", "range: 0..5"), ("x", "range: 0..9"), None),
        (("c-format",), ("no-c-format",), ("c-format", "no-wrap"), {"no-c-format", "no-wrap"}),
    ],
)
def test_flags_of_two_sides_do_not_contradict_each_other(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...], expected: set[str] | None
) -> None:
    sides = [replace(UNTRANSLATED, flags=flags) for flags in (base, ours, theirs)]
    for merged in (merge(*sides), merge(sides[0], sides[2], sides[1])):
        flags = one(merged.catalog, "Satz").flags
        if expected is None:
            assert [flag for flag in flags if flag.startswith("range:")] in (["range: 0..5"], ["range: 0..9"])
        else:
            assert set(flags) == expected


def test_a_conflict_in_the_ancestor_is_open_with_and_without_the_part_of_its_own_ancestor() -> None:
    around = [b'msgid ""', b'msgstr "Content-Type: text/plain; charset=UTF-8\\n"', b"", b'msgid "Satz"']
    for middle in ([], [b"||||||| base", b'msgstr "zuvor"']):
        conflict = [
            b"<<<<<<< ours",
            b'msgstr "Mot"',
            *middle,
            b"=======",
            b'msgstr "Parole"',
            b">>>>>>> theirs",
        ]
        rest = [b"", b'msgid "Mehr"', b'msgstr "Plus"', b""]
        ancestor = parse_ancestor(b"\n".join([*around, *conflict, *rest]), file="a.po")
        assert [message.msgid for message in ancestor.messages] == ["Mehr"]


def manifest(**pages: str) -> bytes:
    return json.dumps({"version": 1, "pages": pages}).encode()


def test_manifests_are_merged_page_by_page_and_ours_is_noted_where_both_built_one() -> None:
    base = manifest(same="0", left="0", ours="0", theirs="0", both="0", gone="0", removed="0")
    ours = manifest(same="0", ours="1", theirs="0", both="1", new="1", removed="0")
    theirs = manifest(same="0", left="0", ours="0", theirs="2", both="2", other="2", gone="2")
    merged = json.loads(merge_manifests(base, ours, theirs))["pages"]
    assert merged == {
        "same": "0",
        "ours": "1",
        "theirs": "2",
        "both": "1",
        "new": "1",
        "other": "2",
        "gone": "2",
    }
    assert json.loads(merge_manifests(b"", ours, ours))["pages"] == json.loads(ours)["pages"]
