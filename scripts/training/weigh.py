"""How to weigh the net and the cues, and what a score means: fitted on texts that the models have not seen.

    python -m training.weigh SHARED MODELS N/M

MODELS were made by `scripts/train SHARED --leave N/M --out MODELS`. Prints, for several weights, the best kind F1 of
words on the part left out and on SHARED/gold/dev; for the weights of ``data/judging.yaml`` the slope and shift that
make shares probabilities (logistic regression on the part left out) and the reliability of the scores on both.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from rejoinder.acts.encode import encode
from rejoinder.acts.find import ActFinder, load_act_finder, scene_of
from rejoinder.acts.judge import Judge, Scales
from rejoinder.acts.options import make_focus
from rejoinder.draft import Draft
from training.gold import Coding, read_gold
from training.parts import part
from training.reading import read_drafts
from training.triggers import head_word, touches

CUES = (0.0, 0.3, 0.5, 0.7, 1.0)
UNLISTED = (0.0, 1.0, 2.0)
BINS = 10
SEEN = 0.05
"""Words with a smaller share for an act are no candidates: calibration is about what could be coded."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """Candidates: the share of the kind chosen, whether that is the gold's; and how many acts the gold has in all."""

    shares: Floats
    right: Floats
    acts: int

    def best(self) -> tuple[float, float]:
        """The best F1 of kinds, and the share from which on words are coded to get it."""
        found = []
        for floor in np.arange(0.1, 0.9, 0.02):
            coded = self.shares >= floor
            found.append((2 * float(self.right[coded].sum()) / (int(coded.sum()) + self.acts), float(floor)))
        return max(found)


def weighed(finder: ActFinder, scales: Scales, codings: Sequence[Coding], drafts: Sequence[Draft]) -> Weighed:
    """What a judge with ``scales`` makes of the words of documents that have been read."""
    judge = Judge(finder.judge.lexicon, finder.judge.model, replace(scales, slope=1.0, shift=0.0))
    rows = [row for coding, draft in zip(codings, drafts, strict=True) for row in _rows(finder, judge, coding, draft)]
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return Weighed(table[:, 0], table[:, 1], sum(len(coding.acts) for coding in codings))


def _rows(finder: ActFinder, judge: Judge, coding: Coding, draft: Draft) -> Iterator[tuple[float, float]]:
    scene = scene_of(draft, judge.lexicon)
    reading = finder.net(draft.tokens, encode(scene, judge.lexicon, make_focus(scene).ranks))
    heads = {head: act for act in reversed(coding.acts) if (head := head_word(draft.tokens, act)) is not None}
    rest = {token.i for act in coding.acts for token in draft.tokens if touches(token, act)} - set(heads)
    for verdict in judge.verdicts(scene, reading):
        if verdict.anchor not in rest and verdict.score >= SEEN:
            act = heads.get(verdict.anchor)
            right = act is not None and verdict.cue.kind in (act["kind"], act.get("alt_kind"))
            yield verdict.score, float(right)


def calibrated(found: Weighed) -> tuple[float, float]:
    """Slope and shift of the log odds that make the shares of ``found`` probabilities."""
    odds = np.log(found.shares / (1 - np.minimum(found.shares, 1 - 1e-6)))
    model = LogisticRegression(C=1e6).fit(odds[:, None], found.right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def reliability(scores: Floats, right: Floats) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error, and of each bin the mean score, the share that is right, and how many."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    table = [
        (float(scores[bins == n].mean()), float(right[bins == n].mean()), int((bins == n).sum()))
        for n in range(BINS)
        if (bins == n).any()
    ]
    return sum(abs(mean - share) * count for mean, share, count in table) / len(scores), table


def main() -> None:
    """Weigh, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("left", type=part, metavar="N/M", help="as given to scripts/train --leave")
    asked = parser.parse_args()
    finder = load_act_finder(models=asked.models)
    train, dev = (list(read_gold(asked.shared / "gold" / name)) for name in ("train", "dev"))
    sets = {"left out": [one for one in train if one.document in asked.left], "dev": dev}
    read = {}
    for name, codings in sets.items():
        drafts = read_drafts(coding.document for coding in codings)
        read[name] = [(coding, draft) for coding, draft in zip(codings, drafts, strict=True) if draft.tokens]
    base = finder.judge.scales

    def on(name: str, scales: Scales) -> Weighed:
        return weighed(finder, scales, [c for c, _ in read[name]], [d for _, d in read[name]])

    for cues in CUES:
        for unlisted in UNLISTED:
            scales = replace(base, cues=cues, unlisted=unlisted)
            told = (f"{name}: kind {(best := on(name, scales).best())[0]:.3f} from {best[1]:.2f}" for name in sets)
            print(f"cues {cues}, unlisted {unlisted}: {'; '.join(told)}", flush=True)
    slope, shift = calibrated(on("left out", base))
    print(f"slope {slope:.3f}, shift {shift:.3f}")
    scales = replace(base, slope=slope, shift=shift)
    for name in sets:
        found = on(name, base)
        scores = np.array([scales.probability(float(share)) for share in found.shares])
        error, table = reliability(scores, found.right)
        kind, floor = replace(found, shares=scores).best()
        print(f"{name}: calibration error {error:.3f}; best kind F1 {kind:.3f} from {floor:.2f}")
        for mean, share, count in table:
            print(f"  said {mean:.2f}, right {share:.2f} of {count}")


if __name__ == "__main__":
    main()
