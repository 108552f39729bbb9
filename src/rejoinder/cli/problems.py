"""``rejoinder problems``: what could not be decided."""

import click

from rejoinder.cli.opening import opened
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.state import as_of_option, book_option, command

__all__ = ["problems"]


@command("problems")
@click.option("--code", multiple=True, metavar="CODE", help="Of this code (NO_DATE_ANCHOR, ...); may be repeated.")
@click.option("--document", metavar="DOC", help="Of this document: its name, its id, or the beginning of the id.")
@book_option
@as_of_option
def problems(code: tuple[str, ...], document: str | None, db: str, as_of: str | None) -> int:
    """List what the program could not decide.

    Each with its code, the document, what is the matter, and the words where it is about words.
    """
    screen = Screen()
    with opened(db, as_of) as book:
        found = book.problems(code=code or None, document=document)
        called: dict[str, str] = {}
        for problem in found:
            if problem.doc not in called:
                called[problem.doc] = book.document(problem.doc).name or problem.doc
            screen.line((problem.code, "bold"), f"  {harmless(called[problem.doc])}", hang=2)
            screen.line(harmless(problem.message), indent=2)
            if problem.span:
                screen.line((f"“{harmless(problem.span.quote)}”", "dim"), indent=2)
    screen.line((plural(len(found), "problem"), "dim"))
    return 0
