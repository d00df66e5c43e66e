"""The reference of the checks as Markdown, made from the registry.

`python -m netzwerk_i18n.report.check_reference > docs/checks.md` writes it anew.
"""

import re
import sys
from itertools import chain

from netzwerk_i18n.checks import ERRORS, FILE_CHECKS, Check, FileCheck
from netzwerk_i18n.checks.files import GATE_CHECKS, SILENCED_BY_COMMENT
from netzwerk_i18n.checks.warnings import WARNINGS
from netzwerk_i18n.report.text import one_line

_HEAD = """\
# Checks

`netzwerk-i18n check` holds every translation against its source. An **error** is not published: the source text, or
what the policy of the page says, stands in its place. A **warning** is published, and somebody should look at it.

Set another severity (`"error"`, `"warning"` or `"off"`) in `netzwerk-i18n.toml`, for all languages or for one:

```toml
[checks]
length = "off"

[checks.locales.fr]
french-spacing = "error"
```

A warning about one message can be silenced in the catalog as well, by a translator comment; the reason is for those
who come after you:

```po
# i18n-ignore: numbers (the date is another one in France)
msgid "Bis zum 9. Januar"
msgstr "Jusqu’au 10 janvier"
```

An error cannot: whoever may send a translation may send a comment with it, so only the configuration can allow what
an error forbids. There, `msgid` or `pages` (globs of source pages) say where, `locales` in which languages, and an
error needs a `reason`. Give the `msgstr` too where you can: then another translation is judged anew.

```toml
[[checks.ignore]]
check = "links"
msgid = "Unterschreibt die [Petition](https://example.org/de/petition)."
msgstr = "Signez la [pétition](https://petition.example/fr)."
locales = ["fr"]
reason = "the French petition is our partner's"
```

Whatever `[[checks.ignore]]` no longer silences anything is named by a warning, `unused-ignore`.

Every check can be set, those of whole pages, catalogs and source pages too; a check of source pages in `[checks]` only,
as no language has a part in them. Two findings have no setting: `catalog` and `page` say that a file cannot be read, and
what cannot be read cannot be published. And whatever is set, `build` refuses a value that the front matter cannot hold.

In the examples `↵` is a line break, and what begins with a backslash and `x` or `u` is an invisible character.
"""

_TAIL = """\

## Checks of your own

A distribution adds checks by an entry point of the group `netzwerk_i18n.checks`. It names a
`netzwerk_i18n.checks.Check` or an iterable of them:

```toml
[project.entry-points."netzwerk_i18n.checks"]
house-style = "house_style:CHECKS"
```

They are set and chosen by name as the others are, and their errors are not published either. A name that is taken, or
a distribution that cannot be loaded, stops the run: a check that is silently missing would let everything pass.
Distributions in the current folder are not loaded: what lies in a site is data.
"""

_GATE = """
Whether anything is left to extract, to build or to translate. These are judged where no pages are named on the command
line; with `--against REV` only what is worse than in that revision is found.
"""

_LINKS = """
Its severity stands in the table of what is allowed, `[checks.links]`; without such a table `links = "warning"` in
`[checks]` does the same. Links that your project allows are set in the configuration, as regular expressions that match the whole target, or as
prefixes that stand for one another (the longest counts):

```toml
[checks.links]
severity = "error"
allow = ['https://example\\.org/(fr|nl)/.*']

[links."https://example.org/petition"]
fr = "https://example.org/fr/petition"
```
"""


def check_reference() -> str:
    """Every check of this package: what it looks for, why, examples, and how to silence it."""
    errors = "".join(map(_section, ERRORS))
    warnings = "".join(map(_section, WARNINGS))
    files = "".join(_file_section(check) for check in FILE_CHECKS if check not in GATE_CHECKS)
    gate = "".join(map(_file_section, GATE_CHECKS))
    return (
        f"{_HEAD}\n## Errors\n{errors}\n## Warnings\n{warnings}"
        f"\n## Pages, catalogs and source pages\n{files}\n## The gate\n{_GATE}{gate}{_TAIL}"
    )


def _section(check: Check) -> str:
    more = _LINKS if check.name == "links" else ""
    right = _example("Right", check.right)
    wrong = _example("Wrong", check.wrong)
    return f"\n### {check.name}\n\n{check.what} {check.why}\n{right}{wrong}\n{_silence(check)}\n{more}"


def _file_section(check: FileCheck) -> str:
    examples = "".join(
        f"\n{label}:\n\n````{check.language}\n{text}\n````\n"
        for label, text in (("Right", check.right), ("Wrong", check.wrong))
    )
    kind = "an error" if check.severity == "error" else "a warning"
    silence = f'`{check.name} = "off"` in `[checks]`'
    if check.name in SILENCED_BY_COMMENT:
        silence = f"the comment `# i18n-ignore: {check.name}` at the message, or {silence}"
    if check.subject in ("page", "catalog", "project"):
        silence += ", or in the table of a language"
    if check.subject in ("page", "source page"):
        silence += f'; for single pages, `[[checks.ignore]]` with `check = "{check.name}"` and `pages`'
    return (
        f"\n### {check.name}\n\n{check.what} {check.why} It looks at the {check.subject}; what it finds is {kind}.\n"
        f"{examples}\nSilence it: {silence}.\n"
    )


def _example(label: str, pair: tuple[str, str]) -> str:
    source, translation = (one_line(text, width=300) for text in pair)
    longest = max(map(len, chain(("``",), re.findall("`+", source + translation))))
    fence = "`" * (longest + 1)
    return f"\n{label}:\n\n{fence}text\n{source}\n{translation}\n{fence}\n"


def _silence(check: Check) -> str:
    if check.severity == "error":
        return (
            f'Silence it: only in the configuration, `{check.name} = "off"` or `"warning"` in `[checks]`, or for one '
            "message by `[[checks.ignore]]`."
        )
    return (
        f"Silence it: the comment `# i18n-ignore: {check.name}` at the message, "
        f'or `{check.name} = "off"` in `[checks]`.'
    )


if __name__ == "__main__":
    sys.stdout.write(check_reference())
