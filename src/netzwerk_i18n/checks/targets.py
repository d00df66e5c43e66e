"""Link targets: when two are the same, and when one may stand in another's place.

A translation leads where its source leads. What may differ is the language: of a wiki, of a site's folder or host, of a
query's `lang`; and what a mail begins with. Everything else is the project's decision.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from netzwerk_i18n.checks.rules import Rules

_PARTS = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?:(?P<slashes>//)(?P<host>[^/?#]*))?(?P<path>[^?#]*)"
    r"(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_WIKI = re.compile(
    r"(?P<lang>[a-z]{2,3}(?:-[a-z0-9-]+)?|simple)(?P<rest>(?:\.m)?\.wik(?:ipedia|tionary|ibooks|inews|iquote|isource|iversity|ivoyage)\.org)"
)
_ARTICLE = re.compile(r"/(?:wiki|[a-z]{2,3}(?:-[a-z]+)?)/.")
_NO_ARTICLE = re.compile(r"[^\s_:]:[^\s_]|/\.\.?(?:/|\Z)")
_LANGUAGE_HOST = re.compile(r"(?P<lang>[a-z]{2}(?:-[a-z]{2,4})?)\.(?P<rest>[a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_LANGUAGE_KEYS = frozenset({"lang", "language", "locale", "hl", "lng", "setlang", "uselang"})
_TERRITORY = re.compile(r"-[a-z]{2}\Z")
_FILE_LANGUAGE = re.compile(
    r"""(?:[._-](?=[\w-]+\.[A-Za-z]{2,5}\Z) | (?<=/)[^/.]+\.(?=[\w-]+\Z))
        ([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?=\.|\Z)""",
    re.VERBOSE | re.ASCII,
)
"""The language before a file's ending, or, below a folder, in its place; behind a hyphen it may be a word: `/stopp-es`."""

_PAGE_NAME = re.compile(r"(?P<stem>.+)\.(?P<ending>md|mdx|markdown)")

_SHARED_HOSTS = frozenset(
    """blogspot.com codeberg.page fandom.com github.io gitlab.io herokuapp.com jimdofree.com livejournal.com medium.com
    netlify.app noblogs.org pages.dev substack.com tumblr.com vercel.app web.app wixsite.com wordpress.com
    workers.dev""".split()
)
"""Hosts below which anyone may open a site: the name before them says who, not in which language."""

_ALIASES = {
    "nb": ("no",), "nn": ("no",), "fil": ("tl",), "gsw": ("als",), "he": ("iw",), "id": ("in",), "yue": ("zh-yue",),
    "zh-hans": ("zh-cn",), "zh-hant": ("zh-tw", "zh-hk"), "sr-latn": ("sh",),
}  # fmt: skip
"""Codes that wikis and sites use for a language besides its own."""

TOP_DOMAINS = (
    "com|org|net|info|biz|xyz|top|shop|site|online|live|news|blog|club|social|app|dev|page|link|click"
    "|example|test|ngo|africa|cloud|world|space|store|website"
)
"""What names of hosts end in, besides the two letters of a country, where a name is no address yet."""


class Target(NamedTuple):
    """A link target in its parts (RFC 3986, appendix B), in one spelling."""

    scheme: str
    slashes: str
    host: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        scheme = f"{self.scheme}:" if self.scheme else ""
        return f"{scheme}{self.slashes}{self.host}{self.path}{self.query}{self.fragment}"


@lru_cache(maxsize=4096)
def parse_target(raw: str) -> Target:
    """The parts of a target, any text at all; letters outside ASCII are percent-encoded except in the host.

    >>> parse_target("www.example.org/a").host
    'www.example.org'
    """
    parts = _PARTS.fullmatch(raw)
    if parts is None:  # the pattern matches any text
        return Target("", "", "", raw, "", "")
    host, path = parts["host"] or "", parts["path"]
    if not host and not parts["scheme"] and path[:4].lower() == "www.":  # a bare address, or meant as one
        host, slash, path = path.partition("/")
        path = slash + path
    return Target(
        _lower(parts["scheme"] or ""),
        parts["slashes"] or "",
        _lower(host),
        _escaped(path),
        _escaped(parts["query"] or ""),
        _escaped(parts["fragment"] or ""),
    )


def same_target(one: str, other: str) -> bool:
    """Whether two targets are one, but for spelling that no server can tell.

    >>> same_target("https://Example.org/ä", "https://example.org/%C3%A4/")
    True
    """
    return one == other or spelling(one) == spelling(other)


def spelling(raw: str) -> str:
    """The one spelling of a target under which it is compared."""
    target = parse_target(raw)
    text = str(target)
    if target.path.endswith("/") and (len(target.path) > 1 or target.host):
        path = target.path.rstrip("/")
        text = str(Target(target.scheme, target.slashes, target.host, path, target.query, target.fragment))
    return text


def may_replace(source: str, target: str, locale: str, source_locale: str, rules: Rules) -> bool:
    """Whether `target` may stand in a translation where the source has `source`."""
    if same_target(source, target) or is_allowed(target, rules) or _mapped(source, target, locale, rules):
        return True
    old, new = parse_target(source), parse_target(target)
    codes = _Codes(locale, source_locale)
    if old.scheme != new.scheme or old.slashes != new.slashes:
        return False
    if old.scheme == "mailto":
        return _same_mail(old, new)
    if old.scheme and not old.slashes:
        return False
    if not old.host and not old.path and not old.query:
        return bool(old.fragment) and not (new.host or new.path or new.query) and bool(new.fragment)
    if old.host != new.host:
        wiki = _wiki(old.host, new.host, codes)
        if wiki is not None:
            return wiki and _same_kind_of_article(old, new)
        if not _is_language_host(old.host, new.host, codes):
            return False
    return (
        _same_path(
            old.path,
            new.path,
            codes,
            relative=not old.host,
            named=rules.names_languages and not old.host and not old.path.startswith("@/"),
        )
        and _same_query(old.query, new.query, codes)
        and old.fragment == new.fragment
    )


def is_allowed(target: str, rules: Rules) -> bool:
    """Whether the project allows this target in any translation."""
    return any(_pattern(pattern).fullmatch(target) for pattern in rules.allowed_links)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error:
        return re.compile(r"(?!)")  # the configuration refuses it; here it allows nothing


class _Codes:
    """The language codes that a site may use for the source's language and for the translation's."""

    def __init__(self, locale: str, source_locale: str) -> None:
        self.new = language_codes(locale)
        self.old = language_codes(source_locale)
        self.any_territory = locale.isalpha()

    def swapped(self, old: str, new: str) -> bool:
        """Whether one code gives way to the translation's; sites offer a language in the spelling of some territory."""
        fits = new in self.new or (
            self.any_territory and new[:-3] in self.new and _TERRITORY.match(new, len(new) - 3)
        )
        return bool(fits) and (old in self.old or _is_language(old))


@lru_cache(maxsize=256)
def language_codes(locale: str) -> frozenset[str]:
    """What hosts and paths may call a locale, in small letters with hyphens.

    >>> sorted(language_codes("pt_BR"))
    ['pt', 'pt-br']
    """
    full = locale.partition("@")[0].replace("_", "-").lower()
    if "@latin" in locale:
        full += "-latn"
    parts = full.split("-")
    codes = {"-".join(parts[:count]) for count in range(1, len(parts) + 1)}
    codes.add("-".join((parts[0], parts[-1])) if len(parts) > 1 else full)
    for code in tuple(codes):
        codes.update(_ALIASES.get(code, ()))
    return frozenset(codes)


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from babel import Locale

    codes = map(str, Locale.parse("en").languages)
    return frozenset(code for code in codes if len(code) == 2)  # noqa: PLR2004 - ISO 639-1


def _is_language(code: str) -> bool:
    return code.partition("-")[0] in _languages()


def _code(text: str) -> str:
    return _lower(text).replace("_", "-")


def _wiki(old: str, new: str, codes: _Codes) -> bool | None:
    """Whether one wiki of a family gives way to another; None where the source's is no wiki."""
    before, after = _WIKI.fullmatch(old), _WIKI.fullmatch(new)
    if before is None:
        return None
    family = before["rest"].replace(".m.", ".", 1)
    return after is not None and after["rest"].replace(".m.", ".", 1) == family and after["lang"] in codes.new


def _same_kind_of_article(old: Target, new: Target) -> bool:
    """Whether an article gives way to an article: what is no article, such as a redirect, could lead anywhere.

    Nor is a page of a namespace that the source's is not in (`User:`, `Special:`), or a path that leads back up.
    """
    before, after = unquote(old.path), unquote(new.path)
    if _NO_ARTICLE.search(after) and not _NO_ARTICLE.search(before):
        return False
    if _ARTICLE.match(old.path) is None:
        return (old.path, old.query) == (new.path, new.query) or _ARTICLE.match(new.path) is not None
    return _ARTICLE.match(new.path) is not None and new.query in ("", old.query)


def _is_language_host(old: str, new: str, codes: _Codes) -> bool:
    before, after = _LANGUAGE_HOST.fullmatch(old), _LANGUAGE_HOST.fullmatch(new)
    if before is None or after is None or before["rest"] != after["rest"]:
        return False
    rest = before["rest"]
    labels = rest.split(".")
    is_suffix = len(labels) == 2 and len(labels[0]) <= 3 and len(labels[1]) == 2  # noqa: PLR2004 - co.uk, com.au
    return (
        rest not in _SHARED_HOSTS
        and not is_suffix
        and codes.swapped(_code(before["lang"]), _code(after["lang"]))
    )


def _same_path(old: str, new: str, codes: _Codes, *, relative: bool, named: bool) -> bool:
    """Whether one path may give way to another.

    Args:
        old: the source's.
        new: the translation's.
        codes: what the languages are called.
        relative: whether it is one of the site itself.
        named: whether it may lead to a page whose file's name says the language, and that of its source does not. A
            generator that looks for it stops where it is missing: Zola does, which writes `@/` before such a path.
    """
    before, after = old.rstrip("/").split("/"), new.rstrip("/").split("/")
    if relative and len(before) != len(after):
        # A page of one's own: its language's folder may come or go.
        place = 1 if old.startswith("/") else 0
        if len(after) == len(before) + 1 and after[place : place + 1] and _code(after[place]) in codes.new:
            return before == after[:place] + after[place + 1 :]
        return (
            len(before) == len(after) + 1
            and _code(before[place]) in codes.old
            and before[:place] + before[place + 1 :] == after
        )
    if len(before) != len(after):
        return False
    for index, (one, other) in enumerate(zip(before, after, strict=True)):
        if one == other or codes.swapped(_code(one), _code(other)):
            continue
        folder = "/" if index else ""
        if index == len(before) - 1 and (
            _same_file(folder + one, folder + other, codes) or (named and _same_page(one, other, codes))
        ):
            continue
        return False
    return True


def _same_file(old: str, new: str, codes: _Codes) -> bool:
    """`index.de.md` and `index.fr.md`, `deed.de` and `deed.fr`."""
    before, after = _FILE_LANGUAGE.search(old), _FILE_LANGUAGE.search(new)
    if before is None or after is None or not codes.swapped(_code(before[1]), _code(after[1])):
        return False
    return old[: before.start(1)] == new[: after.start(1)] and old[before.end(1) :] == new[after.end(1) :]


def _same_page(old: str, new: str, codes: _Codes) -> bool:
    """`index.md` and `index.fr.md`: a page of one's own, where the source's language is not in the name."""
    before, after = _PAGE_NAME.fullmatch(old), _PAGE_NAME.fullmatch(new)
    if before is None or after is None or before["ending"] != after["ending"]:
        return False
    stem, dot, code = after["stem"].rpartition(".")
    return bool(dot) and stem == before["stem"] and _code(code) in codes.new


def _same_query(old: str, new: str, codes: _Codes) -> bool:
    if old == new:
        return True
    before, after = old[1:].split("&"), new[1:].split("&")
    if len(before) != len(after):
        return False
    for one, other in zip(before, after, strict=True):
        key, _, value = one.partition("=")
        other_key, _, other_value = other.partition("=")
        if one != other and not (
            key == other_key
            and key.lower() in _LANGUAGE_KEYS
            and codes.swapped(_code(value), _code(other_value))
        ):
            return False
    return True


def _same_mail(old: Target, new: Target) -> bool:
    """The same addresses; what the mail says is text (RFC 6068)."""
    return _same_recipients(old, new) and not _added_words(old, new)


def _same_recipients(old: Target, new: Target) -> bool:
    def recipients(target: Target) -> tuple[str, list[str]]:
        fields = target.query[1:].split("&") if target.query else []
        kept = [f for f in fields if f.partition("=")[0].lower() not in ("subject", "body")]
        return unquote(target.path).lower(), sorted(unquote(field).lower() for field in kept)

    return recipients(old) == recipients(new) and not new.fragment.strip("#")


def added_address(source: str, target: str) -> str | None:
    """An address that a mail's text brings along, to the source's recipients, and the source's text has not; or None."""
    old, new = parse_target(source), parse_target(target)
    if (old.scheme, new.scheme) != ("mailto", "mailto") or not _same_recipients(old, new):
        return None
    return next((word for word in _added_words(old, new) if "." in word), None)


def _added_words(old: Target, new: Target) -> list[str]:
    known = set(_words_of_mail(old))
    return [word for word in _words_of_mail(new) if word not in known]


def _words_of_mail(target: Target) -> list[str]:
    """What the prepared text of a mail may not bring along: addresses, and what could be a field of its own.

    Mail programs make links of names of hosts, too.
    """
    found: list[str] = []
    for part in target.query[1:].split("&"):
        name, _, value = part.partition("=")
        text = unquote(unquote(value))
        words = [word.rstrip(_CLOSING) for word in _MAIL_WORDS.findall(text)]
        found += [word if "/" in word else word.lower() for word in words]
        if name.lower() == "subject" and ("\r" in text or "\n" in text):
            found.append("\n")
    return found


def _mapped(source: str, target: str, locale: str, rules: Rules) -> bool:
    """Whether the longest prefix of the source that the project gives this locale another for leads to the target."""
    prefixes = [p for p, by_locale in rules.link_map.items() if locale in by_locale and _begins(source, p)]
    if not prefixes:
        return False
    prefix = max(prefixes, key=len)
    localized, rest = rules.link_map[prefix][locale], source[len(prefix) :]
    if prefix.endswith("/") != localized.endswith("/"):  # one of them has the slash that joins them
        localized, rest = f"{localized.rstrip('/')}/", rest.removeprefix("/")
    return same_target(localized + rest, target)


def _begins(url: str, prefix: str) -> bool:
    return url.startswith(prefix) and (
        prefix.endswith("/") or len(url) == len(prefix) or url[len(prefix)] in "/?#"
    )


def _lower(text: str) -> str:
    """ASCII letters made small; others stay, for there are letters that become ASCII that way (U+212A)."""
    return text.lower() if text.isascii() else text.translate(_SMALL)


_MAIL_WORDS = re.compile(
    rf"""(?:https?://|www\.)\S+ | &(?:b?cc|to)\b | [\r\n]\s*(?:b?cc|to)\s*:
      | [\w.+-]{{1,64}}@(?:[\w-]{{1,63}}\.)+[\w-]{{2,}}
      | (?<![\w.-])(?:[\w-]{{1,63}}\.)*[\w-]{{3,63}}\.(?:(?-i:[a-z]{{2}})|{TOP_DOMAINS})(?![\w-]|\.\w)(?:[/?]\S*)?
      | (?<![\w.-])(?:[\w-]{{1,63}}\.)+[^\W\d_]{{2,24}}/\S+""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = ".,:;!?…)]}>'\"’”»«"
_SMALL = {number: number + 32 for number in range(ord("A"), ord("Z") + 1)}
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def _escaped(text: str) -> str:
    """Letters outside ASCII percent-encoded, and percent-encodings in capital letters."""
    if not text.isascii():
        text = quote(text, safe="".join(map(chr, range(128))), errors="replace")
    return _PERCENT.sub(_capital, text) if "%" in text else text


def _capital(match: re.Match[str]) -> str:
    return match[0].upper()
