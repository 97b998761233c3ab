"""The rules one by one: what starts each, when it falls due, to whom, and what stops it (product C.2, C.5; register A3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.casework import civil_parties
from pipeline.domain import (
    AnnualReport,
    Appointment,
    Case,
    Consent,
    Matter,
    MatterKind,
    Measure,
    Party,
    PartyRole,
    Person,
    Phase,
)
from pipeline.errors import DeclarationError
from pipeline.municipalities import Audience, DateSource, Municipalities, Stop, load_municipalities
from pipeline.reminders import (
    Due,
    answered,
    batch_id,
    due,
    hindered,
    missing_reports,
    overdue,
    questions,
    stands,
    upcoming,
)
from pipeline.reminders._sources import SOURCES
from pipeline.reminders._stops import STOPS
from tests.unit.casework.material import (
    ALL,
    ROOT,
    STAFF,
    group_consent,
    named,
    opened,
    situation,
    take,
    with_team,
)

PEOPLE = dict.fromkeys(ALL, STAFF)


def told(case: Case, on: date, rule: str, known: Municipalities = ALL) -> list[Due]:
    """What one rule asks in a case on a day."""

    def civil(one: Case, audience: Audience) -> tuple[tuple[Party, ...], str]:
        return civil_parties(one, known.law, on, audience)

    return [d for d in due([case], known, on, staff=PEOPLE, civil=civil) if d.rule == rule]


def team(key: str = "orland", **person: object) -> Case:
    """A team with all its consents, begun 1 September 2025, whose child is eight."""
    case = take(with_team(key, established_on=date(2025, 9, 1)), group_consent(), document="d8").case
    return replace(case, person=replace(case.person, **person))


def test_every_source_and_every_stop_that_a_rule_may_name_is_known() -> None:
    """Rules are data: what they name stands in Python, all of it."""
    assert set(SOURCES) == set(DateSource)
    assert set(STOPS) == set(Stop)
    assert {rule.source for rule in ALL.reminders} == set(DateSource)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('cadence = "daily"', 'cadence = "hourly"', "rules.T-1.cadence: "),
        ('stop    = "designated"', 'stop    = "never"', "rules.T-1.stop: "),
        ('source  = "reply-due"', 'kilde  = "reply-due"', "rules.T-1.kilde: ukjent nøkkel"),
        ('"appointment.reminders_before_days"', '"appointment.model"', "rules.T-1.steps.1.before: "),
        ('to     = "manager"', 'to     = "boss"', "rules.T-1.steps.1.to: "),
        ('letter = "reminder-designation"', "", "rules.T-1.steps.1.letter: "),
        ('id      = "B.1"', 'id      = "T-1"', "rules.T-1: id-en står to ganger"),
        ('age     = "ages.majority"', 'age     = "ages.none"', "rules.T-21.age: "),
        ('on     = "annual.remind_on"', 'on     = "02-30"', "rules.T-4.steps.1.on: "),
        ('{ "annual.mode" = "push"', '{ "annual.modus" = "push"', "rules.T-4.where: "),
        ("after  = 14", 'after  = "meetings.agenda_days"\nbefore = 1', "rules.R-55.steps.1: "),
        ("Årlig melding om {team_definite}", "Årlig melding om {navn}", "rules.T-5.steps.1.task: "),
        (
            'cadence = "daily"',
            'cadence = "daily"\nclosed = true',
            "rules.T-1.closed: hører til regler uten brev",
        ),
        ("[[rules]]", "tall = 1\n[[rules]]", "tall: ukjent nøkkel"),
        ("[[rules]]", "[[rules", "filen er ikke gyldig TOML"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_file_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """Every mistake with its file and key, before anything starts."""
    config = tmp_path / "config"
    folder = config / "municipalities"
    folder.mkdir(parents=True)
    for file in (ROOT / "config/municipalities").glob("*.toml"):
        (folder / file.name).write_text(file.read_text())
    text = (ROOT / "config/reminders.toml").read_text()
    assert old in text
    (config / "reminders.toml").write_text(text.replace(old, new, 1))
    with pytest.raises(DeclarationError) as raised:
        load_municipalities(folder, ROOT / "config/law.toml")
    assert any(one.startswith("reminders.toml: ") and said in one for one in raised.value.mistakes), (
        raised.value.mistakes
    )


def test_b_1_the_interim_reply_after_a_month_and_not_once_it_is_sent_or_decided() -> None:
    """B.1: everyone who waits is told, once a month has gone without a decision."""
    case = replace(opened(), phase=Phase.ASSESSMENT, notified_on=date(2026, 11, 20))
    assert told(case, date(2026, 12, 19), "B.1") == []
    (found,) = told(case, date(2026, 12, 20), "B.1")
    assert found.order is not None
    assert (found.order.kind, found.order.to.role.value) == ("interim-reply", "family")
    assert found.order.facts == {"received_on": date(2026, 11, 20)}
    sent = Matter(id="x1", kind=MatterKind.INTERIM_REPLY, on=date(2026, 12, 1), done_on=date(2026, 12, 1))
    assert told(replace(case, matters=(sent,)), date(2026, 12, 20), "B.1") == []
    assert told(replace(case, phase=Phase.GRANTED), date(2026, 12, 20), "B.1") == []


def test_b_1_two_who_wait_each_get_theirs_the_same_day_and_nobody_twice() -> None:
    """B.1: a letter sent stops no other of the same day; a later run makes none."""
    case = replace(opened(), phase=Phase.ASSESSMENT, notified_on=date(2026, 11, 20))
    (found,) = told(case, date(2026, 12, 20), "B.1")
    assert found.order is not None
    sent = Matter(id="x1", kind=MatterKind.INTERIM_REPLY, on=date(2026, 12, 20), due=date(2027, 1, 15))
    one_sent = replace(case, matters=(sent,))
    assert not answered(one_sent, found.order, ALL)
    assert told(one_sent, date(2026, 12, 21), "B.1") == []


def test_b_1_the_day_an_interim_reply_promised_is_a_task_when_it_comes() -> None:
    """B.1: the next promise is known, until everything is decided."""
    promise = Matter(id="x1", kind=MatterKind.INTERIM_REPLY, on=date(2026, 12, 20), due=date(2027, 1, 15))
    case = replace(opened(), phase=Phase.ASSESSMENT, matters=(promise,))
    assert told(case, date(2027, 1, 14), "B.1-dato") == []
    (found,) = told(case, date(2027, 1, 15), "B.1-dato")
    assert "ny dato" in found.task
    kept = replace(case, matters=(replace(promise, done_on=date(2027, 1, 10)),))
    assert told(kept, date(2027, 1, 15), "B.1-dato") == []


@pytest.mark.parametrize(("key", "first"), [("orland", date(2026, 9, 1)), ("sondre_land", date(2026, 3, 1))])
def test_t_9_t_11_the_team_is_evaluated_after_the_months_of_the_profile(key: str, first: date) -> None:
    """T-9: half a year; T-11: a year; from the last evaluation, else from the beginning."""
    case = replace(team(), municipality=key)
    (found,) = told(case, first, "T-10")
    assert found.due == first
    assert found.order is not None
    assert found.order.facts == {"due": first}
    assert told(case, date.fromordinal(first.toordinal() - 1), "T-10") == []
    done = Matter(id="x1", kind=MatterKind.EVALUATION, on=first, done_on=first)
    evaluated = replace(case, matters=(done,))
    assert told(evaluated, first, "T-10") == []
    assert answered(evaluated, found, ALL)


def test_t_10_a_municipality_without_the_rule_gets_no_reminder() -> None:
    """Vestre Toten and Løten say nothing of how often: nothing is invented."""
    for key in ("vestre_toten", "loten"):
        for rule in ("T-10", "T-4", "T-1", "T-3", "R-43"):
            assert told(replace(team(), municipality=key), date(2030, 6, 20), rule) == []


def test_t_8_too_few_meetings_stand_in_the_list_only() -> None:
    """T-6, T-7, T-8 say «bør»: nobody is written to; the list shows it until there are enough."""
    case = replace(team(), municipality="orland")
    assert told(case, date(2027, 1, 2), "T-8") == []
    assert ("T-8", date(2026, 12, 31)) in [
        (one.rule, one.due) for one in overdue([case], ALL, date(2027, 1, 2))
    ]
    assert ("T-8", date(2026, 12, 31)) in [
        (one.rule, one.due) for one in upcoming([case], ALL, date(2026, 12, 20), 14)
    ]
    held = tuple(
        Matter(id=f"x{n}", kind=MatterKind.MEETING, on=date(2026, n, 1), done_on=date(2026, n, 1))
        for n in (3, 9)
    )
    enough = replace(case, matters=held)
    assert not [one for one in overdue([enough], ALL, date(2027, 1, 2)) if one.rule == "T-8"]


def test_t_16_twelve_years_is_a_task_and_only_about_then() -> None:
    """T-16: a task on the birthday; a forty-year-old gets none."""
    case = team(birth_date=date(2014, 12, 5))
    (found,) = told(case, date(2027, 1, 1), "T-16")
    assert (found.order, found.to) == (None, None)
    assert "stor vekt" in found.task
    assert told(case, date(2026, 12, 4), "T-16") == []
    assert told(team(birth_date=date(1986, 12, 5)), date(2027, 1, 1), "T-16") == []


@pytest.mark.parametrize(
    ("rule", "years", "kind"),
    [
        ("T-18", 16, "transition-16"),
        ("T-18-familie", 16, "transition-16-family"),
        ("T-18-koordinator", 16, "transition-coordinator"),
        ("T-21", 18, "transition-18"),
        ("T-21-familie", 18, "transition-18-family"),
        ("T-21-koordinator", 18, "transition-coordinator"),
    ],
)
def test_t_18_t_21_the_transition_is_told_half_a_year_and_a_month_before(
    rule: str, years: int, kind: str
) -> None:
    """T-18, T-21: to the youth, the family and the coordinator, each a letter of their own; none on the day."""
    case = team(birth_date=date(2031 - years, 3, 15))
    assert told(case, date(2030, 9, 14), rule) == []
    for on, step in ((date(2030, 9, 15), date(2030, 9, 15)), (date(2031, 2, 20), date(2031, 2, 15))):
        (found,) = told(case, on, rule)
        assert (found.kind, found.step, found.due) == (kind, step, date(2031, 3, 15))
        assert found.order is not None
        assert found.order.facts["birthday"] == date(2031, 3, 15)
        assert found.order.facts["measure"] == "coordinator"
    assert told(case, date(2031, 3, 15), rule) == []
    ended = replace(case, appointments=())
    assert told(ended, date(2030, 9, 15), rule) == []


@pytest.mark.parametrize(
    ("age", "phase"),
    [(6, "primary-school"), (13, "lower-secondary"), (16, "upper-secondary"), (19, "after-school")],
)
@pytest.mark.parametrize("key", ["vestre_toten", "salangen", "orland"])
def test_t_28_a_transition_of_life_is_planned_in_good_time(key: str, age: int, phase: str) -> None:
    """T-28: a letter to the coordinator, reckoned from the year of birth; born in January or December, the same day."""
    for birth in (date(2031 - age, 1, 1), date(2031 - age, 12, 31)):
        case = replace(team(birth_date=birth), municipality=key)
        assert told(case, date(2030, 10, 14), "T-28") == []
        (found,) = told(case, date(2030, 10, 15), "T-28")
        assert (found.kind, found.due, found.period) == (
            "transition-phase",
            date(2031, 8, 15),
            f"{phase}:2030-10-15",
        )
        assert found.order is not None
        assert found.order.to.role is PartyRole.COORDINATOR
        assert found.order.facts == {"phase": phase, "year": 2031, "measure": "coordinator"}
        # A later run makes the same one, which the period makes once only; none once the day has come.
        assert [one.key for one in told(case, date(2031, 8, 14), "T-28")] == [found.key]
        assert told(case, date(2031, 8, 15), "T-28") == []
        ended = replace(case, appointments=())
        assert told(ended, date(2030, 10, 15), "T-28") == []
        assert answered(ended, found.order, ALL)


@pytest.mark.parametrize("key", ["sondre_land", "loten"])
def test_t_28_a_municipality_that_says_nothing_of_transitions_gets_no_reminder(key: str) -> None:
    """T-28: no lead time in the profile, no letter."""
    assert told(replace(team(birth_date=date(2025, 5, 5)), municipality=key), date(2030, 12, 1), "T-28") == []


def test_l_003_8_the_unit_is_told_of_a_transition_where_the_profile_says_so() -> None:
    """L-003-8: Ørland's unit gets a task beside the coordinator's letter; the others don't."""
    case = team(birth_date=date(2018, 6, 6))
    (found,) = told(case, date(2030, 10, 15), "L-003-8")
    assert (found.order, found.to, found.due) == (None, None, date(2031, 8, 15))
    assert "ansvarsgruppen" in found.task
    assert told(replace(case, municipality="vestre_toten"), date(2030, 10, 15), "L-003-8") == []
    assert told(replace(case, appointments=()), date(2030, 10, 15), "L-003-8") == []


@given(
    birth=st.dates(date(2009, 1, 1), date(2031, 12, 31)), on=st.dates(date(2029, 1, 1), date(2032, 12, 31))
)
@settings(deadline=None, max_examples=60)
def test_t_28_the_questions_find_every_case_that_is_due(birth: date, on: date) -> None:
    """T-28: the years of birth that are asked for hold everybody who is due, and never the whole register."""
    asked = [q for q in questions(ALL, on) if (q.rule, q.municipality) == ("T-28", "orland")]
    assert all(q.since and q.until and q.since.year == q.until.year for q in asked)
    if told(team(birth_date=birth), on, "T-28"):
        assert any(q.since <= birth <= q.until for q in asked if q.since and q.until)


def test_t_21_a_child_coordinator_past_the_age_is_a_task_on_the_birthday() -> None:
    """T-21: the right ends at 18; the unit ends it or appoints another. Born on 29 February: on the 28th."""
    case = team(birth_date=date(2008, 2, 29))
    (one,) = [a for a in case.appointments if a.to_date is None]
    child = replace(case, appointments=(replace(one, measure=Measure.CHILD_COORDINATOR),))
    assert told(child, date(2026, 2, 27), "T-21-slutt") == []
    (found,) = told(child, date(2026, 2, 28), "T-21-slutt")
    assert "alminnelig koordinator" in found.task
    assert told(case, date(2026, 2, 28), "T-21-slutt") == []


def test_t_21_an_unborn_childs_due_date_has_passed() -> None:
    """T-21: a task a fortnight after, until the birth is registered."""
    person = Person(id="P7", name="Familien Lie", due_date=date(2026, 12, 1), family=True)
    case = replace(opened(), person=person)
    assert told(case, date(2026, 12, 14), "T-21-termin") == []
    (found,) = told(case, date(2026, 12, 15), "T-21-termin")
    assert found.task
    born = replace(case, person=replace(person, birth_date=date(2026, 12, 3)))
    assert told(born, date(2026, 12, 15), "T-21-termin") == []


def test_r_51_a_consent_gap_comes_back_each_week_until_it_is_given() -> None:
    """R-51: to the coordinator, with what is missing; a key for each week."""
    case = with_team(established_on=date(2025, 9, 1))
    (one,) = told(case, date(2027, 2, 3), "R-51")
    (same,) = told(case, date(2027, 2, 7), "R-51")
    (next_week,) = told(case, date(2027, 2, 8), "R-51")
    assert one.key == same.key != next_week.key
    assert one.order is not None
    assert one.order.facts == {"kinds": ("samtykke til ansvarsgruppe",)}
    given = take(case, group_consent(), document="d8").case
    assert told(given, date(2027, 2, 3), "R-51") == []
    assert answered(given, one.order, ALL)
    assert not answered(case, one.order, ALL)


def test_r_55_a_consent_asked_for_again_and_not_come_is_reminded_of() -> None:
    """R-55: a fortnight after it was asked for, until the matter is done."""
    asked = Matter(id="x3", kind=MatterKind.CONSENT_RENEWAL, on=date(2027, 1, 4))
    case = replace(team(), matters=(asked,))
    assert told(case, date(2027, 1, 17), "R-55") == []
    (found,) = told(case, date(2027, 1, 18), "R-55")
    assert found.kind == "consent-renewal"
    done = replace(case, matters=(replace(asked, done_on=date(2027, 1, 10)),))
    assert answered(done, found, ALL)


def test_r_43_a_coordinator_without_a_deputy_is_reminded_where_the_profile_warns() -> None:
    """R-43: weekly, in Ørland only."""
    (one,) = [a for a in team().appointments if a.to_date is None]
    case = replace(team(), appointments=(replace(one, deputy_name=""),))
    assert [d.kind for d in told(case, date(2027, 2, 3), "R-43")] == ["deputy-missing"]
    assert (
        told(replace(case, appointments=(replace(one, deputy_name="Pål Aune"),)), date(2027, 2, 3), "R-43")
        == []
    )


def test_t_5_collection_on_the_municipalitys_day_and_a_task_where_it_has_none() -> None:
    """T-5, L-002-5: Salangen has set no day, so the unit gets a task once a year; with a day the coordinators are asked."""
    case = replace(team(), municipality="salangen")
    assert told(case, date(2027, 10, 31), "T-5") == []
    (one,) = told(case, date(2027, 11, 1), "T-5")
    (later,) = told(case, date(2027, 12, 20), "T-5")
    assert one.task
    assert one.period == later.period
    assert told(case, date(2027, 11, 1), "L-002-5") == []
    profile = ALL["salangen"]
    set_day = replace(profile, annual=replace(profile.annual, collect_on="09-15"))
    known = replace(ALL, profiles=dict(ALL) | {"salangen": set_day})
    (asked,) = told(case, date(2027, 9, 15), "L-002-5", known)
    assert asked.order is not None
    assert (asked.kind, asked.order.facts) == ("annual-collection", {"year": 2027})
    assert told(case, date(2027, 11, 1), "T-5", known) == []
    report = AnnualReport(id="r1", year=2027, received_on=date(2027, 9, 20), document="d5")
    assert answered(replace(case, annual_reports=(report,)), asked, known)


def test_l_002_5_numbers_are_asked_for_where_no_report_gives_them() -> None:
    """F-001-11: Søndre Land, a month before the day; coordinator and leader."""
    case = replace(team(), municipality="sondre_land")
    found = told(case, date(2027, 12, 1), "F-001-11")
    assert [(d.kind, d.to.role.value if d.to else "") for d in found] == [
        ("statistics-request", "coordinator"),
        ("statistics-request", "manager"),
    ]
    assert len({d.period for d in found}) == 2
    assert told(team(), date(2027, 12, 1), "F-001-11") == []


@pytest.mark.parametrize(
    ("kind", "rule", "on"),
    [
        (MatterKind.PRIOR_NOTICE, "B.1-varsel", date(2027, 3, 2)),
        (MatterKind.COMPLAINT, "B.2", date(2027, 3, 17)),
        (MatterKind.DEVIATION, "B.12", date(2027, 3, 1)),
    ],
)
def test_b_1_b_2_b_12_an_expired_deadline_of_a_matter_is_a_task(
    kind: MatterKind, rule: str, on: date
) -> None:
    """A matter with a deadline that still runs, or a complaint a month old; one that is done asks for nothing."""
    matter = Matter(id="x1", kind=kind, on=date(2027, 2, 15), due=date(2027, 3, 1))
    case = replace(team(), matters=(matter,))
    (found,) = told(case, on, rule)
    assert found.task
    assert told(case, date.fromordinal(on.toordinal() - 1), rule) == []
    assert told(replace(case, matters=(replace(matter, done_on=date(2027, 2, 20)),)), on, rule) == []


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.REFUSED, Phase.TERMINATED])
@pytest.mark.parametrize(("kind", "rule"), [(MatterKind.COMPLAINT, "B.2"), (MatterKind.DEVIATION, "B.12")])
def test_b_2_b_12_a_deadline_goes_on_in_a_case_that_has_ended(
    phase: Phase, kind: MatterKind, rule: str
) -> None:
    """B.2, B.12: complaints mostly come after the end; a task, also for one who is dead, and in the lists; none once merged."""
    on = date(2027, 3, 1)
    matter = Matter(id="x1", kind=kind, on=date(2027, 1, 30), due=on)
    case = replace(team(deceased_on=date(2027, 1, 2)), phase=phase, matters=(matter,))
    (found,) = due([case], ALL, on, staff=PEOPLE)
    assert (found.rule, found.order, bool(found.task), found.closed) == (rule, None, True, True)
    assert stands(case, rule, ALL, on)
    assert [one.rule for one in overdue([case], ALL, date(2027, 3, 2))] == [rule]
    assert [one.rule for one in upcoming([case], ALL, date(2027, 2, 20), 30)] == [rule]
    ended = replace(case, matters=(replace(matter, done_on=date(2027, 2, 20)),))
    merged = replace(case, phase=Phase.MERGED, merged_into="2026/500")
    assert list(due([ended, merged], ALL, on, staff=PEOPLE)) == []
    assert not stands(ended, rule, ALL, on)
    other = replace(case, matters=(replace(matter, kind=MatterKind.PRIOR_NOTICE),))
    assert list(due([other], ALL, date(2027, 3, 5), staff=PEOPLE)) == []


def test_b_2_a_complaint_that_was_sent_on_waits_for_the_complaint_body() -> None:
    """B.2: the month counts until the unit has decided or sent it on."""
    matter = Matter(id="x1", kind=MatterKind.COMPLAINT, on=date(2027, 2, 15))
    sent = replace(matter, until=date(2027, 2, 20), outcome="forwarded")
    assert told(replace(team(), matters=(matter,)), date(2027, 4, 1), "B.2")
    assert told(replace(team(), matters=(sent,)), date(2027, 4, 1), "B.2") == []


def _withdrawn(case: Case) -> Case:
    gone = Consent(
        id="c9", kind="establish", granted=True, signed=True, withdrawn_on=date(2027, 1, 1), document="d9"
    )
    return replace(case, consents=(*case.consents, gone))


@pytest.mark.parametrize(
    ("hindrance", "word"),
    [
        (lambda case: replace(case, person=replace(case.person, deceased_on=date(2027, 1, 2))), "død"),
        (lambda case: replace(case, person=replace(case.person, moved_on=date(2027, 1, 2))), "flyttet"),
        (lambda case: replace(case, person=replace(case.person, protected=True)), "sperret"),
        (_withdrawn, "trukket tilbake"),
        (
            lambda case: replace(
                case, matters=(Matter(id="x9", kind=MatterKind.CONFLICT, on=date(2027, 1, 1), employee="e1"),)
            ),
            "inhabil",
        ),
    ],
)
def test_c_5_a_hindrance_stops_every_batch_letter_with_a_sentence(hindrance: object, word: str) -> None:
    """C.3, C.5: dead, moved, protected, withdrawn, in conflict; a draft that waits is hindered too."""
    (before,) = told(team(), date(2027, 5, 1), "T-4")
    assert before.order is not None
    case = hindrance(team())  # type: ignore[operator]  # a function of the parameters above
    (found,) = told(case, date(2027, 5, 1), "T-4")
    assert found.order is None
    assert word in found.reason
    assert found.reason.count(".") <= 2
    assert word in hindered(case, before.order, ALL, date(2027, 5, 1))
    assert not hindered(team(), before.order, ALL, date(2027, 5, 1))


@pytest.mark.parametrize(
    ("phase", "into"), [(Phase.CLOSED, ""), (Phase.MERGED, "2026/500"), (Phase.TERMINATED, "")]
)
def test_c_5_closed_and_merged_cases_ask_for_nothing_and_stop_what_waits(phase: Phase, into: str) -> None:
    """C.5: skipped; a draft in them is answered, and hindered with a sentence of its own."""
    (before,) = told(team(), date(2027, 5, 1), "T-4")
    assert before.order is not None
    case = replace(team(), phase=phase, merged_into=into)
    assert list(due([case], ALL, date(2027, 5, 1), staff=PEOPLE)) == []
    assert answered(case, before.order, ALL)
    assert hindered(case, before.order, ALL, date(2027, 5, 1)).startswith("Saken er ")


def test_t_4_the_missing_are_listed_and_escalated_after_the_last_step() -> None:
    """T-4: by 1 June nobody is escalated; after 15 June all who are missing are."""
    case = team()
    (june,) = missing_reports([case], ALL, 2027, date(2027, 6, 2))
    (late,) = missing_reports([case], ALL, 2027, date(2027, 6, 15))
    assert (june.last_step, late.last_step) == (False, True)
    assert (late.case, late.service, late.due) == (case.id, "Ergoterapi", date(2027, 6, 1))
    report = AnnualReport(id="r1", year=2027, received_on=date(2027, 12, 31), document="d5")
    assert list(missing_reports([replace(case, annual_reports=(report,))], ALL, 2027, date(2028, 1, 5))) == []
    new = replace(case, team=replace(case.team, established_on=date(2027, 3, 2)))  # type: ignore[type-var]  # it has one
    assert list(missing_reports([new], ALL, 2027, date(2027, 6, 15))) == []


def test_t_1_restanse_and_forfall_know_the_service_that_has_not_answered() -> None:
    """T-1: in forfall until the deadline, in restanse after it, gone when the service has named somebody."""
    case = named(opened("sondre_land"), situation("sondre_land", date(2026, 12, 11)), name="").case
    on, after = date(2026, 12, 20), date(2026, 12, 26)
    assert [(o.rule, o.who) for o in upcoming([case], ALL, on, 14) if o.rule == "T-1"] == [
        ("T-1", "Ergoterapi")
    ]
    assert not [o for o in overdue([case], ALL, on) if o.rule == "T-1"]
    assert [o.due for o in overdue([case], ALL, after) if o.rule == "T-1"] == [date(2026, 12, 25)]
    answer = named(case, situation("sondre_land")).case
    assert not [o for o in overdue([answer], ALL, after) if o.rule == "T-1"]


def test_c_5_a_batch_is_named_by_municipality_cadence_and_day() -> None:
    """So that a clerk can say which one was approved."""
    rule = next(rule for rule in ALL.reminders if rule.id == "T-4")
    assert batch_id("orland", rule.cadence, date(2031, 6, 1)) == "orland-yearly-2031-06-01"


def test_only_one_coordinator_is_asked_the_one_in_force() -> None:
    """R-8: one who has ended gets nothing."""
    (one,) = [a for a in team().appointments if a.to_date is None]
    former: Appointment = replace(one, id="a0", employee="e2", to_date=date(2026, 1, 1))
    case = replace(team(), appointments=(former, one))
    assert [d.to.employee for d in told(case, date(2027, 5, 1), "T-4") if d.to] == ["e1"]
