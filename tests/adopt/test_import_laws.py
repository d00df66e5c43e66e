"""The laws of an import: what is certain is right, a second import changes nothing, and nothing that was typed is lost."""

import random
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.adopt import PageImport, Proposal
from netzwerk_i18n.adopt.pages import fill_catalog
from netzwerk_i18n.adopt.pairing import Languages, pair_pages
from netzwerk_i18n.catalog import Catalog, Header, Key, Message, format_catalog, without_mark
from netzwerk_i18n.catalog.syntax import escape
from netzwerk_i18n.checks import Rules
from netzwerk_i18n.page import Page

LANGUAGES = Languages("fi", "de", Rules())
SYLLABLES = "ba be bi bo bu da de di do du fa fe ga ge ka ke ki la le li lo ma me mi na ne no ra re ri sa se ta te".split()
ROTATED = str.maketrans("bdfgklmnrstaeiou", "gkbdlmnrstpeioua")


def translate(text: str) -> str:
    """Another language: other letters, and longer words; numbers and link targets stay."""
    words = []
    for word in text.split(" "):
        label, bracket, target = word.partition("](")
        words.append(label.translate(ROTATED) + ("n" if label[-1:].isalpha() else "") + bracket + target)
    return " ".join(words)


@dataclass(frozen=True)
class Block:
    """A block of the source and the number by which its counterpart is known; None for one that has none."""

    text: str
    number: int | None

    @property
    def translated(self) -> str:
        return translate(self.text)


def sentence(rng: random.Random, number: int) -> str:
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(rng.randint(3, 30))]
    match rng.randint(0, 3):
        case 0:
            words[rng.randrange(len(words))] = f"[{words[0]}](https://beispiel.org/{number})"
        case 1:
            words[rng.randrange(1, len(words))] = str(1000 + 7 * number)
    return " ".join(words) + rng.choice([".", ".", ".", "!", "?"])


@st.composite
def pages(draw: st.DrawFn) -> list[Block]:
    rng = random.Random(draw(st.integers(0, 10**9)))  # noqa: S311 - no secret depends on it
    blocks = []
    for number in range(draw(st.integers(4, 25))):
        text = sentence(rng, number)
        blocks.append(Block({0: "## ", 1: "* ", 2: "* "}.get(rng.randint(0, 6), "") + text, number))
    return blocks


@st.composite
def perturbed(draw: st.DrawFn, blocks: list[Block]) -> list[Block]:
    """The blocks as another person's page has them: one comes, goes, moves, or two are one."""
    rng = random.Random(draw(st.integers(0, 10**9)))  # noqa: S311 - no secret depends on it
    changed = list(blocks)
    at = draw(st.integers(0, len(changed) - 2))
    one, other = changed[at], changed[at + 1]
    match draw(st.sampled_from(["nothing", "insert", "delete", "swap", "merge"])):
        case "insert":
            changed.insert(at, Block(sentence(rng, 1000), None))
        case "delete":
            del changed[at]
        case "swap" if "](" in one.text and "](" in other.text:
            changed[at : at + 2] = [other, one]
        case "merge" if one.text[0] not in "#*" and other.text[0] not in "#*":
            changed[at : at + 2] = [Block(f"{one.text} {other.text}", None)]
    return changed


def markdown(texts: list[str]) -> str:
    return "\n\n".join(texts) + "\n"


def bare(text: str) -> str:
    return text.removeprefix("## ").removeprefix("* ")


@given(st.data())
@settings(max_examples=150)
def test_what_is_certain_is_right_and_no_text_is_forgotten(data: st.DataObject) -> None:
    source = data.draw(pages())
    target = data.draw(perturbed(source))
    pairing = pair_pages(
        Page.parse(markdown([block.text for block in source])),
        Page.parse(markdown([block.translated for block in target])),
        LANGUAGES,
        known={},
        files=("a.de.md", "a.fi.md"),
    )
    right = {bare(block.text): bare(block.translated) for block in target if block.number is not None}
    certain = {proposal.key[1]: proposal.msgstr for proposal in pairing.proposals if not proposal.doubt}
    assert certain.items() <= right.items()
    told = {proposal.key[1] for proposal in pairing.proposals} | {note.msgid for note in pairing.notes}
    assert {bare(block.text) for block in source} <= told
    seen = " ".join([*(p.msgstr for p in pairing.proposals), *(note.text for note in pairing.notes)])
    assert all(bare(block.translated) in seen for block in target)


@given(pages())
@settings(max_examples=60)
def test_a_page_of_equal_structure_comes_in_whole(source: list[Block]) -> None:
    pairing = pair_pages(
        Page.parse(markdown([block.text for block in source])),
        Page.parse(markdown([block.translated for block in source])),
        LANGUAGES,
        known={},
        files=("a.de.md", "a.fi.md"),
    )
    certain = sum(not proposal.doubt for proposal in pairing.proposals)
    assert certain >= 0.75 * len(source)
    assert [p.msgstr for p in pairing.proposals] == [bare(block.translated) for block in source]


TEXTS = st.sampled_from(["", "eins", "zwei drei", 'mit "Zeichen"', "\\n", "zwei\nZeilen", "mt: kein Entwurf"])
MESSAGES = st.builds(
    Message,
    msgid=st.sampled_from(["A", "B", "C", "D"]),
    msgstr=TEXTS,
    comments=st.lists(st.sampled_from(["mt: google", "von Hand", 'previously: "x"']), max_size=2).map(tuple),
    flags=st.sampled_from([(), ("fuzzy",)]),
    previous=st.sampled_from([None, "alt"]),
    obsolete=st.booleans(),
)
CATALOGS = st.lists(MESSAGES, max_size=4, unique_by=lambda message: message.key).map(
    lambda messages: Catalog(Header(), tuple(messages))
)
OFFERS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "D", "E"]), st.sampled_from(["un", "deux trois"]), st.booleans()
    ),
    max_size=8,
)


def offered(offers: list[tuple[str, str, bool]]) -> PageImport:
    from netzwerk_i18n.adopt import Proposal

    proposals = [Proposal((None, msgid), msgstr, 1, "its place" * doubt) for msgid, msgstr, doubt in offers]
    return PageImport("fr", "a.de.md", "a.fr.md", "fr.po", proposals=tuple(proposals))


def copy(catalog: Catalog) -> Catalog:
    return Catalog(catalog.header.copy(), tuple(message.copy() for message in catalog.messages))


@given(CATALOGS, OFFERS)
def test_nothing_that_was_typed_is_lost(old: Catalog, offers: list[tuple[str, str, bool]]) -> None:
    new = copy(old)
    fill_catalog(new, [offered(offers)])
    found: dict[Key, Message] = {message.key: message for message in new.messages}
    for message in old.messages:
        after = found[message.key]
        assert set(without_mark(message.comments)) <= set(after.comments)  # nobody typed a draft's mark
        kept = (after.msgstr, *after.comments)
        assert (
            not message.msgstr or message.msgstr in kept or f'previously: "{escape(message.msgstr)}"' in kept
        )
        if message.msgstr and not message.fuzzy:
            assert after == message


@given(CATALOGS, OFFERS)
def test_a_second_import_changes_nothing(catalog: Catalog, offers: list[tuple[str, str, bool]]) -> None:
    fill_catalog(catalog, [offered(offers)])
    once = format_catalog(catalog)
    again = copy(catalog)
    fill_catalog(again, [offered(offers)])
    assert format_catalog(again) == once


def test_a_certain_text_comes_before_a_doubtful_one_and_a_doubtful_one_in_no_drafts_place() -> None:
    draft = Message("b", "draft", comments=("mt: google",), flags=("fuzzy",))
    catalog = Catalog(Header(), (Message("a"), draft))
    proposals = (
        Proposal((None, "a"), "doubtful", 1, "why"),
        Proposal((None, "a"), "certain", 2),
        Proposal((None, "b"), "doubtful", 3, "why"),
    )
    fill_catalog(catalog, [PageImport("fr", "a.de.md", "a.fr.md", "fr.po", proposals=proposals)])
    assert [(m.msgstr, m.fuzzy, m.comments) for m in catalog.messages] == [
        ("certain", False, ()),
        ("draft", True, ("mt: google",)),
    ]
