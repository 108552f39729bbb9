"""The words of time and the shapes of phrases, read from data files and checked."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from rejoinder.errors import DataError

__all__ = ["Event", "Lexicon", "Rule", "lexicon"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNITS = ("day", "night", "week", "month", "year", "decade", "quarter")
_BLANK = r"(?:(?:[\x20\u00a0]\n?|\n)\x20?)"
_REL_DAY = (
    "late last|early last|last|next|this past|this coming|this|past|coming|the following|the previous|the same|that"
)
_REL_MONTH = "this past|this coming|last|next|this|the following|the same|that|earlier in|later in|the previous"
_REL_UNIT = "this past|this coming|last|next|this|the coming|the previous|the following|the same|that same|the past"
_MORE = (
    "more than|less than|fewer than|well over|nearly|almost|over|about|around|roughly|at least|up to|the past|under|"
    "approximately|a little over|just over|just under|as many as"
)
_CASED = frozenset({"mon", "wd", "anyday", "named", "moving"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of phrase and the name of the function that reads it."""

    how: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Event:
    """Something called by its day: ``day`` is (month, day), ``words`` what follows, ``date`` when it was."""

    month: int
    day: int
    words: re.Pattern[str]
    date: dt.date


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, ready to use.

    ``trigger`` finds a word that every phrase holds, ``vocabulary`` is every word that any shape names, in lower case,
    and ``start`` tells whether a phrase begins at a place.
    """

    months: Mapping[str, int]
    doubtful: frozenset[str]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    seasons: Mapping[str, int]
    parts: Mapping[str, Mapping[str, tuple[int, int]]]
    named_days: Mapping[str, tuple[int, int]]
    vague: Mapping[str, str]
    events: tuple[Event, ...]
    title_noun: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    number_before: re.Pattern[str]
    counted: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    rules: tuple[Rule, ...]
    start: re.Pattern[str]
    trigger: re.Pattern[str]
    vocabulary: frozenset[str]


def _load(name: str) -> object:
    try:
        text = files("rejoinder.dates").joinpath("data", name).read_text(encoding="utf-8")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{name} cannot be read: {error}. Reinstall the package.") from error


def _mapping(value: object, name: str, where: str) -> dict[str, object]:
    if not isinstance(value, dict) or not value or not all(isinstance(key, str) for key in value):
        raise DataError(f"{name}: {where} must map words. Correct that entry.")
    return value


def _words(value: object, name: str, where: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
        raise DataError(f"{name}: {where} must be a list of words. Correct that entry.")
    return value


def _count(value: object, name: str, where: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise DataError(f"{name}: {where} must be a number from {low} to {high}, not {value!r}. Correct that entry.")
    return value


def _counts(value: object, name: str, where: str, high: int) -> dict[str, int]:
    return {word: _count(n, name, f"{where}, {word!r}", 1, high) for word, n in _mapping(value, name, where).items()}


def _compile(pattern: str, name: str, where: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise DataError(f"{name}: {where} is no regular expression: {error}. Correct that entry.") from error


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first, so that "fourteen" is not read as "four"."""
    return "|".join(_spaced(re.escape(word)) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _spaced(pattern: str) -> str:
    return pattern.replace("\\ ", " ").replace(" ", _BLANK)


def _parts(value: object, name: str) -> dict[str, Mapping[str, tuple[int, int]]]:
    parts: dict[str, Mapping[str, tuple[int, int]]] = {}
    for word, sizes in _mapping(value, name, "parts").items():
        bounds: dict[str, tuple[int, int]] = {}
        for size, pair in _mapping(sizes, name, f"parts, {word!r}").items():
            if not isinstance(pair, list) or len(pair) != 2:
                raise DataError(f"{name}: parts, {word!r}, {size!r} must be two numbers. Correct that entry.")
            where = f"parts, {word!r}, {size!r}"
            bounds[size] = (_count(pair[0], name, where, 0, 31), _count(pair[1], name, where, 0, 31))
        if set(bounds) != {"month", "year", "decade", "week"}:
            raise DataError(f"{name}: parts, {word!r} needs month, year, decade and week. Correct that entry.")
        parts[word] = MappingProxyType(bounds)
    return parts


def _month_day(value: object, name: str, where: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d\d)-(\d\d)", str(value))
    if not match:
        raise DataError(f"{name}: {where} must be a day such as '05-01', not {value!r}. Correct that entry.")
    return _count(int(match[1]), name, where, 1, 12), _count(int(match[2]), name, where, 1, 31)


def _sides(value: object, name: str) -> dict[str, str]:
    sides = {word: str(side) for word, side in _mapping(value, name, "vague").items()}
    wrong = [word for word, side in sides.items() if side not in {"since", "until", "open"}]
    if wrong:
        raise DataError(f"{name}: vague, {wrong[0]!r} must be since, until or open. Correct that entry.")
    return sides


def _events(value: object, months: Mapping[str, int], name: str) -> tuple[Event, ...]:
    if not isinstance(value, list):
        raise DataError(f"{name}: events must be a list. Correct that entry.")
    events = []
    for index, raw in enumerate(value, start=1):
        where = f"events, entry {index}"
        entry = _mapping(raw, name, where)
        month, _, number = str(entry.get("day")).partition(" ")
        date = entry.get("date")
        if set(entry) != {"day", "words", "date"} or month not in months or not number.isdecimal():
            raise DataError(f"{name}: {where} needs day ('June 15'), words and date. Correct that entry.")
        if not isinstance(date, dt.date) or (date.month, date.day) != (months[month], int(number)):
            raise DataError(f"{name}: {where} has a date that is not {entry['day']}. Correct that entry.")
        pattern = _compile(_spaced(rf" {entry['words']}\b"), name, where)
        events.append(Event(date.month, date.day, pattern, date))
    return tuple(events)


def _number_words(numbers: Mapping[str, int]) -> str:
    tens = _any(word for word, n in numbers.items() if n >= 20)
    ones = _any(word for word, n in numbers.items() if 1 <= n <= 9 and word not in {"a", "an"})
    plain = _any(numbers)
    return rf"(?:(?:{tens})(?:-| )(?:{ones})|{plain}|\d{{1,3}})"


def _is_short(word: str, words: Iterable[str]) -> bool:
    return any(other != word and other.startswith(word) for other in words)


def _classes(raw: dict[str, object], lex: dict[str, Iterable[str]]) -> dict[str, str]:
    name = "words.yaml"
    dotted = [rf"{re.escape(word)}\.?" if _is_short(word, lex["months"]) else re.escape(word) for word in lex["months"]]
    months = "|".join(sorted(dotted, key=lambda word: (-len(word), word)))
    weekdays = _any(lex["weekdays"])
    short = _any(_words(raw["short_weekdays"], name, "short_weekdays"))
    part = "|".join(lex["parts"])
    return {
        "mon": rf"(?:{months})(?![a-z])",
        "wd": rf"(?:{weekdays})",
        "anyday": rf"(?:{weekdays}|(?:{short})\.?)",
        "named": f"(?:{_any(lex['named'])})",
        "moving": f"(?:{_any(_words(raw['moving_days'], name, 'moving_days'))})",
        "season": f"(?:{_any(lex['seasons'])})",
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)",
        "enddays": r"(?:[.,;:)]|$| (?:in|at|of|to|for|with|by|on|as|the|after|before|when|where|during|will|was)\b)",
        "year": r"(?:1[5-9]\d\d|20\d\d)(?![.,]\d)",
        "num": _number_words(_counts(raw["numbers"], name, "numbers", 99)),
        "unit": f"(?:{'|'.join(_UNITS)})",
        "units": f"(?:{'|'.join(unit + 's' for unit in _UNITS)})",
        "dash": "[-–—‑]",
        "part": rf"(?:(?:the (?:very )?)?(?:{part})(?: of)?)",
        "more": f"(?:{_MORE})",
        "relday": f"(?:{_REL_DAY})",
        "relmonth": f"(?:{_REL_MONTH})",
        "relunit": f"(?:{_REL_UNIT})",
        "vague": f"(?:{_any(lex['vague'])})",
        "repeated": f"(?:{_any(_words(raw['repeated'], name, 'repeated'))})",
        "counted": f"(?:{_any(_words(raw['counted'], name, 'counted'))})",
    }


def _expand(shape: str, classes: Mapping[str, str], where: str) -> str:
    def word_class(match: re.Match[str]) -> str:
        key = match[1]
        if key not in classes:
            raise DataError(f"phrases.yaml: {where} names an unknown class {{{key}}}. Correct that entry.")
        return f"(?-i:{classes[key]})" if key in _CASED else classes[key]

    return re.sub(r"\{([a-z]+)\}", word_class, shape).replace(" ", _BLANK)


def _rules(classes: Mapping[str, str]) -> tuple[tuple[Rule, ...], re.Pattern[str], frozenset[str]]:
    raw = _load("phrases.yaml")
    if not isinstance(raw, list):
        raise DataError("phrases.yaml must be a list of shapes. Correct the file.")
    rules, nameless = [], list[str]()
    for index, entry in enumerate(raw, start=1):
        where = f"entry {index}"
        fields = _mapping(entry, "phrases.yaml", where)
        if set(fields) != {"how", "shape"}:
            raise DataError(f"phrases.yaml: {where} needs how and shape, nothing else. Correct that entry.")
        shape = _expand(str(fields["shape"]), classes, where)
        rules.append(Rule(str(fields["how"]), _compile(rf"(?i:{shape})(?!\w)", "phrases.yaml", where)))
        nameless.append(re.sub(r"\(\?P<\w+>", "(?:", shape))
    start = _compile(rf"(?<![\w$£€.,/])(?i:{'|'.join(nameless)})(?!\w)", "phrases.yaml", "the whole")
    bare = re.sub(r"\(\?(?:P<\w+>|[-a-z]*:|<?[=!])|\\x20|\\u00a0|\\.", " ", " ".join(nameless))
    return tuple(rules), start, frozenset(word.lower() for word in re.findall(r"[A-Za-z]+", bare))


def _trigger(lex: dict[str, Iterable[str]], raw: dict[str, object]) -> re.Pattern[str]:
    """A cheap test: every phrase holds one of these words, so the shapes are tried near them only."""
    repeated = _words(raw["repeated"], "words.yaml", "repeated")
    moving = _words(raw["moving_days"], "words.yaml", "moving_days")
    soft = ["today", "yesterday", "tomorrow", "tonight", "overnight", *lex["seasons"], "weekend"]
    soft += [word.split()[-1] for word in [*lex["vague"], *repeated]]
    soft += [*_UNITS, "morning", "evening", "afternoon", "hours", "minutes", "hour", "half", "eve", "century", "then"]
    names = {word[:4] for word in (*lex["months"], *lex["weekdays"])}
    names |= {word.split()[-1] for word in (*lex["named"], *moving)}
    tails: dict[str, list[str]] = {}
    for word in soft:
        tails.setdefault(word[0], []).append(rf"{re.escape(word[1:])}s?\b")
        tails.setdefault(word[0].upper(), []).append(rf"{re.escape(word[1:])}s?\b")
    for word in names:
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    tails["1"], tails["2"], tails["9"] = [r"[5-9]\d\d"], [r"0\d\d"], ["/11"]
    tails["t"].append(r"he \d\d?(?:st|nd|rd|th)\b")
    # One branch a letter, and no class or look-behind at the head: so the engine skips by the first letter.
    return re.compile("|".join(f"{head}(?:{'|'.join(sorted(set(tails[head])))})" for head in sorted(tails)))


@cache
def lexicon() -> Lexicon:
    """The word lists and shapes of the package. Raises DataError, naming file and entry, where one is malformed."""
    name = "words.yaml"
    raw = _mapping(_load(name), name, "the whole")
    cues = _mapping(_load("cues.yaml"), "cues.yaml", "the whole")
    missing = [
        key for key in ("months", "weekdays", "numbers", "seasons", "parts", "named_days", "vague") if key not in raw
    ]
    if missing:
        raise DataError(f"{name} lacks {missing[0]!r}. Add that section.")
    months = _counts(raw["months"], name, "months", 12)
    weekdays = _counts(raw["weekdays"], name, "weekdays", 7)
    parts = _parts(raw["parts"], name)
    named = {
        word: _month_day(value, name, f"named_days, {word!r}")
        for word, value in _mapping(raw["named_days"], name, "named_days").items()
    }
    vague = _sides(raw["vague"], name)
    seasons = _counts(raw["seasons"], name, "seasons", 12)
    lists: dict[str, Iterable[str]] = {
        "months": months, "weekdays": weekdays, "parts": parts, "named": named, "vague": vague, "seasons": seasons,
    }  # fmt: skip
    rules, start, vocabulary = _rules(_classes(raw, lists))

    def listed(key: str) -> str:
        return _any(_words(raw.get(key), name, key))

    def cue(key: str) -> re.Pattern[str]:
        patterns = "|".join(_words(cues.get(key), "cues.yaml", key))
        return _compile(rf"(?<!\w)(?:{_spaced(patterns)})(?!\w)", "cues.yaml", key)

    return Lexicon(
        months=MappingProxyType(months),
        doubtful=frozenset(_words(raw.get("doubtful_months"), name, "doubtful_months")),
        weekdays=MappingProxyType(weekdays),
        numbers=MappingProxyType(_counts(raw["numbers"], name, "numbers", 99)),
        seasons=MappingProxyType(seasons),
        parts=MappingProxyType(parts),
        named_days=MappingProxyType(named),
        vague=MappingProxyType(vague),
        events=_events(raw.get("events"), months, name),
        title_noun=re.compile(rf"(?:{_BLANK}[A-Z][\w-]*)*{_BLANK}(?:{listed('title_nouns')})\b"),
        not_after=re.compile(rf"(?:^|[^\w])(?:{listed('not_after')}){_BLANK}$"),
        not_before=re.compile(rf"{_BLANK}(?:{listed('not_before')})\b"),
        number_before=re.compile(rf"(?:^|[^\w])(?:{listed('number_before')})(?:{_BLANK})?$"),
        counted=re.compile(rf"(?:{_BLANK}|-)(?:[a-z]+{_BLANK})?(?:{listed('counted')})(?![\w])"),
        future=cue("future"),
        past=cue("past"),
        rules=rules,
        start=start,
        trigger=_trigger(lists, raw),
        vocabulary=vocabulary,
    )
