"""What needs no engine: countries, numbers and dates, which CLDR knows in every language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trailing:
    """A text that ends in a country in parentheses: `Petition gegen X (Frankreich)`.

    Attributes:
        start: where the parenthesis begins in the text, the blank before it left out.
        text: the parenthesis in the target's language: `(France)`.
    """

    start: int
    text: str


def translate_whole(text: str, source_locale: str, locale: str) -> str | None:
    """The translation of a text that is a country's name, a number or a date and nothing else; else None."""
    raise NotImplementedError


def translate_trailing(text: str, source_locale: str, locale: str) -> Trailing | None:
    """The country in parentheses at the end of a text, translated; None where there is none."""
    raise NotImplementedError


def format_number(text: str, source_locale: str, locale: str) -> str | None:
    """A number, read strictly as the source locale writes it, as `locale` writes it; None if it is none."""
    raise NotImplementedError
