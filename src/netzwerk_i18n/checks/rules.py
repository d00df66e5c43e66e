"""What a project allows, and how severe a finding is: the settings of the checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "off"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "off")


def _nothing() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({})


class Ignore(NamedTuple):
    """Findings of one check that are silenced: `[[checks.ignore]]`.

    Attributes:
        check: the check's name.
        msgid: only on the message with this text; on all where None.
        msgstr: only as long as this is its translation; whatever it is where None.
        pages: globs of source pages on which it holds; all where empty.
        locales: the locales in which it holds; all where empty.
        reason: why; findings that are errors cannot be silenced without one.
        line: the line of the configuration, from 1; 0 where it is not known.
    """

    check: str
    msgid: str | None = None
    msgstr: str | None = None
    pages: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    reason: str = ""
    line: int = 0

    def holds(self, check: str, locale: str, msgid: str | None, msgstr: str | None) -> bool:
        """Whether a finding is silenced, on a page on which this holds."""
        return (
            check == self.check
            and (self.msgid is None or msgid == self.msgid)
            and (self.msgstr is None or msgstr == self.msgstr)
            and (not self.locales or locale in self.locales)
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of the checks.

    Attributes:
        severities: by check name: "error", "warning" or "off".
        locale_severities: the same by locale, then by check name; it wins over `severities`.
        allowed_links: regular expressions; a link target that one of them matches as a whole may be added or changed.
        link_map: from a URL prefix of the source to the prefix that stands for it, by locale.
        ignores: single findings that are silenced.
        names_languages: whether the name of a localized page's file says its language, so that a link may lead to it.
        hard_wraps: whether the site shows each line break of a paragraph.
    """

    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    locale_severities: Mapping[str, Mapping[str, Severity]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    allowed_links: tuple[str, ...] = ()
    link_map: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)
    ignores: tuple[Ignore, ...] = ()
    names_languages: bool = False
    hard_wraps: bool = False

    @property
    def has_severities(self) -> bool:
        """Whether any check has another severity than its own."""
        return bool(self.severities or self.locale_severities)

    def severity(self, check: str, locale: str, default: Severity) -> Severity:
        """How severe a finding of `check` is in `locale`."""
        if not self.severities and not self.locale_severities:
            return default
        own = self.locale_severities.get(locale, {}).get(check)
        return own or self.severities.get(check) or default

    def ignore(self, check: str, locale: str, msgid: str | None, msgstr: str | None) -> Ignore | None:
        """What silences a finding of `check`, or None.

        Args:
            check: the check's name.
            locale: the finding's locale, empty for a source page.
            msgid: the message, or None where the finding is about a whole page.
            msgstr: its translation.
        """
        return next((one for one in self.ignores if one.holds(check, locale, msgid, msgstr)), None)

    def without_ignores(self) -> "Rules":
        """The rules with nothing silenced."""
        return replace(self, ignores=()) if self.ignores else self


DEFAULT_RULES = Rules()
