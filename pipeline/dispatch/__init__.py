"""Dispatch: letters in the outbox, whole on the disk, from draft to sent."""

from pipeline.dispatch._disk import sweep, write_whole
from pipeline.dispatch._outbox import LetterAction, advance, file_name
from pipeline.dispatch._stack import merge_print

__all__ = ["LetterAction", "advance", "file_name", "merge_print", "sweep", "write_whole"]
