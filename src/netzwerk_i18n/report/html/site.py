"""Which pages a report has, what stands on each, and how they are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from netzwerk_i18n.catalog import State
from netzwerk_i18n.history import History, current_commit
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.report.badge import badges
from netzwerk_i18n.report.html import charts
from netzwerk_i18n.report.html.folder import ReportFolder
from netzwerk_i18n.report.html.languages import Language, language
from netzwerk_i18n.report.html.rendering import Renderer
from netzwerk_i18n.report.text import whole_percent
from netzwerk_i18n.review import PageReview, review
from netzwerk_i18n.status import PageStatus, Status
from netzwerk_i18n.tally import Tally

Views = Literal["open", "all", "none"]
"""The pages and languages that have a reading view."""

MAP_ROWS = 250
"""How many pages one file of the map shows."""

MAP_IN_OVERVIEW = 40
"""A map of no more pages than this stands in the overview as well."""

LISTED = 500
"""How many pages the page of a language lists."""

FIRST_STEPS = 10
"""How many pages the overview names where help is needed most."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many files the report has, how many of them are new or changed, and how many left it."""

    made: int
    changed: int
    removed: int


class Cell(NamedTuple):
    """What the map and the lists say of one page in one language; a large site has hundreds of thousands.

    Attributes:
        percent: its coverage, rounded down; -1 where there is nothing to translate.
        open_words: the words of messages that are not translated, or not in order.
        open_messages: the number of these messages.
        broken: whether one of them is broken.
    """

    percent: int
    open_words: int
    open_messages: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of pages in one language.

    Attributes:
        path: the source page.
        status: whether it is published, and outdated.
        tally: its figures.
        open_words: the words of messages that are not translated, or not in order.
        view: the file of its reading view in the report, or empty.
    """

    path: str
    status: PageStatus
    tally: Tally
    open_words: int
    view: str


@dataclass(frozen=True, slots=True)
class MapPart:
    """One file of the map: its name, its pages, and the first and the last of them."""

    file: str
    paths: Sequence[str]

    @property
    def first(self) -> str:
        """The path of the first page."""
        return self.paths[0]

    @property
    def last(self) -> str:
        """The path of the last page."""
        return self.paths[-1]


def write_report(
    project: Project,
    status: Status,
    history: History,
    folder: Path,
    *,
    views: Views,
    pages: Sequence[SourcePage] = (),
) -> Written:
    """Write the report of a status into a folder, which is new, empty, or holds a report.

    Args:
        project: the project.
        status: its figures; their locales and pages are those of the report.
        history: what was recorded before.
        folder: where the report goes.
        views: which pages get a reading view.
        pages: the source pages of the status; all of the project's where empty.

    Raises:
        NetzwerkError: if the folder holds anything else, a file cannot be written, or a page or catalog read.
    """
    report = _Report(project, status, history, views, pages or project.pages)
    target = ReportFolder(folder)
    planned = report.files()
    target.begin(planned)
    changed = sum(report.write_views(target))
    # What leads to other pages comes after them, the overview last of all.
    changed += sum(target.put(path, text) for path, text in report.pages())
    return Written(len(planned), changed, target.finish(planned))


def open_words(tally: Tally) -> int:
    """The words of a page (or of many) that are not translated, or not in order."""
    return tally.words.total() - tally.words[State.TRANSLATED]


def cell(tally: Tally) -> Cell:
    """The figures of a page in one language in short."""
    return Cell(
        whole_percent(tally.coverage) if tally.messages else -1,
        open_words(tally),
        tally.messages.total() - tally.messages[State.TRANSLATED],
        tally.messages[State.BROKEN] > 0,
    )


def view_file(locale: str, path: str) -> str:
    """The file of a reading view: the path's letters to be recognized by, a digest to be told apart by.

    >>> view_file("fr", "content/Über uns?.de.md")
    'fr/content-ber-uns-de-md-d100eb8365.html'
    """
    words = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")[-80:].strip("-")
    return f"{locale}/{words}-{sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:10]}.html"


class _Report:
    """The plan of a report, and its pages one by one."""

    def __init__(
        self, project: Project, status: Status, history: History, views: Views, pages: Sequence[SourcePage]
    ) -> None:
        self._project, self._status, self._history = project, status, history
        self._views, self._pages = views, pages
        self._paths = sorted(page.path for page in pages)
        self._names = {page.path: page.name for page in pages}
        self._locales = [project.config.locale(name) for name in status.locales]
        self._languages: dict[str, Language] = {name: language(name) for name in status.locales}
        self._source = language(project.config.source_locale)
        self._renderer = Renderer(source_url=project.config.source_url)

    def files(self) -> list[str]:
        """The names of all files of the report."""
        names = ["index.html", *(part.file for part in self._parts)]
        names += [f"badges/{name}" for name in badges(self._status)]
        for name in self._status.locales:
            names += [f"{name}/index.html", *self._view_files[name].values()]
        return names

    def write_views(self, folder: ReportFolder) -> Iterator[bool]:
        """Write the reading views, each in the process that reads its page; whether it changed."""
        if not any(self._view_files.values()):
            return

        self._renderer.prepare()  # once, before work is spread over processes; so are the neighbours and the commit
        files, _, _ = self._view_files, self._neighbours, self._commit

        def handle(found: PageReview) -> bool:
            return folder.put(files[found.locale.name][found.source], self._view(found))

        # One language after the other: a large site's catalogs need not be in memory all at once.
        for locale in self._locales:
            wanted = [page for page in self._pages if page.path in files[locale.name]]
            if wanted:
                yield from review(self._project, handle, locales=[locale], pages=wanted)

    def pages(self) -> Iterator[tuple[str, str]]:
        """All other pages: name and text."""
        for name, badge in badges(self._status).items():
            yield f"badges/{name}", badge
        for name in self._status.locales:
            yield f"{name}/index.html", self._language_page(name)
        for number, part in enumerate(self._parts):
            yield part.file, self._map_page(number, part)
        yield "index.html", self._overview()

    @cached_property
    def _parts(self) -> list[MapPart]:
        parts = [self._paths[start : start + MAP_ROWS] for start in range(0, len(self._paths), MAP_ROWS)]
        return [
            MapPart("pages.html" if number == 0 else f"pages-{number + 1}.html", paths)
            for number, paths in enumerate(parts)
        ]

    @cached_property
    def _cells(self) -> dict[str, dict[str, Cell]]:
        """What is said of each page by locale and path; equal ones are one object."""
        known: dict[Cell, Cell] = {}

        def shared(found: Cell) -> Cell:
            return known.setdefault(found, found)

        return {
            name: {path: shared(cell(locale.pages[path].tally)) for path in self._paths}
            for name, locale in self._status.locales.items()
        }

    @cached_property
    def _view_files(self) -> dict[str, dict[str, str]]:
        """The file of each reading view by locale and page."""
        files: dict[str, dict[str, str]] = {}
        for name, cells in self._cells.items():
            files[name] = {
                path: view_file(name, path)
                for path, found in cells.items()
                if self._views == "all" or (self._views == "open" and found.open_messages)
            }
        return files

    @cached_property
    def _neighbours(self) -> dict[str, dict[str, tuple[str, str]]]:
        """The files of the reading views before and after each, by locale and page."""
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for name, files in self._view_files.items():
            names = ["", *(file.partition("/")[2] for file in files.values()), ""]
            found[name] = {path: (names[number], names[number + 2]) for number, path in enumerate(files)}
        return found

    def _common(self, root: str) -> dict[str, Any]:
        config = self._project.config
        return {
            "root": root,
            "project": config.domain,
            "source": self._source,
            "commit": self._commit,
            "page_count": len(self._paths),
        }

    @cached_property
    def _commit(self) -> str:
        return (current_commit(self._project) or "")[:10]

    def _overview(self) -> str:
        rows = []
        for name, locale in self._status.locales.items():
            rows.append(
                {
                    "language": self._languages[name],
                    "status": locale,
                    "bar": charts.stacked_bar(locale.total.words),
                    "open_words": open_words(locale.total),
                    "open_pages": sum(found.open_messages > 0 for found in self._cells[name].values()),
                    "minimum": self._project.config.policy(
                        self._project.config.locale(name), ""
                    ).minimum_coverage,
                    "trend": charts.sparkline(self._history.coverage(name)),
                }
            )
        words = max((locale.total.words.total() for locale in self._status.locales.values()), default=0)
        return self._renderer.page(
            "overview.html",
            **self._common(""),
            rows=rows,
            words=words,
            states=[
                state
                for state in charts.ORDER
                if any(locale.total.messages[state] for locale in self._status.locales.values())
            ],
            chart=charts.chart(self._history.records, list(self._status.locales)),
            first_steps=self._first_steps(),
            map_rows=list(self._map_rows(self._paths)) if len(self._paths) <= MAP_IN_OVERVIEW else [],
            languages=list(self._languages.values()),
            parts=self._parts,
        )

    def _first_steps(self) -> list[dict[str, Any]]:
        """The pages with the most open words in all languages together."""
        totals = {path: sum(cells[path].open_words for cells in self._cells.values()) for path in self._paths}
        worst = sorted((path for path in totals if totals[path]), key=lambda path: (-totals[path], path))
        return [
            {
                "path": path,
                "words": totals[path],
                "languages": [
                    (self._languages[name], self._view_files[name].get(path, ""))
                    for name, cells in self._cells.items()
                    if cells[path].open_messages
                ],
            }
            for path in worst[:FIRST_STEPS]
        ]

    def _map_rows(self, paths: Sequence[str]) -> Iterator[tuple[str, str, int, list[tuple[int, bool, str]]]]:
        """The path, the name, the open messages, and for each language percent (-1 without words), broken or not, and the view."""
        for path in paths:
            found = [
                (cells[path], self._view_files[name].get(path, "")) for name, cells in self._cells.items()
            ]
            still_open = sum(one.open_messages for one, _ in found)
            yield (
                path,
                self._names[path],
                still_open,
                [(one.percent, one.broken, view) for one, view in found],
            )

    def _map_page(self, number: int, part: MapPart) -> str:
        return self._renderer.page(
            "map.html",
            **self._common(""),
            number=number,
            parts=self._parts,
            map_rows=self._map_rows(part.paths),
            languages=list(self._languages.values()),
        )

    def _language_page(self, name: str) -> str:
        locale = self._status.locales[name]
        cells, views = self._cells[name], self._view_files[name]
        listed = [path for path in self._paths if cells[path].open_messages or path in views]
        listed.sort(key=lambda path: -cells[path].open_words)
        rows = [
            Row(path, page, page.tally, cells[path].open_words, views.get(path, ""))
            for path, page in ((path, locale.pages[path]) for path in listed[:LISTED])
        ]
        config = self._project.config
        return self._renderer.page(
            "language.html",
            **self._common("../"),
            language=self._languages[name],
            status=locale,
            bar=charts.stacked_bar(locale.total.words),
            states=[state for state in charts.ORDER if locale.total.messages[state]],
            open_words=open_words(locale.total),
            chart=charts.chart(self._history.records, [name]),
            rows=[(row, charts.stacked_bar(row.tally.words)) for row in rows],
            hidden=max(0, len(listed) - LISTED),
            catalog=self._project.catalog_path(config.locale(name)) if self._project.one_catalog else "",
        )

    def _view(self, found: PageReview) -> str:
        name = found.locale.name
        before, after = self._neighbours[name][found.source]
        states = [state for state in charts.ORDER if found.tally.messages[state]]
        return self._renderer.page(
            "view.html",
            **self._common("../"),
            language=self._languages[name],
            page=found,
            bar=charts.stacked_bar(found.tally.words),
            states=states,
            findings=sum(bool(passage.findings) for passage in found.passages),
            minimum=self._project.config.policy(found.locale, found.source).minimum_coverage,
            before=before,
            after=after,
        )
