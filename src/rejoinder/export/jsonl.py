"""JSONL in the form of the codebook: a document a line, its acts with every field, offsets into its text.

``rejoinder score`` reads it, and so does any program that reads the gold files.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.draft import Coded
from rejoinder.export.target import To, text_file
from rejoinder.records import Act, Link, Problem, Side, When

__all__ = ["document_to_json", "write_jsonl"]

Json = dict[str, object]


def write_jsonl(coded: Iterable[Coded], to: To) -> int:
    """Write ``coded`` to the file ``to`` ("-": standard output), a line a document in the order given; their number.

    Raises UsageError where no file can be made at ``to``.
    """
    lines = 0
    with text_file(to) as file:
        for document in coded:
            file.write(json.dumps(document_to_json(document), ensure_ascii=False) + "\n")
            lines += 1
    return lines


def document_to_json(coded: Coded) -> Json:
    """One document: its name as ``id``, its acts in text order with the ids a1, a2, ...

    ``status`` stands there unless it is "coded", ``problems`` where there are any. A link to an act of another document
    has no place here.
    """
    acts = sorted(coded.acts, key=lambda act: (act.span.start, act.span.end, act.trigger.start, act.id))
    names = {act.id: f"a{number}" for number, act in enumerate(acts, 1)}
    line: Json = {"id": coded.document.name, "acts": [_act(act, coded.links, names) for act in acts]}
    if coded.status != "coded":
        line["status"] = coded.status
    if coded.problems:
        line["problems"] = [_problem(problem) for problem in coded.problems]
    return line


def _act(act: Act, links: Sequence[Link], names: Mapping[str, str]) -> Json:
    line: Json = {
        "id": names[act.id],
        "start": act.span.start,
        "end": act.span.end,
        "quote": act.span.quote,
        "trigger": act.trigger.quote,
        "trigger_start": act.trigger.start,
        "trigger_end": act.trigger.end,
        "kind": act.kind,
        "actor": _side(act.actor),
        "target": None if act.target is None else _side(act.target),
        "realis": act.realis,
        "background": act.background,
        "date": _date(act.when),
        "channel": act.voice.channel,
        "via": list(act.voice.via),
        "conditions": [span.quote for span in act.conditions],
        "issue": act.issue,
        "answers": [
            {"to": names[link.offer], "how": link.how}
            for link in links
            if link.answer == act.id and link.offer in names
        ],
        "sure": act.alt_kind is None,
        "score": act.score,
        "coder": act.coder,
        "rule": act.rule,
    }
    if act.mutual:
        line["mutual"] = True
    if act.same_as is not None and act.same_as in names:
        line["same_as"] = names[act.same_as]
    if act.alt_kind is not None:
        line["alt_kind"] = act.alt_kind
    if act.due is not None:
        line["due"] = act.due.isoformat()
    return line


def _side(side: Side) -> Json:
    line: Json = {"text": side.text, "state": side.state, "role": side.role}
    if side.also:
        line["also"] = list(side.also)
    if side.party is not None:
        line["party"] = side.party
    place = side.span  # null where the side is only implied
    return line | {"start": place.start if place else None, "end": place.end if place else None}


def _date(when: When) -> Json:
    line: Json = {
        "text": when.said.quote if when.said else None,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
    }
    if when.partial is not None:
        line["partial"] = when.partial
    return line


def _problem(problem: Problem) -> Json:
    line: Json = {"stage": problem.stage, "code": problem.code, "message": problem.message}
    if problem.span is not None:
        line |= {"start": problem.span.start, "end": problem.span.end}
    return line
