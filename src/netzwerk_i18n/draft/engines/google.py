"""Google Translate's page for mobile phones, through deep-translator: no key, no promise.

Its answers lose tags, so markup travels in brackets. Line breaks come back as `<br>`, which the library would glue.
"""

import re
from typing import TYPE_CHECKING, Any

from netzwerk_i18n.draft.engines.deep import DeepEngine
from netzwerk_i18n.draft.engines.protocol import Abilities, Setup
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import Courier

if TYPE_CHECKING:
    import requests

URL = "https://translate.google.com/m"

_BREAK = re.compile(rb"<br\s*/?>", re.IGNORECASE)


class _BreakKeeper(Courier):
    """Writes a line break where the page says `<br>`: the library drops the tag and joins the words around it."""

    def send(self, method: str, url: str, **arguments: Any) -> "requests.Response":
        answer = super().send(method, url, **arguments)
        answer._content = _BREAK.sub(b"\n", answer.content)  # noqa: SLF001 - the library reads it there
        return answer


class _Google(DeepEngine):
    def courier(self) -> Courier:
        return _BreakKeeper(self.pace, name=self.name)

    def refine(self, translator: Any) -> None:
        translator._base_url = self._setup.url(URL)  # noqa: SLF001 - there is no argument for it


def create(setup: Setup) -> DeepEngine:
    """The engine `google`."""
    setup.url(URL)
    abilities = Abilities(
        (Style.BRACKETS,),
        characters=4999,
        price=setup.options.get("price"),
        currency=str(setup.options.get("currency", "EUR")),
    )
    return _Google(setup, "GoogleTranslator", abilities=abilities, pace=setup.pace(rate=4.0))
