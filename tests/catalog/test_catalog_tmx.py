"""TMX of other tools: codes of languages, inline elements, encodings, and what must never be read."""

import codecs

import pytest

from netzwerk_i18n.catalog.memory import Pair, newest
from netzwerk_i18n.catalog.tmx import TmxContent, parse_tmx
from netzwerk_i18n.errors import CatalogError

HEAD = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"'
    ' adminlang="en" srclang="de-DE" datatype="xml"/><body>\n'
)
TAIL = "</body></tmx>"


def unit(source: str, *targets: tuple[str, str], more: str = "", code: str = "de-DE") -> str:
    variants = "".join(
        f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in ((code, source), *targets)
    )
    return f"<tu{more}>{variants}</tu>\n"


def read(document: str | bytes, *locales: str) -> TmxContent:
    data = document if isinstance(document, bytes) else document.encode()
    return parse_tmx([data], file="a.tmx", source_locale="de", locales=locales or ("fr", "pt_PT", "zh_Hans"))


def fault(document: str | bytes) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        read(document)
    return caught.value


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        ("fr", "fr"),
        ("FR-FR", "fr"),
        ("fr_CA", "fr"),
        ("pt-PT", "pt_PT"),
        ("PT_pt", "pt_PT"),
        ("pt-BR", None),
        ("pt", None),
        ("zh-CN", "zh_Hans"),
        ("zh-Hans-CN", "zh_Hans"),
        ("zh-TW", None),
        ("x-klingon", None),
    ],
)
def test_a_code_stands_for_the_locale_of_its_language_script_and_region(
    code: str, locale: str | None
) -> None:
    content = read(HEAD + unit("Hallo", (code, "X")) + TAIL)
    assert content.pairs == ({locale: [Pair("Hallo", "X")]} if locale else {})
    assert content.other_languages == (set() if locale else {code})


@pytest.mark.parametrize("code", ["de", "DE", "de-DE", "de_AT", "de-Latn-CH"])
def test_every_variant_of_the_source_language_is_the_source(code: str) -> None:
    assert read(HEAD + unit("Hallo", ("fr", "Salut"), code=code) + TAIL).pairs["fr"] == [
        Pair("Hallo", "Salut")
    ]


def test_several_variants_of_one_unit_are_pairs_each() -> None:
    content = read(HEAD + unit("Hallo", ("fr", "Salut"), ("de-AT", "Servus"), ("zh-CN", "你好")) + TAIL)
    assert content.pairs == {
        "fr": [Pair("Hallo", "Salut"), Pair("Servus", "Salut")],
        "zh_Hans": [Pair("Hallo", "你好"), Pair("Servus", "你好")],
    }


def test_inline_elements_count_as_the_text_in_them() -> None:
    source = (
        '<bpt i="1">**</bpt>fett<ept i="1">**</ept> <ph>{{&lt; a &gt;}}</ph> <hi type="term">ein <it pos="begin">'
        "_</it>Wort</hi><ph>![<sub>Bild</sub>](a.png)</ph>"
    )
    content = read(HEAD + unit(source, ("fr", "X")) + TAIL)
    assert content.pairs["fr"][0].msgid == "**fett** {{< a >}} ein _Wort![Bild](a.png)"


def test_a_unit_without_the_source_language_is_counted_and_left_out() -> None:
    content = read(HEAD + unit("Hello", ("fr", "Salut"), code="en-US") + unit("Hallo", ("fr", "")) + TAIL)
    assert (content.units, content.without_source, content.pairs) == (2, 1, {})
    assert content.other_languages == {"en-US"}


def test_of_several_translations_the_one_changed_last_is_taken() -> None:
    document = (
        HEAD
        + unit("a", ("fr", "alt"), more=' changedate="20200101T000000Z"')
        + unit("a", ("fr", "neu"), more=' creationdate="20240101T000000Z"')
        + unit("a", ("fr", "ohne"))
        + unit("b", ("fr", "eins"))
        + unit("b", ("fr", "zwei"))
        + TAIL
    )
    memory, several = newest(read(document).pairs["fr"])
    assert memory == {(None, "a"): "neu", (None, "b"): "eins"}
    assert several == 2


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
)
def test_utf_16_is_read(mark: bytes, encoding: str) -> None:
    document = '<?xml version="1.0" encoding="UTF-16"?>\n' + HEAD + unit("Grüße", ("fr", "Ça va ?")) + TAIL
    assert read(mark + document.encode(encoding)).pairs["fr"] == [Pair("Grüße", "Ça va ?")]


def test_an_old_encoding_that_the_file_declares_is_read() -> None:
    document = '<?xml version="1.0" encoding="windows-1252"?>\n' + HEAD + unit("Grüße", ("fr", "Ça")) + TAIL
    assert read(document.encode("cp1252")).pairs["fr"] == [Pair("Grüße", "Ça")]


def test_a_doctype_is_accepted_and_its_file_never_fetched() -> None:
    for doctype in (
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<!DOCTYPE tmx PUBLIC "x" "http://127.0.0.1:9/tmx14.dtd">',
    ):
        assert read(f'<?xml version="1.0"?>{doctype}{HEAD}{unit("a", ("fr", "b"))}{TAIL}').units == 1


@pytest.mark.parametrize(
    "declarations",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;',
    ],
)
def test_entities_are_refused_with_the_line(declarations: str) -> None:
    error = fault(f"<!DOCTYPE tmx [\n{declarations}]>{HEAD}{unit('&a;', ('fr', 'b'))}{TAIL}")
    assert str(error).startswith("a.tmx:2: declares the entity a; ")


def test_an_entity_that_only_the_doctype_would_declare_is_refused_not_dropped() -> None:
    error = fault(f'<!DOCTYPE tmx SYSTEM "tmx14.dtd">{HEAD}{unit("a&nbsp;b", ("fr", "b"))}{TAIL}')
    assert str(error).startswith("a.tmx:2: uses the entity nbsp, which it does not declare")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("", "a.tmx:1: is no well-formed XML (no element found)"),
        ("<html></html>", "a.tmx:1: is no TMX file: it starts with <html>"),
        (HEAD + "<tu>", "a.tmx:2: is no well-formed XML (no element found)"),
        (
            HEAD + unit("\x01", ("fr", "b")) + TAIL,
            "a.tmx:2: is no well-formed XML (not well-formed (invalid token))",
        ),
        (b'<?xml version="1.0" encoding="shift_jis"?><tmx/>', "a.tmx:1: cannot be decoded"),
        (
            b'<?xml version="1.0" encoding="nonsense"?><tmx/>',
            "a.tmx:1: cannot be decoded: unknown encoding",
        ),
    ],
)
def test_what_is_no_tmx_is_refused_with_the_line(document: str | bytes, told: str) -> None:
    assert str(fault(document)).startswith(told)


def test_a_text_too_large_for_a_catalog_is_counted_and_left_out() -> None:
    content = read(HEAD + unit("a", ("fr", "b" * 2_000_000)) + unit("c", ("fr", "d")) + TAIL)
    assert (content.too_large, content.pairs) == (1, {"fr": [Pair("c", "d")]})
