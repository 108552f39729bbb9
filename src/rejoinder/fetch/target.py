"""URLs, read strictly: what cannot be asked for safely is refused before any name is looked up."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from rejoinder.errors import FetchError
from rejoinder.fetch.rules import PORTS, FetchRules

__all__ = ["Target", "redirected", "target_of"]

_DEFAULT_PORT = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_KEPT = "/%:@!$&'()*+,;=~-._?"
"""Characters of a path or query that mean something as they are; all others are percent-encoded."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart. ``host`` is ASCII in small letters, IPv6 without brackets; ``path`` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Host and port as the Host header has them; the usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: "https://example.org"."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole URL, without a fragment."""
        return self.origin + self.path


def target_of(url: str, rules: FetchRules) -> Target:
    """``url`` taken apart. Raises FetchError where it may not be fetched by ``rules``."""
    text = url.strip()
    shown = _without_credentials(text)
    if _UNSAFE.search(text):
        raise FetchError(shown, "it holds a space or control character. Write it percent-encoded.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise FetchError(shown, f"it is no URL ({error}). Check the spelling.") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT:
        raise FetchError(shown, "only http and https are fetched. Save the page yourself and code the file.")
    if "@" in parts.netloc:
        raise FetchError(shown, "it holds a user name or password, which would be told to others. Take it out.")
    host = _ascii_host(shown, parts.hostname)
    port = _DEFAULT_PORT[scheme] if port is None else port
    if port not in PORTS and not rules.allow_private:
        allowed = ", ".join(str(one) for one in sorted(PORTS))
        raise FetchError(shown, f"port {port} is not one of the web ({allowed}). Allow private addresses to use it.")
    path = quote(parts.path, safe=_KEPT) or "/"
    query = quote(parts.query, safe=_KEPT + "[]")
    return Target(scheme, host, port, f"{path}?{query}" if parts.query else path)


def redirected(target: Target, location: str, rules: FetchRules) -> Target:
    """Where an answer from ``target`` leads, checked as any URL. Raises FetchError, also where it gives up https."""
    try:
        following = target_of(urljoin(target.url, location.strip()), rules)
    except FetchError as error:
        raise FetchError(target.url, f"it leads to {error.url}: {error.reason}") from error
    except ValueError as error:
        raise FetchError(target.url, "it leads to something that is no URL. Look at it in a browser.") from error
    if target.scheme == "https" and following.scheme == "http":
        reason = f"it leads away from https, to {following.url}. Name that URL yourself if you trust it."
        raise FetchError(target.url, reason)
    return following


def _ascii_host(shown: str, host: str | None) -> str:
    name = (host or "").rstrip(".").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise FetchError(shown, "its host name cannot be written in DNS. Check the spelling.") from error
    if not _HOST.fullmatch(name):
        raise FetchError(shown, "it names no host. Check the spelling.")
    return name


def _without_credentials(url: str) -> str:
    """``url`` as messages may show it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/@]*@", "//", url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
