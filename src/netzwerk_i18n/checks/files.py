"""The registry of the checks that look at more than one translation: whole pages, catalogs, and source pages.

They have a name, a severity and a place in the reference as the checks of single translations do. What cannot be
read at all has a name too, but no setting: nothing could be published from it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from netzwerk_i18n.checks.rules import Severity

PAGE_STRUCTURE = "page-structure"
"""The check (an error) of blocks, front matter and shortcodes."""

ANCHORS = "anchors"
"""The check (a warning) of links within the page."""

Subject = Literal["page", "catalog", "source page", "configuration", "project"]


class FileCheck(NamedTuple):
    """One check of a whole file.

    Attributes:
        name: how settings and reports call it, in kebab-case.
        subject: what it looks at: a localized page, a catalog, a source page, the configuration or the project as a whole.
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


_FILES: tuple[FileCheck, ...] = (
    FileCheck(
        PAGE_STRUCTURE,
        "page",
        "error",
        "The localized page has the blocks, the keys of the front matter and the shortcodes of its source page, "
        'less what `fallback = "omit"` leaves out.',
        "Two translations that are harmless alone can break a page together; `build` leaves the one out that does it.",
        "# Ziel\n\nText {{< jahr >}}\n\n# Aim\n\nText {{< jahr >}}",
        "# Ziel\n\nText {{< jahr >}}\n\n# Aim\n\nText {{< jahr >}} {{< jahr >}}",
    ),
    FileCheck(
        ANCHORS,
        "page",
        "warning",
        "What a localized page links to within itself, `#ziel`, is there.",
        "The id of a heading is made of its text: translate the heading, and the link leads nowhere. With `heading_ids` in "
        "`[pages]`, translated headings keep the ids of their source.",
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
        "consistency",
        "catalog",
        "warning",
        "A text that stands on several pages, each with a catalog of its own, is translated in one way; most of them decide.",
        "Two names for one thing are two things to readers; who translates one page does not see the others.",
        '# menu.po and about.po\nmsgid "Netzwerk"\nmsgstr "Réseau"',
        '# menu.po has "Réseau", about.po\nmsgid "Netzwerk"\nmsgstr "Toile"',
        "po",
    ),
    FileCheck(
        "source-syntax",
        "source page",
        "warning",
        "Nothing in a source page keeps texts out of translation: front matter that cannot be parsed, a mark of a merge "
        "conflict, blocks nested too deep.",
        "Such texts are in no catalog: they stay in the source's language, and a site may not build at all.",
        "---\ntitle: 'Ziele: wir'\n---",
        "---\ntitle: Ziele: wir\n---",
    ),
    FileCheck(
        "shared-value",
        "source page",
        "warning",
        "What a page says of itself in its front matter, its address (`url`, `permalink`) or its language (`lang`), is another "
        "one on localized pages; `[pages.localized]` says it.",
        "Of pages that have one address the site shows one; a page that says another language is shown as such.",
        "---\nurl: ueber/\n---",
        "---\nurl: /ueber/\n---",
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

GATE_CHECKS: tuple[FileCheck, ...] = (
    FileCheck(
        "template-outdated",
        "project",
        "error",
        "The template holds the texts of the source pages as they are.",
        "What was not extracted cannot be translated, and nobody sees that it is missing.",
        "netzwerk-i18n sync",
        "a source page was edited, and nothing was run",
        "text",
    ),
    FileCheck(
        "catalog-outdated",
        "project",
        "error",
        "Each catalog holds the messages of the template; how its lines are wrapped does not matter.",
        "A translator would work on texts that stand on no page any more.",
        "netzwerk-i18n sync",
        "the template was extracted on one branch, the catalogs come from another",
        "text",
    ),
    FileCheck(
        "page-outdated",
        "project",
        "error",
        "Each localized page is what its source page and its catalog give, and none is left whose source is gone.",
        "Readers would see yesterday's text, or a page that the site no longer has.",
        "netzwerk-i18n build",
        "a translation was corrected in the catalog, and the page was not built",
        "text",
    ),
    FileCheck(
        "page-edited",
        "project",
        "error",
        "No localized page was edited by hand; one that a person wrote where the tool would write is a warning.",
        "An edit on the page is out of the translators' sight, and the page is never built again.",
        "netzwerk-i18n import --edited",
        "a typing error was corrected in content/about.fr.md",
        "text",
    ),
    FileCheck(
        "critical",
        "project",
        "error",
        "No text that its author marked `<!-- i18n:critical -->` is stale.",
        "A wrong date or a withdrawn demand does harm in every language.",
        "<!-- i18n:critical -->\nBis zum 9. Januar.",
        "the date changed, and its translation is fuzzy",
        "text",
    ),
    FileCheck(
        "stale",
        "project",
        "error",
        "No more words are fuzzy than `[gate] maximum_stale_words` allows, in any language that `required` names.",
        "What is fuzzy is not published: the page is losing its translation.",
        "the translation was corrected, and the fuzzy mark taken away",
        "#, fuzzy",
        "text",
    ),
    FileCheck(
        "untranslated",
        "project",
        "error",
        "No more words are untranslated than `[gate] maximum_untranslated_words` allows, where it is set.",
        "A site may demand that a language is complete.",
        "every message has a msgstr",
        'msgstr ""',
        "text",
    ),
    FileCheck(
        "draft",
        "project",
        "warning",
        "No machine draft waits for a person, in a language that does not publish drafts.",
        "A draft that nobody reviews is published by nobody.",
        "the draft was reviewed, and the fuzzy mark taken away",
        "#, fuzzy\n# mt: google ...",
        "text",
    ),
    FileCheck(
        "lost-translation",
        "project",
        "error",
        "With `--against`: no message was translated before the change and is not after it, though its source stayed.",
        "A merge that went wrong drops translations in silence.",
        "the catalog keeps what it had",
        "the catalog was replaced by an older one",
        "text",
    ),
)
"""What must be in order before a change is merged; see `[gate]`."""

FILE_CHECKS = _FILES + GATE_CHECKS
"""In the order of reports."""

PAGE_SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {check.name: check.severity for check in FILE_CHECKS if check.subject == "page"}
)
"""The checks of a localized page as a whole, and how severe each is unless the project says otherwise."""

SILENCED_BY_COMMENT = frozenset({"glossary", "consistency"})
"""Those that look at single messages, whose translator may silence them there."""

UNREADABLE: tuple[str, ...] = ("catalog", "page")
"""The names of findings about files that cannot be read; always errors."""

MSGFMT, UNUSED_IGNORE = "msgfmt", "unused-ignore"


def file_check(name: str) -> FileCheck | None:
    """The check of whole files that is called `name`, or None."""
    return next((check for check in FILE_CHECKS if check.name == name), None)
