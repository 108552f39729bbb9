"""How well channels and carriers agree with the gold, where the gold folder is at hand."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.draft import Candidate
from rejoinder.parse import Parser
from rejoinder.voices import find_voices
from tests.voices.build import Asked, candidate, mentions, parsed

CHANNEL_FLOOR = 0.70
"""Among acts where gold or program names a channel; the gold act, its kind and sides given."""
VIA_FLOOR = 0.30
"""Same carriers, among acts where gold names one. No state of a carrier who is no side of an act is known here."""


def gold_pairs(shared: Path, parser: Parser) -> Iterator[tuple[dict[str, Any], Candidate]]:
    folder = shared / "gold" / "dev"
    lines = (folder / "docs.jsonl").read_text("utf-8").splitlines()
    documents = {row["id"]: row for row in map(json.loads, lines)}
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        document = documents[gold["id"]]
        draft = parsed(document["text"], document["title"] or None, parser)
        sides = [side for act in gold["acts"] for side in (act["actor"], act["target"]) if side and side["text"]]
        states = {
            side["text"]: side["state"] for side in sides if side["state"] and side["text"].lower() not in PRONOUNS
        }
        made = tuple(candidate(draft, as_asked(act), act["trigger_start"]) for act in gold["acts"])
        found = find_voices(replace(draft, mentions=mentions(draft, states), candidates=made))
        yield from zip(gold["acts"], found.candidates, strict=True)


PRONOUNS = ("he", "she", "it", "they", "we", "i", "our", "their", "his", "her", "its")


def as_asked(act: dict[str, Any]) -> Asked:
    actor = act["actor"]
    return Asked(act["trigger"], act["kind"], actor["text"], actor["state"], act["background"], act["realis"])


def names(via: tuple[str, ...] | list[str]) -> set[str]:
    return {re.sub(r"^the ", "", name.lower()) for name in via}


def test_channels_and_carriers_stay_above_their_floors(shared: Path, parser: Parser) -> None:
    channels, carriers = [], []
    for act, found in gold_pairs(shared, parser):
        if act["channel"] or found.voice.channel:
            channels.append(act["channel"] == found.voice.channel)
        if act["via"]:
            carriers.append(names(act["via"]) == names(found.voice.via))
    assert sum(channels) / len(channels) >= CHANNEL_FLOOR
    assert sum(carriers) / len(carriers) >= VIA_FLOOR
