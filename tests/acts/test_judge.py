"""The judge: what the net says and what the cues say, weighed; and the cue of a word that no file lists."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts import judge as judging
from rejoinder.acts import lexicon
from rejoinder.acts.judge import NONE, RIVAL, Judge, Scales, Verdict, cue_of, load_scales
from rejoinder.acts.lexicon import Cue, Frame, Lexicon, load_lexicon
from rejoinder.acts.linear import LinearModel
from rejoinder.acts.net import Reading
from rejoinder.acts.scene import Scene, make_scene
from rejoinder.codebook import codebook
from rejoinder.draft import Draft, Paragraph, Sentence, Token
from rejoinder.errors import DataError
from rejoinder.records import Document

KINDS = (NONE, *codebook().kinds)
VERB, REJECTING = Frame("default.verb", ("subject",), ("object",)), Frame("REJECT.verb", ("owner",), ("to",))
DOWN = lexicon.Test("particle", frozenset({"down"}))
REJECT = Cue("REJECT/reject.verb", "reject", "V", "REJECT", REJECTING)
TURN_DOWN = Cue("REJECT/turn.verb+particle", "turn", "V", "REJECT", REJECTING, tests=(DOWN,))
TURN = Cue("CONSULT/turn.verb", "turn", "V", "CONSULT", VERB)
LEXICON = Lexicon(
    {("reject", "V"): (REJECT,), ("turn", "V"): (TURN_DOWN, TURN)},
    {},
    {"default.verb": VERB, "REJECT.verb": REJECTING},
)
SCALES = Scales(net=1.0, cues=0.5, slope=1.0, shift=0.0, floor=0.5, gate=0.02, unlisted=1.0)
SHARES = st.floats(0.03, 0.97)


def scene_of(text: str) -> Scene:
    """A sentence "Seoul VERB [down] offers", with a parse by hand."""
    words = text.split()
    lemmas = {"rejected": "reject", "turned": "turn", "banished": "banish", "offers": "offer"}
    deps = {"down": ("RP", "prt"), "offers": ("NNS", "dobj"), "Seoul": ("NNP", "nsubj")}
    tokens, start = [], 0
    for i, word in enumerate(words):
        tag, dep = deps.get(word, ("VBD", "ROOT"))
        children = tuple(n for n in range(len(words)) if n != 1) if i == 1 else ()
        lemma = lemmas.get(word, word)
        tokens.append(Token(i, word, word.lower(), lemma, tag, dep, 1, start, start + len(word), 0, children))
        start += len(word) + 1
    draft = Draft(
        Document(text),
        paragraphs=(Paragraph(0, len(text)),),
        tokens=tuple(tokens),
        sentences=(Sentence(0, len(words), 0, len(text), 1, 0),),
    )
    return make_scene(draft, frozenset(), frozenset())


LISTED, UNLISTED = scene_of("Seoul rejected offers"), scene_of("Seoul banished offers")


def reading_of(shares: Mapping[str, float], words: int = 3) -> Reading:
    """The same shares for every word; NONE has the rest."""
    row = np.array([shares.get(kind, 0.0) for kind in KINDS], dtype=np.float32)
    row[0] = 1 - sum(shares.values())
    alike, nothing = np.full((words, 5), 0.2, np.float32), np.zeros(words, np.float32)
    return Reading(np.tile(row, (words, 1)), alike, nothing, np.zeros((words, 1), np.float32))


def judge_with(odds: Mapping[str, float] | None = None, **scales: float) -> Judge:
    """A judge whose cue model gives each kind the same, but for ``odds`` at "reject", "banish" and "turn"."""
    names = ("word=reject/V", "word=banish/V", "word=turn/V")
    row = [(odds or {}).get(kind, 0.0) for kind in KINDS]
    weights = np.array([row] * len(names), dtype=np.float32)
    model = LinearModel(KINDS, {name: n for n, name in enumerate(names)}, weights, np.zeros(len(KINDS), np.float32))
    return Judge(LEXICON, model, replace(SCALES, **scales))


def verdict_of(judge: Judge, scene: Scene, shares: Mapping[str, float]) -> Verdict:
    return judge(scene, reading_of(shares), 1)


@pytest.mark.parametrize(
    ("share", "heard"), [(0.0, False), (0.01, False), (0.019, False), (0.021, True), (0.5, True), (1.0, True)]
)
def test_words_below_the_gate_get_no_verdict(share: float, heard: bool) -> None:
    for scene in (LISTED, UNLISTED):
        judge = judge_with({"REJECT": 20.0})
        anchors = [found.anchor for found in judge.verdicts(scene, reading_of({"REJECT": share}))]
        assert (1 in anchors) is heard


def test_the_gate_looks_at_all_kinds_together() -> None:
    assert len([*judge_with().verdicts(LISTED, reading_of({"REJECT": 0.015, "OFFER": 0.015}))]) == 3


@given(SHARES, st.floats(0.2, 5))
def test_the_lexicon_s_opinion_moves_the_verdict(share: float, odds: float) -> None:
    said = {"REJECT": share}
    without = verdict_of(judge_with(cues=0.0), LISTED, said).score
    neutral = verdict_of(judge_with(), LISTED, said).score
    seconded = verdict_of(judge_with({"REJECT": odds}), LISTED, said).score
    objected = verdict_of(judge_with({NONE: odds}), LISTED, said).score
    assert objected < neutral < seconded
    assert neutral == pytest.approx(without, abs=1e-6)


def test_opinions_are_multiplied() -> None:
    said = {"REJECT": 0.4, "OFFER": 0.2}
    found = verdict_of(judge_with({"REJECT": 1.0, "OFFER": 2.0}, net=0.7, cues=0.6), LISTED, said)
    weighed = {
        NONE: 0.4**0.7,
        "REJECT": 0.4**0.7 * math.exp(0.6),
        "OFFER": 0.2**0.7 * math.exp(1.2),
    } | {kind: 1e-9**0.7 for kind in KINDS if kind not in (NONE, "REJECT", "OFFER")}
    total = sum(weighed.values())
    assert found.shares == pytest.approx({kind: weighed[kind] / total for kind in KINDS}, rel=1e-4)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.cue.kind == "REJECT"
    assert found.score == pytest.approx(weighed["REJECT"] / total, rel=1e-4)


def test_the_lexicon_s_opinion_can_decide_the_kind() -> None:
    said = {"REJECT": 0.4, "CONSULT": 0.41}
    turned = scene_of("Seoul turned offers")
    assert verdict_of(judge_with({"REJECT": -9.0}), turned, said).cue == TURN
    assert verdict_of(judge_with({"CONSULT": -9.0}), turned, said).cue == TURN_DOWN
    assert verdict_of(judge_with({"CONSULT": -9.0}, cues=0.0), turned, said).cue == TURN


@given(SHARES, st.floats(-20, 20))
def test_an_unlisted_word_rests_on_the_net_alone(share: float, odds: float) -> None:
    found = verdict_of(judge_with({"OFFER": odds, NONE: -odds}), UNLISTED, {"REJECT": share})
    assert found.cue.kind == "REJECT"
    assert found.cue.id == "REJECT/banish.verb?"
    assert not found.listed
    assert found.score == pytest.approx(share, abs=1e-5)
    assert found.net == pytest.approx(share)


def test_a_listed_word_s_cue_is_the_file_s() -> None:
    found = verdict_of(judge_with(), LISTED, {"REJECT": 0.6})
    assert found.cue == REJECT
    assert found.listed
    assert found.anchor == 1
    assert "cue=REJECT/reject.verb" in found.features


@pytest.mark.parametrize(
    ("unlisted", "cue", "score"), [(1.0, "REJECT/reject.verb", 0.4), (0.0, "OFFER/reject.verb?", 0.5)]
)
def test_a_kind_under_which_the_word_is_not_listed_needs_more(unlisted: float, cue: str, score: float) -> None:
    found = verdict_of(judge_with(unlisted=unlisted), LISTED, {"REJECT": 0.4, "OFFER": 0.5})
    assert found.cue.id == cue
    assert found.listed
    assert found.score == pytest.approx(score, abs=1e-5)


def test_a_kind_not_listed_is_taken_where_the_net_is_sure() -> None:
    assert verdict_of(judge_with(), LISTED, {"REJECT": 0.1, "OFFER": 0.8}).cue.id == "OFFER/reject.verb?"


@pytest.mark.parametrize(
    ("text", "shares", "cue"),
    [
        ("Seoul turned down offers", {"REJECT": 0.4, "CONSULT": 0.5}, "REJECT/turn.verb+particle"),
        ("Seoul turned offers", {"REJECT": 0.5, "CONSULT": 0.4}, "CONSULT/turn.verb"),
    ],
)
def test_a_particle_decides_between_readings(text: str, shares: Mapping[str, float], cue: str) -> None:
    assert verdict_of(judge_with(), scene_of(text), shares).cue.id == cue


@given(st.tuples(SHARES, SHARES), st.booleans())
def test_the_score_rises_with_the_net_s_share(shares: tuple[float, float], listed: bool) -> None:
    low, high = sorted(shares)
    scene, judge = LISTED if listed else UNLISTED, judge_with({"REJECT": 0.7}, slope=0.8, shift=-0.3)
    one, other = (verdict_of(judge, scene, {"REJECT": share}).score for share in (low, high))
    assert one <= other
    if high - low > 1e-3:
        assert one < other


@pytest.mark.parametrize(("share", "named"), [(RIVAL * 0.8, False), (RIVAL * 1.2, True), (0.4, True)])
def test_the_next_best_kind_is_named_from_a_share_on(share: float, named: bool) -> None:
    found = verdict_of(judge_with(), LISTED, {"REJECT": 0.9 - 0.9 * share, "OFFER": 0.9 * share})
    assert found.rival == ("OFFER" if named else None)


def test_equal_kinds_come_in_the_order_of_their_names() -> None:
    found = verdict_of(judge_with(), UNLISTED, {"REJECT": 0.3, "OFFER": 0.3})
    assert (found.cue.kind, found.rival) == ("OFFER", "REJECT")


@given(SHARES, st.floats(0, 1), st.booleans())
def test_no_verdict_below_the_floor(share: float, floor: float, listed: bool) -> None:
    scene, reading, judge = LISTED if listed else UNLISTED, reading_of({"REJECT": share}), judge_with({"OFFER": 1.0})
    wanted = [found for found in judge.verdicts(scene, reading) if found.score >= floor]
    assert list(judge.verdicts(scene, reading, floor)) == wanted


def test_every_word_has_a_verdict_of_its_own() -> None:
    reading = reading_of({"REJECT": 0.5})
    reading.kinds[2] = reading_of({}).kinds[0]
    assert [found.anchor for found in judge_with().verdicts(LISTED, reading)] == [0, 1]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 3), st.floats(-2, 2))
def test_a_probability_rises_with_the_share(one: float, other: float, slope: float, shift: float) -> None:
    scales = replace(SCALES, slope=slope, shift=shift)
    low, high = (scales.probability(share) for share in sorted((one, other)))
    assert 0 <= low <= high <= 1
    if min(one, other) >= 1e-6 and max(one, other) <= 1 - 1e-6 and abs(one - other) > 1e-3:
        assert low < high


@pytest.mark.parametrize("share", [0.001, 0.3, 0.5, 0.999])
def test_a_share_is_a_probability_where_nothing_is_scaled(share: float) -> None:
    assert SCALES.probability(share) == pytest.approx(share)
    assert replace(SCALES, shift=1.0).probability(share) > share > replace(SCALES, shift=-1.0).probability(share)


def test_the_cue_of_a_kind() -> None:
    demanding = replace(TURN_DOWN, tests=(DOWN, DOWN))
    assert cue_of("REJECT", (TURN, TURN_DOWN), ()) == TURN_DOWN
    assert cue_of("REJECT", (), (demanding, TURN, TURN_DOWN)) == TURN_DOWN
    assert cue_of("REJECT", (demanding,), (TURN_DOWN,)) == demanding
    assert cue_of("OFFER", (TURN,), (TURN_DOWN,)) is None


@pytest.mark.parametrize(
    ("pos", "kind", "id_", "frame"),
    [
        ("V", "REJECT", "REJECT/banish.verb?", "REJECT.verb"),
        ("V", "OFFER", "OFFER/banish.verb?", "default.verb"),
        ("N", "REJECT", "REJECT/banish.noun?", "noun"),
        ("X", "REJECT", "REJECT/banish.word?", "word"),
        ("?", "REJECT", "REJECT/banish.word?", "word"),
    ],
)
def test_a_word_that_no_file_lists(pos: str, kind: str, id_: str, frame: str) -> None:
    cue = LEXICON.unlisted("banish", pos, kind)
    assert (cue.id, cue.word, cue.pos, cue.kind, cue.frame.name) == (id_, "banish", pos, kind, frame)
    assert cue.tests == ()
    assert cue.frame.actor


@pytest.mark.parametrize("kind", codebook().kinds)
@pytest.mark.parametrize("pos", ["V", "N", "J", "R", "M", "X"])
def test_the_shipped_frames_serve_every_unlisted_word(kind: str, pos: str) -> None:
    shipped = load_lexicon()
    assert shipped.unlisted("xyzzy", pos, kind).frame in shipped.frames.values()


def scales_from(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Scales:
    """The scales read from a file of that text instead of the shipped one."""
    (folder / "data").mkdir()
    (folder / "data" / "judging.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(judging, "files", lambda _: folder)
    return load_scales.__wrapped__()


ENTRIES = {name: f"{name}: 0.{n}" for n, name in enumerate(Scales.__slots__, 1)}


def test_scales_are_read_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = scales_from(tmp_path, monkeypatch, "\n".join(reversed(ENTRIES.values())))
    assert found == Scales(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@pytest.mark.parametrize("name", ENTRIES)
def test_a_missing_scale_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    kept = "\n".join(entry for other, entry in ENTRIES.items() if other != name)
    with pytest.raises(DataError, match=r"judging\.yaml"):
        scales_from(tmp_path, monkeypatch, kept)


@pytest.mark.parametrize("entry", ["gate: much", "gate: true", "gate: [1]", "gate:", "banana: 1", "gate: 0.1\n7: 1"])
def test_a_wrong_scale_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    with pytest.raises(DataError, match=r"judging\.yaml"):
        scales_from(tmp_path, monkeypatch, "\n".join((ENTRIES | {"gate": entry}).values()))


def test_the_shipped_scales_make_sense() -> None:
    scales = load_scales()
    assert 0 < scales.gate < scales.floor < 1
    assert min(scales.net, scales.cues, scales.slope) > 0
    assert scales.unlisted >= 0
