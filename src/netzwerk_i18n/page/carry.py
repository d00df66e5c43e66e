"""A change of a source's markup made in its translation as well, where it is certain how.

Source and translation have their marks in common, seldom the order of their words. A mark that both hold once is found
in the translation by what it is; a new one by the words it embraces, where these are the same in every language (names,
numbers, texts of links), or where the parts of both texts answer to each other: whole text, lines, sentences,
what stands in parentheses or before a colon. What is not certain is not done.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from netzwerk_i18n.page.locate import POINTS, WIDE_SCRIPT, Locator, UncertainError, core_of, outer_range
from netzwerk_i18n.page.marks import Mark, Marked, Span, read_marks
from netzwerk_i18n.page.same_words import wording_of, words_of

_MOST_MARKS = 60
_EMPHASIS = frozenset({"emphasis", "strong"})
_HOST = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:)(?P<host>//[^/?#]+)?")
_LOCAL_WIKI = re.compile(r"//[a-z-]+(?:\.m)?\.wik[a-z]+\.org", re.IGNORECASE)


def carry(old_source: str, translation: str, new_source: str) -> str | None:
    """The translation of `new_source`, which has the words of `old_source` and other markup.

    Args:
        old_source: what `translation` was made from.
        translation: any text.
        new_source: the text as it is now.

    Returns:
        The translation with the same change of markup made in it, read again and found to hold just that; or None
        where the words are others, or it is not certain where a change belongs. Emphasis alone is no reason for that:
        where its place is not certain, the translation keeps the emphasis that it has, as translators do who find
        another stress in their language.

    >>> carry("Die [Petition](/a) läuft", "La [pétition](/a) est ouverte", "Die [Petition](/b) läuft")
    'La [pétition](/b) est ouverte'
    >>> carry("In Berlin am 5. Mai", "On May 5 in Berlin", "In **Berlin** am 5. Mai")
    'On May 5 in **Berlin**'
    >>> carry("Alle kommen", "Tout le monde vient", "**Alle** kommen")
    'Tout le monde vient'
    """
    if words_of(old_source) != words_of(new_source) or not words_of(old_source):
        return None
    if new_source == old_source:
        return translation
    if translation == old_source:
        return new_source
    if old_source in translation and re.search(rf"(?<!\w){re.escape(old_source)}(?!\w)", translation):
        return _with_source_in_it(old_source, translation, new_source)
    parts = [read_marks(text) for text in (old_source, translation, new_source)]
    old, target, new = parts
    if (
        old is None
        or target is None
        or new is None
        or max(len(part.marks) for part in (old, target, new)) > _MOST_MARKS
    ):
        return None
    wordings = wording_of(old), wording_of(new)
    if wordings[0].letters[-1] != wordings[1].letters[-1]:
        return None
    carried = _change(_Work(old, target, new))
    if carried is None:
        carried = _change(_Work(old, target, new, leaves_emphasis=True))
    return _with_end_mark(wordings[0].stops, wordings[1].stops, carried) if carried is not None else None


def _change(work: "_Work") -> str | None:
    try:
        work.find_changes()
        carried = work.result(style=True)
        return work.result(style=False) if carried is None else carried
    except UncertainError:
        return None


def _with_source_in_it(old_source: str, translation: str, new_source: str) -> str | None:
    """A translation that holds its source as it is, once, and a word about it."""
    carried = translation.replace(old_source, new_source)
    before, after = read_marks(translation), read_marks(carried)
    old, new = read_marks(old_source), read_marks(new_source)
    if translation.count(old_source) > 1 or before is None or after is None or old is None or new is None:
        return None
    sums = [
        sum((Counter(mark.identity for mark in part.marks) for part in parts), Counter())
        for parts in ((before, new), (after, old))
    ]
    return carried if sums[0] == sums[1] and words_of(carried) == words_of(translation) else None


@dataclass(slots=True)
class _Edit:
    """`text` in the place of `raw[start:end]`; of edits at one place those of the lowest rank stand first."""

    start: int
    end: int
    text: str
    rank: tuple[int, int] = (0, 0)
    style: bool = False


@dataclass(slots=True)
class _Work:
    """One translation on its way: what has to change, and what its marks will be then.

    With `leaves_emphasis` only what is more than emphasis has to.
    """

    old: Marked
    target: Marked
    new: Marked
    edits: list[_Edit] = field(default_factory=list)
    gone: Counter[tuple[str, str]] = field(default_factory=Counter)
    come: Counter[tuple[str, str]] = field(default_factory=Counter)
    leaves_emphasis: bool = False

    def find_changes(self) -> None:
        """Note an edit for each change; raises `UncertainError` where there is none that is certain."""
        kept, replaced, removed, added = _differences(self.old, self.new)
        if self.leaves_emphasis:
            # What became emphasis only goes, and what emphasis became only comes.
            parted = [pair for pair in replaced if not _EMPHASIS.isdisjoint(mark.kind for mark in pair)]
            replaced = [pair for pair in replaced if pair not in parted]
            removed = _without_emphasis([*removed, *(before for before, _ in parted)])
            added = _without_emphasis([*added, *(after for _, after in parted)])
        wanted = [mark for mark, _ in replaced] + removed
        partners = _Partners(self.old, self.target, dict(replaced))
        for before, after in replaced:
            self.replace(before, after, partners.of(before))
        for mark in removed:
            self.remove(partners.of(mark))
        if added:
            known = {now: partners.maybe(before) for before, now in [*kept, *replaced]}
            locate = Locator(self.new, self.target, known)
            for mark in added:
                self.add(mark, locate)
        for before, after in kept:
            self.restyle(before, after, partners.maybe(before))
        if len(wanted) != len(set(map(id, map(partners.of, wanted)))):
            raise UncertainError

    def replace(self, before: Mark, after: Mark, mark: Mark) -> None:
        new = self.new.raw
        opener, closer = new[slice(*after.opener)], new[slice(*after.closer)]
        self.gone[mark.identity] += 1
        if before.kind == after.kind and before.kind in ("link", "image"):
            self.redirect(before, after, mark)
            return
        if bool(mark.title) != bool(after.title) or (after.kind in POINTS) != (mark.kind in POINTS):
            raise UncertainError
        if mark.title and mark.title != before.title:
            raise UncertainError  # translated words within a tag: which of them goes where?
        if mark.target != before.target:
            raise UncertainError
        content = self.target.plain[mark.start : mark.end]
        if after.kind == "code" and content != after.target:
            raise UncertainError
        self.come[after.identity] += 1
        if mark.kind == "break" != after.kind and new[after.opener[0] - 1 : after.opener[0]].isspace():
            opener = " " + opener
        self.edits.append(_Edit(*mark.opener, opener))
        if mark.closer != (mark.opener[1], mark.opener[1]) or closer:
            self.edits.append(_Edit(*mark.closer, closer))

    def redirect(self, before: Mark, after: Mark, mark: Mark) -> None:
        new = self.new.raw
        url = new[slice(*after.place)]
        identity = after.identity
        if mark.target != before.target:
            # A link that a translator pointed elsewhere, to the same page in their language, was made for the old page;
            # but an encyclopedia's article about the words of the link is about them still.
            moved = _moved(before.target, after.target, mark.target)
            if moved is None and all(
                _LOCAL_WIKI.search(target) for target in (before.target, after.target, mark.target)
            ):
                moved = mark.target
            if moved is not None:
                identity, url = (mark.kind, moved), moved[1:]
        self.come[identity] += 1
        if mark.place != (0, 0) and after.place != (0, 0):
            self.edits.append(_Edit(*mark.place, url))
        elif mark.title or after.title or identity != after.identity:
            raise UncertainError
        else:
            self.edits.append(_Edit(*mark.closer, new[slice(*after.closer)]))

    def remove(self, mark: Mark) -> None:
        raw = self.target.raw
        self.gone[mark.identity] += 1
        if mark.title:
            raise UncertainError
        if mark.kind not in POINTS:
            self.edits += [_Edit(*mark.opener, ""), _Edit(*mark.closer, "")]
            return
        start, end = mark.opener
        if mark.kind == "break":
            blank = _joint(raw, start, end)
            self.edits.append(_Edit(start, end, blank))
            return
        before, after = raw[start - 1 : start], raw[end : end + 1]
        if (not before or before.isspace()) and after in (" ", "\u00a0", "\u202f"):
            end += 1
        elif before == " " and not after:
            start -= 1
        self.edits.append(_Edit(start, end, ""))

    def add(self, mark: Mark, locate: "Locator") -> None:
        new = self.new.raw
        opener, closer = new[slice(*mark.opener)], new[slice(*mark.closer)]
        if mark.title:
            raise UncertainError
        self.come[mark.identity] += 1
        if mark.kind in POINTS:
            start, end, text = locate.point(mark, opener)
            self.edits.append(_Edit(start, end, text, (0, mark.opener[0])))
            return
        start, end = locate.span(mark)
        if mark.kind == "code" and self.target.plain[start:end] != mark.target:
            raise UncertainError
        outer = outer_range(self.target, start, end)
        size = mark.end - mark.start
        # Where several begin at one place the largest begins first, and where several end it ends last.
        self.edits.append(_Edit(outer[0], outer[0], opener, (1, -size)))
        self.edits.append(_Edit(outer[1], outer[1], closer, (-1, size)))

    def restyle(self, before: Mark, after: Mark, mark: Mark | None) -> None:
        """Emphasis that is only spelled in another way, in stars or lines below, follows where it can."""
        if mark is None or before.kind not in ("emphasis", "strong"):
            return
        one, other = self.old.raw[slice(*before.opener)], self.new.raw[slice(*after.opener)]
        if one != other and self.target.raw[slice(*mark.opener)] == one:
            self.edits += [_Edit(*mark.opener, other, style=True), _Edit(*mark.closer, other, style=True)]

    def result(self, *, style: bool) -> str | None:
        """The translation with all edits made, if it reads as it should; None if it does not."""
        raw = self.target.raw
        edits = sorted(
            (edit for edit in self.edits if style or not edit.style),
            key=lambda edit: (edit.start, edit.end, edit.rank),
        )
        parts: list[str] = []
        position = 0
        for edit in edits:
            if edit.start < position:
                return None
            parts += (raw[position : edit.start], edit.text)
            position = edit.end
        text = "".join([*parts, raw[position:]])
        if not edits:
            return text
        read = read_marks(text)
        if read is None or _bare(read.plain) != _bare(self.target.plain):
            return None
        if wording_of(read).words != wording_of(self.target).words and not WIDE_SCRIPT.search(text):
            return None
        expected = Counter(mark.identity for mark in self.target.marks)
        expected.subtract(self.gone)
        expected.update(self.come)
        found = Counter(mark.identity for mark in read.marks)
        if found != +expected or min(expected.values(), default=0) < 0:
            return None
        if _titles(read) != _titles(self.target):
            return None
        if _within_links(read) - _within_links(self.target) - _within_links(self.new):
            return None
        return text if text.strip() == text or raw.strip() != raw else text.strip()


def _without_emphasis(marks: list[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind not in _EMPHASIS]


def _titles(marked: Marked) -> list[str]:
    return sorted(mark.title for mark in marked.marks if mark.title)


def _within_links(marked: Marked) -> Counter[tuple[str, str]]:
    """The addresses and footnote marks that stand in the text of a link, which leads elsewhere."""
    links = [mark for mark in marked.marks if mark.kind == "link"]
    points = [mark for mark in marked.marks if mark.kind in ("url", "footnote")]
    return Counter(
        point.identity
        for point in points
        if any(link.opener[1] <= point.opener[0] < link.closer[0] for link in links)
    )


def _bare(plain: str) -> str:
    return " ".join(plain.split()).replace(" ", "")


# What changed in the source


def _differences(
    old: Marked, new: Marked
) -> tuple[list[tuple[Mark, Mark]], list[tuple[Mark, Mark]], list[Mark], list[Mark]]:
    """The marks that are the same in both, those that became others, those that went, those that came."""
    before, after = _placed(old), _placed(new)
    kept: list[tuple[Mark, Mark]] = []
    replaced: list[tuple[Mark, Mark]] = []
    tests: list[tuple[list[tuple[Mark, Mark]], Callable[[Mark, Span, Mark, Span], bool]]] = [
        (kept, lambda one, here, other, there: here == there and one.identity == other.identity),
        (replaced, lambda one, here, other, there: here == there and one.kind == other.kind),
        (replaced, lambda one, here, other, there: here == there and _may_become(one, other)),
    ]
    for pairs, alike in tests:
        for mark, here in list(before):
            found = next(((m, t) for m, t in after if alike(mark, here, m, t)), None)
            if found is not None:
                before.remove((mark, here))
                after.remove(found)
                pairs.append((mark, found[0]))
    return kept, replaced, [mark for mark, _ in before], [mark for mark, _ in after]


def _may_become(one: Mark, other: Mark) -> bool:
    """Whether one kind of mark can take the place of another."""
    if one.kind not in POINTS and other.kind not in POINTS:
        return True
    return {one.kind, other.kind} == {"break", "tag"}


def _placed(marked: Marked) -> list[tuple[Mark, Span]]:
    """The marks, each with the number of letters before its beginning and before its end."""
    letters = wording_of(marked).letters
    return [(mark, (letters[mark.start], letters[mark.end])) for mark in marked.marks]


def _moved(old: str, new: str, localized: str) -> str | None:
    """A localized URL after its source's URL moved to another scheme or host with everything behind it.

    >>> _moved("(http://de.wikipedia.org/wiki/A", "(https://de.wikipedia.org/wiki/A", "(http://fr.wikipedia.org/wiki/B")
    '(https://fr.wikipedia.org/wiki/B'
    """
    before, after, own = (_HOST.match(target[1:]) for target in (old, new, localized))
    if before is None or after is None or own is None or old[:1] != new[:1] or old[:1] != "(":
        return None
    if old[1 + before.end() :] != new[1 + after.end() :] or before["scheme"] != own["scheme"]:
        return None
    if before["host"] == after["host"]:
        return f"({after['scheme']}{own['host'] or ''}{localized[1 + own.end() :]}"
    if before["host"] == own["host"] and not _LOCAL_WIKI.match(after["host"] or ""):
        return f"({after[0]}{localized[1 + own.end() :]}"
    return None


# Which mark of the translation is which mark of the source


class _Partners:
    """For marks of the source the marks of the translation that stand for them."""

    def __init__(self, source: Marked, target: Marked, replaced: dict[Mark, Mark]) -> None:
        self.source, self.target, self.replaced = source, target, replaced
        self.found: dict[Mark, Mark] = {}
        left, free = list(source.marks), list(target.marks)
        for identity in dict.fromkeys(mark.identity for mark in source.marks):
            mine = [mark for mark in left if mark.identity == identity]
            others = [mark for mark in free if mark.identity == identity]
            for one, other in self.pairs(mine, others):
                self.found[one] = other
        left = [mark for mark in left if mark not in self.found]
        taken = set(self.found.values())
        free = [mark for mark in free if mark not in taken]
        for kind in ("link", "image", "url"):  # one link whose URL was localized
            mine = [mark for mark in left if mark.kind == kind]
            others = [mark for mark in free if mark.kind == kind]
            if len(mine) == len(others) == 1:
                self.found[mine[0]] = others[0]

    def pairs(self, mine: list[Mark], others: list[Mark]) -> Iterator[tuple[Mark, Mark]]:
        """Marks of one identity paired: by what they embrace, the last one by what is left."""
        if len(mine) != len(others):
            return
        if len(mine) > 1:
            for one in list(mine):
                content = _content(self.source, one)
                alike = [other for other in others if content and _content(self.target, other) == content]
                same = [mark for mark in mine if _content(self.source, mark) == content]
                if len(alike) == 1 and len(same) == 1:
                    mine.remove(one)
                    others.remove(alike[0])
                    yield one, alike[0]
        changes = {self.change(mark) for mark in mine}
        if len(mine) == 1 or len(changes) == 1 or all(mark.kind == "break" for mark in mine):
            yield from zip(mine, others, strict=True)

    def change(self, mark: Mark) -> tuple[str, ...]:
        """What becomes of a mark; where all of them become the same it does not matter which is which."""
        after = self.replaced.get(mark)
        return ("other",) if after is None else (after.kind, after.target, after.title)

    def of(self, mark: Mark) -> Mark:
        """The translation's mark; raises `UncertainError` if it is not certain which."""
        found = self.found.get(mark)
        if found is None:
            raise UncertainError
        return found

    def maybe(self, mark: Mark) -> Mark | None:
        return self.found.get(mark)


def _content(marked: Marked, mark: Mark) -> str:
    return marked.plain[mark.start : mark.end].strip().casefold()


def _joint(raw: str, start: int, end: int) -> str:
    """What stands for a line break that goes: a blank, where the script sets blanks."""
    before, after = raw[start - 1 : start], raw[end : end + 1]
    if before.isspace() or not before or not after:
        return ""
    wide = WIDE_SCRIPT.match(after) and (WIDE_SCRIPT.match(before) or before in "。、！？」")
    return "" if wide else " "


# The mark at the end


def _with_end_mark(old: str, new: str, translation: str) -> str | None:
    """The translation with a full stop set or taken at its end as the source did; None if other marks changed."""
    if old == new:
        return translation
    base = old.rstrip(".:") if new == old.rstrip(".:") else old
    if new not in (base, old + ".") or (new == base and not old.endswith((".", ":"))):
        return None
    if len(old) - len(new) > 1 or len(new) - len(old) > 1 or set(translation) & set("¡¿"):
        return None
    read = read_marks(translation)
    core = core_of(read.plain, 0, len(read.plain)) if read is not None else None
    if read is None or core is None:
        return None
    signs = read.plain[core[1] :]
    if new == base:
        mark = old[-1]
        wide = {".": "。", ":": "："}[mark]
        if signs.strip() not in (mark, wide) or len(signs.strip()) != 1:
            return None
        place = core[1] + len(signs) - len(signs.lstrip())
        return (
            translation[: read.ends[core[1] - 1]]
            + translation[read.ends[core[1] - 1] :].replace(read.plain[place], "", 1).lstrip(" \u00a0\u202f")
            if read.starts[place] >= read.ends[core[1] - 1]
            else None
        )
    if signs.strip() or translation.rstrip() != translation:
        return None
    last = read.plain[core[1] - 1]
    if WIDE_SCRIPT.match(last):
        return translation + "。"
    try:
        script = unicodedata.name(last).partition(" ")[0]
    except ValueError:
        return None
    return (
        translation + "." if script in ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "DIGIT") else None
    )
