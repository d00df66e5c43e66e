"""Waiting until what localized pages are made of has changed: the configuration, the source pages, the catalogs.

Their times and sizes are looked at every now and then. Localized pages lie among the source pages, so word from the system
that something in a folder has changed would have to be held against the same list of files; and folders of containers and
networks send none.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netzwerk_i18n.config import CONFIG_NAMES, load_config
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.manifest import MANIFEST, open_project

if TYPE_CHECKING:
    from netzwerk_i18n.project import Project

Inputs = Mapping[str, tuple[int, ...]]
"""The files that are there, by their paths from the root, each with what changes when it is written or replaced."""

_PAUSE = 0.4
_LONGEST_PAUSE = 5.0
_SHARE = 10  # a large site is looked at for a tenth of the time
_SETTLING = 0.1
_MOST_LOOKS = 50  # what never comes to rest is taken as it is then


class Watch:
    """What a command works on, looked at again and again.

    Attributes:
        files: how many files were there when it was last looked at.
    """

    def __init__(self, root: Path, *, locales: Sequence[str] = (), pages: Sequence[str] = ()) -> None:
        """Watch a project.

        Args:
            root: the folder with its configuration.
            locales: only the catalogs of these.
            pages: only these source pages, as a person names them.
        """
        self._root = root
        self._locales, self._pages = locales, pages
        self._settings: Inputs = {}
        self._project: Project | None = None
        self._paths: tuple[str, ...] = ()
        self.files = 0

    def changes(self) -> Iterator[tuple[str, ...]]:
        """The paths of what changed, as often as something did; at first none, for all is new.

        A file that changes after these were yielded is among the next ones, however long the work on these takes. Files
        are waited for until they are left alone: an editor may write one in several steps, and git writes many.
        """
        known = self._look()
        yield ()
        while True:
            begin = time.monotonic()
            now = self._look()
            if now == known:
                seconds = time.monotonic() - begin
                time.sleep(min(max(_PAUSE, seconds * _SHARE), _LONGEST_PAUSE))
                continue
            for _ in range(_MOST_LOOKS):
                time.sleep(_SETTLING)
                before, now = now, self._look()
                if now == before:
                    break
            paths = sorted(path for path in {*known, *now} if known.get(path) != now.get(path))
            known = now
            yield tuple(paths)

    def _look(self) -> Inputs:
        """The inputs as they are; where it cannot be told which they are, those known so far, and what stands in the way."""
        settings = self._stamps(CONFIG_NAMES)
        obstacle: dict[str, tuple[int, ...]] = {}
        try:
            self._paths = tuple(self._find_paths(settings | self._stamps([MANIFEST])))
        except NetzwerkError as error:  # who works on it says more
            self._project = None
            obstacle = {error.file or CONFIG_NAMES[0]: ()}
        inputs = settings | self._stamps(self._paths) | obstacle
        self.files = len(inputs)
        return inputs

    def _find_paths(self, settings: Inputs) -> Iterator[str]:
        """The source pages and the catalogs, whether these are there or not.

        Raises:
            NetzwerkError: if it cannot be told which they are.
        """
        if self._project is None or settings != self._settings:
            self._project, self._settings = open_project(load_config(self._root)), settings
        project = self._project.awaiting({})  # which knows no pages yet
        pages = project.select(self._pages)
        locales = [project.config.locale(name) for name in self._locales] or project.config.locales
        for page in pages:
            yield page.path
        for locale in locales:
            for belongs in [None] if project.one_catalog else pages:
                yield project.catalog_path(locale, belongs)

    def _stamps(self, paths: Iterable[str]) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for path in paths:
            try:
                file = os.stat(f"{self._root}{os.sep}{path}")  # noqa: PTH116 - Path's way takes three times as long
            except (OSError, ValueError):
                continue
            found[path] = (file.st_mtime_ns, file.st_size, file.st_ino)
        return found
