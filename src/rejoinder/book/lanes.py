"""What the review desk asks besides its queue: how much is judged, where coders differ, what one alone sees."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rejoinder.book.asked import Words as Several
from rejoinder.book.asked import act_query, only
from rejoinder.book.judging import judged
from rejoinder.book.lookup import find_document
from rejoinder.codebook import check
from rejoinder.codebook.dyads import dyads_of
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.records import Act, Document
from rejoinder.store import ActQuery, Ruling, Seen, Store, standing

__all__ = ["Lanes"]

_WHATS = ("acts", "links", "merges")
_REJECTED = "no"
_STANDS = "stands"


class Lanes:
    """What can be asked about what is to be judged."""

    _store: Store

    def judged_of(
        self, what: str = "acts", *, kind: Several = None, dyad: str | None = None, document: str | None = None
    ) -> tuple[int, int]:
        """How many of all acts (``what``: or links, or merges) somebody judged, and how many there are.

        Rejected ones are among both. Raises UsageError as ``Book.queue``.
        """
        check("thing that is judged", what, _WHATS)
        query = act_query(kind=kind, dyad=dyad)
        with self._store.reading() as reading:
            if what != "acts":
                return reading.joins_judged("link" if what == "links" else "merge")
            docs = None if document is None else tuple(find_document(reading, document))
            there, reviewed = reading.reviewed_of(query, docs)
            gone = sum(_fits(act, query, docs) for act in _rejected(reading.rulings_gone()))
            return reviewed + gone, there + gone

    def queue_differing(
        self,
        *,
        kind: Several = None,
        dyad: str | None = None,
        document: str | None = None,
        without: Collection[str] = (),
        limit: int = 50,
    ) -> list[Act]:
        """Acts of which two coders say otherwise and no adjudicator has spoken, those with most such fields first.

        Acts that one of them rejected are among them. Raises UsageError as ``Book.queue``.
        """
        query = act_query(kind=kind, dyad=dyad)
        with self._store.reading() as reading:
            docs = tuple(reading.judged_docs()) if document is None else tuple(find_document(reading, document))
            found: list[tuple[int, str, Act]] = []
            for doc in docs:
                rulings = reading.rulings_in(doc)
                for subject, fields in _differing(rulings).items():
                    act = reading.acts_by_id([subject]).get(subject) or _seen(rulings, subject)
                    if act is not None and subject not in without and _fits(act, query, None):
                        found.append((-len(fields), subject, act))
        return [act for _, _, act in sorted(found, key=lambda one: one[:2])[:limit]]

    def queue_alone(
        self, by: str, documents: Sequence[str], *, without: Collection[str] = (), limit: int = 50
    ) -> list[Act]:
        """Acts of ``documents`` (ids) of which ``by`` said nothing, in text order, as if nobody else had judged them.

        So two who code the same blindly see the same, whoever of them comes first.
        """
        found: list[Act] = []
        with self._store.reading() as reading:
            said = reading.judged_by(by) | set(without)
            for doc in documents:
                coded = reading.machine(doc)
                if coded is not None:
                    acts = judged(coded, reading.rulings_in(doc), only=by).acts
                    found += [act for act in acts if act.id not in said]
                if len(found) >= limit:
                    break
        return found[:limit]

    def judged_alone(self, by: str, documents: Sequence[str]) -> tuple[int, int]:
        """How many acts of ``documents`` (ids) ``by`` judged, and how many there are as if nobody else had judged."""
        done = every = 0
        with self._store.reading() as reading:
            said = reading.judged_by(by)
            for doc in documents:
                coded, rulings = reading.machine(doc), reading.rulings_in(doc)
                mine = {one.said.subject for one in rulings if isinstance(one.of, Seen) and one.said.subject in said}
                acts = () if coded is None else judged(coded, rulings, only=by).acts
                done += len(mine)
                every += len(mine | {act.id for act in acts})
        return done, every

    def coded_alone(self, by: str, document: str) -> Coded | None:
        """What was found in the document with the id ``document``, as if only ``by`` had judged; None: not coded."""
        with self._store.reading() as reading:
            coded = reading.machine(document)
            return None if coded is None else judged(coded, reading.rulings_in(document), only=by)

    def acts_in(self, document: str) -> list[Act]:
        """All acts of the document with the id ``document``, later mentions too, in text order."""
        with self._store.reading() as reading:
            return reading.acts_of(document)

    def act_at_desk(self, act_id: str, *, alone: str | None = None) -> tuple[Act, Document]:
        """The act with the id ``act_id``, or the only one whose id begins so, with its document.

        One that was rejected is given as it was then. ``alone``: as if only this coder had judged. Raises UsageError.
        """
        with self._store.reading() as reading:
            subject = only(act_id, {*reading.act_ids(act_id), *reading.judged_ids(act_id, acts=True)}, "act")
            rulings = reading.rulings_of(subject)
            act = reading.acts_by_id([subject]).get(subject) or _seen(rulings, subject)
            if act is None:
                raise UsageError(f"The act {subject} is no longer in the book. Go on with the next one.")
            if alone is not None:
                coded = reading.machine(act.doc)
                acts = () if coded is None else judged(coded, reading.rulings_in(act.doc), only=alone).acts
                mine = _seen([one for one in rulings if one.said.by == alone], subject)
                act = next((one for one in acts if one.id == subject), mine or act)
            document = reading.document(act.doc)
        assert document is not None, "an act cannot be stored without its document"
        return act, document


def _differing(rulings: Sequence[Ruling]) -> Mapping[str, set[str]]:
    """The fields that two coders judged otherwise, by the act's id; a final word settles a field."""
    of_acts = [one for one in rulings if isinstance(one.of, Seen)]
    said: dict[tuple[str, str], set[str | None]] = {}
    for name in sorted({one.said.by for one in of_acts}):
        for subject, fields in standing(of_acts, name).items():
            for field, one in fields.items():
                said.setdefault((subject, field), set()).add(one.said.value)
    settled = {(one.said.subject, one.said.field) for one in of_acts if one.said.final}
    found: dict[str, set[str]] = {}
    for (subject, field), values in said.items():
        if len(values) > 1 and (subject, field) not in settled:
            found.setdefault(subject, set()).add(field)
    return found


def _rejected(rulings: Sequence[Ruling]) -> Iterator[Act]:
    """The acts that somebody rejected, as they were then."""
    for fields in standing(rulings).values():
        one = fields.get(_STANDS)
        if one is not None and one.said.value == _REJECTED and isinstance(one.of, Seen):
            yield one.of.act


def _seen(rulings: Sequence[Ruling], subject: str) -> Act | None:
    """The act as whoever judged it last had it before him."""
    of = [one.of for one in rulings if one.said.subject == subject]
    last = of[-1] if of else None
    return last.act if isinstance(last, Seen) else None


def _fits(act: Act, query: ActQuery, docs: Collection[str] | None) -> bool:
    return (
        (not query.kinds or act.kind in query.kinds)
        and (query.dyad is None or query.dyad in dyads_of(act))
        and (docs is None or act.doc in docs)
    )
