"""The run: untranslated messages through the chain, what is left to an engine, drafts into the catalogs as they come.

One thread decides everything; others only wait for answers. Whatever an engine does, a message ends with a draft that was
verified at every place where it will stand, or untranslated with the reason.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.catalog import now
from netzwerk_i18n.config import Locale
from netzwerk_i18n.draft.answers import Answers, Question
from netzwerk_i18n.draft.chain import SAME, Chain, Found
from netzwerk_i18n.draft.coding import resolve
from netzwerk_i18n.draft.crew import Crew, Replies, Reply, batches
from netzwerk_i18n.draft.engines import Engine, Pair, unknown
from netzwerk_i18n.draft.foreign import Passage
from netzwerk_i18n.draft.glossary import Glossary, read_glossary
from netzwerk_i18n.draft.masking import KeepWord, Masked, MaskError, mask, unmask
from netzwerk_i18n.draft.memory import Memory
from netzwerk_i18n.draft.outcome import NO_ENGINE, Drafting, Kept, Left
from netzwerk_i18n.draft.plausible import implausible, wrong_language
from netzwerk_i18n.draft.saving import Draft, Saver, require_writable
from netzwerk_i18n.draft.selection import Selection, Task, select
from netzwerk_i18n.draft.sentences import split_to_fit
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import EngineStoppedError, Line, TryAgainError
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.project import Project, SourcePage

_UNREACHED_IN_A_ROW = 3
_TICK = 0.25
_WITH_ENTITIES = (Style.TAGS, Style.HTML)
_MOST_OFFERS = 1000
"""Looking for similar texts takes some milliseconds each; beyond so many nobody should wait for it."""


@dataclass(eq=False, slots=True)
class _Unit:
    """A text for the engine, and all messages that wait for it."""

    pair: Pair
    chain: Chain
    text: str
    tail: str
    passages: tuple[Passage, ...]
    tasks: list[Task]
    styles: deque[Style]
    masked: Masked | None = None
    pieces: tuple[tuple[tuple[str, str], ...], ...] = ()
    open: set[str] = field(default_factory=set)
    asked: dict[str, tuple[Style, str]] = field(default_factory=dict)
    """What is known or was asked for it, and in which style: by the text without entities, which only some styles write."""
    reason: str = "it cannot be masked"

    @property
    def first(self) -> Task:
        return self.tasks[0]


Progress = Callable[[int, int], None]
"""Told how many of how many messages are done."""


def translate(
    project: Project,
    engine: Engine | None,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    stale: bool = False,
    limit: int | None = None,
    glossary: Glossary | None = None,
    progress: Progress = lambda done, total: None,  # noqa: ARG005 - nobody looks
) -> Drafting:
    """Make drafts of messages that have no translation, and put them into the catalogs.

    Args:
        project: the project.
        engine: what translates the rest; None for the steps that need none.
        locales: only these; all of them where empty.
        pages: only these source pages; all of them where empty.
        stale: stale messages too; they keep their previous msgid.
        limit: at most so many messages.
        glossary: the project's glossary, where it has been read already.
        progress: told how far the run is.

    Raises:
        NetzwerkError: if a page or catalog cannot be read or written, the engine lacks a language, or something that it
            needs is not there, and nothing was saved or sent before. What happens later is told in the result.
    """
    run = _Run(project, engine, glossary or read_glossary(project), stale=stale)
    selection = run.select(locales, pages, limit)
    with Answers.of_user(wanted=project.config.draft.cache and engine is not None) as answers:
        run.answers = answers
        return run.carry_out(selection, progress)


def preview(
    project: Project,
    engine: Engine | None,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    stale: bool = False,
    limit: int | None = None,
    glossary: Glossary | None = None,
) -> Drafting:
    """What :func:`translate` would do and send; nothing is written and nobody is asked."""
    run = _Run(project, engine, glossary or read_glossary(project), stale=stale)
    selection = run.select(locales, pages, limit)
    with Answers.of_user(wanted=project.config.draft.cache and engine is not None) as answers:
        run.answers = answers
        return run.foresee(selection)


class _Run:
    """One run; its fields are what it has come to know."""

    def __init__(self, project: Project, engine: Engine | None, glossary: Glossary, *, stale: bool) -> None:
        self._project = project
        self._config = project.config
        self._engine = engine
        self._glossary = glossary
        self._stale = stale
        self.answers = Answers(None)
        self._saver = Saver(project, stale=stale, moment=now())
        self._known: dict[tuple[Pair, Style, str], Reply] = {}
        self._waiting: dict[tuple[Pair, Style, str], list[_Unit]] = {}
        self._queued: dict[tuple[Pair, Style], list[str]] = defaultdict(list)
        self._drafted: set[int] = set()
        self._chains: dict[str, Chain] = {}
        self._keep_words: dict[str, tuple[KeepWord, ...]] = {}
        self._finished = 0
        self._total = 0
        self._result = Drafting(engine=engine.name if engine else None)
        if engine is not None:
            self._result.price = engine.abilities.price
            self._result.currency = engine.abilities.currency

    def select(self, locales: Sequence[Locale], pages: Sequence[SourcePage], limit: int | None) -> Selection:
        selection = select(
            self._project,
            locales=locales or self._config.locales,
            pages=pages or self._project.pages,
            stale=self._stale,
            limit=limit,
        )
        self._result.wanted = len(selection.tasks)
        self._result.missing, self._result.beyond = selection.missing, selection.beyond
        return selection

    def carry_out(self, selection: Selection, progress: Progress) -> Drafting:
        pairs = self._pairs(selection)
        require_writable(self._project, sorted({task.catalog for task in selection.tasks}))
        units = list(self._units(selection, pairs))
        self._total = sum(len(unit.tasks) for unit in units)
        try:
            try:
                if self._engine is not None and units:
                    self._ask(self._engine, units, progress)
            finally:
                self._saver.save()  # whatever happened: what is there is kept
            self._offer(selection)
        except NetzwerkError as error:
            if not (self._saver.written or self._result.characters):
                raise
            self._result.error = error
        return self._summary()

    def foresee(self, selection: Selection) -> Drafting:
        pairs = self._pairs(selection)
        for unit in self._units(selection, pairs):
            unit.styles = deque(self._styles())
            self._begin(unit)
        for (pair, style), texts in self._queued.items():
            for text in texts:
                self._result.characters[pair.locale] += len(text)
                self._result.sample.append((pair.locale, text))
                self._result.styles[style] += 1
        return self._summary()

    def _summary(self) -> Drafting:
        result = self._result
        result.written = self._saver.written
        result.overtaken = len(self._saver.overtaken)
        result.notes += [
            f"[engines.{name}] in the configuration is of no engine that is installed{meant}"
            for name, meant in unknown(self._config.engines).items()
        ]
        if self.answers.problem is not None:
            result.notes.append(self.answers.problem)
        return result

    def _pairs(self, selection: Selection) -> dict[str, Pair]:
        """The engine's codes for every locale with work to do: a language that it lacks is told before all else."""
        if self._engine is None:
            return {}
        wanted = dict.fromkeys(task.locale for task in selection.tasks)
        pairs = {name: self._engine.pair(self._config.source_locale, name) for name in wanted}
        self._result.notes += [pair.note for pair in pairs.values() if pair.note]
        return pairs

    def _units(self, selection: Selection, pairs: dict[str, Pair]) -> Iterator[_Unit]:
        """Save what needs no engine, and give what is left, each text once."""
        chains = self._chains
        units: dict[tuple[str, str, str, str], _Unit] = {}
        listed: set[Kept] = set()
        for task in selection.tasks:
            chain = chains.get(task.locale)
            if chain is None:
                chain = chains[task.locale] = self._chain(selection, task.locale)
            step = chain.resolve(task)
            if isinstance(step, Found):
                if step.origin == SAME:
                    self._list(task, task.text, listed)
                self._accept(Draft(task, step.msgstr, step.origin, "-"))
                continue
            for passage in step.passages:
                self._list(task, step.text[passage.start : passage.end], listed)
            if self._engine is None:
                self._leave(task, NO_ENGINE)
                continue
            key = (task.locale, step.text, step.tail, task.places[0].segment.form)
            if key in units:
                units[key].tasks.append(task)
            else:
                units[key] = _Unit(
                    pairs[task.locale], chain, step.text, step.tail, step.passages, [task], deque()
                )
        yield from units.values()

    def _chain(self, selection: Selection, locale: str) -> Chain:
        source = self._config.source_locale
        memory = Memory(selection.memory[locale], source_locale=source, locale=locale)
        return Chain(memory, source, locale, self._config.rules, self._config.draft)

    def _list(self, task: Task, text: str, listed: set[Kept]) -> None:
        place = task.places[0]
        kept = Kept(place.page, place.segment.line, text)
        if kept not in listed:
            listed.add(kept)
            self._result.kept.append(kept)

    def _styles(self) -> tuple[Style, ...]:
        own = self._engine.abilities.styles if self._engine else ()
        return tuple(dict.fromkeys((Style.PLAIN, *own, Style.RUNS)))

    def _ask(self, engine: Engine, units: Sequence[_Unit], progress: Progress) -> None:
        abilities = engine.abilities
        pending = deque(units)
        line = Line(engine.pace)
        for unit in units:
            unit.styles = deque(self._styles())
        # What is known already needs no engine, and no key and no network either.
        while pending and not self._queued:
            self._begin(pending.popleft())
            progress(self._finished, self._total)
        if not self._queued:
            return
        try:
            line.ask(lambda: engine.prepare(sorted({unit.pair for unit in units}, key=str)))
        except EngineStoppedError as error:
            self._stop(error, units)
            return
        except TryAgainError as error:
            self._stop(_unreachable(engine, error.reason), units)
            return
        size = max(1, min(self._config.draft.concurrency, abilities.parallel))
        crew = Crew(engine, line, size)
        try:
            self._serve(engine, crew, pending, units, size, progress)
        finally:
            crew.dismiss()
            while (replies := crew.take(0)) is not None:  # what was paid for is kept, however the run ends
                self._take(replies)

    def _serve(
        self,
        engine: Engine,
        crew: Crew,
        pending: deque[_Unit],
        units: Sequence[_Unit],
        size: int,
        progress: Progress,
    ) -> None:
        abilities = engine.abilities
        under_way = unreached = 0
        while True:
            while pending and under_way < 2 * size:
                self._begin(pending.popleft())
                under_way += self._dispatch(
                    crew, most=abilities.batch, characters=abilities.characters, full=True
                )
            if under_way < size or not pending:
                under_way += self._dispatch(
                    crew, most=abilities.batch, characters=abilities.characters, full=False
                )
            if not under_way:
                return
            replies = crew.take(_TICK)
            if replies is not None:
                under_way -= 1
                self._take(replies)
                reached = any(not reply.unreached for reply in replies.replies)
                unreached = 0 if reached else unreached + 1
                stopped = replies.stopped
                if stopped is None and unreached >= max(_UNREACHED_IN_A_ROW, size):
                    stopped = _unreachable(engine, replies.replies[0].reason)
                if stopped is not None:
                    self._stop(stopped, units)
                    progress(self._finished, self._total)
                    return
            self._saver.save_in_time()
            progress(self._finished, self._total)

    def _dispatch(self, crew: Crew, *, most: int, characters: int, full: bool) -> int:
        """Give texts to the crew; where `full` says so, only requests that can take no more."""
        given = 0
        for (pair, style), texts in list(self._queued.items()):
            wanted = batches(texts, pair, style, most=most, characters=characters)
            rest: tuple[str, ...] = ()
            if full and len(wanted[-1].texts) < most:
                rest = wanted.pop().texts
            for batch in wanted:
                crew.give(batch)
                given += 1
            if rest:
                self._queued[pair, style] = list(rest)
            else:
                del self._queued[pair, style]
        return given

    def _begin(self, unit: _Unit) -> None:
        """Mask a text in the next style and queue what is not known of it."""
        while unit.styles:
            style = unit.styles.popleft()
            place = unit.first.places[0]
            try:
                masked = mask(
                    unit.text,
                    style,
                    form=place.segment.form,
                    keep=self._kept_words(unit.pair.locale),
                    kept=[(passage.start, passage.end) for passage in unit.passages],
                    labels=place.labels,
                )
            except MaskError as error:
                unit.reason = error.reason
                continue
            unit.masked = masked
            longest = self._engine.abilities.characters if self._engine else 0
            unit.pieces = tuple(tuple(split_to_fit(text, longest)) for text in masked.texts)
            if any(len(piece) > longest for pieces in unit.pieces for piece, _ in pieces):
                unit.reason = "it is too long for the engine"
                continue
            wanted = dict.fromkeys(piece for pieces in unit.pieces for piece, _ in pieces)
            replies = {piece: self._reply(unit, style, piece) for piece in wanted}
            refused = next((reply for reply in replies.values() if reply and reply.answer is None), None)
            if refused is not None:  # then the rest of the text needs no answer
                self._refuse(unit, refused)
                continue
            for piece, reply in replies.items():
                if reply is None:
                    unit.open.add(piece)
                    unit.asked[_words(style, piece)] = (style, piece)
                    key = (unit.pair, style, piece)
                    if key not in self._waiting:
                        self._waiting[key] = []
                        self._queued[unit.pair, style].append(piece)
                    self._waiting[key].append(unit)
            if unit.open or self._complete(unit, masked):
                return
        self._fail(unit)

    def _kept_words(self, locale: str) -> tuple[KeepWord, ...]:
        if locale not in self._keep_words:
            self._keep_words[locale] = self._glossary.keep_words(locale)
        return self._keep_words[locale]

    def _reply(self, unit: _Unit, style: Style, piece: str) -> Reply | None:
        """What is known of a text in a style; a server is not asked again for what it was sent in another one."""
        reply, words = self._look_up(unit.pair, style, piece), _words(style, piece)
        if reply is not None:
            unit.asked.setdefault(words, (style, piece))
        elif words in unit.asked and self._engine is not None and self._engine.abilities.online:
            reply = self._known[unit.pair, style, piece] = self._known[unit.pair, *unit.asked[words]]
        return reply

    def _refuse(self, unit: _Unit, reply: Reply) -> None:
        """Note why a style comes to nothing; where the engine was not reached, so would the others."""
        unit.reason = reply.reason
        if reply.unreached:
            unit.styles.clear()

    def _look_up(self, pair: Pair, style: Style, piece: str) -> Reply | None:
        key = (pair, style, piece)
        if key not in self._known:
            answer = self.answers.find(self._question(*key))
            if answer is None:
                return None
            self._result.answers += 1
            self._known[key] = Reply(answer)
        return self._known[key]

    def _question(self, pair: Pair, style: Style, text: str) -> Question:
        if self._engine is None:
            raise AssertionError("no engine, no question")
        version = f"{self._engine.version} {pair.version}"
        return Question(self._engine.name, version, pair.source, pair.target, style, text)

    def _take(self, replies: Replies) -> None:
        """Note the replies and go on with what waited for them."""
        batch = replies.batch
        ready: list[_Unit] = []
        for text, reply in zip(batch.texts, replies.replies, strict=True):
            key = (batch.pair, batch.style, text)
            if not reply.unreached:
                self._result.characters[batch.pair.locale] += len(text)
            judged = self._known[key] = self._judged(batch.pair, text, reply)
            if judged.answer is not None:
                self.answers.keep(self._question(*key), judged.answer)
            for unit in self._waiting.pop(key, ()):
                unit.open.discard(text)
                if not unit.open:
                    ready.append(unit)
        for unit in ready:
            if not unit.tasks:
                continue  # it was given up when the engine stopped; this answer came late and is kept for another run
            if unit.masked is None or not self._complete(unit, unit.masked):
                self._begin(unit)

    def _judged(self, pair: Pair, text: str, reply: Reply) -> Reply:
        if reply.reason or (self._engine and not self._engine.abilities.natural):
            return reply
        reason = implausible(text, reply.answer, pair.locale)
        return reply if reason is None else Reply(None, reason)

    def _complete(self, unit: _Unit, masked: Masked) -> bool:
        """Make drafts of a text whose answers are all there; False if another style must be tried."""
        answers: list[str] = []
        for pieces in unit.pieces:
            parts: list[str] = []
            for piece, gap in pieces:
                reply = self._known[unit.pair, masked.style, piece]
                if reply.answer is None:
                    self._refuse(unit, reply)
                    return False
                parts += (reply.answer.strip() if gap else reply.answer, gap)
            answers.append("".join(parts))
        reason = self._draft(unit, masked, answers)
        if reason is None:
            return True
        unit.reason = reason
        for pieces in unit.pieces:
            for piece, _ in pieces:  # a damaged answer is not worth keeping for another run
                self.answers.forget(self._question(unit.pair, masked.style, piece))
        return False

    def _draft(self, unit: _Unit, masked: Masked, answers: Sequence[str]) -> str | None:
        """Make the drafts of a unit, or say why there can be none."""
        place = unit.first.places[0]
        locale = unit.pair.locale
        try:
            translation = unmask(masked, answers)
        except MaskError as error:
            return error.reason
        if self._engine is not None and self._engine.abilities.natural:
            reason = wrong_language(
                place.segment, translation, locale=locale, source_locale=self._config.source_locale
            )
            if reason is not None:
                return reason
        msgstr = translation + unit.tail
        refused = {task.key: unit.chain.refused(task.places, msgstr) for task in unit.tasks}
        if all(refused.values()):
            return next(iter(refused.values()))
        origin = self._engine.name if self._engine and masked.texts else SAME
        for task in unit.tasks:
            why = refused[task.key]
            if why is None:
                self._accept(Draft(task, msgstr, origin, masked.style))
                self._result.styles[masked.style] += 1
                for sentence in self._glossary.check(task.text, msgstr, locale):
                    self._result.terms.append((task.catalog, task.line, sentence))
            else:
                self._leave(task, why)
        self._finish(unit)
        return None

    def _accept(self, draft: Draft) -> None:
        self._result.steps[draft.origin] += 1
        self._drafted.add(id(draft.task))
        self._saver.add(draft)

    def _leave(self, task: Task, reason: str) -> None:
        self._result.left.append(Left(task.locale, task.catalog, task.line, reason))

    def _fail(self, unit: _Unit) -> None:
        for task in unit.tasks:
            self._leave(task, unit.reason)
        self._finish(unit)

    def _finish(self, unit: _Unit) -> None:
        self._finished += len(unit.tasks)
        unit.tasks = []
        unit.styles.clear()

    def _stop(self, error: NetzwerkError, units: Sequence[_Unit]) -> None:
        """End the engine's work: what is not done is left with that reason."""
        self._result.stopped = error
        for unit in units:
            unit.reason = "the engine stopped before it"
            self._fail(unit)

    def _offer(self, selection: Selection) -> None:
        """Put translations of similar texts beside what got no draft."""
        rest = [task for task in selection.tasks if id(task) not in self._drafted]
        if rest and len(rest) <= _MOST_OFFERS:
            offers = [(task, self._chains[task.locale].memory.similar(task.text)) for task in rest]
            self._saver.offer([offer for offer in offers if offer[1] is not None])


def _words(style: Style, text: str) -> str:
    """A masked text as styles without entities write it, so that the same text is known in any."""
    return resolve(text) if style in _WITH_ENTITIES else text


def _unreachable(engine: Engine, reason: str) -> EngineStoppedError:
    return EngineStoppedError(
        f"the engine {engine.name} cannot be reached ({reason})", remedy="run translate again to go on"
    )
