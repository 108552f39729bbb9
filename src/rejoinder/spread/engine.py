"""Tasks on a dask cluster: one that is there already, or one of worker processes on this machine."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

from rejoinder.errors import RejoinderError, UsageError
from rejoinder.spread.job import Done, Job

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Cluster", "here", "on_cluster"]

T = TypeVar("T")

_RETRIES = 2
"""How often a task that fails is tried again: a disk or a store may be out of reach for a moment."""
_PATIENCE = 30
"""Seconds to wait for a scheduler, and then for a first worker."""


class Cluster:
    """Runs tasks on the workers of a cluster; each loads the models once, when it is first given a text to code."""

    def __init__(self, client: "Client") -> None:
        """``client`` is connected."""
        self._client = client

    def __call__(self, task: Callable[[Job, T], Done], job: Job, over: Sequence[T]) -> Iterator[Done]:
        """Run ``task`` for each of ``over`` and give what was done, in the order in which tasks end.

        What a worker was doing when it was lost is done anew by another. Raises RejoinderError where that happens again
        and again, and what a task raises.
        """
        from distributed import KilledWorker, as_completed  # noqa: PLC0415  (an extra)

        tasks = self._client.map(task, [job] * len(over), over, retries=_RETRIES, pure=False)
        ended = as_completed(tasks, with_results=True)
        # a result that nobody holds is not made again when the worker that has it is lost
        del tasks
        try:
            for future, done in ended:
                future.release()
                yield cast("Done", done)
        except KilledWorker as error:
            message = (
                f"The same task ended several workers ({error}). Give workers more memory, and look at their logs."
            )
            raise RejoinderError(message) from error


@contextmanager
def on_cluster(scheduler: str | None, workers: int | None = None) -> Iterator[Cluster]:
    """The cluster of the ``scheduler`` at this address ("tcp://10.0.0.1:8786"), or one on this machine.

    The latter has so many ``workers`` (default: one a processor core), which listen on 127.0.0.1 alone. Raises
    UsageError where dask is not installed, no scheduler answers, no worker comes, or a worker runs several threads.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise UsageError("dask is not installed. Install it: pip install 'rejoinder[dask]'.") from error
    with ExitStack() as stack:
        if scheduler is None:
            count = workers or os.cpu_count() or 1
            local = LocalCluster(
                n_workers=count, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            )
            client = stack.enter_context(Client(stack.enter_context(local)))
        else:
            client = stack.enter_context(_connected(scheduler))
        _check(client, scheduler)
        yield Cluster(client)


def here(task: Callable[[Job, T], Done], job: Job, over: Sequence[T]) -> Iterator[Done]:
    """Run ``task`` for each of ``over`` in this process."""
    return (task(job, one) for one in over)


def _connected(scheduler: str) -> "Client":
    from distributed import Client  # noqa: PLC0415  (an extra)

    try:
        return Client(scheduler, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        message = (
            f"No scheduler answers at {scheduler} ({error}). Start one with `dask scheduler`, or mend the address."
        )
        raise UsageError(message) from error


def _check(client: "Client", scheduler: str | None) -> None:
    """Coding is work for the processor and holds the interpreter: threads of one process gain nothing by it."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        message = f"No worker came to {scheduler} in {_PATIENCE} seconds. Start some: dask worker {scheduler}."
        raise UsageError(message) from error
    threads: dict[str, int] = client.nthreads()
    several = sorted(address for address, count in threads.items() if count > 1)
    if several:
        message = f"The worker at {several[0]} runs {threads[several[0]]} threads. Start it with --nthreads 1."
        raise UsageError(message)
