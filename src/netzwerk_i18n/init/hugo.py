"""Hugo's sites: languages and default language from its configuration, the layout from the content itself.

Where the files lie: https://gohugo.io/configuration/introduction/ ; how languages are told apart by file name or by
folder: https://gohugo.io/content-management/multilingual/ .
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.site import (
    Language,
    Site,
    find_files,
    language,
    locale_name,
    read_front_matter,
    read_text,
    with_patterns,
    without_usual_region,
)
from netzwerk_i18n.init.words import has_text, hugo_words
from netzwerk_i18n.page.front_matter.own_values import find_own_values

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
_ROOT_NAMES = ("hugo", "config")
_DEFAULT_FOLDER = "config/_default"


def find_hugo(root: Path, source: str | None) -> Site | None:
    """The Hugo site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default language.

    Raises:
        ConfigError: if its configuration cannot be read, or has no language called `source`.
    """
    settings, evidence = _settings(root)
    if evidence is None:
        return None
    default = str(settings.get("defaultcontentlanguage") or _only_language(settings, source)).lower()
    tables = _languages(settings, default)
    content = _folder(settings.get("contentdir"), "content")
    mounted = _mounted(settings)
    folders = {
        code: _folder(mounted.get(code, table.get("contentdir")), content) for code, table in tables.items()
    }
    by_folder = len(set(folders.values())) > 1
    chosen = _choose(source, tables, default, evidence)
    unknown = [code for code in tables if locale_name(code) is None]
    notes = [f"{code} is no language that CLDR knows; it is left out" for code in unknown]
    files = find_files(root)

    def pattern(code: str) -> str:
        if by_folder and list(folders.values()).count(folders[code]) == 1:
            return f"{folders[code]}/{{path}}.md"
        suffix = "" if code == default and not _has_suffix(files, folders[code], code) else f".{code}"
        return f"{folders[code]}/{{path}}{suffix}.md"

    found = [
        (each, pattern(code))
        for code in tables
        if code != chosen.lang and (each := language(code)) is not None
    ]
    target, languages = with_patterns(found)
    bare = f"{folders.get(default, content)}/{{path}}.md"
    source_pattern = pattern(chosen.lang)
    if source_pattern != bare and not by_folder and chosen.lang == default:
        codes = tuple(f".{code}.md" for code in tables)
        left = [path for path in files if path.startswith(f"{content}/") and not path.endswith(codes)]
        if left:
            notes.append(
                f"not every page has a language in its name: {len(left)} are left out, {left[0]} among them"
            )
    if not found:
        target = f"{folders[chosen.lang]}/{{path}}.{{lang}}.md"
    more = hugo_words(root, chosen.lang)
    notes += _in_the_configuration(settings, tables, chosen.lang, {Path(each.source).stem for each in more})
    kind = (
        "a Hugo site, a folder for each language"
        if by_folder
        else "a Hugo site, the language in the file name"
    )
    return Site(
        kind,
        evidence,
        chosen,
        languages,
        source_pattern,
        target,
        more=more,
        # A language without a file of menus has none, while words of a theme are taken from the default language.
        needed=tuple(each.source for each in more if each.source.startswith(_DEFAULT_FOLDER)),
        hard_wraps=_wraps_hard(settings),
        heading_ids=_heading_ids(settings),
        localized=_own_addresses(root, [path for path in files if _fits(path, source_pattern)], tables),
        notes=tuple(notes),
    )


def _fits(path: str, pattern: str) -> bool:
    before, _, behind = pattern.partition("{path}")
    return path.startswith(before) and path.endswith(behind)


def _own_addresses(root: Path, pages: list[str], tables: Mapping[str, Any]) -> dict[str, str]:
    """What localized pages have for a `url`, which Hugo reads as it stands where it begins with a slash.

    Languages that have hosts of their own may share it.
    """
    for path in pages:
        found = find_own_values(read_front_matter(root, path))
        if any(own.key.lower() == "url" for own in found):
            hosts = {table.get("baseurl") for table in tables.values()}
            own_hosts = len(hosts) == len(tables) > 1 and None not in hosts
            return {"url": "{value}" if own_hosts else "/{lang}{value}"}
    return {}


def _in_the_configuration(
    settings: Mapping[str, Any], tables: Mapping[str, Any], code: str, found: AbstractSet[str]
) -> Iterator[str]:
    """A note for what visitors read, stands in the site's configuration, and is not in another file for each language.

    Hugo reads the files of `config/_default` besides a configuration at the root of the site.
    """
    for what, name, *others in (("menus", "menus", "menu"), ("texts of the theme", "params")):
        keys = (name, *others)
        said = [value for each in (tables[code], settings) for key in keys if (value := _inner(each, key))]
        lacks_own = any(
            not any(table.get(key) for key in keys) for lang, table in tables.items() if lang != code
        )
        if (
            (lacks_own or len(tables) == 1)
            and any(map(has_text, said))
            and not found & {f"{key}.{code}" for key in keys}
        ):
            yield (
                f"the {what} in the site's configuration are not translated; move those of {code} to "
                f"{_DEFAULT_FOLDER}/{name}.{code}.toml and name it in [[pages.more]], as for data files"
            )


def _wraps_hard(settings: Mapping[str, Any]) -> bool:
    """Whether Goldmark is told to show each line break."""
    return _goldmark(settings, "renderer", "hardwraps") is True


def _heading_ids(settings: Mapping[str, Any]) -> str:
    """Whose ids headings have: Hugo's own, unless it is told to make others or to read none."""
    is_usual = (
        _goldmark(settings, "parser", "autoheadingid") in (None, True)
        and str(_goldmark(settings, "parser", "autoheadingidtype") or "github").lower() == "github"
        and _goldmark(settings, "parser", "attribute", "title") in (None, True)
    )
    return "hugo" if is_usual else ""


def _goldmark(settings: Mapping[str, Any], *keys: str) -> Any:
    """A setting of Goldmark (https://gohugo.io/configuration/markup/), or None."""
    value: Any = settings
    for key in ("markup", "goldmark", *keys):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _settings(root: Path) -> tuple[dict[str, Any], str | None]:
    """The settings that say what languages there are, keys in lower case as Hugo takes them; and the first file."""
    merged: dict[str, Any] = {}
    evidence: str | None = None
    for path, key in _config_files(root):
        data = _parse(root / path, path)
        if data is None:
            continue
        if path.startswith("config.") and not _is_hugo(root, data):
            continue  # many a program has a config.toml
        evidence = evidence or path
        if key is None:
            merged = data | merged
        else:
            merged[key] = data | (merged[key] if isinstance(merged.get(key), dict) else {})
    return merged, evidence


def _config_files(root: Path) -> Iterator[tuple[str, str | None]]:
    for folder in ("", f"{_DEFAULT_FOLDER}/"):
        for name in _ROOT_NAMES:
            for ending in _ENDINGS:
                if (root / f"{folder}{name}{ending}").is_file():
                    yield f"{folder}{name}{ending}", None
    for key in ("languages", "markup", "module"):
        for ending in _ENDINGS:
            if (root / f"{_DEFAULT_FOLDER}/{key}{ending}").is_file():
                yield f"{_DEFAULT_FOLDER}/{key}{ending}", key


def _is_hugo(root: Path, data: Mapping[str, Any]) -> bool:
    keys = {"baseurl", "languagecode", "defaultcontentlanguage", "theme", "languages"}
    return bool(keys & set(data)) and (root / str(data.get("contentdir", "content"))).is_dir()


def _parse(file: Path, name: str) -> dict[str, Any] | None:
    text = read_text(file)
    if text is None:
        return None
    data: Any
    try:
        if name.endswith(".toml"):
            data = tomllib.loads(text)
        elif name.endswith(".json"):
            data = json.loads(text)
        else:
            import yaml

            data = yaml.safe_load(text)
    except (ValueError, RecursionError) as error:  # TOML's and JSON's errors are of this kind
        raise ConfigError(f"cannot be read: {error}", file=name) from None
    except Exception as error:
        if type(error).__module__.split(".")[0] != "yaml":
            raise
        raise ConfigError(f"cannot be read: {str(error).splitlines()[0]}", file=name) from None
    return _lower(data) if isinstance(data, dict) else None


def _lower(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key).lower(): _lower(inner) for key, inner in value.items()}
    return [_lower(inner) for inner in value] if isinstance(value, list) else value


def _languages(settings: Mapping[str, Any], default: str) -> dict[str, dict[str, Any]]:
    """The table of each language in use, in the order of their weight."""
    tables = settings.get("languages")
    off = settings.get("disablelanguages", [])
    found = {
        code: table
        for code, table in (tables.items() if isinstance(tables, dict) else ())
        if isinstance(table, dict) and not table.get("disabled") and code not in off
    }
    found.setdefault(default, {})

    def weight(code: str) -> tuple[bool, float]:
        value = found[code].get("weight")
        return (False, float(value)) if isinstance(value, int | float) else (True, 0.0)

    return {code: found[code] for code in sorted(found, key=weight)}


def _mounted(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The folder that is mounted as the content of each language: https://gohugo.io/configuration/module/#mounts ."""
    mounts = _inner(settings, "module", "mounts")
    found: dict[str, Any] = {}
    for mount in mounts if isinstance(mounts, list) else ():
        codes = _inner(mount, "lang") or _inner(mount, "sites", "matrix", "languages")
        codes = [codes] if isinstance(codes, str) else codes
        if isinstance(codes, list) and len(codes) == 1 and _inner(mount, "target") == "content":
            found.setdefault(str(codes[0]).lower(), _inner(mount, "source"))
    return found


def _inner(value: Any, *keys: str) -> Any:
    """What lies below some keys, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _only_language(settings: Mapping[str, Any], source: str | None) -> str:
    """The language of a site that has one and gives Hugo no name for it: as its owner says, or its `languageCode`."""
    declared = settings.get("locale", settings.get("languagecode"))
    code = source or (declared if isinstance(declared, str) else "")
    if settings.get("languages") or locale_name(code) is None:
        return "en"
    return code.replace("_", "-") if source else without_usual_region(code)


def _folder(value: Any, otherwise: str) -> str:
    return value.strip("/") or otherwise if isinstance(value, str) else otherwise


def _choose(source: str | None, tables: Mapping[str, Any], default: str, evidence: str) -> Language:
    wanted = default
    if source is not None:
        fits = [code for code in tables if source.lower() in (code, (locale_name(code) or "").lower())]
        if not fits:
            raise ConfigError(
                f"has no language {source!r}", file=evidence, remedy=f"it has {', '.join(tables)}"
            )
        wanted = fits[0]
    chosen = language(wanted)
    if chosen is None:
        raise ConfigError(
            f"its default language {wanted!r} is none that CLDR knows",
            file=evidence,
            remedy="say --source-locale",
        )
    return chosen


def _has_suffix(files: list[str], folder: str, code: str) -> bool:
    """Whether most of the default language's pages carry it in their names."""
    inside = [path for path in files if path.startswith(f"{folder}/")]
    with_code = sum(path.endswith(f".{code}.md") for path in inside)
    names = [path.rsplit("/", 1)[-1] for path in inside]
    bare = sum(name.count(".") == 1 for name in names)
    return with_code > 0 and with_code >= bare
