"""What a profile says of cooperation while it lasts: team, plan, meetings, evaluation, absence, the relay log (A11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamRules:
    """The care team (R-1, R-13, R-15). None and ``()``: the municipality has no rule."""

    without_coordinator: bool = False
    min_services: int | None = None
    recommended_size: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRules:
    """The individual plan (R-1, R-4). ``tool``: the system it is written in. ``decided``: the start is a decision by letter (L-003-4)."""

    one_per_person: bool = True
    without_coordinator: bool = False
    tool: str = ""
    decided: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRules:
    """The team's meetings (T-2, T-3, T-6 to T-8). ``agenda_days``: days before a meeting by which the agenda is out.

    ``agenda_cleared``: the agenda is cleared with the user before it goes out (L-001-9). ``minutes_stored``: C-3, C-5 to C-7.
    """

    min_per_year: int | None = None
    max_per_year: int | None = None
    agenda_days: int | None = None
    agenda_remind_days: int = 21
    agenda_cleared: bool = False
    duration_minutes: tuple[int, ...] = ()
    minutes_stored: Literal["plan_tool", "own_archive", "plan_tool_and_record", "plan", ""] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationRules:
    """How often team and plan are evaluated (T-9 to T-13); None: continuously or no rule."""

    team_months: int | None = None
    plan_months: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceRules:
    """A coordinator away (R-40 to R-43). ``long_days``: from how many days it is long, None: a person says.

    ``deputy_missing_warned``: a coordinator without a registered deputy is a task.
    """

    short: Literal["delegate_in_team", "manager_finds_deputy", ""] = ""
    long: Literal["new_coordinator", ""] = ""
    long_days: int | None = None
    deputy_missing_warned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RelayRules:
    """The relay log before and after a coordinator (R-9, R-10). ``system``: where it is kept.

    ``until_decided``: the services cooperate in it until what was asked for is decided.
    """

    system: str = ""
    close_on_appointment: bool = False
    until_decided: bool = False
