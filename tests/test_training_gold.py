"""Coded texts to learn from: codes laid on their texts, and refused where the text is another one."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.gold import Coding, _act, read_codes, read_gold, read_texts
from training.parts import part_of

from rejoinder.errors import DataError
from rejoinder.records import Document

TEXT = "Séoul rebuffed Pyongyang’s offer of talks on Monday unless drills stop."
OTHER = "Tokyo waited."
WIRE = [
    {"date": "2019-04-02", "text": "Oslo hosted envoys."},
    {"date": "2019-04-03T10:00:00", "text": TEXT, "title": ""},
]


def place(words: str, text: str = TEXT) -> list[int]:
    return [text.index(words), text.index(words) + len(words)]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


FULL = {
    "id": "g1",
    "kind": "REJECT",
    "trigger": place("rebuffed"),
    "actor": {"at": place("Séoul"), "state": "KOR", "role": "GOV"},
    "target": {"at": place("Pyongyang"), "state": "PRK", "role": "GOV", "also": ["CHN"]},
    "mutual": True,
    "realis": "planned",
    "background": True,
    "date": {"at": place("Monday"), "earliest": "2020-01-06", "latest": "2020-01-06"},
    "channel": "letter",
    "via": ["CHE"],
    "conditions": [place("unless drills stop")],
    "issue": "talks",
    "answers": [{"to": "g2", "how": "rejects"}],
    "same_as": "g3",
    "alt_kind": "ACCUSE",
}
BARE = {"id": "g2", "kind": "OFFER", "trigger": place("offer"), "actor": {}}


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def training(tmp_path: Path) -> Path:
    articles = [
        {"id": "A1:01", "text": TEXT, "title": "Talks", "published": "2020-01-07T08:00:00Z"},
        {"id": "A1:02", "text": OTHER},
    ]
    return write(tmp_path / "training" / "articles.jsonl", articles).parent


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder as the shared one is laid out."""
    return write(tmp_path / "store" / "data" / "wire" / "north.jsonl", WIRE).parents[2]


def read(training: Path, store: Path, *rows: Mapping[str, object]) -> list[Coding]:
    return list(read_codes(write(training / "codes" / "north.jsonl", rows), training, store))


def coded(name: str, text: str, *acts: Mapping[str, object]) -> dict[str, object]:
    return {"id": name, "sha": sha(text), "acts": list(acts)}


def test_codes_laid_on_a_text_give_the_words_at_their_offsets(training: Path, store: Path) -> None:
    (coding,) = read(training, store, coded("A1:01", TEXT, FULL))
    assert coding.acts == (
        {
            **{name: FULL[name] for name in ("id", "kind", "mutual", "realis", "background", "channel", "via")},
            **{name: FULL[name] for name in ("issue", "answers", "same_as", "alt_kind")},
            "trigger": "rebuffed",
            "trigger_start": 6,
            "trigger_end": 14,
            "actor": {"text": "Séoul", "start": 0, "end": 5, "state": "KOR", "role": "GOV", "also": []},
            "target": {"text": "Pyongyang", "start": 15, "end": 24, "state": "PRK", "role": "GOV", "also": ["CHN"]},
            "date": {"text": "Monday", "earliest": "2020-01-06", "latest": "2020-01-06"},
            "conditions": ["unless drills stop"],
        },
    )


def test_what_was_left_out_is_at_its_default(training: Path, store: Path) -> None:
    ((act,),) = [coding.acts for coding in read(training, store, coded("A1:01", TEXT, BARE))]
    assert act["trigger"] == "offer"
    assert act["actor"] == {"text": "", "start": None, "end": None, "state": None, "role": "UNK", "also": []}
    assert act["date"] == {"text": None, "earliest": None, "latest": None}
    assert (act["target"], act["mutual"], act["realis"], act["background"]) == (None, False, "actual", False)
    assert (act["channel"], act["via"], act["conditions"], act["issue"]) == (None, [], [], "other")
    assert (act["answers"], act["same_as"], act["alt_kind"]) == ([], None, None)


@given(st.text(min_size=1, max_size=30), st.data())
def test_any_offsets_give_the_words_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    act = _act({**BARE, "trigger": [start, end], "actor": {"at": [start, end]}}, text)
    assert act["trigger"] == act["actor"]["text"] == text[start:end]
    assert text[act["trigger_start"] : act["trigger_end"]] == act["trigger"]


def test_documents_come_with_title_and_day(training: Path, store: Path) -> None:
    names = ("A1:01", "A1:02", "wire:north:00001")
    rows = [coded(name, text) for name, text in zip(names, (TEXT, OTHER, TEXT), strict=True)]
    documents = [coding.document for coding in read(training, store, *rows)]
    assert documents == [
        Document(TEXT, name="A1:01", title="Talks", published=dt.date(2020, 1, 7)),
        Document(OTHER, name="A1:02"),
        Document(TEXT, name="wire:north:00001", published=dt.date(2019, 4, 3)),
    ]


def test_documents_come_in_the_order_of_the_codes(training: Path, store: Path) -> None:
    names = ["wire:north:00001", "A1:01", "wire:north:00000"]
    texts = [TEXT, TEXT, str(WIRE[0]["text"])]
    found = read(training, store, *(coded(name, text) for name, text in zip(names, texts, strict=True)))
    assert [coding.document.name for coding in found] == names
    assert [coding.acts for coding in found] == [(), (), ()]


@pytest.mark.parametrize("name", ["A1:01", "wire:north:00001"])
def test_another_text_is_refused_by_name(training: Path, store: Path, name: str) -> None:
    with pytest.raises(DataError, match=rf"north\.jsonl.*{name}"):
        read(training, store, coded(name, TEXT + " ", FULL))


def test_a_line_beyond_the_end_is_refused_by_name(training: Path, store: Path) -> None:
    with pytest.raises(DataError, match="wire:north:00002"):
        read(training, store, coded("wire:north:00002", TEXT))


def test_only_the_texts_asked_for_are_read(training: Path, store: Path) -> None:
    assert list(read_texts(training, store, frozenset({"A1:02"}))) == ["A1:02"]
    assert list(read_texts(training, store, frozenset({"wire:north:00000"}))) == ["wire:north:00000"]


def test_a_gold_folder_gives_the_documents_that_have_codes(tmp_path: Path) -> None:
    write(tmp_path / "docs.jsonl", [{"id": "b", "text": OTHER}, {"id": "a", "text": TEXT}, {"id": "c", "text": OTHER}])
    write(tmp_path / "gold.jsonl", [{"id": "a", "acts": [BARE]}, {"id": "b", "acts": []}])
    assert list(read_gold(tmp_path)) == [
        Coding(Document(OTHER, name="b"), ()),
        Coding(Document(TEXT, name="a"), (BARE,)),
    ]


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("wikipedia_current_events:korea_timeline:00001", "wikipedia_current_events"),
        ("white_house:statements_readouts:00001", "white_house"),
        ("wire:north:00001", "wire"),
        ("wire3:01", "wire"),
        ("A1:01", "article"),
        ("", "article"),
    ],
)
def test_style(name: str, style: str) -> None:
    assert Coding(Document(OTHER, name=name), ()).style == style


@given(st.text(max_size=20), st.integers(1, 20), st.text(max_size=5))
def test_a_document_s_part_hangs_on_its_name_alone(name: str, parts: int, text: str) -> None:
    part = part_of(Document(OTHER, name=name), parts)
    assert 0 <= part < parts
    assert part_of(Document(text, name=name, title="Talks"), parts) == part


def test_parts_are_of_like_size_and_stay_as_they_are() -> None:
    parts = [part_of(Document(OTHER, name=f"A1:{number:03d}"), 5) for number in range(500)]
    assert all(70 < parts.count(part) < 130 for part in range(5))
    assert parts[:8] == [2, 0, 3, 3, 0, 3, 1, 2]
