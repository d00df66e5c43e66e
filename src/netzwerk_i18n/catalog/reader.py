"""Bytes to a catalog, strictly: what gettext would misread, this reader refuses with the line and a remedy.

It is a scanner of lines and linear in the size of the file. Sizes are capped before anything is parsed, the declared
charset is checked but never obeyed, and `nplurals` is never evaluated.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from netzwerk_i18n.catalog.decoding import decode
from netzwerk_i18n.catalog.header import read_header
from netzwerk_i18n.catalog.mark import with_whole_marks
from netzwerk_i18n.catalog.message import Catalog, Header, Key, Message
from netzwerk_i18n.catalog.syntax import FORBIDDEN, shortened, split_flags, split_references, unescape
from netzwerk_i18n.catalog.twins import fold_twin
from netzwerk_i18n.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_MESSAGE_BYTES = 1024 * 1024
"""Larger messages (msgid, its plural and all translations together, in UTF-8) are refused."""

_KEYWORD = re.compile(
    r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]{1,9}\])?)(?![A-Za-z0-9_\[])[ \t]*(.*)", re.DOTALL
)
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*')
_PLAIN_ENTRY = re.compile(
    r"((?:\#\.[^\n]*+\n)*+)((?:\#:[^\n]*+\n)*+)(?:\#,([^\n]*+)\n)?"
    r'msgid[ ]"(?P<msgid>[^"\\\n]++)"\nmsgstr[ ]"([^"\\\n]*+)"\n?'
)
"""An entry as nearly all are: no comment, no context, no plural, nothing before, and each text on one line."""

_ENTRY_STARTS = ("#.", "#:", "#,", "msgid ", "msgctxt ")
"""What begins an entry: whatever else follows a blank line may belong to the one above it."""

_CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_BLANKS = " \t\r\f\v"


def parse_catalog(data: bytes, *, file: str) -> Catalog:
    """Read a PO file or a template.

    A BOM and CRLF are accepted (and never written). An obsolete message whose key another message has too, which
    gettext refuses, is folded into that message: see :func:`fold_twin`. Comments after the last message go to
    the header, for no message could hold them.

    Args:
        data: the whole file.
        file: its name in errors.

    Raises:
        CatalogError: for a file that is too large, not UTF-8, or not a PO file; with the line.
    """
    return _Scanner(file).scan(decode(data, file=file))


@dataclass(slots=True)
class _Draft:
    """The entry being read: raw lines of its comments, pieces of its strings."""

    strings: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: dict[str, list[str]] | None = None
    obsolete: bool = False
    line: int = 0


class _Scanner:
    """One reading of one file; dispatches each line by its first character."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.number = 0
        self.entry = _Draft()
        self.open: list[str] | None = None  # the string that a line of quotes would continue
        self.open_previous: list[str] | None = None
        self.complete = False  # whether the entry has its msgstr
        self.header: Header | None = None
        self.messages: dict[Key, Message] = {}

    def scan(self, text: str) -> Catalog:
        handlers: dict[str, Callable[[str], None]] = {
            "#": self._hash,
            '"': self._continuation,
            "m": self._keyword,
        }
        other = self._other
        number = 0
        starts_anew = True  # whether what comes next cannot belong to an entry that is not finished
        blocks = text.split("\n\n")
        match_plain = _PLAIN_ENTRY.fullmatch
        for index, block in enumerate(blocks, 1):
            if (
                starts_anew
                and (plain := match_plain(block)) is not None
                and (index == len(blocks) or blocks[index].startswith(_ENTRY_STARTS))
            ):
                self._plain_entry(plain, number)
                number += block.count("\n") + 2
                continue
            # Not str.splitlines: U+0085, U+2028 and others may stand within a string.
            for self.number, line in enumerate(block.split("\n"), number + 1):
                if line:
                    handlers.get(line[0], other)(line)
            number = self.number + 1
            starts_anew = self.complete
        rest = self._finish_last()
        header = self.header or Header()
        if rest is not None:
            header.comments += tuple(rest.comments)
            header.extracted += tuple(rest.extracted)
        messages = self.messages.values()
        live = [message for message in messages if not message.obsolete]
        obsolete = [message for message in messages if message.obsolete]
        return Catalog(header, tuple(live + obsolete))

    def _plain_entry(self, found: re.Match[str], number: int) -> None:
        """Take an entry of the usual form: what the lines would give one by one, in a fraction of the time."""
        if self.complete:
            self._finish()
        extracted, references, flags, msgid, msgstr = found.groups()
        message = Message(
            msgid,
            msgstr,
            None,
            split_references(" ".join([line.strip(_BLANKS) for line in references[2:-1].split("\n#:")]))
            if references
            else (),
            tuple([_comment(line) for line in extracted[2:-1].split("\n#.")]) if extracted else (),
            (),
            split_flags(flags) if flags else (),
            line=number + found.string.count("\n", 0, found.start("msgid")) + 1,
        )
        self._take(message)

    # Lines

    def _hash(self, line: str) -> None:
        mark = line[1:2]
        if mark == "~":
            self._obsolete(line)
            return
        if self.complete:
            self._finish()
        if mark == ":":
            self.entry.references.append(line[2:].strip(_BLANKS))
        elif mark == ".":
            self.entry.extracted.append(_comment(line[2:]))
        elif mark == ",":
            self.entry.flags.append(line[2:])
        elif mark == "|":
            self._previous(line[2:])
        else:
            self.entry.comments.append(_comment(line[1:]))

    def _obsolete(self, line: str) -> None:
        rest = line[2:].strip(_BLANKS)
        if not rest:
            return
        if rest[0] == "|":
            if self.complete:
                self._finish()
            self._previous(rest[1:])
        elif rest[0] == '"':
            self._require_obsolete(obsolete=True)
            self._continue(rest)
        elif rest[0] == "#":
            self._hash(rest)
        else:
            self._field(rest, obsolete=True)

    def _keyword(self, line: str) -> None:
        self._field(line, obsolete=False)

    def _continuation(self, line: str) -> None:
        if self.entry.obsolete:
            self._require_obsolete(obsolete=False)
        self._continue(line)

    def _other(self, line: str) -> None:
        stripped = line.strip(_BLANKS)
        if not stripped:
            return
        if line.startswith(_CONFLICT_MARKS):
            self._fail("a mark of an unresolved merge conflict", "resolve the conflict, then run again")
        if stripped[0] == "#":
            self._hash(stripped)
        elif stripped[0] == '"':
            self._continuation(stripped)
        else:
            self._field(stripped, obsolete=False)

    # Fields and strings

    def _field(self, text: str, *, obsolete: bool) -> None:
        match = _KEYWORD.match(text)
        if match is None:
            word = text.split(" ", 1)[0][:40]
            self._fail(
                f"{repr(word)[1:-1]} is no keyword of a PO file",
                "an entry has msgctxt, msgid and msgstr; a text stands between quotes",
            )
        name, rest = match.groups()
        entry = self.entry
        if name in ("msgid", "msgctxt"):
            if self.complete:
                self._finish()
                entry = self.entry
            elif "msgid" in entry.strings or name in entry.strings:
                self._fail_unfinished()
            entry.line = self.number
        else:
            self._require_order(name)
        if not entry.strings:
            entry.obsolete = obsolete
        elif entry.obsolete is not obsolete:
            self._require_obsolete(obsolete=obsolete)
        self.open = entry.strings[name] = []
        if rest:
            self._continue(rest)
        if name.startswith("msgstr"):
            self.complete = True

    def _require_order(self, name: str) -> None:
        strings = self.entry.strings
        if "msgid" not in strings:
            self._fail(f"{name} without a msgid before it", "write the msgid above it")
        if name in strings:
            self._fail(f"a second {name} in one entry", "keep one of the two")
        if name == "msgid_plural":
            if self.complete:
                self._fail("msgid_plural after msgstr", "write msgid_plural directly below msgid")
        elif ("msgid_plural" in strings) is (name == "msgstr"):
            wanted = (
                "msgstr[0], msgstr[1] ..."
                if name == "msgstr"
                else "msgstr, for the entry has no msgid_plural"
            )
            self._fail(f"{name} does not fit this entry", f"write {wanted}")
        elif name != "msgstr":
            expected = f"msgstr[{len(strings) - 2 - ('msgctxt' in strings)}]"
            if name != expected:
                self._fail(
                    f"{name} where {expected} was expected", "number the plural forms from 0 without gaps"
                )

    def _continue(self, text: str) -> None:
        if self.open is None:
            self._fail("a text that belongs to no msgid or msgstr", "remove the line or complete its entry")
        self.open.append(self._string(text))

    def _string(self, text: str) -> str:
        inner = text[1:-1]
        if text[0] == '"' == text[-1] and len(text) > 1 and '"' not in inner and "\\" not in inner:
            return inner
        pieces: list[str] = []
        position = 0
        text = text.rstrip(_BLANKS)
        while position < len(text):
            match = _STRING.match(text, position)
            if match is None:
                self._fail_string(text[position:], alone=position == 0)
            try:
                pieces.append(unescape(match[1]))
            except ValueError as error:
                self._fail(str(error), "write a backslash as \\\\")
            position = match.end()
        piece = "".join(pieces)
        for character, name in FORBIDDEN.items():
            if character in piece:
                self._fail(f"an escape of {name}", "remove it")
        return piece

    def _previous(self, text: str) -> None:
        rest = text.strip(_BLANKS)
        if self.entry.previous is None:
            self.entry.previous = {}
            self.open_previous = None
        match = _KEYWORD.match(rest)
        if match is not None and not match[1].startswith("msgstr"):
            self.open_previous = self.entry.previous[match[1]] = []
            rest = match[2]
        elif rest[:1] != '"':
            self._fail("a line of #| that is no previous msgid", "write #| msgid and a text between quotes")
        if self.open_previous is None:
            self._fail("a text after #| that belongs to no msgid", "remove the line")
        if rest:
            self.open_previous.append(self._string(rest))

    # Entries

    def _finish(self) -> None:
        entry, self.entry = self.entry, _Draft()
        self.open, self.complete = None, False
        self._take(_message(entry))

    def _take(self, message: Message) -> None:
        size = len(message.msgid) + len(message.msgstr) + sum(map(len, message.msgstr_plural))
        if size > MAX_MESSAGE_BYTES // 4:
            self._require_size(message)
        key = (message.msgctxt, message.msgid)
        if key == (None, ""):
            self._take_header(message)
            return
        first = self.messages.setdefault(key, message)
        if first is message:
            return
        if message.obsolete:
            fold_twin(first, message)
        elif first.obsolete:
            fold_twin(message, first)
            self.messages[key] = message
        else:
            raise CatalogError(
                f"the msgid {shortened(message.msgid)} stands in line {first.line} already",
                self.file,
                message.line,
                "keep one of the two entries",
            )

    def _finish_last(self) -> _Draft | None:
        if self.complete:
            self._finish()
            return None
        if self.entry.strings:
            self._fail_unfinished()
        return self.entry

    def _take_header(self, message: Message) -> None:
        if message.obsolete or message.plural is not None:
            raise CatalogError(
                "a header that is obsolete or has a plural", self.file, message.line, "remove that entry"
            )
        if self.header is not None:
            raise CatalogError(
                "a second header (an empty msgid)", self.file, message.line, "keep one of the two"
            )
        self.header = read_header(message, file=self.file)

    def _require_size(self, message: Message) -> None:
        texts = (message.msgid, message.plural or "", message.msgstr, *message.msgstr_plural)
        size = sum(len(text.encode()) for text in texts)
        if size > MAX_MESSAGE_BYTES:
            raise CatalogError(
                f"a message of {size} bytes; {MAX_MESSAGE_BYTES} is the limit",
                self.file,
                message.line,
                "split the text into paragraphs",
            )

    # Errors

    def _require_obsolete(self, *, obsolete: bool) -> None:
        if self.entry.strings and self.entry.obsolete is not obsolete:
            self._fail(
                "an entry of which only some lines start with #~", "write #~ before all of its lines or none"
            )

    def _fail_unfinished(self) -> NoReturn:
        strings = self.entry.strings
        what, missing = ("msgid", "msgstr") if "msgid" in strings else ("msgctxt", "msgid")
        text = "".join(strings[what])
        line = self.entry.line or self.number
        raise CatalogError(
            f"the {what} {shortened(text)} has no {missing}", self.file, line, f"add a {missing} to it"
        )

    def _fail_string(self, text: str, *, alone: bool) -> NoReturn:
        if text[0] != '"':
            remedy = 'put it between straight quotes: "' if alone else 'write a quote within a text as \\"'
            self._fail(f"{shortened(text)} stands outside quotes", remedy)
        self._fail("a text whose closing quote is missing", "close it with a quote in the same line")

    def _fail(self, what: str, remedy: str) -> NoReturn:
        raise CatalogError(what, self.file, self.number, remedy)


def _message(entry: _Draft) -> Message:
    strings = entry.strings
    previous = entry.previous
    ctxt = strings.get("msgctxt")
    message = Message(
        "".join(strings["msgid"]),
        "".join(strings.get("msgstr", ())),
        None if ctxt is None else "".join(ctxt),
        split_references(" ".join(entry.references)) if entry.references else (),
        tuple(entry.extracted),
        with_whole_marks(entry.comments),
        split_flags(",".join(entry.flags)) if entry.flags else (),
        obsolete=entry.obsolete,
        line=entry.line,
    )
    if previous is not None:
        message.previous = _joined(previous.get("msgid"))
        message.previous_ctxt = _joined(previous.get("msgctxt"))
        message.previous_plural = _joined(previous.get("msgid_plural"))
    if "msgid_plural" in strings:
        message.plural = "".join(strings["msgid_plural"])
        message.msgstr_plural = tuple(
            "".join(text) for name, text in strings.items() if name.startswith("msgstr[")
        )
    return message


def _joined(pieces: list[str] | None) -> str | None:
    return None if pieces is None else "".join(pieces)


def _comment(text: str) -> str:
    return text.removeprefix(" ").rstrip("\r")
