"""The words of a theme and the rows of a list are shown in each language by a real Hugo."""

import sys
from pathlib import Path

import polib
import pytest
from test_hugo_addresses import HUGO, run, translate

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")

CONFIG = """\
baseURL = "https://example.org/"
defaultContentLanguage = "de"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "rss", "sitemap", "section", "404", "home"]
[languages.de]
weight = 1
[languages.fr]
weight = 2
"""
LAYOUT = """\
{{ i18n "mehr" }}|{{ i18n "dauer" 1 }}|{{ i18n "dauer" 5 }}|
{{- range index site.Data site.Language.Lang "petitionen" }}{{ .name }} {{ .url }}|{{ end }}{{ .Content }}
"""
WORDS = {
    "toml": 'mehr = "Weiter"\n[dauer]\none = "Eine Minute"\nother = \'{{ .Count }} Minuten\'  # Lesezeit\n',
    "yaml": '- id: mehr\n  translation: Weiter\n- id: dauer\n  translation:\n    one: "Eine Minute"\n'
    '    other: "{{ .Count }} Minuten"\n',
    "json": '{"mehr": {"other": "Weiter"}, "dauer": {"one": "Eine Minute", "other": "{{ .Count }} Minuten"}}\n',
}
ROWS = "- name: Klima retten  # eins\n  url: /klima\n- {name: 'Wälder', url: /wald}\n"
MORE = """
[[pages.more]]
source = "data/de/{path}.yaml"
target = "data/{lang}/{path}.yaml"
keys = ["name"]
"""
FRENCH = {
    "Weiter": 'Lire: "la suite"',
    "Eine Minute": "Une minute",
    "{{ .Count }} Minuten": "# {{ .Count }} minutes d'« été »",
    "Klima retten": "Sauver: le climat",
    "Wälder": "- Forêts, [bois] # tous",
    "Titel": "Titre",
    "Der Text, der auf der Seite steht.": "Le texte de la page.",
}


@pytest.mark.parametrize("form", WORDS)
def test_words_and_rows_are_those_of_the_readers_language(tmp_path: Path, form: str) -> None:
    (tmp_path / "hugo.toml").write_text(CONFIG)
    for folder in ("content", "layouts", "i18n", "data/de"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "content/a.md").write_text(
        "---\ntitle: Titel\n---\n\nDer Text, der auf der Seite steht.\n", "utf-8"
    )
    (tmp_path / "layouts/single.html").write_text(LAYOUT)
    (tmp_path / f"i18n/de.{form}").write_text(WORDS[form], "utf-8")
    (tmp_path / "data/de/petitionen.yaml").write_text(ROWS, "utf-8")
    tool = (sys.executable, "-m", "netzwerk_i18n")
    run(tmp_path, *tool, "init")
    configuration = tmp_path / "netzwerk-i18n.toml"
    configuration.write_text(configuration.read_text("utf-8") + MORE, "utf-8")
    run(tmp_path, *tool, "extract")
    translate(tmp_path, FRENCH)
    run(tmp_path, *tool, "build")
    assert HUGO is not None
    run(tmp_path, HUGO)
    shown = (tmp_path / "public/fr/a/index.html").read_text("utf-8")
    assert shown.rstrip() == (
        "Lire: &#34;la suite&#34;|Une minute|# 5 minutes d&#39;« été »|Sauver: le climat /klima|"
        "- Forêts, [bois] # tous /wald|<p>Le texte de la page.</p>"
    )
    assert (
        (tmp_path / "public/de/a/index.html")
        .read_text("utf-8")
        .startswith("Weiter|Eine Minute|5 Minuten|Klima retten /klima|Wälder /wald|")
    )


def test_menus_and_parameters_are_those_of_the_readers_language_or_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(CONFIG.replace("[languages.fr]", "[languages.es]\n[languages.fr]"))
    for folder in ("content", "layouts", "config/_default"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("a.md", "a.es.md", "a.fr.md"):
        (tmp_path / "content" / name).write_text("")
    (tmp_path / "layouts/single.html").write_text(
        "{{ range site.Menus.main }}{{ .Name }} {{ .URL }}|{{ end }}{{ site.Params.hero.title }}|{{ site.Params.logo }}"
    )
    (tmp_path / "config/_default/menus.de.toml").write_text(
        "[[main]]\nname = 'Über uns'\npageRef = '/a'\n", "utf-8"
    )
    (tmp_path / "config/_default/params.de.toml").write_text(
        'logo = "a.svg"\n[hero]\ntitle = "Willkommen" # oben\n', "utf-8"
    )
    tool = (sys.executable, "-m", "netzwerk_i18n")
    run(tmp_path, *tool, "init")
    run(tmp_path, *tool, "extract")
    translate(tmp_path, {"Über uns": "À propos", "Willkommen": 'Bienvenue, "amis"'})
    run(tmp_path, *tool, "build")
    assert HUGO is not None
    run(tmp_path, HUGO)
    shown = {
        lang: (tmp_path / f"public/{lang}/a/index.html").read_text("utf-8") for lang in ("de", "es", "fr")
    }
    assert shown == {
        "de": "Über uns /de/a/|Willkommen|a.svg",
        "es": "Über uns /es/a/|Willkommen|a.svg",
        "fr": "À propos /fr/a/|Bienvenue, &#34;amis&#34;|a.svg",
    }


POLISH = {
    (None, "Weiter"): "Dalej",
    (None, "Eine Minute"): "Minuta",
    ("plural: few", "{{ .Count }} Minuten"): "{{ .Count }} minuty",
    ("plural: many", "{{ .Count }} Minuten"): "{{ .Count }} minut",
    (None, "{{ .Count }} Minuten"): "{{ .Count }} minuty",
}


@pytest.mark.parametrize("form", WORDS)
def test_each_number_has_the_plural_form_of_the_readers_language(tmp_path: Path, form: str) -> None:
    (tmp_path / "hugo.toml").write_text(CONFIG.replace("languages.fr", "languages.pl"))
    for folder in ("content", "layouts", "i18n"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "content/a.md").write_text("")
    (tmp_path / "content/a.pl.md").write_text("")
    (tmp_path / "layouts/single.html").write_text(
        '{{ range slice 1 2 5 12 22 }}{{ i18n "dauer" . }}|{{ end }}'
    )
    (tmp_path / f"i18n/de.{form}").write_text(WORDS[form], "utf-8")
    tool = (sys.executable, "-m", "netzwerk_i18n")
    run(tmp_path, *tool, "init")
    run(tmp_path, *tool, "extract")
    (path,) = tmp_path.glob("locales/pl/LC_MESSAGES/*.po")
    catalog = polib.pofile(str(path), wrapwidth=100_000)
    for entry in catalog:
        entry.msgstr = POLISH[entry.msgctxt, entry.msgid]
    catalog.save()
    run(tmp_path, *tool, "build")
    assert HUGO is not None
    run(tmp_path, HUGO)
    assert (tmp_path / "public/pl/a/index.html").read_text("utf-8") == (
        "Minuta|2 minuty|5 minut|12 minut|22 minuty|"
    )
    assert (tmp_path / "public/de/a/index.html").read_text("utf-8").startswith("Eine Minute|2 Minuten|")
