"""The command line: one command, one file; thin over ``flow``. Heavy modules are imported where they are used."""

from pipeline.cli._entry import main

__all__ = ["main"]
