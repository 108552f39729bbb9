"""How far the acts found in PETRARCH2's validation sentences agree with their CAMEO events: two F1 figures.

    python scripts/petrarch_validation.py SHARED_DIR [--errors]

Reads ``SHARED_DIR/data/petrarch2_validation/petr2_gsr_validation.jsonl``. Figure one asks for the root of the CAMEO
code (its first two digits), figure two for the root and both countries. Whoever reads them should know these choices:

- Each sentence is a document of its own, in the text as stored, published on its ``date``; a date that is not eight
  digits counts as unknown. An entry without text is left out, for there is nothing to code.
- An act gives an event from each actor to each target, a mutual act the way back as well; a joint side is all its
  states, and a pair of one state with itself is left out where other pairs remain. A side without state is "no
  country", which is right where gold has none. The roots of an event are those of its kind in the codebook, and one of
  them must be gold's. Gold has events of root 01 (statements), for which the codebook has no kind: they count as
  missed. Two acts between the same sides stay two events.
- An act that did not happen (``negated``) and a further mention of an act (``same_as``) give no event. Acts planned,
  possible, in the background or named by a noun do, whether or not gold codes such.
- The country of a CAMEO actor is its first three letters; "---" and IMG (armed groups of no one state) are no country;
  organisations are translated by ORGANISATIONS, and one that is not listed there is never right.
- Gold's events count as they stand: both directions of a meeting are two events, two that differ only in roles too.
- Within a sentence events pair with gold events one to one, as many as fit, for each figure anew. Precision is pairs by
  events found, recall pairs by gold events, over all sentences together. A sentence with no gold events can only lower
  precision.

The sentences were written to test another program on another scheme; the figures say how far two schemes and two
programs agree, not how good either is.
"""

import argparse
import datetime as dt
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import states_of
from rejoinder.errors import InputError, RejoinderError
from rejoinder.measure import Rate
from rejoinder.pipeline import Pipeline, load_pipeline
from rejoinder.records import Act, Document

FILE = Path("data") / "petrarch2_validation" / "petr2_gsr_validation.jsonl"

ORGANISATIONS = {"IGOUNO": "IGO:UN", "IGOEUREEC": "IGO:EU", "IGOCOPITP": "IGO:INTERPOL"}
"""CAMEO's codes of organisations, by how they begin, and ours."""

STATELESS = ("---", "IMG")


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom: CAMEO roots of which one holds, two countries (None: no country), and what it rests on."""

    roots: tuple[str, ...]
    source: str | None
    target: str | None
    label: str

    def __str__(self) -> str:
        return f"{self.label} {self.source or '---'} -> {self.target or '---'}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its gold events; ``published`` is None where the file has no proper date."""

    name: str
    text: str
    published: dt.date | None
    gold: tuple[Event, ...]


Fits = Callable[[Event, Event], bool]


def root_fits(gold: Event, found: Event) -> bool:
    """Whether gold's root is one of those found."""
    return gold.roots[0] in found.roots


def all_fits(gold: Event, found: Event) -> bool:
    """Whether root and both countries are gold's."""
    return root_fits(gold, found) and (gold.source, gold.target) == (found.source, found.target)


def pair(gold: Sequence[Event], found: Sequence[Event], fits: Fits) -> dict[int, int]:
    """Gold index -> found index: as many one-to-one pairs that ``fits`` as there can be, earlier ones preferred."""
    partner: dict[int, int] = {}  # found -> gold

    def place(i: int, tried: set[int]) -> bool:
        """Find a partner for gold event i, moving others where that makes room (Kuhn's algorithm)."""
        for j, event in enumerate(found):
            if j not in tried and fits(gold[i], event):
                tried.add(j)
                if j not in partner or place(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return {i: j for j, i in sorted(partner.items(), key=lambda item: item[1])}


def rate(sentences: Iterable[tuple[Sequence[Event], Sequence[Event]]], fits: Fits) -> Rate:
    """Pairs, events found and gold events, summed over sentences given as (gold, found)."""
    hit = system = right = 0
    for gold, found in sentences:
        hit += len(pair(gold, found, fits))
        system += len(found)
        right += len(gold)
    return Rate(hit, system, right)


def events(acts: Iterable[Act]) -> list[Event]:
    """The events of the acts of one document, in their order."""
    return [event for act in acts if act.same_as is None and act.realis != "negated" for event in _of_act(act)]


def _of_act(act: Act) -> list[Event]:
    label = f"{act.kind} {act.trigger.quote!r}"
    return [Event(codebook().kinds[act.kind].cameo, one, other, label) for one, other in _pairs(act)]


def _pairs(act: Act) -> list[tuple[str | None, str | None]]:
    actors: tuple[str | None, ...] = states_of(act.actor) or (None,)
    targets: tuple[str | None, ...] = states_of(act.target) or (None,)
    if act.mutual and act.target is None and len(actors) > 1:
        found = list(itertools.combinations(actors, 2))
    else:
        found = list(itertools.product(actors, targets))
        found = [sides for sides in found if sides[0] != sides[1]] or found
    if act.mutual:
        found += [(other, one) for one, other in found]
    return list(dict.fromkeys(found))


def gold_event(source: str, target: str, code: str) -> Event:
    """The event of a CAMEO triple: ``gold_event("USAGOV", "---", "042")``."""
    return Event((code[:2],), country(source), country(target), code)


def country(actor: str) -> str | None:
    """The country of a CAMEO actor code, in our codes; None where it has none."""
    for start, ours in ORGANISATIONS.items():
        if actor.startswith(start):
            return ours
    return None if actor.startswith(STATELESS) else actor[:3]


def read(path: Path) -> list[Sentence]:
    """The sentences of the file that have a text. Raises InputError where it cannot be read or lacks a field."""
    try:
        with path.open(encoding="utf-8") as file:
            lines = [json.loads(line) for line in file if line.strip()]
        return [_sentence(line) for line in lines if line["text"]]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} cannot be read ({error!r}). Name the folder that holds {FILE.parent}.") from error


def _sentence(line: Mapping[str, object]) -> Sentence:
    gold = line["gold_events"]
    if not isinstance(gold, list) or (line["no_events"] and gold):
        raise ValueError(f"{line['id']}: gold_events and no_events do not agree")
    return Sentence(
        str(line["id"]),
        str(line["text"]),
        day(str(line["date"])),
        tuple(gold_event(event["source"], event["target"], event["code"]) for event in gold),
    )


def day(text: str) -> dt.date | None:
    """The day of "20080806"; None where that is not its form, for a shorter one can be read in several ways."""
    if len(text) != 8:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def code(pipeline: Pipeline, sentence: Sentence) -> list[Event]:
    """The events that ``pipeline`` finds in the sentence."""
    return events(pipeline.code(Document(sentence.text, name=sentence.name, published=sentence.published)).acts)


def errors(sentence: Sentence, found: Sequence[Event]) -> list[str]:
    """A line for each gold event missed and each event too many, root and countries taken together."""
    by_root = pair(sentence.gold, found, root_fits)
    paired = pair(sentence.gold, found, all_fits)
    lines = []
    for i, event in enumerate(sentence.gold):
        if i not in paired:
            lines.append(f"  missed {event}" + (" (root found)" if i in by_root else ""))
    for j, event in enumerate(found):
        if j not in paired.values():
            lines.append(f"  extra  {event}" + (" (root right)" if j in by_root.values() else ""))
    return lines


def main() -> int:
    """Code, compare and print."""
    parser = argparse.ArgumentParser(description="Compare found acts with PETRARCH2's validation events.")
    parser.add_argument("shared", type=Path, metavar="SHARED_DIR", help="the folder that holds data/")
    parser.add_argument("--errors", action="store_true", help="list missed and extra events")
    options = parser.parse_args()
    try:
        sentences = read(options.shared / FILE)
    except RejoinderError as error:
        print(f"petrarch_validation: {error}", file=sys.stderr)
        return 2
    pipeline = load_pipeline()
    coded = [(sentence, code(pipeline, sentence)) for sentence in sentences]
    if options.errors:
        for sentence, found in coded:
            if lines := errors(sentence, found):
                print(f"{sentence.name}: {sentence.text}", *lines, sep="\n")
    show([(sentence.gold, found) for sentence, found in coded])
    return 0


def show(coded: Sequence[tuple[Sequence[Event], Sequence[Event]]]) -> None:
    """Print both figures."""
    print(f"{len(coded)} sentences with a text")
    for name, fits in (("root", root_fits), ("root and both countries", all_fits)):
        figure = rate(coded, fits)
        print(
            f"{name:24} F1 {figure.f1:.3f}  precision {figure.p:.3f} ({figure.hit}/{figure.system})  "
            f"recall {figure.r:.3f} ({figure.hit}/{figure.gold})"
        )


if __name__ == "__main__":
    sys.exit(main())
