"""A case of the review desk on a terminal: the words with what rests on them marked, the fields, the reasons."""

from collections.abc import Sequence

from rich.text import Text

from rejoinder.book import Book
from rejoinder.book.surroundings import Passage, marks, passages
from rejoinder.book.written import WRITTEN, written
from rejoinder.cli.names import state_names
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.show import ID_WIDTH, dyad, interval
from rejoinder.records import Act, Document, Link, Merge

__all__ = ["act_lines", "candidate_lines", "pair_lines"]

_LABEL = 12
_STEPS = 4
_STYLES = {"actor": "blue", "target": "magenta", "date": "cyan", "act": "bold", "trigger": "bold reverse"}
"""Later ones go over earlier ones."""
_USUAL = {"none", "no", "actual", "other"}


def act_lines(screen: Screen, book: Book, act: Act, kinds: Sequence[str]) -> None:
    """Print ``act`` as it is judged: its context, its fields but for those that say nothing, the likely ``kinds``."""
    document = book.document(act.doc)
    _head(screen, act, document)
    _words(screen, act, document, around=1)
    for name in WRITTEN:
        value = written(act, name)
        if value not in _USUAL and name not in ("span", "trigger"):
            screen.line((name.ljust(_LABEL), "dim"), harmless(value), indent=2, hang=2 + _LABEL)
    for step in act.steps[:_STEPS]:
        screen.line((harmless(step), "dim"), indent=2, hang=4)
    screen.line(*_numbered(kinds), indent=2, hang=4)


def pair_lines(screen: Screen, book: Book, by: Link | Merge) -> None:
    """Print a link or a merge as it is judged: both acts in their words."""
    asks = f"Does the second {by.how} the first?" if isinstance(by, Link) else "Do both tell of the same act?"
    screen.line((asks, "bold"), (f"  {by.id[:ID_WIDTH]}, score {by.score:.2f}", "dim"))
    for end in reversed(by.ends):
        act = book.act(end)
        document = book.document(act.doc)
        _head(screen, act, document)
        _words(screen, act, document, around=0)


def candidate_lines(screen: Screen, found: Sequence[Act]) -> None:
    """Print acts to choose from, numbered from 1."""
    names = state_names()
    for number, act in enumerate(found, 1):
        screen.line((f"{number:>3} ", "bold"), f"{interval(act.when)}  {act.kind}  {dyad(act, names)}", hang=4)
        screen.line(f"“{harmless(act.span.quote)}”", indent=4)
    if not found:
        screen.line("Nothing like it is in the book.")


def _head(screen: Screen, act: Act, document: Document) -> None:
    score = (f"  {act.id[:ID_WIDTH]}, score {act.score:.2f}", "dim")
    screen.line((act.kind, "bold"), f"  {dyad(act, state_names())}  {interval(act.when)}", score)
    published = document.published.isoformat() if document.published else "without a day"
    source = (document.title or document.name, document.outlet, published)
    screen.line((" · ".join(harmless(one) for one in source if one), "dim"))


def _words(screen: Screen, act: Act, document: Document, *, around: int) -> None:
    for passage in passages(document.text, marks(act), around=around, centre=act.span):
        screen.line(_marked(passage, brackets=not screen.on_terminal), indent=2, hang=2)


def _marked(passage: Passage, *, brackets: bool) -> Text:
    text = Text()
    for piece in passage.pieces:
        words = " ".join(piece.text.split("\n"))
        style = " ".join(style for name, style in _STYLES.items() if name in piece.fields)
        plain = "".join(char if char == " " else harmless(char) or " " for char in words)
        text.append(f"[{plain}]" if brackets and "trigger" in piece.fields else plain, style)
    return text


def _numbered(kinds: Sequence[str]) -> list[tuple[str, str]]:
    return [
        part for number, kind in enumerate(kinds, 1) for part in ((f"{number} ", "bold"), (f"{kind.lower()}  ", ""))
    ]
