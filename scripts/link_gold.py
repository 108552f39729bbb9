"""Gold acts as Act records, and how well links over them agree with gold: the linker's own measure.

The linker is measured on gold acts, stripped of ``same_as`` and ``answers``, so that the figures say how it links and
not how acts are found.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.gold import Coding
from training.parts import Part
from training.reading import read_drafts

from rejoinder.acts import finish, fit_context, load_act_finder
from rejoinder.measure import pairing
from rejoinder.measure.coded import CodedAct, ScoredSide
from rejoinder.records import Act, Document, Link, Side, Span, Voice, When
from rejoinder.voices import find_voices

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document, its bare acts, and gold's word on them: mention -> first mention, (answer, offer) -> how."""

    document: Document
    acts: tuple[Act, ...]
    first: Mapping[str, str]
    links: Mapping[tuple[str, str], str]


def load(folder: Path) -> tuple[GoldDocument, ...]:
    """The documents of ``folder`` (``docs.jsonl`` and ``gold.jsonl``), in the order of the gold file."""
    texts = {line["id"]: line for line in _lines(folder / "docs.jsonl")}
    return tuple(_document(texts[line["id"]], line["acts"]) for line in _lines(folder / "gold.jsonl"))


def from_coding(coding: Coding) -> GoldDocument:
    """The same of a coding of ``training/``. It has no clauses: each act's is its trigger."""
    acts = [{**act, "start": act["trigger_start"], "end": act["trigger_end"]} for act in coding.acts]
    return _gold(coding.document, acts)


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _document(text: Json, acts: Sequence[Json]) -> GoldDocument:
    published = text.get("published")
    document = Document(
        text=text["text"], name=text["id"], title=text.get("title"), published=_day(published) if published else None
    )
    return _gold(document, acts)


def _gold(document: Document, acts: Sequence[Json]) -> GoldDocument:
    first = {act["id"]: act.get("same_as") or act["id"] for act in acts}
    links = {(first[act["id"]], first[to["to"]]): to["how"] for act in acts for to in act.get("answers") or ()}
    return GoldDocument(document, tuple(_act(document, act) for act in acts), first, links)


def _act(document: Document, act: Json) -> Act:
    start = act.get("trigger_start")
    if start is None:
        start = act["start"] + act["quote"].index(act["trigger"])
    date = act.get("date") or {}
    span = Span.of(document, act["start"], act["end"])
    return Act(
        id=act["id"],
        doc=document.id,
        kind=act["kind"],
        span=span,
        trigger=Span.of(document, start, start + len(act["trigger"])),
        actor=_side(act["actor"]) or Side(""),
        target=_side(act.get("target")),
        alt_kind=act.get("alt_kind"),
        mutual=bool(act.get("mutual")),
        realis=act["realis"],
        background=bool(act["background"]),
        when=When(_day(date.get("earliest")), _day(date.get("latest")), span if date.get("text") else None),
        voice=Voice(None, act.get("channel"), tuple(act.get("via") or ())),
        issue=act["issue"],
    )


def _side(side: Json | None) -> Side | None:
    if side is None:
        return None
    return Side(
        side.get("text") or "", side.get("state"), side.get("role") or "UNK", also=tuple(side.get("also") or ())
    )


def aligned(gold: GoldDocument, acts: Sequence[Act]) -> GoldDocument:
    """The same document with ``acts`` that somebody else found, and gold's word on those of them that gold has too.

    Acts are paired as ``rejoinder.measure`` pairs them. What gold lacks stands alone and answers nothing.
    """
    pairs = pairing.pairs([_coded(act) for act in gold.acts], [_coded(act) for act in acts])
    meant = {acts[there].id: gold.first[gold.acts[here].id] for here, there in pairs}
    head: dict[str, str] = {}
    for act in sorted(acts, key=lambda act: (act.span.start, act.trigger.start, act.id)):
        if act.id in meant:
            head.setdefault(meant[act.id], act.id)
    first = {act.id: head[meant[act.id]] if act.id in meant else act.id for act in acts}
    links = {
        (head[answer], head[offer]): how
        for (answer, offer), how in gold.links.items()
        if {answer, offer} <= head.keys()
    }
    return GoldDocument(gold.document, tuple(acts), first, links)


def found(documents: Sequence[GoldDocument], models: Mapping[Part, Path]) -> tuple[GoldDocument, ...]:
    """Those of ``documents`` that some models never saw, with the acts that the finder finds, aligned with gold's.

    ``models`` are, by the part N/M, the folders that `scripts/train SHARED --leave N/M --out DIR` made. What a model
    finds in the texts it learnt from is truer than in new ones; texts of the other parts are left out.
    """
    results = []
    for part, folder in models.items():
        finder, unseen = load_act_finder(models=folder), [gold for gold in documents if gold.document in part]
        for gold, draft in zip(unseen, read_drafts(gold.document for gold in unseen), strict=True):
            acts = finish(find_voices(fit_context(finder(draft))), "fitted").acts
            results.append(aligned(gold, acts))
    return tuple(results)


def _coded(act: Act) -> CodedAct:
    actor, target = (
        ScoredSide(side.state, frozenset([side.state, *side.also]), side.role) if side else ScoredSide()
        for side in (act.actor, act.target)
    )
    return CodedAct(
        id=act.id,
        kind=act.kind,
        alt_kind=act.alt_kind,
        span=(act.span.start, act.span.end),
        trigger=(act.trigger.start, act.trigger.end),
        quote=act.span.quote,
        actor=actor,
        target=target,
        mutual=act.mutual,
        realis=act.realis,
        background=act.background,
        channel=act.voice.channel,
        issue=act.issue,
        dates=(None, None),
        conditions=(),
        answers=(),
        same_as=None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def told(gold: GoldDocument) -> tuple[Act, ...]:
    """The acts with gold's own ``same_as``: to measure answers apart from mentions."""
    return tuple(replace(act, same_as=first) if (first := gold.first[act.id]) != act.id else act for act in gold.acts)


def f1(hit: float, system: float, gold: float) -> float:
    """The harmonic mean of hit/system and hit/gold; 0 where nothing was hit."""
    return 2 * hit / (system + gold) if hit else 0.0


def pairwise(first: Mapping[str, str]) -> set[tuple[str, str]]:
    """All unordered pairs of mentions that ``first`` puts together."""
    groups = (sorted(group) for group in _groups(first).values())
    return {(a, b) for group in groups for i, a in enumerate(group) for b in group[i + 1 :]}


def _groups(first: Mapping[str, str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for mention, head in first.items():
        groups[head].add(mention)
    return groups


def score(results: Iterable[tuple[GoldDocument, Sequence[Act], Sequence[Link]]]) -> dict[str, float]:
    """Agreement of linked acts with gold: ``linked``, ``answers``, pairwise and B-cubed F1 of ``same_as``."""
    counts: Counter[str] = Counter()
    precision = recall = mentions = 0.0
    for gold, acts, links in results:
        mine = {act.id: act.same_as or act.id for act in acts}
        system: dict[tuple[str, str], set[str]] = defaultdict(set)
        for link in links:
            system[gold.first[link.answer], gold.first[link.offer]].add(link.how)
        counts["gold"] += len(gold.links)
        counts["system"] += len(links)
        counts["linked"] += len(system.keys() & gold.links.keys())
        counts["answers"] += sum(how in system.get(pair, ()) for pair, how in gold.links.items())
        theirs, ours = pairwise(gold.first), pairwise(mine)
        counts["gold pairs"] += len(theirs)
        counts["pairs"] += len(ours)
        counts["right pairs"] += len(theirs & ours)
        here, there = _groups(mine), _groups(gold.first)
        for mention, head in mine.items():
            ours_of, theirs_of = here[head], there[gold.first[mention]]
            if len(ours_of) > 1 or len(theirs_of) > 1:  # singletons that both leave alone would only flatter
                precision += len(ours_of & theirs_of) / len(ours_of)
                recall += len(ours_of & theirs_of) / len(theirs_of)
                mentions += 1
    bcubed = 2 * precision * recall / (precision + recall) / mentions if mentions else 0.0
    return {
        "linked": f1(counts["linked"], counts["system"], counts["gold"]),
        "answers": f1(counts["answers"], counts["system"], counts["gold"]),
        "linked precision": counts["linked"] / max(counts["system"], 1),
        "linked recall": counts["linked"] / max(counts["gold"], 1),
        "same_as pairwise": f1(counts["right pairs"], counts["pairs"], counts["gold pairs"]),
        "same_as precision": counts["right pairs"] / max(counts["pairs"], 1),
        "same_as recall": counts["right pairs"] / max(counts["gold pairs"], 1),
        "same_as b-cubed (non-singletons)": bcubed,
    }
