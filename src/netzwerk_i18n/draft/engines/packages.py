"""How packages for the engine `offline` are installed: from a file, a folder, or where Argos lists its packages.

A file comes from anywhere, so nothing of it leaves its folder.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from netzwerk_i18n.config.addresses import require_safe_url
from netzwerk_i18n.draft.engines.models import (
    METADATA,
    MODEL,
    NOTE,
    Package,
    load,
    models_folder,
    read_package,
)
from netzwerk_i18n.draft.transport import (
    Courier,
    EngineStoppedError,
    Line,
    NoAnswerError,
    Pace,
    TryAgainError,
)
from netzwerk_i18n.errors import ConfigError, OutputError

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""Where Argos lists its packages."""

MAX_UNPACKED_BYTES = 4 * 1024**3
_MOST_FILES = 2000
_LINK = 0o120000


def install_file(path: Path, *, languages: Sequence[str] = ()) -> Package:
    """Install a package from a file (`.argosmodel`) or a folder; one for the same languages is replaced.

    Args:
        path: where it is.
        languages: source and target, where the package does not say.

    Raises:
        ConfigError: if it is no package.
        OutputError: if there is no room for it.
    """
    with _workshop() as workshop:
        unpacked = workshop / "package"
        if path.is_dir():
            _copy(path, unpacked)
        elif path.is_file():
            _unpack(path, unpacked)
        else:
            raise ConfigError("there is no such file or folder", file=str(path))
        top = _top(unpacked, str(path))
        package = read_package(top, languages=languages)
        _require_loadable(package, str(path))
        if languages:
            (top / NOTE).write_text(
                json.dumps({"from_code": package.source, "to_code": package.target}), encoding="utf-8"
            )
        place = models_folder() / _folder_name(package.source, package.target)
        try:
            if place.exists():
                place.rename(workshop / "old")
            top.rename(place)
        except OSError as error:
            raise OutputError.of("cannot be written", error, str(place)) from None
    return read_package(place)


def install_languages(source: str, target: str, *, index: str = INDEX) -> list[Package]:
    """Download and install what translates one language into another, by way of English where nothing does directly.

    Args:
        source: the language to translate from, a bare code.
        target: the language to translate to.
        index: the address of the list of packages.

    Raises:
        ConfigError: if there is no package for them.
        EngineStoppedError: if the list or the package cannot be had.
    """
    require_safe_url(index, key="index in [engines.offline]", allow_http=False)
    listed = _fetch_index(index)
    direct = _newest(listed, source, target)
    wanted = [direct] if direct else [_newest(listed, source, "en"), _newest(listed, "en", target)]
    entries = [entry for entry in wanted if entry is not None]
    if len(entries) < len(wanted):
        raise ConfigError(f"there is no package from {source} to {target}, nor by way of English")
    packages: list[Package] = []
    for entry in entries:
        links = [
            str(link) for link in entry.get("links", ()) if str(link).startswith(("https://", "http://"))
        ]
        if not links:
            raise ConfigError(f"the list names no address for the package from {source} to {target}")
        require_safe_url(links[0], key="the package's address", allow_http=False)
        with _workshop() as workshop:
            file = workshop / "package.argosmodel"
            _download(links[0], file)
            packages.append(install_file(file))
    return packages


def _fetch_index(index: str) -> list[Mapping[str, Any]]:
    courier = Courier(Pace(timeout=30.0), name="offline")
    try:
        data = Line(Pace(retries=1)).ask(lambda: courier.get(index).json())
    except TryAgainError as error:
        raise EngineStoppedError(
            f"the list of packages cannot be had: {error.reason}",
            remedy="download an .argosmodel elsewhere and install it: netzwerk-i18n engine install FILE",
        ) from None
    except (ValueError, NoAnswerError):
        raise EngineStoppedError("the list of packages is none") from None
    if not isinstance(data, list):
        raise EngineStoppedError("the list of packages is none")
    return [entry for entry in data if isinstance(entry, dict)]


def _newest(listed: Sequence[Mapping[str, Any]], source: str, target: str) -> Mapping[str, Any] | None:
    fitting = [e for e in listed if (e.get("from_code"), e.get("to_code")) == (source, target)]
    return max(fitting, key=lambda entry: _version(str(entry.get("package_version", ""))), default=None)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def _download(url: str, file: Path) -> None:
    """Write what stands at `url` into a file; redirects are followed while they are https."""
    import requests

    session = requests.Session()
    session.auth = lambda request: request
    try:
        for _ in range(5):
            with session.get(url, timeout=(10, 60), stream=True, allow_redirects=False) as answer:
                if answer.is_redirect:
                    url = urljoin(url, answer.headers.get("Location", ""))
                    require_safe_url(url, key="the package's address", allow_http=False)
                    continue
                if answer.status_code != 200:  # noqa: PLR2004 - OK
                    raise EngineStoppedError(f"the package cannot be had ({answer.status_code})")
                size = 0
                with file.open("wb") as out:
                    for part in answer.iter_content(1 << 20):
                        size += len(part)
                        if size > MAX_UNPACKED_BYTES:
                            raise EngineStoppedError("the package is too large")
                        out.write(part)
                return
    except requests.exceptions.RequestException as error:
        raise EngineStoppedError(f"the package cannot be had ({type(error).__name__})") from None
    except OSError as error:
        raise OutputError.of("cannot be written", error, str(file)) from None
    raise EngineStoppedError("the package's address leads in circles")


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder beside the packages, so that a finished one can be put in its place with one rename."""
    home = models_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".install-", dir=home))
    except OSError as error:
        raise OutputError.of("cannot be written", error, str(home)) from None
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copytree(source, target, symlinks=False)
    except (OSError, shutil.Error):
        raise OutputError(
            "cannot be copied", file=str(source), remedy="is there room, and may it be read?"
        ) from None


def _unpack(path: Path, target: Path) -> None:
    """Unpack a zip that nobody vouches for: no path leaves the folder, no link, no bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > _MOST_FILES or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES:
                raise ConfigError("is too large for a package", file=str(path))
            for member in members:
                place = target / _inner_path(member, str(path))
                place.parent.mkdir(parents=True, exist_ok=True)
                left = member.file_size
                with archive.open(member) as packed, place.open("xb") as file:
                    while part := packed.read(1 << 20):
                        left -= len(part)
                        if left < 0:  # it says less than it holds
                            raise ConfigError("is no sound archive", file=str(path))
                        file.write(part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, FileExistsError, ValueError):
        raise ConfigError(
            "is no Argos package", file=str(path), remedy="download it again, or name a folder with a model"
        ) from None
    except OSError as error:
        raise OutputError.of("cannot be unpacked", error, str(path)) from None


def _inner_path(member: zipfile.ZipInfo, name: str) -> PurePosixPath:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = (member.external_attr >> 16) & 0o170000 == _LINK
    if (
        path.is_absolute()
        or ".." in path.parts
        or ":" in member.filename
        or is_link
        or "\0" in member.filename
    ):
        raise ConfigError(
            "holds a path that leads out of its folder", file=name, remedy="do not trust this package"
        )
    return path


def _top(folder: Path, name: str) -> Path:
    """The folder of the package itself, which Argos puts into another one."""
    for place in (folder, *sorted(child for child in folder.iterdir() if child.is_dir())):
        if (place / METADATA).is_file() or (place / MODEL).is_file() or (place / "model" / MODEL).is_file():
            return place
    raise ConfigError("holds no CTranslate2 model (model.bin)", file=name)


def _require_loadable(package: Package, name: str) -> None:
    try:
        load(package)
    except ConfigError:
        raise
    except (RuntimeError, ValueError, OSError) as error:
        raise ConfigError(
            f"holds a model that cannot be loaded ({type(error).__name__})",
            file=name,
            remedy="convert or download it again",
        ) from None


def _folder_name(source: str, target: str) -> str:
    name = f"{source}-{target}"
    if not all(character.isalnum() or character in "-_" for character in name):
        raise ConfigError(f"{name!a} are no codes of languages")
    return name
