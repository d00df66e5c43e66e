"""The words every other module of this room speaks: a message, a header, a catalog."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Key = tuple[str | None, str]
"""What tells one message of a catalog from another: (msgctxt, msgid). An absent context is not an empty one."""


@dataclass(slots=True)
class Message:
    """One entry of a catalog.

    The fields hold plain text: unescaped, without the marks of the PO syntax.

    Attributes:
        msgid: the source text.
        msgstr: its translation, empty where there is none.
        msgctxt: the context that keeps equal msgids apart, or None.
        references: where the text stands, each `path` or `path:line`.
        extracted: the lines of `#.`, written by the extractor for the translator.
        comments: the lines of `#`, written by people (and by drafts, which mark themselves there).
        flags: `fuzzy`, and whatever other tools put there.
        previous: the msgid that the msgstr was translated from, while the message is stale.
        previous_ctxt: the context it had then.
        obsolete: True when the text has left the pages.
        plural: `msgid_plural` of a message that another tool wrote; this project never creates one.
        msgstr_plural: its translations, by index.
        previous_plural: the plural that went with `previous`.
        line: the line of `msgid` in the file it was read from, 0 if it was not read; not compared.
    """

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    references: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: str | None = None
    previous_ctxt: str | None = None
    obsolete: bool = False
    plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    previous_plural: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """Context and msgid.

        >>> Message("Mai", msgctxt="month").key
        ('month', 'Mai')
        """
        return (self.msgctxt, self.msgid)

    @property
    def fuzzy(self) -> bool:
        """Whether a person still has to look at this translation."""
        return "fuzzy" in self.flags

    @property
    def has_translation(self) -> bool:
        """Whether there is any translated text, fuzzy or not."""
        return bool(self.msgstr) or any(self.msgstr_plural)

    def copy(self) -> "Message":
        """An independent message with the same fields."""
        return Message(
            self.msgid,
            self.msgstr,
            self.msgctxt,
            self.references,
            self.extracted,
            self.comments,
            self.flags,
            self.previous,
            self.previous_ctxt,
            self.obsolete,
            self.plural,
            self.msgstr_plural,
            self.previous_plural,
            self.line,
        )


@dataclass(slots=True)
class Header:
    """The entry of the empty msgid, which says what the file is.

    Attributes:
        fields: name to value, in the order of the file. A line that is no field belongs to the value before it.
        comments: the lines of `#` above it: copyright, translators, a project's own notes.
        flags: `fuzzy` in many templates of other tools.
        extracted: lines of `#.` that another tool put there.
        references: references that another tool put there.
    """

    fields: dict[str, str] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def copy(self) -> "Header":
        """An independent header with the same content."""
        return Header(dict(self.fields), self.comments, self.flags, self.extracted, self.references)


@dataclass(slots=True)
class Catalog:
    """A PO file or a template: a header and its messages, the obsolete ones last.

    The tuple of messages is fixed; what a message holds, but for its key, may be changed in place.

    >>> catalog = Catalog(Header(), (Message("Hallo", "Bonjour"),))
    >>> catalog.get((None, "Hallo")).msgstr
    'Bonjour'
    """

    header: Header = field(default_factory=Header)
    messages: tuple[Message, ...] = ()
    _index: dict[Key, Message] | None = field(default=None, init=False, repr=False, compare=False)

    def get(self, key: Key) -> Message | None:
        """The message of that (msgctxt, msgid), obsolete or not, or None."""
        if self._index is None:
            self._index = {message.key: message for message in self.messages}
        return self._index.get(key)

    def live(self) -> Iterator[Message]:
        """The messages whose text still stands on a page, in order."""
        return (message for message in self.messages if not message.obsolete)

    def obsolete(self) -> Iterator[Message]:
        """The messages whose text has left, in order."""
        return (message for message in self.messages if message.obsolete)
