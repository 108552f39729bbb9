"""Work that takes longer than a page may: done beside the server, one piece of a name at a time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from rejoinder.errors import RejoinderError

__all__ = ["Job", "Jobs", "StoppedError"]


class StoppedError(Exception):
    """The server ends: work that can go on another time stops here."""


@dataclass(slots=True)
class Job:
    """A piece of work: how much of ``most`` is done, whether it ``ended``, and the ``fault`` that ended it."""

    most: int
    done: int = 0
    ended: bool = False
    fault: str | None = None
    _stopping: bool = field(default=False, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    def step(self, done: int) -> None:
        """Tell how much is done. Raises StoppedError where the work should not go on."""
        self.done = done
        if self._stopping:
            raise StoppedError

    def begin(self, work: Callable[["Job"], object], name: str) -> None:
        """Do ``work`` beside the server."""
        self._thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the work at its next step, and wait for that."""
        self._stopping = True
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _run(self, work: Callable[["Job"], object]) -> None:
        try:
            work(self)
        except RejoinderError as error:
            self.fault = str(error)
        except StoppedError:
            self.fault = "The server was stopped."
        finally:
            self.ended = True


class Jobs:
    """The work of one server, by name."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, name: str, most: int, work: Callable[[Job], object]) -> Job:
        """Begin ``work`` in ``most`` steps, unless work of this ``name`` is under way; that job is returned then."""
        with self._lock:
            running = self._jobs.get(name)
            if running is not None and not running.ended:
                return running
            job = self._jobs[name] = Job(most)
        job.begin(work, name)
        return job

    def get(self, name: str) -> Job | None:
        """The work of this name that is under way, or was last done."""
        return self._jobs.get(name)

    def stop(self) -> None:
        """End all that is under way."""
        for job in list(self._jobs.values()):
            job.stop()
