"""What watching remembers: which entries it has seen, what is under way, and what waits to be sent.

It is altered in place while a poll goes on, and written after each step that must not be lost or done twice.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from rejoinder.read.lists.listing import Entry
from rejoinder.records import digest
from rejoinder.watch.notice import Notice

__all__ = ["FeedMemory", "Memory", "Waiting", "waiting_of"]

_MOST_SEEN = 5000
"""Entries remembered of a feed beyond those it still lists. An older one that returns is fetched again, to no harm: the
book knows its text."""

_MOST_SENT = 20_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of a feed that is not read yet. ``tries`` counts how often its page could not be had."""

    key: str
    link: str | None = None
    title: str | None = None
    published: dt.date | None = None
    dated_by: str | None = None
    author: str | None = None
    outlet: str | None = None
    text: str | None = None
    tries: int = 0


@dataclass(slots=True)
class FeedMemory:
    """What is remembered of a feed. ``due`` is when to ask again, in seconds of the epoch."""

    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    seen: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    def note(self, listed: Iterable[Waiting]) -> int:
        """Take in what the feed lists, newest first; the number of entries never seen before."""
        entries = list({entry.key: entry for entry in listed}.values())
        known = set(self.seen)
        new = [entry for entry in reversed(entries) if entry.key not in known]
        self.waiting += new
        now_listed = {entry.key for entry in entries}
        others = [key for key in self.seen if key not in now_listed]
        self.seen = others[-_MOST_SEEN:] + [entry.key for entry in entries]
        return len(new)


@dataclass(slots=True)
class Memory:
    """All that is remembered.

    ``coding`` are the ids of documents that were new to the book when their coding began, and whose acts no query was
    asked about yet. ``outbox`` and ``sent`` hold, by ``Query.key``, what waits and the ids of acts that went out.
    """

    feeds: dict[str, FeedMemory] = field(default_factory=dict)
    coding: list[str] = field(default_factory=list)
    outbox: dict[str, list[Notice]] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)

    def feed(self, url: str) -> FeedMemory:
        """What is remembered of the feed at ``url``."""
        return self.feeds.setdefault(url, FeedMemory())

    def put(self, key: str, notices: Iterable[Notice]) -> None:
        """Let ``notices`` wait to be sent, but none twice."""
        box = self.outbox.setdefault(key, [])
        known = {*self.sent.get(key, ()), *(notice.act for notice in box)}
        box += [notice for notice in notices if notice.act not in known]

    def went_out(self, key: str, notices: Collection[Notice]) -> None:
        """Note that ``notices`` were sent."""
        gone = {notice.act for notice in notices}
        self.outbox[key] = [notice for notice in self.outbox.get(key, ()) if notice.act not in gone]
        if not self.outbox[key]:
            del self.outbox[key]
        self.sent[key] = [*self.sent.get(key, ()), *(notice.act for notice in notices)][-_MOST_SENT:]


def waiting_of(entry: Entry, outlet: str | None, *, follow: bool) -> Waiting:
    """``entry`` of a feed, which is that of ``outlet`` whatever the feed calls itself.

    Where the feed carries its whole text, or its page is not to be fetched, it comes with the words that the feed has.
    It counts as new where what the feed calls it (or its link) is, or its title: a text that was corrected often comes
    under a new title.
    """
    words = entry.text or (None if follow and entry.link else _short(entry))
    return Waiting(
        key=digest("entry", entry.id or entry.link or words, entry.title),
        link=entry.link,
        title=entry.title,
        published=entry.published.date() if isinstance(entry.published, dt.datetime) else entry.published,
        dated_by=entry.dated_by,
        author=entry.author,
        outlet=outlet or entry.outlet,
        text=words,
    )


def _short(entry: Entry) -> str:
    """What a feed says of an entry in short, under its title."""
    title, summary = (entry.title or "").strip(), (entry.summary or "").strip()
    return summary if summary.startswith(title) else f"{title}\n\n{summary}".strip()
