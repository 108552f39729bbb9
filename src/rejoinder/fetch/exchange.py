"""One request and its answer: over a checked connection, within its time and size."""

import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPException

from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from rejoinder.errors import FetchError
from rejoinder.fetch.address import addresses_of
from rejoinder.fetch.connect import PinnedConnection
from rejoinder.fetch.deadline import Deadline
from rejoinder.fetch.message import Answer, Ask
from rejoinder.fetch.outside import Outside
from rejoinder.fetch.rules import FetchRules
from rejoinder.fetch.target import Target
from rejoinder.fetch.unpack import TooLarge, Unreadable, unpacked

__all__ = ["exchange"]

_CHUNK = 64 * 1024


def exchange(
    target: Target, ask: Ask, rules: FetchRules, outside: Outside, tls: Callable[[], ssl.SSLContext]
) -> Answer:
    """Look ``target`` up, connect, ask, and read the answer. Raises FetchError, whatever goes wrong."""
    addresses = addresses_of(target, outside.resolve, rules)
    with Deadline(rules.answer_seconds) as deadline:
        connection = PinnedConnection(
            target,
            addresses,
            dial=outside.dial,
            tls=tls,
            deadline=deadline,
            connect_seconds=min(rules.connect_seconds, rules.answer_seconds),
            read_seconds=rules.read_seconds,
        )
        try:
            answer = _answer(target, ask, rules, connection)
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            raise _failure(target, rules, error, late=deadline.passed) from error
        finally:
            connection.close()
        if deadline.passed:  # a body without a length ends where the connection was cut, as if it were whole
            raise _failure(target, rules, TimeoutError(), late=True)
    return answer


def _answer(target: Target, ask: Ask, rules: FetchRules, connection: PinnedConnection) -> Answer:
    headers = {"Host": target.netloc, "Connection": "close", **ask.headers}
    connection.request(
        ask.method, target.path, body=ask.body, headers=headers, preload_content=False, decode_content=False
    )
    response = connection.getresponse()
    found = {name.lower(): value for name, value in reversed(list(response.headers.iteritems()))}
    return Answer(response.status, found, _body(target, response, found, rules, ask.cut))


def _body(
    target: Target, response: HTTPResponse, headers: Mapping[str, str], rules: FetchRules, cut: int | None
) -> bytes:
    """The body, unpacked; a body that tells its size is refused before it is read."""
    most = rules.max_bytes if cut is None else max(cut, rules.max_bytes)
    if (response.length_remaining or 0) > most and cut is None:
        raise _too_large(target, most)
    packed = bytearray()
    while chunk := response.read(_CHUNK, decode_content=False):
        packed += chunk
        if cut is not None and len(packed) >= cut:
            return bytes(packed[:cut])
        if len(packed) > most:
            raise _too_large(target, most)
    try:
        return unpacked(bytes(packed), headers.get("content-encoding"), most)
    except TooLarge as error:
        raise _too_large(target, most) from error
    except Unreadable as error:
        raise FetchError(target.url, f"the answer cannot be unpacked: {error}. Try later.", passing=True) from error


def _too_large(target: Target, most: int) -> FetchError:
    size = f"{most / 1_000_000:g} MB"
    return FetchError(target.url, f"the page is larger than {size}. Save it yourself and split it.")


def _failure(target: Target, rules: FetchRules, error: Exception, *, late: bool) -> FetchError:
    if late:
        reason = f"the answer was not complete after {rules.answer_seconds:g} seconds. Try later."
        return FetchError(target.url, reason, passing=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or error.reason
        return FetchError(target.url, f"its certificate is not valid ({why}). Do not trust it; ask its keeper.")
    return FetchError(target.url, f"{_in_words(target, error)}. Try later, or look at it in a browser.", passing=True)


def _in_words(target: Target, error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error).lower():
        return "the server did not answer in time"
    if isinstance(error, ConnectionRefusedError):
        return f"no server listens on port {target.port}"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection could be made ({error.reason or 'TLS failed'})"
    if isinstance(error, OSError):
        return f"the connection failed ({error.strerror or error or type(error).__name__})"
    return "the server broke off or does not speak HTTP"
