"""The gate: whether a text may hold an act at all, by its words alone, before anything is parsed.

Most of a news feed is sport, weather and business. A stretch of some 120 words is weighed by which words it holds, and
by how many different names of states, their people and organisations; a document passes with its first stretch that
may hold an act. Weights are fitted by ``scripts/training/gate.py``; how much the gate loses and keeps is in
docs/accuracy.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rejoinder.draft import CODABLE, Draft
from rejoinder.errors import DataError

__all__ = ["Gate", "at_gate", "load_gate", "parse_gate", "stretches", "words_of"]

STRETCH, REST = 700, 350
"""Characters from which a stretch is long enough, and up to which the rest of a text goes with the stretch before."""
NAMES = 4
"""Different names from which on it makes no difference how many there are."""
CONSTANT, LEAST = "*constant*", "*least*"
"""The rows of the data file that are no words."""

_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Gate:
    """``weights`` of words in small letters, ``names`` of parties among them, and the least weight of a stretch.

    ``many`` are the weights of holding at least one different name, two, ...
    """

    weights: Mapping[str, float]
    names: frozenset[str]
    many: tuple[float, ...]
    constant: float
    least: float

    def opens(self, paragraphs: Iterable[str]) -> bool:
        """Whether one of the stretches that ``paragraphs`` make up may hold an act."""
        return any(self.weigh(stretch) >= self.least for stretch in stretches(paragraphs))

    def weigh(self, stretch: str) -> float:
        """The log odds, about, that ``stretch`` holds an act."""
        words, names = words_of(stretch, self.names)
        weights = self.weights
        return self.constant + sum([weights[word] for word in words if word in weights]) + sum(self.many[:names])


def words_of(stretch: str, names: frozenset[str]) -> tuple[set[str], int]:
    """The different words of ``stretch`` in small letters, and how many of them are ``names`` with a capital letter."""
    found = set(_WORD.findall(stretch))
    capital = {word.lower() for word in found if word[0] < "a"}
    return {word.lower() for word in found}, min(len(capital & names), NAMES)


def stretches(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs joined to stretches of about the same length; a short rest goes with the last one."""
    done, now = "", ""
    for paragraph in paragraphs:
        now = f"{now}\n{paragraph}" if now else paragraph
        if len(now) >= STRETCH:
            if done:
                yield done
            done, now = now, ""
    if now and done and len(now) <= REST:
        yield f"{done}\n{now}"
        return
    yield from (one for one in (done, now) if one)


def at_gate(draft: Draft, gate: Gate) -> Draft:
    """``draft``, marked as passed over where nothing in it may be an act."""
    told = (draft.text[one.start : one.end] for one in draft.paragraphs if one.kind in CODABLE)
    return draft if gate.opens(told) else replace(draft, passed=True)


@cache
def load_gate() -> Gate:
    """The package's own gate."""
    return parse_gate((files("rejoinder.text") / "gate.tsv").read_text(encoding="utf-8"), "gate.tsv")


def parse_gate(source: str, name: str) -> Gate:
    """Check ``source``, the rows (word, weight, whether it is a name) of a file called ``name``. Raises DataError."""
    weights: dict[str, float] = {}
    names: set[str] = set()
    for number, line in enumerate(source.splitlines(), 1):
        cells = line.split("\t")
        try:
            word, weight, mark = cells
            weights[word] = float(weight)
        except ValueError as fault:
            raise DataError(f"{name}, line {number}: {fault}. Write a word, its weight and - or name.") from fault
        if mark == "name":
            names.add(word)
    try:
        many = tuple(weights.pop(f"*{count}*") for count in range(1, NAMES + 1))
        constant, least = weights.pop(CONSTANT), weights.pop(LEAST)
    except KeyError as fault:
        raise DataError(f"{name} lacks the row {fault}. Run scripts/training/gate.py to make it anew.") from fault
    return Gate(weights, frozenset(names), many, constant, least)
