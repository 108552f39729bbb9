"""What screens ask of a book: lists page by page, counts, a document with its acts, an offer with its answers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast, get_args

from rejoinder.book.article import Article, Beside, article, beside, layout_of, threads_with
from rejoinder.book.asked import Day, Words, act_query, kinds_of, since_day, status_of, until_day
from rejoinder.book.browsing import (
    ActOrder,
    Leaf,
    ThreadLeaf,
    ThreadOrder,
    counts,
    leaf,
    overview,
    pairs,
    spread,
    thread_leaf,
)
from rejoinder.book.exchange import Exchange, exchange, sentences
from rejoinder.book.lookup import find_act, find_document, find_thread
from rejoinder.book.overview import By, Count, Overview, Pair
from rejoinder.book.results import Evidence
from rejoinder.book.summing import Keeper
from rejoinder.book.tools import Tools
from rejoinder.book.troubles import Troubles, troubles
from rejoinder.codebook import check, codebook
from rejoinder.codebook.dyads import parse_dyad
from rejoinder.draft import Paragraph
from rejoinder.errors import UsageError
from rejoinder.records import Act, Document, Thread
from rejoinder.store import Reading, Store, ThreadQuery

__all__ = ["Leaves"]


class Leaves:
    """What is shown of a book of any size."""

    _store: Store
    _tools: Tools
    _keeper: Keeper

    def leaf(
        self,
        *,
        kind: Words = None,
        dyad: str | None = None,
        actor: str | None = None,
        target: str | None = None,
        since: Day = None,
        until: Day = None,
        issue: str | None = None,
        channel: str | None = None,
        realis: str | None = None,
        background: bool | None = None,
        answered: bool | None = None,
        min_score: float | None = None,
        text: str | None = None,
        outlet: str | None = None,
        status: Words = None,
        reviewed: bool | None = None,
        limit: int = 50,
        offset: int = 0,
        newest: bool = True,
        order: ActOrder | None = None,
    ) -> Leaf:
        """A page of the acts for which all that is given holds, as :meth:`acts` finds them.

        ``status``: only acts that open a thread which stands so. ``order`` is "newest" or "oldest" first (undated last
        either way), "surest" or "doubtful" first; where it is not given, ``newest`` decides. Raises UsageError as
        :meth:`acts` does, and where the order is none.
        """
        wanted = _one_of("order", order or ("newest" if newest else "oldest"), get_args(ActOrder))
        query = act_query(
            kind=kind,
            dyad=dyad,
            actor=actor,
            target=target,
            since=since,
            until=until,
            issue=issue,
            channel=channel,
            realis=realis,
            background=background,
            min_score=min_score,
            text=text,
            outlet=outlet,
            reviewed=reviewed,
        )
        query = replace(query, statuses=status_of(status))
        with self._summed() as reading:
            return leaf(
                reading,
                query,
                answered=answered,
                limit=max(0, limit),
                offset=max(0, offset),
                order=cast("ActOrder", wanted),
            )

    def counts(
        self, dyad: str, since: Day = None, until: Day = None, *, by: By = "day", background: bool = True
    ) -> list[Count]:
        """How many acts of each kind each side of ``dyad`` did: day by day, or by month or year (undated last).

        Only acts whose first possible day lies in ``since`` .. ``until``; an undated one lies in none. Of a busy dyad
        there are very many days: ask for months first, and for days of some years. Without ``background`` old news is
        left out. Raises UsageError.
        """
        first, last, unit = since_day(since), until_day(until), _one_of("period", by, get_args(By))
        with self._summed() as reading:
            return counts(reading, parse_dyad(dyad), first, last, cast("By", unit), background=background)

    def spread(self, dyad: str, since: Day = None, until: Day = None, *, most: int = 20_000) -> list[Count] | None:
        """How many acts each side of ``dyad`` did by kind, first and last possible day, undated last.

        Of those that may have been in ``since`` .. ``until``; None where there are more than ``most``: then
        :meth:`counts` by month or year tells of them. Raises UsageError.
        """
        with self._store.reading() as reading:
            return spread(reading, parse_dyad(dyad), since_day(since), until_day(until), most)

    def pairs(self, since: Day = None, until: Day = None, *, background: bool = False) -> list[Pair]:
        """Who acted on whom, how often and by which quad class, in order of the codes; ``since``/``until`` as above.

        Raises BadDate.
        """
        with self._summed() as reading:
            return pairs(reading, since_day(since), until_day(until), background=background)

    def newest(self) -> dt.date | None:
        """The latest publication day of any document."""
        with self._store.reading() as reading:
            return reading.newest()

    def overview(self, *, most: int = 40) -> Overview:
        """The book at a glance: documents, acts, threads, and the ``most`` busiest dyads, each with its months."""
        with self._summed() as reading:
            return overview(reading, max(0, most))

    def thread_leaf(
        self,
        *,
        dyad: str | None = None,
        issue: str | None = None,
        status: Words = None,
        kind: Words = None,
        since: Day = None,
        until: Day = None,
        order: ThreadOrder = "newest",
        limit: int = 50,
        offset: int = 0,
    ) -> ThreadLeaf:
        """A page of the threads that :meth:`threads` finds, whose opening act is of ``kind``.

        ``order`` is "newest" or "oldest" offer first (undated last either way), or longest "silence" first. Raises
        UsageError where an argument is none of what is allowed.
        """
        query = ThreadQuery(
            dyad=None if dyad is None else parse_dyad(dyad),
            issue=None if issue is None else check("issue", issue, codebook().issues),
            kinds=kinds_of(kind),
            statuses=status_of(status),
            since=since_day(since),
            until=until_day(until),
        )
        wanted = cast("ThreadOrder", _one_of("order", order, get_args(ThreadOrder)))
        with self._summed() as reading:
            return thread_leaf(
                reading, self._tools.threads, query, limit=max(0, limit), offset=max(0, offset), order=wanted
            )

    def thread(self, thread_id: str) -> Thread:
        """The thread with the id ``thread_id`` or the only one whose id begins so, or the one that this act opens.

        Only here a thread says what was done in its dyad meanwhile. Raises UsageError where there is none, or are
        several.
        """
        with self._summed() as reading:
            return find_thread(reading, self._tools.threads, thread_id)

    def exchange(self, thread_id: str) -> Exchange:
        """The thread that :meth:`thread` finds, laid out in time: what each side said, and the silence between."""
        thread = self.thread(thread_id)
        with self._store.reading() as reading:
            return exchange(reading, thread)

    def sentences(self, acts: Iterable[Act]) -> dict[str, Evidence]:
        """The clause of each of ``acts`` in its sentence, by act id."""
        with self._store.reading() as reading:
            return sentences(reading, acts)

    def document(self, document: str) -> Document:
        """The document with this id, the only one whose id begins so, or the first of this name. Raises UsageError."""
        with self._store.reading() as reading:
            found = reading.document(find_document(reading, document)[0])
        assert found is not None, "the id was found a moment ago"
        return found

    def article(self, document: str) -> Article:
        """A document, named as for :meth:`document`, with all that was found in it. Raises UsageError."""
        with self._store.reading() as reading:
            return article(reading, document)

    def layout(self, document: str) -> tuple[Paragraph, ...]:
        """What of a document's text is headline, story, caption, byline or furniture, in order. Raises UsageError."""
        return layout_of(self.document(document))

    def beside(self, act_id: str) -> Beside:
        """The acts before and after an act in the text that tells of it. Raises UsageError."""
        with self._store.reading() as reading:
            return beside(reading, find_act(reading, act_id))

    def threads_with(self, act_id: str) -> list[Thread]:
        """The threads that an act, or another report of it, opens or answers in. Raises UsageError."""
        with self._store.reading() as reading:
            return threads_with(reading, self._tools.threads, find_act(reading, act_id))

    def troubles(self, *, limit: int = 100) -> Troubles:
        """How often each problem came up, and the last ``limit`` documents that could not be coded to the end."""
        with self._store.reading() as reading:
            return troubles(reading, limit)

    @contextmanager
    def _summed(self) -> Iterator[Reading]:
        """A view for pages, whose summaries have been kept up as far as that is quickly done."""
        self._keeper.keep_up()
        with self._store.reading() as reading:
            yield reading


def _one_of(what: str, word: str, allowed: Sequence[str]) -> str:
    if word not in allowed:
        raise UsageError(f"{word!r} is no {what}. Give one of {', '.join(allowed)}.")
    return word
