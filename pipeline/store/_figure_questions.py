"""The questions of ``_figures`` in SQL: aggregates over one municipality's cases, nobody's name in the answer.

``:on`` is the day whose state is counted, ``:since`` and ``:until`` bound the period. Days are ISO texts, so they compare as texts.
"""

from __future__ import annotations

_OPEN = """CASE WHEN c.closed_on IS NOT NULL THEN c.closed_on > :on AND c.opened_on <= :on
    ELSE c.phase NOT IN ('refused', 'closed', 'terminated') AND c.opened_on <= :on END"""
_CASES = f"""
cases AS (
    SELECT c.id, c.person_id, c.opened_on, c.closed_on, c.phase, c.notified_on, {_OPEN} AS open
    FROM casefile c WHERE c.municipality = :municipality AND c.phase <> 'merged'
)"""  # noqa: S608


def _consented(kind: str, day: str, *, on_the_day: bool = False) -> str:
    """Whether the newest consent of a kind holds at the end of a day, the person's age considered (T-18, T-20); ``on_the_day``: also
    one withdrawn that very day.
    """
    given = "coalesce(k.given_on, t.opened_on)"
    return f"""coalesce((
    SELECT valid FROM (
        SELECT k.granted AND k.signed AND (k.withdrawn_on IS NULL OR k.withdrawn_on {">=" if on_the_day else ">"} {day})
            AND NOT CASE WHEN {given} < t.own THEN t.own <= {day}
                WHEN k.capacity = 'parent' AND {given} < t.adult THEN t.adult <= {day} ELSE 0 END AS valid,
            MAX(k.position)
        FROM consent k WHERE k.case_id = t.case_id AND k.present AND k.kind = '{kind}' AND coalesce(k.given_on, '') <= {day})
    ), 0)"""  # noqa: S608 - our own words only


def _birthday(age: str) -> str:
    """The day somebody reaches an age (a parameter, ``+16 years``); born on 29 February, the last of February."""
    return f"""CASE WHEN p.birth_date LIKE '%-02-29' THEN date(p.birth_date, 'start of month', '+1 month', {age}, '-1 day')
        ELSE date(p.birth_date, {age}) END"""


# The newest version counts. An earlier one does too when the team was dissolved and later made anew: then it had two lives.
_TEAMS = f"""
teams AS MATERIALIZED (
    SELECT t.case_id, t.established_on, t.dissolved_on, c.opened_on, {_birthday(":own")} AS own, {_birthday(":adult")} AS adult
    FROM cases c JOIN team t ON t.case_id = c.id JOIN person p ON p.id = c.person_id
    WHERE t.known AND NOT EXISTS (
        SELECT 1 FROM team later WHERE later.case_id = t.case_id AND later.number > t.number
            AND NOT coalesce(later.known AND later.established_on >= t.dissolved_on, 0))
)"""  # noqa: S608 - our own words only
_ACTIVE = f"""active AS MATERIALIZED (
    SELECT t.* FROM teams t
    WHERE coalesce(t.established_on, t.opened_on) <= :on AND (t.dissolved_on IS NULL OR t.dissolved_on > :on)
        AND (:registration = 0 OR {_consented("register", ":on")})
)"""  # noqa: S608

TEAMS = f"""WITH {_CASES}, {_TEAMS}, {_ACTIVE}, reported AS MATERIALIZED (
    SELECT DISTINCT r.case_id FROM annual_report r WHERE r.present AND r.received_on BETWEEN :since AND :until
)
SELECT COUNT(*), coalesce(SUM(NOT {_consented("establish", ":on")}), 0), coalesce(SUM(NOT {_consented("share", ":on")}), 0),
    (SELECT COUNT(*) FROM teams t WHERE t.established_on BETWEEN :since AND :until
        AND (:registration = 0 OR {_consented("register", "t.established_on")} OR {_consented("register", ":until")})),
    (SELECT COUNT(*) FROM teams t WHERE t.dissolved_on BETWEEN :since AND :until
        AND (:registration = 0 OR {_consented("register", "t.dissolved_on", on_the_day=True)})),
    (SELECT COUNT(DISTINCT t.case_id) FROM teams t CROSS JOIN member m ON m.case_id = t.case_id
        WHERE m.present AND (m.from_date BETWEEN :since AND :until AND m.from_date > t.established_on
            OR m.to_date BETWEEN :since AND :until AND m.to_date < coalesce(t.dissolved_on, '9999'))
        AND (:registration = 0 OR {_consented("register", ":until")})),
    (SELECT COUNT(*) FROM reported r JOIN cases c ON c.id = r.case_id),
    (SELECT COUNT(DISTINCT t.case_id) FROM teams t
        WHERE coalesce(t.established_on, t.opened_on) <= :owed AND (t.dissolved_on IS NULL OR t.dissolved_on > :owed)
        AND (t.established_on IS NULL OR t.established_on < :year OR t.established_on <= :exempt)
        AND t.case_id NOT IN (SELECT case_id FROM reported)
        AND (:registration = 0 OR {_consented("register", ":owed")})),
    (SELECT json_group_array(json_array(service, number)) FROM (
        SELECT m.service, COUNT(*) AS number FROM active t CROSS JOIN member m ON m.case_id = t.case_id
        WHERE m.present AND coalesce(m.from_date, t.opened_on) <= :on AND (m.to_date IS NULL OR m.to_date > :on)
        GROUP BY m.service))
FROM active t"""  # noqa: S608
"""Teams: active; without a consent to the team, to share; established, dissolved, changed; reports received, missing; members by service."""

PLANS = f"""WITH {_CASES}
SELECT coalesce(SUM(p."exists" = 1), 0), coalesce(SUM(p."exists" = 1 AND p.active = 1), 0), coalesce(SUM(p."exists" = 0), 0),
    coalesce(SUM(p.informed = 1), 0), coalesce(SUM(p.needed = 1), 0), coalesce(SUM(p.not_today = 1), 0)
FROM cases c CROSS JOIN plan p ON p.case_id = c.id
WHERE c.open AND p.known AND coalesce(p.as_of, '') <= :on AND NOT EXISTS (
    SELECT 1 FROM plan later WHERE later.case_id = p.case_id AND later.number > p.number AND coalesce(later.as_of, '') <= :on)"""  # noqa: S608

COORDINATORS = f"""WITH {_CASES}, force AS MATERIALIZED (
    SELECT a.service, a.measure, a.deputy_name = '' AS bare, coalesce(a.employee, a.name || '|' || a.service) AS who
    FROM cases c CROSS JOIN appointment a ON a.case_id = c.id
    WHERE a.present AND a.name <> '' AND coalesce(a.from_date, c.opened_on) <= :on AND (a.to_date IS NULL OR a.to_date >= :on)
)
SELECT (SELECT COUNT(DISTINCT who) FROM force), (SELECT json_group_array(json_array(service, measure, number, bare)) FROM (
    SELECT service, measure, COUNT(*) AS number, SUM(bare) AS bare FROM force GROUP BY service, measure))"""  # noqa: S608

NEEDS = f"WITH {_CASES} SELECT COUNT(*) FROM cases WHERE notified_on BETWEEN :since AND :until"  # noqa: S608

WAITED = f"""WITH {_CASES}
SELECT CAST(julianday(a.from_date) - julianday(c.notified_on) AS INTEGER), COUNT(*)
FROM cases c CROSS JOIN appointment a ON a.case_id = c.id
WHERE a.from_date BETWEEN :since AND :until AND a.from_date >= c.notified_on AND a.present AND a.name <> '' AND NOT EXISTS (
    SELECT 1 FROM appointment b WHERE b.case_id = a.case_id AND b.present AND b.name <> ''
        AND (b.from_date < a.from_date OR b.from_date = a.from_date AND b.position < a.position))
GROUP BY 1"""  # noqa: S608

# When the answer came: the day its document was received, else the moment a person appointed. An appointment that a merger carried is
# named ``a1@2026/7``, after the case it came from: the event may stand there, or under the new name in the case that goes on.
ANSWERS = """WITH asked AS (
    SELECT a.case_id, a.id, a.name, a.to_date, a.reply_due FROM appointment a CROSS JOIN casefile c ON c.id = a.case_id
    WHERE a.present AND a.requested_on IS NOT NULL AND a.reply_due BETWEEN :since AND :until
        AND c.municipality = :municipality AND c.phase <> 'merged'
)
SELECT reply_due, CASE WHEN name = '' THEN NULL ELSE coalesce((
        SELECT MIN(coalesce(d.received_at, e.at))
        FROM json_each('["' || replace(asked.id || '@' || asked.case_id, '@', '","') || '"]') home
        CROSS JOIN event e ON e.case_id = home.value LEFT JOIN document d ON d.id = e.document_id
        WHERE e.kind = 'coordinator-appointed' AND instr(asked.id || '@' || asked.case_id || '@',
            json_extract(e.data, '$.appointment') || '@' || e.case_id || '@') = 1), '') END AS answered,
    CASE WHEN name = '' THEN to_date END AS withdrawn, COUNT(*)
FROM asked GROUP BY 1, 2, 3"""

# From the person to their cases, each by an index: a person's cases are all of the person's municipality.
BIRTHDAYS = f"""
SELECT COUNT(DISTINCT CASE WHEN p.birth_date > :after AND p.birth_date <= :upto THEN p.id END),
    COUNT(DISTINCT CASE WHEN p.birth_date > :grown AND p.birth_date <= :growing THEN p.id END)
FROM person p CROSS JOIN casefile c ON c.person_id = p.id
WHERE {_OPEN} AND c.phase <> 'merged' AND p.municipality = :municipality AND (p.birth_date BETWEEN :after AND :upto OR p.birth_date BETWEEN :grown AND :growing)
    AND (p.deceased_on IS NULL OR p.deceased_on > :on) AND (p.moved_on IS NULL OR p.moved_on > :on)"""  # noqa: S608

CLOSED = f"""WITH {_CASES}, gone AS (
    SELECT c.phase, coalesce(p.deceased_on <= c.closed_on, 0) OR coalesce(p.moved_on <= c.closed_on, 0) AS gone
    FROM cases c JOIN person p ON p.id = c.person_id
    WHERE c.phase IN ('closed', 'terminated') AND c.closed_on BETWEEN :since AND :until
)
SELECT coalesce(SUM(phase = 'closed' AND NOT gone), 0), coalesce(SUM(phase = 'terminated' AND NOT gone), 0),
    coalesce(SUM(gone), 0) FROM gone"""  # noqa: S608

MATTERS = f"""WITH {_CASES}
SELECT coalesce(SUM(m.kind = 'refusal' AND m.done_on BETWEEN :since AND :until), 0),
    coalesce(SUM(m.kind = 'complaint' AND m."on" BETWEEN :since AND :until), 0),
    coalesce(SUM(m.kind = 'complaint' AND m.done_on BETWEEN :since AND :until), 0)
FROM matter m JOIN cases c ON c.id = m.case_id WHERE m.present AND m.kind IN ('refusal', 'complaint')"""  # noqa: S608

SERVICES = """SELECT service FROM employee WHERE municipality = :municipality AND service <> ''
UNION SELECT service FROM role_holding WHERE municipality = :municipality AND service <> ''"""
