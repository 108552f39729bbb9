"""Parts of the coded texts as arguments name them."""

import argparse

import pytest
from training.parts import Part, part

from rejoinder.records import Document


def test_a_part_is_read_as_it_is_written() -> None:
    assert part("3/5") == Part(3, 5)


@pytest.mark.parametrize("told", ["", "5", "5/5", "-1/5", "a/b", "1/", "/5", "0/0", "1/5/2"])
def test_what_is_no_part_is_refused_with_an_example(told: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"N/M .* 0/5"):
        part(told)


def test_a_document_lies_in_one_part_only() -> None:
    document = Document("Talks were offered.", name="A1:001")
    assert sum(document in Part(number, 5) for number in range(5)) == 1
