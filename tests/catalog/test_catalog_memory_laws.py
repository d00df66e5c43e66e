"""Memories in general: what goes out comes back, existing translations stay, and other tools can read it."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from catalog_strategies import CREATED, catalogs, filled, msgcat, needs_gettext, old_catalog, run, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.catalog import Catalog, Message, format_catalog, new_catalog_header, parse_catalog
from netzwerk_i18n.catalog.memory import (
    Fit,
    fill_catalog,
    format_compendium,
    newest,
    reviewed_translations,
)
from netzwerk_i18n.catalog.message import Key
from netzwerk_i18n.catalog.tmx import TmxContent, format_tmx, parse_tmx
from netzwerk_i18n.errors import CatalogError

quiet = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
LOCALES = ("fr", "pt_PT", "zh_Hans", "sr@latin")
HEADER = new_catalog_header(project="site", locale="fr", source_locale="de", created=CREATED)

keys = st.tuples(st.one_of(st.none(), texts), filled)
memories = st.dictionaries(keys, filled, max_size=6)

# TMX 1.4 DTD: for each element its children in order (with how many of them) and its attributes, required and optional.
SHARED = {"o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion"} | {
    "creationdate",
    "creationid",
    "changedate",
    "changeid",
    "o-tmf",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REQUIRED = {
    "tmx": {"version"},
    "header": {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"},
    "tuv": {LANG},
    "prop": {"type"},
}
ALLOWED = {
    "header": {"o-encoding", "creationdate", "creationid", "changedate", "changeid"},
    "tu": SHARED | {"tuid", "segtype", "srclang"},
    "tuv": SHARED,
    "prop": {LANG, "o-encoding"},
}


def require_valid(data: bytes) -> None:
    """Hold a file against the content models of the TMX 1.4 DTD."""
    root = ET.fromstring(data)  # noqa: S314 - our own output
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    assert [child.tag for child in root] == ["header", "body"]
    header, body = root
    assert {child.tag for child in header} <= {"note", "prop", "ude"}
    assert header.get("segtype") in {"block", "paragraph", "sentence", "phrase"}
    assert {child.tag for child in body} <= {"tu"}
    identities = [unit.get("tuid") for unit in body]
    assert len(set(identities)) == len(identities)
    for unit in body:
        assert not any(character.isspace() for character in unit.get("tuid", ""))
        tags = [child.tag for child in unit]
        first = tags.index("tuv")
        assert set(tags[:first]) <= {"note", "prop"}
        assert set(tags[first:]) == {"tuv"}
        for variant in unit.findall("tuv"):
            assert [child.tag for child in variant][-1:] == ["seg"]
            assert {child.tag for child in variant[:-1]} <= {"note", "prop"}
            assert len(variant[-1]) == 0
    for element in root.iter():
        required = REQUIRED.get(element.tag, set())
        assert required <= element.attrib.keys()
        assert element.attrib.keys() <= required | ALLOWED.get(element.tag, set())


def read(data: bytes, size: int = 1 << 16) -> TmxContent:
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    return parse_tmx(chunks, file="a.tmx", source_locale="de", locales=LOCALES)


def memories_of(content: TmxContent) -> dict[str, dict[Key, str]]:
    return {locale: newest(pairs)[0] for locale, pairs in content.pairs.items()}


@quiet
@given(st.dictionaries(st.sampled_from(LOCALES), memories), st.integers(1, 50))
def test_what_is_exported_as_tmx_comes_back_whole(
    exported: Mapping[str, Mapping[Key, str]], size: int
) -> None:
    data, left_out = format_tmx(exported, source_locale="de")
    require_valid(data)
    back = memories_of(read(data, size))
    for locale, memory in exported.items():
        carried = {key: text for key, text in memory.items() if key not in left_out}
        assert carried.items() <= back.get(locale, {}).items()
        assert back.get(locale, {}).keys() <= memory.keys()
    for key in left_out:
        together = "".join([key[0] or "", key[1], *(memory.get(key, "") for memory in exported.values())])
        assert any((ord(c) < 32 and c not in "\t\n\r") or c in "\ufffe\uffff" for c in together)
    assert format_tmx(exported, source_locale="de")[0] == data


@settings(quiet, max_examples=200)
@given(memories, st.data())
def test_whatever_bytes_come_are_read_or_refused(memory: dict[Key, str], data: st.DataObject) -> None:
    document = bytearray(format_tmx({"fr": memory}, source_locale="de")[0])
    pieces = st.one_of(
        st.binary(max_size=4), st.sampled_from([b"<", b"&a;", b"</tu>", b"<!DOCTYPE tmx [", b"]]>", b""])
    )
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document)))
        end = min(len(document), start + data.draw(st.integers(0, 40)))
        document[start:end] = data.draw(pieces)
    try:
        content = read(bytes(document))
    except CatalogError:
        return
    assert all(pair.msgid and pair.msgstr for pairs in content.pairs.values() for pair in pairs)


@needs_gettext
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(memories)
def test_what_is_exported_as_a_compendium_comes_back_and_gettext_accepts_it(memory: dict[Key, str]) -> None:
    data, left_out = format_compendium(memory, HEADER)
    assert msgcat(data) == data
    checked = run("msgfmt", "--check", "-o", "/dev/null", "-", data=data)
    assert (checked.returncode, checked.stderr) == (0, b"")
    back = reviewed_translations([parse_catalog(data, file="a.po")])
    assert back == {key: text for key, text in memory.items() if key not in left_out}
    for _, msgid in left_out:
        assert any("\n" in text for text in (msgid, *memory.values()))


@quiet
@given(catalogs(), st.data())
def test_a_memory_fills_only_what_has_no_translation(catalog: Catalog, data: st.DataObject) -> None:
    before = format_catalog(catalog)
    known = st.sampled_from([message.key for message in catalog.messages]) if catalog.messages else keys
    exact, other, kept = (data.draw(st.dictionaries(st.one_of(known, keys), filled)) for _ in range(3))
    result = fill_catalog(catalog, Fit(exact, other), kept)
    assert format_catalog(catalog) == before
    assert fill_catalog(result, Fit(exact, other), kept) == result
    assert result.header == catalog.header
    for message in catalog.messages:
        found = result.get(message.key)
        assert found is not None
        if message.has_translation or message.plural is not None:
            assert found == message
        elif message.key in exact:
            assert (found.msgstr, found.fuzzy, found.obsolete) == (
                exact[message.key],
                False,
                message.obsolete,
            )
        elif message.key in other:
            assert (found.msgstr, found.fuzzy, found.previous) == (other[message.key], True, message.msgid)
    added = result.messages[len(catalog.messages) :]
    assert {m.key: m.msgstr for m in added}.items() <= kept.items()
    assert all(m.obsolete and not m.fuzzy for m in added)


@settings(quiet, max_examples=50)
@given(st.lists(catalogs(), max_size=3))
def test_only_what_people_vouch_for_is_a_memory(many: list[Catalog]) -> None:
    memory = reviewed_translations(many)
    vouched: dict[Key, set[str]] = {}
    for catalog in many:
        for message in catalog.messages:
            if message.msgstr and not message.fuzzy and message.plural is None:
                vouched.setdefault(message.key, set()).add(message.msgstr)
    for key, text in memory.items():
        assert text in vouched[key]
    fuzzy_first = old_catalog(Message("a", "x", flags=("fuzzy",)))
    assert reviewed_translations([fuzzy_first, old_catalog(Message("a", "y"))]) == {(None, "a"): "y"}
