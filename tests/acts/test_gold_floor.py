"""The pipeline's agreement with the development gold stays above the floors of ``tests/floors.yaml``.

Each document is coded, written in the export's JSONL form and scored like any file. Skipped where the gold is absent.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from rejoinder.export.jsonl import document_to_json
from rejoinder.measure.coded import CodedAct, coded_act
from rejoinder.measure.score import Scores, score
from rejoinder.pipeline import Pipeline
from rejoinder.records import Document

FILE = Path(__file__).resolve().parent.parent / "floors.yaml"
FLOORS: Mapping[str, float] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
Coded = Mapping[str, Sequence[CodedAct]]


@pytest.fixture(scope="module")
def figures(shared: Path, pipeline: Pipeline) -> Mapping[str, float]:
    folder = shared / "gold" / "dev"
    gold = {str(row["id"]): _acts(row) for row in _rows(folder / "gold.jsonl")}
    coded = (pipeline.code(_document(row)) for row in _rows(folder / "docs.jsonl"))
    system = {one.document.name: _acts(document_to_json(one)) for one in coded}
    scores = score(gold, system)
    return {
        "kind": scores.rates["kind"].f1,
        "tuple": scores.rates["tuple"].f1,
        "found": scores.rates["found"].f1,
        "seeds_tuple": _seeds(gold, system).rates["tuple"].f1,
    }


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figure_stays_above_its_floor(figures: Mapping[str, float], name: str) -> None:
    reached, floor = figures[name], FLOORS[name]
    assert reached >= floor, (
        f"{name} fell to {reached:.3f}, below its floor of {floor:.3f} in {FILE.name}. `rejoinder score` with --errors "
        "lists what went wrong; mend the change that lost it. A floor is raised, never lowered."
    )


def test_floors_name_the_figures(figures: Mapping[str, float]) -> None:
    assert sorted(FLOORS) == sorted(figures)


def _seeds(gold: Coded, system: Coded) -> Scores:
    return score({name: acts for name, acts in gold.items() if name.startswith("seeds:")}, system)


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _acts(row: Mapping[str, object]) -> list[CodedAct]:
    acts = row["acts"]
    assert isinstance(acts, list)
    return [coded_act(act, f"{row['id']}") for act in acts]


def _document(row: Mapping[str, object]) -> Document:
    published, title = row.get("published"), row.get("title")
    return Document(
        str(row["text"]),
        name=str(row["id"]),
        title=str(title) if title else None,
        published=dt.date.fromisoformat(str(published)[:10]) if published else None,
    )
