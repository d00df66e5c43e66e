"""The steps before an engine is asked: what people translated before, what CLDR knows, what stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from netzwerk_i18n.checks import Rules, Situation, find_error
from netzwerk_i18n.config import DraftSettings
from netzwerk_i18n.draft.foreign import Passage, foreign_passages
from netzwerk_i18n.draft.locale_data import translate_trailing, translate_whole
from netzwerk_i18n.draft.memory import Memory
from netzwerk_i18n.draft.selection import Place, Task

LOCALE_DATA = "locale-data"
SAME = "same"
"""The origin of a draft that is its source: a passage in another language, a name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A translation that needed no engine, and the step that it comes from."""

    msgstr: str
    origin: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left for an engine.

    Attributes:
        text: the text to translate: the msgid, or what stands before a country in parentheses at its end.
        tail: what is put behind the translation: that country's name in the other language.
        passages: the passages in `text` that stay as they are.
    """

    text: str
    tail: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps for one locale."""

    memory: Memory
    source_locale: str
    locale: str
    rules: Rules
    settings: DraftSettings

    def resolve(self, task: Task) -> Found | Rest:
        """The translation of a message, or what an engine must do for it."""
        found = self._known(task.text, task)
        if found is not None and self.refused(task.places, found.msgstr) is None:
            return found
        trailing = translate_trailing(task.text, self.source_locale, self.locale)
        if trailing is not None:
            text = task.text[: trailing.start].rstrip()
            tail = task.text[len(text) : trailing.start] + trailing.text
            before = self._known(text, task) if text else None
            if before is not None and self.refused(task.places, before.msgstr + tail) is None:
                return Found(before.msgstr + tail, before.origin)
            if text:
                return Rest(text, tail, self._passages(text))
        return Rest(task.text, "", self._passages(task.text))

    def refused(self, places: Sequence[Place], msgstr: str) -> str | None:
        """Why a translation could not be published at one of its places, in words that hold nothing of it; or None."""
        for place in places:
            finding = find_error(
                Situation(place.segment, msgstr, self.locale, self.source_locale, self.rules, place.labels)
            )
            if finding is not None:
                return f"the check {finding.check} refuses it"
        return None

    def _known(self, text: str, task: Task) -> Found | None:
        place = task.places[0]
        form, labels = place.segment.form, place.labels
        known = self.memory.find(text, task.key[0], form=form, labels=labels)
        if known is not None:
            return Found(known.msgstr, str(known.origin))
        translation = translate_whole(text, self.source_locale, self.locale)
        if translation is not None:
            return Found(translation, LOCALE_DATA)
        if any(passage.whole for passage in self._passages(text)):
            return Found(text, SAME)
        return None

    def _passages(self, text: str) -> tuple[Passage, ...]:
        return foreign_passages(
            text, self.source_locale, keep=self.settings.keep, detect=self.settings.foreign == "keep"
        )
