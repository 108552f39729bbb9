"""Who could be a side of an act: parties of its sentence, parties the document has in focus, or nobody; with features.

Frames say where a side stands by rule; a model, fitted on coded texts, weighs the rule's word against the path through
the parse, the distance, the document's leading parties. It chooses among options: no side without words somewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from rejoinder import syntax
from rejoinder.acts.company import UNFILLED, Company, Stand
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
FAR = 7
"""Longest path through the parse that is spelled out, in steps."""
LEADING = 5
"""Rank (0 is the state most named) of the last state that a side may be implied to be."""
NEAREST = 4
"""From the fourth on, parties before or after the trigger are no longer told apart by their order."""
INHERITED = 3
"""So many of the document's leading states may be that of a party without one: "the rebels", "police"."""


@dataclass(frozen=True, slots=True)
class Option:
    """A possible side and what speaks for it: ``mention`` as ``state``, or nobody where ``mention`` is None.

    ``implied`` options are named elsewhere in the document; ``told`` says how the option was found; ``speaks`` is true
    of the one who says the sentence.
    """

    features: tuple[str, ...]
    mention: Mention | None = None
    state: str | None = None
    implied: bool = False
    told: str = ""
    speaks: bool = False


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


def side_options(seat: Seat) -> list[Option]:
    """All options for ``seat``: those named in the sentence in text order, those named elsewhere, nobody."""
    slots = seat.cue.frame.actor if seat.side == "actor" else seat.cue.frame.target
    filled = _filled(seat.scene, seat.anchor, slots)
    speaker = seat.scene.speaker(seat.anchor)
    stands = list(_stands(seat, filled, speaker))
    company = Company.of(seat.anchor, stands)
    here = list(_explicit(seat, stands, company))
    if slots == SPOKEN:  # "must", "why don't they": whoever says it, and not the subject, demands it
        here = [option for option in here if option.speaks] or here
    named = {option.state for option in here}
    elsewhere = list(_implied(seat, named, speaker, company))
    return [*here, *elsewhere, _nobody(seat, len(filled), len(here), company)]


def _filled(scene: Scene, anchor: int, slots: Sequence[str]) -> dict[int, tuple[str, int]]:
    """For each token that a slot yields: the first such slot, and its rank."""
    found: dict[int, tuple[str, int]] = {}
    for slot in slots:
        for token in fill(scene, anchor, slot):
            if token not in found and scene.headed(token) is not None:
                found[token] = (slot, len(found))
    return found


def _stands(seat: Seat, filled: Mapping[int, tuple[str, int]], speaker: int | None) -> Iterator[Stand]:
    """Where the parties of the trigger's own sentence stand to it, in text order, and who says the sentence."""
    scene, anchor = seat.scene, seat.anchor
    sentence = scene.draft.sentences[seat.word.sentence]
    up = {anchor: 0} | {above: steps for steps, above in enumerate(syntax.ancestors(scene.tokens, anchor), 1)}
    elsewhere = [] if speaker is None or sentence.first <= speaker < sentence.last else [speaker]
    for i in (*range(sentence.first, sentence.last), *elsewhere):
        number = scene.at.get(i)
        if number is None or i == anchor:
            continue
        mention = scene.draft.mentions[number]
        if (mention.first <= anchor < mention.last and mention.kind != "adjective") or _nested(scene, mention, anchor):
            continue
        slot, rank = filled.get(i, ("", UNFILLED))
        yield Stand(number, mention, _path(scene.tokens, anchor, i, up), slot, min(rank, UNFILLED), i == speaker)


def _explicit(seat: Seat, stands: Sequence[Stand], company: Company) -> Iterator[Option]:
    """The parties of the sentence, each as every state it may stand for."""
    under = _governor(seat)
    for stand in stands:
        mention = stand.mention
        where = (
            *_place(seat, stand),
            f"path,under={stand.path},{under}",
            *_among(seat, stand, company),
        )
        told = f"{stand.slot or stand.path} of {seat.word.text!r}"
        for state, origin in _states(seat.focus, mention):
            grounds = seat.focus.grounds(stand.number, state) if state is not None and origin == "inherited" else ()
            found = (
                *where,
                f"state={origin}",
                f"state={origin},{mention.role}",
                *_standing(seat, mention, state),
                *grounds,
            )
            context = f", of {state} by context" if origin == "inherited" else ""
            yield Option(found, mention, state, told=told + context, speaks=stand.speaks)


def _nested(scene: Scene, mention: Mention, anchor: int) -> bool:
    """Whether an adjective only says of which state a longer mention is: "**Syrian** refugees"."""
    if mention.kind != "adjective":
        return False
    outer = scene.headed(scene.tokens[mention.head].head)
    return outer is not None and outer.head != anchor and outer.first <= mention.first and mention.last <= outer.last


def _states(focus: Focus, mention: Mention) -> Iterator[tuple[str | None, str]]:
    """The states that ``mention`` may stand for, and on what ground: its own, a joint one, none, or the context's."""
    if mention.state is not None:
        yield mention.state, "joint" if mention.also else "own"
        yield from ((state, "also") for state in mention.also)
        return
    yield None, "none"
    yield from ((state, "inherited") for state, rank in focus.ranks.items() if rank < INHERITED)


def _place(seat: Seat, stand: Stand) -> Iterator[str]:
    """Where the mention stands to the trigger."""
    mention, path, slot = stand.mention, stand.path, stand.slot
    pos, kind, anchor, i = coarse(seat.word), seat.cue.kind, seat.anchor, mention.head
    order = "before" if i < anchor else "after"
    yield f"path={pos},{path}"
    yield f"path,kind={kind},{path}"
    yield f"path,word={seat.word.lemma},{path}"
    yield f"slot={seat.cue.frame.name},{slot}"
    yield f"mention={mention.kind},{mention.role}"
    yield f"head={seat.scene.tokens[mention.head].lemma}"
    yield f"head,kind={seat.scene.tokens[mention.head].lemma},{kind}"
    yield f"kind,role={kind},{mention.role}"
    yield f"where={order},{_bucket(abs(i - anchor))}"
    yield f"where,slot={order},{slot}"
    yield f"slot rank={stand.rank}"
    yield f"end,mention={path.rsplit('/', 1)[-1]},{mention.kind},{mention.role}"
    yield f"slot rank,mention={stand.rank},{mention.kind},{mention.role}"
    yield f"kind,slot rank,mention={kind},{stand.rank},{mention.kind},{mention.role}"
    if stand.speaks:
        yield from ("speaker", f"speaker,{kind}", f"speaker,slot={slot}")
    if _overlaps(mention, seat.other):
        yield "same words"


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


def _governor(seat: Seat) -> str:
    """What kind of verb governs a noun trigger: whoever "rejects" an offer did not make it; who "repeats" it did."""
    tokens = seat.scene.tokens
    for above in syntax.ancestors(tokens, seat.anchor):
        if syntax.is_verb(tokens[above]):
            return "light" if tokens[above].lemma in seat.scene.light_verbs else tokens[above].lemma
        if tokens[above].dep not in ("pobj", "prep", "conj", "dobj", "compound", "nsubj", "nsubjpass"):
            break
    return "none"


def _overlaps(mention: Mention, other: Argument | None) -> bool:
    if other is None or other.start is None or other.end is None:
        return False
    return other.start < mention.end and mention.start < other.end


def _implied(seat: Seat, named: set[str | None], speaker: int | None, company: Company) -> Iterator[Option]:
    """Leading states of the document that the sentence does not name, each at its nearest naming before."""
    scene, anchor, kind = seat.scene, seat.anchor, seat.cue.kind
    said_by = scene.headed(speaker) if speaker is not None else None
    for state, rank in seat.focus.ranks.items():
        if state in named or rank > LEADING:
            continue
        before = [n for n in seat.focus.places[state] if scene.draft.mentions[n].head < anchor]
        mention = scene.draft.mentions[before[-1] if before else seat.focus.places[state][0]]
        back = seat.word.sentence - scene.tokens[mention.head].sentence
        found = [
            "implied",
            f"implied,company={company.told}",
            f"implied,kind={kind}",
            f"implied,pos={kind},{coarse(seat.word)}",
            f"implied,word={seat.word.lemma}",
            f"back={_bucket(back) if back >= 0 else 'ahead'}",
            f"implied rank={min(rank, 3)}",
            *(f"implied,{name}" for name in _standing(seat, mention, state)),
        ]
        if said_by is not None and said_by.state == state:
            found.append("implied speaker")
        yield Option(tuple(found), mention, state, implied=True, told="named elsewhere in the document")


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
    return Option(found)


def _standing(seat: Seat, mention: Mention, state: str | None) -> Iterator[str]:
    """How the state stands in the document, and to the actor already chosen."""
    ranks, other = seat.focus.ranks, seat.other
    if state is not None:
        yield f"rank={min(ranks.get(state, 9), 3)},{min(len(ranks), 4)}"
        if state in seat.focus.opening:
            yield "opening"
    if state is not None:
        for name, sides in seat.before.items():
            part = _part(state, sides)
            yield f"{name}={part}"
            yield f"{name},kind={seat.cue.kind},{part}"
            if other is not None:
                yield f"{name},other={part},{_part(other.state, sides)}"
    if other is None:
        return
    if other.state is None:
        yield f"actor stateless,{state is None}"
    elif state == other.state:
        yield from ("own side", f"own side,{other.role},{mention.role}", f"own side,{min(len(ranks), 3)}")
        yield f"own side,kind={seat.cue.kind}"
    elif state is not None:
        yield "other side"
        yield f"other side,{min(len(ranks), 3)}"
        if {ranks.get(state, 9), ranks.get(other.state, 9)} == {0, 1}:
            yield "leading pair"


def _part(state: str | None, last: States) -> str:
    """The part that ``state`` had in an earlier act."""
    return "actor" if state == last[0] else "target" if state == last[1] else "neither"


def _path(tokens: Sequence[Token], anchor: int, i: int, up: Mapping[int, int]) -> str:
    """The way through the parse from the trigger up to the common head and down to ``i``; prepositions by name.

    ``up`` holds the trigger and its ancestors.
    """
    down: list[str] = []
    current = i
    while current not in up:
        token = tokens[current]
        named = token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO")
        down.append(f"{token.dep}:{token.lower}" if named else token.dep)
        if token.head == current or len(down) > FAR:
            return "far"
        current = token.head
    climbed: list[str] = []
    walk = anchor
    while walk != current:
        climbed.append(f"^{tokens[walk].dep}")
        walk = tokens[walk].head
        if len(climbed) + len(down) > FAR:
            return "far"
    return "/".join([*climbed, *reversed(down)])


def _bucket(distance: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 13, 21):
        if distance <= limit:
            return str(limit)
    return "more"
