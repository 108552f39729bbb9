"""The net: a small reader and weighers of random weights, against the same written out step by step."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.acts.encode import COLUMNS, LABELS, Encoded
from rejoinder.acts.net import Net, Reading, read_net, write_net
from rejoinder.acts.weigher import SIDES, Features
from rejoinder.acts.wordvectors import Words
from rejoinder.codebook import codebook
from rejoinder.draft import Token
from rejoinder.errors import DataError

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Windows = tuple[tuple[int, int], ...]

PIECES = ("[UNK]", "offer", "talk", "##s", "re", "##ject", "##ed", ".", "a", "##b")
WORDS = ("offer", "talks", "rejected", ".", "a", "ab", "회", "talk")
KINDS, REALIS = len(codebook().kinds) + 1, len(codebook().realis)
FORM, SENSE, CODES, SIZE, BAG = 4, 2, 5, 4, 3
WIDE = FORM + SENSE
WINDOWS: Windows = ((0, 5), (5, 6), (6, 13))
HALF = 2e-3
"""Relative error of a number in half precision, with room."""
CLOSE = 1e-5


def random_reader(seed: int) -> dict[str, Array]:
    """The arrays of a reader of random weights, exact in half precision."""
    rng = np.random.default_rng(seed)

    def made(*shape: int) -> Array:
        return rng.normal(0, 0.7, shape).astype(np.float16).astype(np.float32)

    arrays = {f"table.{name}": made(LABELS[name], CODES) for name in COLUMNS} | {"cues": made(KINDS, CODES)}
    arrays |= {"inward": made(2 * (WIDE + CODES), SIZE), "inward.bias": made(SIZE)}
    for n in range(3):
        arrays |= {f"layer{n}.weight": made(3, SIZE, 2 * SIZE), f"layer{n}.bias": made(2 * SIZE)}
        arrays |= {f"layer{n}.scale": made(SIZE), f"layer{n}.shift": made(SIZE)}
    shapes = {"hidden": (SIZE + WIDE, 7), "kind": (7, KINDS), "fields": (7, 6), "realis": (6, REALIS)}
    for name, shape in (shapes | {"background": (6, 2)}).items():
        arrays |= {f"{name}.weight": made(*shape), f"{name}.bias": made(shape[1])}
    for side in SIDES:
        shapes = {"trigger": (SIZE + WIDE, 5), "option": (SIZE + WIDE, 5), "feature": (BAG + 2, 5), "hidden": (5, 4)}
        for name, shape in (shapes | {"out": (4, 1)}).items():
            arrays |= {f"{side}.{name}.weight": made(*shape), f"{side}.{name}.bias": made(shape[1])}
        arrays |= {f"{side}.kinds": made(KINDS - 1, 2), f"{side}.nobody": made(SIZE + WIDE)}
    return arrays


READER = random_reader(1)
VECTORS: Array = np.random.default_rng(3).normal(0, 1, (len(PIECES), FORM)).astype(np.float32)
LISTED = ("offer", "rejected", "talk")
SENSES: Array = np.random.default_rng(4).normal(0, 1, (len(LISTED), SENSE)).astype(np.float32)
TABLES = {"pieces": (PIECES, VECTORS), "words": (LISTED, SENSES)}
NAMES = ("path=V,nsubj", "slot rank=0", "nobody")
FEATURES = {
    side: Features(dict.fromkeys(NAMES, 0.5), NAMES, np.random.default_rng(n).normal(0, 1, (3, BAG)).astype(np.float32))
    for n, side in enumerate(SIDES, 20)
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "net.npz"
    write_net(path, TABLES, READER, FEATURES)
    return path


@pytest.fixture(scope="module")
def net(path: Path) -> Net:
    return read_net(path)


def tokens_of(words: Sequence[str]) -> list[Token]:
    return [Token(i, word, word, word, "NN", "dep", i, i, i + 1, 0) for i, word in enumerate(words)]


def random_document(windows: Windows, seed: int) -> tuple[list[Token], Encoded]:
    """Words, codes, cues and heads at random; every head in its own window."""
    rng = np.random.default_rng(seed)
    count = windows[-1][1]
    codes = np.stack([rng.integers(0, LABELS[name], count) for name in COLUMNS], axis=1).astype(np.int32)
    cues = (rng.random((count, KINDS)) < 0.1).astype(np.float32)
    heads = np.concatenate([rng.integers(first, last, last - first) for first, last in windows]).astype(np.int32)
    return tokens_of(rng.choice(WORDS, count).tolist()), Encoded(codes, cues, heads, windows)


def parts(reading: Reading) -> tuple[Array, Array, Array, Array]:
    return reading.kinds, reading.realis, reading.background, reading.words


def alike(one: Reading, other: Reading, here: slice = slice(None)) -> bool:
    return all(np.allclose(a[here], b[here], atol=CLOSE) for a, b in zip(parts(one), parts(other), strict=True))


def sigmoid(value: Array) -> Array:
    found: Array = (1 / (1 + np.exp(-value))).astype(np.float32)
    return found


def test_probabilities_sum_to_one(net: Net) -> None:
    tokens, encoded = random_document(WINDOWS, 4)
    reading = net(tokens, encoded)
    assert reading.kinds.shape == (13, KINDS)
    assert reading.realis.shape == (13, REALIS)
    assert reading.background.shape == (13,)
    assert reading.kinds.sum(axis=1) == pytest.approx(np.ones(13), abs=CLOSE)
    assert reading.realis.sum(axis=1) == pytest.approx(np.ones(13), abs=CLOSE)
    for array in parts(reading)[:3]:
        assert array.dtype == np.float32
        assert array.min() > 0
        assert array.max() <= 1
        assert len(np.unique(array)) > 3


def test_large_odds_do_not_overflow(tmp_path: Path) -> None:
    large = {name: array * 300 if name == "kind.weight" else array for name, array in READER.items()}
    write_net(tmp_path / "net.npz", TABLES, large, FEATURES)
    reading = read_net(tmp_path / "net.npz")(*random_document(WINDOWS, 4))
    assert reading.kinds.sum(axis=1) == pytest.approx(np.ones(13), abs=CLOSE)


def test_the_same_document_is_read_the_same(net: Net) -> None:
    document = random_document(WINDOWS, 6)
    for one, other in zip(parts(net(*document)), parts(net(*document)), strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("changed", range(len(WINDOWS)))
def test_what_stands_in_a_window_changes_nothing_elsewhere(net: Net, changed: int) -> None:
    tokens, encoded = random_document(WINDOWS, 7)
    others, other = random_document(WINDOWS, 8)
    first, last = WINDOWS[changed]
    codes, cues, heads = encoded.codes.copy(), encoded.cues.copy(), encoded.heads.copy()
    for mine, theirs in ((codes, other.codes), (cues, other.cues), (heads, other.heads)):
        mine[first:last] = theirs[first:last]
    mixed = [*tokens[:first], *others[first:last], *tokens[last:]]
    before = net(tokens, encoded)
    after = net(mixed, Encoded(codes, cues, heads, WINDOWS))
    for n, window in enumerate(WINDOWS):
        assert alike(before, after, slice(*window)) is (n != changed)


@settings(max_examples=30, deadline=None)
@given(lengths=st.lists(st.integers(1, 12), min_size=1, max_size=5), seed=st.integers(0, 99), data=st.data())
def test_a_window_is_read_as_if_it_stood_alone(net: Net, lengths: list[int], seed: int, data: st.DataObject) -> None:
    windows: Windows = tuple(pairwise([0, *np.cumsum(lengths).tolist()]))
    tokens, encoded = random_document(windows, seed)
    first, last = data.draw(st.sampled_from(windows))
    here = slice(first, last)
    alone = Encoded(encoded.codes[here], encoded.cues[here], encoded.heads[here] - first, ((0, last - first),))
    whole = net(tokens, encoded)
    for one, other in zip(parts(net(tokens[here], alone)), parts(whole), strict=True):
        assert one == pytest.approx(other[here], abs=CLOSE)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_counts(net: Net, name: str) -> None:
    tokens, encoded = random_document(WINDOWS, 9)
    codes = encoded.codes.copy()
    codes[:, COLUMNS.index(name)] = (codes[:, COLUMNS.index(name)] + 1) % LABELS[name]
    before, after = net(tokens, encoded), net(tokens, replace(encoded, codes=codes))
    assert not np.allclose(before.kinds, after.kinds, atol=1e-3)


def test_cues_and_words_count(net: Net) -> None:
    tokens, encoded = random_document(WINDOWS, 10)
    before = net(tokens, encoded)
    assert not alike(before, net(tokens, replace(encoded, cues=1 - encoded.cues)))
    assert not alike(before, net(tokens[::-1], encoded))


def test_a_head_beyond_the_window_is_taken_for_its_first_word(net: Net) -> None:
    tokens, encoded = random_document(WINDOWS, 11)
    beyond, stand_in, own = encoded.heads.copy(), encoded.heads.copy(), encoded.heads.copy()
    beyond[[2, 8]], stand_in[[2, 8]], own[[2, 8]] = [9, 1], [0, 6], [4, 12]
    kept = beyond.copy()
    read = [net(tokens, replace(encoded, heads=heads)) for heads in (beyond, stand_in, own)]
    assert alike(read[0], read[1])
    assert not alike(read[0], read[2])
    assert beyond.tolist() == kept.tolist()


def plain_convolution(arrays: Mapping[str, Array], rows: Array, heads: Ints, windows: Windows) -> Array:
    """Word by word: with its head, then three layers that look 1, 2 and 4 words to either side."""
    joined = [np.concatenate([rows[i], rows[heads[i]]]) for i in range(len(rows))]
    x = [np.maximum(one @ arrays["inward"] + arrays["inward.bias"], 0) for one in joined]
    for n, reach in enumerate((1, 2, 4)):
        weights, then = arrays[f"layer{n}.weight"], list(x)
        for first, last in windows:
            for i in range(first, last):
                gates = arrays[f"layer{n}.bias"] + x[i] @ weights[1]
                if i - reach >= first:
                    gates = gates + x[i - reach] @ weights[0]
                if i + reach < last:
                    gates = gates + x[i + reach] @ weights[2]
                y = x[i] + gates[:SIZE] * sigmoid(gates[SIZE:])
                y = (y - y.mean()) / np.sqrt(y.var() + 1e-5)
                then[i] = y * arrays[f"layer{n}.scale"] + arrays[f"layer{n}.shift"]
        x = then
    return np.stack(x)


def apart(rows: Array) -> tuple[Words, Array]:
    """Rows as a mixer takes them: words, each a different one, and codes."""
    return Words(rows[:, :WIDE], np.arange(len(rows))), rows[:, WIDE:]


LAYOUTS: tuple[Windows, ...] = (WINDOWS, ((0, 1),), ((0, 11),), ((0, 2), (2, 4), (4, 5)))


@pytest.mark.parametrize("windows", LAYOUTS, ids=str)
def test_a_mixer_is_a_plain_loop(net: Net, windows: Windows) -> None:
    rows = np.random.default_rng(13).normal(0, 1, (windows[-1][1], WIDE + CODES)).astype(np.float32)
    heads = random_document(windows, 14)[1].heads
    found = net.reader.mixer(*apart(rows), heads, windows)
    assert found == pytest.approx(plain_convolution(READER, rows, heads, windows), abs=1e-4)


def test_what_stands_on_top_of_a_mixer(net: Net) -> None:
    arrays, (_, encoded) = READER, random_document(WINDOWS, 15)
    vectors = np.random.default_rng(16).normal(0, 1, (13, WIDE)).astype(np.float32)
    rows = np.zeros((13, WIDE + CODES), dtype=np.float32)
    for i in range(13):
        codes = sum(arrays[f"table.{name}"][encoded.codes[i, n]] for n, name in enumerate(COLUMNS))
        rows[i] = np.concatenate([vectors[i], codes + encoded.cues[i] @ arrays["cues"]])
    mixed = plain_convolution(arrays, rows, encoded.heads, WINDOWS)
    found = net.reader(Words(vectors, np.arange(13)), encoded)
    for i in range(13):
        hidden = np.maximum(np.concatenate([mixed[i], vectors[i]]) @ arrays["hidden.weight"] + arrays["hidden.bias"], 0)
        fields = np.maximum(hidden @ arrays["fields.weight"] + arrays["fields.bias"], 0)
        for name, below, said in (("kind", hidden, found.kinds[i]), ("realis", fields, found.realis[i])):
            powers = np.exp(below @ arrays[f"{name}.weight"] + arrays[f"{name}.bias"])
            assert said == pytest.approx(powers / powers.sum(), abs=1e-4)
        no, yes = np.exp(fields @ arrays["background.weight"] + arrays["background.bias"]).tolist()
        assert found.background[i] == pytest.approx(yes / (no + yes), abs=1e-4)
        assert found.words[i] == pytest.approx(np.concatenate([mixed[i], vectors[i]]), abs=1e-4)


def test_a_word_is_the_mean_of_its_pieces_and_its_own_vector(net: Net) -> None:
    rows = {piece: VECTORS[row] for row, piece in enumerate(PIECES)}
    forms = [rows["offer"], (rows["re"] + rows["##ject"] + rows["##ed"]) / 3, rows["[UNK]"], rows["talk"]]
    senses = [SENSES[0], SENSES[1], np.zeros(SENSE), SENSES[2]]
    words = net.vectors(tokens_of(["offer", "Rejected", "회", "talk", "offer"]))
    assert len(words.vectors) == 4
    found = words.vectors[words.places]
    close = float(max(np.abs(VECTORS).max(), np.abs(SENSES).max())) / 200
    assert found[:4] == pytest.approx(np.concatenate([np.stack(forms), np.stack(senses)], axis=1), abs=close)
    assert found[4].tolist() == found[0].tolist()
    assert net.vectors(tokens_of(["offer"])).vectors[0] == pytest.approx(found[0])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written = {name: array + np.float32(1e-4) for name, array in READER.items()}
    write_net(tmp_path / "net.npz", TABLES, written, FEATURES)
    net = read_net(tmp_path / "net.npz")
    assert net.vectors.pieces.index == {piece: row for row, piece in enumerate(PIECES)}
    assert net.vectors.words.index == {word: row for row, word in enumerate(LISTED)}
    assert net.vectors.split.unknown == 0
    for name, array in net.reader.top.items():
        assert array.dtype == np.float32
        assert array == pytest.approx(written[name], rel=HALF, abs=1e-6), name
    for side, weigher in net.sides.items():
        assert weigher.index == {name: n for n, name in enumerate(NAMES)}
        assert list(weigher.kinds) == list(codebook().kinds)
        for name, array in weigher.layers.items():
            assert array == pytest.approx(written[f"{side}.{name}"], rel=HALF, abs=1e-6), name
        told = FEATURES[side].rows @ written[f"{side}.feature.weight"][: FEATURES[side].rows.shape[1]]
        assert weigher.told[:-1] == pytest.approx(told, rel=0.05, abs=0.05)  # the rows were held as whole numbers
    assert whole(net.vectors.pieces.rows, net.vectors.pieces.scales, VECTORS)
    assert whole(net.vectors.words.rows, net.vectors.words.scales, SENSES)


def whole(numbers: npt.NDArray[np.int8], scales: Array, vectors: Array) -> bool:
    """Whether whole numbers stand for ``vectors``, as nearly as they can."""
    spread = np.abs(vectors).max(axis=1, keepdims=True)
    return bool(np.all(np.abs(numbers * scales - vectors) <= spread * 0.6 / 127))


def test_half_precision_changes_little(path: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(18)
    moved = {
        name: array * (1 + rng.uniform(-1, 1, array.shape).astype(np.float32) * 2**-12)
        for name, array in READER.items()
    }
    write_net(tmp_path / "net.npz", TABLES, moved, FEATURES)
    document = random_document(WINDOWS, 19)
    for one, other in zip(
        parts(read_net(path)(*document)), parts(read_net(tmp_path / "net.npz")(*document)), strict=True
    ):
        assert one == pytest.approx(other, abs=0.02)


def test_a_vector_of_nothing_stays_nothing(tmp_path: Path) -> None:
    vectors = VECTORS.copy()
    vectors[0] = 0
    write_net(tmp_path / "net.npz", TABLES | {"pieces": (PIECES, vectors)}, READER, FEATURES)
    assert read_net(tmp_path / "net.npz").vectors(tokens_of(["회"])).vectors.tolist() == [[0.0] * WIDE]


def test_the_same_net_gives_the_same_file(path: Path, tmp_path: Path) -> None:
    write_net(tmp_path / "again.npz", TABLES, READER, FEATURES)
    assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()


def test_a_net_that_knows_no_unknown_piece_is_refused(tmp_path: Path) -> None:
    write_net(tmp_path / "net.npz", TABLES | {"pieces": (["nothing", *PIECES[1:]], VECTORS)}, READER, FEATURES)
    with pytest.raises(DataError, match="UNK"):
        read_net(tmp_path / "net.npz")


@pytest.mark.parametrize(
    "name",
    [
        "pieces.rows",
        "pieces.names",
        "words.scales",
        "inward",
        "table.tag",
        "actor.rows",
        "target.names",
        "actor.kinds",
        "target.out.bias",
    ],
)
def test_a_net_without_one_of_its_arrays_is_refused(path: Path, tmp_path: Path, name: str) -> None:
    poorer = tmp_path / "net.npz"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(poorer, "w") as kept:
        for member in whole.namelist():
            if member != f"{name}.npy":
                kept.writestr(member, whole.read(member))
        assert len(kept.namelist()) == len(whole.namelist()) - 1
    with pytest.raises(DataError, match=r"net\.npz"):
        read_net(poorer)
