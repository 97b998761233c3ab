"""Prior notice before something ends against the wish, and the answer to it (B.1: fvl. § 16 as model, R-45)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.casework._delivery import tell_family
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, EventKind, Letter, LetterStatus, Matter, MatterKind, Measure, Phase
from pipeline.errors import RefusedError


def notice(case: Case, situation: Situation, *, why: str, ends_on: date | None = None) -> Outcome:
    """Give notice that the case may end, with ``closing.notice_days`` whole days to answer; ``why`` stands in the letter.

    Raises ``RefusedError`` when the case has ended, is noticed already, has nothing to end, or the day comes before the answer may (R-45).
    """
    if not case.open:
        raise RefusedError("Saken er allerede avsluttet", rule="R-45")
    if not why.strip():
        raise RefusedError("Et varsel skal begrunnes", rule="R-45")
    if running_notice(case) is not None:
        raise RefusedError(
            "Det er alt varslet i denne saken. Trekk varselet først med --withdraw", rule="R-45"
        )
    ground = measure_of(case)
    if ground is None:
        raise RefusedError("Saken har ikke noe tiltak som kan avsluttes", rule="R-45")
    due = situation.today + timedelta(days=situation.profile.closing.notice_days)
    if ends_on is not None and ends_on < due:
        raise RefusedError(f"Siste dag kan ikke være før svarfristen {due:%d.%m.%Y}", rule="R-45")
    ledger = Ledger(case, situation)
    matter = ledger.open_matter(MatterKind.PRIOR_NOTICE, situation.today, due=due, until=ends_on, text=why)
    ledger.change(replace(ledger.case, phase=Phase.CLOSING_NOTICED))
    ledger.note(EventKind.CLOSING_NOTICED, matter=matter.id, answer_due=due, ends_on=ends_on, rule="R-45")
    facts = {"measure": ground.value, "reasons": why, "answer_due": due, "ends_on": ends_on}
    tell_family(ledger, "prior-notice", matter.id, facts, ground)
    return ledger.outcome()


def answer_notice(case: Case, situation: Situation, *, answer: str) -> Outcome:
    """Keep what the person answered; the case may then be closed before the deadline. ``RefusedError`` without a notice or an answer (R-45)."""
    ledger, matter = _running(case, situation)
    if not answer.strip():
        raise RefusedError("Skriv hva den det gjelder svarte", rule="R-45")
    ledger.change_matter(matter, scope=(*matter.scope, answer), outcome="answered")
    ledger.task(
        "notice-answered",
        "Den det gjelder har svart på varselet. Vurder svaret før noe avsluttes, eller trekk varselet.",
        rule="R-45",
    )
    return ledger.outcome()


def withdraw_notice(
    case: Case, situation: Situation, *, why: str = "", letters: tuple[Letter, ...] = ()
) -> Outcome:
    """Take the notice back: the case goes on as before. A notice already signed or sent is a task: a person tells them."""
    ledger, matter = _running(case, situation)
    ledger.change_matter(matter, done_on=situation.today, outcome="withdrawn")
    waiting = case.coordinator is None and case.awaiting is not None
    ledger.change(replace(ledger.case, phase=Phase.AWAITING_DESIGNATION if waiting else Phase.ACTIVE))
    ledger.settle("notice-answered")
    ledger.note(EventKind.CASE_REOPENED, matter=matter.id, why=why, rule="R-45")
    gone = (LetterStatus.SIGNED, LetterStatus.SENT)
    if any(one.status in gone for one in letters if one.order.key.startswith(f"prior-notice:{matter.id}:")):
        ledger.task(
            "tell-notice-withdrawn",
            "Varselet om avslutning er trukket, men brevet er alt underskrevet eller sendt. Gi beskjed til den det gjelder.",
            rule="R-45",
        )
    return ledger.outcome()


def running_notice(case: Case) -> Matter | None:
    """The notice that runs, None when there is none."""
    return next(iter(case.matters_of(MatterKind.PRIOR_NOTICE, running=True)), None)


def while_noticed(case: Case, phase: Phase) -> Phase:
    """Where a case stands by a decision: a notice that runs is not taken back by an appointment (R-45)."""
    return Phase.CLOSING_NOTICED if running_notice(case) is not None else phase


SERVICE = "service"
"""The scope of an assessment of which service coordinates (F-000-5)."""
CLOSING = "closing"
"""The scope of an assessment of whether coordinator and plan go on (F-000-7)."""


def reassessing(case: Case, what: str) -> Matter | None:
    """The new assessment that runs, of ``SERVICE`` or ``CLOSING``; None when there is none."""
    running = case.matters_of(MatterKind.REASSESSMENT, running=True)
    return next((m for m in running if what in m.scope), None)


def measure_of(case: Case) -> Measure | None:
    """What the case grants, for the letters about it: the coordinator's measure now, else the last one, else the first granted."""
    for found in (case.coordinator, case.awaiting, *reversed(case.appointments)):
        if found is not None:
            return found.measure
    return case.granted[0] if case.granted else None


def check_noticed(
    case: Case,
    situation: Situation,
    *,
    noticed_on: date | None,
    answer: str,
    without_notice: bool,
    why_not: str,
) -> None:
    """See that the one it concerns was heard before an ending against the wish; ``RefusedError`` otherwise (R-45, B.1).

    A notice on paper (``noticed_on``) counts as one given here. An answer is enough; so is a reason for giving no notice.
    """
    if without_notice:
        if not why_not.strip():
            raise RefusedError("Si hvorfor det ikke er varslet, med --why-not", rule="R-45")
        return
    given = running_notice(case)
    if answer.strip() or (given is not None and given.scope):
        return
    if given is not None and given.due is not None:
        due = given.due
    elif noticed_on is not None:
        due = noticed_on + timedelta(days=situation.profile.closing.notice_days)
    else:
        raise RefusedError(
            "Avslutning mot ønske skal varsles først. Varsle med: skjemaflyt notice, eller si hvorfor ikke med --without-notice"
            " --why-not",
            rule="R-45",
        )
    if situation.today < due:
        raise RefusedError(
            f"Den det gjelder har frist til {due:%d.%m.%Y} med å svare på varselet. Har de svart, skriv det med --answer",
            rule="R-45",
        )


def _running(case: Case, situation: Situation) -> tuple[Ledger, Matter]:
    found = running_notice(case)
    if found is None:
        raise RefusedError("Det er ikke varslet noen avslutning i denne saken", rule="R-45")
    return Ledger(case, situation), found
