"""``rejoinder score``: how good the coding is on a gold file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from rejoinder.book.asked import score_of
from rejoinder.cli.progress import progress
from rejoinder.cli.screen import Screen
from rejoinder.cli.state import State, command
from rejoinder.errors import InputError, UsageError
from rejoinder.export import document_to_json
from rejoinder.measure import CodedAct, format_scores, read_coded
from rejoinder.measure import score as compare
from rejoinder.measure.coded import coded_act
from rejoinder.read import InputFailure, read

__all__ = ["score"]


@command("score")
@click.argument("gold", metavar="GOLD")
@click.argument("system", required=False, metavar="[SYSTEM]")
@click.option("--docs", metavar="DOCS", help="The texts to code; docs.jsonl beside GOLD unless given.")
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline to parse with; needs to be installed.")
@click.option("--min-score", type=float, metavar="P", help="Leave out acts less probable than P, from 0 to 1.")
@click.option("--errors", is_flag=True, help="List every act missed, added, or of the wrong kind or sides.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def score(
    state: State,
    /,
    *,
    gold: str,
    system: str | None,
    docs: str | None,
    pipeline: str | None,
    min_score: float | None,
    errors: bool,
    as_json: bool,
) -> int:
    """Measure how good the coding is on a gold file.

    Compares SYSTEM, a JSONL file as `rejoinder code --to jsonl` writes it, with GOLD, one made by careful readers.

    Without [SYSTEM] the texts of DOCS are coded first, in memory: no book is touched.
    """
    score_of(min_score)
    if system is not None and (docs is not None or pipeline is not None or min_score is not None):
        raise UsageError("--docs, --pipeline and --min-score say how texts are coded. Leave them out, or SYSTEM.")
    right = read_coded(gold)
    if system is not None:
        coded: Mapping[str, Sequence[CodedAct]] = read_coded(system)
    else:
        place = Path(docs) if docs else Path(gold).with_name("docs.jsonl")
        coded = _code(state, place, right, pipeline, min_score)
    scores = compare(right, coded)
    if as_json:
        click.echo(json.dumps(scores.to_dict(), indent=2))
        return 0
    screen = Screen()
    for line in format_scores(scores, errors=errors).splitlines():
        screen.line(line, hang=2)
    return 0


def _code(
    state: State, place: Path, gold: Mapping[str, object], pipeline: str | None, min_score: float | None
) -> dict[str, list[CodedAct]]:
    """The documents of ``place`` that ``gold`` names, coded and put into the form of the gold file."""
    from rejoinder.pipeline import load_pipeline  # noqa: PLC0415 (loads the parser; comparing two files does not need it)

    coder = None
    coded: dict[str, list[CodedAct]] = {}
    with progress(quiet=False) as tell:
        for item in read([place]):
            if isinstance(item, InputFailure):
                raise InputError(f"{item} The texts to code are named with --docs.")
            if item.name not in gold:
                continue
            coder = coder or load_pipeline(pipeline, min_score)
            state.document = item.origin or item.name
            tell(len(coded), item.name)
            acts = document_to_json(coder.code(item))["acts"]
            coded[item.name] = [coded_act(act, item.name) for act in acts] if isinstance(acts, list) else []
    state.document = None
    missing = sorted(set(gold) - set(coded))
    if missing:
        raise InputError(f"{place} lacks {len(missing)} of gold's documents, for instance {missing[0]!r}. Add them.")
    return coded
