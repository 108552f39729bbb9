"""``rejoinder agreement``: how far coders agree, and where they do not."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.cli.export import check_output
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.show import ID_WIDTH
from rejoinder.cli.state import book_option, command
from rejoinder.errors import UsageError
from rejoinder.export import write_rows
from rejoinder.export.target import STDOUT, text_file
from rejoinder.measure import Agreement, CodedAct, Disagreement, read_coded
from rejoinder.measure import agreement as measure
from rejoinder.measure.agreement import FOUND, PairAgreement
from rejoinder.measure.fields import FIELDS
from rejoinder.measure.layers import codings
from rejoinder.measure.tell import (
    COLUMNS,
    DISAGREEMENTS,
    agreement_rows,
    agreement_to_dict,
    disagreement_rows,
    figure,
)

__all__ = ["agreement"]

_SETTLED = {FOUND: "accept (or reject)", "answers": "link ACT HOW"}
"""What settles a disagreement; of other fields, to set them."""


@command("agreement")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--coders", metavar="NAMES", help="Only these, with commas between: ann,bob.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD",
    help=f"Only this: {FOUND}, {', '.join(FIELDS)}; may be repeated.",
)
@click.option("--list", "listed", is_flag=True, help="List each disagreement, with what every coder says.")
@click.option(
    "--to", type=click.Choice(("csv", "json")), help="Export the figures (with --list in csv: the disagreements)."
)
@click.option("--output", "-o", metavar="FILE", help="Write the export to FILE instead of standard output.")
@book_option
def agreement(
    *,
    files: tuple[str, ...],
    coders: str | None,
    fields: tuple[str, ...],
    listed: bool,
    to: str | None,
    output: str | None,
    db: str,
) -> int:
    """Say how far coders agree.

    Compares what each of them alone made of the documents that at least two of them have coded to the end: every act
    judged, or the document marked with `rejoinder done`. Of each field: the share of pairs that say the same, Cohen's
    kappa (two coders), Krippendorff's alpha (any number), with the interval in which 95 of a hundred draws of documents
    lie. A dash: nothing was to be told apart.

    With [FILE]... coded JSONL files are compared instead of the coders of a book; each is called by its name.
    """
    check_output(to, output)
    chosen = None if coders is None else [name.strip() for name in coders.split(",") if name.strip()]
    if files:
        _show(measure(_of_files(files, chosen), fields or None), {}, listed=listed, to=to, output=output)
        return 0
    with rejoinder.open(db, readonly=True) as book:
        found = measure(codings(book, chosen), fields or None)
        names = _names(book, found.disagreements) if listed or to == "json" else {}
    _show(found, names, listed=listed, to=to, output=output)
    return 0


def _of_files(files: Sequence[str], chosen: Sequence[str] | None) -> Mapping[str, Mapping[str, Sequence[CodedAct]]]:
    coded = {Path(file).stem: file for file in files}
    if len(coded) < len(files):
        raise UsageError("Two files have one name, and so would their coders. Rename one.")
    for name in chosen or ():
        if name not in coded:
            raise UsageError(f"No file is called {name!r}. Coders are: {', '.join(coded)}.")
    return {name: read_coded(file) for name, file in coded.items() if chosen is None or name in chosen}


def _names(book: Book, disagreements: Iterable[Disagreement]) -> dict[str, str]:
    return {doc: book.document(doc).name or doc for doc in sorted({one.document for one in disagreements})}


def _show(found: Agreement, names: Mapping[str, str], *, listed: bool, to: str | None, output: str | None) -> None:
    place = output or STDOUT
    if to == "json":
        with text_file(place) as file:
            file.write(json.dumps(agreement_to_dict(found), ensure_ascii=False, indent=2) + "\n")
        return
    if to == "csv" and listed:
        write_rows(DISAGREEMENTS, disagreement_rows(found.disagreements), place)
        return
    if to == "csv":
        write_rows(COLUMNS, agreement_rows(found), place)
        return
    screen = Screen()
    _figures(screen, found)
    if listed:
        screen.blank()
        _list(screen, found.disagreements, names)
    screen.blank()
    screen.line((plural(len(found.disagreements), "disagreement"), "dim"))
    if names:
        _remedy(screen, found.disagreements[0])


def _figures(screen: Screen, found: Agreement) -> None:
    many = plural(found.documents, "document")
    screen.line((" and ".join(map(harmless, found.coders)), "bold"), f" on {many} coded by two or more of them", hang=2)
    screen.blank()
    _pairs(screen, found.pairs)
    screen.blank()
    two = len(found.coders) == 2
    kappas = [*(["kappa"] if two else []), "alpha"]
    rows = [("field", "acts", "same", *kappas)]
    for field in found.fields:
        middle = (figure(field.kappa),) if two else ()
        rows.append((field.field, f"{field.units:,}", figure(field.raw), *middle, figure(field.alpha)))
    screen.columns(rows, right=(1,), indent=0)
    if not two and found.fields:
        screen.blank()
        screen.line("Cohen's kappa, two by two")
        fields = [name for name, _ in found.pairs[0].kappa]
        columns = [dict(pair.kappa) for pair in found.pairs]
        head = ("field", *(_two(pair) for pair in found.pairs))
        screen.columns([head, *((name, *(figure(of[name]) for of in columns)) for name in fields)], indent=0)


def _pairs(screen: Screen, pairs: Sequence[PairAgreement]) -> None:
    head = ("acts found", "documents", "both", "first", "second", "F1", "F1 of answers")
    rows = [
        (
            _two(pair),
            f"{pair.documents:,}",
            f"{pair.both:,}",
            *(f"{acts:,}" for acts in pair.acts),
            figure(pair.found),
            figure(pair.linked),
        )
        for pair in pairs
    ]
    screen.columns([head, *rows], right=(1, 2, 3, 4), indent=0)


def _two(pair: PairAgreement) -> str:
    return " / ".join(map(harmless, pair.coders))


def _list(screen: Screen, disagreements: Sequence[Disagreement], names: Mapping[str, str]) -> None:
    for doc, in_doc in groupby(disagreements, key=lambda one: one.document):
        screen.line((harmless(names.get(doc, doc)), "bold"), hang=2)
        for (_, words, ids), of_act in groupby(in_doc, key=lambda one: (one.start, one.words, _ids(one))):
            screen.line(f"“{harmless(words)}”", (f"  {' '.join(ids)}", "dim"), indent=2, hang=4)
            for one in of_act:
                told = "  ".join(f"{harmless(coder)}: {_said(said)}" for coder, said in one.said)
                screen.line(f"{one.field}  {told}", indent=4, hang=6)


def _ids(one: Disagreement) -> list[str]:
    return sorted({act_id[:ID_WIDTH] for _, act_id in one.acts if act_id})


def _said(said: str | None) -> str:
    if said is None:
        return "no act"
    return harmless(said)


def _remedy(screen: Screen, one: Disagreement) -> None:
    """How to settle one, with the first as the example."""
    verdict = _SETTLED.get(one.field, f"set {one.field} VALUE")
    command = f"rejoinder judge {_ids(one)[0]} {verdict} --final --by NAME"
    screen.line(f"To settle one, as the adjudicator: {command}", hang=2)
