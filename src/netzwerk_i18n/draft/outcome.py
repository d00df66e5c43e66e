"""What a run did, or would do: the words that the run and its reports share."""

from collections import Counter
from dataclasses import dataclass, field

from netzwerk_i18n.errors import NetzwerkError

NO_ENGINE = "no engine was chosen"
"""Why a message is left that only an engine could translate, where there is none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage in another language that stays as it is: its page and line, and the passage."""

    page: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Left:
    """A message that stays as it was, and why."""

    locale: str
    catalog: str
    line: int
    reason: str


@dataclass(slots=True)
class Drafting:
    """What a run did, or would do.

    Attributes:
        engine: the engine's name, or None.
        wanted: how many messages wanted a draft.
        steps: drafts by the step that they come from.
        styles: drafts of the engine by the style in which they travelled.
        left: messages that stay as they were.
        kept: passages in another language that stay as they are.
        characters: characters that were (or would be) sent, by locale.
        answers: how many answers were known from runs before.
        price: what a million characters cost, or None.
        currency: of the price.
        written: how many drafts went into each catalog.
        overtaken: messages that somebody translated meanwhile.
        terms: drafts that do not keep to the glossary: catalog, line, and what is wrong.
        missing: texts that are in no catalog yet.
        beyond: messages that the limit leaves for another run.
        notes: what else the user should know.
        stopped: why the engine answered no more, or None.
        error: what ended the run after something was written or sent, or None.
        sample: what would be sent, for a dry run.
    """

    engine: str | None = None
    wanted: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    styles: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    characters: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    price: float | None = None
    currency: str = "EUR"
    written: dict[str, int] = field(default_factory=dict)
    overtaken: int = 0
    terms: list[tuple[str, int, str]] = field(default_factory=list)
    missing: int = 0
    beyond: int = 0
    notes: list[str] = field(default_factory=list)
    stopped: NetzwerkError | None = None
    error: NetzwerkError | None = None
    sample: list[tuple[str, str]] = field(default_factory=list)

    @property
    def cost(self) -> float | None:
        """What the characters cost, where the engine has a price."""
        return None if self.price is None else self.price * self.characters.total() / 1_000_000

    @property
    def failed(self) -> bool:
        """Whether something is left that the run was to do."""
        return self.stopped is not None or any(one.reason != NO_ENGINE for one in self.left)
