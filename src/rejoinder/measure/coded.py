"""Acts as the codebook's JSONL states them: what scoring needs of each, checked."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rejoinder.errors import InputError

__all__ = ["CodedAct", "Interval", "ScoredSide", "coded_act", "read_coded"]

Interval = tuple[int, int]
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ScoredSide:
    """Actor or target: the state first named, all states of the side, the role. All None where there is no side."""

    state: str | None = None
    states: frozenset[str | None] = frozenset([None])
    role: str | None = None


@dataclass(frozen=True, slots=True)
class CodedAct:
    """One act of a coded file. Offsets are characters of the document's text; ``trigger`` is None where unknown."""

    id: str | None
    kind: str
    alt_kind: str | None
    span: Interval
    trigger: Interval | None
    quote: str
    actor: ScoredSide
    target: ScoredSide
    mutual: bool
    realis: str | None
    background: bool
    channel: str | None
    issue: str | None
    dates: tuple[str | None, str | None]
    conditions: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    """Pairs (id of the act answered, how)."""
    same_as: str | None


def read_coded(path: str | os.PathLike[str]) -> dict[str, list[CodedAct]]:
    """The acts of a coded JSONL file by document id, in the order of the file; empty lines are passed over.

    Raises InputError naming file and line where it is not such a file.
    """
    place = Path(path)
    coded: dict[str, list[CodedAct]] = {}
    try:
        with place.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    name, acts = _document(line, f"{place}, line {number}")
                    if name in coded:
                        raise InputError(f"{place}, line {number}: the id {name!r} stood above. Keep one of the lines.")
                    coded[name] = acts
    except OSError as error:
        raise InputError(f"{place} cannot be read ({error.strerror or error}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{place} is not UTF-8 text ({error.reason}). Save it as UTF-8.") from error
    return coded


def coded_act(raw: object, where: str = "an act") -> CodedAct:
    """One act from its JSON object; ``where`` names it in messages.

    Raises InputError where a field is missing or wrong.
    """
    if not isinstance(raw, Mapping):
        raise InputError(f"{where} is no JSON object. See the codebook for the fields of an act.")
    at = _Reader(raw, where)
    span = at.interval("start", "end")
    if span is None:
        raise at.fault("start", "a number")
    kind = at.text("kind")
    if kind is None:
        raise at.fault("kind", "a text")
    date = at.object("date")
    return CodedAct(
        id=at.text("id"),
        kind=kind,
        alt_kind=at.text("alt_kind"),
        span=span,
        trigger=at.interval("trigger_start", "trigger_end") or _trigger(at.text("trigger"), at.text("quote"), span),
        quote=at.text("quote") or "",
        actor=_side(at.object("actor")),
        target=_side(at.object("target")),
        mutual=at.truth("mutual"),
        realis=at.text("realis"),
        background=at.truth("background"),
        channel=at.text("channel"),
        issue=at.text("issue"),
        dates=(date.text("earliest"), date.text("latest")) if date else (None, None),
        conditions=tuple(at.texts("conditions")),
        answers=tuple(_answer(item, where) for item in at.items("answers")),
        same_as=at.text("same_as"),
    )


def _document(line: str, where: str) -> tuple[str, list[CodedAct]]:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is no JSON ({error}). Each line holds one document.") from error
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str) or not isinstance(raw.get("acts"), list):
        raise InputError(f'{where} is no coded document. A line reads {{"id": "...", "acts": [...]}}.')
    acts: Sequence[object] = raw["acts"]
    return raw["id"], [coded_act(act, f"{where}, act {number}") for number, act in enumerate(acts, 1)]


def _trigger(trigger: str | None, quote: str | None, span: Interval) -> Interval | None:
    """Where offsets are not given, the trigger's first occurrence in the quote."""
    if not trigger or not quote or trigger not in quote:
        return None
    start = span[0] + quote.index(trigger)
    return start, start + len(trigger)


def _side(at: "_Reader | None") -> ScoredSide:
    if at is None:
        return ScoredSide()
    state = at.text("state")
    return ScoredSide(state, frozenset([state, *at.texts("also")]), at.text("role"))


def _answer(raw: object, where: str) -> tuple[str, str]:
    if isinstance(raw, Mapping) and isinstance(raw.get("to"), str) and isinstance(raw.get("how"), str):
        return raw["to"], raw["how"]
    raise InputError(f'{where}: an answer reads {{"to": "a1", "how": "accepts"}}, not {raw!r}. Correct it.')


@dataclass(frozen=True, slots=True)
class _Reader:
    """A JSON object whose fields are asked for by type."""

    raw: Json
    where: str

    def fault(self, name: str, expected: str) -> InputError:
        return InputError(f"{self.where}: {name!r} is {self.raw.get(name)!r}, not {expected}. Correct it.")

    def text(self, name: str) -> str | None:
        value = self.raw.get(name)
        if value is None or isinstance(value, str):
            return value
        raise self.fault(name, "a text")

    def truth(self, name: str) -> bool:
        value = self.raw.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self.fault(name, "true or false")

    def items(self, name: str) -> list[object]:
        value = self.raw.get(name)
        if value is None or isinstance(value, list):
            return value or []
        raise self.fault(name, "a list")

    def texts(self, name: str) -> list[str]:
        items = self.items(name)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) != len(items):
            raise self.fault(name, "a list of texts")
        return texts

    def object(self, name: str) -> "_Reader | None":
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, Mapping):
            return _Reader(value, f"{self.where}, {name}")
        raise self.fault(name, "an object")

    def interval(self, start: str, end: str) -> Interval | None:
        first, last = self.raw.get(start), self.raw.get(end)
        if first is None:
            return None
        if type(first) is not int or type(last) is not int:
            raise self.fault(start if type(first) is not int else end, "a number")
        return first, last
