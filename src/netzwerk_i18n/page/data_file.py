"""Data files: which of their values are texts, and the plural forms of the languages that they are translated into."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from typing import NamedTuple

from netzwerk_i18n.page.front_matter import Field, FrontMatter, read_data
from netzwerk_i18n.page.front_matter.block import count_breaks
from netzwerk_i18n.page.front_matter.data_values import without_addresses
from netzwerk_i18n.page.front_matter.plural_forms import (
    Form,
    Group,
    KeyPath,
    add_forms,
    find_groups,
    without_forms,
)
from netzwerk_i18n.page.front_matter.values import find_texts, shared_values, value_segment
from netzwerk_i18n.page.plurals import (
    CATEGORIES,
    OTHER,
    WITHOUT_NUMBER,
    plural_categories,
    plural_comment,
    plural_context,
)
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import DataFormat, PageSettings
from netzwerk_i18n.page.words import one_line

_DESCRIPTION = "description"
_LONGEST_DESCRIPTION = 500


class DataFile(NamedTuple):
    """What a data file says.

    Attributes:
        text: the file, with the plural forms that were put in.
        segments: its texts.
        problems: what is worth a warning, with its line (from 1).
        data: all that it says.
        fields: the values that the segments are.
        forms: the plural forms that were put in, as they stand in the text.
    """

    text: str
    segments: tuple[Segment, ...]
    problems: tuple[tuple[int, str], ...]
    data: FrontMatter
    fields: tuple[Field, ...]
    forms: tuple[Form, ...]


def read_data_file(text: str, settings: PageSettings, form: DataFormat) -> DataFile:
    """A data file with the plural forms of all languages that it is translated into.

    Args:
        text: the file.
        settings: which keys are texts, and the languages.
        form: what it is written in.
    """
    data = read_data(text, form)
    problems = [] if data.problem is None else [data.problem]
    problems += shared_values(data, settings.front_matter)
    fields = without_addresses(find_texts(data, settings.front_matter), settings.front_matter)
    paths = {each.path for each in fields}
    forms: tuple[Form, ...] = ()
    groups = find_groups(data, fields)
    if groups:
        paths |= {group.path_of(category) for group in groups for category in group.present}
        wanted = {category for locale in settings.plural_locales for category in plural_categories(locale)}
        (text, data, forms), lost = add_forms(data, text, groups, sorted(wanted, key=CATEGORIES.index))
        problems += _lost_forms(fields, lost)
        fields = _fields_at(data, paths, forms)
    return DataFile(text, _segments(text, data, fields, forms), tuple(problems), data, fields, forms)


def leave_forms_out(file: DataFile, gone: Collection[Form]) -> DataFile:
    """The file without some of the plural forms that were put in."""
    text, forms = without_forms(file.text, file.forms, gone)
    paths = {each.path for each in file.fields} - {form.path for form in file.forms}
    data = file.data.read_like(text) or file.data
    fields = _fields_at(data, paths, forms)
    return DataFile(text, _segments(text, data, fields, forms), file.problems, data, fields, forms)


def _fields_at(data: FrontMatter, paths: AbstractSet[KeyPath], forms: Sequence[Form]) -> tuple[Field, ...]:
    wanted = paths | {form.path for form in forms}
    return tuple(each for each in find_texts(data, ("**",)) if each.path in wanted)


def _segments(
    text: str, data: FrontMatter, fields: Sequence[Field], forms: Sequence[Form]
) -> tuple[Segment, ...]:
    put_in = {form.path for form in forms}
    groups = find_groups(data, fields)
    category_of = {group.path_of(category): category for group in groups for category in group.present}
    siblings = _siblings(groups, fields, put_in)
    ends = [form.end for form in forms]
    # A text stands in the file so many lines further up than in the text with all forms.
    lines = [0, *accumulate(count_breaks(text, form.start, form.end) for form in forms)]
    paths = {field.path for field in fields}
    segments = []
    for index, field in enumerate(fields):
        segment = value_segment(index, field, "data", "Key")
        description = _description(data, field.path, paths)
        if description:
            segment = segment._replace(comments=(*segment.comments, description))
        if forms:
            segment = segment._replace(line=segment.line - lines[bisect_right(ends, field.start)])
        category = category_of.get(field.path)
        if category is not None:
            segment = segment._replace(
                context=plural_context(category) if field.path in put_in else None,
                comments=(*segment.comments, plural_comment(category)),
                siblings=siblings[field.path],
            )
        segments.append(segment)
    return tuple(segments)


def _description(data: FrontMatter, path: KeyPath, texts: Collection[KeyPath]) -> str:
    """What stands beside a text for its translator, as in the files of Docusaurus and Hugo; empty where nothing does."""
    mapping = data.value_at(path[:-1])
    for key, value in mapping.items() if isinstance(mapping, Mapping) else ():
        is_one = isinstance(key, str) and key.lower() == _DESCRIPTION and isinstance(value, str)
        if is_one and (*path[:-1], key) not in texts:
            return one_line(value)[:_LONGEST_DESCRIPTION]
    return ""


def _siblings(
    groups: Sequence[Group], fields: Sequence[Field], put_in: Collection[KeyPath]
) -> dict[KeyPath, tuple[str, ...]]:
    """Of each plural form those of the source that a translation of it may be as well.

    What is of one, two or nothing may be said without a number; what is of many cannot.
    """
    values = {field.path: field.value for field in fields}
    siblings: dict[KeyPath, tuple[str, ...]] = {}
    for group in groups:
        paths = {category: group.path_of(category) for category in group.present}
        own = {
            category: values[path]
            for category, path in paths.items()
            if path in values and path not in put_in
        }
        for category, path in paths.items():
            texts = [
                text
                for each, text in own.items()
                if category in WITHOUT_NUMBER or each not in WITHOUT_NUMBER
                if text != values.get(path)
            ]
            siblings[path] = tuple(dict.fromkeys(texts))
    return siblings


def _lost_forms(fields: Sequence[Field], groups: Sequence[Group]) -> Iterator[tuple[int, str]]:
    """A problem for each group of plural forms to which none can be added."""
    lines = {field.path: field.line for field in fields}
    for group in groups:
        path = group.path_of(OTHER)
        message = (
            "the plural forms of other languages cannot be added here, which get those of this file only; write "
            f'"{path[-1]}" and its text on a line of their own'
        )
        yield lines[path], message
