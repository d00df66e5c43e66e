"""An earlier state of a project, as git has it, laid out in a folder of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from netzwerk_i18n.errors import ConfigError, reason_of
from netzwerk_i18n.repository import top_level


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """A folder that holds the project at `root` as it was in `revision`; it is gone afterwards.

    Before the first commit of a repository there is nothing in `HEAD`, and no folder.

    Neither the work tree nor git's index nor its list of work trees is touched.

    Args:
        root: the project's folder, anywhere in a git repository.
        revision: as git understands it: a commit, a branch, a tag.

    Raises:
        ConfigError: if there is no git, no repository, or no such revision.
    """
    try:
        prefix = _git(root, "rev-parse", "--show-prefix")
    except ConfigError as error:
        raise ConfigError(
            f"{root} is in no git repository, so there is nothing to compare with", remedy=error.remedy
        ) from None
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except ConfigError:
        if revision != "HEAD":
            raise ConfigError(
                f"git knows no revision {revision!r}",
                remedy="fetch it first; a shallow clone holds few of them",
            ) from None
        commit = None
    with TemporaryDirectory(prefix="netzwerk-i18n-") as folder:
        tree = Path(folder) / "tree"
        if commit is None:
            yield tree
            return
        tree.mkdir()
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        top = Path(_git(root, "rev-parse", "--show-toplevel"))
        _git(top, "read-tree", commit, **index)
        _git(top, "checkout-index", "--all", "--quiet", f"--prefix={tree}{os.sep}", **index)
        yield tree / prefix


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment, in which git finds the repository by the folder.

    Hooks in a further work tree are run with `GIT_DIR`, and with that alone git takes any folder for the top.
    """
    found = os.environ.copy()
    if "GIT_WORK_TREE" not in found and top_level(folder):
        found.pop("GIT_DIR", None)
    return found


def _git(folder: Path, *arguments: str, **environment: str) -> str:
    """What a git command prints, without its last line break.

    Raises:
        ConfigError: if git is not there, or ends with an error.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            env=_surroundings(folder) | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ConfigError(f"git cannot be run: {reason_of(error)}", remedy="install git") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConfigError(f"git {arguments[0]} failed", remedy=said[-1] if said else None)
    return os.fsdecode(done.stdout).removesuffix("\n")
