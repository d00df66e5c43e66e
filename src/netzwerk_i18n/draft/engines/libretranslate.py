"""LibreTranslate on a server of one's own: JSON posted to its API, so that neither key nor text is ever in an address."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from netzwerk_i18n.draft.engines.languages import choose_code, is_nearest_only
from netzwerk_i18n.draft.engines.protocol import Abilities, Pair, Setup, lacks_language
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import (
    Courier,
    EngineStoppedError,
    NoAnswerError,
    Pace,
    RefusedError,
    TurnedAwayError,
    presentable,
    read_json,
)
from netzwerk_i18n.errors import NetzwerkError

_KEY = "LIBRETRANSLATE_API_KEY"
_WANTS_KEY = re.compile(r"\bto get an API key\b", re.IGNORECASE)
"""How the server says, with the status 400, that it answers only those who have a key."""

_LACKS = re.compile(r"(?P<code>.*)(?<! format) is not supported|.* is not available as a target language\b")
"""How it says which language it lacks: by its code, for which many texts at once make it quote a dictionary."""

_CODES = frozenset(
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hu id it ja ko ky lt lv ms nb nl pl pt pt-BR ro ru sk"
    " sl sq sr sv th tl tr uk ur vi zh zh-Hans zh-Hant zt".split()
)
"""The languages that servers are known to have; each server tells its own before the first text is sent."""


class _Session:
    def __init__(self, name: str, url: str, key: str | None, pair: Pair, courier: Courier) -> None:
        self._name = name
        self._url = url
        self._key = key
        self._pair = pair
        self._courier = courier

    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:
        """One request for all texts."""
        body = {
            "q": texts[0] if len(texts) == 1 else list(texts),
            "source": self._pair.source,
            "target": self._pair.target,
            "format": "html" if style is Style.HTML else "text",
        }
        if self._key:
            body["api_key"] = self._key
        try:
            answer = self._courier.post(f"{self._url}/translate", json=body)
        except RefusedError as error:
            raise self._understood(error, texts) from None
        except TurnedAwayError as error:
            raise error.explained(texts, _secrets(self._key)) from None
        data = read_json(answer)
        found = data.get("translatedText") if isinstance(data, dict) else None
        if isinstance(found, str) and len(texts) == 1:
            found = [found]
        if not isinstance(found, list) or len(found) != len(texts):
            raise NoAnswerError("the answer does not fit the request")
        return [one if isinstance(one, str) else None for one in found]

    def _understood(self, error: RefusedError, texts: Sequence[str]) -> NetzwerkError | NoAnswerError:
        """What a refusal means: for all texts of the run, or for these alone."""
        secrets = _secrets(self._key)
        if _WANTS_KEY.search(error.said):
            said = presentable(error.said, texts, secrets)
            return EngineStoppedError(
                f"{self._name}: the server wants a key ({error.status}): {said}", remedy=_remedy(self._key)
            )
        lacks = _LACKS.match(error.said)
        if lacks is not None:
            codes = re.findall(r"[\w-]+", lacks["code"] or self._pair.target)
            for code, locale in (
                (self._pair.target, self._pair.locale),
                (self._pair.source, self._pair.source_locale),
            ):
                if code in codes:
                    return lacks_language(self._name, locale)
        return error.explained(texts, secrets)


class _LibreTranslate:
    def __init__(self, setup: Setup) -> None:
        self.name = setup.name
        self._setup = setup
        self._url = setup.url().rstrip("/").removesuffix("/translate")
        self._key = setup.secret(_KEY)
        self.pace: Pace = setup.pace()
        self.version = self._url
        self.abilities = Abilities(
            (Style.HTML, Style.BRACKETS),
            batch=max(1, int(setup.options.get("batch", 20))),
            characters=5000,
            price=setup.options.get("price"),
            currency=str(setup.options.get("currency", "EUR")),
        )
        self._known: Mapping[str, frozenset[str]] = {}

    def pair(self, source_locale: str, locale: str) -> Pair:
        codes = self._known.keys() or _CODES
        source = choose_code(source_locale, codes, own=self._setup.codes)
        if source is None:
            raise lacks_language(self.name, source_locale)
        target = choose_code(locale, self._known.get(source, codes), own=self._setup.codes)
        if target is None:
            raise lacks_language(self.name, locale)
        note = None
        if is_nearest_only(locale, target):
            note = (
                f"{self.name} does not tell {locale} from {target}; have the drafts read by someone who does"
            )
        return Pair(source_locale, locale, source, target, note)

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Ask the server which languages it has; one that does not say is taken to have the usual ones."""
        try:
            data: Any = self._courier().get(f"{self._url}/languages").json()
            self._known = {
                str(one["code"]): frozenset(map(str, one.get("targets") or (other["code"] for other in data)))
                for one in data
            }
        except TurnedAwayError as error:
            raise error.explained((), _secrets(self._key)) from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, NoAnswerError):
            self._known = {}
        for pair in pairs:
            self.pair(pair.source_locale, pair.locale)

    def open(self, pair: Pair) -> _Session:
        pair = self.pair(pair.source_locale, pair.locale)
        return _Session(self.name, self._url, self._key, pair, self._courier())

    def _courier(self) -> Courier:
        return Courier(self.pace, name=self.name, remedy=_remedy(self._key))


def _secrets(key: str | None) -> list[str]:
    return [key] if key else []


def _remedy(key: str | None) -> str:
    return f"correct {_KEY}" if key else f"set {_KEY}"


def create(setup: Setup) -> _LibreTranslate:
    """The engine `libretranslate`."""
    return _LibreTranslate(setup)
