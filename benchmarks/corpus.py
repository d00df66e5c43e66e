"""The pages that are measured: real ones where there are some, else generated ones; always the same for the same number."""

import random
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sentences import PROTECTED, Writer

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpora"
"""Where real pages lie, if anywhere: beside the repository."""

_FENCE = re.compile(r"\s*(?:```|~~~)")
_LONG_WORD = re.compile(r"\b[a-zäöü]{5,}\b")
_CHANGED_WORD = 5


@dataclass(frozen=True)
class Corpus:
    """Pages by their path; `origin` says in plain words where they come from."""

    origin: str
    pages: dict[str, bytes]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.pages.values()))

    def sample(self, number: int) -> "Corpus":
        """At most `number` pages, evenly chosen."""
        if number >= len(self.pages):
            return self
        paths = list(self.pages)
        chosen = [paths[index * len(paths) // number] for index in range(number)]
        return Corpus(self.origin, {path: self.pages[path] for path in chosen})

    def write(self, folder: Path) -> None:
        """Write the pages below `folder`."""
        for path, data in self.pages.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def make_corpus(number: int, *, kind: str = "auto", folder: Path | None = None) -> Corpus:
    """`number` pages: "shared" (real ones), "generated", or "auto": real ones where there are some.

    Args:
        number: how many.
        kind: which.
        folder: where the real ones lie; those of `../shared/corpora` where there is None.

    Raises:
        FileNotFoundError: if real pages are asked for and there are none.
    """
    texts = {} if kind == "generated" and folder is None else _real(folder or SHARED)
    if not texts:
        if folder is not None or kind == "shared":
            raise FileNotFoundError(f"no pages below {folder or SHARED}")
        return Corpus("generated pages", dict(_generated(number)))
    names = folder.name if folder else ", ".join(sorted({path.split("/")[0] for path in texts}))
    origin = f"from {len(texts)} real pages ({names})"
    if number > len(texts):
        origin += ", repeated with one word in five changed"
    return Corpus(origin, dict(_repeated(texts, number)))


def _real(folder: Path) -> dict[str, bytes]:
    """The Markdown pages below a folder; those that are not UTF-8 are left out."""
    texts: dict[str, bytes] = {}
    for file in sorted(folder.glob("**/*.md")):
        path = file.relative_to(folder).as_posix()
        if folder == SHARED and "/" not in path:
            continue  # a word on the pages, and none of them
        if any(part.startswith(".") for part in path.split("/")) or not file.is_file():
            continue
        data = file.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        texts[path] = data
    return texts


def _repeated(texts: dict[str, bytes], number: int) -> Iterator[tuple[str, bytes]]:
    for index in range(number):
        turn, position = divmod(index, len(texts))
        path = list(texts)[position]
        data = texts[path]
        yield f"{turn + 1}/{path}", data if turn == 0 else _vary(data.decode("utf-8"), turn).encode()


def _vary(text: str, turn: int) -> str:
    """`text` with every fifth long word of its prose changed; code, links and tags stay as they are."""
    seen = 0

    def change(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return match[0] + "abcdefghijklmnop"[turn % 16] if (seen + turn) % _CHANGED_WORD == 0 else match[0]

    def change_prose(line: str) -> str:
        return _outside(PROTECTED, lambda prose: _LONG_WORD.sub(change, prose), line)

    lines: list[str] = []
    in_code = in_front_matter = False
    for number, line in enumerate(text.splitlines(keepends=True)):
        if line.rstrip() == "---" and (number == 0 or in_front_matter):
            in_front_matter = number == 0
        if _FENCE.match(line):
            in_code = not in_code
        prose = not in_code and not in_front_matter and not line.startswith(("    ", "\t"))
        lines.append(change_prose(line) if prose else line)
    return "".join(lines)


def _outside(pattern: re.Pattern[str], function: Callable[[str], str], text: str) -> str:
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [function(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, function(text[end:])])


def _generated(number: int) -> Iterator[tuple[str, bytes]]:
    for index in range(number):
        random_ = random.Random(index)  # noqa: S311 - the same pages every time, no secret
        yield f"section-{index // 25:03}/page-{index:05}.md", _page(Writer(random_)).encode()


def _page(writer: Writer) -> str:
    random_ = writer.random
    title = writer.title()
    parts = [
        "\n".join(
            [
                "---",
                f'title: "{title}"',
                f"description: {writer.sentence(8, 16)}",
                f"date: 2025-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}",
                f"weight: {random_.randint(1, 90) * 10}",
                f"tags: [{writer.word()}, {writer.word()}]  # kept as written",
                "draft: false",
                "---",
            ]
        ),
        f"# {title}",
        _wrap(writer.paragraph()),
    ]
    blocks = (_prose, _prose, _prose, _list, _steps, _table, _code, _quote, _figure)
    for _ in range(random_.randint(2, 5)):
        parts.append(f"## {writer.title()}")
        parts += [random_.choice(blocks)(writer) for _ in range(random_.randint(2, 5))]
    parts.append(f'[reference]: https://example.org/{writer.word()} "{writer.title()}"')
    return "\n\n".join(parts) + "\n"


def _wrap(text: str, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, 88, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _prose(writer: Writer) -> str:
    return _wrap(writer.paragraph())


def _list(writer: Writer) -> str:
    lines: list[str] = []
    for _ in range(writer.random.randint(3, 6)):
        lines.append(_wrap(writer.marked_sentence(), first="- ", rest="  "))
        if writer.random.random() < 0.3:  # noqa: PLR2004 - some items have items
            lines += [_wrap(writer.sentence(4, 9), first="  - ", rest="    ") for _ in range(2)]
    return "\n".join(lines)


def _steps(writer: Writer) -> str:
    return "\n".join(_wrap(writer.marked_sentence(), first=f"{n}. ", rest="   ") for n in range(1, 5))


def _table(writer: Writer) -> str:
    rows = [
        f"| {writer.title()} | `{writer.word()}` | {writer.sentence(3, 8)} |"
        for _ in range(writer.random.randint(3, 7))
    ]
    return "\n".join([f"| {writer.title()} | Value | Meaning |", "| --- | :-: | --- |", *rows])


def _code(writer: Writer) -> str:
    name = writer.word()
    return (
        f"```python\ndef {name}(value: int) -> int:\n    return value + {writer.random.randint(1, 99)}\n```"
    )


def _quote(writer: Writer) -> str:
    body = _wrap(writer.marked_sentence(), first="> ", rest="> ")
    return f"> [!NOTE]\n{body}" if writer.random.random() < 0.5 else body  # noqa: PLR2004 - half of them


def _figure(writer: Writer) -> str:
    if writer.random.random() < 0.5:  # noqa: PLR2004 - half of them
        return f'{{{{< figure src="/images/{writer.word()}.png" caption="{writer.sentence(4, 8)}" >}}}}'
    return f"![{writer.title()}](/images/{writer.word()}.png)"
