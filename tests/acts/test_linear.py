"""Linear models: written and read again, weighed, and refused where a file is none."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.linear import LinearModel, load_model, read_model, write_model
from rejoinder.errors import DataError

MODELS = Path(__file__).parents[2] / "src/rejoinder/acts/data/models"
SHIPPED = sorted(path.stem for path in MODELS.glob("*.npz") if path.stem != "net")
NAMES = ("word=offer/V", "word=offer/N", "quoted")
WEIGHTS: list[list[float]] = [[-1, 2, 0], [0.5, 0.5, -3], [0, 0.25, 0]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kind.npz"
    write_model(path, ["NONE", "OFFER", "REJECT"], NAMES, WEIGHTS, [1, 0, -1])
    return path


@pytest.fixture
def model(path: Path) -> LinearModel:
    return read_model(path)


def test_what_was_written_is_read(model: LinearModel) -> None:
    assert model.classes == ("NONE", "OFFER", "REJECT")
    assert list(model.index) == list(NAMES)
    assert model.weights.tolist() == WEIGHTS
    assert model.bias.tolist() == [1, 0, -1]


def test_the_same_model_gives_the_same_file(path: Path, model: LinearModel, tmp_path: Path) -> None:
    again = tmp_path / "again.npz"
    write_model(again, model.classes, list(model.index), model.weights, model.bias)
    assert again.read_bytes() == path.read_bytes()


def test_probabilities_by_hand(model: LinearModel) -> None:
    shares = model.probabilities(["word=offer/V", "quoted"])
    odds = {"NONE": math.exp(0), "OFFER": math.exp(2.25), "REJECT": math.exp(-1)}
    assert shares == pytest.approx({label: value / sum(odds.values()) for label, value in odds.items()})


def test_a_feature_counts_once(model: LinearModel) -> None:
    assert model.probabilities(["quoted", "quoted"]) == model.probabilities(["quoted"])


def test_unknown_features_weigh_nothing(model: LinearModel) -> None:
    assert model.probabilities(["word=banana/N"]) == model.probabilities([])
    assert model.reasons(["word=banana/N"], "OFFER", "NONE") == []


@given(st.lists(st.sampled_from([*NAMES, "unknown"])))
def test_probabilities_add_up(features: list[str]) -> None:
    weights = np.array(WEIGHTS, dtype=np.float32)
    model = LinearModel(
        ("a", "b", "c"), {name: row for row, name in enumerate(NAMES)}, weights, np.zeros(3, np.float32)
    )
    shares = model.probabilities(features)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 < share < 1 for share in shares.values())


def test_large_sums_do_not_overflow() -> None:
    model = LinearModel(("a", "b"), {"x": 0}, np.array([[5000, -5000]], np.float32), np.zeros(2, np.float32))
    assert model.probabilities(["x"]) == {"a": 1.0, "b": 0.0}


def test_reasons_name_the_weightiest_first(model: LinearModel) -> None:
    assert model.reasons(NAMES, "OFFER", "NONE") == [("word=offer/V", 3), ("quoted", 0.25), ("word=offer/N", 0)]
    assert model.reasons(NAMES, "OFFER", "NONE", most=1) == [("word=offer/V", 3)]


def test_an_unknown_class_is_the_caller_s_mistake(model: LinearModel) -> None:
    with pytest.raises(ValueError, match="tuple"):
        model.reasons([], "BANANA", "NONE")


@pytest.mark.parametrize(
    ("weights", "bias"),
    [([[1, 2]], [0, 0, 0]), ([[1, 2, 3]], [0, 0]), ([[1, 2, 3]] * 2, [0, 0, 0])],
)
def test_parts_that_do_not_fit_are_refused(tmp_path: Path, weights: list[list[float]], bias: list[float]) -> None:
    path = tmp_path / "kind.npz"
    write_model(path, ["a", "b", "c"], ["x"], weights, bias)
    with pytest.raises(DataError, match=r"kind\.npz"):
        read_model(path)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_models_load(name: str) -> None:
    model = load_model(name)
    assert len(model.classes) > 1
    assert np.isfinite(model.weights).all()
    assert np.isfinite(model.bias).all()


def test_there_are_shipped_models() -> None:
    assert {"kind", "background", "realis", "issue"} == {*SHIPPED}
