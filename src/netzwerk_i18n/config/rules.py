"""The tables `[checks]` and `[links]` of a configuration, read into rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from netzwerk_i18n.checks import FILE_CHECKS, all_checks
from netzwerk_i18n.checks.files import UNREADABLE, file_check
from netzwerk_i18n.checks.rules import Ignore, Rules, Severity
from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.config.patterns import globs
from netzwerk_i18n.config.schema import IGNORE_SCHEMA, LINKS_SCHEMA, SEVERITY, STRING, TABLE
from netzwerk_i18n.config.text import ConfigText


@dataclass(frozen=True)
class RulesReader:
    """Reads what a configuration says of checks, and where links may lead."""

    text: ConfigText

    def rules(self, checks: Any, links: Any, locales: Sequence[str]) -> Rules:
        """What the two tables say.

        Raises:
            ConfigError: for the first thing in them that is unknown or of the wrong type.
        """
        defaults = {check.name: check.severity for check in all_checks()}
        for_sources = {c.name for c in FILE_CHECKS if c.subject in ("source page", "configuration")}
        defaults |= {check.name: check.severity for check in FILE_CHECKS}
        if not isinstance(checks, dict):
            raise self.text.error("checks must be a table", ("checks",))
        by_name = {key: value for key, value in checks.items() if key not in ("locales", "links", "ignore")}
        self._check_severities(by_name, defaults, ("checks",))
        allowed = checks.get("links", {})
        if isinstance(allowed, str):  # links = "off" beside the other checks
            self._check_severities({"links": allowed}, defaults, ("checks",))
            allowed = {"severity": allowed}
        self.text.check(allowed, LINKS_SCHEMA, ("checks", "links"))
        self.text.expressions(allowed.get("allow", ()), ("checks", "links", "allow"))
        if "severity" in allowed:
            by_name["links"] = allowed["severity"]
        by_locale = checks.get("locales", {})
        self.text.check(by_locale, dict.fromkeys(locales, TABLE), ("checks", "locales"))
        for name, table in by_locale.items():
            path = ("checks", "locales", name)
            for key in table:
                if key in for_sources:
                    message = f"{key} looks at what no locale has a part in; set it in [checks]"
                    raise self.text.error(message, (*path, key))
                if isinstance(table[key], dict):
                    message = f"{key} in [{'.'.join(path)}] must be {SEVERITY[1]}"
                    raise self.text.error(f'{message}: write {key} = "off"', (*path, key))
            self._check_severities(table, defaults, path)
        self.text.check_tables({"links": links}, "links")
        for prefix, table in links.items():
            self.text.check(table, dict.fromkeys(locales, STRING), ("links", prefix))
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
                raise self.text.error(message, (*path, name))
        self.text.check(table, dict.fromkeys(defaults, SEVERITY), path)

    def _ignores(
        self, tables: Any, rules: Rules, defaults: Mapping[str, Severity], locales: Sequence[str]
    ) -> tuple[Ignore, ...]:
        """What `[[checks.ignore]]` says."""
        path = ("checks", "ignore")
        if not isinstance(tables, list):
            raise self.text.error("checks.ignore is a list of tables: write [[checks.ignore]]", path)
        ignores = []
        for index, table in enumerate(tables):
            self.text.check(table, IGNORE_SCHEMA, path, index)
            name = table.get("check")
            if not name:
                raise self.text.error("[[checks.ignore]] lacks the key 'check'", path, index)
            if name not in defaults:
                message = f"there is no check {name!r}" + nearest(name, list(defaults))
                raise self.text.error(message, (*path, "check"), index)
            self.text.check_locales(table.get("locales", ()), locales, (*path, "locales"), index)
            known = file_check(name)
            if known is not None and known.subject in ("catalog", "configuration", "project"):
                message = (
                    f"{name} looks at whole files and cannot be silenced for one message; set it in [checks]"
                )
                raise self.text.error(message, (*path, "check"), index)
            if known is not None and ("msgid" in table or "msgstr" in table):
                message = f"{name} looks at whole pages: name them in pages, and leave msgid and msgstr out"
                raise self.text.error(message, path, index)
            if "msgid" not in table and not table.get("pages"):
                message = (
                    "[[checks.ignore]] needs msgid or pages; for all messages, set the check in [checks]"
                )
                raise self.text.error(message, path, index)
            named = table.get("locales") or (locales if known is None or known.subject == "page" else ("",))
            worst = {rules.severity(name, locale, defaults[name]) for locale in named}
            if "error" in worst and not table.get("reason", "").strip():
                message = f"[[checks.ignore]] silences errors of {name} and lacks the key 'reason'"
                raise self.text.error(f"{message}: say why", path, index)
            ignores.append(
                Ignore(
                    name,
                    table.get("msgid"),
                    table.get("msgstr"),
                    globs(table, "pages"),
                    tuple(table.get("locales", ())),
                    table.get("reason", ""),
                    self.text.line(path, index) or 0,
                )
            )
        return tuple(ignores)
