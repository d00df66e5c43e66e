"""Catalogs + pages -> the messages whose source changed since they were translated, with what changed in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from netzwerk_i18n.catalog import Key, State, state_of
from netzwerk_i18n.catalog.word_diff import Run, word_diff
from netzwerk_i18n.config import Locale
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit


@dataclass(frozen=True, slots=True)
class StaleMessage:
    """A message whose translation was made from another text.

    Attributes:
        locale: the name of its locale.
        file: its catalog, relative to the root.
        line: the line of its msgid there, from 1.
        page: the first source page that it stands on, in the order of pages.
        page_line: the line where it stands there, from 1.
        msgid: the source text as it is.
        previous: the source text that the translation was made from.
        msgstr: the translation.
        runs: what changed from `previous` to `msgid`.
    """

    locale: str
    file: str
    line: int
    page: str
    page_line: int
    msgid: str
    previous: str
    msgstr: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    key: Key
    message: StaleMessage


def find_stale(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> list[StaleMessage]:
    """The stale messages of `locales` and `pages` (of all where empty), by locale and in the order of the pages.

    A message that stands on several pages is named once.

    Raises:
        NetzwerkError: if a page or catalog cannot be read.
    """
    locales, pages = locales or project.config.locales, pages or project.pages
    unique: dict[tuple[str, str, Key], StaleMessage] = {}
    for found in visit(project, _look, locales=locales, pages=pages):
        for one in found:
            unique.setdefault((one.message.locale, one.message.file, one.key), one.message)
    order = {locale.name: number for number, locale in enumerate(locales)}
    return sorted(unique.values(), key=lambda message: order[message.locale])


def _look(visited: Visit) -> list[_Found]:
    found: dict[Key, _Found] = {}
    for segment in visited.page.segments:
        message = visited.catalog.get(segment.key)
        if message is None or segment.key in found or state_of(message) is not State.STALE:
            continue
        previous = message.previous or ""
        stale = StaleMessage(
            visited.locale.name,
            visited.path,
            message.line,
            visited.source.path,
            segment.line,
            message.msgid,
            previous,
            message.msgstr,
            word_diff(previous, message.msgid),
        )
        found[segment.key] = _Found(segment.key, stale)
    return list(found.values())
