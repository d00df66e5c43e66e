"""Time, processor time and memory of this project and of its peers, for the same pages, as whole processes.

    python benchmarks/compare.py [--pages 2000] [--only extract] [--tools mdpo,po4a] [--json FILE]

What is measured, and why so, stands in `README.md` beside this file. No figure makes this script fail: whether a
time is good is for people to say.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus import Corpus, make_corpus
from environments import ROOT, InstallError
from measure import CommandError, Cost, measure
from tools import (
    BUILD,
    EXTRACT,
    NetzwerkI18n,
    NetzwerkI18nCold,
    OutputMissingError,
    Stage,
    Tool,
    all_peers,
)

_MEGA = 1_000_000
_START_ROUNDS = 15


@dataclass
class Result:
    """What one tool needed for one command.

    Attributes:
        pages: on how many pages it was measured.
        size: their bytes.
        done: what came out: messages of the catalog, or translated words on the localized pages.
        costs: one a round.
        together: memory of all its processes at their common peak, in a run of its own.
        ratio: its time for a page by ours in the same round, the median of the rounds.
        cpu_ratio: the same of processor time, which a busy machine disturbs less.
    """

    tool: str
    version: str
    pages: int
    size: int
    done: int = 0
    together: int = 0
    costs: list[Cost] = field(default_factory=list)
    ratio: float = 1.0
    cpu_ratio: float = 1.0

    @property
    def wall(self) -> float:
        """The median of the rounds, in seconds."""
        return statistics.median(cost.wall for cost in self.costs)

    def row(self) -> list[str]:
        largest = max(cost.largest for cost in self.costs)
        return [
            f"{self.tool} {self.version}",
            f"{self.pages:,}",
            f"{self.done:,}",
            f"{self.wall:.2f}",
            f"{min(cost.wall for cost in self.costs):.2f}",
            f"{statistics.median(cost.cpu for cost in self.costs):.2f}",
            f"{self.pages / self.wall:,.0f}",
            f"{self.size / self.wall / _MEGA:.2f}",
            f"{largest / _MEGA:,.0f}",
            f"{self.together / _MEGA:,.0f}" if self.together else "",
            f"{self.ratio:.1f}",
            f"{self.cpu_ratio:.1f}",
        ]

    def figures(self) -> dict[str, Any]:
        return {**asdict(self), "wall_median": self.wall, "pages_per_second": self.pages / self.wall}


_COLUMNS = (
    "tool",
    "pages",
    "{done}",
    "s",
    "least s",
    "CPU s",
    "pages/s",
    "MB/s",
    "MB",
    "MB all",
    "s / ours",
    "CPU / ours",
)


@dataclass
class _Contestant:
    tool: Tool
    stage: Stage
    result: Result

    def run(self, command: str, *, memory: bool = False) -> Cost:
        self.tool.clear(self.stage, command)
        commands = self.tool.extract(self.stage) if command == EXTRACT else self.tool.build(self.stage)
        environment = {
            name: value.format(folder=self.stage.folder) for name, value in self.tool.environment.items()
        }
        return measure(
            commands,
            folder=self.stage.folder,
            environment=environment,
            codes=self.tool.codes,
            memory=memory,
        )


def main() -> None:
    options = _options()
    tools = _installed(options)
    if not isinstance(tools[0], NetzwerkI18n):
        sys.exit("without this project's own figures there is nothing to compare")
    corpus = _corpus(options, options.pages)
    commands = [options.only] if options.only else [EXTRACT, BUILD]
    print(
        f"{len(corpus.pages):,} pages, {corpus.size / _MEGA:.2f} MB: {corpus.origin}\n"
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; "
        f"rounds in turns: {options.rounds}, after one to warm up",
        flush=True,
    )
    figures: dict[str, Any] = {
        "pages": len(corpus.pages),
        "bytes": corpus.size,
        "origin": corpus.origin,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": options.rounds,
    }
    for tool in tools:
        print(f"  {tool.name} {tool.version}: {tool.settings}", flush=True)
    # Deleting files slows the making of others down for minutes: all stays until the last figure is taken.
    with tempfile.TemporaryDirectory(prefix="netzwerk-i18n-benchmark-") as folder:
        for command in commands:
            results = _compare(command, tools, corpus, Path(folder) / command, options.rounds)
            _print_results(command, results, len(corpus.pages))
            figures[command] = [result.figures() for result in results]
        figures["start"] = _measure_start(tools[0])
        if options.linearity:
            figures["linearity"] = _measure_linearity(tools[0], options, commands, Path(folder) / "linearity")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    peers = [tool.name for tool in all_peers()]
    parser = argparse.ArgumentParser(description="Compare this project's speed and memory with its peers'.")
    parser.add_argument(
        "--pages", type=int, default=600, help="how many pages (default: 600; 2000 for a large site)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each tool is measured, in turns (default: 3)"
    )
    parser.add_argument("--only", choices=(EXTRACT, BUILD), help="measure only this command")
    parser.add_argument(
        "--tools", metavar="A,B", help=f"compare with these only: {', '.join(peers)}, or none"
    )
    parser.add_argument(
        "--corpus", choices=("auto", "shared", "generated"), default="auto", help="which pages"
    )
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="the pages of a site of yours instead")
    parser.add_argument(
        "--project", type=Path, default=ROOT, help="the checkout to be measured (default: this one)"
    )
    parser.add_argument(
        "--linearity",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="time for twice as many pages, too",
    )
    parser.add_argument("--json", metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    unknown = set(_names(options)) - set(peers)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(peers)}, or none")
    if options.pages < 1 or options.rounds < 1:
        parser.error("--pages and --rounds are at least 1")
    return options


def _corpus(options: argparse.Namespace, pages: int) -> Corpus:
    try:
        return make_corpus(pages, kind=options.corpus, folder=options.site and options.site.resolve())
    except FileNotFoundError as error:
        sys.exit(str(error))


def _names(options: argparse.Namespace) -> list[str]:
    names = [tool.name for tool in all_peers()] if options.tools is None else options.tools.split(",")
    return [name for name in names if name not in {"", "none", NetzwerkI18n.name}]


def _installed(options: argparse.Namespace) -> list[Tool]:
    names = _names(options)
    project = options.project.resolve()
    wanted = [
        NetzwerkI18n(project),
        NetzwerkI18nCold(project),
        *(tool for tool in all_peers() if tool.name in names),
    ]
    tools: list[Tool] = []
    for tool in wanted:
        try:
            tool.install()
        except (InstallError, FileNotFoundError) as error:
            print(f"SKIPPED {tool.name}: {error}", flush=True)
        else:
            tools.append(tool)
    return tools or sys.exit("nothing is installed that could be measured")


def _compare(command: str, tools: Sequence[Tool], corpus: Corpus, folder: Path, rounds: int) -> list[Result]:
    contestants: list[_Contestant] = []
    for tool in tools:
        try:
            contestants.append(_warm_up(command, tool, corpus, folder / tool.name))
        except (CommandError, OutputMissingError) as error:
            print(f"SKIPPED {tool.name} {command}: {error}", flush=True)
    for _ in range(rounds):
        for contestant in contestants:
            contestant.result.costs.append(contestant.run(command))
    ours = next((c.result for c in contestants if c.tool.name == NetzwerkI18n.name), None)
    for contestant in contestants:
        result = contestant.result
        if ours is not None:
            pairs = list(zip(result.costs, ours.costs, strict=True))
            share = ours.pages / result.pages
            result.ratio = share * statistics.median(theirs.wall / own.wall for theirs, own in pairs)
            result.cpu_ratio = share * statistics.median(theirs.cpu / own.cpu for theirs, own in pairs)
    return [contestant.result for contestant in contestants]


def _warm_up(command: str, tool: Tool, corpus: Corpus, folder: Path) -> _Contestant:
    """Prepare a tool's folder and let it work once; what came out must be whole."""
    sample = corpus.sample(tool.sampled.get(command, len(corpus.pages)))
    stage = tool.prepare(folder, sample)
    contestant = _Contestant(tool, stage, Result(tool.name, tool.version, len(sample.pages), sample.size))
    if command == BUILD:
        contestant.run(EXTRACT)
        tool.fill_catalogs(stage)
    contestant.result.together = contestant.run(command, memory=True).together
    done = tool.count_messages(stage) if command == EXTRACT else tool.count_translated_words(stage)
    if not done:
        raise OutputMissingError("it did nothing")
    contestant.result.done = done
    return contestant


def _print_results(command: str, results: Sequence[Result], pages: int) -> None:
    done = "messages" if command == EXTRACT else "words"
    print(f"\n{command}")
    _print_table([[column.format(done=done) for column in _COLUMNS], *(result.row() for result in results)])
    for result in results:
        if result.pages < pages:
            print(
                f"{result.tool}: measured on {result.pages} pages, evenly chosen; the rates are scaled by pages"
            )
    ours = [result for result in results if result.tool in (NetzwerkI18n.name, NetzwerkI18nCold.name)]
    peers = [result for result in results if result not in ours]
    if peers:
        fastest = min(peers, key=lambda result: result.ratio)
        for own in ours:
            print(
                f"the fastest peer, {fastest.tool}, takes {fastest.ratio / own.ratio:.1f} times as long as {own.tool}"
                f" ({fastest.cpu_ratio / own.cpu_ratio:.1f} times the processor time)"
            )
    sys.stdout.flush()


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print(f"| {' | '.join(cells)} |")
        if number == 0:
            print(f"| {'-' * widths[0]} | {' | '.join('-' * (width - 1) + ':' for width in widths[1:])} |")


def _measure_start(tool: Tool) -> dict[str, float]:
    """Seconds until a process that does nothing is over: ours, and Python alone."""
    commands = {
        "netzwerk-i18n --version": [str(tool.scripts / "netzwerk-i18n"), "--version"],
        "python -c pass": [str(tool.scripts / "python"), "-c", "pass"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="netzwerk-i18n-benchmark-") as folder:
        for _ in range(_START_ROUNDS):
            for name, command in commands.items():
                times[name].append(measure([command], folder=Path(folder)).wall)
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(
        "\nstart: " + ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in medians.items()),
        flush=True,
    )
    return medians


def _measure_linearity(
    tool: Tool, options: argparse.Namespace, commands: Sequence[str], folder: Path
) -> dict[str, dict[str, float]]:
    """Our time for the pages and for twice as many, in turns."""
    found: dict[str, dict[str, float]] = {}
    sizes = (options.pages, options.pages * 2)
    for command in commands:
        runs = [
            _warm_up(command, tool, _corpus(options, size), folder / command / str(size)) for size in sizes
        ]
        for _ in range(options.rounds):
            for run in runs:
                run.result.costs.append(run.run(command))
        once, twice = (run.result for run in runs)
        ratio = statistics.median(b.wall / a.wall for a, b in zip(once.costs, twice.costs, strict=True))
        found[command] = {"once": once.wall, "twice": twice.wall, "ratio": ratio}
        print(
            f"linearity of {command}: {sizes[0]:,} pages {once.wall:.2f} s, {sizes[1]:,} pages {twice.wall:.2f} s, "
            f"{ratio:.2f} times as long for {twice.size / once.size:.2f} times the bytes",
            flush=True,
        )
    return found


if __name__ == "__main__":
    try:
        main()
    except (CommandError, OutputMissingError, InstallError, FileNotFoundError) as error:
        sys.exit(f"compare: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
