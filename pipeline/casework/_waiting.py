"""Documents that wait for the consent to register, and their way in when it comes (R-61)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.domain import Case, Matter, MatterKind

REPORT_WAITS = "report-not-registered"
"""The task of a report that may not be registered yet."""

_WAITS = "waits:register"
_READY = "may-register"
REPORT, CONSENT = "form:group-report", "form:group-consent"
"""What it is that waits."""


def wait(ledger: Ledger, document: str, form: str) -> None:
    """Keep in mind that a document waits for the consent to register; once for each."""
    if not any(m.about == document and _WAITS in m.scope for m in ledger.case.matters):
        ledger.open_matter(
            MatterKind.CONSENT_RENEWAL, ledger.situation.arrived, about=document, scope=(_WAITS, form)
        )


def let_in(ledger: Ledger, *, by: str = "") -> None:
    """The consent has come: what waits may come in. When a form gave it (``by``), it stands in the place of older ones that didn't."""
    for matter in _waiting(ledger.case):
        if by and CONSENT in matter.scope:
            outcome = "registered" if matter.about == by else "superseded"
            ledger.change_matter(matter, done_on=ledger.situation.today, outcome=outcome)
        elif matter.outcome != _READY:
            ledger.change_matter(matter, outcome=_READY)


def came_in(ledger: Ledger, document: str) -> None:
    """A document that waited is registered."""
    for matter in _waiting(ledger.case):
        if matter.about == document:
            ledger.change_matter(matter, done_on=ledger.situation.today, outcome="registered")
    if not any(REPORT in matter.scope for matter in _waiting(ledger.case)):
        ledger.settle(REPORT_WAITS)


def ready(case: Case) -> tuple[str, ...]:
    """The documents that waited for the consent to register and may now be taken in again, oldest first (R-61)."""
    return tuple(matter.about for matter in _waiting(case) if matter.outcome == _READY)


def _waiting(case: Case) -> list[Matter]:
    return [m for m in case.matters_of(MatterKind.CONSENT_RENEWAL, running=True) if _WAITS in m.scope]
