"""The program as a process of its own, with the stand-ins of ``makers`` for its models, here and in its workers."""

import sys
from dataclasses import dataclass
from types import ModuleType

from rejoinder.book import handle
from rejoinder.book.crew import Workers
from rejoinder.cli import main
from tests.book.fake_worker import Troubled, command, tools

if __name__ == "__main__":
    mood, *arguments = sys.argv[1:]
    coder = Troubled(mended=mood == "mended")
    module = ModuleType("rejoinder.pipeline")
    module.CODER = "fake"  # type: ignore[attr-defined]
    module.HOPELESS = ("TOO_LONG",)  # type: ignore[attr-defined]
    module.load_pipeline = lambda *_, **_more: coder  # type: ignore[attr-defined]
    sys.modules["rejoinder.pipeline"] = module

    @dataclass(frozen=True, slots=True)
    class FakeWorkers(Workers):
        command: tuple[str, ...] = command(mood)

    handle.Workers = FakeWorkers  # type: ignore[attr-defined]
    handle.tools_of = lambda _coding: tools(lambda: coder)  # type: ignore[assignment, attr-defined]
    raise SystemExit(main(arguments))
