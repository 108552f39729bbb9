"""Fit the models that the package ships, from the coded texts of SHARED/gold/train and of training/.

    scripts/train SHARED [--out DIR] [--leave N/M]

The net (``net.npz``) and the linear models (kind, actor, target, background, realis, issue) are fitted with fixed
seeds. Every document goes through the package's own reading stages, so that a model sees in training what it will see
in use. ``--leave N/M`` leaves out the Nth of M parts of SHARED/gold/train, for ``scripts/cross_validate``.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from rejoinder.acts.arrays import whole_numbers
from rejoinder.acts.find import scene_of
from rejoinder.acts.lexicon import load_lexicon
from rejoinder.acts.net import Net, write_net
from rejoinder.acts.pieces import WordPieces
from rejoinder.acts.scene import Scene
from rejoinder.draft import Draft
from rejoinder.pipeline import reading_stages
from training import net as learning
from training.examples import choices, examples, lesson
from training.gold import Coding, part_of, read_codes, read_gold
from training.linear import STRENGTH, fit_choices, fit_labels
from training.vectors import read_vectors

HOME = Path(__file__).resolve().parents[2]
MODELS = HOME / "src" / "rejoinder" / "acts" / "data" / "models"
TRAINING = HOME / "training"
READERS = (2,)
"""A seed for each reader."""
EPOCHS = 6


@dataclass(frozen=True)
class Read:
    """A coding and its document as the act stages see it."""

    coding: Coding
    scene: Scene


def codings(shared: Path) -> list[Coding]:
    """All coded texts, in a fixed order."""
    found = list(read_gold(shared / "gold" / "train"))
    for name in ("wikipedia_current_events", "white_house", "articles"):
        found.extend(read_codes(TRAINING / "codes" / f"{name}.jsonl", TRAINING, shared))
    return found


def read(taught: Sequence[Coding]) -> Iterator[Read]:
    """Take each document through the reading stages."""
    stages, lexicon = reading_stages(), load_lexicon()
    for one in taught:
        draft = Draft(one.document)
        for stage in stages:
            draft = stage.run(draft)
        if draft.tokens:
            yield Read(one, scene_of(draft, lexicon))


def fit_readers(taught: Sequence[learning.Lesson]) -> list[dict[str, np.ndarray]]:
    """Fit all readers, each in a process of its own on one core: a seed then means the same whatever runs beside it."""
    context = get_context("fork")
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.npz" for n in range(len(READERS))]
        running = [context.Process(target=_fit_reader, args=(taught, *one)) for one in zip(READERS, paths, strict=True)]
        for process in running:
            process.start()
        for process in running:
            process.join()
            if process.exitcode != 0:
                raise SystemExit("A reader could not be fitted; see the messages above.")
        return [dict(np.load(path)) for path in paths]


def _fit_reader(taught: Sequence[learning.Lesson], seed: int, path: Path) -> None:
    torch.set_num_threads(1)
    np.savez(path, allow_pickle=False, **learning.fit(taught, seed, EPOCHS).arrays())


def main() -> None:
    """Fit and write all models."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--leave", default="", help="N/M: leave out the Nth of M parts of the shared gold")
    asked = parser.parse_args()
    taught = codings(asked.shared)
    if asked.leave:
        left, parts = map(int, asked.leave.split("/"))
        own = {one.document.name for one in read_gold(asked.shared / "gold" / "train")}
        taught = [one for one in taught if one.document.name not in own or part_of(one.document, parts) != left]
    asked.out.mkdir(parents=True, exist_ok=True)
    documents = list(read(taught))
    lexicon = load_lexicon()
    names, vectors = read_vectors(document.scene.draft.text for document in documents)
    lender = Net(
        WordPieces({name: row for row, name in enumerate(names)}, names.index("[UNK]")),
        *whole_numbers(vectors),
        readers=(),
    )
    seen = [lesson(one.scene, lexicon, lender, one.coding.document.name or "", one.coding.acts) for one in documents]
    print(f"{len(documents)} documents, {sum(len(one.coding.acts) for one in documents)} acts", flush=True)
    write_net(asked.out / "net.npz", names, vectors, fit_readers(seen))
    del seen
    told = [example for one in documents for example in examples(one.scene, lexicon, one.coding.acts)]
    for name in STRENGTH:
        fit_labels(name, [example for example in told if example.model == name], asked.out)
    asked_of = [choice for one in documents for choice in choices(one.scene, lexicon, one.coding.acts)]
    for side in ("actor", "target"):
        fit_choices(side, [choice for choice in asked_of if choice.side == side], asked.out)


if __name__ == "__main__":
    main()
