"""Translation services on loopback that speak the real ones' protocols, with their quirks, and misbehave when told to."""

import html
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PLACEHOLDER = re.compile(r"<[^<>]*>|\[X/?\d+X\]")
WORD = re.compile(r"[^\W\d_]{2,}")
LIBRE_LANGUAGES = ("de", "en", "fr", "es", "pt", "nb", "zh")
DEEPL_KEY = "0123-geheim-4567:fx"

Translate = Callable[[str], str]


def foreign(text: str) -> str:
    """A text in a language of nobody's: each word ends in é, placeholders and entities stay."""
    return outside_placeholders(text, lambda part: WORD.sub(lambda word: word[0] + "é", part))


def outside_placeholders(text: str, change: Translate) -> str:
    parts: list[str] = []
    position = 0
    for found in re.finditer(rf"{PLACEHOLDER.pattern}|&#?\w+;", text):
        parts += (change(text[position : found.start()]), found[0])
        position = found.end()
    return "".join([*parts, change(text[position:])])


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]

    @property
    def texts(self) -> list[str]:
        """What was to be translated."""
        if isinstance(self.body, dict) and "messages" in self.body:
            sent: list[str] = json.loads(self.body["messages"][-1]["content"])
            return sent
        if isinstance(self.body, dict):
            found: Any = self.body.get("q", self.body.get("text", []))
            return [found] if isinstance(found, str) else list(found)
        return [self.query["q"]] if "q" in self.query else []


@dataclass
class Answer:
    """What a server says: status, content, headers; None as content closes the connection."""

    status: int = 200
    content: bytes | None = b""
    headers: dict[str, str] = field(default_factory=dict)


Fault = Callable[[Asked, int], Answer | None]
"""What a server does in place of answering the nth request; None answers it."""


class Service:
    """A server at work; its name is the engine's."""

    def __init__(self, name: str, translate: Translate = foreign, fault: Fault | None = None) -> None:
        self.name = name
        self.translate = translate
        self.fault = fault
        self.asked: list[Asked] = []
        self.terms: list[dict[str, Any]] = []
        self.delay = 0.0
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def log_message(self, *_: object) -> None:
                pass

            def _answer(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                try:
                    body = json.loads(raw) if raw else None
                except ValueError:
                    body = dict(parse_qs(raw.decode()))
                asked = Asked(self.command, parts.path, query, body, dict(self.headers))
                answer = service.handle(asked)
                if answer.content is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for header, value in answer.headers.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                pass  # a client that went away

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Where it is."""
        path = {"google": "/m", "mymemory": "/get"}.get(self.name, "")
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    @property
    def texts(self) -> list[str]:
        """All texts that it was asked to translate, in order."""
        return [text for asked in self.asked for text in asked.texts]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def handle(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            number = len(self.asked)
        if self.delay:
            time.sleep(self.delay)
        fault = self.fault(asked, number) if self.fault else None
        if fault is not None:
            return fault
        speak: Callable[[Asked], Answer] = getattr(self, f"_{self.name}")
        return speak(asked)

    def _google(self, asked: Asked) -> Answer:
        # Tags in the question vanish, line breaks come back as tags, the rest is escaped.
        text = re.sub(r"<[^<>]*>", "", asked.query["q"])
        translated = html.escape(self.translate(text)).replace("\n", "<br>")
        page = (
            "<html><head><title>Google Translate</title></head><body>"
            f'<div class="result-container">{translated}</div></body></html>'
        )
        return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _mymemory(self, asked: Asked) -> Answer:
        text = asked.query["q"]
        translated = self.translate(text)
        if len(text) > 500:
            translated = "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"
        return as_json({"responseData": {"translatedText": translated}, "responseStatus": 200, "matches": []})

    def _libretranslate(self, asked: Asked) -> Answer:
        if asked.path == "/languages":
            return as_json(
                [{"code": c, "name": c, "targets": list(LIBRE_LANGUAGES)} for c in LIBRE_LANGUAGES]
            )
        body = asked.body
        if body["target"] not in LIBRE_LANGUAGES:
            return as_json({"error": f"{body['target']} is not supported"}, 400)
        answers = [self.translate(text) for text in asked.texts]
        if body["format"] == "html":
            answers = [html.unescape(answer) for answer in answers]
        return as_json({"translatedText": answers if isinstance(body["q"], list) else answers[0]})

    def _llm(self, asked: Asked) -> Answer:
        if asked.path == "/models":
            return as_json({"object": "list", "data": [{"id": "tiny:latest", "object": "model"}]})
        if asked.body["model"] != "tiny":
            return as_json({"error": {"message": f"model '{asked.body['model']}' not found"}}, 404)
        said = json.dumps([self.translate(text) for text in asked.texts], ensure_ascii=False)
        return as_chat(f"<think>\nA list [of strings].\n</think>\n\n```json\n{said}\n```")

    def _deepl(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"DeepL-Auth-Key {DEEPL_KEY}":
            return as_json({"message": "Forbidden"}, 403)
        glossaries = asked.path.endswith("/v2/glossaries")
        if glossaries and asked.method == "GET":
            return as_json({"glossaries": self.terms})
        if glossaries:
            body = asked.body
            self.terms.append(
                {
                    "glossary_id": f"id-{len(self.terms)}",
                    "name": body["name"],
                    "ready": True,
                    "source_lang": body["source_lang"],
                    "target_lang": body["target_lang"],
                    "creation_time": "2026-01-31T00:00:00.000000Z",
                    "entry_count": 1,
                }
            )
            return as_json(self.terms[-1], 201)
        answers = [self.translate(text) for text in asked.texts]
        return as_json(
            {"translations": [{"detected_source_language": "DE", "text": answer} for answer in answers]}
        )


def as_chat(content: Any, finish_reason: str = "stop") -> Answer:
    """What a language model says, as its server puts it."""
    message = {"role": "assistant", "content": content}
    return as_json({"choices": [{"index": 0, "message": message, "finish_reason": finish_reason}]})


def as_json(data: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, json.dumps(data).encode(), {"Content-Type": "application/json", **headers})


@contextmanager
def serving(name: str, translate: Translate = foreign, fault: Fault | None = None) -> Iterator[Service]:
    """A service for as long as the block lasts."""
    service = Service(name, translate, fault)
    service.start()
    try:
        yield service
    finally:
        service.stop()


FAULTS: tuple[Answer, ...] = (
    Answer(429, b"slow down", {"Retry-After": "0"}),
    Answer(500, b"<html><title>Error 500 (Server Error)</title></html>"),
    Answer(503, b"", {"Retry-After": "0"}),
    Answer(200, b"<!DOCTYPE html><html><body>Please log in</body></html>", {"Content-Type": "text/html"}),
    Answer(200, b"", {"Content-Type": "application/json"}),
    Answer(200, bytes(range(128, 255)), {"Content-Type": "application/json"}),
    Answer(200, b'{"translatedText": ', {"Content-Type": "application/json"}),
    Answer(200, b"[[[]]]", {"Content-Type": "application/json"}),
    Answer(200, b'{"translatedText": null, "translations": null}', {"Content-Type": "application/json"}),
    Answer(400, b'{"error": "I do not like this text"}', {"Content-Type": "application/json"}),
    Answer(200, None),
)

QUOTA = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN 11 HOURS"


class Mischief:
    """Faults and mangled answers by chance, the same ones each time for the same seed."""

    def __init__(self, seed: int, share: float = 0.3, *, slow: float = 0.0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same faults each time
        self._share = share
        self._slow = slow
        self._lock = threading.Lock()
        self.done: Counter[str] = Counter()

    def fault(self, asked: Asked, _number: int) -> Answer | None:
        with self._lock:
            lucky = self._random.random() > self._share
            chosen = self._random.choice(FAULTS)
            pause = self._random.random() * self._slow
        time.sleep(pause)
        if lucky or asked.path == "/languages":
            return None
        self.done[f"status {chosen.status}"] += 1
        return chosen

    def translate(self, text: str) -> str:
        with self._lock:
            change = self._random.choice((foreign, foreign, *MANGLINGS))
            self.done[change.__name__] += 1
            return change(text)


def drops(text: str) -> str:
    return PLACEHOLDER.sub("", foreign(text), count=1)


def doubles(text: str) -> str:
    return PLACEHOLDER.sub(lambda found: found[0] * 2, foreign(text), count=1)


def reorders(text: str) -> str:
    found = PLACEHOLDER.findall(text)
    backwards = iter(reversed(found))
    return PLACEHOLDER.sub(lambda _: next(backwards), foreign(text))


def renames(text: str) -> str:
    return PLACEHOLDER.sub(lambda found: found[0].replace("X", "Y").replace("span", "durée"), foreign(text))


def spaces_out(text: str) -> str:
    return PLACEHOLDER.sub(lambda found: " ".join(found[0]), foreign(text))


def unescapes(text: str) -> str:
    return html.unescape(html.unescape(foreign(text)))


def truncates(text: str) -> str:
    return foreign(text)[: len(text) // 2]


def adds_markup(text: str) -> str:
    return f"{foreign(text)} <script>alert(1)</script> [hier](https://evil.example) **fett** `x`\n\n# Neu"


def says_nothing(text: str) -> str:
    return " "


def complains(text: str) -> str:
    return QUOTA


def babbles(text: str) -> str:
    return foreign(text) + " blaé" * 500


def adds_invisible(text: str) -> str:
    return foreign(text) + "\u202e\u200b\x1b[31m"


def adds_shortcode(text: str) -> str:
    return foreign(text) + " {{< evil >}} {{% x %}} {% y %}"


MANGLINGS: Sequence[Translate] = (
    drops,
    doubles,
    reorders,
    renames,
    spaces_out,
    unescapes,
    truncates,
    adds_markup,
    says_nothing,
    complains,
    babbles,
    adds_invisible,
    adds_shortcode,
)
