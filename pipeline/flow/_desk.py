"""What the journeys need, handed to them by ``wiring``: stores, declarations, folders, a clock and an actor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.casework import Situation, refuse_kept_out, without_kept_out
from pipeline.domain import Case
from pipeline.flow._clock import OSLO
from pipeline.flow._hidden import Hidden, hidden_from
from pipeline.flow._reading import ScanReader
from pipeline.forms import Forms
from pipeline.intake import Claims, Originals
from pipeline.municipalities import AssessmentRules, Municipalities
from pipeline.store import Register, Store
from pipeline.values import PostTowns

if TYPE_CHECKING:
    from pipeline.letters import LetterSpecs, PdfPress


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Everything one home works with. ``blanks`` is the folder of blank forms, ``assessment`` how a checklist speaks.

    ``letters`` loads and checks the templates, ``press`` finds LibreOffice, when first asked. ``now`` gives aware times; ``log`` is a
    structlog logger that is told nothing personal.
    """

    home: Path
    inbox: Path
    outbox: Path
    aside: Path
    store: Store
    forms: Forms
    municipalities: Municipalities
    letters: Callable[[], LetterSpecs]
    towns: PostTowns
    press: Callable[[], PdfPress]
    claims: Claims
    originals: Originals
    default_municipality: str
    retry_pauses: tuple[float, ...]
    now: Callable[[], datetime]
    actor: str
    log: Any
    holds_lock: bool = False
    blanks: Path = Path("templates") / "forms"
    scan_reader: ScanReader | None = None
    audit_share: float = 0.0
    pdf_batch: int = 30
    assessment: AssessmentRules = field(default_factory=AssessmentRules)

    def local_time(self) -> datetime:
        """The time it is in Norway."""
        return self.now().astimezone(OSLO)

    def today(self) -> date:
        """The day it is in Norway."""
        return self.local_time().date()

    def refuse_kept_out(self, register: Register, case: Case) -> None:
        """Raise ``RefusedError`` when the one at the desk has a conflict of interest in the case."""
        situation = self.situation(register, case, case.municipality, cause="conflict")
        refuse_kept_out(case, situation, self.actor, "Du")

    def hidden(self, register: Register) -> Hidden:
        """What every list leaves out for the one at the desk: what belongs to cases they are kept out of (B.1)."""
        return hidden_from(register, self.actor)

    def refuse_hidden(self, register: Register, document: str) -> None:
        """Raise ``RefusedError`` when a document belongs to a case that the one at the desk is kept out of."""
        record, hidden = register.document(document), self.hidden(register)
        if record is None or not hidden.holds(record):
            return
        for one in sorted(hidden.cases):
            case = register.case(one)
            if case is not None:
                self.refuse_kept_out(register, case)

    def situation(
        self,
        register: Register,
        case: Case | None,
        municipality: str,
        *,
        cause: str,
        received_at: datetime | None = None,
    ) -> Situation:
        """What casework must know of the world to decide; ``received_at`` when the message came in before now."""
        key = case.municipality if case is not None else municipality
        return Situation(
            profile=self.municipalities[key],
            law=self.municipalities.law,
            staff=without_kept_out(register.staff(key), case) if case is not None else register.staff(key),
            now=self.local_time(),
            actor=self.actor,
            cause=cause,
            received_on=received_at.astimezone(OSLO).date() if received_at is not None else None,
            others=_others(register, case) if case is not None else (),
        )


def _others(register: Register, case: Case) -> tuple[Case, ...]:
    """The person's other open cases in the same municipality: of the same person in the register, or with the same national number."""
    person = case.person
    found = {one.id for one in register.cases_of_person(person.id)}
    if person.national_id and person.birth_date is not None:
        born = register.cases_by_birth_date(case.municipality, person.birth_date)
        found |= {one.id for one in born if one.person.national_id == person.national_id}
    known = register.cases_by_id(sorted(found - {case.id}))
    return tuple(one for one in known if one.open and one.municipality == case.municipality)
