"""Pages with one translated parameter each, for a real generator to read."""

from collections.abc import Iterator, Sequence

from netzwerk_i18n import Page
from netzwerk_i18n.errors import ParameterError


def localized_pages(
    template: str, sources: Sequence[str], texts: Sequence[str]
) -> Iterator[tuple[str, str, str | None]]:
    """For each way to write the parameter and each translation: the message, the translation, and the page with it.

    Args:
        template: a page with `SOURCE` where the parameter stands, and with no other text than `Text`.
        sources: ways to write it.
        texts: translations; None stands for the page where one is refused.
    """
    for source in sources:
        page = Page.parse(template.replace("SOURCE", source))
        (segment,) = (segment for segment in page.segments if segment.text != "Text")
        assert segment.kind == "shortcode"
        for text in texts:
            try:
                yield segment.text, text, page.render({segment.text: text})
            except ParameterError:
                yield segment.text, text, None
