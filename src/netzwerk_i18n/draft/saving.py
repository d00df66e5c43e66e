"""Drafts put into their catalogs while a run goes on: little is lost when it dies, and nobody's work is written over.

A run may take hours, so it holds no lock meanwhile. Each time it takes the lock, reads the catalog again, and touches only
messages that still are as they were.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from netzwerk_i18n.catalog import (
    Catalog,
    Message,
    format_catalog,
    is_machine_made,
    project_lock,
    read_catalog,
)
from netzwerk_i18n.draft.marks import may_draft, put_draft, put_offer
from netzwerk_i18n.draft.memory import Similar
from netzwerk_i18n.draft.selection import Task
from netzwerk_i18n.errors import NetzwerkError, OutputError, as_one
from netzwerk_i18n.project import Project

T = TypeVar("T")

_BEFORE = "before the draft: "
_SECONDS = 3.0
_SHARE = 10
"""Saving may take no more than a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A translation that was accepted: its message, where it comes from, and the style in which it travelled."""

    task: Task
    msgstr: str
    origin: str
    style: str


class Saver:
    """Keeps drafts until it is time to write them."""

    def __init__(self, project: Project, *, stale: bool, moment: datetime) -> None:
        """Begin with nothing to save."""
        self._project = project
        self._stale = stale
        self._moment = moment
        self._waiting: dict[str, list[Draft]] = defaultdict(list)
        self._next = time.monotonic() + _SECONDS
        self.written: dict[str, int] = {}
        """How many drafts went into each catalog."""
        self.overtaken: list[Task] = []
        """Messages that somebody translated while the engine was at work."""

    def add(self, draft: Draft) -> None:
        """Have a draft saved soon."""
        self._waiting[draft.task.catalog].append(draft)

    def save_in_time(self) -> None:
        """Write what waits, if it waits long enough.

        Raises:
            NetzwerkError: if a catalog cannot be read or written.
        """
        if self._waiting and time.monotonic() >= self._next:
            began = time.monotonic()
            self.save()
            taken = time.monotonic() - began
            self._next = time.monotonic() + max(_SECONDS, _SHARE * taken)

    def save(self) -> None:
        """Write all that waits.

        Raises:
            NetzwerkError: if a catalog cannot be read or written; what could not be written still waits, and the other
                catalogs were written.
        """
        if not self._waiting:
            return
        errors: list[NetzwerkError] = []
        with project_lock(self._project.config.root):
            for path in sorted(self._waiting):
                try:
                    written, overtaken = self._change(path, partial(self._put, self._waiting[path]))
                except NetzwerkError as error:
                    errors.append(error)
                    continue
                del self._waiting[path]
                self.overtaken += overtaken
                if written:
                    self.written[path] = self.written.get(path, 0) + written
        if errors:
            raise as_one(errors)

    def offer(self, offers: Sequence[tuple[Task, Similar | None]]) -> None:
        """Put translations of similar texts beside messages that got no draft.

        Raises:
            NetzwerkError: if a catalog cannot be read or written.
        """
        by_path: dict[str, list[tuple[Task, Similar | None]]] = defaultdict(list)
        for task, similar in offers:
            by_path[task.catalog].append((task, similar))
        if not by_path:
            return
        with project_lock(self._project.config.root):
            for path, wanted in by_path.items():
                self._change(path, partial(self._put_offers, wanted))

    def _change(self, path: str, change: Callable[[Catalog], T]) -> T:
        """What `change` says of what it did to a catalog; the caller holds the lock."""
        catalog = read_catalog(self._project.file(path), name=path)
        if catalog is None:
            raise OutputError(
                "was removed while drafts were made", path, remedy="run extract, then translate"
            )
        told = change(catalog)
        self._project.write(path, format_catalog(catalog), durable=True)
        return told

    def _put_offers(self, offers: Sequence[tuple[Task, Similar | None]], catalog: Catalog) -> None:
        for task, similar in offers:
            message = self._unchanged(catalog, task)
            if message is not None:
                put_offer(message, similar)

    def _put(self, drafts: Sequence[Draft], catalog: Catalog) -> tuple[int, list[Task]]:
        """Put drafts into their catalog: how many, and for which messages somebody was faster."""
        written = 0
        overtaken: list[Task] = []
        for draft in drafts:
            message = self._unchanged(catalog, draft.task)
            if message is None:
                overtaken.append(draft.task)
                continue
            if message.msgstr and not is_machine_made(message):
                # What a person translated from the old text is not lost: it stands beside the draft.
                message.comments += tuple(f"{_BEFORE}{line}" for line in message.msgstr.split("\n"))
            put_draft(message, draft.msgstr, engine=draft.origin, style=draft.style, moment=self._moment)
            written += 1
        return written, overtaken

    def _unchanged(self, catalog: Catalog, task: Task) -> Message | None:
        message = catalog.get(task.key)
        if message is None or message.obsolete or message.msgstr != task.was:
            return None
        return message if may_draft(message, stale=self._stale) else None


def require_writable(project: Project, paths: Sequence[str]) -> None:
    """Make sure that drafts can be saved, before anything is paid for.

    Raises:
        OutputError: if a catalog, or its folder, is read-only.
    """
    for path in paths:
        file = project.file(path)
        if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
            raise OutputError(
                "is read-only", path, remedy="nothing was sent; make it writable, then run again"
            )
    if paths:
        with project_lock(project.config.root):
            pass
