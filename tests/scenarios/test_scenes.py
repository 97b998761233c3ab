"""Scenes of real life (product.md C.7): what each should lead to was written from the documents, before the program was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.casework import end_objection, object_to_parents
from pipeline.domain import EventKind
from pipeline.errors import RefusedError
from pipeline.flow import Desk
from pipeline.wiring import make_home, open_desk
from tests.scenarios.plays import BOXES, MEMBERS
from tests.scenarios.stage import STAFF, Row, Stage, lines_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new home's desk, without LibreOffice."""
    home = tmp_path / "hjem"
    make_home(home)
    settings = home / "config" / "settings.toml"
    settings.write_text(settings.read_text().replace('soffice = ""', 'soffice = "/finnes/ikke"'))
    with open_desk(home, working=True) as opened:
        yield opened


def need(**fields: object) -> Row:
    """A need notification of a girl born 9 May 2015 from her mother; ``__`` in a name is the dot of a field."""
    told: Row = {
        "requested.child_coordinator": "ja",
        "reported_by": "Mari Holte",
        "date": "02.01.2026",
        "recipient.name": "Ylva Holte",
        "recipient.birth_date": "09.05.2015",
        "recipient.address": "Bakkeveien 7",
        "recipient.postal_place": "7130 Brekstad",
        "next_of_kin.name": "Mari Holte",
        "next_of_kin.relation": "Mor",
        "needs": "Trenger at tjenestene ses i sammenheng.",
        "consent.signatures": [{"date": "02.01.2026", "name": "Mari Holte", "signed": True}],
    }
    told.update({name.replace("__", "."): value for name, value in fields.items()})
    return {name: value for name, value in told.items() if value is not None}


ADULT = {
    "requested__child_coordinator": None,
    "requested__coordinator": "ja",
    "reported_by": "Geir Moen",
    "recipient__name": "Geir Moen",
    "recipient__birth_date": "02.05.1970",
    "next_of_kin__name": None,
    "next_of_kin__relation": None,
    "consent__signatures": [{"date": "02.01.2026", "name": "Geir Moen", "signed": True}],
}


def opened(stage: Stage, **fields: object) -> str:
    """A case that a need notification opened."""
    case = stage.message("melding om behov", "need-notification", need(**fields))
    assert case is not None
    return case


def report(stage: Stage, case: str, kind: str, name: str, born: str, **fields: object) -> None:
    """A report of the team, linked by a person."""
    told: Row = {
        f"kind.{kind}": "ja",
        "recipient.name": name,
        "recipient.birth_date": born,
        "coordinator.name": "Siri Brandvoll",
        "coordinator.service": "Fysioterapi",
        "members": MEMBERS,
        "plan.exists": "ja",
        "plan.active": "ja",
        "completed_by": "Siri Brandvoll",
    }
    told.update({key.replace("__", "."): value for key, value in fields.items()})
    stage.message(f"rapport: {kind}", "group-report", told, link=case)


def consent(stage: Stage, case: str, name: str, **boxes: object) -> None:
    """The team's consent, linked by a person."""
    fields = {"subject": name, "place": "Brekstad", "date": "14.02.2026", "signed": True, **BOXES, **boxes}
    stage.message("samtykke", "group-consent", fields, link=case)


def appointed(stage: Stage, case: str, day: str = "2026-01-20", **changes: object) -> object:
    """A coordinator named by the unit."""
    chosen: Row = {
        "measure": "child_coordinator",
        "service": "Fysioterapi",
        "name": "Siri Brandvoll",
        "from_date": date.fromisoformat(day),
        "reasons": "Flere tjenester må samordnes.",
        "say": stage.say,
        **changes,
    }
    return stage.on(day).act("oppnevnt", lambda: flow.appoint(stage.desk, case, **chosen))


def letters(stage: Stage, *, lacking: str = "") -> list[str]:
    """Every letter as «kind to whom [state]», without those of a state."""
    rows = flow.letter_rows(stage.desk)
    return [f"{r['kind']} to {r['to']} [{r['status']}]" for r in rows if r["status"] != lacking]


def tasks(stage: Stage, case: str) -> set[str]:
    """The codes of the open tasks."""
    row = flow.case_row(stage.desk, case)
    assert row is not None
    return {task["code"] for task in row["tasks"] if task["done_on"] is None}  # type: ignore[attr-defined]


def test_b_17_parents_with_different_addresses_get_a_letter_each_that_names_the_other_nowhere(
    desk: Desk,
) -> None:
    """Two letters of the same decision, one to each address; neither says who else gets it."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    stage.act(
        "far bor for seg selv",
        lambda: flow.rectify_contact(
            stage.desk,
            case,
            role="next_of_kin",
            told={
                "name": "Petter Lie",
                "relation": "far",
                "address": "Strandveien 9",
                "postal_place": "7160 Bjugn",
            },
            say=stage.say,
        ),
    )
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    family = [r for r in flow.letter_rows(stage.desk) if r["kind"] == "appointment-user"]
    assert [r["to"] for r in family] == ["Foreldrene til Ylva Holte", "Petter Lie"]
    for row, foreign in zip(family, ("Petter", "Mari"), strict=True):
        assert foreign not in " ".join(lines_of(stage.desk.home / str(row["docx"])))


def test_b_11_a_protected_address_takes_back_what_shows_it_and_makes_nothing_more(desk: Desk) -> None:
    """Letters with the address leave the outbox the same second; the next decision makes a task instead of a letter."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    assert letters(stage) == ["acknowledgement to Foreldrene til Ylva Holte [ready]"]
    stage.act(
        "sperret",
        lambda: flow.rectify_person(stage.desk, case, told={}, protected=True, say=stage.say),
    )
    assert letters(stage) == ["acknowledgement to Foreldrene til Ylva Holte [withdrawn]"]
    assert not list((stage.desk.outbox).glob("*.docx"))
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    assert not [one for one in letters(stage) if one.startswith("appointment-user")]
    assert {"protected-address", "letter-not-made"} <= tasks(stage, case)
    for day in ("2026-05-01", "2027-06-15", "2030-11-09"):
        stage.remind(day)
    assert not [one for one in letters(stage, lacking="withdrawn") if "Holte" in one]


def test_b_17_a_new_address_is_on_every_letter_that_nobody_has_signed(desk: Desk) -> None:
    """The old letter is withdrawn, the new one has the new address; a signed one stays as it was signed."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    move = {"address": "Bakken 4", "postal_place": "7160 Bjugn"}
    stage.act("flyttet", lambda: flow.rectify_person(stage.desk, case, told=move, say=stage.say))
    old, new = flow.letter_rows(stage.desk)
    assert (old["status"], new["status"]) == ("withdrawn", "ready")
    with stage.desk.store.reading() as register:
        made = register.letter(str(new["id"]))
    assert made is not None
    assert made.order.to.address_lines == ("Bakken 4", "7160 Bjugn")


def test_c_7_two_people_of_one_name_and_birth_date_are_never_taken_for_one(desk: Desk) -> None:
    """Another address: a person chooses; nothing is linked and no letter goes."""
    stage = Stage(desk, "orland")
    first = opened(stage)
    again = stage.message(
        "en annen Ylva",
        "need-notification",
        need(
            recipient__address="Strandveien 1",
            recipient__postal_place="7160 Bjugn",
            reported_by="Anne Holte",
            next_of_kin__name="Anne Holte",
        ),
    )
    assert again is None
    (waiting,) = flow.review_rows(stage.desk)
    assert first in [one["case"] for one in waiting["candidates"]]  # type: ignore[attr-defined]
    assert len(letters(stage)) == 1


def test_r_61_without_the_box_to_register_nothing_is_registered_in_salangen(desk: Desk) -> None:
    """The consent is kept and a task made; the team's report waits, no team, no letter to members."""
    stage = Stage(desk, "salangen")
    case = opened(stage)
    before = letters(stage)
    consent(stage, case, "Ylva Holte", **{"consents.register": "nei"})
    report(stage, case, "change", "Ylva Holte", "09.05.2015")
    row = flow.case_row(stage.desk, case)
    assert row is not None
    assert not row["team"]
    assert {"report-not-registered", "registration-not-consented"} <= tasks(stage, case)
    assert letters(stage) == before


CHIEF = "Hilde Sunde;kommunalsjef;Helse og mestring;72 00 00 09;hilde.sunde@example.no;;;kommunalsjef;;2020-01-01;\n"


@pytest.mark.parametrize(
    ("asked", "reminded", "due", "over"),
    [
        ("2026-03-20", "2026-03-30", "2026-04-03", "2026-04-04"),  # the fourteenth day is Good Friday
        ("2026-12-11", "2026-12-21", "2026-12-25", "2026-12-26"),  # … Christmas Day
    ],
)
def test_t_1_the_thirteenth_fourteenth_and_fifteenth_day(
    desk: Desk, asked: str, reminded: str, due: str, over: str
) -> None:
    """Søndre Land, «14 dager»: inner deadlines aren't moved unless the profile says so (B.14). The leader is reminded before, the
    kommunalsjef told the day after; who answers on the day itself is in time."""
    stage = Stage(desk, "sondre_land", staff=STAFF + CHIEF)
    case = opened(stage)
    appointed(stage, case, asked, name="")
    row = flow.case_row(stage.desk, case)
    assert row is not None
    assert {"what": "designation", "due": due} in row["deadlines"]
    for day in (reminded, due):
        stage.remind(day)
    assert [one.split(" to ")[0] for one in letters(stage) if "designation" in one] == [
        "designation-request",
        "reminder-designation",
    ]
    stage.remind(over)
    assert [one for one in letters(stage, lacking="withdrawn") if "escalation" in one] == [
        "escalation-designation to Hilde Sunde [draft]"
    ]


def test_t_18_who_turns_sixteen_between_consent_and_letter_is_asked_and_written_to(desk: Desk) -> None:
    """The mother's consent was given at fifteen; from the birthday the youth is asked for an own, and letters of the team are the youth's."""
    stage = Stage(desk, "orland")
    case = opened(
        stage,
        recipient__birth_date="20.02.2010",
        requested__child_coordinator=None,
        requested__coordinator="ja",
    )
    appointed(stage, case, measure="coordinator", decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    stage.remind("2026-02-20")
    asked = [one for one in letters(stage) if one.startswith("consent-request")]
    assert asked == ["consent-request to Ylva Holte [ready]"]
    report(stage.on("2026-03-02"), case, "change", "Ylva Holte", "20.02.2010")
    report(stage.on("2026-03-03"), case, "dissolution", "Ylva Holte", "20.02.2010")
    told = [one for one in letters(stage) if one.startswith("team-dissolved-user")]
    assert told == ["team-dissolved-user to Ylva Holte [ready]"]


def test_t_21_a_child_coordinator_of_one_born_on_29_february_ends_on_the_28th(desk: Desk) -> None:
    """Born 29.2.2008: eighteen on 28.2.2026 (domstolloven § 148: the last day of the month); the task comes that day, not before."""
    stage = Stage(desk, "orland")
    case = opened(stage, recipient__birth_date="29.02.2008")
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    stage.remind("2026-02-27")
    assert not [code for code in tasks(stage, case) if code.startswith("reminder-T-21-slutt")]
    stage.remind("2026-02-28")
    assert [code for code in tasks(stage, case) if code.startswith("reminder-T-21-slutt")]


def test_r_32_without_consent_a_reason_is_asked_in_vestre_toten(desk: Desk) -> None:
    """A coordinator may be appointed without consent there; elsewhere consent to the process is what the notification bears."""
    stage = Stage(desk, "vestre_toten")
    case = opened(stage, **{**ADULT, "reported_by": "Frida Lie", "consent__signatures": None})
    chosen: Row = {
        "measure": "coordinator",
        "service": "Fysioterapi",
        "name": "",
        "from_date": date(2026, 1, 20),
        "say": stage.say,
    }
    stage.on("2026-01-20")
    with pytest.raises(RefusedError) as refused:
        flow.appoint(stage.desk, case, **chosen)
    assert refused.value.rule == "R-32"
    flow.appoint(
        stage.desk, case, **{**chosen, "reasons": "Retten følger av loven, og han kan ikke samtykke nå."}
    )
    assert [one for one in letters(stage) if one.startswith("designation-request")]


def test_r_54_one_participant_without_consent_is_told_nothing_and_the_others_go_on(desk: Desk) -> None:
    """Consent withdrawn for one only: a new coordinator is told to the others."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    both = [
        {"name": "Ragnhild Øyen", "service": "PPT", "contact": "40 00 00 23"},
        {"name": "Biret Šuoŋa Vatn", "service": "Ergoterapi", "contact": "40 00 00 24"},
    ]
    report(stage, case, "change", "Ylva Holte", "09.05.2015", members=both)
    stage.act(
        "trukket for én",
        lambda: flow.withdraw_consent(
            stage.desk, case, on=date(2026, 2, 16), persons=("Ragnhild Øyen",), say=stage.say
        ),
    )
    report(stage.on("2026-03-03"), case, "dissolution", "Ylva Holte", "09.05.2015", members=both)
    told = [one for one in letters(stage) if one.startswith("team-dissolved-member")]
    assert [one.split(" to ")[1] for one in told] == ["Biret Šuoŋa Vatn [ready]"]


def test_r_45_death_between_order_and_sending_stops_every_letter(desk: Desk) -> None:
    """Nothing unsigned is left, nothing is made later, and a person is asked to tell coordinator and team."""
    stage = Stage(desk, "loten")
    case = opened(stage, **ADULT)
    appointed(stage, case, measure="coordinator")
    assert len(letters(stage)) >= 3
    stage.on("2026-01-21").act(
        "død",
        lambda: flow.leave(stage.desk, case, how=EventKind.PERSON_DIED, on=date(2026, 1, 21), say=stage.say),
    )
    assert letters(stage, lacking="withdrawn") == []
    assert "tell-of-leaving" in tasks(stage, case)
    for day in ("2026-06-15", "2027-11-01"):
        stage.remind(day)
    assert letters(stage, lacking="withdrawn") == []


def test_sami_letters_are_whole_in_every_letter(desk: Desk) -> None:
    """Names with ŋ, š, đ and á stand in letter and register as they were written."""
    name = "Máret Ánne Šuoŋa Đalvi"
    stage = Stage(desk, "salangen")
    case = opened(stage, recipient__name=name)
    appointed(stage, case, reasons="Fordi Đalvi trenger det.")
    row = next(r for r in flow.letter_rows(stage.desk) if r["kind"] == "appointment-coordinator")
    assert name in " ".join(lines_of(stage.desk.home / str(row["docx"])))
    assert f"acknowledgement to Foreldrene til {name} [ready]" in letters(stage)


def test_t_4_reports_of_teams_begun_after_1_march_are_not_missed_that_year(desk: Desk) -> None:
    """The June round: a team of 1 March owes a report, one of 2 March doesn't."""
    stage = Stage(desk, "orland")
    for day, name, born in (
        ("2026-03-01", "Ylva Holte", "09.05.2015"),
        ("2026-03-02", "Nora Lie", "11.06.2014"),
    ):
        stage.on(day)
        case = opened(
            stage, recipient__name=name, recipient__birth_date=born, recipient__address=f"Veien {day[-1]}"
        )
        appointed(stage, case, day, decided_by_team=date.fromisoformat(day))
        consent(stage, case, name)
        report(stage, case, "change", name, born)
    stage.on("2026-06-20")
    assert [row["case"] for row in flow.missing_rows(stage.desk, year=2026)] == ["2026/1"]


def test_c_5_after_two_weeks_of_downtime_each_reminder_comes_once(desk: Desk) -> None:
    """Nobody ran from 1 to 16 June: the round is caught up in one run, and the next runs make nothing."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    report(stage, case, "change", "Ylva Holte", "09.05.2015")
    stage.remind("2026-06-16")
    made = [one for one in letters(stage, lacking="withdrawn") if "reminder-annual" in one]
    assert made == ["reminder-annual-after to Siri Brandvoll [draft]"]
    for _ in range(3):
        stage.remind("2026-06-16")
    stage.remind("2026-06-17")
    assert [one for one in letters(stage, lacking="withdrawn") if "reminder-annual" in one] == made


def test_an_expected_child_has_a_family_and_no_birthday(desk: Desk) -> None:
    """T-21, C.7: letters go to the family; a fortnight after the term a person asks, gently, and nothing else is due by age."""
    stage = Stage(desk, "orland")
    case = opened(
        stage,
        recipient__name="Mari Holte",
        recipient__birth_date=None,
        recipient__due_date="01.03.2026",
        next_of_kin__name=None,
        next_of_kin__relation=None,
    )
    assert letters(stage) == ["acknowledgement to Familien til Mari Holte [ready]"]
    stage.remind("2026-03-14")
    assert not [code for code in tasks(stage, case) if code.startswith("reminder-")]
    stage.remind("2026-03-15")
    assert {"reminder-T-21-termin"} <= tasks(stage, case)


def test_an_inconsistent_plan_goes_to_a_person(desk: Desk) -> None:
    """V5, annual: «has no plan» and «the plan is in use» can't both be: a person sees it, and nothing is guessed."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    report(stage, case, "annual", "Ylva Holte", "09.05.2015", plan__exists="nei", plan__active="ja")
    assert "form-problem" in tasks(stage, case)


def test_a_team_that_is_dissolved_leaves_plan_and_coordinator(desk: Desk) -> None:
    """V5, dissolution while the plan goes on: the family is told that the plan and the coordinator stay."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    report(stage, case, "change", "Ylva Holte", "09.05.2015")
    report(stage.on("2026-04-01"), case, "dissolution", "Ylva Holte", "09.05.2015")
    row = next(r for r in flow.letter_rows(stage.desk) if r["kind"] == "team-dissolved-user")
    text = " ".join(lines_of(stage.desk.home / str(row["docx"])))
    assert "Den individuelle planen gjelder fortsatt." in text
    assert "Siri Brandvoll er fortsatt" in text
    assert flow.case_row(stage.desk, case)["coordinator"]["name"] == "Siri Brandvoll"  # type: ignore[index,call-overload]


def test_r_55_a_participant_nobody_consented_to_asks_for_a_new_consent(desk: Desk) -> None:
    """V5, change: a new consent is a task, and the new participant is told nothing until it comes."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    consent(stage.on("2026-02-16"), case, "Ylva Holte")
    shared: Row = {
        "recipient.name": "Ylva Holte",
        "recipient.birth_date": "09.05.2015",
        "persons": [{"name": one["name"], "allowed": True, "service": one["service"]} for one in MEMBERS],
        "information.health": True,
        "information.plan": True,
        "consents.share": True,
        "date": "16.02.2026",
        "guardian.name": "Mari Holte",
        "guardian.signed": True,
    }
    stage.message("samtykke, person for person", "collaboration-consent", shared, link=case)
    report(stage, case, "change", "Ylva Holte", "09.05.2015")
    assert "reconsent" not in tasks(stage, case)
    more = [*MEMBERS, {"name": "Biret Šuoŋa Vatn", "service": "Ergoterapi", "contact": "40 00 00 24"}]
    report(stage.on("2026-04-01"), case, "change", "Ylva Holte", "09.05.2015", members=more)
    assert "reconsent" in tasks(stage, case)
    assert not [one for one in letters(stage) if "Biret" in one]


def test_a_private_coordinator_is_possible_and_gets_no_letter_by_guess(desk: Desk) -> None:
    """Ørland's coordinator may be private: appointed by name, the letter is a person's task because no address is known."""
    stage = Stage(desk, "orland")
    case = opened(stage)
    appointed(stage, case, name="Ottar Privat", service="Privat", decided_by_team=date(2026, 1, 20))
    assert not [one for one in letters(stage) if "Ottar" in one]
    assert "letter-not-made" in tasks(stage, case)
    (why,) = [
        one for one in flow.letters_waiting(stage.desk) if "Oppnevning, til bruker eller familie" in one
    ]
    assert "koordinatorens telefonnummer" in why


def test_b_17_a_youth_who_objects_is_written_to_alone(desk: Desk) -> None:
    """Thirteen: the parents' unsigned letters are withdrawn at once, later ones are a person's task; at fifteen the youth alone gets hers."""
    stage = Stage(desk, "orland")
    case = opened(stage, recipient__birth_date="09.05.2012")
    assert letters(stage) == ["acknowledgement to Foreldrene til Ylva Holte [ready]"]
    stage.act(
        "vil ikke",
        lambda: stage.decide(
            case, lambda known, here: object_to_parents(known, here, why="Vil si det selv.")
        ),
    )
    assert letters(stage) == ["acknowledgement to Foreldrene til Ylva Holte [withdrawn]"]
    appointed(stage, case, decided_by_team=date(2026, 1, 20))
    assert not [one for one in letters(stage, lacking="withdrawn") if "Foreldrene" in one]
    assert {"parents-not-told", "letter-not-made"} <= tasks(stage, case)
    stage.on("2027-06-01").act(
        "ny koordinator",
        lambda: flow.change(
            stage.desk,
            case,
            service="Ergoterapi",
            name="Biret Šuoŋa Vatn",
            from_date=date(2027, 6, 1),
            say=stage.say,
        ),
    )
    told = [one for one in letters(stage, lacking="withdrawn") if one.startswith("appointment-user")]
    assert told == ["appointment-user to Ylva Holte [ready]"]
    stage.act("kan få vite", lambda: stage.decide(case, end_objection))
    assert "parents-not-told" not in tasks(stage, case)


@pytest.mark.parametrize("born", ["09.05.2015", "09.05.2009", "02.05.1970"])
def test_b_17_only_from_twelve_to_sixteen_may_the_parents_be_left_out(desk: Desk, born: str) -> None:
    """Younger: the parents decide; older: the letters are the youth's own."""
    stage = Stage(desk, "orland")
    case = opened(stage, recipient__birth_date=born)
    with pytest.raises(RefusedError) as refused:
        stage.decide(case, lambda known, here: object_to_parents(known, here, why="Vil ikke."))
    assert refused.value.rule == "B.17"
