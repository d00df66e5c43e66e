"""The laws over pages that hypothesis writes: every construct in every other, and plain noise.

`NETZWERK_LAWS=deep` tries twenty times as many pages, other ones in every run.
"""

import os

import law
import pages
from hypothesis import HealthCheck, given, settings

DEEP = os.environ.get("NETZWERK_LAWS") == "deep"


def tries(count: int) -> settings:
    """The same pages in every ordinary run, so that a change which breaks nothing fails nothing."""
    return settings(
        max_examples=count * 20 if DEEP else count,
        derandomize=not DEEP,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )


def obeys(text: str) -> None:
    found = law.violations(text)
    assert not found, "\n".join([repr(text), repr(law.marked(law.parse_page(text))), *found])


@tries(150)
@given(pages.pages(depth=0))
def test_a_page_of_simple_blocks_obeys(text: str) -> None:
    obeys(text)


@tries(200)
@given(pages.pages(depth=2))
def test_a_page_of_nested_blocks_obeys(text: str) -> None:
    obeys(text)


@tries(100)
@given(pages.pages(depth=3))
def test_a_page_of_deeply_nested_blocks_obeys(text: str) -> None:
    obeys(text)


@tries(400)
@given(pages.soup())
def test_pieces_of_markup_in_no_order_obey(text: str) -> None:
    obeys(text)


@tries(300)
@given(pages.any_text())
def test_any_text_obeys(text: str) -> None:
    obeys(text)


def test_hugo_renders_generated_pages_alike() -> None:
    gathered: dict[str, str] = {}

    @tries(200)
    @given(pages.pages(depth=2, ends=False))
    def gather(text: str) -> None:
        if not law.swallowed_by_goldmark(law.markdown_of(text)):
            gathered[f"page {len(gathered)}"] = text

    gather()
    found = law.hugo_violations(gathered)
    shown = [f"{gathered[name]!r}\n{violations[0]}" for name, violations in found.items()]
    assert not found, f"{len(found)} of {len(gathered)} pages:\n" + "\n\n".join(shown[:10])


def test_hugo_renders_generated_noise_alike() -> None:
    gathered: dict[str, str] = {}

    @tries(300)
    @given(pages.soup())
    def gather(text: str) -> None:
        if not law.swallowed_by_goldmark(law.markdown_of(text)):
            gathered[f"page {len(gathered)}"] = text

    gather()
    found = law.hugo_violations(gathered, shortcodes=False)
    shown = [f"{gathered[name]!r}\n{violations[0]}" for name, violations in found.items()]
    assert not found, f"{len(found)} of {len(gathered)} pages:\n" + "\n\n".join(shown[:10])


def test_generated_pages_have_their_visible_words_in_segments() -> None:
    measured = law.Recall(0, 0, ())

    @tries(150)
    @given(pages.pages(depth=2))
    def gather(text: str) -> None:
        nonlocal measured
        measured += law.recall(text)

    gather()
    assert measured.share >= 0.99, f"{measured.share:.2%}: {measured.missing[:80]}"
