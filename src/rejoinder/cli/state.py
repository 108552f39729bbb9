"""What commands share: the options that several of them have, and what the last handler must know when one breaks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

__all__ = ["State", "as_of_option", "book_option", "command", "output_options"]

_F = TypeVar("_F", bound=Callable[..., object])


@dataclass(slots=True)
class State:
    """What is going on: whether tracebacks are wanted, and which document is being worked on.

    ``if_interrupted`` says what an interruption leaves behind.
    """

    debug: bool = False
    document: str | None = None
    if_interrupted: str = ""


def command(name: str) -> Callable[[Callable[..., object]], click.Command]:
    """A command called ``name`` with the options that every command has."""

    def decorate(function: Callable[..., object]) -> click.Command:
        made = click.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
        made.params.append(
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                callback=_note_debug,
                help="Show the traceback should the program itself break.",
            )
        )
        return made

    return decorate


def book_option(function: _F) -> _F:
    """``--db FILE``."""
    return click.option(
        "--db", default="rejoinder.db", show_default=True, metavar="FILE", help="The book, a SQLite file."
    )(function)


def as_of_option(function: _F) -> _F:
    """``--as-of DATE``."""
    return click.option(
        "--as-of", metavar="DATE", help="As people had judged it by then: a day, or a time (2026-05-20T14:30, in UTC)."
    )(function)


def output_options(*formats: str) -> Callable[[_F], _F]:
    """``--to FORMAT`` and ``-o FILE``."""

    def decorate(function: _F) -> _F:
        function = click.option(
            "--output", "-o", metavar="FILE", help="Write the export to FILE instead of standard output."
        )(function)
        return click.option("--to", type=click.Choice(formats), help="Export the acts in this format.")(function)

    return decorate


def _note_debug(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(State).debug = True
