"""The life of a site: authors, translators and the commands take turns in any order, and no turn may break a promise.

Every translation that a person types begins with a word of its own, by which it is found again wherever it went: nothing
typed is ever lost, and none of it counts as a translation of, or is published for, words it was not typed for. What a
machine drafted, or a person began and did not vouch for, is not published at all.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from netzwerk_i18n import Page
from netzwerk_i18n.build import build, check_build
from netzwerk_i18n.catalog import State
from netzwerk_i18n.config import load_config
from netzwerk_i18n.draft.engines import Setup, create
from netzwerk_i18n.draft.translate import translate
from netzwerk_i18n.extract import check_extract, extract
from netzwerk_i18n.manifest import open_project
from netzwerk_i18n.status import status

WORDS = "Wir gehen heute Abend zusammen in die Stadt und singen laut für den Frieden Petition Berlin".split()
NAMES = ("a", "b", "c/d", "c/e")
SHAPES = ("{}", "## {}", "* {}", "> {}", "Begriff\n: {}", "| A | B |\n|---|---|\n| {} | x |")
PER_PAGE = '[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n'
SIGN = re.compile(r"T[a-z]+T")
SCRIPT = "<script>"

Block = tuple[str, str]


def words_of(text: str) -> tuple[str, ...]:
    """What is said, without markup, link targets and the translator's sign."""
    return tuple(re.findall(r"\w+", SIGN.sub("", re.sub(r"\]\([^)]*\)", "]", text))))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    least = draw(st.sampled_from([1, 9]))  # a long text that changes goes stale, a short one begins anew
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=least + 6))
    words[-1] = draw(st.sampled_from(["{}", "{}", "{}", "**{}**", "[{}](https://a.example/)"])).format(
        words[-1]
    )
    return draw(st.sampled_from(SHAPES)), " ".join(words) + draw(st.sampled_from(["", ".", "!"]))


def edited(draw: Callable[..., Any], block: Block) -> Block:
    """What an author may make of a block: other words, other markup, other white space, another place."""
    shape, text = block
    words = text.split()
    place = draw(st.integers(0, len(words) - 1))
    match draw(st.sampled_from("word word drop drop add add bold link wrap end shape".split())):
        case "word":
            words[place] = draw(st.sampled_from(WORDS))
        case "drop" if len(words) > 1:
            del words[place]
        case "add":
            words.insert(place, draw(st.sampled_from(WORDS)))
        case "bold" if words[place].isalpha():
            words[place] = f"**{words[place]}**"
        case "link" if words[place].isalpha():
            words[place] = f"[{words[place]}](https://b.example/)"
        case "wrap" if shape == "{}" and len(words) > 1:
            words[:2] = ["\n".join(words[:2])]
        case "end":
            words[-1] = words[-1].rstrip(".!") + draw(st.sampled_from(["", ".", "!"]))
        case "shape":
            return draw(st.sampled_from(SHAPES)), " ".join(words)
        case _:
            pass
    return shape, " ".join(words)


class Life(RuleBasedStateMachine):
    """A site with one other language; after every command its promises are looked at."""

    @initialize(
        per_page=st.booleans(), fallback=st.sampled_from(["source", "source", "previous", "previous", "omit"])
    )
    def found(self, *, per_page: bool, fallback: str) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="netzwerk-i18n-life-"))
        self.fallback = fallback
        self.pages: dict[str, list[Block]] = {}
        self.once: list[Block] = []
        self.typed: dict[str, set[tuple[str, ...]]] = {}
        self.by_hand: dict[Path, bytes] = {}
        (self.root / "netzwerk-i18n.toml").write_text(
            '[project]\ndomain = "site"\nsource_locale = "de"\nlocales = ["fr"]\n\n'
            '[pages]\nsource = "content/{path}.de.md"\ntarget = "content/{path}.{lang}.md"\n\n'
            f'[locales.fr]\nfallback = "{fallback}"\nminimum_coverage = 0\n\n{PER_PAGE if per_page else ""}',
            "utf-8",
        )
        self.write(
            "a",
            [
                ("## {}", "Wir gehen heute"),
                ("{}", "Wir singen heute Abend zusammen laut für den Frieden in der Stadt."),
            ],
        )
        self.write(
            "b",
            [
                ("> {}", "Wir gehen heute **Abend** alle zusammen in die Stadt und singen für den Frieden."),
                ("* {}", "Berlin"),
            ],
        )
        self.extract()
        self.translate_all()

    # Authors

    def write(self, name: str, page: list[Block]) -> None:
        self.pages[name] = page
        file = self.root / f"content/{name}.de.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join(shape.format(text) for shape, text in page) + "\n", "utf-8")

    def remove(self, name: str) -> list[Block]:
        (self.root / f"content/{name}.de.md").unlink()
        return self.pages.pop(name)

    def some(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.pages)))

    @rule(data=st.data(), new=blocks())
    def add(self, data: st.DataObject, new: Block) -> None:
        name = self.some(data)
        block = data.draw(st.sampled_from([new, *self.once]))
        place = data.draw(st.integers(0, len(self.pages[name])))
        self.write(name, [*self.pages[name][:place], block, *self.pages[name][place:]])

    @rule(data=st.data(), then=st.sampled_from(["nothing", "extract", "build", "build"]))
    def edit(self, data: st.DataObject, then: str) -> None:
        name = self.some(data)
        page = self.pages[name]
        if page:
            place = data.draw(st.integers(0, len(page) - 1))
            self.once.append(page[place])
            self.write(name, [*page[:place], edited(data.draw, page[place]), *page[place + 1 :]])
        if then != "nothing":
            self.extract()
        if then == "build":
            self.build()

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        name, other = self.some(data), self.some(data)
        if self.pages[name]:
            place = data.draw(st.integers(0, len(self.pages[name]) - 1))
            block = self.pages[name].pop(place)
            self.write(name, self.pages[name])
            if data.draw(st.booleans()):
                self.write(other, [*self.pages[other], block])

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, name: str) -> None:
        if name not in self.pages:
            self.write(name, self.remove(self.some(data)))

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def make_or_remove(self, data: st.DataObject, name: str) -> None:
        if name not in self.pages:
            self.write(name, data.draw(st.lists(blocks(), max_size=3)))
        elif len(self.pages) > 1:
            self.once += self.remove(name)

    # Translators

    def catalogs(self) -> Iterator[tuple[Path, polib.POFile]]:
        for file in sorted((self.root / "locales/fr").rglob("*.po")):
            yield file, polib.pofile(str(file), wrapwidth=0)

    def new_sign(self) -> str:
        number, sign = len(self.typed), ""
        for _ in range(3):
            number, letter = divmod(number, 26)
            sign += chr(ord("a") + letter)
        sign = f"T{sign}T"
        self.typed[sign] = set()
        return sign

    def say(self, entry: polib.POEntry, text: str = "{} {}") -> None:
        sign = self.new_sign()
        self.typed[sign].add(words_of(entry.msgid))
        entry.msgstr = text.format(sign, entry.msgid)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = entry.previous_msgctxt = None

    @rule()
    def translate_all(self) -> None:
        for _, catalog in self.catalogs():
            for entry in catalog:
                if not entry.obsolete and not entry.translated():
                    self.say(entry)
            catalog.save()

    @rule(data=st.data(), width=st.sampled_from([0, 78]))
    def work(self, data: st.DataObject, width: int) -> None:
        for _, catalog in self.catalogs():
            live = [entry for entry in catalog if not entry.obsolete]
            for entry in data.draw(st.lists(st.sampled_from(live), max_size=3, unique_by=id)) if live else ():
                match data.draw(st.sampled_from("say say begin harm approve doubt note empty".split())):
                    case "say":
                        self.say(entry)
                    case "harm":
                        self.say(entry, f"{SCRIPT}{{}}</script> {{}}")
                    case "begin":
                        self.begin(entry)
                    case "approve" if entry.fuzzy and SIGN.search(entry.msgstr):
                        entry.flags.remove("fuzzy")
                        for sign in SIGN.findall(entry.msgstr):
                            self.typed[sign].add(words_of(entry.msgid))
                    case "doubt" if entry.translated():
                        entry.flags.append("fuzzy")
                    case "empty":
                        entry.msgstr = ""
                    case _:
                        entry.tcomment = "Eine Notiz"
            catalog.wrapwidth = width
            catalog.save()

    def begin(self, entry: polib.POEntry) -> None:
        """Write something, or change a machine's draft, and leave it for later.

        A stale translation that somebody once vouched for is left alone: what is changed in that can be told from
        nothing that the catalog holds.
        """
        if not entry.msgstr or (entry.fuzzy and "mt: " in entry.tcomment):
            entry.msgstr = f"{self.new_sign()} {entry.msgstr or entry.msgid}"
            entry.flags = ["fuzzy"]

    @rule(data=st.data(), stale=st.booleans(), then=st.sampled_from(["nothing", "edit", "begin", "begin"]))
    def draft(self, data: st.DataObject, *, stale: bool, then: str) -> None:
        """Have a machine translate what changed; then the author changes something again, or a person begins."""
        self.edit(data, "extract")
        signs = self.signs()
        translate(open_project(load_config(self.root)), create(Setup("pseudo")), stale=stale)
        lost = signs - self.signs()
        assert not lost or (stale and all(self.typed[sign] for sign in lost)), "a translation is lost"
        if then == "edit":
            self.edit(data, "extract")
        elif then == "begin":
            for _, catalog in self.catalogs():
                for entry in catalog:
                    if not entry.obsolete:
                        self.begin(entry)
                catalog.save()
            self.extract()
            self.build()

    @rule(data=st.data(), gone=st.booleans())
    def touch_a_localized_page(self, data: st.DataObject, *, gone: bool) -> None:
        files = sorted((self.root / "content").rglob("*.fr.md"))
        if files:
            file = data.draw(st.sampled_from(files))
            self.by_hand.pop(file, None)
            if gone:
                file.unlink()
            else:
                file.write_bytes(file.read_bytes() + b"\nVon Hand.\n")
                self.by_hand[file] = file.read_bytes()

    # The commands, and what they promise

    def signs(self) -> set[str]:
        return {
            sign for _, catalog in self.catalogs() for entry in catalog for sign in SIGN.findall(entry.msgstr)
        }

    def translations(self) -> dict[tuple[Path, str], str]:
        return {
            (file, entry.msgid): entry.msgstr
            for file, catalog in self.catalogs()
            for entry in catalog
            if entry.translated()
        }

    def files(self) -> dict[Path, tuple[bytes, int]]:
        found = (file for file in self.root.rglob("*") if file.is_file() and file.name != "lock")
        return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in found}

    @rule()
    def extract(self) -> None:
        signs, before, files = self.signs(), self.translations(), self.files()
        expected = check_extract(open_project(load_config(self.root)))
        assert self.files() == files, "a look wrote something"
        done = extract(open_project(load_config(self.root)))
        assert (done.changed, done.errors) == (expected.changed, [])
        assert signs <= self.signs(), "a translation is lost"
        live = {
            (file, entry.msgid): entry
            for file, catalog in self.catalogs()
            for entry in catalog
            if not entry.obsolete
        }
        for place, text in before.items():
            assert place not in live or (live[place].msgstr, live[place].fuzzy) == (text, False)
        for (file, msgid), text in self.translations().items():
            assert SIGN.search(text), f"{file}: a draft counts as a translation of {msgid!r}"
            for sign in SIGN.findall(text):
                assert words_of(msgid) in self.typed[sign], (
                    f"{file}: {text!r} counts as a translation of {msgid!r}"
                )
        self.require_rest(lambda: extract(open_project(load_config(self.root))))
        if shutil.which("msgcat"):
            for file, _ in self.catalogs():
                printed = subprocess.run(
                    ["msgcat", "--no-wrap", "--force-po", file], capture_output=True, check=True
                )
                assert printed.stdout == file.read_bytes()

    @rule()
    def build(self) -> None:
        expected = check_build(open_project(load_config(self.root)))
        done = build(open_project(load_config(self.root)))
        assert (done.written, done.removed, done.errors) == (expected.written, expected.removed, [])
        self.require_rest(lambda: build(open_project(load_config(self.root))))
        for file, data in self.by_hand.items():
            assert file.read_bytes() == data, "a page edited by hand was overwritten"
        there = set((self.root / "content").rglob("*.fr.md")) - self.by_hand.keys()
        assert there <= {self.root / f"content/{name}.fr.md" for name in self.pages}
        for file in there:
            source = Page.parse((file.with_name(file.name.replace(".fr.", ".de."))).read_text("utf-8"))
            self.require_only_what_was_typed_for_it(source, Page.parse(file.read_text("utf-8")))

    def require_only_what_was_typed_for_it(self, source: Page, localized: Page) -> None:
        assert SCRIPT not in localized.text
        if self.fallback == "omit":
            return
        for own, other in zip(source.segments, localized.segments, strict=True):
            signs = SIGN.findall(other.text)
            assert signs or other.text == own.text
            assert all(self.typed[sign] for sign in signs), "nobody vouches for what is published"
            if self.fallback == "source":
                assert all(words_of(own.text) in self.typed[sign] for sign in signs)

    def require_rest(self, again: Callable[[], object]) -> None:
        files = self.files()
        again()
        assert self.files() == files, "a second run wrote something"

    @rule()
    def look(self) -> None:
        self.extract()
        files = self.files()
        tally = status(open_project(load_config(self.root))).locales["fr"].total
        assert self.files() == files, "a look wrote something"
        live = [entry for _, catalog in self.catalogs() for entry in catalog if not entry.obsolete]
        assert sum(tally.messages.values()) == len(live)
        assert tally.messages[State.UNTRANSLATED] == sum(not entry.msgstr for entry in live)
        harmful = sum(entry.translated() and SCRIPT in entry.msgstr for entry in live)
        assert tally.messages[State.BROKEN] == harmful
        assert tally.messages[State.TRANSLATED] == sum(entry.translated() for entry in live) - harmful

    def teardown(self) -> None:
        if hasattr(self, "root"):
            shutil.rmtree(self.root)


@pytest.mark.parametrize("kept", ["off", "on"])
def test_no_turn_breaks_a_promise(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETZWERK_I18N_CACHE", kept if kept == "off" else os.fspath(tmp_path))
    monkeypatch.setenv("NETZWERK_I18N_JOBS", "1")
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=60, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
