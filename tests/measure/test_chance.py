"""Coefficients of agreement: on published examples, and what must hold of any."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rejoinder.measure.chance import Estimate, Table, estimates, f1, interval_alpha, kappa, nominal_alpha, raw

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): example A, two observers and two values;
# B, two observers and five; C, four observers, some of them silent ("."), and numbers.
TWO_VALUES = ("0100000010", "1110010000")
MANY_VALUES = ("aabbdcccedda", "babbbccceddd")
SILENT = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def read(rows: Sequence[str]) -> list[dict[str, str]]:
    """Units of the rows of a reliability table, a row a coder."""
    return [
        {f"coder {number}": value for number, value in enumerate(column) if value != "."}
        for column in zip(*rows, strict=True)
    ]


def numbers(units: Sequence[Mapping[str, str]]) -> list[dict[str, float]]:
    return [{coder: float(value) for coder, value in unit.items()} for unit in units]


def value(table: Table) -> float | None:
    (figure,) = estimates([table])
    return None if figure is None else figure.value


class TestPublished:
    @pytest.mark.parametrize(("rows", "alpha"), [(TWO_VALUES, 0.095), (MANY_VALUES, 0.692), (SILENT, 0.743)])
    def test_alpha_of_names(self, rows: Sequence[str], alpha: float) -> None:
        assert value(nominal_alpha([read(rows)])) == pytest.approx(alpha, abs=0.0005)

    def test_alpha_of_numbers(self) -> None:
        assert value(interval_alpha([numbers(read(SILENT))])) == pytest.approx(0.849, abs=0.0005)

    def test_kappa(self) -> None:
        # two psychiatrists on 200 patients and three diagnoses: J. Cohen, Psychological Bulletin 70 (1968), 213-220
        table = {"pp": 88, "pn": 14, "ps": 18, "np": 10, "nn": 40, "ns": 10, "sp": 2, "sn": 6, "ss": 12}
        units = [{"a": said[0], "b": said[1]} for said, count in table.items() for _ in range(count)]
        assert value(kappa([units], "a", "b")) == pytest.approx(0.492, abs=0.0005)
        assert value(raw([units])) == pytest.approx(0.70)


CODERS = ("ann", "bob", "cem")
VALUES = ("OFFER", "DEMAND", "REJECT")
UNITS = st.lists(st.dictionaries(st.sampled_from(CODERS), st.sampled_from(VALUES), min_size=1), max_size=12)
DOCUMENTS = st.lists(UNITS, min_size=1, max_size=4)
Documents = list[list[dict[str, str]]]


def figures(documents: Documents, first: str = "ann", second: str = "bob") -> list[float | None]:
    return [value(raw(documents)), value(kappa(documents, first, second)), value(nominal_alpha(documents))]


@given(DOCUMENTS)
def test_who_comes_first_and_what_values_are_called_changes_nothing(documents: Documents) -> None:
    names = dict(zip(VALUES, ("x", "a", "m"), strict=True))
    turned = [
        [{coder: names[said] for coder, said in reversed(unit.items())} for unit in reversed(units)]
        for units in reversed(documents)
    ]
    assert figures(turned, "bob", "ann") == pytest.approx(figures(documents))


@given(st.lists(st.lists(st.sampled_from(VALUES)), min_size=1, max_size=4))
def test_full_agreement_is_one_and_on_a_constant_nothing(said: list[list[str]]) -> None:
    documents = [[dict.fromkeys(CODERS, one) for one in some] for some in said]
    different = {one for some in said for one in some}
    assume(different)
    told = None if len(different) == 1 else pytest.approx(1)
    assert figures(documents) == [1, told, told]


@given(st.lists(st.dictionaries(st.sampled_from(CODERS), st.integers(-9, 9), min_size=1), max_size=9), st.data())
def test_days_may_be_counted_from_any_day(units: list[dict[str, int]], data: st.DataObject) -> None:
    far = data.draw(st.sampled_from((0, 736_000)))
    here = value(interval_alpha([[{coder: float(day) for coder, day in unit.items()} for unit in units]]))
    there = value(interval_alpha([[{coder: float(day + far) for coder, day in unit.items()} for unit in units]]))
    assert there == (here if here is None else pytest.approx(here, abs=1e-6))


def test_what_never_varies_has_no_alpha_nor_kappa_but_is_agreed_on() -> None:
    units = [{"ann": "no", "bob": "no"}] * 5
    assert figures([units, units]) == [1, None, None]
    assert value(interval_alpha([[{"ann": 736_000.0, "bob": 736_000.0}] * 5])) is None


def test_where_only_one_speaks_there_is_no_figure() -> None:
    assert figures([[{"ann": "no"}, {"bob": "yes"}]]) == [None, None, None]
    assert figures([[]]) == [None, None, None]
    assert value(interval_alpha([[{"ann": 1.0}]])) is None


def test_kappa_of_one_who_never_varies_is_nothing_beyond_chance() -> None:
    units = [{"ann": "no", "bob": said} for said in ("no", "yes", "no")]
    assert value(kappa([units], "ann", "bob")) == 0


def test_numbers_that_are_near_agree_better_than_names_that_differ() -> None:
    units = [{"ann": float(day), "bob": float(day + 1)} for day in (10, 400, 900)]
    near = value(interval_alpha([units]))
    names = value(nominal_alpha([[{coder: str(day) for coder, day in unit.items()} for unit in units]]))
    assert near is not None
    assert near > 0.99
    assert names is not None
    assert names <= 0


class TestIntervals:
    def test_one_document_gives_none(self) -> None:
        assert estimates([f1([(3, 4, 5)])]) == [Estimate(6 / 9)]

    def test_documents_that_are_alike_leave_no_doubt(self) -> None:
        (figure,) = estimates([f1([(3, 4, 5)] * 10)])
        assert figure is not None
        assert figure.low == pytest.approx(6 / 9)
        assert figure.high == pytest.approx(6 / 9)

    def test_documents_that_differ_leave_some_and_more_documents_less(self) -> None:
        few, many = (estimates([f1([(4, 4, 4), (0, 4, 4)] * count)])[0] for count in (4, 100))
        assert few is not None
        assert many is not None
        assert few.low is not None
        assert few.high is not None
        assert many.low is not None
        assert many.high is not None
        assert 0 <= few.low < many.low < 0.5 < many.high < few.high <= 1

    def test_the_same_seed_draws_the_same(self) -> None:
        tables = [f1([(number % 5, 4, 4 + number % 3) for number in range(40)])]
        assert estimates(tables, seed=1) == estimates(tables, seed=1)
        assert estimates(tables, seed=1) != estimates(tables, seed=2)

    def test_draws_without_a_figure_are_passed_over(self) -> None:
        (figure,) = estimates([f1([(1, 1, 1), (0, 0, 0)])])
        assert figure == Estimate(1, 1, 1)

    def test_nothing_asked_is_nothing_answered(self) -> None:
        assert estimates([]) == []
