"""What a mention makes as a side of an act: its words, whom they stand for, and who is named along with it."""

from dataclasses import replace

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.draft import Argument, Mention

__all__ = ["as_argument", "joined"]


def as_argument(scene: Scene, mention: Mention, path: str) -> Argument:
    """The argument that ``mention`` makes."""
    return Argument(
        text=scene.draft.text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        state=mention.state,
        role=mention.role,
        party=mention.party.id if mention.party else None,
        also=mention.also,
        path=path,
    )


def joined(scene: Scene, mention: Mention, argument: Argument, other: Argument | None) -> Argument:
    """``argument`` with the states of what is coordinated with it ("Washington and Seoul") in ``also``."""
    also = list(argument.also)
    for c in syntax.conjuncts(scene.tokens, mention.head)[1:]:
        beside = scene.headed(c)
        if beside is None or beside.state is None or beside.state == argument.state:
            continue
        if beside.state not in also and not (other and beside.state == other.state):
            also.append(beside.state)
    return replace(argument, also=tuple(also))
