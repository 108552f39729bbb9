"""Feeds polled in their time, for ever or once; a feed that fails is left alone for longer each time."""

from rejoinder.book import Book
from rejoinder.errors import FetchError, InputError
from rejoinder.watch.keep import Keeper
from rejoinder.watch.memory import Memory
from rejoinder.watch.outbox import Outbox
from rejoinder.watch.plan import Feed, Plan
from rejoinder.watch.poll import Poll
from rejoinder.watch.session import Session
from rejoinder.watch.tools import Tools

__all__ = ["USUAL_SECONDS", "Watch"]

USUAL_SECONDS = 15 * 60.0
"""Between two polls of a feed where nobody says otherwise."""

_LONGEST_BACKOFF = 24 * 3600.0
_OUTBOX_SECONDS = 15 * 60.0
_LONGEST_SLEEP = 60.0
"""The clock is looked at this often: it may be set, and machines are put to sleep."""


class Watch:
    """Watches the feeds of ``plan`` into ``book``, with the memory that ``keeper`` holds."""

    def __init__(self, book: Book, plan: Plan, tools: Tools, keeper: Keeper, every: float = USUAL_SECONDS) -> None:
        """``every``: seconds between polls of feeds that do not say theirs. Raises StoreError."""
        self._plan = plan
        self._tools = tools
        self._every = every
        self._memory: Memory = keeper.load()
        self._session = Session(plan, tools, keeper, self._memory)
        self._outbox = Outbox(self._session)
        self._poll = Poll(book, self._session, self._outbox)
        self._outbox_due = 0.0

    def once(self) -> bool:
        """Poll every feed now, and send what there is to be sent; whether all of that went well."""
        self._go_on()
        read = [self._feed(feed) for feed in self._plan.feeds]
        return self._outbox.empty() and all(read)

    def forever(self) -> None:
        """Poll each feed when it is due, until an exception (KeyboardInterrupt) ends it; the memory is kept by then."""
        self._go_on()
        while True:
            for feed in self._plan.feeds:
                if self._due(feed) <= self._now():
                    self._feed(feed)
                    self._empty()
            if self._memory.outbox and self._outbox_due <= self._now():
                self._empty()
            self._rest()

    def _go_on(self) -> None:
        """Finish what an earlier run began."""
        self._outbox.forget_others()
        found = self._poll.ask_queries()
        if found:
            self._tools.tell(f"going on where the last run ended: {found:,} found by queries")
        self._empty()

    def _feed(self, feed: Feed) -> bool:
        """Poll ``feed``, and set when to do so again; whether it could be read."""
        remembered = self._memory.feed(feed.url)
        every = feed.every or self._every
        try:
            self._poll.feed(feed)
        except (FetchError, InputError) as error:
            remembered.failures += 1
            asked = error.again_in or 0.0 if isinstance(error, FetchError) else 0.0
            wait = max(min(every * 2 ** min(remembered.failures, 16), max(_LONGEST_BACKOFF, every)), asked)
            why = str(error) if isinstance(error, FetchError) else f"{feed.url}: {error}"
            self._tools.tell(f"{why} Asked again in {_in_words(wait)}.")
            remembered.due = self._now() + wait
            self._session.save()
            return False
        remembered.failures = 0
        remembered.due = self._now() + every
        self._session.save()
        return True

    def _due(self, feed: Feed) -> float:
        """When to poll ``feed``; at once where the clock or the plan has changed so that it would be too far off."""
        remembered = self._memory.feed(feed.url)
        every = feed.every or self._every
        if not remembered.failures and remembered.due > self._now() + every:
            return 0.0
        return remembered.due

    def _empty(self) -> None:
        self._outbox.empty()
        self._outbox_due = self._now() + _OUTBOX_SECONDS

    def _rest(self) -> None:
        next_due = min(self._due(feed) for feed in self._plan.feeds)
        if self._memory.outbox:
            next_due = min(next_due, self._outbox_due)
        wait = min(next_due - self._now(), _LONGEST_SLEEP)
        if wait > 0:
            self._tools.sleep(wait)

    def _now(self) -> float:
        return self._tools.now().timestamp()


def _in_words(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.0f} hours"
