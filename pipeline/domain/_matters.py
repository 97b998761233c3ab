"""What happens in a case over time beside its coordinator, team and consents: meetings, absences, complaints and the like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MatterKind(StrEnum):
    """What a matter is about, with what its days mean.

    ``assessment``: the unit's assessment of a need; begun on, decided on. ``refusal``: asked on, decided on. ``absence``: a
    coordinator away, from and to. ``handover``: one coordinator to the next, agreed on, done on. ``meeting``: held or to be held on.
    ``evaluation``: held on. ``prior_notice``: notice of ending against the wish, sent on, answer due. ``complaint``: received
    on, decided on. ``deviation``: a letter that went wrong, found at. ``conflict``: an employee kept out of the case, from and
    to. ``interim_reply``: sent on. ``consent_renewal``: asked for on, answered on. ``merger``: another case joined to this one on. ``reassessment``: what was decided is
    to be assessed anew, asked on, decided on. ``relay``: cooperation before a decision, begun on, ended on. ``designation``: who
    appointed a coordinator, and when. ``objection``: a youth who doesn't want the parents told (B.17), said on, ended on.
    """

    ASSESSMENT = "assessment"
    REFUSAL = "refusal"
    ABSENCE = "absence"
    HANDOVER = "handover"
    MEETING = "meeting"
    EVALUATION = "evaluation"
    PRIOR_NOTICE = "prior-notice"
    COMPLAINT = "complaint"
    DEVIATION = "deviation"
    CONFLICT = "conflict"
    INTERIM_REPLY = "interim-reply"
    CONSENT_RENEWAL = "consent-renewal"
    MERGER = "merger"
    REASSESSMENT = "reassessment"
    RELAY = "relay"
    DESIGNATION = "designation"
    OBJECTION = "objection"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One matter with its own course. It is open until ``done_on``.

    ``on``: when it began, came in or is held. ``until``: when it ends or is to end. ``due``: the deadline that follows from it.
    ``at``: the aware instant where hours count (``deviation``). ``outcome``: a stable code of how it ended. ``text`` in the unit's own
    words. ``who``: the person it is about, as written; ``employee``: when one of ours. ``about``: the appointment, letter, document,
    consent or case it concerns, by id; ``preparatory`` of a meeting before there is a coordinator (F-003-6). ``scope``: measures, persons or kinds of information, as the kind says.
    """

    id: str
    kind: MatterKind
    on: date
    until: date | None = None
    due: date | None = None
    done_on: date | None = None
    at: datetime | None = None
    outcome: str = ""
    text: str = ""
    who: str = ""
    employee: str | None = None
    about: str = ""
    scope: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still runs."""
        return self.done_on is None
