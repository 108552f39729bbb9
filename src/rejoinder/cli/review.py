"""``rejoinder review``: the review desk in the terminal, with single keys."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.candidates import offers_for, twins_of
from rejoinder.book.likely import likely_kinds
from rejoinder.book.reader import Reader
from rejoinder.book.written import WRITTEN, written
from rejoinder.cli.case import act_lines, candidate_lines, pair_lines
from rejoinder.cli.keys import Keys
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.state import State, book_option, command
from rejoinder.codebook import codebook
from rejoinder.errors import UsageError
from rejoinder.records import Act, Link, Merge

__all__ = ["review"]

Case = Act | Link | Merge

_NUMBERED = 9
_KEYS = (
    "a accept  r reject  s skip  u undo  j/k next, previous  1-9 kind  0 other kind  e edit  l link  m merge  n note  "
    "q quit"
)
_PAIR_KEYS = "a yes  r no  s skip  u undo  j/k next, previous  n note  q quit"


@command("review")
@click.option("--coder", metavar="NAME", help="Who judges; every judgement carries the name.")
@click.option(
    "--what", type=click.Choice(["acts", "links", "merges"]), default="acts", show_default=True, help="What to judge."
)
@click.option(
    "--order",
    type=click.Choice(["uncertain", "differ", "newest", "day", "text"]),
    default="uncertain",
    show_default=True,
    help="The least certain first, where coders differ first, the newest or oldest first, or by document.",
)
@click.option("--dyad", metavar="A-B", help="Only acts between these two states.")
@click.option("--kind", metavar="KIND", multiple=True, help="Only acts of this kind; may be repeated.")
@click.option("--document", metavar="DOC", help="Only acts of this document: its name, or its id.")
@book_option
@click.pass_obj
def review(
    state: State,
    /,
    *,
    coder: str | None,
    what: str,
    order: str,
    dyad: str | None,
    kind: tuple[str, ...],
    document: str | None,
    db: str,
) -> int:
    """Judge what the program found, one case at a time, with single keys.

    Each act is shown in its context with its fields. Keys accept it, reject it, set its kind, edit a field, link it to
    what it answers, or merge it with another report; `u` undoes the last step, `q` ends. Whoever was assigned documents
    goes through these, unless a filter asks for others. With --order differ what is said settles the difference.

    Where input is no terminal, each line is a key with what belongs to it: `a`, `3`, `e date 2016-05-20`.
    """
    screen, keys = Screen(), Keys()
    name = coder or keys.ask("Your name: ")
    if not name:
        raise UsageError("Every judgement carries a name. Say who judges: --coder NAME.")
    state.if_interrupted = "what was judged is kept; the same command goes on from there"
    with rejoinder.open(db) as book:
        lane = _Lane(book, Reader.of(book, name), what, order, dyad, kind, document)
        desk = _Desk(screen, keys, lane, name)
        try:
            desk.work()
        finally:
            desk.tell()
    return 0


@dataclass(frozen=True, slots=True)
class _Lane:
    """What comes next."""

    book: Book
    reader: Reader
    what: str
    order: str
    dyad: str | None
    kind: tuple[str, ...]
    document: str | None

    @property
    def settles(self) -> bool:
        """Whether what is said goes before what coders said."""
        return self.order == "differ"

    def ahead(self, without: Sequence[str]) -> Sequence[Case]:
        """The next cases, but for ``without``."""
        if self.what == "links":
            return self.book.queue_links(without=without)
        if self.what == "merges":
            return self.book.queue_merges(without=without)
        narrowed = self.dyad or self.kind or self.document
        if self.reader.name is not None and self.reader.assigned and not narrowed:
            return self.book.queue_alone(self.reader.name, self.reader.assigned, without=without)
        kind = self.kind or None
        if self.order == "differ":
            return self.book.queue_differing(kind=kind, dyad=self.dyad, document=self.document, without=without)
        return self.book.queue(order=self.order, kind=kind, dyad=self.dyad, document=self.document, without=without)

    def progress(self) -> tuple[int, int]:
        """How many are judged, of how many."""
        narrowed = self.dyad or self.kind or self.document
        if self.what == "acts" and self.reader.name is not None and self.reader.assigned and not narrowed:
            return self.book.judged_alone(self.reader.name, self.reader.assigned)
        return self.book.judged_of(self.what, kind=self.kind or None, dyad=self.dyad, document=self.document)

    def fresh(self, case: Case) -> Case:
        """``case`` as it is now."""
        if not isinstance(case, Act):
            return self.book.joined([case.id]).get(case.id, case)
        act, document = self.book.act_at_desk(case.id)
        alone = self.reader.name if document.id in self.reader.blind else None
        return act if alone is None else self.book.act_at_desk(case.id, alone=alone)[0]


@dataclass(slots=True)
class _Desk:
    """One sitting: what is shown, what was passed over, what was done."""

    screen: Screen
    keys: Keys
    lane: _Lane
    by: str
    skipped: list[str] = field(default_factory=list)
    seen: list[Case] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    note: str = ""

    def work(self) -> None:
        """Show case after case, and do what the keys say, until `q` or the end."""
        case = self._next(None)
        while case is not None:
            case = self.lane.fresh(case)
            self._show(case)
            stays = True
            while stays and case is not None:
                pressed = self.keys.key()
                if pressed is None or pressed.startswith("q"):
                    return
                stays, case = self._press(pressed, case)
        judged, total = self.lane.progress()
        left = f"; {plural(len(self.skipped), 'one was', 'were')} skipped" if self.skipped else ""
        self.screen.line(f"Nothing is left to judge: {judged:,} of {total:,} are judged{left}.")

    def tell(self) -> None:
        """Say what was done."""
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(self.done.items()) if count)
        self.screen.line((f"{told or 'nothing was judged'}, by {harmless(self.by)}", "dim"))

    def _press(self, pressed: str, case: Case) -> tuple[bool, Case | None]:
        """Do what a key says: whether the case stays as it is shown, and the case to go on with."""
        key, rest = pressed[0], pressed[1:].strip()
        if key in "ar" and rest:
            self.note = rest
        try:
            if key in _MOVES:
                return False, _MOVES[key](self, case)
            if isinstance(case, Act) and key.isdigit():
                return False, self._kind(case, int(key))
            if isinstance(case, Link) and key.isdigit():
                return False, self._how(case, int(key))
            if isinstance(case, Merge) and key == "m":
                return False, self._accept(case)
            if isinstance(case, Act) and key in _ON_ACTS:
                return False, _ON_ACTS[key](self, case, rest)
            if key == "n":
                self.note = rest or self.keys.ask("note: ") or ""
                return True, case
        except UsageError as slip:
            self.screen.line((str(slip), "red"))
            return True, case
        if key != "?":
            self.screen.line((f"{harmless(key)!r} is no key here.", "red"))
        self._keys(case)
        return True, case

    def _show(self, case: Case) -> None:
        judged, total = self.lane.progress()
        self.screen.blank()
        self.screen.line((f"{judged:,} of {total:,} judged", "dim"))
        if isinstance(case, Act):
            act_lines(self.screen, self.lane.book, case, likely_kinds(case)[:_NUMBERED])
        else:
            pair_lines(self.screen, self.lane.book, case)
        self._keys(case)

    def _keys(self, case: Case) -> None:
        if isinstance(case, Link):
            self.screen.line((_ways(), "dim"), hang=2)
        self.screen.line((_KEYS if isinstance(case, Act) else _PAIR_KEYS, "dim"), hang=2)

    # moving

    def _next(self, after: Case | None) -> Case | None:
        if after is not None:
            self.seen.append(after)
        return next(iter(self.lane.ahead(self.skipped)), None)

    def _skip(self, case: Case) -> Case | None:
        self.skipped.append(case.id)
        return self._next(case)

    def _before(self, case: Case) -> Case:
        if not self.seen:
            raise UsageError("This is the first one.")
        before = self.seen.pop()
        if before.id in self.skipped:
            self.skipped.remove(before.id)
        return before if before.id != case.id else case

    # judging

    def _noted(self) -> str:
        """The note that goes with this step."""
        note, self.note = self.note, ""
        return note

    def _accept(self, case: Case) -> Case | None:
        self.lane.book.judge(case.id, True, by=self.by, note=self._noted(), final=self.lane.settles)
        self.done["accepted"] += 1
        return self._next(case)

    def _reject(self, case: Case) -> Case | None:
        self.lane.book.judge(case.id, False, by=self.by, note=self._noted(), final=self.lane.settles)
        self.done["rejected"] += 1
        return self._next(case)

    def _undo(self, case: Case) -> Case | None:
        undone = self.lane.book.undo(by=self.by)
        self.done["undone"] += 1
        subject = undone[0].subject
        joined = self.lane.book.joined([subject]).get(subject)
        if joined is not None:
            return joined if self.lane.what != "acts" else case
        try:
            return self.lane.book.act_at_desk(subject)[0]
        except UsageError:  # a link that only stood by what was said
            return case

    def _kind(self, act: Act, number: int) -> Case:
        kinds = likely_kinds(act)
        kind = kinds[number - 1] if number else self.keys.ask(f"kind ({', '.join(kinds)}): ")
        return act if kind is None else self._correct(act, "kind", kind)

    def _how(self, link: Link, number: int) -> Case | None:
        ways = tuple(codebook().hows)
        if not 0 < number <= len(ways):
            raise UsageError(f"There is no way {number} of answering. {_ways()}")
        if ways[number - 1] == link.how:
            return self._accept(link)
        self.lane.book.link(
            link.answer,
            link.offer,
            ways[number - 1],
            instead=link.id,
            by=self.by,
            note=self._noted(),
            final=self.lane.settles,
        )
        self.done["corrected"] += 1
        return self._next(link)

    def _edit(self, act: Act, rest: str) -> Case:
        name, _, value = rest.partition(" ")
        name = name or self.keys.ask(f"field ({', '.join(WRITTEN)}): ") or ""
        found = next((one for one in WRITTEN if name and one.startswith(name.strip().lower())), None)
        if found is None:
            raise UsageError(f"{name!r} is no field. It is one of: {', '.join(WRITTEN)}.")
        new = value or self.keys.ask(f"{found} [{harmless(written(act, found))}]: ")
        return act if not new else self._correct(act, found, new)

    def _correct(self, act: Act, name: str, value: str) -> Case:
        self.lane.book.correct(act.id, {name: value}, by=self.by, note=self._noted(), final=self.lane.settles)
        self.done["corrected"] += 1
        return act

    def _link(self, act: Act, rest: str) -> Case:
        offer, how = self._pick(offers_for(self.lane.book, act), rest)
        ways = ", ".join(codebook().hows)
        how = how or self.keys.ask(f"how ({ways}): ") or ""
        self.lane.book.link(act.id, offer.id, how, by=self.by, note=self._noted(), final=self.lane.settles)
        self.done["linked"] += 1
        return act

    def _merge(self, act: Act, rest: str) -> Case:
        other, _ = self._pick(twins_of(self.lane.book, act), rest)
        self.lane.book.merge(act.id, other.id, by=self.by, note=self._noted(), final=self.lane.settles)
        self.done["merged"] += 1
        return act

    def _pick(self, found: Sequence[Act], rest: str) -> tuple[Act, str]:
        """One of ``found`` by its number, or any act by its id; and what follows."""
        given, _, more = rest.partition(" ")
        if not given:
            candidate_lines(self.screen, found)
            given = self.keys.ask("number, or the id of any act; nothing leaves: ") or ""
        if given.isdigit() and 0 < int(given) <= len(found):
            return found[int(given) - 1], more
        if not given:
            raise UsageError("Nothing was chosen.")
        return self.lane.book.act(given), more


def _ways() -> str:
    """The ways of answering with their number keys."""
    return "  ".join(f"{number} {how}" for number, how in enumerate(codebook().hows, 1))


_MOVES: Mapping[str, Callable[[_Desk, Case], Case | None]] = MappingProxyType(
    {
        "a": _Desk._accept,
        "r": _Desk._reject,
        "s": _Desk._skip,
        "j": _Desk._skip,
        "k": _Desk._before,
        "u": _Desk._undo,
    }
)
_ON_ACTS: Mapping[str, Callable[[_Desk, Act, str], Case]] = MappingProxyType(
    {"e": _Desk._edit, "l": _Desk._link, "m": _Desk._merge}
)
