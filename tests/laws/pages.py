"""Pages of every construct a page may have, nested in each other, for hypothesis to vary.

A block is a list of lines without their ends; a container puts its prefix before the lines of the blocks in it. What
comes out need not be well formed: the laws hold for any text at all.
"""

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

Lines = list[str]
Blocks = st.SearchStrategy[Lines]

PLAIN = [
    "Bürgerinnen", "und", "Bürger", "die", "Straße", "für", "offene", "Netze", "über", "Wir", "laden", "ein", "Haus", "der", "Freiheit",
    "Woche", "lesen", "schreiben", "teilen", "Europa", "ohne", "Angst", "heute", "morgen", "gemeinsam", "Daten", "Recht",
]  # fmt: skip
ODD = [
    "10\u00a0%", "null\u200bbreite", "weich\u00adtrennung", "e\u0301tude", "Zeile\u2028Trenner", "Absatz\u2029Trenner", "alt\u0085neu", "seite\x0cvorschub",
    "tab\x0bvertikal", "\u05e2\u05d1\u05e8\u05d9\u05ea", "\u0645\u0631\u062d\u0628\u0627\u200f", "日本語", "한국어", "👩\u200d👩\u200d👧", "🇪🇺", "İstanbul", "ﬁnden", "\ufeffmitte",
    "R&D", "&amp;", "&nbsp;", "&#x27;", "&copy", "a_b_c", "2*3*4", "\\*kein\\*", "\\|", "\\#", "\\[x\\]", "\\`", "1.", "2)", "+", "-", "#tag", "#", "@name", "5<6", "a>b", ">", "*", "_", "~", "~~", ":",
    "[", "]", "(x)", "![", "](", "[x]", "[ ]", "=", "==", "---", "|", "a|b", "||", "``", "`", "$5", "$x^2$", "{", "}", "{{", "}}", "{x}", "{.klasse}", "%%", ":::", "!!!", "\\",
    "C:\\Pfad\\", "http://beispiel.de", "www.beispiel.de", "mail@beispiel.de", ":smile:", "„Zitat“", "»so«", "'er'", '"sie"', "...", "--", "(c)", "\x00",
]  # fmt: skip
# Atoms may hold blanks; each may become a line break when a paragraph is wrapped.
SPANS = [
    "**fett und stark**", "__auch fett__", "*betont*", "_sehr betont_", "***beides hier***", "~~nicht mehr~~", "ein**ge**bettet", "**offen", "zu**",
    "`kurz`", "`zwei Worte`", "`` a ` b ``", "` rand `", "`a|b`", "`<tag>`", "`\\`", "[Karte](/karte)", '[Karte von Wien](/karte "Titel der Karte")',
    "[Text mit `code` darin](https://beispiel.de/a_(b)?c=d&e=f)", "[**fett** im Link](<ziel mit blank> 'Titel hier')", "[Verweis][eins]", "[eins][]", "[eins]", "[zwei drei]",
    "![Bild von allen](bild.png)", '![Bild](bild.png "Titel vom Bild")', "[![Schild im Link](schild.svg)](/ziel)", "![Bild][eins]",
    "<https://beispiel.de/?a=b>", "<mail@beispiel.de>", "<b>dick und rund</b>", '<a href="/x" title="Ein Titel">Anker hier</a>', "<br>", "<br />", '<span class="a b"\u0020data-x="1">Spanne</span>',
    "<!-- leise bleiben -->", "<kbd>Strg</kbd>+<kbd>C</kbd>", "H<sub>2</sub>O", '<img src="a.png" alt="Ein Bild"\u0020width="3">', "<abbr title='Europäische Union'>EU</abbr>",
    "Fußnote[^1]", "Anmerkung[^note]", "fehlt[^nie]", '{{< icon "stern" >}}', "{{< ref datei.md >}}", '{{domxref("Foo.bar", "bar")}}', '{{HTMLElement("input/button", "&lt;input&gt;")}}', "{{</*roh*/>}}", "{{cssxref('color')}}",
    "[Mehr]({{< ref datei.md >}})", "[Link](/x){.knopf}", "==markiert==", "++neu++", ":material-check:", "[[Notiz|anderer Name]]", "![[einbettung.png]]", "^hoch^",
]  # fmt: skip


def atoms() -> st.SearchStrategy[str]:
    """A word, an odd piece of text, or a span of inline markup."""
    plain = st.sampled_from(PLAIN)
    return st.one_of(
        plain, plain, plain, st.sampled_from(SPANS), st.sampled_from(SPANS), st.sampled_from(ODD)
    )


def phrase(minimum: int = 1, maximum: int = 5) -> st.SearchStrategy[str]:
    """Inline Markdown on one line."""
    return st.lists(atoms(), min_size=minimum, max_size=maximum).map(" ".join)


BREAKS = ["\n", "\n", "\n", "  \n", "\\\n", "   \n", " \n", "\n  ", "\n\t", "\t\n"]


@st.composite
def wrapped(draw: st.DrawFn) -> Lines:
    """A paragraph whose blanks are, some of them, soft or hard line breaks, within spans of markup too."""
    text = draw(st.lists(atoms(), min_size=1, max_size=7).map(" ".join))
    blanks = [at for at, character in enumerate(text) if character == " "]
    chosen = draw(st.lists(st.sampled_from(blanks), max_size=3, unique=True)) if blanks else []
    for at in sorted(chosen, reverse=True):
        text = text[:at] + draw(st.sampled_from(BREAKS)) + text[at + 1 :]
    if draw(st.integers(0, 9)) == 0:
        text += draw(st.sampled_from(["  ", " ", "\t", "\\", "   "]))
    return text.split("\n")


@st.composite
def heading(draw: st.DrawFn) -> Lines:
    text = draw(phrase(0, 4))
    if draw(st.booleans()):
        underline = draw(st.sampled_from(["===", "---", "=", "-- ", "----------"]))
        return [*(draw(wrapped()) if draw(st.booleans()) else [text or "Titel"]), underline]
    marks = draw(st.sampled_from(["#", "##", "###", "######", " ##", "   #"]))
    end = draw(
        st.sampled_from(
            ["", "", " #", " ## ", "  ", " {#anker}", " {#a .b c=d}", " {: #e .f }", " \\#", "\t#"]
        )
    )
    return [f"{marks}{draw(st.sampled_from([' ', ' ', '  ', chr(9)]))}{text}{end}"]


@st.composite
def table(draw: st.DrawFn) -> Lines:
    columns = draw(st.integers(1, 3))
    outer = draw(st.booleans()) or columns == 1
    cell = st.one_of(
        phrase(1, 2).map(lambda text: text.replace("|", "\\|")),
        st.sampled_from(["", " ", "`a\\|b`", "5", "\\|", "\\\\|"]),
    )

    def row(cells: list[str]) -> str:
        glue = draw(st.sampled_from([" | ", " | ", "|", "  |\t"]))
        return f"| {glue.join(cells)} |" if outer else glue.join(cells)

    rows = [
        row(draw(st.lists(cell, min_size=columns, max_size=columns))) for _ in range(draw(st.integers(1, 3)))
    ]
    if draw(st.integers(0, 7)) == 0:
        rows.append(row(draw(st.lists(cell, min_size=1, max_size=columns))))
    rule = row([draw(st.sampled_from(["---", ":--", "--:", ":-:", "-----"])) for _ in range(columns)])
    attributes = (
        [draw(st.sampled_from(["{.breit}", "{: .tabelle }"]))] if draw(st.integers(0, 5)) == 0 else []
    )
    return [rows[0], rule, *rows[1:], *attributes]


CODE = [
    ["```python", "def f():  # ein Kommentar", "    return 'x'", "```"],
    ['~~~ {.js title="Datei"}', "```", "", "const a = 1;", "~~~"],
    ["    eingerückter code", "", "    noch einer"],
    ["\tmit tabulator"],
    ["```md", "| a | b |", "> [!NOTE]", ": x", "```"],
    ["$$", "a^2 + b^2 = c^2", "$$"],
    ["```", "nie geschlossen"],
]  # fmt: skip

HTML = [
    ["<div>", "<p>Ein Absatz mit <b>Fett</b> und", "  zweiter Zeile.</p>", "</div>"],
    ['<div class="karte" title="Ein Hinweis">', "  <h3>Titel &amp; mehr</h3>", '  <img src="a.png" alt="Bild vom', '  Haus">', "  <ul><li>Eins</li><li>Zwei <em>drei</em></li></ul>", "</div>"],
    ["<details>", "<summary>Mehr lesen</summary>", "", "Innen **Markdown**.", "", "</details>"],
    ["<table><tr><th>Kopf</th></tr>", "<tr><td>Zelle &lt;1&gt;</td><td aria-label='Schließen'></td></tr></table>"],
    ["<!-- ein Kommentar", "", "über Zeilen -->"],
    ["<!-- kurz --> Text danach"],
    ["<script>", "const text = '<p>kein Text</p>';", "", "</script>"],
    ["<style>p { content: 'kein Text' }</style>"],
    ["<pre>", "  roh", "", "  bleibt</pre>"],
    ["<?php echo 'x'; ?>"],
    ["<!DOCTYPE html>"],
    ["<![CDATA[", "roh", "]]>"],
    ["<del>", "*gestrichen*", "</del>"],
    ["<P ALIGN=center>Groß <BR> geschrieben</P>"],
    ["<a href='/x'", "   title='a > b'>", "Anker im Block</a>"],
    ['<input type="text" placeholder="Dein Name" value="bleibt">'],
    ['<meta name="description" content="Was hier steht">'],
    ["<p>nie geschlossen", "und weiter"],
    ["<section>", "Text <!-- Kommentar --> nach ihm", "<hr/>", "Ende</section>"],
    ["<iframe src='x'></iframe>"],
]  # fmt: skip

ALONE = [
    ['{{< figure src="a.png" caption="Ein Bild vom Fest" >}}'], ["{{< youtube w7Ft2ymGmfc >}}"], ["{{HTTPSidebar}}"], ['{{EmbedLiveSample("Beispiel", 300, 100)}}'], ["{{% hinweis_kurz %}}"],
    ["{{APIRef}}{{SecureContext_Header}}"], ["{.klasse}"], ["{: .klasse #id}"], ["{#anker}"], ["%% ein Kommentar %%"], [":::"], ["::: spalten"], ["***"], ["- - -"], ["[TOC]"], ["\\newpage"],
    ["[eins]: /ziel 'Titel von eins'"], ["[zwei drei]: <ziel mit blank>", '  "Titel über', '  zwei Zeilen"'], ["[EINS]:", "/zweites", "(in Klammern)"], ["[nur]: /ziel"], ["*[HTML]: Hyper Text"],
    ["| eins | zwei |", "|===", "| drei | *vier* |", "|---+---|", "| fünf | |"], ["| Zeile eins", "| Zeile `a|b` zwei"],
    ["[^1]: Kurz."], ["[^1]: Wort"], [""], ["", ""], ["[^leer]:"], ['[eins]: /ziel "Titel" mehr'], ["Setext", "==="], ["+", ""], ["1.", ""], ["#"], [">"],
]  # fmt: skip
MULTI_LINE_SHORTCODES = [
    ["{{< figure", '  src="a.png"', '  caption="Ein Bild vom Fest"', '  alt="Alle lachen"', ">}}"],
    ["{{< figure src=b.png caption=`Ein Bild,", "  roh geschrieben` title='einfach' >}}"],
    ['{{< figure src="a.png"', 'title="Titel hier" >}}'],
]  # fmt: skip


def indented(body: Lines, first: str, rest: str) -> Lines:
    """Lines with one prefix for the first and another for all others; blank lines keep none."""
    return [(first if number == 0 else rest if line else "") + line for number, line in enumerate(body)]


@st.composite
def items(draw: st.DrawFn, inner: Blocks) -> Lines:
    bullet = draw(st.sampled_from(["- ", "* ", "+ ", "1. ", "10) ", "-   ", "-\t"]))
    loose = draw(st.booleans())
    task = draw(st.sampled_from(["", "", "", "[ ] ", "[x] ", "[X]  "]))
    out: Lines = []
    for _ in range(draw(st.integers(1, 3))):
        body = draw(st.one_of(wrapped(), inner))
        if draw(st.integers(0, 3)) == 0:
            body = [*body, *([""] if loose else []), *draw(inner)]
        width = len(bullet.expandtabs(4))
        out += indented(
            [task + body[0], *body[1:]],
            bullet,
            draw(st.sampled_from([" " * width, " " * width, " " * width, "\t", ""])),
        )
        out += [""] if loose else []
    return out


@st.composite
def quote(draw: st.DrawFn, inner: Blocks) -> Lines:
    mark = draw(st.sampled_from(["> ", ">", " > ", ">  "]))
    body = draw(st.one_of(wrapped(), inner))
    if draw(st.integers(0, 2)) == 0:
        alert = draw(
            st.sampled_from(
                ["[!NOTE]", "[!WARNING]", "[!tip]+ Eigener Titel", "[!CAUTION] Achtung **hier**", "[!info]-"]
            )
        )
        body = [alert, *body]
    lazy = draw(st.integers(0, 3)) == 0
    return [
        line if lazy and number and line and draw(st.booleans()) else mark + line if line else ">"
        for number, line in enumerate(body)
    ]


@st.composite
def definitions(draw: st.DrawFn, inner: Blocks) -> Lines:
    if draw(st.booleans()):  # as in MDN's pages
        out: Lines = []
        for _ in range(draw(st.integers(1, 2))):
            out += indented(draw(wrapped()), "- ", "  ")
            out += indented(draw(st.one_of(wrapped(), inner)), "  - : ", "    ")
        return out
    out = draw(st.lists(phrase(1, 3), min_size=1, max_size=2))
    for _ in range(draw(st.integers(1, 2))):
        out += [""] if draw(st.integers(0, 3)) == 0 else []
        mark = draw(st.sampled_from([": ", ":   "]))
        out += indented(draw(wrapped()), mark, draw(st.sampled_from([" " * len(mark), "", "    "])))
        out += ["", *indented(draw(inner), "    ", "    ")] if draw(st.integers(0, 3)) == 0 else []
    return out


@st.composite
def footnote(draw: st.DrawFn, inner: Blocks) -> Lines:
    label = draw(st.sampled_from(["1", "note", "nie-verwendet"]))
    out = indented(draw(wrapped()), f"[^{label}]: ", draw(st.sampled_from(["    ", "    ", ""])))
    for _ in range(draw(st.integers(0, 2))):
        out += ["", *indented(draw(st.one_of(wrapped(), inner)), "    ", "    ")]
    return out


@st.composite
def admonition(draw: st.DrawFn, inner: Blocks) -> Lines:
    body = [*draw(wrapped()), *draw(st.one_of(st.just([]), inner))]
    opener = draw(
        st.sampled_from(
            [
                "!!! note",
                '!!! warning "Ein Titel"',
                '??? tip "Auf"',
                "!!! Note",
                '!!!danger highlight blink "Ein Titel"',
                '??? "Nur ein Titel"',
                "???+ info",
                '=== "Reiter eins"',
                ":::note",
                ":::tip[Titel]",
                "::: warning Achtung",
            ]
        )
    )
    if opener.startswith(":"):
        gap = [""] if draw(st.booleans()) else []
        return [opener, *gap, *body, *gap, ":::"]
    return [opener, *([""] if draw(st.booleans()) else []), *indented(body, "    ", "    ")]


@st.composite
def paired_shortcode(draw: st.DrawFn, inner: Blocks) -> Lines:
    mark, end = draw(st.sampled_from([("<", ">"), ("%", "%")]))
    name = "note" if mark == "<" else "hinweis"
    parameters = draw(
        st.sampled_from(["", ' title="Ein Titel"', ' "erstens" zwei', ' text=`roh und "mehr"` type=warn'])
    )
    gap = [""] if draw(st.booleans()) else []
    body = draw(st.one_of(wrapped(), inner))
    if draw(st.integers(0, 5)) == 0:
        return [f"{{{{{mark} {name}{parameters} {end}}}}}{draw(phrase())}{{{{{mark} /{name} {end}}}}}"]
    return [f"{{{{{mark} {name}{parameters} {end}}}}}", *gap, *body, *gap, f"{{{{{mark} /{name} {end}}}}}"]


def joined(parts: list[Lines], gaps: list[int]) -> Lines:
    """Blocks with no, one or two blank lines between them."""
    out: Lines = []
    for part, gap in zip(parts, gaps, strict=False):
        out += [*part, *([""] * gap)]
    return out[: len(out) - gaps[len(parts) - 1]] if parts else out


def blocks(depth: int = 3, *, quoted: bool = False) -> Blocks:
    """One to three blocks, containers within containers down to the depth."""
    leaf: list[Blocks] = [
        wrapped(),
        wrapped(),
        heading(),
        table(),
        st.sampled_from(CODE),
        st.sampled_from(HTML),
        st.sampled_from(ALONE),
    ]
    if not quoted:  # Hugo does not let a quote's mark stand within a shortcode's parameters
        leaf.append(st.sampled_from(MULTI_LINE_SHORTCODES))
    choices = leaf
    if depth > 0:
        inner = st.deferred(lambda: blocks(depth - 1, quoted=quoted))
        in_quote = st.deferred(lambda: blocks(depth - 1, quoted=True))
        containers: list[Callable[[Blocks], Blocks]] = [
            items,
            items,
            definitions,
            footnote,
            admonition,
            paired_shortcode,
        ]
        choices = [*leaf, quote(in_quote), quote(in_quote), *(container(inner) for container in containers)]
    return st.builds(
        joined,
        st.lists(st.one_of(choices), min_size=1, max_size=3 if depth < 3 else 5),
        st.lists(st.sampled_from([1, 1, 1, 0, 2]), min_size=5, max_size=5),
    )


FRONT_MATTER = [
    [],
    [],
    ["---", "title: Ein Titel", "---"],
    ["---", 'title: "Ein \\"Titel\\": mit \\u00e4 Zeichen"', "description: 'Es ist''s'", "date: 2024-01-01", "draft: false", "# ein Kommentar", "tags: [a, b]", "---", ""],
    ["---", "title: >-", "  Gefaltet über", "  zwei Zeilen", "summary: |", "  Erste Zeile", "  zweite Zeile", "weight: 10", "---"],
    ["---", "slug: Web/HTML/Element", "title: '<input>: Das Eingabeelement'", "menu:", "  main:", "    name: Menüname", "l10n:", "  sourceCommit: abc", "---", ""],
    ["---", "title: mehrzeilig ohne", "  Anführung  # Rest", "subtitle:", "linkTitle: null", "caption: 5", "---"],
    ["---", "---"],
    ["---", "title: yes", "description: 'yes'", "---", "", "---"],
    ["+++", 'title = "Ein \\"Titel\\""', "description = '''", "roh", "mehr'''", "date = 2024-01-01", "[params]", "x = 1 # Kommentar", "+++", ""],
    ["+++", "title = 'wörtlich \\ hier'", 'summary = """', "zwei", 'Zeilen"""', "+++"],
    ["{", '  "title": "Ein \\"Titel\\" \\u00fc",', '  "description": "Es\\nist so", "weight": 1', "}", ""],
    ["---", "nur Text", "---"],
]  # fmt: skip


@st.composite
def pages(draw: st.DrawFn, *, depth: int = 3, ends: bool = True) -> str:
    """A whole page: front matter, blocks, and one of the ways to end lines."""
    front, text = draw(st.sampled_from(FRONT_MATTER)), draw(blocks(depth))
    if draw(st.integers(0, 4)) == 0:
        text = [line.replace("    ", "\t", 1) for line in text]
    if not ends:
        return "\n".join([*front, *text]) + "\n"
    if draw(st.integers(0, 7)) == 0:
        text = [line + draw(st.sampled_from(["", " ", "  ", "\t"])) for line in text]
    way = draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "mixed"]))
    page = ""
    for line in [*front, *text]:
        page += line + (draw(st.sampled_from(["\n", "\r\n", "\r"])) if way == "mixed" else way)
    if draw(st.integers(0, 3)) == 0:
        page = page.rstrip("\r\n")
    if draw(st.integers(0, 9)) == 0:
        page = "\ufeff" + page
    return page


FRAGMENTS = [
    "a", "b c", "Wort", " ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\\", "\\\n", "  \n", "*", "**", "_", "`", "``", "```", "~~~", "~~", "#", "# ", "## ", "> ", ">", "- ", "* ", "+ ", "1. ", "1) ", "---", "===",
    "|", "| a | b |\n|---|---|\n", "\\|", "[", "]", "(", ")", "![", "](", "[a]: /u\n", "[a]: /u 't'\n", "[^1]", "[^1]: ", ": ", "<", ">", "<div>", "</div>", "<p>", "<b>", "</b>", "<!--", "-->", "<pre>", "<script>", "<a title='x'>",
    "{", "}", "{{", "}}", "{{< x >}}", "{{% x %}}", "{{m}}", "{.c}", "{: .c}", "{#i}", "[!NOTE]", "!!! note", '=== "T"', ":::", "%%", "$$", "+++\n", "---\n", "title: x\n", "&amp;", "&", '"', "'", "=", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u00a0",
    "\u200b", "\ufeff", "ä", "e\u0301", "א", "😀",
]  # fmt: skip


def soup() -> st.SearchStrategy[str]:
    """Pieces of markup in no order at all."""
    return st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


def any_text() -> st.SearchStrategy[str]:
    """Any text a file can hold."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
