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
        complaint_channel="eFormidling",
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
BODY = Party(role=PartyRole.COMPLAINT_BODY, name="")

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

# Everything the letters added in issue 4 may say, by kind; and to whom each is written.
_BIRTH: dict[str, Fact] = {"measure": Measure.CHILD_COORDINATOR}
_RENEWED: dict[str, Fact] = {
    "new_members": ("Máret Ánne Đuŋŋá Šaŧžič, Fysioterapitjenesten", "Odd Lie, Fjordvik videregående skole"),
    "information": ("opplæring og skole", "bolig og avlastning"),
    "turned_age": 16,
}
_MEETING: dict[str, Fact] = {
    "meeting_on": date(2027, 1, 12),
    "clock": "10.00",
    "place": "møterom Havblikk i Fjordvik helsehus, 2. etasje",
    "agenda": ("Siden sist", "Overgang til videregående skole", "Avlastning i sommerferien"),
    "minutes": 90,
}
_FACTS: Mapping[str, tuple[tuple[Party, ...], Mapping[str, Fact]]] = {
    "refusal": (
        (USER, FAMILY, GUARDIAN),
        {
            "measure": Measure.COORDINATOR,
            "reasons": "Det er behov for fysioterapi fram til mai. Vi har lagt vekt på at det er én tjeneste, og at den varer i "
            "noen måneder. Derfor er det ikke noe som må samordnes.",
            "notified_on": date(2026, 11, 3),
            "coordination_offered": True,
            "relay": True,
        },
    ),
    "prior-notice": (
        (USER, FAMILY, GUARDIAN),
        {
            "measure": Measure.COORDINATOR,
            "reasons": "Møtet 2. oktober viste at det nå er én tjeneste, fysioterapi, og at det ikke er noe som må samordnes.",
            "answer_due": date(2026, 12, 14),
            "ends_on": date(2027, 1, 1),
        },
    ),
    "interim-reply": (
        (REPORTER, USER, FAMILY, GUARDIAN),
        {
            "received_on": date(2026, 10, 20),
            "reason": "Vi venter på opplysninger fra skolen.",
            "expected_on": date(2026, 12, 18),
            "by_service": True,
        },
    ),
    "transition-16": ((USER,), {**_BIRTH, "birthday": date(2027, 5, 23)}),
    "transition-16-family": ((FAMILY, GUARDIAN), {**_BIRTH, "birthday": date(2027, 5, 23)}),
    "transition-18": ((USER,), {**_BIRTH, "birthday": date(2027, 5, 23)}),
    "transition-18-family": ((FAMILY, GUARDIAN), {**_BIRTH, "birthday": date(2027, 5, 23)}),
    "transition-coordinator": ((COORDINATOR,), {**_BIRTH, "birthday": date(2027, 5, 23), "age": 18}),
    "rights-information": ((USER, FAMILY, GUARDIAN), {"measure": Measure.CHILD_COORDINATOR}),
    "transition-phase": (
        (COORDINATOR,),
        {"phase": "primary-school", "year": 2027, "measure": Measure.CHILD_COORDINATOR},
    ),
    "evaluation-reminder": (
        (COORDINATOR,),
        {"due": date(2027, 1, 15), "last_on": date(2026, 1, 15), "form_enclosed": True},
    ),
    "annual-collection": ((COORDINATOR,), {"year": 2027, "due": date(2027, 2, 1), "form_enclosed": True}),
    "statistics-request": (
        (MANAGER, COORDINATOR),
        {"year": 2026, "as_of": date(2026, 12, 31), "due": date(2027, 1, 31)},
    ),
    "consent-request": ((USER, FAMILY, GUARDIAN), {**_RENEWED, "form_enclosed": True}),
    "consent-renewal": ((COORDINATOR,), _RENEWED),
    "consent-gap": (
        (COORDINATOR,),
        {"kinds": ("samtykke til ansvarsgruppe", "samtykke til registrering hos koordinerende enhet")},
    ),
    "deputy-user": (
        (USER, FAMILY, GUARDIAN),
        {
            "measure": Measure.COORDINATOR,
            "coordinator_name": "Ingunn Sætre",
            "deputy_name": "Pål Aune",
            "deputy_phone": "72 00 00 02",
            "deputy_email": "pal.aune@fjordvik.example",
            "from_date": date(2026, 12, 1),
            "until": date(2027, 2, 1),
        },
    ),
    "deputy-missing": ((COORDINATOR,), {"measure": Measure.COORDINATOR}),
    "change-member": (
        (MEMBER,),
        {"coordinator_name": "Ingunn Sætre", "from_date": date(2026, 12, 1), "former_name": "Siv Moe"},
    ),
    "coordinator-ended": (
        (COORDINATOR,),
        {"measure": Measure.COORDINATOR, "ends_on": date(2026, 12, 1), "successor_name": "Pål Aune"},
    ),
    "meeting-notice": ((USER, FAMILY, GUARDIAN, MEMBER, COORDINATOR), _MEETING),
    "meeting-reminder": (
        (COORDINATOR,),
        {"meeting_on": date(2027, 1, 12), "agenda_due": date(2026, 12, 29)},
    ),
    "minutes-form": (
        (COORDINATOR,),
        {
            "meeting_on": date(2027, 1, 12),
            "agenda": _MEETING["agenda"],
            "kept": "plan_tool_and_record",
            "plan_tool": "Visma Flyt Samspill",
        },
    ),
    "complaint-received": (
        (REPORTER, USER, FAMILY, GUARDIAN),
        {"received_on": date(2026, 11, 20), "by_service": True},
    ),
    "complaint-forwarded": (
        (USER, FAMILY, GUARDIAN),
        {"received_on": date(2026, 11, 20), "forwarded_on": date(2026, 12, 4)},
    ),
    "complaint-transmittal": (
        (BODY,),
        {
            "received_on": date(2026, 11, 20),
            "decided_on": date(2026, 11, 3),
            "subject": "Avslag på søknad om koordinator.",
        },
    ),
    "complaint-decided": (
        (USER, FAMILY, GUARDIAN),
        {
            "received_on": date(2026, 11, 20),
            "upheld": True,
            "reasons": "Klagen viser at det også er behov for avlastning og hjelp på skolen over lang tid.",
            "measure": Measure.COORDINATOR,
        },
    ),
    "termination-manager": ((MANAGER,), {"measure": Measure.COORDINATOR, "ends_on": date(2027, 1, 1)}),
}
# What a letter can't do without, beside what is required of it: one of several facts.
_LEAST: Mapping[str, frozenset[str]] = {
    "consent-request": frozenset({"turned_age"}),
    "consent-renewal": frozenset({"information"}),
}
REQUIRED: Mapping[str, frozenset[str]] = {
    "refusal": frozenset({"measure", "reasons"}),
    "prior-notice": frozenset({"measure", "reasons", "answer_due"}),
    "interim-reply": frozenset({"received_on"}),
    "transition-16": frozenset({"birthday"}),
    "transition-16-family": frozenset({"birthday"}),
    "evaluation-reminder": frozenset({"due"}),
    "annual-collection": frozenset({"year"}),
    "statistics-request": frozenset({"year", "as_of"}),
    "deputy-user": frozenset({"measure", "coordinator_name", "deputy_name", "from_date"}),
    "change-member": frozenset({"coordinator_name", "from_date"}),
    "coordinator-ended": frozenset({"measure", "ends_on"}),
    "meeting-notice": frozenset({"meeting_on"}),
    "minutes-form": frozenset({"meeting_on"}),
    "complaint-received": frozenset({"received_on"}),
    "complaint-transmittal": frozenset({"received_on"}),
    "complaint-decided": frozenset({"received_on", "upheld", "reasons"}),
    **_LEAST,
}
"""The facts of the least each of these letters may be made from, as the order of issue 4 names them; the rest have no optional fact."""
Ordered = tuple[str, Party, Mapping[str, Fact]]


def _new() -> dict[str, Ordered]:
    """Each of these kinds for each reader with all that may be said, and with only what must be known."""
    made: dict[str, Ordered] = {}
    for kind, (parties, facts) in _FACTS.items():
        least = {name: fact for name, fact in facts.items() if name in REQUIRED.get(kind, facts)}
        for party in parties:
            name = f"{kind}-to-{party.role}"
            made[name] = (kind, party, facts)
            if least != facts:
                made[f"{name}-least"] = (kind, party, least)
    return made


NEW_ORDERS: Mapping[str, Ordered] = _new() | {
    "refusal-child": (
        "refusal",
        FAMILY,
        {**_FACTS["refusal"][1], "measure": Measure.CHILD_COORDINATOR, "relay": False},
    ),
    "refusal-plan": ("refusal", USER, {**_FACTS["refusal"][1], "measure": Measure.INDIVIDUAL_PLAN}),
    "refusal-team": ("refusal", USER, {**_FACTS["refusal"][1], "measure": Measure.CARE_GROUP}),
    "prior-notice-team": (
        "prior-notice",
        USER,
        {**_FACTS["prior-notice"][1], "measure": Measure.CARE_GROUP},
    ),
    "transition-16-plan": (
        "transition-16",
        USER,
        {"birthday": date(2027, 5, 23), "measure": Measure.INDIVIDUAL_PLAN},
    ),
    "transition-18-plan": (
        "transition-18",
        USER,
        {"birthday": date(2027, 5, 23), "measure": Measure.INDIVIDUAL_PLAN},
    ),
    "transition-18-family-plan": (
        "transition-18-family",
        FAMILY,
        {"birthday": date(2027, 5, 23), "measure": Measure.INDIVIDUAL_PLAN},
    ),
    "transition-coordinator-16": (
        "transition-coordinator",
        COORDINATOR,
        {**_BIRTH, "birthday": date(2027, 5, 23), "age": 16},
    ),
    "transition-coordinator-plan": (
        "transition-coordinator",
        COORDINATOR,
        {"measure": Measure.INDIVIDUAL_PLAN, "birthday": date(2027, 5, 23), "age": 18},
    ),
    "transition-phase-after-school": (
        "transition-phase",
        COORDINATOR,
        {"phase": "after-school", "year": 2027, "measure": Measure.COORDINATOR},
    ),
    "complaint-decided-not": (
        "complaint-decided",
        USER,
        {**_FACTS["complaint-decided"][1], "upheld": False},
    ),
    "meeting-reminder-late": (
        "meeting-reminder",
        COORDINATOR,
        {"meeting_on": date(2026, 12, 1), "agenda_due": date(2026, 11, 17)},
    ),
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
            "handbook": True,
            "plan_tool": "Visma Flyt Samspill",
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
} | NEW_ORDERS


_CHILD_NN: dict[str, Fact] = {
    "reasons": "Vi har lagt vekt på at barnet vil ha behov for tenester frå skule, fysioterapeut og avlasting over lang "
    "tid, og at dei må sjåast i samanheng.",
}
_AGAINST_NN: dict[str, Fact] = {
    "reasons": "No får du éi teneste, fysioterapi, og møtet 2. oktober viste at det ikkje er noko som må samordnast.",
    "answer": "Du er redd for å stå åleine viss situasjonen endrar seg.",
}
# What a clerk has written in their own words, in nynorsk, by order.
_SAID_IN_NYNORSK: Mapping[Fact, Fact] = {
    "Det er behov for fysioterapi fram til mai. Vi har lagt vekt på at det er én tjeneste, og at den varer i noen måneder. "
    "Derfor er det ikke noe som må samordnes.": "Det er behov for fysioterapi fram til mai. Vi har lagt vekt på at det er éi "
    "teneste, og at ho varer i nokre månader. Difor er det ikkje noko som må samordnast.",
    "Møtet 2. oktober viste at det nå er én tjeneste, fysioterapi, og at det ikke er noe som må samordnes.": "Møtet 2. oktober "
    "viste at det no er éi teneste, fysioterapi, og at det ikkje er noko som må samordnast.",
    "Vi venter på opplysninger fra skolen.": "Vi ventar på opplysningar frå skulen.",
    "Klagen viser at det også er behov for avlastning og hjelp på skolen over lang tid.": "Klaga viser at det òg er behov for "
    "avlasting og hjelp på skulen over lang tid.",
}
"""What the clerk writes herself, in the case's own language."""

IN_NYNORSK: Mapping[str, Mapping[str, Fact]] = {
    **{
        name: {fact: _SAID_IN_NYNORSK[said] for fact, said in facts.items() if said in _SAID_IN_NYNORSK}
        for name, (_, _, facts) in ORDERS.items()
        if any(said in _SAID_IN_NYNORSK for said in facts.values())
    },
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
