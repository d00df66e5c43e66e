"""DeepL through its own package (the extra `deepl`): real tags, terms of the glossary as a glossary of DeepL's.

The package's client is put on our courier, which honours Retry-After, follows no redirect to another server, and keeps
texts and keys out of what it says.
"""

import hashlib
import importlib
import json
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from netzwerk_i18n.draft.engines.languages import choose_code
from netzwerk_i18n.draft.engines.protocol import Abilities, Pair, Setup, lacks_language
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import (
    Courier,
    EngineStoppedError,
    Line,
    NoAnswerError,
    Pace,
    RefusedError,
    TryAgainError,
    TurnedAwayError,
    redacted,
)
from netzwerk_i18n.errors import ConfigError

_SOURCES = frozenset(
    "AR BG CS DA DE EL EN ES ET FI FR HE HU ID IT JA KO LT LV NB NL PL PT RO RU SK SL SV TH TR UK VI ZH".split()
)
_TARGETS = frozenset(
    "AR BG CS DA DE EL EN-GB EN-US ES ES-419 ET FI FR HE HU ID IT JA KO LT LV NB NL PL PT-BR PT-PT RO RU SK SL SV TH TR UK"
    " VI ZH-HANS ZH-HANT".split()
)
_USUAL_REGION = {"en": "EN-GB", "pt": "PT-PT"}
"""Where a locale names no region and DeepL wants one."""

_FREE_KEY = ":fx"
_PRICE = 20.0
"""Euros for a million characters in the plan for developers that has a price by use; the option `price` overrides it."""

_GLOSSARY_PREFIX = "netzwerk-i18n "


class _Session:
    def __init__(
        self, translator: Any, pair: Pair, options: Mapping[str, Any], glossary: Any, secret: str
    ) -> None:
        self._translator = translator
        self._pair = pair
        self._options = options
        self._glossary = glossary
        self._secret = secret

    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:
        """One request for all texts."""
        tags: dict[str, Any] = {}
        if style is Style.TAGS:
            tags = {"tag_handling": "xml", "ignore_tags": ["x"], "outline_detection": False}
        try:
            with _told(self._secret):
                results = self._translator.translate_text(
                    list(texts),
                    source_lang=self._pair.source,
                    target_lang=self._pair.target,
                    preserve_formatting=True,
                    glossary=self._glossary,
                    **self._options,
                    **tags,
                )
        except (RefusedError, TurnedAwayError) as error:
            raise error.explained(texts, [self._secret]) from None
        if not isinstance(results, list) or len(results) != len(texts):
            raise NoAnswerError("the answer does not fit the request")
        return [one.text if isinstance(one.text, str) else None for one in results]


class _told:  # noqa: N801 - reads as a phrase where it is used
    """What the package raises, as the transport's errors, without the key."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, TryAgainError | NoAnswerError | EngineStoppedError):
            return
        if not isinstance(error, Exception):
            return
        deepl: Any = importlib.import_module("deepl")
        if isinstance(error, deepl.AuthorizationException | deepl.QuotaExceededException):
            raise EngineStoppedError(redacted(f"deepl: {error}", [self._secret])) from None
        if isinstance(error, deepl.ConnectionException | deepl.TooManyRequestsException):
            raise TryAgainError(type(error).__name__) from None
        raise NoAnswerError(f"no translation in the answer ({type(error).__name__})") from None


class _DeepL:
    def __init__(self, setup: Setup) -> None:
        self.name = setup.name
        self._setup = setup
        self._key = setup.secret("DEEPL_AUTH_KEY", "DEEPL_API_KEY") or ""
        self._url = (
            _base(setup.url()) if {"url", "server_url"} & setup.options.keys() else None
        )  # the package knows DeepL's own addresses
        self.pace: Pace = setup.pace()
        self._options = {
            name: setup.options[option]
            for option, name in (("formality", "formality"), ("model", "model_type"))
            if option in setup.options
        }
        price = setup.options.get("price", 0.0 if self._key.endswith(_FREE_KEY) else _PRICE)
        self.abilities = Abilities(
            (Style.TAGS, Style.BRACKETS),
            batch=50,
            characters=100_000,
            price=price,
            currency=str(setup.options.get("currency", "EUR")),
        )
        self._glossaries: dict[str, Any] = {}
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """Its options."""
        return repr(sorted(self._options.items()))

    def pair(self, source_locale: str, locale: str) -> Pair:
        own = self._setup.codes
        source = choose_code(source_locale, _SOURCES, own=own)
        if source is None:
            raise lacks_language(self.name, source_locale)
        target = choose_code(locale, _TARGETS, own={**_USUAL_REGION, **own})
        if target is None:
            raise lacks_language(self.name, locale)
        source = source.partition("-")[0]
        terms = self._setup.terms(locale)
        return Pair(
            source_locale, locale, source, target, version=_digest(source, target, terms) if terms else ""
        )

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Make sure that package and key are there, and put the glossary's terms into DeepL's glossaries."""
        try:
            importlib.import_module("deepl")
        except ImportError:
            raise ConfigError(
                "the engine deepl needs its package", remedy="pip install 'netzwerk-i18n[deepl]'"
            ) from None
        if not self._key:
            raise ConfigError(
                "the engine deepl needs a key", remedy="set the environment variable DEEPL_AUTH_KEY"
            )
        for pair in pairs:
            terms = self._setup.terms(pair.locale)
            if terms:
                self._glossaries[pair.locale] = Line(self.pace).ask(partial(self._glossary, pair, terms))

    def open(self, pair: Pair) -> _Session:
        return _Session(self._translator(), pair, self._options, self._glossaries.get(pair.locale), self._key)

    def _translator(self) -> Any:
        deepl: Any = importlib.import_module("deepl")
        translator = deepl.Translator(self._key, server_url=self._url, send_platform_info=False)
        courier = Courier(self.pace, name=self.name, remedy="correct DEEPL_AUTH_KEY")
        translator._client = _client(courier)  # noqa: SLF001
        return translator

    def _glossary(self, pair: Pair, terms: Mapping[str, str]) -> Any:
        """DeepL's glossary with these terms: the one made before, or a new one; None where DeepL takes none."""
        name = f"{_GLOSSARY_PREFIX}{pair.locale} {_digest(pair.source, pair.target, terms)}"
        translator = self._translator()
        target = pair.target.partition("-")[0]
        try:
            with _told(self._key):
                for known in translator.list_glossaries():
                    if known.name == name and known.ready:
                        return known
                return translator.create_glossary(
                    name, source_lang=pair.source, target_lang=target, entries=dict(sorted(terms.items()))
                )
        except NoAnswerError:
            return None  # a pair that DeepL has no glossaries for; the terms are checked all the same


def _digest(source: str, target: str, terms: Mapping[str, str]) -> str:
    return hashlib.sha256(repr((source, target, sorted(terms.items()))).encode()).hexdigest()[:12]


def _base(url: str) -> str:
    """The address that the package joins `v2/translate` to; without a slash at the end its last part would be lost.

    >>> _base("https://example.org/deepl"), _base("https://api.deepl.com/v2/translate")
    ('https://example.org/deepl/', 'https://api.deepl.com/')
    """
    return url.rstrip("/").removesuffix("/v2/translate").removesuffix("/v2") + "/"


def _client(courier: Courier) -> Any:
    """The package's HTTP client, with our courier in it."""
    http_client: Any = importlib.import_module("deepl.http_client")

    class _Client(http_client.HttpClient):  # type: ignore[misc]
        def request_with_backoff(
            self,
            method: str,
            url: str,
            data: Any,
            json: Any,
            headers: dict[str, str],
            stream: bool = False,  # noqa: ARG002, FBT001, FBT002 - the package's signature
            **more: Any,
        ) -> tuple[int, str]:
            answer = courier.send(method, url, data=data or None, json=json, headers=headers, **more)
            return answer.status_code, _complete(answer.content.decode("utf-8", "replace"))

    return _Client(send_platform_info=False)


def _complete(content: str) -> str:
    """The answer with a figure that some servers leave out and without which the package fails."""
    try:
        data = json.loads(content)
        for translation in data["translations"]:
            translation.setdefault("billed_characters", 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        return content
    return json.dumps(data)


def create(setup: Setup) -> _DeepL:
    """The engine `deepl`."""
    return _DeepL(setup)
