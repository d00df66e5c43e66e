"""What both imports have in common: every page is read, and what it gives goes into the catalogs, page by page."""

from collections.abc import Callable, Sequence

from netzwerk_i18n.adopt.outcome import Import, PageImport
from netzwerk_i18n.catalog import Catalog, format_catalog, read_catalog
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import NetzwerkError, OutputError
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit_readable

Found = PageImport | str
"""A page that was read; or why there was nothing to read: "absent" or "generated"."""

Save = Callable[[Project, str, bytes], None]


def write_catalog(project: Project, path: str, data: bytes) -> None:
    """Write a catalog.

    Raises:
        OutputError: if it cannot be written.
    """
    project.write(path, data, durable=True)


def leave_catalog(project: Project, path: str, data: bytes) -> None:
    """Write nothing."""


def run_import(
    project: Project,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
    *,
    read: Callable[[Visit], Found],
    fill: Callable[[Catalog, list[PageImport]], None],
    save: Save,
) -> Import:
    """Read the localized pages of `locales` and `pages`, of all where empty, and fill the catalogs.

    Args:
        project: the project.
        locales: only these.
        pages: only these source pages.
        read: what a page gives.
        fill: puts what the pages of one catalog gave into it.
        save: what is done with a catalog that is another one then.
    """
    result = Import()
    for found in visit_readable(
        project, read, locales=locales or project.config.locales, pages=pages or project.pages
    ):
        if isinstance(found, NetzwerkError):
            result.errors.append(found)
        elif isinstance(found, PageImport):
            result.pages.append(found)
        elif found == "generated":
            result.generated += 1
        else:
            result.absent += 1
    by_catalog: dict[str, list[PageImport]] = {}
    for page in result.pages:
        by_catalog.setdefault(page.catalog, []).append(page)
    lost: set[str] = set()
    for path, group in by_catalog.items():
        catalog = read_catalog(project.file(path), name=path) or Catalog()
        before = format_catalog(catalog)
        fill(catalog, group)
        data = format_catalog(catalog)
        if data != before:
            try:
                save(project, path, data)
            except OutputError as error:
                result.errors.append(error)
                lost.add(path)
            else:
                result.changed.append(path)
    result.pages = [page for page in result.pages if page.catalog not in lost]
    result.pages.sort(key=lambda page: (page.locale, page.page))
    for page in result.pages:
        page.notes.sort(key=lambda note: (note.file != page.page, note.line))
    return result
