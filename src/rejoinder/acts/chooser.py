"""Choosing the sides of an act among the options: the actor first, then the target in the light of the actor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.acts.arguments import argument_of
from rejoinder.acts.lexicon import Cue
from rejoinder.acts.linear import LinearModel
from rejoinder.acts.options import Focus, Option, Seat, side_options
from rejoinder.acts.scene import Scene
from rejoinder.draft import Argument

__all__ = ["YES", "Chooser", "Sides"]

YES = "yes"


@dataclass(frozen=True, slots=True)
class Sides:
    """Actor and target of a trigger, None where the text has none; ``mutual`` where each acts on the other."""

    actor: Argument | None
    target: Argument | None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Chooser:
    """Weighs options with one model a side. Ties go to the option nearer the top of the list: words before silence."""

    actor: LinearModel
    target: LinearModel

    def __call__(self, scene: Scene, focus: Focus, anchor: int, cue: Cue) -> Sides:
        """The sides of the trigger at token ``anchor``, read by ``cue``."""
        seat = Seat(scene, focus, anchor, cue, "actor")
        actor = argument_of(scene, _best(self.actor, side_options(seat)), None)
        if actor is not None and cue.frame.mutual and actor.also:
            return Sides(
                replace(actor, also=()), replace(actor, state=actor.also[0], party=None, also=actor.also[1:]), True
            )
        seat = replace(seat, side="target", other=actor)
        target = argument_of(scene, _best(self.target, side_options(seat)), actor)
        if actor is not None and target is not None and _same_words(actor, target):
            target = None
        return Sides(actor, target, cue.frame.mutual and actor is not None and target is not None)


def _best(model: LinearModel, options: Sequence[Option]) -> Option:
    return max(options, key=lambda option: model.odds(option.features, YES))


def _same_words(actor: Argument, target: Argument) -> bool:
    return actor.start is not None and actor.start == target.start and actor.state == target.state
