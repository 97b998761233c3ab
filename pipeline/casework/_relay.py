"""The services' own cooperation before there is a coordinator, and its end when one begins (R-9, R-10)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.domain import MatterKind

_TASK = "relay-until-decided"


def begin_relay(ledger: Ledger) -> None:
    """Until what was asked for is decided the services cooperate in the relay log, where the municipality does so (R-10); once only."""
    profile, case = ledger.situation.profile, ledger.case
    if not profile.relay.until_decided or case.coordinator is not None or case.awaiting is not None:
        return
    if case.matters_of(MatterKind.RELAY, running=True):
        return
    scope = tuple(measure.value for measure in case.requested)
    ledger.open_matter(MatterKind.RELAY, ledger.situation.arrived, scope=scope)
    where = f" i {profile.relay.system}" if profile.relay.system else ""
    ledger.task(
        _TASK,
        f"Søknaden er ikke avgjort. Til den er det, samarbeider tjenestene med stafettholder{where}: se at noen er det.",
        rule=profile.sources.get("relay.until_decided", "R-10"),
    )


def end_relay(ledger: Ledger, outcome: str) -> None:
    """The cooperation until the decision is over: there is one. ``outcome``: ``coordinator`` or ``refused`` (R-10)."""
    for matter in ledger.case.matters_of(MatterKind.RELAY, running=True):
        ledger.change_matter(matter, done_on=ledger.situation.today, outcome=outcome)
    ledger.settle(_TASK)


def close_relay(ledger: Ledger) -> None:
    """Whoever held the case until now stops when a coordinator begins (R-9)."""
    profile = ledger.situation.profile
    if profile.relay.close_on_appointment:
        where = f" i {profile.relay.system}" if profile.relay.system else ""
        ledger.task(
            "relay-to-close",
            f"Det er oppnevnt koordinator. Se om det står noe åpent{where}, og avslutt det: koordinatoren tar over.",
            rule=profile.sources.get("relay.close_on_appointment", "R-9"),
        )
