"""How long a run of drafts takes: many messages, a fast engine on loopback, and the run after it.

    python benchmarks/drafts.py [--messages 10000] [--engine libretranslate|pseudo]

The server does nothing but give each text back with an accent, so what is measured is this tool alone.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONFIGURATION = """\
[project]
domain = "bench"
source_locale = "de"
locales = ["fr"]

[pages]
source = "content/{{path}}.de.md"
target = "content/{{path}}.{{lang}}.md"

[draft]
engine = "{engine}"
concurrency = 4
"""
MESSAGES_A_PAGE = 100
WORDS = "Bewegung Petition Netzwerk Wir verlassen gemeinsam die Plattform und laden alle ein".split()


class Handler(BaseHTTPRequestHandler):
    """LibreTranslate's API, as fast as Python can."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._say([{"code": code, "name": code, "targets": ["de", "fr"]} for code in ("de", "fr")])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._say({"translatedText": [text.replace("e", "é") for text in body["q"]]})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _say(self, data: Any) -> None:
        content = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def write_site(root: Path, messages: int, engine: str, url: str) -> None:
    """Pages with different texts, every third with markup."""
    options = f'\n[engines.libretranslate]\nurl = "{url}"\n' if engine == "libretranslate" else ""
    (root / "netzwerk-i18n.toml").write_text(CONFIGURATION.format(engine=engine) + options, encoding="utf-8")
    (root / "content").mkdir()
    for page in range(-(-messages // MESSAGES_A_PAGE)):
        texts = [
            text(page * MESSAGES_A_PAGE + number)
            for number in range(min(MESSAGES_A_PAGE, messages - page * MESSAGES_A_PAGE))
        ]
        (root / f"content/{page}.de.md").write_text("\n\n".join(texts) + "\n", encoding="utf-8")


def text(number: int) -> str:
    """A sentence of its own."""
    turned = WORDS[number % len(WORDS) :] + WORDS[: number % len(WORDS)]
    words = [*turned, *(f"Wort{digit}" for digit in str(number))]
    if number % 3 == 0:
        words[2] = f"**{words[2]}**"
        words[4] = f"[{words[4]}](https://example.org/{number})"
    return " ".join(words) + f" Nummer {number}."


def run(root: Path, *arguments: str) -> tuple[float, str]:
    """How many seconds a command takes, and the last line it says."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "netzwerk_i18n", *arguments],
        cwd=root,
        env={**os.environ, "NETZWERK_I18N_CACHE": str(root / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - began, done.stdout.splitlines()[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--engine", choices=["libretranslate", "pseudo"], default="libretranslate")
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, options.messages, options.engine, f"http://127.0.0.1:{server.server_address[1]}")
        run(root, "extract")
        for label, arguments in (
            ("dry run", ["translate", "--dry-run"]),
            ("first run", ["translate"]),
            ("second run", ["translate"]),
        ):
            seconds, said = run(root, *arguments)
            print(f"{label:>10}: {seconds:6.2f} s  {said}")
        (root / "locales/fr/LC_MESSAGES/bench.po").unlink()
        run(root, "extract")
        seconds, said = run(root, "translate")
        print(f"{'from cache':>10}: {seconds:6.2f} s  {said}")


if __name__ == "__main__":
    main()
