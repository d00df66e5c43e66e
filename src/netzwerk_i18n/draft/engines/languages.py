"""How engines call languages: a locale's name as gettext writes it, and the codes that might be meant by it.

Every engine has its own spelling: `pt_PT` is `PT-PT` for one, `pt-PT` for another and `pt` for a third. The rules follow
the locale's parts (language, script, territory); what is an exception stands in a table.
"""

from collections.abc import Collection, Mapping

from netzwerk_i18n.checks.warnings.languages import read_locale

_OTHER_NAMES = {
    "nb": ("no",),
    "nn": ("no",),
    "no": ("nb",),
    "he": ("iw",),
    "iw": ("he",),
    "fil": ("tl",),
    "tl": ("fil",),
    "jv": ("jw",),
    "id": ("in",),
}
_CHINESE = {"Hans": ("zh-CN", "zh-Hans", "zh"), "Hant": ("zh-TW", "zh-Hant", "zt")}
_TRADITIONAL = frozenset({"TW", "HK", "MO"})


def candidates(locale: str) -> tuple[str, ...]:
    """The codes that may stand for a locale, the exact ones first.

    >>> candidates("pt_PT")
    ('pt-PT', 'pt')
    >>> candidates("zh_Hans")[:2]
    ('zh-CN', 'zh-Hans')
    """
    found = read_locale(locale)
    language, territory, script = found.language, found.territory, found.script
    if language == "zh":
        named = locale.lower()
        traditional = "hant" in named or (territory in _TRADITIONAL and "hans" not in named)
        exact = (f"zh-{territory}",) if territory else ()
        return tuple(dict.fromkeys(exact + _CHINESE["Hant" if traditional else "Hans"]))
    codes = []
    if territory:
        codes.append(f"{language}-{territory}")
    if script and script.lower() in locale.lower():
        codes.append(f"{language}-{script}")
    codes.append(language)
    codes += _OTHER_NAMES.get(language, ())
    return tuple(dict.fromkeys(codes))


def choose_code(
    locale: str, known: Collection[str], *, own: Mapping[str, str] = {}, region: bool = False
) -> str | None:
    """The engine's code for a locale, or None where it lacks the language.

    Args:
        locale: the locale, as gettext names it.
        known: the engine's codes.
        own: the user's word on it, by locale.
        region: whether any code of the language with a territory will do where none without is known.

    >>> choose_code("nb", ["de", "no"])
    'no'
    """
    if locale in own:
        return own[locale]
    by_lower = {code.lower(): code for code in known}
    for code in candidates(locale):
        if code.lower() in by_lower:
            return by_lower[code.lower()]
    if region:
        language = read_locale(locale).language
        usual = f"{language}-{_MAIN_TERRITORY.get(language, language.upper())}".lower()
        if usual in by_lower:
            return by_lower[usual]
        for other in (language, *_OTHER_NAMES.get(language, ())):
            first = min((code for code in known if code.lower().startswith(f"{other}-")), default=None)
            if first is not None:
                return first
    return None


def is_nearest_only(locale: str, code: str) -> bool:
    """Whether an engine's code names the language and not the region or script that the locale wants.

    >>> is_nearest_only("pt_PT", "pt"), is_nearest_only("pt_PT", "PT-PT"), is_nearest_only("de", "de-DE")
    (True, False, False)
    """
    found = read_locale(locale)
    if found.language == "zh":
        return False
    return bool(found.territory) and not code.upper().endswith(f"-{found.territory}")


_MAIN_TERRITORY = {
    "ar": "SA", "cs": "CZ", "da": "DK", "el": "GR", "en": "GB", "et": "EE", "fa": "IR", "he": "IL", "hi": "IN",
    "ja": "JP", "ko": "KR", "nb": "NO", "nn": "NO", "no": "NO", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE",
    "uk": "UA", "ca": "ES", "eu": "ES", "gl": "ES", "be": "BY", "ga": "IE", "cy": "GB", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip
"""The territory of a language where its code is not the language's own in capitals."""
