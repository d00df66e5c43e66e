"""The folder of a report: what it holds, and what is never touched in it."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_site import Site, hostile_site, mixed_site, report

from netzwerk_i18n.report.html.markup import render, visible
from netzwerk_i18n.report.html.site import view_file

LIST = "netzwerk-i18n-report.txt"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


class _Reader(HTMLParser):
    """The elements of a page, its targets and its identifiers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_a_report_has_an_overview_a_map_badges_and_a_view_of_what_is_open(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.write("content/fertig.de.md", "Köln\n")
    site.ok("extract")
    folder = report(site)
    found = files(folder)
    assert {"index.html", "pages.html", "fr/index.html", "ar/index.html", "badges/ja.svg", LIST} <= found
    views = sorted(name for name in found if name.startswith("fr/content-"))
    assert [re.sub("-[0-9a-f]{10}", "", name) for name in views] == [
        "fr/content-demo-de-md.html",
        "fr/content-unten-zweite-de-md.html",
    ]
    assert any(name.startswith("ar/content-fertig") for name in found)


def test_all_pages_have_a_view_where_all_are_asked_for_and_none_in_an_overview(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    site.write("content/fertig.de.md", "Köln\n")
    site.ok("extract")
    assert any(name.startswith("fr/content-fertig") for name in files(report(site, "--all")))
    assert not any("content-" in name for name in files(report(site, "--overview")))


def test_what_is_wrong_in_one_context_is_not_said_of_the_same_text_in_another(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    link = "Mehr [hier](https://example.org/a)."
    site.write(
        "content/a.de.md", "\n\n".join(f"<!-- i18n:context: {name} -->\n{link}" for name in ("oben", "unten"))
    )
    site.ok("extract")
    with site.edited() as po:
        for entry in po:
            host = "example.org" if entry.msgctxt == "oben" else "evil.example"
            entry.msgstr = f"Plus [ici](https://{host}/a)."
    (view,) = report(site).glob("fr/content-*")
    above, below = view.read_text("utf-8").split('class="passage ')[1:]
    assert (above.startswith("translated"), 'class="error"' in above) == (True, False)
    assert (below.startswith("broken"), 'class="error"' in below) == (True, True)


def test_a_view_leaves_out_warnings_that_a_translator_silenced_and_no_error_without_a_reason(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    site.write("content/a.de.md", "Um 5 Uhr.\n\nUm 7 Uhr.\n\n[Hier](https://example.org/a).\n")
    site.ok("extract")
    site.translate(
        {
            "Um 5 Uhr.": "À 6 heures.",
            "Um 7 Uhr.": "À 8 heures.",
            "[Hier](https://example.org/a).": "[Ici](https://evil.example/a).",
        }
    )
    with site.edited() as po:
        for entry in po:
            if "5" in entry.msgid or "Hier" in entry.msgid:
                entry.tcomment = "i18n-ignore: numbers, links"
    (view,) = report(site).glob("fr/content-*")
    silenced, told, error = view.read_text("utf-8").split('class="passage ')[1:]
    assert "<code>numbers</code>" not in silenced
    assert "data-findings" not in silenced
    assert "<code>numbers</code>" in told
    assert (error.startswith("broken"), 'class="error"' in error) == (True, True)


def test_chosen_languages_and_pages_only(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site, "--locale", "ar", "content/demo.de.md")
    assert {name.split("/")[0] for name in files(folder) if "/" in name} == {"ar", "badges"}
    assert "zweite" not in (folder / "index.html").read_text("utf-8")


def test_the_same_state_gives_the_same_bytes_and_no_file_is_written_twice(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site)
    before = site.snapshot()
    out = site.ok("status", "--format", "html", "-o", str(folder)).out
    assert ", 0 of them new or changed" in out
    assert site.snapshot() == before


@pytest.mark.parametrize("name", ["mixed", "hostile"])
def test_every_link_within_a_report_leads_to_a_file_of_it(tmp_path: Path, name: str) -> None:
    folder = report({"mixed": mixed_site, "hostile": hostile_site}[name](tmp_path), "--all")
    for path in folder.rglob("*.html"):
        for tag, attributes in _Reader(path.read_text("utf-8")).elements:
            target = attributes.get("href") or ""
            if tag == "a" and not urlsplit(target).scheme and target:
                where, _, anchor = target.partition("#")
                assert (path.parent / unquote(where)).is_file() if where else anchor == "content", target


def test_every_page_says_its_language_and_has_one_title_and_one_main(tmp_path: Path) -> None:
    folder = report(mixed_site(tmp_path))
    for path in folder.rglob("*.html"):
        elements = _Reader(path.read_text("utf-8")).elements
        tags = [tag for tag, _ in elements]
        assert ("html", {"lang": "en"}) in elements
        assert [tags.count(tag) for tag in ("title", "main", "h1", "header", "footer")] == [1, 1, 1, 1, 1]
        identifiers = [attributes["id"] for _, attributes in elements if "id" in attributes]
        assert len(identifiers) == len(set(identifiers))
        assert all("style" not in attributes for _, attributes in elements)
        assert not any(name.startswith("on") for _, attributes in elements for name in attributes)


def test_texts_carry_their_language_and_their_direction(tmp_path: Path) -> None:
    folder = report(mixed_site(tmp_path))
    (view,) = folder.glob("ar/content-demo*")
    sides = [
        (attributes["lang"], attributes["dir"])
        for tag, attributes in _Reader(view.read_text("utf-8")).elements
        if tag == "div" and attributes.get("class") == "side"
    ]
    assert sides[:2] == [("de", "ltr"), ("ar", "rtl")]


def test_views_that_are_no_longer_needed_are_removed(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site)
    before = files(folder)
    site.remove("content/unten/zweite.de.md")
    site.ok("extract")
    gone = before - files(report(site))
    assert {re.sub("-[0-9a-f]{10}", "", name) for name in gone} == {
        f"{locale}/content-unten-zweite-de-md.html" for locale in ("fr", "ar", "ja")
    }


def test_what_left_a_report_is_counted_by_itself(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site)
    before = files(folder)
    out = site.ok("status", "--format", "html", "-o", str(folder), "--locale", "fr").out
    gone = len(before - files(folder))
    made, changed, removed = (int(number) for number in re.findall(r"(\d+) (?:files|of them|removed)", out))
    assert gone > made >= changed
    assert removed == gone


@pytest.mark.parametrize("locale", ["fr"])
def test_a_language_that_is_gone_takes_its_folder_with_it(tmp_path: Path, locale: str) -> None:
    site = mixed_site(tmp_path)
    report(site)
    assert not (report(site, "--locale", locale) / "ar").exists()


def test_files_of_a_person_in_the_folder_stay(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site)
    site.write("report/notes.txt", "mine")
    site.write("report/ar/mine.html", "mine")
    listed = site.read(f"report/{LIST}")
    site.write(f"report/{LIST}", listed + "ar/mine.html\n../netzwerk-i18n.toml\n/etc/passwd\n")
    report(site, "--locale", "fr")
    assert site.read("report/notes.txt") == "mine"
    assert site.read("report/ar/mine.html") == "mine"
    assert site.exists("netzwerk-i18n.toml")
    assert files(folder / "ar") == {"mine.html"}


@pytest.mark.parametrize("name", ["index.html", "notes.txt", ".hidden"])
def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path, name: str) -> None:
    site = mixed_site(tmp_path)
    site.write(f"report/{name}", "mine")
    before = site.contents()
    run = site.run("status", "--format", "html", "-o", "report")
    assert run.code == 2
    assert (
        run.err
        == "netzwerk-i18n: report: holds something else than a report; name a new or an empty folder\n"
    )
    assert site.contents() == before


def test_the_project_itself_is_refused(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    assert "holds something else" in site.run("status", "--format", "html", "-o", ".").err


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    run = site.run("status", "--format", "html", "-o", "netzwerk-i18n.toml")
    assert (run.code, "is no folder" in run.err) == (2, True)


def test_a_page_of_a_person_with_the_name_of_one_of_ours_is_refused(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site, "--locale", "ar")
    site.write("report/fr/index.html", "mine")
    run = site.run("status", "--format", "html", "-o", str(folder))
    assert run.code == 2
    assert "stands where the report would" in run.err
    assert site.read("report/fr/index.html") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_leads_the_report_outside_its_folder(tmp_path: Path) -> None:
    site = mixed_site(tmp_path / "site")
    folder = report(site, "--locale", "ar")
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "fr").symlink_to(outside)
    run = site.run("status", "--format", "html", "-o", str(folder))
    assert run.code == 2
    assert not list(outside.iterdir())
    (folder / "fr").unlink()
    (folder / "index.html").rename(outside / "index.html")
    (folder / "index.html").symlink_to(outside / "index.html")
    before = (outside / "index.html").read_bytes()
    assert site.run("status", "--format", "html", "-o", str(folder)).code == 2
    assert (outside / "index.html").read_bytes() == before


def test_a_line_of_a_catalog_has_the_address_that_the_configuration_gives(tmp_path: Path) -> None:
    address = "https://git.example.org/o/r/blob/main/{file}#L{line}"
    site = mixed_site(tmp_path, extra=f'[report]\nsource_url = "{address}"\n')
    (view,) = report(site).glob("fr/content-demo*")
    targets = [
        attributes.get("href") for tag, attributes in _Reader(view.read_text("utf-8")).elements if tag == "a"
    ]
    line = next(
        n
        for n, text in enumerate(site.read("locales/fr/LC_MESSAGES/site.po").splitlines(), 1)
        if "Uhrzeit" in text
    )
    assert f"https://git.example.org/o/r/blob/main/locales/fr/LC_MESSAGES/site.po#L{line}" in targets


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//{file}",
        "data:text/html,{file}",
        "https://example.org/",
        "https://x/{file}/{rev}",
    ],
)
def test_an_address_that_is_none_is_refused_with_its_line(tmp_path: Path, address: str) -> None:
    site = Site(tmp_path)
    site.configure("fr", more=f'[report]\nsource_url = "{address}"\n')
    run = site.run("status")
    assert run.code == 2
    assert re.match(r"netzwerk-i18n: netzwerk-i18n\.toml:\d+: source_url must ", run.err)


@given(st.text(min_size=1), st.sampled_from(["fr", "pt_PT", "sr@latin"]))
def test_the_name_of_a_view_is_safe_on_every_file_system(path: str, locale: str) -> None:
    name = view_file(locale, path)
    assert re.fullmatch(r"[A-Za-z_@]+/[A-Za-z0-9-]{10,100}\.html", name)
    assert name != view_file(locale, path + "x")
    assert name.lower() != view_file(locale, path.swapcase()).lower() or path == path.swapcase()


@given(st.text(), st.sampled_from(["markdown", "cell", "html", "value", "attribute", "title", "parameter"]))
def test_no_text_becomes_an_element_that_does_something(text: str, form: str) -> None:
    check_harmless(str(render(text, form)))


PIECES = st.sampled_from(
    "< > & \" ' ` * _ ~~ [ ] ( ) ! \\ \n <script> </script> javascript: data: https://a.example onerror= <img src=x> &lt; "
    "&#106; &Tab; \u202e \u2066 \x00 \x1b <!-- --> ]]> <a href= style= {{ }} [x](javascript:y) ![x](https://e/p.png)".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]))
def test_no_pieces_of_an_attack_become_an_element_that_does_something(
    pieces: list[str], between: str
) -> None:
    check_harmless(str(render(between.join(pieces), "markdown")))


def check_harmless(html: str) -> None:
    allowed = {"a", "br", "code", "em", "s", "span", "strong"}
    for tag, attributes in _Reader(html).elements:
        assert tag in allowed, html
        assert attributes.keys() <= {"href", "title", "rel", "target", "class"}, html
        target = attributes.get("href")
        assert target is None or re.match(r"(?:https?://|mailto:)", target, re.IGNORECASE), html
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x0b-\x1f\x7f]", html)


class _Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_a_text_that_is_shown_is_whole(text: str) -> None:
    if text.isprintable():
        assert _Words(str(visible(text))).text == text


def test_a_report_of_a_site_without_pages_is_an_overview(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    assert "There are no source pages yet." in (report(site) / "index.html").read_text("utf-8")


def test_one_word_is_one_word_everywhere(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr")
    site.write("content/a.de.md", "Hallo\n")
    site.ok("extract")
    folder = report(site)
    texts = [(folder / name).read_text("utf-8") for name in files(folder) if name.endswith(".html")]
    assert not any(re.search(r"\b1 (?:open )?words", text) for text in texts)
    assert sum("1 word " in text or "1 word<" in text for text in texts) == 3
    assert "check: 1 translation in 1 catalog" in site.ok("check").out


def test_a_run_that_was_killed_after_its_list_leaves_a_folder_that_the_next_one_takes(tmp_path: Path) -> None:
    site = mixed_site(tmp_path)
    folder = report(site)
    whole = files(folder)
    for name in whole - {LIST}:
        (folder / name).unlink()
    assert files(report(site)) == whole


def test_a_catalog_for_each_page_is_read_as_well(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure(
        "fr",
        more='[catalogs]\ntemplate = "locales/{path}.pot"\ncatalog = "locales/{locale}/{path}.po"\n',
    )
    site.write("content/a.de.md", "Eins.\n")
    site.ok("extract")
    (view,) = report(site).glob("fr/content-a*")
    assert "locales/<wbr>fr/<wbr>a.po:" in view.read_text("utf-8")


def test_a_large_site_has_its_map_in_parts_and_a_small_overview(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.configure("fr", "ar")
    for number in range(520):
        site.write(f"content/p{number:03}.de.md", "Ein Satz.\n" if number % 2 else f"Satz {number}.\n")
    site.ok("extract")
    folder = report(site, "--overview")
    maps = sorted(folder.glob("pages*.html"))
    assert [path.name for path in maps] == ["pages-2.html", "pages-3.html", "pages.html"]
    named = [
        str(attributes.get("title"))
        for name in ("pages.html", "pages-2.html", "pages-3.html")
        for tag, attributes in _Reader((folder / name).read_text("utf-8")).elements
        if tag == "th" and "title" in attributes
    ]
    assert named == [f"content/p{number:03}.de.md" for number in range(520)]
    overview = (folder / "index.html").read_text("utf-8")
    assert all(f'href="{path.name}"' in overview for path in maps)
    assert 'class="map"' not in overview
    listed = (folder / "fr/index.html").read_text("utf-8")
    assert listed.count('<th scope="row">') == 500
    assert '20 more pages are open: <a href="../pages.html">' in listed
