"""What was decided is assessed anew: which service coordinates, or whether to go on though an ending was noticed (F-000-5, F-000-7)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._closing import close
from pipeline.casework._ledger import Ledger
from pipeline.casework._noticing import (
    CLOSING,
    SERVICE,
    answer_notice,
    measure_of,
    reassessing,
    running_notice,
    withdraw_notice,
)
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, Letter, MatterKind
from pipeline.errors import RefusedError

_RULES = {SERVICE: "F-000-5", CLOSING: "F-000-7"}
_TASKS = {SERVICE: "service-reassessment", CLOSING: "closing-reassessment"}
_TEXTS = {
    SERVICE: "Det er bedt om ny vurdering av hvilken tjeneste som skal koordinere. Bytt tjeneste med skjemaflyt change SAK --service,"
    " eller behold den med skjemaflyt reassess SAK --goes-on --why.",
    CLOSING: "Den det gjelder vil fortsette. Vurder på nytt om vilkårene er oppfylt, og avgjør det med skjemaflyt reassess SAK"
    " --goes-on eller --ends, med --why. Til da avsluttes ingenting mot ønsket.",
}


def ask_reassessment(case: Case, situation: Situation, *, what: str, why: str, who: str = "") -> Outcome:
    """Take up a request to assess anew; ``what`` is ``SERVICE`` or ``CLOSING``, ``why`` the reasons of ``who`` asked.

    Raises ``RefusedError`` (F-000-5, F-000-7) without reasons, in a closed case, where it is asked for already, or there is nothing to assess.
    """
    rule = _RULES[what]
    if not case.open:
        raise RefusedError("Saken er avsluttet, så det er ikke noe å vurdere på nytt i den", rule=rule)
    if not why.strip():
        raise RefusedError("Si hvorfor det bes om ny vurdering", rule=rule)
    if reassessing(case, what) is not None:
        raise RefusedError("Det er alt bedt om denne vurderingen, og den er ikke avgjort", rule=rule)
    if what == SERVICE and case.coordinator is None and case.awaiting is None:
        raise RefusedError("Ingen tjeneste koordinerer i saken ennå. Oppnevn en i stedet", rule=rule)
    if measure_of(case) is None:
        raise RefusedError("Saken har ikke noe tiltak som kan fortsette", rule=rule)
    ledger = Ledger(case, situation)
    open_reassessment(ledger, what, why=why.strip(), who=who)
    return ledger.outcome()


def open_reassessment(ledger: Ledger, what: str, *, why: str = "", who: str = "", document: str = "") -> None:
    """Open the assessment with its task, once while it runs. A wish to go on is also the answer to a notice (B.1)."""
    if reassessing(ledger.case, what) is not None:
        return
    notice = running_notice(ledger.case) if what == CLOSING else None
    if notice is not None and why:
        ledger.adopt(answer_notice(ledger.case, ledger.situation, answer=why))
        ledger.settle("notice-answered")
    held = ledger.case.coordinator or ledger.case.awaiting
    about = notice.id if notice is not None else document or (held.id if held is not None else "")
    ledger.open_matter(
        MatterKind.REASSESSMENT, ledger.situation.arrived, about=about, text=why, who=who, scope=(what,)
    )
    ledger.task(_TASKS[what], _TEXTS[what], rule=_RULES[what])


def decide_reassessment(
    case: Case,
    situation: Situation,
    *,
    goes_on: bool,
    why: str,
    ends_on: date | None = None,
    letters: tuple[Letter, ...] = (),
) -> Outcome:
    """Decide what was asked for, with reasons: it goes on as it is, or it ends against the wish on ``ends_on`` (today when not said).

    Going on takes a notice back; ``letters`` are the case's. Ending follows ``close`` against the wish: its letter gives these reasons, and
    the one it concerns must have been noticed (R-45). Raises ``RefusedError`` with the rule that forbids it.
    """
    matter = reassessing(case, CLOSING) or reassessing(case, SERVICE)
    if matter is None:
        raise RefusedError("Det er ikke bedt om ny vurdering i denne saken", rule="F-000-7")
    what = CLOSING if CLOSING in matter.scope else SERVICE
    rule = _RULES[what]
    if not why.strip():
        raise RefusedError("Avgjørelsen skal begrunnes", rule=rule)
    if what == SERVICE and not goes_on:
        raise RefusedError(
            "Vurderingen gjelder hvilken tjeneste som koordinerer. Bytt tjeneste med: skjemaflyt change SAK --service", rule=rule
        )  # fmt: skip
    ledger = Ledger(case, situation)
    told = f"{matter.text}\n{why}".strip()
    ledger.change_matter(matter, done_on=situation.today, outcome="goes-on" if goes_on else "ends", text=told)
    ledger.settle(_TASKS[what], *(("closure-notice",) if what == CLOSING else ()))
    if not goes_on:
        ledger.adopt(close(ledger.case, situation, agreed=False, why=why, ends_on=ends_on or situation.today))
    elif what == CLOSING:
        if running_notice(ledger.case) is not None:
            ledger.adopt(withdraw_notice(ledger.case, situation, letters=letters))
        ledger.task(
            "tell-going-on",
            "Vilkårene er vurdert på nytt, og koordineringen fortsetter. Gi beskjed til den det gjelder og til koordinatoren.",
            rule=rule,
        )
    return ledger.outcome()
