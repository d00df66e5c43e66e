"""What the reader refuses, and how it says so."""

import polib
import pytest

from netzwerk_i18n.catalog import MAX_FILE_BYTES, MAX_MESSAGE_BYTES, format_catalog, parse_catalog
from netzwerk_i18n.catalog.mark import Mark
from netzwerk_i18n.errors import CatalogError

ONE = 'msgid "a"\nmsgstr "x"\n'


def refusal(text: str | bytes) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        parse_catalog(text if isinstance(text, bytes) else text.encode(), file="fr.po")
    assert caught.value.file == "fr.po"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f'{ONE}\nmsgid "b\nmsgstr ""\n', 4, "closing quote is missing"),
        (f'{ONE}\nmsgid "b"\nmsgstr "x" y\n', 5, "outside quotes"),
        (f'{ONE}\nmsgid "b" "\nmsgstr ""\n', 4, "closing quote is missing"),
        (f"{ONE}\nstray\n", 4, "stray is no keyword"),
        (f'{ONE}\nmsgidd "b"\n', 4, "msgidd is no keyword"),
        (f'{ONE}\nmsgid "b"\n', 4, "has no msgstr"),
        (f'msgid "b"\n\n{ONE}', 1, "'b' has no msgstr"),
        (f'msgctxt "c"\n\n{ONE}\nmsgctxt "d"\n', 6, "'d' has no msgid"),
        ('msgstr "x"\n', 1, "without a msgid"),
        ('"x"\n', 1, "belongs to no msgid"),
        (f'{ONE}msgstr "y"\n', 3, "second msgstr"),
        ('msgid "a\\q"\nmsgstr ""\n', 1, "unknown escape \\q"),
        ('msgid "a\\"\nmsgstr ""\n', 1, "closing quote"),
        ('msgid "\\377"\nmsgstr ""\n', 1, "not UTF-8"),
        ('msgid "\\0"\nmsgstr ""\n', 1, "NUL"),
        ('msgid "\\x04"\nmsgstr ""\n', 1, "EOT"),
        ('#~ msgid "a"\nmsgstr "x"\n', 2, "only some lines"),
        ('#~ msgid "a"\n#~ msgstr "x"\n"y"\n', 3, "only some lines"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr "x"\n', 3, "does not fit"),
        ('msgid "a"\nmsgstr[0] "x"\n', 2, "does not fit"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "x"\n', 3, "msgstr[0] was expected"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[100000000] "x"\n', 3, "msgstr[0] was expected"),
        ("#| stray\n", 1, "no previous msgid"),
    ],
)
def test_broken_syntax_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    error = refusal(text)
    assert error.line == line
    assert words in error.message


def test_a_second_entry_of_one_key_names_both_lines() -> None:
    error = refusal(f'{ONE}\n# again\nmsgid "a"\nmsgstr "y"\n')
    assert error.line == 5
    assert "line 1" in error.message


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"])
def test_a_merge_conflict_is_named_as_one(mark: str) -> None:
    error = refusal(f"{ONE}\n{mark}\n")
    assert error.line == 4
    assert "merge conflict" in error.message


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "======="])
def test_a_text_that_looks_like_a_conflict_is_no_conflict(mark: str) -> None:
    assert (
        parse_catalog(f'msgid "a"\nmsgstr ""\n"{mark}\\n"\n'.encode(), file="a.po").messages[0].msgstr
        == f"{mark}\n"
    )


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    error = refusal(b'msgid "a"\nmsgstr "\xe9"\n')
    assert error.line == 2
    assert "0xE9" in error.message


@pytest.mark.parametrize(
    "text", [b'msgid "\xed\xa0\x80"\nmsgstr ""\n', b'\nmsgid "\0"\n', b'msgid "\4"\nmsgstr ""\n']
)
def test_half_characters_and_nul_are_refused(text: bytes) -> None:
    assert refusal(text).line


def test_utf16_is_named_as_such() -> None:
    assert "UTF-16" in refusal(ONE.encode("utf-16")).message


def test_a_declared_charset_other_than_utf8_is_refused_and_never_obeyed() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-7\\n"\n\nmsgid "a"\nmsgstr "+ADw-script+AD4-"\n'
    assert "utf-7" in refusal(text).message


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8", "utf8", "CHARSET", "US-ASCII"])
def test_names_of_utf8_and_its_subsets_are_accepted(charset: str) -> None:
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'
    assert parse_catalog(text.encode(), file="a.po").header.fields["Content-Type"].endswith(charset)


@pytest.mark.parametrize(
    "text",
    [
        f'msgid ""\nmsgstr "A: 1\\n"\n\n{ONE}\nmsgid ""\nmsgstr "A: 1\\n"\n',
        'msgid ""\nmsgstr "A: 1\\nA: 2\\n"\n',
        'msgid ""\nmsgstr "no field\\n"\n',
        '#~ msgid ""\n#~ msgstr "A: 1\\n"\n',
    ],
)
def test_a_header_that_cannot_be_kept_whole_is_refused(text: str) -> None:
    assert refusal(text).line


def test_a_header_line_without_a_colon_belongs_to_the_field_before_it() -> None:
    data = b'msgid ""\nmsgstr ""\n"A: 1\\n"\n"more\\n"\n"B: 2\\n"\n'
    catalog = parse_catalog(data, file="a.po")
    assert catalog.header.fields == {"A": "1\nmore", "B": "2"}
    assert format_catalog(catalog) == data


def test_a_bom_and_crlf_are_accepted_and_never_written() -> None:
    data = ("\ufeff" + ONE).replace("\n", "\r\n").encode()
    assert format_catalog(parse_catalog(data, file="a.po")) == ONE.encode()


def test_a_file_over_the_limit_is_refused_before_it_is_decoded() -> None:
    assert str(MAX_FILE_BYTES) in refusal(b"\xff" * (MAX_FILE_BYTES + 1)).message


@pytest.mark.usefixtures("ends")
def test_a_message_over_the_limit_is_refused_in_linear_time() -> None:
    rows = '"12345678901234567890\\n"\n' * (MAX_MESSAGE_BYTES * 5 // 21)
    assert str(MAX_MESSAGE_BYTES) in refusal(f'msgid "a"\nmsgstr ""\n{rows}').message


def test_a_message_at_the_limit_is_read() -> None:
    text = "ä" * ((MAX_MESSAGE_BYTES - 2) // 2)
    assert parse_catalog(f'msgid "aa"\nmsgstr "{text}"\n'.encode(), file="a.po").messages[0].msgstr == text


@pytest.mark.usefixtures("ends")
def test_many_twins_are_folded_in_linear_time() -> None:
    rows = [f'#~ msgid "{n}"\n#~ msgstr "alt"\n' for n in range(20_000)] + [
        f'msgid "{n}"\nmsgstr "neu"\n' for n in range(20_000)
    ]
    catalog = parse_catalog("\n".join(rows).encode(), file="a.po")
    assert catalog.messages[0].comments == ('other translation: "alt"',)


@pytest.mark.usefixtures("ends")
def test_an_absurd_number_of_plural_forms_costs_nothing() -> None:
    data = b'msgid ""\nmsgstr "Plural-Forms: nplurals=100000000; plural=9**9**9;\\n"\n'
    assert parse_catalog(data, file="a.po").messages == ()


@pytest.mark.parametrize("obsolete_first", [True, False])
def test_an_obsolete_twin_with_another_translation_becomes_a_comment_of_the_live_one(
    *,
    obsolete_first: bool,
) -> None:
    twin = '# note\n#~ msgid "a"\n#~ msgstr "line\\n"\n#~ "two"\n'
    data = "\n".join([twin, ONE] if obsolete_first else [ONE, twin]).encode()
    (message,) = parse_catalog(data, file="a.po").messages
    assert (message.msgstr, message.obsolete) == ("x", False)
    assert message.comments == ("note", 'other translation: "line\\ntwo"')


def test_an_obsolete_twin_of_the_same_translation_adds_nothing() -> None:
    (message,) = parse_catalog(f'{ONE}\n#~ msgid "a"\n#~ msgstr "x"\n'.encode(), file="a.po").messages
    assert message.comments == ()


def test_a_live_message_without_a_translation_takes_that_of_its_obsolete_twin() -> None:
    data = b'msgid "a"\nmsgstr ""\n\n#, fuzzy\n#~| msgid "b"\n#~ msgid "a"\n#~ msgstr "x"\n'
    (message,) = parse_catalog(data, file="a.po").messages
    assert (message.msgstr, message.fuzzy, message.previous, message.obsolete) == ("x", True, "b", False)


@pytest.mark.parametrize(
    ("forms", "msgstr", "comments"),
    [
        (("x", "xs"), "x", ('other translation: "xs"',)),
        (("", "xs"), "", ('other translation: "xs"',)),
        (("x", "x"), "x", ()),
    ],
)
def test_the_plural_forms_of_an_obsolete_twin_become_comments_where_the_live_message_has_one_form(
    forms: tuple[str, str], msgstr: str, comments: tuple[str, ...]
) -> None:
    twin = f'#~ msgid "a"\n#~ msgid_plural "as"\n#~ msgstr[0] "{forms[0]}"\n#~ msgstr[1] "{forms[1]}"\n'
    (message,) = parse_catalog(f'msgid "a"\nmsgstr ""\n\n{twin}'.encode(), file="a.po").messages
    assert (message.msgstr, message.msgstr_plural, message.plural) == (msgstr, (), None)
    assert message.comments == comments


def test_a_comment_after_the_last_message_is_kept_in_the_header() -> None:
    catalog = parse_catalog(f"{ONE}\n# vim: et\n".encode(), file="a.po")
    assert catalog.header.comments == ("vim: et",)
    assert b"# vim: et" in format_catalog(catalog)


def test_flags_of_other_tools_are_kept_behind_those_that_gettext_knows() -> None:
    data = b'#, max-length:80, c-format, fuzzy\nmsgid "a"\nmsgstr "x"\n'
    assert format_catalog(parse_catalog(data, file="a.po")).startswith(b"#, fuzzy, c-format, max-length:80\n")


def test_lines_of_messages_are_those_of_their_msgid() -> None:
    catalog = parse_catalog(f'# c\n{ONE}\n\n#: r\nmsgctxt "c"\nmsgid "b"\nmsgstr ""\n'.encode(), file="a.po")
    assert [message.line for message in catalog.messages] == [2, 8]


def test_the_mark_of_a_draft_that_polib_wrapped_is_whole_again() -> None:
    mark = Mark.of("a", "b", engine="libretranslate", date="2026-01-31", style="brackets").comment()
    entry = f'# mine\n# {mark}\n#\n# theirs\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    wrapped = str(polib.pofile(header + entry))
    assert mark not in wrapped
    (message,) = parse_catalog(wrapped.encode(), file="fr.po").messages
    assert message.comments == ("mine", mark, "", "theirs")
