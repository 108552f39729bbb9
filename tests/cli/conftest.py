"""The program run in this process, with a stand-in for the pipeline unless a test wants the real one."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from rejoinder.cli import main
from tests.makers import FakePipeline


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of the program left behind."""

    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Rejoinder = Callable[..., Ran]


@pytest.fixture
def fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """A pipeline that codes the sentences of ``makers``, in place of the real one."""
    pipeline = FakePipeline()
    module = ModuleType("rejoinder.pipeline")
    module.CODER = "fake"  # type: ignore[attr-defined]
    module.HOPELESS = ("TOO_LONG",)  # type: ignore[attr-defined]
    module.load_pipeline = lambda parser=None, floor=None, *, gate=True: pipeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rejoinder.pipeline", module)
    return pipeline


@pytest.fixture
def rejoinder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fake_pipeline: FakePipeline
) -> Rejoinder:
    """Run the program in an empty folder; the arguments are those of the command line."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a text file and a JSONL file that the stand-in pipeline understands."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "first.txt").write_text("Pyongyang offered Seoul talks in a letter. Seoul rejected the offer.\n", "utf-8")
    rows = [
        {"id": "second", "published": "2016-05-21", "text": "Washington and Seoul offered Pyongyang aid."},
        {"id": "third", "published": "2016-05-22", "text": "Pyongyang tested a missile."},
    ]
    (folder / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder
