"""How well tick boxes are judged: ``python -m tests.scans.measure_ticks --pages 5000`` draws pages and prints tables."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

import numpy as np

from pipeline.domain import MarkState
from pipeline.reading.scan.marks._ticks import judge_group
from tests.scans.ticks import ticked_page

FIRST_SEED = 900_000
"""Seeds from here on were used neither for training nor for choosing limits."""


class Score:
    """Counts of what was drawn against what was judged; ``corrected`` and ``doubtful`` boxes should be unsure."""

    def __init__(self) -> None:
        self.kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.damages: dict[str, Counter[str]] = defaultdict(Counter)
        self.bands: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self.wrong: list[tuple[int, int, str, str]] = []
        self.seconds = 0.0

    def add(self, seed: int) -> None:
        """Draw and judge one page."""
        page = ticked_page(np.random.default_rng(seed))
        start = time.process_time()
        judged = judge_group(page.sheet, page.boxes)
        self.seconds += time.process_time() - start
        for number, (truth, verdict) in enumerate(zip(page.truths, judged, strict=True)):
            said = "corrected" if verdict.corrected else verdict.state.value
            self.kinds[truth][said] += 1
            if truth.state not in ("on", "off"):
                continue
            fault = verdict.state is not MarkState.UNSURE and verdict.state.value != truth.state
            for damage in page.damage.split("+"):
                self.damages[damage][said if not fault else "wrong"] += 1
            if verdict.state is not MarkState.UNSURE:
                band = self.bands[int(min(0.9999, verdict.confidence) * 100)]
                band[0] += 1
                band[1] += fault
            if fault:
                self.wrong.append((seed, number, truth.kind, page.damage))

    def share(self, state: str) -> tuple[int, int, int]:
        """Of the boxes drawn so: how many, how many decided, how many of those right."""
        said: Counter[str] = sum((v for (s, _), v in self.kinds.items() if s == state), Counter())
        return sum(said.values()), said["on"] + said["off"], said[state]

    @property
    def unsure(self) -> float:
        """The share of boxes plainly on or off that were not decided."""
        on, off = self.share("on"), self.share("off")
        return 1 - (on[1] + off[1]) / (on[0] + off[0])

    def table(self) -> str:
        """Everything as text."""
        lines = []
        for state, name in (("on", "sensitivity"), ("off", "specificity")):
            count, decided, right = self.share(state)
            lines.append(
                f"{name}: {right / decided:.5f} ({decided - right} wrong of {decided} decided, {count} drawn)"
            )
        lines.append(f"unsure: {self.unsure:.4f}")
        total = sum(sum(v.values()) for v in self.kinds.values())
        lines.append(f"{self.seconds / total * 1000:.2f} ms a box of {total}")
        lines += [f"{s:10} {k:12} {dict(v)}" for (s, k), v in sorted(self.kinds.items())]
        lines += [f"{damage:10} {dict(v)}" for damage, v in sorted(self.damages.items())]
        lines += [
            f"confidence {band / 100:.2f}: {wrong} wrong of {n}"
            for band, (n, wrong) in sorted(self.bands.items())
        ]
        return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=5000)
    asked.add_argument("--seed", type=int, default=FIRST_SEED)
    given = asked.parse_args()
    score = Score()
    for seed in range(given.seed, given.seed + given.pages):
        score.add(seed)
    print(score.table())
    print(score.wrong)


if __name__ == "__main__":
    main()
