"""The figures of a day or a year, counted by the database: a handful of aggregate questions, never a case read whole.

As of a day means by the register's own days (from, to, established, dissolved, given, withdrawn). A case that was merged into
another is never counted: it is the same person's. What isn't registered isn't counted (R-61).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import text

from pipeline.figures import OTHER, Counting, Tally, month_later, reached
from pipeline.store._figure_questions import (
    ANSWERS,
    BIRTHDAYS,
    CLOSED,
    COORDINATORS,
    MATTERS,
    NEEDS,
    PLANS,
    SERVICES,
    TEAMS,
    WAITED,
)
from pipeline.store._unit import Unit


class Figures:
    """Counts one municipality's cases."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def has_cases(self, municipality: str) -> bool:
        """Return whether a municipality has any case."""
        question = "SELECT EXISTS (SELECT 1 FROM casefile WHERE municipality = :municipality)"
        return bool(self._number(question, {"municipality": municipality}))

    def tally(self, counting: Counting, *, zone: tzinfo) -> Tally:
        """Return the raw numbers of a counting. ``zone`` is where the municipality's days begin and end."""
        bound = _bound(counting)
        known = {row[0].casefold(): row[0] for row in self._rows(SERVICES, bound)}
        counts: dict[str, int] = {}
        members = self._teams(counting, bound, known, counts)
        coordinators = self._coordinators(bound, known, counts)
        self._rest(counting, bound, counts)
        self._answers(counting, bound, counts, zone)
        days = {int(waited): int(number) for waited, number in self._rows(WAITED, bound)}
        counts["needs.appointed"] = sum(days.values())
        services = {"teams.members": dict(members), "coordinators.in_force": dict(coordinators)}
        return Tally(counts=counts, services=services, days=days)

    def _teams(
        self, counting: Counting, bound: Mapping[str, Any], known: Mapping[str, str], counts: dict[str, int]
    ) -> Mapping[str, int]:
        due = counting.report_due or counting.until
        owed = {
            "owed": min(due, counting.until).isoformat(),
            "year": f"{due.year}-01-01",
            "exempt": (counting.report_exempt_after or date.max).isoformat(),
        }
        ((*numbers, services),) = self._rows(TEAMS, {**bound, **owed})
        names = (
            "teams.active",
            "attention.consent_team",
            "attention.consent_share",
            "teams.established",
            "teams.dissolved",
            "teams.changed",
            "reports.received",
            "reports.missing",
        )
        counts.update(zip(names, numbers, strict=True))
        told = {
            "attention.consent_team": counting.team_consent,
            "attention.consent_share": counting.share_consent,
            "reports.received": counting.report_due is not None,
            "reports.missing": counting.report_due is not None,
        }
        for name in (name for name, kept in told.items() if not kept):
            del counts[name]
        members: Counter[str] = Counter()
        for service, number in json.loads(services):
            members[known.get(service.casefold(), OTHER)] += number
        counts["teams.members"] = members.total()
        return members

    def _coordinators(
        self, bound: Mapping[str, Any], known: Mapping[str, str], counts: dict[str, int]
    ) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        measures: Counter[str] = Counter()
        bare = 0
        ((people, services),) = self._rows(COORDINATORS, bound)
        for service, measure, number, without in json.loads(services):
            found[known.get(service.casefold(), OTHER)] += number
            measures[measure] += number
            bare += without
        counts["coordinators.in_force"] = found.total()
        for measure in ("coordinator", "child_coordinator"):
            counts[f"coordinators.{measure}"] = measures[measure]
        counts["coordinators.people"] = people
        counts["attention.deputy"] = bare
        return found

    def _rest(self, counting: Counting, bound: Mapping[str, Any], counts: dict[str, int]) -> None:
        asked = {
            PLANS: ("existing", "active", "none", "informed", "needed", "not_today"),
            CLOSED: ("closed_agreed", "closed_against_wish", "closed_gone"),
            MATTERS: ("refused", "complaints", "complaints_decided"),
        }
        for question, names in asked.items():
            (row,) = self._rows(question, bound)
            group = "plans" if question is PLANS else "decisions"
            counts.update({f"{group}.{name}": int(n) for name, n in zip(names, row, strict=True)})
        counts["needs.notified"] = self._number(NEEDS, bound)
        ahead = month_later(counting.on, counting.months_ahead)
        consent, majority = counting.consent_age, counting.majority_age
        born = {
            "after": reached(consent, counting.on),
            "upto": reached(consent, ahead),
            "grown": reached(majority, counting.on),
            "growing": reached(majority, ahead),
        }
        ((counts["attention.consent_age"], counts["attention.majority"]),) = self._rows(
            BIRTHDAYS, {**bound, **{name: day.isoformat() for name, day in born.items()}}
        )

    def _answers(
        self, counting: Counting, bound: Mapping[str, Any], counts: dict[str, int], zone: tzinfo
    ) -> None:
        """Requests whose deadline fell in the period, answered within it or not; one withdrawn before its deadline is neither (T-1)."""
        missed = counting.until + timedelta(days=1 if counting.over else 0)
        in_time = late = 0
        for due, answered, withdrawn, number in self._rows(ANSWERS, bound):
            day = datetime.fromisoformat(answered).astimezone(zone).date() if answered else None
            deadline = date.fromisoformat(due)
            if day is not None and day <= deadline and day <= counting.until:
                in_time += number
            elif answered == "" or (withdrawn is not None and withdrawn <= due):
                continue  # nobody knows when it was answered; or nobody had to answer any more
            elif deadline < missed:
                late += number
        counts["designations.in_time"], counts["designations.late"] = in_time, late

    def _number(self, question: str, bound: Mapping[str, Any]) -> int:
        (row,) = self._rows(question, bound)
        return int(row[0])

    def _rows(self, question: str, bound: Mapping[str, Any]) -> list[Any]:
        asked = text(question)
        names = set(asked.compile().params)
        return list(self._unit.session.connection().execute(asked, {n: bound[n] for n in names}))


def _bound(counting: Counting) -> dict[str, Any]:
    return {
        "municipality": counting.municipality,
        "on": counting.on.isoformat(),
        "since": counting.since.isoformat(),
        "until": counting.until.isoformat(),
        "registration": int(counting.registration_required),
        "own": f"+{counting.consent_age} years",
        "adult": f"+{counting.majority_age} years",
    }
