"""Translations put right in their catalogs where there is no doubt how: what `check --fix` writes."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from netzwerk_i18n.catalog import Key, State, format_catalog, project_lock, read_catalog, state_of
from netzwerk_i18n.checks import Situation, labels_of
from netzwerk_i18n.checks.fixes import MENDED, fix
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import CatalogError, NetzwerkError
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit_readable


def fix_catalogs(
    project: Project,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    checks: AbstractSet[str] = MENDED,
) -> dict[str, int]:
    """Mend the translations of `locales` on `pages` (of all where empty) where there is no doubt how.

    Only translations that are no drafts and need no review are touched. A text that stands on several pages must
    get the same translation on all of them, and spacing that is silenced for the message, off for the locale, or none
    that `checks` look at, is left alone. A catalog that cannot be read stays as it is.

    Returns:
        How many translations were mended, by catalog.

    Raises:
        OutputError: if a catalog cannot be written.
    """
    wanted = {page.path for page in pages or project.pages}

    def look(found: Visit) -> tuple[str, bool, list[tuple[Key, str, str]]]:
        return found.path, found.source.path in wanted, _fixed(project, found, checks)

    with project_lock(project.config.root):
        answers: dict[str, dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
        asked: dict[str, set[Key]] = defaultdict(set)
        locales = locales or project.config.locales
        for result in visit_readable(project, look, locales=locales, pages=project.pages):
            if isinstance(result, NetzwerkError):
                continue
            path, is_wanted, fixed = result
            for key, _, new in fixed:
                answers[path][key].add(new)
            if is_wanted:
                asked[path].update(key for key, old, new in fixed if old != new)
        counts: dict[str, int] = {}
        for path, keys in sorted(asked.items()):
            certain = {key: min(answers[path][key]) for key in keys if len(answers[path][key]) == 1}
            if certain and _write(project, path, certain):
                counts[path] = len(certain)
    return counts


def _fixed(project: Project, found: Visit, checks: AbstractSet[str]) -> list[tuple[Key, str, str]]:
    """The translations on a page that may be mended, each as it is and as it should be."""
    config, locale = project.config, found.locale.name
    rules = config.rules_on(found.source.path)
    off = MENDED - checks
    off |= {name for name in MENDED if rules.severity(name, locale, "warning") == "off"}
    labels = labels_of(found.page.text)
    fixed: list[tuple[Key, str, str]] = []
    for segment in found.page.segments:
        message = found.catalog.get(segment.key)
        if message is None or state_of(message) is not State.TRANSLATED or message.plural is not None:
            continue
        silent = off | ignored_checks(message.comments).keys()
        silent |= {name for name in MENDED if rules.ignore(name, locale, message.msgid, message.msgstr)}
        situation = Situation(segment, message.msgstr, locale, config.source_locale, config.rules, labels)
        fixed.append((segment.key, message.msgstr, fix(situation, but=silent) or message.msgstr))
    return fixed


def _write(project: Project, path: str, fixed: dict[Key, str]) -> bool:
    try:
        catalog = read_catalog(project.file(path), name=path)
    except CatalogError:
        return False
    if catalog is None:
        return False
    for key, msgstr in fixed.items():
        message = catalog.get(key)
        if message is not None:
            message.msgstr = msgstr
    return project.write(path, format_catalog(catalog), durable=True)
