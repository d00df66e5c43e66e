"""Settings of drafts and engines, engines of other distributions, and what a user gets wrong."""

import os
from pathlib import Path

import pytest
from cli_site import Site, complaint, configuration
from draft_servers import serving
from draft_site import PAGE, drafting_site, drafts, translate

from netzwerk_i18n.draft.engines import Setup, create
from netzwerk_i18n.draft.engines.packages import install_languages
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.errors import ConfigError

WRONG = [
    ("[draft]\nengin = 'google'\n", "unknown key 'engin' in [draft]; did you mean 'engine'?"),
    ("[draft]\nconcurrency = 0\n", "concurrency in [draft] must be a number from 1 to 64"),
    ("[draft]\nnotice = true\n", "notice in [draft] must be a key of letters, digits, - and _, or false"),
    ("[draft]\nnotice = 'a b'\n", "notice in [draft] must be a key"),
    ("[draft]\nkeep = ['(']\n", "'(' in keep is no regular expression"),
    ("[draft]\nforeign = 'maybe'\n", "foreign in [draft] must be 'keep' or 'translate'"),
    ("[engines.google]\nurll = 'x'\n", "unknown key 'urll' in [engines.google]; did you mean 'url'?"),
    ("[engines.deepl]\nretries = 'x'\n", "retries in [engines.deepl] must be a whole number"),
    (
        "[engines.deepl]\nauth_key = 'x'\n",
        "'auth_key' in [engines.deepl]: keys come from the environment only",
    ),
    ("[engines.mine]\napi_key = 'x'\n", "keys come from the environment only"),
    ("[engines.offline]\ncompute = 'int9'\n", "compute in [engines.offline] must be 'default' or 'auto'"),
    ("[engines.offline]\nbeam = 65\n", "beam in [engines.offline] must be a whole number from 0 to 64"),
    ("[engines.offline]\nthreads = 257\n", "threads in [engines.offline] must be a whole number from 0 to"),
    ("[engines.libretranslate.languages]\nfr = 1\n", "languages in [engines.libretranslate] must be a table"),
]


@pytest.mark.parametrize(("more", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_a_wrong_setting_is_told_with_its_line_by_any_command(tmp_path: Path, more: str, said: str) -> None:
    site = Site(tmp_path)
    site.write("netzwerk-i18n.toml", configuration("fr", more=more))
    message = complaint(site.run("extract"))
    line = len(configuration("fr").splitlines()) + (1 if ".languages]" in more else 2)
    assert message.startswith(f"netzwerk-i18n.toml:{line}: ")
    assert said in message


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--engine", "gogle"],
            "there is no engine 'gogle'; did you mean 'google'; the engines are google, ",
        ),
        (
            ["--engine", "libretranslate"],
            "the engine libretranslate has no server; set url in [engines.libretranslate]",
        ),
        (["--engine", "deepl"], "the engine deepl needs a key; set the environment variable DEEPL_AUTH_KEY"),
        (["--engine", "microsoft"], "the engine microsoft cannot be used: "),
        (["--limit", "-1"], "'--limit'"),
        (["--locale", "xx"], "unknown locale 'xx'"),
        (["content/nichts.de.md"], "content/nichts.de.md is no source page"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    site = drafting_site(tmp_path / "site", None)
    run = translate(site, *arguments, DEEPL_AUTH_KEY="")
    assert said in complaint(run)


def test_before_anything_was_extracted_the_run_says_what_to_do(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("content/seite.de.md", PAGE)
    site.configure("fr")
    assert "there is no catalog yet; netzwerk-i18n extract writes one" in complaint(translate(site))


def test_texts_that_are_in_no_catalog_yet_are_counted(tmp_path: Path) -> None:
    site = drafting_site(tmp_path / "site", None)
    site.write("content/neu.de.md", "Noch ein Satz.\n")
    assert "note: 1 text in no catalog yet; run extract first" in translate(site).err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.org", "is plain http, so that anyone on the way could read the texts"),
        ("ftp://example.org", "is no web address"),
        ("example.org", "is no web address"),
        ("https://[::1", "is no web address"),
        ("https://[secret-word]/", "is no web address"),
        ("https://me:secret-word@example.org", "holds a user name or password"),
        ("http://127.0.0.1.example.org", "is plain http"),
        ("https://example.org/t?key=secret-word", "has a query or a fragment"),
        ("https://example.org/#secret-word", "has a query or a fragment"),
        ("https://example.org?", "has a query or a fragment"),
    ],
)
def test_texts_are_sent_to_safe_addresses_only(tmp_path: Path, url: str, said: str) -> None:
    site = drafting_site(tmp_path / "site", None)
    settings = site.read("netzwerk-i18n.toml")
    site.write("netzwerk-i18n.toml", f'{settings}[engines.libretranslate]\nurl = "{url}"\n')
    line = len(settings.splitlines()) + 2
    for command in ("translate", "extract"):
        run = site.run(command)
        assert f"netzwerk-i18n.toml:{line}: url in [engines.libretranslate]" in complaint(run)
        assert said in complaint(run)
        assert "secret-word" not in run.err


def test_the_engine_of_another_distribution_and_the_list_of_models_have_safe_addresses_too() -> None:
    with pytest.raises(ConfigError, match=r"url in \[engines\.theirs\] is plain http"):
        Setup("theirs", {"url": "http://example.org"}).url()
    with pytest.raises(ConfigError, match=r"index in \[engines\.offline\] is plain http"):
        install_languages("de", "fr", index="http://models.example.org/index.json")


def test_a_table_of_an_engine_that_does_not_exist_is_noted(tmp_path: Path) -> None:
    more = "[engines.gogle]\nrate = 2\n[engines.linguee]\nrate = 2\n"
    site = drafting_site(tmp_path / "site", None, more=more)
    run = translate(site, "--engine", "pseudo")
    note = (
        "note: [engines.gogle] in the configuration is of no engine that is installed; did you mean 'google'"
    )
    assert (run.code, run.err.splitlines()) == (0, [note])


def test_the_command_line_names_another_engine_than_the_configuration(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service)
        translate(site, "--engine", "none")
        assert not service.asked
        translate(site, "--engine", "pseudo")
        assert not service.asked
    assert len(drafts(site)) == 7


@pytest.mark.parametrize(
    ("locale", "turned"),
    [("ar", True), ("iw", True), ("pa_PK", True), ("azb", True), ("uz@arabic", True), ("ar@latin", False), ("fr", False)],
)  # fmt: skip
def test_pseudo_letters_run_as_those_of_the_locale_do(locale: str, turned: bool) -> None:  # noqa: FBT001
    engine = create(Setup("pseudo"))
    (answer,) = engine.open(engine.pair("de", locale)).translate(["Hallo"], Style.PLAIN)
    assert answer is not None
    assert any("\u0590" <= letter <= "\u05ff" for letter in answer) == turned


ENGINE = """
from netzwerk_i18n.draft.engines.protocol import Abilities, Pair
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import Pace

class Shout:
    name, version, pace = "shout", "1", Pace(retries=0)
    abilities = Abilities((Style.BRACKETS,), online=False)

    def __init__(self, setup):
        self.sign = setup.options.get("sign", "!")

    def pair(self, source_locale, locale):
        return Pair(source_locale, locale, source_locale, locale)

    def prepare(self, pairs):
        pass

    def open(self, pair):
        return self

    def translate(self, texts, style):
        if self.sign == "fault":
            raise RuntimeError("the text is " + texts[0])
        return [text + self.sign for text in texts]

create = Shout
"""


def installed(tmp_path: Path, code: str = ENGINE) -> dict[str, str]:
    """An environment in which another distribution adds the engine `shout`."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "shouting.py").write_text(code)
    metadata = folder / "shouting-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[netzwerk_i18n.engines]\nshout = shouting:create\n")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths)}


def test_another_distribution_adds_an_engine(tmp_path: Path) -> None:
    env = installed(tmp_path)
    site = drafting_site(
        tmp_path / "site",
        None,
        page="Hallo Welt\n",
        draft='engine = "shout"\n',
        more='[engines.shout]\nsign = "?"\n',
    )
    assert "shout" in site.ok("engine", "list", **env).out
    assert translate(site, **env).code == 0
    assert drafts(site) == {"Hallo Welt": "Hallo Welt?"}


def test_an_engine_that_fails_ends_the_run_and_not_the_tool(tmp_path: Path) -> None:
    env = installed(tmp_path)
    site = drafting_site(
        tmp_path / "site",
        None,
        page="Hallo Welt\n",
        draft='engine = "shout"\n',
        more='[engines.shout]\nsign = "fault"\n',
    )
    run = translate(site, **env)
    assert run.code == 1
    assert "stopped: the engine shout failed (RuntimeError)" in run.err
    assert "Hallo" not in run.err


def test_an_engine_that_cannot_be_loaded_names_its_distribution(tmp_path: Path) -> None:
    env = installed(tmp_path, "raise ImportError('no such thing')")
    site = drafting_site(tmp_path / "site", None, draft='engine = "shout"\n')
    assert "the distribution shouting has an engine 'shout' that fails" in complaint(translate(site, **env))


def test_what_lies_in_the_site_is_never_run(tmp_path: Path) -> None:
    site = drafting_site(tmp_path / "site", None, draft='engine = "shout"\n')
    installed(tmp_path)
    for path in (tmp_path / "packages").rglob("*.*"):
        if path.is_file():
            site.write(path.relative_to(tmp_path / "packages").as_posix(), path.read_bytes())
    assert "there is no engine 'shout'" in complaint(translate(site))
