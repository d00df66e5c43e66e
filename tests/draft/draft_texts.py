"""Texts with every kind of markup, ways to mangle an engine's answer, and a judge that shares no code with the product."""

import html
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from netzwerk_i18n import Page

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "laws" / "samples"

Answerer = Callable[[str, random.Random], str]


@cache
def messages(folder: Path) -> tuple[tuple[str, str], ...]:
    """The text and the form of every segment of every page below a folder, once each."""
    found: dict[tuple[str, str], None] = {}
    for file in sorted(folder.rglob("*.md")):
        for segment in Page.parse(file.read_text(encoding="utf-8")).segments:
            found[segment.text, segment.form] = None
    return tuple(found)


@cache
def marked_messages() -> tuple[str, ...]:
    """The Markdown texts of the sample pages, and of this project's own, that have markup."""
    texts = [
        text
        for folder in (SAMPLES, ROOT / "content", ROOT / "docs")
        for text, form in messages(folder)
        if form == "markdown"
    ]
    marked = [text for text in texts if re.search(r"[*_`\[<&{~#@]", text)]
    return tuple(marked) + tuple(
        f"{one} {other}" for one, other in pairwise(marked) if "\n" not in one + other
    )


# The judge


@cache
def renderer() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["strikethrough"])
    setattr(parser, "validateLink", lambda _: True)  # noqa: B010 - a method is replaced
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    return parser


_HIDDEN = re.compile(r"\{\{[<%]?[^{}]*[>%]?\}\}|\{%[^{}]*%\}")
_PIECES = re.compile(
    r"""\[\^[^\]\s]+\] | (?<![\w&/#.])\#(?=\w*[^\W\d_])\w+(?![\w.]*@) | \{:?[ ]?(?:[.\#][\w:-]|[\w-]+=)[^{}\n]*\}
      | (?<![\w.@/])@\w[\w@.-]*\w | (?<![A-Za-z0-9])(?:https?://|www\.)[A-Za-z0-9/%._~?=+@:,-]*[A-Za-z0-9/]""",
    re.VERBOSE,
)
_TEXTS = re.compile(r"""(<img\s[^>]*?)alt=(?:"[^"]*"|'[^']*')|(\stitle=)(?:"[^"]*"|'[^']*')""")
_LABELS = re.compile(r"(\[\^[^\[\]\s]*)?\]\[([^\[\]]+)\](?!\()|\[([^\[\]]+)\]\[\]")
_ODD = re.compile(r"[@#](?=https?:|HAHA)")


def structure(text: str, *others: str) -> Counter[str]:
    """What a browser and Hugo make of a text, its words left out: tags with their targets, code, shortcodes, marks.

    What the text, or one of the others, uses as the label of a link is one. Hugo puts a word in the place of each
    shortcode before Markdown is read.
    """
    found = [labels for each in (text, *others) for labels in _LABELS.findall(each) if not labels[0]]
    used = {normalizeReference(named or own) for _, named, own in found if not (named or own).startswith("^")}
    references = {label: {"href": label, "title": ""} for label in used}
    hidden = [match[0] for match in _HIDDEN.finditer(text)]
    rendered = renderer().renderInline(_HIDDEN.sub("HAHAHUGOHBHB", text), {"references": references})
    rendered = _TEXTS.sub(lambda match: match[1] or f"{match[2]}…", rendered)
    code = re.findall(r"<code>(.*?)</code>", rendered, re.DOTALL)
    prose = re.sub(r"<code>.*?</code>|<[^>]+>", " ", rendered, flags=re.DOTALL)
    prose = _ODD.sub("|", prose).replace("HAHAHUGOHBHB", "|").replace("&amp;", "&")
    tags = re.findall(r"<([^>]+)>", re.sub(r"<code>.*?</code>", "<code>", rendered, flags=re.DOTALL))
    return Counter(
        [*hidden, *(f"<{tag}>" for tag in tags), *(f"`{part}`" for part in code), *_PIECES.findall(prose)]
    )


class _Reader(HTMLParser):
    """Collects what a reader meets of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.code = 0
        self.met: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "code"
        self.met += [value for name, value in attrs if name in ("alt", "title") and value]

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.met += [] if self.code else [data]


def met_by_readers(text: str, labels: Iterable[str] = ()) -> str:
    """All that a reader meets of a text: its words, alternative texts and titles, code left out."""
    references = {normalizeReference(label): {"href": "/x", "title": ""} for label in labels}
    reader = _Reader()
    reader.feed(renderer().renderInline(text, {"references": references}))
    reader.close()
    return " ".join(reader.met)


_PLACES = [
    "{}", "*{}*", "**{}**", "[{}](/u)", '[{}](/u "{}")', "[{}](/u '{}')", "[{}](/u ({}))", "![{}](b.png)", '![{}](<b c.png> "{}")', "![{} *{}*](b.png)",
    '[![{}](b.png "{}")](/u "{}")', "[**{}** `c`](/u)", '<abbr title="{}">{}</abbr>', "<img src=b.png alt='{}'>", "![{} ![{}](c.png)](b.png)", "![](b.png '{}')",
    "[{}][k]", "![{}][k]", "`c`", "https://a.example/", "&copy;",
]  # fmt: skip
_QUIRKS = ["{}", "{}", "{}", "l\\'{}", "{}\\*", "{}&amp;co", "\\({}\\)", "\\&quot;{}", "{}!"]


@st.composite
def texts_of_known_words(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text with words in all kinds of places, and these words, each of which is there once."""
    words: list[str] = []

    def word(_: re.Match[str]) -> str:
        words.append("W" + "abcdefghijklmnopqrstuvwxyz"[len(words) % 26] * (2 + len(words) // 26))
        return draw(st.sampled_from(_QUIRKS)).format(words[-1])

    places = draw(st.lists(st.sampled_from(_PLACES), min_size=1, max_size=5))
    text = " ".join(re.sub(r"\{\}", word, place) for place in places)
    return text, words


# Mangling

_PLACEHOLDER = re.compile(r"\[X/?\d+X\]|</?[gx][^<>]*>|</?(?:span|img)[^<>]*>")


def _one(answer: str, chance: random.Random, change: Callable[[re.Match[str]], str]) -> str:
    found = list(_PLACEHOLDER.finditer(answer))
    if not found:
        return answer
    match = chance.choice(found)
    return answer[: match.start()] + change(match) + answer[match.end() :]


def drop(answer: str, chance: random.Random) -> str:
    return _one(answer, chance, lambda _: "")


def double(answer: str, chance: random.Random) -> str:
    return _one(answer, chance, lambda match: match[0] * 2)


def reorder(answer: str, chance: random.Random) -> str:
    found = _PLACEHOLDER.findall(answer)
    chance.shuffle(found)
    shuffled = iter(found)
    return _PLACEHOLDER.sub(lambda _: next(shuffled), answer)


def shuffle_words(answer: str, chance: random.Random) -> str:
    words = answer.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def translate(answer: str, chance: random.Random) -> str:
    return _one(answer, chance, lambda match: "[Lien " + re.sub(r"\D", "", match[0]) + "]")


def space_out(answer: str, chance: random.Random) -> str:
    return _PLACEHOLDER.sub(
        lambda match: " " + re.sub(r"(?<=[\[<])|(?=[\]>])|(?<=X)|(?=X)|(?<=/)", " ", match[0]) + " ", answer
    )


def unescape(answer: str, chance: random.Random) -> str:
    return html.unescape(html.unescape(answer))


def truncate(answer: str, chance: random.Random) -> str:
    return answer[: chance.randint(0, len(answer))]


def empty(answer: str, chance: random.Random) -> str:
    return chance.choice(["", " ", "\n"])


def swap_brackets(answer: str, chance: random.Random) -> str:
    return answer.translate(
        str.maketrans("[]<>/", chance.choice(["{}()/", "][></", "()<>\\", "［］＜＞／", "【】<>/"]))
    )


def change_case(answer: str, chance: random.Random) -> str:
    return answer.lower() if chance.random() < 0.5 else answer.upper()


def cyrillic(answer: str, chance: random.Random) -> str:
    return answer.replace("X", "Х")


_MARKUP = [
    "*", "**", "_", "`", "``", "[", "]", "](", "[a](/b)", "![a](/b)", "<b>", "</b>", "<script>", "<!--", "{{< x >}}", "{{", "}}", "{%", "~~", "~~x~~",
    "https://evil.example/", "www.evil.example", "<https://evil.example>", "a@evil.example", "#evil", "@evil", "[^1]", "{#id}", "{.c}", "\\", "&lt;b&gt;",
    "&amp;", "&#42;x&#42;", "# ", "- ", "1. ", "> ", "\n", "\n\n# x\n\n", "$$", ": ", "|", "*x*", "**x**", "[X9X]", '<g id="9">', "</g>", "[ref]",
]  # fmt: skip


def add_markup(answer: str, chance: random.Random) -> str:
    place = chance.choice([0, len(answer), chance.randint(0, len(answer))])
    return answer[:place] + chance.choice(_MARKUP) + answer[place:]


def glue(answer: str, chance: random.Random) -> str:
    return answer.replace(" ", "")


def to_japanese(answer: str, chance: random.Random) -> str:
    """Other words, no blanks, and punctuation at the edges of what is emphasized."""
    parts = _PLACEHOLDER.split(answer)
    marks = [*_PLACEHOLDER.findall(answer), ""]
    words = (
        chance.choice(["「署名」", "運動の", "（案）は", "、賛同", "終わり。"]) if part.strip() else ""
        for part in parts
    )
    return "".join(word + mark for word, mark in zip(words, marks, strict=True))


MANGLINGS: dict[str, Answerer] = {
    function.__name__: function
    for function in (
        drop, double, reorder, shuffle_words, translate, space_out, unescape, truncate, empty, swap_brackets, change_case,
        cyrillic, add_markup, glue, to_japanese,
    )
}  # fmt: skip


# Any text

_FRAGMENTS = [
    "Wort", "zwei Wörter", " ", " ", ", ", ". ", "34.000", "X", "*", "**", "_", "__", "`", "``", "~~", "[", "]", "(", ")", "](/u)", "](/u 'Titel')", "![Bild](/b)", "[Text](/u)",
    "[**fett**](/u)", "**[Text](/u)**", "*kursiv*", "**fett**", "***beides***", "`code`", "<b>", "</b>", "<br>", "<i>x</i>", "<!-- c -->", "<https://a.example>", "https://a.example/x_y*z",
    "www.a.example", "a@b.example", "@name@host.example", "#Hashtag", "**#HelloQuitX**", "[^1]", "{{< s >}}", "{{< /s >}}", "{{% t %}}", "{{ m }}", "{{", "}}", "{%", "{#id}", "{.c}", "{: .c}",
    "\\", "\\*", "\\[", "\\\\", "&amp;", "&lt;", "&nbsp;", "&#42;", "&amp;lt;", "&", "<", ">", "\n", "#", "-", "1.", "|", "$", "$x^2$", "[Text][ref]", "[ref][]", "[X1X]", '<g id="1">',
    '<span id="x1">', "語", "「語」", "、", "😀", "\u00a0", "\u00ad", "\u200b", "e\u0301", "א",
]  # fmt: skip


def soup() -> st.SearchStrategy[str]:
    """Pieces of markup and words in no order at all, as a message holds them: no blanks at its edges."""
    pieces = st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=14)
    # A footnote's mark that touches a bracket is read in as many ways as there are readers.
    texts = pieces.map("".join).map(lambda text: text.replace("][", "] [") if "[^1][" in text else text)
    return texts.map(lambda text: text.strip(" \t\n")).filter(bool)
