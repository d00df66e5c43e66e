"""A translation follows its text into other markup: the same words, written as the text is written now."""

from collections.abc import Iterator, Sequence

from netzwerk_i18n.draft.coding import Answer, Placed, Said, roles_of
from netzwerk_i18n.draft.inline import visible
from netzwerk_i18n.draft.masking import Masked, MaskError, mask, rebuild
from netzwerk_i18n.draft.nodes import Node, Pair, Solo, Text
from netzwerk_i18n.draft.styles import Style

_Signature = tuple[tuple[str, str], ...]


def carry(
    old: str, translation: str, new: str, *, form: str = "markdown", labels: frozenset[str] = frozenset()
) -> str:
    """The translation of a text, with the markup of another text that has the same words.

    >>> carry("Die [Petition](/a)", "La [pétition](/a)", "Die [**Petition**](/b)")
    'La [**pétition**](/b)'

    Args:
        old: the text that was translated.
        translation: its translation.
        new: the text with other markup.
        form: the form of its segment.
        labels: the labels that are links.

    Raises:
        MaskError: if it is not certain what belongs where.
    """
    before, after = (mask(text, Style.BRACKETS, form=form, labels=labels) for text in (old, new))
    own, wanted = (list(roles_of(masked.parts.nodes)) for masked in (before, after))
    if own != wanted:
        raise MaskError("the texts differ in more than their markup")
    given = mask(translation, Style.BRACKETS, form=form, labels=labels | before.parts.labels)
    waiting: dict[_Signature, list[int]] = {}
    for node in _placeable(before.parts.nodes):
        waiting.setdefault(_signature(before, node), []).insert(0, node.number)
    became = {node.number: _signature(after, node) for node in _placeable(after.parts.nodes)}
    if any(len({became[number] for number in numbers}) > 1 for numbers in waiting.values()):
        # A translation may hold them in another order, and nothing tells which of its marks is which.
        raise MaskError("the same markup twice became markup of two kinds")
    answer = _answer_with(given, given.parts.nodes, waiting)
    if any(waiting.values()) or _outer(before) != _outer(given):
        raise MaskError("the translation has other markup than its source")
    return rebuild(after, answer, _carried(before, given, after))


def _carried(before: Masked, given: Masked, after: Masked) -> dict[tuple[int, int], str]:
    """What a translation says within its markup, in the places of another text that says the same there.

    Raises:
        MaskError: if it is not certain what belongs where.
    """
    old, said, new = (
        [(extra.aside.kind in ("title", "attribute"), extra.aside) for extra in masked.parts.extras]
        for masked in (before, given, after)
    )
    if [(kind, aside.text) for kind, aside in old] != [(kind, aside.text) for kind, aside in new]:
        raise MaskError("the texts differ in more than their markup")
    known = {(kind, aside.of): aside.text for kind, aside in said}
    if len(known) != len(said) or known.keys() != {(kind, aside.of) for kind, aside in old}:
        raise MaskError("the translation has other words within its markup")
    return {
        (aside.start, aside.end): aside.written(text)
        for (kind, was), (_, aside) in zip(old, new, strict=True)
        if (text := known[kind, was.of]) != aside.text
    }


def _placeable(nodes: Sequence[Node]) -> Iterator[Solo | Pair]:
    for node in nodes:
        if not isinstance(node, Text):
            yield node
            if isinstance(node, Pair):
                yield from _placeable(node.children)


def _signature(masked: Masked, node: Solo | Pair) -> _Signature:
    """What a placeholder stands for, without the words within it."""
    if isinstance(node, Pair):
        return tuple((mark.kind, mark.value) for mark in node.opens)
    parts: list[str] = []
    position = node.start
    for aside in (extra.aside for extra in masked.parts.extras):
        if node.start <= aside.start and aside.end <= node.end:
            parts.append(masked.source[position : aside.start])
            position = aside.end
    return (("", "".join([*parts, masked.source[position : node.end]])),)


def _answer_with(masked: Masked, nodes: Sequence[Node], waiting: dict[_Signature, list[int]]) -> list[Answer]:
    """The tree of a translation with the numbers of its source's placeholders."""
    inline = masked.parts.inline
    answer: list[Answer] = []
    for node in nodes:
        if isinstance(node, Text):
            answer.append(Said(visible(inline, node.start, node.end)))
            continue
        numbers = waiting.get(_signature(masked, node))
        if not numbers:
            raise MaskError("the translation has other markup than its source")
        number = numbers.pop()
        children = _answer_with(masked, node.children, waiting) if isinstance(node, Pair) else None
        answer.append(Placed(number, children))
    return answer


def _outer(masked: Masked) -> _Signature:
    """The markup around all that an engine sees."""
    start = masked.parts.nodes[0].start if masked.parts.nodes else len(masked.source)
    return tuple((mark.kind, mark.value) for mark in masked.parts.inline.marks if mark.end <= start)
