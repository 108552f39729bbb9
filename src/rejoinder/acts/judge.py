"""The judge: which of a word's possible kinds it carries here, if any, and how sure that is.

Cues propose, the judge decides: no word becomes an act that the lexicon does not know, and none merely because the
lexicon knows it. Measured figures: ``docs/accuracy.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.acts.features import features
from rejoinder.acts.lexicon import Cue, Lexicon
from rejoinder.acts.linear import LinearModel
from rejoinder.acts.matching import cues_at, entries
from rejoinder.acts.scene import Scene

__all__ = ["NONE", "Verdict", "cue_of", "judge"]

NONE = "NONE"
HARD = ("particle", "previous", "negated")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found at a word: the kind and its cue, how probable, the next best kind, and why."""

    anchor: int
    cue: Cue
    score: float
    rival: str | None
    features: tuple[str, ...]


def judge(scene: Scene, lexicon: Lexicon, model: LinearModel, i: int) -> Verdict | None:
    """The verdict on token ``i``; None where no cue knows the word. ``score`` is the probability that it is an act."""
    known = entries(lexicon, scene.tokens[i])
    if not known:
        return None
    fitting = cues_at(scene, lexicon, i)
    found = tuple(features(scene, lexicon, i, fitting))
    shares = model.probabilities(found)
    phrases = [cue for cue in fitting if _is_phrase(cue)]
    possible = {cue.kind for cue in phrases or known if cue in fitting or not _hard(cue)} - {NONE}
    kinds = sorted(possible, key=lambda kind: (-shares.get(kind, 0.0), kind))
    if not kinds:
        return None
    kind = kinds[0]
    rival = next((other for other in kinds[1:] if shares.get(other, 0.0) > 0.1), None)
    cue = cue_of(kind, fitting, known)
    return None if cue is None else Verdict(i, cue, 1.0 - shares.get(NONE, 0.0), rival, found)


def _is_phrase(cue: Cue) -> bool:
    """Whether the cue is a verb with its particle ("call off"): where it fits, the bare verb's readings are out."""
    return any(test.relation == "particle" and test.wanted for test in cue.tests)


def _hard(cue: Cue) -> bool:
    """Whether the cue hangs on a particle, a word before it or a negation ("turn down", "will not work").

    Such a cue is out where that condition fails; others may still be meant where theirs do.
    """
    return any(test.relation in HARD for test in cue.tests)


def cue_of(kind: str, fitting: Sequence[Cue], known: Sequence[Cue]) -> Cue | None:
    """The cue of that kind that fits; else the least demanding one that ``known``, the lexicon's for the word, has."""
    for cue in fitting:
        if cue.kind == kind:
            return cue
    return min((cue for cue in known if cue.kind == kind), key=lambda cue: len(cue.tests), default=None)
