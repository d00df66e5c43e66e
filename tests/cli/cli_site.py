"""A real site in a folder of its own, and the real command that works on it."""

import json
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from cli_server import COMMAND, plain_environment, run_command

CATALOG = "locales/{}/LC_MESSAGES/site.po"
TIMEOUT = 50
"""A run that waits for anything longer than this hangs, in seconds."""

PAGE = """\
---
title: Titel
---

# Überschrift

Erster Satz.

Zweiter Satz.
"""

FRENCH = {
    "Titel": "Titre",
    "Überschrift": "En-tête",
    "Erster Satz.": "Première phrase.",
    "Zweiter Satz.": "Deuxième phrase.",
}


@dataclass(frozen=True)
class Run:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: nothing of the machine's settings, no colours."""
    return plain_environment() | more


def configuration(
    *locales: str,
    source: str = "content/{path}.de.md",
    target: str = "content/{path}.{lang}.md",
    more: str = "",
    pages: str = "",
) -> str:
    names = ", ".join(f'"{name}"' for name in locales)
    return (
        f'[project]\ndomain = "site"\nsource_locale = "de"\nlocales = [{names}]\n\n'
        f'[pages]\nsource = "{source}"\ntarget = "{target}"\n{pages}\n{more}'
    )


class Site:
    """A site below `root`: its files, its catalogs, and the command."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def configure(self, *locales: str, **rest: str) -> None:
        self.write("netzwerk-i18n.toml", configuration(*(locales or ("fr",)), **rest))

    def write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def run(self, *arguments: str, folder: str = ".", **env: str) -> Run:
        done = run_command(
            *arguments, folder=self.root / folder, environment=environment(**env), timeout=TIMEOUT
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *arguments: str, **env: str) -> Run:
        """Run a command that has nothing to complain about."""
        run = self.run(*arguments, **env)
        assert (run.code, run.err) == (0, ""), run
        return run

    def start(self, *arguments: str, **env: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=self.root,
            env=environment(**env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def translate(self, translations: Mapping[str, str], catalog: str = CATALOG.format("fr")) -> None:
        """Fill in translations as a person with a PO editor does."""
        with self.edited(catalog) as po:
            for entry in po:
                if entry.msgid in translations and not entry.obsolete:
                    entry.msgstr = translations[entry.msgid]

    def edited(self, catalog: str = CATALOG.format("fr")) -> "Edited":
        return Edited(self.root / catalog)

    def catalog(self, path: str = CATALOG.format("fr")) -> polib.POFile:
        return polib.pofile(str(self.root / path))

    def entry(self, msgid: str, catalog: str = CATALOG.format("fr")) -> polib.POEntry:
        found = self.catalog(catalog).find(msgid, include_obsolete_entries=True)
        assert found is not None, f"{msgid!r} is not in {catalog}"
        return found

    def status(self, *arguments: str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.ok("status", "--format", "json", *arguments).out)
        return data

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Every file but the lock: its bytes and its modification time."""
        return {
            path.relative_to(self.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name != "lock"
        }

    def contents(self) -> dict[str, bytes]:
        """Every file but the lock: its bytes."""
        return {path: data for path, (data, _) in self.snapshot().items()}


class Edited:
    """A catalog opened in an editor, and saved when the work is done."""

    def __init__(self, path: Path) -> None:
        self.po = polib.pofile(str(path), wrapwidth=100_000)

    def __enter__(self) -> polib.POFile:
        return self.po

    def __exit__(self, *_: object) -> None:
        self.po.save()


def complaint(run: Run) -> str:
    """The one line with which a command refused to work, without its prefix."""
    assert run.code == 2, run
    assert "Traceback" not in run.err
    lines = run.err.splitlines()
    assert len(lines) == 1, run.err
    assert lines[0].startswith("netzwerk-i18n: ")
    return lines[0].removeprefix("netzwerk-i18n: ")


def settings(site: Site) -> dict[str, Any]:
    """What the site's configuration says."""
    return tomllib.loads(site.read("netzwerk-i18n.toml"))
