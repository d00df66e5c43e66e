"""The states of a message, and what of it is published."""

from collections.abc import Callable

import polib
import pytest
from cli_site import FRENCH, PAGE, Site

from netzwerk_i18n.catalog.mark import Mark

SOURCE, OLD, NEW = "Erster Satz.", "Phrase ancienne.", "Première phrase."
Change = Callable[[polib.POEntry], None]

DRAFTS = 'publish = "drafts"\n'
PREVIOUS = 'fallback = "previous"\n'
OMIT = 'fallback = "omit"\n'


def _translated(entry: polib.POEntry) -> None:
    entry.msgstr = NEW


def _untranslated(entry: polib.POEntry) -> None:
    entry.msgstr = ""


def _fuzzy(entry: polib.POEntry) -> None:
    entry.msgstr = NEW
    entry.flags.append("fuzzy")


def _stale(entry: polib.POEntry) -> None:
    _fuzzy(entry)
    entry.msgstr = OLD
    entry.previous_msgid = "Alter Satz."


def _draft(entry: polib.POEntry) -> None:
    _fuzzy(entry)
    entry.tcomment = "mt: google"


def _stale_draft(entry: polib.POEntry) -> None:
    _stale(entry)
    entry.tcomment = "mt: google"


def _marked(msgid: str, msgstr: str) -> Change:
    """A fuzzy translation with the mark of a draft that was made from this text and said that."""

    def change(entry: polib.POEntry) -> None:
        _fuzzy(entry)
        entry.tcomment = Mark.of(msgid, msgstr, engine="google", date="2026-01-31").comment()

    return change


def _redrafted(entry: polib.POEntry) -> None:
    _marked(SOURCE, NEW)(entry)
    entry.previous_msgid = "Alter Satz."


def _broken(entry: polib.POEntry) -> None:
    entry.msgstr = "# Titre"


def prepared(site: Site, change: Change, policy: str = "", page: str = PAGE) -> Site:
    """A translated site in which one message is changed, and perhaps the page and the policy."""
    site.write("content/seite.de.md", page)
    site.configure("fr", more=f"[locales.fr]\nminimum_coverage = 0\n{policy}")
    with site.edited() as po:
        change(next(entry for entry in po if entry.msgid == SOURCE))
    return site


def french(first: str) -> str:
    """The French page with this in the place of its first sentence."""
    return f"---\ntitle: Titre\n---\n\n# En-tête\n\n{first}Deuxième phrase.\n"


@pytest.mark.parametrize(
    ("change", "policy", "published"),
    [
        (_translated, "", NEW),
        (_untranslated, "", SOURCE),
        (_untranslated, PREVIOUS, SOURCE),
        (_fuzzy, "", SOURCE),
        (_fuzzy, DRAFTS, SOURCE),
        (_fuzzy, PREVIOUS, SOURCE),
        (_stale, "", SOURCE),
        (_stale, PREVIOUS, OLD),
        (_stale, DRAFTS, SOURCE),
        (_draft, "", SOURCE),
        (_draft, PREVIOUS, SOURCE),
        (_draft, DRAFTS, NEW),
        (_stale_draft, PREVIOUS, SOURCE),
        (_stale_draft, DRAFTS, SOURCE),
        (_marked(SOURCE, NEW), DRAFTS, NEW),
        (_marked(SOURCE, OLD), DRAFTS, SOURCE),
        (_marked("Alter Satz.", NEW), DRAFTS, SOURCE),
        (_redrafted, DRAFTS, NEW),
    ],
)
def test_what_is_published_follows_from_state_and_policy(
    translated: Site, change: Change, policy: str, published: str
) -> None:
    prepared(translated, change, policy).ok("build")
    assert published in translated.read("content/seite.fr.md").split("\n")


@pytest.mark.parametrize("change", [_untranslated, _fuzzy, _stale, _draft])
def test_a_block_without_a_publishable_text_is_left_out_where_the_policy_says_so(
    translated: Site, change: Change
) -> None:
    prepared(translated, change, OMIT).ok("build")
    assert translated.read("content/seite.fr.md") == french("")


def test_a_broken_translation_is_left_out_where_the_policy_says_so(translated: Site) -> None:
    assert prepared(translated, _broken, OMIT).run("build").code == 1
    assert translated.read("content/seite.fr.md") == french("")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (_translated, "translated"),
        (_untranslated, "untranslated"),
        (_fuzzy, "needs_review"),
        (_stale, "stale"),
        (_draft, "draft"),
        (_broken, "broken"),
    ],
)
def test_the_status_names_the_state(translated: Site, change: Change, state: str) -> None:
    figures = prepared(translated, change).status()["locales"]["fr"]["total"]
    assert figures[state] == (4 if state == "translated" else 1)
    assert figures["translated"] == (4 if state == "translated" else 3)


def test_an_outdated_translation_of_a_critical_text_is_never_published(translated: Site) -> None:
    page = PAGE.replace(SOURCE, f"<!-- i18n:critical -->\n{SOURCE}")
    prepared(translated, _stale, PREVIOUS, page).ok("build")
    published = translated.read("content/seite.fr.md")
    assert SOURCE in published
    assert OLD not in published
    assert translated.status()["locales"]["fr"]["total"]["coverage"] == pytest.approx(4 / 6, abs=1e-4)


@pytest.mark.parametrize("change", [_translated, _draft])
def test_a_translation_that_breaks_one_of_its_places_is_published_in_none(
    translated: Site, change: Change
) -> None:
    page = f"---\ntitle: Titel\n---\n\n{SOURCE}\n\n# {SOURCE}\n"
    translated.write("content/seite.de.md", page)
    translated.ok("extract")
    prepared(translated, change, DRAFTS, page)
    translated.translate({SOURCE: "1. Titre"})
    assert translated.run("build").code == 1
    assert translated.read("content/seite.fr.md") == page.replace("Titel", "Titre")


def test_a_draft_that_fails_a_check_is_not_published_and_stays_a_draft(translated: Site) -> None:
    prepared(translated, _draft, DRAFTS)
    translated.translate({SOURCE: "# Titre"})
    assert translated.run("build").code == 1
    assert SOURCE in translated.read("content/seite.fr.md")
    figures = translated.status()["locales"]["fr"]["total"]
    assert (figures["draft"], figures["broken"]) == (1, 0)


def test_a_text_that_is_critical_in_one_place_is_published_in_the_other_as_the_policy_says(
    translated: Site,
) -> None:
    page = PAGE.replace(SOURCE, f"{SOURCE}\n\n<!-- i18n:critical -->\n{SOURCE}")
    prepared(translated, _stale, PREVIOUS, page).ok("build")
    assert translated.read("content/seite.fr.md") == french(f"{OLD}\n\n<!-- i18n:critical -->\n{SOURCE}\n\n")


def test_a_reviewed_translation_of_a_critical_text_is_published(translated: Site) -> None:
    page = PAGE.replace(SOURCE, f"<!-- i18n:critical -->\n{SOURCE}")
    prepared(translated, _translated, PREVIOUS, page).ok("build")
    assert NEW in translated.read("content/seite.fr.md")


def test_an_obsolete_translation_is_not_published_before_the_catalog_is_updated(translated: Site) -> None:
    def retire(entry: polib.POEntry) -> None:
        entry.msgstr = NEW
        entry.obsolete = True

    prepared(translated, retire).ok("build")
    assert SOURCE in translated.read("content/seite.fr.md")


@pytest.mark.parametrize(
    "translation",
    [
        "Une\n\nphrase",
        "# Une phrase",
        "- Une phrase",
        "1. Une phrase",
        "> Une phrase",
        "```\nUne phrase",
        "    Une phrase\n\n    du code",
        "---",
        "<script>alert(1)</script>",
        "Une <img src=x onerror=alert(1)> phrase",
        "<!-- Une phrase",
        "Une \x1b[31m phrase",
        "Une \u202ephrase",
        "Une {{< alerte >}} phrase",
        "Une {{% alerte %}} phrase",
        "Une {{ phrase",
        "[phrase]: https://evil.example",
        "Une [phrase](https://evil.example)",
        "Une [phrase](javascript:alert(1))",
        "Une phrase https://evil.example/",
    ],
)
def test_a_translation_that_would_break_the_page_is_refused_with_its_place_and_the_source_stands(
    translated: Site, translation: str
) -> None:
    def spoil(entry: polib.POEntry) -> None:
        entry.msgstr = translation

    prepared(translated, spoil)
    line = translated.read("locales/fr/LC_MESSAGES/site.po").split("\n").index(f'msgid "{SOURCE}"') + 1
    run = translated.run("build")
    assert run.code == 1
    assert run.err.startswith(f"locales/fr/LC_MESSAGES/site.po:{line}: error: not published (")
    assert run.err.endswith(f"[{SOURCE}]\n")
    assert run.err.count("\n") == 1
    assert run.err.rstrip("\n").isprintable()
    assert translated.read("content/seite.fr.md") == french(f"{SOURCE}\n\n")


@pytest.mark.parametrize(
    "title", ['"\n---\n# Mal', "'\n---\n", "Titre\ndraft: true", "Titre: # oui", "@*%`{{"]
)
def test_a_translated_title_cannot_break_out_of_the_front_matter(translated: Site, title: str) -> None:
    prepared(translated, _translated)
    translated.translate({"Titel": title})
    translated.run("build")
    page = translated.read("content/seite.fr.md")
    head, body = page.split("\n---\n", 1)
    assert head.startswith("---\ntitle: ")
    assert head.count("\n") == 1
    assert body == french(f"{NEW}\n\n").split("\n---\n", 1)[1]


def test_a_broken_translation_on_many_pages_is_named_once(translated: Site) -> None:
    translated.write("content/zweite.de.md", PAGE)
    run = prepared(translated, _broken).run("build")
    assert run.err.count("not published") == 1


def test_a_page_below_its_coverage_is_not_generated(site: Site) -> None:
    site.ok("extract")
    site.translate({"Erster Satz.": "Première phrase.", "Zweiter Satz.": "Deuxième phrase."})
    run = site.ok("build")
    assert run.out.splitlines() == [
        "not published: content/seite.fr.md (only 66 % of its words are translated)",
        "build: 0 pages written, 0 up to date",
    ]
    assert not site.exists("content/seite.fr.md")


def test_a_page_is_removed_when_it_falls_below_its_coverage(site: Site) -> None:
    site.ok("extract")
    site.translate(FRENCH)
    site.ok("build")
    site.translate({"Erster Satz.": "", "Zweiter Satz.": ""})
    assert "removed content/seite.fr.md" in site.ok("build").out
    assert not site.exists("content/seite.fr.md")


def test_a_page_that_a_person_edited_stays_when_it_falls_below_its_coverage(built: Site) -> None:
    built.write("content/seite.fr.md", "À la main.\n")
    built.write("content/seite.de.md", PAGE.replace("Satz", "neuer langer Satz von ganz anderer Art"))
    out = built.ok("sync").out
    assert built.read("content/seite.fr.md") == "À la main.\n"
    assert "left alone: content/seite.fr.md, written or edited by a person" in out
    assert "not published" not in out


@pytest.mark.parametrize(("minimum", "there"), [("0.66", True), ("0.67", False)])
def test_the_coverage_needed_is_set_for_each_language(site: Site, minimum: str, *, there: bool) -> None:
    site.configure("fr", "en", more=f"[locales.fr]\nminimum_coverage = {minimum}\n")
    site.ok("extract")
    for locale in ("fr", "en"):
        site.translate(
            {"Erster Satz.": "Un.", "Zweiter Satz.": "Deux."}, f"locales/{locale}/LC_MESSAGES/site.po"
        )
    site.ok("build")
    assert site.exists("content/seite.fr.md") is there
    assert not site.exists("content/seite.en.md")


def test_a_policy_holds_for_its_pages_and_languages_only(site: Site) -> None:
    site.write("content/news/neu.de.md", PAGE)
    policy = '[[policy]]\npages = ["content/news/**"]\nlocales = ["fr"]\nminimum_coverage = 0\n'
    site.configure("fr", "en", more=policy)
    site.ok("sync")
    pages = [path for path in site.contents() if path.endswith((".fr.md", ".en.md"))]
    assert pages == ["content/news/neu.fr.md"]


ONE, OTHER = "Wir gehen heute alle los.", "Und ihr kommt alle mit."


@pytest.mark.parametrize("kind", ["translation", "draft", "mixed"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((f"{ONE} {OTHER}",), (ONE, OTHER)),
        ((ONE, OTHER), (f"{ONE} {OTHER}",)),
        (("Wir treffen uns alle am 5. Mai in Berlin.",), ("Wir treffen uns alle am 6. Mai in Berlin.",)),
    ],
    ids=["divided", "joined", "changed"],
)
def test_what_nobody_reviewed_is_not_published_because_its_source_changed(
    empty_site: Site, before: tuple[str, ...], after: tuple[str, ...], kind: str
) -> None:
    empty_site.configure("fr", more=f"[locales.fr]\nminimum_coverage = 0\n{PREVIOUS}")
    empty_site.write("content/seite.de.md", "\n\n".join(before))
    empty_site.ok("extract")
    with empty_site.edited() as po:
        for number, entry in enumerate(po):
            entry.msgstr = "Pas relu. Ni ceci." if len(before) == 1 else "Pas relu."
            if kind != "mixed" or number == 0:
                entry.flags.append("fuzzy")
                if kind != "translation":
                    entry.tcomment = Mark.of(
                        entry.msgid, entry.msgstr, engine="google", date="2026-01-31"
                    ).comment()
    empty_site.write("content/seite.de.md", "\n\n".join(after))
    empty_site.ok("sync")
    assert empty_site.read("content/seite.fr.md") == "\n\n".join(after)
    assert all(
        entry.msgstr.startswith("Pas relu") or entry.msgstr == "Ni ceci." for entry in empty_site.catalog()
    )


@pytest.mark.parametrize("commands", [["build"], ["extract", "build"]], ids=["built", "extracted"])
@pytest.mark.parametrize("source", ["Alter Satz.", SOURCE], ids=["stale", "redrafted"])
def test_a_draft_that_a_person_changed_and_did_not_approve_needs_review(
    translated: Site, source: str, commands: list[str]
) -> None:
    def change(entry: polib.POEntry) -> None:
        _marked(source, OLD)(entry)
        entry.previous_msgid = "Alter Satz."

    site = prepared(translated, change, PREVIOUS)
    for command in commands:
        site.ok(command)
    assert NEW not in site.read("content/seite.fr.md")
    assert site.status()["locales"]["fr"]["total"]["needs_review"] == 1
    assert site.entry(SOURCE).msgstr == NEW


def test_the_translation_of_a_whole_text_is_not_published_for_each_of_its_parts(empty_site: Site) -> None:
    empty_site.configure("fr", more=f"[locales.fr]\nminimum_coverage = 0\n{PREVIOUS}")
    empty_site.write("content/seite.de.md", f"{ONE} {OTHER}")
    empty_site.ok("extract")
    empty_site.translate({f"{ONE} {OTHER}": "Nous partons, et vous venez avec nous."})
    empty_site.ok("build")
    empty_site.write("content/seite.de.md", f"{ONE}\n\n{OTHER}")
    empty_site.ok("sync")
    assert empty_site.entry(ONE).msgstr == "Nous partons, et vous venez avec nous."
    assert empty_site.read("content/seite.fr.md") == f"{ONE}\n\n{OTHER}"


def test_the_last_policy_that_fits_wins(translated: Site) -> None:
    policies = "".join(
        f'[[policy]]\npages = ["content/**"]\nfallback = "{fallback}"\n' for fallback in ("previous", "omit")
    )
    prepared(translated, _stale)
    translated.configure("fr", more=f"[locales.fr]\nminimum_coverage = 0\n{policies}")
    translated.ok("build")
    assert translated.read("content/seite.fr.md") == french("")


def test_drafts_published_on_some_pages_only_do_not_count_in_all(translated: Site) -> None:
    prepared(translated, _draft)
    translated.write("content/zweite.de.md", PAGE)
    policy = '[[policy]]\npages = ["content/zweite.*"]\npublish = "drafts"\n'
    translated.configure("fr", more=policy)
    french_figures = translated.status()["locales"]["fr"]
    assert french_figures["pages"]["content/zweite.de.md"]["coverage"] == 1
    assert french_figures["pages"]["content/seite.de.md"]["coverage"] == pytest.approx(4 / 6, abs=1e-4)
    assert french_figures["total"]["coverage"] == pytest.approx(4 / 6, abs=1e-4)


@pytest.mark.parametrize("checks", ["", '[checks]\nshortcodes = "off"\n'])
def test_a_parameter_that_no_quotes_can_hold_stays_the_source_and_build_says_so(
    empty_site: Site, checks: str
) -> None:
    empty_site.configure("fr", more="[locales.fr]\nminimum_coverage = 0\n" + checks)
    page = 'Text\n\n{{< figure caption="Ein `Bild` hier" >}}\n'
    empty_site.write("content/seite.de.md", page)
    empty_site.ok("extract")
    empty_site.translate({"Text": "Texte", "Ein `Bild` hier": "Une `Bild` C:\\"})
    run = empty_site.run("build")
    assert run.code == 1
    assert "no quotes of a shortcode" in run.err
    assert empty_site.read("content/seite.fr.md") == page.replace("Text", "Texte")
