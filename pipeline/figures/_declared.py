"""The figures, declared: what each is called, which group it stands in and where it is asked for (register A7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Figures that stand together. ``asked``: the word of ``statistics.annual`` that puts them first."""

    id: str
    label: str
    asked: str = ""


GROUPS = (
    Group(id="teams", label="Team", asked="teams"),
    Group(id="plans", label="Individuelle planer", asked="plans"),
    Group(id="coordinators", label="Koordinatorer", asked="coordinators"),
    Group(id="reports", label="Årlige rapporter", asked="reports"),
    Group(id="needs", label="Fra melding til koordinator"),
    Group(id="designations", label="Svar på anmodning om å peke ut koordinator"),
    Group(id="attention", label="Mangler, og det som kommer"),
    Group(id="decisions", label="Avslag, avslutninger og klager"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureKind:
    """One figure. ``when``: the state at the end of the day, or what happened in the period. ``part_of``: the figure it is a part of.

    ``by_service``: it is told by service too. ``label`` may name ``{consent}``, ``{majority}`` and ``{months}``. ``of_days``: worked out from the waiting times, not counted.
    """

    id: str
    label: str
    when: Literal["day", "period"]
    source: str
    part_of: str = ""
    by_service: bool = False
    of_days: bool = False

    @property
    def group(self) -> str:
        """The group it stands in: the first part of its id."""
        return self.id.partition(".")[0]


KINDS = (
    FigureKind(id="teams.active", label="I arbeid", when="day", source="L-002-5"),
    FigureKind(id="teams.established", label="Opprettet", when="period", source="A7"),
    FigureKind(id="teams.dissolved", label="Oppløst", when="period", source="A7"),
    FigureKind(id="teams.changed", label="Fikk eller mistet deltakere", when="period", source="A7"),
    FigureKind(
        id="teams.members", label="Faste og andre deltakere", when="day", source="A7", by_service=True
    ),
    FigureKind(id="plans.existing", label="Har individuell plan", when="day", source="L-002-5"),
    FigureKind(id="plans.active", label="Planen er i drift", when="day", source="A7"),
    FigureKind(id="plans.none", label="Har ikke individuell plan", when="day", source="A7"),
    FigureKind(id="plans.informed", label="Informert om individuell plan", when="day", source="A7"),
    FigureKind(id="plans.needed", label="Behov for individuell plan", when="day", source="A7"),
    FigureKind(id="plans.not_today", label="Ikke behov per i dag", when="day", source="A7"),
    FigureKind(
        id="coordinators.in_force",
        label="Saker med koordinator",
        when="day",
        source="L-002-5",
        by_service=True,
    ),
    FigureKind(
        id="coordinators.coordinator",
        label="Koordinator",
        when="day",
        source="L-002-5",
        part_of="coordinators.in_force",
    ),
    FigureKind(
        id="coordinators.child_coordinator",
        label="Barnekoordinator",
        when="day",
        source="F-001-11",
        part_of="coordinators.in_force",
    ),
    FigureKind(id="coordinators.people", label="Personer som er koordinator", when="day", source="F-001-14"),
    FigureKind(id="reports.received", label="Team som har meldt", when="period", source="T-4"),
    FigureKind(id="reports.missing", label="Team som mangler rapport", when="period", source="T-4"),
    FigureKind(id="needs.notified", label="Saker der behov ble meldt", when="period", source="A7"),
    FigureKind(id="needs.appointed", label="Fikk koordinator etter melding", when="period", source="A7"),
    FigureKind(
        id="needs.days_median", label="Dager, midterste sak", when="period", source="A7", of_days=True
    ),
    FigureKind(
        id="needs.days_low", label="Dager, raskeste tiendedel", when="period", source="A7", of_days=True
    ),
    FigureKind(
        id="needs.days_high", label="Dager, tregeste tiendedel", when="period", source="A7", of_days=True
    ),
    FigureKind(id="designations.in_time", label="Besvart innen fristen", when="period", source="T-1"),
    FigureKind(id="designations.late", label="Ikke besvart innen fristen", when="period", source="T-1"),
    FigureKind(id="attention.consent_team", label="Team uten samtykke til teamet", when="day", source="R-51"),
    FigureKind(
        id="attention.consent_share",
        label="Team uten samtykke til å dele opplysninger",
        when="day",
        source="R-52",
    ),
    FigureKind(id="attention.deputy", label="Koordinatorer uten stedfortreder", when="day", source="R-43"),
    FigureKind(
        id="attention.consent_age",
        label="Fyller {consent} år innen {months} måneder",
        when="day",
        source="T-18",
    ),
    FigureKind(
        id="attention.majority",
        label="Fyller {majority} år innen {months} måneder",
        when="day",
        source="T-20",
    ),
    FigureKind(id="decisions.refused", label="Avslag", when="period", source="A7"),
    FigureKind(id="decisions.closed_agreed", label="Avsluttet etter avtale", when="period", source="R-45"),
    FigureKind(
        id="decisions.closed_against_wish", label="Avsluttet mot ønsket", when="period", source="R-45"
    ),
    FigureKind(
        id="decisions.closed_gone", label="Avsluttet etter død eller flytting", when="period", source="R-45"
    ),
    FigureKind(id="decisions.complaints", label="Klager mottatt", when="period", source="A7"),
    FigureKind(id="decisions.complaints_decided", label="Klager avgjort", when="period", source="A7"),
)
"""Every figure, in the order it is shown within its group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One number. ``value`` None: not told here (no rule, nothing to reckon from) or hidden; ``shown`` is what a person sees.

    ``service`` is set for a part that one service has; its name, or «Andre tjenester».
    """

    id: str
    group: str
    label: str
    when: Literal["day", "period"]
    source: str
    value: int | None
    shown: str
    service: str = ""
    part_of: str = ""
    hidden: bool = False
