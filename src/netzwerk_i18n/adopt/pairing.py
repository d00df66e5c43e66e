"""One localized page against its source: which texts are translations of which, and which of them can be trusted.

Pure: a source page and a localized one go in, proposals and notes come out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from netzwerk_i18n.adopt.evidence import Side
from netzwerk_i18n.adopt.outcome import Kind, Note, Proposal
from netzwerk_i18n.adopt.values import pair_values
from netzwerk_i18n.catalog import FORBIDDEN, Key
from netzwerk_i18n.catalog.alignment import RAIL, align
from netzwerk_i18n.checks import Rules, Situation, find_error, labels_of
from netzwerk_i18n.checks.reading import read
from netzwerk_i18n.checks.warnings.languages import STOP_WORDS, guess_language, read_locale, same_language
from netzwerk_i18n.checks.warnings.prose import read_prose, without_kept
from netzwerk_i18n.checks.warnings.same_as_source import find_same_as_source, is_copy
from netzwerk_i18n.checks.warnings.wrong_language import find_wrong_language
from netzwerk_i18n.page import Page, Segment

_COPIED = 0.5
"""From this share of words on that still are the source's own, a page is a copy and no translation."""

_SENTENCE = 4
_LONG_WORDS = 5


@dataclass(frozen=True, slots=True)
class Languages:
    """Between which languages a page is read, and by which rules.

    Attributes:
        locale: the language of the localized page, as gettext names it.
        source_locale: that of the source page.
        rules: what the project allows in translations.
    """

    locale: str
    source_locale: str
    rules: Rules


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a page offers: its proposals, what to tell, and why it was skipped, if it was."""

    proposals: tuple[Proposal, ...] = ()
    notes: tuple[Note, ...] = ()
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    sources: tuple[Segment, ...]
    targets: tuple[Segment, ...]
    doubt: str = ""

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.targets)


def pair_pages(
    source: Page,
    target: Page,
    languages: Languages,
    *,
    known: Mapping[Key, str],
    files: tuple[str, str],
) -> Pairing:
    """Pair the texts of two pages.

    Args:
        source: the source page.
        target: the localized page.
        languages: of both.
        known: translations that the catalog has already.
        files: the paths of both pages, for notes.
    """
    skipped = _wrong_page(source, target, languages)
    if skipped:
        return Pairing(skipped=skipped)
    pairs = [
        *[_Pair((one,), (other,), doubt) for one, other, doubt in pair_values(source, target)],
        *_body(source, target, languages, known),
    ]
    copies = _copies(source, pairs, languages)
    if _is_copy_of(pairs, copies):
        return Pairing(skipped="it is a copy of its source: its texts are not translated")
    notes: list[Note] = []
    proposals: list[Proposal] = []
    labels = labels_of(source.text)
    for pair in pairs:
        line, text = pair.targets[0].line, pair.text
        for segment in pair.sources:
            if segment in copies:
                reason = "still the text of the source"
                notes.append(Note(Kind.UNTRANSLATED, files[1], line, text, reason, segment.text))
                continue
            doubt = _objection(segment, text, languages, labels) or pair.doubt
            proposals.append(Proposal(segment.key, text, line, doubt))
    paired = {s for pair in pairs for s in pair.sources}, {t for pair in pairs for t in pair.targets}
    notes += [
        Note(Kind.MISSING, files[0], segment.line, segment.text, "has no counterpart", segment.text)
        for segment in source.segments
        if segment not in paired[0]
    ]
    notes += [
        Note(Kind.EXTRA, files[1], segment.line, segment.text, "has no counterpart in the source")
        for segment in target.segments
        if segment not in paired[1]
    ]
    return Pairing(tuple(proposals), tuple(notes))


def _body(source: Page, target: Page, languages: Languages, known: Mapping[Key, str]) -> list[_Pair]:
    texts = {segment: known[segment.key] for segment in source.segments if segment.key in known}
    mine = Side(source, languages.source_locale, languages.locale, texts)
    theirs = Side(target, languages.locale, languages.source_locale)
    pairs = []
    for match in align(mine.units, theirs.units):
        sources = tuple(s for n in match.sources if (s := mine.segments[n]) is not None)
        targets = tuple(t for n in match.targets if (t := theirs.segments[n]) is not None)
        if sources and targets and mine.units[match.sources[0]].kind != RAIL:
            pairs.append(_Pair(sources, targets, match.doubt))
    return pairs


def _objection(segment: Segment, text: str, languages: Languages, labels: frozenset[str]) -> str:
    """Why a text of the right place cannot be published, or is not in its language."""
    wrong = next((name for character, name in FORBIDDEN.items() if character in text), None)
    if wrong is not None:
        return f"it holds {wrong}, which no PO file can carry"
    situation = Situation(segment, text, languages.locale, languages.source_locale, languages.rules, labels)
    finding = find_error(situation)
    if finding is not None:
        return f"{finding.check}: {finding.message}"
    for problem in find_wrong_language(situation):
        return problem.message
    return ""


# Copies and wrong languages


def _copies(source: Page, pairs: Sequence[_Pair], languages: Languages) -> set[Segment]:
    """The source's segments whose counterparts are still in the source's language."""
    sentences: dict[Segment, bool] = {}
    unclear: list[Segment] = []
    for pair in pairs:
        for segment in pair.sources:
            verdict = _is_untranslated(segment, pair.text, languages)
            if verdict is None:
                unclear.append(segment)
            else:
                sentences[segment] = verdict
    copies = {segment for segment, copied in sentences.items() if copied}
    if copies and unclear:
        # A name or a title that equals its source: among texts that were left as they are it was left as well.
        judged = sentences.keys() | set(unclear)
        order = [segment for segment in source.segments if segment in judged]
        for place, segment in enumerate(order):
            if segment not in sentences:
                around = [
                    next((sentences[other] for other in side if other in sentences), False)
                    for side in (order[place - 1 :: -1] if place else [], order[place + 1 :])
                ]
                if any(around):
                    copies.add(segment)
    return copies


def _is_untranslated(segment: Segment, text: str, languages: Languages) -> bool | None:
    """Whether a text still is in the source's language; None where the same text may be right in both."""
    own, other = read_locale(languages.locale).language, read_locale(languages.source_locale).language
    if same_language(own, other):
        return False
    situation = Situation(segment, text, languages.locale, languages.source_locale, languages.rules)
    if is_copy(situation):
        rest = without_kept(text, segment.text).words
        if len(rest) < _SENTENCE - 1 and any("://" in target for target in read(text).targets):
            return None  # the title of a work elsewhere
        if other not in STOP_WORDS and len(rest) >= _LONG_WORDS:
            return True
        return True if any(find_same_as_source(situation)) else None
    words = without_kept(text, segment.text).words
    return len(words) >= _LONG_WORDS and guess_language(words, (own, other)) == other


def _is_copy_of(pairs: Sequence[_Pair], copies: set[Segment]) -> bool:
    words: Counter[bool] = Counter()
    for pair in pairs:
        for segment in pair.sources:
            same = segment in copies or (segment.text == pair.text)
            words[same] += len(read_prose(segment.text).words)
    return bool(copies) and words[True] >= _COPIED * words.total()


def _wrong_page(source: Page, target: Page, languages: Languages) -> str:
    """Why a page is no translation as a whole: its language is another one."""
    whole = [" ".join(segment.text for segment in page.segments) for page in (source, target)]
    if not whole[1]:
        return "it has no text"
    if whole[0] == whole[1]:
        return ""
    own, other = read_locale(languages.locale).language, read_locale(languages.source_locale).language
    words = read_prose(whole[1]).words
    if len(words) >= 2 * _LONG_WORDS and not same_language(own, other):
        if guess_language(words, (own, other)) == other:
            return "it is written in the language of the source"
        segment = Segment(whole[0], "paragraph", 1, None, (), 0, 0)
        situation = Situation(segment, whole[1], languages.locale, languages.source_locale, languages.rules)
        for problem in find_wrong_language(situation):
            return problem.message.replace("the translation", "it", 1)
    return ""
