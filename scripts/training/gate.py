"""Fit the gate: which words say that a text may hold an act (``src/rejoinder/text/gate.tsv``).

    PYTHONPATH=scripts python -m training.gate SHARED [--out FILE] [--folds N]

Texts that hold acts are the coded ones; texts that hold none are the invented articles of ``training/offtopic.jsonl``,
and what readers found no act in. Prints, for texts left out of the fit, the share of acts lost and of invented articles
kept; then fits all, and writes. The least weight is that at which so many acts are lost as ``LOST`` says.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from rejoinder.draft import Draft
from rejoinder.parties.gazetteer import Node, load_gazetteer
from rejoinder.records import Document
from rejoinder.text import codable, lay_out
from rejoinder.text.gate import CONSTANT, LEAST, NAMES, STRETCH, stretches, words_of
from training.gold import read_gold, read_training

HOME = Path(__file__).resolve().parents[2]
GATE = HOME / "src" / "rejoinder" / "text" / "gate.tsv"
TRAINING = HOME / "training"
STRENGTH, OFF_TOPIC, WITHOUT_ACTS = 0.03, 5.0, 0.02
"""Inverse of the penalty; what a stretch of an invented article counts, and a stretch that readers found no act in."""
SEEN, SMALLEST = 3, 0.02
"""Stretches that a word is in to be weighed, and the least weight that is kept."""
LOST = 0.001
"""Share of acts that the gate may lose, in texts left out of the fit."""
PARTIES = frozenset(("state", "seat", "adjective", "people", "region", "organisation", "joint", "joint adjective"))


@dataclass(frozen=True)
class Text:
    """A document's stretches, how many acts it holds in all, and in each; ``own``: an invented article."""

    name: str
    stretches: tuple[str, ...]
    acts: tuple[int, ...]
    own: bool


def texts(shared: Path) -> Iterator[Text]:
    """All texts, coded and invented."""
    for coding in (*read_gold(shared / "gold" / "train"), *read_training(TRAINING, shared)):
        yield _text(coding.document, [act["trigger_start"] for act in coding.acts], own=False)
    with (TRAINING / "offtopic.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield _text(Document(row["text"], name=row["id"], title=row["title"]), [], own=True)


def _text(document: Document, triggers: Sequence[int], *, own: bool) -> Text:
    draft = lay_out(Draft(document))
    paragraphs = [(one.start, document.text[one.start : one.end]) for one in codable(draft)]
    found = list(stretches(words for _, words in paragraphs))
    acts = [0] * len(found)
    at = used = 0
    for start, words in paragraphs:  # paragraphs fill the stretches in order
        if used >= len(found[at]):
            at, used = at + 1, 0
        acts[at] += sum(start <= trigger < start + len(words) for trigger in triggers)
        used += len(words) + 1
    return Text(document.name, tuple(found), tuple(acts), own)


def names() -> frozenset[str]:
    """Single words by which the gazetteer knows a state, its people, a capital, an organisation."""
    return frozenset(word for word, node in load_gazetteer().root.items() if _is_name(node) and word.isalpha())


def _is_name(node: Node) -> bool:
    return any(entry.kind in PARTIES for entry in node.entries)


@dataclass(frozen=True)
class Bags:
    """Each stretch as the words it holds; ``text`` is the number of its text."""

    words: tuple[frozenset[str], ...]
    acts: tuple[int, ...]
    text: tuple[int, ...]


def bags(read: Sequence[Text], known: frozenset[str]) -> Bags:
    """The stretches of all texts."""
    rows = [
        (_bag(stretch, known), acts, number)
        for number, one in enumerate(read)
        for stretch, acts in zip(one.stretches, one.acts, strict=True)
    ]
    words, acts, text = zip(*rows, strict=True)
    return Bags(words, acts, text)


def _bag(stretch: str, known: frozenset[str]) -> frozenset[str]:
    words, count = words_of(stretch, known)
    return frozenset({*words, *(f"*{n}*" for n in range(1, count + 1))})


@dataclass(frozen=True)
class Fit:
    """Weights by word, and the constant."""

    weights: dict[str, float]
    constant: float

    def weigh(self, words: frozenset[str]) -> float:
        """The log odds of a stretch."""
        return self.constant + sum(self.weights.get(word, 0.0) for word in words)


def fit(read: Sequence[Text], made: Bags, chosen: Sequence[int]) -> Fit:
    """The gate fitted to the stretches ``chosen``."""
    counts = Counter(word for row in chosen for word in made.words[row])
    place = {word: n for n, word in enumerate(sorted(word for word, count in counts.items() if count >= SEEN))}
    indices = [sorted(place[word] for word in made.words[row] if word in place) for row in chosen]
    starts = np.cumsum([0, *map(len, indices)])
    flat = np.array([index for row in indices for index in row])
    table = sp.csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(chosen), len(place)))
    wanted = np.array([made.acts[row] > 0 for row in chosen])
    off = np.array([read[made.text[row]].own for row in chosen])
    share = np.where(wanted, 1.0, np.where(off, OFF_TOPIC, WITHOUT_ACTS))
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, wanted, sample_weight=share)
    weights = {word: round(float(model.coef_[0][n]), 2) for word, n in place.items()}
    return Fit(
        {word: weight for word, weight in weights.items() if abs(weight) >= SMALLEST}, float(model.intercept_[0])
    )


def left_out(read: Sequence[Text], made: Bags, folds: int) -> npt.NDArray[np.float64]:
    """For each text the greatest weight of its stretches, by a gate that was fitted without it."""
    fold = [number % folds for number in range(len(read))]
    best = np.full(len(read), -np.inf)
    for out in range(folds):
        gate = fit(read, made, [row for row, text in enumerate(made.text) if fold[text] != out])
        for row, text in enumerate(made.text):
            if fold[text] == out:
                best[text] = max(best[text], gate.weigh(made.words[row]))
    return best


def main() -> None:
    """Measure, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=GATE)
    parser.add_argument("--folds", type=int, default=10)
    asked = parser.parse_args()
    read, known = list(texts(asked.shared)), names()
    made = bags(read, known)
    best = left_out(read, made, asked.folds)
    acts, own = np.array([sum(one.acts) for one in read]), np.array([one.own for one in read])
    order = np.argsort(best)
    lost = np.cumsum(acts[order]) / acts.sum()
    print(f"{len(read)} texts, {acts.sum()} acts, stretches of {STRETCH} characters")
    for share in (0.0005, LOST, 0.002, 0.003, 0.005):
        least = best[order][np.searchsorted(lost, share)]
        print(f"acts lost {share:.4f}: least {least:.2f}, invented articles kept {np.mean(best[own] >= least):.3f}")
    least = float(best[order][np.searchsorted(lost, LOST)])
    gate = fit(read, made, range(len(made.words)))
    rows = [(CONSTANT, gate.constant, "-"), (LEAST, least, "-")]
    rows += [(f"*{count}*", gate.weights.get(f"*{count}*", 0.0), "-") for count in range(1, NAMES + 1)]
    words = sorted((gate.weights.keys() | known) - {word for word, _, _ in rows})
    rows += [(word, gate.weights.get(word, 0.0), "name" if word in known else "-") for word in words]
    asked.out.write_text("".join(f"{word}\t{weight:.2f}\t{mark}\n" for word, weight, mark in rows), encoding="utf-8")
    print(f"{len(words)} words written to {asked.out}")


if __name__ == "__main__":
    main()
