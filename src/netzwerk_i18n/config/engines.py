"""The options of each engine as its table `[engines.NAME]` may hold them, by name and type.

They stand here and not with the engines, so that a wrong one is told with its line whatever command runs. Engines of
other distributions name their own; those are checked when the engine is used.
"""

from collections.abc import Callable, Mapping
from typing import Any

_Option = tuple[Callable[[Any], bool], str]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6  # noqa: PLR2004


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000  # noqa: PLR2004


STRING: _Option = ((lambda value: isinstance(value, str) and bool(value.strip())), "a string")
BOOLEAN: _Option = ((lambda value: isinstance(value, bool)), "true or false")
NUMBER: _Option = (_is_number, "a number, not negative")
COUNT: _Option = (_is_count, "a whole number, not negative")
CODES: _Option = (
    lambda value: isinstance(value, dict) and all(isinstance(code, str) and code for code in value.values()),
    "a table of locale = code",
)


def _one_of(*choices: str) -> _Option:
    return (lambda value: value in choices), " or ".join(map(repr, choices))


def _up_to(most: int) -> _Option:
    return (lambda value: _is_count(value) and value <= most), f"a whole number from 0 to {most}"


ONLINE: Mapping[str, _Option] = {
    "timeout": NUMBER,
    "retries": COUNT,
    "backoff": NUMBER,
    "rate": NUMBER,
    "price": NUMBER,
    "currency": STRING,
    "languages": CODES,
}
"""What every engine takes that asks a server: seconds, repetitions, requests in a second, and what it costs."""

_SERVER = {**ONLINE, "url": STRING, "allow_http": BOOLEAN}

_MIXED = ("int8_float32", "int8_float16", "int8_bfloat16")

ENGINE_OPTIONS: Mapping[str, Mapping[str, _Option]] = {
    "google": _SERVER,
    "mymemory": {**_SERVER, "email": STRING},
    "libretranslate": {**_SERVER, "batch": COUNT},
    "deepl": {
        **_SERVER,
        "server_url": STRING,
        "formality": _one_of("default", "more", "less", "prefer_more", "prefer_less"),
        "model": STRING,
    },
    "llm": {
        **_SERVER,
        "model": STRING,
        "batch": COUNT,
        "instructions": STRING,
        "temperature": NUMBER,
    },
    "offline": {
        "model": STRING,
        "threads": _up_to(256),
        "beam": _up_to(64),
        "compute": _one_of("default", "auto", "int8", *_MIXED, "int16", "float16", "bfloat16", "float32"),
        "index": STRING,
        "languages": CODES,
    },
    "pseudo": {"direction": _one_of("auto", "ltr", "rtl"), "expansion": NUMBER},
}
"""The options of the tool's own engines."""

ENGINE_ADDRESSES = frozenset({"url", "server_url", "index"})
"""The options among them that say where texts are sent to, or models come from."""
