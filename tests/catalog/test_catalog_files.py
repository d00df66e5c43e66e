"""Files at the edge: whole or untouched, whatever happens to the run that writes them."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from netzwerk_i18n.catalog import (
    MAX_FILE_BYTES,
    is_leftover,
    project_lock,
    read_catalog,
    write_bytes_atomically,
)
from netzwerk_i18n.errors import CatalogError, OutputError

OLD, NEW = b"old\n" * 50_000, b"new!\n" * 80_000

is_root = hasattr(os, "geteuid") and os.geteuid() == 0


def python(code: str, *arguments: object, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", code, *map(str, arguments)], stderr=subprocess.PIPE, **options
    )


def test_a_missing_catalog_is_none(tmp_path: Path) -> None:
    assert read_catalog(tmp_path / "fr.po", name="fr.po") is None


def test_a_catalog_is_read_and_its_errors_bear_the_given_name(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_bytes(b'msgid "a"\nmsgstr "x"\n')
    catalog = read_catalog(path, name="locales/fr.po")
    assert catalog is not None
    assert catalog.messages[0].msgstr == "x"
    path.write_bytes(b"stray\n")
    with pytest.raises(CatalogError, match=r"^locales/fr\.po:1: "):
        read_catalog(path, name="locales/fr.po")


def test_a_folder_in_the_place_of_a_catalog_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"^fr\.po: cannot be read") as caught:
        read_catalog(tmp_path, name="fr.po")
    assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(CatalogError, match="larger"):
        read_catalog(path, name="fr.po")


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path, *, durable: bool) -> None:
    path = tmp_path / "locales" / "fr" / "a.po"
    assert write_bytes_atomically(path, NEW, durable=durable)
    assert path.read_bytes() == NEW
    assert [entry.name for entry in path.parent.iterdir()] == ["a.po"]


def test_the_same_bytes_leave_the_file_and_its_time_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    os.utime(path, ns=(1, 1))
    assert not write_bytes_atomically(path, OLD, durable=True)
    assert path.stat().st_mtime_ns == 1


def test_an_old_file_keeps_its_permissions_and_a_new_one_has_the_usual_ones(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.write_bytes(OLD)
    old.chmod(0o640)
    usual.write_bytes(b"")
    write_bytes_atomically(old, NEW, durable=False)
    write_bytes_atomically(new, NEW, durable=False)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


def test_a_symbolic_link_is_never_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link.po"
    target.write_bytes(OLD)
    link.symlink_to(target)
    with pytest.raises(OutputError, match="symbolic link"):
        write_bytes_atomically(link, NEW, durable=False)
    assert target.read_bytes() == OLD
    assert link.is_symlink()


def test_a_broken_link_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        with pytest.raises(OutputError):
            write_bytes_atomically(tmp_path / name, NEW, durable=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_in_the_place_of_a_folder_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "locales").write_bytes(OLD)
    with pytest.raises(OutputError) as caught:
        write_bytes_atomically(tmp_path / "locales" / "a.po", NEW, durable=False)
    assert "\n" not in str(caught.value)


def test_a_name_as_long_as_the_file_system_allows_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 126 + ".po")
    assert write_bytes_atomically(path, NEW, durable=False)
    assert path.read_bytes() == NEW


@pytest.mark.skipif(is_root, reason="root may write everywhere")
def test_a_read_only_folder_is_an_error_that_names_the_reason(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="permission denied"):
            write_bytes_atomically(tmp_path / "a.po", NEW, durable=False)
    finally:
        tmp_path.chmod(0o700)


WRITE = """
import sys
from pathlib import Path
from netzwerk_i18n.catalog import write_bytes_atomically
from netzwerk_i18n.errors import OutputError
try:
    write_bytes_atomically(Path(sys.argv[1]), b"new!\\n" * 80_000, durable=True)
except OutputError as error:
    sys.exit(f"refused: {error}")
"""


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = python(WRITE, path, preexec_fn=little_room)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 1
    assert stderr.startswith(b"refused: ")
    assert stderr.count(b"\n") == 1
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not is_root or sys.platform != "linux", reason="a small file system needs root on Linux")
def test_a_full_file_system_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "none", small], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this machine does not allow mounts")
    try:
        path = small / "a.po"
        path.write_bytes(OLD)
        with pytest.raises(OutputError, match="no space left") as caught:
            write_bytes_atomically(path, NEW, durable=True)
        assert "\n" not in str(caught.value)
        assert path.read_bytes() == OLD
        assert list(small.iterdir()) == [path]
    finally:
        subprocess.run(["umount", small], check=True)


LOOP = """
import sys
from pathlib import Path
from netzwerk_i18n.catalog import write_bytes_atomically
old, new = b"old\\n" * 50_000, b"new!\\n" * 80_000
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    write_bytes_atomically(path, new, durable=False)
    write_bytes_atomically(path, old, durable=False)
"""


def test_a_run_killed_at_any_moment_leaves_the_old_bytes_or_the_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    for attempt in range(12):
        process = python(LOOP, path, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.002 * attempt)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert path.read_bytes() in (OLD, NEW)
    left = [entry.name for entry in tmp_path.iterdir() if entry != path]
    assert all(name.startswith(".a.po.") and is_leftover(name) for name in left)
    assert not [entry for entry in tmp_path.glob("*.po") if entry != path]


WORKERS = """
import os, sys
from pathlib import Path
from netzwerk_i18n.config import load_config
from netzwerk_i18n.manifest import open_project
from netzwerk_i18n.parallel import map_chunks

root, replace = Path(sys.argv[1]), os.replace

def replace_late(source, target):
    # While this worker's file lies there under its other name, the next one comes to the same folder.
    os.replace = replace
    for worker in map_chunks(write, ["b", "c"], size=10**9, chunk=1):
        print(worker)
    replace(source, target)

def write(names):
    return open_project(load_config(root)).write(f"out/{names[0]}.md", b"x", durable=False)

os.replace = replace_late
print(write("a"))
"""


def test_workers_leave_alone_what_others_are_writing_beside_them(tmp_path: Path) -> None:
    (tmp_path / "netzwerk-i18n.toml").write_text(
        '[project]\ndomain = "site"\nsource_locale = "de"\nlocales = ["fr"]\n\n'
        '[pages]\nsource = "{path}.md"\ntarget = "out/{path}.md"\n'
    )
    process = python(WORKERS, tmp_path, stdout=subprocess.PIPE, env={**os.environ, "NETZWERK_I18N_JOBS": "2"})
    out, err = process.communicate()
    assert (out.split(), err) == ([b"True"] * 3, b"")
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == ["a.md", "b.md", "c.md"]


ADD = """
import sys
from pathlib import Path
from netzwerk_i18n.catalog import *
root, name = Path(sys.argv[1]), sys.argv[2]
path = root / "fr.po"
for number in range(20):
    with project_lock(root):
        catalog = read_catalog(path, name="fr.po") or Catalog()
        messages = (*catalog.messages, Message(f"{name} {number}", "x"))
        write_bytes_atomically(path, format_catalog(Catalog(catalog.header, messages)), durable=False)
"""


def test_runs_at_the_same_time_lose_no_change(tmp_path: Path) -> None:
    processes = [python(ADD, tmp_path, name) for name in ("a", "b", "c")]
    for process in processes:
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 0, stderr.decode()
    catalog = read_catalog(tmp_path / "fr.po", name="fr.po")
    assert catalog is not None
    assert {m.msgid for m in catalog.messages} == {f"{name} {n}" for name in "abc" for n in range(20)}


HOLD = """
import sys, time
from pathlib import Path
from netzwerk_i18n.catalog import project_lock
with project_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_held_by_another_run_is_named_and_freed_when_that_run_dies(tmp_path: Path) -> None:
    process = python(HOLD, tmp_path, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(OutputError, match="another run"), project_lock(tmp_path, seconds=0.1):
        pass
    process.kill()
    process.communicate()
    with project_lock(tmp_path, seconds=10):
        pass


def test_importing_the_room_loads_none_of_the_heavy_libraries() -> None:
    code = "import sys, netzwerk_i18n.catalog; print({'babel', 'rapidfuzz', 'filelock'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
