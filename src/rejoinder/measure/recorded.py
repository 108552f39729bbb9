"""Acts of a book in the form that scores and agreement compare."""

from collections.abc import Iterable, Sequence

from rejoinder.measure.coded import CodedAct, ScoredSide
from rejoinder.records import Act, Link, Side

__all__ = ["recorded"]


def recorded(acts: Iterable[Act], links: Sequence[Link]) -> list[CodedAct]:
    """``acts`` of one document with those of ``links`` that lie between them."""
    kept = list(acts)
    ids = {act.id for act in kept}
    return [_coded(act, [link for link in links if link.answer == act.id and link.offer in ids]) for act in kept]


def _coded(act: Act, answers: Iterable[Link]) -> CodedAct:
    return CodedAct(
        id=act.id,
        kind=act.kind,
        alt_kind=act.alt_kind,
        span=(act.span.start, act.span.end),
        trigger=(act.trigger.start, act.trigger.end),
        quote=act.span.quote,
        actor=_side(act.actor),
        target=_side(act.target),
        mutual=act.mutual,
        realis=act.realis,
        background=act.background,
        channel=act.voice.channel,
        issue=act.issue,
        dates=(
            act.when.earliest.isoformat() if act.when.earliest else None,
            act.when.latest.isoformat() if act.when.latest else None,
        ),
        conditions=tuple(span.quote for span in act.conditions),
        answers=tuple((link.offer, link.how) for link in answers),
        same_as=act.same_as,
    )


def _side(side: Side | None) -> ScoredSide:
    return ScoredSide() if side is None else ScoredSide(side.state, frozenset([side.state, *side.also]), side.role)
