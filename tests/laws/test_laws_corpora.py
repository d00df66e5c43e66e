"""The laws over whole corpora: the pages of this folder, the CommonMark examples, a course book."""

import re
from collections.abc import Callable

import law
import pytest

from netzwerk_i18n.page import Page, PageSettings

PARAMETERS = ("caption", "title", "alt", "text", "label", "description")

SAMPLES = dict(law.sample_pages())
SPEC = dict(law.spec_examples())
COURSE = dict(law.course_pages())

needs_spec = pytest.mark.skipif(not SPEC, reason="../shared/corpora/commonmark-spec.json is absent")
needs_course = pytest.mark.skipif(not COURSE, reason="../shared/corpora/comprehensive-rust is absent")

ENDINGS: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "mixed line ends": lambda text: "".join(
        line + ("\n", "\r\n", "\n")[number % 3] for number, line in enumerate(text.split("\n")[:-1])
    ),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no final newline": lambda text: text.rstrip("\n"),
    "trailing tabs": lambda text: (
        (front := law.split_front_matter(text)[0]) + re.sub(r"(?<=[a-z.,])\n", "\t\n", text[len(front) :])
    ),
}


def report(found: dict[str, list[str]]) -> str:
    """All violations of a corpus, the most telling line of each page first."""
    shown = [f"{name}: {violation}" for name, violations in found.items() for violation in violations[:3]]
    return f"{len(found)} pages break the law\n" + "\n".join(shown[:40])


def broken(
    pages: dict[str, str], laws: tuple[Callable[[str], list[str]], ...] = law.LAWS
) -> dict[str, list[str]]:
    """What the laws find, page by page; an exception is a violation like any other."""
    found: dict[str, list[str]] = {}
    for name, text in pages.items():
        for rule in laws:
            try:
                violations = rule(text)
            except Exception as error:  # noqa: BLE001 - the other pages are still to be judged
                violations = [f"{type(error).__name__}: {error}"]
            found.setdefault(name, []).extend(f"{rule.__name__}: {violation}" for violation in violations)
    return {name: violations for name, violations in found.items() if violations}


CORPORA = [
    pytest.param(SAMPLES, id="the samples"),
    pytest.param(SPEC, id="the CommonMark examples", marks=needs_spec),
    pytest.param(COURSE, id="the course book", marks=needs_course),
]


@pytest.mark.parametrize("rule", law.LAWS, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("pages", CORPORA)
def test_every_page_obeys(pages: dict[str, str], rule: Callable[[str], list[str]]) -> None:
    found = broken(pages, (rule,))
    assert not found, report(found)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_sample_obeys_whatever_ends_its_lines(ending: str) -> None:
    found = broken({name: ENDINGS[ending](text) for name, text in SAMPLES.items()})
    assert not found, report(found)


def test_hugo_renders_every_sample_alike() -> None:
    found = law.hugo_violations(SAMPLES)
    assert not found, report(found)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("material-")])
def test_mkdocs_renders_its_samples_alike(name: str) -> None:
    assert law.material_violations(SAMPLES[name]) == []


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith(("material-", "docusaurus-"))])
def test_titles_of_containers_obey_where_the_site_asks_for_them(name: str) -> None:
    settings = PageSettings(container_titles=True)
    violations = [
        violation
        for rule in (*law.LAWS, *([law.material_violations] if name.startswith("material-") else []))
        for violation in rule(SAMPLES[name], lambda text: Page.parse(text, settings))
    ]
    assert violations == []


@pytest.mark.parametrize("pages", CORPORA)
def test_line_breaks_stay_where_the_site_shows_them(pages: dict[str, str]) -> None:
    def parse(text: str) -> Page:
        return Page.parse(text, PageSettings(hard_wraps=True))

    found = {name: law.identity(text, parse) for name, text in pages.items()}
    assert not any(found.values()), report(found)
    found = law.hugo_violations(pages, hard_wraps=True, shortcodes=pages is SAMPLES, parse=parse)
    assert not found, report(found)
    breaking = [name for name in pages if any("\n" in s.text for s in parse(pages[name]).segments)]
    joined = law.hugo_violations({name: pages[name] for name in breaking[:40]}, hard_wraps=True)
    assert joined, "no page of these shows whether line breaks stay"


@needs_spec
def test_hugo_renders_every_commonmark_example_alike() -> None:
    found = law.hugo_violations(SPEC, shortcodes=False)
    assert not found, report(found)


@needs_course
def test_hugo_renders_every_page_of_the_course_book_alike() -> None:
    found = law.hugo_violations(COURSE, shortcodes=False)
    assert not found, report(found)


@pytest.mark.parametrize("pages", CORPORA)
def test_recall_is_at_least_99_percent(pages: dict[str, str]) -> None:
    measured = sum((law.recall(text) for text in pages.values()), law.Recall(0, 0, ()))
    assert measured.share >= 0.99, f"{measured.share:.2%}: {measured.missing[:80]}"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_titles_of_front_matter_are_segments(name: str) -> None:
    _, _, data = law.split_front_matter(SAMPLES[name])
    texts = {segment.text for segment in law.parse_page(SAMPLES[name]).segments}
    for key in ("title", "description", "summary", "subtitle", "linkTitle", "caption"):
        value = (data or {}).get(key)
        if isinstance(value, str) and value:
            assert value.strip() in texts | {text.strip() for text in texts}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_readable_parameters_of_a_shortcode_line_are_segments(name: str) -> None:
    texts = {segment.text for segment in law.parse_page(SAMPLES[name]).segments}
    outside_code = re.sub(r"^```.*?^```|^~~~.*?^~~~", "", SAMPLES[name], flags=re.DOTALL | re.MULTILINE)
    for tag in re.findall(r"^[ \t]*\{\{[<%](?!/\*)[^{}]*[>%]\}\}[ \t]*$", outside_code, re.MULTILINE):
        for key, value in re.findall(r'([\w-]+)="([^"\\]+)"', tag):
            assert (value in texts) is (key in PARAMETERS), (key, value)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_segment_is_empty_or_begins_or_ends_with_white_space(name: str) -> None:
    for segment in law.parse_page(SAMPLES[name]).segments:
        assert segment.text.strip(" \t\r\n"), segment
        if law.split_front_matter(SAMPLES[name])[0].count("\n") < segment.line:
            assert segment.text == segment.text.strip(" \t\r\n"), segment
