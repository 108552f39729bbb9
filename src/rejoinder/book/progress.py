"""What a run that codes into a book tells of itself meanwhile, for whoever looks on: a small file beside the book.

A run has a file of its own in the hidden folder ``.BOOK.runs``; it is replaced as a whole, by a thread that looks once
a second whether there is news. So telling costs the run nothing, and the book is not touched. A program that is killed
leaves a file that says "running" and is not renewed any more: it counts as stopped.
"""

import datetime as dt
import json
import secrets
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rejoinder.book.results import Progress

__all__ = ["KEPT", "STALE_SECONDS", "RunNote", "Teller", "runs", "telling"]

KEPT = 12
"""Files of so many runs are kept, the newest."""
STALE_SECONDS = 30.0
"""A run that says it is running, and has not been heard of for so long, was stopped."""
_LOOK_SECONDS = 1.0
_BEAT_SECONDS = 10.0
"""Without news a run gives a sign of life this often."""
_WINDOW_SECONDS = 30.0
_TOLD = 8
"""Lines and failed documents that are kept, the last ones."""

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class RunNote:
    """How far a run is, or how it ended. Times are in UTC.

    ``what`` is the command ("code", "watch"), ``about`` what it works on. ``outcomes`` counts documents by what became
    of them, ``words`` those of the documents that were coded, ``speed`` is words a second: of late while it runs, on
    the whole when it has ended. ``last`` is the document done last, ``failed`` names the last ones that failed,
    ``lines`` are the last lines it told. ``state`` is running, done, interrupted, broken, or stopped: not heard of any
    more, as after a power cut.
    """

    id: str
    what: str
    about: str
    started: dt.datetime
    seen: dt.datetime
    state: str = "running"
    outcomes: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    speed: float = 0.0
    last: str = ""
    failed: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents are done."""
        return sum(self.outcomes.values())

    @property
    def seconds(self) -> float:
        """How long it has run, as far as it was heard of."""
        return max(0.0, (self.seen - self.started).total_seconds())


class Teller:
    """Takes down what a run does. Make one with :func:`telling`."""

    def __init__(self, folder: Path, what: str, about: str, now: Clock) -> None:
        self._now = now
        self._started = now()
        self._id = f"{self._started:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        self._path = folder / f"{self._id}.json"
        self._what, self._about = what, about
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()
        self._words = 0
        self._recent: deque[tuple[dt.datetime, int]] = deque()
        self._last = ""
        self._failed: deque[str] = deque(maxlen=_TOLD)
        self._lines: deque[str] = deque(maxlen=_TOLD)
        self._news = True
        self._written: dt.datetime | None = None

    def note(self, progress: Progress) -> None:
        """One document is done."""
        fresh = progress.outcome != "unchanged" and progress.document is not None
        words = len(progress.document.text.split()) if fresh and progress.document is not None else 0
        with self._lock:
            self._outcomes[progress.outcome] += 1
            self._words += words
            self._recent.append((self._now(), words))
            self._last = progress.name
            if progress.outcome == "failed":
                self._failed.append(progress.name)
            self._news = True

    def say(self, line: str) -> None:
        """The run told ``line``."""
        with self._lock:
            self._lines.append(line)
            self._news = True

    def look(self) -> None:
        """Write down what is new; without news, only where no sign of life was given for a while."""
        now = self._now()
        with self._lock:
            quiet = self._written is not None and (now - self._written).total_seconds() < _BEAT_SECONDS
            if not self._news and quiet:
                return
            self._news, self._written = False, now
            note = self._noted(now, "running")
        self._write(note)

    def end(self, state: str) -> None:
        """Write down how it ended."""
        with self._lock:
            note = self._noted(self._now(), state)
        self._write(note)

    def _noted(self, now: dt.datetime, state: str) -> RunNote:
        return RunNote(
            self._id,
            self._what,
            self._about,
            self._started,
            now,
            state,
            dict(sorted(self._outcomes.items())),
            self._words,
            round(self._speed(now, state), 1),
            self._last,
            tuple(self._failed),
            tuple(self._lines),
        )

    def _speed(self, now: dt.datetime, state: str) -> float:
        ran = (now - self._started).total_seconds()
        while self._recent and (now - self._recent[0][0]).total_seconds() > _WINDOW_SECONDS:
            self._recent.popleft()
        if state != "running":
            return self._words / ran if ran > 0 else 0.0
        window = min(ran, _WINDOW_SECONDS)
        return sum(words for _, words in self._recent) / window if window > 0 else 0.0

    def _write(self, note: RunNote) -> None:
        text = json.dumps(asdict(note), ensure_ascii=True, default=dt.datetime.isoformat)
        part = self._path.with_suffix(".part")
        with suppress(OSError):  # nobody looks on from a place that cannot be written; the run goes on all the same
            part.write_text(text, encoding="ascii")
            part.replace(self._path)


@contextmanager
def telling(book: Path, what: str, about: str, now: Clock | None = None) -> Iterator[Teller]:
    """While this is held, what the run ``what`` does to ``book`` can be seen by :func:`runs`.

    Never raises on its own account; where the folder cannot be written, nothing can be seen.
    """
    folder = _folder(book)
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    _forget(folder)
    teller = Teller(folder, what, about, now or _clock)
    teller.look()
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(_LOOK_SECONDS):
            teller.look()

    thread = threading.Thread(target=beat, name="rejoinder-progress", daemon=True)
    thread.start()
    state = "broken"
    try:
        yield teller
        state = "done"
    except (KeyboardInterrupt, GeneratorExit):
        state = "interrupted"
        raise
    finally:
        ended.set()
        thread.join()
        teller.end(state)


def runs(book: Path, now: Clock | None = None) -> list[RunNote]:
    """What is known of the runs into ``book``, the last one that began first; those running come before the others."""
    at = (now or _clock)()
    found = [note for path in _files(_folder(book)) if (note := _read(path, at)) is not None]
    return sorted(found, key=lambda one: (one.state == "running", one.started, one.id), reverse=True)


def _folder(book: Path) -> Path:
    return book.with_name(f".{book.name}.runs")  # hidden: what lies in a folder of texts is read, unless it is


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.json"))
    except OSError:
        return []


def _forget(folder: Path) -> None:
    """Take away what is told of old runs, so that with the next one there are ``KEPT``."""
    for path in _files(folder)[: 1 - KEPT]:
        with suppress(OSError):
            path.unlink()


def _read(path: Path, now: dt.datetime) -> RunNote | None:
    try:
        raw = json.loads(path.read_text(encoding="ascii"))
        seen = dt.datetime.fromisoformat(raw["seen"])
        state = str(raw["state"])
        if state == "running" and (now - seen).total_seconds() > STALE_SECONDS:
            state = "stopped"
        return RunNote(
            str(raw["id"]),
            str(raw["what"]),
            str(raw["about"]),
            dt.datetime.fromisoformat(raw["started"]),
            seen,
            state,
            {str(name): int(count) for name, count in raw["outcomes"].items()},
            int(raw["words"]),
            float(raw["speed"]),
            str(raw["last"]),
            tuple(map(str, raw["failed"])),
            tuple(map(str, raw["lines"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # another program's, or one that is just being taken away


def _clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
