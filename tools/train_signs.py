"""Train the net that tells handwriting from print, on signature lines drawn by ``tests.scans.signs``.

Run from the project's folder: ``python -m tools.train_signs OUT.npz --hands FONT... --prints FONT...``.
The net in the repository learnt from 56,513 views of 15,000 lines (seeds 500,000 to 506,999 and 510,000 to 517,999): 7 rounds
over the first, then 6 over all and 3 with stamps, written names and signatures over labels counted twice. Its fonts came from
@fontsource: by hand Allura, Architects Daughter, Bad Script, Cedarville Cursive, Coming Soon, Dancing Script, Gloria Hallelujah,
Gochi Hand, Great Vibes, Herr Von Muellerhoff, Indie Flower, Just Another Hand, La Belle Aurore, Marck Script, Nothing You Could
Do, Reenie Beanie, Rock Salt, Sacramento and Shadows Into Light; printed Carlito, EB Garamond, Merriweather, Noto Sans, Open Sans,
PT Serif and Roboto, beside DejaVu and Liberation. Caveat, Handlee, Homemade Apple, Kalam, Mr Dafoe, Patrick Hand and Zeyada,
Inter and Lora were kept for measuring, as were seeds from 900,000 on.
"""

from __future__ import annotations

import argparse

import numpy as np

from pipeline.reading.scan.marks._sign_views import Group, groups_in, looks
from pipeline.reading.scan.marks._signs import MARGINS
from tests.scans.printing import PRINTS
from tests.scans.signs import Signable, signable
from tools.train_net import fresh, store, train

FIRST_SEED = 500_000


def drawn(lines: int, hands: list[str], prints: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Views, facts and what is wanted (print, hand, other) of every group of ink on so many lines."""
    views, facts, wanted = [], [], []
    for seed in range(FIRST_SEED, FIRST_SEED + lines):
        rng = np.random.default_rng(seed)
        line = signable(rng, hands, prints)
        groups = groups_in(line.sheet, line.area, line.labels if rng.random() < 0.5 else [], MARGINS)
        seen, told, owners = looks(groups, line.sheet)
        views.append((seen * 255).astype(np.uint8))
        facts.append(told)
        wanted += [truth(line, groups[owner]) for owner in owners]
    return np.concatenate(views), np.concatenate(facts), np.array(wanted, np.float32)


def truth(line: Signable, group: Group) -> tuple[float, float, float]:
    """How likely a group is print, handwriting or something else, from whose ink it is."""
    s = line.sheet.scale
    top, left = round(group.box.top * s), round(group.box.x0 * s)
    high, wide = group.mask.shape
    by_pen = (line.hand[top : top + high, left : left + wide] & group.mask).sum() / group.mask.sum()
    if not line.present:
        other = line.kind == "stamp" or (line.kind in ("specks", "line") and by_pen > 0.3)
        return (0, 0, 1) if other else (1, 0, 0)
    if by_pen > 0.06 and max(group.box.x1 - group.box.x0, group.box.bottom - group.box.top) < 5:
        return (0.3, 0.4, 0.3)
    if by_pen > 0.3:
        return (0, 1, 0)
    return (1, 0, 0) if by_pen < 0.06 else (0.5, 0.5, 0)


def main() -> None:
    """Draw, train, store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out")
    asked.add_argument("--lines", type=int, default=7000)
    asked.add_argument("--rounds", type=int, default=8)
    asked.add_argument("--hands", nargs="*", default=[])
    asked.add_argument("--prints", nargs="*", default=list(PRINTS))
    given = asked.parse_args()
    views, facts, wanted = drawn(given.lines, given.hands, given.prints)
    weights = fresh([views.shape[1:]], facts, 3, np.random.default_rng(1))
    for number, loss in enumerate(train(weights, [views], facts, wanted, rounds=given.rounds, seed=2)):
        print(f"round {number}: {loss:.4f} over {len(facts)} views", flush=True)
        store(weights, given.out)


if __name__ == "__main__":
    main()
