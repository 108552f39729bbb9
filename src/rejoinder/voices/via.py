"""Who passes an act on: media that carry or report it, officials who tell of another's act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.draft import Candidate, Mention
from rejoinder.voices.media import Medium, carriers
from rejoinder.voices.reach import steps
from rejoinder.voices.sources import Source, held_by
from rejoinder.voices.view import View, actor_states, actor_token

__all__ = ["Carrier", "find_carriers", "passed_on"]

NEAR = 10
"""How many words a participle ("carried by") may stand behind the channel word that it describes."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One who passes words on, at characters ``start:end``. ``holds`` are the tokens whose clauses it passes on.

    ``near``: it stands with the message itself ("carried by KCNA"), nearer to the speaker than one who reports.
    ``message`` is the token of the channel word it stands with: then it passes on only what that conveys.
    """

    name: str
    start: int
    end: int
    token: int
    holds: tuple[int, ...]
    near: bool
    message: int | None = None


def find_carriers(view: View, media: Sequence[Medium], sources: Sequence[Source]) -> list[Carrier]:
    """Media that carry or report, and those after "according to", in text order."""
    found = []
    for medium in media:
        for verb in carriers(view.tokens, medium, view.lexicon):
            holds, message = _message_clause(view, verb, sources)
            found.append(_carrier(view, medium, holds, near=True, message=message))
        talk = _interview(view, medium, sources)
        if talk is not None:
            found.append(_carrier(view, medium, talk.holds, near=True, message=talk.node))
        held = held_by(view, medium)
        if held is not None:
            found.append(_carrier(view, medium, held, near=True))
        head = view.tokens[medium.head].head
        if view.tokens[medium.head].dep == "nsubj" and view.tokens[head].lemma in view.lexicon.media_reports:
            found.append(_carrier(view, medium, (head,), near=False))
    found.extend(_according_to(view, media))
    return found


def _interview(view: View, medium: Medium, sources: Sequence[Source]) -> Source | None:
    """The interview given to the medium: "in an **interview** with AFP"."""
    preposition = view.tokens[view.tokens[medium.head].head]
    if view.tokens[medium.head].dep == "pobj" and preposition.lower in ("with", "to"):
        for source in sources:
            if source.node == preposition.head and source.channel == "interview":
                return source
    return None


def _carrier(view: View, medium: Medium, holds: tuple[int, ...], *, near: bool, message: int | None = None) -> Carrier:
    start, end = view.tokens[medium.first].start, view.tokens[medium.last - 1].end
    return Carrier(view.draft.text[start:end], start, end, medium.head, holds, near, message)


def _message_clause(view: View, verb: int, sources: Sequence[Source]) -> tuple[tuple[int, ...], int | None]:
    """The clauses of the message that the participle ``verb`` describes, and its noun: "a statement **carried** by"."""
    tokens = view.tokens
    while tokens[verb].dep == "conj" and syntax.is_verb(tokens[tokens[verb].head]):
        verb = tokens[verb].head
    noun = tokens[verb].head
    for source in sources:
        if source.node == noun:
            return source.holds, noun
    before = [source for source in sources if verb - NEAR <= source.node < verb and not source.entry.placed]
    before = [source for source in before if tokens[source.node].sentence == tokens[verb].sentence]
    if before and before[-1].channel != "state media":
        return before[-1].holds, before[-1].node
    if tokens[noun].dep in ("nsubj", "nsubjpass"):
        return (noun, tokens[noun].head), None
    return (verb, noun), None


def _according_to(view: View, media: Sequence[Medium]) -> Iterator[Carrier]:
    tokens = view.tokens
    named = {i: medium for medium in media for i in range(medium.first, medium.last)}
    for token in tokens:
        if token.lower != "according" or token.i + 1 >= len(tokens) or tokens[token.i + 1].lower != "to":
            continue
        after = syntax.preposition_objects(tokens, token.i, ("to",))
        if not after:
            continue
        clause = (token.head,)
        if after[0] in named:
            yield _carrier(view, named[after[0]], clause, near=False)
            continue
        for i in after:
            first, last = syntax.phrase(tokens, i, ("relcl", "appos", "acl", "punct", "cc", "conj"))
            start, end = tokens[first].start, tokens[last - 1].end
            yield Carrier(view.draft.text[start:end], start, end, i, clause, near=False)


def passed_on(view: View, candidate: Candidate, carried: Sequence[Carrier]) -> list[Carrier]:
    """Those of the candidate's sentence who pass it on by themselves, nearest to the speaker first."""
    actor = actor_token(view, candidate)
    found = [one for one in carried if one.token != actor and _holds(view, candidate, one)]
    found.extend(_teller(view, candidate, actor, found))
    ordered = sorted(found, key=lambda one: (not one.near, one.start))
    return [one for n, one in enumerate(ordered) if one.name not in {before.name for before in ordered[:n]}]


def _holds(view: View, candidate: Candidate, carrier: Carrier) -> bool:
    return steps(view.tokens, candidate.anchor, carrier.holds, carrier.token) is not None


def _teller(view: View, candidate: Candidate, actor: int | None, media: Sequence[Carrier]) -> Iterator[Carrier]:
    """One who tells of another state's act: "South Korea says the North has **fired**"."""
    reported = view.reported(candidate.anchor)
    if reported is None or reported.speaker is None or reported.speaker == actor or reported.verb == candidate.anchor:
        return
    if view.tokens[reported.verb].lemma not in view.lexicon.tells or candidate.anchor in view.quotes:
        return
    if not view.told(candidate.anchor, reported.verb) or any(one.token == reported.speaker for one in media):
        return
    mention = view.at.get(reported.speaker)
    if mention is not None and mention.kind != "pronoun" and _another(view, candidate, mention):
        name = view.draft.text[mention.start : mention.end]
        yield Carrier(name, mention.start, mention.end, reported.speaker, (reported.verb,), near=False)
    elif view.tokens[reported.speaker].lemma in view.lexicon.tellers and (mention is None or mention.state is None):
        first, last = syntax.phrase(view.tokens, reported.speaker, ("relcl", "appos", "acl", "punct", "cc", "conj"))
        start, end = view.tokens[first].start, view.tokens[last - 1].end
        yield Carrier(view.draft.text[start:end], start, end, reported.speaker, (reported.verb,), near=False)


def _another(view: View, candidate: Candidate, mention: Mention) -> bool:
    """Whether the one who tells is known to be of another state than the one who acts."""
    states = actor_states(view, candidate)
    if view.tokens[mention.head].lower in view.lexicon.pronouns or mention.state is None or not states:
        return False
    return not states & {mention.state, *mention.also}
