"""An application for a coordinator or a plan is a need notification in other words (F-000-1, F-002-2, F-002-3, F-002-4, F-004-1)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._details import day
from pipeline.casework._outcome import Situation
from pipeline.casework._parties import age_on
from pipeline.domain import FieldReading, FieldStatus, Submission, Value

REQUEST = "service-request"
_NEED = "need-notification"


def as_need(submission: Submission, situation: Situation) -> Submission:
    """The application as the notification it is; any other form as it was.

    Who applies for themselves, for their child or for a relative signs; a service that applies says that the person agreed (R-60).
    «Foresatt eller verge» is a guardian only of one who is surely of age; a child's is the next of kin, who won't be its guardian at eighteen (T-20).
    """
    if submission.form != REQUEST:
        return submission
    told: dict[str, Value] = {}
    signed = submission.ticked("signed")
    if submission.ticked("sender.service"):
        told |= {
            "oral_consent.date": submission.value("date"),
            "oral_consent.service": submission.value("reporter.service"),
            "oral_consent.contact": submission.value("reporter.contact"),
            "oral_consent.signed": signed and submission.ticked("consents.process"),
        }
    elif signed:
        name = submission.text("reported_by")
        if not name and submission.ticked("sender.self"):
            name = submission.text("recipient.name")
        row = {
            "place": submission.text("place") or None,
            "date": submission.text("date") or None,
            "name": name or None,
            "signed": True,
        }
        told["consent.signatures"] = (row,)
    born, arrived = day(submission, "recipient.birth_date"), situation.arrived
    if born is None or age_on(born, arrived) < situation.law.age("majority", arrived):
        child = born is not None or bool(submission.text("recipient.due_date"))
        told |= {
            "guardian.name": None,
            "next_of_kin.name": submission.value("guardian.name"),
            "next_of_kin.relation": "foresatt" if child and submission.text("guardian.name") else None,
        }
    readings = {name: FieldReading(value=value, status=FieldStatus.ACCEPTED) for name, value in told.items()}
    return replace(submission, form=_NEED, fields={**submission.fields, **readings})
