"""The report in a real browser: it works by mouse and keyboard, loads nothing, and nobody's text does anything."""

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from report_site import HOSTILE, history_line, hostile_site, mixed_site, report

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
)


@dataclass
class Watched:
    """A page of a browser, with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: Path) -> Page:
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page; the test fails if it complained, or asked for anything but the files of the report."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    found = Watched(context.new_page())
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    context.route(re.compile(r"^(?!file:)(?!data:)"), lambda route: route.abort())
    yield found
    context.close()
    assert found.complaints == []
    assert all(url.startswith(("file://", "data:image/svg+xml")) for url in found.requests), found.requests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a site with everything in it: states, scripts, and a history."""
    site = mixed_site(tmp_path_factory.mktemp("mixed"))
    lines = [
        history_line(
            digest,
            f"2026-0{month}-01T00:00:00Z",
            **{
                name: {"translated": month * 5, "untranslated": 40 - month * 5} for name in ("fr", "ar", "ja")
            },
        )
        for month, digest in enumerate("abcd", start=1)
    ]
    site.write("locales/.netzwerk-i18n/history.jsonl", "".join(lines))
    return report(site)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(hostile_site(tmp_path_factory.mktemp("hostile")), "--all")


def view(folder: Path, locale: str, name: str = "content-demo") -> Path:
    (found,) = folder.glob(f"{locale}/{name}*.html")
    return found


def shown(page: Page) -> list[str]:
    """The states of the passages that can be seen."""
    return [
        str(passage.get_attribute("data-state"))
        for passage in page.locator(".passage").all()
        if passage.is_visible()
    ]


def test_one_clicks_from_the_overview_to_a_passage_and_back(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "index.html")
    page.get_by_role("link", name="French").click()
    expect(page).to_have_title("French: translations of site")
    page.get_by_role("link", name="content/demo.de.md").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("content/demo.de.md")
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("content/unten/zweite.de.md")
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="site").click()
    expect(page).to_have_title("Translations of site")


def test_every_page_of_a_report_opens_without_a_complaint(watched: Watched, folder: Path) -> None:
    for path in sorted(folder.rglob("*.html")):
        watched.open(path)


def test_the_map_leads_to_the_view_of_a_page_in_a_language(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "pages.html")
    page.get_by_role("row", name="demo").get_by_role("link").nth(1).click()
    expect(page).to_have_title("content/demo.de.md in Arabic")


def test_passages_are_filtered_by_state(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    assert len(shown(page)) == 11
    page.get_by_role("checkbox", name="translated 5", exact=True).uncheck()
    assert "translated" not in shown(page)
    expect(page.get_by_role("status")).to_have_text("6 of 11 passages")
    page.get_by_role("checkbox", name="stale").uncheck()
    assert sorted(shown(page)) == ["broken", "draft", "needs_review", "untranslated", "untranslated"]
    page.get_by_role("checkbox", name="only with findings").check()
    assert shown(page) == ["broken"]


def test_passages_are_found_by_their_words_in_either_language(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    search = page.get_by_role("searchbox", name="Search")
    search.fill("COLOGNE")
    expect(page.get_by_role("status")).to_have_text("1 of 11 passages")
    search.fill("köln")
    assert len(shown(page)) == 1
    search.fill("gibt es nicht")
    expect(page.get_by_text("No passage fits the filters.")).to_be_visible()
    search.fill("")
    assert len(shown(page)) == 11


def test_the_next_open_passage_is_reached_by_keyboard_alone(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Next open passage":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.state") == "draft"
    page.get_by_role("button", name="Next open passage").press("Enter")
    assert page.evaluate("document.activeElement.dataset.state") == "broken"


def test_the_first_tab_leads_past_the_head(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "index.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_what_has_the_focus_can_be_seen(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert (width >= 2, style) == (True, "solid"), page.evaluate("document.activeElement.outerHTML")


def test_tables_are_sorted_and_say_so(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "index.html")
    table = page.get_by_role("table").first
    header = table.get_by_role("columnheader", name="coverage")

    def figures() -> list[int]:
        return [int(text.split()[0]) for text in table.locator("tbody tr td:nth-child(3)").all_inner_texts()]

    header.get_by_role("button").click()
    assert (figures(), header.get_attribute("aria-sort")) == ([43, 53, 59], "ascending")
    header.get_by_role("button").press("Enter")
    assert (figures(), header.get_attribute("aria-sort")) == ([59, 53, 43], "descending")
    assert table.locator("[aria-sort]").count() == 1


def test_pages_are_found_by_name_in_the_map(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "pages.html")
    page.get_by_role("searchbox", name="Find a page").fill("zwei")
    expect(page.get_by_role("status")).to_have_text("1 of 2 pages")
    assert page.locator("tbody tr:visible").all_inner_texts()[0].startswith("unten/zweite")


def test_what_a_screen_reader_hears_names_every_region(watched: Watched, folder: Path) -> None:
    page = watched.open(folder / "index.html")
    tree = page.locator("body").aria_snapshot()
    for part in ("banner", "main", "contentinfo", 'navigation "Where you are"', 'region "Languages"'):
        assert part in tree
    assert re.search(r'img "19 translated, 2 machine draft, .*3 untranslated"', tree)
    page = watched.open(view(folder, "fr"))
    tree = page.locator("body").aria_snapshot()
    assert 'group "Show"' in tree
    assert 'searchbox "Search"' in tree
    stale = page.locator(".passage.stale").aria_snapshot()
    for word in ("deletion", "insertion", "removed:", "added:", "stale"):
        assert word in stale


def test_states_are_told_in_words_beside_their_colours(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    labels = [passage.locator(".chip").inner_text() for passage in page.locator(".passage").all()]
    names = {"needs_review": "needs review", "draft": "machine draft"}
    assert labels == [names.get(state, state) for state in shown(page)]


def test_a_finding_stands_beside_its_translation_and_marks_the_place(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "fr"))
    finding = page.locator(".passage.broken .findings .error")
    expect(finding).to_contain_text("links the translation links to https://evil.example/x")
    expect(finding.locator("mark")).to_have_text("https://evil.example/x")


def test_arabic_runs_from_the_right_and_german_from_the_left(watched: Watched, folder: Path) -> None:
    page = watched.open(view(folder, "ar"))
    german, arabic = page.locator(".passage.translated").first.locator(".side").all()
    assert german.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert arabic.evaluate("element => getComputedStyle(element).direction") == "rtl"
    box, text = (
        arabic.bounding_box(),
        arabic.locator("p").evaluate(
            "p => { const range = document.createRange(); range.selectNodeContents(p); return range.getBoundingClientRect().right }"
        ),
    )
    assert box is not None
    assert abs(box["x"] + box["width"] - text) < 2


@pytest.mark.parametrize("width", [320, 390, 768, 1200, 2400])
@pytest.mark.parametrize("name", ["index.html", "pages.html", "fr/index.html", "view"])
def test_nothing_is_wider_than_the_window(watched: Watched, folder: Path, name: str, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(view(folder, "fr") if name == "view" else folder / name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "fr/index.html", "view"])
def test_texts_contrast_with_what_is_behind_them(
    browser: Browser, folder: Path, name: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto((view(folder, "fr") if name == "view" else folder / name).as_uri())
    poor = page.evaluate(CONTRAST)
    context.close()
    assert poor == []


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest(".away, .skip, script")) continue;
    const behind = [];
    for (let above = element; above; above = above.parentElement) behind.unshift(getComputedStyle(above).backgroundColor);
    const [one, other] = [paint(behind), paint([...behind, getComputedStyle(element).color])].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) poor.push([node.data.trim(), ratio]);
  }
  return poor;
}"""


def test_without_scripts_everything_can_be_read(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(view(folder, "fr").as_uri())
    assert all(passage.is_visible() for passage in page.locator(".passage").all())
    assert not page.locator("form").is_visible()
    context.close()


def test_hostile_texts_do_nothing_and_are_seen_as_texts(watched: Watched, hostile: Path) -> None:
    for path in sorted(hostile.rglob("*.html")):
        page = watched.open(path)
        page.mouse.move(300, 300)
        for passage in page.locator(".passage").all():
            passage.hover()
            for link in passage.locator(".side a[href]").all():
                assert re.match("https?://|mailto:", str(link.get_attribute("href")))
                assert "noopener" in str(link.get_attribute("rel"))
        assert page.evaluate("window.harmed") is None
        assert page.locator("body").is_visible()
        assert page.locator("main :is(img, iframe, base, meta, object, embed, script, style)").count() == 0
        assert page.locator("svg *").evaluate_all(
            "all => all.every(e => ['rect', 'path', 'polyline'].includes(e.localName))"
        )
    text = watched.open(view(hostile, "fr", "content-seite")).locator(".passages").inner_text()
    for wanted in (
        "<script>window.harmed = 1</script>",
        "{{ 7 * 7 }} {% raw %} {{ config }}",
        "U+202E",
        "image: Bild",
    ):
        assert wanted in text
    assert "\u202e" not in text
    assert len(shown(watched.page)) == len(HOSTILE) + 1


class _Listener(ThreadingHTTPServer):
    """A server on loopback that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Listener)
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[_Listener]:
    with _Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_policy_stops_what_escaping_would_have_missed(
    browser: Browser, folder: Path, tmp_path: Path, listener: _Listener
) -> None:
    """The same page with an attack in it that no escaping touched."""
    evil = f"http://127.0.0.1:{listener.server_port}"
    attack = (
        "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>"
        f"<img src='{evil}/image'><style>main {{ display: none }}</style><link rel=stylesheet href='{evil}/style'>"
        f"<p style='color: red' id=styled></p><iframe src='{evil}/frame'></iframe><base href='{evil}'>"
        f"<script src='{evil}/script'></script><form action='{evil}/form'><button id=send>send</button></form>"
    )
    text = view(folder, "fr").read_text("utf-8")
    attacked = tmp_path / "attacked.html"
    attacked.write_text(text.replace('<ol class="passages">', f'{attack}<ol class="passages">', 1), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(attacked.as_uri())
    assert page.evaluate("window.harmed") is None
    assert page.locator("main").is_visible()
    assert page.locator("#styled").evaluate("p => getComputedStyle(p).color") != "rgb(255, 0, 0)"
    assert page.evaluate("document.baseURI").startswith("file:")
    assert page.get_by_role("button", name="Next open passage").is_visible()
    page.evaluate("document.getElementById('send').click()")
    other = context.new_page()  # the first one waits for a navigation that the policy forbids
    other.goto(f"{evil}/reached")
    context.close()
    assert [path for path in listener.asked if path != "/favicon.ico"] == ["/reached"]


def test_a_badge_is_as_wide_as_its_text_in_a_font_that_is_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    for badge in (folder / "badges").glob("*.svg"):
        page.goto(badge.as_uri())
        stretched = page.evaluate(
            """() => [...document.querySelectorAll("text")].map((text) => {
              const wanted = text.textLength.baseVal.value;
              text.removeAttribute("textLength");
              return text.getComputedTextLength() / wanted;
            })"""
        )
        assert all(0.85 < ratio < 1.15 for ratio in stretched), (badge.name, stretched)
    context.close()
