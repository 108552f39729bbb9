"""What a book works with: how documents are coded, how acts are linked, how threads are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from rejoinder.book.lookup import ThreadMaker
from rejoinder.draft import Coded
from rejoinder.link import Linker, load_linker, threads
from rejoinder.records import Document
from rejoinder.store import Run

__all__ = ["Coder", "Coding", "Tools", "tools_of"]


class Coder(Protocol):
    """What codes documents; :class:`rejoinder.pipeline.Pipeline` does."""

    def code(self, document: Document, /) -> Coded:
        """The acts of ``document`` and the links between them."""
        ...

    def ahead(self, documents: Sequence[Document], /) -> None:
        """Do together what several documents to come share; it saves time and changes nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Coding:
    """How documents are coded, as one process can tell another.

    ``pipeline`` is the parser's, None for the default; acts less probable than ``min_score`` are not kept. ``gate``:
    texts without words of politics are passed over.
    """

    pipeline: str | None = None
    min_score: float | None = None
    gate: bool = True


@dataclass(frozen=True, slots=True)
class Tools:
    """What a book works with.

    ``coder`` makes the pipeline when it is first needed (its model takes seconds to load), ``linker`` what links
    between documents. ``run`` says how documents are coded: a book codes anew what was coded otherwise. ``coding`` is
    what other processes need to make the same tools; None where they cannot.
    """

    coder: Callable[[], Coder]
    linker: Callable[[], Linker]
    threads: ThreadMaker
    run: Callable[[], Run]
    coding: Coding | None = None


def tools_of(coding: Coding) -> Tools:
    """The package's own tools, which load when they are first needed."""

    @cache
    def coder() -> Coder:
        from rejoinder.pipeline import load_pipeline  # noqa: PLC0415  (loads the parser)

        return load_pipeline(coding.pipeline, coding.min_score, gate=coding.gate)

    def run() -> Run:
        import rejoinder  # noqa: PLC0415  (the package's own names load on first use)
        from rejoinder.pipeline import CODER  # noqa: PLC0415  (as above)

        gate = None if coding.gate else "none"
        given = (("coder", CODER), ("pipeline", coding.pipeline), ("min_score", coding.min_score), ("gate", gate))
        settings = ", ".join(f"{name}={value}" for name, value in given if value is not None)
        return Run(rejoinder.__version__, settings)

    return Tools(coder=coder, linker=cache(load_linker), threads=threads, run=run, coding=coding)
