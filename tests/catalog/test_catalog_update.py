"""Templates from pages, catalogs from templates: nothing is lost, and a second run changes nothing."""

import time
from datetime import timedelta

import pytest
from catalog_strategies import CREATED, catalogs, filled, lines, msgcat, needs_gettext, tuples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import (
    Catalog,
    Entry,
    Header,
    Message,
    build_template,
    format_catalog,
    new_template_header,
    parse_catalog,
    translation_memory,
    update_catalog,
)
from netzwerk_i18n.errors import CatalogError

LATER = CREATED + timedelta(days=1)
HEADER = new_template_header(project="netzwerk", source_locale="de", created=CREATED)
LATER_HEADER = new_template_header(project="netzwerk", source_locale="de", created=LATER)
quiet = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def template(*msgids: str, header: Header = HEADER) -> Catalog:
    return build_template([Entry(msgid, references=("a.md",)) for msgid in msgids], header=header)


def update(old: Catalog | None, source: Catalog, **options: object) -> Catalog:
    return update_catalog(old, source, locale="fr", created=CREATED, **options)  # type: ignore[arg-type]


def translated(**texts: str) -> Catalog:
    return old_catalog(*(Message(msgid, msgstr) for msgid, msgstr in texts.items()))


def old_catalog(*messages: Message) -> Catalog:
    empty = update(None, template())
    return Catalog(empty.header, messages)


def one(catalog: Catalog, msgid: str, msgctxt: str | None = None) -> Message:
    message = catalog.get((msgctxt, msgid))
    assert message is not None
    return message


# Templates


def test_a_text_on_two_pages_is_one_message_with_both_references():
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


def test_the_date_of_a_template_changes_with_its_messages_only():
    old = template("a", "b")
    moved = build_template([Entry("b"), Entry("a", references=("elsewhere.md",))], old, header=LATER_HEADER)
    grown = build_template([Entry("a"), Entry("b"), Entry("c")], old, header=LATER_HEADER)
    assert moved.header == old.header
    assert grown.header.fields["POT-Creation-Date"] == "2024-03-01 12:30+0000"


def test_a_template_keeps_fields_and_comments_that_others_added():
    old = template("a")
    old.header.fields["X-Domain"] = "netzwerk"
    old.header.comments = ("Copyright",)
    built = build_template([Entry("a")], old, header=LATER_HEADER)
    assert built.header == old.header


@pytest.mark.parametrize("text", ["a\0b", "a\4b"])
def test_a_text_that_no_catalog_can_hold_names_its_page(text):
    with pytest.raises(CatalogError, match=r"^b\.md: "):
        build_template([Entry(text, references=("b.md",))], header=HEADER)


def test_an_empty_text_is_no_message():
    with pytest.raises(CatalogError):
        build_template([Entry("")], header=HEADER)


# Catalogs


def test_a_new_catalog_has_the_messages_of_the_template_and_a_header_of_its_own():
    catalog = update(None, template("Hallo"))
    assert [(m.msgid, m.msgstr, m.references) for m in catalog.messages] == [("Hallo", "", ("a.md",))]
    assert catalog.header.fields["Language"] == "fr"
    assert catalog.header.fields["X-Source-Language"] == "de"
    assert catalog.header.fields["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_a_kept_message_keeps_all_that_people_wrote_and_takes_its_place_from_the_template():
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


def test_the_previous_msgid_goes_when_the_message_is_no_longer_fuzzy():
    old = old_catalog(Message("a", "A", previous="x"))
    assert one(update(old, template("a")), "a").previous is None


def test_a_message_that_left_is_obsolete_and_comes_back_with_all_it_had():
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


def test_a_message_that_left_untranslated_is_dropped_unless_someone_commented_on_it():
    old = old_catalog(Message("a"), Message("b", comments=("what does this mean?",)))
    assert [m.msgid for m in update(old, template()).messages] == ["b"]


def test_a_changed_sentence_keeps_its_translation_as_stale_and_the_old_entry_as_obsolete():
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


def test_the_previous_msgid_of_a_stale_message_is_the_one_its_translation_was_made_from():
    first = "Wir sind ein Netzwerk von vielen Menschen."
    second = "Wir sind ein Netzwerk von sehr vielen Menschen."
    third = "Wir sind ein großes Netzwerk von sehr vielen Menschen."
    catalog = update(update(old_catalog(Message(first, "F")), template(second)), template(third))
    assert one(catalog, third).previous == first


def test_a_draft_that_became_stale_keeps_the_mark_of_the_machine():
    old = old_catalog(
        Message("Das ist ein Satz mit sechs Wörtern.", "D", comments=("mt: google 1 2",), flags=("fuzzy",))
    )
    message = one(
        update(old, template("Das ist nun ein Satz mit sechs Wörtern.")),
        "Das ist nun ein Satz mit sechs Wörtern.",
    )
    assert message.comments == ("mt: google 1 2",)
    assert message.fuzzy


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
def test_one_short_name_is_never_taken_for_another(one_name, other):
    for old_name, new_name in ((one_name, other), (other, one_name)):
        catalog = update(old_catalog(Message(old_name, "X")), template(new_name))
        assert one(catalog, new_name).msgstr == ""


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
def test_a_small_change_keeps_the_translation_as_stale(before, after):
    message = one(update(old_catalog(Message(before, "X")), template(after)), after)
    assert (message.msgstr, message.fuzzy, message.previous) == ("X", True, before)


def test_of_equally_similar_old_texts_the_one_between_the_same_neighbours_is_taken():
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


def test_a_text_that_moved_to_another_catalog_keeps_its_translation():
    memory = translation_memory([old_catalog(Message("a", "A", comments=("mine",)))])
    message = one(update(None, template("a"), memory=memory), "a")
    assert (message.msgstr, message.flags, message.comments, message.references) == (
        "A",
        (),
        ("mine",),
        ("a.md",),
    )


def test_the_memory_prefers_reviewed_and_live_translations():
    memory = translation_memory(
        [
            old_catalog(Message("a", "fuzzy", flags=("fuzzy",)), Message("b", "gone", obsolete=True)),
            old_catalog(Message("a", "reviewed"), Message("b", "live"), Message("c")),
        ]
    )
    assert {key[1]: message.msgstr for key, message in memory.items()} == {"a": "reviewed", "b": "live"}


def test_the_memory_never_replaces_a_translation():
    memory = translation_memory([translated(a="other")])
    assert one(update(translated(a="mine"), template("a"), memory=memory), "a").msgstr == "mine"


def test_the_same_text_in_another_context_is_offered_as_fuzzy():
    old = old_catalog(Message("Mai", "May", "month"))
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

    def words(self, msgid: str) -> str:
        return msgid.replace("*", "")

    def carry(self, old_msgid: str, old_msgstr: str, new_msgid: str) -> str | None:
        return f"**{old_msgstr}**" if new_msgid == f"**{old_msgid}**" else None


def test_a_change_of_markup_that_can_be_followed_leaves_the_message_translated():
    message = one(
        update(translated(Kanada="Canada"), template("**Kanada**"), same_words=Bold()), "**Kanada**"
    )
    assert (message.msgstr, message.fuzzy, message.previous) == ("**Canada**", False, None)


def test_a_change_of_markup_that_cannot_be_followed_is_stale():
    message = one(update(translated(Kanada="Canada"), template("*Kanada*"), same_words=Bold()), "*Kanada*")
    assert (message.msgstr, message.fuzzy, message.previous) == ("Canada", True, "Kanada")


def test_what_a_translator_set_in_the_header_is_never_touched():
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


def test_the_date_of_the_template_is_taken_only_when_the_messages_of_this_catalog_changed():
    old = update(None, template("a"))
    assert update(old, template("a", header=LATER_HEADER)) == old


def test_a_header_that_lacks_fields_gets_them_at_their_place():
    old = Catalog(
        Header({"Project-Id-Version": "p", "Content-Type": "text/plain; charset=CHARSET", "X-Foo": "1"}), ()
    )
    fields = update(old, template()).header.fields
    assert fields["Content-Type"] == "text/plain; charset=UTF-8"
    assert list(fields)[0] == "Project-Id-Version"
    assert list(fields)[-2:] == ["X-Source-Language", "X-Foo"]


def test_plural_messages_of_other_tools_survive():
    plural = Message("a", plural="as", msgstr_plural=("A", "AA"))
    assert one(update(old_catalog(plural), template("a")), "a").msgstr_plural == ("A", "AA")
    assert one(update(old_catalog(plural), template()), "a").obsolete


# Laws

entries = st.lists(
    st.builds(
        Entry, filled, st.one_of(st.none(), st.just("c")), tuples(st.just("a.md"), 1), tuples(lines, 1)
    ),
    max_size=6,
)
words = st.sampled_from("wir sind ein Netzwerk von vielen Menschen und gehen heute gemeinsam".split())
sentences = st.lists(words, min_size=1, max_size=10).map(" ".join)
sentence_lists = st.lists(sentences, max_size=8, unique=True)


def texts_of(catalog: Catalog) -> set[str]:
    return {text for m in catalog.messages for text in (m.msgstr, *m.msgstr_plural) if text}


@quiet
@given(catalogs(), entries)
def test_no_translation_is_ever_lost_and_the_old_catalog_is_never_changed(old, new):
    before = format_catalog(old)
    catalog = update(old, build_template(new, header=HEADER))
    assert texts_of(old) <= texts_of(catalog)
    comments = {comment for m in old.messages for comment in m.comments}
    assert comments <= {comment for m in catalog.messages for comment in m.comments}
    assert format_catalog(old) == before


@quiet
@given(catalogs(), entries)
def test_a_second_update_changes_nothing(old, new):
    source = build_template(new, header=HEADER)
    catalog = update(old, source)
    later = build_template(new, source, header=LATER_HEADER)
    again = update_catalog(catalog, later, locale="fr", created=LATER, memory=translation_memory([old]))
    assert format_catalog(again) == format_catalog(catalog)


@quiet
@given(sentence_lists, sentence_lists, sentence_lists)
def test_sentences_that_change_again_and_again_lose_no_translation(first, second, third):
    catalog = old_catalog(*(Message(text, f"[{text}]") for text in first))
    for step in (second, third, first):
        source = template(*step)
        catalog = update(catalog, source)
        assert update(catalog, source) == catalog
        assert [m.msgid for m in catalog.live()] == step
        assert all(
            m.fuzzy and m.previous is not None
            for m in catalog.live()
            if m.msgstr and m.msgstr != f"[{m.msgid}]"
        )
    assert {f"[{text}]" for text in first} <= texts_of(catalog)
    assert all(one(catalog, text).msgstr == f"[{text}]" and not one(catalog, text).fuzzy for text in first)


@quiet
@given(sentence_lists, st.randoms(use_true_random=False))
def test_kept_translations_do_not_depend_on_the_order_of_the_pages(msgids, random):
    old = old_catalog(*(Message(text, f"[{text}]") for text in msgids))
    shuffled = list(msgids)
    random.shuffle(shuffled)
    one_way, other = update(old, template(*msgids)), update(old, template(*shuffled))
    assert {m.key: m for m in one_way.messages} == {m.key: m for m in other.messages}


@needs_gettext
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs(), entries)
def test_an_updated_catalog_is_left_as_it_is_by_msgcat(old, new):
    catalog = update(old, build_template(new, header=HEADER))
    # msgcat drops an obsolete message whose first form is empty; a comment on it may be all a person wrote.
    carried = [m for m in catalog.messages if not m.obsolete or m.msgstr or any(m.msgstr_plural[:1])]
    data = format_catalog(Catalog(catalog.header, tuple(carried)))
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == tuple(carried)


def test_a_large_catalog_is_updated_in_a_few_seconds():
    def sentence(number: int, word: str) -> str:
        return f"Satz {number:x} handelt von Nummer {number * 7919 % 65537} und {word} Dingen aus Kapitel {number % 97}."

    old = old_catalog(*(Message(sentence(number, "vielen"), "X") for number in range(50_000)))
    new = template(
        *(sentence(number, "manchen" if number % 20 == 0 else "vielen") for number in range(50_000))
    )
    started = time.perf_counter()
    catalog = update(old, new)
    elapsed = time.perf_counter() - started
    stale = [m for m in catalog.live() if m.fuzzy]
    right = [m for m in stale if m.previous == m.msgid.replace("manchen", "vielen")]
    assert len(right) >= 2450
    assert elapsed < 10


def test_texts_that_are_all_alike_do_not_stop_an_update():
    old = old_catalog(
        *(Message(f"Immer der gleiche lange Satz mit einer Zahl {n}", "X") for n in range(3000))
    )
    started = time.perf_counter()
    update(old, template(*(f"Immer der gleiche lange Satz mit einer Zahl {n}" for n in range(5000, 8000))))
    assert time.perf_counter() - started < 20


def test_one_huge_changed_message_does_not_stop_an_update():
    text = "".join(f"Wort{n} " for n in range(100_000))
    started = time.perf_counter()
    assert one(update(translated(**{text: "X"}), template(f"{text}!")), f"{text}!").fuzzy
    assert time.perf_counter() - started < 10
