"""The tools that are compared, each with the settings its users would choose for a site with one catalog a language."""

import shlex
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import catalogs
from corpus import Corpus
from environments import install, install_project, version_of
from sentences import ENDING, translate

EXTRACT, BUILD = "extract", "build"

Commands = list[list[str]]


class OutputMissingError(Exception):
    """A tool ended well and yet did not do its work."""


@dataclass(frozen=True)
class Stage:
    """A folder where one tool works: `pages/` in it are the source pages, `localized/` the localized ones."""

    folder: Path
    pages: tuple[str, ...]

    def numbered(self) -> list[tuple[str, str]]:
        """Each page's path with a number that serves as a name."""
        return [(page, f"{number:05}") for number, page in enumerate(self.pages)]

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


@dataclass
class Tool(ABC):
    """One tool: how it is installed, told what to do, and started.

    Attributes:
        name: as on the command line of the benchmark.
        scripts: the folder of its programs, once installed.
        version: once installed.
        sampled: on how many pages at most it is measured, by command, where all of them would take minutes.
        codes: the exit codes of success.
        environment: variables that are set for it; `{folder}` in them is the folder of its stage.
        settings: in plain words.
    """

    name: ClassVar[str]
    settings: ClassVar[str]
    sampled: ClassVar[Mapping[str, int]] = {}
    codes: ClassVar[tuple[int, ...]] = (0,)
    environment: ClassVar[Mapping[str, str]] = {}
    catalog_pattern: ClassVar[str] = "po/*.po"
    extract_leaves: ClassVar[tuple[str, ...]] = ("po",)
    build_leaves: ClassVar[tuple[str, ...]] = ("localized",)

    scripts: Path = field(default_factory=Path, init=False)
    version: str = field(default="", init=False)

    @abstractmethod
    def install(self) -> None:
        """Install it, or find it.

        Raises:
            InstallError: if that fails.
            FileNotFoundError: if it is not there and nothing here installs it.
        """

    @abstractmethod
    def configure(self, stage: Stage) -> None:
        """Write the configuration."""

    @abstractmethod
    def extract(self, stage: Stage) -> Commands:
        """What makes catalogs of pages."""

    @abstractmethod
    def build(self, stage: Stage) -> Commands:
        """What makes localized pages of pages and catalogs."""

    def localized_folder(self) -> str:
        return "localized"

    def prepare(self, folder: Path, corpus: Corpus) -> Stage:
        """A new stage."""
        corpus.write(folder / "pages")
        stage = Stage(folder, tuple(corpus.pages))
        self.configure(stage)
        return stage

    def clear(self, stage: Stage, command: str) -> None:
        """Put away what `command` left behind, so that the next round does the same work.

        Nothing is deleted before the end: ext4 passes over all inodes that were freed within the last minutes, one by
        one, whenever a file is made, so that files made after a deletion take up to thirty times as long.
        """
        aside = Path(f"{stage.folder}-aside")
        aside.mkdir(exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=aside))
        for path in self.extract_leaves if command == EXTRACT else self.build_leaves:
            target = stage.folder / path
            if target.exists():
                target.rename(place / target.name)

    def fill_catalogs(self, stage: Stage) -> int:
        """Translate every message of the extracted catalogs; the number of messages.

        Raises:
            OutputMissingError: if there is none.
        """
        count = 0
        for file in sorted(stage.folder.glob(self.catalog_pattern)):
            text, messages = catalogs.fill(file.read_text("utf-8"), translate)
            file.write_text(text, "utf-8")
            count += messages
        if not count:
            raise OutputMissingError("no message was extracted")
        return count

    def count_messages(self, stage: Stage) -> int:
        """The number of messages that were extracted."""
        files = sorted(stage.folder.glob(self.catalog_pattern))
        return sum(1 for file in files for _ in catalogs.read(file.read_text("utf-8")))

    def count_translated_words(self, stage: Stage) -> int:
        """The words on the localized pages that are translations.

        Raises:
            OutputMissingError: if a page is missing.
        """
        files = [file for file in (stage.folder / self.localized_folder()).rglob("*.md") if file.is_file()]
        if len(files) < len(stage.pages):
            raise OutputMissingError(
                f"{len(stage.pages) - len(files)} of {len(stage.pages)} pages are missing"
            )
        return sum(file.read_bytes().count(ENDING.encode()) for file in files)


class NetzwerkI18n(Tool):
    """This project as its users have it: the pages are known from the run before."""

    name = "netzwerk-i18n"
    settings = "as it comes; template and catalog; what it read in the run before is kept in a cache"
    environment: ClassVar[Mapping[str, str]] = {"NETZWERK_I18N_CACHE": "{folder}-cache"}
    codes = (0, 1)  # 1: a translation was refused, which is not this benchmark's question
    catalog_pattern = "locales/fr/LC_MESSAGES/site.po"
    extract_leaves = ("locales",)
    build_leaves = ("localized", "locales/.netzwerk-i18n")

    def __init__(self, project: Path) -> None:
        super().__init__()
        self.project = project

    def install(self) -> None:
        self.scripts = install_project(self.project)
        self.version = version_of(self.scripts, "netzwerk-i18n")

    def configure(self, stage: Stage) -> None:
        stage.write(
            "netzwerk-i18n.toml",
            '[project]\ndomain = "site"\nsource_locale = "en"\nlocales = ["fr"]\n\n'
            '[pages]\nsource = "pages/{path}.md"\ntarget = "localized/{path}.{lang}.md"\n',
        )

    def extract(self, stage: Stage) -> Commands:  # noqa: ARG002 - told by its configuration
        return [[str(self.scripts / "netzwerk-i18n"), "extract"]]

    def build(self, stage: Stage) -> Commands:  # noqa: ARG002 - told by its configuration
        return [[str(self.scripts / "netzwerk-i18n"), "build"]]


class NetzwerkI18nCold(NetzwerkI18n):
    """This project on a machine where it never ran: nothing is known of the pages."""

    name = "netzwerk-i18n, first run"
    settings = "as it comes, but nothing is kept from one run to the next"
    environment: ClassVar[Mapping[str, str]] = {"NETZWERK_I18N_CACHE": "off"}


class TranslateToolkit(Tool):
    name = "translate-toolkit"
    settings = "one catalog (--multifile=onefile), no code blocks, no placeholders, equal strings merged"

    def install(self) -> None:
        self.scripts = install(self.name, "translate-toolkit[markdown]==3.20.4")
        self.version = version_of(self.scripts, self.name)

    def configure(self, stage: Stage) -> None:
        """It is told all on its command line."""

    def extract(self, stage: Stage) -> Commands:
        (stage.folder / "po").mkdir(exist_ok=True)
        return [
            [
                *self._start("md2po"),
                "--duplicates=merge",
                "--multifile=onefile",
                *("-i", "pages", "-o", "po/site.po"),
            ]
        ]

    def build(self, stage: Stage) -> Commands:  # noqa: ARG002 - the same for every stage
        return [[*self._start("po2md"), "-i", "po/site.po", "-t", "pages", "-o", "localized"]]

    def _start(self, script: str) -> Sequence[str]:
        return (str(self.scripts / script), "--progress=none", "--no-code-blocks", "--no-placeholders")


class HugoGettext(Tool):
    name = "hugo-gettext"
    settings = "one catalog; build is compile (by msgfmt where it is installed) and generate"
    catalog_pattern = "po/fr/*.po"
    extract_leaves = ("pot",)
    build_leaves = ("localized", "locale")

    def install(self) -> None:
        self.scripts = install(self.name, "hugo-gettext==0.6")
        self.version = version_of(self.scripts, self.name)

    def configure(self, stage: Stage) -> None:
        listed = ", ".join(f'"pages/{page}"' for page in stage.pages)
        stage.write(
            "hugo.toml",
            'defaultContentLanguage = "en"\n\n[i18n]\npackage = "site"\nsrcDir = "pages"\ngenDir = "localized"\n'
            f"genToOtherDir = true\n\n[i18n.content.default]\nfiles = [{listed}]\n",
        )

    def extract(self, stage: Stage) -> Commands:  # noqa: ARG002 - told by its configuration
        return [[str(self.scripts / "hugo-gettext"), "-q", "extract", "pot"]]

    def fill_catalogs(self, stage: Stage) -> int:
        stage.write("po/fr/site.po", (stage.folder / "pot/site.pot").read_text("utf-8"))
        return super().fill_catalogs(stage)

    def count_messages(self, stage: Stage) -> int:
        return sum(1 for _ in catalogs.read((stage.folder / "pot/site.pot").read_text("utf-8")))

    def build(self, stage: Stage) -> Commands:  # noqa: ARG002 - told by its configuration
        script = str(self.scripts / "hugo-gettext")
        return [[script, "-q", "compile", "po"], [script, "-q", "generate"]]


class Mdpo(Tool):
    name = "mdpo"
    settings = "one catalog, unwrapped; po2md takes one page a process"
    sampled: ClassVar[Mapping[str, int]] = {BUILD: 60}

    def install(self) -> None:
        self.scripts = install(self.name, "mdpo==2.1.4")
        self.version = version_of(self.scripts, self.name)

    def configure(self, stage: Stage) -> None:
        """It is told all on its command line."""

    def extract(self, stage: Stage) -> Commands:
        (stage.folder / "po").mkdir(exist_ok=True)
        pages = [f"pages/{page}" for page in stage.pages]
        return [[str(self.scripts / "md2po"), "--quiet", "--save", "-w", "0", "-p", "po/site.po", *pages]]

    def build(self, stage: Stage) -> Commands:
        for page in stage.pages:
            (stage.folder / "localized" / page).parent.mkdir(parents=True, exist_ok=True)
        start = [str(self.scripts / "po2md"), "--quiet", "-w", "0", "-p", "po/site.po", "-s"]
        return [[*start, f"localized/{page}", f"pages/{page}"] for page in stage.pages]


class MarkdownGettext(Tool):
    name = "markdown-gettext"
    settings = "one page a process, a catalog a page (it knows no other way)"
    sampled: ClassVar[Mapping[str, int]] = {EXTRACT: 60, BUILD: 60}

    def install(self) -> None:
        self.scripts = install(self.name, "markdown-gettext==0.2.2")
        self.version = version_of(self.scripts, self.name)

    def configure(self, stage: Stage) -> None:
        """It is told all on its command line."""

    def extract(self, stage: Stage) -> Commands:
        start = [str(self.scripts / "markdown-gettext"), "extract"]
        return [[*start, f"pages/{page}", f"po/{number}.po"] for page, number in stage.numbered()]

    def build(self, stage: Stage) -> Commands:
        start = [str(self.scripts / "markdown-gettext"), "generate", "-l", "fr"]
        return [
            [*start, f"pages/{page}", f"po/{number}.po", f"localized/{page}"]
            for page, number in stage.numbered()
        ]


class Po4a(Tool):
    name = "po4a"
    settings = "the markdown option of its text format, titles and descriptions of front matter; template and catalog"

    def install(self) -> None:
        found = shutil.which("po4a")
        if found is None:
            raise FileNotFoundError("not installed on this machine")
        self.scripts = Path(found).parent
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        self.version = said.partition("version ")[2].partition("\n")[0].rstrip(".") or "unknown"

    def configure(self, stage: Stage) -> None:
        lines = [
            "[po4a_langs] fr",
            "[po4a_paths] po/site.pot fr:po/fr.po",
            '[po4a_alias:md] text opt:"-o markdown -o neverwrap -o yfm_keys=title,description"',
            *(f"[type: md] pages/{page} fr:localized/{page}" for page in map(shlex.quote, stage.pages)),
        ]
        stage.write("po4a.cfg", "\n".join(lines) + "\n")

    def extract(self, stage: Stage) -> Commands:
        (stage.folder / "po").mkdir(exist_ok=True)
        return [[*self._start(), "--no-translations", "po4a.cfg"]]

    def build(self, stage: Stage) -> Commands:  # noqa: ARG002 - told by its configuration
        return [[*self._start(), "--no-update", "--keep=0", "po4a.cfg"]]

    def _start(self) -> Sequence[str]:
        return (str(self.scripts / "po4a"), "--quiet", "--force", "--master-charset=UTF-8")


def all_peers() -> list[Tool]:
    """The tools that this project is compared with."""
    return [TranslateToolkit(), HugoGettext(), Mdpo(), MarkdownGettext(), Po4a()]
