"""A change of markup made in a translation: what follows with certainty, what does not, and what it must never do."""

import pytest

from netzwerk_i18n.page.carry import carry
from netzwerk_i18n.page.same_words import words_of

S, T = "Die [Petition](/a) läuft.", "La [pétition](/a) est ouverte."

FOLLOWED = [
    # URLs
    ("Die [Petition](/a) läuft.", "La [pétition](/a) est ouverte.", "Die [Petition](/b) läuft.", "La [pétition](/b) est ouverte."),
    ("[a](/x) und [b](/y)", "[B](/y) et [A](/x)", "[a](/x2) und [b](/y2)", "[B](/y2) et [A](/x2)"),
    ('[Hier](/a "Titel") lesen', '[Ici](/a "Titre") on lit', '[Hier](/b "Titel") lesen', '[Ici](/b "Titre") on lit'),
    ("![Ein Bild](a.png)", "![Une image](a.png)", "![Ein Bild](b.webp)", "![Une image](b.webp)"),
    ("Siehe <https://a.example/>.", "Voir <https://a.example/>.", "Siehe <https://b.example/>.", "Voir <https://b.example/>."),
    ("Siehe https://a.example/x.", "Voir https://a.example/x.", "Siehe https://b.example/y.", "Voir https://b.example/y."),
    ("Siehe https://a.example/x.", "Voir https://a.example/x.", "Siehe <https://a.example/x>.", "Voir https://a.example/x."),
    ("Mail an info@a.example", "Écrivez à info@a.example", "Mail an info@b.example", "Écrivez à info@b.example"),
    ("Das [Netz][a] hier", "Le [réseau][a] ici", "Das [Netz][b] hier", "Le [réseau][b] ici"),
    ("Das [Netz](/n) hier", "Le [réseau](/n) ici", "Das [Netz][n] hier", "Le [réseau][n] ici"),
    ("[A](/x) [B](/x)", "[C](/x) [D](/x)", "[A](/y) [B](/y)", "[C](/y) [D](/y)"),
    ("[![Logo](l.png)](/a)", "[![Le logo](l.png)](/a)", "[![Logo](l.svg)](/b)", "[![Le logo](l.svg)](/b)"),
    ("Die [Wiki](http://de.wikipedia.org/wiki/A) hier", "Le [wiki](http://fr.wikipedia.org/wiki/B) ici",
     "Die [Wiki](https://de.wikipedia.org/wiki/A) hier", "Le [wiki](https://fr.wikipedia.org/wiki/B) ici"),
    ("[Start](https://alt.example/de/)", "[Accueil](https://alt.example/fr/)",
     "[Start](https://neu.example/de/)", "[Accueil](https://neu.example/fr/)"),
    # Emphasis
    ("Wir **alle** gehen", "Nous partons **tous**", "Wir *alle* gehen", "Nous partons *tous*"),
    ("Wir **alle** gehen", "Nous partons **tous**", "Wir _alle_ gehen", "Nous partons _tous_"),
    ("Wir **alle** gehen", "Nous partons **tous**", "Wir alle gehen", "Nous partons tous"),
    ("Wir *alle* gehen", "Nous partons *tous*", "Wir _alle_ gehen", "Nous partons _tous_"),
    ("Wir *alle* gehen", "Nous partons *tous*", "Wir ~~alle~~ gehen", "Nous partons ~~tous~~"),
    ("Wir *alle* gehen", "Nous partons *tous*", "Wir ***alle*** gehen", "Nous partons ***tous***"),
    ("Wir **alle** gehen **heute**", "Nous **tous**, **aujourd’hui**", "Wir *alle* gehen *heute*", "Nous *tous*, *aujourd’hui*"),
    ("**Berlin** und **Wien**", "**Wien** and **Berlin**", "*Berlin* und **Wien**", "**Wien** and *Berlin*"),
    ("Mach mit!", "Participe !", "**Mach mit!**", "**Participe !**"),
    ("Mach mit.", "Participe.", "**Mach mit**.", "**Participe**."),
    ("Mach mit!", "Participe !", "**Mach mit**!", "**Participe** !"),
    ("**Mach mit!**", "**Participe !**", "Mach mit!", "Participe !"),
    ("Das [Netz](/n) hier", "Le [réseau](/n) ici", "Das **[Netz](/n)** hier", "Le **[réseau](/n)** ici"),
    ("Das **Netz** hier", "Le **réseau** ici", "Das [**Netz**](/n) hier", "Le [**réseau**](/n) ici"),
    ("Am 5. Mai in Berlin", "On May 5 in Berlin", "Am 5. Mai in **Berlin**", "On May 5 in **Berlin**"),
    ("Seit 2024 dabei", "Depuis 2024", "Seit **2024** dabei", "Depuis **2024**"),
    ("Ort: das Haus am See", "Lieu : la maison au bord du lac", "**Ort:** das Haus am See", "**Lieu :** la maison au bord du lac"),
    ("Ort: das Haus am See", "Lieu : la maison au bord du lac", "**Ort**: das Haus am See", "**Lieu** : la maison au bord du lac"),
    ("Komm mit. Wir warten.", "Viens. Nous attendons.", "**Komm mit.** Wir warten.", "**Viens.** Nous attendons."),
    ("Komm mit (bald) her", "Viens (bientôt) ici", "Komm mit (*bald*) her", "Viens (*bientôt*) ici"),
    # Links put around and taken away
    ("Wir nutzen Mastodon gern", "Nous aimons Mastodon", "Wir nutzen [Mastodon](https://m.example) gern", "Nous aimons [Mastodon](https://m.example)"),
    ("Wir nutzen [Mastodon](/m) gern", "Nous aimons [Mastodon](/m)", "Wir nutzen Mastodon gern", "Nous aimons Mastodon"),
    ("#HelloQuitX jetzt", "#HelloQuitX maintenant", "**#HelloQuitX** jetzt", "**#HelloQuitX** maintenant"),
    ("Die Petition läuft", "La pétition est ouverte", "Die [Petition](/p) läuft", "La [pétition](/p) est ouverte"),
    ("Mehr Demokratie wagen", "Oser plus de démocratie", "Mehr **Demokratie** wagen", "Oser plus de **démocratie**"),
    ("Das ist het huis", "Dat is het huis", "Das ist **het** huis", "Dat is **het** huis"),
    ("La casa roja es grande", "A casa roxa é grande", "La casa **roja** es grande", "A casa **roxa** é grande"),
    ("Wir alle gehen", "Wir alle gehen", "Wir **alle** gehen", "Wir **alle** gehen"),
    ("Wir alle", "[fr] Wir alle", "**Wir** alle", "[fr] **Wir** alle"),
    ("Netz", "⟦Réseau⟧", "**Netz**", "**⟦Réseau⟧**"),
    # Code
    ("Öffne config.toml jetzt", "Ouvre config.toml maintenant", "Öffne `config.toml` jetzt", "Ouvre `config.toml` maintenant"),
    ("Öffne `config.toml` jetzt", "Ouvre `config.toml` maintenant", "Öffne config.toml jetzt", "Ouvre config.toml maintenant"),
    # Typography: the translation keeps its own
    ('Das "Netz" - hier', "Le « réseau » – ici", "Das „Netz“ – hier", "Le « réseau » – ici"),
    ("Ja,  bitte", "Oui, merci", "Ja, bitte", "Oui, merci"),
    ("Ja bitte", "Oui, merci", "Ja, bitte", "Oui, merci"),
    ("5-6 Leute...", "5 à 6 gens…", "5–6 Leute…", "5 à 6 gens…"),
    ("A & B", "A et B", "A &amp; B", "A et B"),
    ("5 * 3", "5 × 3", "5 \\* 3", "5 × 3"),
    ("Mach mit", "Participe", "Mach mit.", "Participe."),
    ("Mach mit.", "Participe.", "Mach mit", "Participe"),
    ("**Mach mit.**", "**Participe.**", "**Mach mit**", "**Participe**"),
    # Line breaks
    ("Erste Zeile.\nZweite Zeile.", "Première.\nSeconde.", "Erste Zeile. Zweite Zeile.", "Première. Seconde."),
    ("Erste Zeile. Zweite Zeile.", "Première. Seconde.", "Erste Zeile.\nZweite Zeile.", "Première.\nSeconde."),
    ("A eins.\nB zwei.\nC drei.", "A un.\nB deux.\nC trois.", "A eins. B zwei.\nC drei.", "A un. B deux.\nC trois."),
    ("一つ。二つ。", "一。二。", "一つ。\n二つ。", "一。\n二。"),
    # HTML, shortcodes, footnotes
    ("Wir <b>alle</b> hier", "Nous <b>tous</b> ici", "Wir <strong>alle</strong> hier", "Nous <strong>tous</strong> ici"),
    ("Wir <b>alle</b> hier", "Nous <b>tous</b> ici", "Wir **alle** hier", "Nous **tous** ici"),
    ("Erste.<br>Zweite.", "Un.<br>Deux.", "Erste.\nZweite.", "Un.\nDeux."),
    ("Seit {{< jahr start >}} hier", "Ici depuis {{< jahr start >}}", "Seit {{< jahr anfang >}} hier", "Ici depuis {{< jahr anfang >}}"),
    ("Das Netz[^1] hier", "Le réseau[^1] ici", "Das Netz[^2] hier", "Le réseau[^2] ici"),
    ("Das ist so.", "C’est ainsi.", "Das ist so.[^1]", "C’est ainsi.[^1]"),
    ("Das ist so.", "C’est ainsi.", "Das ist so[^1].", "C’est ainsi[^1]."),
    ("Das ist so.[^1]", "C’est ainsi.[^1]", "Das ist so.", "C’est ainsi."),
    ("[Los](/a) geht es", "C’est [parti](/a)", "[Los](/a){.knopf} geht es", "C’est [parti](/a){.knopf}"),
    ("[Los](/a){.knopf} geht", "[Va](/a){.knopf}", "[Los](/a){.button} geht", "[Va](/a){.button}"),
    ("Die [Wiki](https://de.wikipedia.org/wiki/A) hier", "Le [wiki](https://fr.wikipedia.org/wiki/B) ici", "Die [Wiki](https://de.wikipedia.org/wiki/C) hier", "Le [wiki](https://fr.wikipedia.org/wiki/B) ici"),
    ("Die [Partei](https://partei.example/de/a) hier", "Le [parti](https://partei.example/fr/a) ici", "Die [Partei](https://partei.example/de/b) hier", "Le [parti](https://partei.example/de/b) ici"),
    # several at once
    ("Das **Netz** und [Wien](/a)", "[Vienne](/a) et le **réseau**", "Das *Netz* und [Wien](/b)", "[Vienne](/b) et le *réseau*"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "translation", "new", "carried"), FOLLOWED)
def test_a_change_that_is_certain_is_made_in_the_translation(
    old: str, translation: str, new: str, carried: str
) -> None:
    assert words_of(old) == words_of(new)
    assert carry(old, translation, new) == carried


@pytest.mark.parametrize(("old", "translation", "new", "carried"), FOLLOWED)
def test_what_was_carried_is_left_alone_when_nothing_changes_any_more(
    old: str, translation: str, new: str, carried: str
) -> None:
    assert carry(new, carried, new) == carried


UNCERTAIN = [
    ("[a](/x) [b](/x)", "[c](/x) [d](/x)", "[a](/y) [b](/x)"),
    ("Eins und zwei", "Un et deux", "Eins\nund zwei"),
    ("Die Datei hier", "Le fichier ici", "Die `Datei` hier"),
    ("Die **Datei** hier", "Le **fichier** ici", "Die `Datei` hier"),
    ("Mach mit.", "Participe.", "Mach mit!"),
    ("Mach mit (bald)", "Viens (bientôt)", "Mach mit bald"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "translation", "new"), UNCERTAIN)
def test_a_change_that_is_not_certain_is_not_made(old: str, translation: str, new: str) -> None:
    assert carry(old, translation, new) is None


LEFT = [
    ("Wir alle gehen heute", "Nous partons tous aujourd’hui", "Wir **alle** gehen heute"),
    ("**Wir** gehen **heute**", "**Nous** partons **aujourd’hui**", "*Wir* gehen **heute**"),
    ("Wir **alle** gehen", "Nous partons tous", "Wir *alle* gehen"),
    ("Die Petition läuft", "La pétition des pétitions", "Die **Petition** läuft"),
    ("Die Nation und die nationale Sache", "La nation et sa cause", "Die **Nation** und die nationale Sache"),
    ("Wien und Wien", "Wien et Wien", "**Wien** und Wien"),
    ("Die Not ist groß", "Not all is well", "Die **Not** ist groß"),
    ("Wer kommt. Wir.", "Nous venons", "**Wer kommt.** Wir."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "translation", "new"), LEFT)
def test_emphasis_whose_place_is_not_certain_leaves_the_translation_as_it_is(
    old: str, translation: str, new: str
) -> None:
    assert words_of(old) == words_of(new)
    assert carry(old, translation, new) == translation


def test_what_is_certain_is_made_beside_emphasis_that_is_not() -> None:
    old, new = "Die Wahl und [Wien](/a)", "Die *Wahl* und [Wien](/b)"
    assert carry(old, "Le vote et [Vienne](/a)", new) == "Le vote et [Vienne](/b)"


def test_emphasis_is_left_as_a_whole_where_other_marks_became_emphasis_too() -> None:
    old, new = "Ja ja ~~ja~~", "Ja *ja* *ja*"
    assert carry(old, "Oui ~~oui~~ oui", new) == "Oui oui oui"


def test_an_address_never_comes_to_stand_in_the_text_of_a_link() -> None:
    old, new = "Wir. Netz *Wir.*", "Wir. https://a.example/y Netz [Wir.](/a)"
    assert carry(old, "Netz *Wir.* Wir.", new) is None


def test_where_the_source_did_not_change_the_translation_stays() -> None:
    assert carry("1", "1:1", "1") == "1:1"


OTHER_WORDS = [
    ("am 5. Mai", "am 6. Mai"),
    ("1,5 Leute", "15 Leute"),
    ("Wir gehen", "Wir  gehen nicht"),
    ("[Hier](/a)", "[Dort](/a)"),
    ("![Katze](a.png)", "![Hund](a.png)"),
    ('[Hier](/a "Eins")', '[Hier](/a "Zwei")'),
    ('[Hier](/a "Eins")', "[Hier](/a)"),
    ("`npm install`", "`npm update`"),
    ('Das <abbr title="Eins">Netz</abbr>', 'Das <abbr title="Zwei">Netz</abbr>'),
    ('{{< figure caption="Eins" >}} Text', '{{< figure caption="Zwei" >}} Text'),
    ("-5 Grad", "5 Grad"),
    ("Netzwerk", "Netz werk"),
    ("日本", "日本語"),
    ("हिन्दी", "हिन्दि"),
    ("100 €", "100 $"),
]


@pytest.mark.parametrize(("old", "new"), OTHER_WORDS)
def test_other_words_are_never_carried(old: str, new: str) -> None:
    assert words_of(old) != words_of(new)
    assert carry(old, "X", new) is None
