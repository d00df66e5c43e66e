"""Countries and months by their names in a language (Unicode CLDR, through Babel): words that surely correspond.

A list of petitions names a country in each item, and a date gives its month; both look different in every language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_SHORTEST = 4
_ENDING = 2
_WORD = re.compile(r"[^\W\d_]+")
_EUROPE = "150"


@dataclass(frozen=True)
class Places:
    """Names of one language.

    Attributes:
        words: beginnings of single words, with the country or the month that they name.
        phrases: names of several words, or in a script without blanks.
    """

    words: dict[str, str]
    phrases: dict[str, str]

    def find(self, text: str) -> set[str]:
        """The countries and months that a text names, by code.

        >>> sorted(read_places("ru").find("в Германии"))
        ['DE']
        """
        folded = text.casefold()
        found = {code for phrase, code in self.phrases.items() if phrase in folded}
        for word in _WORD.findall(folded):
            # Many languages change the end of a name.
            for length in range(len(word), max(_SHORTEST, len(word) - _ENDING - 1) - 1, -1):
                code = self.words.get(word[:length])
                if code:
                    found.add(code)
                    break
        return found


@lru_cache(maxsize=64)
def read_places(locale: str) -> Places:
    """The names in a language; none where CLDR does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale.partition("@")[0].replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Places({}, {})
    names = [
        (str(name), str(code))
        for code, name in known.territories.items()
        if len(code) == len("DE") or code == _EUROPE
    ]
    for form in ("format", "stand-alone"):
        names += [(str(name), f"month {number}") for number, name in known.months[form]["wide"].items()]
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for name, code in names:
        folded = name.casefold()
        if _WORD.fullmatch(folded) and known.language not in ("ja", "zh", "th", "lo", "km", "my"):
            words[folded] = code
            if len(folded) > _SHORTEST + 1:
                words.setdefault(folded[:-1], code)
        elif len(folded) > 1 and not folded[0].isdigit():
            phrases[folded] = code
    return Places(words, phrases)
