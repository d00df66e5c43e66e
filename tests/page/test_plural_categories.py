"""The plural forms of languages that are known without Babel."""

from netzwerk_i18n.page.plurals import _FREQUENT, plural_categories, plural_numbers


def test_frequent_languages_have_the_forms_that_babel_knows() -> None:
    assert {locale: tuple(plural_numbers(locale)) for locale in _FREQUENT} == _FREQUENT


def test_the_forms_of_a_rare_language_are_those_with_numbers() -> None:
    assert plural_categories("ar") == tuple(plural_numbers("ar"))
    assert plural_categories("qqx") == ("one", "other")
