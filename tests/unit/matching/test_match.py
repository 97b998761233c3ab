"""Matching: never on a name alone, and a doubt goes to a person with the candidates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.domain import (
    CaseSummary,
    FieldReading,
    FieldStatus,
    Person,
    Phase,
    ReadingStatus,
    Submission,
    SubmissionRecord,
    SubmissionStatus,
    address_key,
    name_ends,
    name_key,
)
from pipeline.matching import Match, match

TOWN = "fjelldal"
BORN = date(2014, 11, 3)


class Cases:
    """Cases held in a list, found as the register finds them."""

    def __init__(self, *summaries: CaseSummary) -> None:
        """Hold the cases."""
        self._all = summaries

    def _those(self, municipality: str, found: Iterable[CaseSummary]) -> tuple[CaseSummary, ...]:
        return tuple(s for s in found if s.municipality == municipality)

    def cases_by_number(self, municipality: str, number: str) -> tuple[CaseSummary, ...]:
        return self._those(municipality, (s for s in self._all if number in {s.id, s.archive_case}))

    def cases_by_birth_date(self, municipality: str, day: date) -> tuple[CaseSummary, ...]:
        return self._those(municipality, (s for s in self._all if s.person.birth_date == day))

    def cases_by_due_date(self, municipality: str, first: date, last: date) -> tuple[CaseSummary, ...]:
        due = (s for s in self._all if s.person.due_date and first <= s.person.due_date <= last)
        return self._those(municipality, due)

    def cases_by_phone(self, municipality: str, phone: str) -> tuple[CaseSummary, ...]:
        return self._those(municipality, (s for s in self._all if s.person.phone == phone))

    def cases_by_address(self, municipality: str, address: str) -> tuple[CaseSummary, ...]:
        folded = address_key(address)
        return self._those(municipality, (s for s in self._all if address_key(s.person.address) == folded))

    def cases_by_name(self, municipality: str, name: str) -> tuple[CaseSummary, ...]:
        keys = name_key(name), name_ends(name)
        alike = (
            s for s in self._all if name_key(s.person.name) == keys[0] or name_ends(s.person.name) == keys[1]
        )
        return self._those(municipality, alike)


def known(
    name: str = "Tuva Lin Myrland", case: str = "2026/1", phase: Phase = Phase.ACTIVE, **more: Any
) -> CaseSummary:
    """A case in the register."""
    about = {"birth_date": BORN, "phone": "+4790000001", "address": "Bakken 1", **more}
    archive = about.pop("archive_case", "")
    identity = about.pop("person", f"P-{case}")
    return CaseSummary(
        id=case,
        municipality=TOWN,
        phase=phase,
        opened_on=date(2026, 1, 5),
        person=Person(id=identity, name=name, postal_place="0001 Fjelldal", **about),
        archive_case=archive,
    )


def form(kind: str = "need-notification", **told: str) -> Submission:
    """A surely read form; ``name`` stands for ``recipient.name`` and so on."""
    ids = {"subject": "subject", "case": "case.number"}
    return Submission(
        source="x.docx",
        form=kind,
        status=ReadingStatus.ACCEPTED,
        fields={
            ids.get(key, f"recipient.{key}"): FieldReading(
                value=value, raw=value, status=FieldStatus.ACCEPTED
            )
            for key, value in told.items()
        },
    )


def found(told: Submission, *summaries: CaseSummary) -> tuple[str, str]:
    """Kind and code of the match."""
    result = match(told, Cases(*summaries), municipality=TOWN)
    assert (result.case is not None) == (result.kind == "one")
    assert result.reason.endswith(".")
    return result.kind.value, result.code


@pytest.mark.parametrize(
    "name",
    [
        "Tuva Lin Myrland",
        "TUVA LIN MYRLAND",
        "Myrland, Tuva Lin",
        "Myrland Tuva Lin",
        "Tuva-Lin Myrland",
        "Tuva Myrland",
        "  Tuva   Myrland ",
    ],
)
def test_the_same_name_and_birth_date_is_the_case(name: str) -> None:
    assert found(form(name=name, birth_date="2014-11-03"), known()) == ("one", "matched")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Åse Sætre", "Aase Saetre"),
        ("Bjørn Vik", "Bjorn Vik"),
        ("Máret Čáŋŋi", "Maret Canni"),
        ("André Lie", "Andre Lie"),
        ("Mona Vik", "Nona Vik"),
        ("Tuva Myrland", "Tuva Sand"),
        ("Lin Myrland", "Tuva Lin Myrland"),
        ("T. Myrland", "Tuva Myrland"),
        ("Annemarie Li", "Anne Marie Li"),
        ("Myrland", "Tuva Myrland"),
        ("Tvua Myrland", "Tuva Myrland"),
    ],
)
def test_nearly_the_same_name_and_birth_date_is_a_doubt(told: str, kept: str) -> None:
    assert found(form(name=told, birth_date="2014-11-03"), known(kept)) == ("doubt", "near-match")


def test_unicode_forms_of_one_name_are_one_name() -> None:
    told = form(name="A\u030ase Sætre", birth_date="2014-11-03")
    assert found(told, known("Åse Sætre")) == ("one", "matched")


def test_twins_are_two_persons() -> None:
    told = form(name="Jonas Myrland", birth_date="2014-11-03", phone="+4790000001", address="Bakken 1")
    assert found(told, known("Tuva Myrland")) == ("none", "no-match")


def test_a_twin_with_nearly_the_same_name_is_a_doubt_unless_the_name_is_surely_the_others() -> None:
    ada, ida = known("Ada Myrland"), known("Ida Myrland", case="2026/2")
    assert found(form(name="Ada Myrland", birth_date="2014-11-03"), ida) == ("doubt", "near-match")
    result = match(form(name="Ada Myrland", birth_date="2014-11-03"), Cases(ada, ida), municipality=TOWN)
    assert result.case == "2026/1"


@pytest.mark.parametrize(
    "slip", ["2014-11-08", "2014-03-11", "2015-11-03", "2014-11-30", "1914-11-03", "2014-11-02", "2014-01-03"]
)
def test_the_same_name_and_nearly_the_same_birth_date_is_a_doubt(slip: str) -> None:
    assert found(form(name="Tuva Myrland", birth_date=slip), known(phone="", address="")) == (
        "doubt",
        "near-match",
    )


def test_the_same_name_and_another_birth_date_is_somebody_else() -> None:
    assert found(form(name="Tuva Myrland", birth_date="1986-07-22"), known()) == ("none", "no-match")


def test_the_same_name_and_door_and_another_birth_date_is_a_doubt() -> None:
    told = form(
        name="Tuva Myrland", birth_date="1986-07-22", address="BAKKEN 1", postal_place="0001 Fjelldal"
    )
    assert found(told, known()) == ("doubt", "near-match")


def test_never_on_a_name_alone() -> None:
    assert found(form(name="Tuva Lin Myrland"), known()) == ("doubt", "name-only")
    assert found(form(name="Ukjent Person"), known()) == ("doubt", "name-only")
    assert found(form("group-consent", subject="Tuva Lin Myrland"), known()) == ("doubt", "name-only")


def test_a_consent_with_only_a_name_shows_everybody_of_that_name() -> None:
    same = [known(case=f"2026/{n}", birth_date=date(2000, 1, n)) for n in range(1, 26)]
    result = match(form("group-consent", subject="Tuva Myrland"), Cases(*same), municipality=TOWN)
    assert (result.kind, result.code, len(result.candidates)) == ("doubt", "name-only", 20)
    assert "20 av 25" in result.reason


@pytest.mark.parametrize("how", [{"phone": "+4790000001"}, {"address": "bakken 1"}])
def test_name_and_phone_or_address_is_the_case(how: dict[str, str]) -> None:
    assert found(form(name="Tuva Myrland", **how), known()) == ("one", "matched")
    assert found(form(name="Tiva Myrland", **how), known()) == ("doubt", "near-match")
    assert found(form(name="Jonas Myrland", **how), known()) == ("none", "no-match")


def test_the_same_street_in_another_place_is_another_door() -> None:
    told = form(name="Tuva Myrland", address="Bakken 1", postal_place="0999 Utvik")
    assert found(told, known()) == ("doubt", "near-match")


def test_parent_and_child_of_one_name_at_one_door_are_a_doubt() -> None:
    older = known(case="2026/2", birth_date=date(1980, 1, 1))
    assert found(form(name="Tuva Lin Myrland", phone="+4790000001"), known(), older) == (
        "doubt",
        "several-persons",
    )


def test_two_persons_of_one_name_and_birth_date_are_both_shown() -> None:
    other = known(case="2026/2", phone="", address="Lia 9")
    result = match(
        form(name="Tuva Myrland", birth_date="2014-11-03"), Cases(known(), other), municipality=TOWN
    )
    assert (result.kind, result.code) == ("doubt", "several-persons")
    assert {c.case for c in result.candidates} == {"2026/1", "2026/2"}


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.TERMINATED, Phase.REFUSED])
def test_an_ended_case_is_a_doubt_but_an_open_one_beside_it_is_taken(phase: Phase) -> None:
    told = form(name="Tuva Myrland", birth_date="2014-11-03")
    ended = known(phase=phase)
    assert found(told, ended) == ("doubt", "ended-case")
    assert match(told, Cases(ended, known(case="2026/2")), municipality=TOWN).case == "2026/2"
    open_two = known(case="2026/2"), known(case="2026/3")
    assert found(told, *open_two) == ("doubt", "several-cases")


def test_the_dead_are_never_matched_without_a_person() -> None:
    told = form(name="Tuva Myrland", birth_date="2014-11-03")
    assert found(told, known(deceased_on=date(2026, 1, 1))) == ("doubt", "ended-case")


def test_a_case_number_finds_the_case_when_the_name_agrees() -> None:
    summary = known(archive_case="24/1077")
    assert found(form(name="Tuva Myrland", case="24/1077"), summary) == ("one", "matched")
    assert found(form(case="2026/1"), summary) == ("one", "matched")
    assert found(form(name="Jonas Vik", case="2026/1"), summary) == ("doubt", "number-differs")
    wrong_day = form(name="Tuva Myrland", case="2026/1", birth_date="2014-11-04")
    assert found(wrong_day, summary) == ("doubt", "number-differs")
    unknown = form(name="Tuva Myrland", case="2026/9", birth_date="2014-11-03")
    assert found(unknown, summary) == ("doubt", "unknown-number")


def test_a_number_of_one_and_the_name_of_another_is_a_doubt() -> None:
    other = known("Jonas Vik", case="2026/2", birth_date=date(2001, 2, 3))
    told = form(name="Tuva Myrland", birth_date="2014-11-03", case="2026/2")
    assert found(told, known(), other) == ("doubt", "number-differs")


def test_an_unborn_child_needs_more_than_a_due_date_and_a_name() -> None:
    unborn = known("Barn av Mona Vik", birth_date=None, due_date=date(2026, 8, 1))
    assert found(form(name="Barn av Mona Vik", due_date="2026-08-01", phone="+4790000001"), unborn) == (
        "one",
        "matched",
    )
    assert found(form(name="Barn av Mona Vik", due_date="2026-08-01"), unborn) == ("doubt", "near-match")
    assert found(form(name="Barn av Mona Vik", due_date="2026-08-12"), unborn) == ("doubt", "near-match")
    assert found(form(name="Barn av Eli Sand", due_date="2026-12-01"), unborn) == ("none", "no-match")


def test_a_newborn_may_be_the_child_that_was_due() -> None:
    unborn = known("Barn av Mona Vik", birth_date=None, due_date=date(2026, 8, 1))
    told = form(name="Leo Vik", birth_date="2026-07-20", phone="+4790000001")
    assert found(told, unborn) == ("doubt", "near-match")
    assert found(form(name="Leo Vik", birth_date="2026-07-20"), unborn) == ("none", "no-match")


def test_another_municipality_is_never_asked() -> None:
    told = form(name="Tuva Myrland", birth_date="2014-11-03")
    elsewhere = replace(known(), municipality="utvik")
    assert found(told, elsewhere) == ("none", "no-match")


def test_what_was_not_surely_read_decides_nothing() -> None:
    told = form(name="Tuva Myrland", birth_date="2014-11-03")
    fields = dict(told.fields)
    fields["recipient.birth_date"] = replace(fields["recipient.birth_date"], status=FieldStatus.REVIEW)
    assert found(replace(told, fields=fields), known()) == ("doubt", "uncertain-reading")
    assert found(replace(told, fields=fields)) == ("doubt", "uncertain-reading")


def beside(*cases: str | None) -> Match:
    """Match a checklist beside notifications of these cases."""
    notified = [
        SubmissionRecord(
            id=f"S{n}",
            document="D1",
            position=n,
            status=SubmissionStatus.LINKED,
            submission=form(name="Tuva Myrland"),
            case=case,
        )
        for n, case in enumerate(cases, start=1)
    ]
    return match(form("needs-checklist"), Cases(known()), municipality=TOWN, beside=notified)


def test_a_form_without_a_name_belongs_to_the_notification_in_its_file() -> None:
    assert (beside("2026/1").kind, beside("2026/1").case) == ("one", "2026/1")
    for unclear in (beside(), beside(None), beside("2026/1", "2026/2"), beside("2026/1", None)):
        assert (unclear.kind, unclear.code) == ("doubt", "names-nobody")


@pytest.mark.parametrize("name", ["", "   ", "....", "😀", "\u202e", "'"])
def test_a_name_without_letters_names_nobody(name: str) -> None:
    assert found(form(name=name, birth_date="2014-11-03"), known("😀")) == ("doubt", "names-nobody")


def test_candidates_say_what_speaks_for_and_against() -> None:
    told = form(name="Tuva Myrland", birth_date="2014-11-08", phone="+4790000001")
    (candidate,) = match(told, Cases(known(phase=Phase.CLOSED)), municipality=TOWN).candidates
    assert (candidate.case, candidate.name, candidate.birth_date) == ("2026/1", "Tuva Lin Myrland", BORN)
    assert candidate.speaks_for == ("navnet stemmer", "fødselsdato ligner", "samme telefon")
    assert candidate.speaks_against == ("saken er avsluttet",)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "nonsense"])
def test_days_at_the_edge_of_time_are_no_trouble(day: str) -> None:
    assert found(form(name="Tuva Myrland", birth_date=day, due_date=day, phone="1")) == ("none", "no-match")


def coded(case: str = "2026/1", kind: str = "group-report", **told: str) -> Submission:
    """A form whose own code names a case."""
    return replace(form(kind, **told), coded_case=case)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"name": "Tuva Lin Myrland"},
        {"birth_date": BORN.isoformat()},
        {"name": "Tuva Lin Myrland", "birth_date": BORN.isoformat(), "phone": "+4790000099"},
    ],
)
def test_a_code_that_nothing_contradicts_is_enough(told: dict[str, str]) -> None:
    found = match(coded(**told), Cases(known(), known("Ola Aune", case="2026/2")), municipality=TOWN)
    assert (found.kind, found.case, found.code) == ("one", "2026/1", "coded")


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Ola Aune"},
        {"name": "Tuva Myrlund"},
        {"name": "Tuva Lin Myrland", "birth_date": "2015-11-03"},
        {"birth_date": "2001-01-01"},
    ],
)
def test_a_code_that_the_form_contradicts_goes_to_a_person(told: dict[str, str]) -> None:
    cases = Cases(known(), known("Ola Aune", case="2026/2", birth_date=date(2001, 1, 1)))
    found = match(coded(**told), cases, municipality=TOWN)
    assert (found.kind, found.case, found.code) == ("doubt", None, "code-differs")
    assert found.candidates[0].case == "2026/1"


def test_a_code_of_another_case_than_the_number_printed_goes_to_a_person() -> None:
    cases = Cases(known(), known(case="2026/2", phase=Phase.ACTIVE))
    assert match(coded(case="2026/1"), cases, municipality=TOWN).case == "2026/1"
    told = replace(form("closure-notice", case="2026/2", name="Tuva Lin Myrland"), coded_case="2026/1")
    assert match(told, cases, municipality=TOWN).code == "number-differs"


def test_a_code_of_no_case_here_or_of_an_ended_one_goes_to_a_person() -> None:
    told = coded(name="Tuva Lin Myrland", birth_date=BORN.isoformat())
    assert match(told, Cases(known(case="2026/9")), municipality=TOWN).code == "unknown-code"
    assert match(told, Cases(known(phase=Phase.CLOSED)), municipality=TOWN).code == "ended-case"
    assert match(told, Cases(known()), municipality="annen").code == "unknown-code"
