"""What is kept between runs never changes what a run does: with it and without it, every file is the same."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.build import build, check_build
from netzwerk_i18n.catalog import format_catalog, read_catalog
from netzwerk_i18n.check import check
from netzwerk_i18n.config import load_config
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.extract import extract, plan_extract
from netzwerk_i18n.gate import check_against, check_all, look_back
from netzwerk_i18n.manifest import open_project
from netzwerk_i18n.outcomes import KIND as OUTCOME
from netzwerk_i18n.project import Project
from netzwerk_i18n.readings import KIND as READING
from netzwerk_i18n.report.status_json import status_json_parts
from netzwerk_i18n.status import status
from netzwerk_i18n.store import open_store

PAGES = ("a", "b", "c/d")
TEXTS = (
    "---\ntitle: Titel\nlead: Vorspann\n---\n\n# Überschrift\n\nErster Satz.\n\n- Punkt\n- [Ziel](/x)\n- [hier](/y)\n",
    "# Überschrift\n\nErster Satz.\n\nErster Satz.\n",
    "Erster  \nSatz.\n\n<!-- i18n:critical -->\nPunkt\n",
    '---\ntitle: Titel\n---\r\n\r\n{{< figure caption="Bild" >}}\r\n\r\nErster\r\nSatz.\r\n',
    "---\ntitle: [kaputt\n---\n\nPunkt\n",
    "",
    "Ein Text mit \\0 und \0.\n",
    "Punkt\n\nMehr steht [hier](/x).\n\n<b>Erster Satz.\n",
)
MSGIDS = ("Titel", "Vorspann", "Überschrift", "Erster Satz.", "Punkt", "[Ziel](/x)", "Bild")
MSGSTRS = ("", "Titre", "# Titre", "[But](/x)", "[But](/y)", "a\nb", "Première phrase.", "\u202eTitre")
CATALOGS = {False: "locales/{locale}/site.po", True: "locales/{locale}/{path}.po"}
SETTINGS = (
    "",
    '[locales.fr]\nfallback = "omit"\nminimum_coverage = 0\n',
    '[locales.fr]\nfallback = "previous"\nminimum_coverage = 0.5\npublish = "drafts"\n',
    '[[policy]]\npages = ["content/a.de.md"]\nminimum_coverage = 0\n',
    '[checks]\nschemes = "warning"\n',
    '[[checks.ignore]]\ncheck = "end-punctuation"\nmsgid = "Erster Satz."\n',
    '[[checks.ignore]]\ncheck = "vague-link"\npages = ["content/*"]\n',
    '[checks]\nvague-link = "error"\nconsistency = "off"\ncatalog-header = "off"\n',
)
KEYS = ("", 'front_matter = ["title", "lead"]\n', 'hand_written = ["content/b.fr.md"]\n')

EDITS = st.one_of(
    st.tuples(st.just("page"), st.sampled_from(PAGES), st.sampled_from(TEXTS)),
    st.tuples(st.just("remove"), st.sampled_from(PAGES), st.just("")),
    st.tuples(st.just("translate"), st.sampled_from(MSGIDS), st.sampled_from(MSGSTRS)),
    st.tuples(st.just("translate"), st.sampled_from(MSGIDS), st.sampled_from(MSGSTRS)),
    st.tuples(st.just("flag"), st.sampled_from(MSGIDS), st.sampled_from(("", "fuzzy"))),
    st.tuples(
        st.just("comment"), st.sampled_from(MSGIDS), st.sampled_from(("i18n-ignore: end-punctuation", ""))
    ),
    st.tuples(
        st.just("header"), st.sampled_from(("Language", "PO-Revision-Date")), st.sampled_from(("xx", "fr"))
    ),
    st.tuples(st.just("glossary"), st.sampled_from(MSGIDS), st.sampled_from(("Titre", "But"))),
    st.tuples(st.just("hand"), st.sampled_from(PAGES), st.sampled_from(("# Von Hand\n", ""))),
    st.tuples(st.just("settings"), st.sampled_from(SETTINGS), st.sampled_from(KEYS)),
)
STEPS = st.lists(
    st.tuples(st.lists(EDITS, max_size=3), st.sampled_from(("all", "build", "check"))), min_size=2, max_size=5
)


@given(steps=STEPS, one_each=st.booleans())
@settings(max_examples=15)
def test_a_run_that_knows_earlier_ones_does_what_a_run_without_them_does(
    *, steps: list[tuple[list[tuple[str, str, str]], str]], one_each: bool
) -> None:
    with tempfile.TemporaryDirectory() as top:
        with_kept, without = Path(top, "with", "site"), Path(top, "without", "site")
        for root in (with_kept, without):
            _configure(root, "", "", one_each=one_each)
            _apply(root, ("page", "a", TEXTS[0]), one_each=one_each)
        for edits, command in [([], "all"), *steps, ([], "all")]:
            said: list[Any] = []
            for root, cache in ((with_kept, str(Path(top, "kept"))), (without, "off")):
                shutil.rmtree(root.with_name("before"), ignore_errors=True)
                shutil.copytree(root, root.with_name("before"))
                for edit in edits:
                    _apply(root, edit, one_each=one_each)
                with _environment(NETZWERK_I18N_CACHE=cache, SOURCE_DATE_EPOCH="1700000000"):
                    said.append(_run(root, command))
            assert said[0] == said[1]
            assert _contents(with_kept) == _contents(without)
        assert list(Path(top, "kept").rglob("*.sqlite3"))


@given(edits=st.lists(EDITS, min_size=1, max_size=8), one_each=st.booleans())
@settings(max_examples=30)
def test_what_check_finds_on_its_way_is_what_extract_and_build_find(
    *, edits: list[tuple[str, str, str]], one_each: bool
) -> None:
    with tempfile.TemporaryDirectory() as top:
        root = Path(top, "site")
        _configure(root, "", "", one_each=one_each)
        for name, text in zip(PAGES, TEXTS, strict=False):
            _apply(root, ("page", name, text), one_each=one_each)
        with _environment(NETZWERK_I18N_CACHE="off"):
            extract(open_project(load_config(root)))
        for msgid, msgstr in zip(MSGIDS, MSGSTRS[1:], strict=True):
            _apply(root, ("translate", msgid, msgstr), one_each=one_each)
        for edit in edits:
            _apply(root, edit, one_each=one_each)
        found = []
        for name, run in (("checked", check), ("built", _extract_and_build)):
            with _environment(NETZWERK_I18N_CACHE=str(Path(top, name))):
                run(open_project(load_config(root)))
                found.append(_kept(root))
        checked, built = found
        assert checked
        assert checked.items() <= built.items()


def _extract_and_build(project: Project) -> None:
    with suppress(NetzwerkError):
        plan_extract(project)
    check_build(project)


def _kept(root: Path) -> dict[tuple[str, str, str], tuple[bytes, bytes]]:
    """What is kept of readings and outcomes; the catalog's own digest, which tells its lines, is part of each."""
    project = open_project(load_config(root))
    store = open_store(root)
    assert store is not None
    paths = sorted(project.page_paths)
    return {
        (kind, locale, path): row
        for kind, locales in ((READING, [""]), (OUTCOME, [each.name for each in project.config.locales]))
        for locale in locales
        for path, row in store.rows(kind, locale, pages=paths).items()
    }


def _run(root: Path, command: str) -> list[Any]:
    project = open_project(load_config(root))
    said: list[Any] = []
    if command == "all":
        said.append(extract(project))
    said.append(check_build(project) if command == "check" else build(project))
    chosen = project.config.locales[1:] if command == "build" else ()
    said.append(check_all(project, locales=chosen, skip=() if command == "check" else ("msgfmt",)))
    if command == "check":
        before = replace(open_project(load_config(root.with_name("before"))), earlier_of=root)
        said.append(check_against(project, lambda: look_back(before)))
    said.append("".join(status_json_parts(status(open_project(load_config(root))))))
    return said


def _configure(root: Path, more: str, keys: str, *, one_each: bool) -> None:
    root.mkdir(parents=True, exist_ok=True)
    template = "locales/{path}.pot" if one_each else "locales/site.pot"
    (root / "netzwerk-i18n.toml").write_text(
        '[project]\ndomain = "site"\nsource_locale = "de"\nlocales = ["fr", "es", "en", "it", "pl"]\n\n'
        f'[pages]\nsource = "content/{{path}}.de.md"\ntarget = "content/{{path}}.{{lang}}.md"\n{keys}\n'
        f'[catalogs]\ntemplate = "{template}"\ncatalog = "{CATALOGS[one_each]}"\n\n{more}',
        "utf-8",
    )


def _apply(root: Path, edit: tuple[str, str, str], *, one_each: bool) -> None:
    kind, name, value = edit
    if kind == "page":
        file = root / f"content/{name}.de.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(value.encode())
    elif kind == "remove":
        (root / f"content/{name}.de.md").unlink(missing_ok=True)
    elif kind == "hand":
        file = root / f"content/{name}.fr.md"
        if value:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(value.encode())
        else:
            file.unlink(missing_ok=True)
    elif kind == "glossary":
        (root / "glossary.csv").write_text(f"source,fr,es\n{name},{value},{value}\n", "utf-8")
    elif kind == "settings":
        _configure(root, name, value, one_each=one_each)
    else:
        for path in sorted((root / "locales").glob("*/**/*.po")):
            catalog = read_catalog(path, name=path.name)
            if catalog is None:
                continue
            message = catalog.get((None, name))
            if kind == "header":
                catalog.header.fields[name] = value
            elif message is None:
                continue
            elif kind == "comment":
                message.comments = (value,) if value else ()
            elif kind == "flag":
                message.flags = (value,) if value and message.msgstr else ()
            else:
                message.msgstr = value
            path.write_bytes(format_catalog(catalog))


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before: Mapping[str, str | None] = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _contents(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file() and file.name != "lock")
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
