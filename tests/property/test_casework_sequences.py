"""Any order of valid messages and decisions keeps the register whole, in all five municipalities.

Contract: a message or decision gives an outcome or a ``RefusedError``, nothing else; and whatever came before,
no team is without coordinator unless a task says so, one coordinates at a time, ids are unique, nothing is dropped,
and no letter has half a recipient: what isn't known is left open, and the letter waits for it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.casework import Outcome, Situation, appoint, close, foresee, receive
from pipeline.domain import Appointment, Case, Measure, PartyRole, Submission
from pipeline.errors import RefusedError
from pipeline.reminders import due, next_due
from tests.unit.casework.material import ALL, ORAL, STAFF, adult, form, group_consent, need, report, situation

START = date(2026, 11, 1)
NAMES = st.sampled_from(["Pål Aune", "Mari Lund", "Čálbmi Sárá", "Kari Li", ""])
SERVICES = st.sampled_from(["Fysioterapi", "Skole", "PPT", ""])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": NAMES, "service": SERVICES, "contact": st.sampled_from([None, "+4772000009"])}
    ),
    max_size=4,
).map(tuple)
FLAGS = st.booleans()


@st.composite
def notifications(draw: st.DrawFn) -> Submission:
    """Need notifications of many kinds."""
    changes: dict[str, object] = {
        "requested.child_coordinator": draw(FLAGS),
        "requested.care_group": draw(FLAGS),
        "recipient.birth_date": draw(
            st.sampled_from(["2016-03-01", "2011-06-01", "2010-01-01", "1980-05-04", None])
        ),
        "recipient.due_date": draw(st.sampled_from([None, "2027-02-01"])),
        "recipient.phone": draw(st.sampled_from(["+4790000001", "+4790000002", ""])),
        "recipient.address": draw(st.sampled_from(["Strandgata 14", ""])),
        "guardian.name": draw(st.sampled_from(["", "Aud Verge"])),
        "reported_by": draw(st.sampled_from(["Siv Brekkås", "Vilde Brekkås", "Nils Nabo", ""])),
    }
    if draw(FLAGS):
        changes |= ORAL
    if draw(FLAGS):
        changes["consent.signatures"] = ()
    base = draw(st.sampled_from([need, adult]))
    return form("need-notification", {k: f.value for k, f in base().fields.items()} | changes)


@st.composite
def messages(draw: st.DrawFn) -> Submission:
    """Any message that may come to an open case."""
    kind = draw(st.sampled_from(["need", "annual", "change", "dissolution", "consent", "map"]))
    if kind == "need":
        return draw(notifications())
    if kind == "consent":
        boxes = draw(st.lists(st.sampled_from(["establish", "share", "register", "voluntary"])))
        return group_consent(boxes=" ".join(boxes), signed=draw(FLAGS))
    if kind == "map":
        return form("stakeholder-map", {})
    return report(
        kind,
        members=draw(ROWS),
        on_call_members=draw(ROWS),
        coordinator__name=draw(st.sampled_from(["Ingunn Sætre", "Pål Aune", ""])),
        deputy__name=draw(NAMES),
        plan__exists=draw(st.sampled_from([True, False, None])),
    )


@st.composite
def decisions(draw: st.DrawFn) -> dict[str, object]:
    """An appointment, a request, or (rarely) a closing, some days on."""
    return {
        "close": draw(st.integers(0, 5)) == 0,
        "agreed": draw(FLAGS),
        "measure": draw(st.sampled_from([Measure.COORDINATOR, Measure.CHILD_COORDINATOR])),
        "service": draw(st.sampled_from(["Ergoterapi", "Fysioterapi"])),
        "name": draw(st.sampled_from(["Ingunn Sætre", "Pål Aune", "Per Privat", ""])),
        "in_days": draw(st.integers(0, 40)),
    }


def decide(case: Case, where: Situation, decision: dict[str, object]) -> Outcome:
    """Carry a decision out."""
    day = where.today + timedelta(days=int(str(decision["in_days"])))
    if decision["close"]:
        return close(case, where, agreed=bool(decision["agreed"]), why="Slutt.", ends_on=day)
    chosen = {key: decision[key] for key in ("measure", "service", "name")}
    return appoint(case, where, **chosen, from_date=day, contact="+4772000001")


def overlap(one: Appointment, other: Appointment) -> bool:
    """Whether two named appointments are in force the same day."""
    first = (one.from_date or date.min, one.to_date or date.max)
    second = (other.from_date or date.min, other.to_date or date.max)
    return max(first[0], second[0]) <= min(first[1], second[1])


def check(before: Case | None, outcome: Outcome, keys: set[str]) -> None:
    """What holds after every step."""
    case = outcome.case
    open_codes = {task.code for task in case.tasks if task.done_on is None}
    if case.team is not None and case.team.active and case.open and case.coordinator is None:
        assert "team-without-coordinator" in open_codes
    named = [a for a in case.appointments if a.name]
    assert sum(a.to_date is None for a in named) <= 1
    assert sum(a.to_date is None and not a.name for a in case.appointments) <= 1
    assert not any(overlap(a, b) for i, a in enumerate(named) for b in named[i + 1 :])
    members = case.team.members if case.team else ()
    for children in (
        case.tasks,
        case.appointments,
        case.consents,
        case.contacts,
        case.annual_reports,
        members,
    ):
        ids = [child.id for child in children]
        assert len(set(ids)) == len(ids)
    if before is not None and before.id == case.id:
        assert {t.id for t in before.tasks} <= {t.id for t in case.tasks}
        assert {c.id for c in before.consents} <= {c.id for c in case.consents}
        assert {m.id for m in (before.team.members if before.team else ())} <= {m.id for m in members}
    if not case.open:
        assert case.coordinator is None
        assert case.awaiting is None
        assert case.team is None or not case.team.active
    for event in outcome.events:
        assert event.case == case.id
        json.dumps(dict(event.data))
    for order in outcome.letters:
        assert order.key not in keys
        keys.add(order.key)
        # An empty place waits until somebody fills it; half an address or half a name never goes out.
        assert order.to.name or order.to.role is PartyRole.MANAGER
        assert order.to.employee or len(order.to.address_lines) in (0, 2)
        assert not any(fact in (None, "") for fact in order.facts.values())
        assert order.case == case.id
    assert len(foresee(outcome)) >= len(outcome.letters)


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from(sorted(ALL)),
    first=notifications(),
    steps=st.lists(st.one_of(messages(), decisions()), max_size=9),
)
def test_any_order_keeps_the_register_whole(
    key: str, first: Submission, steps: list[Submission | dict[str, object]]
) -> None:
    """R-1, R-8 and the ids, step by step; then the reminders of what came of it."""
    where = situation(key, START)
    keys: set[str] = set()
    outcome = receive(None, first, where, case_id="2026/1", document="d0")
    check(None, outcome, keys)
    for number, step in enumerate(steps, start=1):
        where = replace(where, now=where.now + timedelta(days=17))
        before = outcome.case
        try:
            outcome = (
                decide(before, where, step)
                if isinstance(step, dict)
                else receive(before, step, where, case_id=f"2026/{number + 1}", document=f"d{number}")
            )
        except RefusedError:
            continue
        if outcome.case.id != before.id:
            keys = set()
        check(before, outcome, keys)
    on = START + timedelta(days=365)
    found = list(due([outcome.case], ALL, on, staff={key: STAFF}))
    assert all((item.order is None) == (item.to is None) or item.reason for item in found)
    following = next_due([outcome.case], ALL, on)
    assert following is None or following > on


@settings(max_examples=60, deadline=None)
@given(first=notifications(), steps=st.lists(messages(), max_size=5))
def test_a_protected_address_never_gets_a_letter(first: Submission, steps: list[Submission]) -> None:
    """B.11: whatever comes, no order shows the address."""
    where = situation("orland", START)
    case = receive(None, first, where, case_id="2026/1", document="d0").case
    case = replace(case, person=replace(case.person, protected=True))
    for number, step in enumerate(steps, start=1):
        outcome = receive(case, step, where, case_id=f"2026/{number + 1}", document=f"d{number}")
        case = outcome.case
        assert not any("Strandgata 14" in order.to.address_lines for order in outcome.letters)
