"""Each service through the command: what is sent, what its quirks do to the answer, and what stops a run."""

from contextlib import closing
from pathlib import Path

import pytest
from cli_site import CATALOG
from draft_servers import QUOTA, Answer, Asked, Fault, Service, as_json, drops, foreign, says_nothing, serving
from draft_site import KEYS, drafting_site, drafts, glossary, kept_apart, marks, translate, untranslated

from netzwerk_i18n.draft.answers import Answers, Question
from netzwerk_i18n.draft.engines import Session, Setup, create
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import EngineStoppedError, NoAnswerError
from netzwerk_i18n.errors import ConfigError

SERVICES = ("google", "mymemory", "libretranslate", "deepl", "llm")


@pytest.mark.parametrize("name", SERVICES)
def test_every_message_becomes_a_marked_draft_with_its_markup(tmp_path: Path, name: str) -> None:
    with serving(name) as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site)
    assert (run.code, run.err) == (0, "")
    found = drafts(site)
    assert found["Die Bewegung"] == "Dieé Bewegungé"
    assert found["Ein Satz mit **fetter Schrift** und [einem Verweis](https://example.org/a_(b))."] == (
        "Einé Satzé mité **fetteré Schrifté** undé [einemé Verweisé](https://example.org/a_(b))."
    )
    assert found["Ein Absatz in HTML mit <b>Fett</b>."] == "Einé Absatzé iné HTMLé mité <b>Fetté</b>."
    assert not untranslated(site)
    for entry in site.catalog():
        assert marks(entry)[0].startswith(f"mt: {name} ")
    assert "translate: 7 drafts for 7 messages" in run.out
    assert f"sent to {name}: " in run.out


@pytest.mark.parametrize("name", SERVICES)
def test_a_second_run_asks_nobody_and_changes_nothing(tmp_path: Path, name: str) -> None:
    with serving(name) as service:
        site = drafting_site(tmp_path / "site", service)
        translate(site)
        asked, before = len(service.asked), site.snapshot()
        run = translate(site)
        assert run.code == 0
        assert len(service.asked) == asked
    assert site.snapshot() == before


@pytest.mark.parametrize("name", SERVICES)
def test_an_answer_is_not_asked_for_again_when_its_draft_was_thrown_away(tmp_path: Path, name: str) -> None:
    with serving(name) as service:
        site = drafting_site(tmp_path / "site", service)
        translate(site)
        first, asked = drafts(site), len(service.texts)
        site.remove(CATALOG.format("fr"))
        site.ok("extract")
        run = translate(site)
        assert len(service.texts) == asked
    assert drafts(site) == first
    assert "known from before" in run.out


def test_nothing_is_kept_where_the_user_wants_nothing_kept(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, draft="cache = false\n")
        translate(site)
        assert not list(tmp_path.rglob("*.sqlite3"))
        translate(site, NETZWERK_I18N_CACHE="off")
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_kept_answers_hold_no_text_that_was_sent_and_are_the_users_alone(tmp_path: Path) -> None:
    with serving("google") as service:
        translate(drafting_site(tmp_path / "site", service))
    for file in tmp_path.rglob("answers*"):
        assert b"Ein Satz mit" not in file.read_bytes()
    (store,) = tmp_path.rglob("*.sqlite3")
    assert store.stat().st_mode & 0o077 == 0


def test_the_same_text_is_sent_once(tmp_path: Path) -> None:
    page = (
        "<!-- i18n:context: eins -->\nHallo Welt\n\n<!-- i18n:context: zwei -->\nHallo Welt\n\n* Hallo Welt\n"
    )
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page=page)
        translate(site)
        assert service.texts == ["Hallo Welt"]
    assert [entry.msgstr for entry in site.catalog()] == ["Halloé Welté"] * 3


@pytest.mark.parametrize("name", ["libretranslate", "deepl"])
def test_a_text_that_gets_no_usable_answer_is_sent_in_each_form_only_once(tmp_path: Path, name: str) -> None:
    page = 'Hallo & Welt\n\nEin **fetter** Satz mit [einem Verweis](/x "Mit Titel").\n'
    with serving(name, says_nothing) as service:
        site = drafting_site(tmp_path / "site", service, page=page)
        run = translate(site)
        assert service.texts.count("Hallo & Welt") == 1
        assert "Hallo &amp; Welt" not in service.texts
        assert len(service.texts) == 3, "the sentence is asked for once: its title has no answer in any style"
        assert f"sent to {name}: {sum(map(len, service.texts))} characters" in run.out
    assert "left untranslated: 2 messages: nothing came back" in run.err


def test_what_an_engine_answered_in_one_style_is_used_in_the_next(tmp_path: Path) -> None:
    page = 'Ein **fetter** Satz mit [einem Verweis](/x "Mit Titel").\n'
    with serving("libretranslate", drops) as service:
        site = drafting_site(tmp_path / "site", service, page=page)
        assert translate(site).code == 0
        assert service.texts.count("Mit Titel") == 1
        assert len(service.texts) == len(set(service.texts)) > 3, "each style and each run was tried"
    assert list(drafts(site).values()) == ['Einé **fetteré** Satzé mité [einemé Verweisé](/x "Mité Titelé").']


def test_an_answer_that_was_kept_in_another_style_is_found(tmp_path: Path) -> None:
    with serving("libretranslate", says_nothing) as service:
        site = drafting_site(tmp_path / "site", service, page="Hallo & Welt\n")
        with closing(Answers(Path(kept_apart(site)["NETZWERK_I18N_CACHE"]))) as answers:
            question = Question("libretranslate", f"{service.url} ", "de", "fr", "html", "Hallo &amp; Welt")
            answers.keep(question, "Bonjour le monde")
        assert translate(site).code == 0
        assert len(service.texts) == 1
    assert drafts(site) == {"Hallo & Welt": "Bonjour le monde"}


def test_what_the_engine_says_of_line_breaks_is_understood(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page="Erste Zeile  \nzweite Zeile\n")
        assert translate(site).code == 0
    assert drafts(site) == {"Erste Zeile\nzweite Zeile": "Ersteé Zeileé\nzweiteé Zeileé"}


@pytest.mark.parametrize(("name", "most"), [("google", 4999), ("mymemory", 499)])
def test_a_long_text_is_cut_at_sentences_and_comes_back_whole(tmp_path: Path, name: str, most: int) -> None:
    text = " ".join(f"Das ist der **{number}.** von vielen Sätzen." for number in range(most // 30))
    assert len(text) > most
    with serving(name) as service:
        site = drafting_site(tmp_path / "site", service, page=f"{text}\n")
        assert translate(site).code == 0
        assert len(service.texts) > 1
        assert all(len(text) <= most for text in service.texts)
    (draft,) = drafts(site).values()
    assert draft == foreign(text)


def test_libretranslate_gets_texts_and_key_in_the_body_and_many_at_once(tmp_path: Path) -> None:
    with serving("libretranslate") as service:
        site = drafting_site(tmp_path / "site", service)
        translate(site)
        asked = [asked for asked in service.asked if asked.path == "/translate"]
        assert {asked.method for asked in asked} == {"POST"}
        assert all(not one.query and one.body["api_key"] == KEYS["LIBRETRANSLATE_API_KEY"] for one in asked)
        assert {one.body["format"] for one in asked} == {"text", "html"}
        assert len(asked) < 7


def test_deepl_gets_tags_with_what_to_leave_alone_and_the_glossary(tmp_path: Path) -> None:
    with serving("deepl") as service:
        site = drafting_site(tmp_path / "site", service)
        glossary(site, [("de", "fr"), ("Bewegung", "mouvement")])
        translate(site)
        translated = [asked.body for asked in service.asked if asked.path == "/v2/translate"]
        tagged = [body for body in translated if "tag_handling" in body]
        assert tagged
        assert all(body["tag_handling"] == "xml" and body["ignore_tags"] == ["x"] for body in tagged)
        assert {body["glossary_id"] for body in translated} == {"id-0"}
        (made,) = [
            asked for asked in service.asked if asked.path == "/v2/glossaries" and asked.method == "POST"
        ]
        assert made.body["entries"] == "Bewegung\tmouvement"
        site.write("content/neu.de.md", "Noch ein Satz.\n")
        site.ok("extract")
        translate(site)
        assert len(service.terms) == 1, "the glossary that DeepL has already is used again"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "/v2/translate"),
        ("/", "/v2/translate"),
        ("/v2/translate", "/v2/translate"),
        ("/deepl", "/deepl/v2/translate"),
        ("/to/deepl/v2/", "/to/deepl/v2/translate"),
    ],
)
def test_deepl_behind_another_server_is_asked_below_its_path(path: str, asked: str) -> None:
    with serving("deepl") as service:
        assert opened(service, path=path).translate(["Hallo"], Style.PLAIN) == ["Halloé"]
    assert [one.path for one in service.asked] == [asked]


def test_deepl_has_its_glossaries_below_the_path_too() -> None:
    with serving("deepl") as service:
        options = {"server_url": f"{service.url}/deepl"}
        engine = create(Setup("deepl", options, KEYS, terms=lambda _: {"Bewegung": "mouvement"}))
        engine.prepare([engine.pair("de", "fr")])
    assert [(one.method, one.path) for one in service.asked] == [
        ("GET", "/deepl/v2/glossaries"),
        ("POST", "/deepl/v2/glossaries"),
    ]


def test_a_refused_key_stops_the_run_at_once_and_is_not_repeated(tmp_path: Path) -> None:
    with serving("deepl") as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site, DEEPL_AUTH_KEY="falsch-9876:fx")
        assert run.code == 1
        assert len(service.asked) <= 4
    assert "stopped: deepl: the server refused the key (403); correct DEEPL_AUTH_KEY" in run.err
    assert "falsch-9876" not in run.err + run.out
    assert len(untranslated(site)) == 7


def opened(service: Service, *, path: str = "", **environment: str) -> Session:
    """A session of the service's engine, from German to French."""
    engine = create(Setup(service.name, {"url": service.url + path}, {**KEYS, **environment}))
    pair = engine.pair("de", "fr")
    engine.prepare([pair])
    return engine.open(pair)


def wants_key(said: str) -> Fault:
    """A server of LibreTranslate's that answers only those who have a key."""

    def fault(asked: Asked, _: int) -> Answer | None:
        if not asked.texts:
            return None
        if "api_key" not in asked.body:
            return as_json({"error": said}, 400)
        return None if asked.body["api_key"] == "richtig" else as_json({"error": "Invalid API key"}, 403)

    return fault


def test_libretranslate_without_a_key_that_it_needs_stops_at_once_and_says_so(tmp_path: Path) -> None:
    said = "Please contact the server operator to get an API key"
    with serving("libretranslate", fault=wants_key(said)) as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site, LIBRETRANSLATE_API_KEY="")
        assert len(service.texts) == len(set(service.texts)), "no text is sent twice"
    assert run.code == 1
    assert f"stopped: libretranslate: the server wants a key (400): {said}; set LIBRETRANSLATE_API_KEY" in (
        run.err
    )
    assert len(untranslated(site)) == 7


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "",
            "wants a key (400): Visit https://portal.example.org to get an API key; set LIBRETRANSLATE_API_KEY",
        ),
        ("falsch", "refused the key (403): Invalid API key; correct LIBRETRANSLATE_API_KEY"),
    ],
    ids=["missing", "refused"],
)
def test_libretranslate_says_what_to_do_about_its_key(key: str, said: str) -> None:
    fault = wants_key("Visit https://portal.example.org to get an API key")
    with serving("libretranslate", fault=fault) as service:
        session = opened(service, LIBRETRANSLATE_API_KEY=key)
        with pytest.raises(EngineStoppedError) as error:
            session.translate(["Hallo"], Style.PLAIN)
        session = opened(service, LIBRETRANSLATE_API_KEY="richtig")
        assert session.translate(["Hallo"], Style.PLAIN) == ["Halloé"]
    assert str(error.value) == f"libretranslate: the server {said}"


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"<html>", b"", b"\xff"], ids=["deep", "html", "none", "no text"]
)
def test_an_answer_that_is_no_json_is_none_to_its_texts_alone(content: bytes) -> None:
    with serving("libretranslate", fault=lambda *_: Answer(200, content)) as service:
        session = opened(service)
        with pytest.raises(NoAnswerError, match="no JSON"):
            session.translate(["Hallo"], Style.PLAIN)


@pytest.mark.parametrize("banned", ["/languages", "/translate"])
@pytest.mark.parametrize("key", ["", "richtig"])
def test_a_banned_address_is_told_as_the_server_tells_it(tmp_path: Path, banned: str, key: str) -> None:
    said = as_json({"error": "Too many request limits violations"}, 403)
    with serving("libretranslate", fault=lambda asked, _: said if asked.path == banned else None) as service:
        site = drafting_site(tmp_path / "site", service, page="Hallo Welt\n")
        run = translate(site, LIBRETRANSLATE_API_KEY=key)
    assert run.code == 1
    (line,) = [line for line in run.err.splitlines() if line.startswith("stopped: ")]
    assert line == (
        "stopped: libretranslate: the server turned us away (403): Too many request limits violations"
    )


def test_a_service_without_keys_that_turns_us_away_speaks_of_no_key(tmp_path: Path) -> None:
    with serving("google", fault=lambda *_: Answer(403, b"<html>Sorry</html>")) as service:
        run = translate(drafting_site(tmp_path / "site", service, page="Hallo Welt\n"))
    assert "stopped: google: the server turned us away (403)\n" in run.err


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("fr is not supported", "fr"),
        ("French (fr) is not available as a target language from German (de)", "fr"),
        ("{'confidence': 100.0, 'language': 'de'} is not supported", "de"),
    ],
)
def test_a_language_that_libretranslate_lacks_after_all_stops_the_run(said: str, locale: str) -> None:
    with (
        serving("libretranslate", fault=lambda *_: as_json({"error": said}, 400)) as service,
        pytest.raises(ConfigError, match=f"the engine libretranslate has no language '{locale}'"),
    ):
        opened(service).translate(["Hallo"], Style.PLAIN)


@pytest.mark.parametrize(("name", "key"), [("libretranslate", "error"), ("deepl", "message")])
def test_why_a_server_refuses_a_request_is_told_in_its_own_words(tmp_path: Path, name: str, key: str) -> None:
    said = "html format is\x1b[2J not\nsupported for 'Hallo Welt', ##[error] " + "so" * 200

    def refusing(asked: Asked, _: int) -> Answer | None:
        return as_json({key: said}, 400) if asked.texts else None

    with serving(name, fault=refusing) as service:
        run = translate(drafting_site(tmp_path / "site", service, page="Hallo Welt\n"))
    assert run.code == 1
    (line,) = [line for line in run.err.splitlines() if line.startswith("left untranslated: ")]
    assert (
        "the server refused the request (400): html format is[2J not supported for '… …', #[error] so" in line
    )
    assert len(line) < 220


@pytest.mark.parametrize("status", [401, 403, 456])
@pytest.mark.parametrize("name", ["google", "libretranslate", "deepl"])
def test_refusals_and_spent_quotas_end_the_run_and_keep_what_is_there(
    tmp_path: Path, name: str, status: int
) -> None:
    def fault(asked: Asked, number: int) -> Answer | None:
        first = 2 if name == "libretranslate" else 1
        return as_json({"error": "no"}, status) if number > first and asked.texts else None

    with serving(name, fault=fault) as service:
        site = drafting_site(tmp_path / "site", service, concurrency=1)
        run = translate(site)
        assert len(service.asked) <= 4
    assert run.code == 1
    assert f"({status})" in run.err
    assert "left untranslated: " in run.err
    assert len(drafts(site)) + len(untranslated(site)) == 7


@pytest.mark.parametrize("status", [200, 429])
def test_mymemory_tells_with_any_status_that_its_quota_is_spent(tmp_path: Path, status: int) -> None:
    spent = as_json({"responseData": {"translatedText": QUOTA}, "responseStatus": status}, status)
    with serving("mymemory", fault=lambda *_: spent) as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site)
        assert len(service.asked) <= 4
    assert run.code == 1
    assert "stopped: mymemory: today's quota is spent" in run.err
    assert len(untranslated(site)) == 7


def test_a_language_that_the_engine_lacks_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with serving("libretranslate") as service:
        site = drafting_site(tmp_path / "site", service, "fr", "ja")
        run = translate(site)
        assert not service.texts
    assert run.code == 2
    assert "the engine libretranslate has no language 'ja'" in run.err
    with serving("deepl") as service:
        site = drafting_site(tmp_path / "zweite", service, "fr", "cy")
        run = translate(site)
        assert not service.asked
    assert run.code == 2


def test_an_engine_that_knows_the_language_and_not_the_region_says_so(tmp_path: Path) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, "pt_PT")
        run = translate(site)
        assert {asked.query["tl"] for asked in service.asked} == {"pt"}
    assert "note: google does not tell pt_PT from pt" in run.err


@pytest.mark.parametrize("name", ["google", "libretranslate"])
def test_a_redirect_to_another_server_is_not_followed(tmp_path: Path, name: str) -> None:
    with serving(name) as other:

        def away(asked: Asked, _: int) -> Answer | None:
            return Answer(307, b"", {"Location": f"{other.url}/x"}) if asked.texts else None

        with serving(name, fault=away) as service:
            site = drafting_site(tmp_path / "site", service)
            run = translate(site)
        assert not other.asked
    assert run.code == 1
    assert f"redirects to another one ({other.url.removesuffix('/m')}); if it is the right one" in run.err


def test_a_redirect_on_the_same_server_is_followed(tmp_path: Path) -> None:
    def move(asked: Asked, _: int) -> Answer | None:
        if asked.path == "/m":
            return Answer(302, b"", {"Location": f"/neu?q={asked.query['q']}&tl=fr"})
        return None

    with serving("google", fault=move) as service:
        site = drafting_site(tmp_path / "site", service, page="Hallo\n")
        assert translate(site).code == 0
    assert drafts(site) == {"Hallo": "Halloé"}


def test_a_busy_server_is_given_the_rest_that_it_asks_for(tmp_path: Path) -> None:
    def busy(_: Asked, number: int) -> Answer | None:
        return Answer(429, b"", {"Retry-After": "1"}) if number == 1 else None

    with serving("google", fault=busy) as service:
        site = drafting_site(tmp_path / "site", service, page="Hallo\n")
        run = translate(site)
        assert len(service.asked) == 2
    assert run.code == 0
    assert drafts(site) == {"Hallo": "Halloé"}


def test_a_server_that_wants_hours_of_rest_ends_the_run(tmp_path: Path) -> None:
    with serving("google", fault=lambda *_: Answer(429, b"", {"Retry-After": "7200"})) as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site)
        assert len(service.asked) <= 4
    assert run.code == 1
    assert "asks us to wait for 7200 seconds" in run.err


def test_a_server_that_is_not_there_is_told_with_the_messages_left(tmp_path: Path) -> None:
    with serving("libretranslate") as service:
        site = drafting_site(tmp_path / "site", service)
    run = translate(site)
    assert run.code == 1
    assert "stopped: the engine libretranslate cannot be reached (no connection)" in run.err
    assert len(untranslated(site)) == 7


def test_no_key_and_no_text_is_in_what_is_said(tmp_path: Path) -> None:
    def fault(asked: Asked, number: int) -> Answer | None:
        if number % 2 and asked.texts:
            key = asked.headers.get("Authorization", "").split(" ")[-1] or asked.body["api_key"]
            assert key in KEYS.values()
            return as_json({"error": f"bad key {key} for {asked.texts} {key}"}, 400)
        return None

    for name in ("deepl", "libretranslate"):
        with serving(name, fault=fault) as service:
            site = drafting_site(tmp_path / name, service)
            run = translate(site, PYTHONWARNINGS="default")
        said = run.out + run.err
        assert "geheim" not in said
        assert "Satz" not in said
        assert "Bewegung" not in said


@pytest.mark.parametrize("proxy", ["HTTP_PROXY", "ALL_PROXY"])
def test_a_dead_proxy_is_no_traceback(tmp_path: Path, proxy: str) -> None:
    with serving("google") as service:
        site = drafting_site(tmp_path / "site", service, page="Hallo\n", options="backoff=0\nretries=1\n")
        run = translate(site, **{proxy: "http://127.0.0.1:9", "NO_PROXY": ""})
    assert run.code == 1
    assert "no connection" in run.err


def test_a_server_that_bears_one_text_at_a_time_gets_one_at_a_time(tmp_path: Path) -> None:
    def alone(asked: Asked, _: int) -> Answer | None:
        return Answer(500, b"") if len(asked.texts) > 1 else None

    with serving("libretranslate", fault=alone) as service:
        site = drafting_site(tmp_path / "site", service)
        run = translate(site)
    assert (run.code, run.err) == (0, "")
    assert not untranslated(site)


def test_a_server_that_does_not_name_its_languages_is_taken_to_have_the_usual_ones(tmp_path: Path) -> None:
    def silent(asked: Asked, _: int) -> Answer | None:
        return Answer(404, b"not here") if asked.path == "/languages" else None

    with serving("libretranslate", fault=silent) as service:
        site = drafting_site(tmp_path / "site", service)
        assert translate(site).code == 0
        assert translate(site, "--locale", "fr").code == 0
    assert not untranslated(site)
