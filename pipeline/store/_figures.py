"""The figures of a day or a year, counted by the database: a handful of aggregate questions, never a case read whole.

As of a day means by the register's own days (from, to, established, dissolved, given, withdrawn). A case that was merged into
another is never counted: it is the same person's. What isn't registered isn't counted (R-61).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import text

from pipeline.figures import OTHER, Counting, Tally, month_later, reached
from pipeline.store._unit import Unit

_CASES = """
cases AS (
    SELECT c.id, c.person_id, c.opened_on, c.closed_on, c.phase, c.notified_on,
           CASE WHEN c.closed_on IS NOT NULL THEN c.closed_on > :on AND c.opened_on <= :on
                ELSE c.phase NOT IN ('refused', 'closed', 'terminated') AND c.opened_on <= :on END AS open
    FROM casefile c WHERE c.municipality = :municipality AND c.phase <> 'merged'
)"""


def _consented(kind: str, day: str, *, on_the_day: bool = False) -> str:
    """Whether the newest consent of a kind is valid at the end of a day; ``on_the_day``: also one withdrawn that very day."""
    return f"""coalesce((
    SELECT valid FROM (
        SELECT k.granted AND k.signed AND (k.withdrawn_on IS NULL OR k.withdrawn_on {">=" if on_the_day else ">"} {day}) AS valid,
            MAX(k.position)
        FROM consent k WHERE k.case_id = t.case_id AND k.present AND k.kind = '{kind}' AND coalesce(k.given_on, '') <= {day})
    ), 0)"""  # noqa: S608 - our own words only


# The newest version counts. An earlier one does too when the team was dissolved and later made anew: then it had two lives.
_TEAMS = """
teams AS MATERIALIZED (
    SELECT t.case_id, t.established_on, t.dissolved_on, c.opened_on FROM cases c JOIN team t ON t.case_id = c.id
    WHERE t.known AND NOT EXISTS (
        SELECT 1 FROM team later WHERE later.case_id = t.case_id AND later.number > t.number
            AND NOT coalesce(later.known AND later.established_on >= t.dissolved_on, 0))
)"""
_ACTIVE = f"""active AS MATERIALIZED (
    SELECT t.* FROM teams t
    WHERE coalesce(t.established_on, t.opened_on) <= :on AND (t.dissolved_on IS NULL OR t.dissolved_on > :on)
        AND (:registration = 0 OR {_consented("register", ":on")})
)"""  # noqa: S608

_COUNT_TEAMS = f"""WITH {_CASES}, {_TEAMS}, {_ACTIVE}
SELECT COUNT(*), SUM(NOT {_consented("establish", ":on")}), SUM(NOT {_consented("share", ":on")}),
    (SELECT COUNT(*) FROM teams t WHERE t.established_on BETWEEN :since AND :until
        AND (:registration = 0 OR {_consented("register", "t.established_on")} OR {_consented("register", ":until")})),
    (SELECT COUNT(*) FROM teams t WHERE t.dissolved_on BETWEEN :since AND :until
        AND (:registration = 0 OR {_consented("register", "t.dissolved_on", on_the_day=True)}))
FROM active t"""  # noqa: S608

_CHANGED = f"""WITH {_CASES}, {_TEAMS}
SELECT COUNT(DISTINCT t.case_id) FROM member m JOIN teams t ON t.case_id = m.case_id
WHERE m.present AND (:registration = 0 OR {_consented("register", ":until")})
    AND (m.from_date BETWEEN :since AND :until AND m.from_date > t.established_on
        OR m.to_date BETWEEN :since AND :until AND m.to_date < coalesce(t.dissolved_on, '9999'))"""  # noqa: S608

_MISSING = f"""WITH {_CASES}, {_TEAMS}
SELECT COUNT(DISTINCT t.case_id) FROM teams t
WHERE coalesce(t.established_on, t.opened_on) <= :owed AND (t.dissolved_on IS NULL OR t.dissolved_on > :owed)
    AND (t.established_on IS NULL OR t.established_on < :year OR t.established_on <= :exempt)
    AND (:registration = 0 OR {_consented("register", ":owed")})
    AND NOT EXISTS (SELECT 1 FROM annual_report r WHERE r.case_id = t.case_id AND r.present
        AND r.received_on BETWEEN :since AND :until)"""  # noqa: S608

_RECEIVED = f"""WITH {_CASES}
SELECT COUNT(DISTINCT r.case_id) FROM annual_report r JOIN cases c ON c.id = r.case_id
WHERE r.present AND r.received_on BETWEEN :since AND :until"""  # noqa: S608

_MEMBERS = f"""WITH {_CASES}, {_TEAMS}, {_ACTIVE}
SELECT m.service, COUNT(*) FROM member m JOIN active t ON t.case_id = m.case_id
WHERE m.present AND coalesce(m.from_date, t.opened_on) <= :on AND (m.to_date IS NULL OR m.to_date > :on)
GROUP BY m.service"""  # noqa: S608

_PLANS = f"""WITH {_CASES}, newest AS (
    SELECT p.case_id, p.known, p."exists" AS there, p.active, p.informed, p.needed, p.not_today, MAX(p.number)
    FROM plan p JOIN cases c ON c.id = p.case_id WHERE c.open AND coalesce(p.as_of, '') <= :on GROUP BY p.case_id
)
SELECT coalesce(SUM(there = 1), 0), coalesce(SUM(there = 1 AND active = 1), 0), coalesce(SUM(there = 0), 0),
    coalesce(SUM(informed = 1), 0), coalesce(SUM(needed = 1), 0), coalesce(SUM(not_today = 1), 0)
FROM newest WHERE known"""  # noqa: S608

_FORCE = f"""WITH {_CASES}, force AS (
    SELECT a.* FROM appointment a JOIN cases c ON c.id = a.case_id
    WHERE a.present AND a.name <> '' AND coalesce(a.from_date, c.opened_on) <= :on AND (a.to_date IS NULL OR a.to_date >= :on)
)"""  # noqa: S608
_COORDINATORS = f"""{_FORCE}
SELECT service, measure, COUNT(*), SUM(deputy_name = '') FROM force GROUP BY service, measure"""  # noqa: S608
_PEOPLE = f"{_FORCE} SELECT COUNT(DISTINCT coalesce(employee, name || '|' || service)) FROM force"  # noqa: S608

_NEEDS = f"WITH {_CASES} SELECT COUNT(*) FROM cases WHERE notified_on BETWEEN :since AND :until"  # noqa: S608
_WAITED = f"""WITH {_CASES}, first AS (
    SELECT c.notified_on, MIN(a.from_date) AS began FROM appointment a JOIN cases c ON c.id = a.case_id
    WHERE a.present AND a.name <> '' AND c.notified_on IS NOT NULL GROUP BY c.id
)
SELECT CAST(julianday(began) - julianday(notified_on) AS INTEGER), COUNT(*) FROM first
WHERE began BETWEEN :since AND :until AND began >= notified_on GROUP BY 1"""  # noqa: S608

# When the answer came: the day its document was received, else the moment a person appointed.
_ANSWERS = """WITH asked AS (
    SELECT a.case_id, a.id, a.name, a.to_date, a.reply_due FROM appointment a CROSS JOIN casefile c ON c.id = a.case_id
    WHERE a.present AND a.requested_on IS NOT NULL AND a.reply_due BETWEEN :since AND :until
        AND c.municipality = :municipality AND c.phase <> 'merged'
)
SELECT reply_due, CASE WHEN name = '' THEN NULL ELSE coalesce((
        SELECT MIN(coalesce(d.received_at, e.at)) FROM event e LEFT JOIN document d ON d.id = e.document_id
        WHERE e.case_id = asked.case_id AND e.kind = 'coordinator-appointed'
            AND json_extract(e.data, '$.appointment') = asked.id), '') END AS answered,
    CASE WHEN name = '' THEN to_date END AS withdrawn, COUNT(*)
FROM asked GROUP BY 1, 2, 3"""

_BIRTHDAYS = f"""WITH {_CASES}
SELECT COUNT(DISTINCT CASE WHEN p.birth_date > :after AND p.birth_date <= :upto THEN p.id END),
    COUNT(DISTINCT CASE WHEN p.birth_date > :grown AND p.birth_date <= :growing THEN p.id END)
FROM person p CROSS JOIN cases c ON c.person_id = p.id
WHERE c.open AND p.municipality = :municipality AND (p.birth_date BETWEEN :after AND :upto OR p.birth_date BETWEEN :grown AND :growing)
    AND (p.deceased_on IS NULL OR p.deceased_on > :on) AND (p.moved_on IS NULL OR p.moved_on > :on)"""  # noqa: S608

_CLOSED = f"""WITH {_CASES}, gone AS (
    SELECT c.phase, coalesce(p.deceased_on <= c.closed_on, 0) OR coalesce(p.moved_on <= c.closed_on, 0) AS gone
    FROM cases c JOIN person p ON p.id = c.person_id
    WHERE c.phase IN ('closed', 'terminated') AND c.closed_on BETWEEN :since AND :until
)
SELECT coalesce(SUM(phase = 'closed' AND NOT gone), 0), coalesce(SUM(phase = 'terminated' AND NOT gone), 0),
    coalesce(SUM(gone), 0) FROM gone"""  # noqa: S608

_MATTERS = f"""WITH {_CASES}
SELECT coalesce(SUM(m.kind = 'refusal' AND m.done_on BETWEEN :since AND :until), 0),
    coalesce(SUM(m.kind = 'complaint' AND m."on" BETWEEN :since AND :until), 0),
    coalesce(SUM(m.kind = 'complaint' AND m.done_on BETWEEN :since AND :until), 0)
FROM matter m JOIN cases c ON c.id = m.case_id WHERE m.present AND m.kind IN ('refusal', 'complaint')"""  # noqa: S608

_SERVICES = """SELECT service FROM employee WHERE municipality = :municipality AND service <> ''
UNION SELECT service FROM role_holding WHERE municipality = :municipality AND service <> ''"""


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
        known = {row[0].casefold(): row[0] for row in self._rows(_SERVICES, bound)}
        (teams,) = self._rows(_COUNT_TEAMS, bound)
        counts = dict(
            zip(("teams.active", "teams.established", "teams.dissolved"), (teams[0], *teams[3:]), strict=True)
        )
        if counting.team_consent:
            counts["attention.consent_team"] = teams[1] or 0
        if counting.share_consent:
            counts["attention.consent_share"] = teams[2] or 0
        members: Counter[str] = Counter()
        for service, number in self._rows(_MEMBERS, bound):
            members[known.get(service.casefold(), OTHER)] += number
        counts["teams.members"] = members.total()
        counts["teams.changed"] = self._number(_CHANGED, bound)
        self._reports(counting, bound, counts)
        coordinators = self._coordinators(bound, known, counts)
        self._rest(counting, bound, counts)
        self._answers(counting, bound, counts, zone)
        days = {int(waited): int(number) for waited, number in self._rows(_WAITED, bound)}
        counts["needs.appointed"] = sum(days.values())
        services = {"teams.members": dict(members), "coordinators.in_force": dict(coordinators)}
        return Tally(counts=counts, services=services, days=days)

    def _reports(self, counting: Counting, bound: Mapping[str, Any], counts: dict[str, int]) -> None:
        if counting.report_due is None:
            return
        counts["reports.received"] = self._number(_RECEIVED, bound)
        owed = {
            "owed": min(counting.report_due, counting.until).isoformat(),
            "year": f"{counting.report_due.year}-01-01",
            "exempt": (counting.report_exempt_after or date.max).isoformat(),
        }
        counts["reports.missing"] = self._number(_MISSING, {**bound, **owed})

    def _coordinators(
        self, bound: Mapping[str, Any], known: Mapping[str, str], counts: dict[str, int]
    ) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        measures: Counter[str] = Counter()
        bare = 0
        for service, measure, number, without in self._rows(_COORDINATORS, bound):
            found[known.get(service.casefold(), OTHER)] += number
            measures[measure] += number
            bare += without
        counts["coordinators.in_force"] = found.total()
        for measure in ("coordinator", "child_coordinator"):
            counts[f"coordinators.{measure}"] = measures[measure]
        counts["coordinators.people"] = self._number(_PEOPLE, bound)
        counts["attention.deputy"] = bare
        return found

    def _rest(self, counting: Counting, bound: Mapping[str, Any], counts: dict[str, int]) -> None:
        asked = {
            _PLANS: ("existing", "active", "none", "informed", "needed", "not_today"),
            _CLOSED: ("closed_agreed", "closed_against_wish", "closed_gone"),
            _MATTERS: ("refused", "complaints", "complaints_decided"),
        }
        for question, names in asked.items():
            (row,) = self._rows(question, bound)
            group = "plans" if question is _PLANS else "decisions"
            counts.update({f"{group}.{name}": int(n) for name, n in zip(names, row, strict=True)})
        counts["needs.notified"] = self._number(_NEEDS, bound)
        ahead = month_later(counting.on, counting.months_ahead)
        consent, majority = counting.consent_age, counting.majority_age
        born = {
            "after": reached(consent, counting.on),
            "upto": reached(consent, ahead),
            "grown": reached(majority, counting.on),
            "growing": reached(majority, ahead),
        }
        ((counts["attention.consent_age"], counts["attention.majority"]),) = self._rows(
            _BIRTHDAYS, {**bound, **{name: day.isoformat() for name, day in born.items()}}
        )

    def _answers(
        self, counting: Counting, bound: Mapping[str, Any], counts: dict[str, int], zone: tzinfo
    ) -> None:
        """Requests whose deadline fell in the period, answered within it or not; one withdrawn before its deadline is neither (T-1)."""
        missed = counting.until + timedelta(days=1 if counting.over else 0)
        in_time = late = 0
        for due, answered, withdrawn, number in self._rows(_ANSWERS, bound):
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
    }
