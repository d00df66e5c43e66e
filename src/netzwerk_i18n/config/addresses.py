"""Where an engine's texts and keys may be sent to."""

import ipaddress
from urllib.parse import urlsplit

from netzwerk_i18n.errors import ConfigError


def require_safe_url(url: str, *, key: str, allow_http: bool) -> str:
    """`url`, where texts may be sent to.

    Raises:
        ConfigError: if it is no web address, holds more than host and path, or would carry texts and keys in the clear
            over a network.

    >>> require_safe_url("http://127.0.0.1:5000", key="url", allow_http=False)
    'http://127.0.0.1:5000'
    """
    try:
        parts = urlsplit(url)
        fine = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        parts, fine = urlsplit(""), False
    if not fine:
        raise ConfigError(f"{key} is no web address", remedy="write it as https://host/path")
    if parts.username is not None or parts.password is not None:
        raise ConfigError(
            f"{key} holds a user name or password", remedy="keys come from the environment only"
        )
    if "?" in url or "#" in url:
        raise ConfigError(
            f"{key} has a query or a fragment (? or #), to which no path can be added",
            remedy="write it as https://host/path",
        )
    if parts.scheme == "http" and not allow_http and not is_loopback(parts.hostname or ""):
        raise ConfigError(
            f"{key} is plain http, so that anyone on the way could read the texts",
            remedy="use https, or say allow_http = true",
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether a host is this machine.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "127.0.0.1.example.org")]
    [True, True, True, False]
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
