"""Templates from pages, catalogs from templates: what happens to each message."""

import pytest
from catalog_strategies import HEADER, LATER_HEADER, old_catalog, one, template, translated, update

from netzwerk_i18n.catalog import Catalog, Entry, Header, Message, build_template, translation_memory
from netzwerk_i18n.catalog.mark import Mark
from netzwerk_i18n.errors import CatalogError
from netzwerk_i18n.page.markdown_words import MarkdownWords

MARK = Mark.of("a", "draft", engine="google", date="2026-01-31").comment()


def test_a_text_on_two_pages_is_one_message_with_both_references() -> None:
    entries = [
        Entry("Hallo", None, ("a.md",), ("title",)),
        Entry("Welt", None, ("a.md",)),
        Entry("Hallo", None, ("b.md", "a.md"), ("title", "heading")),
        Entry("Hallo", "menu", ("c.md",)),
    ]
    built = build_template(entries, header=HEADER)
    assert built.messages == (
        Message("Hallo", references=("a.md", "b.md"), extracted=("title", "heading")),
        Message("Welt", references=("a.md",)),
        Message("Hallo", msgctxt="menu", references=("c.md",)),
    )


def test_the_date_of_a_template_changes_with_its_messages_only() -> None:
    old = template("a", "b")
    moved = build_template([Entry("b"), Entry("a", references=("elsewhere.md",))], old, header=LATER_HEADER)
    grown = build_template([Entry("a"), Entry("b"), Entry("c")], old, header=LATER_HEADER)
    assert moved.header == old.header
    assert grown.header.fields["POT-Creation-Date"] == "2024-03-01 12:30+0000"


def test_a_template_keeps_fields_and_comments_that_others_added() -> None:
    old = template("a")
    old.header.fields["X-Domain"] = "netzwerk"
    old.header.comments = ("Copyright",)
    built = build_template([Entry("a")], old, header=LATER_HEADER)
    assert built.header == old.header


@pytest.mark.parametrize(("text", "context"), [("a\0b", None), ("a\4b", None), ("a", "b\4c")])
def test_a_text_that_no_catalog_can_hold_names_its_page(text: str, context: str | None) -> None:
    with pytest.raises(CatalogError, match=r"^b\.md: "):
        build_template([Entry(text, context, references=("b.md",))], header=HEADER)


def test_an_empty_text_is_no_message() -> None:
    with pytest.raises(CatalogError):
        build_template([Entry("")], header=HEADER)


# Catalogs


def test_a_new_catalog_has_the_messages_of_the_template_and_a_header_of_its_own() -> None:
    catalog = update(None, template("Hallo"))
    assert [(m.msgid, m.msgstr, m.references) for m in catalog.messages] == [("Hallo", "", ("a.md",))]
    assert catalog.header.fields["Language"] == "fr"
    assert catalog.header.fields["X-Source-Language"] == "de"
    assert catalog.header.fields["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_a_kept_message_keeps_all_that_people_wrote_and_takes_its_place_from_the_template() -> None:
    old = old_catalog(
        Message(
            "a",
            "A",
            references=("old.md",),
            extracted=("old",),
            comments=("mine",),
            flags=("fuzzy",),
            previous="x",
        )
    )
    source = build_template([Entry("a", references=("new.md",), extracted=("new",))], header=HEADER)
    message = one(update(old, source), "a")
    assert message == Message(
        "a",
        "A",
        references=("new.md",),
        extracted=("new",),
        comments=("mine",),
        flags=("fuzzy",),
        previous="x",
    )


def test_the_previous_msgid_goes_when_the_message_is_no_longer_fuzzy() -> None:
    old = old_catalog(Message("a", "A", comments=("mine", "divided text: part 1 of 2"), previous="x"))
    message = one(update(old, template("a")), "a")
    assert (message.previous, message.comments) == (None, ("mine",))


def test_a_message_that_left_is_obsolete_and_comes_back_with_all_it_had() -> None:
    old = old_catalog(
        Message("a", "A", comments=("mine",), flags=("fuzzy",), previous="x"), Message("b", "B")
    )
    without = update(old, template("b"))
    assert [(m.msgid, m.obsolete) for m in without.messages] == [("b", False), ("a", True)]
    back = one(update(without, template("a", "b")), "a")
    assert (back.msgstr, back.comments, back.flags, back.previous, back.obsolete) == (
        "A",
        ("mine",),
        ("fuzzy",),
        "x",
        False,
    )


def test_a_message_that_left_untranslated_is_dropped_and_what_was_noted_on_it() -> None:
    old = old_catalog(
        Message("a"), Message("b", comments=("what does this mean?",)), Message("c", obsolete=True)
    )
    assert update(old, template()).messages == ()


def test_a_changed_sentence_keeps_its_translation_as_stale_and_the_old_entry_as_obsolete() -> None:
    before, after = (
        "Wir sind ein Netzwerk von vielen Menschen.",
        "Wir sind ein Netzwerk von sehr vielen Menschen.",
    )
    old = old_catalog(Message(before, "Nous sommes un réseau.", comments=("mine",)))
    catalog = update(old, template(after))
    stale = one(catalog, after)
    assert (stale.msgstr, stale.flags, stale.previous) == ("Nous sommes un réseau.", ("fuzzy",), before)
    assert stale.comments == ("mine",)
    assert one(catalog, before).obsolete


def test_the_previous_msgid_of_a_stale_message_is_the_one_its_translation_was_made_from() -> None:
    first = "Wir sind ein Netzwerk von vielen Menschen."
    second = "Wir sind ein Netzwerk von sehr vielen Menschen."
    third = "Wir sind ein großes Netzwerk von sehr vielen Menschen."
    catalog = update(update(old_catalog(Message(first, "F")), template(second)), template(third))
    assert one(catalog, third).previous == first


def test_a_draft_that_became_stale_keeps_the_mark_of_the_machine() -> None:
    old = old_catalog(
        Message("Das ist ein Satz mit sechs Wörtern.", "D", comments=("mt: google 1 2",), flags=("fuzzy",))
    )
    message = one(
        update(old, template("Das ist nun ein Satz mit sechs Wörtern.")),
        "Das ist nun ein Satz mit sechs Wörtern.",
    )
    assert message.comments == ("mt: google 1 2",)
    assert message.fuzzy


SIX = "Das ist ein Satz mit sechs Wörtern."


@pytest.mark.parametrize("new", [SIX, f"**{SIX}**", f"*{SIX}*", "Das ist nun ein Satz mit sechs Wörtern."])
def test_a_stale_draft_that_a_person_changed_needs_review_whatever_becomes_of_its_text(new: str) -> None:
    old = old_catalog(Message(SIX, "Changed", comments=(MARK,), flags=("fuzzy",), previous="Older."))
    message = one(update(old, template(new), same_words=Bold()), new)
    assert (message.msgstr.strip("*"), message.fuzzy) == ("Changed", True)
    assert (message.previous, message.comments) == (None, ())


NEVER = [
    ("Kanaan", "Kanada"),
    ("Österreich", "Frankreich"),
    ("Nordkorea", "Südkorea"),
    ("Republik Kongo Nord", "Republik Kongo Süd"),
    ("Reise nach Kanada", "Reise nach Kanaan"),
    ("Niger", "Nigeria"),
    ("Iran", "Irak"),
    ("Guinea", "Guinea-Bissau"),
    ("Kongo", "DR Kongo"),
    ("Januar", "Februar"),
    ("Spenden", "Senden"),
    ("Tag 1 der Reise", "Tag 2 der Reise"),
    ("Sankt Pierre und Miquelon", "Sankt Vincent und Grenadinen"),
    ("日本", "日本語"),
    ("!", "?"),
]


@pytest.mark.parametrize(("one_name", "other"), NEVER)
def test_one_short_name_is_never_taken_for_another(one_name: str, other: str) -> None:
    for old_name, new_name in ((one_name, other), (other, one_name)):
        catalog = update(old_catalog(Message(old_name, "X")), template(new_name))
        assert one(catalog, new_name).msgstr == ""


@pytest.mark.parametrize(("one_name", "other"), NEVER)
def test_not_even_between_the_same_neighbours_is_one_name_taken_for_another(
    one_name: str, other: str
) -> None:
    for old_name, new_name in ((one_name, other), (other, one_name)):
        old = old_catalog(
            *(Message(m, "X", references=("a.md",)) for m in ("Erster Satz.", old_name, "Letzter Satz."))
        )
        catalog = update(old, template("Erster Satz.", new_name, "Letzter Satz."))
        assert one(catalog, new_name).msgstr == ""


def test_a_short_text_between_the_same_neighbours_keeps_its_translation_as_stale() -> None:
    old = old_catalog(
        *(Message(m, "X", references=("a.md",)) for m in ("Erster Satz.", "Jetzt mitmachen", "Letzter Satz."))
    )
    catalog = update(old, template("Erster Satz.", "Jetzt sofort mitmachen", "Letzter Satz."))
    assert one(catalog, "Jetzt sofort mitmachen").previous == "Jetzt mitmachen"


ALWAYS = [
    ("Über uns", "Über  uns:"),
    ("Mitmachen", "Mitmachen!"),
    ("MITMACHEN", "Mitmachen"),
    ("**Kanada**", "Kanada"),
    ("Wir sind Netzwerk", "Wir sind das Netzwerk"),
    ("Wir verlassen heute die Plattform", "Wir verlassen die Plattform"),
    ("Komm am 5. Mai nach Berlin zum großen Treffen!", "Komm am 6. Mai nach Berlin zum großen Treffen!"),
    ("私たちは多くの人々のネットワークです。", "私たちは多くの人々の大きなネットワークです。"),
]


@pytest.mark.parametrize(("before", "after"), ALWAYS)
def test_a_small_change_keeps_the_translation_as_stale(before: str, after: str) -> None:
    message = one(update(old_catalog(Message(before, "X")), template(after)), after)
    assert (message.msgstr, message.fuzzy, message.previous) == ("X", True, before)


def test_of_equally_similar_old_texts_the_one_between_the_same_neighbours_is_taken() -> None:
    def sentence(end: str) -> str:
        return f"Das ist ein langer Satz über die Stadt {end}"

    old = old_catalog(
        Message("Eins", "1"),
        Message(sentence("A"), "at A"),
        Message("Zwei", "2"),
        Message(sentence("B"), "at B"),
    )
    catalog = update(old, template("Eins", sentence("C"), "Zwei", sentence("D")))
    assert [m.msgstr for m in catalog.live()] == ["1", "at A", "2", "at B"]
    catalog = update(old, template("Zwei", sentence("C"), "Eins", sentence("D")))
    assert [m.msgstr for m in catalog.live()] == ["2", "at B", "1", "at A"]


def test_a_text_that_moved_to_another_catalog_keeps_its_translation() -> None:
    memory = translation_memory([old_catalog(Message("a", "A", comments=("mine",)))])
    message = one(update(None, template("a"), memory=memory), "a")
    assert (message.msgstr, message.flags, message.comments, message.references) == (
        "A",
        (),
        ("mine",),
        ("a.md",),
    )


def test_the_memory_prefers_reviewed_and_live_translations() -> None:
    memory = translation_memory(
        [
            old_catalog(Message("a", "fuzzy", flags=("fuzzy",)), Message("b", "gone", obsolete=True)),
            old_catalog(Message("a", "reviewed"), Message("b", "live"), Message("c")),
        ]
    )
    assert {key[1]: message.msgstr for key, message in memory.items()} == {"a": "reviewed", "b": "live"}


def test_the_memory_never_replaces_a_translation() -> None:
    memory = translation_memory([translated(a="other")])
    assert one(update(translated(a="mine"), template("a"), memory=memory), "a").msgstr == "mine"


@pytest.mark.parametrize(
    ("typed", "flags", "wanted"),
    [
        ("draft", (), ("reviewed", (), ("mine", "theirs"))),
        ("draft", ("fuzzy",), ("draft", ("fuzzy",), ("mine", MARK))),
        ("corrected", (), ("corrected", ("fuzzy",), ("mine",))),
    ],
)
def test_only_a_draft_that_nobody_touched_gives_way_to_a_reviewed_translation_in_another_catalog(
    typed: str, flags: tuple[str, ...], wanted: tuple[object, ...]
) -> None:
    old = old_catalog(Message("a", typed, comments=("mine", MARK), flags=("fuzzy",)))
    memory = translation_memory([old_catalog(Message("a", "reviewed", comments=("theirs",), flags=flags))])
    message = one(update(old, template("a"), memory=memory), "a")
    assert (message.msgstr, message.flags, message.comments) == wanted


def test_a_stale_translation_gives_way_to_a_reviewed_one_of_the_same_text_and_is_not_lost() -> None:
    stale = Message("Am 6. Mai", "Le 5 mai", comments=("mine",), flags=("fuzzy",), previous="Am 5. Mai")
    memory = translation_memory([old_catalog(Message("Am 6. Mai", "Le 6 mai"))])
    catalog = update(old_catalog(stale), template("Am 6. Mai"), memory=memory)
    assert [(m.msgid, m.msgstr, m.flags, m.previous, m.obsolete) for m in catalog.messages] == [
        ("Am 6. Mai", "Le 6 mai", (), None, False),
        ("Am 5. Mai", "Le 5 mai", ("fuzzy",), None, True),
    ]
    assert update(catalog, template("Am 6. Mai"), memory=memory) == catalog


def test_a_stale_translation_gives_way_though_the_text_that_it_was_made_for_is_in_the_catalog() -> None:
    former, new = "Wir treffen uns am 5. Mai in Berlin.", "Wir treffen uns am 6. Mai in Berlin."
    stale = update(translated(**{former: "Le 5"}), template(new))
    assert one(stale, new).fuzzy
    memory = translation_memory([stale, translated(**{new: "Le 6"})])
    catalog = update(stale, template(new), memory=memory)
    assert [(m.msgid, m.msgstr, m.flags) for m in catalog.messages] == [
        (new, "Le 6", ()),
        (former, "Le 5", ()),
    ]


@pytest.mark.parametrize(
    ("more", "reviewed", "comments"),
    [
        ((), Message("Am 6. Mai", "Le 6", flags=("fuzzy",)), ()),
        ((), Message("Am 7. Mai", "Le 7"), ()),
        ((), Message("Am 6. Mai", "Le 6"), ("divided text: part 1 of 2",)),
        ((Message("Am 5. Mai", "Le cinq", obsolete=True),), Message("Am 6. Mai", "Le 6"), ()),
    ],
)
def test_a_stale_translation_stays_where_nothing_is_reviewed_or_it_would_be_lost(
    more: tuple[Message, ...], reviewed: Message, comments: tuple[str, ...]
) -> None:
    stale = Message("Am 6. Mai", "Le 5 mai", comments=comments, flags=("fuzzy",), previous="Am 5. Mai")
    memory = translation_memory([old_catalog(reviewed)])
    catalog = update(old_catalog(stale, *more), template("Am 6. Mai"), memory=memory)
    message = one(catalog, "Am 6. Mai")
    assert (message.msgstr, message.fuzzy) == ("Le 5 mai", True)
    assert len(catalog.messages) == 1 + len(more)


def test_a_draft_that_was_approved_in_another_catalog_comes_without_its_mark() -> None:
    memory = translation_memory([old_catalog(Message("a", "draft", comments=("theirs", MARK)))])
    message = one(update(old_catalog(Message("a")), template("a"), memory=memory), "a")
    assert (message.msgstr, message.flags, message.comments) == ("draft", (), ("theirs",))


def test_the_same_text_in_another_context_is_offered_as_fuzzy_the_reviewed_one_first() -> None:
    old = old_catalog(
        Message("Mai", "M.", "short", flags=("fuzzy",)),
        Message("Mai", "May", "month"),
        Message("Mai", "mai", "verb"),
    )
    source = build_template([Entry("Mai", "month"), Entry("Mai", "name")], header=HEADER)
    message = one(update(old, source), "Mai", "name")
    assert (message.msgstr, message.fuzzy, message.previous, message.previous_ctxt) == (
        "May",
        True,
        "Mai",
        "month",
    )


class Bold:
    """Knows one kind of markup: two stars around a text."""

    def outline(self, msgid: str) -> str:
        return self.words(msgid)

    def words(self, msgid: str) -> str:
        return msgid.replace("*", "")

    def carry(self, old_msgid: str, old_msgstr: str, new_msgid: str) -> str | None:
        return f"**{old_msgstr}**" if new_msgid == f"**{old_msgid}**" else None


def test_a_change_of_markup_that_can_be_followed_leaves_the_message_translated() -> None:
    message = one(
        update(translated(Kanada="Canada"), template("**Kanada**"), same_words=Bold()), "**Kanada**"
    )
    assert (message.msgstr, message.fuzzy, message.previous) == ("**Canada**", False, None)


@pytest.mark.parametrize("new", ["**Kanada**", "*Kanada*"])
def test_the_note_on_a_divided_text_does_not_outlive_the_fuzzy_mark_in_other_markup(new: str) -> None:
    old = old_catalog(Message("Kanada", "Canada", comments=("mine", "divided text: part 1 of 2")))
    catalog = update(old, template(new), same_words=Bold())
    assert one(catalog, new).comments == ("mine",)
    assert update(catalog, template(new), same_words=Bold()) == catalog


def test_a_change_of_markup_that_cannot_be_followed_is_stale() -> None:
    message = one(update(translated(Kanada="Canada"), template("*Kanada*"), same_words=Bold()), "*Kanada*")
    assert (message.msgstr, message.fuzzy, message.previous) == ("Canada", True, "Kanada")


def test_a_change_of_markup_is_followed_where_the_old_text_still_stands_elsewhere() -> None:
    old = old_catalog(Message("Kanada", "Canada"), Message("*Kanada*", "Altes Canada", obsolete=True))
    source = template("Kanada", "**Kanada**")
    catalog = update(old, source, same_words=Bold())
    assert [(m.msgid, m.msgstr, m.fuzzy) for m in catalog.live()] == [
        ("Kanada", "Canada", False),
        ("**Kanada**", "**Canada**", False),
    ]
    assert update(catalog, source, same_words=Bold()) == catalog


def test_joined_texts_were_made_from_what_they_were_last_reviewed_for() -> None:
    one_text, other = "Wir gehen heute alle los.", "Und ihr kommt alle mit."
    old = old_catalog(Message(one_text, "A", previous="Lange her."), Message(other, "B"))
    catalog = update(old, template(f"{one_text} {other}"), same_words=MarkdownWords())
    assert one(catalog, f"{one_text} {other}").previous == f"{one_text} {other}"


def test_similar_words_are_never_taken_from_a_text_that_stays() -> None:
    old = translated(**{"Wir gehen heute gemeinsam auf die Straße.": "A"})
    new = "Wir gehen morgen gemeinsam auf die Straße."
    catalog = update(old, template(old.messages[0].msgid, new), same_words=Bold())
    assert not one(catalog, new).has_translation


def test_what_a_translator_set_in_the_header_is_never_touched() -> None:
    old = translated(a="A")
    old.header.fields |= {
        "PO-Revision-Date": "2020-01-01 00:00+0000",
        "Last-Translator": "Ada <ada@example.org>",
        "X-Generator": "Poedit 3.4",
    }
    catalog = update(old, template("a", "b", header=LATER_HEADER))
    changed = {
        name for name in catalog.header.fields if catalog.header.fields[name] != old.header.fields[name]
    }
    assert changed == {"POT-Creation-Date"}
    assert list(catalog.header.fields) == list(old.header.fields)


def test_what_the_configuration_says_of_the_source_is_brought_up_to_date_in_the_header() -> None:
    old = translated(a="A")
    source = template("a")
    source.header.fields |= {"Report-Msgid-Bugs-To": "i18n@example.org", "X-Source-Language": "de_AT"}
    header = update(old, source).header
    assert header.fields == old.header.fields | {
        "Report-Msgid-Bugs-To": "i18n@example.org",
        "X-Source-Language": "de_AT",
    }
    assert list(header.fields) == list(old.header.fields)


def test_the_date_of_the_template_is_taken_only_when_the_messages_of_this_catalog_changed() -> None:
    old = update(None, template("a"))
    assert update(old, template("a", header=LATER_HEADER)) == old


def test_a_header_that_lacks_fields_gets_them_at_their_place() -> None:
    old = Catalog(
        Header({"Project-Id-Version": "p", "Content-Type": "text/plain; charset=CHARSET", "X-Foo": "1"}), ()
    )
    fields = update(old, template()).header.fields
    assert fields["Content-Type"] == "text/plain; charset=UTF-8"
    assert next(iter(fields)) == "Project-Id-Version"
    assert list(fields)[-2:] == ["X-Source-Language", "X-Foo"]


def test_plural_messages_of_other_tools_survive() -> None:
    plural = Message("a", plural="as", msgstr_plural=("A", "AA"))
    assert one(update(old_catalog(plural), template("a")), "a").msgstr_plural == ("A", "AA")
    assert one(update(old_catalog(plural), template()), "a").obsolete
