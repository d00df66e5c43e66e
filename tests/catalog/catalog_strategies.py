"""Catalogs for tests: odd text everywhere, but only what the PO format can hold; and short ways to update them."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from netzwerk_i18n.catalog import (
    Catalog,
    Entry,
    Header,
    Message,
    build_template,
    new_template_header,
    update_catalog,
)

CREATED = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
UTF8 = "text/plain; charset=UTF-8"

needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")


def run(*command: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=data, capture_output=True, check=False)


def msgcat(data: bytes) -> bytes:
    done = run("msgcat", "--force-po", "--no-wrap", "-", data=data)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


odd = st.sampled_from(
    '\n\n\t\r\\"\\" #~|\a\b\f\v\x01\x1f\x7f\x80\x85\xa0\u0301\u200b\u200e\u2028\u2029\u202e\u2068\ufeff\uffff漢א😀'
)
characters = st.one_of(
    st.sampled_from("abcdeäß n"), odd, st.characters(exclude_categories=["Cs"], exclude_characters="\0\4")
)
texts = st.text(characters, max_size=30)
filled = st.text(characters, min_size=1, max_size=30)
long_texts = st.builds(lambda text, times: text * times, filled, st.integers(1, 40))
# A line that ends in a backslash is written with a blank after it, and so not read as the same line.
lines = st.text(characters.filter(lambda character: character not in "\n\r"), max_size=30).filter(
    lambda line: not line.endswith("\\")
)
names = st.text(st.sampled_from("abcxyz0189_-/漢é"), min_size=1, max_size=45).map(lambda name: f"c{name}.md")
references = st.one_of(names, st.builds("{}:{}".format, names, st.integers(1, 99999)))
formats = st.sampled_from(
    ["c-format", "python-format", "no-c-format", "no-wrap", "php-format", "range: 0..5"]
)


def tuples(values: st.SearchStrategy[str], size: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=size).map(tuple)


def _compatible(flags: list[str]) -> bool:
    return not {"c-format", "no-c-format"} <= set(flags)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    msgstr = draw(st.one_of(texts, long_texts))
    obsolete = bool(msgstr) and draw(st.booleans())
    flags = draw(st.lists(formats, max_size=2, unique=True).filter(_compatible))
    message = Message(
        draw(filled),
        msgstr,
        draw(st.one_of(st.none(), texts)),
        tuple(dict.fromkeys(draw(tuples(references, 6)))),
        draw(tuples(lines)),
        draw(tuples(lines)),
        obsolete=obsolete,
    )
    if not obsolete and draw(st.integers(0, 5)) == 0:
        message.plural = draw(filled)
        message.msgstr, message.msgstr_plural = "", (draw(texts), draw(texts))
    first = message.msgstr if message.plural is None else message.msgstr_plural[0]
    if first and draw(st.booleans()):
        flags.append("fuzzy")
        if draw(st.booleans()):
            message.previous = draw(filled)
            message.previous_ctxt = draw(st.one_of(st.none(), texts))
    if obsolete:
        flags = [flag for flag in flags if not flag.startswith("range:")]
    order = ["fuzzy", "c-format", "no-c-format", "python-format", "php-format", "range: 0..5", "no-wrap"]
    message.flags = tuple(sorted(flags, key=order.index))
    return message


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    drawn = draw(st.lists(messages(), max_size=6, unique_by=lambda message: message.key))
    live = [message for message in drawn if not message.obsolete]
    obsolete = [message for message in drawn if message.obsolete]
    values = lines.map(lambda line: line.replace(":", ""))
    fields = {
        "Project-Id-Version": draw(values),
        "Language": "fr",
        "Content-Type": UTF8,
        "X-Odd": draw(values),
    }
    return Catalog(Header(fields, draw(tuples(lines))), tuple(live + obsolete))


LATER = CREATED + timedelta(days=1)
HEADER = new_template_header(project="netzwerk", source_locale="de", created=CREATED)
LATER_HEADER = new_template_header(project="netzwerk", source_locale="de", created=LATER)


def template(*msgids: str, header: Header = HEADER) -> Catalog:
    return build_template([Entry(msgid, references=("a.md",)) for msgid in msgids], header=header)


def update(old: Catalog | None, source: Catalog, **options: object) -> Catalog:
    return update_catalog(old, source, locale="fr", created=CREATED, **options)  # type: ignore[arg-type]


def translated(**texts: str) -> Catalog:
    return old_catalog(*(Message(msgid, msgstr) for msgid, msgstr in texts.items()))


def old_catalog(*messages: Message) -> Catalog:
    empty = update(None, template())
    return Catalog(empty.header, messages)


def one(catalog: Catalog, msgid: str, msgctxt: str | None = None) -> Message:
    message = catalog.get((msgctxt, msgid))
    assert message is not None
    return message
