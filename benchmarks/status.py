"""Time and memory of `status` on a large site: many pages in many languages, each translated to another share.

    python benchmarks/status.py [--pages 15000] [--locales 20] [--json FILE]

The first run knows nothing; the second one knows what the first one kept.
"""

import argparse
import json
import os
import platform
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import catalogs
from corpus import make_corpus
from environments import ROOT, InstallError, install_project
from measure import CommandError, measure
from sentences import translate

_LOCALES = (
    "ar bg cs da de_AT el es et fi fr ga hr hu it ja ko lt lv nl no pl pt_BR pt_PT ro ru sk sl sv tr uk vi zh_Hans"
).split()
_MEGA = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure status on a large site.")
    parser.add_argument("--pages", type=int, default=15_000, help="how many pages (default: 15000)")
    parser.add_argument("--locales", type=int, default=20, help="how many languages (default: 20)")
    parser.add_argument("--project", type=Path, default=ROOT, help="the checkout to be measured")
    parser.add_argument("--json", metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    if options.pages < 1 or not 1 <= options.locales <= len(_LOCALES):
        parser.error(f"--pages is at least 1, --locales is from 1 to {len(_LOCALES)}")
    command = str(install_project(options.project.resolve()) / "netzwerk-i18n")
    corpus = make_corpus(options.pages)
    print(
        f"{options.pages:,} pages, {corpus.size / _MEGA:.1f} MB, {options.locales} languages: {corpus.origin}\n"
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
        flush=True,
    )
    figures = {}
    with tempfile.TemporaryDirectory(prefix="netzwerk-i18n-benchmark-") as folder:
        site = Path(folder) / "site"
        corpus.write(site / "pages")
        locales = _LOCALES[: options.locales]
        (site / "netzwerk-i18n.toml").write_text(
            f'[project]\ndomain = "site"\nsource_locale = "en"\nlocales = {json.dumps(locales)}\n\n'
            '[pages]\nsource = "pages/{path}.md"\ntarget = "localized/{path}.{lang}.md"\n',
            "utf-8",
        )
        environment = {"NETZWERK_I18N_CACHE": f"{folder}/kept"}
        measure([[command, "extract"]], folder=site, environment={"NETZWERK_I18N_CACHE": "off"})
        for number, locale in enumerate(locales):
            _fill(site / f"locales/{locale}/LC_MESSAGES/site.po", 1 - number / len(locales), number)
        for name in ("first run", "second run"):
            cost = measure([[command, "status"]], folder=site, environment=environment)
            watched = (
                measure([[command, "status"]], folder=site, environment=environment, memory=True)
                if (name == "second run")
                else cost
            )
            figures[name] = asdict(cost)
            together = f", {watched.together / _MEGA:,.0f} MB all" if watched.together else ""
            print(
                f"{name}: {cost.wall:.1f} s, {cost.cpu:.1f} s of processor time, {cost.largest / _MEGA:,.0f} MB{together}",
                flush=True,
            )
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _fill(file: Path, share: float, seed: int) -> None:
    """Translate a share of a catalog's messages."""
    random_ = random.Random(seed)  # noqa: S311 - the same every time, no secret
    text, _ = catalogs.fill(
        file.read_text("utf-8"), lambda msgid: translate(msgid) if random_.random() < share else ""
    )
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    try:
        main()
    except (CommandError, InstallError, FileNotFoundError) as error:
        sys.exit(f"status: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
