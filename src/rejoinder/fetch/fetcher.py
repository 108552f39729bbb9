"""Fetching pages: politely to servers, safely for us. Nothing is run, no cookie is kept."""

import ssl
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus

from rejoinder.errors import FetchError
from rejoinder.fetch.message import Answer, Ask
from rejoinder.fetch.outside import Outside
from rejoinder.fetch.pace import Pace
from rejoinder.fetch.retry import asked_to_wait, persistently
from rejoinder.fetch.robots import MOST_BYTES, Robots
from rejoinder.fetch.rules import Fetched, FetchRules, user_agent
from rejoinder.fetch.target import Target, redirected, target_of
from rejoinder.fetch.unpack import ACCEPTED

__all__ = ["Fetcher"]

_LEADS_ON = frozenset({301, 302, 303, 307, 308})


class Fetcher:
    """Fetches what it is told by URL, by ``rules``. It remembers when it asked which host, and each robots.txt."""

    def __init__(self, rules: FetchRules | None = None, outside: Outside | None = None) -> None:
        """``outside`` is the world to fetch from, for tests."""
        self.rules = rules or FetchRules()
        self._outside = outside or Outside()
        self._pace = Pace(self._outside.monotonic, self._outside.sleep)
        self._robots = Robots(self._robots_txt, self._outside.monotonic, self.rules.robots_seconds)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The page at ``url``, where its redirections lead; each of them is checked as ``url`` is.

        ``etag`` and ``modified`` are those of an earlier answer: where the page is still the same, the result says
        ``not_modified``. Raises FetchError, which names the URL and what to do, where there is no page to be had.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = self._headers({name: value for name, value in conditions.items() if value})
        asked = target_of(url, self.rules)
        try:
            target, answer = self._followed(asked, Ask(headers), obeying=True)
        except FetchError as error:
            raise _named(url, asked, error) from error
        unchanged = answer.status == HTTPStatus.NOT_MODIFIED and bool(etag or modified)
        if not unchanged and not 200 <= answer.status < 300:
            raise _refused(url, answer, self._outside)
        return Fetched(
            url=url,
            final_url=target.url,
            status=answer.status,
            content_type=answer.headers.get("content-type"),
            body=b"" if unchanged else answer.body,
            etag=answer.headers.get("etag") or (etag if unchanged else None),
            last_modified=answer.headers.get("last-modified") or (modified if unchanged else None),
            not_modified=unchanged,
        )

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send ``body`` to ``url``, which the user named for that, and return the status (200 to 299).

        Redirections are not followed, robots.txt does not apply. Raises FetchError, which names the host only: the
        path of such a URL is often a secret.
        """
        target = target_of(url, self.rules)
        try:
            answer = self._answer(target, Ask(self._headers(headers), body), self.rules.per_host_seconds)
            if not 200 <= answer.status < 300:
                raise _refused(url, answer, self._outside)
        except FetchError as error:
            raise FetchError(target.origin, error.reason, passing=error.passing, again_in=error.again_in) from error
        return answer.status

    def _followed(self, target: Target, ask: Ask, *, obeying: bool) -> tuple[Target, Answer]:
        """The answer at the end of all redirections, and where that was; ``obeying`` the robots.txt of each server."""
        seen = {target.url}
        while True:
            delay = self._robots.delay(target) if obeying else 0.0
            answer = self._answer(target, ask, max(delay, self.rules.per_host_seconds))
            location = answer.headers.get("location")
            if answer.status not in _LEADS_ON or not location:
                return target, answer
            following = redirected(target, location, self.rules)
            if following.url in seen:
                raise FetchError(target.url, "its redirections run in a circle. Look at it in a browser.")
            seen.add(following.url)
            if len(seen) > self.rules.max_redirects + 1:
                most = self.rules.max_redirects
                raise FetchError(target.url, f"it was redirected more than {most} times. Name the page it ends at.")
            target = following

    def _answer(self, target: Target, ask: Ask, seconds: float) -> Answer:
        from rejoinder.fetch.exchange import exchange  # noqa: PLC0415  (brings in urllib3)

        def once() -> Answer:
            self._pace.wait(target, seconds, self.rules.longest_wait)
            return exchange(target, ask, self.rules, self._outside, lambda: self._tls)

        return persistently(once, target, self.rules, self._outside)

    def _robots_txt(self, target: Target) -> Answer:
        _, answer = self._followed(target, Ask(self._headers({}, packed=False), cut=MOST_BYTES), obeying=False)
        return answer

    def _headers(self, more: Mapping[str, str], *, packed: bool = True) -> dict[str, str]:
        return {
            "User-Agent": user_agent(self.rules),
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED if packed else "identity",
            **more,
        }

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._outside.tls()


def _named(url: str, asked: Target, error: FetchError) -> FetchError:
    """``error`` as one of ``url``, which led to where it happened."""
    reason = error.reason if error.url == asked.url else f"it leads to {error.url}: {error.reason}"
    return FetchError(url, reason, passing=error.passing, again_in=error.again_in)


def _refused(url: str, answer: Answer, outside: Outside) -> FetchError:
    status = answer.status
    again_in = asked_to_wait(answer.headers, outside.now())
    passing = status >= 500 or status == HTTPStatus.REQUEST_TIMEOUT
    remedy = {
        401: "It wants a password; save the page yourself.",
        403: "Look at it in a browser, and save it by hand if you may.",
        404: "Check the spelling.",
        410: "It is gone for good; take it off your list.",
    }.get(status, "Try later." if passing else "Look at it in a browser.")
    reason = f"the server answers with status {status}{_phrase(status)}. {remedy}"
    return FetchError(url, reason, passing=passing, again_in=again_in)


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
