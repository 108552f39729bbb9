"""The command line. ``main`` is the program ``rejoinder``; one module holds each group of commands.

Screens only: whatever a command does, the Python API does too.
"""

from rejoinder.cli.entry import commands, main

__all__ = ["commands", "main"]
