"""The reference of the checks as Markdown, made from the registry.

`python -m netzwerk_i18n.report.check_reference > docs/checks.md` writes it anew.
"""

import re
import sys
from itertools import chain

from netzwerk_i18n.checks import ERRORS, Check
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
an error forbids.

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

_LINKS = """
Links that your project allows are set in the configuration, as regular expressions that match the whole target, or as
prefixes that stand for one another:

```toml
[checks.links]
allow = ['https://example\\.org/(fr|nl)/.*']

[links."https://example.org/petition"]
fr = "https://example.org/fr/petition"
```
"""


def check_reference() -> str:
    """Every check of this package: what it looks for, why, examples, and how to silence it."""
    errors = "".join(map(_section, ERRORS))
    warnings = "".join(map(_section, WARNINGS))
    return f"{_HEAD}\n## Errors\n{errors}\n## Warnings\n{warnings}{_TAIL}"


def _section(check: Check) -> str:
    more = _LINKS if check.name == "links" else ""
    right = _example("Right", check.right)
    wrong = _example("Wrong", check.wrong)
    return f"\n### {check.name}\n\n{check.what} {check.why}\n{right}{wrong}\n{_silence(check)}\n{more}"


def _example(label: str, pair: tuple[str, str]) -> str:
    source, translation = (one_line(text, width=300) for text in pair)
    longest = max(map(len, chain(("``",), re.findall("`+", source + translation))))
    fence = "`" * (longest + 1)
    return f"\n{label}:\n\n{fence}text\n{source}\n{translation}\n{fence}\n"


def _silence(check: Check) -> str:
    if check.name == "links":  # whose name in `[checks]` is the table of what is allowed
        return (
            'Silence it: only in the configuration, `links = "off"` or `"warning"` in the table of a language, '
            "such as `[checks.locales.fr]`."
        )
    if check.severity == "error":
        return f'Silence it: only in the configuration, `{check.name} = "off"` or `"warning"` in `[checks]`.'
    return (
        f"Silence it: the comment `# i18n-ignore: {check.name}` at the message, "
        f'or `{check.name} = "off"` in `[checks]`.'
    )


if __name__ == "__main__":
    sys.stdout.write(check_reference())
