"""Texts in several languages whose pieces are known by name, and pages made of them: who is whose counterpart is known.

A file holds pieces, each below a line `@name`. `@+` is a piece that the source lacks, `@a b` one that says what two
pieces of the source say, and `@a.1`, `@a.2` are two that say what one says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from netzwerk_i18n.page import Page

FOLDER = Path(__file__).parent
FRONT_MATTER = ("title", "description")
LETTERS = sorted(file.stem for file in (FOLDER / "letters").glob("*.txt") if file.stem != "de")
LINKS = sorted(file.stem for file in (FOLDER / "links").glob("*.txt") if file.stem != "de")


@dataclass(frozen=True)
class Piece:
    """One block of a page: the source's pieces that it stands for, and its Markdown."""

    name: str
    text: str

    @property
    def stands_for(self) -> tuple[str, ...]:
        return () if self.name == "+" else tuple(name.partition(".")[0] for name in self.name.split())

    @property
    def message(self) -> str:
        """The block's text as a catalog has it."""
        if self.name in FRONT_MATTER:
            return self.text
        (segment,) = Page.parse(self.text).segments
        return segment.text


def read_pieces(kind: str, locale: str) -> list[Piece]:
    parts = (FOLDER / kind / f"{locale}.txt").read_text("utf-8").split("\n@")
    parts[0] = parts[0].removeprefix("@")
    return [Piece(name, text.strip("\n")) for name, _, text in (part.partition("\n") for part in parts)]


def page_of(pieces: Sequence[Piece]) -> str:
    """The page of these pieces; items of one list stand close together."""
    values = [f'{piece.name}: "{piece.text}"\n' for piece in pieces if piece.name in FRONT_MATTER]
    lines = ["---\n", *values, "---\n"] if values else []
    before = ""
    for piece in pieces:
        if piece.name not in FRONT_MATTER:
            mark = (
                "1" if piece.text[:1].isdigit() else piece.text[:1] if piece.text[:2] in ("* ", "- ") else ""
            )
            lines += ["" if mark and mark == before else "\n", piece.text, "\n"]
            before = mark
    return "".join(lines)


def counterparts(source: Sequence[Piece], target: Sequence[Piece]) -> dict[str, str]:
    """From each message of the source that has one block of its own on the other page to that block's message."""
    parts = [name for piece in target for name in piece.stands_for]
    alone = {
        piece.stands_for[0]: piece
        for piece in target
        if len(piece.stands_for) == 1 and parts.count(piece.stands_for[0]) == 1
    }
    return {piece.message: alone[piece.name].message for piece in source if piece.name in alone}
