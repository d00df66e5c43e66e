"""A configuration's tables read into settings: every key is known by name and type.

A typing error in a setting must not become a silent default, and an error names file, line and key.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from netzwerk_i18n.catalog.languages import language_tag
from netzwerk_i18n.checks.rules import Rules
from netzwerk_i18n.config.addresses import require_safe_url
from netzwerk_i18n.config.engines import ENGINE_ADDRESSES, ENGINE_OPTIONS
from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.config.patterns import Patterns, globs, plain, require_pattern, require_placeholders
from netzwerk_i18n.config.schema import (
    FOLDER_SCHEMA,
    LOCALE_SCHEMA,
    OVERRIDE_SCHEMA,
    SCHEMA,
    SHORTCODE_SCHEMA,
    STRING,
    TABLES,
)
from netzwerk_i18n.config.settings import (
    MDX_PAGES,
    Config,
    DraftSettings,
    Folder,
    Gate,
    Locale,
    Override,
    Policy,
)
from netzwerk_i18n.config.text import ConfigText
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.page.settings import FRONT_MATTER_KEYS, PageSettings, Shortcode

_DOMAIN = "messages"
"""The name of template and catalogs where the configuration has none; gettext's own default."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_(?:[A-Z]{2}|\d{3}))?(?:@[a-z]+)?")
_SOURCE_URL = re.compile(r"(?:https?|vscode|vscode-insiders|vscodium)://[^\s\"'<>]+")
_NAMED = re.compile(r"\{path\}\.\{(?:lang|locale)\}\.\w+\Z")
"""What ends the pattern of localized pages whose files' names say their languages."""

_SITE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Reader:
    """Reads one configuration."""

    text: ConfigText

    def config(self, root: Path, data: dict[str, Any]) -> Config:
        """The settings in `data`, the tables of the file.

        Raises:
            ConfigError: for the first thing that is unknown, missing or of the wrong type.
        """
        for table in data:
            if table not in TABLES:
                raise self.text.error(f"unknown table [{table}]" + nearest(table, TABLES), (table,))
        for table, schema in SCHEMA.items():
            self.text.check(data.get(table, {}), schema, (table,))
        self._check_engines(data)
        project, pages, catalogs = (data.get(name, {}) for name in ("project", "pages", "catalogs"))
        source_locale, locales = self._locales(project, data.get("locales", {}))
        source_lang = project.get("source_lang", _site_code(source_locale))
        names = [locale.name for locale in locales]
        source = plain(self.text.required(pages, "source", "pages"))
        target = plain(self.text.required(pages, "target", "pages"))
        domain = project.get("domain", _DOMAIN)
        if not re.fullmatch(r"[\w.-]+", domain):
            raise self.text.error("domain is a file name without folders", ("project", "domain"))
        catalog = plain(catalogs.get("catalog", "locales/{locale}/LC_MESSAGES/{domain}.po"))
        template = plain(catalogs.get("template", "locales/{domain}.pot"))
        more = self._more(pages.get("more", ()))
        patterns = Patterns(self.text, domain, source_locale, source_lang, locales)
        patterns.require([Folder(source, target), *more], template, catalog)
        targets = [target, *(each.target for each in more), *(each.target or "" for each in locales)]
        report = data.get("report", {})
        self._check_report(report)
        page = self._page_settings(pages, data.get("shortcodes", {}))
        return Config(
            root=root,
            file=self.text.file,
            domain=domain,
            source_locale=source_locale,
            source_lang=source_lang,
            locales=locales,
            source=source,
            target=target,
            include=globs(pages, "include"),
            exclude=globs(pages, "exclude"),
            hand_written=globs(pages, "hand_written"),
            more=more,
            mdx=globs(pages, "mdx") if "mdx" in pages else MDX_PAGES,
            heading_ids=pages.get("heading_ids", ""),
            template=template,
            catalog=catalog,
            references=catalogs.get("references", "file"),
            fuzzy_threshold=catalogs.get("fuzzy_threshold", 0.75),
            bugs_to=project.get("report_bugs_to", ""),
            page=page,
            localized=MappingProxyType(dict(self._localized(pages.get("localized", {}), page.front_matter))),
            overrides=self._overrides(data.get("policy", []), names),
            draft=self._draft(data.get("draft", {})),
            engines=MappingProxyType(data.get("engines", {})),
            gate=self._gate(data.get("gate", {}), names),
            rules=replace(
                self._rules(data.get("checks", {}), data.get("links", {}), names),
                names_languages=any(map(_NAMED.search, targets)),
                hard_wraps=page.hard_wraps,
            ),
            **report,
        )

    def _rules(self, checks: Any, links: Any, locales: Sequence[str]) -> Rules:
        if checks == {} and links == {}:
            return Rules()
        from netzwerk_i18n.config.rules import RulesReader

        return RulesReader(self.text).rules(checks, links, locales)

    def _gate(self, table: Mapping[str, Any], locales: Sequence[str]) -> Gate:
        self.text.check_locales(table.get("required", ()), locales, ("gate", "required"))
        return Gate(
            tuple(table.get("required", ())),
            table.get("maximum_stale_words", 0),
            table.get("maximum_untranslated_words"),
            table.get("grace_days", 0),
        )

    def _draft(self, table: Mapping[str, Any]) -> DraftSettings:
        default = DraftSettings()
        return DraftSettings(
            table.get("engine"),
            table.get("concurrency", default.concurrency),
            table.get("glossary"),
            table.get("notice", default.notice) or None,
            table.get("cache", default.cache),
            tuple(self.text.expressions(table.get("keep", ()), ("draft", "keep"))),
            table.get("foreign", default.foreign),
        )

    def _check_engines(self, data: Mapping[str, Any]) -> None:
        """Check what can be known here: the tables of the tool's own engines. Others check theirs when they are used."""
        self.text.check_tables(data, "engines")
        for name, table in data.get("engines", {}).items():
            for key in table:
                if re.search(r"(?:^|_)(?:api_?)?key$|token|secret|password", key, re.IGNORECASE):
                    raise self.text.error(
                        f"{key!r} in [engines.{name}]: keys come from the environment only",
                        ("engines", name, key),
                    )
            if name in ENGINE_OPTIONS:
                self.text.check(table, ENGINE_OPTIONS[name], ("engines", name))
                self._check_addresses(name, table)

    def _check_addresses(self, name: str, options: Mapping[str, Any]) -> None:
        """Check where an engine of our own sends texts to."""
        for key in sorted(options.keys() & ENGINE_ADDRESSES):
            allow_http = options.get("allow_http", False)
            try:
                require_safe_url(options[key], key=f"{key} in [engines.{name}]", allow_http=allow_http)
            except ConfigError as error:
                error.file, error.line = self.text.file, self.text.line(("engines", name, key), None)
                raise

    def _check_locale_names(self, names: Sequence[str], source_locale: str) -> None:
        for name in names:
            if not _LOCALE.fullmatch(name):
                key = ("project", "source_locale" if name == source_locale else "locales")
                message = f"{name!r} is not a locale name as gettext writes it (de, pt_PT, zh_Hans)"
                if "-" in name or name != name.strip():
                    message += "; what the site calls it goes into [locales.NAME] lang"
                raise self.text.error(message, key)
        repeated = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if repeated is not None:
            why = "is the source locale" if repeated == source_locale else "is named twice"
            raise self.text.error(f"locale {repeated!r} {why}", ("project", "locales"))

    def _locales(self, project: Mapping[str, Any], tables: Any) -> tuple[str, tuple[Locale, ...]]:
        """The source locale's name, and the others."""
        names = self.text.required(project, "locales", "project")
        source_locale = self.text.required(project, "source_locale", "project")
        self._check_locale_names([source_locale, *names], source_locale)
        locales = tuple(self._locale(name, tables) for name in names)
        for name in tables:
            if name not in names:
                message = f"unknown locale [locales.{name}]" + nearest(name, names)
                raise self.text.error(message, ("locales", name))
        codes: dict[str, str] = {}
        for locale in locales:
            if locale.lang in codes:
                other = codes[locale.lang]
                named = [name for name in (locale.name, other) if "lang" in tables.get(name, {})]
                raise self.text.error(
                    f"{other} and {locale.name} have the same lang {locale.lang!r}",
                    ("locales", named[0], "lang") if named else ("project", "locales"),
                )
            codes[locale.lang] = locale.name
        return source_locale, locales

    def _locale(self, name: str, tables: Any) -> Locale:
        if not isinstance(tables, dict):
            raise self.text.error("locales must be a table", ("locales",))
        table = tables.get(name, {})
        path = ("locales", name)
        self.text.check(table, LOCALE_SCHEMA, path)
        lang = table.get("lang", _site_code(name))
        if not _SITE_CODE.fullmatch(lang):
            raise self.text.error(f"lang {lang!r} may hold letters, digits, - and _", (*path, "lang"))
        target = plain(table["target"]) if "target" in table else None
        return Locale(name=name, lang=lang, target=target, policy=_policy(table))

    def _page_settings(self, pages: Mapping[str, Any], shortcodes: Any) -> PageSettings:
        self.text.check_tables({"shortcodes": shortcodes}, "shortcodes")
        own: dict[str, Shortcode] = {}
        for name, table in shortcodes.items():
            self.text.check(table, SHORTCODE_SCHEMA, ("shortcodes", name))
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
            self.text.check(table, FOLDER_SCHEMA, path, index)
            for key in ("source", "target"):
                if not table.get(key):
                    raise self.text.error(f"[[pages.more]] lacks the key {key!r}", path, index)
            if "keys" in table and not table["keys"]:
                message = 'keys in [[pages.more]] is empty; name the keys whose values are texts, all of them by "**"'
                raise self.text.error(message, (*path, "keys"), index)
        return tuple(
            Folder(
                plain(table["source"]),
                plain(table["target"]),
                globs(table, "include"),
                tuple(table.get("keys", ())),
            )
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
            self.text.check({key: value}, {key: STRING}, ("pages", "localized"))
            require_placeholders(self.text, value, path, {"lang", "locale", "path", "value"})
            if is_text(key):
                message = f"{key} is a text and is translated: leave it out of [pages.localized], or of front_matter"
                raise self.text.error(message, path)
            yield key, value

    def _overrides(self, tables: Any, locales: Sequence[str]) -> tuple[Override, ...]:
        if not isinstance(tables, list):
            raise self.text.error("policy is a list of tables: write [[policy]]", ("policy",))
        overrides = []
        for index, table in enumerate(tables):
            self.text.check(table, OVERRIDE_SCHEMA, ("policy",), index)
            if not table.get("pages"):
                raise self.text.error("[[policy]] lacks the key 'pages'", ("policy",), index)
            self.text.check_locales(table.get("locales", ()), locales, ("policy", "locales"), index)
            overrides.append(Override(globs(table, "pages"), tuple(table.get("locales", ())), _policy(table)))
        return tuple(overrides)

    def _check_report(self, report: Mapping[str, str]) -> None:
        if "history" in report:
            require_pattern(self.text, report["history"], ("report", "history"), needed=set(), allowed=set())
            if not report["history"].endswith(".jsonl"):
                raise self.text.error("history must end in .jsonl", ("report", "history"))
        if "source_url" in report:
            address = report["source_url"]
            if not _SOURCE_URL.fullmatch(address):
                message = "source_url must be an https, http or vscode address"
                raise self.text.error(message, ("report", "source_url"))
            names = re.findall(r"\{([^{}]*)\}", address)
            unknown = next((name for name in names if name not in ("file", "line")), None)
            if unknown is not None or "file" not in names:
                message = "source_url must hold {file}, and may hold {line}"
                raise self.text.error(message, ("report", "source_url"))


def _policy(table: Mapping[str, Any]) -> Policy:
    coverage = table.get("minimum_coverage")
    return Policy(
        table.get("publish"), table.get("fallback"), float(coverage) if coverage is not None else None
    )


def _site_code(locale: str) -> str:
    return language_tag(locale).lower()
