"""Front matter that is read without a parser says what the parser says, and is left to it where that is not certain."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.page.front_matter import find_front_matter
from netzwerk_i18n.page.front_matter.plain_yaml import read_plain_yaml
from netzwerk_i18n.page.front_matter.yaml_content import YamlContent

KEYS = [
    "title",
    "tags",
    "date",
    "yes",
    "null",
    "Y",
    "linkTitle",
    "key_2",
    "a-b",
    "menu.main",
    "«x»",
    "1",
    "~",
    "'q'",
]
PLAIN_VALUES = [
    *("Wort", "Zwei  Worte", "é à", "a:b", "http://x.y/z", "Bürger:innen", "a - b", "a, b", "a]b", "it's", 'x"y', "e5", "12.5"),
    *("true", "False", "null", "5", "-5", "0", "-0", "1.5", "2024-01-02", "2024-01-02T10:00:00+01:00", "2024-01-02T10:00:00.5Z"),
    *('"x y"', '"x: y # z"', "'x y'", '""', "''", '"  "', "[a, b]", "[\"a\", 'b c']", "[]", "[ ]", "[a b, c-d, 5, true]", "[a -b]"),
]  # fmt: skip
OTHER_VALUES = [
    *("tRue", "yes", "No", "on", "y", "~", "05", "1.", "1e5", "1_000", "0x1F", "0o7", "1:30", "12:30:45", "2024-1-2", "+5"),
    *("'it''s'", '"a\\nb"', "[a,]", "[a, [b]]", "[a: b]", "{a: b}", "|", ">", "&a x", "*a", "!t x", "a: b", "a #b", "a#b", "x:"),
    *("=", "- a", "? a", "@x", "`x`", "%x", '"x', "'x", "inf", "nan", ".inf", "[yes]", '["a,b"]', "\u00a0", "a\tb", "a\u2028b"),
    *("1 Wort", "2. Platz", "[a]b", '"a"b', '"a" #c', "'a' b", "[- a]", "['a]", "a : b", "12abc", "00", "1.0.0", "9" * 20),
]  # fmt: skip
OTHER_LINES = [
    *("", "# c: d", "  - a", "- a", "  - b c", "    - x", "- true", '- "q"', "-", "- ", "  -  spät", "- a: b", "  - [a]", "  x: y"),
    *("---", "...", "\t", "key", "? a", ": b", "  ", "-x", "- - a", "  - 5", "  - yes", "<<: *a"),
]  # fmt: skip


def _pair(values: list[str]) -> st.SearchStrategy[str]:
    gaps = st.sampled_from([": ", ": ", ": ", ":  ", ":", " : "])
    return st.tuples(
        st.sampled_from(KEYS), gaps, st.sampled_from(values), st.sampled_from(["", "", " "])
    ).map("".join)


lines = st.one_of(
    _pair(PLAIN_VALUES),
    _pair(PLAIN_VALUES),
    _pair(OTHER_VALUES),
    st.sampled_from(KEYS).map("{}:".format),
    st.sampled_from(OTHER_LINES),
)
sources = (
    st.lists(lines, min_size=1, max_size=5)
    .map("\n".join)
    .flatmap(lambda source: st.sampled_from([source, f"{source}\n"]))
)


@settings(max_examples=600)
@given(sources)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(source: str) -> None:
    plain = read_plain_yaml(source)
    if plain is not None:
        parsed = YamlContent(source)  # which raises for what is no YAML
        assert plain.scalars == parsed.scalars
        assert (plain.shape, plain.data) == (parsed.shape, parsed.data)


@pytest.mark.parametrize(
    ("source", "strings"),
    [
        ("title: Wir alle\ndate: 2024-03-05T10:00:00+01:00\ndraft: false\nweight: 30\n", ["Wir alle"]),
        ('title: "Wir: alle" \nlinkTitle: \'Alle\'\n', ["Wir: alle", "Alle"]),
        ("tags: [Haus, Garten 2]\nauthors:\n  - Anna\n  - 'Ben'\nempty:\n", ["Haus", "Garten 2", "Anna", "Ben"]),
        ("# Anmerkung\n\ntitle: Bürger:innen, vereint!\n", ["Bürger:innen, vereint!"]),
    ],
)  # fmt: skip
def test_what_most_pages_have_needs_no_parser(source: str, strings: list[str]) -> None:
    plain = read_plain_yaml(source)
    assert plain is not None
    assert [scalar.value for scalar in plain.scalars] == strings


@pytest.mark.parametrize(
    "line",
    [f"title: {value}" for value in OTHER_VALUES]
    + ["title: >", "title:\n  Wort", "a b: c", "title: a\n  b", "title: x\rtitle: y"],
)
def test_what_is_not_certain_is_left_to_the_parser(line: str) -> None:
    assert read_plain_yaml(f"{line}\n") is None


words = st.text(st.sampled_from("aé ß1.,;:!?()'’„“‚‘…–—/&+-\"\\#[]{}|>%@`*\t"), min_size=1, max_size=12)


@settings(max_examples=600)
@given(words, st.sampled_from(['"Wort"', "Wort", "'Wort'", '"a: b"']), st.sampled_from(["", " # c"]))
def test_a_title_in_any_quotes_takes_any_words(value: str, token: str, behind: str) -> None:
    page = f"---\nfirst: x\ntitle: {token}{behind}\nlast: [a, b]\n---\n"
    block = find_front_matter(page)
    assert block is not None
    (field,) = block.fields(["title"])
    if "\t" in value:
        return  # refused, and tested elsewhere
    result = yaml.safe_load(block.splice({field: value}).strip("-\n"))
    assert result == {"first": "x", "title": value, "last": ["a", "b"]}
