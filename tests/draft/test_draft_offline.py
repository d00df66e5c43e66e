"""Translation on this machine with a real model: installed from a package, loaded and used by the product's own code."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from cli_site import Run, Site
from draft_servers import Answer, Service, as_json, serving
from draft_site import drafting_site, drafts, kept_apart, translate
from tiny_model import ENGLISH_TO_FRENCH, GERMAN_TO_ENGLISH, GERMAN_TO_FRENCH, build, package

pytest.importorskip("ctranslate2")
pytest.importorskip("sentencepiece")

PAGE = "Hallo Welt\n\nDie **Bewegung** und [Welt](https://example.org)\n"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Argos packages from German to French, and from either to English."""
    folder = tmp_path_factory.mktemp("packages")
    return {
        "de-fr": package(folder, "de", "fr", GERMAN_TO_FRENCH),
        "de-en": package(folder, "de", "en", GERMAN_TO_ENGLISH),
        "en-fr": package(folder, "en", "fr", ENGLISH_TO_FRENCH),
    }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return drafting_site(tmp_path / "site", None, page=PAGE, draft='engine = "offline"\n')


def engine(site: Site, *arguments: str) -> Run:
    run = site.run("engine", *arguments, **kept_apart(site))
    assert "Traceback" not in run.err
    assert "internal fault" not in run.err
    return run


def test_a_package_is_installed_and_translates(site: Site, packages: dict[str, Path]) -> None:
    run = engine(site, "install", str(packages["de-fr"]))
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("installed de -> fr in ")
    assert "  de -> fr  1.0 " in engine(site, "list").out
    done = translate(site)
    assert (done.code, done.err) == (0, "")
    assert drafts(site) == {
        "Hallo Welt": "bonjour monde",
        # The tiny model knows no word with a placeholder at it: that stays, and the placeholders with it.
        "Die **Bewegung** und [Welt](https://example.org)": "le **Bewegung** et [Welt](https://example.org)",
    }
    assert "cost: 0.00" in done.out


def test_where_no_model_knows_both_languages_english_stands_between(
    site: Site, packages: dict[str, Path]
) -> None:
    for name in ("de-en", "en-fr"):
        assert engine(site, "install", str(packages[name])).code == 0
    assert translate(site).code == 0
    assert drafts(site)["Hallo Welt"] == "bonjour monde"


def test_a_converted_model_in_a_folder_is_installed_with_its_languages(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "opus"
    build(folder, GERMAN_TO_FRENCH)
    for file in (
        folder / "model"
    ).iterdir():  # as ct2-opus-mt-converter writes it: flat, two SentencePiece models
        file.rename(folder / file.name)
    (folder / "model").rmdir()
    pieces = (folder / "sentencepiece.model").read_bytes()
    (folder / "sentencepiece.model").unlink()
    (folder / "source.spm").write_bytes(pieces)
    (folder / "target.spm").write_bytes(pieces)
    run = engine(site, "install", str(folder))
    assert run.code == 2
    assert "does not say which languages it translates" in run.err
    assert engine(site, "install", str(folder), "de", "fr").code == 0
    assert translate(site).code == 0
    assert drafts(site)["Hallo Welt"] == "bonjour monde"
    site.write(
        "netzwerk-i18n.toml",
        site.read("netzwerk-i18n.toml") + f'[engines.offline]\nmodel = "{folder.as_posix()}"\n',
    )
    assert translate(site, "--dry-run").code == 2, "a folder that names no languages must be installed"


def test_a_model_that_the_configuration_names_is_looked_for_from_its_folder(
    site: Site, packages: dict[str, Path]
) -> None:
    with zipfile.ZipFile(packages["de-fr"]) as archive:
        archive.extractall(site.root / "models")
    (model,) = (site.root / "models").iterdir()
    site.write(
        "netzwerk-i18n.toml",
        site.read("netzwerk-i18n.toml") + f'[engines.offline]\nmodel = "models/{model.name}"\n',
    )
    done = site.run("translate", folder="content", **kept_apart(site))
    assert (done.code, done.err) == (0, "")
    assert drafts(site)["Hallo Welt"] == "bonjour monde"


def test_without_a_model_the_run_says_how_to_get_one(site: Site) -> None:
    run = translate(site)
    assert run.code == 2
    assert "has no model from de to fr, nor by way of English; netzwerk-i18n engine install de fr" in run.err
    assert "no models are installed" in engine(site, "list").out


def zipped(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    "name", ["../../out", "/netzwerk-i18n-out", "a/../../out", "C:\\out", "..\\out"], ids=range(5)
)
def test_a_package_that_leaves_its_folder_is_refused(site: Site, tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.argosmodel"
    file.write_bytes(zipped(**{"x/metadata.json": b"{}", name: b"out"}))
    run = engine(site, "install", str(file))
    assert run.code == 2
    assert "leads out of its folder" in run.err
    assert not list(tmp_path.rglob("out*"))
    assert not list(Path(kept_apart(site)["NETZWERK_I18N_MODELS"]).iterdir())


def test_a_link_in_a_package_is_refused(site: Site, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("x/model")
    link.external_attr = 0o120777 << 16
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(link, "/etc")
    file = tmp_path / "evil.argosmodel"
    file.write_bytes(written.getvalue())
    assert engine(site, "install", str(file)).code == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        zipped(readme=b"x"),
        zipped(**{"x/model/model.bin": b"x"}),
        zipped(
            **{
                "x/model/model.bin": b"x",
                "x/sentencepiece.model": b"x",
                "x/metadata.json": b'{"from_code": "de", "to_code": "fr"}',
            }
        ),
        zipped(
            **{
                "x/model/model.bin": b"x",
                "x/sentencepiece.model": b"x",
                "x/metadata.json": b'{"from_code": "../..", "to_code": "fr"}',
            }
        ),
    ],
    ids=["empty", "no zip", "no model", "no pieces", "broken model", "odd languages"],
)
def test_what_is_no_package_is_refused_and_leaves_nothing_behind(
    site: Site, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "x.argosmodel"
    file.write_bytes(content)
    run = engine(site, "install", str(file))
    assert run.code == 2
    assert len(run.err.splitlines()) == 1
    models = Path(kept_apart(site)["NETZWERK_I18N_MODELS"])
    assert not models.exists() or not list(models.iterdir())


def listing(service: Service, *pairs: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {
            "package_version": version,
            "from_code": source,
            "to_code": target,
            "links": [f"{service.url}/{source}-{target}-{version}.argosmodel"],
        }
        for source, target in pairs
        for version in ("1.0", "1.10", "1.9")
    ]


def with_index(site: Site, url: str) -> None:
    site.write(
        "netzwerk-i18n.toml",
        site.read("netzwerk-i18n.toml") + f'\n[engines.offline]\nindex = "{url}/index.json"\n',
    )


def test_models_are_downloaded_by_their_languages_the_newest_first(
    site: Site, packages: dict[str, Path]
) -> None:
    with serving("libretranslate") as service:
        service.fault = lambda asked, _: (
            as_json(listing(service, ("de", "en"), ("en", "fr")))
            if asked.path == "/index.json"
            else Answer(200, packages[asked.path[1:6]].read_bytes())
        )
        with_index(site, service.url)
        run = engine(site, "install", "de", "fr")
        assert (run.code, run.err) == (0, "")
        assert [asked.path for asked in service.asked] == [
            "/index.json",
            "/de-en-1.10.argosmodel",
            "/en-fr-1.10.argosmodel",
        ]
        assert engine(site, "install", "de", "ja").code == 2
    assert translate(site).code == 0
    assert drafts(site)["Hallo Welt"] == "bonjour monde"


def test_a_list_that_cannot_be_had_is_told_with_another_way(site: Site) -> None:
    with_index(site, "http://127.0.0.1:9")
    run = engine(site, "install", "de", "fr")
    assert run.code == 2
    assert "engine install FILE" in run.err
    assert len(run.err.splitlines()) == 1


def test_models_come_over_https_only(site: Site) -> None:
    with_index(site, "http://models.example.org")
    run = engine(site, "install", "de", "fr")
    assert run.code == 2
    assert "plain http" in run.err


def test_with_a_broken_configuration_no_other_list_of_models_is_asked(site: Site) -> None:
    with_index(site, "https://models.example.org")
    site.write("netzwerk-i18n.toml", site.read("netzwerk-i18n.toml") + "nonsense = 1\n")
    run = engine(site, "install", "de", "fr")
    assert run.code == 2
    assert "unknown key 'nonsense' in [engines.offline]" in run.err


@pytest.mark.parametrize(
    "arguments", [["install"], ["install", "nichts.argosmodel"], ["uninstall"], ["install", "a", "b", "c"]]
)
def test_wrong_use_is_one_line(site: Site, arguments: list[str]) -> None:
    run = engine(site, *arguments)
    assert run.code == 2
    assert len(run.err.splitlines()) == 1, run.err


def test_the_list_names_every_engine_without_a_project(tmp_path: Path) -> None:
    run = engine(Site(tmp_path), "list")
    assert run.code == 0
    for name in ("google", "mymemory", "libretranslate", "deepl", "llm", "offline", "pseudo", "microsoft"):
        assert f"\n{name} " in f"\n{run.out}"


def test_a_note_of_languages_is_json_that_other_tools_may_read(site: Site, packages: dict[str, Path]) -> None:
    engine(site, "install", str(packages["de-fr"]), "de", "fr_CA")
    (note,) = Path(kept_apart(site)["NETZWERK_I18N_MODELS"]).rglob("netzwerk-i18n.json")
    assert json.loads(note.read_text()) == {"from_code": "de", "to_code": "fr_CA"}


def test_without_a_command_the_help_is_shown_as_wrong_use(site: Site) -> None:
    run = engine(site)
    assert (run.code, run.err) == (2, "")
    assert "install  Install a model" in run.out
