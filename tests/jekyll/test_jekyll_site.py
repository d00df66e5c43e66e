"""What a real Jekyll makes of localized pages: their language, their addresses, and what they hand to included files."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from parameter_pages import localized_pages

JEKYLL = shutil.which("jekyll")
POLYGLOT = any(Path("/usr/share/rubygems-integration").glob("all/gems/jekyll-polyglot-*"))

pytestmark = pytest.mark.skipif(JEKYLL is None, reason="jekyll is not installed")

LAYOUT = """\
<html lang="{{ page.lang }}"><head><title>{{ page.title }}</title></head><body>{{ content }}</body></html>
"""
FIGURE = """\
<figure><img src="{{ include.src }}" alt="{{ include.alt | escape }}"><figcaption>{{ include.caption }}</figcaption></figure>
"""
PAGES = {
    "index.md": """\
---
layout: default
title: Start
lang: de
permalink: /
---

# {{ page.title }}

Willkommen bei **{{ site.title }}**.
{: .lead}

{% include figure.html src="x.png" alt='Ein Bild' caption="Wir in \\"Köln\\"" %}

{% if page.title %}
Mehr im [Beitrag]({% post_url 2024-05-01-eins %}).
{% endif %}

| Ort | Tag |
|-----|-----|
| Köln | Montag |
{: .table}
""",
    "mitmachen.md": "---\nlayout: default\ntitle: Mitmachen\npermalink: /mitmachen/\n---\n\nAlle sind dabei.\n",
    "_posts/2024-05-01-eins.md": "---\nlayout: default\ntitle: Eins\n---\n\nDer erste Beitrag.\n",
}
FRENCH = {
    "Start": "Accueil",
    "Willkommen bei **{{ site.title }}**.": "Bienvenue chez **{{ site.title }}**.",
    "Ein Bild": 'C\'est une "image"',
    'Wir in "Köln"': 'Nous à "Cologne" : l\'équipe',
    "Mehr im [Beitrag]({% post_url 2024-05-01-eins %}).": "Plus dans [l'article]({% post_url 2024-05-01-eins %}).",
    "Ort": "Lieu",
    "Tag": "Jour",
    "Köln": "Cologne",
    "Montag": "lundi",
    "Mitmachen": "Participer",
    "Alle sind dabei.": "Tout le monde participe.",
    "Eins": "Un",
    "Der erste Beitrag.": "Le premier article.",
}


def run(site: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "netzwerk_i18n", *arguments],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def jekyll(site: Path) -> dict[str, str]:
    """Build the site; its pages by their addresses."""
    done = subprocess.run(
        [str(JEKYLL), "build", "--strict_front_matter", "--quiet"],
        cwd=site,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = site / "_site"
    return {
        path.relative_to(built).as_posix(): " ".join(path.read_text("utf-8").split())
        for path in built.glob("**/*.html")
    }


def write(site: Path, config: str, pages: dict[str, str] = PAGES) -> None:
    files = {
        "_config.yml": config,
        "_layouts/default.html": LAYOUT,
        "_includes/figure.html": FIGURE,
        "README.md": "# No page\n\nIt has no front matter.\n",
        **pages,
    }
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")


def localize(site: Path, *arguments: str) -> None:
    """The whole way from no configuration to localized pages."""
    run(site, "init", *arguments)
    run(site, "extract")
    (path,) = site.glob("locales/fr/LC_MESSAGES/*.po")
    catalog = polib.pofile(str(path), wrapwidth=100_000)
    assert {entry.msgid for entry in catalog} == FRENCH.keys()
    for entry in catalog:
        entry.msgstr = FRENCH[entry.msgid]
    catalog.save()
    run(site, "build")
    run(site, "check")


def test_pages_of_a_language_lie_in_its_folder_and_say_what_they_are(tmp_path: Path) -> None:
    collection = {"_wissen/teil/eins.md": PAGES["_posts/2024-05-01-eins.md"]}
    config = "title: Netzwerk\nlang: de\ncollections: {wissen: {output: true}}\nexclude: [locales, netzwerk-i18n.toml]\n"
    write(tmp_path, config, PAGES | collection)
    localize(tmp_path, "--locale", "fr")
    pages = jekyll(tmp_path)
    assert pages.keys() == {
        "wissen/teil/eins.html",
        "wissen/fr/teil/eins.html",
        "index.html",
        "mitmachen/index.html",
        "2024/05/01/eins.html",
        "fr/index.html",
        "fr/mitmachen/index.html",
        "fr/2024/05/01/eins.html",
    }
    start = pages["fr/index.html"]
    assert start.startswith('<html lang="fr"><head><title>Accueil</title>')
    assert '<p class="lead">Bienvenue chez <strong>Netzwerk</strong>.</p>' in start
    (figure,) = re.findall("<figure>(.*)</figure>", start)
    assert html.unescape(figure) == (
        '<img src="x.png" alt="C\'est une "image"" /><figcaption>Nous à "Cologne" : l\'équipe</figcaption>'
    )
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", start) == ["Lieu", "Jour", "Cologne", "lundi"]
    assert '<html lang="fr">' in pages["fr/mitmachen/index.html"]
    assert '<html lang="fr">' in pages["fr/2024/05/01/eins.html"]
    assert '<html lang="fr">' in pages["wissen/fr/teil/eins.html"]
    assert "Le premier article." in pages["wissen/fr/teil/eins.html"]
    assert '<html lang="de">' in pages["index.html"]
    assert "Willkommen" in pages["index.html"]


@pytest.mark.skipif(not POLYGLOT, reason="the plugin Polyglot is not installed")
def test_polyglot_shows_each_page_in_the_readers_language(tmp_path: Path) -> None:
    config = (
        "title: Netzwerk\nplugins: [jekyll-polyglot]\nlanguages: [de, fr]\ndefault_lang: de\n"
        "exclude_from_localization: []\nparallel_localization: false\nexclude: [locales, netzwerk-i18n.toml]\n"
    )
    pages = dict(PAGES)
    pages["_posts/2024-05-01-eins.md"] = pages["_posts/2024-05-01-eins.md"].replace(
        "title", "permalink: /eins/\ntitle"
    )
    pages["_wissen/teil/eins.md"] = pages["_posts/2024-05-01-eins.md"].replace("/eins/", "/wissen/eins/")
    pages["_data/de/worte.yml"] = "# Worte\nruf: 'Mitmachen'  # oben\nziel: /mitmachen/\n"
    pages["_layouts/default.html"] = f"{LAYOUT}<nav>{{{{ site.data.worte.ruf }}}}</nav>"
    write(tmp_path, f"{config}collections: {{wissen: {{output: true}}}}\n", pages)
    localize(tmp_path)
    assert (tmp_path / "_data/fr/worte.yml").read_text("utf-8") == (
        "# Worte\nruf: 'Participer'  # oben\nziel: /mitmachen/\n"
    )
    built = jekyll(tmp_path)
    assert built.keys() == {
        f"{folder}{page}index.html"
        for folder in ("", "fr/")
        for page in ("", "mitmachen/", "eins/", "wissen/eins/")
    }
    for path, text in built.items():
        assert f'<html lang="{"fr" if path.startswith("fr/") else "de"}">' in text or 'lang=""' in text
        assert f"<nav>{'Participer' if path.startswith('fr/') else 'Mitmachen'}</nav>" in text
    assert "Tout le monde participe." in built["fr/mitmachen/index.html"]
    assert "Le premier article." in built["fr/eins/index.html"]
    assert "Le premier article." in built["fr/wissen/eins/index.html"]
    assert "Der erste Beitrag." in built["wissen/eins/index.html"]
    assert "Alle sind dabei." in built["mitmachen/index.html"]


SOURCES = ['caption="Wort drei"', "caption='Wort drei'", 'caption = "Wort drei"']
TEXTS = [
    *("un deux", 'a "b" c', "l'été", "l'\"été\"", "\\frac{a}{b}", 'a "b" \\c', "l'a \\c", '"', "'", "a`b", "»é«"),
    *("a=b", "a/b", 'x="y"', "C:\\", "'\"\\x", "a\nb", "{a}", "{{ a }}", "% a", "a %} b"),
]  # fmt: skip


def test_jekyll_hands_every_parameter_on_as_its_translation(tmp_path: Path) -> None:
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes/p.html").write_text(
        "[{{ include.caption | jsonify }},{{ include.width | jsonify }}]"
    )
    (tmp_path / "_config.yml").write_text("markdown_ext: md\n")
    expected: dict[str, list[str]] = {}
    refused = 0
    for message, text, page in localized_pages(
        "---\n---\n{% include p.html SOURCE width='x' %}\n", SOURCES, TEXTS
    ):
        assert message == "Wort drei"
        if page is None:
            refused += 1
            continue
        name = f"x{len(expected)}.html"
        (tmp_path / name).write_text(page)
        expected[name] = [text.replace("\n", " "), "x"]
    assert {path: json.loads(text) for path, text in jekyll(tmp_path).items()} == expected
    assert refused == 4 * len(SOURCES)
