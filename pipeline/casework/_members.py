"""The care team's members over time: who is new, who has left, whose details changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.casework._ledger import next_id
from pipeline.casework._words import folded, same
from pipeline.domain import Member, Row, Submission


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """One member as a report names them; ``name`` may be empty when only the service is told."""

    name: str
    service: str
    contact: str
    on_call: bool

    @property
    def label(self) -> str:
        """Name, or service where there is no name."""
        return self.name or self.service


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What became of the members: all of them, and the ids of the new, the ended and the changed."""

    members: tuple[Member, ...]
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.joined or self.left or self.changed)


def reported_members(submission: Submission) -> tuple[Reported, ...]:
    """The fixed and on-call members of a report, each once."""
    found: dict[tuple[str, str], Reported] = {}
    for field, on_call in (("members", False), ("on_call_members", True)):
        for row in submission.rows(field):
            told = Reported(
                name=_text(row, "name"),
                service=_text(row, "service"),
                contact=_text(row, "contact"),
                on_call=on_call,
            )
            if told.label:
                found.setdefault((folded(told.label), folded(told.service)), told)
    return tuple(found.values())


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


def apply(known: Sequence[Member], told: Iterable[Reported], on: date, *, leave: bool) -> Changes:
    """The members after a report. With ``leave``, those it no longer names have left on that day; they are never removed."""
    members = list(known)
    unmatched = {member.id for member in known if member.to_date is None}
    joined: list[str] = []
    changed: list[str] = []
    rest: list[Reported] = []
    # Name and service first: two persons of one name, each in a service of their own, stay two.
    for reported in told:
        if not _settle(members, reported, unmatched, changed, exact=True):
            rest.append(reported)
    for reported in rest:
        if _settle(members, reported, unmatched, changed, exact=False):
            continue
        member = Member(
            id=next_id("m", (m.id for m in members)),
            name=reported.label,
            service=reported.service,
            contact=reported.contact,
            on_call=reported.on_call,
            from_date=on,
        )
        members.append(member)
        joined.append(member.id)
    left = sorted(unmatched) if leave else []
    ended = tuple(replace(m, to_date=on) if m.id in left else m for m in members)
    return Changes(members=ended, joined=tuple(joined), left=tuple(left), changed=tuple(changed))


def _settle(
    members: list[Member], reported: Reported, unmatched: set[str], changed: list[str], *, exact: bool
) -> bool:
    """Find the member a report means and take over new details; whether one was found."""
    for place, member in enumerate(members):
        if member.id not in unmatched or not same(member.name, reported.label):
            continue
        if exact and not same(member.service, reported.service):
            continue
        unmatched.discard(member.id)
        fuller = replace(
            member,
            service=reported.service or member.service,
            contact=reported.contact or member.contact,
            on_call=reported.on_call,
        )
        if fuller != member:
            members[place] = fuller
            changed.append(member.id)
        return True
    return False


def end_all(members: Iterable[Member], on: date) -> tuple[Member, ...]:
    """Every member that was there has left on that day."""
    return tuple(replace(member, to_date=on) if member.to_date is None else member for member in members)


def moved(before: Sequence[Member], changes: Changes) -> list[Member]:
    """The members that a report knows by name, but now in another service and without the same phone or e-mail: another person, maybe."""
    known = {member.id: member for member in before}
    return [
        member
        for member in changes.members
        if member.id in changes.changed
        and (old := known[member.id]).service
        and not same(old.service, member.service)
        and not (old.contact and old.contact == member.contact)
    ]
