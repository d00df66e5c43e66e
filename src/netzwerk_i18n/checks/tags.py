"""HTML: a translation may move its source's tags and translate what is text in them; it may not bring any of its own.

A tag passes only as a copy of one of the source's, byte for byte but for its texts and what its links may change. That is
stricter than any sanitizer's list, and it needs no parser that agrees with every browser.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from netzwerk_i18n.checks.braces import find_groups
from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import Reading, hidden, read, unhidden
from netzwerk_i18n.checks.targets import language_codes, may_replace
from netzwerk_i18n.page.html import COMPONENT_ATTRIBUTES, is_component, tags

_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_ESCAPED_TAG = re.compile(r"(?:&lt;?|&\#0*60;?|&\#x0*3c;?)(?:[!?]|/?[a-z])", re.IGNORECASE)
_MADE_TAG = re.compile(r"<<[A-Za-z/!?]|</?\{[{%]")
"""Where Hugo reads other tags than stand there: it makes one quotation mark of `<<`, and text of a shortcode."""
_SHOWN_TAG = re.compile(r"<[A-Za-z/!?](?:[^<>`]*>)?")
_PLACEHOLDER = re.compile(r"<[^<>=/!?]*\\>")
_STRICT_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>
        (?:[ \t\n]+[A-Za-z_:][\w:.-]*(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+))?)*)[ \t\n]*/?>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:=(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'=<>`]+)))?""")
_TEXTS = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "title"})
_LINKS = frozenset({"href", "src", "cite"})
_LANGUAGES = frozenset({"lang", "hreflang", "dir"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_SAFE_FORMS = frozenset({"attribute", "code"})
"""Forms in which a `<` is written as an entity, or shown as it is."""
_MARKDOWN_FORMS = frozenset({"markdown", "cell"})


class _Tag(NamedTuple):
    name: str
    attributes: dict[str, str]
    texts: frozenset[str]


def find_tags(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation holds a tag, a comment or the beginning of one that its source does not hold."""
    segment, translation = situation.segment, situation.translation
    if "&" in translation and len(_ESCAPED_TAG.findall(translation)) > len(
        _ESCAPED_TAG.findall(segment.text)
    ):
        yield Problem("the translation holds an escaped tag, which its source lacks; remove it")
        return
    if segment.form in _SAFE_FORMS or ("<" not in translation and "<" not in segment.text):
        return
    if segment.form in _MARKDOWN_FORMS:
        source, target = read(segment.text, situation.labels), read(translation, situation.labels)
        if target.unreadable:
            yield Problem(f"the translation {target.unreadable}; shorten it")
            return
        old, new = list(source.tags), list(target.tags)
        stray = target.stray_tags > source.stray_tags or _shows_new_tag(
            segment.text, source, translation, target
        )
    else:
        old, new = (list(tags(hidden(text)).elements()) for text in (segment.text, translation))
        stray = len(_TAG_LIKE.findall(translation)) > len(_TAG_LIKE.findall(segment.text))
    stray = stray or len(_MADE_TAG.findall(translation)) > len(_MADE_TAG.findall(segment.text))
    for tag in Counter(new) - Counter(old):
        if not _is_variant(tag, old, situation):
            shown = quoted(unhidden(tag))
            yield Problem(
                f"the translation holds the tag {shown}, which its source lacks; remove it",
                *_place(translation, tag),
            )
            return
    if len(new) > len(old):
        yield Problem("the translation holds more tags than its source; remove what was added")
    elif stray:
        yield Problem("the translation holds a < that begins a tag; write &lt;")
    elif (wrong := _unpaired_in_order(segment.form, translation)) and not _unpaired_in_order(
        segment.form, segment.text
    ):
        yield Problem(
            f"the element {quoted(wrong)} is not closed, or closed before it is opened; pair its tags"
        )
    elif wrong and _counts(old) != _counts(new):
        yield Problem(
            "a tag is missing whose partner stands outside of this text; copy all of the source's tags"
        )


def text_places(tag: str) -> Iterator[tuple[int, int, str]]:
    """Where texts that a translation may change stand in a tag: start, end, and the mark around each.

    >>> list(text_places('<img src=a.png alt="Ein Bild">'))
    [(20, 28, '"')]
    """
    found = _STRICT_TAG.fullmatch(tag) if "=" in tag and _parse(tag) is not None else None
    if found is None:
        return
    for attribute in _ATTRIBUTE.finditer(tag, found.start("attributes")):
        if attribute[1].lower() in _texts_of(tag) and not (attribute[4] or "").startswith("{"):
            for group, quote in ((2, '"'), (3, "'"), (4, "")):
                if attribute[group]:
                    yield *attribute.span(group), quote


def _texts_of(tag: str) -> frozenset[str]:
    """The attributes of a tag that hold text."""
    return _TEXTS | COMPONENT_ATTRIBUTES if is_component(tag) else _TEXTS


def _shows_new_tag(text: str, source: Reading, translation: str, target: Reading) -> bool:
    r"""Whether the translation shows as text what would be a tag in HTML, and the source does not.

    Behind a backslash, in an image's text or a link's title it is none in Markdown. But what stands between the tags of
    a shortcode `{{< box >}}` Hugo reads as HTML if the shortcode does not say otherwise. A placeholder such as
    `\<name\>` may be translated: it does nothing there.
    """
    old = list(_shown_tags(text, source))
    new = list(_shown_tags(translation, target))
    known = set(old)
    added = [tag for tag in new if tag not in known]
    return any(len(new) > len(old) or not _PLACEHOLDER.fullmatch(tag) for tag in added)


def _shown_tags(text: str, reading: Reading) -> Iterator[str]:
    """What looks like a tag and is none as Markdown reads it, nor a link's target."""
    own = Counter(match[0] for tag in reading.tags if (match := _SHOWN_TAG.match(tag)))
    links = {*reading.targets, *(url.removeprefix("mailto:") for url in reading.targets)}
    for match in _SHOWN_TAG.finditer(hidden(text)):
        if own[match[0]] > 0:
            own[match[0]] -= 1
        elif match[0][1:-1] not in links:
            yield match[0]


def _is_variant(tag: str, candidates: list[str], situation: Situation) -> bool:
    """Whether `tag` is one of the source's with another text, language or allowed link in its attributes."""
    new = _parse(tag)
    if new is None or not new.attributes:
        return False
    for candidate in dict.fromkeys(candidates[:200]):
        old = _parse(candidate)
        if (
            old is not None
            and old.name == new.name
            and list(old.attributes) == list(new.attributes)
            and all(
                value == old.attributes[key] or _may_change(key, old, value, situation)
                for key, value in new.attributes.items()
            )
        ):
            return True
    return False


def _may_change(key: str, tag: _Tag, new: str, situation: Situation) -> bool:
    old = tag.attributes[key]
    if old.startswith("{") or new.startswith("{") or find_groups(new) != find_groups(old):
        return False  # an expression, which MDX runs, and Svelte within a text too
    if key in tag.texts:
        return True
    if key in _LINKS:
        return may_replace(
            unhidden(old), unhidden(new), situation.locale, situation.source_locale, situation.rules
        )
    if key == "dir":
        return new in ("ltr", "rtl", "auto")
    return key in _LANGUAGES and new.lower().replace("_", "-") in language_codes(situation.locale)


def _parse(tag: str) -> _Tag | None:
    match = _STRICT_TAG.fullmatch(tag) if len(tag) <= 5000 else None  # noqa: PLR2004 - no tag is as long
    if match is None or match["close"]:
        return None
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(match["attributes"]):
        if name.lower() in attributes:
            return None
        attributes[name.lower()] = entities.unescape(next((value for value in values if value), ""))
    return _Tag(match["name"].lower(), attributes, _texts_of(tag))


def _sequence(form: str, text: str) -> list[str]:
    if form in _MARKDOWN_FORMS:
        return list(read(text).tags)
    return [match[0] for match in _STRICT_TAG.finditer(hidden(text))]


def _unpaired_in_order(form: str, text: str) -> str:
    """The name of the first element whose tags do not pair; empty where all of them do."""
    open_names: list[str] = []
    for tag in _sequence(form, text):
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if not name or name in _VOID or tag.endswith("/>"):
            continue
        if not tag.startswith("</"):
            open_names.append(name)
        elif open_names and open_names[-1] == name:
            open_names.pop()
        else:
            return name
    return open_names[-1] if open_names else ""


def _counts(found: list[str]) -> Counter[str]:
    """How often each element is opened or closed, but for those that have no content."""
    names: Counter[str] = Counter()
    for tag in found:
        match = _NAME.match(tag)
        if match and match[1].lower() not in _VOID:
            names[match[0].lower()] += 1
    return names


def _place(text: str, part: str) -> tuple[int | None, int | None]:
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else (None, None)


CHECK = Check(
    name="html",
    severity="error",
    find=find_tags,
    what="Tags are the source's own; only the texts in their attributes, and what a link may change, differ.",
    why="A script, a frame or a handler in a translation would run in every visitor's browser.",
    right=("<b>Ja</b>", "<b>Oui</b>"),
    wrong=("Ja", "<img src=x onerror=alert(1)>"),
)
