"""Conditions of cues, slots of frames, conditions and clauses of acts, on real parses of small sentences."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.acts import lexicon
from rejoinder.acts.clause import clause_span, trigger_range
from rejoinder.acts.conditions import find_conditions
from rejoinder.acts.find import scene_of
from rejoinder.acts.matching import cues_at, holds, related
from rejoinder.acts.scene import Scene
from rejoinder.acts.slots import fill, governing_verb
from rejoinder.draft import Draft
from rejoinder.parties import Gazetteer, find_mentions, load_gazetteer

Read = Callable[[str], Scene]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture
def read(parsed: Callable[[str], Draft], gazetteer: Gazetteer) -> Read:
    """Parses a text and finds its parties."""
    return lambda text: scene_of(find_mentions(parsed(text), gazetteer), lexicon.load_lexicon())


def at(scene: Scene, word: str) -> int:
    return next(token.i for token in scene.tokens if token.text == word)


def words(scene: Scene, found: object) -> list[str]:
    return [scene.tokens[i].text for i in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "word", "relation", "expected"),
    [
        ("Seoul rejected the offer.", "rejected", "object", ["offer"]),
        ("The offer was rejected by Seoul.", "rejected", "object", ["offer"]),
        ("Seoul and Tokyo rejected it.", "rejected", "subject", ["Seoul", "Tokyo"]),
        ("The offer was rejected.", "rejected", "subject", []),
        ("Seoul turned down the offer.", "turned", "particle", ["down"]),
        ("Seoul refused to meet the envoy.", "refused", "to do", ["meet"]),
        ("Seoul demanded that Pyongyang stop.", "demanded", "that", ["stop"]),
        ("A joint naval drill began.", "drill", "modifier", ["A", "joint", "naval"]),
        ("Seoul launched an attack.", "attack", "governor", ["launched"]),
        ("Seoul launched an attack.", "launched", "governor", []),
        ("Seoul met Tokyo.", "met", "previous", ["Seoul"]),
        ("Seoul met Tokyo.", "met", "next", ["Tokyo"]),
        ("Seoul met Tokyo.", "Seoul", "previous", []),
        ("Seoul met Tokyo. Moscow did not.", "Moscow", "previous", []),
        ("Seoul met Tokyo. Moscow did not.", "Moscow", "sentence", ["Moscow", "did", "not", "."]),
        ("Seoul met with Tokyo.", "met", "with", ["Tokyo"]),
        ("Seoul called on Tokyo to act.", "called", "on/upon", ["Tokyo"]),
        ("Seoul called on Tokyo to act.", "called", "with", []),
    ],
)
def test_relations(read: Read, text: str, word: str, relation: str, expected: list[str]) -> None:
    scene = read(text)
    assert words(scene, related(scene, at(scene, word), relation)) == expected


@pytest.mark.parametrize(
    ("text", "word", "flag", "expected"),
    [
        ("Seoul did not accept it.", "accept", "negated", True),
        ("Seoul accepted it.", "accepted", "negated", False),
        ("It was rejected by Seoul.", "rejected", "passive", True),
        ("Seoul rejected it.", "rejected", "passive", False),
        ('Seoul said it "rejects" the plan.', "rejects", "quoted", True),
        ('Seoul said it "rejects" the plan.', "said", "quoted", False),
        ("We reject the plan.", "reject", "first_person", True),
        ("They reject the plan.", "reject", "first_person", False),
        ("Seoul will reject the plan.", "reject", "planned", True),
        ("Seoul may reject the plan.", "reject", "planned", False),
        ("Seoul refused to meet Tokyo.", "meet", "infinitive", True),
        ("Seoul met Tokyo.", "met", "infinitive", False),
        ("An attack helicopter crashed.", "attack", "attributive", True),
        ("An attack began.", "attack", "attributive", False),
    ],
)
def test_flags(read: Read, text: str, word: str, flag: str, expected: bool) -> None:
    scene = read(text)
    i = at(scene, word)
    assert holds(scene, i, lexicon.Test(flag, frozenset(), wanted=True)) is expected
    assert holds(scene, i, lexicon.Test(flag, frozenset(), wanted=False)) is not expected


@pytest.mark.parametrize(
    ("words_", "expected"),
    [("offer", True), ("proposal", False), ("any", True), ("party", False), ("proposal offer", True)],
)
def test_words_of_a_condition(read: Read, words_: str, expected: bool) -> None:
    scene = read("Seoul rejected the offers.")
    test = lexicon.Test("object", frozenset(words_.split()))
    assert holds(scene, at(scene, "rejected"), test) is expected
    assert holds(scene, at(scene, "rejected"), replace(test, wanted=False)) is not expected


def test_party_stands_for_a_mention(read: Read) -> None:
    scene = read("Seoul urged Tokyo to act.")
    assert holds(scene, at(scene, "urged"), lexicon.Test("object", frozenset([lexicon.PARTY])))


@pytest.mark.parametrize(
    ("text", "word", "kinds"),
    [
        ("Seoul rejected the offer.", "rejected", ["REJECT"]),
        ("Seoul turned down the offer.", "turned", ["REJECT"]),
        ("Seoul turned to Tokyo.", "turned", []),
        ("The writer died of a heart attack.", "attack", []),
        ("The attack on Seoul began.", "attack", ["ASSAULT"]),
        ("The ministry declined to comment.", "declined", []),
        ("The ministry declined the invitation.", "declined", ["REJECT"]),
        ("Bananas are yellow.", "Bananas", []),
    ],
)
def test_cues_at(read: Read, text: str, word: str, kinds: list[str]) -> None:
    scene = read(text)
    found = cues_at(scene, lexicon.load_lexicon(), at(scene, word))
    assert [cue.kind for cue in found] == kinds


@pytest.mark.parametrize(
    ("text", "word", "slot", "expected"),
    [
        ("Seoul rejected it.", "rejected", "subject", ["Seoul"]),
        ("It was rejected by Seoul.", "rejected", "subject", ["Seoul"]),
        ("Seoul gave the North some rice.", "gave", "dative", ["North"]),
        ("Seoul's offer was modest.", "offer", "owner", ["Seoul"]),
        ("The Iranian attack failed.", "attack", "owner", ["Iranian"]),
        ("Tokyo rejected Seoul's offer.", "rejected", "object owner", ["Seoul"]),
        ("Tokyo demanded that Seoul halt the drill.", "demanded", "clause subject", ["Seoul"]),
        ("Seoul launched an attack on Tokyo.", "attack", "verb subject", ["Seoul"]),
        ("Seoul issued Tokyo a warning.", "warning", "verb subject", ["Seoul"]),
        ("Talks between Iran and Iraq resumed.", "Talks", "pair", ["Iran", "Iraq"]),
        ("Iran and Iraq agreed.", "agreed", "beside", ["Iraq"]),
        ("Iran met with Iraq.", "met", "with", ["Iraq"]),
        ("Iran is open to talks with Iraq.", "open", "with", []),
        ("Iran held talks with Iraq.", "held", "with", ["Iraq"]),
    ],
)
def test_slots(read: Read, text: str, word: str, slot: str, expected: list[str]) -> None:
    scene = read(text)
    assert words(scene, fill(scene, at(scene, word), slot))[: len(expected) or None] == expected


@pytest.mark.parametrize(
    ("text", "noun", "verb"),
    [
        ("Seoul launched an attack.", "attack", "launched"),
        ("A warning was issued by Seoul.", "warning", "issued"),
        ("Seoul watched the attack.", "attack", None),
    ],
)
def test_governing_light_verb(read: Read, text: str, noun: str, verb: str | None) -> None:
    scene = read(text)
    found = governing_verb(scene, at(scene, noun))
    assert (None if found is None else scene.tokens[found].text) == verb


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Seoul said it would attend.", "attend", "Seoul"),
        ('"We will attend," Seoul said.', "attend", "Seoul"),
        ("Seoul attended.", "attended", None),
        ('"We will attend," Seoul said. "We expect others to attend as well."', "others", "Seoul"),
    ],
)
def test_speaker(read: Read, text: str, word: str, speaker: str | None) -> None:
    scene = read(text)
    found = scene.speaker(at(scene, word))
    assert (None if found is None else scene.tokens[found].text) == speaker


@pytest.mark.parametrize(
    ("text", "word", "conditions"),
    [
        ("Seoul will send rice if Pyongyang apologises.", "send", ["if Pyongyang apologises"]),
        ("If the North halts its tests, Seoul will send rice.", "send", ["If the North halts its tests"]),
        ("Seoul will not talk unless the tests stop.", "talk", ["unless the tests stop"]),
        ("Seoul is ready to talk if the tests stop.", "ready", ["if the tests stop"]),
        ("Seoul will not talk until the tests stop.", "talk", ["until the tests stop"]),
        ("Seoul will send rice once the tests stop.", "send", ["once the tests stop"]),
        ("Seoul refused to talk before the tests stop.", "refused", ["before the tests stop"]),
        ("Seoul sent rice.", "sent", []),
        ("Seoul sent rice because the harvest failed.", "sent", []),
        ("Seoul sent rice when the harvest failed.", "sent", []),
    ],
)
def test_conditions(read: Read, text: str, word: str, conditions: list[str]) -> None:
    scene = read(text)
    assert [text[start:end] for start, end in find_conditions(scene, at(scene, word))] == conditions


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired a missile before the president arrived in Tokyo.",
        "The envoys met once the rain had stopped.",
    ],
)
def test_a_time_is_no_condition(read: Read, text: str) -> None:
    scene = read(text)
    verb = next(t.i for t in scene.tokens if t.text in ("fired", "met"))
    assert find_conditions(scene, verb) == ()


@pytest.mark.parametrize(
    ("text", "word", "trigger"),
    [
        ("Seoul turned down the offer.", "turned", "turned down"),
        ("Seoul rejected the offer.", "rejected", "rejected"),
        ("The nuclear test shook the ground.", "test", "nuclear test"),
        ("The Korean test failed.", "test", "test"),
    ],
)
def test_trigger(read: Read, text: str, word: str, trigger: str) -> None:
    scene = read(text)
    first, last = trigger_range(scene, at(scene, word))
    assert text[scene.tokens[first].start : scene.tokens[last - 1].end] == trigger


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("Seoul rejected the offer, and Tokyo agreed.", "rejected", "Seoul rejected the offer"),
        ("Seoul rejected the offer of talks on Friday.", "offer", "the offer of talks"),
        ("Seoul said it rejected the offer.", "rejected", "it rejected the offer"),
    ],
)
def test_clause(read: Read, text: str, word: str, clause: str) -> None:
    scene = read(text)
    start, end = clause_span(scene, at(scene, word), None, None)
    assert text[start:end] == clause
