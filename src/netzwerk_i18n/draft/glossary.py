"""The project's glossary: how terms are translated, and which names stay as they are."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from netzwerk_i18n.checks.warnings.glossary import find_glossary_problems
from netzwerk_i18n.config import USUAL_GLOSSARY
from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.draft.masking import KeepWord
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.project import Project

SOURCE_COLUMNS = ("source", "term", "source term")
"""What the first column may be called; the source locale's name will do as well."""

MOST_TERMS = 10_000
"""Longer glossaries are refused: each term is looked for in each message."""

_FLAGS = {
    "keep": "keep",
    "case": "case",
    "case-sensitive": "case",
    "note": "",
    "notes": "",
    "comment": "",
    "pos": "",
}
_YES = frozenset({"yes", "true", "1", "x", "y", "ja"})
_NO = frozenset({"no", "false", "0", "", "-", "n", "nein"})
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{4})?(?:[_-](?:[A-Za-z]{2}|\d{3}))?(?:@[a-z]+)?")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the glossary.

    Attributes:
        source: the term in the source language.
        translations: by locale, the right translations, the preferred one first.
        keep: whether it is the same in every language.
        case: whether its case matters.
        line: its line in the file, from 1.
    """

    source: str
    translations: Mapping[str, tuple[str, ...]]
    keep: bool = False
    case: bool = False
    line: int = 0


@dataclass(frozen=True)
class Glossary:
    """All terms, in the order of the file."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        file: str,
        source_locale: str = "",
        locales: Mapping[str, str] = MappingProxyType({}),
    ) -> "Glossary":
        r"""Read a `glossary.csv`: a header line, then a line a term.

        The first column is the source term; a column of a locale's name (`fr`, `pt_PT`) holds its translation, several
        of them parted by `|`; `keep` and `case` are yes or no. The delimiter is a comma, a semicolon or a tab. A byte
        order mark and lines that begin with `#` are passed over.

        Args:
            text: the content of the file.
            file: its name in errors.
            source_locale: the language of the terms; any where it is empty.
            locales: the names of locales by what else a column of theirs may be called, in small letters and with `_`.

        >>> Glossary.parse("source,fr,keep\nPetition,pétition,\nLeaveX,,yes\n", file="glossary.csv").entries("fr")
        {'Petition': 'pétition', 'LeaveX': 'LeaveX'}

        Raises:
            ConfigError: with file and line, if it is no such table.
        """
        return cls(tuple(_Table(text.removeprefix("\ufeff"), file, source_locale, locales).terms()))

    def keep_words(self, locale: str) -> tuple[KeepWord, ...]:
        """What stays as it is in `locale`: for :func:`~netzwerk_i18n.draft.masking.mask`. The longest come first."""
        words = [term for term in self.terms if _is_kept(term, locale)]
        words.sort(key=lambda term: -len(term.source))
        return tuple(
            term.source if term.case else re.compile(rf"(?<!\w){re.escape(term.source)}(?!\w)", re.IGNORECASE)
            for term in words
        )

    def entries(self, locale: str) -> dict[str, str]:
        """From each term to its preferred translation in `locale`, for an engine with a glossary of its own."""
        return {source: right[0] for source, right in self._rights(locale).items()}

    def check(self, source: str, translation: str, locale: str) -> tuple[str, ...]:
        """What the translation makes of the glossary's terms otherwise, a sentence each; empty where all is right."""
        rights = self._rights(locale)
        if not rights:
            return ()
        strict = [term.source for term in self.terms if term.case and term.source in rights]
        absent = {word for word in strict if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source)}
        wanted = {word: right for word, right in rights.items() if word not in absent} if absent else rights
        return tuple(problem.message for problem in find_glossary_problems(source, translation, wanted))

    def _rights(self, locale: str) -> Mapping[str, tuple[str, ...]]:
        """From each term that has a word in `locale` to its right translations."""
        known = self._by_locale.get(locale)
        if known is None:
            known = {
                term.source: (term.source,) if _is_kept(term, locale) else term.translations[locale]
                for term in self.terms
                if _is_kept(term, locale) or locale in term.translations
            }
            self._by_locale[locale] = known
        return known

    @cached_property
    def _by_locale(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {}


def _is_kept(term: Term, locale: str) -> bool:
    """A term stays as it is if it says so, or if its translation is itself; a locale's own translation wins."""
    own = term.translations.get(locale)
    return own == (term.source,) if own else term.keep


def read_glossary(project: Project) -> Glossary:
    """The project's glossary; an empty one where there is none.

    Raises:
        ConfigError: if it is named and not there, or is no glossary.
    """
    name = project.config.draft.glossary
    file = project.file(name or USUAL_GLOSSARY)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if name is None:
            return Glossary()
        raise ConfigError("there is no such glossary", file=name, remedy="correct [draft] glossary") from None
    except UnicodeDecodeError:
        raise ConfigError("is not UTF-8", file=name or USUAL_GLOSSARY, remedy="save it as UTF-8") from None
    except OSError as error:
        raise ConfigError.of("cannot be read", error, name or USUAL_GLOSSARY) from None
    config = project.config
    return Glossary.parse(
        text,
        file=name or USUAL_GLOSSARY,
        source_locale=config.source_locale,
        locales={
            _folded(called): locale.name for locale in config.locales for called in (locale.lang, locale.name)
        },
    )


def _folded(locale: str) -> str:
    return locale.replace("-", "_").lower()


def _language(locale: str) -> str:
    return re.split("[-_@]", locale, maxsplit=1)[0].lower()


class _Table:
    """One file, as it is read."""

    def __init__(self, text: str, file: str, source_locale: str, locales: Mapping[str, str]) -> None:
        self.file = file
        self.source_locale = source_locale
        self.locales = locales
        self.lines = text.splitlines()
        self.text = text

    def terms(self) -> Iterator[Term]:
        rows = self._rows()
        header = next(rows, None)
        if header is None:
            raise ConfigError(
                "the glossary is empty", self.file, 1, "begin it with a line such as source,fr,keep,case"
            )
        line, names = header
        columns = self._columns(line, names)
        seen: dict[str, int] = {}
        for line, row in rows:
            if len(row) > len(columns):
                message = f"this line has {len(row)} columns, the header {len(columns)}"
                raise ConfigError(message, self.file, line, "put quotes around what holds the delimiter")
            term = self._term(line, dict(zip(columns, row, strict=False)))
            if term.source in seen:
                message = f"the term {term.source!r} stands on line {seen[term.source]} already"
                raise ConfigError(message, self.file, line, "keep one of the two")
            seen[term.source] = line
            if len(seen) > MOST_TERMS:
                raise ConfigError(
                    f"the glossary has more than {MOST_TERMS:,} terms", self.file, line, "shorten it"
                )
            yield term

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        first = next((line for line in self.lines if line.strip() and not line.startswith("#")), "")
        delimiter = max(_DELIMITERS, key=first.count)
        reader = csv.reader(
            self.text.splitlines(keepends=True), delimiter=delimiter, strict=True, skipinitialspace=True
        )
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise ConfigError(
                    f"is no table of comma-separated values: {error}",
                    self.file,
                    line,
                    "close the quotes of each value",
                ) from None
            if row and not row[0].lstrip().startswith("#") and any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]

    def _columns(self, line: int, names: list[str]) -> list[str]:
        """What each column holds: `source`, a locale's name, `keep`, `case`, or nothing that is read."""
        columns: list[str] = []
        for position, name in enumerate(names):
            low = name.lower()
            is_locale = _folded(name) in self.locales or _LOCALE.fullmatch(name) is not None
            if position == 0 and (low in SOURCE_COLUMNS or (is_locale and self._is_of_terms(name))):
                column = "source"
            elif low in SOURCE_COLUMNS or (position == 0 and is_locale):
                raise ConfigError(
                    f"the first column is {names[0]!r}, where the terms of the source pages belong",
                    self.file,
                    line,
                    "put their column first and call it source",
                )
            elif low in _FLAGS:
                column = _FLAGS[low]
            elif is_locale:
                column = self.locales.get(_folded(name), name.replace("-", "_"))
            else:
                known = [*_FLAGS, *SOURCE_COLUMNS]
                message = f"unknown column {name!r}" + nearest(low, known)
                raise ConfigError(
                    message, self.file, line, "the first is source, the others are locales, keep and case"
                )
            if column and column in columns:
                raise ConfigError(f"the column {name!r} stands there twice", self.file, line, "join them")
            columns.append(column)
        return columns

    def _is_of_terms(self, name: str) -> bool:
        """Whether a column that bears a locale's name may be that of the terms."""
        return not self.source_locale or _language(name) == _language(self.source_locale)

    def _term(self, line: int, row: Mapping[str, str]) -> Term:
        source = row.get("source", "")
        if not source:
            raise ConfigError(
                "this line has no source term", self.file, line, "write it into the first column"
            )
        translations = {
            column: words
            for column, cell in row.items()
            if column not in ("", "source", "keep", "case")
            and (words := tuple(word.strip() for word in cell.split("|") if word.strip()))
        }
        flags = {name: self._flag(line, name, row.get(name, "")) for name in ("keep", "case")}
        return Term(source, MappingProxyType(translations), flags["keep"], flags["case"], line)

    def _flag(self, line: int, name: str, cell: str) -> bool:
        if cell.lower() in _YES:
            return True
        if cell.lower() in _NO:
            return False
        raise ConfigError(
            f"{name} is {cell!r}, which is neither yes nor no", self.file, line, "write yes or nothing"
        )
