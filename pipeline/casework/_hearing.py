"""Whether a child was heard before a decision about it, what the letter says of it, and who must see to it (R-65, B.17)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import age_on
from pipeline.domain import Case, Fact, Matter, MatterKind
from pipeline.errors import RefusedError

_HEARD, _NOT_HEARD = "child-heard", "child-not-heard"
_TASK = "child-to-be-heard"


def hear_child(case: Case, situation: Situation, *, on: date, view: str = "", why_not: str = "") -> Outcome:
    """Note that the child was heard on a day, with what it said (``view``), or why it wasn't (``why_not``).

    ``view`` stays in the case: the letter says only that the child was heard. ``why_not`` stands in the letter. A closed case takes it
    too: the task that a refusal or an ending left is answered there.
    Raises ``RefusedError`` (R-65) unless one of them is given, for a day to come, or for one who isn't a child.
    """
    if bool(view.strip()) == bool(why_not.strip()):
        raise RefusedError("Si enten hva barnet mente, eller hvorfor det ikke er hørt", rule="R-65")
    if on > situation.today:
        raise RefusedError("Barnet kan ikke være hørt en dag som ikke er kommet", rule="R-65")
    born = case.person.birth_date
    if born is None or on < born or age_on(born, on) >= situation.profile.ages.majority:
        raise RefusedError("Saken gjelder ikke et barn som kan høres", rule="R-65")
    ledger = Ledger(case, situation)
    ledger.open_matter(
        MatterKind.ASSESSMENT,
        on,
        done_on=on,
        outcome=_HEARD if view.strip() else _NOT_HEARD,
        text=view.strip() or why_not.strip(),
    )
    ledger.settle(_TASK)
    return ledger.outcome()


def child_heard(ledger: Ledger) -> dict[str, Fact]:
    """What a decision's letter says of hearing the child; where nobody has said, from the age of the profile a task and no words.

    Whoever consents alone decides for themselves. A younger child is heard when it can form a view: a person knows whether.
    """
    case, situation = ledger.case, ledger.situation
    ages, born = situation.profile.ages, case.person.birth_date
    if born is None or age_on(born, situation.today) >= ages.consent:
        return {}
    age, said = age_on(born, situation.today), _newest(case)
    if said is None:
        if age >= ages.hear:
            ledger.task(
                _TASK,
                "Det er tatt en avgjørelse om et barn, og det står ikke om barnet er hørt. Hør barnet, eller si hvorfor ikke:"
                " skjemaflyt heard SAK.",
                rule="R-65",
            )
        return {}
    if said.outcome == _NOT_HEARD:
        return {"child_not_heard": said.text}
    return {"child_heard": True, "child_great_weight": age >= ages.great_weight}


def _newest(case: Case) -> Matter | None:
    heard = [m for m in case.matters_of(MatterKind.ASSESSMENT) if m.outcome in (_HEARD, _NOT_HEARD)]
    return max(heard, key=lambda matter: matter.on, default=None)
