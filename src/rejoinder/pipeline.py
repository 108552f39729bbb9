"""The list of stages, and what happens to one document on its way through them; nothing else.

    text -> gate -> parse -> parties -> coreference -> dates -> acts -> context -> voices -> finish -> links

Each stage says what it needs and gives; the list is checked when it is made. A stage that fails on a document leaves a
Problem and the document counts as partly coded: a failure is a row, never a silence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from rejoinder import link
from rejoinder.acts import finish, fit_context, load_act_finder
from rejoinder.dates import find_times
from rejoinder.draft import Coded, Draft
from rejoinder.errors import DataError, RejoinderError
from rejoinder.parse import load_parser
from rejoinder.parties import find_mentions, load_gazetteer, resolve_mentions
from rejoinder.records import Document, Problem
from rejoinder.text import Gate, at_gate, lay_out, load_gate
from rejoinder.voices import find_voices

__all__ = ["CODER", "Pipeline", "Stage", "failure_of", "load_pipeline", "reading_stages"]

CODER = "net+rules/4"
"""Who coded, as acts and links name it; raised when a change of rules or models changes what comes out."""

HOPELESS = ("EMPTY_TEXT", "NOT_ENGLISH", "TOO_LONG")
"""Problems of a text that no later stage can do anything with."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step from draft to draft. ``needs`` and ``gives`` are names of Draft fields."""

    name: str
    run: Callable[[Draft], Draft]
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    ahead: Callable[[Sequence[Draft]], None] | None = None
    """Does for several drafts to come what is quicker done together; changes nothing but the time."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Codes documents one at a time. The same document gives the same result, whatever was coded before."""

    stages: tuple[Stage, ...]
    _begun: dict[Document, tuple[int, Draft]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """How many stages documents to come have been through, and what these found."""

    def __post_init__(self) -> None:
        given = {"document"}
        for stage in self.stages:
            missing = [name for name in stage.needs if name not in given]
            if missing:
                raise DataError(f"The stage {stage.name!r} needs {missing}, which no stage before it gives.")
            given.update(stage.gives)

    def code(self, document: Document) -> Coded:
        """Everything found in ``document``. Never raises for a fault of the text."""
        done, draft = self._begun.pop(document, (0, Draft(document)))
        for stage in self.stages[done:]:
            try:
                draft = stage.run(draft)
            except RejoinderError:
                raise
            except Exception as fault:  # noqa: BLE001 - one text must not end a run; the Problem says what happened
                return _broken(draft, stage, fault)
            if draft.passed:
                return Coded(document, problems=draft.problems, status="passed")
            if _hopeless(draft):
                return Coded(document, problems=draft.problems, status="failed")
        return Coded(document, draft.acts, draft.links, draft.problems)

    def ahead(self, documents: Sequence[Document]) -> None:
        """Do for ``documents``, which will be coded next, what is quicker done together. Nothing else changes."""
        self._begun.clear()
        drafts = [Draft(document) for document in documents]
        for done, stage in enumerate(self.stages):
            if stage.ahead is not None:
                stage.ahead(drafts)
                self._begun.update((draft.document, (done, draft)) for draft in drafts)
                return
            drafts = [draft for draft in map(stage.run, drafts) if not draft.passed and not _hopeless(draft)]


def _hopeless(draft: Draft) -> bool:
    return any(problem.code in HOPELESS for problem in draft.problems)


def failure_of(coded: Coded) -> Problem | None:
    """The problem for which a document could not be coded, or not to the end; None where there is none."""
    return next((problem for problem in coded.problems if problem.code in (*HOPELESS, "STAGE_FAILED")), None)


def _broken(draft: Draft, stage: Stage, fault: Exception) -> Coded:
    """What is left of a draft whose stage failed: its acts so far, and the Problem."""
    problem = Problem(
        draft.document.id,
        stage.name,
        "STAGE_FAILED",
        f"The stage failed on this text ({type(fault).__name__}: {fault}). Please report it with the text.",
    )
    problems = (*draft.problems, problem)
    return Coded(draft.document, draft.acts, draft.links, problems, "partly" if draft.acts else "failed")


def reading_stages(parser: str | None = None, gate: Gate | None = None) -> tuple[Stage, ...]:
    """The stages before acts are looked for: what is said by whom and when. Training reads texts through these.

    ``gate``: what it does not open to is not read on.
    """
    gazetteer, parse = load_gazetteer(), load_parser(parser)
    gates = () if gate is None else (Stage("gate", partial(at_gate, gate=gate), ("paragraphs",), ()),)
    return (
        Stage("text", lay_out, ("document",), ("paragraphs", "quotations", "problems")),
        *gates,
        Stage("parse", parse, ("paragraphs",), ("tokens", "sentences"), parse.ahead),
        Stage("parties", partial(find_mentions, gazetteer=gazetteer), ("tokens", "sentences"), ("mentions",)),
        Stage("coreference", partial(resolve_mentions, gazetteer=gazetteer), ("mentions", "quotations"), ()),
        Stage("dates", find_times, ("paragraphs",), ("times",)),
    )


def load_pipeline(parser: str | None = None, floor: float | None = None, *, gate: bool = True) -> Pipeline:
    """The package's own pipeline.

    ``parser`` names another installed spaCy pipeline; ``floor`` is the least score of an act (default: the F1 optimum
    on the development gold). With ``gate`` texts that hold no words of politics are passed over before they are parsed.
    Raises :class:`rejoinder.errors.UnknownPipeline`.
    """
    return Pipeline(
        (
            *reading_stages(parser, load_gate() if gate else None),
            Stage("acts", load_act_finder(floor), ("tokens", "mentions", "times"), ("candidates",)),
            Stage("context", fit_context, ("candidates", "mentions"), ()),
            Stage("voices", find_voices, ("candidates", "quotations"), ()),
            Stage("finish", partial(finish, coder=CODER), ("candidates",), ("acts",)),
            Stage("links", _link, ("acts",), ("links",)),
        )
    )


def _link(draft: Draft) -> Draft:
    """Links between the acts of one document."""
    acts, links, problems = link.within(draft.document, draft.acts)
    return replace(
        draft,
        acts=acts,
        links=tuple(replace(one, coder=one.coder or CODER) for one in links),
        problems=(*draft.problems, *problems),
    )
