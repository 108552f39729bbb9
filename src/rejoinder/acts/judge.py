"""The judge: which kind of act a word carries here, if any, and how sure that is.

The net proposes, from the surroundings; the cues, weighed by a linear model, second it or object; the two opinions are
multiplied, as those of two witnesses are. A word that the lexicon does not know rests on the net alone. How much each
weighs, and what a score means as a probability: ``data/judging.yaml``. Measured figures: ``docs/accuracy.md``.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from rejoinder.acts import arrays
from rejoinder.acts.features import features
from rejoinder.acts.lexicon import Cue, Lexicon
from rejoinder.acts.linear import LinearModel
from rejoinder.acts.matching import cues_at, entries
from rejoinder.acts.net import Reading
from rejoinder.acts.scene import Scene, coarse
from rejoinder.codebook import codebook
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

__all__ = ["NONE", "Judge", "Scales", "Verdict", "cue_of", "load_scales"]

NONE = "NONE"
HARD = ("particle", "previous", "negated")
LEAST = 1e-9
"""Smaller shares count as this much."""
RIVAL = 0.1
"""The next best kind is named as a record's alternative from this share on."""


@dataclass(frozen=True, slots=True)
class Scales:
    """How opinions are weighed.

    ``net`` and ``cues`` are exponents; ``slope`` and ``shift`` make the log odds of a kind a probability; ``floor`` is
    the least probability of an act; words of which the net says less than ``gate`` are passed over; ``unlisted`` is
    taken from the log odds of a kind under which no cue file lists the word.
    """

    net: float
    cues: float
    slope: float
    shift: float
    floor: float
    gate: float
    unlisted: float

    def probability(self, share: float) -> float:
        """The probability that a word is an act of a kind, given the weighed opinions' share for that kind."""
        share = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(self.slope * math.log(share / (1 - share)) + self.shift)))


@cache
def load_scales() -> Scales:
    """The scales of ``data/judging.yaml``. Raises :class:`DataError` where one is missing or no number."""
    raw = read_yaml(files("rejoinder.acts").joinpath("data", "judging.yaml"))
    held = {
        name: value
        for name, value in raw.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    }
    if set(raw) != set(Scales.__slots__) or len(held) != len(raw):
        raise DataError(f"judging.yaml must give a number for each of: {', '.join(Scales.__slots__)}.")
    return Scales(**{name: float(value) for name, value in held.items()})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found at a word: the kind and its cue, how probable, the next best kind, and why.

    ``shares`` are the weighed opinions, by kind; ``net`` is what the net alone gives the kind, ``listed`` whether the
    lexicon knows the word.
    """

    anchor: int
    cue: Cue
    score: float
    rival: str | None
    features: tuple[str, ...]
    shares: Mapping[str, float]
    net: float
    listed: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs what net and cues say of the words of a document."""

    lexicon: Lexicon
    model: LinearModel
    scales: Scales

    def verdicts(self, scene: Scene, reading: Reading, floor: float = 0.0) -> Iterator[Verdict]:
        """The verdicts on the words that the net does not pass over, in text order; none with less than ``floor``."""
        for i in np.flatnonzero(reading.kinds[:, 0] <= 1 - self.scales.gate).tolist():
            opinion = self._opinion(scene, reading, i)
            if self.scales.probability(max(opinion.shares[1:])) >= floor:  # else it is too little for any kind
                verdict = self._verdict(scene, reading, i, opinion)
                if verdict.score >= floor:
                    yield verdict

    def __call__(self, scene: Scene, reading: Reading, i: int) -> Verdict:
        """The verdict on token ``i``, ``score`` for the kind given."""
        return self._verdict(scene, reading, i, self._opinion(scene, reading, i))

    def _verdict(self, scene: Scene, reading: Reading, i: int, opinion: "_Opinion") -> Verdict:
        token, known, fitting = scene.tokens[i], opinion.known, opinion.fitting
        names = (NONE, *codebook().kinds)
        shares = dict(zip(names, opinion.shares, strict=True))
        listed, unlisted = {cue.kind for cue in _possible(fitting, known)}, math.exp(-self.scales.unlisted)
        odds = {kind: share * (1 if kind in listed else unlisted) for kind, share in shares.items()}
        kinds = sorted((kind for kind in odds if kind != NONE), key=lambda kind: (-odds[kind], kind))
        kind = kinds[0]
        cue = cue_of(kind, fitting, known) or self.lexicon.unlisted(token.lemma, coarse(token), kind)
        rival = kinds[1] if shares[kinds[1]] > RIVAL * (1 - shares[NONE]) else None
        score = self.scales.probability(shares[kind])
        net = reading.kinds[i, names.index(kind)].item()
        return Verdict(i, cue, score, rival, opinion.features, shares, net, bool(known))

    def _opinion(self, scene: Scene, reading: Reading, i: int) -> "_Opinion":
        known = entries(self.lexicon, scene.tokens[i])
        fitting = cues_at(scene, self.lexicon, i) if known else ()
        found = tuple(features(scene, self.lexicon, i, fitting))
        told = self.scales.net * np.log(np.maximum(reading.kinds[i].astype(np.float64), LEAST))
        if known:
            second = self.model.probabilities(found)
            held = np.array([second.get(kind, 0.0) for kind in (NONE, *codebook().kinds)])
            told += self.scales.cues * np.log(np.maximum(held, LEAST))
        return _Opinion(known, fitting, found, arrays.shares(told).tolist())


@dataclass(frozen=True, slots=True)
class _Opinion:
    """The cues of a word, those that fit, its features; ``shares`` of NONE and of the kinds, which sum to one."""

    known: tuple[Cue, ...]
    fitting: tuple[Cue, ...]
    features: tuple[str, ...]
    shares: Sequence[float]


def _possible(fitting: Sequence[Cue], known: Sequence[Cue]) -> Iterator[Cue]:
    """The cues that may be meant: phrases ("call off") where they fit, else all whose hard conditions hold."""
    phrases = [cue for cue in fitting if _is_phrase(cue)]
    yield from (cue for cue in phrases or known if cue in fitting or not _hard(cue))


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
