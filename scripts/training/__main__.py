"""Fit the models that the package ships, from the coded texts of SHARED/gold/train and of training/.

    scripts/train SHARED [--out DIR] [--more FOLDER]... [--leave N/M]

The net (``net.npz``) and the linear models (kind, background, realis, issue) are fitted with fixed
seeds. Every document goes through the package's own reading stages, so that a model sees in training what it will see
in use. ``--more FOLDER`` adds a folder as ``rejoinder gold export`` writes it, with ``docs.jsonl`` and ``gold.jsonl``.
``--leave N/M`` leaves out the Nth (from 0) of M parts of SHARED/gold/train: texts to measure on
(``training.weigh``). ``--leave-everywhere N/M`` leaves it out of all coded texts: to fit the linker on
(``scripts/fit_links.py``).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from rejoinder.acts.find import scene_of
from rejoinder.acts.lexicon import Lexicon, load_lexicon
from rejoinder.acts.net import write_net
from rejoinder.acts.scene import Scene
from rejoinder.acts.weigher import SIDES, Features
from training import net as learning
from training.examples import choices, examples, lesson
from training.gold import Coding
from training.linear import STRENGTH, fit_labels
from training.parts import part
from training.prior import fit_prior
from training.reading import read_drafts
from training.sides import Seating, known_features, seating
from training.taught import taught
from training.vectors import read_pieces, read_words, word_vectors

HOME = Path(__file__).resolve().parents[2]
MODELS = HOME / "src" / "rejoinder" / "acts" / "data" / "models"
TRAINING = HOME / "training"
SEED, EPOCHS = 2, 6


@dataclass(frozen=True)
class Read:
    """A coding and its document as the act stages see it."""

    coding: Coding
    scene: Scene


def read(codings: Sequence[Coding]) -> Iterator[Read]:
    """Take each document through the reading stages."""
    lexicon = load_lexicon()
    for one, draft in zip(codings, read_drafts(one.document for one in codings), strict=True):
        if draft.tokens:
            yield Read(one, scene_of(draft, lexicon))


def main() -> None:
    """Fit and write all models."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument(
        "--more", type=Path, action="append", default=[], metavar="FOLDER", help="learn from this gold folder too"
    )
    parser.add_argument(
        "--leave", type=part, metavar="N/M", help="leave out the Nth (from 0) of M parts of the shared gold"
    )
    parser.add_argument("--leave-everywhere", type=part, metavar="N/M", help="leave it out of all coded texts")
    asked = parser.parse_args()
    everywhere = asked.leave_everywhere is not None
    left_out = asked.leave_everywhere if everywhere else asked.leave
    codings = taught(TRAINING, asked.shared, asked.more, left_out=left_out, everywhere=everywhere)
    asked.out.mkdir(parents=True, exist_ok=True)
    documents = list(read(codings))
    lexicon = load_lexicon()
    print(f"{len(documents)} documents, {sum(len(one.coding.acts) for one in documents)} acts", flush=True)
    told = [example for one in documents for example in examples(one.scene, lexicon, one.coding.acts)]
    for name in STRENGTH:
        fit_labels(name, [example for example in told if example.model == name], asked.out)
    del told
    fit_net(documents, lexicon, asked.out)


def fit_net(documents: Sequence[Read], lexicon: Lexicon, out: Path) -> None:
    """Fit and write the net: the reader and the weighers of sides."""
    torch.set_num_threads(1)  # on one core a seed means the same whatever runs beside it
    pieces = read_pieces(one.scene.draft.text for one in documents)
    words = read_words({token.lower for one in documents for token in one.scene.tokens}, float(pieces[1].std()))
    asked = [
        (number, choice)
        for number, one in enumerate(documents)
        for choice in choices(one.scene, lexicon, one.coding.acts)
    ]
    known = known_features(names for _, choice in asked for names in choice.features)
    seats: dict[int, list[Seating]] = defaultdict(list)
    priors: dict[str, Mapping[str, float]] = {}
    for side in SIDES:
        told = [(number, choice) for number, choice in asked if choice.side == side]
        prior = fit_prior(told)
        priors[side] = prior.weights
        for (number, choice), odds in zip(told, prior.odds, strict=True):
            seats[number].append(seating(choice, odds, known))
    del asked
    vectors = word_vectors(pieces, words)
    seen = [lesson(one.scene, lexicon, vectors, one.coding.acts, seats[n]) for n, one in enumerate(documents)]
    reader = learning.fit(seen, len(known), SEED, EPOCHS)
    features = {side: Features(priors[side], list(known), reader.rows(side)) for side in SIDES}
    write_net(out / "net.npz", {"pieces": pieces, "words": words}, reader.arrays(), features)


if __name__ == "__main__":
    main()
