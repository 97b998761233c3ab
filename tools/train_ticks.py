"""Train the net that judges tick boxes, on pages drawn by ``tests.scans.ticks``.

Run from the project's folder: ``python -m tools.train_ticks OUT.npz [--pages 6000] [--rounds 12]``.
Seeds from 100,000 on are for training, from 800,000 on for choosing limits; what is measured uses seeds from 900,000 on.
The net in the repository learnt from 80,385 boxes (seeds 100,000, 110,000, 120,000 and 130,000 and the 2,200 to 2,400 after each):
8 rounds over the first half, then ``--onward`` 5 rounds at rate 1.5e-3 and 4 at 8e-4 over all. Its limits came from 8,001 boxes.
"""

from __future__ import annotations

import argparse

import numpy as np

from pipeline.reading.scan.marks._tick_views import views_of
from tests.scans.ticks import ticked_page
from tools.train_net import fresh, store, train

FIRST_SEED = 100_000
WANTED = {"off": (1, 0, 0), "on": (0, 1, 0), "corrected": (0, 0, 1), "doubtful": (0.4, 0.4, 0.2)}


def drawn(pages: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Near views, wide views, facts and states of every box on so many pages."""
    near, wide, facts, states = [], [], [], []
    for seed in range(FIRST_SEED, FIRST_SEED + pages):
        page = ticked_page(np.random.default_rng(seed))
        views = views_of(page.sheet, page.boxes)
        near.append((views.near * 255).astype(np.uint8))
        wide.append((views.wide * 255).astype(np.uint8))
        facts.append(views.facts)
        states += [truth.state for truth in page.truths]
    return np.concatenate(near), np.concatenate(wide), np.concatenate(facts), np.array(states)


def main() -> None:
    """Draw, train, store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out")
    asked.add_argument("--pages", type=int, default=6000)
    asked.add_argument("--rounds", type=int, default=12)
    asked.add_argument("--drawn", nargs="*", help="files of views drawn before (near, wide, facts, state)")
    asked.add_argument("--onward", help="weights to go on from, instead of fresh ones")
    asked.add_argument("--rate", type=float, default=2e-3)
    given = asked.parse_args()
    if given.drawn:
        parts = [np.load(path) for path in given.drawn]
        near, wide, facts, states = (
            np.concatenate([p[k] for p in parts]) for k in ("near", "wide", "facts", "state")
        )
    else:
        near, wide, facts, states = drawn(given.pages)
    seen = np.isin(states, list(WANTED))
    near, wide, facts, states = near[seen], wide[seen], facts[seen], states[seen]
    wanted = np.array([WANTED[state] for state in states], np.float32)
    if given.onward:
        weights = {key: value.astype(np.float32) for key, value in np.load(given.onward).items()}
    else:
        weights = fresh([near.shape[1:], wide.shape[1:]], facts, 3, np.random.default_rng(1))
    learning = train(weights, [near, wide], facts, wanted, rounds=given.rounds, seed=2, rate=given.rate)
    for number, loss in enumerate(learning):
        print(f"round {number}: {loss:.4f} over {len(facts)} boxes", flush=True)
        store(weights, given.out)


if __name__ == "__main__":
    main()
