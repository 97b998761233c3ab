"""An invented municipality with its people, and one order of every kind of letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.domain import (
    Case,
    Employee,
    Fact,
    LetterOrder,
    Measure,
    Party,
    PartyRole,
    Person,
    RoleHolding,
    Staff,
)
from pipeline.letters import Composed, LetterSpecs, Missing, compose
from pipeline.municipalities import (
    AnnualRules,
    AppointmentModel,
    AppointmentRules,
    Citation,
    ComplaintTrack,
    ConsentRules,
    Law,
    LegalBasis,
    LetterRules,
    Office,
    Profile,
    Terms,
)

TEMPLATES = Path(__file__).parents[2] / "templates" / "letters"
TODAY = date(2026, 11, 23)
EVER = date(2012, 1, 1)

PROFILE = Profile(
    key="fjordvik",
    office=Office(
        name="Fjordvik",
        number="9999",
        county="Fjordland",
        complaint_body="Statsforvalteren i Fjordland",
        address="Rådhusgata 1",
        postal_place="9990 Fjordvik",
        phone="72 00 00 00",
        email="post@fjordvik.example",
        website="www.fjordvik.example",
    ),
    terms=Terms(
        unit="koordinerende enhet",
        unit_short="KE",
        team="ansvarsgruppe",
        team_definite="ansvarsgruppen",
        person="bruker",
        leader="avdelingsleder",
        deputy="vikar",
        escalation_leader="kommunalsjef",
    ),
    appointment=AppointmentRules(
        model=AppointmentModel.MANAGER_DESIGNATES, decision_form="melding_om_avgjorelse"
    ),
    consent=ConsentRules(),
    annual=AnnualRules(),
    letters=LetterRules(
        marking="Unntatt offentlighet – offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1 og hol. § 12-1",
        neutral_title="Brev i sak om koordinering",
        expected_weeks=4,
    ),
)

_NN = {
    "pasient- og brukerrettighetsloven": "pasient- og brukarrettslova",
    "helse- og omsorgstjenesteloven": "helse- og omsorgstenestelova",
}


def _cited(id: str, act: str, paragraph: str) -> Citation:
    return Citation(id=id, text=f"{act} {paragraph}", text_nn=f"{_NN[act]} {paragraph}", valid_from=EVER)


LAW = Law(
    citations=(
        _cited("pbrl-2-5", "pasient- og brukerrettighetsloven", "§ 2-5"),
        _cited("pbrl-2-5-b", "pasient- og brukerrettighetsloven", "§ 2-5 b"),
        _cited("pbrl-2-5-c", "pasient- og brukerrettighetsloven", "§ 2-5 c"),
        _cited("hol-7-1", "helse- og omsorgstjenesteloven", "§ 7-1"),
        _cited("hol-7-2", "helse- og omsorgstjenesteloven", "§ 7-2"),
        _cited("hol-7-2-a", "helse- og omsorgstjenesteloven", "§ 7-2 a"),
        _cited("pbrl-7", "pasient- og brukerrettighetsloven", "§§ 7-2 og 7-5"),
    ),
    complaints=(ComplaintTrack(id="pbrl", weeks=4, citation="pbrl-7", valid_from=EVER),),
    bases=(
        LegalBasis(measure="individual_plan", citations=("pbrl-2-5", "hol-7-1"), complaint="pbrl"),
        LegalBasis(measure="coordinator", citations=("pbrl-2-5-b", "hol-7-2"), complaint="pbrl"),
        LegalBasis(measure="child_coordinator", citations=("pbrl-2-5-c", "hol-7-2-a"), complaint="pbrl"),
        LegalBasis(measure="care_group", citations=(), complaint=""),
    ),
)

WORKER = Employee(
    id="e1",
    municipality="fjordvik",
    name="Tuva Fossheim",
    title="saksbehandler",
    phone="72 00 00 10",
    roles=(RoleHolding(role="case_worker"),),
)
LEADER = Employee(
    id="e2",
    municipality="fjordvik",
    name="Gaute Kvåle",
    title="leder for koordinerende enhet",
    phone="72 00 00 11",
    roles=(RoleHolding(role="unit_leader"),),
)
STAFF = Staff(employees=(WORKER, LEADER))
CASE = Case(
    id="2026/412",
    municipality="fjordvik",
    person=Person(id="p1", name="Eirik Østgård", address="Strandgata 14", postal_place="9990 Fjordvik"),
    opened_on=date(2026, 11, 3),
)

HOME = ("Strandgata 14", "9990 Fjordvik")
USER = Party(role=PartyRole.USER, name="Eirik Østgård", address_lines=HOME)
FAMILY = Party(role=PartyRole.FAMILY, name="Foreldrene til Vilde Brekkås", address_lines=HOME)
GUARDIAN = Party(
    role=PartyRole.GUARDIAN, name="Berit Ás Kirkeby", address_lines=("Bakken 2", "9990 Fjordvik")
)
REPORTER = Party(
    role=PartyRole.REPORTER,
    name="Fjordvik helsestasjon",
    address_lines=("Helseveien 3", "9990 Fjordvik"),
)
COORDINATOR = Party(
    role=PartyRole.COORDINATOR, name="Ingunn Sætre", employee="e7", service="Barne- og familietjenesten"
)
MANAGER = Party(role=PartyRole.MANAGER, name="Odd Lie", employee="e8", service="Barne- og familietjenesten")
MEMBER = Party(
    role=PartyRole.MEMBER, name="Máret Ánne Đuŋŋá Šaŧžič", employee="e9", service="Fysioterapitjenesten"
)
CHIEF = Party(
    role=PartyRole.ESCALATION, name="Hilde Moen", employee="e10", service="Kommunalsjef helse og mestring"
)

_WHO: dict[str, Fact] = {
    "from_date": date(2026, 12, 1),
    "coordinator_name": "Ingunn Sætre",
    "coordinator_title": "ergoterapeut",
    "coordinator_service": "Barne- og familietjenesten",
    "coordinator_phone": "72 00 00 01",
    "coordinator_email": "ingunn.satre@fjordvik.example",
    "deputy_name": "Pål Aune",
    "deputy_phone": "72 00 00 02",
    "notified_on": date(2026, 11, 3),
}
_END: dict[str, Fact] = {
    "measure": Measure.COORDINATOR,
    "ends_on": date(2027, 1, 1),
    "team_ends": True,
    "plan_exists": True,
    "consents_end": True,
    "relay": True,
}
_ASKED: dict[str, Fact] = {
    "measure": Measure.COORDINATOR,
    "service": "Barne- og familietjenesten",
    "requested_on": date(2026, 11, 4),
    "reply_due": date(2026, 11, 18),
}
_AGAINST: dict[str, Fact] = {
    **_END,
    "reasons": "Nå får du én tjeneste, fysioterapi, og møtet 2. oktober viste at det ikke er noe som må samordnes.",
    "noticed_on": date(2026, 10, 20),
    "answer": "Du er redd for å stå alene hvis situasjonen endrer seg.",
}
_CHILD: dict[str, Fact] = {
    **_WHO,
    "measure": Measure.CHILD_COORDINATOR,
    "consent_enclosed": True,
    "reasons": "Vi har lagt vekt på at barnet vil ha behov for tjenester fra skole, fysioterapeut og avlastning over "
    "lang tid, og at de må ses i sammenheng.",
}

# name → kind, recipient, facts. The names are those of the golden texts.
ORDERS: Mapping[str, tuple[str, Party, Mapping[str, Fact]]] = {
    "acknowledgement": (
        "acknowledgement",
        REPORTER,
        {
            "received_on": date(2026, 11, 3),
            "measures": (Measure.COORDINATOR, Measure.INDIVIDUAL_PLAN, Measure.CARE_GROUP),
            "by_service": True,
        },
    ),
    "acknowledgement-family": (
        "acknowledgement",
        FAMILY,
        {
            "received_on": date(2026, 11, 3),
            "measures": (Measure.CHILD_COORDINATOR,),
            "by_service": True,
            "reporter_name": "Fjordvik helsestasjon",
        },
    ),
    "appointment-user": ("appointment-user", USER, {**_WHO, "measure": Measure.COORDINATOR}),
    "appointment-user-family": ("appointment-user", FAMILY, _CHILD),
    "appointment-user-change": (
        "appointment-user",
        USER,
        {**_WHO, "measure": Measure.COORDINATOR, "former_name": "Siv Moe"},
    ),
    "appointment-user-youth": ("appointment-user", USER, {**_CHILD, "coordinator_phone": "+4772000001"}),
    "appointment-user-guardian": ("appointment-user", GUARDIAN, {**_WHO, "measure": Measure.COORDINATOR}),
    "appointment-user-plan": ("appointment-user", USER, {**_WHO, "measure": Measure.INDIVIDUAL_PLAN}),
    "appointment-coordinator": (
        "appointment-coordinator",
        COORDINATOR,
        {
            "measure": Measure.CHILD_COORDINATOR,
            "from_date": date(2026, 12, 1),
            "deputy_name": "Pål Aune",
            "team": True,
            "annual_due": "1. juni",
        },
    ),
    "appointment-manager": (
        "appointment-manager",
        MANAGER,
        {
            "measure": Measure.COORDINATOR,
            "coordinator_name": "Ingunn Sætre",
            "service": "Barne- og familietjenesten",
            "from_date": date(2026, 12, 1),
        },
    ),
    "designation-request": (
        "designation-request",
        MANAGER,
        {
            "measure": Measure.COORDINATOR,
            "service": "Barne- og familietjenesten",
            "reply_due": date(2026, 12, 7),
        },
    ),
    "team-dissolved-user": (
        "team-dissolved-user",
        USER,
        {"dissolved_on": date(2026, 11, 20), "coordinator_name": "Ingunn Sætre", "plan_goes_on": True},
    ),
    "team-dissolved-member": ("team-dissolved-member", MEMBER, {"dissolved_on": date(2026, 11, 20)}),
    "termination-agreed": (
        "termination-agreed",
        FAMILY,
        {
            **_END,
            "measure": Measure.CHILD_COORDINATOR,
            "reason": "Tjenestene går nå godt sammen av seg selv.",
        },
    ),
    "termination-against-wish": ("termination-against-wish", USER, _AGAINST),
    "termination-against-wish-guardian": ("termination-against-wish", GUARDIAN, _AGAINST),
    "termination-coordinator": (
        "termination-coordinator",
        COORDINATOR,
        {
            "measure": Measure.COORDINATOR,
            "ends_on": date(2027, 1, 1),
            "user_told": True,
            "team_ends": True,
            "plan_exists": True,
        },
    ),
    "termination-member": ("termination-member", MEMBER, {"ends_on": date(2027, 1, 1)}),
    "reminder-annual-before": (
        "reminder-annual-before",
        COORDINATOR,
        {"year": 2027, "due": date(2027, 6, 1)},
    ),
    "reminder-annual-after": ("reminder-annual-after", COORDINATOR, {"year": 2026, "due": date(2026, 6, 1)}),
    "reminder-designation": ("reminder-designation", MANAGER, _ASKED),
    "escalation-designation": ("escalation-designation", CHIEF, _ASKED),
}


_CHILD_NN: dict[str, Fact] = {
    "reasons": "Vi har lagt vekt på at barnet vil ha behov for tenester frå skule, fysioterapeut og avlasting over lang "
    "tid, og at dei må sjåast i samanheng.",
}
_AGAINST_NN: dict[str, Fact] = {
    "reasons": "No får du éi teneste, fysioterapi, og møtet 2. oktober viste at det ikkje er noko som må samordnast.",
    "answer": "Du er redd for å stå åleine viss situasjonen endrar seg.",
}
# What a clerk has written in their own words, in nynorsk, by order.
IN_NYNORSK: Mapping[str, Mapping[str, Fact]] = {
    "appointment-user-family": _CHILD_NN,
    "appointment-user-youth": _CHILD_NN,
    "termination-agreed": {"reason": "Tenestene går no godt saman av seg sjølve."},
    "termination-against-wish": _AGAINST_NN,
    "termination-against-wish-guardian": _AGAINST_NN,
}


def order(name: str, **changes: object) -> LetterOrder:
    """One of the orders above; ``facts`` in ``changes`` are put over its own."""
    kind, to, facts = ORDERS[name]
    more = changes.pop("facts", {})
    made = LetterOrder(key=f"k-{name}", kind=kind, case=CASE.id, to=to, facts={**facts, **more})  # type: ignore[dict-item]
    return replace(made, **changes)  # type: ignore[arg-type]


def composed(
    specs: LetterSpecs,
    wanted: LetterOrder,
    *,
    case: Case = CASE,
    profile: Profile = PROFILE,
    law: Law = LAW,
    staff: Staff = STAFF,
    on: date = TODAY,
    language: str = "nb",
) -> Composed | Missing:
    """The letter's data in this world."""
    spec = specs.of(wanted.kind, language)
    assert spec is not None, f"{wanted.kind} has no template in {language}"
    return compose(wanted, case, spec, profile=profile, law=law, staff=staff, number=3, on=on)
