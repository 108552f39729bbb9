"""A weigher of random weights, against the same written out option by option."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.lexicon import load_lexicon
from rejoinder.acts.options import Option, Seat, make_focus
from rejoinder.acts.scene import make_scene
from rejoinder.acts.weigher import DAMPED, Features, Weigher, read_weigher, written_features
from rejoinder.codebook import codebook
from rejoinder.draft import Draft, Mention, Paragraph, Sentence, Token
from rejoinder.records import Document

Array = npt.NDArray[np.float32]

NAMES = ("path=V,nsubj", "slot rank=0", "speaker", "nobody")
WIDE, BAG, KINDS, SIZE = 6, 3, 2, 5
CLOSE = 1e-5


def made(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).normal(0, 0.7, shape).astype(np.float32)


FEATURES = Features({name: 0.5 - n for n, name in enumerate(NAMES)}, NAMES[:3], made(1, 3, BAG))
"""The last has a weight alone."""
ARRAYS = {
    "kinds": made(3, len(codebook().kinds), KINDS),
    "nobody": made(4, WIDE),
    **{f"{name}.bias": made(9, size) for name, size in (("trigger", SIZE), ("option", SIZE), ("feature", SIZE))},
    "trigger.weight": made(5, WIDE, SIZE),
    "option.weight": made(6, WIDE, SIZE),
    "feature.weight": made(7, BAG + KINDS, SIZE),
    "hidden.weight": made(8, SIZE, SIZE),
    "hidden.bias": made(10, SIZE),
    "out.weight": made(11, SIZE, 1),
    "out.bias": made(12, 1),
}
WORDS = made(13, 3, WIDE)


def written(features: Features = FEATURES) -> dict[str, npt.NDArray[np.generic]]:
    """All arrays as a model file holds them."""
    return {**{name: array.astype(np.float16) for name, array in ARRAYS.items()}, **written_features(features)}


@pytest.fixture(scope="module")
def weigher() -> Weigher:
    return read_weigher(written())


@pytest.fixture(scope="module")
def seat() -> Seat:
    """Who rejected, in "Seoul rejected offers"?"""
    text, lexicon = "Seoul rejected offers", load_lexicon()
    tokens = (
        Token(0, "Seoul", "seoul", "Seoul", "NNP", "nsubj", 1, 0, 5, 0),
        Token(1, "rejected", "rejected", "reject", "VBD", "ROOT", 1, 6, 14, 0, (0, 2)),
        Token(2, "offers", "offers", "offer", "NNS", "dobj", 1, 15, 21, 0),
    )
    draft = Draft(
        Document(text), paragraphs=(Paragraph(0, 21),), tokens=tokens, sentences=(Sentence(0, 3, 0, 21, 1, 0),)
    )
    scene = make_scene(draft, frozenset(), frozenset())
    cue = next(cue for cue in lexicon.at("reject", "V") if cue.kind == "REJECT")
    return Seat(scene, make_focus(scene), 1, cue, "actor")


def option(head: int | None, *names: str) -> Option:
    mention = None if head is None else Mention(head, head + 1, head, 0, 5, "name", state="KOR", role="GOV")
    return Option((names,), mention)


def plain(seat: Seat, options: Sequence[Option]) -> list[float]:
    """One option after the other."""
    found = []
    for one in options:
        bag, prior = np.zeros(BAG), 0.0
        for name in set(one.features) & set(NAMES):
            prior += FEATURES.weights[name]
            if name in FEATURES.named:
                bag += FEATURES.rows[FEATURES.named.index(name)]
        kind = ARRAYS["kinds"][list(codebook().kinds).index(seat.cue.kind)]
        own = WORDS[one.mention.head] if one.mention else ARRAYS["nobody"]
        x = WORDS[seat.anchor] @ ARRAYS["trigger.weight"] + ARRAYS["trigger.bias"]
        x = x + own @ ARRAYS["option.weight"] + ARRAYS["option.bias"]
        x = x + np.concatenate([bag, kind]) @ ARRAYS["feature.weight"] + ARRAYS["feature.bias"]
        x = np.maximum(np.maximum(x, 0) @ ARRAYS["hidden.weight"] + ARRAYS["hidden.bias"], 0)
        found.append(prior + float(DAMPED) * float((x @ ARRAYS["out.weight"] + ARRAYS["out.bias"])[0]))
    return found


OPTIONS = (
    option(0, "path=V,nsubj", "slot rank=0"),
    option(2, "speaker", "unheard of"),
    option(2),
    option(None, "nobody"),
)


def test_a_weigher_is_a_plain_sum(weigher: Weigher, seat: Seat) -> None:
    assert weigher(seat, OPTIONS, WORDS).tolist() == pytest.approx(plain(seat, OPTIONS), abs=0.05)
    assert len({round(one, 3) for one in plain(seat, OPTIONS)}) == len(OPTIONS)


@given(order=st.permutations(range(len(OPTIONS))))
def test_the_order_of_options_changes_no_odds(weigher: Weigher, seat: Seat, order: list[int]) -> None:
    before = weigher(seat, OPTIONS, WORDS)
    after = weigher(seat, [OPTIONS[n] for n in order], WORDS)
    assert after == pytest.approx(before[order], abs=CLOSE)


def test_a_feature_counts_once(weigher: Weigher, seat: Seat) -> None:
    once, twice = option(0, "speaker"), option(0, "speaker", "speaker")
    assert weigher(seat, [once], WORDS)[0] == weigher(seat, [twice], WORDS)[0]


def test_the_kind_counts(weigher: Weigher, seat: Seat) -> None:
    other = replace(seat, cue=replace(seat.cue, kind="ASSAULT"))
    assert weigher(other, OPTIONS, WORDS).tolist() == pytest.approx(plain(other, OPTIONS), abs=0.05)
    assert not np.allclose(weigher(other, OPTIONS, WORDS), weigher(seat, OPTIONS, WORDS))


@pytest.mark.parametrize("name", ["names", "prior", "rows", "scales", "kinds"])
def test_arrays_that_do_not_fit_are_refused(name: str) -> None:
    arrays = written()
    arrays[name] = np.array("\n".join(NAMES[1:])) if name == "names" else arrays[name][1:]
    with pytest.raises(ValueError, match=r"features|zip"):
        read_weigher(arrays)


def test_a_missing_array_is_named() -> None:
    arrays = written()
    del arrays["hidden.bias"]
    with pytest.raises(KeyError, match=r"hidden\.bias"):
        read_weigher(arrays)


def test_features_with_rows_come_first() -> None:
    features = Features({"a": 1.0, "b": 2.0, "c": 3.0}, ["c", "d"], made(14, 2, BAG))
    weigher = read_weigher(written(features))
    assert list(weigher.index) == ["c", "d", "a", "b"]
    assert weigher.prior.tolist() == [3, 0, 1, 2, 0]
