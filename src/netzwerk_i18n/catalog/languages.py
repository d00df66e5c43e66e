"""Codes of languages as other tools write them, held against the locales of a project.

The rules are those of Unicode CLDR: a code is completed with its likely script and region before it is compared
(UTS 35, "Likely Subtags"), so that `zh-CN` is `zh_Hans` and never `zh_Hant`.
"""

import re
from collections.abc import Sequence

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "hebrew": "Hebr"}
"""The scripts that gettext names behind an `@` (gettext manual, "Locale Names")."""

_SHORTEST_VARIANT = 5
"""So many letters a variant has at least (BCP 47, section 2.2.5): `valencia` is one, `euro` is none."""

_CODE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-.*)?", re.IGNORECASE)


def language_tag(locale: str) -> str:
    """The code of a locale as HTML and XML want it (BCP 47).

    >>> language_tag("pt_PT"), language_tag("zh_Hans"), language_tag("sr@latin"), language_tag("ca@valencia")
    ('pt-PT', 'zh-Hans', 'sr-Latn', 'ca-valencia')
    """
    name, _, modifier = locale.partition("@")
    language, *rest = name.replace("_", "-").split("-")
    script = _SCRIPTS.get(modifier.lower())
    if script:
        rest.insert(0, script)
    elif len(modifier) >= _SHORTEST_VARIANT:
        rest.append(modifier)
    return "-".join([language, *rest])


def doubt_locale(locale: str) -> str | None:
    """Why a locale is perhaps not what was meant, or None where CLDR knows its language and its region.

    >>> doubt_locale("cz"), doubt_locale("swe")
    ("CLDR knows no language 'cz'; did you mean 'cs'?", "CLDR knows no language 'swe'; did you mean 'sv'?")
    >>> doubt_locale("en_UK"), doubt_locale("gsw_CH"), doubt_locale("xx")
    ("CLDR knows no region 'UK'; did you mean 'en_GB'?", None, "CLDR knows no language 'xx'")
    """
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    language, *rest = locale.partition("@")[0].split("_")
    alias = get_global("language_aliases").get(language, "")
    # Where the alias is one language in one country, the code is a language of its own (`cnr`, Montenegrin).
    if not (language in english.languages or language in get_global("likely_subtags") or "_" in alias):
        meant = alias or _spoken_in(language.upper())
        return f"CLDR knows no language {language!r}" + (f"; did you mean {meant!r}?" if meant else "")
    region = rest[-1] if rest and not rest[-1].istitle() else None
    if region is None or region in english.territories:
        return None
    meant = next(iter(get_global("territory_aliases").get(region, ())), None)
    hint = f"; did you mean {locale.replace(f'_{region}', f'_{meant}')!r}?" if meant else ""
    return f"CLDR knows no region {region!r}{hint}"


def _spoken_in(territory: str) -> str | None:
    """The language that a country's code stands for where people take it for a language's."""
    from babel.core import get_global

    spoken, likely = get_global("territory_languages").get(territory, {}), get_global("likely_subtags")
    official = [each for each, facts in spoken.items() if "official" in (facts["official_status"] or "")]
    return max(
        official,
        key=lambda each: (
            likely.get(each, "").endswith(f"_{territory}"),
            spoken[each]["population_percent"],
        ),
        default=None,
    )


def match_language(code: str, locales: Sequence[str]) -> str | None:
    """The locale that a code of another tool stands for, or None.

    The code itself counts first; else the locale of the same language and script whose region fits: its own, or none.

    >>> match_language("PT-pt", ["pt_BR", "pt_PT"]), match_language("zh-CN", ["zh_Hans"])
    ('pt_PT', 'zh_Hans')
    >>> match_language("fr-CA", ["fr"]), match_language("pt", ["pt_PT"]), match_language("zh-TW", ["zh_Hans"])
    ('fr', None, None)
    """
    plain = code.strip().replace("_", "-").lower()
    tags = {locale: language_tag(locale) for locale in locales}
    for locale, tag in tags.items():
        if plain in (tag.lower(), locale.replace("_", "-").lower()):
            return locale
    wanted = _completed(plain)
    if wanted is None:
        return None
    fitting = [locale for locale, tag in tags.items() if _fits(tag, wanted)]
    return max(fitting, key=lambda locale: tags[locale].count("-"), default=None)


def _fits(tag: str, wanted: tuple[str, str, str]) -> bool:
    match, complete = _CODE.fullmatch(tag), _completed(tag)
    if match is None or complete is None or complete[:2] != wanted[:2]:
        return False
    return not match[3] or complete[2] == wanted[2]


def _completed(tag: str) -> tuple[str, str, str] | None:
    """Language, script and region, the likely ones where the code does not say; None for what is no such code."""
    match = _CODE.fullmatch(tag)
    if match is None:
        return None
    # Babel costs 50 ms; only codes that are no locale's own need it.
    from babel.core import get_global

    language, script, region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    language = get_global("language_aliases").get(language, language).partition("_")[0]
    likely = get_global("likely_subtags")
    for parts in ((language, script, region), (language, region), (language, script), (language,)):
        found = likely.get("_".join(part for part in parts if part))
        if found is not None:
            likely_language, likely_script, likely_region = found.split("_")[:3]
            return (likely_language, script or likely_script, region or likely_region)
    return (language, script, region)
