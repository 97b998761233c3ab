"""Documents that wait for the consent to register, and their way in when it comes (R-61)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.domain import Case, MatterKind

REPORT_WAITS = "report-not-registered"
"""The task of a report that may not be registered yet."""

_WAITS = ("waits:register",)
_READY = "may-register"


def wait(ledger: Ledger, document: str) -> None:
    """Keep in mind that a document waits for the consent to register; once for each."""
    if not any(m.about == document and m.scope == _WAITS for m in ledger.case.matters):
        ledger.open_matter(MatterKind.CONSENT_RENEWAL, ledger.situation.arrived, about=document, scope=_WAITS)


def let_in(ledger: Ledger, *, but: str = "") -> None:
    """The consent has come: what waits may come in. A waiting ``but`` that is itself the consent has come in already."""
    for matter in ledger.case.matters_of(MatterKind.CONSENT_RENEWAL, running=True):
        if matter.scope != _WAITS:
            continue
        if matter.about == but:
            ledger.change_matter(matter, done_on=ledger.situation.today, outcome="registered")
        elif matter.outcome != _READY:
            ledger.change_matter(matter, outcome=_READY)


def came_in(ledger: Ledger, document: str) -> None:
    """A document that waited is registered."""
    for matter in ledger.case.matters_of(MatterKind.CONSENT_RENEWAL, running=True):
        if matter.scope == _WAITS and matter.about == document:
            ledger.change_matter(matter, done_on=ledger.situation.today, outcome="registered")
    if not any(m.scope == _WAITS for m in ledger.case.matters_of(MatterKind.CONSENT_RENEWAL, running=True)):
        ledger.settle(REPORT_WAITS)


def ready(case: Case) -> tuple[str, ...]:
    """The documents that waited for the consent to register and may now be taken in again, oldest first (R-61)."""
    return tuple(
        matter.about
        for matter in case.matters_of(MatterKind.CONSENT_RENEWAL, running=True)
        if matter.scope == _WAITS and matter.outcome == _READY
    )
