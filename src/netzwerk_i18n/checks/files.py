"""The registry of the checks that look at more than one translation: whole pages, catalogs, and source pages.

They have a name, a severity and a place in the reference as the checks of single translations do. What cannot be
read at all has a name too, but no setting: nothing could be published from it.
"""

from dataclasses import dataclass
from typing import Literal

from netzwerk_i18n.checks.rules import Severity

Subject = Literal["page", "catalog", "source page", "configuration"]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One check of a whole file.

    Attributes:
        name: how settings and reports call it, in kebab-case.
        subject: what it looks at: a localized page, a catalog, a source page or the configuration.
        severity: what its findings are unless the project says otherwise.
        what: what it looks for, one sentence.
        why: why that matters, one sentence.
        right: an example that passes, and the language it is written in (as a code block names it).
        wrong: an example that does not.
        language: the language of the examples.
    """

    name: str
    subject: Subject
    severity: Severity
    what: str
    why: str
    right: str
    wrong: str
    language: str = "markdown"


FILE_CHECKS: tuple[FileCheck, ...] = (
    FileCheck(
        "page-structure",
        "page",
        "error",
        "The localized page has the blocks, the keys of the front matter and the shortcodes of its source page.",
        "Two translations that are harmless alone can break a page together; this looks at what would be written.",
        "# Ziel\n\nText {{< jahr >}}\n\n# Aim\n\nText {{< jahr >}}",
        "# Ziel\n\nText {{< jahr >}}\n\n# Aim\n\nText {{< jahr >}} {{< jahr >}}",
    ),
    FileCheck(
        "anchors",
        "page",
        "warning",
        "What a localized page links to within itself, `#ziel`, is there.",
        "The id of a heading is made of its text: translate the heading, and the link leads nowhere.",
        "# Aim {#ziel}\n\n[Go](#ziel)",
        "# Aim\n\n[Go](#ziel)",
    ),
    FileCheck(
        "catalog-header",
        "catalog",
        "warning",
        "The header of a catalog names its language, the charset UTF-8 and a rule of plural forms.",
        "Editors and platforms take the language from there, and spoil the letters where the charset is wrong.",
        '"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Language: en\\n"\n"Content-Type: text/plain; charset=ISO-8859-1\\n"',
        "po",
    ),
    FileCheck(
        "msgfmt",
        "catalog",
        "error",
        "gettext's own `msgfmt --check` accepts the catalog, where it is installed; its warnings are warnings.",
        "Every other program that reads the catalog stumbles over what gettext refuses.",
        'msgid "Ja"\nmsgstr "Oui"',
        '#, c-format\nmsgid "%s Stimmen"\nmsgstr "%d voix"',
        "po",
    ),
    FileCheck(
        "glossary",
        "catalog",
        "warning",
        "A translation says the terms of the project's `glossary.csv` as the glossary does; endings may differ.",
        "One thing with two names is two things to readers, and a name that was translated is found by nobody.",
        '# the glossary has Petition,pétition\nmsgid "Die Petition"\nmsgstr "La pétition"',
        'msgid "Die Petition"\nmsgstr "La demande"',
        "po",
    ),
    FileCheck(
        "vague-link",
        "source page",
        "warning",
        "The text of a link says where it leads (WCAG 2.4.4).",
        'Who hears the links alone hears "hier, hier, hier"; and a translator cannot tell what "hier" is.',
        "Unterschreibt die [Petition gegen X](https://example.org/p).",
        "Die Petition steht [hier](https://example.org/p).",
    ),
    FileCheck(
        "foreign-text",
        "source page",
        "warning",
        "The texts of a source page are in the source's language.",
        "Translators are asked to translate what is no source text; `<!-- i18n:keep -->` or `i18n:skip` spares them.",
        "<!-- i18n:keep -->\nThis is what they said about it.",
        "This is what they said about it.",
    ),
    FileCheck(
        "repeated-anchor",
        "source page",
        "warning",
        "No two headings of a source page have the same anchor.",
        "The second one is called `#ziele-1`, and which is which changes with the order of the page.",
        "## Ziele\n\n## Ziele {#ziele-2025}",
        "## Ziele\n\n## Ziele",
    ),
    FileCheck(
        "unused-ignore",
        "configuration",
        "warning",
        "Every `[[checks.ignore]]` of the configuration still silences something.",
        "What is allowed without need is a door that stands open; remove what has served its time.",
        '[[checks.ignore]]\ncheck = "numbers"\nmsgid = "Bis zum 9. Januar"  # whose translation says 10',
        '[[checks.ignore]]\ncheck = "numbers"\nmsgid = "Bis zum 8. Januar"  # which stands on no page',
        "toml",
    ),
)
"""In the order of reports."""

UNREADABLE: tuple[str, ...] = ("catalog", "page")
"""The names of findings about files that cannot be read; always errors."""

MSGFMT, UNUSED_IGNORE = "msgfmt", "unused-ignore"


def file_check(name: str) -> FileCheck | None:
    """The check of whole files that is called `name`, or None."""
    return next((check for check in FILE_CHECKS if check.name == name), None)
