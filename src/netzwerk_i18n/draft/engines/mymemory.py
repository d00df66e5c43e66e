"""MyMemory, through deep-translator: short texts only, a small quota for each day, and warnings in place of translations."""

import importlib
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from netzwerk_i18n.draft.engines.deep import DeepEngine, DeepSession
from netzwerk_i18n.draft.engines.protocol import Abilities, Setup
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import Courier, EngineStoppedError

if TYPE_CHECKING:
    import requests

URL = "https://api.mymemory.translated.net/get"
"""The library would ask over plain http."""


_TOO_MANY = 429
_SPENT = re.compile(r"YOU USED ALL AVAILABLE FREE TRANSLATIONS|USAGELIMITS", re.IGNORECASE)


class _Session(DeepSession):
    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:
        answers = super().translate(texts, style)
        for text, answer in zip(texts, answers, strict=True):
            if answer and _SPENT.search(answer) and not _SPENT.search(text):
                raise _spent()
        return answers


class _Courier(Courier):
    """Knows a spent quota, which comes with the status 429 as well, from a server that is busy for now."""

    def _require_fine(self, answer: "requests.Response") -> None:
        if answer.status_code == _TOO_MANY and _SPENT.search(answer.text):
            raise _spent()
        super()._require_fine(answer)


def _spent() -> EngineStoppedError:
    return EngineStoppedError(
        "mymemory: today's quota is spent",
        remedy="run translate again tomorrow; an email under [engines.mymemory] raises the quota",
    )


class _MyMemory(DeepEngine):
    session = _Session

    def courier(self) -> Courier:
        return _Courier(self.pace, name=self.name)

    def codes(self) -> Mapping[str, str]:
        constants: Any = importlib.import_module("deep_translator.constants")
        codes: Mapping[str, str] = constants.MY_MEMORY_LANGUAGES_TO_CODES
        return codes

    def arguments(self) -> dict[str, Any]:
        email = self._setup.options.get("email")
        return {"email": email} if email else {}

    def refine(self, translator: Any) -> None:
        translator._base_url = self._setup.url(URL)  # noqa: SLF001 - there is no argument for it


def create(setup: Setup) -> DeepEngine:
    """The engine `mymemory`."""
    setup.url(URL)
    abilities = Abilities(
        (Style.BRACKETS,),
        characters=499,
        price=setup.options.get("price"),
        currency=str(setup.options.get("currency", "EUR")),
    )
    return _MyMemory(setup, "MyMemoryTranslator", abilities=abilities, pace=setup.pace(rate=2.0))
