"""The voices room's words: channels, reporting verbs, kinds of document, media. Read from ``data/*.yaml``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rejoinder.codebook import codebook as codes
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

__all__ = ["Entry", "Genre", "Lexicon", "load_lexicon"]

Raw = Mapping[str, object]
FIELDS = frozenset({"channel", "words", "with", "issued", "object", "speaks", "kinds", "both", "placed"})
GENRE_FIELDS = frozenset({"channel", "all", "any", "start", "own", "opening"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that name a channel, and the places in a clause where they do. ``rank``: the lower, the more specific."""

    channel: str
    words: tuple[str, ...]
    rank: int
    prepositions: frozenset[str] = frozenset()
    issued: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    speaks: bool = False
    kinds: frozenset[str] = frozenset()
    both: bool = False
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Genre:
    """What makes a whole document one message: its title holds ``every`` and one of ``some``; see ``channels.yaml``."""

    channel: str
    every: tuple[str, ...]
    some: tuple[str, ...]
    start: bool
    own: bool
    opening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of the room. ``nouns``, ``verbs`` and ``heads`` are keyed by the last word, ``media`` by the first."""

    nouns: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    verbs: Mapping[str, tuple[Entry, ...]]
    report: frozenset[str]
    pronouns: frozenset[str]
    same: frozenset[str]
    messages: frozenset[str]
    bodies: frozenset[str]
    containers: frozenset[str]
    parts: frozenset[str]
    refers: Mapping[str, tuple[str, ...]]
    verbal: frozenset[str]
    announced: frozenset[str]
    genres: tuple[Genre, ...]
    own_words: frozenset[str]
    own_share: float
    own_sentences: int
    media: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    heads: Mapping[str, tuple[tuple[str, ...], ...]]
    kinds_of_media: frozenset[str]
    carried: frozenset[str]
    carriers: tuple[str, ...]
    media_reports: frozenset[str]
    tells: frozenset[str]
    tellers: frozenset[str]


def strings(raw: Raw, key: str, where: str) -> tuple[str, ...]:
    """The words under ``key``: a list of strings, or one string of words. Raises DataError otherwise."""
    value = raw.get(key, ())
    if isinstance(value, str):
        return tuple(value.split())
    if not isinstance(value, Sequence) or not all(isinstance(word, str) and word for word in value):
        raise DataError(f"{where}: {key!r} must be a list of words.")
    return tuple(value)


def _number(raw: Raw, key: str, where: str) -> float:
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DataError(f"{where}: {key!r} must be a number.")
    return float(value)


def _mappings(raw: Raw, key: str, name: str, allowed: frozenset[str]) -> Iterator[tuple[str, Raw]]:
    value = raw.get(key)
    if not isinstance(value, list) or not value:
        raise DataError(f"{name}: {key!r} must be a list of entries.")
    for number, row in enumerate(value, 1):
        where = f"{name}, {key} {number}"
        if not isinstance(row, dict) or set(row) - allowed:
            raise DataError(f"{where}: an entry has only {sorted(allowed)}.")
        if row.get("channel") not in codes().channels:
            raise DataError(f"{where}: {row.get('channel')!r} is no channel of the codebook.")
        yield where, row


def _entries(raw: Raw, key: str, name: str) -> Iterator[Entry]:
    for rank, (where, row) in enumerate(_mappings(raw, key, name, FIELDS)):
        words = strings(row, "words", where)
        if not words:
            raise DataError(f"{where}: 'words' is empty.")
        yield Entry(
            channel=str(row["channel"]),
            words=words,
            rank=rank,
            prepositions=frozenset(strings(row, "with", where)),
            issued=frozenset(strings(row, "issued", where)),
            objects=frozenset(strings(row, "object", where)),
            speaks=bool(row.get("speaks", False)),
            kinds=frozenset(strings(row, "kinds", where)),
            both=bool(row.get("both", False)),
            placed=bool(row.get("placed", False)),
        )


def _genres(raw: Raw, name: str) -> Iterator[Genre]:
    for where, row in _mappings(raw, "genres", name, GENRE_FIELDS):
        every, some = strings(row, "all", where), strings(row, "any", where)
        own = bool(row.get("own", False))
        opening = strings(row, "opening", where)
        if not (every or some or own or opening):
            raise DataError(f"{where}: give 'all', 'any', 'opening' or 'own'.")
        yield Genre(str(row["channel"]), every, some, bool(row.get("start", False)), own, opening)


def _refers(raw: Raw) -> dict[str, tuple[str, ...]]:
    """Channels by the channel that a plainer later name of theirs looks like."""
    value = raw.get("refers")
    if not isinstance(value, dict):
        raise DataError("channels.yaml: 'refers' must map channels to lists of channels.")
    table = {str(later): strings(value, later, "channels.yaml, refers") for later in value}
    for channel in (*table, *(earlier for row in table.values() for earlier in row)):
        if channel not in codes().channels:
            raise DataError(f"channels.yaml, refers: {channel!r} is no channel of the codebook.")
    return table


def _by_last(entries: Iterator[Entry]) -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """Entries by the last word of each phrase, longer phrases first."""
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in entries:
        for phrase in entry.words:
            *before, last = phrase.split()
            table.setdefault(last, []).append((tuple(before), entry))
    return {last: tuple(sorted(rows, key=lambda row: -len(row[0]))) for last, rows in table.items()}


def _by_word(entries: Iterator[Entry]) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in entry.words:
            table.setdefault(word, []).append(entry)
    return {word: tuple(rows) for word, rows in table.items()}


def _media(raw: Raw, name: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names of media by their first word: the following words, and the list the name is on. Longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in ("mouthpiece", "state", "other"):
        for phrase in strings(raw, key, name):
            first, *rest = phrase.replace("'s", " 's").replace("-", " - ").split()
            table.setdefault(first.lower(), []).append((tuple(word.lower() for word in rest), key))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _heads(raw: Raw, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in strings(raw, "heads", name):
        *before, last = phrase.split()
        table.setdefault(last, []).append(tuple(before))
    return {last: tuple(rows) for last, rows in table.items()}


@cache
def load_lexicon() -> Lexicon:
    """Read and check the room's files. Raises :class:`DataError` naming the file and entry at fault."""
    folder = files("rejoinder.voices") / "data"
    channels, media = read_yaml(folder / "channels.yaml"), read_yaml(folder / "media.yaml")
    return Lexicon(
        nouns=_by_last(_entries(channels, "nouns", "channels.yaml")),
        verbs=_by_word(_entries(channels, "verbs", "channels.yaml")),
        report=frozenset(strings(channels, "report", "channels.yaml")),
        pronouns=frozenset(strings(channels, "pronouns", "channels.yaml")),
        same=frozenset(strings(channels, "same", "channels.yaml")),
        messages=frozenset(strings(channels, "messages", "channels.yaml")),
        bodies=frozenset(strings(channels, "bodies", "channels.yaml")),
        containers=frozenset(strings(channels, "containers", "channels.yaml")),
        parts=frozenset(strings(channels, "parts", "channels.yaml")),
        refers=_refers(channels),
        verbal=frozenset(strings(channels, "verbal", "channels.yaml")),
        announced=frozenset(strings(channels, "announced", "channels.yaml")),
        genres=tuple(_genres(channels, "channels.yaml")),
        own_words=frozenset(strings(channels, "own_words", "channels.yaml")),
        own_share=_number(channels, "own_share", "channels.yaml"),
        own_sentences=int(_number(channels, "own_sentences", "channels.yaml")),
        media=_media(media, "media.yaml"),
        heads=_heads(media, "media.yaml"),
        kinds_of_media=frozenset(strings(media, "kinds", "media.yaml")),
        carried=frozenset(strings(media, "carried", "media.yaml")),
        carriers=strings(media, "carriers", "media.yaml"),
        media_reports=frozenset(strings(media, "reports", "media.yaml")),
        tellers=frozenset(strings(media, "tellers", "media.yaml")),
        tells=frozenset(strings(media, "tells", "media.yaml")),
    )
