"""The scores: on small cases worked out by hand, and figure for figure like the reference scorer on gold."""

import copy
import json
import random
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from rejoinder.errors import InputError
from rejoinder.measure import CodedAct, Scores, coded_act, format_scores, read_coded, score

KINDS = ("OFFER", "REQUEST", "DEMAND", "REJECT", "ACCUSE", "THREATEN", "SANCTION", "NONSENSE")
HOWS = ("accepts", "rejects", "counters", "reaffirms")


def raw(number: int, kind: str = "OFFER", **fields: object) -> dict[str, object]:
    """Act ``a<number>``, a clause of ten characters with its trigger in the middle."""
    start = 20 * number
    return {
        "id": f"a{number}",
        "start": start,
        "end": start + 10,
        "quote": "0123456789",
        "trigger": "45",
        "kind": kind,
        "actor": {"text": "x", "state": "PRK", "role": "GOV"},
        "target": {"text": "y", "state": "KOR", "role": "GOV"},
        "realis": "actual",
        "background": False,
        "date": {"text": None, "earliest": "2016-05-19", "latest": "2016-05-20"},
        "channel": None,
        "via": [],
        "conditions": [],
        "issue": "talks",
        "answers": [],
        **fields,
    }


def scores(gold: list[dict[str, object]], system: list[dict[str, object]]) -> Scores:
    return score({"d": [coded_act(act) for act in gold]}, {"d": [coded_act(act) for act in system]})


def hits(found: Scores) -> dict[str, int]:
    return {name: rate.hit for name, rate in found.rates.items()}


PRK, KOR, USA = ({"text": "x", "state": state, "role": "GOV"} for state in ("PRK", "KOR", "USA"))


class TestPairs:
    def test_the_same_act_is_right_in_every_way(self) -> None:
        found = scores([raw(1)], [raw(1)])
        assert hits(found) == dict.fromkeys(("found", "quad", "kind", "who", "tuple", "full"), 1)
        assert not found.misses

    def test_another_place_is_one_missed_and_one_extra(self) -> None:
        found = scores([raw(1)], [raw(2)])
        assert hits(found)["found"] == 0
        assert [(miss.what, miss.gold, miss.system) for miss in found.misses] == [
            ("extra", "", "OFFER"),
            ("missed", "OFFER", ""),
        ]

    def test_triggers_decide_where_both_are_known(self) -> None:
        moved = raw(1, trigger="01")
        assert hits(scores([raw(1)], [moved]))["found"] == 0

    @pytest.mark.parametrize(("end", "found"), [(26, 1), (37, 0)])
    def test_without_a_trigger_half_of_the_shorter_clause_has_to_overlap(self, end: int, found: int) -> None:
        loose = raw(1, trigger=None, start=end - 11, end=end)
        assert hits(scores([raw(1)], [loose]))["found"] == found

    def test_the_same_kind_pairs_before_a_larger_overlap(self) -> None:
        near = raw(1, "REJECT", id="b1")
        same = raw(1, id="b2", trigger_start=25, trigger_end=26)
        found = scores([raw(1)], [near, same])
        assert hits(found)["kind"] == 1
        assert [miss.system for miss in found.misses] == ["REJECT"]

    def test_a_document_that_the_system_lacks_counts_as_empty(self) -> None:
        found = score({"d": [coded_act(raw(1))]}, {"other": [coded_act(raw(1))]})
        assert (found.rates["found"].gold, found.rates["found"].system) == (1, 0)


class TestKindsAndSides:
    def test_the_second_kind_of_gold_is_right_and_counts_under_its_first(self) -> None:
        found = scores([raw(1, "OFFER", alt_kind="REQUEST")], [raw(1, "REQUEST")])
        assert hits(found)["kind"] == 1
        assert (found.by_kind["OFFER"].hit, found.by_kind["OFFER"].system) == (1, 1)
        assert found.by_kind["REQUEST"].system == 0

    def test_a_wrong_kind_of_the_right_quad_class(self) -> None:
        found = hits(scores([raw(1, "DEMAND")], [raw(1, "THREATEN")]))
        assert (found["quad"], found["kind"]) == (1, 0)

    def test_any_state_of_a_joint_side_is_right(self) -> None:
        joint = {**KOR, "also": ["USA"]}
        assert hits(scores([raw(1, target=joint)], [raw(1, target=USA)]))["tuple"] == 1
        assert hits(scores([raw(1, target=USA)], [raw(1, target=joint)]))["tuple"] == 0

    @pytest.mark.parametrize(("mutual", "right"), [(True, 1), (False, 0)])
    def test_only_a_mutual_act_may_be_told_the_other_way_round(self, mutual: bool, right: int) -> None:
        found = scores([raw(1, mutual=mutual)], [raw(1, actor=KOR, target=PRK)])
        assert hits(found)["tuple"] == right

    def test_no_target_is_right_where_gold_has_none(self) -> None:
        assert hits(scores([raw(1, target=None)], [raw(1, target=None)]))["full"] == 1
        assert hits(scores([raw(1, target=None)], [raw(1)]))["tuple"] == 0

    def test_a_role_counts_for_full_only(self) -> None:
        found = hits(scores([raw(1)], [raw(1, actor={**PRK, "role": "MIL"})]))
        assert (found["tuple"], found["full"]) == (1, 0)


class TestFields:
    @pytest.mark.parametrize(
        ("dates", "meets"),
        [
            (("2016-05-20", "2016-05-31"), 1.0),
            (("2016-05-21", "2016-05-31"), 0.0),
            ((None, "2016-05-19"), 1.0),
            ((None, None), 0.0),
        ],
    )
    def test_dates_meet_where_the_intervals_do(self, dates: tuple[str | None, str | None], meets: float) -> None:
        system = raw(1, date={"text": None, "earliest": dates[0], "latest": dates[1]})
        found = scores([raw(1)], [system])
        assert found.accuracy["date"] == meets
        assert found.accuracy["date_exact"] == 0.0

    def test_a_channel_counts_where_either_names_one(self) -> None:
        assert "channel" not in scores([raw(1)], [raw(1)]).accuracy
        assert scores([raw(1)], [raw(1, channel="letter")]).accuracy["channel"] == 0.0

    def test_conditions_hit_where_one_holds_the_other(self) -> None:
        found = scores([raw(1, conditions=["if it stops", "unless"])], [raw(1, conditions=["it stops", "maybe"])])
        assert (found.conditions.hit, found.conditions.system, found.conditions.gold) == (1, 2, 2)


class TestLinks:
    def test_the_pair_and_the_way_are_judged_apart(self) -> None:
        gold = [raw(1), raw(2, "REJECT", answers=[{"to": "a1", "how": "rejects"}])]
        system = [raw(1, id="x"), raw(2, "REJECT", id="y", answers=[{"to": "x", "how": "evades"}])]
        found = scores(gold, system)
        assert (found.linked.hit, found.answers.hit) == (1, 0)

    def test_a_mention_counts_as_the_act_it_repeats(self) -> None:
        answer = {"answers": [{"to": "a1", "how": "rejects"}]}
        gold = [raw(1), raw(2, "REJECT", **answer), raw(3, "REJECT", same_as="a2")]
        system = [raw(1), raw(3, "REJECT", **answer)]
        assert scores(gold, system).answers.hit == 1

    def test_mentions_in_a_circle_end(self) -> None:
        circle = [raw(1, same_as="a2"), raw(2, same_as="a1", answers=[{"to": "a1", "how": "rejects"}])]
        assert scores(circle, circle).linked.gold == 1


class TestRefusals:
    def test_gold_of_an_unknown_kind(self) -> None:
        with pytest.raises(InputError, match=r"'SHRUG' is no kind. Kinds are: OFFER, "):
            scores([raw(1, "SHRUG")], [])

    def test_gold_that_answers_nothing(self) -> None:
        with pytest.raises(InputError, match="a1 answers 'a9', which is not there"):
            scores([raw(1, answers=[{"to": "a9", "how": "rejects"}])], [])

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("{", "line 2 is no JSON"),
            ("[]", "line 2 is no coded document"),
            ('{"id": "d"}', "line 2 is no coded document"),
            ('{"id": "c", "acts": []}', "line 2: the id 'c' stood above"),
            ('{"id": "d", "acts": [7]}', "line 2, act 1 is no JSON object"),
            ('{"id": "d", "acts": [{"start": 1, "end": "2", "kind": "OFFER"}]}', "act 1: 'end' is '2', not a number"),
            ('{"id": "d", "acts": [{"start": 1, "end": 2}]}', "act 1: 'kind' is None, not a text"),
            (
                '{"id": "d", "acts": [{"start": 1, "end": 2, "kind": "OFFER", "actor": 5}]}',
                "'actor' is 5, not an object",
            ),
            (
                '{"id": "d", "acts": [{"start": 1, "end": 2, "kind": "OFFER", "answers": ["a1"]}]}',
                'an answer reads {"to": "a1", "how": "accepts"}',
            ),
        ],
    )
    def test_a_line_that_is_none_is_named(self, tmp_path: Path, line: str, message: str) -> None:
        file = tmp_path / "coded.jsonl"
        file.write_text('{"id": "c", "acts": []}\n' + line, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_coded(file)
        assert message in str(caught.value)
        assert "coded.jsonl" in str(caught.value)

    def test_files_that_are_none(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            read_coded(tmp_path / "missing.jsonl")
        (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9", "acts": []}')
        with pytest.raises(InputError, match="is not UTF-8"):
            read_coded(tmp_path / "latin.jsonl")


def test_the_lines_for_a_terminal() -> None:
    found = scores([raw(1), raw(2)], [raw(1)])
    lines = format_scores(found, errors=True).splitlines()
    assert lines[0] == "found       P 1.000  R 0.500  F1 0.667   (1 right, 1 coded, 2 gold)"
    assert lines[-2] == "by kind: OFFER 0.67 (2)"
    assert lines[-1] == "d\tmissed\tOFFER\t\t0123456789"
    assert "missed" not in format_scores(found)


# against the reference


def perturbed(gold: Mapping[str, list[dict[str, object]]], seed: int) -> dict[str, list[dict[str, object]]]:
    """A system that gets much right and each kind of thing wrong now and then."""
    chance = random.Random(seed)
    system = {}
    for name, acts in gold.items():
        if chance.random() < 0.05:
            continue
        kept = [copy.deepcopy(act) for act in acts if chance.random() < 0.85]
        for act in kept:
            _perturb(act, kept, chance)
        chance.shuffle(kept)
        system[name] = kept
    return system


def _perturb(act: dict[str, object], kept: list[dict[str, object]], chance: random.Random) -> None:
    def now(share: float = 0.15) -> bool:
        return chance.random() < share

    if now():
        act["kind"] = chance.choice(KINDS)
    for side in ("actor", "target"):
        if now():
            act[side] = chance.choice([None, PRK, KOR, {**USA, "also": ["KOR"]}])
    if now():
        act["actor"], act["target"] = act["target"], act["actor"]
    if now():
        for key in ("trigger_start", "trigger_end"):
            act.pop(key)
    if now(0.05):
        act["trigger"] = None
    if now():
        shift = chance.randrange(-30, 30)
        act["start"], act["end"] = max(0, int(str(act["start"])) + shift), int(str(act["end"])) + shift + 30
    if now():
        act["date"] = chance.choice(
            [None, {"earliest": None, "latest": "2013-01-01"}, {"text": "x", "earliest": "2012-03-04", "latest": None}]
        )
    others = (("realis", "planned"), ("background", True), ("channel", "letter"), ("issue", "aid"))
    act.update({key: value for key, value in others if now()})
    if now():
        act["conditions"] = [str(act["quote"])[3:9], "if"]
    if now(0.3):
        act["answers"] = [{"to": chance.choice(kept).get("id", "gone"), "how": chance.choice(HOWS)}]
    if now(0.1):
        act["same_as"] = chance.choice([*(other.get("id") for other in kept), "gone"])
    if now(0.05):
        act.pop("id")


def typed(acts: Mapping[str, list[dict[str, object]]]) -> dict[str, list[CodedAct]]:
    return {name: [coded_act(act) for act in one] for name, one in acts.items()}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("part", ["dev", "train"])
def test_every_figure_is_that_of_the_reference(shared: Path, reference: ModuleType, part: str, seed: int) -> None:
    gold = reference.load(shared / "gold" / part / "gold.jsonl")
    if part == "train":
        gold = dict(random.Random(seed).sample(sorted(gold.items()), 300))
    system = perturbed(gold, seed)
    misses: list[tuple[str, ...]] = []
    expected = reference.score(gold, system, misses)
    found = score(typed(gold), typed(system))
    assert found.to_dict() == expected
    assert 0.3 < found.rates["tuple"].f1 < 0.9
    ours = [(miss.document, miss.what, miss.gold, miss.system, miss.quote) for miss in found.misses]
    assert ours == sorted((name, what, want, got, quote or "") for name, what, want, got, quote in misses)


def test_gold_scores_full_marks_on_itself(shared: Path) -> None:
    gold = read_coded(shared / "gold" / "dev" / "gold.jsonl")
    found = score(gold, gold)
    assert all(rate.f1 == 1 for rate in (*found.rates.values(), found.linked, found.answers, found.conditions))
    assert set(found.accuracy.values()) == {1.0}


def test_figures_are_json(tmp_path: Path) -> None:
    found = scores([raw(1)], [raw(1)])
    assert json.loads(json.dumps(found.to_dict()))["tuple"]["f1"] == 1.0
