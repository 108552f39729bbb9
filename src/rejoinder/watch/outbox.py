"""Sending what waits, and remembering what went out.

What cannot be sent waits for the next time. Each message is noted in the memory's file once it is out: it goes out
twice only where the program dies between these two moments.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from rejoinder.errors import FetchError, RejoinderError
from rejoinder.fetch import Fetcher
from rejoinder.watch.atom import write_atom
from rejoinder.watch.mail import send_mail
from rejoinder.watch.notice import Notice
from rejoinder.watch.plan import AtomFile, Mail, Print, Query, Send, Webhook
from rejoinder.watch.session import Session
from rejoinder.watch.webhook import post_notices

__all__ = ["Outbox"]

_MOST = 50
"""Acts in one message."""

_LONGEST_WAIT = 10.0
"""Seconds that a busy webhook is waited for; feeds want to be polled meanwhile."""


class Outbox:
    """Sends for the queries of a plan what waits in the memory."""

    def __init__(self, session: Session) -> None:
        plan, tools = session.plan, session.tools
        self._session = session
        self._queries = plan.queries
        self._tools = tools
        self._memory = session.memory
        # a webhook may be on one's own network though no feed is
        self._fetchers: dict[bool, Fetcher] = {
            private: tools.fetcher(replace(plan.rules, allow_private=private, longest_wait=_LONGEST_WAIT))
            for private in (False, True)
        }

    def put(self, query: Query, notices: Sequence[Notice]) -> None:
        """Let ``notices`` of ``query`` wait, for each place that it sends to. The memory is not written yet."""
        for send in query.sends:
            self._memory.put(query.key(send), notices)

    def empty(self) -> bool:
        """Try to send all that waits; whether all went out."""
        went_out = [self._send(query, send) for query in self._queries for send in query.sends]
        return all(went_out)

    def forget_others(self) -> None:
        """Let go of what waits for queries or places that the plan no longer names, and say so."""
        known = {query.key(send) for query in self._queries for send in query.sends}
        for key in [key for key in self._memory.outbox if key not in known]:
            count = len(self._memory.outbox.pop(key))
            self._tools.tell(f"{_acts(count)} waited for a query or place that is no longer named: let go")

    def _send(self, query: Query, send: Send) -> bool:
        key = query.key(send)
        while box := self._memory.outbox.get(key):
            batch = box[:_MOST]
            try:
                self._deliver(query.name, send, batch)
            except RejoinderError as error:
                why = error.reason if isinstance(error, FetchError) else str(error)
                self._tools.tell(f"{query.name}, {send.name}: {_acts(len(box))} not sent, kept for later: {why}")
                return False
            self._memory.went_out(key, batch)
            self._session.save()
            if not isinstance(send, Print):
                self._tools.tell(f"{query.name}, {send.name}: {_acts(len(batch))} sent")
        return True

    def _deliver(self, query: str, send: Send, notices: Sequence[Notice]) -> None:
        match send:
            case Print():
                for notice in notices:
                    self._tools.show(query, notice)
            case Webhook():
                post_notices(self._fetchers[send.allow_private], send, query, notices)
            case Mail():
                send_mail(send, query, notices, self._tools.now())
            case AtomFile():
                write_atom(Path(send.path), query, notices, self._tools.now())
            case _:
                assert_never(send)


def _acts(count: int) -> str:
    return "1 act" if count == 1 else f"{count:,} acts"
