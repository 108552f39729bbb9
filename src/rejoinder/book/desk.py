"""The review desk of a book: what people judge, add, join and undo, and who said what."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from rejoinder.book.asked import Words as Several
from rejoinder.book.asked import act_query
from rejoinder.book.comparing import compare_changes
from rejoinder.book.judging import Said, Value, Words, judged, steps
from rejoinder.book.judging.history import history
from rejoinder.book.lookup import find_document
from rejoinder.book.summing import sum_up
from rejoinder.book.tools import Tools
from rejoinder.codebook import check
from rejoinder.draft import Coded
from rejoinder.records import Act, Judgement, Link, Merge
from rejoinder.store import Revising, Seen, Store, standing

__all__ = ["Desk"]

_ORDERS = ("uncertain", "text", "day", "newest")


class Desk:
    """What a book holds of people's judgements. All that is said is kept; the book as it is follows from it.

    ``by`` names who judges. ``final`` marks the word of an adjudicator, which goes before everybody else's of the same
    field. What one call says is one step, undone as one.
    """

    _store: Store
    _tools: Tools

    # judging

    def judge(self, subject: str, stands: bool | None, *, by: str, note: str = "", final: bool = False) -> Judgement:
        """Accept (True) or reject (False) an act, merge or link; None takes back what anybody said of that.

        ``subject`` is its id, or the beginning of one. An act that is accepted stays as it is now, whatever the coder
        finds later. What is decided between documents follows at once, and whatever is coded later.

        Raises UsageError where no or several acts, merges and links fit, where nobody is named, and where there is
        nothing to take back; StoreError where the book cannot be written.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            if stands is None:
                return steps.take_back(writing, subject, "stands", who)
            return steps.judge_all(writing, [subject], stands, who)[0]

    def judge_all(
        self, subjects: Iterable[str], stands: bool, *, by: str, note: str = "", final: bool = False
    ) -> tuple[Judgement, ...]:
        """Accept or reject several, in one step. Raises as :meth:`judge`; then none of them is judged."""
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            return steps.judge_all(writing, subjects, stands, who)

    def correct(
        self, act: str, values: Mapping[str, Value], *, by: str, note: str = "", final: bool = False
    ) -> tuple[Judgement, ...]:
        """Put ``values`` in place of what the act has in these fields (``rejoinder.book.judging.FIELDS``).

        A value is the thing itself or a text as docs/judging.md has it: {"kind": "REQUEST", "actor": "KOR MIL",
        "date": "2016-05-20"}; None or "none" where there is none. Fields that are not corrected follow the coder.

        Raises UsageError where no or several acts fit, and where a value is none that its field can have.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            return steps.correct(writing, act, values, who)

    def add_act(
        self,
        document: str,
        trigger: Words,
        kind: str,
        values: Mapping[str, Value] | None = None,
        *,
        by: str,
        note: str = "",
        final: bool = False,
    ) -> Act:
        """Add an act that the coder did not find, on the words ``trigger`` of the document.

        ``document`` is an id, the beginning of one, or a name; ``values`` as for :meth:`correct`. What they do not give
        is unknown: no side, no date; the clause is the sentence around the trigger.

        Raises UsageError where the act is there already, and where a value is none that its field can have.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            found = writing.document(find_document(writing, document)[0])
            assert found is not None, "the id was found a moment ago"
            return steps.add_act(writing, found, trigger, kind, values or {}, who=who)

    def link(
        self,
        answer: str,
        offer: str,
        how: str,
        *,
        instead: str | None = None,
        by: str,
        note: str = "",
        final: bool = False,
    ) -> Judgement:
        """Say that the act ``answer`` answers the act ``offer`` in the way ``how``, whether or not that was found.

        Later mentions stand for the first one in their document. In the same step the link ``instead`` (an id), which
        says otherwise, is rejected. Raises UsageError where an id fits no or several acts, ``how`` is no way of
        answering, or both are one act.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            return steps.link(writing, answer, offer, how, who, instead=instead)

    def merge(self, report: str, act: str, *, by: str, note: str = "", final: bool = False) -> Judgement:
        """Say that the act ``report`` tells of the same as ``act``, whether or not that was found.

        In one document that corrects ``same_as`` of ``report``. Raises UsageError where an id fits no or several acts,
        or they are one act already.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            return steps.merge(writing, report, act, who)

    def take_back(
        self, subject: str, field: str = "stands", *, by: str, note: str = "", final: bool = False
    ) -> Judgement:
        """Take back what anybody said of ``field``: what the coder says holds again.

        Raises UsageError where nothing is in force; what an adjudicator said, only a ``final`` word takes back.
        """
        who = steps.signed(by, note, final=final)
        with self._step() as writing:
            return steps.take_back(writing, subject, field, who)

    def undo(self, *, by: str, subject: str | None = None, note: str = "") -> tuple[Judgement, ...]:
        """Undo the last step of ``by`` (of those that judged ``subject``): the book is as if it had not been.

        Once more undoes the step before. What it said stays in the history. Raises UsageError where nothing is left.
        """
        who = steps.signed(by, note)
        with self._step() as writing:
            return steps.undo(writing, subject, who)

    @contextmanager
    def _step(self) -> Iterator[Revising]:
        with self._store.writing() as writing:
            yield writing
        compare_changes(self._store, self._tools.linker)
        sum_up(self._store, self._tools.threads)

    # who said what

    def judgements(self, subject: str | None = None) -> list[Judgement]:
        """All judgements, or those of the act, merge or link whose id begins with ``subject``, in order.

        Those taken back and undone are among them. Raises UsageError where no or several fit.
        """
        with self._store.reading() as reading:
            return steps.judgements_of(reading, subject)

    def history(self, subject: str, *, alone: str | None = None) -> tuple[Said, ...]:
        """What was said of an act, merge or link: who, when, and what the field had before and after.

        ``subject`` is its id, or the beginning of one. ``alone``: as if only this coder had said anything. Raises
        UsageError where no or several fit.
        """
        with self._store.reading() as reading:
            return history(reading, steps.named(reading, subject), alone)

    def judged_act(self, subject: str) -> Act | None:
        """The act with the id ``subject`` as whoever judged it last saw it, though it be rejected; None for others."""
        with self._store.reading() as reading:
            seen = [one.of for one in reading.rulings_of(subject) if isinstance(one.of, Seen)]
            return seen[-1].act if seen else None

    def rejected(self, document: str | None = None) -> list[Act]:
        """The acts that people rejected, of all documents or one, document by document in text order."""
        with self._store.reading() as reading:
            docs = reading.judged_docs() if document is None else find_document(reading, document)
            found: list[Act] = []
            for doc in docs:
                acts = [each["stands"] for each in standing(reading.rulings_in(doc)).values() if "stands" in each]
                gone = [one.of.act for one in acts if isinstance(one.of, Seen) and one.said.value == "no"]
                found += sorted(gone, key=lambda act: (act.span, act.trigger, act.id))
            return found

    def coders(self) -> list[str]:
        """Everybody who judged anything, sorted."""
        with self._store.reading() as reading:
            return reading.judges()

    def coded_by(self, name: str) -> Iterator[Coded]:
        """The documents in which ``name`` judged something, with his judgements alone, in the order first kept.

        What others said, adjudicators too, plays no part: so two who code the same blindly can be compared.
        """
        with self._store.reading() as reading:
            for doc in reading.judged_docs(name):
                coded, rulings = reading.machine(doc), reading.rulings_in(doc)
                if coded is not None and standing(rulings, name):
                    yield judged(coded, rulings, only=name)

    def machine(self) -> Iterator[Coded]:
        """The documents in which anybody judged something as the coder alone has them, in the order first kept."""
        with self._store.reading() as reading:
            for doc in reading.judged_docs():
                coded = reading.machine(doc)
                if coded is not None:
                    yield coded

    # what is to be judged

    def queue(
        self,
        *,
        order: str = "uncertain",
        kind: Several = None,
        dyad: str | None = None,
        document: str | None = None,
        by: str | None = None,
        without: Collection[str] = (),
        limit: int = 50,
    ) -> list[Act]:
        """Acts that nobody judged yet, or where ``by`` is given that he did not judge, later mentions among them.

        ``order``: "uncertain" (the least certain first), "text" (document by document), "day" (the oldest first) or
        "newest". ``without`` are ids to be left out, such as those that were skipped. Raises UsageError as
        :meth:`Book.acts`.
        """
        check("order", order, _ORDERS)
        query = act_query(kind=kind, dyad=dyad, reviewed=None if by else False)
        with self._store.reading() as reading:
            docs = None if document is None else tuple(find_document(reading, document))
            return reading.to_review(query, order=order, documents=docs, by=by, without=without, limit=limit)

    def queue_links(self, *, without: Collection[str] = (), limit: int = 50) -> list[Link]:
        """Links that nobody judged, the least certain first; ``without`` are ids to be left out."""
        with self._store.reading() as reading:
            return reading.links_to_review(without=without, limit=limit)

    def queue_merges(self, *, without: Collection[str] = (), limit: int = 50) -> list[Merge]:
        """Merges that nobody judged, the least certain first; ``without`` are ids to be left out."""
        with self._store.reading() as reading:
            return reading.merges_to_review(without=without, limit=limit)


def earlier_state(store: Store, when: dt.datetime, compare: Callable[[Store], None]) -> Store:
    """``store`` as people left it at ``when``: a copy of the file without what they said later, and what follows.

    Only what was judged is of that time; what was read and coded is today's. Closing it removes the copy.
    """
    with store.reading() as reading:
        if not reading.said_after(when):
            return Store.open(store.path, readonly=True)
    copy = store.copied()
    try:
        with copy.writing() as writing:
            later = writing.said_after(when)
            writing.forget([one for one, _ in later])
            for doc in sorted({doc for _, doc in later if doc is not None}):
                steps.refold(writing, doc)
        compare(copy)
    except BaseException:
        copy.close()
        raise
    copy.readonly = True
    return copy
