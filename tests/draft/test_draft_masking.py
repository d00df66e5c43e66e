"""What an engine is sent of a message, and what is made of its answer."""

import re

import pytest

from netzwerk_i18n.draft.coding import resolve
from netzwerk_i18n.draft.masking import MaskError, mask, unmask, verify
from netzwerk_i18n.draft.styles import Style

PETITION = "Die [**Petition**](https://a.example/p) von **#HelloQuitX** hat `34` Stimmen[^1]."


@pytest.mark.parametrize(
    ("style", "sent"),
    [
        (Style.BRACKETS, "Die [X1X]Petition[X/1X] von [X2X] hat [X3X] Stimmen[X4X]."),
        (Style.TAGS, 'Die <g id="1">Petition</g> von <x id="2"/> hat <x id="3"/> Stimmen<x id="4"/>.'),
        (
            Style.HTML,
            'Die <span id="x1">Petition</span> von <img id="x2"> hat <img id="x3"> Stimmen<img id="x4">.',
        ),
    ],
)
def test_markup_becomes_few_placeholders(style: Style, sent: str) -> None:
    assert mask(PETITION, style).texts == (sent,)


def test_runs_are_sent_one_by_one_without_their_blanks() -> None:
    masked = mask(PETITION, Style.RUNS)
    assert masked.texts == ("Die", "Petition", "von", "hat", "Stimmen")
    answers = ["La", "pétition", "de", "compte", "voix"]
    assert (
        unmask(masked, answers)
        == "La [**pétition**](https://a.example/p) de **#HelloQuitX** compte `34` voix[^1]."
    )


@pytest.mark.parametrize("text", ["Wort\n[Text](/u)", "[Text](/u)\nWort", "Wort\n[Text](/u)\n*Wort*"])
def test_no_blank_is_set_beside_a_line_break(text: str) -> None:
    masked = mask(text, Style.TAGS)
    assert unmask(masked, masked.texts) == text


def test_the_plain_style_takes_no_text_with_markup() -> None:
    with pytest.raises(MaskError, match="markup"):
        mask("Ein *Wort*", Style.PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "`make`", "#HelloQuitX", "@leute@ort.example", "https://a.example/x", "<https://a.example>", "a@b.example", "<br>", "{{< figure 1 >}}",
        "{{ macro }}", "[^1]", "![](b.png)", "**#HelloQuitX**", "{{% notiz %}}", "{%", "$x^2$", ":wave:", "<!-- 2 -->", "&#8203;",
        "{name}", "{props.wert}", "{fn({a: 1})}", "{.knopf}", "%s", "%1$d", "%(name)s",
    ],
)  # fmt: skip
def test_what_is_no_text_is_never_sent(text: str) -> None:
    masked = mask(f"Siehe {text} hier", Style.BRACKETS)
    assert masked.texts == ("Siehe [X1X] hier",)
    assert unmask(masked, ["Voir [X1X] ici"]) == f"Voir {text} ici"


@pytest.mark.parametrize("text", ["50 % der Leute", "50 %der Leute", "100%d", "99 %s", "%dagegen"])
def test_a_percentage_is_sent_as_it_is(text: str) -> None:
    assert mask(f"Es sind {text} hier", Style.BRACKETS).texts == (f"Es sind {text} hier",)


def test_words_in_braces_are_sent() -> None:
    assert mask("Siehe {unten auf Seite 3} und {++neu++}", Style.BRACKETS).texts == (
        "Siehe {unten auf Seite 3} und {++neu++}",
    )


@pytest.mark.parametrize(
    "text", ["`make`", "[**HelloQuitX**](/x)", "![](/b.png)", "https://a.example", "#a, @b"]
)
def test_a_text_without_words_needs_no_engine(text: str) -> None:
    masked = mask(text, Style.BRACKETS, keep=["HelloQuitX"])
    assert masked.texts == ()
    assert unmask(masked, ()) == text


def test_markup_around_the_whole_text_is_not_sent() -> None:
    masked = mask("[ ] **[Ein Brief](/b)**", Style.BRACKETS)
    assert masked.texts == ("Ein Brief",)
    assert unmask(masked, ["Une lettre"]) == "[ ] **[Une lettre](/b)**"


def test_keep_words_stay_as_they_are_within_words_and_in_links() -> None:
    masked = mask("LeaveX, [LeaveX](/l) und LeaveXen", Style.BRACKETS, keep=["LeaveX"])
    assert masked.texts == ("[X1X], [X2X] und LeaveXen",)
    assert unmask(masked, ["[X1X], [X2X] et autres"]) == "LeaveX, [LeaveX](/l) et autres"


@pytest.mark.parametrize(
    ("source", "sent", "answer", "translation"),
    [
        ("siehe \\#Tag und mehr", "siehe [X1X] und mehr", "voir [X1X] et plus", "voir \\#Tag et plus"),
        ("\\@name und #Tag", "[X1X] und [X2X]", "[X1X] et [X2X]", "\\@name et #Tag"),
        ("das \\[^1] da", "das [X1X] da", "le [X1X] là", "le \\[^1] là"),
    ],
)
def test_what_looks_like_a_tag_behind_a_backslash_stays_with_it(
    source: str, sent: str, answer: str, translation: str
) -> None:
    masked = mask(source, Style.BRACKETS)
    assert masked.texts == (sent,)
    assert unmask(masked, [answer]) == translation


def test_a_keep_word_may_be_a_pattern() -> None:
    masked = mask(
        "Das fediverse und das Fediverse", Style.BRACKETS, keep=[re.compile("fediverse", re.IGNORECASE)]
    )
    assert masked.texts == ("Das [X1X] und das [X2X]",)


def test_a_kept_link_text_keeps_the_whole_link() -> None:
    text = "Der Brief [An Open Letter](/b) liegt vor"
    start = text.index("An Open")
    masked = mask(text, Style.TAGS, kept=[(start, start + len("An Open Letter"))])
    assert masked.texts == ('Der Brief <x id="1"/> liegt vor',)
    assert unmask(masked, ['La lettre <x id="1"/> est prête']) == "La lettre [An Open Letter](/b) est prête"


def test_a_kept_passage_that_cuts_markup_is_not_kept() -> None:
    assert mask("Ein **fettes Wort** hier", Style.BRACKETS, kept=[(0, 10)]).texts == (
        "Ein [X1X]fettes Wort[X/1X] hier",
    )


def test_alternative_texts_and_titles_are_sent_by_themselves() -> None:
    masked = mask('Ein ![Das Bild](b.png "Ein Titel") und [hier](/x "Mehr dazu")', Style.BRACKETS)
    assert masked.texts == ("Ein [X1X] und [X2X]hier[X/2X]", "Das Bild", "Ein Titel", "Mehr dazu")
    answers = ["Une [X1X] et [X2X]ici[X/2X]", "L’image", "Un titre", "En savoir plus"]
    assert unmask(masked, answers) == 'Une ![L’image](b.png "Un titre") et [ici](/x "En savoir plus")'


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(
    ("source", "sent", "answers", "translation"),
    [
        ('![Ein Bild](b.png "Titel")', ["Ein Bild", "Titel"], ["Une image", "Titre"], '![Une image](b.png "Titre")'),
        ('[Wort](u "Titel")', ["Wort", "Titel"], ["mot", "titre"], '[mot](u "titre")'),
        ("![](b.png 'Titel')", ["Titel"], ["L'été"], "![](b.png 'L\\'été')"),
        ("![Ein Bild](b.png)", ["Ein Bild"], ["L'image [1] *"], "![L'image \\[1\\] \\*](b.png)"),
        ("![Karte]", ["Karte"], ["carte"], "![carte][Karte]"),
        ("![Karte][]", ["Karte"], ["Karte"], "![Karte][]"),
        ('[![Ein Bild](b.png "Titel")](u (Mehr))', ["Ein Bild", "Titel", "Mehr"], ["a", 'b "c"', "d (e)"], '[![a](b.png "b \\"c\\"")](u (d \\(e\\)))'),
        ('[Wort](u "L\'&quot;Titel\\" &amp; Fisch")', ["Wort", "L'\"Titel\" & Fisch"], ["mot", "A & B &amp; C:\\*"], '[mot](u "A & B & C:\\\\*")'),
        ('<abbr title="Europ&auml;ische Union">EU</abbr>', ["EU", "Europäische Union"], ["UE", 'L\'"union" & co'], '<abbr title="L\'&quot;union&quot; &amp; co">UE</abbr>'),
        ("<img src=b.png alt=Hund>", ["Hund"], ["Le chien"], '<img src=b.png alt="Le chien">'),
        ('<b translate="no" title="Marke">X</b>', [], [], '<b translate="no" title="Marke">X</b>'),
        ('![2025](b.png "1")', [], [], '![2025](b.png "1")'),
    ],
)  # fmt: skip
def test_words_within_markup_are_drafted_in_every_style(
    source: str, sent: list[str], answers: list[str], translation: str, style: Style
) -> None:
    masked = mask(source, style, labels=frozenset({"KARTE"}))
    assert [resolve(text) for text in masked.texts] == sent
    if style in (Style.TAGS, Style.HTML):
        answers = [answer.replace("&", "&amp;").replace("&amp;amp;", "&amp;") for answer in answers]
    assert unmask(masked, answers) == translation
    assert unmask(masked, masked.texts) == source


def test_an_alternative_text_with_markup_keeps_it() -> None:
    masked = mask("Ein ![Bild *vom* `x`](b.png)", Style.BRACKETS, keep=["Bild"])
    assert masked.texts == ("Ein [X1X]", "[X1X] [X2X]vom[X/2X] [X3X]")
    assert unmask(masked, ["Un [X1X]", "[X2X]de[X/2X] [X1X] [X3X]"]) == "Un ![*de* Bild `x`](b.png)"


@pytest.mark.parametrize("answer", ["Un `titre`", "Un](/evil) titre", "Un <b>", "{{< x >}}", "\x1b[31m"])
def test_a_title_that_brings_marks_along_is_left_as_it_was(answer: str) -> None:
    masked = mask('[hier](/x "Mehr dazu")', Style.BRACKETS)
    assert unmask(masked, ["ici", answer]) == '[ici](/x "Mehr dazu")'


def test_an_image_alone_is_not_left_as_it_was() -> None:
    with pytest.raises(MaskError):
        unmask(mask("![Ein Bild](b.png)", Style.PLAIN), ["{{< x >}}"])


# Answers


@pytest.mark.parametrize(
    "answer",
    [
        "La [x1x]pétition[x/1x] ici", "La [ X1X ] pétition [ X / 1 X ] ici", "La [Х1Х]pétition[Х/1Х] ici", "La ［X1X］pétition［X/1X］ ici", "La 【X1X】pétition【X/1X】 ici",
        "La [[X1X]]pétition[[X/1X]] ici", "La [X1X] pétition[X／1X] ici", "La [X1X]pétition[X/1X]  ici", "La [X١X]pétition[X/١X] ici",
    ],
)  # fmt: skip
def test_brackets_are_read_tolerantly(answer: str) -> None:
    translation = unmask(mask("Die **Petition** hier", Style.BRACKETS), [answer])
    assert " ".join(translation.split()) == "La **pétition** ici"


@pytest.mark.parametrize(
    "answer",
    ['La <G ID="1">pétition</G> ici', "La <g id='1'>pétition</g> ici", "La <g id=1>pétition</g> ici", 'La <g id="1"> pétition </g> ici', 'La < g id = "1" >pétition< / g > ici'],
)  # fmt: skip
def test_tags_are_read_tolerantly(answer: str) -> None:
    assert unmask(mask("Die **Petition** hier", Style.TAGS), [answer]) == "La **pétition** ici"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("La pétition ici", "lost"),
        ("La [X1X]pétition ici", "another role"),
        ("La [X/1X]pétition[X1X] ici", "nested"),
        ("La [X1X]pétition[X/1X] [X1X]ici[X/1X]", "twice"),
        ("La [X1X][X/1X] pétition", "empty"),
        ("La [X1X]pétition[X/1X] [X2X]", "not sent"),
        ("La {X1X}pétition{X/1X}", "left over"),
        ("La [X1X]pétition[X/1X] X 1 X", "left over"),
        ("", "empty"),
        (" \n", "empty"),
    ],
)
def test_an_answer_whose_placeholders_are_not_whole_is_refused(answer: str, reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        unmask(mask("Die **Petition** hier", Style.BRACKETS), [answer])


def test_an_answer_with_all_placeholders_in_a_heap_at_the_start_is_refused() -> None:
    masked = mask("Ein `a` und ein `b` und mehr", Style.BRACKETS)
    with pytest.raises(MaskError, match="heap"):
        unmask(masked, ["[X1X] [X2X] un et un et plus"])


def test_placeholders_may_change_places() -> None:
    masked = mask("Das `a` im `b`", Style.BRACKETS)
    assert unmask(masked, ["Le [X2X] du [X1X]"]) == "Le `b` du `a`"


def test_markup_may_not_move_into_other_markup() -> None:
    with pytest.raises(MaskError, match="nested otherwise"):
        unmask(mask("**Eins** und *zwei*", Style.BRACKETS), ["[X1X]Un et [X2X]deux[X/2X][X/1X]"])


def test_a_reason_holds_nothing_of_the_text() -> None:
    with pytest.raises(MaskError) as caught:
        unmask(mask("Die **geheime Petition**", Style.BRACKETS), ["https://evil.example [X1X]secrète[X/1X]"])
    assert "evil" not in caught.value.reason
    assert "geheim" not in caught.value.reason


# Rebuilding


@pytest.mark.parametrize(
    ("source", "answer", "translation"),
    [
        ("Die **Petition**, hier", "La [X1X] pétition [X/1X] , ici", "La **pétition**, ici"),
        ("Die **Petition** hier", "La[X1X]pétition[X/1X]ici", "La **pétition** ici"),
        ("(`a`) ist gut", "( [X1X] ) est bien", "(`a`) est bien"),
        ("`a` `b` und mehr", "[X1X][X2X] et plus", "`a` `b` et plus"),
        ("Die **Petition** hier", "[X1X]署名[X/1X]はここ", "**署名**はここ"),
        ("Zeile *eins*\nZeile zwei", "Ligne [X1X]un[X/1X] [X2X] Ligne deux", "Ligne *un*\nLigne deux"),
        ("Wort **fett**", "[X1X]gras[X/1X] mot", "**gras** mot"),
        ("a **b** c", "[X1X]b[X/1X]a c", "**b** a c"),
        ("Er sagt (**ja**)!", "Il dit ( [X1X] oui [X/1X] ) !", "Il dit (**oui**) !"),
        ("Wort **fett**: mehr", "mot [X1X]gras[X/1X] : plus", "mot **gras** : plus"),
        ("Ein Satz", "\n  Une\u200b phrase\ufeff \n", "Une phrase"),
        ("Ein\u200bSatz", "Une\u200bphrase", "Une\u200bphrase"),
    ],
)
def test_blanks_stand_where_the_source_has_them(source: str, answer: str, translation: str) -> None:
    assert unmask(mask(source, Style.BRACKETS), [answer]) == translation


@pytest.mark.parametrize(
    ("source", "answer", "translation"),
    [
        ("Wie es _heißt_ hier", "日本語[X1X]語[X/1X]日本語", "日本語*語*日本語"),
        ("Er ruft _hallo!_, laut", "彼は[X1X]こんにちは！[X/1X]、と", "彼は*こんにちは！*、と"),
        ("**„Wort“**, dann", '語[X1X]"語"[X/1X]語', '語"**語**"語'),
        ("Das _„Wort“_ hier", '日本[X1X]"語"[X/1X]日本', '日本"*語*"日本'),
        ("Nutze **50 %** gern", "使用[X1X]50%[X/1X]吧", "使用**50%** 吧"),
        ("Die _C++_-Welt", "el[X1X]C++[X/1X]mundo", "el *C++* mundo"),
        ("**„Wort“** ist 3 * 4 * 5", "[X1X]「語」[X/1X]は3*4*5", r"「**語**」は3\*4\*5"),
        ("Nutze **50 %** statt 3 * 4 * 5", "使用[X1X]50%[X/1X]吧3*4*5", r"使用**50%** 吧3\*4\*5"),
        ("Das _gut_ 3 * 4 * 5", "[X1X]bien[X/1X] 3*4*5", r"_bien_ 3\*4\*5"),
    ],
)
def test_emphasis_is_written_in_the_way_that_counts_next_to_the_new_words(
    source: str, answer: str, translation: str
) -> None:
    assert unmask(mask(source, Style.BRACKETS), [answer]) == translation


@pytest.mark.parametrize(
    ("answer", "translation"),
    [
        ("*gut*", r"\*gut\*"),
        ("_gut_", r"\_gut\_"),
        ("snake_case", "snake_case"),
        ("[gut]", r"\[gut\]"),
        ("<b>gut</b>", r"\<b>gut\</b>"),
        ("1 < 2", "1 < 2"),
        ("`gut`", r"\`gut\`"),
        ("~~gut~~", r"\~~gut\~~"),
        ("# gut", r"\# gut"),
        ("- gut", r"\- gut"),
        ("+ gut", r"\+ gut"),
        ("1. gut", r"1\. gut"),
        ("2) gut", r"2\) gut"),
        ("> gut", r"\> gut"),
        ("| gut", r"\| gut"),
        (": gut", r"\: gut"),
        ("~~~ gut", None),
        ("gut\n\n# mehr", "gut # mehr"),
        ("AT&amp;T", "AT&T"),
        ("gut #", r"gut \#"),
        (r"C:\*", r"C:\\\*"),
    ],
)
def test_marks_that_an_engine_brings_along_are_only_characters(answer: str, translation: str | None) -> None:
    got = unmask(mask("Ein Satz", Style.PLAIN), [answer])
    assert translation is None or got == translation
    assert verify("Ein Satz", got) is None


@pytest.mark.parametrize(
    "answer",
    [
        "{{< x >}}",
        "{{ x",
        "{% x %}",
        "https://a.example",
        "www.a.example",
        "a@b.example",
        "#tag",
        "@wer",
        "[^1]",
        "{#id}",
        "{.c}",
    ],
)
@pytest.mark.parametrize("source", ["Ein Satz", "1\\. Satz"])
def test_what_no_escape_can_silence_is_refused(source: str, answer: str) -> None:
    with pytest.raises(MaskError, match="markup"):
        unmask(mask(source, Style.BRACKETS), [f"Une {answer} phrase"])


def test_a_mark_that_the_source_has_as_a_character_stays_one() -> None:
    assert (
        unmask(mask("Aktivist*innen **alle**", Style.BRACKETS), ["Militant*es [X1X]tous[X/1X]"])
        == "Militant*es **tous**"
    )


def test_entities_are_read_and_written_again() -> None:
    masked = mask("Fisch &amp; **Brot**&nbsp;&lt; 3", Style.TAGS)
    assert masked.texts == ('Fisch &amp; <g id="1">Brot</g>\u00a0&lt; 3',)
    assert (
        unmask(masked, ['Poisson &amp; <g id="1">pain</g>\u00a0&lt; 3'])
        == "Poisson &amp; **pain**&nbsp;&lt; 3"
    )


def test_an_answer_that_was_unescaped_as_a_whole_is_understood() -> None:
    masked = mask("Fisch &amp; **Brot** &lt;b&gt;", Style.HTML)
    assert unmask(masked, ['Poisson & <span id="x1">pain</span> <b>']) == "Poisson &amp; **pain** &lt;b&gt;"


@pytest.mark.parametrize(
    ("source", "labels", "answer", "translation"),
    [
        ("Siehe [die Karte][k]", {"K"}, "Voir [X1X]la carte[X/1X]", "Voir [la carte][k]"),
        ("Siehe [Karte]", {"KARTE"}, "Voir [X1X]la carte[X/1X]", "Voir [la carte][Karte]"),
        ("Siehe [Karte][]", {"KARTE"}, "Voir [X1X]la carte[X/1X]", "Voir [la carte][Karte]"),
        ("Siehe **[Karte]**", {"KARTE"}, "Voir [X1X]la carte[X/1X]", "Voir **[la carte][Karte]**"),
        ("[Karte]", {"KARTE"}, "La carte", "[La carte][Karte]"),
        ("Siehe [Karte]", set(), "Voir [carte]", "Voir [carte]"),
    ],
)
def test_reference_links_keep_their_label(
    source: str, labels: set[str], answer: str, translation: str
) -> None:
    masked = mask(source, Style.BRACKETS, labels=frozenset(labels))
    assert unmask(masked, [answer]) == translation


@pytest.mark.parametrize(
    ("source", "answer", "translation"),
    [
        ("Die **Petition** hier", "これは[X1X]署名[X/1X]です", "これは**署名**です"),
        ("Die **Petition** hier", "これは[X1X]「署名」[X/1X]です", "これは「**署名**」です"),
        ("Die **Petition** hier", "这是[X1X]请愿书。[X/1X]这里", "这是**请愿书**。这里"),
        ("Die _Petition_ hier", "これは[X1X]署名[X/1X]です", "これは*署名*です"),
        ("Die **[Petition](/p)** hier", "これは[X1X]署名[X/1X]です", "これは **[署名](/p)** です"),
        ("Die ~~Petition~~ hier", "これは[X1X]（署名）[X/1X]です", "これは（~~署名~~）です"),
    ],
)
def test_emphasis_counts_next_to_letters_of_chinese_and_japanese(
    source: str, answer: str, translation: str
) -> None:
    assert unmask(mask(source, Style.BRACKETS), [answer]) == translation


def test_a_text_that_looks_like_a_placeholder_is_refused() -> None:
    with pytest.raises(MaskError, match="looks like a placeholder"):
        mask("Ein [X1X] steht **hier**", Style.BRACKETS)


@pytest.mark.parametrize("form", ["value", "attribute", "title", "parameter", "code"])
def test_a_plain_text_gets_no_backslash(form: str) -> None:
    masked = mask("Ein Satz mit 3 Wörtern", Style.PLAIN, form=form)
    assert unmask(masked, ["1. Une phrase: a < b"]) == "1. Une phrase: a < b"


@pytest.mark.parametrize("answer", ["Une *phrase*", "Une [phrase](/x)", "Une <b>phrase"])
def test_a_plain_text_that_would_become_markup_is_refused(answer: str) -> None:
    with pytest.raises(MaskError):
        unmask(mask("Ein Satz", Style.PLAIN, form="value"), [answer])


def test_the_inside_of_an_html_block_gets_entities() -> None:
    masked = mask("Ein <b>Wort</b> &amp; *mehr*", Style.TAGS, form="html")
    assert masked.texts == ('Ein <g id="1">Wort</g> &amp; *mehr*',)
    assert (
        unmask(masked, ['Un <g id="1">mot</g> &amp; *plus* &lt;i&gt;']) == "Un <b>mot</b> &amp; *plus* &lt;i>"
    )


def test_none_and_a_wrong_number_of_answers_are_refused() -> None:
    masked = mask("Ein Satz", Style.PLAIN)
    for answers in ([], [None], ["a", "b"]):
        with pytest.raises(MaskError):
            unmask(masked, answers)
