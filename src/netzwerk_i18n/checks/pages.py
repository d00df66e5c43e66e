"""A localized page held against its source page as a whole: what no single message can show."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from netzwerk_i18n.checks.files import ANCHORS, PAGE_SEVERITIES, PAGE_STRUCTURE
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import labels_of, read
from netzwerk_i18n.page import Page
from netzwerk_i18n.page.blocks import parse_blocks
from netzwerk_i18n.page.front_matter import FrontMatter, find_front_matter, front_matter_sign
from netzwerk_i18n.page.heading_ids import STYLES, kept_ids, without_id_lines
from netzwerk_i18n.page.markers import heading_attributes_start
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.source import Source
from netzwerk_i18n.page.tokens import content_of

_MOST_REPORTED = 5
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_ID = re.compile(r"""#([^\s{}#]+)|\bid\s*=\s*["']?([^\s"'{}]+)""")
_HTML_ID = re.compile(
    r"""<[A-Za-z][^<>]*?[\s"'](?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_HTML_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?#([^\s"'<>]+)""", re.IGNORECASE)
_LINK_WITHIN = re.compile(r"""["']\s*#|[(<:"'=\\][ \t\r\n>]*(?:#+[^\s#]|&#(?:0*35|[xX]0*23);)""")
"""What a target that begins with `#` looks like, and a little more: no page without it links to a place of its own."""

_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_INLINE_TARGET = re.compile(r"(?<=\])\([^()\n]*\)")


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Something wrong with a localized page.

    Attributes:
        check: `PAGE_STRUCTURE` or `ANCHORS`.
        message: what is wrong and what to do, one sentence without its full stop.
    """

    check: str
    message: str


PAGE_CHECKS = frozenset(PAGE_SEVERITIES)
"""All checks of a page as a whole."""


class SourceBody:
    r"""A source page, read once to hold many localized pages against it.

    >>> body = SourceBody(Page.parse("# Ziel\n\n[Los](#ziel)\n"), PageSettings())
    >>> [problem.check for problem in body.find_problems("# Aim\n\n[Go](#ziel)\n")]
    ['anchors']
    """

    def __init__(
        self,
        source: Page,
        settings: PageSettings,
        *,
        whole: Page | None = None,
        added: AbstractSet[str] = frozenset(),
        heading_ids: str = "",
    ) -> None:
        """Take a source page.

        Args:
            source: the source page, without the texts that are left out of the localized one.
            settings: how the site's pages are read.
            whole: the source page with all its texts, if some are left out.
            added: keys that the localized page's front matter may have, and the source's has not.
            heading_ids: the generator whose ids headings have, and keep from their source; empty where that is not known.
        """
        self._source, self._settings = source, settings
        self._whole = None if whole is None or whole.text == source.text else whole
        self._added = added
        self._heading_ids = heading_ids

    def find_problems(self, localized_text: str, checks: AbstractSet[str] = PAGE_CHECKS) -> list[PageProblem]:
        """What these checks find on a localized page, as it would be written."""
        if not checks & PAGE_CHECKS or (localized_text == self._source.text and self._whole is None):
            return []
        own = self._source.front_matter
        read = find_front_matter if own is None else own.read_like
        after = self._read(localized_text, read(localized_text))
        problems: list[PageProblem] = []
        if PAGE_STRUCTURE in checks:
            text = without_id_lines(localized_text, self._heading_ids)
            before, shown = self._blocks, after if text == localized_text else self._read(text, read(text))
            messages = [*_front_matter_problems(before.front_matter, shown.front_matter, self._added)]
            messages += _begin_problems(before, shown)
            messages += _shortcode_problems(before, shown)
            messages += _block_problems(before, shown, is_whole=self._whole is None)
            messages += _jsx_problems(before, shown) if self._source.is_mdx else ()
            problems += [PageProblem(PAGE_STRUCTURE, message) for message in messages]
        if ANCHORS in checks:
            problems += [PageProblem(ANCHORS, message) for message in self._anchor_problems(after)]
        return problems

    def _anchor_problems(self, after: "_Body") -> Iterator[str]:
        links = _links(after)
        if not links:
            return
        ids = _ids(after, self._heading_ids)
        missing = [link for link in links if link not in ids and link not in self._kept_ids]
        if not missing:
            return
        source_links, source_ids = _links(self._links), _ids(self._links, self._heading_ids)
        remedy = "give the heading of the source page an id of its own, as in {#id}"
        if not self._heading_ids:
            remedy = f"set heading_ids in [pages], or {remedy}"
        for link in missing[:_MOST_REPORTED]:
            if link in source_links and link not in source_ids:
                continue  # broken in the source page already
            yield f"the link #{quoted(link)} leads to no heading and no id of the page; {remedy}"

    @cached_property
    def _kept_ids(self) -> AbstractSet[str]:
        """The ids that headings of the localized page have from their source, whether or not they are written there yet."""
        if not self._heading_ids:
            return frozenset()
        settings = replace(self._settings, is_mdx=self._source.is_mdx)
        return kept_ids(self._whole or self._source, self._source, self._heading_ids, settings)

    @cached_property
    def _body(self) -> "_Body":
        return self._read(self._source.text, self._source.front_matter)

    @cached_property
    def _blocks(self) -> "_Body":
        """The body whose blocks count: a line that holds an id is none."""
        text = without_id_lines(self._source.text, self._heading_ids)
        return self._body if text == self._source.text else self._read(text, self._source.front_matter)

    @cached_property
    def _links(self) -> "_Body":
        """The body whose links count: what is left out may be what one leads to."""
        whole = self._whole
        return self._body if whole is None else self._read(whole.text, whole.front_matter)

    def _read(self, text: str, front_matter: FrontMatter | None) -> "_Body":
        """A body as that of the source page is read."""
        return _Body(text, front_matter, self._settings, is_mdx=self._source.is_mdx)


class _Body:
    """A page with its blocks."""

    def __init__(
        self, text: str, front_matter: FrontMatter | None, settings: PageSettings, *, is_mdx: bool
    ) -> None:
        start = 1 if text.startswith("\ufeff") else 0
        if front_matter is not None:
            start = front_matter.end
        self.front_matter = front_matter
        self.source = Source(text, start, settings)
        self.is_mdx = is_mdx

    @cached_property
    def tokens(self) -> list[Token]:
        """Its blocks."""
        return parse_blocks(self.source.blocks_text(), self.source.inner_lines(), is_mdx=self.is_mdx)[0]

    @property
    def text(self) -> str:
        """The body."""
        return self.source.text

    def content(self, token: Token) -> str:
        """The text of an inline token."""
        return content_of(token, self.text)

    def line(self, token: Token) -> int:
        """The line of the page where a block begins."""
        return self.source.first_line + (token.map[0] if token.map else 0) + 1


def _block_problems(before: _Body, after: _Body, *, is_whole: bool) -> Iterator[str]:
    for old, new in zip(before.tokens, after.tokens, strict=False):
        if (old.type, old.tag) != (new.type, new.tag):
            # Where texts are left out the lines are counted without them, which helps nobody.
            place = f" in line {before.line(old)}" if is_whole else ""
            yield (
                f"line {after.line(new)} is {_named(new)} where the source page has {_named(old)}{place}; "
                "a translation near it changes the page's structure"
            )
            return
    if len(before.tokens) != len(after.tokens):
        more = "more" if len(after.tokens) > len(before.tokens) else "fewer"
        yield f"it has {more} blocks than the source page; a translation near its end changes the page's structure"


def _jsx_problems(before: _Body, after: _Body) -> Iterator[str]:
    """Texts that MDX cannot read; it could read the source's."""
    from netzwerk_i18n.checks.jsx import find_jsx_problem

    for old, new in zip(before.tokens, after.tokens, strict=False):
        problem = find_jsx_problem(after.content(new)) if new.type == "inline" else ""
        if problem and not find_jsx_problem(before.content(old)):
            yield f"line {after.line(new)} {problem}"


def _named(token: Token) -> str:
    kind = token.type.removesuffix("_open").removesuffix("_close").replace("_", " ")
    return f"<{token.tag}> ({kind})" if token.tag else kind


def _front_matter_problems(
    old: FrontMatter | None, new: FrontMatter | None, added: AbstractSet[str]
) -> Iterator[str]:
    if new is None and old is None:
        return
    if old is None and new is not None and new.data and new.data.keys() <= added:
        return  # made for what was added
    if old is None or new is None:
        yield f"it has {'no' if new is None else 'a'} front matter, unlike the source page"
        return
    if old.content is None:
        return
    if new.content is None:
        yield "its front matter cannot be parsed"
        return
    data = {key: value for key, value in new.data.items() if key in old.data or key not in added}
    yield from _differences(old.data, data)


def _begin_problems(before: _Body, after: _Body) -> Iterator[str]:
    """Whether a body without front matter begins like one for Hugo, behind whatever blanks."""
    if after.front_matter is not None:
        return
    begin = front_matter_sign(after.text)
    if begin and begin != front_matter_sign(before.text):
        yield f"it begins with {quoted(begin[:30])}, which begins front matter"


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The first few values that are missing, new or of another type; shared objects are looked at once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, Any, Any]] = [("", old, new)]
    reported = 0
    while waiting and reported < _MOST_REPORTED:
        path, one, other = waiting.pop()
        if type(one) is not type(other):
            yield f"the front matter's {quoted(path)} is {type(other).__name__}, not {type(one).__name__}"
            reported += 1
            continue
        if not isinstance(one, dict | list) or (id(one), id(other)) in seen:
            continue
        seen.add((id(one), id(other)))
        if isinstance(one, dict):
            for key in sorted(one.keys() ^ other.keys(), key=str)[:1]:
                what = "lacks" if key in one else "has the new key"
                yield f"the front matter {what} {quoted(f'{path}.{key}'.strip('.'))}"
                reported += 1
            waiting += [(f"{path}.{key}".strip("."), one[key], other[key]) for key in one if key in other]
        elif len(one) != len(other):
            yield f"the front matter's list {quoted(path)} has {len(other)} values, not {len(one)}"
            reported += 1
        else:
            waiting += [(path, left, right) for left, right in zip(one, other, strict=True)]


def _shortcode_problems(before: _Body, after: _Body) -> Iterator[str]:
    old, new = (
        Counter((region.kind, region.name, region.role) for region in body.source.regions)
        for body in (before, after)
    )
    found = [("has one more", tag) for tag in new - old] + [("lacks", tag) for tag in old - new]
    for what, (kind, name, role) in found[:_MOST_REPORTED]:
        shown = f"{'closing ' if role == 'close' else ''}{kind} {quoted(name)}".rstrip()
        yield f"it {what} {shown}; a translation breaks what another program reads"


def _links(body: _Body) -> list[str]:
    """The places within the page that it links to, each once."""
    if "#" not in body.text or not _LINK_WITHIN.search(body.text):
        return []
    labels = labels_of(body.text)
    found: dict[str, None] = {}
    for token in body.tokens:
        if token.type == "html_block":
            found.update(dict.fromkeys(_HTML_LINK.findall(token.content)))
        elif token.type == "inline" and "#" in (content := body.content(token)):
            for target in read(content, labels).targets:
                if target.startswith("#"):
                    found[target[1:]] = None
    for token in body.tokens:
        if token.type == "definition":
            url = token.meta.get("url")
            if isinstance(url, str) and url.startswith("#"):
                found[url[1:]] = None
    clean = dict.fromkeys(unquote(html.unescape(link)) for link in found)
    return [
        link for link in clean if link not in ("", "top") and not link.startswith(("fn:", "fnref:", ":~:"))
    ]


def _ids(body: _Body, heading_ids: str) -> set[str]:
    """All ids of the page: those that its author wrote, and those that headings have from the generator of that name.

    Where it is not known the id is made of a heading's text as read or as written: renderers differ, and either will do.
    """
    text = body.text
    ids = {found[1] or found[2] for each in _ATTRIBUTES.findall(text) for found in _ID.finditer(each)}
    for match in _HTML_ID.finditer(text):
        ids.add(html.unescape(match[1] or match[2] or match[3] or ""))
    style = STYLES[heading_ids] if heading_ids else None
    given: Counter[str] = Counter()
    for heading, inline in zip(body.tokens, body.tokens[1:], strict=False):
        if heading.type != "heading_open":
            continue
        content = body.content(inline)
        written = content[: heading_attributes_start(content, is_mdx=body.is_mdx)]
        slugs = {_slug(written), _slug(_INLINE_TARGET.sub("", written)), _slug(_plain(written))}
        if style is not None and (known := style.slug_of(written)):
            slugs = {known}
        for slug in slugs:
            ids.add(f"{slug}{style.repeated if style else '-'}{given[slug]}" if given[slug] else slug)
            given[slug] += 1
    return ids


def _plain(text: str) -> str:
    without_targets = _INLINE_TARGET.sub("", html.unescape(text))
    return re.sub(r"(?<![^\W_])(?<!_)_+|(?<!_)_+(?!\w)|<[^<>]*>", "", without_targets)


def _slug(text: str) -> str:
    """The id that Goldmark makes of a heading: lower case, blanks as `-`, no punctuation."""
    return _NOT_IN_ANCHORS.sub("", text.strip().lower()).replace(" ", "-") or "heading"
