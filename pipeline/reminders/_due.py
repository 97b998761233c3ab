"""What is due on a day: the newest step of each rule that the day has reached, once per case, rule and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from pipeline.domain import Case, Fact, LetterOrder, Party, Staff
from pipeline.municipalities import Audience, Cadence, Municipalities, ReminderRule
from pipeline.reminders._recipients import Civil, Told, recipients
from pipeline.reminders._sources import View
from pipeline.reminders._steps import Step, newest, threads, view_of
from pipeline.reminders._stops import hindrance

_NOBODY = Staff()
EVERY_CADENCE: frozenset[Cadence] = frozenset(Cadence)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One reminder. ``order`` None: no letter may or can be made, and ``reason`` (one Norwegian sentence) is for a person.

    ``due`` is the deadline it is about. The store claims (``case``, ``rule``, ``period``); ``key`` is the order's. ``kind`` is the
    letter's kind, also when there is no order. ``task``: what the unit itself must do; then there is no letter. ``step`` is the day
    it fell due; ``closed``: also in a case that has ended; ``thread`` and ``stem`` are what the keys of its matter, and of this very step, begin with.
    """

    rule: str
    case: str
    municipality: str
    period: str
    due: date
    to: Party | None
    kind: str
    key: str
    order: LetterOrder | None
    reason: str
    cadence: Cadence
    step: date
    thread: str
    stem: str
    task: str = ""
    closed: bool = False


def due(
    cases: Iterable[Case],
    municipalities: Municipalities,
    on: date,
    *,
    staff: Mapping[str, Staff] | None = None,
    cadences: frozenset[Cadence] = EVERY_CADENCE,
    civil: Civil | None = None,
) -> Iterator[Due]:
    """What falls due by a day. Of several steps that a late run has passed, the newest stands for all.

    ``staff`` is by municipality; without it leaders are not known and their reminders become tasks. ``civil`` addresses those
    who are not ours.
    """
    for case in cases:
        people = (staff or {}).get(case.municipality, _NOBODY)
        for rule in municipalities.reminders:
            view = view_of(case, municipalities, rule, on) if rule.cadence in cadences else None
            for steps in threads(view) if view is not None else ():
                step = newest(steps, on)
                if view is not None and step is not None:
                    yield from _dues(view, step, people, civil)


def next_due(cases: Iterable[Case], municipalities: Municipalities, after: date) -> date | None:
    """The first day after ``after`` on which a letter may fall due; None when none is foreseen.

    What comes back while something is missing (``every``) has no day of its own and is not foreseen.
    """
    found: list[date] = []
    for case in cases:
        for rule in municipalities.reminders:
            for on in (after, date(after.year + 1, 1, 1)):
                view = view_of(case, municipalities, rule, on) if rule.every is None else None
                for steps in threads(view) if view is not None else ():
                    found += [step.on for step in steps if step.says.letter]
        if after + timedelta(days=1) in found:
            break  # none can be sooner
    return min((day for day in found if day > after), default=None)


def answered(case: Case, reminder: Due | LetterOrder, municipalities: Municipalities) -> bool:
    """Whether the answer has come, so that the reminder must not go out: a draft that waits is then stopped."""
    if not case.open:
        return True
    rule = rule_of(reminder.rule, municipalities)
    view = view_of(case, municipalities, rule, _step_day(reminder.key)) if rule is not None else None
    if view is None:
        return False
    stems = {_stem(view.rule, step) for steps in threads(view) for step in steps}
    return not any(reminder.key == stem or reminder.key.startswith(f"{stem}:") for stem in stems)


def stands(case: Case, wanted: str, municipalities: Municipalities, on: date) -> bool:
    """Whether a rule still asks something of a case; False when it is answered, or there is no such rule here (any more)."""
    rule = rule_of(wanted, municipalities)
    view = view_of(case, municipalities, rule, on) if rule is not None else None
    return view is not None and any(True for _ in threads(view))


def hindered(case: Case, order: LetterOrder, municipalities: Municipalities, on: date) -> str:
    """Why a reminder that waits may no longer go out, one sentence; ``""`` when it may."""
    rule = rule_of(order.rule, municipalities)
    profile = municipalities[case.municipality]
    return hindrance(case, profile, rule, on, order.to.employee) if rule is not None else ""


def rule_of(wanted: str, municipalities: Municipalities) -> ReminderRule | None:
    """The rule of an id; None when the declarations have none (any more)."""
    return next((rule for rule in municipalities.reminders if rule.id == wanted), None)


def overtakes(period: str, reminder: Due) -> bool:
    """Whether a reminder of that period, made before in the same case under the same rule, is of a later step in the same matter."""
    key = f"{reminder.rule}:{period}"
    return key.startswith(reminder.thread) and _step_day(key) > _step_day(reminder.key)


def _dues(view: View, step: Step, staff: Staff, civil: Civil | None) -> Iterator[Due]:
    terms = asdict(view.profile.terms)
    for told in recipients(view, step, staff, civil):
        employee = told.to.employee if told.to is not None else None
        task = step.says.task.format(**terms) if Audience.UNIT in step.says.to and told.to is None else ""
        reason = told.reason
        if not task:
            reason = hindrance(view.case, view.profile, view.rule, view.on, employee) or reason
        yield _due(view, step, told, reason, task, step.says.why.format(**terms))


def _due(view: View, step: Step, told: Told, reason: str, task: str, why: str) -> Due:
    stem = _stem(view.rule, step)
    order = None
    if told.to is not None and not reason:
        order = LetterOrder(
            key=f"{stem}{told.mark}",
            kind=step.says.letter,
            case=view.case.id,
            to=told.to,
            rule=view.rule.id,
            batch=True,
            facts=_facts(step),
        )
    return Due(
        rule=view.rule.id,
        case=view.case.id,
        municipality=view.case.municipality,
        period=f"{step.period}{told.mark}",
        due=step.deadline,
        to=told.to,
        kind=step.says.letter,
        key=f"{stem}{told.mark}",
        order=order,
        reason=task or reason or why,
        cadence=view.rule.cadence,
        step=step.on,
        thread=f"{view.rule.id}:{step.thread}",
        stem=stem,
        task=task,
        closed=view.rule.closed,
    )


def _stem(rule: ReminderRule, step: Step) -> str:
    return f"{rule.id}:{step.period}"


def _facts(step: Step) -> dict[str, Fact]:
    facts = dict(step.occasion.facts)
    if step.occasion.due_fact:
        facts["due"] = step.deadline
    wanted = step.says.facts or tuple(facts)
    return {name: fact for name, fact in facts.items() if fact is not None and name in wanted}


def _step_day(key: str) -> date:
    """The day in a reminder's key: its last day, or the Monday of its week; the first of its month or year."""
    for part in reversed(key.split(":")[1:]):
        for text in (part, f"{part}-1", f"{part}-01", f"{part}-01-01"):
            with suppress(ValueError):
                return date.fromisoformat(text)
    raise ValueError("a reminder's key holds no day")
