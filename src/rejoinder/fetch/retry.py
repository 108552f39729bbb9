"""When an answer is asked for once more, and how long is waited before."""

import datetime as dt
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from rejoinder.errors import FetchError
from rejoinder.fetch.message import Answer
from rejoinder.fetch.outside import Outside
from rejoinder.fetch.rules import FetchRules
from rejoinder.fetch.target import Target

__all__ = ["asked_to_wait", "persistently"]

_BUSY = frozenset({429, 502, 503, 504})
_FIRST_WAIT = 1.0


def persistently(once: Callable[[], Answer], target: Target, rules: FetchRules, outside: Outside) -> Answer:
    """The answer of ``once``, which is tried anew where the server is busy or the connection fails.

    Between tries the wait doubles, with chance in it, so that many who were refused at once do not come back at once;
    what the server asks for is waited. Raises FetchError where that is too long, or the last try fails.
    """
    started = outside.monotonic()
    for attempt in range(rules.attempts):
        try:
            answer = once()
            failure = _busy(target, answer, outside.now()) if answer.status in _BUSY else None
        except FetchError as error:
            if not error.passing:
                raise
            failure = error
        else:
            if failure is None:
                return answer
        wait = max(_FIRST_WAIT * 2**attempt * (0.5 + outside.chance()), failure.again_in or 0.0)
        over = outside.monotonic() - started + wait > rules.patience_seconds
        if attempt == rules.attempts - 1 or over or wait > rules.longest_wait:
            raise failure
        outside.sleep(wait)
    raise AssertionError("rules ask for at least one attempt")


def asked_to_wait(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """The seconds that a Retry-After header asks for, said as such or as a time; None where there is none."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())


def _busy(target: Target, answer: Answer, now: dt.datetime) -> FetchError:
    again_in = asked_to_wait(answer.headers, now)
    when = "later" if again_in is None else f"again in {again_in:.0f} seconds"
    said = "asks for fewer requests" if answer.status == 429 else "is busy or down"
    return FetchError(target.url, f"the server {said} ({answer.status}). Try {when}.", passing=True, again_in=again_in)
