"""The jobs of the guide for GitLab: their scripts, as they stand in its YAML, against a scratch repository.

What GitLab itself does (checking out, installing, keeping artifacts, opening the merge request that a push asks for) is left out.
"""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli_site import Site
from test_cli_gate import git

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/how-to/gitlab.md"
TOKEN = "geheim"  # noqa: S105 - of a server that is a folder
BRANCH = "netzwerk-i18n/regenerate"

pytestmark = pytest.mark.skipif(
    not shutil.which("bash") or not shutil.which("git"), reason="needs bash and git"
)


def jobs() -> dict[str, Any]:
    blocks = re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    found: dict[str, Any] = yaml.safe_load(blocks[0])
    return found


def run(job: str, site: Site, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A job's script as GitLab's runner has it: the lines one after the other in one shell, which stops at an error."""
    home = site.root.parent / "home"
    home.mkdir(exist_ok=True)
    env = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "CI_DEFAULT_BRANCH": "main",
        "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_PATH": "gruppe/seite",
        "I18N_TOKEN": TOKEN,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{site.root.parent / 'origin.git'}.insteadOf",
        "GIT_CONFIG_VALUE_0": f"https://netzwerk-i18n:{TOKEN}@gitlab.example/gruppe/seite.git",
    }
    script = "\n".join(jobs()[job]["script"])
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=site.root,
        env=env | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(stages: Path, tmp_path: Path) -> Site:
    """A clone of a repository whose site is translated and built."""
    origin, folder = tmp_path / "origin.git", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(origin, "config", "receive.advertisePushOptions", "true")
    shutil.copytree(stages / "built", folder)
    (folder / "locales/.netzwerk-i18n/lock").unlink(missing_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    git(folder, "push", "--quiet", str(origin), "main")
    return Site(folder)


def commit(site: Site) -> str:
    """Commit all that changed; the state before."""
    before = git(site.root, "rev-parse", "HEAD").strip()
    git(site.root, "add", "--all")
    git(site.root, "commit", "--quiet", "--message", "Change")
    return before


def check(site: Site, base: str) -> tuple[int, list[str]]:
    done = run("translations", site, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    report = ET.parse(site.root / "findings.xml")  # noqa: S314 - written by the line above
    return done.returncode, [failure.get("message", "") for failure in report.iter("failure")]


def test_a_merge_request_that_breaks_nothing_passes(clone: Site) -> None:
    clone.translate({"Titel": "Le titre"})
    clone.ok("sync")
    assert check(clone, commit(clone)) == (0, [])


def test_a_merge_request_with_a_broken_translation_fails_and_says_why(clone: Site) -> None:
    clone.translate({"Erster Satz.": "Un [lien](https://evil.example)."})
    code, failures = check(clone, commit(clone))
    assert code == 1
    assert any("evil.example" in failure for failure in failures)


def test_a_catalog_that_cannot_be_read_is_reported(clone: Site) -> None:
    path = "locales/fr/LC_MESSAGES/site.po"
    clone.write(path, clone.read(path).replace('msgstr "Titre"', 'msgstr "Titre'))
    code, failures = check(clone, commit(clone))
    assert code != 0
    assert failures


def pushed(site: Site, path: str) -> str:
    return git(site.root.parent / "origin.git", "show", f"{BRANCH}:{path}")


def test_after_a_merge_what_is_to_be_made_anew_is_pushed_to_a_branch_and_nothing_else(clone: Site) -> None:
    clone.translate({"Erster Satz.": "La première phrase."})
    clone.write("findings.xml", "")
    commit(clone)
    clone.write("notiz.txt", "")
    done = run("regenerate", clone)
    assert done.returncode == 0, done.stderr
    assert "La première phrase." in pushed(clone, "content/seite.fr.md")
    changed = git(clone.root, "show", "--name-only", "--format=", "HEAD").split()
    assert set(changed) == {"content/seite.fr.md", "locales/.netzwerk-i18n/pages.json"}
    assert TOKEN not in done.stdout + done.stderr


def test_where_nothing_is_to_be_done_nothing_is_pushed(clone: Site) -> None:
    done = run("regenerate", clone)
    assert done.returncode == 0, done.stderr
    assert BRANCH not in git(clone.root.parent / "origin.git", "branch", "--list", BRANCH)


def test_tokens_are_seen_by_no_job_of_a_merge_request() -> None:
    found = jobs()
    assert "I18N_TOKEN" not in str(found["translations"]) + str(found[".netzwerk-i18n"])
    assert "merge_request_event" not in str(found["regenerate"]["rules"])
