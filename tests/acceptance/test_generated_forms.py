"""The program over filled forms drawn at random: nothing wrong accepted, hardly anything sent to a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.generated.__main__ import extract, report, run, table
from tests.generated.compare import Outcome, compare_fault
from tests.generated.draw import CARRIERS, LAYOUTS
from tests.generated.faults import faults

RIGHT_SHARE = 0.999
REVIEW_SHARE = 0.02


def hold(outcomes: Sequence[Outcome]) -> None:
    """Holds the outcomes against the project's promise for typed forms."""
    judged = [item for outcome in outcomes for item in outcome.fields]
    filled = [item for outcome in outcomes for item in outcome.filled_fields]
    right = [item for item in filled if item.verdict in ("right", "in-review-though-right")]
    ticks = [item for item in judged if isinstance(item.expected, bool)]
    review = [item for item in judged if item.verdict in ("wrong-in-review", "in-review-though-right")]
    figures = f"{table(outcomes)}\n{report(outcomes, every=True)[:20000]}"
    assert not [item for item in judged if item.verdict == "wrong-accepted"], figures
    assert not [item for item in judged if item.verdict == "missing"], figures
    assert not [item for item in ticks if item.verdict == "wrong-in-review"], figures
    assert len(right) >= RIGHT_SHARE * len(filled), figures
    assert len(review) <= REVIEW_SHARE * len(judged), figures
    assert not [outcome for outcome in outcomes if outcome.faults], figures


@pytest.mark.parametrize("form", LAYOUTS)
def test_sixty_filled_forms_are_read(form: str, tmp_path: Path) -> None:
    hold(run([form], CARRIERS, range(20), tmp_path))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("form", LAYOUTS)
def test_three_hundred_filled_forms_are_read(form: str, tmp_path: Path) -> None:
    hold(run([form], CARRIERS, range(1000, 1100), tmp_path))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_unusual_files_never_give_a_wrong_accepted_value(carrier: str, tmp_path: Path) -> None:
    cases = [case for seed in range(3) for case in faults(carrier, seed, tmp_path)]
    lines = extract([case.path for case in cases])
    broken = [item for case in cases if (item := compare_fault(case, lines[case.path.name])).broken]
    assert not broken, "\n".join(f"{item.fault.path.name}: {item.broken}" for item in broken)
