"""The program ``rejoinder``: its commands, and the handler that no exception passes.

Exit status: 0 all went well; 1 some documents failed, or the book cannot be used; 2 the command line asks for
something impossible; 130 interrupted.
"""

import contextlib
import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

import click

import rejoinder
from rejoinder.cli.screen import harmless
from rejoinder.cli.state import State
from rejoinder.errors import RejoinderError, UsageError

__all__ = ["commands", "main"]

_COMMANDS = {
    "code": "rejoinder.cli.code",
    "watch": "rejoinder.cli.watch",
    "acts": "rejoinder.cli.acts",
    "threads": "rejoinder.cli.threads",
    "thread": "rejoinder.cli.thread",
    "why": "rejoinder.cli.why",
    "judge": "rejoinder.cli.judge",
    "review": "rejoinder.cli.review",
    "assign": "rejoinder.cli.assign",
    "done": "rejoinder.cli.done",
    "agreement": "rejoinder.cli.agreement",
    "gold": "rejoinder.cli.gold",
    "problems": "rejoinder.cli.problems",
    "score": "rejoinder.cli.score",
    "serve": "rejoinder.cli.serve",
}
"""Each command and the module that holds it under the command's name; loaded when asked for, so that help is quick."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a full disk or a used-up quota says: a fault of the place, not of the program."""


class _PipeClosedError(Exception):
    """Whoever read our output has gone (``rejoinder acts | head``)."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        home = _COMMANDS.get(cmd_name)
        if home is None:
            return None
        found = getattr(importlib.import_module(home), cmd_name)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            result: object = super().invoke(ctx)
            if sys.stdout is not None:  # closed by whoever started us
                sys.stdout.flush()
        except BrokenPipeError as error:  # or click would end the program with status 1
            raise _PipeClosedError from error
        return result


@click.group(
    "rejoinder",
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(rejoinder.__version__, prog_name="rejoinder", message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Who offered what to whom, and what was the answer?

    Reads news and official statements and records who offered, asked, demanded, refused, agreed, threatened or did
    what to whom, each field on exact words.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on ``arguments`` (those of the process unless given) and return its exit status.

    Never raises: whatever goes wrong ends as one line on standard error.
    """
    state = State()
    _accept_any_character(sys.stdout, sys.stderr)
    try:
        result: object = commands.main(
            args=None if arguments is None else list(arguments), prog_name="rejoinder", standalone_mode=False, obj=state
        )
    except _PipeClosedError:
        _close_quietly()
        return 0
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted" + (f"; {state.if_interrupted}" if state.if_interrupted else ""))
        return 130
    except click.ClickException as error:
        return _usage(error)
    except UsageError as error:
        _complain(str(error))
        return 2
    except RejoinderError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        if error.errno not in _NO_ROOM:
            return _bug(error, state)
        _close_quietly()
        _complain(f"the output could not be written ({error.strerror}). Make room and run the same command again.")
        return 1
    except Exception as error:  # noqa: BLE001 (the one place that must let nothing through)
        return _bug(error, state)
    return result if isinstance(result, int) else 0


def _complain(message: str) -> None:
    with contextlib.suppress(OSError):
        print(f"rejoinder: {harmless(message)}", file=sys.stderr)  # noqa: T201 (this is the screen)


def _usage(error: click.ClickException) -> int:
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f" See '{context.command_path} --help'." if context else ""
    _complain(error.format_message().rstrip(".") + "." + hint)
    return error.exit_code


def _bug(error: Exception, state: State) -> int:
    if state.debug:
        traceback.print_exception(error)
    notes = [f"while working on {state.document}"] if state.document else getattr(error, "__notes__", [])
    where = "".join(f"{note}: " for note in notes)
    _complain(f"{where}{type(error).__name__}: {error}; this is a bug; run with --debug to see it")
    return 1


def _accept_any_character(*streams: TextIO) -> None:
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _close_quietly() -> None:
    if sys.stdout is None:
        return
    # The interpreter flushes standard output once more when it ends; let that go nowhere.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
