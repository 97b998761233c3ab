"""How well signatures are told from everything else: ``python -m tests.scans.measure_signs --lines 2000 --hands FONT...``."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.marks._signs import sign_state
from tests.scans.printing import PRINTS
from tests.scans.signs import signable

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_SEED = 900_000


class SignScore:
    """Counts of what was drawn against what was said; every second line's printed label is not told beforehand."""

    def __init__(self, hands: Sequence[str] = (), prints: Sequence[str] = PRINTS) -> None:
        self.hands, self.prints = tuple(hands), tuple(prints)
        self.kinds: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
        self.faults: list[tuple[int, str, str]] = []
        self.seconds = 0.0

    def add(self, seed: int) -> None:
        """Draw and judge one line."""
        line = signable(np.random.default_rng(seed), self.hands, self.prints)
        start = time.process_time()
        signed = sign_state(line.sheet, line.area, line.labels if seed % 2 else [])
        self.seconds += time.process_time() - start
        said = {True: "present", False: "absent", None: "unsure"}[signed.present]
        self.kinds[line.present, line.kind][said + (" outside" if signed.outside else "")] += 1
        if signed.present is not line.present and line.kind != "outside":
            self.faults.append((seed, line.kind, f"{said} {signed.confidence:.2f}"))

    def shares(self) -> tuple[float, float, float, int]:
        """Right, unsure and wrong of all lines but those signed elsewhere, and how many those are."""
        right = unsure = total = 0
        for (present, kind), said in self.kinds.items():
            if kind != "outside":
                total += sum(said.values())
                unsure += said["unsure"] + said["unsure outside"]
                word = "present" if present else "absent"
                right += said[word] + said[word + " outside"]
        return right / total, unsure / total, (total - right - unsure) / total, total

    def table(self) -> str:
        """Everything as text."""
        right, unsure, wrong, total = self.shares()
        count = sum(sum(said.values()) for said in self.kinds.values())
        lines = [
            f"right {right:.4f}, unsure {unsure:.4f}, wrong {wrong:.4f} of {total}; {self.seconds / count * 1000:.1f} ms each"
        ]
        lines += [
            f"{'signed' if p else 'unsigned':9} {kind:11} {dict(said)}"
            for (p, kind), said in sorted(self.kinds.items())
        ]
        return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=FIRST_SEED)
    asked.add_argument("--hands", nargs="*", default=[])
    asked.add_argument("--prints", nargs="*", default=list(PRINTS))
    given = asked.parse_args()
    score = SignScore(given.hands, given.prints)
    for seed in range(given.seed, given.seed + given.lines):
        score.add(seed)
    print(score.table())
    print(score.faults)


if __name__ == "__main__":
    main()
