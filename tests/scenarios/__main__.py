"""`python -m tests.scenarios`: plays every scenario and writes its text anew, to be read before it is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.scenarios.stage import GOLDEN
from tests.scenarios.test_scenarios import MUNICIPALITIES, PLAYS, played

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for municipality in MUNICIPALITIES:
        for play in PLAYS:
            with tempfile.TemporaryDirectory() as folder:
                text = played(Path(folder) / "hjem", municipality, play)
            (GOLDEN / f"{municipality}-{play}.txt").write_text(text, encoding="utf-8")
            print(f"{municipality}-{play}: {len(text.splitlines())} lines")
