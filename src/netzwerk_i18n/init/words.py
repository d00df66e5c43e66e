"""The words of a theme and its components, which lie beside the pages in a data file for each language.

Hugo's tables of them: https://gohugo.io/functions/lang/translate/ , its menus:
https://gohugo.io/content-management/multilingual/#menus , its parameters:
https://gohugo.io/configuration/introduction/#configuration-directory ; Jekyll's folders of data, which Polyglot lays over each other:
https://github.com/untra/polyglot#localized-site.data ; Docusaurus' files, which its command
`write-translations` makes: https://docusaurus.io/docs/i18n/tutorial ; Starlight's: https://starlight.astro.build/guides/i18n/ .
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from netzwerk_i18n.config import DATA_FORMATS, Folder
from netzwerk_i18n.init.site import find_files, read_text
from netzwerk_i18n.page.front_matter import FrontMatter, read_data
from netzwerk_i18n.page.front_matter.plural_forms import BESIDE_FORMS
from netzwerk_i18n.page.plurals import CATEGORIES

_ALL = ("**",)
_MENUS = ("config/_default/menus.", "config/_default/menu.")
_MENU_KEYS = ("**.name", "**.title")
_OF_AN_ENTRY = ("pageref", "url", "identifier")
_PARAMETERS = "config/_default/params."
_TEXTS = "title subtitle description summary heading tagline text content caption alt label copyright".split()
"""What themes call the texts among their parameters; the others are addresses, switches and names of files."""


def hugo_words(root: Path, lang: str) -> tuple[Folder, ...]:
    """The words that a Hugo site has for itself in a language, as the site calls it, its menus and its parameters."""
    menus = (each for name in _MENUS for each in _words(root, name, lang, lambda _: _MENU_KEYS))
    parameters = (each for each in _words(root, _PARAMETERS, lang, _texts) if each.keys)
    return (*_words(root, "i18n/", lang, _hugo_keys), *menus, *parameters)


def _texts(data: FrontMatter) -> tuple[str, ...]:
    """The patterns of those texts among parameters that there are."""
    patterns = (f"**.{name}" for name in _TEXTS)
    return tuple(pattern for pattern in patterns if any(data.fields((pattern,))))


def has_text(settings: Any) -> bool:
    """Whether there is a text among menus or parameters, told by what themes call it, or a menu's entry by its name."""
    if isinstance(settings, list):
        return any(map(has_text, settings))
    if not isinstance(settings, dict):
        return False
    return any(
        (key in _TEXTS or (key == "name" and not settings.keys().isdisjoint(_OF_AN_ENTRY)))
        and isinstance(value, str)
        for key, value in settings.items()
    ) or any(map(has_text, settings.values()))


def _hugo_keys(data: FrontMatter) -> tuple[str, ...]:
    names = {field.key.lower().rpartition(".")[2] for field in data.fields(_ALL)}
    if not names & BESIDE_FORMS:
        return _ALL
    if data.format == "yaml" and "" in data.data:  # a list, as older sites have it
        return ("translation", *(f"translation.{form}" for form in CATEGORIES))
    return ("*", *(f"**.{form}" for form in CATEGORIES))


def docusaurus_words(root: Path, lang: str) -> tuple[Folder, ...]:
    """The messages of a Docusaurus site's components, navigation and sidebars, where it wrote them for its own language."""
    return _folders(root, "i18n/", lang, ("**.message",), (".json",))


def jekyll_words(root: Path, begin: str, lang: str) -> tuple[Folder, ...]:
    """The data that a Jekyll site has in a folder for each language, `_data/de`; `begin` is where the site lies."""
    return _folders(root, f"{begin}_data/", lang, _ALL, DATA_FORMATS)


def starlight_words(root: Path, lang: str) -> tuple[Folder, ...]:
    """The words of Starlight's own components that a site says otherwise."""
    return _words(root, "src/content/i18n/", lang, lambda _: _ALL)


def _words(
    root: Path, begin: str, lang: str, keys_of: Callable[[FrontMatter], tuple[str, ...]]
) -> tuple[Folder, ...]:
    """The first data file of a language whose path begins so."""
    for ending, form in DATA_FORMATS.items():
        path = f"{begin}{lang}{ending}"
        text = read_text(root / path)
        if text is not None:
            return (Folder(path, f"{begin}{{lang}}{ending}", keys=keys_of(read_data(text, form))),)
    return ()


def _folders(
    root: Path, begin: str, lang: str, keys: tuple[str, ...], endings: Iterable[str]
) -> tuple[Folder, ...]:
    """The data files in a folder whose name is the language's, by how they end."""
    return tuple(
        Folder(f"{begin}{lang}/{{path}}{ending}", f"{begin}{{lang}}/{{path}}{ending}", keys=keys)
        for ending in endings
        if find_files(root, f"{begin}{lang}", ending=ending)
    )
