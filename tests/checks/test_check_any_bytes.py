"""Whatever bytes lie where a catalog, a page or a configuration should: `check` answers, and never with a traceback."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from cli_site import CATALOG, Site, configuration
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from netzwerk_i18n.cli import main

FRENCH_PO = CATALOG.format("fr")
PO = (
    b'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hallo"\nmsgstr "'
)
PIECES = st.sampled_from(
    [b'msgid "', b'msgstr "', b'"\n', b'"Hallo"\n', b"#~ ", b"#, fuzzy\n", b"\\", b"\\x", b"\\n", b"{{<", b"[a](b)", b"---\n",
     b"+++\n", b"title: x\n", b"\xff", b"\xe2\x80\xae", b"\0", b"\r\n", b"# ", b"- ", b"Hallo", b"<b>", b"`", b"[checks]\n",
     b'links = "off"\n', b"[[checks.ignore]]\n", b'check = "links"\n', b"[", b"]", b'"', b"= 3\n", b"[locales.fr]\n", b"i18n-ignore: links"]
)  # fmt: skip
ANY = st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(b"".join)
FORMATS = st.sampled_from(["terminal", "json", "github", "sarif", "junit"])


def answer(site: Site, form: str) -> None:
    """Run the whole command within this process, and hold its answer against what it promises."""
    out, err, arguments = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["netzwerk-i18n", "-C", str(site.root), "check", "--format", form]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
            main()
    finally:
        sys.argv = arguments
    assert left.value.code in (0, 1, 2), err.getvalue()  # 3 would be a fault of the tool itself
    said = out.getvalue() + err.getvalue()
    assert "Traceback" not in said
    assert all(character.isprintable() or character == "\n" for character in said)
    if left.value.code == 2:
        assert all(line.startswith("netzwerk-i18n: ") for line in err.getvalue().splitlines())
    elif form in ("json", "sarif"):
        json.loads(out.getvalue())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("any"))
    site.configure("fr", more="[locales.fr]\nminimum_coverage = 0\n")
    site.write("content/seite.de.md", "Hallo\n")
    site.ok("extract")
    return site


SLOW = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@given(data=ANY, whole=st.booleans(), form=FORMATS)
@example(data=b"\xed\xa0\x80", whole=True, form="terminal")
@SLOW
def test_any_bytes_may_lie_where_a_catalog_should(site: Site, *, data: bytes, whole: bool, form: str) -> None:
    old = site.read(FRENCH_PO)
    try:
        site.write(FRENCH_PO, data if whole else PO + data + b'"\n')
        answer(site, form)
    finally:
        site.write(FRENCH_PO, old)


@given(data=ANY, form=FORMATS)
@example(data=b"---\ntitle: 'x\n---\n", form="json")
@SLOW
def test_any_bytes_may_lie_where_a_page_should(site: Site, data: bytes, form: str) -> None:
    site.write("content/andere.de.md", data)
    answer(site, form)


@given(data=ANY, whole=st.booleans(), form=FORMATS)
@example(data=b"[[checks]]\n", whole=False, form="json")
@example(data=b"[checks]\nlinks = []\nignore = 3\n", whole=False, form="json")
@example(data=b"[[checks.ignore]]\ncheck = []\n", whole=False, form="json")
@example(data=b"[[checks.ignore]]\ncheck = {a = 1}\n", whole=False, form="json")
@example(data=b"[checks.locales]\nfr = 3\n", whole=False, form="json")
@example(data=b"[checks]\nlocales = 3\n", whole=False, form="json")
@example(data=b"[checks.locales.fr]\nlinks = []\n", whole=False, form="json")
@example(data=b'[checks]\nlinks = ["off"]\n', whole=False, form="json")
@example(data=b'[[checks.ignore]]\ncheck = "links"\npages = [3]\n', whole=False, form="json")
@example(data=b'[checks]\n"" = "off"\n', whole=False, form="json")
@example(data=b'[links]\n"x" = 3\n', whole=False, form="json")
@SLOW
def test_any_bytes_may_lie_where_a_configuration_should(
    site: Site, *, data: bytes, whole: bool, form: str
) -> None:
    old = site.read("netzwerk-i18n.toml")
    try:
        site.write("netzwerk-i18n.toml", data if whole else configuration("fr").encode() + data)
        answer(site, form)
    finally:
        site.write("netzwerk-i18n.toml", old)
