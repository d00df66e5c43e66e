"""A configuration's text, which knows on what line each key stands, and says so where one is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.config.schema import TABLE, Check
from netzwerk_i18n.errors import ConfigError


@dataclass(frozen=True)
class ConfigText:
    """One configuration as it stands in its file.

    Attributes:
        file: the file's name, from the project's root.
        text: what it holds.
    """

    file: str
    text: str

    def error(self, message: str, path: tuple[str, ...], index: int | None = None) -> ConfigError:
        """What to raise for something wrong at `path`, with its line; `index` as in `line`."""
        return ConfigError(message, file=self.file, line=self.line(path, index))

    def line(self, path: tuple[str, ...], index: int | None) -> int | None:
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
        return None if index is None else self.line(path, None)  # a list written on one line

    def check(
        self,
        table: Any,
        schema: Mapping[str, tuple[Check, str]],
        path: tuple[str, ...],
        index: int | None = None,
    ) -> None:
        """Refuse a table that holds an unknown key or a value of the wrong type.

        Args:
            table: what stands at `path`.
            schema: each key with what it takes, and that in words.
            path: the table's name, part by part.
            index: which one of a list of tables it is.

        Raises:
            ConfigError: for the first that is wrong.
        """
        name = ".".join(path)
        if not isinstance(table, dict):
            raise self.error(f"{name} must be a table", path, index)
        for key, value in table.items():
            if key not in schema:
                message = f"unknown key {key!r} in [{name}]" + nearest(key, list(schema))
                raise self.error(message, (*path, key), index)
            check, wanted = schema[key]
            if not check(value):
                raise self.error(f"{key} in [{name}] must be {wanted}", (*path, key), index)

    def check_tables(self, data: Mapping[str, Any], name: str) -> None:
        """Refuse a table `name` that holds anything but tables.

        Raises:
            ConfigError: for the first that is none.
        """
        tables = data.get(name, {})
        self.check(tables, dict.fromkeys(tables, TABLE) if isinstance(tables, dict) else {}, (name,))

    def check_locales(
        self, names: Sequence[str], known: Sequence[str], path: tuple[str, ...], index: int | None = None
    ) -> None:
        """Refuse a list of locales at `path` that names one which the project has not.

        Raises:
            ConfigError: for the first of them.
        """
        table = ".".join(path[:-1])
        where = f"[{table}]" if index is None else f"[[{table}]]"
        for name in names:
            if name not in known:
                raise self.error(f"unknown locale {name!r} in {where}" + nearest(name, known), path, index)

    def expressions(self, patterns: Sequence[str], path: tuple[str, ...]) -> list[re.Pattern[str]]:
        """The regular expressions in the list at `path`.

        Raises:
            ConfigError: for the first that is none.
        """
        found = []
        for pattern in patterns:
            try:
                found.append(re.compile(pattern))
            except re.error as error:
                message = f"{pattern!r} in {path[-1]} is no regular expression: {error}"
                raise self.error(message, path) from None
        return found

    def required(self, table: Mapping[str, Any], key: str, name: str) -> Any:
        """The value of a key of the table `name`.

        Raises:
            ConfigError: if it is missing or empty.
        """
        if key not in table:
            raise self.error(f"[{name}] lacks the key {key!r}", (name,))
        if not table[key]:
            raise self.error(f"{key} in [{name}] is empty", (name, key))
        return table[key]
