"""A configuration's tables read into settings: every key is known by name and type.

A typing error in a setting must not become a silent default, and an error names file, line and key.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from netzwerk_i18n.catalog.languages import language_tag
from netzwerk_i18n.checks.files import UNREADABLE
from netzwerk_i18n.checks.rules import SEVERITIES, Ignore, Rules, Severity
from netzwerk_i18n.config.addresses import require_safe_url
from netzwerk_i18n.config.engines import ENGINE_ADDRESSES, ENGINE_OPTIONS
from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.config.settings import (
    BARE_KEY,
    FALLBACK,
    FOREIGN,
    MDX_PAGES,
    PUBLISH,
    REFERENCES,
    Config,
    DraftSettings,
    Folder,
    Gate,
    Locale,
    Override,
    Policy,
    fill,
)
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.page.settings import FRONT_MATTER_KEYS, PageSettings, Shortcode

_DOMAIN = "messages"
"""The name of template and catalogs where the configuration has none; gettext's own default."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_(?:[A-Z]{2}|\d{3}))?(?:@[a-z]+)?")
_SOURCE_URL = re.compile(r"(?:https?|vscode|vscode-insiders|vscodium)://[^\s\"'<>]+")
_NAMED = re.compile(r"\{path\}\.\{(?:lang|locale)\}\.\w+\Z")
"""What ends the pattern of localized pages whose files' names say their languages."""

_SITE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_MOST_AT_ONCE = 64

_Check = Callable[[Any], bool]


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _one_of(choices: Sequence[str]) -> _Check:
    return lambda value: value in choices


_STRING = (_is_string, "a string")
_STRINGS = (_is_strings, "a list of strings")
_BOOLEAN = ((lambda value: isinstance(value, bool)), "true or false")
_SHARE = (_is_share, "a number from 0 to 1")
_COUNT = (
    (lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0),
    "a whole number, 0 or more",
)
_TABLES_LIST = ((lambda value: isinstance(value, list)), "a list of tables: write [[pages.more]]")
_TABLE = ((lambda value: isinstance(value, dict)), "a table")
_CONCURRENCY = (
    (lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_AT_ONCE),
    f"a number from 1 to {_MOST_AT_ONCE}",
)
_NOTICE = (
    (lambda value: value is False or (isinstance(value, str) and BARE_KEY.fullmatch(value) is not None)),
    "a key of letters, digits, - and _, or false",
)
_POLICY: dict[str, tuple[_Check, str]] = {
    "publish": (_one_of(PUBLISH), " or ".join(map(repr, PUBLISH))),
    "fallback": (_one_of(FALLBACK), ", ".join(map(repr, FALLBACK))),
    "minimum_coverage": _SHARE,
}
_PARAMETERS = (
    lambda value: (
        isinstance(value, list)
        and all(isinstance(item, str | int) and not isinstance(item, bool) for item in value)
    ),
    "a list of parameter names or positions",
)

_SCHEMA: dict[str, dict[str, tuple[_Check, str]]] = {
    "project": {
        "domain": _STRING,
        "source_locale": _STRING,
        "source_lang": _STRING,
        "locales": _STRINGS,
        "report_bugs_to": _STRING,
    },
    "pages": {
        "source": _STRING,
        "target": _STRING,
        "include": _STRINGS,
        "exclude": _STRINGS,
        "hand_written": _STRINGS,
        "front_matter": _STRINGS,
        "code_comments": _BOOLEAN,
        "container_titles": _BOOLEAN,
        "hard_wraps": _BOOLEAN,
        "mdx": _STRINGS,
        "localized": _TABLE,
        "more": _TABLES_LIST,
    },
    "catalogs": {
        "template": _STRING,
        "catalog": _STRING,
        "references": (_one_of(REFERENCES), ", ".join(map(repr, REFERENCES))),
        "fuzzy_threshold": _SHARE,
    },
    "draft": {
        "engine": _STRING,
        "concurrency": _CONCURRENCY,
        "glossary": _STRING,
        "notice": _NOTICE,
        "cache": _BOOLEAN,
        "keep": _STRINGS,
        "foreign": (_one_of(FOREIGN), " or ".join(map(repr, FOREIGN))),
    },
    "gate": {
        "required": _STRINGS,
        "maximum_stale_words": _COUNT,
        "maximum_untranslated_words": _COUNT,
        "grace_days": _COUNT,
    },
    "report": {"history": _STRING, "source_url": _STRING},
}
_FOLDER_SCHEMA = {"source": _STRING, "target": _STRING, "include": _STRINGS}
_LOCALE_SCHEMA = {"lang": _STRING, "target": _STRING, **_POLICY}
_SHORTCODE_SCHEMA = {"parameters": _PARAMETERS, "inner": (_one_of(("text", "code")), "'text' or 'code'")}
_OVERRIDE_SCHEMA = {"pages": _STRINGS, "locales": _STRINGS, **_POLICY}
_IGNORE_SCHEMA = {
    "check": _STRING,
    "msgid": _STRING,
    "msgstr": _STRING,
    "pages": _STRINGS,
    "locales": _STRINGS,
    "reason": _STRING,
}
_TABLES = (*_SCHEMA, "locales", "shortcodes", "engines", "policy", "checks", "links")
_SEVERITY = (_one_of(SEVERITIES), ", ".join(map(repr, SEVERITIES)))
_LINKS_SCHEMA = {"severity": _SEVERITY, "allow": _STRINGS}


def known_keys() -> dict[str, dict[str, str]]:
    """What a configuration may hold: by table, each key with what it takes, in words."""
    tables: dict[str, Mapping[str, tuple[_Check, str]]] = {
        **_SCHEMA,
        "[pages.more]": _FOLDER_SCHEMA,
        "locales.NAME": _LOCALE_SCHEMA,
        "shortcodes.NAME": _SHORTCODE_SCHEMA,
        "[policy]": _OVERRIDE_SCHEMA,
        **{f"engines.{name}": options for name, options in ENGINE_OPTIONS.items()},
        "checks": {"NAME": _SEVERITY},
        "checks.locales.LOCALE": {"NAME": _SEVERITY},
        "checks.links": _LINKS_SCHEMA,
        "[checks.ignore]": _IGNORE_SCHEMA,
        'links."ADDRESS"': {"LOCALE": _STRING},
    }
    return {name: {key: wanted for key, (_, wanted) in schema.items()} for name, schema in tables.items()}


@dataclass(frozen=True)
class Reader:
    """Reads one configuration; knows its text, so that an error can name the line."""

    file: str
    text: str

    def config(self, root: Path, data: dict[str, Any]) -> Config:
        """The settings in `data`, the tables of the file.

        Raises:
            ConfigError: for the first thing that is unknown, missing or of the wrong type.
        """
        for table in data:
            if table not in _TABLES:
                raise self._error(f"unknown table [{table}]" + nearest(table, _TABLES), (table,))
        for table, schema in _SCHEMA.items():
            self._check(data.get(table, {}), schema, (table,))
        self._check_engines(data)
        project, pages, catalogs = (data.get(name, {}) for name in ("project", "pages", "catalogs"))
        names = self._required(project, "locales", "project")
        source_locale = self._required(project, "source_locale", "project")
        self._check_locale_names([source_locale, *names], source_locale)
        locales = tuple(self._locale(name, data.get("locales", {})) for name in names)
        for name in data.get("locales", {}):
            if name not in names:
                raise self._error(
                    f"unknown locale [locales.{name}]" + nearest(name, names), ("locales", name)
                )
        codes: dict[str, str] = {}
        for locale in locales:
            if locale.lang in codes:
                other = codes[locale.lang]
                message = f"{other} and {locale.name} have the same lang {locale.lang!r}"
                named = [
                    name for name in (locale.name, other) if "lang" in data.get("locales", {}).get(name, {})
                ]
                raise self._error(message, ("locales", named[0], "lang") if named else ("project", "locales"))
            codes[locale.lang] = locale.name
        source = _plain(self._required(pages, "source", "pages"))
        target = _plain(self._required(pages, "target", "pages"))
        domain = project.get("domain", _DOMAIN)
        if not re.fullmatch(r"[\w.-]+", domain):
            raise self._error("domain is a file name without folders", ("project", "domain"))
        catalog = _plain(catalogs.get("catalog", "locales/{locale}/LC_MESSAGES/{domain}.po"))
        template = _plain(catalogs.get("template", "locales/{domain}.pot"))
        more = self._more(pages.get("more", ()))
        self._check_patterns([Folder(source, target), *more], template, catalog, locales, data)
        targets = [target, *(each.target for each in more), *(each.target or "" for each in locales)]
        report = data.get("report", {})
        self._check_report(report)
        page = self._page_settings(pages, data.get("shortcodes", {}))
        return Config(
            root=root,
            file=self.file,
            domain=domain,
            source_locale=source_locale,
            source_lang=_source_lang(data),
            locales=locales,
            source=source,
            target=target,
            include=_globs(pages, "include"),
            exclude=_globs(pages, "exclude"),
            hand_written=_globs(pages, "hand_written"),
            more=more,
            mdx=_globs(pages, "mdx") if "mdx" in pages else MDX_PAGES,
            template=template,
            catalog=catalog,
            references=catalogs.get("references", "file"),
            fuzzy_threshold=catalogs.get("fuzzy_threshold", 0.75),
            bugs_to=project.get("report_bugs_to", ""),
            page=page,
            localized=MappingProxyType(dict(self._localized(pages.get("localized", {}), page.front_matter))),
            overrides=self._overrides(data.get("policy", []), names),
            draft=_draft(data.get("draft", {}), self._patterns(data, "draft", "keep")),
            engines=MappingProxyType(data.get("engines", {})),
            gate=self._gate(data.get("gate", {}), names),
            rules=replace(
                self._rules(data.get("checks", {}), data.get("links", {}), names),
                names_languages=any(map(_NAMED.search, targets)),
                hard_wraps=page.hard_wraps,
            ),
            **report,
        )

    def _gate(self, table: Mapping[str, Any], locales: Sequence[str]) -> Gate:
        for name in table.get("required", ()):
            if name not in locales:
                message = f"unknown locale {name!r} in [gate]" + nearest(name, locales)
                raise self._error(message, ("gate", "required"))
        return Gate(
            tuple(table.get("required", ())),
            table.get("maximum_stale_words", 0),
            table.get("maximum_untranslated_words"),
            table.get("grace_days", 0),
        )

    def _rules(self, checks: Any, links: Any, locales: Sequence[str]) -> Rules:
        """What `[checks]` and `[links]` say."""
        if checks == {} and links == {}:
            return Rules()
        from netzwerk_i18n.checks import FILE_CHECKS, all_checks

        defaults = {check.name: check.severity for check in all_checks()}
        for_sources = {c.name for c in FILE_CHECKS if c.subject in ("source page", "configuration")}
        defaults |= {check.name: check.severity for check in FILE_CHECKS}
        if not isinstance(checks, dict):
            raise self._error("checks must be a table", ("checks",))
        by_name = {key: value for key, value in checks.items() if key not in ("locales", "links", "ignore")}
        self._check_severities(by_name, defaults, ("checks",))
        allowed = checks.get("links", {})
        if isinstance(allowed, str):  # links = "off" beside the other checks
            self._check_severities({"links": allowed}, defaults, ("checks",))
            allowed = {"severity": allowed}
        self._check(allowed, _LINKS_SCHEMA, ("checks", "links"))
        for pattern in allowed.get("allow", ()):
            try:
                re.compile(pattern)
            except re.error as error:
                message = f"{pattern!r} in allow is no regular expression: {error}"
                raise self._error(message, ("checks", "links", "allow")) from None
        if "severity" in allowed:
            by_name["links"] = allowed["severity"]
        by_locale = checks.get("locales", {})
        self._check(by_locale, dict.fromkeys(locales, _TABLE), ("checks", "locales"))
        for name, table in by_locale.items():
            path = ("checks", "locales", name)
            for key in table:
                if key in for_sources:
                    message = f"{key} looks at what no locale has a part in; set it in [checks]"
                    raise self._error(message, (*path, key))
                if isinstance(table[key], dict):
                    message = f"{key} in [{'.'.join(path)}] must be {_SEVERITY[1]}"
                    raise self._error(f'{message}: write {key} = "off"', (*path, key))
            self._check_severities(table, defaults, path)
        self._check(links, dict.fromkeys(links, _TABLE) if isinstance(links, dict) else {}, ("links",))
        for prefix, table in links.items():
            self._check(table, dict.fromkeys(locales, _STRING), ("links", prefix))
        rules = Rules(
            severities=MappingProxyType(by_name),
            locale_severities=MappingProxyType(by_locale),
            allowed_links=tuple(allowed.get("allow", ())),
            link_map=MappingProxyType(links),
        )
        return replace(rules, ignores=self._ignores(checks.get("ignore", []), rules, defaults, locales))

    def _check_severities(
        self, table: Mapping[str, Any], defaults: Mapping[str, Severity], path: tuple[str, ...]
    ) -> None:
        """Each name is a check's, and each value a severity."""
        for name in UNREADABLE:
            if name in table:
                message = (
                    f"{name!r} in [{'.'.join(path)}] cannot be set: a {name} that cannot be read is an error"
                )
                raise self._error(message, (*path, name))
        self._check(table, dict.fromkeys(defaults, _SEVERITY), path)

    def _ignores(
        self, tables: Any, rules: Rules, defaults: Mapping[str, Severity], locales: Sequence[str]
    ) -> tuple[Ignore, ...]:
        """What `[[checks.ignore]]` says."""
        from netzwerk_i18n.checks.files import file_check

        path = ("checks", "ignore")
        if not isinstance(tables, list):
            raise self._error("checks.ignore is a list of tables: write [[checks.ignore]]", path)
        ignores = []
        for index, table in enumerate(tables):
            self._check(table, _IGNORE_SCHEMA, path, index)
            name = table.get("check")
            if not name:
                raise self._error("[[checks.ignore]] lacks the key 'check'", path, index)
            if name not in defaults:
                message = f"there is no check {name!r}" + nearest(name, list(defaults))
                raise self._error(message, (*path, "check"), index)
            for locale in table.get("locales", ()):
                if locale not in locales:
                    message = f"unknown locale {locale!r} in [[checks.ignore]]" + nearest(locale, locales)
                    raise self._error(message, (*path, "locales"), index)
            known = file_check(name)
            if known is not None and known.subject in ("catalog", "configuration", "project"):
                message = (
                    f"{name} looks at whole files and cannot be silenced for one message; set it in [checks]"
                )
                raise self._error(message, (*path, "check"), index)
            if known is not None and ("msgid" in table or "msgstr" in table):
                message = f"{name} looks at whole pages: name them in pages, and leave msgid and msgstr out"
                raise self._error(message, path, index)
            if "msgid" not in table and not table.get("pages"):
                message = (
                    "[[checks.ignore]] needs msgid or pages; for all messages, set the check in [checks]"
                )
                raise self._error(message, path, index)
            named = table.get("locales") or (locales if known is None or known.subject == "page" else ("",))
            worst = {rules.severity(name, locale, defaults[name]) for locale in named}
            if "error" in worst and not table.get("reason", "").strip():
                message = f"[[checks.ignore]] silences errors of {name} and lacks the key 'reason'"
                raise self._error(f"{message}: say why", path, index)
            ignores.append(
                Ignore(
                    name,
                    table.get("msgid"),
                    table.get("msgstr"),
                    _globs(table, "pages"),
                    tuple(table.get("locales", ())),
                    table.get("reason", ""),
                    self._line(path, index) or 0,
                )
            )
        return tuple(ignores)

    def _check(
        self,
        table: Any,
        schema: Mapping[str, tuple[_Check, str]],
        path: tuple[str, ...],
        index: int | None = None,
    ) -> None:
        name = ".".join(path)
        if not isinstance(table, dict):
            raise self._error(f"{name} must be a table", path, index)
        for key, value in table.items():
            if key not in schema:
                message = f"unknown key {key!r} in [{name}]" + nearest(key, list(schema))
                raise self._error(message, (*path, key), index)
            check, wanted = schema[key]
            if not check(value):
                raise self._error(f"{key} in [{name}] must be {wanted}", (*path, key), index)

    def _check_tables(self, data: Mapping[str, Any], name: str) -> None:
        tables = data.get(name, {})
        self._check(tables, dict.fromkeys(tables, _TABLE) if isinstance(tables, dict) else {}, (name,))

    def _patterns(self, data: Mapping[str, Any], table: str, key: str) -> list[re.Pattern[str]]:
        """The regular expressions in a list of them."""
        patterns = []
        for pattern in data.get(table, {}).get(key, ()):
            try:
                patterns.append(re.compile(pattern))
            except re.error as error:
                message = f"{pattern!r} in {key} is no regular expression: {error}"
                raise self._error(message, (table, key)) from None
        return patterns

    def _check_engines(self, data: Mapping[str, Any]) -> None:
        """Check what can be known here: the tables of the tool's own engines. Others check theirs when they are used."""
        self._check_tables(data, "engines")
        for name, table in data.get("engines", {}).items():
            for key in table:
                if re.search(r"(?:^|_)(?:api_?)?key$|token|secret|password", key, re.IGNORECASE):
                    raise self._error(
                        f"{key!r} in [engines.{name}]: keys come from the environment only",
                        ("engines", name, key),
                    )
            if name in ENGINE_OPTIONS:
                self._check(table, ENGINE_OPTIONS[name], ("engines", name))
                self._check_addresses(name, table)

    def _check_addresses(self, name: str, options: Mapping[str, Any]) -> None:
        """Check where an engine of our own sends texts to."""
        for key in sorted(options.keys() & ENGINE_ADDRESSES):
            allow_http = options.get("allow_http", False)
            try:
                require_safe_url(options[key], key=f"{key} in [engines.{name}]", allow_http=allow_http)
            except ConfigError as error:
                error.file, error.line = self.file, self._line(("engines", name, key), None)
                raise

    def _required(self, table: Mapping[str, Any], key: str, name: str) -> Any:
        if key not in table:
            raise self._error(f"[{name}] lacks the key {key!r}", (name,))
        if not table[key]:
            raise self._error(f"{key} in [{name}] is empty", (name, key))
        return table[key]

    def _check_locale_names(self, names: Sequence[str], source_locale: str) -> None:
        for name in names:
            if not _LOCALE.fullmatch(name):
                key = ("project", "source_locale" if name == source_locale else "locales")
                message = f"{name!r} is not a locale name as gettext writes it (de, pt_PT, zh_Hans)"
                if "-" in name or name != name.strip():
                    message += "; what the site calls it goes into [locales.NAME] lang"
                raise self._error(message, key)
        repeated = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if repeated is not None:
            why = "is the source locale" if repeated == source_locale else "is named twice"
            raise self._error(f"locale {repeated!r} {why}", ("project", "locales"))

    def _locale(self, name: str, tables: Any) -> Locale:
        if not isinstance(tables, dict):
            raise self._error("locales must be a table", ("locales",))
        table = tables.get(name, {})
        path = ("locales", name)
        self._check(table, _LOCALE_SCHEMA, path)
        lang = table.get("lang", _site_code(name))
        if not _SITE_CODE.fullmatch(lang):
            raise self._error(f"lang {lang!r} may hold letters, digits, - and _", (*path, "lang"))
        target = _plain(table["target"]) if "target" in table else None
        return Locale(name=name, lang=lang, target=target, policy=_policy(table))

    def _page_settings(self, pages: Mapping[str, Any], shortcodes: Any) -> PageSettings:
        self._check_tables({"shortcodes": shortcodes}, "shortcodes")
        own: dict[str, Shortcode] = {}
        for name, table in shortcodes.items():
            self._check(table, _SHORTCODE_SCHEMA, ("shortcodes", name))
            parameters = tuple(table["parameters"]) if "parameters" in table else None
            own[name] = Shortcode(parameters, table["inner"] == "code" if "inner" in table else None)
        return PageSettings(
            tuple(pages.get("front_matter", FRONT_MATTER_KEYS)),
            shortcodes=MappingProxyType(own),
            code_comments=pages.get("code_comments", False),
            container_titles=pages.get("container_titles", False),
            hard_wraps=pages.get("hard_wraps", False),
        )

    def _more(self, tables: Sequence[Any]) -> tuple[Folder, ...]:
        """What each `[[pages.more]]` says."""
        path = ("pages", "more")
        for index, table in enumerate(tables):
            self._check(table, _FOLDER_SCHEMA, path, index)
            for key in ("source", "target"):
                if not table.get(key):
                    raise self._error(f"[[pages.more]] lacks the key {key!r}", path, index)
        return tuple(
            Folder(_plain(table["source"]), _plain(table["target"]), _globs(table, "include"))
            for table in tables
        )

    def _localized(self, table: Mapping[str, Any], texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Each dotted key of `[pages.localized]` with its pattern; `params.lang = ""` makes a table within the table."""
        if not table:
            return
        from netzwerk_i18n.page.front_matter.pattern import key_pattern

        is_text = key_pattern(texts).fullmatch
        waiting: list[tuple[tuple[str, ...], Any]] = [(("pages", "localized"), table)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [((*path, name), value[name]) for name in reversed(value)]
                continue
            key = ".".join(path[2:])
            self._check({key: value}, {key: _STRING}, ("pages", "localized"))
            self._check_placeholders(value, path, {"lang", "locale", "path", "value"})
            if is_text(key):
                message = f"{key} is a text and is translated: leave it out of [pages.localized], or of front_matter"
                raise self._error(message, path)
            yield key, value

    def _overrides(self, tables: Any, locales: Sequence[str]) -> tuple[Override, ...]:
        if not isinstance(tables, list):
            raise self._error("policy is a list of tables: write [[policy]]", ("policy",))
        overrides = []
        for index, table in enumerate(tables):
            self._check(table, _OVERRIDE_SCHEMA, ("policy",), index)
            if not table.get("pages"):
                raise self._error("[[policy]] lacks the key 'pages'", ("policy",), index)
            for name in table.get("locales", ()):
                if name not in locales:
                    message = f"unknown locale {name!r} in [[policy]]" + nearest(name, locales)
                    raise self._error(message, ("policy", "locales"), index)
            overrides.append(
                Override(_globs(table, "pages"), tuple(table.get("locales", ())), _policy(table))
            )
        return tuple(overrides)

    def _check_patterns(
        self,
        folders: Sequence[Folder],
        template: str,
        catalog: str,
        locales: Sequence[Locale],
        data: Mapping[str, Any],
    ) -> None:
        names = {"path", "lang", "locale"}
        places: list[tuple[tuple[str, ...], int | None]] = [(("pages",), None)]
        places += ((("pages", "more"), index) for index in range(len(folders) - 1))
        for folder, (table, index) in zip(folders, places, strict=True):
            for key, pattern in (("source", folder.source), ("target", folder.target)):
                self._check_pattern(pattern, (*table, key), index, needed={"path"}, allowed=names)
        for locale in locales:
            if locale.target is not None:
                self._check_pattern(
                    locale.target, ("locales", locale.name, "target"), needed={"path"}, allowed=names
                )
        patterns: list[str] = []
        for folder, (table, index) in zip(folders, places, strict=True):
            patterns += self._check_targets(folder, (*table, "target"), index, locales, data)
        self._check_pattern(template, ("catalogs", "template"), needed=set(), allowed={"domain", "path"})
        self._check_pattern(
            catalog, ("catalogs", "catalog"), needed=set(), allowed={"domain", "path", "locale", "lang"}
        )
        if "{locale}" not in catalog and "{lang}" not in catalog:
            raise self._error(
                "catalog must hold {locale}: one file for each language", ("catalogs", "catalog")
            )
        domain = data["project"].get("domain", _DOMAIN)
        catalogs = [fill(catalog, domain=domain, locale=each.name, lang=each.lang) for each in locales]
        self._check_places(fill(template, domain=domain), catalogs, patterns)
        if ("{path}" in catalog) != ("{path}" in template):
            raise self._error(
                "template and catalog must both hold {path}, or neither", ("catalogs", "template")
            )

    def _check_targets(
        self,
        folder: Folder,
        path: tuple[str, ...],
        index: int | None,
        locales: Sequence[Locale],
        data: Mapping[str, Any],
    ) -> list[str]:
        """Refuse localized pages that would be their source, or those of another locale; all patterns of a folder.

        `path` and `index` are the place of its target; a locale has one of its own for the first folder alone.
        """
        source = fill(folder.source, lang=_source_lang(data), locale=data["project"]["source_locale"])
        seen: dict[str, str] = {}
        for locale in locales:
            own = locale.target if index is None else None
            pattern = fill(own or folder.target, lang=locale.lang, locale=locale.name)
            key = ("locales", locale.name, "target") if own else path
            if pattern in seen:
                message = f"pages in {seen[pattern]} and {locale.name} would be the same files ({pattern})"
                raise self._error(f"{message}; put {{lang}} into target", key, index)
            seen[pattern] = locale.name
            if pattern == source:
                raise self._error(
                    f"pages in {locale.name} would overwrite their source ({pattern})", key, index
                )
        return [source, *seen]

    def _check_places(self, template: str, catalogs: Sequence[str], pages: Sequence[str]) -> None:
        """Refuse patterns by which a catalog could stand in the place of a template or a page.

        Args:
            template: the template's pattern; of it and of the others only {path} is open.
            catalogs: the catalogs' patterns.
            pages: those of source pages and localized pages.
        """
        if _endings([template]) & _endings(catalogs):
            if template.endswith(".pot"):
                message = "catalog must not end in .pot like a template; end it in .po"
                raise self._error(message, ("catalogs", "catalog"))
            raise self._error("template must end in .pot", ("catalogs", "template"))
        for patterns, key in (([template], "template"), (catalogs, "catalog")):
            if _endings(patterns) & _endings(pages):
                raise self._error(f"{key} must not end like a page", ("catalogs", key))

    def _check_report(self, report: Mapping[str, str]) -> None:
        if "history" in report:
            self._check_pattern(report["history"], ("report", "history"), needed=set(), allowed=set())
            if not report["history"].endswith(".jsonl"):
                raise self._error("history must end in .jsonl", ("report", "history"))
        if "source_url" in report:
            address = report["source_url"]
            if not _SOURCE_URL.fullmatch(address):
                message = "source_url must be an https, http or vscode address"
                raise self._error(message, ("report", "source_url"))
            names = re.findall(r"\{([^{}]*)\}", address)
            unknown = next((name for name in names if name not in ("file", "line")), None)
            if unknown is not None or "file" not in names:
                message = "source_url must hold {file}, and may hold {line}"
                raise self._error(message, ("report", "source_url"))

    def _check_pattern(
        self,
        pattern: str,
        path: tuple[str, ...],
        index: int | None = None,
        *,
        needed: set[str],
        allowed: set[str],
    ) -> None:
        names = self._check_placeholders(pattern, path, allowed, index)
        for name in needed:
            if names.count(name) != 1:
                raise self._error(f"{path[-1]} must hold {{{name}}} once", path, index)
        parts = pattern.replace("\\", "/").split("/")
        if (
            pattern.startswith(("/", "\\", "~"))
            or re.match(r"[A-Za-z]:", pattern)
            or ".." in parts
            or "\0" in pattern
        ):
            raise self._error(f"{path[-1]} {pattern!r} leads outside the project", path, index)
        if "\\" in pattern:
            raise self._error(
                f"{path[-1]} {pattern!r} holds a backslash; write / between folders", path, index
            )
        if "*" in pattern:
            raise self._error(f"{path[-1]} {pattern!r} holds *; the one wildcard is {{path}}", path, index)
        if parts[-1] in ("", "."):
            raise self._error(f"{path[-1]} {pattern!r} names no file; end it in a file's name", path, index)

    def _check_placeholders(
        self, pattern: str, path: tuple[str, ...], allowed: set[str], index: int | None = None
    ) -> list[str]:
        """The names of the placeholders in a pattern, which must be known ones."""
        names: list[str] = re.findall(r"\{([^{}]*)\}", pattern)
        for name in names:
            if name not in allowed:
                options = ", ".join("{" + option + "}" for option in sorted(allowed))
                raise self._error(f"unknown {{{name}}} in {path[-1]}; it may hold {options}", path, index)
        return names

    def _error(self, message: str, path: tuple[str, ...], index: int | None = None) -> ConfigError:
        return ConfigError(message, file=self.file, line=self._line(path, index))

    def _line(self, path: tuple[str, ...], index: int | None) -> int | None:
        """The line of the key or table at `path`, or of the nearest thing above it that can be found.

        `index` tells one table from the others where `path` begins with a list of tables.
        """
        lines = self.text.splitlines()
        prefix = "tool.netzwerk-i18n." if self.file == "pyproject.toml" else ""
        full = prefix + ".".join(path)
        for depth in range(len(path), 0, -1):
            wanted = prefix + ".".join(path[:depth])
            table, position = prefix.rstrip("."), -1
            for number, line in enumerate(lines, start=1):
                header = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?", line)
                if header:
                    table = header[1].replace('"', "").replace("'", "")
                    position += line.lstrip().startswith("[[") and f"{full}.".startswith(f"{table}.")
                    if table == wanted and index in (None, position):
                        return number
                    continue
                key = re.match(r"""\s*["']?([\w.-]+)["']?\s*=""", line)
                if key and index in (None, position) and (f"{table}.{key[1]}" if table else key[1]) == wanted:
                    return number
        return None if index is None else self._line(path, None)  # a list written on one line


def _policy(table: Mapping[str, Any]) -> Policy:
    coverage = table.get("minimum_coverage")
    return Policy(
        table.get("publish"), table.get("fallback"), float(coverage) if coverage is not None else None
    )


def _draft(table: Mapping[str, Any], keep: Sequence[re.Pattern[str]]) -> DraftSettings:
    default = DraftSettings()
    return DraftSettings(
        table.get("engine"),
        table.get("concurrency", default.concurrency),
        table.get("glossary"),
        table.get("notice", default.notice) or None,
        table.get("cache", default.cache),
        tuple(keep),
        table.get("foreign", default.foreign),
    )


def _plain(path: str) -> str:
    """A path or pattern without the `./` and `//` that mean nothing; what makes it a wrong one stays.

    >>> _plain("./content//{path}.md"), _plain("/content/{path}.md"), _plain("content/")
    ('content/{path}.md', '/content/{path}.md', 'content/')
    """
    first, *rest = path.split("/")
    if not rest:
        return path
    *folders, last = rest
    kept = [folder for folder in folders if folder not in ("", ".")]
    return "/".join([*([] if first == "." else [first]), *kept, last])


def _globs(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_plain(glob).rstrip("/") for glob in table.get(key, ()))


def _endings(patterns: Sequence[str]) -> set[str]:
    return {PurePosixPath(pattern).suffix for pattern in patterns}


def _site_code(locale: str) -> str:
    return language_tag(locale).lower()


def _source_lang(data: Mapping[str, Any]) -> str:
    project = data["project"]
    return str(project.get("source_lang", _site_code(project["source_locale"])))
