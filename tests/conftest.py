"""Fixtures that every test may use."""

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from rejoinder.draft import Draft
from rejoinder.parse import Parser
from rejoinder.pipeline import Pipeline, load_pipeline
from rejoinder.records import Document
from rejoinder.text import lay_out

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and data that is not part of the project; the test is skipped where it is absent."""
    folder = Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip("the gold folder is not here (set REJOINDER_SHARED to its parent)")
    return folder


@pytest.fixture(scope="session")
def reference(shared: Path) -> ModuleType:
    """The reference scorer of the shared folder."""
    spec = importlib.util.spec_from_file_location("reference_scorer", shared / "tools" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The package's own pipeline, loaded once; without the gate, which has tests of its own."""
    return load_pipeline(gate=False)


@pytest.fixture(scope="session")
def parser(pipeline: Pipeline) -> Parser:
    """The pipeline's own parser."""
    return next(stage.run for stage in pipeline.stages if stage.name == "parse")


@pytest.fixture(scope="session")
def parsed(parser: Parser) -> Callable[[str], Draft]:
    """Lays a text out and parses it."""
    return lambda text: parser(lay_out(Draft(Document(text))))
