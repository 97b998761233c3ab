"""From what stood on the page to typed values: parsed, checked, accepted or sent to a person with the reason."""

from pipeline.checking._by_hand import check_values, parse_value
from pipeline.checking._check import check, unread
from pipeline.checking._parse import UNREAD_CELL
from pipeline.checking._rules import RULES

__all__ = ["RULES", "UNREAD_CELL", "check", "check_values", "parse_value", "unread"]
