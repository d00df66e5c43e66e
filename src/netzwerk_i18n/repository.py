"""Where a project lies in its git repository: GitHub counts paths from the top of one, and reads workflows only there."""

import os
from pathlib import Path


def top_level(root: Path) -> Path | None:
    """The top of the repository that a folder lies in, or None: the nearest folder upwards with a `.git` in it.

    That is a folder, or in further work trees and submodules a file. Git is not asked, for it need not be installed.
    """
    for folder in (root, *root.parents):
        if os.path.lexists(folder / ".git"):
            return folder
    return None


def place_in_repository(root: Path, workspace: str | None = None) -> str:
    """The way from the top of its repository to a project, with `/` at its end; empty where the project is at the top.

    Args:
        root: the project's folder.
        workspace: the folder that stands for the repository where no `.git` is found: archives have none.
    """
    root = root.resolve()
    top = top_level(root)
    if top is None and workspace:
        top = Path(workspace).resolve()
    if top is None or top == root or not root.is_relative_to(top):
        return ""
    return f"{root.relative_to(top).as_posix()}/"
