"""A youth who doesn't want the parents told: from twelve, until health law makes the youth of age (B.17, pbrl. § 3-4)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import age_on, objects
from pipeline.domain import Case, LetterOrder, MatterKind, PartyRole
from pipeline.errors import RefusedError

TASK = "parents-not-told"
"""The task while the parents get no letters: a person decides what they must know all the same."""


def object_to_parents(case: Case, situation: Situation, *, why: str) -> Outcome:
    """No letter goes to the parents from now on; those nobody has signed are withdrawn. ``why`` stays in the case (B.17).

    Raises ``RefusedError`` for somebody younger or older than the rule is for, and when it is registered already.
    """
    ages, born = situation.profile.ages, case.person.birth_date
    if born is None or not ages.great_weight <= age_on(born, situation.today) < ages.consent:
        raise RefusedError(
            f"Dette gjelder unge fra {ages.great_weight} til {ages.consent} år. Er den unge yngre, avgjør foreldrene; er den unge eldre, går "
            "brevene til den unge selv",
            rule="B.17",
        )
    if objects(case):
        raise RefusedError("Det er registrert fra før at foreldrene ikke skal ha brev", rule="B.17")
    ledger = Ledger(case, situation)
    ledger.open_matter(MatterKind.OBJECTION, situation.today, text=why)
    ledger.task(
        TASK,
        "Den unge vil ikke at foreldrene får vite det, så foreldrene får ingen brev. Stopp brev til dem som er underskrevet, og vurder om det er"
        " noe de må få vite likevel.",
        rule="B.17",
    )
    return ledger.outcome()


def end_objection(case: Case, situation: Situation) -> Outcome:
    """The parents get letters again. Raises ``RefusedError`` when nothing says that they don't (B.17)."""
    running = case.matters_of(MatterKind.OBJECTION, running=True)
    if not running:
        raise RefusedError("Saken har ingenting om at foreldrene ikke skal ha brev", rule="B.17")
    ledger = Ledger(case, situation)
    for matter in running:
        ledger.change_matter(matter, done_on=situation.today)
    ledger.settle(TASK)
    return ledger.outcome()


def withheld(order: LetterOrder, case: Case) -> bool:
    """Whether a letter is to parents who must not be told (B.17)."""
    return order.to.role is PartyRole.FAMILY and objects(case)
