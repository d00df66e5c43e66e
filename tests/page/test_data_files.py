"""Data files: YAML, TOML and JSON that a site's templates read, spliced as front matter is."""

import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n import Page
from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter.data_values import NO_TEXT
from netzwerk_i18n.page.settings import DataFormat, PageSettings
from netzwerk_i18n.page.words import has_words

ALL = ("**",)
BREAKS = "\r\n\x85\u2028\u2029"


def parse(text: str, form: DataFormat, keys: tuple[str, ...] = ALL) -> Page:
    return Page.parse(text, PageSettings(front_matter=keys, data=form))


def texts(text: str, form: DataFormat, keys: tuple[str, ...] = ALL) -> list[tuple[str, str]]:
    """The translator's comment and the text of each segment."""
    return [(segment.comments[0], segment.text) for segment in parse(text, form, keys).segments]


def load(text: str, form: str) -> Any:
    text = text.removeprefix("\ufeff")
    if form == "json":
        return json.loads(text)
    return tomllib.loads(text) if form == "toml" else yaml.safe_load(text)


def test_the_keys_say_which_values_are_texts() -> None:
    page = "- name: Wir alle\n  url: https://example.org/wir\n  tags: [eins, zwei]\n- name: 'Du auch'  # und ich\n"
    assert texts(page, "yaml", ("name",)) == [("Key: name", "Wir alle"), ("Key: name", "Du auch")]
    assert [text for _, text in texts(page, "yaml", ("tags",))] == ["eins", "zwei"]


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/wir",
        "/ueber-uns/",
        "../bild",
        "mailto:wir@example.org",
        "bilder/wald.jpg",
        "#a0b1c2",
    ],
)
def test_an_address_is_a_text_only_where_its_key_is_named(value: str) -> None:
    page = json.dumps({"menu": [{"name": "Wir alle", "url": value}]})
    assert texts(page, "json", ("**",)) == [("Key: menu.name", "Wir alle")]
    assert texts(page, "json", ("menu.**",)) == [("Key: menu.name", "Wir alle")]
    assert ("Key: menu.url", value) in texts(page, "json", ("**", "**.url"))


@pytest.mark.parametrize("value", ["Siehe https://example.org/wir", "#Klima", "Datei wald.jpg", "und/oder"])
def test_what_only_holds_an_address_is_a_text(value: str) -> None:
    assert texts(json.dumps([value]), "json") == [("An item of a list", value)]


def test_nothing_but_the_values_changes() -> None:
    page = '# Kopf\n[mehr]\ndescription = "Ein Link"\nother   =  "Weiterlesen" # Fuß\n\n[[liste]]\nother = \'"Ja"\'\n'
    rendered = parse(page, "toml", ("**.other",)).render({"Weiterlesen": "Lire la suite", '"Ja"': "L'un"})
    assert rendered == page.replace("Weiterlesen", "Lire la suite").replace("'\"Ja\"'", '"L\'un"')


def test_a_list_and_a_single_text_are_data_too() -> None:
    assert texts('["Hallo Welt", ["Zwei"]]', "json") == [
        ("An item of a list", "Hallo Welt"),
        ("An item of a list", "Zwei"),
    ]
    assert parse("Nur Text\n", "yaml").render({"Nur Text": "Rien que du texte"}) == "Rien que du texte\n"


def test_keys_of_json_may_have_dots() -> None:
    page = '{"theme.title": {"message": "Titel", "description": "Oben"}}'
    assert texts(page, "json", ("**.message",)) == [("Key: theme.title.message", "Titel")]


def test_none_of_it_is_markdown() -> None:
    page = parse("title: Hallo\n---\n# Welt\n", "yaml")
    assert not page.segments
    assert page.problems
    assert not parse("# Welt\n\nText\n", "yaml", ("title",)).segments
    assert parse("a: Hallo\n", "yaml").body_start == len("a: Hallo\n")


@pytest.mark.parametrize(
    ("text", "form", "line", "said"),
    [
        ("a: Hallo\nb: [c\n", "yaml", 3, "cannot be read as YAML"),
        ("a: Hallo\n---\nb: Welt\n", "yaml", 2, "another document"),
        ('\ufeff\n{"a": "Hallo"\n"b": 1}', "json", 3, "cannot be read as JSON"),
        ('{"a": "Hallo"}\n\nWelt', "json", 3, "something stands behind its end"),
        ("", "json", 1, "cannot be read as JSON"),
        ('a = "Hallo"\nb = Welt\n', "toml", 2, "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line_and_stays(
    text: str, form: DataFormat, line: int, said: str
) -> None:
    page = parse(text, form)
    [(at, message)] = page.problems
    assert (at, page.segments) == (line, ())
    assert said in message
    assert page.render({"Hallo": "Bonjour"}) == text


def test_a_shared_value_is_named_without_front_matter() -> None:
    page = parse("a: &x Hallo Welt\nb: *x\n", "yaml", ("a",))
    assert not page.segments
    assert page.problems[0][1].startswith("a shares its value with b by an alias")


def test_a_translation_of_more_lines_than_its_source_is_refused() -> None:
    page = parse('{"a": "Hallo"}', "json")
    with pytest.raises(FrontMatterError, match="a line break"):
        page.render({"Hallo": "Bon\njour"})


TEXT = st.text(
    st.one_of(
        st.sampled_from(list("aä 1:#-'\"{}[],&*!|>%@`\\=?~\n<.")),
        st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]),
    ),
    max_size=12,
)
LEAVES = st.one_of(
    TEXT, st.integers(-5, 5), st.booleans(), st.sampled_from(["Wir alle", "true", "12", "- a"])
)


def trees(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text("abc.-ü ", min_size=1), inner, max_size=4)
        ),
        max_leaves=12,
    )


def toml(data: dict[str, Any]) -> str:
    """A document with a table for each mapping at its top."""
    pairs = "".join(f"{key} = {toml_value(value)}\n" for key, value in data.items() if not is_table(value))
    tables = [(key, value) for key, value in data.items() if is_table(value)]
    return pairs + "".join(
        f"\n[{key}]\n"
        + "".join(
            f"{json.dumps(name, ensure_ascii=False)} = {toml_value(each)}\n" for name, each in value.items()
        )
        for key, value in tables
    )


def is_table(value: Any) -> bool:
    return isinstance(value, dict)


def toml_value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{json.dumps(key, ensure_ascii=False)} = {toml_value(each)}" for key, each in value.items()
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    if isinstance(value, str) and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


@st.composite
def data_files(draw: st.DrawFn) -> tuple[str, DataFormat]:
    """A file as some program writes it."""
    form: DataFormat = draw(st.sampled_from(["yaml", "toml", "json"]))
    if form == "json":
        data = draw(trees(st.one_of(LEAVES, st.none())))
        text = json.dumps(
            data, indent=draw(st.sampled_from([None, 2, "\t"])), ensure_ascii=draw(st.booleans())
        )
    elif form == "yaml":
        data = draw(trees(st.one_of(LEAVES, st.none())))
        text = yaml.safe_dump(
            data,
            default_flow_style=draw(st.sampled_from([None, True, False])),
            default_style=draw(st.sampled_from([None, None, '"', "'", "|"])),
            width=draw(st.sampled_from([10, 1000])),
            allow_unicode=draw(st.booleans()),
            explicit_start=draw(st.booleans()),
        )
    else:
        text = toml(draw(st.dictionaries(st.text("abc-", min_size=1), trees(LEAVES), max_size=4)))
    text = text + draw(st.sampled_from(["", "\n", "\n\n"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text, form


def mapped(data: Any, change: Callable[[str], str]) -> Any:
    """Plain data with its texts changed, keys left alone."""
    if isinstance(data, dict):
        return {key: mapped(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [mapped(value, change) for value in data]
    return change(data) if isinstance(data, str) else data


def marked(value: str) -> str:
    """A text with a word before and behind it, as a translation would leave what stands around it."""
    inner = value.strip(BREAKS)
    if not has_words(inner) or NO_TEXT.fullmatch(inner):
        return value
    before = value[: len(value) - len(value.lstrip(BREAKS))]
    return f"{before}qq {inner} zz{value[len(value.rstrip(BREAKS)) :]}"


@given(data_files())
def test_a_data_file_is_kept_whole_and_says_what_was_translated(file: tuple[str, DataFormat]) -> None:
    text, form = file
    page = parse(text, form)
    assert not page.problems
    assert page.render(lambda segment: segment.text) == text
    before = load(text, form)
    rendered = page.render(lambda segment: f"qq {segment.text} zz")
    assert load(rendered, form) == mapped(before, marked)
    assert rendered.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in rendered) == ("\r\n" in text)


@given(st.text(), st.sampled_from(["yaml", "toml", "json"]))
def test_any_text_is_a_data_file(text: str, form: DataFormat) -> None:
    page = parse(text, form)
    assert page.render(lambda segment: segment.text) == text
    assert all(0 <= segment.start < segment.end <= len(text) for segment in page.segments)


def test_a_translator_reads_what_stands_beside_a_text_for_them() -> None:
    page = '{"t": {"message": "Ein Beitrag", "description": "Zahl der\\n Beiträge\\u0000"}}'
    (segment,) = parse(page, "json", ("**.message",)).segments
    assert segment.comments == ("Key: t.message", "Zahl der Beiträge")
    words = '[zahl]\nDescription = "Unten"\none = "Eine"\nother = "Viele"\n'
    one, other = parse(words, "toml", ("**.other",)).segments
    assert one.comments == ("Key: zahl.one", "Unten", "Plural form: one")
    assert other.comments == ("Key: zahl.other", "Unten", "Plural form: other")


def test_a_description_that_is_a_text_itself_is_no_note() -> None:
    page = "- name: Klima\n  description: Was wir tun\n- name: Wald\n  description: 5\n"
    assert [segment.comments for segment in parse(page, "yaml").segments] == [
        ("Key: name",),
        ("Key: description",),
        ("Key: name",),
    ]
