"""Engines through the library deep-translator: its web scrapers and clients, with what they lack put around them.

The library asks without a timeout, follows any redirect, puts keys and texts into its errors, and none of its objects may
be shared between threads. So each session has an object of its own, and its requests go through our courier.
"""

import importlib
import inspect
import sys
import threading
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
    TryAgainError,
    redacted,
)
from netzwerk_i18n.errors import ConfigError

CLASSES = {
    "microsoft": "MicrosoftTranslator",
    "chatgpt": "ChatGptTranslator",
    "yandex": "YandexTranslator",
    "qcri": "QcriTranslator",
    "papago": "PapagoTranslator",
    "baidu": "BaiduTranslator",
    "pons": "PonsTranslator",
    "linguee": "LingueeTranslator",
}
"""The library's other classes, which are used as they are, at one's own risk."""

_COURIERS = threading.local()
_SECRETS = ("api_key", "client_id", "secret_key", "appid", "appkey", "domain")
_OWN_OPTIONS = frozenset("timeout retries backoff rate price currency languages".split())


class _Requests:
    """Stands where the library expects the module `requests`: each thread's requests go through its courier."""

    def __getattr__(self, name: str) -> Any:
        courier = getattr(_COURIERS, "courier", None)
        if courier is None:
            import requests

            return getattr(requests, name)
        return getattr(courier, name)


def _exceptions() -> Any:
    return importlib.import_module("deep_translator.exceptions")


class DeepSession:
    """One object of the library, for one thread and one pair of languages."""

    def __init__(self, translator: Any, courier: Courier, secrets: Sequence[str]) -> None:
        """Put our courier where the library keeps `requests`."""
        self._translator = translator
        self._courier = courier
        self._secrets = secrets

    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:  # noqa: ARG002 - it knows no styles
        """The translation of each text."""
        _COURIERS.courier = self._courier
        try:
            return [self._one(text) for text in texts]
        finally:
            _COURIERS.courier = None

    def _one(self, text: str) -> str | None:
        exceptions = _exceptions()

        try:
            answer = self._translator.translate(text)
        except (TryAgainError, NoAnswerError, EngineStoppedError):
            raise
        except (exceptions.TooManyRequests, exceptions.RequestError, exceptions.ServerException) as error:
            raise TryAgainError(type(error).__name__) from None
        except (
            exceptions.AuthorizationException,
            exceptions.ApiKeyException,
            exceptions.MicrosoftAPIerror,
            exceptions.BaiduAPIerror,
        ) as error:
            raise EngineStoppedError(
                redacted(f"{type(error).__name__}: the service refused", self._secrets)
            ) from None
        except Exception as error:  # noqa: BLE001 - the library lets anything through, with the text in it
            raise NoAnswerError(f"no translation in the answer ({type(error).__name__})") from None
        return answer if isinstance(answer, str) else None


class DeepEngine:
    """An engine of the library; google and mymemory refine it."""

    version = "1"
    session = DeepSession

    def __init__(self, setup: Setup, class_name: str, *, abilities: Abilities, pace: Pace) -> None:
        """Find the class.

        Raises:
            ConfigError: if the library lacks it.
        """
        self.name = setup.name
        self.abilities = abilities
        self.pace = pace
        self._setup = setup
        try:
            library = importlib.import_module("deep_translator")
            self._class: Any = getattr(library, class_name)
        except (ImportError, AttributeError):
            raise ConfigError(
                f"the library deep-translator has no {class_name}", remedy="update it"
            ) from None
        module = sys.modules[self._class.__module__]
        if inspect.ismodule(getattr(module, "requests", None)):
            setattr(module, "requests", _Requests())  # noqa: B010 - a module's attribute that is typed otherwise

    def codes(self) -> Mapping[str, str]:
        """The languages of this engine: from their English names to their codes."""
        constants: Any = importlib.import_module("deep_translator.constants")
        codes: Mapping[str, str] = constants.GOOGLE_LANGUAGES_TO_CODES
        return codes

    def arguments(self) -> dict[str, Any]:
        """What the class is made with besides the languages."""
        return {}

    def courier(self) -> Courier:
        """What carries a session's requests."""
        return Courier(self.pace, name=self.name)

    def secrets(self) -> tuple[str, ...]:
        """What must not be in any message."""
        return ()

    def pair(self, source_locale: str, locale: str) -> Pair:
        """The library's codes for two languages."""
        known = set(self.codes().values())
        found: list[str] = []
        for wanted in (source_locale, locale):
            code = choose_code(wanted, known, own=self._setup.codes, region=True)
            if code is None:
                raise lacks_language(self.name, wanted)
            found.append(code)
        note = None
        if is_nearest_only(locale, found[1]):
            note = f"{self.name} does not tell {locale} from {found[1]}; have the drafts read by someone who does"
        return Pair(source_locale, locale, found[0], found[1], note)

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Make a session for the first pair: it says what is missing."""
        for pair in pairs[:1]:
            self.open(pair)

    def open(self, pair: Pair) -> DeepSession:
        """An object of the library."""
        courier = self.courier()
        _COURIERS.courier = courier
        try:
            translator = self._class(source=pair.source, target=pair.target, **self.arguments())
        except (TryAgainError, EngineStoppedError, ConfigError):
            raise
        except NoAnswerError as error:
            raise EngineStoppedError(f"{self.name}: {error.reason}") from None
        except Exception as error:  # noqa: BLE001 - the library raises what it likes
            said = redacted(str(error).partition("\n")[0], self.secrets())
            raise ConfigError(f"the engine {self.name} cannot be used: {said[:120]}") from None
        finally:
            _COURIERS.courier = None
        self.refine(translator)
        return self.session(translator, courier, self.secrets())

    def refine(self, translator: Any) -> None:
        """Change what the library leaves no other way to."""


class _ByName(DeepEngine):
    """Any other class of the library: its options are the arguments of its constructor."""

    def __init__(self, setup: Setup) -> None:
        options = setup.options
        abilities = Abilities(
            (Style.BRACKETS,),
            characters=2000,
            price=options.get("price"),
            currency=str(options.get("currency", "EUR")),
        )
        super().__init__(setup, CLASSES[setup.name], abilities=abilities, pace=setup.pace(rate=2.0))
        self._parameters = set(inspect.signature(self._class.__init__).parameters) - {
            "self",
            "source",
            "target",
        }
        for option in options:
            if option not in _OWN_OPTIONS and (option not in self._parameters or option in _SECRETS):
                known = ", ".join(
                    sorted((self._parameters | _OWN_OPTIONS) - {*_SECRETS, "kwargs", "proxies"})
                )
                raise ConfigError(
                    f"unknown key {option!r} in [engines.{setup.name}]", remedy=f"the keys are {known}"
                )
        self._keys = {
            name: key
            for name in _SECRETS
            if name in self._parameters
            and (key := setup.secret(f"{setup.name.upper()}_{name.upper()}")) is not None
        }
        self.version = repr(
            sorted((name, value) for name, value in options.items() if name in self._parameters)
        )

    def secrets(self) -> tuple[str, ...]:
        return tuple(self._keys.values())

    def arguments(self) -> dict[str, Any]:
        plain = {name: value for name, value in self._setup.options.items() if name in self._parameters}
        return {**plain, **self._keys}


def create(setup: Setup) -> DeepEngine:
    """An engine of the library by the name of its class."""
    return _ByName(setup)
