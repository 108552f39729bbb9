"""Several coders of the same texts: which acts are one, what is compared, where they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import UsageError
from rejoinder.measure import CodedAct, agreement
from rejoinder.measure.agreement import Agreement, Disagreement, FieldAgreement
from rejoinder.measure.units import units
from tests.measure.coders import marked

PRK, KOR, USA = ({"state": state, "role": "GOV"} for state in ("PRK", "KOR", "USA"))


def two(ann: list[CodedAct], bob: list[CodedAct], *fields: str) -> Agreement:
    """Agreement on one document."""
    return agreement({"ann": {"d": ann}, "bob": {"d": bob}}, fields or None)


def of(found: Agreement, name: str) -> FieldAgreement:
    return next(one for one in found.fields if one.field == name)


def differing(found: Agreement) -> list[tuple[str, dict[str, str | None]]]:
    return [(one.field, dict(one.said)) for one in found.disagreements]


class TestUnits:
    def test_acts_at_one_place_are_one_whatever_their_kind(self) -> None:
        ann, bob = marked(1, "OFFER"), marked(1, "DEMAND")
        assert units({"ann": [ann], "bob": [bob]}) == [{"ann": ann, "bob": bob}]

    def test_acts_at_other_places_are_not(self) -> None:
        ann, bob = marked(2), marked(1)
        assert units({"ann": [ann], "bob": [bob]}) == [{"bob": bob}, {"ann": ann}]

    def test_of_several_at_one_place_the_most_alike_are_one(self) -> None:
        offer, demand = marked(1, "OFFER"), marked(1, "DEMAND", id="b")
        assert units({"ann": [offer, demand], "bob": [demand]}) == [{"ann": demand, "bob": demand}, {"ann": offer}]

    def test_a_third_coder_joins_those_who_were_joined(self) -> None:
        acts = {coder: [marked(1), marked(2)] for coder in ("ann", "bob", "cem")}
        assert [[*unit] for unit in units(acts)] == [["ann", "bob", "cem"]] * 2

    def test_no_coder_has_two_acts_in_one_unit(self) -> None:
        wide = marked(1, trigger_start=20, trigger_end=30)
        first = marked(1, trigger_start=20, trigger_end=22, id="x")
        last = marked(1, trigger_start=27, trigger_end=30, id="y")
        found = units({"ann": [first, last], "bob": [wide], "cem": [first, last]})
        assert [[*unit] for unit in found] == [["ann", "cem"], ["ann", "bob", "cem"]]

    @given(st.lists(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(("OFFER", "DEMAND")))), max_size=4))
    def test_every_act_is_in_one_unit_and_the_order_of_coders_changes_nothing(
        self, told: list[list[tuple[int, str]]]
    ) -> None:
        codings = {
            f"coder {n}": [marked(at, kind, id=f"{n} {i}") for i, (at, kind) in enumerate(some)]
            for n, some in enumerate(told)
        }
        found = units(codings)
        ids = sorted(act.id or "" for unit in found for act in unit.values())
        assert ids == sorted(act.id or "" for acts in codings.values() for act in acts)
        turned = {coder: [*reversed(codings[coder])] for coder in reversed(codings)}
        assert units(turned) == found


class TestFound:
    def test_counts_either_way(self) -> None:
        (pair,) = two([marked(1), marked(2), marked(3)], [marked(1), marked(4)]).pairs
        assert (pair.coders, pair.documents, pair.acts, pair.both) == (("ann", "bob"), 1, (3, 2), 1)
        assert (pair.precision, pair.recall) == (1 / 2, 1 / 3)
        assert pair.found is not None
        assert pair.found.value == pytest.approx(2 / 5)

    def test_an_act_that_one_lacks_is_a_disagreement(self) -> None:
        found = two([marked(1), marked(2, "REJECT")], [marked(1)])
        assert found.disagreements == (
            Disagreement(
                "d", "found", (("ann", "REJECT"), ("bob", None)), (("ann", "a2"), ("bob", None)), "clause 2.", 40
            ),
        )

    def test_a_document_that_only_one_coded_counts_for_nothing(self) -> None:
        found = agreement({"ann": {"d": [marked(1)], "e": [marked(2)]}, "bob": {"d": [marked(1)]}})
        assert (found.documents, found.disagreements, found.pairs[0].acts) == (1, (), (1, 1))

    def test_a_document_that_both_found_empty_counts(self) -> None:
        assert two([], []).pairs[0].found is None
        assert two([], []).documents == 1


class TestFields:
    def test_one_and_the_same_coding_is_agreed_on_throughout(self) -> None:
        acts = [
            marked(1),
            marked(2, "REJECT", actor=KOR, target=PRK, realis="negated", background=True, channel="letter",
                   date={"earliest": "2016-05-21", "latest": None}, issue="aid", conditions=["if it rains"],
                   answers=[{"to": "a1", "how": "rejects"}]),
        ]  # fmt: skip
        found = two(acts, acts)
        assert found.disagreements == ()
        for one in found.fields:
            assert one.raw is not None
            assert one.alpha is not None
            assert (one.units, one.raw.value, one.alpha.value) == (2, 1, 1), one.field
            assert one.kappa is None if one.field == "first day" else one.kappa is not None

    @pytest.mark.parametrize(
        ("field", "changed", "shown"),
        [
            ("kind", {"kind": "DEMAND"}, ("OFFER", "DEMAND")),
            ("actor", {"actor": USA}, ("PRK", "USA")),
            ("actor", {"actor": {**PRK, "also": ["CHN"]}}, ("PRK", "CHN+PRK")),
            ("target", {"target": None}, ("KOR", "none")),
            ("target", {"target": {"state": None, "role": "MIL"}}, ("KOR", "?")),
            ("realis", {"realis": "planned"}, ("actual", "planned")),
            ("background", {"background": True}, ("no", "yes")),
            ("date", {"date": {"earliest": "2016-05-20"}}, ("2016-05-20", "2016-05-20/..")),
            ("date", {"date": {}}, ("2016-05-20", "none")),
            ("channel", {"channel": "letter"}, ("none", "letter")),
            ("issue", {"issue": "aid"}, ("talks", "aid")),
            ("conditions", {"conditions": ["if it rains"]}, ("none", "“if it rains”")),
        ],
    )
    def test_what_differs_is_listed_with_what_each_says(
        self, field: str, changed: dict[str, object], shown: tuple[str, str]
    ) -> None:
        kind = str(changed.pop("kind", "OFFER"))
        found = two([marked(1), marked(2)], [marked(1), marked(2, kind, **changed)])
        assert differing(found) == [(field, {"ann": shown[0], "bob": shown[1]})]
        figure = of(found, field).raw
        assert figure is not None
        assert figure.value == 1 / 2

    def test_the_sides_of_a_mutual_act_may_be_told_in_any_order(self) -> None:
        turned = marked(1, actor=KOR, target=PRK)
        assert differing(two([marked(1, mutual=True)], [turned])) == []
        assert [name for name, _ in differing(two([marked(1)], [turned]))] == ["actor", "target"]

    def test_days_count_as_near(self) -> None:
        def on(number: int, day: str) -> CodedAct:
            return marked(number, date={"earliest": day, "latest": day})

        found = two(
            [on(1, "2016-05-20"), on(2, "2014-01-01")],
            [on(1, "2016-05-20"), on(2, "2014-01-02")],
        )
        near, same = of(found, "first day"), of(found, "date")
        assert (near.metric, same.metric, near.kappa) == ("interval", "nominal", None)
        assert near.alpha is not None
        assert same.alpha is not None
        assert near.alpha.value > 0.99 > same.alpha.value

    def test_an_open_date_is_no_day(self) -> None:
        assert of(two([marked(1)], [marked(1, date={})]), "first day").units == 0

    def test_a_condition_that_holds_the_other_is_the_same(self) -> None:
        said = ["unless drills stop", "unless drills stop at once", "if it rains"]
        same = two([marked(1, conditions=[said[0]])], [marked(1, conditions=[said[1]])])
        other = two([marked(1, conditions=[said[0]])], [marked(1, conditions=[said[2]])])
        assert same.disagreements == ()
        assert differing(other) == [("conditions", {"ann": f"“{said[0]}”", "bob": f"“{said[2]}”"})]

    def test_fields_may_be_chosen(self) -> None:
        found = two([marked(1), marked(3)], [marked(1, "DEMAND", issue="aid")], "issue")
        assert [one.field for one in found.fields] == ["issue"]
        assert differing(found) == [("issue", {"ann": "talks", "bob": "aid"})]


class TestAnswers:
    def test_another_way_of_answering_differs(self) -> None:
        offer = marked(1)
        ann, bob = (marked(2, "REJECT", answers=[{"to": "a1", "how": how}]) for how in ("rejects", "evades"))
        found = two([offer, ann], [offer, bob])
        assert differing(found) == [("answers", {"ann": "rejects “clause 1.”", "bob": "evades “clause 1.”"})]
        assert found.pairs[0].linked is not None
        assert found.pairs[0].linked.value == 0

    def test_another_act_answered_differs_though_the_way_is_one(self) -> None:
        offers = [marked(1), marked(2)]
        ann, bob = (marked(3, "REJECT", answers=[{"to": to, "how": "rejects"}]) for to in ("a1", "a2"))
        found = two([*offers, ann], [*offers, bob])
        assert [name for name, _ in differing(found)] == ["answers"]
        assert of(found, "answers").raw is not None

    def test_a_mention_stands_for_the_first_mention(self) -> None:
        offers = [marked(1), marked(2, same_as="a1")]
        ann, bob = (marked(3, "REJECT", answers=[{"to": to, "how": "rejects"}]) for to in ("a1", "a2"))
        found = two([*offers, ann], [*offers, bob])
        assert found.disagreements == ()
        assert found.pairs[0].linked is not None
        assert found.pairs[0].linked.value == 1


class TestManyCoders:
    CODINGS = {  # noqa: RUF012
        "ann": {"d": [marked(1), marked(2)], "e": [marked(1, "REJECT")]},
        "bob": {"d": [marked(1), marked(2, "DEMAND")]},
        "cem": {"d": [marked(1)], "e": [marked(1, "REJECT")]},
    }

    def test_pairs_share_what_both_coded(self) -> None:
        found = agreement(self.CODINGS)
        assert [(pair.coders, pair.documents) for pair in found.pairs] == [
            (("ann", "bob"), 1), (("ann", "cem"), 2), (("bob", "cem"), 1),
        ]  # fmt: skip
        assert (found.coders, found.documents) == (("ann", "bob", "cem"), 2)

    def test_alpha_is_of_all_and_kappa_of_pairs(self) -> None:
        found = agreement(self.CODINGS)
        assert all(one.kappa is None for one in found.fields)
        kind = of(found, "kind")
        assert kind.units == 3
        assert kind.alpha is not None
        assert dict(found.pairs[0].kappa)["kind"] is not None

    def test_who_is_silent_is_named_among_those_who_coded_the_document(self) -> None:
        found = agreement(self.CODINGS)
        assert differing(found) == [
            ("found", {"ann": "OFFER", "bob": "DEMAND", "cem": None}),
            ("kind", {"ann": "OFFER", "bob": "DEMAND"}),
        ]

    def test_the_order_of_coders_changes_nothing(self) -> None:
        turned = {coder: dict(reversed(docs.items())) for coder, docs in reversed(self.CODINGS.items())}
        assert agreement(turned) == agreement(self.CODINGS)

    def test_two_who_share_no_document_are_no_pair(self) -> None:
        found = agreement({"ann": {"d": [], "e": []}, "bob": {"d": []}, "cem": {"e": []}})
        assert [pair.coders for pair in found.pairs] == [("ann", "bob"), ("ann", "cem")]


class TestSlips:
    def test_one_coder_agrees_with_nobody(self) -> None:
        with pytest.raises(UsageError, match="two coders"):
            agreement({"ann": {"d": []}})

    def test_no_document_coded_twice(self) -> None:
        with pytest.raises(UsageError, match="ann, bob"):
            agreement({"ann": {"d": []}, "bob": {"e": []}})

    def test_no_such_field(self) -> None:
        with pytest.raises(UsageError, match=r"'colour'.*kind, actor"):
            two([], [], "colour")
