"""A language model as an engine: what it is told, how its answers are read, and what ends a run."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_site import complaint
from draft_servers import Answer, Asked, Fault, Service, as_chat, as_json, foreign, serving
from draft_site import FAST, drafting_site, drafts, glossary, translate, untranslated

PAGE = "Ein Satz mit **fetter Schrift**.\n\nDer offene Brief liegt vor.\n\nEin dritter Satz.\n"
WHOLE = {
    "Ein Satz mit **fetter Schrift**.": "Einé Satzé mité **fetteré Schrifté**.",
    "Der offene Brief liegt vor.": "Deré offeneé Briefé liegté voré.",
    "Ein dritter Satz.": "Einé dritteré Satzé.",
}


def chats(service: Service) -> list[dict[str, Any]]:
    return [asked.body for asked in service.asked if asked.path == "/chat/completions"]


def orders(service: Service) -> list[str]:
    """What the model was told besides the texts."""
    return [body["messages"][0]["content"] for body in chats(service)]


def test_a_model_is_told_the_languages_and_the_markup_and_nothing_else(tmp_path: Path) -> None:
    with serving("llm") as service:
        site = drafting_site(tmp_path / "site", service, "pt_PT", "sr@latin", page=PAGE)
        assert translate(site).code == 0
        told = orders(service)
    assert any("from German into Portuguese (Portugal)." in order for order in told)
    assert any("from German into Serbian (Latin)." in order for order in told)
    for body in chats(service):
        assert body.keys() == {"model", "messages", "stream"}
        assert [message["role"] for message in body["messages"]] == ["system", "user"]
        marked = any("<" in text for text in json.loads(body["messages"][1]["content"]))
        assert ("Keep each tag" in body["messages"][0]["content"]) is marked
    assert not any("Authorization" in asked.headers for asked in service.asked)
    assert drafts(site, "pt_PT") == WHOLE


def test_texts_go_together_and_the_key_with_them(tmp_path: Path) -> None:
    with serving("llm") as service:
        site = drafting_site(
            tmp_path / "site", service, page=PAGE, options=f"{FAST}temperature = 0.2\nbatch = 2\n"
        )
        run = translate(site, LLM_API_KEY="geheim-1234")
        assert [len(json.loads(body["messages"][1]["content"])) for body in chats(service)].count(2) == 1
        assert {asked.headers["Authorization"] for asked in service.asked} == {"Bearer geheim-1234"}
    assert {body["temperature"] for body in chats(service)} == {0.2}
    assert "geheim" not in run.out + run.err
    assert drafts(site) == WHOLE


def test_terms_and_the_users_own_word_are_told_and_a_change_of_them_asks_anew(tmp_path: Path) -> None:
    with serving("llm") as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        glossary(site, [("source", "fr"), ("offener Brief", "lettre ouverte"), ("Satz", "phrase")])
        translate(site)
        assert any('Use these terms: {"Satz": "phrase"}' in order for order in orders(service))
        assert not any("lettre ouverte" in order for order in orders(service))
        first = len(chats(service))
        settings = site.read("netzwerk-i18n.toml")
        site.write("netzwerk-i18n.toml", f'{settings}instructions = "Say tu, not vous."\n')
        site.remove("locales/fr/LC_MESSAGES/site.po")
        site.ok("extract")
        translate(site)
        assert all(order.endswith("\n\nSay tu, not vous.") for order in orders(service)[first:])
        assert len(chats(service)) == 2 * first
        glossary(site, [("source", "fr"), ("Satz", "proposition")])
        site.remove("locales/fr/LC_MESSAGES/site.po")
        site.ok("extract")
        translate(site)
        assert len(chats(service)) == 3 * first


def test_the_users_word_on_a_language_is_what_the_model_is_told(tmp_path: Path) -> None:
    own = f'{FAST}[engines.llm.languages]\nfr = "plain French for young people"\n'
    with serving("llm") as service:
        translate(drafting_site(tmp_path / "site", service, page=PAGE, options=own))
        assert all("into plain French for young people." in order for order in orders(service))


@pytest.mark.parametrize(
    "say",
    [
        lambda said: said,
        lambda said: f"Sure! Here are the translations [as JSON]:\n\n```json\n{said}\n```\nAnything else?",
        lambda said: f"<think>\n[1] hm, [2] {said}\n</think>\n{said}",
        lambda said: f'{{"translations": {said}}}',
        lambda said: [{"type": "text", "text": said[:5]}, {"type": "text", "text": said[5:]}],
    ],
)
def test_a_list_is_found_in_whatever_the_model_says_around_it(tmp_path: Path, say: Any) -> None:
    def fault(asked: Asked, _number: int) -> Answer | None:
        if asked.path != "/chat/completions":
            return None
        return as_chat(say(json.dumps([foreign(text) for text in asked.texts], ensure_ascii=False)))

    with serving("llm", fault=fault) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        assert translate(site).code == 0
    assert drafts(site) == WHOLE


def test_a_list_of_another_length_is_asked_for_text_by_text(tmp_path: Path) -> None:
    def fault(asked: Asked, _number: int) -> Answer | None:
        if asked.path == "/chat/completions" and len(asked.texts) > 1:
            return as_chat('["Un seul"]')
        return None

    with serving("llm", fault=fault) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        assert translate(site).code == 0
    assert drafts(site) == WHOLE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (as_chat('["Un'), "the answer does not fit the request"),
        (as_chat("I cannot help with that."), "the answer does not fit the request"),
        (as_chat("[" * 5000), "the answer does not fit the request"),
        (as_chat('["Une phrase"]', "length"), "the answer was cut off"),
        (as_chat(None), "nothing came back"),
        (as_chat("  "), "nothing came back"),
        (as_chat("[null]"), "nothing came back"),
        (as_chat('[{"text": "Une phrase"}]'), "nothing came back"),
        (as_json({"choices": []}), "the answer does not fit the request"),
        (as_json(["x"]), "the answer does not fit the request"),
        (Answer(200, b"<html>"), "the answer is no JSON"),
        (
            as_json({"error": {"message": "too long: Ein dritter Satz.", "code": 400}}, 400),
            "the server refused the request (400): too long: Ein … …",
        ),
    ],
)
def test_an_answer_that_is_none_leaves_the_text_untranslated_and_says_why(
    tmp_path: Path, answer: Answer, reason: str
) -> None:
    def fault(asked: Asked, _number: int) -> Answer | None:
        return answer if asked.path == "/chat/completions" else None

    with serving("llm", fault=fault) as service:
        site = drafting_site(tmp_path / "site", service, page="Ein dritter Satz.\n")
        run = translate(site)
    assert untranslated(site) == ["Ein dritter Satz."]
    assert f"left untranslated: 1 message: {reason}" in run.err


def answers_everything(*, status: int, **data: Any) -> Fault:
    return lambda asked, _: as_json(data, status) if asked.path == "/chat/completions" else None


def test_a_server_that_does_not_know_the_model_is_asked_once(tmp_path: Path) -> None:
    missing = answers_everything(
        status=404, error={"message": "model 'tiny' not found, try pulling it first"}
    )
    with serving("llm", fault=missing) as service:
        run = translate(drafting_site(tmp_path / "site", service, page=PAGE, concurrency=1))
        assert len(chats(service)) == 1
    assert run.code == 1
    assert run.err.splitlines()[-1] == (
        "stopped: llm: the server does not know the address or the model (404): model 'tiny' not found, try pulling it first; "
        "correct url, which ends in /v1 with most servers, or model in [engines.llm]"
    )


def test_a_server_that_has_other_models_names_them_before_anything_is_sent(tmp_path: Path) -> None:
    def fault(asked: Asked, _number: int) -> Answer | None:
        names = [{"id": f"model-{number}"} for number in range(12)]
        return as_json({"data": names}) if asked.path == "/models" else None

    with serving("llm", fault=fault) as service:
        line = complaint(translate(drafting_site(tmp_path / "site", service, page=PAGE)))
        assert not chats(service)
    assert line.startswith(
        "the server of the engine llm has no model 'tiny'; it has model-0, model-1, model-10"
    )
    assert line.endswith(", …")


@pytest.mark.parametrize(
    "models", [Answer(404, b"{}"), Answer(200, b"<html>"), as_json({"data": []}), as_json([])]
)
def test_a_server_that_names_no_models_is_taken_at_the_users_word(tmp_path: Path, models: Answer) -> None:
    with serving("llm", fault=lambda asked, _: models if asked.path == "/models" else None) as service:
        site = drafting_site(tmp_path / "site", service, page=PAGE)
        assert translate(site).code == 0
    assert drafts(site) == WHOLE


@pytest.mark.parametrize(("key", "remedy"), [("geheim-1234", "correct LLM_API_KEY"), ("", "set LLM_API_KEY")])
def test_a_key_that_is_refused_ends_the_run_without_being_told(tmp_path: Path, key: str, remedy: str) -> None:
    refusal = as_json({"error": {"message": f"Incorrect API key provided: {key}"}}, 401)
    with serving("llm", fault=lambda _asked, _number: refusal) as service:
        run = translate(drafting_site(tmp_path / "site", service, page=PAGE), LLM_API_KEY=key)
        assert not chats(service)
    assert run.code == 1
    line = run.err.splitlines()[-1]
    assert line.startswith("stopped: llm: the server refused the key (401): Incorrect API key provided:")
    assert line.endswith(remedy)
    assert "geheim" not in run.out + run.err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "the engine llm has no server; set url in [engines.llm]"),
        (
            '[engines.llm]\nurl = "http://127.0.0.1:9/v1"\n',
            "the engine llm has no model; set model in [engines.llm]",
        ),
        ('[engines.llm]\nurl = "http://10.0.0.9/v1"\nmodel = "x"\n', "allow_http"),
        ('[engines.llm]\nmodel = ""\n', "model in [engines.llm] must be a string"),
        ("[engines.llm]\nmodell = 1\n", "did you mean 'model'?"),
        ('[engines.llm]\napi_key = "x"\n', "keys come from the environment only"),
    ],
)
def test_what_is_missing_or_wrong_in_the_settings_is_one_line(
    tmp_path: Path, settings: str, said: str
) -> None:
    site = drafting_site(tmp_path / "site", None, page=PAGE)
    site.write("netzwerk-i18n.toml", site.read("netzwerk-i18n.toml") + settings)
    assert said in complaint(translate(site, "--engine", "llm"))
