"""The program ``rejoinder`` with stand-ins for its pipeline and readers: ``python -m tests.watch.program ...``."""

import sys
from types import ModuleType

import rejoinder.cli.readers
from rejoinder.cli import main
from tests.makers import FakePipeline
from tests.watch.stand_ins import stand_ins

if __name__ == "__main__":
    coder = FakePipeline()
    pipeline = ModuleType("rejoinder.pipeline")
    pipeline.CODER = "fake"  # type: ignore[attr-defined]
    pipeline.load_pipeline = lambda parser=None, floor=None, *, gate=True: coder  # type: ignore[attr-defined]
    sys.modules["rejoinder.pipeline"] = pipeline
    rejoinder.cli.readers.readers = stand_ins
    sys.exit(main())
