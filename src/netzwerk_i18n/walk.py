"""Every source page with its catalogs, one locale after the other: the loop below build, status and check."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from netzwerk_i18n.catalog import Catalog, read_catalog
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import CatalogError, NetzwerkError, as_one
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project, SourcePage, estimate_size

if TYPE_CHECKING:
    from netzwerk_i18n.page import Page

T = TypeVar("T")


class Visit(NamedTuple):
    """One source page and its catalog in one locale; `path` is the catalog's, relative to the root."""

    source: SourcePage
    page: "Page"
    locale: Locale
    catalog: Catalog
    path: str


def visit(
    project: Project, handle: Callable[[Visit], T], *, locales: Sequence[Locale], pages: Sequence[SourcePage]
) -> Generator[T, None, None]:
    """Hand every page in every locale to `handle`, with all processors, and yield its results in order.

    Args:
        project: the project.
        handle: called in a worker; only its result comes back.
        locales: the locales.
        pages: the source pages.

    Raises:
        NetzwerkError: if pages or catalogs cannot be read; all of them are named, after the other results.
    """
    errors: list[NetzwerkError] = []
    for result in visit_readable(project, handle, locales=locales, pages=pages):
        if isinstance(result, NetzwerkError):
            errors.append(result)
        else:
            yield result
    if errors:
        raise as_one(errors)


def visit_readable(
    project: Project, handle: Callable[[Visit], T], *, locales: Sequence[Locale], pages: Sequence[SourcePage]
) -> Iterator[T | NetzwerkError]:
    """As :func:`visit`, but what cannot be read is among the results, as the error that says why."""
    catalogs: dict[str, Catalog | NetzwerkError] = {}
    if project.one_catalog:
        catalogs = {locale.name: _read(project, project.catalog_path(locale)) for locale in locales}
        broken = [found for found in catalogs.values() if isinstance(found, NetzwerkError)]
        yield from broken
        locales = [locale for locale in locales if isinstance(catalogs[locale.name], Catalog)]

    from netzwerk_i18n.page import Page

    def run(chunk: Sequence[SourcePage]) -> list[T | NetzwerkError]:
        results: list[T | NetzwerkError] = []
        for source in chunk:
            try:
                page = Page.parse(
                    project.read_page(source), project.config.page_on(source.path, source.folder)
                )
            except NetzwerkError as error:
                results.append(error)
                continue
            results += [_visit_one(project, handle, source, page, locale, catalogs) for locale in locales]
        return results

    for results in map_chunks(run, pages, size=estimate_size(project, pages)):
        yield from results


def _visit_one(
    project: Project,
    handle: Callable[[Visit], T],
    source: SourcePage,
    page: "Page",
    locale: Locale,
    catalogs: Mapping[str, Catalog | NetzwerkError],
) -> T | NetzwerkError:
    path = project.catalog_path(locale, source)
    catalog = catalogs[locale.name] if project.one_catalog else _read(project, path)
    if isinstance(catalog, NetzwerkError):
        return catalog
    try:
        return handle(Visit(source, page.in_locale(locale.name), locale, catalog, path))
    except NetzwerkError as error:
        return error


def _read(project: Project, path: str) -> Catalog | NetzwerkError:
    try:
        return read_catalog(project.file(path), name=path) or Catalog()
    except CatalogError as error:
        return error
