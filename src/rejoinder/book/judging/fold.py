"""What the coder found in one document, as people left it: pure, so any layer of judgements can be put on it.

What is rejected goes, with the links that touch it; what is corrected is replaced; what is added comes in. An act that
somebody accepted or added stays as it was then, whatever the coder says later; of one of which only fields were
corrected, the others follow the coder. Where the coder has come to say otherwise, a Problem JUDGED_OTHERWISE tells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.book.judging.fields import FIELDS, applied, told
from rejoinder.draft import Coded
from rejoinder.link.heads import head_of
from rejoinder.records import Act, Document, Link, Problem, Span, digest
from rejoinder.store import Ruling, Seen, load, standing

__all__ = ["ADDED", "OTHERWISE", "STANDS", "besides", "judged", "result", "reviewed", "seen"]

ADDED, STANDS, OTHERWISE = "act", "stands", "JUDGED_OTHERWISE"

_SAID = tuple(field for field in FIELDS if field != "same_as")
"""What an act says by itself."""

Fields = Mapping[str, Ruling]
"""What stands of one act, or of one link, by field; the newest last."""


def judged(coded: Coded, rulings: Sequence[Ruling], only: str | None = None) -> Coded:
    """``coded``, what the coder found in a document, with what ``rulings`` say of its acts and links.

    ``rulings`` stand in the order they were made. ``only`` what one person said counts, where that is given.
    """
    every = standing(rulings, only)
    of_acts = {subject: fields for subject, fields in every.items() if isinstance(_newest(fields).of, Seen)}
    found = matched(coded.acts, {subject: _newest(fields) for subject, fields in of_acts.items()})
    name = {act.id: subject for subject, act in found.items()}
    left: list[Act] = [act for act in coded.acts if act.id not in name]
    problems: list[Problem] = []
    for subject in sorted(of_acts):
        one = _Judged(coded.document, subject, of_acts[subject], found.get(subject))
        left += [act for act in (one.act(),) if act is not None]
        problems += [problem for problem in (one.problem(),) if problem is not None]
    acts = _with_firsts([replace(act, same_as=name.get(act.same_as or "", act.same_as)) for act in left])
    links = _links(coded.links, name, every, {act.id for act in acts})
    news = [problem for problem in problems if problem not in coded.problems]
    return replace(coded, acts=acts, links=links, problems=(*coded.problems, *news))


def reviewed(rulings: Sequence[Ruling]) -> list[str]:
    """The acts of which somebody's judgement stands, sorted."""
    return sorted(subject for subject, said in standing(rulings).items() if isinstance(_newest(said).of, Seen))


def result(base: Act, fields: Fields, document: Document) -> Act:
    """``base`` with what is corrected, by whom it was last."""
    act = base
    for field in FIELDS:
        if field in fields:
            act = applied(act, field, fields[field].said.value or "", document)
    names = [one.said.by for field, one in fields.items() if field in FIELDS]
    return replace(act, coder=names[-1]) if names else act


def found_as(act: Act | None) -> str:
    """A digest of what a coder says of an act, whatever its id; "" where it finds none."""
    return "" if act is None else digest(act.coder, *(told(act, field) for field in _SAID))


def seen(coded: Coded, rulings: Sequence[Ruling], subject: str) -> Seen | None:
    """What somebody who judges the act ``subject`` now has before him; None where there is no such act.

    ``coded`` is what the coder found in its document, ``rulings`` what was said of its acts.
    """
    of_acts = {
        one: fields
        for one, fields in standing(rulings).items()
        if one != subject and isinstance(_newest(fields).of, Seen)
    }
    earlier = [one for one in rulings if one.said.subject == subject]
    subjects = {one: _newest(fields) for one, fields in of_acts.items()}
    found = matched(coded.acts, subjects | ({subject: earlier[-1]} if earlier else {})).get(subject)
    if found is None:
        free = {act.id: act for act in coded.acts}
        found = None if earlier else free.get(subject)
    fields = standing(rulings).get(subject)
    if fields:
        base = _Judged(coded.document, subject, fields, found).base
    elif found is not None:
        base = replace(found, id=subject)
    elif earlier:
        base = _seen(earlier[-1]).act
    else:
        return None
    return Seen(base, found_as(found), besides(coded.acts, base.trigger, None if found is None else found.id))


def besides(acts: Iterable[Act], trigger: Span, itself: str | None) -> tuple[str, ...]:
    """The ids of ``acts`` that stand on some of the words of ``trigger``, but for the act with the id ``itself``."""
    return tuple(sorted(act.id for act in acts if act.id != itself and shared(act.trigger, trigger)))


def matched(acts: Iterable[Act], subjects: Mapping[str, Ruling]) -> dict[str, Act]:
    """Which of ``acts`` is the one that was judged, by the id that judgements name.

    The id depends on the kind, of which a coder may come to think otherwise: where there is no such id, the act is
    meant that stands on some of the trigger's words, most of them if there are several, unless it was there beside.
    """
    there = {act.id: act for act in acts}
    found = {subject: there[subject] for subject in subjects if subject in there}
    free = {key: act for key, act in there.items() if key not in found}
    lost = [_seen(one) for subject, one in subjects.items() if subject not in found]
    for seen in sorted(lost, key=lambda seen: (seen.act.trigger, seen.act.id)):
        near = [act for key, act in free.items() if key not in seen.beside and shared(act.trigger, seen.act.trigger)]
        if near:
            found[seen.act.id] = min(
                near, key=lambda act: (-shared(act.trigger, seen.act.trigger), act.trigger, act.id)
            )
            del free[found[seen.act.id].id]
    return found


def shared(one: Span, other: Span) -> int:
    """How many characters of a document both spans hold."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


@dataclass(frozen=True, slots=True)
class _Judged:
    """One act that was judged: ``found`` is what the coder says of it now, under whatever id; None where nothing."""

    document: Document
    subject: str
    fields: Fields
    found: Act | None

    def act(self) -> Act | None:
        """The act as people left it; None where they rejected it."""
        return None if self._rejected else result(self.base, self.fields, self.document)

    def problem(self) -> Problem | None:
        """Where the coder says of it what it did not say when it was judged, and something else than people did."""
        seen = _seen(_newest(self.fields))
        differs = "" if seen.found == found_as(self.found) else self._difference(self.found)
        if not differs:
            return None
        message = f"“{seen.act.trigger.quote}”: {differs} What people judged stands (act {self.subject})."
        return Problem(self.document.id, "judging", OTHERWISE, message, seen.act.span)

    def _difference(self, now: Act | None) -> str:
        act = self.act()
        by = (self.fields.get(STANDS) or _newest(self.fields)).said.by
        if act is None:
            return f"{now.coder} finds this act ({now.kind}) that {by} rejected." if now else ""
        if now is None:
            return f"the coder no longer finds this act ({act.kind}) that {by} judged."
        checked = _SAID if self._vouched else [field for field in _SAID if field in self.fields]
        other = [field for field in checked if told(now, field) != told(act, field)]
        said = [f"{field} is {told(act, field)} by {self._who(field)}, {told(now, field)}" for field in other]
        return f"{'; '.join(said)} by {now.coder}." if said else ""

    def _who(self, field: str) -> str:
        vouched = self._vouched
        return (self.fields.get(field) or vouched or _newest(self.fields)).said.by

    @property
    def _rejected(self) -> bool:
        return STANDS in self.fields and self.fields[STANDS].said.value == "no"

    @property
    def _vouched(self) -> Ruling | None:
        """Who last said that the act as a whole is as it was then."""
        whole = [one for field, one in self.fields.items() if field in (ADDED, STANDS) and one.said.value != "no"]
        return whole[-1] if whole else None

    @property
    def base(self) -> Act:
        """The act without what is corrected."""
        whole = self._vouched
        if whole is not None:
            return load(Act, whole.said.value or "") if whole.said.field == ADDED else _seen(whole).act
        found = self.found
        return _seen(_newest(self.fields)).act if found is None else replace(found, id=self.subject)


def _newest(fields: Fields) -> Ruling:
    return list(fields.values())[-1]


def _seen(one: Ruling) -> Seen:
    assert isinstance(one.of, Seen), "only judgements of acts are asked for what was seen"
    return one.of


def _with_firsts(acts: Iterable[Act]) -> tuple[Act, ...]:
    """``acts`` in text order; where a first mention is gone, the next one takes its place."""
    ordered = sorted(acts, key=lambda act: (act.span.start, act.span.end, act.trigger.start, act.id))
    there = {act.id for act in ordered}
    heirs: dict[str, str] = {}
    above: dict[str, str] = {}
    for act in ordered:
        first = act.same_as
        if first is not None and first not in there:
            first = heirs.setdefault(first, act.id)
        if first is not None and first != act.id:
            above[act.id] = first
    heads = {act.id: head_of(act.id, above) for act in ordered}
    return tuple(replace(act, same_as=None if heads[act.id] == act.id else heads[act.id]) for act in ordered)


def _links(
    found: Iterable[Link], name: Mapping[str, str], every: Mapping[str, Fields], there: set[str]
) -> tuple[Link, ...]:
    """The links between acts that are left: those found, unless judged wrong, and those judged to stand."""
    said = {subject: fields[STANDS] for subject, fields in every.items() if STANDS in fields}
    wrong = {subject for subject, one in said.items() if isinstance(one.of, Link) and one.said.value == "no"}
    given = [one.of for one in said.values() if isinstance(one.of, Link) and one.said.value == "yes"]
    links = {link.id: link for link in (*given, *_renamed(found, name))}
    return tuple(links[key] for key in sorted(links) if key not in wrong and there >= set(links[key].ends))


def _renamed(links: Iterable[Link], name: Mapping[str, str]) -> Iterator[Link]:
    for link in links:
        yield replace(link, answer=name.get(link.answer, link.answer), offer=name.get(link.offer, link.offer))
