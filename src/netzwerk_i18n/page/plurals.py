"""Plural forms by the names that CLDR gives them (https://cldr.unicode.org/index/cldr-spec/plural-rules).

Hugo, i18next and others look a text with a number in it up by these names. Which of them a language has differs: German
has `one` and `other`, Polish `one`, `few` and `many`. A form that the source's language lacks is a message of its own,
kept apart by its context, in the catalogs of those languages that have it.
"""

from collections.abc import Mapping
from functools import lru_cache

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The names, in the order in which CLDR lists them."""

WITHOUT_NUMBER = frozenset({"zero", "one", "two"})
"""The forms that may name the number in words: "a signature", "both", "nobody"."""

OTHER = "other"
"""The form that every language has."""

_FREQUENT = {
    locale: tuple(names.split())
    for locales, names in (
        (
            "bg bn ca da de el en es et eu fa fi fr gl hi hu it nb nl nn pt pt_BR pt_PT sv ta te tr ur",
            "one other",
        ),
        ("id ja ko th vi zh zh_Hans zh_Hant", "other"),
        ("ru uk pl", "one few many"),
        ("cs hr sk sr", "one few other"),
        ("he", "one two other"),
    )
    for locale in locales.split()
}
"""The forms of the languages that sites are most often translated into, so that Babel need not be loaded."""

_CONTEXT = "plural: "
_NUMBERS = 200
"""Forms of fractions and of millions only are not asked for, as gettext does not ask for them."""

_SHOWN = 6


def plural_categories(locale: str) -> tuple[str, ...]:
    """The forms that a language has for whole numbers.

    >>> plural_categories("pl")
    ('one', 'few', 'many')
    """
    return _FREQUENT.get(locale) or tuple(plural_numbers(locale))


@lru_cache(maxsize=256)
def plural_numbers(locale: str) -> Mapping[str, tuple[int, ...]]:
    """The forms that a language has for whole numbers, each with the numbers up to 200 that take it, by CLDR.

    A language that CLDR does not know has those of English.

    >>> list(plural_numbers("pl")), plural_numbers("pl")["few"][:4]
    (['one', 'few', 'many'], (2, 3, 4, 22))
    """
    from babel import Locale, UnknownLocaleError

    rule = Locale("en").plural_form
    for name in (locale, locale.partition("@")[0], locale.replace("-", "_").partition("_")[0]):
        try:
            rule = Locale.parse(name.replace("-", "_")).plural_form
            break
        except (UnknownLocaleError, ValueError):
            continue
    numbers: dict[str, list[int]] = {}
    for number in range(_NUMBERS + 1):
        numbers.setdefault(rule(number), []).append(number)
    return {category: tuple(numbers[category]) for category in CATEGORIES if category in numbers}


def plural_context(category: str) -> str:
    """The msgctxt of a form that the source does not have.

    >>> plural_context("few")
    'plural: few'
    """
    return _CONTEXT + category


def plural_comment(category: str, locale: str | None = None) -> str:
    """What a translator reads at such a form; with its first numbers in a language.

    >>> plural_comment("few", "pl")
    'Plural form: few (2, 3, 4, 22, 23, 24, …)'
    """
    numbers = plural_numbers(locale).get(category, ()) if locale is not None else ()
    if not numbers:
        return f"Plural form: {category}"
    shown = ", ".join([str(number) for number in numbers[:_SHOWN]])
    return f"Plural form: {category} ({shown}{', …' if len(numbers) > _SHOWN else ''})"


PLURAL_COMMENTS = {plural_comment(category): category for category in CATEGORIES}
"""What translators read at plural forms in the template, which knows no language, and the form that it tells of."""


def form_of(context: str | None) -> str | None:
    """The form that a msgctxt is that of, or None."""
    if context is None or not context.startswith(_CONTEXT):
        return None
    category = context.removeprefix(_CONTEXT)
    return category if category in CATEGORIES else None


def has_form(locale: str, context: str | None) -> bool:
    """Whether a message with this msgctxt is one in a language: any but a form that the language does not have."""
    category = form_of(context)
    return category is None or category in plural_categories(locale)
