"""`merge-po`: git itself merges branches whose catalogs, templates and manifests grew apart."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_site import CATALOG, Site, complaint, environment

FR = CATALOG.format("fr")
README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
ATTRIBUTES = "".join(f"{line}\n" for line in README.splitlines() if line.endswith(" merge=netzwerk-i18n"))
DRIVER = next(line for line in README.splitlines() if line.startswith("$ git config merge.")).split('"')[1]
HEAD = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


class Repository:
    """A site under git, with the driver set up as the README says."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ok("init", "-q", "-b", "main")
        for name, value in {
            "user.name": "Anna",
            "user.email": "anna@example.org",
            "merge.netzwerk-i18n.driver": DRIVER.replace(
                "netzwerk-i18n", f"'{sys.executable}' -m netzwerk_i18n", 1
            ),
        }.items():
            self.ok("config", name, value)
        site.write(".gitattributes", ATTRIBUTES)
        self.commit("start")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = environment(GIT_CONFIG_NOSYSTEM="1", GIT_EDITOR="true", HOME=str(self.site.root))
        return subprocess.run(
            ["git", *arguments], cwd=self.site.root, env=env, capture_output=True, text=True, check=False
        )

    def ok(self, *arguments: str) -> str:
        done = self.git(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str) -> None:
        self.ok("add", "-A")
        self.ok("commit", "-qm", message)

    def branch(self, name: str, start: str = "main") -> None:
        self.ok("checkout", "-q", "-b", name, start)


@pytest.fixture
def repository(translated: Site) -> Repository:
    return Repository(translated)


def save(site: Site, date: str, translator: str, **texts: str) -> None:
    """What a translator's editor does: new texts, its own date and name."""
    with site.edited() as po:
        for entry in po:
            entry.msgstr = texts.get(entry.msgid.partition(" ")[0], entry.msgstr)
        po.metadata |= {"PO-Revision-Date": date, "Last-Translator": translator}


def test_two_branches_that_translate_different_messages_merge_without_a_conflict(
    repository: Repository,
) -> None:
    site = repository.site
    repository.branch("anna")
    save(site, "2024-05-01 10:00+0000", "Anna", Erster="Phrase une.")
    repository.commit("anna")
    repository.branch("ben")
    save(site, "2024-05-02 10:00+0000", "Ben", Zweiter="Phrase deux.")
    repository.commit("ben")
    assert "conflict" not in repository.ok("merge", "anna").lower()
    assert site.entry("Erster Satz.").msgstr == "Phrase une."
    assert site.entry("Zweiter Satz.").msgstr == "Phrase deux."
    metadata = site.catalog().metadata
    assert (metadata["PO-Revision-Date"], metadata["Last-Translator"]) == ("2024-05-02 10:00+0000", "Ben")


def test_pages_and_translations_that_change_on_two_branches_merge_to_what_extract_would_make(
    repository: Repository,
) -> None:
    site = repository.site
    repository.branch("pages")
    site.write("content/neu.de.md", "Ein neuer Absatz.\n")
    site.ok("extract")
    repository.commit("a new page")
    repository.branch("words")
    site.write(
        "content/seite.de.md",
        site.read("content/seite.de.md").replace("Zweiter Satz.", "Etwas ganz anderes."),
    )
    site.ok("extract")
    site.translate({"Etwas ganz anderes.": "Tout autre chose."})
    repository.commit("another sentence")
    repository.ok("merge", "pages")
    merged = site.contents()
    site.ok("extract")
    site.ok("extract", "--check")
    changed = {path for path, data in site.contents().items() if merged.get(path) != data}
    assert not {path for path in changed if not path.startswith(".git/")}
    assert site.entry("Zweiter Satz.").obsolete
    assert site.entry("Etwas ganz anderes.").msgstr == "Tout autre chose."


def test_two_translations_of_one_message_are_left_to_a_person_with_both_to_be_seen(
    repository: Repository,
) -> None:
    site = repository.site
    repository.branch("anna")
    save(site, "2024-05-01 10:00+0000", "Anna", Erster="Phrase une.", Zweiter="Phrase deux.")
    repository.commit("anna")
    repository.branch("ben")
    save(site, "2024-05-02 10:00+0000", "Ben", Erster="La première.")
    repository.commit("ben")
    done = repository.git("merge", "anna")
    assert done.returncode == 1
    content = site.read(FR)
    assert (
        'msgid "Erster Satz."\n<<<<<<< ours\nmsgstr "La première."\n=======\nmsgstr "Phrase une."\n>>>>>>> theirs\n'
        in content
    )
    assert content.count("<<<<<<<") == 1
    line = content[: content.index("<<<<<<<")].count("\n") + 1
    assert f"{FR}:{line}: conflict: both sides changed [Erster Satz.]" in done.stderr
    assert repository.ok("diff", "--name-only", "--diff-filter=U").split() == [FR]
    told = complaint(site.run("build"))
    assert told.startswith(f"{FR}:{line}: a mark of an unresolved merge conflict")
    ours = content.replace('=======\nmsgstr "Phrase une."\n>>>>>>> theirs\n', "").replace(
        "<<<<<<< ours\n", ""
    )
    site.write(FR, ours)
    site.ok("build")
    repository.commit("merged")
    assert site.entry("Erster Satz.").msgstr == "La première."
    assert site.entry("Zweiter Satz.").msgstr == "Phrase deux."


def test_a_correction_of_a_text_that_the_other_branch_changed_is_pointed_out(repository: Repository) -> None:
    site = repository.site
    repository.branch("anna")
    save(site, "2024-05-01 10:00+0000", "Anna", Erster="Phrase une.")
    repository.commit("anna")
    repository.branch("pages")
    site.write(
        "content/seite.de.md", site.read("content/seite.de.md").replace("Erster Satz.", "Der erste Satz.")
    )
    site.ok("extract")
    repository.commit("another wording")
    done = repository.git("merge", "anna")
    assert done.returncode == 0
    assert done.stderr == (
        f"{FR}: warning: a side changed the translation of a text that left the pages on the other; it is kept as "
        "obsolete, and may be wanted for the text in its place [Erster Satz.]\n"
    )
    entry = site.entry("Erster Satz.")
    assert (entry.obsolete, entry.msgstr) == (1, "Phrase une.")


def test_a_rebase_carries_a_translation_over_a_changed_template(repository: Repository) -> None:
    site = repository.site
    repository.branch("anna")
    save(site, "2024-05-01 10:00+0000", "Anna", Erster="Phrase une.")
    repository.commit("one")
    save(site, "2024-05-03 10:00+0000", "Anna", Zweiter="Phrase deux.")
    repository.commit("two")
    repository.ok("checkout", "-q", "main")
    site.write("content/andere.de.md", "Noch eine Seite.\n")
    site.ok("extract")
    repository.commit("another page")
    repository.ok("checkout", "-q", "anna")
    repository.ok("rebase", "main")
    assert site.entry("Noch eine Seite.").msgstr == ""
    assert {site.entry("Erster Satz.").msgstr, site.entry("Zweiter Satz.").msgstr} == {
        "Phrase une.",
        "Phrase deux.",
    }
    site.ok("extract", "--check")


def test_a_catalog_that_both_branches_added_is_merged_without_an_ancestor(repository: Repository) -> None:
    site = repository.site
    site.configure("fr", "es")
    repository.commit("a new language")
    for name, texts in (("anna", {"Titel": "Título"}), ("ben", {"Erster Satz.": "Primera frase."})):
        repository.branch(name)
        site.ok("extract", SOURCE_DATE_EPOCH="1714550400" if name == "anna" else "1714636800")
        site.translate(texts, CATALOG.format("es"))
        repository.commit(name)
    repository.ok("merge", "anna")
    entries = {entry.msgid: entry.msgstr for entry in site.catalog(CATALOG.format("es"))}
    assert (entries["Titel"], entries["Erster Satz."], entries["Zweiter Satz."]) == (
        "Título",
        "Primera frase.",
        "",
    )


def test_a_criss_cross_of_branches_with_a_conflict_in_it_still_merges(repository: Repository) -> None:
    site = repository.site
    for name, text in (("anna", "Phrase une."), ("ben", "La première.")):
        repository.branch(name)
        save(site, "2024-05-01 10:00+0000", name, Erster=text)
        repository.commit(name)
    for name, other in (("anna", "ben~0"), ("ben", "anna~1")):
        repository.ok("checkout", "-q", name)
        assert repository.git("merge", other).returncode == 1
        repository.ok("checkout", "--ours", FR)
        repository.commit(f"{name} keeps hers")
    save(site, "2024-05-04 10:00+0000", "ben", Erster="La première.", Zweiter="Phrase deux.")
    repository.commit("ben goes on")
    assert repository.git("merge", "anna").returncode == 1
    content = site.read(FR)
    assert content.count("<<<<<<<") == 1
    assert "Phrase deux." in content


def test_pages_built_on_two_branches_are_still_known_as_generated(built: Site) -> None:
    repository = Repository(built)
    for name in ("eins", "zwei"):
        repository.branch(name)
        built.write(f"content/{name}.de.md", f"Seite {name}.\n")
        built.ok("extract")
        built.translate({f"Seite {name}.": f"Page {name}."})
        built.ok("build")
        repository.commit(name)
    repository.ok("merge", "eins")
    assert built.ok("build", "--check").out == "build: 0 pages to write, 3 up to date\n"
    for name in ("eins", "zwei"):
        built.remove(f"content/{name}.de.md")
    run = built.ok("build")
    assert run.out.splitlines()[:2] == ["removed content/eins.fr.md", "removed content/zwei.fr.md"]


def test_a_page_that_both_branches_rebuilt_is_built_again_from_our_version(built: Site) -> None:
    built.write("content/liste.de.md", "- eins\n- zwei\n")
    built.ok("extract")
    built.translate({"eins": "un", "zwei": "deux"})
    built.ok("build")
    repository = Repository(built)
    for name, text in (("anna", "eins"), ("ben", "zwei")):
        repository.branch(name)
        save(built, "2024-05-01 10:00+0000", name, **{text: f"{name}!"})
        built.ok("build")
        repository.commit(name)
    assert repository.git("merge", "anna").returncode == 1
    assert repository.ok("diff", "--name-only", "--diff-filter=U").split() == ["content/liste.fr.md"]
    repository.ok("checkout", "--ours", "content/liste.fr.md")
    assert built.ok("build").out.startswith("wrote content/liste.fr.md\n")
    assert built.read("content/liste.fr.md") == "- anna!\n- ben!\n"


def files(folder: Path, base: str, ours: str, theirs: str) -> list[str]:
    for name, content in {"base": base, "ours": ours, "theirs": theirs}.items():
        (folder / name).write_text(content, "utf-8")
    return ["base", "ours", "theirs"]


def test_no_project_is_needed_and_a_clean_merge_says_nothing(tmp_path: Path) -> None:
    ours, theirs = (f'{HEAD}\nmsgid "{text}"\nmsgstr "x"\n' for text in ("a", "b"))
    run = Site(tmp_path).ok("merge-po", *files(tmp_path, HEAD, ours, theirs))
    assert run.out == ""
    merged = (tmp_path / "ours").read_text("utf-8")
    assert 'msgid "a"' in merged
    assert 'msgid "b"' in merged


@pytest.mark.parametrize(("change", "code"), [("", 0), ("x", 1)])
def test_what_is_no_catalog_is_merged_by_lines(tmp_path: Path, change: str, code: int) -> None:
    lines = "eins\nzwei\ndrei\nvier\nfünf\n"
    ours, theirs = lines.replace("eins", f"EINS{change}"), lines.replace("fünf", "FÜNF")
    if change:
        theirs = lines.replace("eins", "anders")
    run = Site(tmp_path).run("merge-po", *files(tmp_path, lines, ours, theirs), "a.po")
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("netzwerk-i18n: a.po (ours):1: ")
    assert run.err.endswith("; a.po was merged by lines\n")
    assert len(run.err.splitlines()) == 1
    merged = (tmp_path / "ours").read_text("utf-8")
    assert ("<<<<<<< ours" in merged) is bool(change)
    assert change or merged == "EINS\nzwei\ndrei\nvier\nFÜNF\n"


def test_what_git_cannot_merge_either_is_left_as_it_was(tmp_path: Path) -> None:
    names = files(tmp_path, HEAD, HEAD, HEAD)
    (tmp_path / "ours").write_bytes(b"\0\xff\0")
    told = complaint(Site(tmp_path).run("merge-po", *names, "a.po"))
    assert told.startswith("a.po (ours):1: ")
    assert (tmp_path / "ours").read_bytes() == b"\0\xff\0"


def test_a_hostile_name_cannot_drive_the_terminal(tmp_path: Path) -> None:
    ours, theirs = (f'{HEAD}\nmsgid "\x1b[2J"\nmsgstr "{text}"\n' for text in ("a", "b"))
    run = Site(tmp_path).run("merge-po", *files(tmp_path, HEAD, ours, theirs), "::error::\x1b[2J.po")
    assert run.code == 1
    assert "\x1b" not in run.err
    assert not any(line.startswith("::") for line in run.err.splitlines())


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    assert "nowhere" in complaint(Site(tmp_path).run("merge-po", "nowhere", "a", "b"))


def test_many_conflicts_are_counted(tmp_path: Path) -> None:
    ours, theirs = (
        HEAD + "".join(f'\nmsgid "{number}"\nmsgstr "{text}"\n' for number in range(50))
        for text in ("a", "b")
    )
    run = Site(tmp_path).run("merge-po", *files(tmp_path, HEAD, ours, theirs), "a.po")
    assert run.code == 1
    assert run.err.splitlines()[-2:] == [
        "30 more conflicts",
        "merge-po: 50 conflicts in a.po; keep one side of each, remove the marks around it, then git add",
    ]
