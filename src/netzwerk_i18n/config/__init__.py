"""`netzwerk-i18n.toml` read into typed settings, or an error that names file, line and key.

The file lies at the project's root; `[tool.netzwerk-i18n]` in `pyproject.toml` serves as well.
"""

import re
import tomllib
from pathlib import Path

from netzwerk_i18n.config.reader import Reader
from netzwerk_i18n.config.settings import (
    DATA_FORMATS,
    PREVIEWED,
    USUAL_GLOSSARY,
    Config,
    DraftSettings,
    Folder,
    Locale,
    Override,
    Policy,
    fill,
    localized_value,
    matches_glob,
)
from netzwerk_i18n.config.text import ConfigText
from netzwerk_i18n.errors import ConfigError

__all__ = [
    "CONFIG_NAME",
    "CONFIG_NAMES",
    "DATA_FORMATS",
    "PREVIEWED",
    "USUAL_GLOSSARY",
    "Config",
    "DraftSettings",
    "Folder",
    "Locale",
    "Override",
    "Policy",
    "fill",
    "find_root",
    "load_config",
    "localized_value",
    "matches_glob",
]

CONFIG_NAME = "netzwerk-i18n.toml"
_SHARED_NAME = "pyproject.toml"
CONFIG_NAMES = (CONFIG_NAME, _SHARED_NAME)
"""The files that may hold a project's configuration, in its root; the first one that is there does."""


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a configuration.

    Raises:
        ConfigError: if there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file() or _has_table(folder / _SHARED_NAME):
            return folder
    raise ConfigError(
        f"no {CONFIG_NAME} here or in a folder above",
        remedy="change into your project, or let netzwerk-i18n init write one in your site's folder",
    )


def load_config(root: Path) -> Config:
    """Read the configuration in the folder `root`.

    Raises:
        ConfigError: if there is none, or anything in it is unknown, missing or of the wrong type.
    """
    if not root.is_dir():
        raise ConfigError(f"{root} is no folder", remedy="name the one with the configuration")
    name = CONFIG_NAME if (root / CONFIG_NAME).is_file() else _SHARED_NAME
    try:
        text = (root / name).read_bytes().decode("utf-8-sig")  # Windows editors write byte order marks
    except FileNotFoundError:
        raise ConfigError(
            f"no {CONFIG_NAME} in {root}", remedy="name the project's folder, or run netzwerk-i18n init there"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"is not UTF-8 (byte {error.start})", file=name, remedy="save it as UTF-8"
        ) from None
    except OSError as error:
        raise ConfigError.of("cannot be read", error, name) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        message = re.sub(r" \(at .*\)", "", str(error))
        number = int(line[1]) if line else len(text.splitlines())
        raise ConfigError(f"is not valid TOML: {message}", file=name, line=number) from None
    except RecursionError:
        raise ConfigError("is nested too deep", file=name) from None
    if name == _SHARED_NAME:
        tool = data.get("tool")
        own = tool.get("netzwerk-i18n") if isinstance(tool, dict) else None
        if not isinstance(own, dict):
            raise ConfigError("has no table [tool.netzwerk-i18n]", file=name)
        data = own
    return Reader(ConfigText(name, text)).config(root, data)


def _has_table(path: Path) -> bool:
    try:
        return "[tool.netzwerk-i18n" in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
