"""Inline markup: code, footnote marks, attributes, brackets and emphasis are whole, as in the source.

Machine translation leaves debris: `] (`, `** x **`, a backtick that is never closed. A reader sees it as such, or loses what
stands behind it.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator

from markdown_it.common.utils import normalizeReference

from netzwerk_i18n.checks.braces import find_groups
from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.reading import CODE, MARKUP, Reading, hidden, read_pair, unhidden

_FORMS = frozenset({"markdown", "cell", "html", "value", "title", "parameter"})
_MARKDOWN_FORMS = frozenset({"markdown", "cell"})
_MAY_BE_MARKUP = re.compile(r"[`*_\[\]{~$\\]")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.#][\w:-]|[\w-]+=)[^{}]*\}")
_OPEN_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.#][\w:-]|[\w-]+=[\"'])")
_DEBRIS = re.compile(
    r"(?<!\\)\][ \t\n]+\([ \t\n]*(?:[a-z]+://|www\.|mailto:|/|#|<)[^)\n]*\)|\]\([ \t\n]+\S", re.IGNORECASE
)
_SPLIT_REFERENCE = re.compile(r"(?<!\\)\][ \t]+\[[^\]\[]+\](?![(\[])")
_LABEL = re.compile(r"(?<!\\)\[([^\[\]]+)\](?!\(|\[[^\]])")
_ODD_BLANK = re.compile(r"[^\S \t\n]")
_NESTED_LABEL = re.compile(r"\]\[(?=[^\[\]]*\[)")
_WIKI_LINK = re.compile(r"(?<!\\)(?:\\\\)*\[\[")
_LINK_TEXT = re.compile(r"(?<!!)\[([^\[\]]*)\]\(")
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*")
_LETTERS_ONLY = re.compile(r"[^\W\d_](?:[^\W_]|[ \-'’.…+]| [>›→] )*")
_LINKED_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\](?=\(|\[(?!\^))")
_BACKTICKS = re.compile("`+")
_DELIMITERS = re.compile(r"\*+|_+")
_STRIKES = re.compile(r"(?<!~)~~(?!~)")
_MATH = re.compile(r"\$\$|\\\\[\[\]()]")
_MATH_SIGN = re.compile(r"\\[\\\[\]()]")
_MATH_OPENERS = {r"\)": r"\(", r"\]": r"\["}
_PLAIN_WORDS = re.compile(r"[^\\\[\]<>{}`*_$&^~]*")
_BRACKET = re.compile(r"[\[\]]")


def find_inline(situation: Situation) -> Iterator[Problem]:
    """A problem for each kind of inline markup that is broken, added or lost."""
    segment, translation = situation.segment, situation.translation
    text = segment.text
    if segment.form == "attribute" and (problem := _placeholders(text, translation)):
        yield Problem(problem)
    if segment.form not in _FORMS or (
        not _MAY_BE_MARKUP.search(translation) and not _MAY_BE_MARKUP.search(text)
    ):
        return
    source, target = read_pair(text, translation, situation.labels)
    if target.unreadable:
        yield Problem(f"the translation {target.unreadable}; shorten it")
        return
    for problem in (
        _code(source, target, source.flat if segment.form in _MARKDOWN_FORMS else ""),
        _footnotes(source, target) or _linked_footnote(text, translation),
        _attributes(text, translation) or _placeholders(source.flat, target.flat),
        _odd_label(text, translation, situation.labels) or _brackets(source, target, text, translation),
        _emphasis(source, target) if segment.form in _MARKDOWN_FORMS else None,
        _math(text, translation),
    ):
        if problem:
            yield Problem(problem)


def _code(source: Reading, target: Reading, said: str) -> str | None:
    """Whether code is not the source's, whose words (`said`) it may hold where backticks make code of them."""
    before, after = (len(_BACKTICKS.findall(reading.flat)) for reading in (source, target))
    if after > before:
        return "a backtick ` is not closed; close the code span, or write ' or \\`"
    old, new = dict.fromkeys(source.code), dict.fromkeys(target.code)
    added = [code for code in new if code not in old and not _says(said, code)]
    lost = [code for code in old if code not in new]
    if not added and not lost:
        return None
    added, worded = _parted(added)
    lost, replaced = _parted(lost)
    if added:
        return f"the code {quoted(added[0])} is not the source's; copy its code as it is"
    if lost:
        return f"the code {quoted(lost[0])} is missing; copy it from the source"
    if len(worded) > len(replaced):
        return f"the code {quoted(worded[0])} is not the source's; write it without backticks"
    return None


def _says(text: str, code: str) -> bool:
    """Whether the text has these words without backticks: many a translator marks a file's or a command's name as code.

    Attributes and what programs read, such as a shortcode, are no words.
    """
    if code not in text or "{" in code or unhidden(code) != code:
        return False
    before, behind = (r"(?<!\w)" if code[0].isalnum() else ""), (r"(?!\w)" if code[-1].isalnum() else "")
    return re.search(f"{before}{re.escape(code)}{behind}", text) is not None


def _parted(codes: list[str]) -> tuple[list[str], list[str]]:
    """Code that must stay, and code that is a word or two of a language: a button, a menu, a key, a placeholder."""
    words = [code for code in codes if _is_wording(code)]
    return [code for code in codes if code not in words], words


def _is_wording(code: str) -> bool:
    return _LETTERS_ONLY.fullmatch(code) is not None and (not code.isascii() or code[0].isupper())


def _footnotes(source: Reading, target: Reading) -> str | None:
    if source.footnotes == target.footnotes:
        return None
    before, after = Counter(source.footnotes), Counter(target.footnotes)
    if added := after - before:
        return f"the footnote mark {quoted(next(iter(added)))} is not the source's; remove it"
    if lost := before - after:
        return f"the footnote mark {quoted(next(iter(lost)))} is missing; copy it from the source"
    return None


def _linked_footnote(text: str, translation: str) -> str | None:
    """Whether a footnote mark stands where CommonMark reads the text of a link, or its label, and Goldmark does not."""
    found = _LINKED_FOOTNOTE.findall(hidden(translation))
    if len(found) <= len(_LINKED_FOOTNOTE.findall(hidden(text))):
        return None
    return f"the footnote mark {quoted(found[0])} stands close to a bracket, which could make a link of it; set a blank between"


def _attributes(text: str, translation: str) -> str | None:
    if "{" not in translation and "{" not in text:
        return None
    text, translation = hidden(text), hidden(translation)
    before, after = Counter(_ATTRIBUTES.findall(text)), Counter(_ATTRIBUTES.findall(translation))
    if added := after - before:
        return f"the attributes {quoted(next(iter(added)))} are not the source's; remove them"
    if lost := before - after:
        return f"the attributes {quoted(next(iter(lost)))} are missing; copy them from the source"
    if len(_OPEN_ATTRIBUTES.findall(translation)) > len(_OPEN_ATTRIBUTES.findall(text)):
        return "the translation holds a { that begins attributes; write \\{"
    if translation.count("{") > text.count("{"):
        return "the translation holds a {, which its source lacks: a placeholder or code; remove it"
    return None


def _placeholders(before: str, after: str) -> str | None:
    """Whether what stands in braces is not the source's, and no words either: a name of a program's, or its code."""
    if "{" not in after:
        return None
    (old, unclosed), (new, left_open) = find_groups(before), find_groups(after)
    if left_open > unclosed:
        return "a { is not closed; close it as in the source"
    known, said = set(old), set(new)
    gone = [group for group in old if group not in said]
    with_markup = any(group.has_markup for group in gone)
    added = [group for group in new if group not in known and not group.holds_words(with_markup=with_markup)]
    # A word of the source may be another one in the translation; a name stays.
    code = [group.body for group in added if not _is_wording(group.body)]
    if not code and len(added) <= sum(1 for group in gone if _is_wording(group.body)):
        return None
    body = code[0] if code else added[0].body
    shown = quoted(f"{{{body}}}".replace(MARKUP, "…"))
    return f"{shown} is not the source's; copy what stands in braces from the source"


def _odd_label(text: str, translation: str, labels: frozenset[str]) -> str | None:
    """Whether a label holds a blank that is none for Goldmark, which then finds no such label (CommonMark 0.31, 2.1)."""
    if not labels or "[" not in translation:
        return None
    for label in _LABEL.findall(translation):
        if _ODD_BLANK.search(label) and normalizeReference(label) in labels and f"[{label}]" not in text:
            return f"the label {quoted(label)} holds a no-break or other odd blank, so that no link is made of it; copy it from the source"
    return None


def _brackets(source: Reading, target: Reading, text: str, translation: str) -> str | None:
    if "]" not in translation and "[" not in translation:
        return None
    if found := _new_debris(text, translation):
        return f"{quoted(found)} is a broken link; write [text](target) without blanks between the brackets"
    if _count_empty_links(translation) > _count_empty_links(text):
        return "a link has no text, so that no reader finds it; write its text between the brackets"
    if len(_WIKI_LINK.findall(translation)) > text.count("[["):
        return "[[ begins a link in many programs, which the source does not have; write \\[["
    if len(_NESTED_LABEL.findall(translation)) > len(_NESTED_LABEL.findall(text)):
        return "a bracket within the label of a link makes two links of it; copy the label from the source"
    if _imbalance(source.flat) == 0 and _imbalance(target.flat) != 0:
        return "a square bracket is not closed or not opened; complete it, or write \\[ or \\]"
    if source.flat.count("](") < target.flat.count("]("):
        return "]( looks like a link and is none; write [text](target)"
    return None


def _count_empty_links(text: str) -> int:
    return sum(_BLANK.fullmatch(html.unescape(shown)) is not None for shown in _LINK_TEXT.findall(text))


def _new_debris(text: str, translation: str) -> str:
    for pattern in (_DEBRIS, _SPLIT_REFERENCE):
        found = pattern.search(translation)
        if found and len(pattern.findall(translation)) > len(pattern.findall(text)):
            return found[0]
    return ""


def _imbalance(flat: str) -> int:
    depth = lacking = 0
    for bracket in _BRACKET.findall(flat):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            lacking += 1
            depth = 0
    return depth + lacking


def _emphasis(source: Reading, target: Reading) -> str | None:
    if len(_STRIKES.findall(target.flat)) % 2 and not len(_STRIKES.findall(source.flat)) % 2:
        return "~~ is not closed; close it, or write \\~"
    after = _leftovers(target.flat)
    if not after:
        return None
    before = _leftovers(source.flat)
    wide, old_wide = _wide(after), _wide(before)
    loose, old_loose = (sum(side == "both" for _, side in found) for found in (wide, old_wide))
    if loose > old_loose or (len(wide) > len(old_wide) and len(wide) % 2 and not len(old_wide) % 2):
        return f"{wide[0][0]} is left over from emphasis; set it close to the words, before and behind them"
    narrow = len(after) - len(wide)
    is_open = narrow % 2 and any(len(mark) == 1 and side == "open" for mark, side in after)
    if narrow > len(before) - len(old_wide) and (is_open or target.emphasis < source.emphasis):
        mark = next(mark for mark, _ in after if len(mark) == 1)
        return f"{mark} is left over from emphasis; set it close to the words, before and behind them"
    return None


def _wide(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [one for one in found if len(one[0]) > 1]


def _leftovers(flat: str) -> list[tuple[str, str]]:
    """The delimiters that emphasize nothing, and on which sides of each there is a blank or nothing.

    Those between two letters are left out: `Aktivist*innen` and `snake_case` are words.
    """
    if "*" not in flat and "_" not in flat:
        return []
    found = []
    for match in _DELIMITERS.finditer(flat):
        before, after = (
            flat[match.start() - 1 : match.start()] if match.start() else "",
            flat[match.end() : match.end() + 1],
        )
        if len(match[0]) <= 2 and _is_word(before) and _is_word(after):  # noqa: PLR2004 - * or **
            continue
        blank_before, blank_after = before.strip() == "", after.strip() == ""
        side = (
            "both"
            if blank_before and blank_after
            else "open"
            if blank_before
            else "close"
            if blank_after
            else ""
        )
        found.append((match[0], side))
    return found


def _is_word(character: str) -> bool:
    return character.isalnum() and character not in (MARKUP, CODE)


def _math(text: str, translation: str) -> str | None:
    before, after = Counter(_MATH.findall(text)), Counter(_MATH.findall(translation))
    if added := after - before:
        return f"{next(iter(added))} would open a formula, which the source does not have; remove it"
    if before["$$"] > after["$$"]:
        return "$$ is missing, the mark of a formula; copy the formula from the source"
    sign = _formula_sign(translation)
    if sign and not _formula_sign(text):
        return f"{sign} opens a formula where a site has them, which the source does not have; write the bracket without its backslash"
    return None


def _formula_sign(text: str) -> str:
    r"""The first mark that opens a formula for Hugo's passthrough extension, if it is closed as well, or nothing.

    Words in brackets may need their backslashes (`\[sic\]`) and lose nothing but their look where they are a formula.
    Markup in them would be lost, and a command of TeX could be a link.
    """
    opened: dict[str, int] = {}
    for match in _MATH_SIGN.finditer(text) if "\\" in text else ():
        opener = _MATH_OPENERS.get(match[0], "")
        if opener not in opened:
            opened.setdefault(match[0], match.end())
        elif opener == r"\(" or not _PLAIN_WORDS.fullmatch(text, opened.pop(opener), match.start()):
            return opener
    return ""


CHECK = Check(
    name="inline-markup",
    severity="error",
    find=find_inline,
    what="Code, footnote marks, attributes and what programs read in braces are the source's; backticks, brackets and emphasis are closed.",
    why="Broken marks show on the page, or take what stands behind them with them.",
    right=("**Achtung:** `make` baut[^1]", "*Attention :* `make` compile[^1]"),
    wrong=("**Achtung:** `make` baut[^1]", "** Attention : ** `make compile[^1]"),
)
