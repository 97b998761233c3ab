"""Intake: from a file in the inbox to an ``Arrival`` that nobody else will change.

Events only wake a scan; the scan alone is trusted. A file is taken when it is whole, claimed by one rename on the
same file system, hashed, and its original kept by hash before anything else is done with it.
"""

from pipeline.intake._claim import Claims, arrival, released
from pipeline.intake._names import display_name, left_alone
from pipeline.intake._originals import Originals
from pipeline.intake._putaside import put_aside
from pipeline.intake._scan import Look, Seen, Watchlist, scan
from pipeline.intake._watch import Bell, watch
from pipeline.intake._whole import has_end

__all__ = [
    "Bell",
    "Claims",
    "Look",
    "Originals",
    "Seen",
    "Watchlist",
    "arrival",
    "display_name",
    "has_end",
    "left_alone",
    "put_aside",
    "released",
    "scan",
    "watch",
]
