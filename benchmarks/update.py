"""Updating a large catalog after some texts changed: this project beside GNU msgmerge, and how well each does it.

    python benchmarks/update.py [--messages 50000] [--changed 0.05] [--json FILE]

The generator of the pages knows which new text came from which old one. A right offer is the translation of that old
text; a wrong one is that of another. Some texts are new altogether: whatever is offered for these is wrong. In some only
the markup changes: a translation that follows it and stays translated is kept. And some texts move to another page.
"""

import argparse
import functools
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import catalogs
from environments import ROOT, InstallError, install_project
from measure import CommandError, Cost, measure
from sentences import Writer, translate

NOTHING_KEPT = {"NETZWERK_I18N_CACHE": "off"}
"""What is measured here is updating, not remembering."""

_MEGA = 1_000_000
_MESSAGES_A_PAGE = 50
_SHORT = 6
_SENTENCES, _HALF = 0.3, 0.5
_LONG = 60.0
_TEMPLATE = "locales/site.pot"
_CATALOG = "locales/fr/LC_MESSAGES/site.po"


@dataclass(frozen=True)
class Texts:
    """What the pages say before and after.

    Attributes:
        old: the texts in their order.
        new: the texts in their order, as many.
        origins: texts whose words changed by what they are now; "" where a text has no origin.
        marked: the texts as they are now in which only the markup changed.
    """

    old: list[str]
    new: list[str]
    origins: dict[str, str]
    marked: list[str]


@dataclass
class Result:
    """What one tool needed, and what it offered for the changed texts.

    Attributes:
        tool: its name.
        costs: one a round.
        right: how many changed texts were offered the translation of what they were before.
        right_short: those of them that have six words or fewer.
        wrong: how many were offered that of another text.
        invented: how many new texts were offered anything.
        kept: how many texts in which only the markup changed have a translation that is not fuzzy and follows the change.
        unmarked: how many texts whose words changed have a translation that is not fuzzy.
    """

    tool: str
    costs: list[Cost] = field(default_factory=list)
    right: int = 0
    right_short: int = 0
    wrong: int = 0
    invented: int = 0
    kept: int = 0
    unmarked: int = 0

    def row(self) -> list[str]:
        return [
            self.tool,
            f"{statistics.median(cost.wall for cost in self.costs):.2f}",
            f"{min(cost.wall for cost in self.costs):.2f}",
            f"{statistics.median(cost.cpu for cost in self.costs):.2f}",
            f"{max(cost.largest for cost in self.costs) / _MEGA:,.0f}",
            f"{self.right:,}",
            f"{self.right_short:,}",
            f"{self.wrong:,}",
            f"{self.invented:,}",
            f"{self.kept:,}",
            f"{self.unmarked:,}",
        ]


def main() -> None:
    options = _options()
    scripts = install_project(options.project.resolve())
    texts = make_texts(
        options.messages,
        changed=options.changed,
        unrelated=options.unrelated,
        marked=options.marked,
        moved=options.moved,
    )
    related = sum(1 for origin in texts.origins.values() if origin)
    short = sum(1 for text, origin in texts.origins.items() if origin and len(text.split()) <= _SHORT)
    print(
        f"{len(texts.old):,} messages, {related:,} changed ({short:,} of six words or fewer), {len(texts.origins) - related:,} replaced by new ones, {len(texts.marked):,} with other markup\n"
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; "
        f"rounds in turns: {options.rounds}",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="netzwerk-i18n-benchmark-") as folder:
        results = _compare(Path(folder), [str(scripts / "netzwerk-i18n"), "extract"], texts, options.rounds)
    _print_results(results)
    if options.json:
        figures: dict[str, Any] = {
            "messages": len(texts.old),
            "changed": related,
            "replaced": len(texts.origins) - related,
            "marked": len(texts.marked),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "results": [asdict(result) for result in results],
        }
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def make_texts(number: int, *, changed: float, unrelated: float, marked: float, moved: float) -> Texts:
    """`number` different texts: titles, sentences and paragraphs; shares of them changed in the ways of authors."""
    random_ = random.Random(number)  # noqa: S311 - the same texts every time, no secret
    writer = Writer(random_)
    known: set[str] = set()

    # Titles, sentences and paragraphs as often as in a course book, where a message has some fifteen words.
    kinds = (*[writer.title] * 2, *[writer.marked_sentence] * 3, writer.paragraph)

    def new_text() -> str:
        return _unheard(known, random_.choice(kinds))

    old = [new_text() for _ in range(number)]
    new = list(old)
    origins: dict[str, str] = {}
    remarked: list[str] = []
    count, replaced = round(number * changed), round(number * unrelated)
    chosen = random_.sample(range(number), min(number, count + replaced))
    for turn, index in enumerate(chosen):
        before = old[index]
        after = _unheard(known, functools.partial(_changed, before, writer)) if turn < count else new_text()
        new[index] = after
        origins[after] = before if turn < count else ""
    others = sorted(set(range(number)) - set(chosen))
    for index in random_.sample(others, min(len(others), round(number * marked))):
        after = _remarked(old[index], random_)
        if after not in known:
            known.add(after)
            new[index] = after
            remarked.append(after)
    for index in random_.sample(range(number), round(number * moved)):
        text = new.pop(index)
        new.insert(random_.randrange(number), text)
    return Texts(old, new, origins, remarked)


def _remarked(text: str, random_: random.Random) -> str:
    """`text` with other markup: another address, another mark of emphasis, or all of it emphasized."""
    if "https://example.org/" in text:
        return text.replace("https://example.org/", f"https://example.net/{random_.randrange(1000)}/")
    if "**" in text:
        return text.replace("**", "*")
    return text.replace("`", "") if "`" in text and "_" not in text else f"**{text}**"


def _unheard(known: set[str], make: Callable[[], str]) -> str:
    text = make()
    while text in known:
        text = make()
    known.add(text)
    return text


def _changed(text: str, writer: Writer) -> str:
    """`text` after an author's hand: a sentence more or less in a paragraph, or one word in ten, at least one and at most
    three, replaced, added or taken away; the first as well as any other."""
    random_ = writer.random
    sentences = re.findall(r"[^.]+(?:\.(?!\s)[^.]*)*\.\s?", text)
    if len(sentences) > 2 and random_.random() < _SENTENCES:  # noqa: PLR2004 - a paragraph keeps most of what it says
        place = random_.randrange(len(sentences))
        if random_.random() < _HALF:
            return text.replace(sentences[place], "", 1).strip()
        return text.replace(sentences[place], f"{writer.marked_sentence()} {sentences[place]}", 1)
    words = text.split()
    for _ in range(min(3, 1 + len(words) // 10)):
        plain = [place for place, word in enumerate(words) if word.isalpha()]
        place = random_.choice(plain) if plain else len(words) - 1
        action = random_.choice(("replace", "add", "take")) if len(words) > 3 else "add"  # noqa: PLR2004
        words[place : place + 1] = {
            "replace": [writer.word()],
            "add": [words[place], writer.word()],
            "take": [],
        }[action]
    return " ".join(words)[0].upper() + " ".join(words)[1:]


def _write_pages(folder: Path, texts: Sequence[str]) -> None:
    for number in range(0, len(texts), _MESSAGES_A_PAGE):
        page = (
            "\n\n".join(texts[number : number + _MESSAGES_A_PAGE]) + "\n\n[reference]: https://example.org/\n"
        )
        file = folder / "pages" / f"page-{number // _MESSAGES_A_PAGE:05}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, "utf-8")


def _compare(folder: Path, extract: list[str], texts: Texts, rounds: int) -> list[Result]:
    (folder / "netzwerk-i18n.toml").write_text(
        '[project]\ndomain = "site"\nsource_locale = "en"\nlocales = ["fr"]\n\n'
        '[pages]\nsource = "pages/{path}.md"\ntarget = "localized/{path}.{lang}.md"\n',
        "utf-8",
    )
    template, catalog = folder / _TEMPLATE, folder / _CATALOG
    _write_pages(folder, texts.old)
    measure([extract], folder=folder, environment=NOTHING_KEPT)
    filled, count = catalogs.fill(catalog.read_text("utf-8"), translate)
    old_template = template.read_bytes()
    print(f"the catalog has {count:,} messages, {len(filled.encode()) / _MEGA:.1f} MB", flush=True)

    def restore() -> None:
        shutil.rmtree(folder / "locales")
        catalog.parent.mkdir(parents=True)
        template.write_bytes(old_template)
        catalog.write_text(filled, "utf-8")

    ours = Result("netzwerk-i18n extract")
    unchanged = Result("netzwerk-i18n extract, nothing changed")
    merges = [(Result(name), command) for name, command in _merges().items()]
    for number in range(rounds):
        _write_pages(folder, texts.old)
        restore()
        measure(
            [extract], folder=folder, environment=NOTHING_KEPT
        )  # so that the catalog is as this tool writes it
        unchanged.costs.append(measure([extract], folder=folder, environment=NOTHING_KEPT))
        _write_pages(folder, texts.new)
        restore()
        ours.costs.append(measure([extract], folder=folder, environment=NOTHING_KEPT))
        if number == 0:
            _judge(ours, catalog.read_text("utf-8"), texts)
            shutil.copy(template, folder / "new.pot")
            (folder / "old.po").write_text(filled, "utf-8")
        for result, command in merges:
            if result.costs and result.costs[0].wall > _LONG:
                continue
            result.costs.append(measure([command], folder=folder, environment=NOTHING_KEPT))
            if number == 0:
                _judge(result, (folder / "merged.po").read_text("utf-8"), texts)
    return [ours, unchanged, *(result for result, _ in merges)]


def _merges() -> dict[str, list[str]]:
    """The ways of msgmerge, if it is installed."""
    program = shutil.which("msgmerge")
    if program is None:
        print("SKIPPED msgmerge: not installed on this machine", flush=True)
        return {}
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = said.partition("\n")[0].rpartition(" ")[2]
    start = [program, "--quiet", "--no-wrap", "--previous", "--output-file=merged.po"]
    files = ["old.po", "new.pot"]
    return {
        f"msgmerge {version}": [*start, *files],
        f"msgmerge {version} --no-fuzzy-matching": [*start, "--no-fuzzy-matching", *files],
    }


def _judge(result: Result, catalog: str, texts: Texts) -> None:
    """Count what a tool offers for the changed texts."""
    found = {message.msgid: message for message in catalogs.read(catalog)}
    for text, origin in texts.origins.items():
        offer = found.get(text)
        if offer is None or not offer.msgstr:
            continue
        result.unmarked += not offer.fuzzy
        if not origin:
            result.invented += 1
        elif offer.msgstr == translate(origin):
            result.right += 1
            result.right_short += len(text.split()) <= _SHORT
        else:
            result.wrong += 1
    for text in texts.marked:
        offer = found.get(text)
        if offer is not None and not offer.fuzzy and offer.msgstr == translate(text):
            result.kept += 1


def _print_results(results: Sequence[Result]) -> None:
    header = [
        "",
        "s",
        "least s",
        "CPU s",
        "MB",
        "right",
        "of these short",
        "wrong",
        "for new texts",
        "kept",
        "not fuzzy",
    ]
    rows = [header, *(result.row() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print(f"| {' | '.join(cells)} |")
        if number == 0:
            print(f"| {'-' * widths[0]} | {' | '.join('-' * (width - 1) + ':' for width in widths[1:])} |")
    ours = results[0].costs
    for result in results[2:]:
        ratio = statistics.median(
            theirs.wall / own.wall for theirs, own in zip(result.costs, ours, strict=False)
        )
        if len(result.costs) < len(ours):
            print(f"{result.tool} was measured {len(result.costs)} time(s) only, because it takes so long")
        print(
            f"{result.tool} takes {ratio:.1f} times as long as {results[0].tool}, which reads all pages too"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the update of a large catalog with GNU msgmerge.")
    parser.add_argument("--messages", type=int, default=50_000, help="in the catalog (default: 50000)")
    parser.add_argument(
        "--changed", type=float, default=0.05, help="the share that is changed (default: 0.05)"
    )
    parser.add_argument(
        "--unrelated", type=float, default=0.01, help="the share replaced by new texts (default: 0.01)"
    )
    parser.add_argument(
        "--marked", type=float, default=0.02, help="the share in which only markup changes (default: 0.02)"
    )
    parser.add_argument(
        "--moved", type=float, default=0.01, help="the share that moves to another page (default: 0.01)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each is measured, in turns (default: 3)"
    )
    parser.add_argument(
        "--project", type=Path, default=ROOT, help="the checkout to be measured (default: this one)"
    )
    parser.add_argument("--json", metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    if (
        options.messages < 1
        or options.rounds < 1
        or not 0 <= options.changed + options.unrelated + options.marked <= 1
    ):
        parser.error("--messages and --rounds are at least 1, the shares of changes at most 1 together")
    return options


if __name__ == "__main__":
    try:
        main()
    except (CommandError, InstallError, FileNotFoundError) as error:
        sys.exit(f"update: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
