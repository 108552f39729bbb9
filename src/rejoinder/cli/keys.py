"""Keys as they are pressed; where input is no terminal, a line each."""

import sys

import click

__all__ = ["Keys"]


class Keys:
    """What whoever sits at the terminal presses and types."""

    def __init__(self) -> None:
        self._terminal = sys.stdin is not None and sys.stdin.isatty()

    def key(self) -> str | None:
        """The next key, or, where input is no terminal, the next line that is not empty. None where input has ended.

        Raises KeyboardInterrupt on Ctrl-C.
        """
        if not self._terminal:
            return self._line()
        while True:
            try:
                pressed = click.getchar()
            except EOFError:
                return None
            if pressed.isprintable() and not pressed.isspace():
                return pressed[0]

    def ask(self, prompt: str) -> str | None:
        """A line of words; None where there is none, or input has ended."""
        if not self._terminal:
            return self._line()
        click.echo(prompt, nl=False)
        try:
            return input().strip() or None
        except EOFError:
            return None

    def _line(self) -> str | None:
        for line in sys.stdin or ():
            if line.strip():
                return line.strip()
        return None
