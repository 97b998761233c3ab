"""Small rules that stand on a single task each."""

from __future__ import annotations

from tests.unit.casework.material import codes, form, situation, take
from tests.unit.casework.test_own_forms import REQUEST, asked, designation


def test_r_31_a_coordinator_without_time_is_a_task() -> None:
    """R-31: the leader sets time aside; an answer that doesn't say so is taken up with the leader."""
    outcome = take(asked(), designation(prepared__time=False), situation("sondre_land"), "d2")
    assert outcome.case.coordinator is not None
    assert "coordinator-without-time" in codes(outcome.case)


def test_r_64_an_interpreter_asked_for_is_a_task() -> None:
    """R-64: the language is in the form, and somebody must book an interpreter; none is asked for in silence."""
    assert "interpreter" in codes(take(None, form("service-request", REQUEST)).case)
    plain = {name: value for name, value in REQUEST.items() if name != "interpreter"}
    assert "interpreter" not in codes(take(None, form("service-request", plain)).case)
