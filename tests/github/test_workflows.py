"""The workflows as GitHub runs them: their `run:` steps, as they stand in the YAML, against a scratch repository.

What GitHub itself does (checking out, setting Python up, keeping artifacts) is left out, and so is installing the tool,
which is there already. `gh`, the only program that talks to GitHub, is a script that writes down what it is asked.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from netzwerk_i18n.config import load_config
from netzwerk_i18n.init.workflows import format_workflows

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github/workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))
PAGE = "content/netzwerk/index.de.md"
FRENCH_PAGE = "content/netzwerk/index.fr.md"
FRENCH = "locales/fr/LC_MESSAGES/netzwerk.po"
ZIZMOR = shutil.which("zizmor", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
REGENERATED = "netzwerk-i18n/regenerate"

needs_bash = pytest.mark.skipif(
    not shutil.which("bash") or not shutil.which("git") or sys.platform == "win32",
    reason="needs bash and git",
)


def workflow(name: str) -> dict[str, Any]:
    # "on" is a truth value to YAML 1.1.
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text("utf-8").replace("\non:", '\n"on":'))
    return data


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def action_step() -> dict[str, Any]:
    """The step of the action that runs the tool."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (step,) = (step for step in action["runs"]["steps"] if step.get("name") == "Run")
    return dict(step)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@dataclass
class Runner:
    """Runs the steps of a job the way GitHub's runner does.

    Attributes:
        folder: the work tree.
        temp: `RUNNER_TEMP`.
        values: what expressions may name.
        outputs: of the steps that ran, by id.
        failed: whether a step failed.
        said: all that the steps printed.
    """

    folder: Path
    temp: Path
    values: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    said: str = ""

    def run(self, name: str) -> "Runner":
        self.temp.mkdir(parents=True, exist_ok=True)
        for step in steps(name):
            if (
                "run" in step
                and step.get("name") != "Install"
                and self.holds(str(step.get("if", "success()")))
            ):
                self.step(step)
        return self

    def holds(self, condition: str) -> bool:
        text = condition.removeprefix("${{").removesuffix("}}").strip()
        if "cancelled()" not in text and self.failed:
            return False
        text = text.replace("!cancelled()", "True").replace("success()", "True").replace("&&", " and ")
        text = re.sub(
            r"steps\.(\w+)\.outputs\.(\w+)", lambda m: repr(self.outputs.get(f"{m[1]}.{m[2]}", "")), text
        )
        text = re.sub(r"vars\.(\w+)", lambda m: repr(self.values.get(f"vars.{m[1]}", "")), text)
        assert re.fullmatch(r"(?:True|and|==|!=|'[^']*'|\s)+", text), condition
        return bool(eval(text))  # noqa: S307 - the pattern lets only comparisons of strings through

    def expand(self, text: str) -> str:
        return re.sub(r"\$\{\{\s*([\w.]+)\s*\}\}", lambda match: self.values[match[1]], text)

    def step(self, step: Mapping[str, Any]) -> None:
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        env = {
            "PATH": f"{self.temp.parent / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.temp),
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_REF_NAME": "main",
            "GH_LOG": str(self.temp / "gh.log"),
            "LC_ALL": "C.UTF-8",
        }
        env |= {name: str(path) for name, path in files.items()}
        env |= {name: self.expand(str(value)) for name, value in step.get("env", {}).items()}
        before = files["GITHUB_OUTPUT"].read_text() if files["GITHUB_OUTPUT"].exists() else ""
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "-e", str(script)], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        self.said += done.stdout + done.stderr
        self.failed = self.failed or done.returncode != 0
        if "id" in step and files["GITHUB_OUTPUT"].exists():
            for line in files["GITHUB_OUTPUT"].read_text().removeprefix(before).splitlines():
                name, _, value = line.partition("=")
                self.outputs[f"{step['id']}.{name}"] = value

    @property
    def summary(self) -> str:
        return (self.temp / "GITHUB_STEP_SUMMARY").read_text("utf-8")


@dataclass
class Repository:
    """A repository as GitHub has it, and the work trees of people and jobs."""

    folder: Path

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def mine(self) -> Path:
        return self.folder / "mine"

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.mine / path
        text = file.read_bytes().decode()
        assert old in text
        file.write_bytes(text.replace(old, new, 1).encode())

    def sync(self) -> None:
        command = [sys.executable, "-m", "netzwerk_i18n", "sync"]
        assert subprocess.run(command, cwd=self.mine, capture_output=True, check=False).returncode in (0, 1)

    def push(self, branch: str) -> None:
        git(self.mine, "add", "--all")
        git(self.mine, "commit", "--quiet", "--allow-empty", "--message", "Change")
        git(self.mine, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def job(self, name: str, branch: str = "main") -> Runner:
        """A fresh runner with the branch checked out."""
        place = self.folder / name
        git(self.folder, "clone", "--quiet", "--branch", branch, str(self.origin), str(place / "work"))
        (place / "bin").mkdir()
        gh = place / "bin/gh"
        gh.write_text(
            '#!/bin/sh\nprintf "%s\\n" "$*" >> "$GH_LOG"\n'
            'if [ "$1 $2" = "pr list" ]; then\n'
            '  grep -c "^pr create" "$GH_LOG" "$GH_OPEN" 2>/dev/null | grep -qv ":0$" && echo 1 || echo 0\nfi\n'
        )
        gh.chmod(0o755)
        tool = place / "bin/netzwerk-i18n"
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m netzwerk_i18n "$@"\n')
        tool.chmod(0o755)
        values = {"github.token": "secret", "github.event.pull_request.base.sha": self.main()}
        return Runner(place / "work", place / "temp", values)

    def main(self) -> str:
        return git(self.origin, "rev-parse", "main").strip()

    def branches(self) -> list[str]:
        return git(self.origin, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own content and catalogs, up to date, pushed to a bare repository."""
    folder = tmp_path_factory.mktemp("github")
    mine = folder / "mine"
    for name in ("content", "locales", "netzwerk-i18n.toml", ".gitattributes", ".gitignore"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, mine / name, ignore=shutil.ignore_patterns("lock"))
        else:
            mine.mkdir(exist_ok=True)
            shutil.copy(source, mine / name)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(mine, "init", "--quiet", "--initial-branch=main")
    git(mine, "remote", "add", "origin", "../origin.git")
    repository = Repository(folder)
    repository.sync()
    repository.push("main")
    return folder


@pytest.fixture
def repository(fresh: Path, tmp_path: Path) -> Repository:
    shutil.copytree(fresh, tmp_path / "github", symlinks=True)
    return Repository(tmp_path / "github")


def test_the_projects_own_workflows_are_those_that_init_writes() -> None:
    written = format_workflows(load_config(ROOT), branch="main", install="pip install .")
    for path, text in written.items():
        assert (ROOT / path).read_text("utf-8") == text


@pytest.mark.parametrize("name", [*NAMES, "../../action.yml"])
def test_actions_are_pinned_to_a_commit_and_say_its_version(name: str) -> None:
    uses = re.findall(r"uses: (.+)", (FOLDER / name).read_text("utf-8"))
    assert uses
    for use in uses:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_do_nothing_but_what_a_job_asks_for(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job in workflow(name)["jobs"].values():
        assert "permissions" in job
        assert "timeout-minutes" in job


@pytest.mark.parametrize("name", NAMES)
def test_pull_requests_get_no_secret_and_no_right_to_write(name: str) -> None:
    data = workflow(name)
    assert "pull_request_target" not in data["on"]
    if "pull_request" in data["on"]:
        assert "secrets." not in (FOLDER / name).read_text("utf-8")
        for job in data["jobs"].values():
            assert job["permissions"] == {"contents": "read"}


def test_regeneration_starts_from_what_people_edit_and_waits_for_its_turn() -> None:
    data = workflow("regenerate.yml")
    assert data["on"]["push"]["paths"] == [
        "content/**.de.md",
        "locales/**/LC_MESSAGES/netzwerk.po",
        "netzwerk-i18n.toml",
    ]
    assert data["concurrency"]["cancel-in-progress"] is False


@pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not installed")
def test_zizmor_has_nothing_to_say() -> None:
    command = [
        str(ZIZMOR),
        "--offline",
        "--persona=auditor",
        "--quiet",
        str(ROOT / ".github"),
        str(ROOT / "action.yml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("actionlint") is None, reason="actionlint is not installed")
def test_actionlint_has_nothing_to_say() -> None:
    done = subprocess.run(
        ["actionlint", *sorted(FOLDER.glob("*.yml"))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    for step in steps(name):
        done = subprocess.run(
            ["shellcheck", "--shell=bash", "-"],
            input=step.get("run", ""),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@needs_bash
def test_a_pull_request_that_leaves_catalogs_behind_fails(repository: Repository) -> None:
    repository.edit(PAGE, "Ein Raum", "Ein sicherer Raum")
    repository.push("change")
    runner = repository.job("check", "change").run("translations.yml")
    assert runner.failed
    assert "::error file=locales/netzwerk.pot,line=1,col=1,title=template-outdated::" in runner.said


@needs_bash
def test_a_pull_request_that_is_up_to_date_passes_and_says_what_it_makes_stale(
    repository: Repository,
) -> None:
    repository.edit(PAGE, "Ein Raum", "Ein sicherer Raum")
    repository.sync()
    repository.push("change")
    runner = repository.job("check", "change").run("translations.yml")
    assert not runner.failed, runner.said
    assert "::warning file=locales/fr/LC_MESSAGES/netzwerk.po" in runner.said
    before, after = runner.summary.split("## After")
    assert before.startswith("## Before")
    assert before.partition("\n")[2].strip() != after.partition("###")[0].strip()


@needs_bash
def test_a_pull_request_that_breaks_a_translation_fails(repository: Repository) -> None:
    repository.edit(FRENCH, "Un espace", "Un espace https://evil.example")
    repository.sync()
    repository.push("change")
    runner = repository.job("check", "change").run("translations.yml")
    assert runner.failed
    assert "title=links" in runner.said or "title=hosts" in runner.said
    assert "evil" in runner.summary


@needs_bash
def test_a_pull_request_that_breaks_a_catalog_fails_and_is_marked_at_the_line(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    (repository.mine / Path(FRENCH).parent).mkdir(parents=True)
    git(repository.mine, "init", "--quiet", "--initial-branch=main")
    git(repository.mine, "remote", "add", "origin", "../origin.git")
    (repository.mine / "netzwerk-i18n.toml").write_text(
        '[project]\ndomain = "netzwerk"\nsource_locale = "de"\nlocales = ["fr"]\n'
        '[pages]\nsource = "{path}.de.md"\ntarget = "{path}.{lang}.md"\n'
    )
    (repository.mine / "a.de.md").write_text("Hallo\n")
    repository.push("main")
    (repository.mine / FRENCH).write_text('msgid "Hallo"\nmsgstr "Bon"jour"\n')
    repository.push("change")
    runner = repository.job("check", "change").run("translations.yml")
    assert runner.failed
    assert f"::error file={FRENCH},line=2," in runner.said


@needs_bash
def test_a_merge_is_regenerated_as_one_pull_request(repository: Repository) -> None:
    repository.edit(FRENCH, "Un espace", "Un lieu")
    repository.push("main")
    runner = repository.job("first").run("regenerate.yml")
    assert not runner.failed, runner.said
    assert REGENERATED in repository.branches()
    assert git(repository.origin, "diff", "--name-only", "main", REGENERATED).split() == [
        FRENCH_PAGE,
        "locales/.netzwerk-i18n/pages.json",
    ]
    asked = (runner.temp / "gh.log").read_text().splitlines()
    assert [line.split()[:2] for line in asked] == [["auth", "setup-git"], ["pr", "list"], ["pr", "create"]]


@needs_bash
def test_a_second_run_changes_nothing(repository: Repository) -> None:
    repository.edit(FRENCH, "Un espace", "Un lieu")
    repository.push("main")
    repository.job("first").run("regenerate.yml")
    git(repository.origin, "update-ref", "refs/heads/main", REGENERATED)
    merged = repository.main()
    runner = repository.job("second").run("regenerate.yml")
    assert not runner.failed
    assert runner.outputs == {"commit.changed": "no"}
    assert repository.main() == merged
    assert not (runner.temp / "gh.log").exists()


@needs_bash
def test_a_site_may_have_what_was_regenerated_pushed_at_once(repository: Repository) -> None:
    repository.edit(FRENCH, "Un espace", "Un lieu")
    repository.push("main")
    before = repository.main()
    runner = repository.job("first")
    runner.values["vars.I18N_DELIVERY"] = "push"
    runner.run("regenerate.yml")
    assert not runner.failed, runner.said
    assert git(repository.origin, "rev-parse", "main~1").strip() == before
    assert REGENERATED not in repository.branches()


@needs_bash
def test_the_report_is_made(repository: Repository) -> None:
    runner = repository.job("report").run("pages.yml")
    assert not runner.failed, runner.said
    assert (runner.temp / "report/index.html").is_file()


@needs_bash
def test_the_action_takes_its_arguments_as_words_and_nothing_else(
    repository: Repository, tmp_path: Path
) -> None:
    step = action_step()
    runner = repository.job("action")
    runner.temp.mkdir()
    runner.values["inputs.arguments"] = (
        f"status --format json; touch {tmp_path}/made $(touch {tmp_path}/made)"
    )
    runner.step(step)
    assert runner.failed
    assert not (tmp_path / "made").exists()
    again = repository.job("again")
    again.temp.mkdir()
    again.values["inputs.arguments"] = "status --format json"
    again.step(step)
    assert '"source_locale": "de"' in again.said


@needs_bash
def test_the_action_takes_the_words_of_all_lines(tmp_path: Path) -> None:
    tool = tmp_path / "bin/netzwerk-i18n"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\nprintf '[%s]' \"$@\"\n")
    tool.chmod(0o755)
    runner = Runner(
        tmp_path, tmp_path / "temp", {"inputs.arguments": 'check  --only\n\n links\\ "*\n$HOME\n'}
    )
    runner.temp.mkdir()
    runner.step(action_step())
    assert (runner.said, runner.failed) == ('[check][--only][links\\]["*][$HOME]', False)
