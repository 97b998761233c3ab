"""The figures of a year or a day: what is counted, the arithmetic on it, and what is hidden. No database, no clock."""

from pipeline.figures._assemble import assemble, ordered
from pipeline.figures._counting import OTHER, Counting, Tally, month_later, reached
from pipeline.figures._declared import GROUPS, KINDS, Figure, FigureKind, Group
from pipeline.figures._hiding import hide
from pipeline.figures._sheet import guarded, semicolon_sheet

__all__ = [
    "GROUPS",
    "KINDS",
    "OTHER",
    "Counting",
    "Figure",
    "FigureKind",
    "Group",
    "Tally",
    "assemble",
    "guarded",
    "hide",
    "month_later",
    "ordered",
    "reached",
    "semicolon_sheet",
]
