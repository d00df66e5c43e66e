"""What a browser must know of a language: its tag and its direction; and what people call it."""

from dataclasses import dataclass

from netzwerk_i18n.catalog.languages import language_tag
from netzwerk_i18n.report.status_grid import language_name


@dataclass(frozen=True, slots=True)
class Language:
    """A language in the report.

    Attributes:
        name: its locale's name.
        english: what it is called in English.
        own: what it calls itself, or nothing where that is not known.
        tag: its BCP 47 tag.
        direction: "ltr" or "rtl".
    """

    name: str
    english: str
    own: str
    tag: str
    direction: str


def language(locale: str) -> Language:
    """The language of a locale.

    >>> language("sr@latin").tag, language("ar").direction, language("ca@valencia").tag
    ('sr-Latn', 'rtl', 'ca-valencia')
    """
    from babel import Locale, UnknownLocaleError

    base, _, modifier = locale.partition("@")
    own, direction = "", "ltr"
    try:
        known = Locale.parse(base)
        own, direction = known.get_display_name(base) or "", known.text_direction
    except (UnknownLocaleError, ValueError):
        pass
    english = language_name(locale)
    if modifier and english != locale:
        english = f"{english} ({modifier})"
    return Language(locale, english, own if own != english else "", language_tag(locale), direction)
