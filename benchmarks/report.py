"""The status and the report of a large site: how long, how much memory, and how large the overview is.

    python benchmarks/report.py [--pages 15000] [--locales 20] [--json FILE]

Small pages, each with a title and two paragraphs. Every language is translated to another share; what is open stands
on some pages, so that the reading views of one language can be measured as well.
"""

import argparse
import json
import os
import platform
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import catalogs
from environments import ROOT, InstallError, install_project
from measure import CommandError, Cost, measure
from sentences import Writer, translate

_LOCALES = "fr es it pt nl da sv nb pl cs sk hu ro bg el tr uk ar ja ko fi et lv lt hr sl he fa hi vi".split()
_MEGA = 1_000_000
_FOLDER_PAGES = 100


def main() -> None:
    options = _options()
    command = [str(install_project(options.project.resolve()) / "netzwerk-i18n")]
    names = _LOCALES[: options.locales]
    print(
        f"{options.pages:,} pages, {len(names)} languages; {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="netzwerk-i18n-benchmark-") as folder:
        site = Path(folder)
        _make_site(site, command, options.pages, names, each=options.each)
        cache = {"NETZWERK_I18N_CACHE": str(site / "cache")}
        report = ["status", "--format", "html", "-o", "report"]
        costs: dict[str, Cost] = {}
        for name, arguments in {
            "status, first": ["status", "--format", "json"],
            "status, again": ["status", "--format", "json"],
            "overview and map": [*report, "--overview"],
            "views of one language": [*report, "--locale", names[0]],
        }.items():
            costs[name] = measure(
                [[*command, *arguments]], folder=site, environment=cache, memory=options.memory
            )
            print(_line(name, costs[name]), flush=True)
            if name == "overview and map":
                overview = (site / "report" / "index.html").stat().st_size
                files = [file.stat().st_size for file in (site / "report").rglob("*.html")]
                print(
                    f"  the overview has {overview / 1000:.0f} kB, {len(files)} files {sum(files) / _MEGA:.0f} MB"
                )
        views = len(list((site / "report" / names[0]).glob("*-*.html")))
        print(f"  {views:,} reading views")
    if options.json:
        figures: dict[str, Any] = {
            "pages": options.pages,
            "locales": len(names),
            "overview_bytes": overview,
            "views": views,
            "costs": {name: asdict(cost) for name, cost in costs.items()},
        }
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _make_site(folder: Path, command: list[str], pages: int, names: list[str], *, each: bool) -> None:
    writer = Writer(random.Random(1))  # noqa: S311 - the same pages every time
    for number in range(pages):
        file = folder / f"pages/part-{number // _FOLDER_PAGES:03}/page-{number:05}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = f"---\ntitle: {writer.title()} {number}\n---\n\n{writer.sentence(8, 20)}\n\n{writer.sentence(8, 20)}\n"
        file.write_text(text, "utf-8")

    def configure(locales: list[str]) -> None:
        catalog = (
            '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'
            if each
            else ""
        )
        (folder / "netzwerk-i18n.toml").write_text(
            f'[project]\ndomain = "site"\nsource_locale = "en"\nlocales = {json.dumps(locales)}\n\n'
            f'[pages]\nsource = "pages/{{path}}.md"\ntarget = "localized/{{path}}.{{lang}}.md"\n\n{catalog}',
            "utf-8",
        )

    configure(names[:1])
    measure([[*command, "extract"]], folder=folder, environment={"NETZWERK_I18N_CACHE": "off"})
    first = sorted((folder / "locales" / names[0]).rglob("*.po"))
    empty = {file.relative_to(folder / "locales" / names[0]): file.read_text("utf-8") for file in first}
    for number, name in enumerate(names):
        translate_some = _translator(number / len(names))
        for path, text in empty.items():
            filled, _ = catalogs.fill(text, translate_some)
            file = folder / "locales" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(filled.replace(f"Language: {names[0]}\\n", f"Language: {name}\\n"), "utf-8")
    configure(names)


def _translator(missing: float) -> Callable[[str], str]:
    """A translator who leaves out every so many texts; the first language misses one text in a hundred."""
    chance = random.Random(2)  # noqa: S311 - the same texts every time

    def translate_some(text: str) -> str:
        return "" if chance.random() < max(0.01, missing) else translate(text)

    return translate_some


def _line(name: str, cost: Cost) -> str:
    together = f", {cost.together / _MEGA:.0f} MB together" if cost.together else ""
    return (
        f"{name}: {cost.wall:.1f} s, {cost.cpu:.1f} s of all processors, "
        f"{cost.largest / _MEGA:.0f} MB the largest process{together}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the status and the report of a large site.")
    parser.add_argument("--pages", type=int, default=15_000, help="source pages (default: 15000)")
    parser.add_argument("--locales", type=int, default=20, help="languages (default: 20)")
    parser.add_argument(
        "--each", action="store_true", help="a catalog for each page in place of one for each language"
    )
    parser.add_argument(
        "--project", type=Path, default=ROOT, help="the checkout to be measured (default: this one)"
    )
    parser.add_argument(
        "--memory",
        action="store_true",
        help="look at the memory of all processes together, which disturbs them",
    )
    parser.add_argument("--json", metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    if options.pages < 1 or not 1 <= options.locales <= len(_LOCALES):
        parser.error(f"--pages is at least 1, --locales from 1 to {len(_LOCALES)}")
    return options


if __name__ == "__main__":
    try:
        main()
    except (CommandError, InstallError, FileNotFoundError) as error:
        sys.exit(f"report: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
