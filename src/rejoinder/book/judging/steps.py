"""What people do at the review desk, one step at a time: accept, reject, correct, add, join, take back, undo.

A step is checked in full before anything is written; then all that it says is added to the log, and the documents it
touches are folded anew.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.book.asked import only
from rejoinder.book.judging.fields import FIELDS, applied
from rejoinder.book.judging.fold import ADDED, STANDS, besides, judged, reviewed, seen
from rejoinder.book.judging.given import Value, Words, kept, words_at
from rejoinder.codebook import check, codebook
from rejoinder.errors import UsageError
from rejoinder.link.profile import sentence_ends
from rejoinder.records import Act, Document, How, Judgement, Link, Merge, Side, Span, digest
from rejoinder.store import Original, Reading, Revising, Ruling, Seen, dump, standing

__all__ = [
    "Signed",
    "add_act",
    "correct",
    "judge_all",
    "judgements_of",
    "link",
    "merge",
    "named",
    "refold",
    "signed",
    "take_back",
    "undo",
]

_HINT = ", as `rejoinder why` shows it"
_NAMED = "act, merge or link"
_VALUES = {True: "yes", False: "no"}

Said = tuple[Ruling, str | None]
"""What is to be said, and the document it is kept with."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who judges, when, and why. ``final``: as an adjudicator."""

    by: str
    at: dt.datetime
    note: str = ""
    final: bool = False

    def says(self, subject: str, field: str, value: str | None, of: Seen | Link | Merge) -> Ruling:
        """The judgement ``value`` of ``field`` of what is judged."""
        return Ruling(Judgement(subject, field, value, self.by, self.at, self.note, final=self.final), of)


def signed(by: str, note: str, *, final: bool = False) -> Signed:
    """Who judges now. Raises UsageError where nobody is named, or in characters that cannot be kept."""
    name = _storable("name", by)
    if not name:
        raise UsageError("A judgement without a name cannot be kept. Say who judges.")
    return Signed(name, dt.datetime.now(dt.UTC), _storable("note", note), final)


def judge_all(writing: Revising, starts: Iterable[str], stands: bool, who: Signed) -> tuple[Judgement, ...]:
    """Say of each act, merge or link whether it stands. Raises UsageError where an id names none, or several."""
    of = {one: _of(writing, one) for one in dict.fromkeys(named(writing, start) for start in starts)}
    return _say(writing, [(who.says(one, STANDS, _VALUES[stands], what), doc) for one, (what, doc) in of.items()])


def take_back(writing: Revising, start: str, field: str, who: Signed) -> Judgement:
    """Take back what was said of ``field``. Raises UsageError where nothing is in force that could be."""
    subject = named(writing, start)
    fields = standing(writing.rulings_of(subject)).get(subject, {})
    if field not in fields or (fields[field].said.final and not who.final):
        why = "by an adjudicator" if field in fields else "in force"
        remedy = "Say whether it stands." if field == STANDS else "Correct the field, or undo a step."
        what = subject if field == STANDS else f"{field} of {subject}"
        if field in fields:
            raise UsageError(f"The judgement of {what} is one {why}, and only one can take it back. {remedy}")
        raise UsageError(f"No judgement of {what} is {why} that could be taken back. {remedy}")
    of, doc = _of(writing, subject)
    return _say(writing, [(who.says(subject, field, None, of), doc)])[0]


def correct(writing: Revising, start: str, values: Mapping[str, Value], who: Signed) -> tuple[Judgement, ...]:
    """Put ``values`` in place of what an act has in these fields.

    Raises UsageError where there is no such act, it was rejected, or a value is none that its field can have.
    """
    act, document = _act(writing, start)
    texts = _texts(writing, values, act, document)
    of, doc = _of(writing, act.id)
    return _say(writing, [(who.says(act.id, field, text, of), doc) for field, text in texts.items()])


def add_act(
    writing: Revising, document: Document, trigger: Words, kind: str, values: Mapping[str, Value], *, who: Signed
) -> Act:
    """Add an act that the coder did not find. What ``values`` do not give is unknown; its clause is the sentence.

    Raises UsageError where it is there already, and where a value is none that its field can have.
    """
    words = words_at(trigger, document)
    is_a = check("kind", kind, codebook().kinds)
    act_id = digest("act", document.id, words.start, words.end, is_a)
    if writing.acts_by_id([act_id]):
        raise UsageError(f"That act is there already: {act_id}. Correct or accept it.")
    bare = Act(act_id, document.id, is_a, _sentence(document, words), words, Side(""), coder=who.by)
    act = bare
    for field, text in _texts(writing, values, bare, document).items():
        act = applied(act, field, text, document)
    coded = writing.machine(document.id)
    assert coded is not None, "it is a document of the book"
    if any(one.id == act_id for one in coded.acts):
        raise UsageError(f"The coder found that act, and somebody rejected it: {act_id}. Accept it.")
    of = Seen(act, beside=besides(coded.acts, act.trigger, None))
    _say(writing, [(who.says(act_id, ADDED, dump(act), of), document.id)])
    return writing.acts_by_id([act_id])[act_id]


def link(writing: Revising, answer: str, offer: str, how: str, who: Signed, *, instead: str | None = None) -> Judgement:
    """Say that one act answers another, and that the link ``instead`` is wrong. Raises UsageError where it cannot."""
    ends = _first(writing, answer), _first(writing, offer)
    if ends[0].id == ends[1].id:
        raise UsageError(f"{answer} and {offer} tell of one act ({ends[0].id}). An act does not answer itself.")
    way: How = next(one for one in codebook().hows if one == check("way of answering", how, codebook().hows))
    words = ends[0].trigger, ends[0].words("answered") or ends[1].trigger
    made = Link(ends[0].id, ends[1].id, way, words, who.by)
    there = next((one for one in writing.joined(made.id) if one.id == made.id), made)
    says: list[Said] = [(who.says(made.id, STANDS, "yes", there), _home(writing, there))]
    if instead is not None and (wrong := named(writing, instead)) != made.id:
        of, doc = _of(writing, wrong)
        says.append((who.says(wrong, STANDS, "no", of), doc))
    return _say(writing, says)[0]


def merge(writing: Revising, report: str, act: str, who: Signed) -> Judgement:
    """Say that two acts are one; in one document, that the first is a later mention of the second."""
    ends = _first(writing, report), _first(writing, act)
    if ends[0].id == ends[1].id:
        raise UsageError(f"{report} and {act} tell of one act already ({ends[0].id}).")
    if ends[0].doc == ends[1].doc:
        return correct(writing, ends[0].id, {"same_as": ends[1].id}, who)[0]
    made = Merge(ends[0].id, ends[1].id, evidence=(ends[0].trigger, ends[1].trigger), coder=who.by)
    there = (one for one in writing.merges([made.report]) if set(one.ends) == set(made.ends))
    found = next(there, made)
    return _say(writing, [(who.says(found.id, STANDS, "yes", found), None)])[0]


def undo(writing: Revising, start: str | None, who: Signed) -> tuple[Judgement, ...]:
    """Undo the last step of a person, or the last that touched ``start``: what it said counts no more.

    Raises UsageError where nothing is left to undo.
    """
    subject = None if start is None else named(writing, start)
    step = _last_step(writing, who.by, subject)
    if not step:
        touching = "" if subject is None else f" on {subject}"
        raise UsageError(f"{who.by} has said nothing{touching} that could be undone.")
    undone = {ruling.said.id for ruling, _ in step}
    says: list[Said] = []
    for ruling, doc in reversed(step):
        said = ruling.said
        before = [one for one in writing.rulings_of(said.subject) if one.said.id not in undone]
        stands = standing(before).get(said.subject, {}).get(said.field)
        back = None if stands is None else stands.said.value
        made = who.says(said.subject, said.field, back, ruling.of)
        says.append((replace(made, said=replace(made.said, final=said.final, undoes=said.id)), doc))
    return _say(writing, says)


def _last_step(reading: Reading, by: str, subject: str | None) -> list[Said]:
    undone: set[str | None] = set()
    for ruling, doc in reading.rulings_by(by):
        said = ruling.said
        if said.undoes is not None:
            undone.add(said.undoes)
        elif said.id not in undone and subject in (None, said.subject):
            return [(ruling, doc)] if said.batch is None else reading.rulings_of_step(by, said.batch)
    return []


def refold(writing: Revising, doc: str) -> None:
    """Have ``doc`` hold what the coder found as people left it. Of a document nobody judged, nothing changes."""
    rulings = writing.rulings_in(doc)
    if not rulings and not writing.is_apart(doc):
        return
    coded = writing.machine(doc)
    if coded is None:
        return
    original = Original(coded.acts, coded.links, coded.problems) if standing(rulings) else None
    writing.revise(judged(coded, rulings), original, reviewed(rulings))


def named(reading: Reading, start: str) -> str:
    """The id of the act, merge or link that is, or alone begins with, ``start``. Raises UsageError.

    Those that are gone from the book but were judged are among them.
    """
    ids = {*reading.act_ids(start), *reading.judged_ids(start), *(one.id for one in reading.joined(start))}
    return only(start, ids, _NAMED, plural="acts, merges or links", hint=_HINT)


def judgements_of(reading: Reading, start: str | None) -> list[Judgement]:
    """All judgements, or those of one act, merge or link, in the order they were made. Raises UsageError."""
    return reading.judgements(None if start is None else named(reading, start))


def _say(writing: Revising, says: Sequence[Said]) -> tuple[Judgement, ...]:
    """Keep what one step says, all of it or nothing, and have the book follow."""
    if not says:
        return ()
    parts = [one.said.id for one, _ in says]
    batch = digest("step", *parts) if len(parts) > 1 else None
    made = [(replace(one, said=replace(one.said, batch=batch)), doc) for one, doc in says]
    for doc in dict.fromkeys(doc for _, doc in made):
        writing.judge([one for one, home in made if home == doc], doc)
    for doc in dict.fromkeys(doc for _, doc in made if doc is not None):
        refold(writing, doc)
    return tuple(one.said for one, _ in made)


def _of(reading: Reading, subject: str) -> tuple[Seen | Link | Merge, str | None]:
    """What is judged by the name of ``subject``, and the document it is kept with."""
    earlier = reading.rulings_of(subject)
    joined = next((one for one in reading.joined(subject) if one.id == subject), None)
    if joined is None and earlier and not isinstance(earlier[-1].of, Seen):
        joined = earlier[-1].of
    if joined is not None:
        return joined, _home(reading, joined)
    doc = reading.documents_of([subject]).get(subject) or _seen_in(earlier)
    coded = None if doc is None else reading.machine(doc)
    found = None if coded is None or doc is None else seen(coded, reading.rulings_in(doc), subject)
    if found is None:
        raise UsageError(f"The act {subject} is no longer in the book.")
    return found, doc


def _seen_in(earlier: Sequence[Ruling]) -> str | None:
    return next((one.of.act.doc for one in earlier if isinstance(one.of, Seen)), None)


def _home(reading: Reading, joined: Link | Merge) -> str | None:
    """The document that holds both ends of a link."""
    homes = set(reading.documents_of(joined.ends).values())
    return homes.pop() if isinstance(joined, Link) and len(homes) == 1 else None


def _act(reading: Reading, start: str) -> tuple[Act, Document]:
    """The act that is, or alone begins with, ``start``, and its document."""
    act_id = only(start, {*reading.act_ids(start), *reading.judged_ids(start, acts=True)}, "act")
    act = reading.acts_by_id([act_id]).get(act_id)
    if act is None:
        raise UsageError(f"The act {act_id} was rejected, or undone. Accept it first.")
    document = reading.document(act.doc)
    assert document is not None, "an act cannot be stored without its document"
    return act, document


def _first(reading: Reading, start: str) -> Act:
    """The first mention of the act that is, or alone begins with, ``start``: what is joined to others."""
    act, _ = _act(reading, start)
    return act if act.same_as is None else reading.acts_by_id([act.same_as]).get(act.same_as, act)


def _texts(reading: Reading, values: Mapping[str, Value], act: Act, document: Document) -> dict[str, str]:
    """``values`` of ``act`` as they are kept, in the order of the fields."""
    texts = {field: kept(field, value, act, document) for field, value in values.items()}
    if texts.get("same_as"):
        texts["same_as"] = _mention(reading, texts["same_as"], act)
    span, trigger = _placed(texts.get("span"), act.span), _placed(texts.get("trigger"), act.trigger)
    if not span[0] <= trigger[0] < trigger[1] <= span[1]:
        words, clause = document.text[slice(*trigger)], document.text[slice(*span)]
        raise UsageError(f"The trigger {words!r} lies outside of the clause {clause!r}. Give a span that holds it.")
    return {field: texts[field] for field in FIELDS if field in texts}


def _placed(text: str | None, span: Span) -> tuple[int, int]:
    if text is None:
        return span.start, span.end
    start, _, end = text.partition("-")
    return int(start), int(end)


def _mention(reading: Reading, start: str, act: Act) -> str:
    """The id of the first mention in the document of ``act`` that ``start`` begins."""
    there = {one.id: one for one in reading.acts_of(act.doc)}
    found = there[only(start, [key for key in there if key.startswith(start)], "act of this document")]
    first = found.same_as or found.id
    if first == act.id:
        raise UsageError(f"same_as: {found.id} is a later mention of {act.id} itself. Judge that one first.")
    return first


def _sentence(document: Document, words: Span) -> Span:
    """The sentence around ``words``."""
    ends = [0, *sentence_ends(document.text), len(document.text)]
    start = max(end for end in ends if end <= words.start)
    end = min(end for end in ends if end >= words.end)
    text = document.text[start:end]
    return Span.of(document, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _storable(what: str, words: str) -> str:
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"The {what} {words!r} is no text that can be kept. Write it in UTF-8.") from error
    return words.strip()
