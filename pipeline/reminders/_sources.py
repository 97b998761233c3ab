"""The days a rule may start from, found in a case (``DateSource``). Nothing of numbers: those stand in the rules and the profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.domain import Case, Fact, Matter, MatterKind, Phase
from pipeline.municipalities import DateSource, Law, Profile, ReminderRule
from pipeline.reminders._calendar import birthday, in_year
from pipeline.reminders._profile import phases, value_of


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A case as one rule sees it on a day."""

    case: Case
    profile: Profile
    law: Law
    rule: ReminderRule
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """One thing a rule is about. Steps count from ``day``; ``deadline`` None: the step's own day is the deadline.

    ``id`` tells it from others of the case under the same rule; ``""`` where the year does. ``due_fact``: letters say the deadline.
    """

    day: date
    deadline: date | None = None
    id: str = ""
    due_fact: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)


def occasions(view: View) -> Iterator[Occasion]:
    """What stands in the case under a rule; whether it is answered is asked of the rule's stop."""
    merged = view.case.phase is Phase.MERGED or bool(view.case.merged_into)
    if view.case.open or (view.rule.closed and not merged):
        yield from SOURCES[view.rule.source](view)


def _reply_due(view: View) -> Iterator[Occasion]:
    waiting = view.case.awaiting
    if waiting is None or waiting.reply_due is None:
        return
    yield Occasion(
        day=waiting.reply_due,
        deadline=waiting.reply_due,
        id=waiting.id,
        facts={
            "service": waiting.service,
            "measure": waiting.measure.value,
            "requested_on": waiting.requested_on,
            "reply_due": waiting.reply_due,
        },
    )


def _received(view: View) -> Iterator[Occasion]:
    case = view.case
    if case.phase not in (Phase.RECEIVED, Phase.ASSESSMENT):
        return
    came, weeks = case.notified_on or case.opened_on, view.profile.letters.expected_weeks
    expected = came + timedelta(weeks=weeks) if weeks is not None else None
    known = expected if expected is not None and expected > view.on else None
    yield Occasion(day=came, id=came.isoformat(), facts={"received_on": came, "expected_on": known})


def _report_year(view: View) -> Iterator[Occasion]:
    team, rules, year = view.case.team, view.profile.annual, view.on.year
    if team is None or not team.active or _exempt(view, year):
        return
    stated = rules.due or (rules.collect_on if rules.mode == "collect" else "")
    if not stated:
        yield Occasion(day=date(year, 12, 31), deadline=date(year, 12, 31), facts={"year": year})
        return
    deadline = view.law.deadline(in_year(year, stated), days=0, roll_to_workday=rules.roll_to_workday)
    said = deadline if rules.due else None
    yield Occasion(day=deadline, deadline=deadline, facts={"year": year, "due": said})


def _exempt(view: View, year: int) -> bool:
    """Whether the team is too new to owe that year's report."""
    established = view.case.team.established_on if view.case.team is not None else None
    after = view.profile.annual.exempt_established_after
    if established is None or established.year < year:
        return False
    return established.year > year or (bool(after) and established > in_year(year, after))


def _statistics_day(view: View) -> Iterator[Occasion]:
    for year in (view.on.year, view.on.year + 1, view.on.year - 1):
        day = in_year(year, view.profile.statistics.as_of)
        yield Occasion(day=day, deadline=day, id=str(year), facts={"year": year, "as_of": day})


def _meeting(view: View) -> Iterator[Occasion]:
    rules = view.profile.meetings
    for meeting in view.case.matters_of(MatterKind.MEETING, running=True):
        if meeting.on >= view.on and rules.agenda_days is not None and not meeting.about:
            agenda = meeting.on - timedelta(days=rules.agenda_days)
            facts: dict[str, Fact] = {"meeting_on": meeting.on, "agenda_due": agenda}
            yield Occasion(day=meeting.on, deadline=agenda, id=meeting.id, facts=facts)


def _meetings_in_year(view: View) -> Iterator[Occasion]:
    team, fewest = view.case.team, view.profile.meetings.min_per_year
    if team is None or not team.active or fewest is None:
        return
    for year in (view.on.year - 1, view.on.year):
        held = sum(
            1
            for meeting in view.case.matters_of(MatterKind.MEETING, running=False)
            if meeting.on.year == year and meeting.outcome != "called-off" and not meeting.about
        )
        whole = team.established_on is not None and team.established_on.year < year
        if whole and held < fewest:
            yield Occasion(day=date(year, 12, 31), deadline=date(year, 12, 31), id=str(year))


def _evaluation(view: View) -> Iterator[Occasion]:
    team = view.case.team
    if team is None or not team.active:
        return
    last = max((m.on for m in view.case.matters_of(MatterKind.EVALUATION) if m.on <= view.on), default=None)
    start = last or team.established_on
    if start is not None:
        yield Occasion(day=start, id=start.isoformat(), due_fact=True, facts={"last_on": last})


def _birthday(view: View) -> Iterator[Occasion]:
    person, years = view.case.person, value_of(view.profile, view.rule.age)
    if person.birth_date is None or not isinstance(years, int):
        return
    day = birthday(person.birth_date, years)
    coordinator = view.case.coordinator
    facts: dict[str, Fact] = {"birthday": day, "age": years}
    if coordinator is not None:
        facts["measure"] = coordinator.measure.value
    yield Occasion(day=day, deadline=day, id=day.isoformat(), facts=facts)


def _life_phase(view: View) -> Iterator[Occasion]:
    birth, coordinator = view.case.person.birth_date, view.case.coordinator
    if birth is None:
        return
    for phase, age in phases(view.profile):
        day = in_year(birth.year + age, view.profile.phases.starts_on)
        facts: dict[str, Fact] = {"phase": phase, "year": day.year}
        if coordinator is not None:
            facts["measure"] = coordinator.measure.value
        yield Occasion(day=day, deadline=day, id=phase, facts=facts)


def _consent_gap(view: View) -> Iterator[Occasion]:
    team, rules, terms = view.case.team, view.profile.consent, view.profile.terms
    if team is None or not team.active:
        return
    ages, kinds = view.profile.ages, []
    # One that was withdrawn is not asked for again by a batch: a person has a task.
    held = {
        kind: view.case.holds(kind, view.on, own_consent=ages.consent, majority=ages.majority)
        or ((newest := view.case.consent(kind)) is not None and newest.withdrawn_on is not None)
        for kind in ("establish", "register")
    }
    if rules.team_written_required and not held["establish"]:
        kinds.append(f"samtykke til {terms.team}")
    if rules.registration_required and not held["register"]:
        kinds.append(f"samtykke til registrering hos {terms.unit}")
    if kinds:
        yield Occasion(day=team.established_on or view.on, facts={"kinds": tuple(kinds)})


def _deputy_missing(view: View) -> Iterator[Occasion]:
    coordinator = view.case.coordinator
    if coordinator is not None and not coordinator.deputy_name:
        start = coordinator.from_date or view.on
        yield Occasion(day=start, facts={"measure": coordinator.measure.value})


def _expected_birth(view: View) -> Iterator[Occasion]:
    person = view.case.person
    if person.due_date is not None and person.birth_date is None:
        yield Occasion(day=person.due_date, id=person.due_date.isoformat())


def _consent_renewal(view: View) -> Iterator[Occasion]:
    for asked in view.case.matters_of(MatterKind.CONSENT_RENEWAL, running=True):
        # A matter about a document only waits for the consent to register, which is a gap of its own.
        if not asked.about:
            yield Occasion(day=asked.on, deadline=asked.due, id=asked.id, facts=_renewed(asked))


def _renewed(asked: Matter) -> dict[str, Fact]:
    """What the new consent is to cover, out of the matter's scope (``person:Ida Holm (BUP)``, ``age:16``) and text."""
    said = [entry.partition(":") for entry in asked.scope]
    ages = [name for kind, _, name in said if kind == "age" and name.isdecimal()]
    return {
        "new_members": tuple(name.partition(" (")[0] for kind, _, name in said if kind == "person"),
        "information": tuple(part for part in asked.text.split("; ") if part),
        "turned_age": int(ages[-1]) if ages else None,
    }


def _complaint(view: View) -> Iterator[Occasion]:
    """From the day it came: the law sets no number of days (B.2, B.1). One that was sent on waits for the complaint body, not for us."""
    for matter in view.case.matters_of(MatterKind.COMPLAINT, running=True):
        if matter.until is None:
            yield Occasion(day=matter.on, id=matter.id)


def _due(kind: MatterKind) -> Callable[[View], Iterator[Occasion]]:
    """The deadline of each matter of a kind that still runs; none for one without a deadline."""

    def found(view: View) -> Iterator[Occasion]:
        running: tuple[Matter, ...] = view.case.matters_of(kind, running=True)
        for matter in running:
            if matter.due is not None:
                yield Occasion(day=matter.due, deadline=matter.due, id=matter.id)

    return found


SOURCES: Mapping[DateSource, Callable[[View], Iterator[Occasion]]] = {
    DateSource.REPLY_DUE: _reply_due,
    DateSource.RECEIVED: _received,
    DateSource.INTERIM_REPLY: _due(MatterKind.INTERIM_REPLY),
    DateSource.REPORT_YEAR: _report_year,
    DateSource.STATISTICS_DAY: _statistics_day,
    DateSource.MEETING: _meeting,
    DateSource.MEETINGS_IN_YEAR: _meetings_in_year,
    DateSource.EVALUATION: _evaluation,
    DateSource.BIRTHDAY: _birthday,
    DateSource.LIFE_PHASE: _life_phase,
    DateSource.CONSENT_GAP: _consent_gap,
    DateSource.CONSENT_RENEWAL: _consent_renewal,
    DateSource.DEPUTY_MISSING: _deputy_missing,
    DateSource.EXPECTED_BIRTH: _expected_birth,
    DateSource.PRIOR_NOTICE: _due(MatterKind.PRIOR_NOTICE),
    DateSource.COMPLAINT: _complaint,
    DateSource.DEVIATION: _due(MatterKind.DEVIATION),
}

_AGE = ("birthday", "age", "measure")
GIVES: Mapping[DateSource, frozenset[str]] = {
    source: frozenset(facts)
    for source, facts in {
        DateSource.REPLY_DUE: ("service", "measure", "requested_on", "reply_due"),
        DateSource.RECEIVED: ("received_on", "expected_on"),
        DateSource.REPORT_YEAR: ("year", "due"),
        DateSource.STATISTICS_DAY: ("year", "as_of"),
        DateSource.MEETING: ("meeting_on", "agenda_due"),
        DateSource.EVALUATION: ("last_on", "due"),
        DateSource.BIRTHDAY: _AGE,
        DateSource.LIFE_PHASE: ("phase", "year", "measure"),
        DateSource.CONSENT_GAP: ("kinds",),
        DateSource.CONSENT_RENEWAL: ("new_members", "information", "turned_age"),
        DateSource.DEPUTY_MISSING: ("measure",),
    }.items()
}
"""The facts that a letter may be given by each source; one that isn't named gives none."""
