"""The values of front matter and of data files as segments."""

from collections.abc import Iterator, Sequence

from netzwerk_i18n.page.front_matter.block import Field, FrontMatter
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.words import has_words


def find_texts(front_matter: FrontMatter, patterns: Sequence[str]) -> tuple[Field, ...]:
    """The values that have words, and keys that one of `patterns` names."""
    return tuple(each for each in front_matter.fields(patterns) if has_words(each.value))


def value_segment(index: int, field: Field, kind: str, label: str) -> Segment:
    """The segment of a value.

    Args:
        index: its place among the values that are text.
        field: the value.
        kind: the segment's.
        label: what a translator reads before its key.
    """
    return Segment(
        field.value,
        kind,
        field.line,
        None,
        (f"{label}: {field.key}" if field.key else "An item of a list",),
        field.start,
        field.end,
        form="value",
        mark=str(index),
    )


def shared_values(front_matter: FrontMatter, patterns: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A problem for each value that cannot be translated because an alias carries it to where it must not change."""
    for line, key, other, value in front_matter.shared(patterns):
        if has_words(value):
            where = other or "a place without a key"
            name = key if front_matter.is_data else f"the front matter's {key}"
            message = (
                f"{name} shares its value with {where} by an alias, and only one of them is to be "
                "translated; write both values out"
            )
            yield line, message
