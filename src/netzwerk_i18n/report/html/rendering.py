"""Templates to pages: every value is escaped, and each page forbids what it does not need."""

import re
from base64 import b64encode
from functools import cached_property
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from netzwerk_i18n import __version__
from netzwerk_i18n.catalog import State
from netzwerk_i18n.catalog.word_diff import word_diff
from netzwerk_i18n.report.html import markup
from netzwerk_i18n.report.status_grid import percent
from netzwerk_i18n.report.text import counted, one_line

STATE_LABELS = {
    State.TRANSLATED: "translated",
    State.DRAFT: "machine draft",
    State.NEEDS_REVIEW: "needs review",
    State.STALE: "stale",
    State.BROKEN: "broken",
    State.UNTRANSLATED: "untranslated",
}
"""What the states are called in the report."""

STATE_MEANINGS = {
    State.TRANSLATED: "is published",
    State.DRAFT: "made by a machine; a person has to read it",
    State.NEEDS_REVIEW: "a person has to look at it",
    State.STALE: "the source changed since",
    State.BROKEN: "a check forbids to publish it",
    State.UNTRANSLATED: "has no translation yet",
}
"""What the states mean, for those who see the report for the first time."""

_EXCERPT = 40


class Renderer:
    """The report's templates, ready to be filled."""

    def __init__(self, *, source_url: str) -> None:
        """`source_url` is the address of a line of a file, with {file} and {line}, or empty."""
        self._source_url = source_url

    def prepare(self) -> None:
        """Read and compile all templates."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def page(self, template: str, **values: Any) -> str:
        """A page of the report."""
        return self._environment.get_template(template).render(values)

    @cached_property
    def _environment(self) -> Environment:
        folder = resources.files(__package__) / "templates"
        files = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.is_file()}
        style, script = _compact(files["report.css"]), files["report.js"].strip()
        environment = Environment(
            loader=DictLoader({name: text for name, text in files.items() if name.endswith(".html")}),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=markup.plain,
        )
        environment.globals |= {
            # Both are files of this package.
            "style": Markup(style),  # noqa: S704
            "script": Markup(script),  # noqa: S704
            "policy": content_security_policy(style, script),
            "version": __version__,
            "labels": STATE_LABELS,
            "meanings": STATE_MEANINGS,
            "State": State,
            "render": markup.render,
            "visible": markup.visible,
            "word_diff": word_diff,
            "excerpt": excerpt,
            "line_url": self._line_url,
        }
        environment.filters |= {
            "percent": percent,
            "number": "{:,}".format,
            "counted": counted,
            "brief": one_line,
            "path": markup.breakable,
        }
        return environment

    def _line_url(self, file: str, line: int) -> str:
        if not self._source_url:
            return ""
        values = {"{file}": quote(file, safe="/", errors="replace"), "{line}": str(max(1, line))}
        return re.sub(r"\{(?:file|line)\}", lambda match: values[match[0]], self._source_url)


def content_security_policy(style: str, script: str) -> str:
    """A policy by which a page runs this script, looks like this style, and loads and sends nothing."""

    def source(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {source(style)}; script-src {source(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def excerpt(text: str, start: int | None, end: int | None) -> tuple[str, str, str] | None:
    """The passage of a translation that a finding is about: what is before it, it, and what is behind; or None."""
    if start is None or end is None or not 0 <= start < end:
        return None
    before, inside, after = text[:start], text[start:end], text[end:]
    return (
        "…" + before[-_EXCERPT:] if len(before) > _EXCERPT else before,
        inside[: 3 * _EXCERPT] + "…" if len(inside) > 3 * _EXCERPT else inside,
        after[:_EXCERPT] + "…" if len(after) > _EXCERPT else after,
    )


def _compact(style: str) -> str:
    """A style sheet without comments and indentation: it stands in every page."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*|\s+", lambda match: match[1] or " ", style).strip()
