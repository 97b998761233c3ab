"""Every change in the register, with time, actor and cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen in a case."""

    CASE_OPENED = "case-opened"
    NEED_NOTIFIED = "need-notified"
    CONSENT_GIVEN = "consent-given"
    CONSENT_MISSING = "consent-missing"
    ATTACHMENT_RECEIVED = "attachment-received"
    COORDINATOR_APPOINTED = "coordinator-appointed"
    DESIGNATION_REQUESTED = "designation-requested"
    COORDINATOR_ENDED = "coordinator-ended"
    TEAM_ESTABLISHED = "team-established"
    TEAM_CHANGED = "team-changed"
    TEAM_DISSOLVED = "team-dissolved"
    ANNUAL_REPORT_REGISTERED = "annual-report-registered"
    PLAN_REPORTED = "plan-reported"
    PERSON_UPDATED = "person-updated"
    TASK_CREATED = "task-created"
    TASK_DONE = "task-done"
    CASE_ASSESSED = "case-assessed"
    CASE_GRANTED = "case-granted"
    CASE_REFUSED = "case-refused"
    CASE_CLOSED = "case-closed"
    CASE_REOPENED = "case-reopened"
    CASES_MERGED = "cases-merged"
    CASES_SPLIT = "cases-split"
    CLOSING_NOTICED = "closing-noticed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    PERSON_DIED = "person-died"
    PERSON_MOVED = "person-moved"
    MATTER_OPENED = "matter-opened"
    MATTER_CHANGED = "matter-changed"
    MATTER_CLOSED = "matter-closed"
    LANGUAGE_CHOSEN = "language-chosen"
    LETTER_RETURNED = "letter-returned"
    REMINDER_STOPPED = "reminder-stopped"
    JOURNALLED = "journalled"
    DOCUMENT_LINKED = "document-linked"
    DOCUMENT_UNLINKED = "document-unlinked"
    FIELD_CORRECTED = "field-corrected"
    FIELD_ACCEPTED = "field-accepted"
    SUBMISSION_REJECTED = "submission-rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One change: what, when (aware), who and why. ``cause`` is a document, a command or a rule; ``data`` is JSON.

    ``case`` is ``""`` for what happens to a form before anybody knows whose it is.
    """

    case: str
    kind: EventKind
    at: datetime
    actor: str
    cause: str
    data: Mapping[str, object] = field(default_factory=dict)
