"""Who may ask and write: hosts are checked (against DNS rebinding), writes need a token, and no foreign script runs."""

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rejoinder.web.asked import Form
from rejoinder.web.settings import Settings

__all__ = ["Guard", "may_write"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Refuses what asks under a foreign name, and sends protecting headers with every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        host = Request(scope).headers.get("host", "")
        if _name_of(host) not in self._settings.hosts:
            told = (
                f"This server does not answer under the name {_name_of(host)!r}. Use http://127.0.0.1, or start it "
                "with `rejoinder serve --allow-host NAME`."
            )
            await PlainTextResponse(told, status_code=421)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def may_write(request: Request, sent: Form, settings: Settings) -> bool:
    """Whether what was ``sent`` comes from a page of this server: by its token and, where it says so, its origin."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return False
    token = request.headers.get("x-token") or sent.get("token") or ""
    return hmac.compare_digest(token.encode(), settings.token.encode())


def _name_of(host: str) -> str:
    """The host without its port; "[::1]:8000" is "[::1]"."""
    return host.rsplit(":", 1)[0].lower() if not host.endswith("]") and ":" in host else host.lower()
