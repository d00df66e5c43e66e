"""Punctuation at the end: a question stays a question, in the marks of its own script."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, read_prose

_CLOSERS = frozenset(
    f" \t\r\n\u00a0\u2009\u202f\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\ufe0e\ufe0f{HIDDEN}"
    "\"'”“„»«›‹’‘)]}」』）】〉》"
)
_MARKS = {
    "stop": ".。｡．।॥۔።།։។၊။᠃᱾",
    "question": "?？؟՞⸮፧",
    "exclamation": "!！՜﹗",
    "ellipsis": "…⋯",
    "colon": ":：፡፥",
    "comma": ",،、，､",
    "semicolon": ";；؛",
}
_KIND_OF = {sign: kind for kind, signs in _MARKS.items() for sign in signs}
_NAMES = {
    "stop": "a full stop",
    "question": "a question mark",
    "exclamation": "an exclamation mark",
    "ellipsis": "an ellipsis",
    "colon": "a colon",
    "comma": "a comma",
    "semicolon": "a semicolon",
    "none": "no punctuation",
}
_ABBREVIATIONS = frozenset(
    "usw etc ca bzw nr inc co ltd corp gmbh jr sr dr prof str st tel max min mio mrd bln mln tys itd itp т.д др pod atd apod"
    " stb osv mfl fl jne jms aso vb vs ff no op km m.b.t a.m p.m u.a u.ä z.b d.h e.v i.d.r s.o s.u o.ä v.chr n.chr"
    " d.c a.c e.u u.s s.a s.r.l s.l b.v n.v k.o usa stol hod godz enz мин хв сек руб коп грн чел ст стр".split()
)
_SMILEY = re.compile(r"(?:^|(?<=\s))(?:[:;]['’]?-?[)(DPpO|3*]|<3)\s*\Z")
_NEAR_END = 12
_ROMAN = re.compile("[ivxlcdm]+")
_LAST_WORD = re.compile(r"[^\s()\[\]{}„“”«»]{1,12}\Z")
_ALIKE: tuple[set[str], ...] = (
    {"stop", "exclamation"},
    {"comma", "exclamation"},  # a salutation
    {"comma", "colon"},
)
"""Kinds of marks that stand for one another."""

_COLON_IS_A_STOP = frozenset({"ja", "ko"})
"""Languages in which the sentence before a list ends as any other does."""

_QUIET_ENDS = frozenset("th lo my km bo dz ja".split())
"""Languages that end a sentence, or ask, without a mark of their own, or may."""

_EMOJI = re.compile("[\u2190-\u2bff\u3030\U0001f000-\U0001faff\u2600-\u27bf\U000e0020-\U000e007f]")


def find_end_punctuation(situation: Situation) -> Iterator[Problem]:
    """A problem if source and translation end in marks of different kinds."""
    language = read_locale(situation.locale).language
    source_language = read_locale(situation.source_locale).language
    source, source_start, _ = _ending(situation.segment.text, source_language)
    own, start, end = _ending(situation.translation, language)
    if source == own or source_start < 0 or start < 0 or {source, own} in _ALIKE:
        return
    if language in _COLON_IS_A_STOP and (source, own) == ("colon", "stop"):
        return
    text, translation = read_prose(situation.segment.text).text, read_prose(situation.translation).text
    if "stop" in {source, own} and (_abbreviated(text, source_start) or _abbreviated(translation, start)):
        return
    if (
        language in _QUIET_ENDS
        and own in {"none", "stop"}
        and source in {"stop", "question", "exclamation", "none"}
    ):
        return
    if language == "hy" and re.search("[՞՜]", translation) and source in {"question", "exclamation"}:
        return  # Armenian puts both inside the sentence, on the word that is asked or called
    if source == "none":
        message = f"the translation ends in {_NAMES[own]}, its source in none; remove it"
    else:
        message = f"the source ends in {_NAMES[source]}, the translation in {_NAMES[own]}"
    yield Problem(message, start, end)


def _ending(text: str, language: str) -> tuple[str, int, int]:
    """The kind of the last mark, where the run of marks begins and where it ends; -1 where there is no text."""
    prose = read_prose(text).text
    smiley = _SMILEY.search(prose, max(0, len(prose) - _NEAR_END))
    end = smiley.start() if smiley else len(prose)
    while end and (prose[end - 1] in _CLOSERS or _EMOJI.match(prose[end - 1])):
        end -= 1
    if not end:
        return "none", -1, -1
    start = end
    kinds: list[str] = []
    while start and (kind := _kind(prose[start - 1], language)) is not None:
        kinds.append(kind)
        start -= 1
        while start and prose[start - 1] == HIDDEN:
            start -= 1
    run = prose[start:end]
    if not kinds or "::" in run or not start:
        return "none", end, end
    if "question" in kinds:
        return "question", start, end
    if "ellipsis" in kinds or "..." in run or run.count("。") > 1:
        return "ellipsis", start, end
    return ("exclamation" if "exclamation" in kinds else kinds[0]), start, end


def _kind(sign: str, language: str) -> str | None:
    if language == "el" and sign in ";\u037e":
        return "question"
    if language == "el" and sign in "·\u0387":
        return "semicolon"
    if language == "hy" and sign == ":":
        return "stop"
    return _KIND_OF.get(sign)


def _abbreviated(prose: str, start: int) -> bool:
    """Whether the full stop there may belong to an abbreviation or a number rather than to the sentence."""
    if start >= len(prose) or prose[start] != ".":
        return False
    match = _LAST_WORD.search(prose, max(0, start - _NEAR_END), start)
    if match is None:
        return False
    word = match[0].replace(HIDDEN, "").casefold()
    return (
        word in _ABBREVIATIONS
        or "." in word
        or word.isdigit()
        or len(word) == 1
        or OBJECT in word
        or bool(_ROMAN.fullmatch(word))
    )


CHECK = Check(
    name="end-punctuation",
    severity="warning",
    find=find_end_punctuation,
    what="The translation ends in the kind of mark that its source ends in, as its own script writes it.",
    why="A lost question mark changes what is said; a stop that is added or lost makes lists and headings uneven.",
    right=("Wer macht mit?", "Qui participe\u202f?"),
    wrong=("Wer macht mit?", "Qui participe"),
)
