"""Plural forms that a data file lacks and other languages have: put in where their translations will stand."""

import json
import tomllib
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n import Page
from netzwerk_i18n.page import Segment
from netzwerk_i18n.page.plurals import CATEGORIES, has_form, plural_comment, plural_numbers
from netzwerk_i18n.page.settings import DataFormat, PageSettings

LOCALES = ("pl", "fr", "ar", "sl", "ja")
LISTED = {
    "pl": ["one", "few", "many"],
    "fr": ["one", "other"],
    "ar": ["zero", "one", "two", "few", "many", "other"],
    "sl": ["one", "two", "few", "other"],
    "ja": ["other"],
}


def parse(
    text: str, form: DataFormat, locales: Sequence[str] = ("pl",), keys: tuple[str, ...] = ("**",)
) -> Page:
    return Page.parse(text, PageSettings(front_matter=keys, data=form, plural_locales=tuple(locales)))


def load(text: str, form: str) -> Any:
    text = text.removeprefix("\ufeff")
    if form == "json":
        return json.loads(text)
    return tomllib.loads(text) if form == "toml" else yaml.safe_load(text)


@pytest.mark.parametrize("locale", LISTED)
def test_a_language_has_the_forms_that_cldr_gives_its_whole_numbers(locale: str) -> None:
    assert list(plural_numbers(locale)) == LISTED[locale]


def test_forms_of_fractions_and_of_millions_are_not_asked_for() -> None:
    assert "many" not in plural_numbers("cs")  # 1,5
    assert "many" not in plural_numbers("es")  # 1 000 000


@pytest.mark.parametrize(
    ("locale", "same"), [("sr@latin", "sr"), ("pt-PT", "pt_PT"), ("zh_Hant_TW", "zh"), ("de_XX", "de")]
)
def test_the_names_of_locales_are_known_in_every_spelling(locale: str, same: str) -> None:
    assert plural_numbers(locale) == plural_numbers(same)


def test_a_country_may_have_other_forms_than_its_language() -> None:
    assert (plural_numbers("pt")["one"], plural_numbers("pt_PT")["one"]) == ((0, 1), (1,))


def test_a_language_that_nobody_knows_has_the_forms_of_english() -> None:
    assert plural_numbers("qqx") == plural_numbers("en")


def test_a_translator_reads_the_first_numbers_of_a_form() -> None:
    assert plural_comment("many", "pl") == "Plural form: many (0, 5, 6, 7, 8, 9, …)"
    assert plural_comment("two", "ar") == "Plural form: two (2)"
    assert plural_comment("other", "pl") == "Plural form: other"
    assert plural_comment("few") == "Plural form: few"


def test_only_a_form_is_bound_to_languages() -> None:
    assert has_form("fr", None)
    assert has_form("fr", "menu")
    assert has_form("fr", "plural: viele")
    assert has_form("pl", "plural: few")
    assert not has_form("fr", "plural: few")


PLACES: dict[str, tuple[DataFormat, str, str]] = {
    "a table": (
        "toml",
        '[min]\none = "Eine"\nother = "Viele" # Zahl\n',
        '[min]\none = "Eine"\nfew = "F"\nmany = "M"\nother = "V" # Zahl\n',
    ),
    "dotted keys": (
        "toml",
        'min.one = "Eine"\nmin.other = "Viele"',
        'min.one = "Eine"\nmin.few = "F"\nmin.many = "M"\nmin.other = "V"',
    ),
    "an inline table": (
        "toml",
        'min = { one = "Eine", other = "Viele" }\n',
        'min = { one = "Eine", few = "F", many = "M", other = "V" }\n',
    ),
    "other first": (
        "toml",
        '[min]\nother = "Viele"\none = "Eine"\n',
        '[min]\nfew = "F"\nmany = "M"\nother = "V"\none = "Eine"\n',
    ),
    "quoted keys": (
        "toml",
        "[min]\n'one' = 'Eine'\n\"other\"= '''Viele'''\n",
        "[min]\n'one' = 'Eine'\n\"few\"= '''F'''\n\"many\"= '''M'''\n\"other\"= '''V'''\n",
    ),
    "a mapping": (
        "yaml",
        "min:\r\n    one: Eine\r\n    other: Viele # Zahl\r\nmehr: Ja\r\n",
        "min:\r\n    one: Eine\r\n    few: F\r\n    many: M\r\n    other: V # Zahl\r\nmehr: Ja\r\n",
    ),
    "an item": (
        "yaml",
        "- - other: Viele\n    one: Eine\n",
        "- - few: F\n    many: M\n    other: V\n    one: Eine\n",
    ),
    "a block": (
        "yaml",
        "min:\n  one: Eine\n  other: >-\n    Viele\n\nx: 1\n",
        "min:\n  one: Eine\n  few: >-\n    F\n  many: >-\n    M\n  other: >-\n    V\n\nx: 1\n",
    ),
    "braces": (
        "yaml",
        "min: {one: Eine, other: Viele}\n",
        "min: {one: Eine, few: F, many: M, other: V}\n",
    ),
    "braces over lines": (
        "yaml",
        "min: {one: Eine,\n  other: Viele # Zahl\n }\n",
        "min: {one: Eine,\n  few: F,\n  many: M,\n  other: V # Zahl\n }\n",
    ),
    "an object": (
        "json",
        '{\n\t"min": {\n\t\t"one": "Eine",\n\t\t"other": "Viele"\n\t}\n}\n',
        '{\n\t"min": {\n\t\t"one": "Eine",\n\t\t"few": "F",\n\t\t"many": "M",\n\t\t"other": "V"\n\t}\n}\n',
    ),
    "an object on a line": (
        "json",
        '{"min":{"one":"Eine","other":"Viele"}}',
        '{"min":{"one":"Eine","few":"F", "many":"M", "other":"V"}}',
    ),
    "keys with an ending": (
        "json",
        '{"min_one": "Eine",\n "min_other": "Viele", "x": 1}',
        '{"min_one": "Eine",\n "min_few": "F",\n "min_many": "M",\n "min_other": "V", "x": 1}',
    ),
    "a byte order mark": (
        "yaml",
        "\ufeffother: Viele\none: Eine\n",
        "\ufefffew: F\nmany: M\nother: V\none: Eine\n",
    ),
}


def said_in_polish(segment: Segment) -> str | None:
    return {None: None if segment.text == "Eine" else "V", "plural: few": "F", "plural: many": "M"}[
        segment.context
    ]


@pytest.mark.parametrize("place", PLACES)
def test_forms_are_written_as_other_is(place: str) -> None:
    form, source, localized = PLACES[place]
    page = parse(source, form, keys=("**.one", "**.other", "min_*", "one", "other"))
    assert page.in_locale("pl").render(said_in_polish) == localized
    assert page.as_written().text == source
    assert not page.problems


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("toml", '[mehr]\nother = "Viele"\n'),  # no other form: a text without a number
        ("yaml", "wahl:\n  one: Eins\n  other: Viele\n  all: Alle\n"),  # a mapping of something else
        ("yaml", "wahl:\n  one: 1\n  other: Viele\n"),
        ("json", '{"platz_ordinal_one": "Eins", "platz_ordinal_other": "Viele"}'),
        ("json", '{"another": "Viele", "anone": "Eins"}'),
        ("json", '["one", "other"]'),
        ("yaml", "one: Eins\n? other\n: - Viele\n"),
    ],
)
def test_what_is_no_group_of_forms_gets_none(form: DataFormat, text: str) -> None:
    page = parse(text, form, LOCALES)
    assert page.text == text
    assert not page.forms
    assert not page.problems


def test_what_stands_beside_forms_for_people_does_not_hide_them() -> None:
    page = parse('[min]\ndescription = "Dauer"\nid = "x"\none = "Eine"\nother = "Viele"\n', "toml")
    assert [form.path for form in page.forms] == [("min", "few"), ("min", "many")]


def test_a_form_that_the_source_has_is_a_text_although_no_key_names_it() -> None:
    page = parse("one: Eine\nfew: Einige\nother: Viele\n", "yaml", ("pl",), keys=("other",))
    assert [segment.text for segment in page.segments] == ["Eine", "Einige", "Viele", "Viele"]
    assert [segment.context for segment in page.segments] == [None, None, "plural: many", None]


def test_forms_are_put_in_once_for_all_languages_and_each_page_has_its_own() -> None:
    page = parse("one: Eine\nother: Viele\n", "yaml", ("pl", "sl"))
    assert [form.category for form in page.forms] == ["two", "few", "many"]
    assert page.in_locale("sl").text == "one: Eine\ntwo: Viele\nfew: Viele\nother: Viele\n"
    assert page.in_locale("fr").text == page.as_written().text
    few = [segment for segment in page.segments if segment.context == "plural: few"]
    assert page.without(few).text == "one: Eine\ntwo: Viele\nmany: Viele\nother: Viele\n"


def test_a_form_has_the_line_of_the_text_that_it_was_made_of() -> None:
    page = parse(
        "a:\n  one: Eine\n  other: |\n    Viele\n    davon\nb: Mehr\nc: {one: Z, other: Y y}\n", "yaml"
    )
    assert [(segment.text, segment.line) for segment in page.segments] == [
        ("Eine", 2),
        ("Viele\ndavon", 3),
        ("Viele\ndavon", 3),
        ("Viele\ndavon", 3),
        ("Mehr", 6),
        *[("Z", 7)],
        *[("Y y", 7)] * 3,
    ]


def test_a_place_where_no_form_can_be_added_is_told() -> None:
    page = parse("min:\n  one: Eine\n  ? other\n  : Viele\nz: {one: Ja, other: Nein}\n", "yaml")
    assert [form.path for form in page.forms] == [("z", "few"), ("z", "many")]
    (problem,) = page.problems
    assert problem[0] == 4
    assert '"other"' in problem[1]


ODD = '[{0}]\none = "Eine"\nother = "Viele"\nfew = 5\n'
EVEN = '[{0}]\none = "Eine"\nother = "Viele"\n'


@pytest.mark.parametrize("odd", [{0}, {3}, {0, 7}, {2, 3, 4}, set(range(8))])
def test_forms_that_would_spoil_a_file_are_left_out_and_all_others_put_in(odd: set[int]) -> None:
    text = "".join((ODD if number in odd else EVEN).format(f"m{number}") for number in range(8))
    page = parse(text, "toml")
    assert {form.path[0] for form in page.forms} == {f"m{number}" for number in range(8)} - {
        f"m{number}" for number in odd
    }
    assert [line for line, _ in page.problems] == [
        number * 3 + sum(one < number for one in odd) + 3 for number in sorted(odd)
    ]
    assert page.as_written().text == text
    assert tomllib.loads(page.text).keys() == tomllib.loads(text).keys()


def test_an_object_that_another_value_takes_the_place_of_has_no_forms() -> None:
    text = '{"a": {"one": "Eine", "other": "Viele"}, "a": "Mehr davon"}'
    page = parse(text, "json")
    assert page.text == text
    assert [segment.text for segment in page.segments] == ["Eine", "Viele", "Mehr davon"]


@pytest.mark.parametrize(
    "value", [".nan", "2026-11-30", "1.0", "true", "null", "!!binary aGFsbG8=", "{5: x}"]
)
def test_values_of_all_kinds_may_stand_around_a_group(value: str) -> None:
    page = parse(f"a: {value}\nb: {{one: Eine, other: Viele}}\n", "yaml", keys=("b.*",))
    assert page.text == f"a: {value}\nb: {{one: Eine, few: Viele, many: Viele, other: Viele}}\n"


def test_aliases_of_a_group_have_its_forms() -> None:
    page = parse("a: &a {one: Eine, other: Viele}\nb: *a\n", "yaml", keys=("a.*", "b.*"))
    assert yaml.safe_load(page.text) == {
        name: {"one": "Eine", "few": "Viele", "many": "Viele", "other": "Viele"} for name in "ab"
    }


def test_what_only_looks_like_a_key_spoils_nothing() -> None:
    text = 'a: {one: "x", other: &o "Viele: other"}\nb: *o\nc: {one: Z, other: !!str Y}\n'
    page = parse(text, "yaml")
    assert not page.forms
    assert page.text == text
    assert len(page.problems) >= 1


def test_the_siblings_of_a_form_are_those_that_it_may_say_as_well() -> None:
    page = parse("one: Eine\nother: 5 viele\n", "yaml", ("sl",))
    assert [(segment.context, segment.siblings) for segment in page.segments] == [
        (None, ("5 viele",)),
        ("plural: two", ("Eine",)),
        ("plural: few", ()),
        (None, ()),
    ]


@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize(
    ("form", "group"),
    [
        ("toml", '[m{0}]\none = "Eine {0}"\nother = "Viele {0}"\n'),
        ("yaml", "m{0}:\n  one: Eine {0}\n  other: Viele {0}\n"),
        ("yaml", "- one: Eine {0}\n  ? other\n  : Viele {0}\n- one: a {0}\n  other: b {0}\n"),
        ("toml", EVEN.format("m{0}") + ODD.format("n{0}")),
    ],
)
def test_time_is_linear(form: DataFormat, group: str) -> None:
    page = parse("".join(group.format(number) for number in range(3_000)), form)
    assert len(page.segments) >= 6_000


Build = Callable[[list[tuple[str, list[tuple[str, str]]]]], str]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _yaml(groups: list[tuple[str, list[tuple[str, str]]]]) -> str:
    lines = []
    for number, (name, forms) in enumerate(groups):
        if number % 3 == 0:
            lines.append(f"{name}:\n" + "".join(f"  {key}: {_quoted(value)} # x\n" for key, value in forms))
        elif number % 3 == 1:
            lines.append(f"{name}: {{{', '.join(f'{key}: {_quoted(value)}' for key, value in forms)}}}\n")
        else:
            lines.append(f"{name}:\n" + "".join(f"    {key}: |\n      {value}\n" for key, value in forms))
    return "".join(lines)


def _toml(groups: list[tuple[str, list[tuple[str, str]]]]) -> str:
    lines = []
    for number, (name, forms) in enumerate(groups):
        if number % 2:
            lines.append(f"[{name}]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in forms))
        else:
            pairs = ", ".join(f"{key} = {_quoted(value)}" for key, value in forms)
            lines.insert(0, f"{name} = {{ {pairs} }} # x\n")
    return "".join(lines)


def _json(groups: list[tuple[str, list[tuple[str, str]]]]) -> str:
    return json.dumps({name: dict(forms) for name, forms in groups}, indent=len(groups) % 3 or None)


BUILDS: dict[DataFormat, Build] = {"yaml": _yaml, "toml": _toml, "json": _json}
WORDS = st.text("abcäöü ,:#{}[]\"'-!&*0159", min_size=3, max_size=12).map(lambda text: f"w{text.strip()}w")
GROUPS = st.lists(
    st.permutations(CATEGORIES).flatmap(
        lambda names: st.integers(1, 6).flatmap(
            lambda size: st.tuples(*[st.tuples(st.just(name), WORDS) for name in names[:size]])
        )
    ),
    min_size=1,
    max_size=5,
)


@given(
    st.sampled_from(sorted(BUILDS)),
    GROUPS,
    st.sampled_from(["\n", "\r\n"]),
    st.sets(st.sampled_from(LOCALES), min_size=1),
)
def test_a_file_says_what_it_said_and_the_forms_of_its_language(
    form: DataFormat, groups: list[tuple[tuple[str, str], ...]], line_break: str, locales: set[str]
) -> None:
    named = [(f"m{number}", list(forms)) for number, forms in enumerate(groups)]
    text = BUILDS[form](named).replace("\n", line_break)
    plain, page = parse(text, form, ()), parse(text, form, sorted(locales))
    assert plain.text == text
    assert page.as_written() == plain
    assert page.as_written().segments == plain.segments
    assert not page.problems
    for locale in sorted(locales):
        expected = deepcopy(load(text, form))
        for forms in expected.values():
            if "other" in forms and len(forms) > 1:
                for category in plural_numbers(locale):
                    forms.setdefault(category, forms["other"])
        own = page.in_locale(locale)
        assert load(own.text, form) == expected
        assert [form.category in plural_numbers(locale) for form in own.forms] == [True] * len(own.forms)
        rendered = load(own.render(lambda segment: f"«{segment.text}»"), form)
        assert rendered == {
            name: {
                key: f"«{value.strip()}»" + ("\n" if value[-1] == "\n" else "")
                for key, value in forms.items()
            }
            for name, forms in expected.items()
        }
        lines = {segment.comments[0]: segment.line for segment in plain.segments}
        for segment in own.segments:
            key = segment.comments[0]
            if segment.context is not None:
                key = key.rpartition(".")[0] + ".other"
            assert segment.line == lines[key]
