"""How engines are asked: with timeouts, patience, a measured pace, and nothing said to anyone who was not meant to hear.

No library for machine translation does all of this, so it stands around every engine. A request goes to the address
that the user chose and to no other; what went wrong is told without keys and without texts.
"""

import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin, urlsplit
from weakref import WeakSet

from netzwerk_i18n.errors import NetzwerkError

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""A larger answer is refused."""

LONGEST_WAIT = 120.0
"""The longest time in seconds that a server may tell a run to wait; one that asks for more has had enough of us."""

_CONNECT_SECONDS = 10.0
_MOST_REDIRECTS = 5
_TOO_MANY = 429
_SERVER_ERROR = 500
_REQUEST_TIMEOUT = 408
_QUOTA_SPENT = 456  # DeepL's own
_REFUSALS = {
    401: "refused the key",
    402: "asks for payment",
    403: "refused the key",
    _QUOTA_SPENT: "says that the quota is spent",
}
_KEYS_REFUSED = (401, 403)
_PHRASES = frozenset({"Unauthorized", "Payment Required", "Forbidden"})
"""What says no more than these statuses do (RFC 9110, 15.5)."""

_OF_A_KEY = re.compile(r"\b(?:api.?)?key\b|\bauth|\btoken\b", re.IGNORECASE)
_LONGEST_COMPLAINT = 8192
_LONGEST_SAID = 120
_TELLING = re.compile(r"\w{4,}")
"""Words long enough to tell something of a text."""

_OK = range(200, 300)
_REDIRECTS = (301, 302, 303, 307, 308)


class TryAgainError(Exception):
    """The engine could not answer now; asking again may help.

    Attributes:
        reason: why, for people; without keys and texts.
        after: how many seconds the server asked us to wait, or None.
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class NoAnswerError(Exception):
    """The engine answered with no translation of this text; asking the same again does not help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(NoAnswerError):
    """The server does not like the request.

    Attributes:
        status: its status.
        said: what it says of it, as it came, or an empty string. A stranger wrote that, and it may hold the key and the
            texts: :func:`presentable` makes it fit to be shown.
    """

    def __init__(self, status: int, said: str = "") -> None:
        super().__init__(f"the server refused the request ({status})")
        self.status = status
        self.said = said

    def explained(self, texts: Iterable[str], secrets: Iterable[str]) -> NoAnswerError:
        """The same with what the server says, without the texts that it was sent and the secrets."""
        said = presentable(self.said, texts, secrets)
        return NoAnswerError(f"{self.reason}: {said}") if said else self


class EngineStoppedError(NetzwerkError):
    """The engine will answer nothing more in this run: a key refused, a quota spent, an address that leads away."""


class TurnedAwayError(EngineStoppedError):
    """The server answers none of our requests, whatever they hold.

    Attributes:
        status: its status.
        said: what it says of it, as in :class:`RefusedError`.
    """

    def __init__(self, name: str, status: int, said: str = "", *, remedy: str | None = None) -> None:
        said = "" if said in _PHRASES else said
        what, of_key = _REFUSALS[status], status in _KEYS_REFUSED
        # The same statuses tell that an address is banned, and services without keys have them, too.
        if of_key and (remedy is None or (said and not _OF_A_KEY.search(said))):
            what, of_key = "turned us away", False
        super().__init__(f"{name}: the server {what} ({status})", remedy=remedy if of_key else None)
        self.status = status
        self.said = said

    def explained(self, texts: Iterable[str], secrets: Iterable[str]) -> EngineStoppedError:
        """The same with what the server says, without the texts that it was sent and the secrets."""
        said = presentable(self.said, texts, secrets)
        return EngineStoppedError(f"{self.message}: {said}", remedy=self.remedy) if said else self


@dataclass(frozen=True, slots=True)
class Pace:
    """How an engine is asked.

    Attributes:
        timeout: seconds to wait for an answer.
        retries: how often the same is asked again.
        backoff: seconds before it is asked again; each time twice as long, with jitter.
        rate: requests in a second, over all threads; 0 for no limit.
    """

    timeout: float = 60.0
    retries: int = 4
    backoff: float = 1.0
    rate: float = 0.0


class TokenBucket:
    """Lets so many requests through in a second, over all threads, and none while the server wants rest."""

    def __init__(self, rate: float, *, burst: int = 1) -> None:
        """Make a full bucket.

        Args:
            rate: tokens in a second; 0 lets everything through.
            burst: how many tokens it holds.
        """
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._filled = time.monotonic()
        self._rest_until = 0.0
        self._lock = threading.Lock()

    def take(self, stopped: threading.Event) -> None:
        """Wait for a token.

        Raises:
            EngineStoppedError: if the run was stopped meanwhile.
        """
        while not stopped.is_set():
            wait = self._try()
            if wait <= 0:
                return
            stopped.wait(wait)
        raise EngineStoppedError("the run was stopped")

    def rest(self, seconds: float) -> None:
        """Let nothing through for so long: the server asked for it, and other threads would only annoy it."""
        with self._lock:
            self._rest_until = max(self._rest_until, time.monotonic() + seconds)

    def _try(self) -> float:
        with self._lock:
            now = time.monotonic()
            if now < self._rest_until:
                return self._rest_until - now
            if not self._rate:
                return 0.0
            self._tokens = min(float(self._burst), self._tokens + (now - self._filled) * self._rate)
            self._filled = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / self._rate


class Line:
    """The way to one engine: shared by all threads, with its pace and its word that everything is over."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.stopped = threading.Event()
        self._bucket = TokenBucket(pace.rate, burst=max(1, int(pace.rate)))

    def ask(self, question: Callable[[], T]) -> T:
        """The answer to `question`, which is asked again while it raises :class:`TryAgainError`.

        Raises:
            TryAgainError: if it did so to the end.
            NoAnswerError: if there is no answer to this.
            EngineStoppedError: if there will be no more answers.
        """
        import tenacity

        pause = tenacity.wait_exponential(
            multiplier=self.pace.backoff, max=LONGEST_WAIT
        ) + tenacity.wait_random(0, self.pace.backoff)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, TryAgainError) else None
            if asked is None:
                return pause(state)
            self._bucket.rest(asked)
            return asked

        def sleep(seconds: float) -> None:
            if self.stopped.wait(seconds):
                raise EngineStoppedError("the run was stopped")

        def once() -> T:
            self._bucket.take(self.stopped)
            return question()

        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.pace.retries + 1),
            wait=wait,
            retry=tenacity.retry_if_exception_type(TryAgainError),
            sleep=sleep,
            reraise=True,
        )
        return retrying(once)


class _Here(threading.local):
    """What belongs to the current thread: its connections, where :func:`closing_connections` looks after them."""

    opened: "WeakSet[Any] | None" = None


_HERE = _Here()


@contextmanager
def closing_connections() -> Iterator[None]:
    """Close at the end what couriers opened in this thread.

    The libraries leave that to a hook that Python runs at its end; a thread whose answer comes later has none, and Python
    complains of a connection that nobody closed.
    """
    _HERE.opened = opened = WeakSet[Any]()
    try:
        yield
    finally:
        _HERE.opened = None
        for connection in opened:
            connection.close()


class Courier:
    """Carries requests of one thread to one server: in place of `requests`, whose habits are too trusting.

    Each request has a timeout, its answer a largest size; redirects lead to the same server only; no password is taken
    from a `.netrc`; and what goes wrong becomes one of this module's errors.
    """

    def __init__(self, pace: Pace, *, name: str, remedy: str | None = None) -> None:
        """Prepare a session.

        Args:
            pace: its timeout counts here.
            name: the engine's name, for messages.
            remedy: what to do where the server refuses the key.
        """
        self._timeout = (min(_CONNECT_SECONDS, pace.timeout), pace.timeout)
        self._name = name
        self._remedy = remedy
        self._session: requests.Session | None = None
        self._wire = _Wire()

    def send(self, method: str, url: str, **arguments: Any) -> "requests.Response":
        """The server's answer, whole.

        Args:
            method: GET, POST ...
            url: where to.
            arguments: what `requests.request` takes; timeouts and redirects are not the caller's business.

        Raises:
            TryAgainError: if the server is busy, broken or out of reach.
            TurnedAwayError: if it refuses our key, or our quota is spent.
            EngineStoppedError: if it sends us elsewhere.
            RefusedError: if it does not like the request.
            NoAnswerError: if its answer is too large or too slow.
        """
        import requests

        if self._session is None:
            self._session = requests.Session()
            self._session.auth = _as_it_is
            for scheme in ("http://", "https://"):
                self._session.mount(scheme, self._wire.adapter())
            self._session.headers["User-Agent"] = "netzwerk-i18n"
        for name in ("timeout", "allow_redirects", "stream"):
            arguments.pop(name, None)
        try:
            for _ in range(_MOST_REDIRECTS):
                with self._wire.closing_after(2 * self._timeout[1]):
                    answer = self._session.request(
                        method, url, timeout=self._timeout, allow_redirects=False, stream=True, **arguments
                    )
                    self._read(answer)
                if answer.status_code not in _REDIRECTS:
                    self._require_fine(answer)
                    return answer
                url = self._next(url, answer)
                arguments.pop("params", None)  # the new address has them, or does not want them
        except requests.exceptions.RequestException as error:
            # What it says has the address with texts and keys in it.
            if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
                raise EngineStoppedError(f"{self._name}: its url is no address") from None
            distrusted = _distrusted(error)
            if distrusted:
                raise EngineStoppedError(
                    f"{self._name}: no safe connection ({distrusted})",
                    remedy="correct its url, or name the authority that vouches for it in REQUESTS_CA_BUNDLE",
                ) from None
            what = "no answer in time" if isinstance(error, requests.exceptions.Timeout) else "no connection"
            if isinstance(
                error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError
            ):
                what = "the answer was cut off"
            raise TryAgainError(what) from None
        except ValueError:  # the libraries let those of a host's name through
            raise EngineStoppedError(
                f"{self._name}: its url, or where the server redirects to, is no address"
            ) from None
        raise EngineStoppedError(f"{self._name}: the server redirects in circles")

    def get(self, url: str, **arguments: Any) -> "requests.Response":
        """What `requests.get` is for those who think this is `requests`."""
        return self.send("GET", url, **arguments)

    def post(self, url: str, data: Any = None, json: Any = None, **arguments: Any) -> "requests.Response":
        """What `requests.post` is for those who think this is `requests`."""
        return self.send("POST", url, data=data, json=json, **arguments)

    def request(self, method: str, url: str, **arguments: Any) -> "requests.Response":
        """What `requests.request` is for those who think this is `requests`."""
        return self.send(method, url, **arguments)

    def __getattr__(self, name: str) -> Any:
        import requests

        return getattr(requests, name)

    def _read(self, answer: "requests.Response") -> None:
        """Read the answer to its end, but no further than is sane."""
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_content(65536):
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER_BYTES:
                answer.close()
                raise NoAnswerError("the answer is too large")
        answer._content = b"".join(parts)  # noqa: SLF001 - the library reads it there
        answer._content_consumed = True  # noqa: SLF001

    def _require_fine(self, answer: "requests.Response") -> None:
        status = answer.status_code
        if status in _OK:
            return
        if status in _REFUSALS:
            raise TurnedAwayError(self._name, status, _complaint(answer.content), remedy=self._remedy)
        after = retry_after(answer.headers.get("Retry-After"))
        if after is not None and after > LONGEST_WAIT:
            raise EngineStoppedError(
                f"{self._name}: the server asks us to wait for {after:.0f} seconds ({status})"
            )
        if status == _TOO_MANY:
            raise TryAgainError("too many requests (429)", after)
        if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT:
            raise TryAgainError(f"the server is in trouble ({status})", after)
        raise RefusedError(status, _complaint(answer.content))

    def _next(self, url: str, answer: "requests.Response") -> str:
        target = urljoin(url, answer.headers.get("Location", ""))
        scheme, host, port = origin(target)
        if (scheme, host, port) != origin(url):
            raise EngineStoppedError(
                f"{self._name}: the server redirects to another one ({scheme}://{host}:{port})",
                remedy="if it is the right one, set its url",
            )
        return target


class _Wire:
    """The connection that a thread's request goes over, where another thread can cut it.

    A server that sends byte by byte never lets a single read run out of time, be it in the headers or behind them.
    """

    def __init__(self) -> None:
        self._connection: Any = None

    def adapter(self) -> "requests.adapters.HTTPAdapter":
        """What `requests` connects by, with an eye on the connection."""
        from requests.adapters import HTTPAdapter

        wire = self

        class Adapter(HTTPAdapter):
            def get_connection_with_tls_context(self, *arguments: Any, **more: Any) -> Any:
                pool: Any = super().get_connection_with_tls_context(*arguments, **more)
                if "_wire" not in vars(pool.ConnectionCls):
                    pool.ConnectionCls = wire._watched(pool.ConnectionCls)
                return pool

        return Adapter()

    def _watched(self, kind: Any) -> Any:
        def connect(connection: Any) -> None:
            self._connection = connection
            if _HERE.opened is not None:
                _HERE.opened.add(connection)
            kind.connect(connection)

        def request(connection: Any, *arguments: Any, **more: Any) -> None:
            self._connection = connection
            kind.request(connection, *arguments, **more)

        return type(kind.__name__, (kind,), {"connect": connect, "request": request, "_wire": self})

    @contextmanager
    def closing_after(self, seconds: float) -> Iterator[None]:
        """Cut the connection if what is done meanwhile takes longer.

        Raises:
            NoAnswerError: if it did.
        """
        import requests

        late = threading.Event()

        def cut() -> None:
            late.set()
            with suppress(Exception):  # it may be at its end by now
                # Not what TLS makes of it, which another thread reads from meanwhile.
                socket.socket.shutdown(self._connection.sock, socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (requests.exceptions.RequestException, ValueError):
            if not late.is_set():
                raise
        finally:
            timer.cancel()
            self._connection = None
        if late.is_set():
            raise NoAnswerError("the answer takes too long")


def _distrusted(error: BaseException | None) -> str:
    """Why a server cannot be trusted, however often it is asked; empty where the network is at fault."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is refused: {error.verify_message}"
        if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
            return "it does not speak https"
        error = error.__context__
    return ""


def read_json(answer: "requests.Response") -> Any:
    """What an answer holds.

    Raises:
        NoAnswerError: if that is no JSON.
    """
    try:
        return answer.json()
    except (ValueError, RecursionError):
        raise NoAnswerError("the answer is no JSON") from None


def _complaint(content: bytes) -> str:
    """What a server says in the JSON of a refusal: `error` (LibreTranslate), `message` (DeepL), or the one in the other (OpenAI)."""
    try:
        data = json.loads(content) if len(content) <= _LONGEST_COMPLAINT else None
    except (ValueError, RecursionError):
        return ""
    if isinstance(data, dict) and isinstance(data.get("error"), dict):
        data = data["error"]
    found = [data.get(key) for key in ("error", "message")] if isinstance(data, dict) else []
    return next((said for said in found if isinstance(said, str)), "")


def _as_it_is(request: T) -> T:
    return request


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of a URL.

    >>> origin("https://Example.org/a") == origin("https://example.org:443/b")
    True
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return (
        parts.scheme.lower(),
        (parts.hostname or "").lower(),
        port or {"https": 443, "http": 80}.get(parts.scheme),
    )


def retry_after(value: str | None) -> float | None:
    """The seconds in a Retry-After header (RFC 9110, 10.2.3: a number or a date), or None.

    >>> retry_after("3"), retry_after("soon"), retry_after("Thu, 01 Jan 1970 00:00:00 GMT")
    (3.0, None, 0.0)
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` without the secrets.

    >>> redacted("key=abc123!", ["abc123"])
    'key=…!'
    """
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def presentable(said: str, texts: Iterable[str], secrets: Iterable[str]) -> str:
    r"""What a server says, fit to be shown: on one line, shortened, without secrets, texts and control characters.

    Nothing in it is a command to the runner of a workflow (`##[`) either.

    >>> presentable("bad\x1b[31m request: 'Ein Satz' abc123\n", ["Ein Satz mehr"], ["abc123"])
    "bad[31m request: 'Ein …' …"
    """
    sent = "\n".join(texts).casefold()
    line = "".join(character for character in " ".join(said.split()) if character.isprintable())
    line = _TELLING.sub(
        lambda word: "…" if word[0].casefold() in sent else word[0], redacted(line, secrets)
    ).strip()
    line = re.sub("##+", "#", line)
    return line if len(line) <= _LONGEST_SAID else line[: _LONGEST_SAID - 1] + "…"
