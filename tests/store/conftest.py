"""A book with three documents, coded by the stand-in pipeline."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.store import Store
from tests.makers import RUN, FakePipeline, document


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "book.db")
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    pipeline = FakePipeline()
    for doc in (
        document("Pyongyang offered Seoul talks. Seoul rejected the overture.", "a", "2016-05-20"),
        document("Washington and Seoul rejected Pyongyang by letter.", "b", "2016-05-22"),
        document("Pyongyang tested a rocket.", "c", None),
    ):
        with store.writing() as writing:
            assert writing.keep(doc, pipeline.code(doc), RUN) is None
    return store
