"""Candidates become acts: ids, spans, evidence."""

from dataclasses import replace

from rejoinder.draft import Argument, Candidate, Draft
from rejoinder.records import Act, Side, Span, digest

__all__ = ["finish"]


def finish(draft: Draft, coder: str) -> Draft:
    """Fill ``acts`` from ``candidates``, in text order. Ids are hashes of the words and what they were taken for."""
    acts = [_act(draft, candidate, coder) for candidate in draft.candidates]
    return replace(draft, acts=tuple(sorted(acts, key=lambda act: (act.span.start, act.trigger.start, act.id))))


def _act(draft: Draft, candidate: Candidate, coder: str) -> Act:
    first, last = candidate.trigger
    trigger = draft.span(draft.tokens[first].start, draft.tokens[last - 1].end)
    span = draft.span(min(candidate.start, trigger.start), max(candidate.end, trigger.end))
    actor = _side(draft, candidate.actor or Argument(text=""))
    target = _side(draft, candidate.target) if candidate.target is not None else None
    return Act(
        id=digest("act", draft.document.id, trigger.start, trigger.end, candidate.kind),
        doc=draft.document.id,
        kind=candidate.kind,
        span=span,
        trigger=trigger,
        actor=actor,
        target=target,
        alt_kind=candidate.alt_kind,
        mutual=candidate.mutual,
        realis=candidate.realis,
        background=candidate.background,
        when=candidate.when,
        voice=candidate.voice,
        issue=candidate.issue,
        conditions=tuple(draft.span(start, end) for start, end in candidate.conditions),
        evidence=_evidence(draft, candidate, actor, target),
        coder=coder,
        rule=candidate.cue,
        score=candidate.score,
        due=candidate.due,
        steps=_steps(candidate),
    )


def _side(draft: Draft, argument: Argument) -> Side:
    span = None
    if argument.start is not None and argument.end is not None:
        span = draft.span(argument.start, argument.end)
    return Side(argument.text, argument.state, argument.role, argument.party, span, argument.also)


def _evidence(draft: Draft, candidate: Candidate, actor: Side, target: Side | None) -> tuple[tuple[str, Span], ...]:
    found = {name: draft.span(start, end) for name, start, end in candidate.evidence if start < end}
    if actor.span:
        found["actor"] = actor.span
    if target and target.span:
        found["target"] = target.span
    if candidate.answered:
        found["answered"] = draft.span(*candidate.answered)
    return tuple(sorted(found.items()))


def _steps(candidate: Candidate) -> tuple[str, ...]:
    """How the act was found, one step a line."""
    sides = (("actor", candidate.actor), ("target", candidate.target))
    return (
        *candidate.steps,
        *(f"{name}: {side.text!r}, {side.path}" for name, side in sides if side is not None and side.path),
    )
