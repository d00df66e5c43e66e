"""What a reader finds on a page that Hugo made."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass
class Seen:
    """One element: its tag, its attributes, and its text."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class HtmlPage:
    """The elements of a page, in the order of their start tags."""

    elements: list[Seen] = field(default_factory=list)

    def all(self, tag: str) -> list[Seen]:
        return [element for element in self.elements if element.tag == tag]

    def texts(self, tag: str) -> list[str]:
        return [" ".join(element.text.split()) for element in self.all(tag)]

    def one(self, tag: str) -> Seen:
        (element,) = self.all(tag)
        return element

    @property
    def description(self) -> str:
        (content,) = (
            meta.attributes["content"]
            for meta in self.all("meta")
            if meta.attributes.get("name") == "description"
        )
        return content


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = HtmlPage()
        self.open: list[Seen] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Seen(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read_html(html: str) -> HtmlPage:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
