"""Translation on this machine: CTranslate2 and SentencePiece (the extra `offline`), with models that the user installed.

No text leaves the machine. Models translate sentences, so texts are split; where no model knows both languages, English
stands between them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.draft.engines.languages import candidates
from netzwerk_i18n.draft.engines.models import Model, Package, installed, load, read_package
from netzwerk_i18n.draft.engines.protocol import Abilities, Pair, Setup
from netzwerk_i18n.draft.sentences import split_sentences
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import NoAnswerError, Pace
from netzwerk_i18n.errors import ConfigError

_PIVOT = "en"
_LONGEST_SENTENCE = 400


class _Session:
    def __init__(self, models: Sequence[Model], beam: int) -> None:
        self._models = models
        self._beam = beam

    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:  # noqa: ARG002 - it knows no styles
        """All sentences of all texts at once, then each text put together again."""
        split = [split_sentences(text, _LONGEST_SENTENCE) for text in texts]
        wanted = list(dict.fromkeys(piece for pieces in split for piece, _ in pieces if piece))
        found = wanted
        try:
            for model in self._models:
                found = model.translate(found, beam=self._beam)
        except (RuntimeError, ValueError) as error:
            raise NoAnswerError(f"the model failed ({type(error).__name__})") from None
        known = dict(zip(wanted, found, strict=True))
        return ["".join(known.get(piece, piece) + gap for piece, gap in pieces) for pieces in split]


class _Offline:
    def __init__(self, setup: Setup) -> None:
        options = setup.options
        self.name = setup.name
        self.pace = Pace(retries=0)
        self.abilities = Abilities(
            (Style.BRACKETS,), batch=64, characters=50_000, parallel=1, price=0.0, online=False
        )
        self._codes: Mapping[str, str] = setup.codes
        self._beam = max(1, int(options.get("beam", 4)))
        self.version = f"beam={self._beam}"
        self._threads = int(options.get("threads", 0))
        self._compute = str(options.get("compute", "default"))
        self._packages = _named(setup.root, str(options["model"])) if "model" in options else installed()
        self._models: dict[tuple[str, str], Model] = {}

    def pair(self, source_locale: str, locale: str) -> Pair:
        for source in self._candidates(source_locale):
            for target in self._candidates(locale):
                route = self._route(source, target)
                if route:
                    version = " ".join(package.version for package in route)
                    return Pair(source_locale, locale, source, target, version=version)
        source, target = read_locale(source_locale).language, read_locale(locale).language
        raise ConfigError(
            f"the engine offline has no model from {source} to {target}, nor by way of English",
            remedy=f"netzwerk-i18n engine install {source} {target}, or engine install FILE",
        )

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Load the models."""
        for pair in pairs:
            for package in self._route(pair.source, pair.target):
                self._load(package)

    def open(self, pair: Pair) -> _Session:
        return _Session([self._load(p) for p in self._route(pair.source, pair.target)], self._beam)

    def _candidates(self, locale: str) -> tuple[str, ...]:
        own = self._codes.get(locale)
        return (own,) if own else candidates(locale)

    def _route(self, source: str, target: str) -> tuple[Package, ...]:
        """The packages from one language to another: one, or two by way of English, or none."""
        by_pair = {(package.source, package.target): package for package in self._packages}
        if (source, target) in by_pair:
            return (by_pair[source, target],)
        if (source, _PIVOT) in by_pair and (_PIVOT, target) in by_pair:
            return (by_pair[source, _PIVOT], by_pair[_PIVOT, target])
        return ()

    def _load(self, package: Package) -> Model:
        key = (package.source, package.target)
        if key not in self._models:
            try:
                self._models[key] = load(package, threads=self._threads, compute=self._compute)
            except (RuntimeError, ValueError, OSError) as error:
                how = "" if self._compute == "default" else f" with compute = {self._compute!r}"
                raise ConfigError(
                    f"the model cannot be loaded{how} ({type(error).__name__})", file=str(package.folder)
                ) from None
        return self._models[key]


def _named(root: Path, path: str) -> list[Package]:
    """The package that the configuration names, counted from its folder."""
    folder = root / Path(path).expanduser()
    if folder.is_file():
        raise ConfigError(
            "model in [engines.offline] is a file",
            file=path,
            remedy="install it with netzwerk-i18n engine install, or name the folder that it unpacks to",
        )
    return [read_package(folder)]


def create(setup: Setup) -> _Offline:
    """The engine `offline`."""
    return _Offline(setup)
