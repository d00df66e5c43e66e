"""How long `check` takes for 10,000 messages on one core: whole processes, all checks and all warnings.

`python benchmarks/checks.py [--messages N]` makes a site of pages with links, code, emphasis, numbers and names, fills
its French catalog, and runs the command that is installed beside this Python, held to one processor where the system can.
"""

import argparse
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MESSAGES_OF_A_PAGE = 50
ROUNDS = 3

CONFIGURATION = """\
[project]
domain = "bench"
source_locale = "de"
locales = ["fr"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"
"""

PAIRS = (
    (
        "Die Initiative ruft alle Menschen in Europa dazu auf,",
        "L’initiative appelle toutes les personnes en Europe",
    ),
    (
        "die Plattform bis zum 9. Januar 2025 zu verlassen.",
        "à quitter la plateforme avant le 9 janvier 2025.",
    ),
    ("Mehr als 34.000 Stimmen sind es schon", "Il y a déjà plus de 34\u202f000 voix"),
    (
        "Lest dazu den [offenen Brief](https://example.org/brief)",
        "Lisez la [lettre ouverte](https://example.org/brief)",
    ),
    (
        "bei [Wikipedia](https://de.wikipedia.org/wiki/Fediverse)",
        "sur [Wikipédia](https://fr.wikipedia.org/wiki/Fediverse)",
    ),
    (
        "und teilt **#LeaveX** mit allen, die ihr kennt.",
        "et partagez **#LeaveX** avec toutes vos connaissances.",
    ),
    ("Wer hilft uns *heute* noch weiter?", "Qui nous aide *aujourd’hui* encore\u202f?"),
    ("Mit `make demo` geht es los.", "Avec `make demo`, c’est parti."),
    ("Sie sagte: „Wir gehen gemeinsam.“", "Elle a dit\u00a0: «\u00a0Nous partons ensemble.\u00a0»"),
    ("Das Netz wächst in vielen Ländern und Städten", "Le réseau grandit dans beaucoup de pays et de villes"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    wanted = parser.parse_args().messages
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_site(site, wanted)
        for label, options in (
            ("all checks", ()),
            ("with --locale and JSON", ("--locale", "fr", "--format", "json")),
            ("links alone", ("--only", "links")),
        ):
            walls, cpus = zip(*(run(site, "check", *options) for _ in range(ROUNDS)), strict=True)
            print(
                f"{label}: {statistics.median(walls):.2f} s, of one core {statistics.median(cpus):.2f} s, "
                f"{wanted / statistics.median(cpus):,.0f} messages/s"
            )


def make_site(site: Path, wanted: int) -> None:
    """Pages of paragraphs, all different, and a catalog in which each is translated."""
    random_ = random.Random(7)  # noqa: S311 - the same texts every time
    (site / "netzwerk-i18n.toml").write_text(CONFIGURATION)
    (site / "content").mkdir()
    translations: dict[str, str] = {}
    for page in range(0, wanted, MESSAGES_OF_A_PAGE):
        texts = []
        for number in range(page, min(wanted, page + MESSAGES_OF_A_PAGE)):
            chosen = random_.sample(PAIRS, random_.randint(1, 4))
            source, target = (" ".join(pair[side] for pair in chosen) for side in (0, 1))
            source, target = f"{source} Nr. {number}", f"{target} n° {number}"
            translations[source] = target
            texts.append(source)
        (site / f"content/page{page}.de.md").write_text("\n\n".join(texts) + "\n", "utf-8")
    run(site, "extract")
    catalog = site / "locales/fr/LC_MESSAGES/bench.po"

    def fill(match: re.Match[str]) -> str:
        source = match[1].replace('\\"', '"')
        return f'{match[0][:-3]} "{translations[source]}"\n' if source else match[0]

    text = re.sub(r'^msgid "(.+)"\nmsgstr ""\n', fill, catalog.read_text("utf-8"), flags=re.MULTILINE)
    catalog.write_text(text, "utf-8")


def run(site: Path, *arguments: str) -> tuple[float, float]:
    """Wall and processor time of one process in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "netzwerk_i18n", *arguments],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
