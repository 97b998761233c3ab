"""A form in the wrong case: what it brought is taken back; what can't be is named to a person (R-54, R-55)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._words import folded, listed
from pipeline.domain import Case, Consent, Event, EventKind, Measure, Member, Submission

TAKEN_BACK = "taken-back"
"""The kind of a consent that was another person's: the id stays used, the rest is gone."""
_LEFT = {
    EventKind.CASE_OPENED: "saken ble opprettet av skjemaet",
    EventKind.PERSON_UPDATED: "opplysninger om personen eller kontakter",
    EventKind.PLAN_REPORTED: "opplysninger om individuell plan",
    EventKind.COORDINATOR_APPOINTED: "koordinatoren som ble oppnevnt",
    EventKind.COORDINATOR_ENDED: "koordinatoren som sluttet",
    EventKind.TASK_DONE: "oppgaver som ble merket som gjort",
}
"""What a form may have led to that only a person can set right, in the words of the task."""


def take_back(
    case: Case,
    situation: Situation,
    *,
    form: Submission,
    document: str,
    happened: Sequence[Event],
    others: Sequence[Submission] = (),
    signed: Sequence[str] = (),
) -> Outcome:
    """Take a form's consents, requests, report, members and withdrawals out of a case again.

    ``happened``: what was written down when the form was linked. ``others``: the forms that stay in the case; what they say too, stays.
    ``signed``: ids of letters that followed and are signed or sent already. The rest is one task that names it.
    """
    ledger = Ledger(case, situation)
    consents = _consents(ledger, document, happened)
    requested = _requests(ledger, form, others, happened)
    reports = _reports(ledger, happened)
    members = _team(ledger, happened)
    for event in happened:
        if event.kind is EventKind.TASK_CREATED:
            _close_task(ledger, str(event.data.get("task")))
    ledger.note(
        EventKind.DOCUMENT_UNLINKED,
        document=document,
        consents=consents,
        requested=requested,
        reports=reports,
        members=members,
    )
    left = [what for kind, what in _LEFT.items() if any(event.kind is kind for event in happened)]
    if any(event.kind is EventKind.TEAM_CHANGED and not _joined(event) for event in happened):
        left.append("endrede opplysninger om koordinator, stedfortreder eller teamet")
    if signed:
        left.append(f"brev som alt er underskrevet eller sendt ({', '.join(signed)})")
    if left:
        ledger.task(
            "unlinked",
            f"Et skjema ({document}) er tatt ut av saken. Dette må en person rette: {listed(left)}.",
            rule="R-54",
        )
    return ledger.outcome()


def _consents(ledger: Ledger, document: str, happened: Sequence[Event]) -> tuple[str, ...]:
    given = {str(event.data["consent"]) for event in happened if "consent" in event.data}
    ended = {str(one) for event in happened for one in _texts(event, "withdrawn")}
    kept, taken = [], []
    for consent in ledger.case.consents:
        if consent.id in given and consent.document == document:
            taken.append(consent.id)
            kept.append(Consent(id=consent.id, kind=TAKEN_BACK, granted=False))
        elif consent.id in ended:
            taken.append(consent.id)
            kept.append(replace(consent, withdrawn_on=None))
        else:
            kept.append(consent)
    ledger.change(replace(ledger.case, consents=tuple(kept)))
    return tuple(taken)


def _requests(
    ledger: Ledger, form: Submission, others: Sequence[Submission], happened: Sequence[Event]
) -> tuple[str, ...]:
    if not any(event.kind is EventKind.NEED_NOTIFIED for event in happened):
        return ()
    case = ledger.case
    stays = {m for m in Measure for other in others if other.ticked(f"requested.{m.value}")}
    gone = tuple(m for m in case.requested if form.ticked(f"requested.{m.value}") and m not in stays)
    services = _services(form) - {name for other in others for name in _services(other)}
    told = set(_lines(form.text("needs"))) - {line for o in others for line in _lines(o.text("needs"))}
    asked = set(_lines(form.text("requested.other"))) - {
        line for o in others for line in _lines(o.text("requested.other"))
    }
    proposed = case.proposed_coordinator
    if proposed == form.text("proposed_coordinator"):
        proposed = next(
            (o.text("proposed_coordinator") for o in others if o.text("proposed_coordinator")), ""
        )
    ledger.change(
        replace(
            case,
            requested=tuple(m for m in case.requested if m not in gone),
            requested_other=_without(case.requested_other, asked),
            need=_without(case.need, told),
            services=tuple(one for one in case.services if folded(one) not in services),
            proposed_coordinator=proposed,
        )
    )
    return tuple(measure.value for measure in gone)


def _reports(ledger: Ledger, happened: Sequence[Event]) -> tuple[str, ...]:
    ids = {str(e.data["report"]) for e in happened if e.kind is EventKind.ANNUAL_REPORT_REGISTERED}
    case = ledger.case
    ledger.change(
        replace(case, annual_reports=tuple(one for one in case.annual_reports if one.id not in ids))
    )
    return tuple(sorted(ids))


def _team(ledger: Ledger, happened: Sequence[Event]) -> tuple[str, ...]:
    """Members it added go, members it took out come back, and a team it dissolved goes on."""
    team = ledger.case.team
    if team is None:
        return ()
    added = {one for event in happened for one in _joined(event)}
    back = {
        one for event in happened if event.kind is EventKind.TEAM_CHANGED for one in _texts(event, "left")
    }
    dissolved = any(event.kind is EventKind.TEAM_DISSOLVED for event in happened)
    ended = team.dissolved_on if dissolved else None
    today = ledger.situation.today
    members = tuple(
        Member(id=one.id, name="", to_date=today)
        if one.id in added
        else replace(one, to_date=None)
        if one.id in back or (ended is not None and one.to_date == ended)
        else one
        for one in team.members
    )
    new = replace(team, members=members, dissolved_on=None if dissolved else team.dissolved_on)
    founded = any(event.kind is EventKind.TEAM_ESTABLISHED for event in happened)
    alone = founded and all(one.id in added for one in team.members)
    ledger.change(replace(ledger.case, team=None if alone else new))
    return tuple(sorted(added | back))


def _close_task(ledger: Ledger, wanted: str) -> None:
    task = next((one for one in ledger.case.tasks if one.id == wanted and one.done_on is None), None)
    if (
        task is not None
        and sum(one.code == task.code for one in ledger.case.tasks if one.done_on is None) == 1
    ):
        ledger.settle(task.code)


def _joined(event: Event) -> tuple[str, ...]:
    """The members an event says were added."""
    if event.kind is EventKind.TEAM_ESTABLISHED:
        return _texts(event, "members")
    return _texts(event, "joined") if event.kind is EventKind.TEAM_CHANGED else ()


def _texts(event: Event, name: str) -> tuple[str, ...]:
    found = event.data.get(name)
    return tuple(str(one) for one in found) if isinstance(found, list | tuple) else ()


def _services(form: Submission) -> set[str]:
    return {folded(str(row["service"])) for row in form.rows("services") if row.get("service")}


def _lines(text: str) -> list[str]:
    return [folded(line) for line in text.splitlines() if line.strip()]


def _without(text: str, lines: set[str]) -> str:
    return "\n".join(line for line in text.splitlines() if folded(line) not in lines)
