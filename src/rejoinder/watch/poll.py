"""One feed, asked once: what is new in it is fetched, coded, and put to the queries.

Each step that has happened is remembered before the next one depends on it:

1. the feed's new entries become waiting ones;
2. before a document that the book does not know is coded, its id is noted as being coded;
3. when its entry is done with, it no longer waits;
4. when all are coded and linked, the queries are asked about the documents noted, and what they find waits in the
   outbox, in the same stroke in which the notes are taken away.

A program that dies in between goes on where it was: what waited still waits, and what was noted is asked about.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from rejoinder.book import Book
from rejoinder.errors import FetchError, InputError, RejoinderError, UsageError
from rejoinder.fetch import Fetched, Fetcher
from rejoinder.read import InputFailure
from rejoinder.read.lists.listing import Entry
from rejoinder.read.lists.web import MOST_PAGES, source_of
from rejoinder.read.source import Facts, Source
from rejoinder.records import Document
from rejoinder.watch.match import matching
from rejoinder.watch.memory import FeedMemory, Waiting, waiting_of
from rejoinder.watch.outbox import Outbox
from rejoinder.watch.plan import Feed
from rejoinder.watch.session import Session

__all__ = ["Poll"]

_MOST_TRIES = 5
"""So many polls a page that cannot be had is tried in."""

_MOST_LISTED = 2000
"""Entries taken from one feed at a time: none that people make has more."""

_MOST_FAILURES = 3
"""After so many pages in a row that fail for now, the rest is left for the next poll: other feeds are waiting."""


class Poll:
    """Polls feeds into ``book``; what the queries find goes into ``outbox``."""

    def __init__(self, book: Book, session: Session, outbox: Outbox) -> None:
        self._book = book
        self._session = session
        self._tools = session.tools
        self._memory = session.memory
        self._outbox = outbox
        self._fetcher: Fetcher = session.tools.fetcher(session.plan.rules)

    def feed(self, feed: Feed) -> None:
        """Ask ``feed`` once, and code what is new. Raises FetchError or InputError where the feed cannot be read."""
        remembered = self._memory.feed(feed.url)
        new = self._listed(feed, remembered)
        self._session.save()
        waiting = len(remembered.waiting)
        report = self._book.code_documents(self._documents(remembered), self._tools.coded, at_once=1)
        found = self.ask_queries()
        old = f", {waiting - new:,} left from before" if waiting > new else ""
        coded = report.coded + report.partly
        self._tools.tell(f"{feed.url}: {new:,} new{old}; {coded:,} coded, {found:,} found by queries")

    def ask_queries(self) -> int:
        """Ask the queries about the documents noted as being coded, and let what they find wait; how much that is."""
        if not self._memory.coding:
            return 0
        fresh = [doc for doc in self._memory.coding if _holds(self._book, doc)]
        found = 0
        for query in self._session.plan.queries:
            notices = list(matching(self._book, query, fresh))
            found += len(notices)
            self._outbox.put(query, notices)
        self._memory.coding.clear()
        self._session.save()
        return found

    def _listed(self, feed: Feed, remembered: FeedMemory) -> int:
        """Ask for the feed and take in what it lists; the number of new entries."""
        got = self._fetcher.get(feed.url, etag=remembered.etag, modified=remembered.modified)
        if got.not_modified:
            return 0
        entries = [waiting_of(entry, feed.outlet, follow=feed.follow) for entry in self._entries(got)]
        remembered.etag, remembered.modified = got.etag, got.last_modified
        return remembered.note(entries)

    def _entries(self, got: Fetched) -> list[Entry]:
        """The entries of a feed. Raises InputError where there is none, and where the reader itself breaks on it."""
        try:
            return list(islice(self._tools.readers.entries(got.body, got.final_url), _MOST_LISTED))
        except RejoinderError:
            raise
        except Exception as error:
            raise InputError(f"it cannot be read ({type(error).__name__}: {error}); this is a bug.") from error

    def _documents(self, remembered: FeedMemory) -> Iterator[Document]:
        """What the waiting entries hold, oldest first; the caller asks for the next one when one is in the book."""
        failed = 0
        for entry in remembered.waiting[:MOST_PAGES]:
            if failed == _MOST_FAILURES:
                break
            try:
                for item in self._read(entry):
                    if isinstance(item, InputFailure):
                        self._tools.tell(f"  {item}")
                    else:
                        self._note(item)
                        yield item
            except FetchError as error:
                failed = failed + 1 if error.passing else 0
                self._put_off(remembered, entry, error)
            else:
                failed = 0
                remembered.waiting.remove(entry)
        self._session.save()

    def _read(self, entry: Waiting) -> Iterator[Document | InputFailure]:
        facts = Facts(
            title=entry.title,
            outlet=entry.outlet,
            author=entry.author,
            published=entry.published,
            dated_by=entry.dated_by,
        )
        if entry.text is not None or entry.link is None:
            yield _own_words(entry, facts)
        else:
            yield from self._read_page(source_of(self._fetcher.get(entry.link), facts))

    def _read_page(self, source: Source) -> list[Document | InputFailure]:
        try:
            return list(self._tools.readers.documents(source))
        except RejoinderError as error:
            return [InputFailure(source.origin, str(error))]
        except Exception as error:  # noqa: BLE001 (one odd page must not end the watching, now and at each new start)
            return [InputFailure(source.origin, f"it cannot be read ({type(error).__name__}: {error}); this is a bug.")]

    def _note(self, document: Document) -> None:
        """Remember that ``document`` is about to be coded, where the book does not know it."""
        if document.id not in self._memory.coding and not _holds(self._book, document.id):
            self._memory.coding.append(document.id)
        self._session.save()

    def _put_off(self, remembered: FeedMemory, entry: Waiting, error: FetchError) -> None:
        """Try again in a later poll where that may help."""
        at = remembered.waiting.index(entry)
        if error.passing and entry.tries + 1 < _MOST_TRIES:
            remembered.waiting[at] = replace(entry, tries=entry.tries + 1)
            self._tools.tell(f"  {error} It is tried again at the next poll.")
        else:
            del remembered.waiting[at]
            self._tools.tell(f"  {error} It is given up.")


def _own_words(entry: Waiting, facts: Facts) -> Document | InputFailure:
    """What the feed itself carries of an entry."""
    origin = entry.link or entry.title or "an entry without title"
    if not (entry.text or "").strip():
        return InputFailure(origin, "the feed carries no words of it. Set follow = true to fetch its page.")
    return Document(
        text=entry.text or "",
        name=entry.link or entry.key,
        title=facts.title,
        outlet=facts.outlet,
        url=entry.link,
        published=facts.published,
        origin=origin,
        author=facts.author,
        dated_by=facts.dated_by,
    )


def _holds(book: Book, doc: str) -> bool:
    try:
        book.document(doc)
    except UsageError:
        return False
    return True
