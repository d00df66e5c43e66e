"""A catalog file held against what gettext asks of it: its header, and what `msgfmt --check` said about it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from netzwerk_i18n.checks.quoting import quoted

CATALOG_HEADER = "catalog-header"
"""The check (a warning) of the header."""

MSGFMT = "msgfmt"
"""The check of what gettext's own compiler says."""

MOST_PLURALS = 10
MOST_REPORTED = 50
"""How many messages of `msgfmt` are reported for one catalog."""

_CHARSET = re.compile(r"charset\s*=\s*([^\s;]+)", re.IGNORECASE)
_PLURALS = re.compile(
    r"\s*nplurals\s*=\s*(?P<count>[0-9]{1,9})\s*;\s*plural\s*=\s*[n0-9\s()?:%=!<>&|+*/-]+;?\s*"
)
_SAID = re.compile(r":(?P<line>[0-9]{1,9})(?::[0-9]{1,9})?: (?P<warning>warning: )?(?P<message>.*)")


@dataclass(frozen=True, slots=True)
class CatalogProblem:
    """Something wrong with a catalog file.

    Attributes:
        check: `CATALOG_HEADER` or `MSGFMT`.
        message: what is wrong and what to do, one sentence without its full stop.
        severity: "error" or "warning", unless the project says otherwise.
        line: the line of the file, from 1.
    """

    check: str
    message: str
    severity: Literal["error", "warning"] = "warning"
    line: int = 1


def find_header_problems(fields: Mapping[str, str], locale: str) -> Iterator[CatalogProblem]:
    """A problem for each field that is missing or wrong in the header of a catalog of `locale`.

    >>> [problem.message for problem in find_header_problems({"Language": "en"}, "fr")][0]
    'the header says Language: en, but this is the catalog of fr'
    """
    for message in _header_messages(fields, locale):
        yield CatalogProblem(CATALOG_HEADER, message)


def _header_messages(fields: Mapping[str, str], locale: str) -> Iterator[str]:
    language = fields.get("Language", "").strip()
    if not language:
        yield f"the header has no Language; write Language: {locale}"
    elif language != locale:
        yield f"the header says Language: {quoted(language)}, but this is the catalog of {locale}"
    charset = _CHARSET.search(fields.get("Content-Type", ""))
    if charset is None:
        yield "the header names no charset; write Content-Type: text/plain; charset=UTF-8"
    elif charset[1].lower() != "utf-8":
        yield f"the header says charset={quoted(charset[1])}; write charset=UTF-8"
    plurals = fields.get("Plural-Forms", "")
    match = _PLURALS.fullmatch(plurals) if len(plurals) <= 1000 else None  # noqa: PLR2004 - far longer than any rule
    if not plurals.strip():
        yield "the header has no Plural-Forms; programs that read the catalog want them"
    elif match is None:
        yield f"the header's Plural-Forms cannot be read: {quoted(plurals)}"
    elif not 1 <= int(match["count"]) <= MOST_PLURALS:
        yield f"the header says nplurals={match['count']}; no language has more than {MOST_PLURALS} forms"


def read_msgfmt(output: str, file: str) -> list[CatalogProblem]:
    r"""The problems in what `msgfmt --check` said about `file`.

    >>> read_msgfmt("/x/fr.po:7: warning: odd\n/x/fr.po:9:3: syntax error\n", "/x/fr.po")[1].line
    9
    """
    problems: list[CatalogProblem] = []
    for said in output.splitlines():
        match = _SAID.fullmatch(said.removeprefix(file)) if said.startswith(file) else None
        if match is None:
            continue
        if len(problems) == MOST_REPORTED:
            problems.append(
                CatalogProblem(MSGFMT, "msgfmt says more about this catalog; run it to see the rest")
            )
            break
        severity: Literal["error", "warning"] = "warning" if match["warning"] else "error"
        message = quoted(match["message"].strip())
        problems.append(CatalogProblem(MSGFMT, message, severity, max(1, int(match["line"]))))
    return problems


def read_refusal(output: str, file: str, code: int) -> CatalogProblem:
    r"""Why `msgfmt` refused `file` as a whole, where it names no line: the last that it said of it.

    Args:
        output: what it said.
        file: the catalog's name as it was given to it.
        code: its exit code, for where it said nothing of the file.

    >>> read_refusal("msgfmt: /x/fr.po: warning: PO file header missing or invalid\n", "/x/fr.po", 1).message
    'msgfmt says: PO file header missing or invalid; run netzwerk-i18n extract, which writes a header'
    """
    said = [line.partition(f"{file}: ")[2].removeprefix("warning: ") for line in output.splitlines()]
    last = next((words.strip() for words in reversed(said) if words.strip()), "")
    if not last:
        return CatalogProblem(MSGFMT, f"msgfmt ended with code {code}", "error")
    remedy = "; run netzwerk-i18n extract, which writes a header" if "header" in last else ""
    return CatalogProblem(MSGFMT, f"msgfmt says: {quoted(last)}{remedy}", "error")
