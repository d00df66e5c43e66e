"""Shortcodes and template tags: one that is broken or unknown stops Hugo's whole build."""

import re
from collections import Counter
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.page.encode import encode, quotes_for
from netzwerk_i18n.page.regions import CALL_QUOTES, INCLUDE_QUOTES, Region, find_regions

_TAG = re.compile(r"\{\{[<%][^{}]*+[>%]\}\}")
_DELIMITER = re.compile(r"\{\{|\{/\*|\*/\}|\}\}|\{%|%\}|\{#|#\}|<%|%>")
_OTHER_QUOTES = (*INCLUDE_QUOTES, *CALL_QUOTES)
_MOST_REPORTED = 5
_ENCODED_FORMS = frozenset({"attribute", "parameter", "title"})


def find_shortcodes(situation: Situation) -> Iterator[Problem]:
    """A problem if shortcodes, or what delimits them, are not the source's own."""
    text, translation = situation.segment.text, situation.translation
    is_shortcode = situation.segment.form == "parameter" and situation.segment.mark not in _OTHER_QUOTES
    if is_shortcode and "`" in translation and not _has_quotes(situation):
        yield Problem(
            "no quotes of a shortcode can hold a backtick ` beside a backslash \\ or a line break; write it without"
        )
        return
    if not any(mark in both for both in (translation, text) for mark in ("{", "}", "<%", "%>")):
        return
    regions = find_regions(translation)
    source, old_rest = _tags(text, find_regions(text))
    target, new_rest = _tags(translation, regions)
    before, after = Counter(source), Counter(target)
    reported = 0
    for tag in after - before:
        yield Problem(
            f"the translation holds the shortcode {quoted(tag)}, which its source lacks; copy it from the source",
            *_place(translation, tag),
        )
        reported += 1
        if reported == _MOST_REPORTED:
            return
    for tag in before - after:
        yield Problem(f"the translation lacks the shortcode {quoted(tag)}; copy it from the source")
        reported += 1
        if reported == _MOST_REPORTED:
            return
    if reported:
        return
    old_marks, new_marks = Counter(_DELIMITER.findall(old_rest)), Counter(_DELIMITER.findall(new_rest))
    if old_marks != new_marks:
        mark = next(iter((new_marks - old_marks) or (old_marks - new_marks)))
        yield Problem(f"the template delimiters {mark} differ from the source's; copy them from the source")
        return
    if situation.segment.form in _ENCODED_FORMS:
        for tag in target:
            if tag not in encode(situation.segment, tag):
                yield Problem(
                    f"the shortcode {quoted(tag)} cannot be written where this text stands; keep the source's text"
                )
                return
    if source != target and _order(regions) != _order(find_regions(text)):
        yield Problem("a closing shortcode stands before its opening one; put the pair around its text again")


def _has_quotes(situation: Situation) -> bool:
    written = encode(situation.segment._replace(mark="`"), situation.translation)
    return quotes_for(written, "`") is not None


def _tags(text: str, regions: list[Region]) -> tuple[list[str], str]:
    """The shortcodes, macros and template tags of a text as they stand in it, and what is left without them."""
    tags: list[str] = []
    rest: list[str] = []
    position = 0
    for region in regions:
        tags.append(text[region.start : region.end])
        rest.append(text[position : region.start])
        position = region.end
    remaining = "\x01".join([*rest, text[position:]])
    tags += _TAG.findall(remaining)
    return tags, _TAG.sub("\x01", remaining)


def _order(regions: list[Region]) -> list[str]:
    """What is left of the shortcodes' tags when pairs that fit are taken out; it must not change."""
    open_names: list[str] = []
    unpaired: list[str] = []
    for region in regions:
        if region.kind != "shortcode" or region.role == "single":
            continue
        if region.role == "open":
            open_names.append(region.name)
        elif open_names and region.name in open_names[-20:]:
            while open_names[-1] != region.name:
                open_names.pop()
            open_names.pop()
        else:
            unpaired.append("/" + region.name)
    return unpaired


def _place(text: str, part: str) -> tuple[int | None, int | None]:
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else (None, None)


CHECK = Check(
    name="shortcodes",
    severity="error",
    find=find_shortcodes,
    what="Shortcodes and template delimiters are byte for byte those of the source; their order may differ.",
    why="One shortcode that is broken or unknown stops Hugo's whole build.",
    right=("Seit {{< param jahr >}} dabei", "Depuis {{< param jahr >}}"),
    wrong=("Seit {{< param jahr >}} dabei", "Depuis {{< param année >}}"),
)
