"""Who could be a side of an act: parties of its sentence, parties the document has in focus, or nobody; with features.

Frames say where a side stands by rule; a model, fitted on coded texts, weighs the rule's word against the path through
the parse, the distance, the document's leading parties. It chooses among options: no side without words somewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

from rejoinder import syntax
from rejoinder.acts.company import UNFILLED, Around, Company, Party, Stand
from rejoinder.acts.grounds import Grounds
from rejoinder.acts.lexicon import Cue
from rejoinder.acts.scene import Scene, coarse
from rejoinder.acts.slots import fill
from rejoinder.draft import Argument, Mention, Token

__all__ = ["Focus", "Option", "Seat", "States", "earlier", "make_focus", "side_options"]

SPOKEN = ("speaker",)
"""The actor slots of a frame in which the speaker alone can act."""
States = tuple[str | None, str | None]
"""The states of an act's actor and target."""
LEADING = 5
"""Rank (0 is the state most named) of the last state that a side may be implied to be."""
NEAREST = 4
"""From the fourth on, parties before or after the trigger are no longer told apart by their order."""
INHERITED = 3
"""So many of the document's leading states may be that of a party without one: "the rebels", "police"."""


@dataclass(frozen=True, slots=True)
class Option:
    """A possible side and what speaks for it: ``mention`` as ``state``, or nobody where ``mention`` is None.

    ``parts`` are features by what they hang on, the mention, the state, ...: options have parts in common.
    ``implied`` options are named elsewhere in the document; ``told`` says how the option was found; ``speaks`` is true
    of the one who says the sentence.
    """

    parts: tuple[tuple[str, ...], ...]
    mention: Mention | None = None
    state: str | None = None
    implied: bool = False
    told: str = ""
    speaks: bool = False

    @property
    def features(self) -> tuple[str, ...]:
        """All that speaks for it."""
        return tuple(chain.from_iterable(self.parts))


@dataclass(frozen=True, slots=True)
class Focus:
    """The parties a document is about: states by how often they are named, where each was named, in its opening.

    ``grounds`` say what speaks for a state as that of a party that names none.
    """

    ranks: Mapping[str, int]
    places: Mapping[str, tuple[int, ...]]
    opening: frozenset[str]
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Seat:
    """What is asked: who fills ``side`` ("actor" or "target") of the trigger at token ``anchor``, read by ``cue``.

    ``other`` is the actor already chosen where the target is asked for, else None. ``before`` are acts already coded,
    by what they are to this one (see :func:`earlier`), each with the states of its actor and target.
    """

    scene: Scene
    focus: Focus
    anchor: int
    cue: Cue
    side: Literal["actor", "target"]
    other: Argument | None = None
    before: Mapping[str, States] = field(default_factory=dict)

    @property
    def word(self) -> Token:
        """The trigger's head word."""
        return self.scene.tokens[self.anchor]


def make_focus(scene: Scene) -> Focus:
    """Count the states of ``scene``. ``places`` are indices of mentions, in text order."""
    counts: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    opening: set[str] = set()
    for number, mention in enumerate(scene.draft.mentions):
        for state in (mention.state, *mention.also):
            if state is None:
                continue
            counts[state] += 1
            places.setdefault(state, []).append(number)
            if scene.tokens[mention.head].sentence < 2:
                opening.add(state)
    ordered = sorted(counts, key=lambda state: (-counts[state], places[state][0]))
    return Focus(
        {state: rank for rank, state in enumerate(ordered)},
        {state: tuple(found) for state, found in places.items()},
        frozenset(opening),
        Grounds(scene.draft.mentions, scene.tokens),
    )


def earlier(
    tokens: Sequence[Token], anchor: int, kind: str, coded: Sequence[tuple[int, str, States]]
) -> dict[str, States]:
    """What acts already coded are to the one at ``anchor``, with their sides.

    ``coded`` are (anchor, kind, sides) in the order of coding. "last": the act before; "kindred": the last one of the
    same kind; "word": the last one said with the same word; "holder KIND": the one whose words hold this one ("rejected
    the **offer**"). What a document tells twice it mostly tells of the same two.
    """
    found: dict[str, States] = {}
    if coded:
        found["last"] = coded[-1][2]
    above = set(islice(syntax.ancestors(tokens, anchor), 4))
    for at, other, sides in coded:
        if other == kind:
            found["kindred"] = sides
        if tokens[at].lemma == tokens[anchor].lemma:
            found["word"] = sides
        if at in above:
            found[f"holder {other}"] = sides
    return found


def side_options(seat: Seat, around: Around | None = None) -> list[Option]:
    """All options for ``seat``: those named in the sentence in text order, those named elsewhere, nobody.

    ``around`` is what stands about its trigger, where that was found before.
    """
    around = around or Around.of(seat.scene, seat.anchor)
    slots = seat.cue.frame.actor if seat.side == "actor" else seat.cue.frame.target
    filled = _filled(seat.scene, seat.anchor, slots)
    stands = [_stand(party, filled) for party in around.parties]
    company = Company.of(seat.anchor, stands)
    standing = _Standing(seat)
    here = list(_explicit(seat, stands, company, around.governor, standing))
    if slots == SPOKEN:  # "must", "why don't they": whoever says it, and not the subject, demands it
        here = [option for option in here if option.speaks] or here
    named = {option.state for option in here}
    elsewhere = list(_implied(seat, named, around.speaker, company, standing))
    return [*here, *elsewhere, _nobody(seat, len(filled), len(here), company)]


def _filled(scene: Scene, anchor: int, slots: Sequence[str]) -> dict[int, tuple[str, int]]:
    """For each token that a slot yields: the first such slot, and its rank."""
    found: dict[int, tuple[str, int]] = {}
    for slot in slots:
        for token in fill(scene, anchor, slot):
            if token not in found and scene.headed(token) is not None:
                found[token] = (slot, len(found))
    return found


def _stand(party: Party, filled: Mapping[int, tuple[str, int]]) -> Stand:
    slot, rank = filled.get(party.mention.head, ("", UNFILLED))
    return Stand(party.number, party.mention, party.path, slot, min(rank, UNFILLED), party.speaks)


def _explicit(
    seat: Seat, stands: Sequence[Stand], company: Company, governor: str, standing: "_Standing"
) -> Iterator[Option]:
    """The parties of the sentence, each as every state it may stand for."""
    word = seat.word.text
    for stand in stands:
        mention = stand.mention
        where = (*_place(seat, stand), f"path,under={stand.path},{governor}", *_among(seat, stand, company))
        told = f"{stand.slot or stand.path} of {word!r}"
        for state, origin in _states(seat.focus, mention):
            inherited = origin == "inherited"
            grounds = seat.focus.grounds(stand.number, state) if inherited and state is not None else ()
            own = (f"state={origin}", f"state={origin},{mention.role}")
            parts = where, own, standing(state, mention.role), grounds
            context = f", of {state} by context" if inherited else ""
            yield Option(parts, mention, state, told=told + context, speaks=stand.speaks)


def _states(focus: Focus, mention: Mention) -> Iterator[tuple[str | None, str]]:
    """The states that ``mention`` may stand for, and on what ground: its own, a joint one, none, or the context's."""
    if mention.state is not None:
        yield mention.state, "joint" if mention.also else "own"
        yield from ((state, "also") for state in mention.also)
        return
    yield None, "none"
    yield from ((state, "inherited") for state, rank in focus.ranks.items() if rank < INHERITED)


def _place(seat: Seat, stand: Stand) -> list[str]:
    """Where the mention stands to the trigger."""
    mention, path, slot, rank, i = stand.mention, stand.path, stand.slot, stand.rank, stand.mention.head
    word, kind, who, head = seat.word, seat.cue.kind, f"{mention.kind},{mention.role}", seat.scene.tokens[i].lemma
    order = "before" if i < seat.anchor else "after"
    found = [
        f"path={coarse(word)},{path}",
        f"path,kind={kind},{path}",
        f"path,word={word.lemma},{path}",
        f"slot={seat.cue.frame.name},{slot}",
        f"mention={who}",
        f"head={head}",
        f"head,kind={head},{kind}",
        f"kind,role={kind},{mention.role}",
        f"where={order},{_bucket(abs(i - seat.anchor))}",
        f"where,slot={order},{slot}",
        f"slot rank={rank}",
        f"end,mention={path.rsplit('/', 1)[-1]},{who}",
        f"slot rank,mention={rank},{who}",
        f"kind,slot rank,mention={kind},{rank},{who}",
    ]
    if stand.speaks:
        found += ("speaker", f"speaker,{kind}", f"speaker,slot={slot}")
    if _overlaps(mention, seat.other):
        found.append("same words")
    return found


def _among(seat: Seat, stand: Stand, company: Company) -> Iterator[str]:
    """How the mention stands among the others of the sentence: the first, second, ... before or after the trigger."""
    i = stand.mention.head
    yield f"slot rank,company={stand.rank},{company.told},{stand.speaks}"
    order = "before" if i < seat.anchor else "after"
    place = min((company.before if i < seat.anchor else company.after).index(i), NEAREST)
    yield f"nearest={order},{place}"
    yield f"nearest,slot rank={order},{place},{stand.rank}"
    if i in company.subjects:
        yield f"subject before={min(company.subjects.index(i), NEAREST - 1)},{company.filled}"


def _overlaps(mention: Mention, other: Argument | None) -> bool:
    if other is None or other.start is None or other.end is None:
        return False
    return other.start < mention.end and mention.start < other.end


def _implied(
    seat: Seat, named: set[str | None], speaker: int | None, company: Company, standing: "_Standing"
) -> Iterator[Option]:
    """Leading states of the document that the sentence does not name, each at its nearest naming before."""
    scene, anchor, kind, word = seat.scene, seat.anchor, seat.cue.kind, seat.word
    said_by = scene.headed(speaker) if speaker is not None else None
    implied = (
        "implied",
        f"implied,company={company.told}",
        f"implied,kind={kind}",
        f"implied,pos={kind},{coarse(word)}",
        f"implied,word={word.lemma}",
    )
    for state, rank in seat.focus.ranks.items():
        if state in named or rank > LEADING:
            continue
        mention = scene.draft.mentions[_nearest(scene, seat.focus.places[state], anchor)]
        back = word.sentence - scene.tokens[mention.head].sentence
        found = [
            f"back={_bucket(back) if back >= 0 else 'ahead'}",
            f"implied rank={min(rank, 3)}",
            *[f"implied,{name}" for name in standing(state, mention.role)],
        ]
        if said_by is not None and said_by.state == state:
            found.append("implied speaker")
        told = "named elsewhere in the document"
        yield Option((implied, tuple(found)), mention, state, implied=True, told=told)


def _nearest(scene: Scene, places: Sequence[int], anchor: int) -> int:
    """The last of the mentions ``places`` that stands before the trigger, or the first of all."""
    mentions = scene.draft.mentions
    return next((n for n in reversed(places) if mentions[n].head < anchor), places[0])


def _nobody(seat: Seat, filled: int, here: int, company: Company) -> Option:
    found = (
        "nobody",
        f"nobody,company={company.told}",
        f"nobody,company,kind={company.told},{seat.cue.kind}",
        f"nobody,kind={seat.cue.kind}",
        f"nobody,word={seat.word.lemma}",
        f"nobody,frame={seat.cue.frame.name},{min(filled, 2)}",
        f"nobody,options={min(here, 3)}",
    )
    return Option((found,))


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a state stands in the document, and to the actor already chosen; worked out once for all its parties."""

    seat: Seat
    _known: dict[tuple[str | None, str], tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, state: str | None, role: str) -> tuple[str, ...]:
        """Of ``state``, standing for a party in this role."""
        found = self._known.get((state, role))
        if found is None:
            found = self._known[state, role] = (
                *(() if state is None else self._in_document(state)),
                *self._to_actor(state, role),
            )
        return found

    def _in_document(self, state: str) -> Iterator[str]:
        seat = self.seat
        ranks, other = seat.focus.ranks, seat.other
        yield f"rank={min(ranks.get(state, 9), 3)},{min(len(ranks), 4)}"
        if state in seat.focus.opening:
            yield "opening"
        for name, sides in seat.before.items():
            part = _part(state, sides)
            yield f"{name}={part}"
            yield f"{name},kind={seat.cue.kind},{part}"
            if other is not None:
                yield f"{name},other={part},{_part(other.state, sides)}"

    def _to_actor(self, state: str | None, role: str) -> Iterator[str]:
        ranks, other = self.seat.focus.ranks, self.seat.other
        if other is None:
            return
        if other.state is None:
            yield f"actor stateless,{state is None}"
        elif state == other.state:
            yield from ("own side", f"own side,{other.role},{role}", f"own side,{min(len(ranks), 3)}")
            yield f"own side,kind={self.seat.cue.kind}"
        elif state is not None:
            yield "other side"
            yield f"other side,{min(len(ranks), 3)}"
            if {ranks.get(state, 9), ranks.get(other.state, 9)} == {0, 1}:
                yield "leading pair"


def _part(state: str | None, last: States) -> str:
    """The part that ``state`` had in an earlier act."""
    return "actor" if state == last[0] else "target" if state == last[1] else "neither"


def _bucket(distance: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 13, 21):
        if distance <= limit:
            return str(limit)
    return "more"
