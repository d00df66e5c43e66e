"""Keys that a localized page's front matter has and its source's has not, put in without touching any other byte.

Like every change of front matter it is read again before it is returned: the same keys and values as before, and the
new key.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter.block import FrontMatter, find_front_matter

Value = str | float
"""What a notice may hold; a number is written with two decimals."""

Addition = str | Mapping[str, Value]
"""What a key may be given: a string, or a table of values."""

_FLOW = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t]*(?P<object>\{)")
_KEY_COLUMN = re.compile(r"""(?:^|[\r\n])(?P<indent> *)(?=[^\s#%-])""")
_LINE_BREAK = re.compile(r"\r\n?|\n")


def add_notice(text: str, key: str, values: Mapping[str, Value]) -> str:
    r"""The page with the notice in its front matter, which is made where the page has none.

    Args:
        text: the page.
        key: a bare key: ASCII letters, digits, `-` and `_`.
        values: what stands below it.

    Raises:
        FrontMatterError: if the page has that key already, or its front matter cannot be read or written.

    >>> add_notice("---\ntitle: Hallo\n---\nText\n", "translation", {"status": "draft", "coverage": 0.5})
    '---\ntitle: Hallo\ntranslation: {status: "draft", coverage: 0.50}\n---\nText\n'
    """
    front_matter = find_front_matter(text)
    if front_matter is None:
        start = 1 if text.startswith("\ufeff") else 0
        line_break = _line_break(text)
        block = f"---{line_break}{key}: {_yaml(values)}{line_break}---{line_break}"
        result = text[:start] + block + text[start:]
    else:
        if front_matter.content is None:
            raise FrontMatterError(
                "the front matter cannot be read, so that no notice of drafts can be put into it",
                line=front_matter.problem[0] if front_matter.problem else front_matter.first_line,
                remedy="correct it, or set notice = false under [draft]",
            )
        own = _own_key(front_matter.data, key)
        if own is not None:
            raise FrontMatterError(
                f"the page has the key {own!r}, where the notice of drafts would stand",
                line=front_matter.first_line,
                remedy="rename it, or choose another key: [draft] notice",
            )
        result = _spliced(text, front_matter, key, values)
    if not _says(front_matter, result, key, values):
        raise FrontMatterError(
            f"the notice of drafts {key!r} cannot be written into this front matter",
            line=front_matter.first_line if front_matter else 1,
            remedy="write the front matter in lines of their own, or set notice = false under [draft]",
        )
    return result


def add_value(text: str, key: str, value: str) -> str:
    r"""The page with a string in its front matter, unless a key of that name is there already.

    A page without front matter, or with one that cannot be read, stays as it is.

    Args:
        text: the page.
        key: a bare key: ASCII letters, digits, `-` and `_`.
        value: one line.

    Raises:
        FrontMatterError: if it cannot be written there.

    >>> add_value("---\ntitle: Hallo\n---\nText\n", "lang", "no")
    '---\ntitle: Hallo\nlang: "no"\n---\nText\n'
    """
    front_matter = find_front_matter(text)
    if front_matter is None or front_matter.content is None or _own_key(front_matter.data, key) is not None:
        return text
    result = _spliced(text, front_matter, key, value)
    if not _says(front_matter, result, key, value):
        raise FrontMatterError(
            f"the key {key!r} cannot be written into this front matter",
            line=front_matter.first_line,
            remedy="write the front matter in lines of their own, or the key into the source page",
        )
    return result


def _own_key(data: Mapping[str, Any], key: str) -> str | None:
    """The page's own key that a theme finds in place of the notice: Hugo reads all in small letters, and `params` with the rest."""
    for name, value in data.items():
        if name.lower() == key.lower():
            return name
        inner = value if name.lower() == "params" and isinstance(value, Mapping) else {}
        for below in inner:
            if below.lower() == key.lower():
                return f"{name}.{below}"
    return None


def _spliced(text: str, front_matter: FrontMatter, key: str, value: Addition) -> str:
    start, end = front_matter.content_start, front_matter.content_end
    content = text[start:end]
    line_break = _line_break(text[front_matter.start :])
    if front_matter.format == "metadata":
        lines = [f"{name}: {value}" for name, value in _expected(front_matter, key, value).items()]
        return text[:start] + "".join(line + line_break for line in lines) + text[start:]
    if front_matter.format == "toml":
        if isinstance(value, str):  # behind a table's header it would be the table's
            return f"{text[:start]}{key} = {_scalar(value)}{line_break}{text[start:]}"
        lines = [f"[{key}]", *(f"{name} = {_scalar(each)}" for name, each in value.items())]
        return text[:end] + "".join(line + line_break for line in lines) + text[end:]
    if front_matter.format == "json":
        place = start + 1
        gap = re.match(r"\s*", text[place:end])
        white = gap[0] if gap else ""
        separator = "" if text[place + len(white)] == "}" else f",{white or ' '}"
        return (
            f"{text[:place]}{white}{json.dumps(key)}: {_json(value)}{separator}{text[place + len(white) :]}"
        )
    flow = _FLOW.match(content)
    if flow is not None:
        place = start + flow.end("object")
        empty = re.match(r"\s*\}", text[place:end]) is not None
        return f"{text[:place]}{key}: {_yaml(value)}{'' if empty else ', '}{text[place:]}"
    column = _KEY_COLUMN.search(content) if front_matter.data else None
    indent = column["indent"] if column else ""
    return f"{text[:end]}{indent}{key}: {_yaml(value)}{line_break}{text[end:]}"


def _says(old: FrontMatter | None, result: str, key: str, value: Addition) -> bool:
    """Whether the page's front matter says what it said, and the addition."""
    new = find_front_matter(result)
    before = old.data if old else {}
    return (
        new is not None
        and new.content is not None
        and (old is None or new.format == old.format)
        and {name: each for name, each in new.data.items() if name not in before}
        == _expected(old, key, value)
        and all(repr(new.data.get(name)) == repr(each) for name, each in before.items())
    )


def _expected(front_matter: FrontMatter | None, key: str, value: Addition) -> dict[str, Any]:
    """What the addition adds to the data of the front matter; lines of metadata hold no table."""
    if isinstance(value, str):
        return {key: value}
    if front_matter is not None and front_matter.format == "metadata":
        return {
            f"{key}_{name}": f"{each:.2f}" if isinstance(each, float) else str(each)
            for name, each in value.items()
        }
    return {key: {name: round(each, 2) if isinstance(each, float) else each for name, each in value.items()}}


def _line_break(text: str) -> str:
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"


def _scalar(value: Value) -> str:
    """A value as YAML, TOML and JSON all read it."""
    return f"{value:.2f}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _yaml(value: Addition) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return "{" + ", ".join(f"{name}: {_scalar(each)}" for name, each in value.items()) + "}"


def _json(value: Addition) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return "{" + ", ".join(f"{json.dumps(name)}: {_scalar(each)}" for name, each in value.items()) + "}"
