"""What is open in a case ends with it, however it ends (C.4, C.5, R-45)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import (
    absent,
    assess,
    close,
    come_back,
    leave,
    merge,
    notice,
    plan_meeting,
    refuse,
    split,
)
from pipeline.casework._ending import ENDS_WITH_CASE
from pipeline.domain import Case, EventKind, MatterKind, Measure, Phase
from tests.unit.casework.material import codes, opened, situation, with_team

LATER = date(2026, 12, 20)


def busy(key: str = "orland") -> Case:
    """A case with an absence, a meeting to come, an assessment and a prior notice that run."""
    where = situation(key, LATER)
    case = assess(with_team(key), where).case
    case = absent(case, where, from_date=LATER, until=date(2027, 1, 30), long=False).case
    case = plan_meeting(case, where, on=date(2027, 1, 20), agenda=("Mål",)).case
    return notice(case, where, why="Behovet er over.").case


def running(case: Case) -> set[MatterKind]:
    """The kinds of matters that are open."""
    return {matter.kind for matter in case.matters if matter.open}


def test_r_45_closing_ends_every_open_matter_and_its_tasks() -> None:
    """R-45: absence, meeting, assessment and notice end with the case; so do the tasks that asked for something in them."""
    case = busy()
    assert running(case) == {
        MatterKind.ABSENCE,
        MatterKind.ASSESSMENT,
        MatterKind.MEETING,
        MatterKind.PRIOR_NOTICE,
    }
    done = close(case, situation(on=LATER), agreed=True, why="Ferdig.", ends_on=LATER).case
    assert not running(done)
    assert {m.outcome for m in done.matters if m.done_on == LATER} == {"case-closed"}
    assert not codes(done) & {"absence-deputy", "notice-answered"}


@pytest.mark.parametrize("how", [EventKind.PERSON_DIED, EventKind.PERSON_MOVED])
def test_c_4_death_and_moving_end_what_is_open_and_the_undoing_opens_it_again(how: EventKind) -> None:
    """C.4: a wrong report leaves the case as it was, its matters too."""
    case, where = busy(), situation(on=LATER)
    gone = leave(case, where, how=how, on=LATER)
    assert not running(gone.case)
    again = come_back(gone.case, where, how=how, events=gone.events).case
    assert again.matters == case.matters


def test_c_4_a_refused_case_has_nothing_open() -> None:
    """C.4: also the decision body's day that nobody used."""
    case = assess(opened(), situation()).case
    done = refuse(case, situation(), measure=Measure.COORDINATOR, why="Vilkårene er ikke oppfylt.").case
    assert done.phase is Phase.REFUSED
    assert not running(done)


def test_r_8_what_is_open_in_a_merged_case_goes_on_in_the_other_only() -> None:
    """R-8: no matter runs in two cases; the split gives each its own back."""
    case, where = busy(), situation(on=LATER)
    kept = replace(opened(), id="2026/9", person=case.person)
    into, out = merge(kept, case, where, same_person=True)
    assert running(out.case) == {MatterKind.MERGER}
    assert running(into.case) >= {MatterKind.ABSENCE, MatterKind.MEETING, MatterKind.PRIOR_NOTICE}
    first, second = split(into.case, out.case, where)
    assert "split-changed" not in codes(first.case)
    assert [m for m in second.case.matters if m.kind is not MatterKind.MERGER] == list(case.matters)


def test_c_13_a_complaint_and_a_deviation_outlive_the_case() -> None:
    """B.2, C-13, C.3: what is still to be answered, or must keep somebody out, is not ended by the closing."""
    assert not ENDS_WITH_CASE & {MatterKind.COMPLAINT, MatterKind.DEVIATION, MatterKind.CONFLICT}
