"""Servers on loopback for tests, and a world in which names lead to them and no time passes."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rejoinder.fetch import Outside

PUBLIC = "93.184.216.34"
"""An address that passes for a public one; the world of tests leads it to loopback."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a server saw it; header names in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer. ``etag`` makes it conditional; ``raw`` is sent as it stands, in place of all else."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    raw: Callable[[socket.socket], None] | None = None


Route = Page | Callable[[Asked], Page]


class Site:
    """A server whose pages are set by path; ``asked`` keeps what it was asked. There is no robots.txt unless set."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.port: int = server.server_address[1]
        self.pages: dict[str, Route] = {}
        self.asked: list[Asked] = []

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Page:
        self.asked.append(asked)
        route = self.pages.get(asked.path, Page(b"no such page", 404))
        page = route if isinstance(route, Page) else route(asked)
        if page.etag is not None and asked.headers.get("if-none-match") == page.etag:
            return Page(status=304, headers={"ETag": page.etag})
        return page


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        page = self.site.answer(Asked(self.command, self.path, headers, self.rfile.read(length)))
        if page.raw is not None:
            page.raw(self.connection)
            self.close_connection = True
            return
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.etag is not None and page.status != 304:
            self.send_header("ETag", page.etag)
        if page.status != 304:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what these tests are about."""


class _Server6(_Server):
    address_family = socket.AF_INET6


@contextmanager
def serving(tls: ssl.SSLContext | None = None, *, port: int = 0, six: bool = False) -> Iterator[Site]:
    """A server on loopback, on a free port unless ``port`` names one."""
    handler = type("Handler", (_Handler,), {})
    server = (_Server6 if six else _Server)(("::1" if six else "127.0.0.1", port), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = Site(server)
    handler.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class World:
    """A world without waiting: sleeping moves its clock, names and addresses mean what ``hosts`` and ``ports`` say."""

    def __init__(self) -> None:
        self.clock = 1000.0
        self.slept: list[float] = []
        self.hosts: dict[str, list[list[str]]] = {}
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.ports: dict[str, int] = {}
        self.tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def host(self, name: str, site: Site, *addresses: str) -> None:
        """``name`` has ``addresses`` (a public one unless given), at which ``site`` listens, whatever the port."""
        self.hosts[name] = [list(addresses or (PUBLIC,))]
        for address in addresses or (PUBLIC,):
            self.ports[address] = site.port

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds

    def resolve(self, host: str, _port: int) -> list[str]:
        """The next of the answers set for ``host``; the last one for ever."""
        self.looked_up.append(host)
        answers = self.hosts.get(host)
        if answers is None:
            return [host] if host.replace(".", "").isdigit() or ":" in host else _unknown()
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        loopback = address.startswith("127.") or address == "::1"
        return socket.create_connection(
            (address, port) if loopback else ("127.0.0.1", self.ports[address]), timeout=seconds
        )

    def outside(self) -> Outside:
        return Outside(
            resolve=self.resolve,
            dial=self.dial,
            tls=self.tls,
            monotonic=lambda: self.clock,
            sleep=self.sleep,
            now=lambda: dt.datetime(2016, 5, 20, 12, tzinfo=dt.UTC) + dt.timedelta(seconds=self.clock - 1000),
            chance=lambda: 0.5,
        )


def _unknown() -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
