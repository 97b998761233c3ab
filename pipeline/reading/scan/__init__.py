"""Pictures of pages to the layout model, and values read again on demand.

Rooms: ``paper`` (a file's pages as upright pictures), ``codes``, ``blanks`` (our own forms), ``drawn`` (lines, boxes, runs of text),
``marks`` (ticks, signatures), ``text`` (the two readers). Everything heavy (numpy, OpenCV, the text readers) is loaded when the first picture comes.
"""

from __future__ import annotations

import os

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # numpy's threads wait for each other in a busy loop: four times the time

from pipeline.reading.scan._scans import Scans, missing_readers, scanned

__all__ = ["Scans", "missing_readers", "scanned"]
