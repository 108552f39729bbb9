"""The application: every page with its twins, forms, static files; one line a route."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount
from starlette.routing import Route as HttpRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from rejoinder.book import Book
from rejoinder.errors import StoreBusy, UsageError
from rejoinder.web.asked import Asked, Form
from rejoinder.web.guard import Guard, may_write
from rejoinder.web.jobs import Jobs
from rejoinder.web.page import Page, Route, SeeOther
from rejoinder.web.pages import ROUTES
from rejoinder.web.plain import as_csv, as_json
from rejoinder.web.settings import Settings
from rejoinder.web.shown import Shown

__all__ = ["application"]

_CODER = "rejoinder_coder"
"""The cookie that holds under which name somebody judges."""
_LARGEST = 1_000_000
"""Bytes of a form; a larger one is refused."""
_YEAR = 365 * 86_400
_TWINS = {"json": "application/json", "csv": "text/csv", "svg": "image/svg+xml"}

Answer = Callable[[Request], Awaitable[Response]]
T = TypeVar("T", Page, Page | SeeOther)


def application(book: Book, settings: Settings | None = None, routes: Sequence[Route] = ROUTES) -> ASGIApp:
    """The web application over ``book``, which it neither opens nor closes."""
    told = settings or Settings()
    shown = Shown(told)
    made = [one for route in routes for one in _http_routes(route, book, told, shown)]
    static = StaticFiles(directory=Path(str(files("rejoinder.web") / "static")))

    async def not_found(request: Request, _fault: Exception) -> Response:
        page = Page(
            "problem.html", "Not found", {"told": f"There is no page at {unquote(request.url.path)}."}, status=404
        )
        return HTMLResponse(shown.html(page, Asked(book, told, request.url.path)), 404)

    @asynccontextmanager
    async def serving(app: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(app.state.jobs.stop)

    served = [*made, Mount("/static", static)]
    app = Starlette(routes=served, exception_handlers={404: not_found}, lifespan=serving)
    app.state.jobs = Jobs()
    return Guard(app, told)


def _http_routes(route: Route, book: Book, settings: Settings, shown: Shown) -> list[HttpRoute]:
    async def show(request: Request) -> Response:
        asked = _asked(request, book, settings)
        page = await run_in_threadpool(_page, lambda: route.view(asked))
        return HTMLResponse(shown.html(page, asked), page.status)

    def twin(form: str) -> Answer:
        async def show_twin(request: Request) -> Response:
            asked = _asked(request, book, settings)
            asked = replace(asked, path=asked.path.removesuffix(f".{form}"), twin=form)  # one page has one address
            page = await run_in_threadpool(_page, lambda: route.view(asked))
            if page.status != 200:
                return PlainTextResponse(str(page.data.get("told", page.title)), page.status)
            if form == "svg" and not page.svg:
                return PlainTextResponse(f"There is no page at {unquote(request.url.path)}.", 404)
            return Response(_written(page, form, shown), media_type=_TWINS[form])

        return show_twin

    async def act(request: Request) -> Response:
        sent = await _sent(request)
        if sent is None:
            return PlainTextResponse("The form is too large. Send less at once.", 413)
        if settings.readonly or not may_write(request, sent, settings):
            told = "This page was opened before the server was last started, or it may not write. Load it again."
            return PlainTextResponse(told, 403)
        asked = _asked(request, book, settings, sent)
        assert route.action is not None, "the route is made only where there is one"
        action = route.action
        done = await run_in_threadpool(_page, lambda: action(asked))
        if isinstance(done, SeeOther):
            return _see_other(done)
        return HTMLResponse(shown.html(done, asked), done.status)

    stem = "/index" if route.path == "/" else route.path
    made = [HttpRoute(f"{stem}.{form}", twin(form), methods=["GET"]) for form in _TWINS]
    made.append(HttpRoute(route.path, show, methods=["GET"]))
    if route.action is not None:
        made.append(HttpRoute(route.path, act, methods=["POST"]))
    return made


def _written(page: Page, form: str, shown: Shown) -> str:
    if form == "svg":
        return shown.svg(page)
    return as_json(page.record) if form == "json" else as_csv(page.rows)


def _page(make: Callable[[], T]) -> T | Page:
    try:
        return make()
    except UsageError as slip:
        return Page("problem.html", "Not found", {"told": str(slip)}, status=404)
    except StoreBusy as busy:
        return Page("problem.html", "Try again", {"told": str(busy)}, status=503)


def _asked(request: Request, book: Book, settings: Settings, sent: Form | None = None) -> Asked:
    query = Form(tuple(parse_qsl(request.url.query, keep_blank_values=True, errors="replace")))
    coder = request.cookies.get(_CODER)
    return Asked(
        book,
        settings,
        request.url.path,
        {name: str(value) for name, value in request.path_params.items()},
        query,
        sent or Form(),
        unquote(coder) if coder else None,
        request.app.state.jobs,
    )


async def _sent(request: Request) -> Form | None:
    """The fields of the form that was sent; None where it is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return None
    return Form(tuple(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))


def _see_other(done: SeeOther) -> Response:
    answer = RedirectResponse(done.path, status_code=303)
    if done.coder is not None:
        answer.set_cookie(_CODER, quote(done.coder), max_age=_YEAR, httponly=True, samesite="strict")
    return answer
