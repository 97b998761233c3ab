"""Any order of consents, withdrawals and reports: nobody is ever treated as consented whom the newest relevant statement doesn't cover.

Contract (R-54, R-55, R-57, T-18): a form counts from the day it is dated, a withdrawal from the day it came. For a member the newest
statement about them decides: a withdrawal of all, of their name or their service, or a consent, which then must be granted, signed, and
name them with their service, or name nobody and be given when they already belonged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.casework._holding import cover, holds
from pipeline.casework._scope import Cover, read_scope
from pipeline.domain import Case, Member, Submission
from tests.unit.casework.material import form, group_consent, need, report, situation, take

START = date(2026, 3, 1)
PEOPLE = (("Pål Aune", "Fysioterapi"), ("Pål Aune", "BUP"), ("Mari Lund", "Skole"), ("Kari Li", "PPT"))
SERVICES = ("Fysioterapi", "PPT")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement. ``names``: name and service, or "" and a service; empty: nobody is named."""

    kind: str
    days_old: int = 0
    yes: bool = True
    signed: bool = True
    names: tuple[tuple[str, str], ...] = ()


named = st.lists(st.sampled_from([*PEOPLE, *(("", service) for service in SERVICES)]), min_size=1, max_size=3)
statements = st.one_of(
    st.builds(
        Said,
        kind=st.just("sharing"),
        days_old=st.integers(0, 25),
        yes=st.booleans(),
        signed=st.booleans(),
        names=named.map(tuple),
    ),
    st.builds(
        Said, kind=st.just("team"), days_old=st.integers(0, 25), yes=st.booleans(), signed=st.booleans()
    ),
    st.just(Said(kind="all")),
    st.builds(Said, kind=st.just("part"), names=named.map(tuple)),
    st.builds(
        Said,
        kind=st.just("change"),
        names=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True).map(tuple),
    ),
)


def message(said: Said, on: date) -> Submission:
    """The form that says it, on the day it comes."""
    dated = (on - timedelta(days=said.days_old)).isoformat()
    if said.kind == "team":
        boxes = "establish share register voluntary" if said.yes else "establish register voluntary"
        return group_consent(boxes=boxes, date=dated, signed=said.signed)
    values: dict[str, object] = {"recipient.name": "Vilde Brekkås", "date": dated}
    if said.kind == "sharing":
        rows = tuple(
            {"name": n, "allowed": True, "service": s, "information": None} for n, s in said.names if n
        )
        services = [s for n, s in said.names if not n]
        values |= {
            "persons": rows,
            "share_with.other": services[0] if services else "",
            "share_with.ppt": "PPT" in services,
            "consents.share": said.yes,
            "guardian.name": "Siv Brekkås",
            "guardian.signed": said.signed,
        }
        return form("collaboration-consent", values)
    if said.kind in ("all", "part"):
        rows = tuple({"name": n or None, "service": s} for n, s in said.names)
        values |= {
            "withdraws.all": said.kind == "all",
            "withdraws.persons": said.kind == "part",
            "persons": rows,
            "guardian.signed": True,
        }
        return form("consent-withdrawal", values)
    members = tuple({"name": n, "service": s, "contact": None} for n, s in said.names)
    return report("change", members=members, on_call_members=())


def about(said: Said, member: Member) -> bool:
    """Whether a statement is about a member: every consent is, and a withdrawal of all, the name or the service."""
    if said.kind in ("sharing", "team", "all"):
        return True
    return said.kind == "part" and any(
        (name and name == member.name) or (not name and service == member.service)
        for name, service in said.names
    )


def allows(said: Said, on: date, member: Member) -> bool:
    """Whether a statement surely covers a member."""
    if not (said.kind in ("sharing", "team") and said.yes and said.signed):
        return False
    if said.kind == "team":
        return member.from_date is not None and on >= member.from_date
    services = [s for n, s in said.names if not n]
    ticked = {*services[:1], *(s for s in services if s == "PPT")}
    return (member.name, member.service) in said.names or member.service in ticked


@settings(max_examples=150, deadline=None)
@given(key=st.sampled_from(["orland", "sondre_land", "salangen"]), steps=st.lists(statements, max_size=9))
def test_r_54_r_55_nobody_is_consented_whom_the_newest_statement_leaves_out(
    key: str, steps: list[Said]
) -> None:
    """R-54, R-55: step by step, for each member that is there."""
    case: Case = take(None, need(), situation(key, START - timedelta(days=40))).case
    told: list[tuple[date, int, Said]] = []
    for number, said in enumerate(steps, start=1):
        on = START + timedelta(days=10 * number)
        case = take(case, message(said, on), situation(key, on), f"d{number}").case
        if said.kind != "change":
            told.append((on - timedelta(days=said.days_old), number, said))
        members = case.team.present if case.team is not None else ()
        assert all(read_scope(c.scope).texts == c.scope for c in case.consents)
        assert len({c.id for c in case.consents}) == len(case.consents)
        for member in members:
            if cover(case, situation(key, on), member) is not Cover.YES:
                continue
            relevant = [(day, at, one) for day, at, one in told if about(one, member)]
            day, _, newest = max(relevant, key=lambda item: item[:2])
            assert allows(newest, day, member), (member, newest)


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(statements, max_size=6), days=st.integers(0, 800))
def test_t_18_nothing_given_before_sixteen_holds_from_the_birthday_on(steps: list[Said], days: int) -> None:
    """T-18: whatever was said before, from sixteen it takes the young person's own consent."""
    case: Case = take(None, need(recipient__birth_date="2011-03-01"), situation("orland", START)).case
    for number, said in enumerate(steps, start=1):
        on = START + timedelta(days=10 * number)
        case = take(case, message(said, on), situation("orland", on), f"d{number}").case
    later = situation("orland", date(2027, 3, 1) + timedelta(days=days))
    assert not any(holds(case, later, kind) for kind in ("share", "establish", "register", "voluntary"))
    own = replace(case.consents[0], kind="share", given_on=date(2027, 3, 1), capacity="self", scope=())
    assert holds(replace(case, consents=(*case.consents, own)), later, "share")
