"""Changes of markup in general: what is carried holds just the source's change, and other words never keep a translation."""

from collections import Counter
from random import Random

from catalog_strategies import HEADER, old_catalog, update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import Catalog, Entry, Message, build_template
from netzwerk_i18n.checks import Situation, find_error
from netzwerk_i18n.page import Page
from netzwerk_i18n.page.carry import carry
from netzwerk_i18n.page.markdown_words import MarkdownWords
from netzwerk_i18n.page.marks import read_marks
from netzwerk_i18n.page.outline import outline_of
from netzwerk_i18n.page.same_words import words_of

quiet = settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])

WORDS = "wir gehen heute gemeinsam Netz Petition Berlin Ada 5 2024 config.toml und ein Haus, Weg. ja! oder? 日本 #los".split()
MARKS = ["{}", "{}", "{}", "*{}*", "_{}_", "**{}**", "~~{}~~", "`{}`", "<b>{}</b>", "[{}](/a)", "[{}](/b)", "![{}](/c.png)",
         '[{}](/a "Titel")', "[{}][ref]", "{}[^1]", "{}<br>", "{} https://x.example/y", "{{{{< m >}}}} {}", "[{}](/a){{.knopf}}", "„{}“", "({})"]  # fmt: skip
JOINTS = [" ", " ", " ", "  ", "\n", " – ", ", "]
TRANSLATED = {word: word[:1] + "é" + word[1:] if word.islower() else word for word in WORDS}

groups = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), min_size=1, max_size=5)
odd = st.text(st.sampled_from("ab12 *_`~[]()<>{}!\\\"'&;\n-–.,:|#^/日"), max_size=24)


def marked(draw: st.DrawFn, texts: list[str]) -> str:
    parts: list[str] = []
    for text in texts:
        parts += (draw(st.sampled_from(JOINTS)), draw(st.sampled_from(MARKS)).format(text))
    return "".join(parts[1:])


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text, a translation of it, and the same text with other marks."""
    drawn = draw(groups)
    texts = [" ".join(group) for group in drawn]
    translated = [" ".join(TRANSLATED[word] for word in group) for group in drawn]
    marks = [draw(st.sampled_from(MARKS)) for _ in texts]
    joints = [draw(st.sampled_from(JOINTS)) for _ in texts]

    def written(parts: list[str], order: list[int]) -> str:
        return "".join(joints[n] + marks[n].format(parts[n]) for n in order).strip()

    order = list(range(len(texts)))
    other = draw(st.permutations(order)) if draw(st.booleans()) else order
    return written(texts, order), written(translated, other), marked(draw, texts)


EMPHASIS = ("emphasis", "strong")


def identities(text: str) -> Counter[tuple[str, str]]:
    read = read_marks(text)
    assert read is not None
    return Counter(mark.identity for mark in read.marks)


def without_emphasis(marks: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    return Counter({mark: count for mark, count in marks.items() if mark[0] not in EMPHASIS})


def emphasis(text: str) -> Counter[tuple[str, str]]:
    return Counter({mark: count for mark, count in identities(text).items() if mark[0] in EMPHASIS})


@quiet
@given(st.one_of(changes(), st.tuples(odd, odd, odd)))
def test_what_is_carried_holds_the_change_of_the_source_and_nothing_else(
    change: tuple[str, str, str],
) -> None:
    old, translation, new = change
    carried = carry(old, translation, new)
    if carried is None:
        return
    assert words_of(old) == words_of(new)
    assert words_of(carried) == words_of(translation)
    before, after = identities(carried) + identities(old), identities(translation) + identities(new)
    if before != after:  # emphasis may be left as the translation has it, and only as a whole
        assert without_emphasis(before) == without_emphasis(after)
        assert emphasis(carried) == emphasis(translation)


@quiet
@given(changes())
def test_texts_of_the_same_words_have_the_same_outline(change: tuple[str, str, str]) -> None:
    old, _, new = change
    if words_of(old) == words_of(new):
        assert outline_of(old) == outline_of(new)


@quiet
@given(st.one_of(changes(), st.tuples(odd, odd, odd)))
def test_where_nothing_changes_nothing_is_changed(change: tuple[str, str, str]) -> None:
    old, translation, _ = change
    if words_of(old):
        assert carry(old, translation, old) == translation


@quiet
@given(changes())
def test_what_is_carried_passes_the_checks_that_its_translation_passed(change: tuple[str, str, str]) -> None:
    old, translation, new = change
    carried = carry(old, translation, new)
    if carried is None:
        return
    before, after = (Page.parse(f"x\n\n{text}\n\n[ref]: /r\n").segments[1:2] for text in (old, new))
    if not before or not after or before[0].text != old or after[0].text != new:
        return
    if find_error(Situation(before[0], translation, "fr", "de")) is None:
        assert find_error(Situation(after[0], carried, "fr", "de")) is None


@quiet
@given(changes(), st.sampled_from(["heute", "morgen"]))
def test_other_words_never_keep_a_translation_as_translated(change: tuple[str, str, str], word: str) -> None:
    old, translation, new = change
    new = f"{new} {word}"
    assert words_of(old) != words_of(new)
    catalog = update(
        old_catalog(Message(old, translation)),
        build_template([Entry(new, references=("a.md",))], header=HEADER),
        same_words=MarkdownWords(),
    )
    assert all(message.fuzzy for message in catalog.live() if message.msgstr)


SENTENCES = [
    ("Wir **gehen** {n} mal [weg](/{n}/a)", "Nous [partons](/{n}/a) **bien** {n} fois", "Wir *gehen* {n} mal [weg](/{n}/b)"),
    ('Das "Netz" - {n}', "Le « réseau » – {n}", "Das „Netz“  – {n}"),
    ("Seit {n} in Berlin", "À Berlin depuis {n}", "Seit **{n}** in [Berlin](/b)"),
    ("Eins {n}.\nZwei.", "Un {n}.\nDeux.", "Eins {n}. Zwei."),
    ("![Bild {n}](a.png)", "![Image {n}](a.png)", "![Bild {n}](b.png)"),
    ("Nur {n} Worte", "Rien que {n} mots", "Nur {n} Worte"),
]  # fmt: skip


@st.composite
def sites(draw: st.DrawFn) -> tuple[list[list[int]], dict[int, tuple[str, str, str]]]:
    """Pages of numbered texts, each with its translation and what it becomes; some stand on several pages."""
    count = draw(st.integers(1, 24))
    texts = {
        number: tuple(part.format(n=number) for part in draw(st.sampled_from(SENTENCES)))
        for number in range(count)
    }
    pages = draw(st.lists(st.lists(st.integers(0, count - 1), max_size=8), min_size=1, max_size=5))
    return pages, texts  # type: ignore[return-value]


def template_of(pages: list[tuple[str, list[str]]]) -> Catalog:
    return build_template(
        [Entry(text, references=(path,)) for path, texts in pages for text in texts], header=HEADER
    )


@settings(quiet, max_examples=150)
@given(sites(), st.randoms(use_true_random=False))
def test_no_message_goes_stale_whose_words_did_not_change_whatever_moves(
    site: tuple[list[list[int]], dict[int, tuple[str, str, str]]], random: Random
) -> None:
    pages, texts = site
    before = template_of([(f"{n}.md", [texts[i][0] for i in page]) for n, page in enumerate(pages)])
    old = old_catalog(*(Message(m.msgid, "", None, m.references) for m in before.messages))
    for message in old.messages:
        message.msgstr = next(t for s, t, _ in texts.values() if s == message.msgid)
    moved = [list(page) for page in pages]
    for page in moved:
        random.shuffle(page)
    after = template_of([(f"{n}.md", [texts[i][2] for i in page]) for n, page in enumerate(moved)])
    catalog = update(old, after, same_words=MarkdownWords())
    assert not [m.msgid for m in catalog.live() if m.fuzzy or not m.msgstr]
    number = {source: n for n, (_, _, source) in texts.items()}
    assert all(str(number[m.msgid]) in m.msgstr for m in catalog.live())
    assert update(catalog, after, same_words=MarkdownWords()) == catalog


@settings(quiet, max_examples=150)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abcd")), max_size=8), min_size=2, max_size=5
    ),
    st.randoms(use_true_random=False),
)
def test_translations_do_not_depend_on_the_order_of_the_pages(
    drawn: list[list[tuple[int, str]]], random: Random
) -> None:
    edits = {
        "a": ("Satz {n} steht hier", "Satz {n} steht hier"),
        "b": ("Wort {n} wird gut", "Wort {n} wird sehr gut"),
        "c": ("Ein [Netz](/{n}) für alle", "Ein [Netz](/{n}/neu) für alle"),
        "d": ("Eins ist {n} hier. Zwei kommt dann.", "Eins ist {n} hier."),
    }

    def site(which: int, pages: list[tuple[int, list[tuple[int, str]]]]) -> Catalog:
        return template_of(
            [(f"{name}.md", [edits[kind][which].format(n=n) for n, kind in page]) for name, page in pages]
        )

    pages = list(enumerate(drawn))
    shuffled = list(pages)
    random.shuffle(shuffled)
    results = []
    for order in (pages, shuffled):
        old = site(0, order)
        filled = old_catalog(*(Message(m.msgid, f"<{m.msgid}>", None, m.references) for m in old.messages))
        new = update(filled, site(1, order), same_words=MarkdownWords())
        results.append({m.key: (m.msgstr, m.flags, m.previous, m.obsolete) for m in new.messages})
    assert results[0] == results[1]


@settings(quiet, max_examples=150)
@given(st.lists(changes(), min_size=1, max_size=4))
def test_no_translation_is_lost_when_markup_changes(drawn: list[tuple[str, str, str]]) -> None:
    messages = {old: translation for old, translation, _ in drawn if old and translation}
    old = old_catalog(*(Message(*pair) for pair in messages.items()))
    source = build_template([Entry(new, references=("a.md",)) for _, _, new in drawn], header=HEADER)
    catalog = update(old, source, same_words=MarkdownWords())
    assert set(messages.values()) <= {m.msgstr for m in catalog.messages}
    assert update(catalog, source, same_words=MarkdownWords()) == catalog
