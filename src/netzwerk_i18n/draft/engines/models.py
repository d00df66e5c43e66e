"""Models for the engine `offline`: what is a package, where packages lie, and how one is loaded.

A package is a folder with `model/` (CTranslate2) and its SentencePiece models; Argos packs such folders into `.argosmodel`
files, `ct2-opus-mt-converter` writes them flat.
"""

import hashlib
import importlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netzwerk_i18n.errors import ConfigError

VARIABLE = "NETZWERK_I18N_MODELS"
MODEL = "model.bin"
"""What CTranslate2 calls a model."""

METADATA = "metadata.json"
"""Where Argos says what a package is."""

NOTE = "netzwerk-i18n.json"
"""Where a person, or `engine install`, says it of a folder that has no metadata."""

_SAME = "sentencepiece.model"
_SOURCE, _TARGET = "source.spm", "target.spm"
_BLANK = "\u2581"  # SentencePiece's sign for a blank, which it leaves before pieces that it does not know
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Package:
    """A model that is ready to be loaded.

    Attributes:
        folder: where it lies.
        source: the language it translates from, a bare code.
        target: the language it translates to.
        model: the folder of the CTranslate2 model.
        source_pieces: the SentencePiece model for the source.
        target_pieces: that for the target, often the same.
        version: what its answers depend on.
        prefix: a token that is put before each source sentence (`>>fra<<`), or an empty string.
    """

    folder: Path
    source: str
    target: str
    model: Path
    source_pieces: Path
    target_pieces: Path
    version: str
    prefix: str = ""


def models_folder() -> Path:
    """Where installed packages lie: in the user's own data, or where `NETZWERK_I18N_MODELS` says."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("netzwerk-i18n", appauthor=False) / "models"


def installed() -> list[Package]:
    """All installed packages, sorted by their languages; folders that are none are passed over."""
    found: list[Package] = []
    folder = models_folder()
    try:
        children = sorted(
            child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")
        )
    except OSError:
        return []
    for child in children:
        with suppress(ConfigError):
            found.append(read_package(child))
    return sorted(found, key=lambda package: (package.source, package.target, package.folder.name))


def read_package(folder: Path, *, languages: Sequence[str] = ()) -> Package:
    """The package in a folder.

    Args:
        folder: where it lies.
        languages: source and target, where the folder does not say.

    Raises:
        ConfigError: if it is none, or its languages are not known.
    """
    model = next((place for place in (folder / "model", folder) if (place / MODEL).is_file()), None)
    if model is None:
        raise ConfigError(
            "holds no CTranslate2 model (model.bin)",
            file=str(folder),
            remedy="name an Argos package or a folder that ct2-opus-mt-converter wrote",
        )
    same = next((p for p in (folder / _SAME, folder / "bpe.model", model / _SAME) if p.is_file()), None)
    source_pieces = next((p for p in (folder / _SOURCE, model / _SOURCE) if p.is_file()), same)
    target_pieces = next((p for p in (folder / _TARGET, model / _TARGET) if p.is_file()), same)
    if source_pieces is None or target_pieces is None:
        raise ConfigError(
            f"holds no SentencePiece model ({_SAME}, or {_SOURCE} and {_TARGET})",
            file=str(folder),
            remedy="copy it there from the model that was converted",
        )
    note = _read_json(folder / NOTE)
    metadata = {**_read_json(folder / METADATA), **note}
    source, target = languages or (str(metadata.get("from_code", "")), str(metadata.get("to_code", "")))
    if not source or not target:
        raise ConfigError(
            "does not say which languages it translates",
            file=str(folder),
            remedy="name them: netzwerk-i18n engine install FOLDER de fr",
        )
    size = (model / MODEL).stat().st_size
    digest = hashlib.sha256((model / MODEL).read_bytes() if size < 1 << 20 else _sample(model / MODEL))
    version = f"{metadata.get('package_version', '')} {size} {digest.hexdigest()[:12]}".strip()
    prefix = str(note.get("prefix", ""))
    return Package(folder, source, target, model, source_pieces, target_pieces, version, prefix)


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded package."""

    translator: Any
    source_pieces: Any
    target_pieces: Any
    prefix: str

    def translate(self, sentences: Sequence[str], *, beam: int) -> list[str]:
        """The translation of each sentence."""
        tokens = self.source_pieces.encode(list(sentences), out_type=str)
        if self.prefix:
            tokens = [[self.prefix, *pieces] for pieces in tokens]
        results = self.translator.translate_batch(
            tokens,
            replace_unknowns=True,  # else placeholders become <unk>
            max_batch_size=_BATCH,
            batch_type="examples",
            beam_size=beam,
            length_penalty=0.2,
            max_decoding_length=20
            + 3 * max(map(len, tokens), default=0),  # a model that repeats itself is cut off
        )
        return [self._text(result.hypotheses[0]) for result in results]

    def _text(self, pieces: Sequence[str]) -> str:
        text: str = self.target_pieces.decode(list(pieces))
        return " ".join(text.replace(_BLANK, " ").split())


def load(package: Package, *, threads: int = 0, compute: str = "default") -> Model:
    """Load a package.

    Raises:
        ConfigError: if the libraries are not installed.
    """
    try:
        ctranslate2: Any = importlib.import_module("ctranslate2")
        sentencepiece: Any = importlib.import_module("sentencepiece")
    except ImportError:
        raise ConfigError(
            "the engine offline needs its libraries", remedy="pip install 'netzwerk-i18n[offline]'"
        ) from None
    source = sentencepiece.SentencePieceProcessor(model_file=str(package.source_pieces))
    same = package.source_pieces == package.target_pieces
    target = source if same else sentencepiece.SentencePieceProcessor(model_file=str(package.target_pieces))
    translator = ctranslate2.Translator(
        str(package.model), device="cpu", inter_threads=1, intra_threads=threads, compute_type=compute
    )
    return Model(translator, source, target, package.prefix)


def _read_json(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _sample(file: Path) -> bytes:
    """The beginning and the end of a large file."""
    with file.open("rb") as opened:
        head = opened.read(1 << 16)
        opened.seek(-(1 << 16), os.SEEK_END)
        return head + opened.read()
