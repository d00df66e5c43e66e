"""What is wrong with catalogs as a whole: with their headers, and in the eyes of GNU gettext's compiler."""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import astuple, replace
from typing import NamedTuple

from netzwerk_i18n.catalog import parse_catalog
from netzwerk_i18n.checks.catalogs import CATALOG_HEADER, MSGFMT, CatalogProblem, find_header_problems
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.msgfmt import ask_msgfmt, msgfmt_version
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project
from netzwerk_i18n.readings import stores_of
from netzwerk_i18n.store import Row, Store, key_of

KIND = "catalog"

_FORM = ("syntax error", "missing '", "keyword ")
"""How the compiler begins to speak of a file that it cannot read, and not of a message in it."""

_REMEDY = "; run netzwerk-i18n extract, which writes the file as gettext reads it"

_PROCESS_BYTES = 20_000
"""To start the compiler takes about as long as to read so much of a page."""


class _Catalog(NamedTuple):
    locale: str
    page: str  # empty where there is one catalog for the project
    path: str


def find_catalog_problems(
    project: Project, catalogs: Mapping[str, tuple[str, str]], wanted: AbstractSet[str]
) -> Iterator[tuple[str, CatalogProblem]]:
    """Look at catalogs, with all processors; yield the path of each that is not in order with what is wrong.

    Args:
        project: the project.
        catalogs: by path, a catalog's locale and one of its pages.
        wanted: the names of the checks that are wanted.
    """
    if not wanted:
        return
    stores = stores_of(project)
    version = msgfmt_version() if MSGFMT in wanted else ""
    asked = json.dumps([sorted(wanted), version]).encode()
    work = sorted(
        _Catalog(locale, "" if project.one_catalog else page, path)
        for path, (locale, page) in catalogs.items()
    )

    def run(chunk: Sequence[_Catalog]) -> tuple[list[tuple[str, CatalogProblem]], list[Row]]:
        known = _known(stores, chunk)
        found: list[tuple[str, CatalogProblem]] = []
        rows: list[Row] = []
        for catalog in chunk:
            try:
                data = project.catalog_bytes(catalog.path)
            except NetzwerkError:  # it changed meanwhile
                continue
            if data is None:
                continue
            key = key_of(asked, catalog.locale.encode(), data)
            if key in known:
                problems = [CatalogProblem(*problem) for problem in json.loads(known[key])]
            else:
                problems = list(_find_problems(project, catalog, data, wanted))
                # The compiler may have said that there was no time, or no memory.
                if not any(problem.check == MSGFMT for problem in problems):
                    kept = json.dumps([astuple(problem) for problem in problems]).encode()
                    rows.append(Row(KIND, catalog.locale, catalog.page, key, kept))
            found += [(catalog.path, problem) for problem in problems]
        return found, rows

    for found, rows in map_chunks(run, work, size=_estimate_size(project, work)):
        yield from found
        if stores:
            stores[0].put(rows)


def _find_problems(
    project: Project, catalog: _Catalog, data: bytes, wanted: AbstractSet[str]
) -> Iterator[CatalogProblem]:
    try:
        read = parse_catalog(data, file=catalog.path)
    except NetzwerkError:  # which was said of its pages
        return
    if CATALOG_HEADER in wanted and (read.header.fields or read.messages):
        yield from find_header_problems(read.header.fields, catalog.locale)
    if MSGFMT in wanted:
        for problem in ask_msgfmt(project, catalog.path):
            yield replace(problem, message=problem.message + _REMEDY) if _is_of_form(problem) else problem


def _is_of_form(problem: CatalogProblem) -> bool:
    """Whether gettext cannot read a line of a catalog that is read here, such as one behind a byte order mark."""
    return problem.severity == "error" and problem.message.startswith(_FORM)


def _known(stores: Sequence[Store], catalogs: Sequence[_Catalog]) -> dict[bytes, bytes]:
    """What is known, by its key."""
    pages: dict[str, list[str]] = {}
    for catalog in catalogs:
        pages.setdefault(catalog.locale, []).append(catalog.page)
    return dict(
        row
        for store in stores
        for locale, each in pages.items()
        for row in store.rows(KIND, locale, pages=each).values()
    )


def _estimate_size(project: Project, catalogs: Sequence[_Catalog]) -> int:
    """How much work catalogs are, in bytes, guessed where there are many, which are small."""
    size = len(catalogs) * _PROCESS_BYTES
    if project.one_catalog:
        for catalog in catalogs:
            with suppress(NetzwerkError, OSError):
                size += project.file(catalog.path).stat().st_size
    return size
