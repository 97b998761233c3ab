"""Matching: from a form to its case, or to the person who must say. Pure; cases come from a ``CaseSource``."""

from pipeline.matching._match import CaseSource, Match, MatchKind, match

__all__ = ["CaseSource", "Match", "MatchKind", "match"]
