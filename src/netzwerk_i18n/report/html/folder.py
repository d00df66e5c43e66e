"""The folder of a report: only what a report wrote is ever overwritten or removed in it.

A list in the folder names the files of the report. It is written before the first of them, so that a run that was
killed leaves none behind that the next one would not know.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from netzwerk_i18n.catalog import write_bytes_atomically
from netzwerk_i18n.errors import OutputError
from netzwerk_i18n.report.badge import BADGE_MARK

LIST = "netzwerk-i18n-report.txt"
GENERATOR = '<meta name="generator" content="netzwerk-i18n">'

_HEAD = "The files of a report of netzwerk-i18n, which writes and removes them:"
_NAME = re.compile(r"(?:[A-Za-z0-9_@-]{1,80}/)?[A-Za-z0-9_@-]{1,120}\.(?:html|svg)")
_MARKS = (GENERATOR.encode(), BADGE_MARK.encode())
_MARK_WITHIN = 1024  # bytes of a file's beginning


class ReportFolder:
    """A folder that holds a report, or nothing yet."""

    def __init__(self, root: Path) -> None:
        """Look at the folder; nothing is written.

        Raises:
            OutputError: if there is something else.
        """
        self._root = root
        self._checked: set[Path] = set()
        self._known = self._read_list()

    def begin(self, paths: Iterable[str]) -> None:
        """Note which files the report will have.

        Raises:
            OutputError: if one of them is there already and of no report, or the folder cannot be written.
        """
        wanted = set(paths)
        for path in wanted - self._known:
            file = self._root / path
            if (file.exists() or file.is_symlink()) and not _is_ours(file):
                raise OutputError(
                    "stands where the report would, and no report wrote it", str(file), remedy="move it away"
                )
        self._write_list(wanted | self._known)

    def put(self, path: str, text: str) -> bool:
        """Write a file whole or not at all; False where it holds this text already.

        Raises:
            OutputError: if it cannot be written.
        """
        if not _NAME.fullmatch(path):
            raise OutputError("is no name for a file of a report", file=path)
        file = self._root / path
        self._require_inside(file.parent)
        return write_bytes_atomically(file, text.encode("utf-8", "replace"), durable=False)

    def finish(self, paths: Iterable[str]) -> int:
        """Remove the files of an older report that this one has not; how many they were."""
        kept = set(paths)
        removed = 0
        for path in sorted(self._known - kept):
            file = self._root / path
            with suppress(OSError):
                if not file.is_symlink() and _is_ours(file) and _lies_in(file.parent, self._root):
                    file.unlink()
                    removed += 1
                    if file.parent != self._root:
                        file.parent.rmdir()  # refused while anything is left in it
        self._write_list(kept)
        return removed

    def _read_list(self) -> set[str]:
        name = str(self._root)
        if not self._root.exists() and not self._root.is_symlink():
            return set()
        if not self._root.is_dir():
            raise OutputError("is no folder", name, remedy="name a new folder for the report")
        file = self._root / LIST
        try:
            if not any(self._root.iterdir()):
                return set()
            lines = file.read_text("utf-8").split("\n") if file.is_file() and not file.is_symlink() else []
        except (OSError, UnicodeDecodeError):
            lines = []
        if not lines or lines[0] != _HEAD:
            raise OutputError(
                "holds something else than a report", name, remedy="name a new or an empty folder"
            )
        return {line for line in lines[1:] if _NAME.fullmatch(line)}

    def _write_list(self, paths: Iterable[str]) -> None:
        text = "".join(f"{line}\n" for line in (_HEAD, *sorted(paths)))
        write_bytes_atomically(self._root / LIST, text.encode(), durable=False)

    def _require_inside(self, folder: Path) -> None:
        if folder not in self._checked:
            folder.mkdir(parents=True, exist_ok=True)
            if not _lies_in(folder, self._root):
                raise OutputError("leads outside the report", str(folder), remedy="remove the link")
            self._checked.add(folder)


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            start = opened.read(_MARK_WITHIN)
    except OSError:
        return False
    return any(mark in start for mark in _MARKS)


def _lies_in(folder: Path, root: Path) -> bool:
    inside, whole = os.path.realpath(folder), os.path.realpath(root)
    return inside == whole or inside.startswith(whole.rstrip(os.sep) + os.sep)
