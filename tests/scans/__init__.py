"""Scanned forms drawn at random: filled in by type and by hand, damaged as scanners and people damage them.

Builds on `tests.generated` and like it shares no code and no declaration with the program.
"""

import os

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # as the program has it; here numpy is loaded before the program
