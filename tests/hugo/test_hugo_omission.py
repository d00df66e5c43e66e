"""Pages from which texts are left out, as Hugo reads them: it builds them all, and no block has become another."""

from pathlib import Path

import pytest
from hugo_pages import read_html
from test_hugo_accepted_translations import HUGO_CONFIGURATION, LAYOUT, write
from test_hugo_site import HUGO, hugo
from test_omission import GOES, STAYS, begins_like_front_matter

from netzwerk_i18n.page import Page

pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed")


def tags(path: Path) -> list[str]:
    return [element.tag for element in read_html(path.read_text("utf-8")).elements]


def test_hugo_builds_pages_from_which_texts_are_left_out_with_the_same_elements(tmp_path: Path) -> None:
    write(tmp_path / "hugo.toml", HUGO_CONFIGURATION)
    write(tmp_path / "layouts/_default/single.html", LAYOUT)
    for name in ("kasten", "note"):
        write(tmp_path / f"layouts/shortcodes/{name}.html", "<aside>{{ .Inner }}</aside>")
    write(tmp_path / "layouts/shortcodes/figure.html", "<figure></figure>")
    for number, source in enumerate([*STAYS, *(source for source, _ in GOES)]):
        # What begins so stops Hugo with all its texts too.
        head = "---\ntitle: T\n---\n" if begins_like_front_matter(source) and "title:" not in source else ""
        page = Page.parse(head + source)
        rest = page.without([segment for segment in page.segments if segment.text.startswith("Alt")])
        write(tmp_path / f"content/p{number}.de.md", page.text)
        write(tmp_path / f"content/p{number}.fr.md", rest.text)
    hugo(tmp_path)
    for number, source in enumerate(STAYS):
        german, french = (tags(tmp_path / "public" / part / f"p{number}/index.html") for part in ("", "fr"))
        assert french == german, source
