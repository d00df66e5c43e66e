"""What an engine is: a few abilities told beforehand, a check of its languages, and sessions that translate texts.

An engine is made of a :class:`Setup` by a factory; a session serves one thread and one pair of languages, because hardly
any client for machine translation may be shared.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from netzwerk_i18n.config.addresses import require_safe_url
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import Pace
from netzwerk_i18n.errors import ConfigError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do; known without asking it.

    Attributes:
        styles: how markup may be written for it, the best first. Texts without markup come as `Style.PLAIN`, single
            runs as `Style.RUNS`; every engine takes both.
        batch: how many texts go into one request.
        characters: how many characters go into one request.
        parallel: how many sessions may be at work at once.
        price: what a million characters cost, or None where the engine has no price.
        currency: of the price.
        online: whether texts leave this machine.
        natural: whether its answers are sentences of the target language; those of pseudo-localization are not.
    """

    styles: tuple[Style, ...]
    batch: int = 1
    characters: int = 5000
    parallel: int = 64
    price: float | None = None
    currency: str = "EUR"
    online: bool = True
    natural: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Two languages, as the project and as the engine call them.

    Attributes:
        source_locale: the language of the pages (`de`).
        locale: that of the translations (`pt_PT`).
        source: the engine's code for the first.
        target: its code for the second.
        note: what the user should know, as that the engine knows only the language and not the region; or None.
        version: what answers depend on for this pair alone, as its models, or its terms of the glossary.
    """

    source_locale: str
    locale: str
    source: str
    target: str
    note: str | None = None
    version: str = ""


class Session(Protocol):
    """One thread's way to an engine for one pair of languages."""

    def translate(self, texts: Sequence[str], style: Style) -> Sequence[str | None]:
        """The translation of each text, or None for one that the engine does not translate.

        Raises:
            TryAgainError: if the engine cannot answer now.
            NoAnswerError: if it does not take these texts.
            EngineStoppedError: if it will not answer again.
        """


class Engine(Protocol):
    """A machine that translates."""

    @property
    def name(self) -> str:
        """Its name, as the configuration and the marks of drafts have it."""

    @property
    def version(self) -> str:
        """What its answers depend on besides the text (model, options); answers are kept by it."""

    @property
    def abilities(self) -> Abilities:
        """What it can do."""

    @property
    def pace(self) -> Pace:
        """How it wants to be asked."""

    def pair(self, source_locale: str, locale: str) -> Pair:
        """The engine's codes for two languages; nothing is asked of a server.

        Raises:
            ConfigError: if it lacks one of them.
        """

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Make sure that the engine can begin: its library is there, its key, its models, its server's languages.

        Raises:
            ConfigError: if something is missing.
            EngineStoppedError: if it does not let us in.
            TryAgainError: if it cannot be reached.
        """

    def open(self, pair: Pair) -> Session:
        """A session for one thread."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What an engine is made of.

    Attributes:
        name: its name.
        options: its table `[engines.NAME]`.
        environment: the environment's variables; keys come from here only.
        terms: the glossary's terms with their translation, by locale, for engines with a glossary of their own.
        root: the project's folder, from which paths among the options are counted.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    terms: Callable[[str], Mapping[str, str]] = lambda locale: {}  # noqa: ARG005 - no glossary, no terms
    root: Path = Path()

    def pace(self, *, rate: float = 0.0, timeout: float = 60.0, retries: int = 4) -> Pace:
        """The pace that the user wants, or else this one."""
        options = self.options
        return Pace(
            timeout=max(0.1, float(options.get("timeout", timeout))),
            retries=int(options.get("retries", retries)),
            backoff=float(options.get("backoff", 1.0)),
            rate=float(options.get("rate", rate)),
        )

    def url(self, default: str | None = None) -> str:
        """Where the engine's server is.

        Raises:
            ConfigError: if nobody says so, or texts would travel in the clear.
        """
        option = "server_url" if "server_url" in self.options else "url"  # as DeepL's package calls it
        url = self.options.get(option, default)
        key = f"{option} in [engines.{self.name}]"
        if url is None:
            raise ConfigError(f"the engine {self.name} has no server", remedy=f"set {key}")
        return require_safe_url(str(url), key=key, allow_http=bool(self.options.get("allow_http", False)))

    def secret(self, *names: str) -> str | None:
        """The first of these environment variables that is set, without white space around it.

        Raises:
            ConfigError: if it holds what no header of a request can.
        """
        for name in names:
            value = self.environment.get(name, "").strip()
            if value and not (value.isascii() and value.isprintable()):
                raise ConfigError(
                    f"the key in {name} holds a line break or a letter that no key has",
                    remedy="set it to the key alone",
                )
            if value:
                return value
        return None

    @property
    def codes(self) -> Mapping[str, str]:
        """The user's own word on language codes, by locale."""
        codes: Mapping[str, str] = self.options.get("languages", {})
        return codes


Factory = Callable[[Setup], Engine]
"""What an entry point of the group `netzwerk_i18n.engines` names."""


def lacks_language(name: str, locale: str) -> ConfigError:
    """The error of an engine that does not know a language."""
    return ConfigError(
        f"the engine {name} has no language {locale!r}",
        remedy=f"leave it out with --locale, use another engine, or set [engines.{name}.languages] {locale}",
    )
