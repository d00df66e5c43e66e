"""What stands around every engine: pace, patience, and addresses."""

import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.draft.answers import Question
from netzwerk_i18n.draft.crew import batches
from netzwerk_i18n.draft.engines.languages import choose_code
from netzwerk_i18n.draft.engines.protocol import Pair, Setup
from netzwerk_i18n.draft.plausible import implausible
from netzwerk_i18n.draft.sentences import split_sentences, split_to_fit
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import (
    Courier,
    EngineStoppedError,
    Line,
    NoAnswerError,
    Pace,
    TokenBucket,
    TryAgainError,
)
from netzwerk_i18n.errors import ConfigError

TEXTS = st.text(st.sampled_from("ab. ,!?\n。、[X1]</>x „“ÄZ9"), max_size=80)


@given(TEXTS, st.integers(1, 30))
def test_pieces_and_gaps_are_the_text_again(text: str, longest: int) -> None:
    for split in (split_sentences, split_to_fit):
        pieces = split(text, longest)
        assert "".join(piece + gap for piece, gap in pieces) == text


@given(st.lists(st.sampled_from(["Ein Satz.", "Noch einer!", "Und?"]), min_size=1, max_size=20))
def test_no_piece_is_longer_than_it_may_be_where_there_are_ends_of_sentences(sentences: list[str]) -> None:
    assert all(len(piece) <= 24 for piece, _ in split_to_fit(" ".join(sentences), 24))


@given(st.lists(st.text(min_size=1, max_size=30), max_size=30), st.integers(1, 5), st.integers(30, 60))
def test_no_request_holds_more_than_the_engine_takes(texts: list[str], most: int, characters: int) -> None:
    pair = Pair("de", "fr", "de", "fr")
    found = batches(texts, pair, Style.PLAIN, most=most, characters=characters)
    assert [text for batch in found for text in batch.texts] == texts
    for batch in found:
        assert 1 <= len(batch.texts) <= most
        assert sum(map(len, batch.texts)) <= characters


@given(st.lists(st.text(), min_size=6, max_size=6), st.lists(st.text(), min_size=6, max_size=6))
def test_questions_have_one_digest_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (Question(*one).digest == Question(*other).digest) == (one == other)


def test_no_more_requests_begin_than_the_rate_lets_through() -> None:
    bucket, stopped = TokenBucket(50.0), threading.Event()
    began = time.monotonic()
    taken: list[float] = []

    def take() -> None:
        for _ in range(5):
            bucket.take(stopped)
            taken.append(time.monotonic() - began)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(moment >= (number - 1) / 50 for number, moment in enumerate(sorted(taken)))


def test_a_question_is_asked_again_as_often_as_it_may_be() -> None:
    asked = 0

    def busy() -> str:
        nonlocal asked
        asked += 1
        raise TryAgainError("busy")

    with pytest.raises(TryAgainError):
        Line(Pace(retries=3, backoff=0.0)).ask(busy)
    assert asked == 4


@pytest.mark.parametrize("error", [NoAnswerError("no"), EngineStoppedError("no")])
def test_what_does_not_help_is_not_asked_again(error: Exception) -> None:
    asked = 0

    def refuse() -> str:
        nonlocal asked
        asked += 1
        raise error

    with pytest.raises(type(error)):
        Line(Pace(retries=3, backoff=0.0)).ask(refuse)
    assert asked == 1


def test_a_wait_ends_when_the_run_is_stopped() -> None:
    line = Line(Pace(retries=3, backoff=600.0))
    threading.Timer(0.1, line.stopped.set).start()

    def busy() -> str:
        raise TryAgainError("busy", 600.0)

    with pytest.raises(EngineStoppedError):
        line.ask(busy)


@pytest.mark.parametrize(
    ("text", "answer", "locale", "reason"),
    [
        ("Hallo", None, "fr", "nothing came back"),
        ("Hallo", " \n", "fr", "nothing came back"),
        ("Hallo", "x" * 200, "fr", "the answer is far too long"),
        (
            "Ein langer Satz mit vielen Wörtern, der nicht enden will.",
            "Oui",
            "fr",
            "the answer is far too short",
        ),
        ("Ein langer Satz mit vielen Wörtern, der nicht enden will.", "終わらない長い文", "ja", None),
        ("[X1X]Hallo[X/1X]", "[X1X][X/1X]", "fr", "nothing but placeholders came back"),
        ("Hallo", "MYMEMORY WARNING: YOU USED ALL", "fr", "the engine sent a message and no translation"),
        ("Ja", "Oui", "fr", None),
    ],
)
def test_answers_that_can_be_no_translation_are_refused(
    text: str, answer: str | None, locale: str, reason: str | None
) -> None:
    assert implausible(text, answer, locale) == reason


@pytest.mark.parametrize(
    ("locale", "known", "code"),
    [
        ("pt_PT", ["pt", "pt-BR"], "pt"),
        ("pt_PT", ["PT-PT", "PT-BR"], "PT-PT"),
        ("nb", ["no"], "no"),
        ("zh_Hans", ["zh-CN", "zh-TW"], "zh-CN"),
        ("zh_Hant", ["zh-CN", "zh-TW"], "zh-TW"),
        ("zh_TW", ["ZH-HANS", "ZH-HANT"], "ZH-HANT"),
        ("en_GB", ["en-GB", "en-US"], "en-GB"),
        ("sr@latin", ["sr", "sr-Latn"], "sr"),
        ("he", ["iw"], "iw"),
        ("cy", ["de", "fr"], None),
    ],
)
def test_locales_find_the_code_that_an_engine_has_for_them(
    locale: str, known: list[str], code: str | None
) -> None:
    assert choose_code(locale, known) == code


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    made = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -out {file} -keyout {file}.key"
    )
    subprocess.run(made.split(), check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.key").read_bytes())
    return file


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@contextmanager
def answering(say: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server on loopback that says to each client what it likes."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                connection = context.wrap_socket(self.request, server_side=True) if context else self.request
                with connection:
                    connection.recv(65536)
                    say(connection)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"


@pytest.mark.parametrize("begin", [HEAD, HEAD[:20], HEAD[:-2], b""])
@pytest.mark.parametrize("tls", [False, True])
def test_an_answer_that_trickles_in_is_not_waited_for(
    begin: bytes, certificate: Path, monkeypatch: pytest.MonkeyPatch, *, tls: bool
) -> None:
    def trickle(client: socket.socket) -> None:
        client.sendall(begin)
        for _ in range(500):
            client.sendall(b"a")
            time.sleep(0.02)

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    scheme, context = ("https", server_context(certificate)) if tls else ("http", None)
    began = time.monotonic()
    with answering(trickle, context) as port, pytest.raises(NoAnswerError, match="takes too long"):
        Courier(Pace(timeout=0.3), name="x").get(f"{scheme}://localhost:{port}/")
    assert time.monotonic() - began < 5


def test_a_connection_that_was_cut_is_not_used_again() -> None:
    asked = 0

    def trickle_once(client: socket.socket) -> None:
        nonlocal asked
        asked += 1
        for byte in HEAD * 9 if asked == 1 else b"":
            client.sendall(bytes([byte]))
            time.sleep(0.02)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nja")

    courier = Courier(Pace(timeout=0.3), name="x")
    with answering(trickle_once) as port:
        with pytest.raises(NoAnswerError, match="takes too long"):
            courier.get(f"http://127.0.0.1:{port}/")
        assert courier.get(f"http://127.0.0.1:{port}/").content == b"ja"


def test_an_answer_that_is_cut_off_is_asked_for_again() -> None:
    def cut(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")

    with answering(cut) as port, pytest.raises(TryAgainError, match="cut off"):
        Courier(Pace(), name="x").get(f"http://127.0.0.1:{port}/")


def test_a_redirect_to_what_is_no_address_is_told() -> None:
    def away(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 307 Away\r\nContent-Length: 0\r\nLocation: https://[::1\r\n\r\n")

    with answering(away) as port, pytest.raises(EngineStoppedError, match="redirects to, is no address"):
        Courier(Pace(), name="x").get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("host", ["a..b", "exa mple.org", "x" * 70 + ".example"])
def test_a_host_that_cannot_be_is_no_address(host: str) -> None:
    with pytest.raises(EngineStoppedError, match=r"its url.* is no address"):
        Courier(Pace(), name="x").get(f"https://{host}/")


def test_a_server_that_does_not_speak_https_is_not_asked_again() -> None:
    with (
        answering(lambda client: client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port,
        pytest.raises(EngineStoppedError, match=r"no safe connection \(it does not speak https\)"),
    ):
        Courier(Pace(), name="x").get(f"https://127.0.0.1:{port}/")


def test_a_certificate_that_nobody_vouches_for_is_named(certificate: Path) -> None:
    with (
        answering(lambda _: None, server_context(certificate)) as port,
        pytest.raises(EngineStoppedError, match=r"its certificate is refused: self.signed certificate"),
    ):
        Courier(Pace(), name="x").get(f"https://localhost:{port}/")


@pytest.mark.parametrize("key", ["abc\ndef", "schlüssel", "abc\x00"])
def test_a_key_that_no_header_can_hold_is_told_without_it(key: str) -> None:
    with pytest.raises(ConfigError) as error:
        Setup("deepl", environment={"KEY": key}).secret("KEY")
    assert "the key in KEY holds" in str(error.value)
    assert key not in str(error.value)
