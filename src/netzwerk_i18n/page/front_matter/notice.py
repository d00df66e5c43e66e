"""A notice in a page's front matter, for the theme to show: a table of its own, put in without touching any other byte.

Like every change of front matter it is read again before it is returned: the same keys and values as before, and the
notice.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter.block import FrontMatter, find_front_matter

Value = str | float
"""What a notice may hold; a number is written with two decimals."""

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
    _verify(front_matter, result, key, values)
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


def _spliced(text: str, front_matter: FrontMatter, key: str, values: Mapping[str, Value]) -> str:
    start, end = front_matter.content_start, front_matter.content_end
    content = text[start:end]
    line_break = _line_break(text[front_matter.start :])
    if front_matter.format == "metadata":
        lines = [f"{name}: {value}" for name, value in _expected(front_matter, key, values).items()]
        return text[:start] + "".join(line + line_break for line in lines) + text[start:]
    if front_matter.format == "toml":
        lines = [f"[{key}]", *(f"{name} = {_scalar(value)}" for name, value in values.items())]
        return text[:end] + "".join(line + line_break for line in lines) + text[end:]
    if front_matter.format == "json":
        place = start + 1
        gap = re.match(r"\s*", text[place:end])
        white = gap[0] if gap else ""
        separator = "" if text[place + len(white)] == "}" else f",{white or ' '}"
        return (
            f"{text[:place]}{white}{json.dumps(key)}: {_json(values)}{separator}{text[place + len(white) :]}"
        )
    flow = _FLOW.match(content)
    if flow is not None:
        place = start + flow.end("object")
        empty = re.match(r"\s*\}", text[place:end]) is not None
        return f"{text[:place]}{key}: {_yaml(values)}{'' if empty else ', '}{text[place:]}"
    column = _KEY_COLUMN.search(content) if front_matter.data else None
    indent = column["indent"] if column else ""
    return f"{text[:end]}{indent}{key}: {_yaml(values)}{line_break}{text[end:]}"


def _verify(old: FrontMatter | None, result: str, key: str, values: Mapping[str, Value]) -> None:
    new = find_front_matter(result)
    before = old.data if old else {}
    expected = _expected(old, key, values)
    if (
        new is None
        or new.content is None
        or {name: value for name, value in new.data.items() if name not in before} != expected
        or any(repr(new.data[name]) != repr(value) for name, value in before.items())
        or (old is not None and new.format != old.format)
    ):
        raise FrontMatterError(
            f"the notice of drafts {key!r} cannot be written into this front matter",
            line=old.first_line if old else 1,
            remedy="write the front matter in lines of their own, or set notice = false under [draft]",
        )


def _expected(front_matter: FrontMatter | None, key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """What the notice adds to the data of the front matter; lines of metadata hold no table."""
    if front_matter is not None and front_matter.format == "metadata":
        return {
            f"{key}_{name}": f"{value:.2f}" if isinstance(value, float) else str(value)
            for name, value in values.items()
        }
    return {
        key: {name: round(value, 2) if isinstance(value, float) else value for name, value in values.items()}
    }


def _line_break(text: str) -> str:
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"


def _scalar(value: Value) -> str:
    """A value as YAML, TOML and JSON all read it."""
    return f"{value:.2f}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _yaml(values: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in values.items()) + "}"


def _json(values: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{json.dumps(name)}: {_scalar(value)}" for name, value in values.items()) + "}"
