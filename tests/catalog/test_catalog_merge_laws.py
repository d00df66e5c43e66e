"""Merges in general: what only one side changed is taken, nothing typed is lost, the sides are equals."""

from collections.abc import Iterator
from dataclasses import replace

from catalog_strategies import (
    catalogs,
    filled,
    lines,
    msgcat,
    needs_gettext,
    old_catalog,
    references,
    run,
    tuples,
)
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import Catalog, Header, Message, format_catalog, parse_catalog
from netzwerk_i18n.catalog.merge import Merge, format_merge, merge_catalogs, parse_ancestor
from netzwerk_i18n.catalog.syntax import escape

quiet = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])

DATES = st.sampled_from(["2024-01-01 10:00+0000", "2024-01-01 10:30+0200", "2025-03-03 09:00-0500", "", "?"])


@st.composite
def changed(draw: st.DrawFn, message: Message) -> Message | None:
    """What a side may have made of one message; None where it removed it."""
    match draw(st.sampled_from("keep keep keep translate fuzzy empty comment places retire remove".split())):
        case "translate" if message.plural is None:
            flags = tuple(flag for flag in message.flags if flag != "fuzzy")
            text = draw(st.sampled_from(["eins", "zwei", "drei"]))
            return replace(message, msgstr=text, flags=flags, previous=None, previous_ctxt=None)
        case "fuzzy" if message.plural is None:
            flags = tuple(dict.fromkeys(("fuzzy", *message.flags)))
            return replace(message, msgstr=draw(filled), flags=flags, previous=draw(filled))
        case "empty" if message.plural is None and not message.obsolete:
            flags = tuple(flag for flag in message.flags if flag != "fuzzy")
            return replace(message, msgstr="", flags=flags, previous=None, previous_ctxt=None)
        case "comment":
            return replace(message, comments=draw(tuples(lines)))
        case "places" if not message.obsolete:
            return replace(message, references=tuple(dict.fromkeys(draw(tuples(references)))))
        case "retire" if message.msgstr and message.plural is None:
            flags = tuple(flag for flag in message.flags if not flag.startswith("range:"))
            return replace(message, obsolete=True, references=(), extracted=(), flags=flags)
        case "remove":
            return None
        case _:
            return message


@st.composite
def edited(draw: st.DrawFn, base: Catalog) -> Catalog:
    """What a side may have made of `base`: messages translated, changed, retired, removed, added and moved."""
    drawn = [draw(changed(message)) for message in base.messages]
    messages = [message for message in drawn if message is not None]
    added = draw(
        st.lists(st.builds(Message, st.sampled_from("uvwxyz"), st.sampled_from(["", "1", "2"])), max_size=3)
    )
    known = {message.key for message in messages}
    for message in added:
        if message.key not in known:
            known.add(message.key)
            messages.insert(draw(st.integers(0, len(messages))), message)
    if draw(st.booleans()):
        messages = draw(st.permutations(messages))
    fields = dict(base.header.fields)
    for name in draw(st.sets(st.sampled_from(["POT-Creation-Date", "PO-Revision-Date"]))):
        fields[name] = draw(DATES)
    for name in draw(st.sets(st.sampled_from(["Last-Translator", "Language-Team", "X-Generator", "X-Odd"]))):
        fields[name] = draw(st.sampled_from(["a", "b", ""]))
    comments = draw(st.sampled_from([base.header.comments, (*base.header.comments, "neu"), ()]))
    live = [message for message in messages if not message.obsolete]
    return Catalog(Header(fields, comments), tuple(live + [m for m in messages if m.obsolete]))


@st.composite
def three(draw: st.DrawFn) -> tuple[Catalog, Catalog, Catalog]:
    base = draw(catalogs())
    return base, draw(edited(base)), draw(edited(base))


@st.composite
def clashing(draw: st.DrawFn) -> tuple[Catalog, Catalog, Catalog]:
    """Three catalogs with a message that both sides translate differently, and maybe a header of two minds."""
    base, *sides = draw(three())
    flags = draw(st.sampled_from([(), ("fuzzy",)]))
    team = draw(st.booleans())
    for text, side in zip(draw(st.lists(filled, min_size=2, max_size=2, unique=True)), sides, strict=True):
        message = Message("Streit", text, flags=flags, comments=draw(tuples(lines)))
        side.messages = (message, *(other for other in side.messages if other.key != message.key))
        if team:
            side.header.fields["Language-Team"] = escape(text)
    return base, sides[0], sides[1]


def swapped(merge: Merge) -> Merge:
    """The merge as it must be when the sides change places."""
    conflicts = {
        key: replace(found, ours=found.theirs, theirs=found.ours) for key, found in merge.conflicts.items()
    }
    messages = tuple(
        conflicts[message.key].ours if message.key in conflicts else message
        for message in merge.catalog.messages
    )
    return Merge(Catalog(merge.catalog.header, messages), conflicts, merge.set_aside)


def texts(*messages: Message) -> Iterator[str]:
    for message in messages:
        yield from (text for text in (message.msgstr, *message.msgstr_plural) if text)


@quiet
@given(three())
def test_the_sides_are_equals(sides: tuple[Catalog, Catalog, Catalog]) -> None:
    base, ours, theirs = sides
    one, other = merge_catalogs(base, ours, theirs), swapped(merge_catalogs(base, theirs, ours))
    assert one.conflicts == other.conflicts
    assert one.catalog.messages == other.catalog.messages
    assert one.set_aside == other.set_aside
    if (None, "") not in one.conflicts:
        assert one.catalog.header == other.catalog.header
        assert list(one.catalog.header.fields) == list(other.catalog.header.fields)


@quiet
@given(catalogs().flatmap(lambda base: st.tuples(st.just(base), edited(base))))
def test_what_only_one_side_changed_is_taken_as_it_is(sides: tuple[Catalog, Catalog]) -> None:
    base, side = sides
    for merge in (merge_catalogs(base, base, side), merge_catalogs(base, side, base)):
        assert merge == Merge(side, {})
        assert format_merge(merge)[0] == format_catalog(side)


@quiet
@given(catalogs(), catalogs())
def test_sides_that_are_the_same_are_the_result(base: Catalog, side: Catalog) -> None:
    for before in (base, None):
        merge = merge_catalogs(before, side, side)
        assert merge == Merge(side, {})


@quiet
@given(three())
def test_no_text_that_a_side_typed_is_lost(sides: tuple[Catalog, Catalog, Catalog]) -> None:
    base, ours, theirs = sides
    merge = merge_catalogs(base, ours, theirs)
    kept = set(texts(*merge.catalog.messages))
    kept |= {text for found in merge.conflicts.values() for text in texts(found.ours, found.theirs)}
    comments = {comment for message in merge.catalog.messages for comment in message.comments}
    for text in {*texts(*ours.messages), *texts(*theirs.messages)} - set(texts(*base.messages)):
        assert text in kept or f'other translation: "{escape(text)}"' in comments
    for side, other_side in ((ours, theirs), (theirs, ours)):
        for message in side.messages:
            before, other, found = (c.get(message.key) for c in (base, other_side, merge.catalog))
            if message.obsolete and other is not None and not other.has_translation:
                assert found is not None
                assert found.has_translation or not found.obsolete
            typed = set(message.comments) - set(before.comments if before else ())
            # A comment on a text that has left and has no translation goes with it.
            assert typed <= comments or (found is None and not message.has_translation)


@quiet
@given(three())
def test_each_message_stands_once_and_the_obsolete_ones_last(sides: tuple[Catalog, Catalog, Catalog]) -> None:
    messages = merge_catalogs(*sides).catalog.messages
    assert len({message.key for message in messages}) == len(messages)
    obsolete = [message.obsolete for message in messages]
    assert obsolete == sorted(obsolete)


@needs_gettext
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(three())
def test_a_merge_without_conflicts_is_left_as_it_is_by_msgcat(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    merge = merge_catalogs(*sides)
    assume(not merge.conflicts)
    # msgcat drops an obsolete message whose first form is empty, and with it the other forms.
    carried = [
        m for m in merge.catalog.messages if not m.obsolete or not m.msgstr_plural or m.msgstr_plural[0]
    ]
    data = format_merge(Merge(Catalog(merge.catalog.header, tuple(carried)), {}))[0]
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == tuple(carried)


@needs_gettext
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(clashing())
def test_a_conflict_is_refused_by_msgfmt_and_each_side_of_it_is_a_catalog(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    merge = merge_catalogs(*sides)
    data, numbers = format_merge(merge)
    assert run("msgfmt", "-o", "/dev/null", "-", data=data).returncode != 0
    rows = data.decode().split("\n")
    agreed = [m for m in merge.catalog.messages if m.key not in merge.conflicts]
    assert parse_ancestor(data, file="a.po").messages == reread(*agreed)
    assert numbers.keys() == merge.conflicts.keys()
    assert all(rows[number - 1] == "<<<<<<< ours" for number in numbers.values())
    assert "\n\n\n" not in data.decode()
    for ours in (True, False):
        resolved = parse_catalog("\n".join(choose(rows, ours=ours)).encode(), file="a.po")
        for key, conflict in merge.conflicts.items():
            if key != (None, ""):
                wanted = conflict.ours if ours else conflict.theirs
                assert (resolved.get(key),) == reread(wanted)


def reread(*messages: Message) -> tuple[Message, ...]:
    """The messages as they come back from a file."""
    return parse_catalog(format_catalog(Catalog(Header(), messages)), file="a.po").messages


def choose(rows: list[str], *, ours: bool) -> list[str]:
    """The file as it is when a person took the same side everywhere."""
    chosen: list[str] = []
    side: bool | None = None
    for row in rows:
        if row == "<<<<<<< ours":
            side = True
        elif row == "=======" and side is True:
            side = False
        elif row == ">>>>>>> theirs" and side is False:
            side = None
        elif side is None or side is ours:
            chosen.append(row)
    return chosen


def test_a_merge_of_two_large_catalogs_takes_time_in_proportion() -> None:
    base = old_catalog(*(Message(f"Satz {number}", "X") for number in range(20_000)))
    ours = Catalog(
        base.header, tuple(replace(m, msgstr="Y") for m in base.messages[:10_000]) + base.messages[10_000:]
    )
    theirs = Catalog(base.header, base.messages[::-1])
    merged = merge_catalogs(base, ours, theirs).catalog
    assert [m.msgid for m in merged.messages] == [m.msgid for m in theirs.messages]
    assert sum(m.msgstr == "Y" for m in merged.messages) == 10_000
