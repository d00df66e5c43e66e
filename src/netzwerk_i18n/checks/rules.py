"""What a project allows, and how severe a finding is: the settings of the checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "off"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "off")


def _nothing() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of the checks.

    Attributes:
        severities: by check name: "error", "warning" or "off".
        locale_severities: the same by locale, then by check name; it wins over `severities`.
        allowed_links: regular expressions; a link target that one of them matches as a whole may be added or changed.
        link_map: from a URL prefix of the source to the prefix that stands for it, by locale.
    """

    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    locale_severities: Mapping[str, Mapping[str, Severity]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    allowed_links: tuple[str, ...] = ()
    link_map: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)

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


DEFAULT_RULES = Rules()
