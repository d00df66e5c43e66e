"""Whatever the checks accept, Hugo builds, and its links lead where those of the source page lead.

Many generated pages with generated translations go through one run of Hugo; nearly all translations are hostile, and
the tool itself decides which of them are published.
"""

import random
from collections import Counter
from pathlib import Path

import pytest
from hugo_pages import read_html
from test_check_errors_laws import NASTY, WORDS
from test_hugo_site import HUGO, hugo

from netzwerk_i18n.catalog import Catalog, Header, Message, format_catalog, read_catalog
from netzwerk_i18n.config import load_config
from netzwerk_i18n.localize import localize_page
from netzwerk_i18n.manifest import open_project
from netzwerk_i18n.page import Page
from netzwerk_i18n.walk import Visit

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")

PAGES = 150
"""Pages of one run; Hugo takes most of its time for the first."""

CONFIGURATION = """\
[project]
domain = "law"
source_locale = "de"
locales = ["fr"]

[pages]
source = "content/{path}.de.md"
target = "content/{path}.{lang}.md"

[catalogs]
template = "locales/{path}.pot"
catalog = "locales/{locale}/{path}.po"

[locales.fr]
minimum_coverage = 0
"""

HUGO_CONFIGURATION = """\
baseURL = "https://site.example/"
defaultContentLanguage = "de"
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "404"]
[languages.de]
weight = 1
[languages.fr]
weight = 2
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""

LAYOUT = (
    "<!DOCTYPE html><html><head><title>{{ .Title }}</title></head>"
    '<body data-description="{{ .Description }}"><main>{{ .Content }}</main></body></html>'
)

TEMPLATES = (
    "---\ntitle: {0}\ndescription: '{1}'\n---\n\n# {2}\n\n{3}\n\n[l]: /target \"{4}\"\n\n[^1]: {5}\n",
    '+++\ntitle = "{0}"\n+++\n\n- {1}\n- {2}\n\n  {3}\n- [ ] {4}\n\n> {5}\n',
    "| {0} | {1} |\n| --- | --- |\n| {2} | {3} |\n\n{4}\n: {5}\n",
    "{0}  \n{1}\n\n> {2}\\\n> {3}\n\n1. {4}  \n   {5}\n",
    '{0}\n===\n\n{1}\n{2}\n---\n\n{{{{< box text="{3}" >}}}}\n\n<p title="{4}">{5}</p>\n',
)

BARE = "bare address "

EXTRA = [
    "{{< nothing >}}", "+1", "-5", "{a", "{{< s", "{{% s %}}", ">}}", "{{ .Title }}", "https://e.org/%2e", "[x](https://%2e/)", "[x](javascript:y)",
    "www.evil.example", "a@evil.example", "<img src=//evil.example>", "![x](//evil.example)", "{onclick=x}", "{#id}", "$$", "@", "# x",
    ": x", "%", "`", "*a*", "!!", "\u2028", "{{</* s */>}}", "&#x7b;&#x7b;< s >}}", "\\{\\{< s >}}",
]  # fmt: skip


def text(random_: random.Random) -> str:
    """A source text: words and a little markup that every page can hold."""
    words = [random_.choice(WORDS) for _ in range(random_.randint(1, 4))]
    return "Wort " + " ".join(words).replace('"', "").replace("|", "").replace("\\", "").replace(
        "[t][l]", "t"
    )


def spoiled(random_: random.Random, source: str) -> str:
    """A translation: the source with up to three hostile pieces in it."""
    parts = source.split(" ")
    for _ in range(random_.randint(0, 3)):
        place = random_.randint(0, len(parts))
        parts[place : place + random_.randint(0, 1)] = [random_.choice(NASTY + WORDS + EXTRA)]
    return random_.choice((" ", " ", " ", "")).join(parts).replace("\0", "")


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())


def make_site(site: Path, seed: int) -> int:
    """Pages and catalogs; returns how many changed translations are published."""
    random_ = random.Random(seed)  # noqa: S311 - the same pages every time
    write(site / "netzwerk-i18n.toml", CONFIGURATION)
    write(site / "hugo.toml", HUGO_CONFIGURATION)
    write(site / "layouts/_default/single.html", LAYOUT)
    write(site / "layouts/shortcodes/s.html", "s")
    write(site / "layouts/shortcodes/box.html", '<aside title="{{ .Get "text" }}"></aside>')
    for number in range(PAGES):
        template = random_.choice(TEMPLATES)
        texts = [text(random_) for _ in range(6)]
        if "text=" in template:
            texts = [one.replace("{{< s >}}", "") for one in texts]  # no shortcode within another's tag
        source = template.format(*texts)
        write(site / f"content/p{number}.de.md", source)
        messages = {s.key: Message(s.text, spoiled(random_, s.text)) for s in Page.parse(source).segments}
        header = Header({"Language": "fr", "Content-Type": "text/plain; charset=UTF-8"})
        write(
            site / f"locales/fr/p{number}.po",
            format_catalog(Catalog(header, tuple(messages.values()))).decode(),
        )
    return publish(site)


def publish(site: Path) -> int:
    """Write the localized pages as `build` does; how many translations on them differ from their source."""
    project = open_project(load_config(site))
    locale = project.config.locale("fr")
    changed = 0
    for source in project.pages:
        catalog_path = project.catalog_path(locale, source)
        catalog = read_catalog(project.file(catalog_path), name=catalog_path)
        assert catalog is not None
        page = Page.parse(project.read_page(source), project.config.page)
        localized = localize_page(project, Visit(source, page, locale, catalog, catalog_path))
        assert localized.data is not None
        (site / localized.target).write_bytes(localized.data)
        changed += sum(
            message.msgstr != message.msgid
            for message in catalog.messages
            if message.key in localized.published
        )
    return changed


def links(path: Path) -> Counter[str]:
    """What a page leads to, loads and runs; a bare address that Hugo made a link of is marked as such."""
    html = read_html(path.read_text("utf-8"))
    found: Counter[str] = Counter()
    for element in html.elements:
        target = element.attributes.get("href", "")
        if element.tag == "a" and element.text and target.removeprefix("mailto:") == element.text:
            found[f"{BARE}{target}"] += 1
            continue
        for name in ("href", "src", "action", "formaction", "poster", "srcdoc", "style"):
            if name in element.attributes:
                found[f"{element.tag} {name} {element.attributes[name]}"] += 1
        found.update(f"handler {name}" for name in element.attributes if name.startswith("on"))
        if element.tag in {"script", "iframe", "form", "object", "embed", "base", "meta", "svg"}:
            found[element.tag] += 1
    return found


@pytest.mark.parametrize("seed", range(6))
def test_hugo_builds_what_is_accepted_and_its_links_are_the_sources(tmp_path: Path, seed: int) -> None:
    changed = make_site(tmp_path, seed)
    assert changed > PAGES  # or the law would hold for nothing
    hugo(tmp_path)
    public = tmp_path / "public"
    for number in range(PAGES):
        german, french = (links(public / part / f"p{number}/index.html") for part in ("", "fr"))
        source = (tmp_path / f"content/p{number}.de.md").read_text("utf-8")
        target = (tmp_path / f"content/p{number}.fr.md").read_text("utf-8")
        assert not french - german, f"{source}\n=====\n{target}"
        # Languages without blanks write on before an address, and then Hugo makes no link of it.
        lost = [one for one in german - french if not one.startswith(BARE)]
        assert not lost, f"{source}\n=====\n{target}"
