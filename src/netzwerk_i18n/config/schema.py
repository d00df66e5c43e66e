"""What each table of a configuration may hold: its keys, what each takes, and how that is said."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from netzwerk_i18n.checks.rules import SEVERITIES
from netzwerk_i18n.config.engines import ENGINE_OPTIONS
from netzwerk_i18n.config.settings import BARE_KEY, FALLBACK, FOREIGN, PUBLISH, REFERENCES
from netzwerk_i18n.page.settings import HEADING_IDS

_MOST_AT_ONCE = 64

Check = Callable[[Any], bool]


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _one_of(choices: Sequence[str]) -> Check:
    return lambda value: value in choices


STRING = (_is_string, "a string")
_STRINGS = (_is_strings, "a list of strings")
_BOOLEAN = ((lambda value: isinstance(value, bool)), "true or false")
_SHARE = (_is_share, "a number from 0 to 1")
_COUNT = (
    (lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0),
    "a whole number, 0 or more",
)
_TABLES_LIST = ((lambda value: isinstance(value, list)), "a list of tables: write [[pages.more]]")
TABLE = ((lambda value: isinstance(value, dict)), "a table")
_CONCURRENCY = (
    (lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_AT_ONCE),
    f"a number from 1 to {_MOST_AT_ONCE}",
)
_NOTICE = (
    (lambda value: value is False or (isinstance(value, str) and BARE_KEY.fullmatch(value) is not None)),
    "a key of letters, digits, - and _, or false",
)
_POLICY: dict[str, tuple[Check, str]] = {
    "publish": (_one_of(PUBLISH), " or ".join(map(repr, PUBLISH))),
    "fallback": (_one_of(FALLBACK), ", ".join(map(repr, FALLBACK))),
    "minimum_coverage": _SHARE,
}
_PARAMETERS = (
    lambda value: (
        isinstance(value, list)
        and all(isinstance(item, str | int) and not isinstance(item, bool) for item in value)
    ),
    "a list of parameter names or positions",
)

SCHEMA: dict[str, dict[str, tuple[Check, str]]] = {
    "project": {
        "domain": STRING,
        "source_locale": STRING,
        "source_lang": STRING,
        "locales": _STRINGS,
        "report_bugs_to": STRING,
    },
    "pages": {
        "source": STRING,
        "target": STRING,
        "include": _STRINGS,
        "exclude": _STRINGS,
        "hand_written": _STRINGS,
        "front_matter": _STRINGS,
        "code_comments": _BOOLEAN,
        "container_titles": _BOOLEAN,
        "hard_wraps": _BOOLEAN,
        "mdx": _STRINGS,
        "heading_ids": (_one_of(HEADING_IDS), ", ".join(map(repr, HEADING_IDS))),
        "localized": TABLE,
        "more": _TABLES_LIST,
    },
    "catalogs": {
        "template": STRING,
        "catalog": STRING,
        "references": (_one_of(REFERENCES), ", ".join(map(repr, REFERENCES))),
        "fuzzy_threshold": _SHARE,
    },
    "draft": {
        "engine": STRING,
        "concurrency": _CONCURRENCY,
        "glossary": STRING,
        "notice": _NOTICE,
        "cache": _BOOLEAN,
        "keep": _STRINGS,
        "foreign": (_one_of(FOREIGN), " or ".join(map(repr, FOREIGN))),
    },
    "gate": {
        "required": _STRINGS,
        "maximum_stale_words": _COUNT,
        "maximum_untranslated_words": _COUNT,
        "grace_days": _COUNT,
    },
    "report": {"history": STRING, "source_url": STRING},
}
FOLDER_SCHEMA = {"source": STRING, "target": STRING, "include": _STRINGS, "keys": _STRINGS}
LOCALE_SCHEMA = {"lang": STRING, "target": STRING, **_POLICY}
SHORTCODE_SCHEMA = {"parameters": _PARAMETERS, "inner": (_one_of(("text", "code")), "'text' or 'code'")}
OVERRIDE_SCHEMA = {"pages": _STRINGS, "locales": _STRINGS, **_POLICY}
IGNORE_SCHEMA = {
    "check": STRING,
    "msgid": STRING,
    "msgstr": STRING,
    "pages": _STRINGS,
    "locales": _STRINGS,
    "reason": STRING,
}
TABLES = (*SCHEMA, "locales", "shortcodes", "engines", "policy", "checks", "links")
SEVERITY = (_one_of(SEVERITIES), ", ".join(map(repr, SEVERITIES)))
LINKS_SCHEMA = {"severity": SEVERITY, "allow": _STRINGS}


def known_keys() -> dict[str, dict[str, str]]:
    """What a configuration may hold: by table, each key with what it takes, in words."""
    tables: dict[str, Mapping[str, tuple[Check, str]]] = {
        **SCHEMA,
        "[pages.more]": FOLDER_SCHEMA,
        "locales.NAME": LOCALE_SCHEMA,
        "shortcodes.NAME": SHORTCODE_SCHEMA,
        "[policy]": OVERRIDE_SCHEMA,
        **{f"engines.{name}": options for name, options in ENGINE_OPTIONS.items()},
        "checks": {"NAME": SEVERITY},
        "checks.locales.LOCALE": {"NAME": SEVERITY},
        "checks.links": LINKS_SCHEMA,
        "[checks.ignore]": IGNORE_SCHEMA,
        'links."ADDRESS"': {"LOCALE": STRING},
    }
    return {name: {key: wanted for key, (_, wanted) in schema.items()} for name, schema in tables.items()}
