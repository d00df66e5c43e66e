"""MyMemory, through deep-translator: short texts only, a small quota for each day, and warnings in place of translations."""

import importlib
from collections.abc import Mapping
from typing import Any

from netzwerk_i18n.draft.engines.deep import DeepEngine
from netzwerk_i18n.draft.engines.protocol import Abilities, Setup
from netzwerk_i18n.draft.styles import Style

URL = "https://api.mymemory.translated.net/get"
"""The library would ask over plain http."""


class _MyMemory(DeepEngine):
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
