"""Two cases about one person become one, and can be parted again; one coordinator and one plan at a time (R-4, R-8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from pipeline.casework._ending import ending
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._words import folded
from pipeline.domain import (
    AnnualReport,
    Appointment,
    Case,
    Consent,
    Contact,
    EventKind,
    Matter,
    MatterKind,
    Measure,
    Member,
    Phase,
    Team,
)
from pipeline.errors import RefusedError

_Child = TypeVar("_Child", Appointment, Contact, Consent, Member, AnnualReport, Matter)
MARK = "@"
"""What stands between a child's own id and the case it came from: ``a1@2026/7``. Such an id is never given to another."""


def merge(kept: Case, gone: Case, situation: Situation, *, same_person: bool) -> tuple[Outcome, Outcome]:
    """Join ``gone`` to ``kept``: what it holds goes on in ``kept``, and it stands as it was under the phase ``merged``.

    ``same_person``: the clerk has made sure. Raises ``RefusedError`` for another municipality, another person, an ended case to go on in,
    and when both have a coordinator (R-8), a team (R-1) or a plan in force (R-4).
    """
    _check(kept, gone, same_person=same_person)
    into, out = Ledger(kept, situation), Ledger(gone, situation)
    # Opened first, so that the merger's own matter is not among what is carried over.
    ended = ending(gone)
    out.open_matter(
        MatterKind.MERGER,
        situation.today,
        about=kept.id,
        outcome=gone.phase.value,
        text="merged-into",
        scope=tuple(matter.id for matter in ended),
    )
    for matter in ended:
        # It goes on in the other case.
        out.change_matter(matter, done_on=situation.today)
    taken = into.open_matter(
        MatterKind.MERGER, situation.today, about=gone.id, scope=_lacking(kept, gone), text="merged-from"
    )
    into.change(_joined(into.case, gone))
    out.change(replace(out.case, phase=Phase.MERGED, merged_into=kept.id))
    into.note(EventKind.CASES_MERGED, merged=gone.id, matter=taken.id, rule="R-8")
    out.note(EventKind.CASES_MERGED, into=kept.id, rule="R-8")
    if _disagree(kept, gone):
        into.task(
            "consents-differ",
            f"Denne saken og sak {gone.id} sier ulike ting om samtykke. Avklar hva som gjelder; til da gjelder det som ikke er gitt.",
            rule="R-54",
        )
    if any(task.done_on is None for task in gone.tasks):
        into.task(
            "merged-tasks", f"Sak {gone.id} er slått sammen med denne og har åpne oppgaver. Se dem der."
        )
    return into.outcome(), out.outcome()


def split(kept: Case, gone: Case, situation: Situation) -> tuple[Outcome, Outcome]:
    """Undo ``merge``: what came from ``gone`` leaves ``kept``, and ``gone`` goes on as it stood.

    What was changed in ``kept`` since is a task there. Raises ``RefusedError`` when ``gone`` is not merged into ``kept`` (R-8).
    """
    if gone.merged_into != kept.id or gone.phase is not Phase.MERGED:
        raise RefusedError("Sakene er ikke slått sammen", rule="R-8")
    into, out = Ledger(kept, situation), Ledger(gone, situation)
    was = [m for m in gone.matters_of(MatterKind.MERGER, running=True) if m.about == kept.id][-1]
    taken = [m for m in kept.matters_of(MatterKind.MERGER, running=True) if m.about == gone.id][-1]
    for matter in gone.matters:
        if matter.id in was.scope:
            out.change_matter(matter, done_on=None)
    if _since(kept, out.case):
        for ledger in (into, out):
            ledger.task(
                "split-changed",
                "Noe ble endret mens sakene var slått sammen. Se gjennom koordinator, team og samtykker i begge sakene.",
                rule="R-8",
            )
    into.change(_parted(into.case, gone, taken))
    into.change_matter(taken, done_on=situation.today, outcome="split")
    out.change_matter(was, done_on=situation.today)
    out.change(replace(out.case, phase=Phase(was.outcome), merged_into=""))
    into.note(EventKind.CASES_SPLIT, split=gone.id, rule="R-8")
    out.note(EventKind.CASES_SPLIT, split=kept.id, rule="R-8")
    return into.outcome(), out.outcome()


def _check(kept: Case, gone: Case, *, same_person: bool) -> None:
    if kept.id == gone.id:
        raise RefusedError("En sak kan ikke slås sammen med seg selv", rule="R-8")
    if kept.municipality != gone.municipality:
        raise RefusedError("Sakene hører til hver sin kommune", rule="municipality")
    if Phase.MERGED in (kept.phase, gone.phase):
        raise RefusedError("En av sakene er alt slått sammen med en annen", rule="R-8")
    if kept.person.id != gone.person.id and not same_person:
        raise RefusedError(
            "Sakene har hver sin person i registeret. Er det samme person, bekreft det med --same-person",
            rule="same-person",
        )
    births = {one.person.birth_date for one in (kept, gone)} - {None}
    if len(births) > 1:
        raise RefusedError(
            "Sakene har ulike fødselsdatoer, så de gjelder ikke samme person", rule="same-person"
        )
    if gone.open and not kept.open:
        raise RefusedError(
            "Den saken som skal bestå, er avsluttet, men ikke den andre. Bytt om på dem", rule="R-45"
        )
    if all(any(one.to_date is None for one in case.appointments) for case in (kept, gone)):
        raise RefusedError(
            "Begge sakene har koordinator, og det skal til enhver tid være én. Avslutt den ene først",
            rule="R-8",
        )
    if all(c.plan is not None and c.plan.exists and c.plan.active is not False for c in (kept, gone)):
        raise RefusedError(
            "Begge sakene har individuell plan, og en bruker kan bare ha én. Avklar hvilken som gjelder",
            rule="R-4",
        )
    if all(case.team is not None and case.team.active for case in (kept, gone)):
        raise RefusedError("Begge sakene har et team i arbeid. Avslutt det ene først", rule="R-1")


def _lacking(kept: Case, gone: Case) -> tuple[str, ...]:
    """What ``gone`` brings that isn't a child with an id, so that it can be taken out again."""
    brings = [f"requested:{m.value}" for m in gone.requested if m not in kept.requested]
    brings += [f"granted:{m.value}" for m in gone.granted if m not in kept.granted]
    brings += [f"service:{s}" for s in _new(kept.services, gone.services)]
    if _takes_plan(kept, gone):
        brings.append("plan")
    if kept.team is None:
        brings.append("no-team")
    elif _takes_team(kept, gone):
        brings.append(f"team:{kept.team.established_on or ''}|{kept.team.dissolved_on or ''}")
    if _takes_phase(kept, gone):
        brings.append(f"phase:{kept.phase.value}")
    return tuple(brings)


def _takes_plan(kept: Case, gone: Case) -> bool:
    return gone.plan is not None and (kept.plan is None or (not kept.plan.exists and bool(gone.plan.exists)))


def _takes_team(kept: Case, gone: Case) -> bool:
    return gone.team is not None and gone.team.active and (kept.team is None or not kept.team.active)


def _takes_phase(kept: Case, gone: Case) -> bool:
    """Whether the one with the coordinator says where the joined case stands."""
    running = any(one.to_date is None for one in gone.appointments)
    return running and kept.open and gone.open and not any(one.to_date is None for one in kept.appointments)


def _joined(kept: Case, gone: Case) -> Case:
    team = kept.team
    if gone.team is not None:
        members = _carried(gone.team.members, gone)
        old = team.members if team is not None else ()
        frame = gone.team if team is None or _takes_team(kept, gone) else team
        team = replace(frame, members=_with(old, members))
    return replace(
        kept,
        phase=gone.phase if _takes_phase(kept, gone) else kept.phase,
        requested=tuple(m for m in Measure if m in (*kept.requested, *gone.requested)),
        granted=tuple(m for m in Measure if m in (*kept.granted, *gone.granted)),
        services=(*kept.services, *_new(kept.services, gone.services)),
        contacts=_with(kept.contacts, _carried(gone.contacts, gone)),
        appointments=_with(kept.appointments, _carried(gone.appointments, gone)),
        team=team,
        consents=_consents(kept, gone),
        plan=gone.plan if _takes_plan(kept, gone) else kept.plan,
        annual_reports=_with(kept.annual_reports, _carried(gone.annual_reports, gone)),
        matters=_with(kept.matters, _carried(_own(gone), gone)),
    )


def _parted(kept: Case, gone: Case, taken: Matter) -> Case:
    brought = set(taken.scope)
    team = kept.team
    if team is not None:
        members = _without(team.members, gone)
        team = replace(team, members=members)
        if "no-team" in brought and not members:
            team = None
        for frame in (one for one in brought if one.startswith("team:")):
            established, _, dissolved = frame.removeprefix("team:").partition("|")
            team = Team(established_on=_day(established), dissolved_on=_day(dissolved), members=members)
    return replace(
        kept,
        phase=_phase(kept, gone, brought),
        requested=tuple(m for m in kept.requested if f"requested:{m.value}" not in brought),
        granted=tuple(m for m in kept.granted if f"granted:{m.value}" not in brought),
        services=tuple(s for s in kept.services if f"service:{s}" not in brought),
        contacts=_without(kept.contacts, gone),
        appointments=_without(kept.appointments, gone),
        team=team,
        consents=_without(kept.consents, gone),
        plan=None if "plan" in brought and kept.plan == gone.plan else kept.plan,
        annual_reports=_without(kept.annual_reports, gone),
        matters=_without(kept.matters, gone),
    )


def _since(kept: Case, gone: Case) -> bool:
    """Whether anything that was carried over has changed since, or a carried coordinator has a successor in ``kept``."""
    return any(
        (
            _differs(kept.contacts, gone.contacts, gone),
            _differs(kept.appointments, gone.appointments, gone),
            _differs(kept.consents, gone.consents, gone),
            _differs(kept.annual_reports, gone.annual_reports, gone),
            _differs(kept.matters, _own(gone), gone),
            _differs(
                kept.team.members if kept.team is not None else (),
                gone.team.members if gone.team is not None else (),
                gone,
            ),
        )
    )


def _differs(now: Iterable[_Child], before: Iterable[_Child], gone: Case) -> bool:
    held = {one.id: one for one in now if one.id.endswith(f"{MARK}{gone.id}")}
    return held != {one.id: one for one in _carried(before, gone)}


def _own(case: Case) -> tuple[Matter, ...]:
    """The matters that go along: not the mergers themselves."""
    return tuple(one for one in case.matters if one.kind is not MatterKind.MERGER)


def _carried(children: Iterable[_Child], gone: Case) -> tuple[_Child, ...]:
    return tuple(replace(one, id=f"{one.id}{MARK}{gone.id}") for one in children)


def _with(own: Iterable[_Child], carried: Iterable[_Child]) -> tuple[_Child, ...]:
    """The case's own children last, so that its own coordinator and consents count as the newer."""
    return tuple(chain(carried, own))


def _without(children: Iterable[_Child], gone: Case) -> tuple[_Child, ...]:
    return tuple(one for one in children if not one.id.endswith(f"{MARK}{gone.id}"))


def _new(known: Iterable[str], told: Iterable[str]) -> tuple[str, ...]:
    have = {folded(one) for one in known}
    return tuple(one for one in told if folded(one) not in have)


def _consents(kept: Case, gone: Case) -> tuple[Consent, ...]:
    """All consents of both; where the two disagree on a kind, the one that doesn't hold counts until a person has asked (R-54)."""
    carried = _carried(gone.consents, gone)
    doubtful = {
        f"{newest.id}{MARK}{gone.id}"
        for kind in {one.kind for one in gone.consents}
        if (newest := gone.consent(kind)) is not None and not newest.valid and kept.consented(kind)
    }
    return (
        *(one for one in carried if one.id not in doubtful),
        *kept.consents,
        *(one for one in carried if one.id in doubtful),
    )


def _disagree(kept: Case, gone: Case) -> bool:
    """Whether the cases say different things of a kind of consent."""
    kinds = {one.kind for one in kept.consents} & {one.kind for one in gone.consents}
    return any(kept.consented(kind) != gone.consented(kind) for kind in kinds)


def _phase(kept: Case, gone: Case, brought: set[str]) -> Phase:
    """Where the case stands when the other has left: as before, unless it has a coordinator of its own now."""
    own = any(one.to_date is None for one in _without(kept.appointments, gone))
    before = next((Phase(one.removeprefix("phase:")) for one in brought if one.startswith("phase:")), None)
    return before if before is not None and kept.open and not own else kept.phase


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
