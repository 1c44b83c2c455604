"""The command line: read options, call the library, print, exit."""

from policydiff.cli.entry import main

__all__ = ["main"]
