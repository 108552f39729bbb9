"""``rejoinder why``: everything that one act rests on."""

from collections.abc import Mapping, Sequence

import click
from rich.text import Text

from rejoinder.book import Book
from rejoinder.book.results import Evidence, Joined, Why
from rejoinder.cli.judge import history_lines, said
from rejoinder.cli.names import state_names
from rejoinder.cli.opening import opened
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.show import ID_WIDTH, dyad, interval, side
from rejoinder.cli.state import as_of_option, book_option, command
from rejoinder.errors import UsageError
from rejoinder.records import Act, Document, Link, Merge

__all__ = ["why"]

_LABEL = 12
_CONTEXT = 160
"""Characters of the sentence shown on either side of the words."""


@command("why")
@click.argument("act", metavar="ACT")
@book_option
@as_of_option
def why(act: str, db: str, as_of: str | None) -> int:
    """Show what an act rests on.

    The words, the rule, the answers and the reports behind ACT: its id, or that of the thread it opens, or the
    beginning of either. Each answer and report comes with the id that `rejoinder judge` takes.
    """
    names, screen = state_names(), Screen()
    with opened(db, as_of) as book:
        found = book.why(_meant(book, act))
    _head(screen, found.act, names)
    _document(screen, found)
    screen.blank()
    _fields(screen, found.act, names)
    screen.blank()
    screen.line(("words", "bold"))
    for evidence in found.evidence:
        _words(screen, evidence)
    _steps(screen, found.act)
    _joined(screen, "answers", found.answers, names)
    _joined(screen, "answered by", found.answered_by, names)
    _joined(screen, "also told in", found.reports, names)
    _mentions(screen, found.mentions)
    _problems(screen, found)
    _joined(screen, "judged wrong", found.refused, names)
    _history(screen, found)
    return 0


def _meant(book: Book, given: str) -> str:
    """The id of the act that ``given`` begins, or of the one that opens the thread of that id."""
    try:
        return book.act(given).id
    except UsageError as error:
        try:
            return book.thread(given).offer.id
        except UsageError:
            raise error from None


def _head(screen: Screen, act: Act, names: Mapping[str, str]) -> None:
    screen.line((act.kind, "bold"), f"  {dyad(act, names)}  {interval(act.when)}")
    screen.line(f"“{harmless(act.span.quote)}”")


def _document(screen: Screen, found: Why) -> None:
    screen.blank()
    _pair(screen, "id", found.act.id)
    for source in found.sources or (found.document,):
        _pair(screen, "document", _called(source))
    _pair(screen, "at", f"characters {found.act.span.start} to {found.act.span.end}")
    _pair(screen, "rule", f"{found.rule or 'unknown'}, by {found.act.coder or 'unknown'}")
    _pair(screen, "score", f"{found.act.score:.2f}")


def _called(document: Document) -> str:
    published = document.published.isoformat() if document.published else "without a publication day"
    if document.published and document.dated_by:
        published += f" (by {document.dated_by})"
    parts = (document.name, document.title, document.outlet, document.author, published, document.origin)
    return " · ".join(harmless(part) for part in parts if part)


def _fields(screen: Screen, act: Act, names: Mapping[str, str]) -> None:
    voice = act.voice
    fields = (
        ("actor", _who(act, "actor", names)),
        ("target", _who(act, "target", names)),
        ("other kind", act.alt_kind),
        ("realis", act.realis),
        ("background", "yes" if act.background else "no"),
        ("date", interval(act.when)),
        ("issue", act.issue),
        ("speaker", side(voice.speaker, names) if voice.speaker else None),
        ("channel", voice.channel),
        ("via", ", ".join(voice.via)),
        ("repeats", act.same_as),
    )
    for name, value in fields:
        if value:
            _pair(screen, name, harmless(value))
    for condition in act.conditions:
        _pair(screen, "condition", f"“{harmless(condition.quote)}”")


def _who(act: Act, name: str, names: Mapping[str, str]) -> str:
    who = act.actor if name == "actor" else act.target
    if who is None:
        return "nobody named"
    words = f" “{harmless(who.text)}”" if who.text else ""
    party = f" ({who.party})" if who.party else ""
    return f"{side(who, names)}, {who.role}{party}{words}"


def _words(screen: Screen, evidence: Evidence) -> None:
    before, after = harmless(evidence.before), harmless(evidence.after)
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    line = Text.assemble(
        (evidence.field.ljust(_LABEL), "dim"),
        (before + _gap(evidence.before[-1:], before), "dim"),
        (f"[{harmless(evidence.span.quote)}]", "bold"),
        (_gap(evidence.after[:1], after) + after, "dim"),
    )
    screen.line(line, indent=2, hang=2 + _LABEL)


def _gap(neighbour: str, words: str) -> str:
    return " " if words and neighbour.isspace() else ""


def _steps(screen: Screen, act: Act) -> None:
    if not act.steps:
        return
    screen.blank()
    screen.line(("steps", "bold"))
    for step in act.steps:
        screen.line(harmless(step), indent=2, hang=4)


def _joined(screen: Screen, title: str, joined: Sequence[Joined], names: Mapping[str, str]) -> None:
    if not joined:
        return
    screen.blank()
    screen.line((title, "bold"))
    for one in joined:
        act = one.other.act
        copy = ", a copy" if one.other.copy else ""
        screen.line(
            _how(one),
            (act.id[:ID_WIDTH], "dim"),
            f"  {interval(act.when)}  {act.kind}  {dyad(act, names)}  in {harmless(one.other.document)}{copy}",
            indent=2,
            hang=4,
        )
        screen.line(f"“{harmless(act.span.quote)}”", indent=4)
        screen.line((_grounds(one), "dim"), indent=4, hang=6)


def _how(one: Joined) -> str:
    """How an answer answers; among those judged wrong no title says which of the two does."""
    if isinstance(one.by, Merge):
        return ""
    if one.judgement is None or one.judgement.value != "no":
        return f"{one.by.how}  "
    return f"{one.by.how} it  " if one.by.answer == one.other.act.id else f"it {one.by.how}  "


def _grounds(one: Joined) -> str:
    """The link or merge itself: its id, its score, the words it rests on, what was judged of it."""
    what = "link" if isinstance(one.by, Link) else "merge"
    words = " and ".join(dict.fromkeys(f"“{harmless(span.quote)}”" for span in one.by.evidence))
    rests = f", on {words}" if words else ""
    verdict = f"; {said(one.judgement)}" if one.judgement else ""
    return f"{what} {one.by.id[:ID_WIDTH]}, score {one.by.score:.2f}{rests}{verdict}"


def _mentions(screen: Screen, mentions: Sequence[Act]) -> None:
    if not mentions:
        return
    screen.blank()
    screen.line(("other mentions in this document", "bold"))
    for act in mentions:
        screen.line((act.id[:ID_WIDTH], "dim"), f"  “{harmless(act.span.quote)}”", indent=2, hang=4)


def _problems(screen: Screen, found: Why) -> None:
    if not found.problems:
        return
    screen.blank()
    screen.line(("problems", "bold"))
    for problem in found.problems:
        screen.line(f"{problem.code}  {harmless(problem.message)}", indent=2, hang=4)


def _history(screen: Screen, found: Why) -> None:
    if not found.history:
        return
    screen.blank()
    screen.line(("judgements", "bold"))
    history_lines(screen, found.history)


def _pair(screen: Screen, name: str, value: str) -> None:
    screen.line((name.ljust(_LABEL), "dim"), value, indent=2, hang=2 + _LABEL)
