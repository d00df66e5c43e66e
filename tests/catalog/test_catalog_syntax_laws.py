"""Reading and writing: each the inverse of the other, and both in agreement with gettext and polib."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polib
import pytest
from catalog_strategies import UTF8, catalogs, filled, msgcat, needs_gettext, odd, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import Catalog, Header, Message, format_catalog, parse_catalog
from netzwerk_i18n.errors import CatalogError

quiet = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
HEADER = f'msgid ""\nmsgstr "Content-Type: {UTF8}\\n"\n\n'


@quiet
@given(catalogs())
def test_reading_what_was_written_gives_the_same_catalog(catalog: Catalog) -> None:
    assert parse_catalog(format_catalog(catalog), file="a.po") == catalog


@needs_gettext
@quiet
@given(catalogs())
def test_msgcat_changes_nothing_in_what_was_written(catalog: Catalog) -> None:
    data = format_catalog(catalog)
    assert msgcat(data) == data


@needs_gettext
@quiet
@given(catalogs(), st.integers(20, 120), st.sampled_from([b"\n", b"\r\n"]))
def test_a_file_as_msgcat_wraps_it_is_read_as_the_same_catalog(
    catalog: Catalog, width: int, newline: bytes
) -> None:
    wrapped = run("msgcat", "--force-po", f"--width={width}", "-", data=format_catalog(catalog))
    assert wrapped.returncode == 0
    assert parse_catalog(wrapped.stdout.replace(b"\n", newline), file="a.po") == catalog


@needs_gettext
@quiet
@given(catalogs())
def test_writing_what_msgcat_wrote_gives_its_bytes(catalog: Catalog) -> None:
    theirs = run(
        "msgcat", "--force-po", "--no-wrap", "--sort-output", "-", data=format_catalog(catalog)
    ).stdout
    assert format_catalog(parse_catalog(theirs, file="a.po")) == theirs


@quiet
@given(catalogs())
def test_polib_reads_the_same_texts(catalog: Catalog) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.po")
        path.write_bytes(format_catalog(catalog))
        theirs = polib.pofile(str(path), encoding="utf-8")
    # polib knows no \a and strips blanks that its str.strip takes for such; both are set aside.
    found = [
        (entry.msgctxt, entry.msgid, entry.msgstr or "", "fuzzy" in entry.flags, bool(entry.obsolete))
        for entry in theirs
    ]
    ours = [(m.msgctxt, m.msgid, m.msgstr, m.fuzzy, m.obsolete) for m in catalog.messages]
    assert [tuple(map(_without_bell, row)) for row in found] == [
        tuple(map(_without_bell, row)) for row in ours
    ]


def _without_bell(value: object) -> object:
    return value.replace("\\a", "").replace("\a", "") if isinstance(value, str) else value


@quiet
@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_the_reader_fail_otherwise_than_by_an_error_with_a_place(data: bytes) -> None:
    error = refusal(data)
    if error is not None:
        assert error.file == "a.po"
        assert error.line is not None
        assert error.remedy


def refusal(data: bytes) -> CatalogError | None:
    try:
        parse_catalog(data, file="a.po")
    except CatalogError as error:
        return error
    return None


pieces = st.sampled_from(
    [
        'msgid "a"',
        'msgid "b"',
        'msgid ""',
        'msgstr "x"',
        'msgstr ""',
        '"more"',
        'msgctxt "c"',
        '"open',
        '"x" "y"',
        "",
        "# c",
        "#. e",
        "#: r.md:3",
        "#, fuzzy",
        '#| msgid "old"',
        '#~ msgid "o"',
        '#~ msgstr "O"',
        '#~ "more"',
        "#~",
        'msgid_plural "as"',
        'msgstr[0] "p"',
        'msgstr[1] "q"',
        "stray",
        '"bad \\q"',
        '"ok \\101 \\x41 \\n"',
        "  ",
        "#",
        '#~| msgid "old"',
        "msgid",
        "msgstr",
        '  msgid "i"',
        'msgid"tight"',
        "<<<<<<< HEAD",
        '"a"b"',
        '#~ msgctxt "c"',
    ]
)


@needs_gettext
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, min_size=2, max_size=9))
def test_what_the_reader_accepts_gettext_accepts_too_once_it_is_written(rows: list[str]) -> None:
    data = (HEADER + "\n".join(rows) + "\n").encode()
    try:
        catalog = parse_catalog(data, file="a.po")
    except CatalogError:
        return
    written = format_catalog(catalog)
    assert run("msgcat", "--force-po", "--no-wrap", "-", data=written).returncode == 0
    theirs = run("msgcat", "--force-po", "--no-wrap", "-", data=data)
    if theirs.returncode == 0 and b"# " not in theirs.stdout:
        assert parse_catalog(theirs.stdout, file="a.po").messages == _as_msgcat_keeps(catalog)


@needs_gettext
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, min_size=2, max_size=9))
def test_the_reader_is_never_stricter_than_gettext_without_need(rows: list[str]) -> None:
    data = (HEADER + "\n".join(rows) + "\n").encode()
    if run("msgcat", "--force-po", "--no-wrap", "-", data=data).returncode:
        return
    parse_catalog(data, file="a.po")


def _as_msgcat_keeps(catalog: Catalog) -> tuple[Message, ...]:
    return parse_catalog(msgcat(format_catalog(catalog)), file="a.po").messages


@needs_gettext
@pytest.mark.parametrize(
    "character", [chr(c) for c in (*range(1, 32), 0x7F, 0x85, 0xAD, 0x2028, 0xFEFF) if c != 4]
)
def test_every_control_character_stands_in_a_form_that_msgcat_keeps(character: str) -> None:
    message = Message(
        f"a{character}b", character, comments=() if character in "\n\r" else (f"x{character}y",)
    )
    data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (message,)))
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == (message,)


@pytest.mark.parametrize("text", ["a\0b", "a\4b", "a\ud800b"])
def test_a_text_that_no_po_file_can_carry_is_refused_before_anything_is_written(text: str) -> None:
    with pytest.raises(CatalogError):
        format_catalog(Catalog(Header(), (Message("a", text),)))


@needs_gettext
@pytest.mark.parametrize("width", range(30, 46))
def test_references_break_at_the_byte_where_msgcat_breaks_them(width: int) -> None:
    for name in (
        "b" * width,
        "é" * (width // 2),
        "漢" * (width // 3) + "b" * (width % 3),
        "b" * (width - 3) + ":12",
    ):
        references = ("a" * 36, name, "c.md")
        data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (Message("a", references=references),)))
        assert msgcat(data) == data


@needs_gettext
def test_a_path_with_blanks_stands_in_isolates_and_comes_back_whole() -> None:
    message = Message("a", "b", references=("content/a.md", "content/b c.md:12", "content/d.md"))
    data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (message,)))
    assert "\u2068content/b c.md\u2069:12" in data.decode()
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == (message,)


@needs_gettext
@pytest.mark.parametrize(
    "references",
    [
        ("content/Über uns.de.md", "content/Über mich.de.md"),
        ("a b.md:3", "a c.md:3"),
        ("a b c.md", "d b e.md"),
        ("a b b.md",),
        ("a.md", f"{'b' * 70} c.md"),
        ("Kapitel: 3 Wege.md",),
        ("a  b.md", "c\td.md", "e ./f.md", "g :1 h.md"),
        ("50%20mehr 100%25.md", "50%20mehr.md", "100% a.md", "%20.md"),
    ],
)
def test_paths_with_blanks_come_back_whole_from_every_gettext(references: tuple[str, ...]) -> None:
    message = Message("a", "b", references=references)
    data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (message,)))
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == (message,)


@needs_gettext
@quiet
@given(st.lists(st.lists(st.sampled_from("a b.md : 1 % 20 ./c".split()), min_size=2), min_size=1, max_size=4))
def test_no_path_with_blanks_is_lost_or_changed(paths: list[list[str]]) -> None:
    references = tuple(dict.fromkeys(f"d/{' '.join(words)}.md" for words in paths))
    message = Message("a", references=references)
    data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (message,)))
    assert msgcat(data) == data
    assert parse_catalog(data, file="a.po").messages == (message,)


def test_a_path_that_an_older_gettext_broke_in_two_lines_is_read_whole() -> None:
    data = '#: \u2068content/b\n#: c.md\u2069:12 d.md\nmsgid "a"\nmsgstr ""\n'.encode()
    assert parse_catalog(data, file="a.po").messages[0].references == ("content/b c.md:12", "d.md")


@quiet
@given(st.lists(filled, min_size=1, max_size=8))
def test_references_of_any_kind_are_never_lost(names: list[str]) -> None:
    plain = [name.strip() for name in names]
    wanted = tuple(
        dict.fromkeys(
            name
            for name in plain
            if name and not set(name) & set("\n\r\t\f\v\u2068\u2069") and not name.startswith("./")
        )
    )
    data = format_catalog(Catalog(Header(), (Message("a", references=wanted),)))
    assert parse_catalog(data, file="a.po").messages[0].references == wanted


@needs_gettext
@pytest.mark.parametrize("comment", ["\\", "see C:\\", "\\\\"])
def test_a_comment_that_ends_in_a_backslash_does_not_swallow_the_line_below_it(comment: str) -> None:
    message = Message("a", "b", extracted=(comment,), comments=(comment,))
    data = format_catalog(Catalog(Header({"Content-Type": UTF8}), (message,)))
    assert msgcat(data) == data
    assert format_catalog(parse_catalog(data, file="a.po")) == data


@pytest.mark.usefixtures("ends")
def test_a_message_of_many_lines_is_read_in_linear_time() -> None:
    text = "".join(f"{number}\n" for number in range(120_000))
    data = format_catalog(Catalog(Header(), (Message("a", text),)))
    assert parse_catalog(data, file="a.po").messages[0].msgstr == text


@given(st.lists(odd, max_size=20).map("".join))
@settings(deadline=None)
def test_a_file_without_a_header_is_read_and_written_without_one(text: str) -> None:
    catalog = Catalog(Header(), (Message(f"x{text}", text),))
    assert parse_catalog(format_catalog(catalog), file="a.po") == catalog


PIECES = [
    "#. words",
    "#.",
    "#: a.md b.md:3",
    "#:\ta.md ",
    "#, fuzzy, c-format",
    "#,",
    "# a note",
    '#| msgid "old"',
    'msgid "one"',
    'msgid "two"',
    'msgid ""',
    'msgid "t\\n"',
    'msgid  "three" ',
    'msgctxt "c"',
    'msgstr "eins"',
    'msgstr ""',
    '"more"',
    '#~ msgid "one"',
    '#~ msgstr "eins"',
    '#~ "more"',
    " #: c.md",
    "<<<<<<< ours",
    "",
    "",
]
ENTRY = ["#. words", "#: a.md", 'msgid "{}"', 'msgstr "{}"', ""]
entries = st.builds(
    lambda number, left_out: [line.format(number) for line in ENTRY if line != left_out],
    st.integers(0, 9),
    st.sampled_from([*ENTRY, None]),
)


def said(text: str) -> object:
    try:
        catalog = parse_catalog(text.encode(), file="a.po")
    except CatalogError as error:
        return str(error)
    return catalog, [message.line for message in catalog.messages]


@settings(deadline=None, max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(entries, st.lists(st.sampled_from(PIECES), max_size=4)), max_size=6))
def test_blanks_in_an_empty_line_change_nothing_in_what_is_read(parts: list[list[str]]) -> None:
    lines = [line for part in parts for line in part]
    # An entry of the usual form between empty lines is read by one pattern, any other line by line.
    assert said("\n".join(lines)) == said("\n".join([line or " " for line in lines]))
