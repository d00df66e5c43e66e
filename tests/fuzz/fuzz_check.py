"""Any bytes as catalog, page and translation: `check` never raises, and what it says holds together.

`python tests/fuzz/fuzz_check.py -max_total_time=35` looks for bytes that break a promise; it begins with the known
attacks, with pages of the laws and with catalogs made of both. Whatever is found is written to a file beside it.
"""

import importlib
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

atheris: Any = importlib.import_module("atheris")

with atheris.instrument_imports(include=["netzwerk_i18n", "markdown_it", "mdit_py_plugins"]):
    from netzwerk_i18n.catalog import parse_catalog
    from netzwerk_i18n.catalog.places import find_place, split_lines
    from netzwerk_i18n.checks import Situation, find_error, find_problems, labels_of
    from netzwerk_i18n.checks.catalogs import find_header_problems, read_msgfmt
    from netzwerk_i18n.checks.fixes import fix
    from netzwerk_i18n.checks.pages import SourceBody
    from netzwerk_i18n.checks.silence import ignored_checks
    from netzwerk_i18n.checks.warnings.source import find_remarks
    from netzwerk_i18n.errors import CatalogError, NetzwerkError
    from netzwerk_i18n.page import Page, Segment
    from netzwerk_i18n.page.settings import DataFormat, PageSettings

TESTS = Path(__file__).parents[1]
FORMS = ("markdown", "cell", "html", "attribute", "title", "parameter", "value", "code")
KINDS = ("paragraph", "cell", "html", "attribute", "link title", "shortcode", "front matter", "code comment")
LOCALES = ("fr", "ar", "ja", "th", "sr@latin", "pt_BR", "zh_Hant", "de_CH")
FORMATS: tuple[DataFormat, ...] = ("yaml", "toml", "json")
SETTINGS = (
    PageSettings(),
    PageSettings(is_mdx=True),
    *(PageSettings(data=form, front_matter=("**",), plural_locales=("pl", "ar")) for form in FORMATS),
)
LARGEST = 4000


def judge(situation: Situation) -> None:
    """One translation: its findings lie within it, are printable, and agree with what decides its publication."""
    translation = situation.translation
    findings = find_problems(situation)
    for finding in findings:
        assert finding.message, finding
        assert finding.message.isprintable() or finding.severity != "error", finding
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start <= finding.end <= len(translation), finding
    if translation != situation.segment.text:
        is_error = any(finding.severity == "error" for finding in findings)
        assert (find_error(situation) is not None) == is_error, (findings, find_error(situation))
    mended = fix(situation)
    if mended is not None and find_error(situation) is None:
        again = Situation(situation.segment, mended, situation.locale, situation.source_locale)
        assert fix(again) in (None, mended), (translation, mended)


def as_catalog(data: bytes) -> None:
    """The bytes as a PO file, through the real reader."""
    try:
        catalog = parse_catalog(data, file="fuzz.po")
    except CatalogError:
        return
    lines = split_lines(data.decode("utf-8"))
    list(find_header_problems(catalog.header.fields, "fr"))
    read_msgfmt(data.decode("utf-8"), "fuzz.po")
    for message in catalog.live():
        ignored_checks(message.comments)
        if not message.msgstr:
            continue
        for offset in (0, len(message.msgstr) // 2, len(message.msgstr) - 1):
            place = find_place(lines, message.line, offset)
            assert place is not None, message
            assert place[0] <= len(lines), message
            assert 1 <= place[1] <= len(lines[place[0] - 1]), message
        judge(Situation(Segment(message.msgid, "paragraph", 1, None, (), 0, 0), message.msgstr, "fr"))


def as_page(data: bytes) -> None:
    """The bytes as a source page and, in two halves, as a page and what would be written; as Markdown, as MDX and as data."""
    try:
        text = data.decode("utf-8")
        pages = [(Page.parse(text, settings), settings) for settings in SETTINGS]
    except (UnicodeDecodeError, NetzwerkError):
        return
    half = len(text) // 2
    labels = labels_of(text)
    for page, settings in pages:
        assert page.render(lambda segment: segment.text) == page.text
        assert page.as_written().text == text
        assert page.in_locale("de").as_written().text == text
        for remark in find_remarks(page, "de"):
            assert remark.line >= 1
            assert remark.start is None or 0 <= remark.start <= len(text)
        for localized in (text[half:], text + text[:half]):
            SourceBody(page.in_locale("pl"), settings).find_problems(localized)
        for segment in page.segments[:5]:
            judge(Situation(segment, text[half : half + 300], "fr", labels=labels))


def as_translation(data: bytes) -> None:
    """The bytes as a source and its translation, at any place of a page."""
    number = data[0] if data else 0
    text = data[1:].decode("utf-8", "replace")
    source, _, translation = text.partition("\0")
    form = number % len(FORMS)
    segment = Segment(source, KINDS[form], 1, None, (), 0, 0, form=FORMS[form], mark='"')
    judge(Situation(segment, translation, LOCALES[number // 8 % len(LOCALES)]))


MODES = (as_translation, as_catalog, as_page)


def test_one_input(data: bytes) -> None:
    """What the fuzzer calls: the first byte says how the rest is read."""
    if not data or len(data) > LARGEST:
        return
    MODES[data[0] % len(MODES)](data[1:])


def seeds(folder: Path) -> None:
    """Known cases for a start."""
    cases: list[bytes] = []
    for name, table in (("attacks.toml", "attack"), ("good.toml", "good")):
        for case in tomllib.loads((TESTS / "checks" / name).read_text("utf-8"))[table]:
            pair = f"{case['source']}\0{case['translation']}".encode("utf-8", "surrogatepass")
            form = FORMS.index(case.get("form", "markdown"))
            cases.append(bytes((0, form)) + pair)
            po = f'msgid "{case["source"]}"\nmsgstr "{case["translation"]}"\n'
            cases.append(b"\x01" + po.encode("utf-8", "replace"))
    cases += [
        b"\x02" + data
        for data in (
            b"- one: Hallo\n  other: |\n    Welt\n",
            b'[b]\none = "Hallo"\nother = "Welt"\n',
            b'[{"a_one": "Hallo", "a_other": "Welt"}]\n',
        )
    ]
    cases += [b"\x02" + page.read_bytes() for page in sorted((TESTS / "laws/samples").glob("*.md"))]
    for number, case in enumerate(cases):
        (folder / f"{number:04}").write_bytes(case)


def main() -> None:
    """Run the fuzzer with the options of libFuzzer; folders among the arguments are corpora that it adds to."""
    with tempfile.TemporaryDirectory() as folder:
        seeds(Path(folder))
        atheris.Setup(
            [*sys.argv, f"-max_len={LARGEST}", "-rss_limit_mb=2048", "-timeout=20", folder], test_one_input
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
