"""How far every language was before: figures appended, one line a state of the content, to a file that is committed.

Each line stands for itself, so that two branches that both recorded merge by keeping the lines of both. What is
recorded is known by a digest of the content, not by its commit: a clone, a squash or a rebase records nothing anew.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from netzwerk_i18n.catalog import State, now, project_lock
from netzwerk_i18n.errors import NetzwerkError, OutputError
from netzwerk_i18n.project import Project

_DIGEST = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_GIT_SECONDS = 10
_MAX_BYTES = 64 * 1024 * 1024
_MAX_COUNT = 10**12
"""A larger number of words is no number of words: the file may come from a pull request."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One locale at one time.

    Attributes:
        messages: the number of messages by state; a state without any may be missing.
        words: the words of their source texts by state.
        published_words: the words whose translation is published.
    """

    messages: Mapping[State, int] = field(default_factory=dict)
    words: Mapping[State, int] = field(default_factory=dict)
    published_words: int = 0

    @property
    def coverage(self) -> float:
        """The share of words whose translation is published, from 0 to 1; 1 where there are no words."""
        total = sum(self.words.values())
        return self.published_words / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of a project at one time.

    Attributes:
        digest: the digest of pages, catalogs and configuration (:func:`content_digest`).
        commit: the commit that was checked out then, or None outside a git repository.
        time: when it was recorded, in UTC.
        locales: the figures by locale name.
    """

    digest: str
    commit: str | None
    time: datetime
    locales: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class History:
    """What was recorded, oldest first, each digest once.

    Attributes:
        records: the records.
        unreadable: the numbers of the lines that are no records; a merge conflict leaves such lines.
    """

    records: tuple[Record, ...] = ()
    unreadable: tuple[int, ...] = ()

    def coverage(self, locale: str) -> tuple[float, ...]:
        """The coverage of a locale, oldest first; records without the locale are left out."""
        return tuple(record.locales[locale].coverage for record in self.records if locale in record.locales)


def read_history(project: Project) -> History:
    """The history of a project; an empty one where nothing was recorded.

    Raises:
        NetzwerkError: if the file is there and cannot be read.
    """
    path = project.config.history
    try:
        file = project.file(path)
        if file.is_file() and file.stat().st_size > _MAX_BYTES:
            raise NetzwerkError("is too large to be read", file=path, remedy="remove its oldest lines")
        data = file.read_bytes()
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise NetzwerkError.of("cannot be read", error, path) from None
    return parse_history(data.decode("utf-8", "replace"))


def parse_history(text: str) -> History:
    """The history in the text of a file; lines may come in any order, and twice."""
    records: dict[str, Record] = {}
    unreadable: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        record = _parse(line)
        if record is None:
            unreadable.append(number)
        elif record.digest not in records or record.time < records[record.digest].time:
            records[record.digest] = record
    ordered = sorted(records.values(), key=lambda record: (record.time, record.digest))
    return History(tuple(ordered), tuple(unreadable))


def record_figures(project: Project, figures: Mapping[str, Figures]) -> bool:
    """Append the figures of all locales; False where this content is recorded already.

    Raises:
        NetzwerkError: if the content cannot be read or the file cannot be written.
    """
    path = project.config.history
    digest = content_digest(project)
    with project_lock(project.config.root):
        if any(record.digest == digest for record in read_history(project).records):
            return False
        record = Record(digest, current_commit(project), now().replace(microsecond=0), figures)
        try:
            file = project.file(path)
            before = file.read_bytes() if file.exists() else b""
        except OSError as error:
            raise OutputError.of("cannot be read", error, path) from None
        if before and not before.endswith(b"\n"):
            before += b"\n"
        project.write(path, before + format_record(record).encode("utf-8"), durable=True)
    return True


def format_record(record: Record) -> str:
    """A record as one line of JSON, newline included."""
    locales = {
        name: {
            "messages": _counts(figures.messages),
            "words": _counts(figures.words),
            "published_words": figures.published_words,
        }
        for name, figures in sorted(record.locales.items())
    }
    data = {
        "time": f"{record.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "commit": record.commit,
        "digest": record.digest,
        "locales": locales,
    }
    return json.dumps(data, separators=(",", ":")) + "\n"


def content_digest(project: Project) -> str:
    """The digest of all that the figures follow from: source pages, catalogs and the configuration.

    Raises:
        NetzwerkError: if a file cannot be read.
    """
    config = project.config
    whole = sha256()
    for path in _content(project):
        try:
            found = sha256(project.file(path).read_bytes()).hexdigest()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise NetzwerkError.of("cannot be read", error, path) from None
        whole.update(f"{found} {path}\n".encode("utf-8", "surrogateescape"))
    whole.update(" ".join(locale.name for locale in config.locales).encode())
    return whole.hexdigest()


def current_commit(project: Project) -> str | None:
    """The commit that is checked out where the project lies; None where there is none, or no git."""
    try:
        done = subprocess.run(  # a list of arguments, none of them data
            ["git", "rev-parse", "--verify", "--quiet", "HEAD"],  # noqa: S607 - the user's own git
            cwd=project.config.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    commit = done.stdout.strip()
    return commit if done.returncode == 0 and _COMMIT.fullmatch(commit) else None


def _content(project: Project) -> Iterable[str]:
    config = project.config
    yield config.file
    for page in project.pages:
        yield page.path
    for locale in config.locales:
        yield from project.catalog_paths(locale)


def _counts(counts: Mapping[State, int]) -> dict[str, int]:
    return {state.value: counts[state] for state in State if counts.get(state)}


def _parse(line: str) -> Record | None:
    try:
        data = json.loads(line)
        digest, commit, locales = data["digest"], data["commit"], data["locales"]
        time = datetime.strptime(data["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        figures = {str(name): _parse_figures(figures) for name, figures in locales.items()}
        if not _DIGEST.fullmatch(digest) or not (commit is None or _COMMIT.fullmatch(commit)):
            return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Record(digest, commit, time, figures)


def _parse_figures(data: Any) -> Figures:
    return Figures(
        _parse_counts(data["messages"]), _parse_counts(data["words"]), _parse_count(data["published_words"])
    )


def _parse_counts(data: Mapping[str, Any]) -> dict[State, int]:
    return {State(name): _parse_count(count) for name, count in data.items()}


def _parse_count(count: Any) -> int:
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < _MAX_COUNT:
        raise ValueError(count)
    return count
