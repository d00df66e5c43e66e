"""The quick answer for translations that changed words only: where it says yes, the checks of markup have nothing to say."""

from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.checks import Situation, find_error, labels_of
from netzwerk_i18n.checks.deciding import ERRORS, MARKUP_CHECKS
from netzwerk_i18n.checks.likeness import has_same_markup
from netzwerk_i18n.page import Segment

PAGE = "\n[foo]: /foo\n[bar]: /bar\n\n[^1]: a\n[^2]: b\n"
FORMS = ("markdown", "cell", "html")

WORDS = """foo bar Foo ü ja Nein x 3 日本 ^1 ^ 1. ! - + = : ( ) (x) ' " / % … ， ） x_y a-b mailto:x tel:1 ab:c a.b example.org
évil.example""".split()
WORDS += ["\n", " "]
MARKS = """** * _ ~~ ~ `c` ``a`b`` ` [ ] ](/x) ](http://a.b/c) ![ ](y.png) [a](/b) [l][bar] [foo] [bar] [foo][] ][bar] ][] [] [^1] [^2]
<b> </b> <br> </a> <http://a.b> <a@b.c> {{m}} {x} {.a} { } &amp; & &lt; \\* \\[ \\] \\ # | $ $x$ $$ x@y.de @me @me@h.de
http://a.b www.a.b www. < > %> <% [x] [!NOTE] ]:""".split()
MARKS += [
    '<a href="/x">',
    "<!-- c -->",
    "{{< s >}}",
    "{{< /s >}}",
    '](/x "t")',
    ']({{< ref "a" >}})',
    "](<a b>)",
    "[ ]",
    "> ",
]

PAIRS = 40


def pair(random: Random) -> tuple[str, str]:
    """A text and what is made of it by other words, and now and then by a mark that is lost, added or another."""
    text, translation = [], []
    for _ in range(random.randint(1, 7)):
        if random.random() < 0.55:
            word = random.choice(WORDS)
            text.append(word)
            translation.append(word if random.random() < 0.4 else random.choice(WORDS))
        else:
            mark = random.choice(MARKS)
            text.append(mark)
            translation.append(mark if random.random() < 0.95 else random.choice([*MARKS, ""]))
        if random.random() < 0.04:
            translation.append(random.choice([*WORDS, *MARKS]))
    gap = random.choice(["", "", " "])
    return gap.join(text).strip(), gap.join(translation).strip()


@settings(deadline=None, max_examples=1500)
@given(st.randoms(use_true_random=True), st.sampled_from(FORMS))
def test_what_is_called_alike_is_right_in_the_eyes_of_every_check_of_markup(
    random: Random, form: str
) -> None:
    judged = 0
    for _ in range(PAIRS):
        text, translation = pair(random)
        if text != translation and has_same_markup(text, translation):
            judged += 1
            assert problems(text, translation, form) == [], (text, translation)
    event("several were called alike" if judged > 1 else "one or none was called alike")


def situation(text: str, translation: str, form: str = "markdown") -> Situation:
    segment = Segment(text, "paragraph", 1, None, (), 0, 0, form=form)
    return Situation(segment, translation, "fr", "de", labels=labels_of(PAGE))


def problems(text: str, translation: str, form: str = "markdown") -> list[str]:
    held = situation(text, translation, form)
    return [
        problem.message for check in ERRORS if check.name in MARKUP_CHECKS for problem in check.find(held)
    ]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("ein [hier](/x) und", "le [^1](/x) et"),
        ("hier](http://a.example/b) steht", "ici](http://a.example/b)evil"),
        ("mehr (www.a.example)", "pluswww.a.example)"),
        ("mehr: http://a.example", "plushttp://a.example"),
        ("R &http://a.example sehen", "R &http://a.exampleevil voir"),
        ("wenn a < 3 ist", "quand a <script src=x"),
        ("&lt; als", "&lt;script que"),
        ("90 %, > als", "90 %> que"),
        ("[foo] (siehe)", '[foo](evil "voir")'),
        ("[Bild] und [foo]", "[bar] et [foo]"),
        ("[foo], [bar]", "[foo] [bar]"),
        ("![] Ende", "![](evil) fin"),
        ("ja @ich so", "oui @ich@evil.example ainsi"),
        ("$x$ und $y$", "$x$$y$ et"),
        ("x_y", "_oui"),
        ("[ Haus ](/x)", "[ evil.example ](/x)"),
    ],
)
def test_words_that_make_other_markup_of_the_same_signs_are_not_called_alike(
    text: str, translation: str
) -> None:
    assert problems(text, translation)
    assert not has_same_markup(text, translation)
    assert find_error(situation(text, translation)) is not None


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("**Ja**, [hier](/x)", "**Oui**, [ici](/x)"),
        ("[Das Haus][foo] und [bar], [^1]", "[La maison][foo] et [bar], [^1]"),
        ("`a[0]` ist [gut](/x)", "`a[0]` est [bon](/x)"),
        ('[Mehr]({{< ref "a.md" >}}) dazu', '[Plus]({{< ref "a.md" >}}) sur cela'),
        ("[![Bild](a.png)](/x) und", "[![Image](a.png)](/x) et"),
        ("Mehr auf https://a.example/b.", "Plus sur https://a.example/b."),
    ],
)
def test_words_are_changed_beside_links_code_and_labels(text: str, translation: str) -> None:
    assert has_same_markup(text, translation)
