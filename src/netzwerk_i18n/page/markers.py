"""Lines within a paragraph that a Markdown dialect reads as structure: borders, never text.

CommonMark joins such a line with its neighbours; Goldmark, GitHub, MDN, MkDocs, Docusaurus, Pandoc and
Obsidian do not. A tool that joins them too breaks alerts, definitions and attributes without a word.
"""

import re

FIRST_CHARACTERS = frozenset("[{:~%!?=\\<*-/^ie")
"""What a border or a lead can begin with."""

_ATTRIBUTES = r"\{:?[ \t]*(?:[.#][\w:-]|[\w-]+=)[^{}]*\}"

_ALERT = r"\\?\[![\w-]+\][+-]?"
"""The sign of an alert. Formatters set a backslash before it, behind which Hugo and GitHub see it all the same."""

ADMONITION = r'(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]+(?:inline|end|annotate))*(?:[ \t]+"[^\n]*")?'
"""A line that begins a box of MkDocs, with the modifiers that Material knows: other words could be a sentence."""

_CODE = r"""(?:
    import[ \t]+(?:[\w$*{}, \t]+[ \t]from[ \t]+)?(?:"[^"\n]+"|'[^'\n]+');?
  | import[ \t]+(?:[\w$]+,[ \t]*)?\{[\w$, \t]*
  | export[ \t]+(?:const|let|var)[ \t]+[\w$]+[ \t]*=.*
  | export[ \t]+(?:default[ \t]+)?(?:async[ \t]+)?function\*?[ \t]+[\w$]+[ \t]*\(.*
  | \{(?![{%]).*=>.*                                             # `{list.map((each) => (`
  )"""
"""The first line of code between Markdown, as MDX and Docusaurus read it: it goes on to the next blank line."""

_PYMDOWN_BLOCK = r"/{3,}(?:[ \t]+[a-z][\w-]*(?:[ \t]*\|[^\n]*)?)?"
"""A line that begins or ends a block of PyMdown's, with its title."""

_BORDER = re.compile(
    rf"""(?:
        {_ALERT}
      | {_ATTRIBUTES} | \{{:[^{{}}]*\}}                            # block attributes, all that kramdown has
      | : | :::+.* | ::[A-Za-z][\w-]*(?:\{{[^{{}}]*\}})? | %%.*           # containers, directives, comments
      | {ADMONITION}
      | ===[!+]?[ \t]+"[^\n]*"                                   # admonitions, tabs
      | {_PYMDOWN_BLOCK}
      | \\\[ | \\\]                                              # display math
      | <-{{3,}}>(?:[ \t]*<!--[^>]*-->)?                         # columns of Hugo's Book and Geekdoc themes
      | \[(?:TOC|toc)\] | \[\[(?:_TOC_|TOC|toc)\]\] | <!--[^>]*-->
      | -+8<-+(?:[ \t]+"[^\n]*")? | <<<[ \t]+[@./~]\S*          # a file that PyMdown or VitePress puts in
      | !\[\[[^\[\]|]+(?:\|\d+(?:x\d+)?)?\]\] | \^[\w-]*          # what Obsidian puts in, and a block's name there
      | {_CODE}
    )[ \t]*\Z""",
    re.VERBOSE,
)
_CODE_LINE = re.compile(rf"{_CODE}[ \t]*\Z", re.VERBOSE)
_LEAD = re.compile(
    rf"(?:\*\[[^\[\]]+\]:[ \t]+(?=\S)|[:~][ \t]+(?=\S)|{_ALERT}(?:[ \t]+(?=\S)|(?=[^\s(\[:])))"
)
_LABELLED_DIRECTIVE = re.compile(r"::[A-Za-z][\w-]*\[[^\n]*\](?:\{[^{}\n]*\})?[ \t]*\Z")
_TITLED = re.compile(
    r"""(?:!!!|\?\?\?\+?|===[!+]?[ \t])[^"\n]*"(?P<quoted>[^\n]*)"[ \t]*\Z
      | :::+[ \t]*[A-Za-z][\w-]*(?:
            \[(?P<bracketed>[^\n]*)\](?:\{[^{}\n]*\})?
          | (?:\{[^{}\n]*\})?[ \t]+(?P<bare>(?![\w-]*[={])[^\s:][^\n{}]*?)(?:[ \t]*\{[^{}\n]*\})?
        )[ \t]*\Z
      | /{3,}[ \t]+[a-z][\w-]*[ \t]*\|(?P<piped>[^\n]*)\Z""",
    re.VERBOSE,
)
"""A container that says its title: Python-Markdown and Material for MkDocs; Docusaurus and Starlight, which have the
title in brackets; VitePress, where it is the rest of the line; the blocks of PyMdown, which have it behind a bar."""
_TITLE_ENDS = {"quoted": '"', "bracketed": "]", "bare": "", "piped": ""}
_HAS_OPTIONS = (":::", "///")
_BOX = re.compile(
    r"""(?:!!!|\?\?\?\+?)[ \t]*(?:[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+"[^\n]*")?|"[^\n]*")[ \t]*\Z"""
)
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_TASK_BOX = re.compile(r"\[[ xX]\][ \t\n]")
_KRAMDOWN_RULE = re.compile(r"\|[ \t|:=+-]*\Z")
_GRID_RULE = re.compile(r"\+(?:[:=-]{3,}\+)+[ \t]*\Z")
_DELIMITER_ROW = re.compile(r"(?=.*-)[ \t|:-]+\Z")
_HEADING_ATTRIBUTES = re.compile(rf"{_ATTRIBUTES}|\{{/\*[^{{}}]*\*/\}}")


def is_border(line: str) -> bool:
    """Whether `line` (without indentation) is a dialect's marker and nothing else."""
    return line[:1] in FIRST_CHARACTERS and _BORDER.match(line) is not None


def begins_box(line: str) -> bool:
    """Whether Python-Markdown or PyMdown begin a box with `line`, if an indented line follows.

    >>> begins_box("!!!Note"), begins_box("!!! danger highlight blink"), begins_box('??? "Title"')
    (True, True, True)
    """
    return _BOX.match(line) is not None


def may_be_border(line: str) -> bool:
    """Whether `line` begins a block where others stand below it: a box of MkDocs, a drawn table; or is a directive of its own."""
    if line[:1] not in "!?:+":
        return False
    return begins_box(line) or is_grid_rule(line) or is_labelled_directive(line)


def begins_code(line: str) -> bool:
    """Whether `line` is the first of code between Markdown, which goes on to the next blank line (MDX)."""
    return line[:1] in "ie{" and _CODE_LINE.match(line) is not None


def has_options(line: str) -> bool:
    """Whether the indented lines below `line` are settings: mkdocstrings (`::: module.Class`), the blocks of PyMdown."""
    return line.startswith(_HAS_OPTIONS)


def is_labelled_directive(line: str) -> bool:
    """Whether `line` is a directive with a text in it, which Docusaurus and Starlight read as a block: `::card[Text]`."""
    return line.startswith("::") and _LABELLED_DIRECTIVE.match(line) is not None


def lead_length(line: str) -> int:
    """The length of a marker that stands before text on the same line; 0 where there is none.

    These are `: ` of a definition, `[!note] ` of an alert and `*[HTML]: ` of an abbreviation.
    """
    match = _LEAD.match(line) if line[:1] in ":~[*\\" else None
    return match.end() if match else 0


def container_title(line: str) -> tuple[int, int, str] | None:
    """Where the title stands in a line that begins a container, and what closes it there; None where it has none.

    >>> container_title('!!! note "Achtung"'), container_title(":::tip[Rat]"), container_title("::: tip Rat")
    ((10, 17, '"'), (7, 10, ']'), (8, 11, ''))
    """
    match = _TITLED.match(line)
    if match is None or match.lastgroup is None:
        return None
    return (*match.span(match.lastgroup), _TITLE_ENDS[match.lastgroup])


def is_delimiter_row(line: str) -> bool:
    """Whether `line` looks like the second line of a table; Goldmark needs no bar in it."""
    return line[:1] in "|-:" and _DELIMITER_ROW.match(line) is not None


def is_kramdown_rule(line: str) -> bool:
    """Whether `line` parts the rows of a table of kramdown's, which needs no second line: `|---+---|`, `|===`."""
    return _KRAMDOWN_RULE.match(line) is not None


def is_grid_rule(line: str) -> bool:
    """Whether `line` begins a table that Pandoc reads as drawn: `+-----+-----+`."""
    return _GRID_RULE.match(line) is not None


def task_length(text: str) -> int:
    """The length of a task list item's box with its space; 0 where there is none (GFM, section 5.3)."""
    match = _TASK.match(text)
    return match.end() if match else 0


def begins_with_box(text: str) -> bool:
    """Whether `text` begins with a task's box, which may stand alone on its line."""
    return text[0] == "[" and _TASK_BOX.match(text) is not None


def is_empty_task(text: str) -> bool:
    """Whether `text` is a task list item's box and nothing else."""
    return text.rstrip(" \t") in ("[ ]", "[x]", "[X]")


def heading_attributes_start(heading: str, *, is_mdx: bool = False) -> int:
    r"""Where `{#id .class}` at the end of a heading begins, its white space included; its length without one.

    An escaped brace opens none, it is read as it stands. Docusaurus reads `{/* #id */}` as well, and in MDX, where a brace
    begins an expression, `\{#id}`.
    """
    start = heading.rfind("{")
    if start < 0 or not _HEADING_ATTRIBUTES.fullmatch(heading, start):
        return len(heading)
    if _is_escaped(heading, start):
        if not is_mdx or not heading.startswith("{#", start):
            return len(heading)
        start -= 1
    # A closing sequence of # may stand before the attributes.
    bare = heading[:start].rstrip(" \t")
    text = bare.rstrip("#")
    return len(text.rstrip(" \t")) if text != bare and text.endswith((" ", "\t")) else len(bare)


def _is_escaped(text: str, offset: int) -> bool:
    return (offset - len(text[:offset].rstrip("\\"))) % 2 == 1
