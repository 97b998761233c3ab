"""Any order of valid messages and decisions keeps the register whole, in all five municipalities.

Contract: a message or decision gives an outcome or a ``RefusedError``, nothing else; and whatever came before,
no team or plan is without coordinator unless a task says so, the phase fits the appointments, one coordinates at a time, ids are unique, nothing is dropped,
and no letter has half a recipient: what isn't known is left open, and the letter waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.casework import (
    CLOSING,
    SERVICE,
    Appointer,
    Outcome,
    Situation,
    absence_ended,
    absent,
    appoint,
    ask_reassessment,
    assess,
    call_off_meeting,
    change,
    close,
    decide_reassessment,
    evaluate,
    foresee,
    handed_over,
    leave,
    meeting_held,
    notice,
    plan_meeting,
    receive,
    refuse,
    register_deputy,
    suggest,
    withdraw_notice,
)
from pipeline.casework._ending import ENDS_WITH_CASE
from pipeline.domain import Appointment, Case, EventKind, MatterKind, Measure, PartyRole, Phase, Submission
from pipeline.errors import RefusedError
from pipeline.municipalities import load_assessment
from pipeline.reminders import due, next_due
from tests.unit.casework.material import (
    ALL,
    ORAL,
    ROOT,
    STAFF,
    adult,
    form,
    group_consent,
    need,
    report,
    situation,
)

START = date(2026, 11, 1)
RULES = load_assessment(ROOT / "config" / "assessment.toml")
NAMES = st.sampled_from(["Pål Aune", "Mari Lund", "Čálbmi Sárá", "Kari Li", ""])
SERVICES = st.sampled_from(["Fysioterapi", "Skole", "PPT", ""])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": NAMES, "service": SERVICES, "contact": st.sampled_from([None, "+4772000009"])}
    ),
    max_size=4,
).map(tuple)
FLAGS = st.booleans()
CHECKLIST = st.lists(
    st.fixed_dictionaries(
        {
            "item": st.sampled_from([row for rows in RULES.groups.values() for row in rows]),
            "coordination": st.sampled_from([True, False, None]),
            "child_coordinator": st.sampled_from([True, False, None]),
            "coordinator": st.sampled_from([True, False, None]),
        }
    ),
    max_size=6,
).map(tuple)


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
    kind = draw(st.sampled_from(["need", "annual", "change", "dissolution", "consent", "map", "list"]))
    if kind == "need":
        return draw(notifications())
    if kind == "consent":
        boxes = draw(st.lists(st.sampled_from(["establish", "share", "register", "voluntary"])))
        return group_consent(boxes=" ".join(boxes), signed=draw(FLAGS))
    if kind == "map":
        return form("stakeholder-map", {})
    if kind == "list":
        return form("needs-checklist", {"items": draw(CHECKLIST), "plan.wanted": draw(FLAGS)})
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
    """Any of the unit's commands; rarely a closing or a refusal, which end most of what can follow."""
    return {
        "move": draw(st.sampled_from([*MOVES, "appoint", "appoint", "change"])),
        "refused": draw(st.sampled_from(list(Measure))),
        "agreed": draw(FLAGS),
        "measure": draw(st.sampled_from([Measure.COORDINATOR, Measure.CHILD_COORDINATOR])),
        "service": draw(st.sampled_from(["Ergoterapi", "Fysioterapi"])),
        "name": draw(st.sampled_from(["Ingunn Sætre", "Pål Aune", "Per Privat", ""])),
        "in_days": draw(st.sampled_from([0, 1, 10, 16, 40])),
    }


MOVES = (
    "appoint",
    "close",
    "assess",
    "refuse",
    "change",
    "handed-over",
    "absent",
    "back",
    "deputy",
    "meeting",
    "held",
    "off",
    "evaluate",
    "notice",
    "unnotice",
    "asks",
    "reassessed",
    "leaves",
)


APPOINTED: dict[str, object] = {
    "move": "appoint",
    "refused": Measure.CARE_GROUP,
    "agreed": True,
    "measure": Measure.COORDINATOR,
    "service": "Ergoterapi",
    "name": "Ingunn Sætre",
    "in_days": 0,
}


def decide(case: Case, where: Situation, decision: dict[str, object]) -> Outcome:
    """Carry a decision out."""
    move, flag = decision["move"], bool(decision["agreed"])
    today, name = where.today, str(decision["name"])
    day = today + timedelta(days=int(str(decision["in_days"])))
    planned = [m.on for m in case.matters_of(MatterKind.MEETING, running=True)]
    carried: dict[object, Callable[[], Outcome]] = {
        "close": lambda: close(case, where, agreed=flag, why="Slutt.", ends_on=day),
        "assess": lambda: assess(case, where),
        "refuse": lambda: refuse(case, where, measure=Measure(str(decision["refused"])), why="Nei."),
        "change": lambda: change(
            case,
            where,
            from_date=day,
            name=name,
            service=str(decision["service"]),
            contact="+4772000001",
            by=Appointer.LEADER if flag else None,
        ),
        "handed-over": lambda: handed_over(case, where, today),
        "absent": lambda: absent(
            case, where, from_date=day, until=day + timedelta(days=9), deputy_name=name, long=flag
        ),
        "back": lambda: absence_ended(case, where, today),
        "deputy": lambda: register_deputy(case, where, name=name),
        "meeting": lambda: plan_meeting(
            case, where, on=day, agenda=("Mål",), short_notice=flag, cleared=flag
        ),
        "held": lambda: meeting_held(case, where, on=planned[0] if planned else today),
        "off": lambda: call_off_meeting(case, where, on=planned[0] if planned else today),
        "evaluate": lambda: evaluate(case, where, on=today, ends_plan=flag, ends_team=not flag),
        "notice": lambda: notice(case, where, why="Behovet er over."),
        "unnotice": lambda: withdraw_notice(case, where),
        "asks": lambda: ask_reassessment(case, where, what=CLOSING if flag else SERVICE, why="Vil det."),
        "reassessed": lambda: decide_reassessment(case, where, goes_on=flag, why="Vurdert.", ends_on=day),
        "leaves": lambda: leave(case, where, how=EventKind.PERSON_MOVED, on=today),
    }
    if move in carried:
        return carried[move]()
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
    plan = case.plan
    if plan is not None and plan.exists and plan.active is not False and case.open and not case.coordinator:
        assert "plan-without-coordinator" in open_codes
    check_phase(case)
    if not case.open:
        assert case.coordinator is None
        assert case.awaiting is None
        assert case.team is None or not case.team.active
        # Nothing open is left that has a course of its own, so nothing a reminder could start from.
        assert not [m for m in case.matters if m.open and m.kind in ENDS_WITH_CASE]
        assert not list(due([case], ALL, START + timedelta(days=400), staff={case.municipality: STAFF}))
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


def check_phase(case: Case) -> None:
    """C.4: where a case stands and what it holds say the same."""
    noticed = case.phase is Phase.CLOSING_NOTICED
    assert noticed or (case.phase is Phase.ACTIVE) is (case.coordinator is not None)
    assert noticed is bool(case.matters_of(MatterKind.PRIOR_NOTICE, running=True))
    if case.awaiting is not None:
        assert case.phase in (Phase.AWAITING_DESIGNATION, Phase.ACTIVE, Phase.CLOSING_NOTICED)
    if case.phase is Phase.AWAITING_DESIGNATION:
        assert case.awaiting is not None
    if case.phase is Phase.REFUSED:
        assert not case.granted
        assert case.closed_on is not None
        assert case.matters_of(MatterKind.REFUSAL)
    if case.phase is Phase.RECEIVED:
        assert not any(a.name for a in case.appointments)
    refused = {measure for m in case.matters_of(MatterKind.REFUSAL) for measure in m.scope}
    for kind in (MatterKind.ABSENCE, MatterKind.ASSESSMENT, MatterKind.REFUSAL, MatterKind.RELAY):
        assert len(case.matters_of(kind, running=True)) <= 1
    assert len(refused) == len(case.matters_of(MatterKind.REFUSAL))
    for absence in case.matters_of(MatterKind.ABSENCE, running=True):
        assert case.coordinator is None or absence.about == case.coordinator.id
    assert len({m.id for m in case.matters}) == len(case.matters)
    assert [one.measure for one in suggest(case, situation(case.municipality), RULES)]


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from(sorted(ALL)),
    first=notifications(),
    begun=FLAGS,
    steps=st.lists(st.one_of(messages(), decisions(), decisions()), max_size=12),
)
def test_any_order_keeps_the_register_whole(
    key: str, first: Submission, begun: bool, steps: list[Submission | dict[str, object]]
) -> None:
    """R-1, R-4, R-8, C.4 and the ids, step by step; then the reminders of what came of it."""
    where = situation(key, START)
    keys: set[str] = set()
    outcome = receive(None, first, where, case_id="2026/1", document="d0")
    check(None, outcome, keys)
    if begun:
        # Most moves need a coordinator to begin with.
        steps = [APPOINTED, *steps]
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
