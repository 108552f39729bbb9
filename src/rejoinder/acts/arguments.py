"""What a chosen option makes as a side of an act: its words, whom they stand for, and who is named along with it."""

from rejoinder import syntax
from rejoinder.acts.options import Option
from rejoinder.acts.scene import Scene
from rejoinder.draft import Argument, Mention

__all__ = ["argument_of"]


def argument_of(scene: Scene, option: Option, other: Argument | None) -> Argument | None:
    """The side that ``option`` stands for; None where it is nobody. ``other`` is the other side, if already known."""
    mention = option.mention
    if mention is None:
        return None
    text = scene.draft.text[mention.start : mention.end]
    same = mention.state in (option.state, None)
    return Argument(
        text=text,
        start=None if option.implied else mention.start,
        end=None if option.implied else mention.end,
        state=option.state,
        role=mention.role if same else "GOV",
        party=mention.party.id if mention.party and same else None,
        also=() if option.implied else _along(scene, option, mention, other),
        path=option.told,
    )


def _along(scene: Scene, option: Option, mention: Mention, other: Argument | None) -> tuple[str, ...]:
    """Further states of a joint side: those the words stand for, and those coordinated ("Washington and **Seoul**")."""
    also = [state for state in mention.also if state != option.state] if mention.state == option.state else []
    for c in syntax.conjuncts(scene.tokens, mention.head)[1:]:
        beside = scene.headed(c)
        if beside is None or beside.state is None or beside.state == option.state or beside.state in also:
            continue
        if other is None or beside.state != other.state:
            also.append(beside.state)
    return tuple(also)
