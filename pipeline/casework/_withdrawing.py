"""A consent withdrawn, wholly or in part: what it stops stops at once (R-54, T-24, F-001-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.casework._holding import TEAM_KINDS
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._meetings import stop_preparatory
from pipeline.casework._plans import runs, stop_plan
from pipeline.casework._renewal import end_renewals
from pipeline.casework._scope import Entry, Scope, read_scope
from pipeline.domain import Case, Consent, EventKind

OWN_KINDS = ("plan", "preparatory")
"""The consents that stand beside the team's: to the individual plan (R-50) and to a preparatory meeting (F-003-6)."""


def withdraw_all(
    ledger: Ledger, on: date, document: str, *, kinds: Sequence[str] = TEAM_KINDS, ended: bool = False
) -> None:
    """End every consent of the kinds. One that was never given is kept as withdrawn, so that an older form that comes later doesn't count.

    ``ended``: it lapses with the service (T-24), nobody withdrew it, and what was never given is left alone.
    """
    consents = list(ledger.case.consents)
    told: list[str] = []
    for kind in kinds:
        newest = ledger.case.consent(kind)
        if newest is not None and newest.valid:
            for at, one in enumerate(consents):
                if one.kind == kind and one.valid:
                    consents[at] = replace(one, withdrawn_on=on)
                    told.append(one.id)
            continue
        # Said again on a later day it is a newer statement; on the same day it is the same.
        whole = newest is not None and not read_scope(newest.scope).entries
        if newest is not None and whole and newest.withdrawn_on == on:
            continue
        if not ended:
            new = Consent(
                id=next_id("c", (one.id for one in consents)),
                kind=kind,
                granted=False,
                withdrawn_on=on,
                document=document,
            )
            consents.append(new)
            told.append(new.id)
    ledger.change(replace(ledger.case, consents=tuple(consents)))
    ledger.note(
        EventKind.CONSENT_WITHDRAWN, withdrawn=tuple(told), withdrawn_on=on, ended=ended, document=document,
        rule="T-24" if ended else "R-54",
    )  # fmt: skip
    _stop(ledger, on)
    if "share" in kinds:
        end_renewals(ledger, "withdrawn" if not ended else "ended")
        ledger.settle("consent-changed")


def whole(case: Case) -> tuple[str, ...]:
    """What «hele samtykket» means in a case: the team's consents, and those to plan and preparatory meeting where they were given."""
    return (*TEAM_KINDS, *(kind for kind in OWN_KINDS if case.consent(kind) is not None))


def _stop(ledger: Ledger, on: date) -> None:
    """Stop what rests on a consent of its own that is withdrawn."""
    for kind, stop in (("plan", stop_plan), ("preparatory", stop_preparatory)):
        consent = ledger.case.consent(kind)
        if consent is not None and consent.withdrawn_on is not None:
            stop(ledger, on)


def withdraw_part(ledger: Ledger, gone: Sequence[Entry], on: date, document: str, *, kind: str = "") -> None:
    """Take persons, services or kinds of information out of a consent; what is left goes on as it was.

    ``kind`` empty: out of the consent to share, and out of those to plan and preparatory meeting where they were given (F-001-5).
    """
    own = [one for one in OWN_KINDS if ledger.case.consented(one)]
    for one in [kind] if kind else ["share", *own]:
        _take_out(ledger, gone, on, document, one)
    _stop(ledger, on)


def _take_out(ledger: Ledger, gone: Sequence[Entry], on: date, document: str, kind: str) -> None:
    if not gone:
        return
    consent = ledger.case.consent(kind)
    consents = ledger.case.consents
    new_id = next_id("c", (one.id for one in consents))
    # What was never given, or was already withdrawn, is kept as withdrawn too: an older form that comes later doesn't count.
    kept = Consent(
        id=new_id, kind=kind, granted=False, withdrawn_on=on, scope=Scope(entries=tuple(gone)).texts, document=document
    )  # fmt: skip
    if consent is not None and consent.withdrawn_on is None:
        before = read_scope(consent.scope)
        left = before.less(gone)
        over = left.nothing_left(before)
        kept = replace(
            consent, id=new_id, scope=left.texts, document=document, withdrawn_on=on if over else None
        )
        consents = tuple(
            replace(one, withdrawn_on=on) if one.kind == kind and one.withdrawn_on is None else one
            for one in consents
        )
    elif consent is not None and not read_scope(consent.scope).entries:
        # All of it was withdrawn already, and still is on this later day.
        kept = replace(kept, scope=())
    elif consent is not None:
        kept = replace(kept, scope=read_scope(consent.scope).less(gone).texts)
    ledger.change(replace(ledger.case, consents=(*consents, kept)))
    # Whom and what stays in the case: an event is shown in more places.
    ledger.note(
        EventKind.CONSENT_WITHDRAWN, consent=kept.id, parts=len(gone), withdrawn_on=on, document=document, rule="R-54"
    )  # fmt: skip


def told_all(ledger: Ledger) -> None:
    """Ask a person to tell those who share that all of it has ended."""
    plan = " og planen" if runs(ledger.case) else ""
    ledger.task(
        "consent-withdrawn",
        "Hele samtykket er trukket tilbake, og det sendes ikke flere purringer om teamet. Gi beskjed i dag til alle som deler"
        f" opplysninger, og avgjør hva som skal skje med teamet{plan}.",
        rule="R-54",
    )


def told_persons(ledger: Ledger) -> None:
    """Ask a person to tell those who are named."""
    ledger.task(
        "consent-withdrawn-persons",
        "Samtykket er trukket tilbake for noen personer eller tjenester. Se under samtykker hvem det er, og gi dem beskjed i dag."
        " De får ikke flere brev i saken.",
        rule="R-54",
    )


def told_information(ledger: Ledger) -> None:
    """Ask a person to tell those who share what may no longer be shared."""
    ledger.task(
        "consent-withdrawn-information",
        "Samtykket er trukket tilbake for noen opplysninger. Se under samtykker hvilke, og gi beskjed i dag til dem som deler.",
        rule="R-54",
    )
