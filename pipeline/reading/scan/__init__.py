"""Pictures of pages to the layout model, and values read again on demand.

Everything heavy (numpy, OpenCV, the text readers) is loaded when the first picture comes.
"""

from __future__ import annotations

from pipeline.reading.scan._scans import Scans, missing_readers, scanned

__all__ = ["Scans", "missing_readers", "scanned"]
