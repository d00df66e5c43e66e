"""Keys put into front matter, the notice of drafts among them: what they say, and that they touch nothing else."""

import json
import tomllib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from netzwerk_i18n.errors import FrontMatterError
from netzwerk_i18n.page.front_matter import find_front_matter
from netzwerk_i18n.page.front_matter.additions import add_notice, add_value

NOTICE: dict[str, str | float] = {"status": "draft", "engine": "google", "coverage": 0.5, "source": "de"}

BLOCKS = [
    "---\ntitle: Hallo\n---\n",
    "---\r\ntitle: Hallo\r\ntags: [a, b]\r\n---\r\n",
    "\ufeff---\ntitle: Hallo # warum\n# Ende\n---\n",
    "---\n{title: Hallo}\n---\n",
    "---\n{}\n---\n",
    "---\n---\n",
    "---\n  title: Hallo\n  menu:\n    main: {name: x}\n---\n",
    "---\ntext: |+\n  Zeile\n\n---\n",
    "---\ntext: >-\n  gefaltet\n  weiter\n...\n",
    '+++\ntitle = "Hallo"\n[params]\nx = 1\n[[params.list]]\ny = 2\n+++\n',
    "+++\n+++\n",
    '+++\r\ntitle = "Hallo" # warum\r\n+++\r\n',
    '{"title": "Hallo"}\n',
    '{\n  "title": "Hallo",\n  "menu": {"main": [1, 2]}\n}\n',
    "{}\n",
]


def parsed(text: str) -> Any:
    """The front matter as another program reads it."""
    block = find_front_matter(text)
    assert block is not None
    content = text[block.content_start : block.content_end]
    if block.format == "yaml":
        return yaml.safe_load(content) or {}
    if block.format == "toml":
        return tomllib.loads(content.replace("\r\n", "\n"))
    return json.loads(content)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_notice_stands_in_the_front_matter_and_all_else_stays(block: str) -> None:
    page = f"{block}Text.\n"
    before = parsed(page)
    result = add_notice(page, "translation", NOTICE)
    after = parsed(result)
    assert after.pop("translation") == NOTICE
    assert after == before
    added = len(result) - len(page)
    assert added > 0
    start = next((i for i, (a, b) in enumerate(zip(page, result, strict=False)) if a != b), len(page))
    assert any(
        result[:cut] + result[cut + added :] == page for cut in range(max(0, start - added), start + 1)
    )


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("value", ["fr", "no", "2020", 'ein "Wort": #1', "ü"])
def test_a_value_stands_in_the_front_matter_and_all_else_stays(block: str, value: str) -> None:
    page = f"{block}Text.\n"
    result = add_value(page, "lang", value)
    after = parsed(result)
    assert after.pop("lang") == value
    assert after == parsed(page)
    added = len(result) - len(page)
    assert any(result[:cut] + result[cut + added :] == page for cut in range(len(page)))


def test_a_value_stands_among_lines_of_metadata() -> None:
    page = "Title: Hallo\nDate: 2020\n\nText.\n"
    assert add_value(page, "lang", "fr") == f"lang: fr\n{page}"
    with pytest.raises(FrontMatterError, match="the key 'lang' cannot be written"):
        add_value(page, "lang", "fr\nTitle: x")


@pytest.mark.parametrize(
    "page",
    [
        "Text.\n",
        "---\ntitle: [offen\n---\nText\n",
        "---\nlang: no\n---\n",
        "---\nLang: de\n---\n",
        "---\nparams: {lang: de}\n---\n",
    ],
    ids=["none", "broken", "no string", "other letters", "Hugo's params"],
)
def test_a_page_that_has_the_key_or_no_front_matter_stays_as_it_is(page: str) -> None:
    assert add_value(page, "lang", "fr") == page


@pytest.mark.parametrize("page", ["Text.\n", "\ufeffText.\r\n", "", "---\n\nText\n", "# Titel\n\n---\n"])
def test_a_page_without_front_matter_gets_one(page: str) -> None:
    result = add_notice(page, "translation", NOTICE)
    assert parsed(result) == {"translation": NOTICE}
    assert result.removeprefix("\ufeff").endswith(page.removeprefix("\ufeff"))
    assert result.startswith("\ufeff") == page.startswith("\ufeff")


@pytest.mark.parametrize(
    ("block", "key"),
    [
        ("---\nnotice: x\n---\n", "notice"),
        ('+++\nnotice = "x"\n+++\n', "notice"),
        ('{"notice": 1}\n', "notice"),
        ("---\nNotice: x\n---\n", "Notice"),  # Hugo takes it for the same key
        ("---\nparams:\n  notice: x\n---\n", "params.notice"),  # and shows this one
        ('+++\n[Params]\nNotice = "x"\n+++\n', "Params.Notice"),
    ],
)
def test_a_key_of_the_page_is_not_overwritten(block: str, key: str) -> None:
    with pytest.raises(FrontMatterError, match=f"has the key '{key}'"):
        add_notice(f"{block}Text\n", "notice", NOTICE)


def test_broken_front_matter_takes_no_notice() -> None:
    with pytest.raises(FrontMatterError, match="cannot be read") as caught:
        add_notice("---\ntitle: [offen\n---\nText\n", "translation", NOTICE)
    assert caught.value.line is not None


TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=30)
@given(
    st.dictionaries(TEXTS.filter(lambda key: key.lower() not in ("n", "params")), VALUES, max_size=4),
    TEXTS,
    st.booleans(),
)
def test_any_front_matter_keeps_what_it_says(
    data: dict[str, object],
    source: str,
    flow: bool,  # noqa: FBT001
) -> None:
    notice: dict[str, str | float] = {"source": source, "coverage": 0.25}
    content = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    for page in (f"---\n{content}---\nText\n", f"{json.dumps(data)}\nText\n"):
        block = find_front_matter(page)
        if block is None or block.content is None or not {"n", "N"}.isdisjoint(block.data):
            continue
        try:
            result = add_notice(page, "n", notice)
        except FrontMatterError:
            assert len(block.data) != len(data)  # an odd key, which another parser reads otherwise
            continue
        after = parsed(result)
        assert after.pop("n") == notice
        assert after == parsed(page)
