"""``rejoinder serve``: the book in a browser."""

import socket
from pathlib import Path

import click

import rejoinder
from rejoinder.cli.screen import Screen
from rejoinder.cli.state import State, command
from rejoinder.errors import UsageError

__all__ = ["serve"]

_LOCAL = ("127.0.0.1", "localhost", "[::1]")


@command("serve")
@click.argument("book", required=False, default="rejoinder.db", metavar="[BOOK]")
@click.option("--port", type=click.IntRange(0, 65535), default=8350, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Also answer under this name; may be repeated.")
@click.option("--events", metavar="FILE", help="Events for charts: a CSV with the columns date,label,until,dyad.")
@click.option("--readonly", is_flag=True, help="Nobody may judge.")
@click.pass_obj
def serve(
    state: State,
    /,
    *,
    book: str,
    port: int,
    host: str,
    allow_host: tuple[str, ...],
    events: str | None,
    readonly: bool,
) -> int:
    """Show the book in a browser: dyads, threads, documents, acts, and the review desk.

    [BOOK] is a file that `rejoinder code` made; where there is none, an empty one is made. Everything comes from this
    machine; pages are shown to programs on it only, unless --host says otherwise.
    """
    import uvicorn  # noqa: PLC0415  (slow to import; needed here only)

    from rejoinder.web import Settings, application  # noqa: PLC0415
    from rejoinder.web.events import read_events  # noqa: PLC0415

    name = f"[{host}]" if ":" in host else host
    settings = Settings(
        hosts=tuple(dict.fromkeys((*_LOCAL, name.lower(), *(one.lower() for one in allow_host)))),
        readonly=readonly,
        events=read_events(Path(events)) if events else (),
    )
    listening = _listening(host, port)
    with listening, rejoinder.open(book, readonly=readonly and Path(book).exists()) as opened:
        at = listening.getsockname()[1]
        Screen().line(f"{book} is shown at http://{name}:{at}/ (Ctrl-C ends it)")
        state.if_interrupted = "nothing is lost; `rejoinder serve` shows it again"
        config = uvicorn.Config(application(opened, settings), log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"Port {port} of {host} cannot be listened on ({error.strerror}). Name another with --port, or 0 for any."
        ) from error
