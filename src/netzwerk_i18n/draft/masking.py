"""Markup out of a text before an engine sees it, and back into the answer; what does not fit is refused with a reason.

The steps: read the text's markup with its places, make it a tree as small as it can be, write that with placeholders; read
the answer's placeholders tolerantly, require each of them once and rightly nested, write the markup back around the new
words, and believe the result only after it was parsed again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.checks.blocks import find_block_shape
from netzwerk_i18n.checks.finding import Situation
from netzwerk_i18n.checks.reading import MAIL
from netzwerk_i18n.checks.warnings.prose import MENTION, TAG
from netzwerk_i18n.draft.asides import Aside, find_asides
from netzwerk_i18n.draft.coding import Answer, CodingError, Placed, Said, decode, encode, resolve, roles_of
from netzwerk_i18n.draft.inline import (
    ATTRIBUTES,
    FORMS_OF_MARKDOWN,
    Inline,
    UnreadableError,
    read_inline,
    used_labels,
    visible,
)
from netzwerk_i18n.draft.nodes import (
    Node,
    Pair,
    Solo,
    Text,
    TooDeepError,
    all_texts,
    build,
    number_nodes,
    says_something,
)
from netzwerk_i18n.draft.rebuilding import Rebuilder, guarded, ways
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.page import Segment

KeepWord = str | re.Pattern[str]
"""A word to keep: a string stands for itself as a whole word, its case included; a pattern for what it finds."""

_WORD = re.compile(r"[^\W_]")
_INVISIBLE = re.compile("[\u200b\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LEFTOVER = re.compile(r"(?<![\\*])\*{2,3}(?![*\w])|(?<![\\*\w])\*{2,3}(?!\*)")
_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}|\$\$")
_ADDRESSES = frozenset({"url", "mail", "mention", "hashtag"})
_STRAY_TAG = re.compile(r"(?<!\\)<[A-Za-z/!?]")
_BLANKS = " \t\r\n"
_MOST_AT_START = 2


class MaskError(Exception):
    """A text that cannot be sent in a style, or an answer that cannot be trusted.

    Attributes:
        reason: why, a few words without a full stop and without any part of the text (it may go into a log).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a text has to be known to write the markup back.

    Attributes:
        inline: the text, read.
        nodes: what the engine sees of it, as a tree.
        runs: in the style RUNS, the runs of text that are sent.
        extras: the alternative texts, titles and texts of attributes that are sent by themselves.
        labels: the labels that are links.
        numbers: how many placeholders there are.
    """

    inline: Inline
    nodes: tuple[Node, ...]
    runs: tuple[Text, ...]
    extras: "tuple[Extra, ...]"
    labels: frozenset[str]
    numbers: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text made ready for an engine.

    Attributes:
        source: the msgid.
        style: how its markup is written.
        form: the form of its segment.
        texts: what to send, each text a request of its own (or an element of a batch): first the message, or its
            runs in the style RUNS, then the words within its markup. Empty where nothing is left to translate.
        parts: what :func:`unmask` needs.
    """

    source: str
    style: Style
    form: str
    texts: tuple[str, ...]
    parts: Parts = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extra:
    """Words within the markup of a text, made ready by themselves."""

    aside: Aside
    masked: Masked


def mask(
    text: str,
    style: Style,
    *,
    form: str = "markdown",
    keep: Sequence[KeepWord] = (),
    kept: Sequence[tuple[int, int]] = (),
    labels: frozenset[str] = frozenset(),
) -> Masked:
    """Make a text ready for an engine.

    Args:
        text: the msgid.
        style: how to write its markup.
        form: the segment's form (`Segment.form`). `markdown` and `cell` are Markdown; `html` is the inside of an HTML
            block; all others are plain texts, in which no escape may be written.
        keep: words that stay as they are: :meth:`~netzwerk_i18n.draft.glossary.Glossary.keep_words`.
        kept: passages that stay as they are but for the words within their markup, as `(start, end)` in `text`: those
            of :func:`~netzwerk_i18n.draft.foreign.foreign_passages`.
        labels: the labels that the page defines for links: :func:`~netzwerk_i18n.checks.labels_of`.

    Raises:
        MaskError: if the text cannot be sent in this style; another style may do.

    >>> mask("Die [**Petition**](/p) von **#HelloQuitX**", Style.BRACKETS).texts
    ('Die [X1X]Petition[X/1X] von [X2X]',)
    """
    labels |= used_labels(text)
    try:
        inline = read_inline(text, form, labels)
        nodes = build(inline, _passages(inline, keep, kept))
    except UnreadableError as error:
        raise MaskError(str(error)) from None
    except TooDeepError:
        raise MaskError("the text nests its markup too deep") from None
    nodes = _core(nodes, inline)
    runs: tuple[Text, ...] = ()
    texts: tuple[str, ...] = ()
    if says_something(inline, nodes):
        if style is Style.RUNS:
            runs = tuple(run for run in map(_Trimmer(inline), all_texts(nodes)) if _says(inline, run))
            texts = tuple(visible(inline, run.start, run.end) for run in runs)
        else:
            texts = (_whole(nodes, inline, style),)
    numbers = number_nodes(nodes) - 1
    extras = tuple(
        Extra(aside, mask(aside.text, style, form=aside.form, keep=keep, labels=labels))
        for aside in find_asides(inline, form)
    )
    texts += tuple(said for extra in extras for said in extra.masked.texts)
    return Masked(text, style, form, texts, Parts(inline, tuple(nodes), runs, extras, labels, numbers))


def unmask(masked: Masked, answers: Sequence[str | None]) -> str:
    """The translation with its markup, verified.

    Args:
        masked: what :func:`mask` gave.
        answers: the engine's answer to each of `masked.texts`.

    Raises:
        MaskError: if the markup did not come back whole; another style may do.
    """
    if len(answers) != len(masked.texts):
        raise MaskError("the engine did not answer each text")
    # Engines add invisible blanks; a text that has its own keeps them.
    has_own = _INVISIBLE.search(masked.source) is not None
    said = [
        (answer if has_own else _INVISIBLE.sub("", answer)).strip(_BLANKS) for answer in answers if answer
    ]
    if len(said) != len(answers) or not all(map(str.strip, said)):
        raise MaskError("the answer is empty")
    own = len(said) - sum(len(extra.masked.texts) for extra in masked.parts.extras)
    swaps = _swaps(masked, said[own:])
    if not own:
        nodes = _as_answer(masked.parts.inline, masked.parts.nodes)
    elif masked.style is Style.RUNS:
        runs = {
            run.start: _one_line(resolve(answer))
            for run, answer in zip(masked.parts.runs, said, strict=False)
        }
        nodes = _as_answer(masked.parts.inline, masked.parts.nodes, runs)
    elif masked.style is Style.PLAIN:
        nodes = [Said(_one_line(resolve(said[0])))]
    else:
        nodes = _decoded(masked, said[0])
    return rebuild(masked, nodes, swaps)


def rebuild(masked: Masked, answer: list[Answer], swaps: Mapping[tuple[int, int], str]) -> str:
    """The translation in the first way to write an answer's tree that is read as it is meant.

    Args:
        masked: what :func:`mask` gave.
        answer: the words, and the placeholders by their numbers.
        swaps: what is written in the places of the words within the markup, where they change.

    Raises:
        MaskError: if there is no such way.
    """
    rebuilder = Rebuilder(masked.parts.inline, masked.parts.nodes, masked.form, swaps)
    if masked.style is not Style.RUNS:
        answer = rebuilder.settle(answer)
    reason: str | None = "the markup cannot be written around the words"
    tried: set[str] = set()
    for way in ways(masked.parts.inline, masked.form):
        translation = guarded(rebuilder.render(answer, way), masked.source, masked.form)
        if translation in tried:
            continue
        tried.add(translation)
        reason = verify(masked.source, translation, form=masked.form, labels=masked.parts.labels)
        if reason is None:
            return translation
    raise MaskError(reason or "")


def verify(
    source: str, translation: str, *, form: str = "markdown", labels: frozenset[str] = frozenset()
) -> str | None:
    """Why the translation's markup is not its source's, found by parsing both again; None where it is.

    The caller still asks :func:`~netzwerk_i18n.checks.find_error`, which knows the place and the locale.

    >>> verify("**Ja**, [hier](/x)", "**Oui**, [ici](/y)")
    'the markup is not that of the source (link)'
    """
    if source == translation:
        return None
    if not translation.strip():
        return "the translation is empty"
    labels |= used_labels(source, translation)
    try:
        old, new = read_inline(source, form, labels), read_inline(translation, form, labels)
    except UnreadableError as error:
        return str(error)
    before, after = old.signature(), new.signature()
    if before != after:
        kind = min((after - before) or (before - after))[1]
        return f"the markup is not that of the source ({kind})"
    if len(_ADDRESS.findall(translation)) != len(_ADDRESS.findall(source)):
        return "the markup is not that of the source (url)"
    more = _spelled(new) - _spelled(old)
    if more:
        return f"the markup is not that of the source ({min(more)})"
    if Counter(_DELIMITER.findall(source)) != Counter(_DELIMITER.findall(translation)):
        return "the markup is not that of the source (delimiter)"
    if form in FORMS_OF_MARKDOWN and _leftovers(new) > _leftovers(old):
        return "a mark of emphasis is left over"
    before_text, after_text = (_without_marks(inline, but=_ADDRESSES) for inline in (old, new))
    if len(_STRAY_TAG.findall(after_text)) > len(_STRAY_TAG.findall(before_text)):
        return "the translation holds what begins a tag"
    if after_text.count("](") > before_text.count("]("):
        return "a part of a link is left over"
    segment = Segment(source, "paragraph", 1, None, (), 0, 0, form=form)
    for _ in find_block_shape(Situation(segment, translation, "")):
        return "the translation begins like another kind of block"
    return None


# --- Masking -------------------------------------------------------------------------------------------------


def _passages(
    inline: Inline, keep: Sequence[KeepWord], kept: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What stays as it is: the given passages, and keep words outside of markup; in order and apart."""
    text = inline.text
    spans = [(start, end) for start, end in kept if 0 <= start < end <= len(text)]
    if keep:
        outside = _without_marks(inline)
        for word in keep:
            pattern = _pattern_of(word)
            spans += [
                match.span() for match in pattern.finditer(outside) if "\0" not in match[0] and match[0]
            ]
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _pattern_of(word: KeepWord) -> re.Pattern[str]:
    if isinstance(word, re.Pattern):
        return word
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") if word else re.compile("(?!)")


def _without_marks(inline: Inline, but: frozenset[str] = frozenset()) -> str:
    """The text with NUL for each character of a mark, `but` marks of these kinds."""
    parts: list[str] = []
    position = 0
    for mark in inline.marks:
        if mark.kind in but:
            continue
        parts += (inline.text[position : mark.start], "\0" * (mark.end - mark.start))
        position = mark.end
    return "".join([*parts, inline.text[position:]])


def _core(nodes: list[Node], inline: Inline) -> list[Node]:
    """What an engine needs to see: a pair around all, blanks at the edges and a task's box are none of its business."""
    while True:
        nodes = [node for node in (_Trimmer(inline).edge(nodes)) if node.start < node.end]
        if len(nodes) == 1 and isinstance(nodes[0], Pair):
            nodes = nodes[0].children
        elif len(nodes) > 1 and isinstance(nodes[0], Solo) and _is_task(inline, nodes[0]):
            nodes = nodes[1:]
        else:
            return nodes


def _is_task(inline: Inline, solo: Solo) -> bool:
    if not inline.marks:
        return False
    first = inline.marks[0]
    return first.kind == "task" and (first.start, first.end) == (solo.start, solo.end)


class _Trimmer:
    """Takes blanks off the edges of runs of text."""

    def __init__(self, inline: Inline) -> None:
        self.text = inline.text

    def __call__(self, run: Text) -> Text:
        return self._right(self._left(run))

    def edge(self, nodes: list[Node]) -> list[Node]:
        """The nodes without the blanks before the first and behind the last one."""
        nodes = list(nodes)
        if nodes and isinstance(first := nodes[0], Text):
            nodes[0] = self._left(first)
        if nodes and isinstance(last := nodes[-1], Text):
            nodes[-1] = self._right(last)
        return nodes

    def _left(self, run: Text) -> Text:
        part = self.text[run.start : run.end]
        return Text(run.end - len(part.lstrip(_BLANKS)), run.end)

    def _right(self, run: Text) -> Text:
        part = self.text[run.start : run.end]
        return Text(run.start, run.start + len(part.rstrip(_BLANKS)))


def _says(inline: Inline, run: Text) -> bool:
    return _WORD.search(visible(inline, run.start, run.end)) is not None


def _whole(nodes: list[Node], inline: Inline, style: Style) -> str:
    if style is Style.PLAIN:
        if any(not isinstance(node, Text) for node in nodes):
            raise MaskError("the text has markup, which this engine cannot bear")
        return "".join(visible(inline, node.start, node.end) for node in nodes)
    number_nodes(nodes)
    try:
        return encode(nodes, inline, style)
    except CodingError as error:
        raise MaskError(str(error)) from None


def _spelled(inline: Inline) -> Counter[str]:
    r"""The hashtags, addresses and attributes for whoever reads the page and not its source: `\#tag` is one."""
    if not any(char.text in "#@{}.=" for char in inline.chars):
        return Counter()
    parts: list[str] = []
    position = 0
    for mark in inline.marks:
        parts += (visible(inline, position, mark.start), "\0")
        position = mark.end
    seen = "".join([*parts, visible(inline, position, len(inline.text))])
    patterns = {
        "hashtag": TAG,
        "mention": MENTION,
        "mail": MAIL,
        "url": _ADDRESS,
        "attributes": ATTRIBUTES,
    }
    return Counter({kind: len(pattern.findall(seen)) for kind, pattern in patterns.items()})


def _leftovers(inline: Inline) -> int:
    """How many delimiters of emphasis stand in the text and emphasize nothing, with a blank beside them."""
    return len(_LEFTOVER.findall(_without_marks(inline))) if "*" in inline.text else 0


# --- Unmasking -----------------------------------------------------------------------------------------------


def _swaps(masked: Masked, answers: Sequence[str]) -> dict[tuple[int, int], str]:
    """What stands in the places of words within markup; those whose answer is of no use are left as they were.

    Raises:
        MaskError: if all of the text are such words, and no answer is of any use.
    """
    swaps: dict[tuple[int, int], str] = {}
    reason, useful = "", len(answers) < len(masked.texts)
    first = 0
    for aside, extra in ((extra.aside, extra.masked) for extra in masked.parts.extras):
        given = answers[first : first + len(extra.texts)]
        first += len(extra.texts)
        try:
            text = unmask(extra, given)
            if _CONTROL.search(text):
                raise MaskError("the answer holds control characters")  # noqa: TRY301 - told like every other fault
        except MaskError as error:
            reason = error.reason
            continue
        useful = useful or bool(given)
        if text != aside.text:
            swaps[aside.start, aside.end] = aside.written(text)
    if reason and not useful:
        raise MaskError(reason)
    return swaps


def _decoded(masked: Masked, answer: str) -> list[Answer]:
    try:
        nodes = decode(answer, masked.style, masked.parts.numbers)
    except CodingError as error:
        raise MaskError(str(error)) from None
    expected = {number: (pair, parent) for number, pair, parent in roles_of(masked.parts.nodes)}
    given = dict(_placed(nodes, 0))
    for number, (pair, parent) in expected.items():
        is_pair, around = given[number]
        if is_pair != pair:
            raise MaskError("a placeholder came back in another role")
        if pair and around != parent:
            raise MaskError("the placeholders came back nested otherwise")
    own = _as_answer(masked.parts.inline, masked.parts.nodes)
    if _cluster(nodes) >= _MOST_AT_START and _cluster(nodes) > _cluster(own):
        raise MaskError("the placeholders came back in a heap at the start")
    _require_words(nodes)
    texts = "".join(node.text for node in _said(nodes))
    if (
        masked.style is Style.BRACKETS
        and _unbalanced(texts)
        and not _unbalanced(
            "".join(visible(masked.parts.inline, run.start, run.end) for run in all_texts(masked.parts.nodes))
        )
    ):
        raise MaskError("a bracket of a placeholder is left over")
    for said in _said(nodes):
        said.text = _one_line(said.text)
    return nodes


def _one_line(text: str) -> str:
    """A line break in an answer is none of the text's: those of the text are placeholders."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text) if "\n" in text or "\r" in text else text


def _placed(nodes: Sequence[Answer], parent: int) -> Iterator[tuple[int, tuple[bool, int]]]:
    for node in nodes:
        if isinstance(node, Placed):
            yield node.number, (node.children is not None, parent)
            if node.children is not None:
                yield from _placed(node.children, node.number)


def _said(nodes: Sequence[Answer]) -> Iterator[Said]:
    for node in nodes:
        if isinstance(node, Said):
            yield node
        elif node.children is not None:
            yield from _said(node.children)


def _cluster(nodes: Sequence[Answer]) -> int:
    """How many placeholders stand at the start before the first word."""
    count = 0
    for node in nodes:
        if isinstance(node, Said):
            if _WORD.search(node.text):
                break
        elif node.children is None:
            count += 1
        else:
            return count + 1 + _cluster(node.children)
    return count


def _require_words(nodes: Sequence[Answer]) -> None:
    if not any(_WORD.search(said.text) for said in _said(nodes)):
        raise MaskError("the words are gone")
    for node in nodes:
        if isinstance(node, Placed) and node.children is not None:
            if not any(_WORD.search(said.text) for said in _said(node.children)):
                raise MaskError("a pair of placeholders came back empty")
            _require_words(node.children)


def _unbalanced(text: str) -> bool:
    return text.count("[") != text.count("]")


def _as_answer(inline: Inline, nodes: Sequence[Node], runs: Mapping[int, str] | None = None) -> list[Answer]:
    """The source's own tree as an answer; `runs` are new texts of its runs, by where they begin."""
    answer: list[Answer] = []
    for node in nodes:
        if isinstance(node, Pair):
            answer.append(Placed(node.number, _as_answer(inline, node.children, runs)))
        elif isinstance(node, Solo):
            answer.append(Placed(node.number))
        else:
            answer.append(Said(_run(inline, node, runs) if runs else visible(inline, node.start, node.end)))
    return answer


def _run(inline: Inline, node: Text, runs: Mapping[int, str]) -> str:
    """The new text of a run, between the blanks of the source."""
    text = visible(inline, node.start, node.end)
    new = runs.get(_Trimmer(inline)(node).start)
    if new is None or new == text.strip(_BLANKS):
        return text
    start = len(text) - len(text.lstrip(_BLANKS))
    return text[:start] + new + text[len(text.rstrip(_BLANKS)) :]
