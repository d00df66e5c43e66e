"""What git calls to merge the files that this tool keeps: catalogs, templates, and the manifest of generated pages.

It stands alone: git calls it in the top folder of any repository, with three temporary files.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath

from netzwerk_i18n.catalog import parse_catalog, write_bytes_atomically
from netzwerk_i18n.catalog.merge import HEADER_KEY, format_merge, merge_catalogs, parse_ancestor
from netzwerk_i18n.errors import CatalogError, NetzwerkError
from netzwerk_i18n.manifest import MANIFEST, merge_manifests

_MOST_CONFLICTS = 127
"""`git merge-file` exits with the number of conflicts, up to this; more is a failure (its manual, "DESCRIPTION")."""


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message that a person has to decide: the line of its mark in the merged file, and its msgid; "" for the header."""

    line: int
    msgid: str


@dataclass(frozen=True, slots=True)
class DriverResult:
    """What became of a merge.

    Attributes:
        conflicts: the messages that are left to a person, in the order of the file.
        set_aside: the msgids of translations that one side changed while their texts left the pages on the other.
        remarks: what else the person should know, such as why the file was merged by lines.
        by_lines: whether a merge by lines left conflicts.
    """

    conflicts: tuple[OpenMessage, ...] = ()
    set_aside: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    by_lines: bool = False


def merge_files(base: Path, ours: Path, theirs: Path, *, name: str) -> DriverResult:
    """Merge `theirs` into `ours`, which is written whole or not at all.

    A side that cannot be read as what it should be is merged by lines, as git does it without a driver. Without a
    `base` that can be read, whatever differs is taken for new on both sides.

    Args:
        base: the common ancestor; empty where both sides added the file.
        ours: our side, and the result.
        theirs: the other side.
        name: how messages call the file, its path in the repository.

    Raises:
        NetzwerkError: if a file cannot be read or written, or git cannot merge them either; `ours` is as it was.
    """
    contents = tuple(_read(file, name) for file in (base, ours, theirs))
    try:
        if PurePath(name).name == PurePath(MANIFEST).name:
            result, data = DriverResult(), merge_manifests(*contents)
        else:
            result, data = _merge_catalogs(*contents, name=name)
    except NetzwerkError as error:
        return _merge_lines(base, ours, theirs, name=name, error=error)
    write_bytes_atomically(ours, data, durable=False, name=name)
    return result


def _merge_catalogs(base: bytes, ours: bytes, theirs: bytes, *, name: str) -> tuple[DriverResult, bytes]:
    our, their = parse_catalog(ours, file=f"{name} (ours)"), parse_catalog(theirs, file=f"{name} (theirs)")
    remarks: tuple[str, ...] = ()
    try:
        before = parse_ancestor(base, file=f"{name} (common ancestor)")
    except CatalogError as error:
        before, remarks = None, (f"{error}; merged without it",)
    merge = merge_catalogs(before, our, their)
    data, lines = format_merge(merge)
    conflicts = tuple(OpenMessage(line, "" if key == HEADER_KEY else key[1]) for key, line in lines.items())
    return DriverResult(conflicts, tuple(msgid for _, msgid in merge.set_aside), remarks), data


def _merge_lines(base: Path, ours: Path, theirs: Path, *, name: str, error: NetzwerkError) -> DriverResult:
    program = shutil.which("git")
    if program is None:
        raise error
    labels = [part for label in ("ours", "common ancestor", "theirs") for part in ("-L", label)]
    done = subprocess.run(  # noqa: S603 - a list of arguments, and an absolute path
        [program, "merge-file", *labels, *(str(file.resolve()) for file in (ours, base, theirs))],
        capture_output=True,
        check=False,
    )
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise error
    return DriverResult(remarks=(f"{error}; {name} was merged by lines",), by_lines=bool(done.returncode))


def _read(file: Path, name: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NetzwerkError.of(f"{file.name} cannot be read", error, name) from None
