"""A whole page for one text, as other tools have blocks: its translation holds that of each of its texts."""

import pages
from hypothesis import given, settings

from netzwerk_i18n import Page
from netzwerk_i18n.fitting import fit_memory


@settings(deadline=None, max_examples=150)
@given(pages.pages(depth=2).map(lambda text: f"{text}\n\n* Ende\n"))
def test_a_page_as_one_text_gives_the_translation_of_each_of_its_texts(text: str) -> None:
    page = Page.parse(text)
    said = {each.text: f"{each.text} und mehr" for each in page.segments}
    localized = page.render(lambda each: said[each.text])
    again = Page.parse(localized).segments
    if [(each.text, each.kind) for each in again] != [(said[each.text], each.kind) for each in page.segments]:
        return  # an end such as "\\" or ":" makes something else of the words behind it
    live: set[tuple[str | None, str]] = {(None, own) for own in said}
    fitted = fit_memory({(None, text): localized}, live, live)
    assert fitted.memory.items() >= {(None, one): other for one, other in said.items()}.items()
