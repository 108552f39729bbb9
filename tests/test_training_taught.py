"""Which coded texts the models learn from: also those that a user adds."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from training.gold import Coding
from training.parts import Part, part_of
from training.taught import taught

from rejoinder.records import Document
from tests.test_training_gold import BARE, OTHER, TEXT, coded, write

CORRECTED = {**BARE, "kind": "DEMAND"}


def folder(place: Path, texts: dict[str, str], **acts: Sequence[object]) -> Path:
    """A gold folder of the documents ``texts`` with their ``acts``."""
    write(place / "docs.jsonl", [{"id": name, "text": text} for name, text in texts.items()])
    write(place / "gold.jsonl", [{"id": name, "acts": list(acts.get(name, ()))} for name in texts])
    return place


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A shared folder with one coded text, and nothing that the codes of ``training`` stand on."""
    folder(tmp_path / "shared" / "gold" / "train", {"s": TEXT}, s=[BARE])
    return tmp_path / "shared"


@pytest.fixture
def training(tmp_path: Path) -> Path:
    """The folder of training texts with one article."""
    home = tmp_path / "training"
    write(home / "articles.jsonl", [{"id": "A1:01", "text": OTHER}])
    for name in ("wikipedia_current_events", "white_house"):
        write(home / "codes" / f"{name}.jsonl", [])
    write(home / "codes" / "articles.jsonl", [coded("A1:01", OTHER)])
    return home


def names(found: Sequence[Coding]) -> list[str]:
    return [one.document.name for one in found]


def test_without_more_it_is_the_shared_gold_and_the_package_s_own(training: Path, shared: Path) -> None:
    assert names(taught(training, shared)) == ["s", "A1:01"]


def test_a_user_s_texts_come_in_with_their_acts(training: Path, shared: Path, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", {"m": "Oslo offered talks."}, m=[BARE])
    found = taught(training, shared, [mine])
    assert names(found) == ["s", "A1:01", "m"]
    assert found[-1] == Coding(Document("Oslo offered talks.", name="m"), (BARE,))


def test_a_text_is_learnt_as_it_was_corrected_last(training: Path, shared: Path, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", {"m": TEXT}, m=[CORRECTED])
    later = folder(tmp_path / "later", {"n": TEXT})
    assert [(one.document.name, one.acts) for one in taught(training, shared, [mine])] == [
        ("A1:01", ()),
        ("m", (CORRECTED,)),
    ]
    assert names(taught(training, shared, [mine, later])) == ["A1:01", "n"]


def test_parts_left_out(training: Path, shared: Path, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", {"m": "Oslo offered talks."})
    parts = {name: Part(part_of(Document(OTHER, name=name), 2), 2) for name in ("s", "m")}
    assert "s" not in names(taught(training, shared, [mine], left_out=parts["s"]))
    assert "m" in names(taught(training, shared, [mine], left_out=parts["m"]))
    assert "m" not in names(taught(training, shared, [mine], left_out=parts["m"], everywhere=True))
