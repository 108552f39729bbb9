"""``/examples``: the reports that come with the package, coded into this book on demand."""

import rejoinder
from rejoinder.errors import UsageError
from rejoinder.web.asked import Asked
from rejoinder.web.jobs import Job
from rejoinder.web.page import Page, Route, SeeOther

__all__ = ["ROUTE"]

_NAME = "examples"
_REPORTS = 30


def _view(asked: Asked) -> Page:
    job = asked.jobs.get(_NAME)
    record = {
        "reports": _REPORTS,
        "done": job.done if job else 0,
        "running": bool(job and not job.ended),
        "fault": job.fault if job else None,
    }
    return Page("examples.html", "Examples", {"job": job, "reports": _REPORTS}, record, [record])


def _code(asked: Asked) -> SeeOther:
    if asked.settings.readonly:
        raise UsageError("This book is shown for reading only. Start `rejoinder serve` without --readonly.")
    book, folder = asked.book, rejoinder.examples()

    def work(job: Job) -> None:
        book.code(folder, progress=lambda progress: job.step(progress.done))

    asked.jobs.start(_NAME, _REPORTS, work)
    return SeeOther("/examples")


ROUTE = Route("/examples", _view, _code)
