"""Headers of new templates and catalogs, and the clock behind their dates."""

import os
import re
from datetime import UTC, datetime

from netzwerk_i18n.catalog.message import Header, Message
from netzwerk_i18n.catalog.syntax import shortened
from netzwerk_i18n.errors import CatalogError, ConfigError

FIELD_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
    "X-Source-Language",
)
"""The order in which gettext's own tools write the fields (gettext manual, "Filling in the Header Entry")."""

_CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
# CHARSET is what xgettext leaves in a template; ASCII is UTF-8 already.
_ACCEPTED_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "charset", ""})


def now() -> datetime:
    """The present moment in UTC, or the one that SOURCE_DATE_EPOCH names, so that builds can be reproduced.

    Raises:
        ConfigError: if SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {epoch!a}, which is no number of seconds",
            remedy="set it to the output of `git log -1 --format=%ct`, or unset it",
        ) from None


def format_date(moment: datetime) -> str:
    """A date as PO headers hold it, to the minute and in UTC.

    >>> format_date(datetime(2024, 2, 29, 12, 30, tzinfo=UTC))
    '2024-02-29 12:30+0000'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}+0000"


def new_template_header(*, project: str, source_locale: str, created: datetime, bugs: str = "") -> Header:
    """The header of a template.

    Args:
        project: Project-Id-Version.
        source_locale: the language of the pages, as gettext names it (`de`).
        created: POT-Creation-Date, an aware datetime.
        bugs: an address or a URL for questions about the texts.
    """
    # The two dates are equal in a template: xgettext's placeholder for the second makes msgfmt warn.
    return _header(
        {
            "Project-Id-Version": project,
            "Report-Msgid-Bugs-To": bugs,
            "POT-Creation-Date": format_date(created),
            "PO-Revision-Date": format_date(created),
            "Last-Translator": "",
            "Language-Team": "",
            "Language": "",
            "X-Source-Language": source_locale,
        }
    )


def new_catalog_header(
    *,
    project: str,
    locale: str,
    source_locale: str,
    created: datetime,
    bugs: str = "",
    template_date: str | None = None,
) -> Header:
    """The header of a catalog that no translator has opened yet.

    Args:
        project: Project-Id-Version.
        locale: the language of the translations, as gettext names it (`pt_PT`, `zh_Hans`).
        source_locale: the language of the pages.
        created: PO-Revision-Date, an aware datetime.
        bugs: an address or a URL for questions about the texts.
        template_date: POT-Creation-Date of the template, if it is not `created`.
    """
    return _header(
        {
            "Project-Id-Version": project,
            "Report-Msgid-Bugs-To": bugs,
            "POT-Creation-Date": template_date or format_date(created),
            "PO-Revision-Date": format_date(created),
            "Last-Translator": "",
            "Language-Team": "",
            "Language": locale,
            "Plural-Forms": plural_forms(locale),
            "X-Source-Language": source_locale,
        }
    )


def _header(fields: dict[str, str]) -> Header:
    always = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return Header(in_field_order(always | {name: _one_line(value) for name, value in fields.items()}))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def in_field_order(fields: dict[str, str]) -> dict[str, str]:
    """The known fields in gettext's order, then all others in theirs."""
    known = {name: fields[name] for name in FIELD_ORDER if name in fields}
    return known | fields


def complete_fields(fields: dict[str, str], wanted: dict[str, str]) -> dict[str, str]:
    """`fields` with what is missing of `wanted`, each at its place in gettext's order; nothing else is changed.

    >>> list(complete_fields({"Language": "fr", "X-Foo": ""}, {"Project-Id-Version": "p", "Plural-Forms": ""}))
    ['Project-Id-Version', 'Language', 'Plural-Forms', 'X-Foo']
    """
    names = list(fields)
    for name in wanted:
        if name in fields:
            continue
        before = FIELD_ORDER[: FIELD_ORDER.index(name)] if name in FIELD_ORDER else tuple(names)
        names.insert(max((names.index(other) + 1 for other in before if other in names), default=0), name)
    return {name: fields[name] if name in fields else wanted[name] for name in names}


_SLAVIC = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
_FREQUENT_PLURALS = {
    locale: f"nplurals={count}; plural={rule};"
    for locales, count, rule in (
        ("bg bn ca da de el en es et eu fi gl he hi id it nb nl nn pt pt_PT sv ta te ur", 2, "(n != 1)"),
        ("fr pt_BR", 2, "(n > 1)"),
        ("fa hu ja ko th tr vi zh zh_Hans zh_Hant", 1, "0"),
        ("hr ru sr uk", 3, f"(n%10==1 && n%100!=11 ? 0 : {_SLAVIC})"),
        ("pl", 3, f"(n==1 ? 0 : {_SLAVIC})"),
        ("cs sk", 3, "((n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2)"),
    )
    for locale in locales.split()
}
"""Babel's rules for the languages that sites are most often translated into, so that Babel need not be loaded."""


def is_frequent(locale: str) -> bool:
    """Whether a locale is one of those that sites are most often translated into."""
    return locale in _FREQUENT_PLURALS


def plural_forms(locale: str) -> str:
    """The Plural-Forms of a locale from Babel; English ones where Babel does not know the locale.

    >>> plural_forms("fr")
    'nplurals=2; plural=(n > 1);'
    """
    known = _FREQUENT_PLURALS.get(locale)
    if known is not None:
        return known
    # Babel costs 50 ms; only a new catalog of a rarer language needs it.
    from babel.core import UnknownLocaleError
    from babel.messages.plurals import DEFAULT_PLURAL, get_plural

    for name in (locale, locale.partition("@")[0], locale.replace("-", "_").partition("_")[0]):
        try:
            return _terminated(get_plural(name).plural_forms)
        except (UnknownLocaleError, ValueError):
            continue
    return f"nplurals={DEFAULT_PLURAL[0]}; plural={DEFAULT_PLURAL[1]};"


def _terminated(forms: str) -> str:
    return forms if forms.endswith(";") else f"{forms};"


def read_header(message: Message, *, file: str) -> Header:
    """The header in the message of the empty msgid.

    Raises:
        CatalogError: for a charset other than UTF-8, a field that stands twice, or a first line that is no field.
    """
    fields: dict[str, str] = {}
    name = ""
    for line in message.msgstr.removesuffix("\n").split("\n") if message.msgstr else ():
        start, colon, value = line.partition(":")
        if colon and start in fields:
            raise CatalogError(
                f"the header has {shortened(start)} twice", file, message.line, "keep one of the two"
            )
        if colon:
            name = start
            fields[name] = value.removeprefix(" ")
        elif fields:
            fields[name] += f"\n{line}"
        else:
            what = f"the header starts with {shortened(line)}, which is no field"
            raise CatalogError(what, file, message.line, 'write it as "Name: value\\n"')
    charset = _CHARSET.search(fields.get("Content-Type", ""))
    if charset is not None and charset[1].lower() not in _ACCEPTED_CHARSETS:
        raise CatalogError(
            f"the header declares the charset {shortened(charset[1])}",
            file,
            message.line,
            "convert the file to UTF-8 (msgconv --to-code=UTF-8)",
        )
    return Header(fields, message.comments, message.flags, message.extracted, message.references)
