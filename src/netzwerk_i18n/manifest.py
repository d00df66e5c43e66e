"""The digests of the pages that this tool wrote: what tells a generated page from one that a person edited.

Only digests of content are kept, never dates or commits: those change in clones, squashes and rebases. While a run
writes, each digest goes into a journal first, so that a page written just before the run died is still known.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from netzwerk_i18n.config import Config
from netzwerk_i18n.errors import NetzwerkError, OutputError
from netzwerk_i18n.project import STATE_FOLDER, Project

MANIFEST = f"{STATE_FOLDER}/pages.json"
JOURNAL = f"{STATE_FOLDER}/journal"

_VERSION = 1


def digest(data: bytes) -> str:
    """The digest by which a generated page is known."""
    return sha256(data).hexdigest()


def _spellings(data: bytes) -> Iterator[bytes]:
    """A page as it lies on the disk, then as it was before git changed all its line breaks (`core.autocrlf`)."""
    yield data
    yield data.replace(b"\r\n", b"\n") if b"\r\n" in data else data.replace(b"\n", b"\r\n")


def open_project(config: Config) -> Project:
    """The project of a configuration, which knows its generated pages and takes none of them for a source page.

    Raises:
        NetzwerkError: if the manifest is not what this tool writes.
    """
    manifest = Manifest(Project(config))
    return Project(config, frozenset(manifest.paths()))


class Manifest:
    """The digests of one project's generated pages, by path from the root."""

    def __init__(self, project: Project) -> None:
        """Read the manifest and the journal of a run that died, if there is one.

        Raises:
            NetzwerkError: if the manifest is not what this tool writes.
        """
        self._project = project
        self._file = project.file(MANIFEST)
        self._journal = project.file(JOURNAL)
        self._digests = _read_manifest(self._file)
        self._saved = dict(self._digests)
        self._outdated: set[str] = set()
        self._journaled: dict[str, set[str]] = _read_journal(self._journal)
        self._forgotten: set[str] = set()
        self._descriptor: int | None = None  # of the journal, once something was announced

    def __contains__(self, path: str) -> bool:
        return path in self._digests or path in self._journaled

    def wrote(self, path: str, data: bytes) -> bool:
        """Whether `data` is what this tool last wrote to `path`, in whatever line breaks git checked it out."""
        return self.known_as(path, data) is not None

    def known_as(self, path: str, data: bytes) -> str | None:
        """The digest by which `data` is known for what this tool last wrote to `path`; None where it is not."""
        if path not in self:
            return None
        return next((each for each in map(digest, _spellings(data)) if self.knows(path, each)), None)

    def knows(self, path: str, digest_: str) -> bool:
        """Whether this tool last wrote to `path` what has this digest."""
        return digest_ == self._digests.get(path) or digest_ in self._journaled.get(path, ())

    @property
    def outdated(self) -> bool:
        """Whether a page is right and its digest was another one, as git leaves it where both sides built the page."""
        return bool(self._outdated)

    def paths(self) -> list[str]:
        """The paths of all generated pages, sorted."""
        return sorted(self._digests.keys() | self._journaled.keys())

    def announce(self, path: str, digest_: str) -> None:
        """Note what will be written next, before it is written; any process of the run may do so.

        Raises:
            OutputError: if the journal cannot be written.
        """
        # The line begins with a newline, so that what a full disk left of the line before cannot spoil it.
        line = f"\n{json.dumps([digest_, path])}\n".encode()
        try:
            if self._descriptor is None:
                self._journal.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._descriptor = os.open(self._journal, flags, 0o666)
            while line:
                line = line[os.write(self._descriptor, line) :]
        except OSError as error:
            raise OutputError.of("cannot be written", error, JOURNAL) from None

    def record(self, path: str, digest_: str) -> None:
        """Note that `path` now holds what has this digest."""
        if self._digests.get(path, digest_) != digest_:
            self._outdated.add(path)
        self._digests[path] = digest_

    def forget(self, path: str) -> None:
        """Note that `path` is no generated page any more."""
        self._digests.pop(path, None)
        self._journaled.pop(path, None)
        self._forgotten.add(path)

    def save(self, *, complete: bool) -> None:
        """Write the manifest, if it changed, and end the journal.

        Args:
            complete: whether all that this run announced was recorded; else the journal and the disk tell what was done.

        Raises:
            OutputError: if it cannot be written.
        """
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._record_journaled(self._journaled if complete else _read_journal(self._journal))
        if self._digests != self._saved:
            self._project.write(MANIFEST, _format(self._digests), durable=True)
        self._journal.unlink(missing_ok=True)

    def _record_journaled(self, journaled: dict[str, set[str]]) -> None:
        """Record the pages that stand as they were announced, in a run that ended before it could say so."""
        for path in journaled.keys() - self._forgotten:
            with suppress(OutputError):
                data = self._project.read_target(path)
                if data is not None and (present := digest(data)) in journaled[path]:
                    self.record(path, present)


def merge_manifests(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Two manifests that both come from `base` (empty where there is none), merged page by page.

    A page that both sides wrote anew is noted with our digest: `git checkout --ours` brings back the page that fits it,
    and the next build writes it from the merged catalogs.

    Raises:
        NetzwerkError: if one of them is not what this tool writes.
    """
    before, our, their = (_parse(data) if data.strip() else {} for data in (base, ours, theirs))
    merged: dict[str, str] = {}
    for path in our.keys() | their.keys():
        chosen = their.get(path) if our.get(path) == before.get(path) else our.get(path, their.get(path))
        removed = path not in our and their.get(path) == before.get(path)
        if chosen is not None and not removed:
            merged[path] = chosen
    return _format(merged)


def _format(digests: dict[str, str]) -> bytes:
    data = {"version": _VERSION, "pages": dict(sorted(digests.items()))}
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _read_manifest(file: Path) -> dict[str, str]:
    try:
        return _parse(file.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NetzwerkError.of("cannot be read", error, MANIFEST) from None


def _parse(content: bytes) -> dict[str, str]:
    try:
        data = json.loads(content)
        pages = data["pages"]
        if data["version"] != _VERSION or not all(isinstance(value, str) for value in pages.values()):
            raise ValueError  # noqa: TRY301 - what JSON cannot say is as wrong as what is no JSON
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        remedy = "take either side of a merge conflict, or delete it and run build: pages that are right are known again"
        raise NetzwerkError("is not what build wrote", file=MANIFEST, remedy=remedy) from None
    return dict(pages)


def _read_journal(file: Path) -> dict[str, set[str]]:
    journaled: dict[str, set[str]] = {}
    try:
        lines = file.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return {}
    for line in lines:
        try:
            found, path = json.loads(line)
        except (ValueError, TypeError, RecursionError):  # blank, or cut short when the disk was full
            continue
        if isinstance(found, str) and isinstance(path, str):
            journaled.setdefault(path, set()).add(found)
    return journaled
