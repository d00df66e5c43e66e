"""Texts cut into pieces that an engine can bear, at the ends of sentences where there are any.

Models translate single sentences; services take so many characters at once. The pieces and what stands between them are
the text again, exactly.
"""

import re

_END = re.compile(
    r"""(?: (?<=[.!?…])["'»«”’)\]]{0,2} (?:\[X?/?X?\d+X\])* [ \t]+ (?=(?:\[X\d+X\]|["'„“«»(¿¡]|<[^<>]*>)*[^\W\d_a-zß-ÿ])
         | (?<=[。！？]) [ \t]*
         | \n+ )""",
    re.VERBOSE,
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜ]|z\. ?B|d\. ?h|u\. ?a|bzw|ca|Dr|Prof|Nr|Abs|Art|vgl|etc|St|Mr|Mrs|Ms|No|vs)|\b\d{1,2})\.\Z"
)
_WEAK_END = re.compile(r"(?<=[;:,])[ \t]+|(?<=[、，；：])|[ \t]+")


def split_sentences(text: str, longest: int) -> list[tuple[str, str]]:
    r"""The pieces of a text, each with what stands between it and the next.

    Args:
        text: a text, masked or not.
        longest: how many characters a piece may have; a longer sentence is cut at a comma or a blank where there is one.

    >>> split_sentences("Hallo Welt. Wie geht es?\nGut.", 100)
    [('Hallo Welt.', ' '), ('Wie geht es?', '\n'), ('Gut.', '')]
    """
    pieces: list[tuple[str, str]] = []
    start = 0
    for end in _END.finditer(text):
        blank = re.search(r"[ \t\n]*\Z", end[0])
        gap = blank[0] if blank else ""
        stop = end.end() - len(gap)
        if "\n" not in gap and _ABBREVIATED.search(text, start, stop):
            continue
        pieces += _shortened(text[start:stop], gap, longest)
        start = end.end()
    return pieces + _shortened(text[start:], "", longest)


def split_to_fit(text: str, longest: int) -> list[tuple[str, str]]:
    """As few pieces as possible, none longer than `longest` where that can be.

    >>> split_to_fit("Eins. Zwei. Drei.", 12)
    [('Eins. Zwei.', ' '), ('Drei.', '')]
    """
    if len(text) <= longest:
        return [(text, "")]
    joined: list[tuple[str, str]] = []
    for piece, gap in split_sentences(text, longest):
        if joined and len(joined[-1][0]) + len(joined[-1][1]) + len(piece) <= longest:
            joined[-1] = (joined[-1][0] + joined[-1][1] + piece, gap)
        else:
            joined.append((piece, gap))
    return joined


def _shortened(sentence: str, gap: str, longest: int) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    while len(sentence) > longest:
        cuts = [
            found
            for found in _WEAK_END.finditer(sentence, 1, longest)
            if not _inside(sentence, found.start())
        ]
        strong = [found for found in cuts if sentence[found.start() - 1] in ",;:、，；："]
        if not cuts:
            break
        cut = (strong or cuts)[-1]
        pieces.append((sentence[: cut.start()], cut[0]))
        sentence = sentence[cut.end() :]
    if sentence or gap or not pieces:
        pieces.append((sentence, gap))
    return pieces


def _inside(text: str, position: int) -> bool:
    """Whether a place lies inside a tag."""
    return text.rfind("<", 0, position) > text.rfind(">", 0, position)
