"""Choosing the sides of an act among the options: the actor first, then the target in the light of the actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arguments import argument_of
from rejoinder.acts.company import Around
from rejoinder.acts.options import Option, Seat, side_options
from rejoinder.acts.weigher import Weigher, Weighing
from rejoinder.draft import Argument, Draft

__all__ = ["Chooser", "Sides"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sides:
    """Actor and target of a trigger, None where the text has none; ``mutual`` where each acts on the other."""

    actor: Argument | None
    target: Argument | None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Chooser:
    """Weighs the options of each side. Ties go to the option nearer the top of the list: words before silence."""

    weighings: Mapping[str, Weighing]

    @classmethod
    def over(cls, draft: Draft, weighers: Mapping[str, Weigher], words: Array) -> "Chooser":
        """For the acts of one document; ``words`` is what the net keeps of each of its words."""
        heads = [mention.head for mention in draft.mentions]
        return cls({side: weigher.over(words, heads) for side, weigher in weighers.items()})

    def __call__(self, seat: Seat) -> Sides:
        """The sides of the trigger of ``seat``, which asks for the actor."""
        scene, cue = seat.scene, seat.cue
        around = Around.of(scene, seat.anchor)
        options = side_options(seat, around)
        actor = argument_of(scene, self._best(seat, options), None)
        if actor is not None and cue.frame.mutual and actor.also:
            return Sides(replace(actor, also=()), _partner(seat, options, actor), True)
        seat = replace(seat, side="target", other=actor)
        target = argument_of(scene, self._best(seat, side_options(seat, around)), actor)
        if actor is not None and target is not None and _same_words(actor, target):
            target = None
        return Sides(actor, target, cue.frame.mutual and actor is not None and target is not None)

    def _best(self, seat: Seat, options: Sequence[Option]) -> Option:
        return options[int(np.argmax(self.weighings[seat.side](seat, options)))]


def _partner(seat: Seat, options: Sequence[Option], actor: Argument) -> Argument:
    """The other side of a mutual act whose actor names both: its own words ("A and **B** met"), else the same ones."""
    state, *rest = actor.also
    for option in options:
        named = option.mention is not None and not option.implied and option.state == state
        found = argument_of(seat.scene, option, actor) if named else None
        if found is not None and found.start != actor.start:
            return replace(found, also=tuple(rest))
    return replace(actor, state=state, party=None, also=tuple(rest))


def _same_words(actor: Argument, target: Argument) -> bool:
    return actor.start is not None and actor.start == target.start and actor.state == target.state
