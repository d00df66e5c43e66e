"""A real CTranslate2 model that knows a few words by heart, made by hand: no training, no download.

Its one attention head looks at the token in the same place, and its value matrix is a dictionary; so it translates word
by word, and what it does not know stays for `replace_unknowns`.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec  # type: ignore[import-untyped]

GERMAN_TO_ENGLISH = {"Hallo": "hello", "Welt": "world", "Die": "the", "Bewegung": "movement", "und": "and"}
ENGLISH_TO_FRENCH = {
    "hello": "bonjour",
    "world": "monde",
    "the": "le",
    "movement": "mouvement",
    "and": "et",
}
GERMAN_TO_FRENCH = {word: ENGLISH_TO_FRENCH[english] for word, english in GERMAN_TO_ENGLISH.items()}

_LONGEST = 256


def build(folder: Path, words: Mapping[str, str]) -> None:
    """Write `model/` and `sentencepiece.model` into a folder."""
    folder.mkdir(parents=True)
    vocabulary = sorted({*words, *words.values(), "."})
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(vocabulary)] * 3),
        model_writer=written,
        model_type="word",
        vocab_size=len(vocabulary) + 3,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
    )
    (folder / "sentencepiece.model").write_bytes(written.getvalue())
    pieces = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    tokens = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    spec = _specify(tokens, {f"\u2581{source}": f"\u2581{target}" for source, target in words.items()})
    (folder / "model").mkdir()
    spec.save(str(folder / "model"))


def _specify(tokens: list[str], dictionary: Mapping[str, str]) -> Any:
    """Each vector is a token beside a place: the first part says what, the second where."""
    size = len(tokens)
    width = size + _LONGEST
    width += -width % 8
    number = {token: position for position, token in enumerate(tokens)}
    what = np.zeros((size, width))
    what[:, :size] = np.eye(size)
    where = np.zeros((_LONGEST, width))
    where[:, size : size + _LONGEST] = np.eye(_LONGEST)
    look = np.zeros((width, width))  # queries and keys: the place only
    look[size : size + _LONGEST, size : size + _LONGEST] = np.eye(_LONGEST)
    say = np.zeros((width, width))  # values: each token's translation
    say[:size, :size] = np.eye(size)
    for source, target in dictionary.items():
        say[number[source], number[source]] = 0
        say[number[target], number[source]] = 1

    spec: Any = TransformerSpec.from_config(num_layers=1, num_heads=1, pre_norm=True, no_final_norm=True)
    spec.config.add_source_eos = True
    for half in (spec.encoder, spec.decoder):
        half.scale_embeddings = False
        half.position_encodings.encodings = where.astype(np.float32)
        layer = half.layer[0]
        _norm(layer.self_attention.layer_norm, width)
        _linear(layer.self_attention.linear[0], np.zeros((3 * width, width)))
        _linear(layer.self_attention.linear[1], np.zeros((width, width)))
        _norm(layer.ffn.layer_norm, width)
        _linear(layer.ffn.linear_0, np.zeros((8, width)))
        _linear(layer.ffn.linear_1, np.zeros((width, 8)))
    spec.encoder.embeddings[0].weight = what.astype(np.float32)
    spec.decoder.embeddings.weight = what.astype(np.float32)
    across = spec.decoder.layer[0].attention
    _norm(across.layer_norm, width)
    _linear(across.linear[0], look * 200)
    _linear(across.linear[1], np.vstack([look, say]))
    _linear(across.linear[2], np.eye(width) * 50)
    _linear(spec.decoder.projection, what)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization=None)
    return spec


def _norm(layer: Any, width: int) -> None:
    layer.gamma, layer.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _linear(layer: Any, weight: Any) -> None:
    layer.weight, layer.bias = weight.astype(np.float32), np.zeros(weight.shape[0], np.float32)


def pack(folder: Path, file: Path, source: str, target: str) -> Path:
    """An Argos package of what :func:`build` wrote."""
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        top = f"translate-{source}_{target}-1_0"
        archive.writestr(f"{top}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{top}/README.md", "made by a test")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{top}/{path.relative_to(folder).as_posix()}")
    return file


def package(folder: Path, source: str, target: str, words: Mapping[str, str]) -> Path:
    """An Argos package with these words."""
    build(folder / f"{source}-{target}", words)
    return pack(
        folder / f"{source}-{target}", folder / f"translate-{source}_{target}.argosmodel", source, target
    )
