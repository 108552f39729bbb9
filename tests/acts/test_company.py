"""How the parties of a sentence stand round a trigger."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.company import UNFILLED, Company, Stand
from rejoinder.draft import Mention


def stand(head: int, path: str = "dobj", rank: int = UNFILLED, *, speaks: bool = False) -> Stand:
    return Stand(head, Mention(head, head + 1, head, 0, 1, "name"), path, "", rank, speaks)


def test_the_nearest_come_first() -> None:
    stands = [stand(1, "^conj/nsubj"), stand(3, "nsubj", 0), stand(4), stand(8), stand(12, "prep:to/pobj", 1)]
    company = Company.of(6, stands)
    assert company.before == [4, 3, 1]
    assert company.after == [8, 12]
    assert company.subjects == [3, 1]
    assert company.filled == 0
    assert not company.spoken


def test_a_subject_after_the_trigger_is_none_before_it() -> None:
    assert Company.of(2, [stand(5, "nsubj")]).subjects == []


def test_an_empty_sentence() -> None:
    company = Company.of(0, [])
    assert (company.filled, company.spoken, company.told) == (UNFILLED, False, f"{UNFILLED},False")


def test_who_speaks() -> None:
    assert Company.of(4, [stand(1, speaks=True), stand(2)]).told == f"{UNFILLED},True"


@given(order=st.permutations([0, 1, 2, 5, 6]))
def test_the_order_of_stands_does_not_matter(order: list[int]) -> None:
    assert Company.of(3, [stand(head) for head in order]) == Company.of(3, [stand(head) for head in sorted(order)])
