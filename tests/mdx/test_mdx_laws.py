"""Pages of MDX as MDX itself reads them: localized they have the same blocks, all words are translated, and no code is."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, example, given, reject
from hypothesis import settings as tries
from hypothesis import strategies as st
from mdx_pages import PAGES

from netzwerk_i18n import Page
from netzwerk_i18n.page import PageSettings

FOLDER = Path(__file__).parent
INSTALLED = FOLDER.parents[1] / "build" / "npm"
READER = ["node", "--input-type=module", "--eval", (FOLDER / "read_mdx.mjs").read_text("utf-8")]


def _runs() -> bool:
    if not INSTALLED.is_dir():
        return False
    try:
        done = subprocess.run(READER, input=b'"Text"\n', cwd=INSTALLED, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


pytestmark = pytest.mark.skipif(not _runs(), reason="what reads MDX is not installed: run make npm")

SETTINGS = PageSettings(is_mdx=True, container_titles=True)
WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP_OR_WORD = re.compile(r"`[^`]*`|\{[^{}]*\}|<[^<>]*>|\]\([^()]*\)|\\.|(?P<word>[^\W\d_]{2,})", re.DOTALL)

Blocks = list[tuple[str, str, bool]]


class Mdx:
    """The real reader of MDX, which answers page by page."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            READER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=INSTALLED,
            text=True,
            encoding="utf-8",
        )

    def read(self, page: str) -> Blocks | str:
        """The blocks of a page, or why it is none."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(page) + "\n")
        process.stdin.flush()
        found: Blocks | str = json.loads(process.stdout.readline())
        return found

    def close(self) -> None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


@pytest.fixture(scope="module")
def mdx() -> Iterator[Mdx]:
    reader = Mdx()
    yield reader
    reader.close()


def marked(text: str) -> str:
    """A text with every word changed that is none of its markup's."""
    return MARKUP_OR_WORD.sub(lambda found: found[0] + "Q" if found["word"] else found[0], text)


def violations(mdx: Mdx, text: str, settings: PageSettings = SETTINGS) -> list[str]:
    """What is wrong with the localized page; nothing where the source is no page of MDX."""
    before = mdx.read(text)
    if isinstance(before, str):
        return []
    page = Page.parse(text, settings)
    assert page.render(lambda segment: segment.text) == text
    localized = page.render(lambda segment: marked(segment.text))
    after = mdx.read(localized)
    if isinstance(after, str):
        return [f"MDX does not read it any more: {after}"]
    if [kind for kind, _, _ in before] != [kind for kind, _, _ in after]:
        return ["it has other blocks"]
    found = []
    for (_, old, is_code), (_, new, _) in zip(before, after, strict=True):
        if is_code and old != new:
            found.append(f"code was changed: {old} -> {new}")
        elif not is_code and old == new and WORD.search(old):
            found.append(f"not translated: {old}")
        elif not is_code and any(not word.endswith("Q") for word in WORD.findall(new)):
            found.append(f"not translated as a whole: {new}")
    return found


@tries(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAGES)
@example("<Tabs>\n  <TabItem>\n\n    - eins\n    - zwei\n\n  </TabItem>\n</Tabs>\n")
@example("<Tabs>\n- eins\n  zwei\n</Tabs>\n")
@example("> {list.map((x) => (\n>   <li>{x}</li>\n> ))}\neins\n")
@example("eins\n{/* k */} <Foo />\nzwei\n")
def test_localized_pages_have_the_blocks_of_their_source(mdx: Mdx, text: str) -> None:
    assume(not isinstance(mdx.read(text), str))
    assert violations(mdx, text) == [], text


@tries(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAGES, st.randoms(use_true_random=False))
def test_what_is_left_of_a_page_is_what_it_was(mdx: Mdx, text: str, chance: Random) -> None:
    before = mdx.read(text)
    if isinstance(before, str):
        reject()
    page = Page.parse(text, SETTINGS)
    left = page.without([segment for segment in page.segments if chance.random() < 0.4])
    after = mdx.read(left.text)
    assert not isinstance(after, str), left.text
    assert [code for _, code, is_code in after if is_code] == [code for _, code, is_code in before if is_code]
    words = [Counter(WORD.findall(" ".join(text for _, text, _ in found))) for found in (before, after)]
    assert words[1] <= words[0], left.text
    again = Page.parse(left.text, SETTINGS).segments
    assert [segment.text for segment in again] == [segment.text for segment in left.segments]


def test_the_law_can_fail(mdx: Mdx) -> None:
    text = "<Tabs>\n  <TabItem>\n\n    eins\n\n  </TabItem>\n</Tabs>\n"
    assert violations(mdx, text, PageSettings()) == ["not translated: eins"]
    assert violations(mdx, "eins\n{wert}\nzwei\n", PageSettings()) == ["it has other blocks"]
