"""The engines: machines that translate, one module each, behind one small protocol, in one registry.

Other distributions add engines by an entry point of the group `netzwerk_i18n.engines`, whose name is the engine's and
which names a factory: a callable that takes a :class:`Setup` and gives an :class:`Engine`.
"""

import importlib
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.draft.engines.deep import CLASSES
from netzwerk_i18n.draft.engines.protocol import Abilities, Engine, Factory, Pair, Session, Setup
from netzwerk_i18n.errors import ConfigError, NetzwerkError

__all__ = [
    "GROUP",
    "OWN",
    "Abilities",
    "Engine",
    "EngineInfo",
    "Pair",
    "Session",
    "Setup",
    "create",
    "known",
    "unknown",
]

GROUP = "netzwerk_i18n.engines"
"""The group of entry points by which other distributions add engines."""

OWN = {
    "google": "Google Translate, no key; texts leave this machine",
    "mymemory": "MyMemory, no key, a few thousand words a day; texts leave this machine",
    "libretranslate": "LibreTranslate on a server that you name",
    "deepl": "DeepL, with a key (DEEPL_AUTH_KEY); texts leave this machine",
    "llm": "a language model on a server that you name, your own machine's Ollama for one",
    "offline": "models on this machine; no text leaves it",
    "pseudo": "no translation: accents, length and brackets that show a layout's faults",
}
"""The tool's own engines, each in the module of its name, and what a user should know of it."""

_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """An engine that can be asked for.

    Attributes:
        name: its name.
        summary: what a user should know of it.
        origin: the distribution that it comes from, or an empty string for the tool's own.
    """

    name: str
    summary: str
    origin: str = ""


def known() -> list[EngineInfo]:
    """All engines, the tool's own first; nothing is loaded."""
    engines = [EngineInfo(name, summary) for name, summary in OWN.items()]
    engines += [EngineInfo(name, points[1], points[1]) for name, points in sorted(_third_party().items())]
    engines += [EngineInfo(name, f"{CLASSES[name]}, as it is", "deep-translator") for name in CLASSES]
    return engines


def unknown(names: Iterable[str]) -> dict[str, str]:
    """The names that no engine has, each with what was perhaps meant, to be added to a message."""
    others = [name for name in names if name not in OWN and name not in CLASSES]
    engines = [engine.name for engine in known()] if others else []
    return {name: nearest(name, engines).rstrip("?") for name in others if name not in engines}


def create(setup: Setup) -> Engine:
    """The engine of that name.

    Raises:
        ConfigError: if there is none, or its options are wrong.
        NetzwerkError: if another distribution's engine cannot be loaded.
    """
    name = setup.name
    if name in OWN:
        return _made(importlib.import_module(f"{__name__}.{name}").create, setup)
    if name in CLASSES:
        return _made(importlib.import_module(f"{__name__}.deep").create, setup)
    others = _third_party()
    if name not in others:
        names = [*OWN, *others, *CLASSES]
        raise ConfigError(
            f"there is no engine {name!r}" + nearest(name, names).rstrip("?"),
            remedy=f"the engines are {', '.join(names)}",
        )
    return _load(name, *others[name], setup)


def _made(factory: Factory, setup: Setup) -> Engine:
    return factory(setup)


def _load(name: str, value: str, distribution: str, setup: Setup) -> Engine:
    from importlib.metadata import EntryPoint

    try:
        engine: Engine = EntryPoint(name, value, GROUP).load()(setup)
        if not isinstance(engine.abilities, Abilities):
            raise TypeError("its abilities are none")  # noqa: TRY301 - told like every other fault
    except NetzwerkError:
        raise
    except (Exception, SystemExit) as error:
        raise NetzwerkError(
            f"the distribution {distribution} has an engine {name!r} that fails ({type(error).__name__}: {error})",
            remedy="repair it, or uninstall it",
        ) from error
    return engine


def _third_party() -> Mapping[str, tuple[str, str]]:
    """The engines of other distributions: by name, where the factory is, and whose it is.

    The current folder, which `python -m` puts on the path, is left out: what lies in a site is data and never runs.
    """
    from importlib.metadata import distributions

    here = os.path.realpath(".")
    found: dict[str, tuple[str, str]] = {}
    for distribution in distributions(path=[place for place in sys.path if os.path.realpath(place) != here]):
        for point in distribution.entry_points:
            taken = point.name in OWN or point.name in CLASSES or point.name in found
            if point.group == GROUP and not taken and _NAME.fullmatch(point.name):
                found[point.name] = (point.value, str(distribution.metadata["Name"]))
    return found
