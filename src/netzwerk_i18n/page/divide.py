"""A translation divided as its source was, and translations joined as their sources were."""

import re
from collections.abc import Sequence
from itertools import pairwise

from netzwerk_i18n.page.marks import Marked, Span, read_marks
from netzwerk_i18n.page.parts import sentences

_UNEVEN = 2.0  # how many times longer than the others a translated part may be
_WIDE = re.compile(r"[。！？」』、\u3040-\u30ff\u3400-\u9fff]\Z")


def divide(source: str, translation: str, parts: Sequence[str]) -> tuple[str, ...] | None:
    """The translations of the parts of a text, or None where it is not certain where one ends.

    It is certain where source and translation have as many sentences as the parts have together, no markup reaches
    from one part into the next, and the parts are about as long as they should be.

    >>> divide("Ja. Nein. Oder?", "Oui. Non. Ou bien ?", ["Ja.", "Nein. Oder?"])
    ('Oui.', 'Non. Ou bien ?')
    """
    texts = [read_marks(text) for text in (source, translation, *parts)]
    read = [text for text in texts if text is not None]
    if len(read) < len(texts):
        return None
    whole, target, *others = read
    found = sentences(target.plain)
    counts = [len(sentences(other.plain)) for other in others]
    if len(found) != sum(counts) or len(sentences(whole.plain)) != sum(counts):
        return None
    cuts = [0]
    for count in counts:
        cuts.append(cuts[-1] + count)
    spans = [(found[first][0], found[last - 1][1]) for first, last in pairwise(cuts)]
    overall = len(target.plain) / max(1, len(whole.plain))
    for (start, end), other in zip(spans, others, strict=True):
        ratio = (end - start) / max(1, len(other.plain)) / max(overall, 0.01)
        if not 1 / _UNEVEN <= ratio <= _UNEVEN:
            return None
    pieces = [_piece(target, span) for span in spans]
    known = [piece for piece in pieces if piece]
    return tuple(known) if len(known) == len(pieces) else None


def _piece(marked: Marked, span: Span) -> str:
    """A range of the text with the marks in it; empty where one reaches beyond it."""
    plain = marked.plain
    start, end = span
    while start < end and plain[start].isspace():
        start += 1
    while start < end and plain[end - 1].isspace():
        end -= 1
    left, right = marked.starts[start], marked.ends[end - 1]
    for mark in marked.marks:
        if start <= mark.start and mark.end <= end and (start < mark.end or mark.start < end):
            left, right = min(left, mark.opener[0]), max(right, mark.closer[1])
        elif mark.start < end and start < mark.end:
            return ""
    return marked.raw[left:right].strip()


def join(translations: Sequence[str], new: str) -> str:
    """Translations of texts that are one now, with a line break between them where `new` has as many as there are joints.

    >>> join(["Oui.", "Non."], "Ja. Nein.")
    'Oui. Non.'
    """
    if new.count("\n") == sum(text.count("\n") for text in translations) + len(translations) - 1:
        return "\n".join(translations)
    joined = translations[0]
    for text in translations[1:]:
        joined += ("" if _WIDE.search(joined) else " ") + text
    return joined
