"""What speaks for and against one case, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pipeline.domain import Candidate, CaseSummary, Person, Phase, name_words
from pipeline.matching._asked import Asked
from pipeline.matching._likeness import Likeness, born_of, days, due_days, names, other_address, same_address

ENDED = frozenset({Phase.CLOSED, Phase.TERMINATED, Phase.REFUSED})


class Verdict(Enum):
    """Whether a case's person is the form's: AGREES, perhaps (DOUBT), or OTHER."""

    AGREES = "agrees"
    DOUBT = "doubt"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """A case, the verdict, and the candidate to show."""

    summary: CaseSummary
    verdict: Verdict
    candidate: Candidate
    by_number: bool
    by_code: bool = False

    @property
    def ended(self) -> bool:
        """Whether the case or the person's life has ended: never without a person's word."""
        return self.summary.phase in ENDED or self.summary.person.deceased_on is not None


def weigh(asked: Asked, summary: CaseSummary) -> Weighed:
    """Weigh one case against what a form tells."""
    person = summary.person
    name = names(asked.name, person.name)
    date, what = _dates(asked, person)
    phone = bool(asked.phone) and asked.phone == person.phone
    address = same_address(asked.address, asked.postal_place, person.address, person.postal_place)
    printed = bool(asked.number) and asked.number in {summary.id, summary.archive_case}
    coded = bool(asked.coded) and asked.coded == summary.id
    number = printed or coded
    apart = not address and other_address(asked.address, person.address)
    verdict = _verdict(
        name, date, due=what == "termindato", reached=phone or address, apart=apart, number=number
    )
    pro: list[str] = []
    contra: list[str] = []
    if coded:
        pro.append("koden på skjemaet er for denne saken")
    if printed:
        pro.append("saksnummeret stemmer")
    _say(name, pro, contra, "navnet")
    _say(date, pro, contra, what)
    if phone:
        pro.append("samme telefon")
    if address:
        pro.append("samme adresse")
    if apart:
        contra.append("adressen er en annen")
    if summary.phase in ENDED:
        contra.append("saken er avsluttet")
    if person.deceased_on is not None:
        contra.append("personen er registrert som død")
    candidate = Candidate(
        case=summary.id,
        name=person.name,
        birth_date=person.birth_date,
        speaks_for=tuple(pro),
        speaks_against=tuple(contra),
    )
    return Weighed(summary=summary, verdict=verdict, candidate=candidate, by_number=number, by_code=coded)


def _dates(asked: Asked, person: Person) -> tuple[Likeness, str]:
    """Compare birth dates, else due dates, else a birth with a due date; say which."""
    if asked.birth_date and person.birth_date:
        return days(asked.birth_date, person.birth_date), "fødselsdato"
    if asked.due_date and person.due_date and not person.birth_date:
        return due_days(asked.due_date, person.due_date), "termindato"
    crossed = [born_of(asked.birth_date, person.due_date), born_of(person.birth_date, asked.due_date)]
    known = [one for one in crossed if one is not Likeness.UNKNOWN]
    return (known[0], "fødsel ved termin") if known else (Likeness.UNKNOWN, "fødselsdato")


def _verdict(
    name: Likeness, date: Likeness, *, due: bool, reached: bool, apart: bool, number: bool
) -> Verdict:
    """Decide; ``reached``: phone or address agree; ``apart``: the addresses are two; ``due``: ``date`` compares due dates, which many share.

    Two of one name and birth date who live apart may be two (C.7): a person looks, unless the phone says that somebody moved.
    """
    same, near = name is Likeness.SAME, name is Likeness.NEAR
    if number:
        agrees = name in {Likeness.SAME, Likeness.UNKNOWN} and date in {Likeness.SAME, Likeness.UNKNOWN}
        return Verdict.AGREES if agrees else Verdict.DOUBT
    if date is Likeness.SAME and not due:
        alone = apart and not reached
        return Verdict.AGREES if same and not alone else Verdict.DOUBT if same or near else Verdict.OTHER
    if date is Likeness.SAME:
        if same and reached:
            return Verdict.AGREES
        return Verdict.DOUBT if same or near or reached else Verdict.OTHER
    if date is Likeness.NEAR:
        unborn = due or reached
        return Verdict.DOUBT if same or (reached and (near or unborn)) else Verdict.OTHER
    if date is Likeness.OTHER:
        return Verdict.DOUBT if same and reached else Verdict.OTHER
    if same:
        return Verdict.AGREES if reached else Verdict.DOUBT
    return Verdict.DOUBT if near and reached else Verdict.OTHER


def _say(likeness: Likeness, pro: list[str], contra: list[str], what: str) -> None:
    if likeness is Likeness.SAME:
        pro.append(f"{what} stemmer" if what == "navnet" else f"samme {what}")
    elif likeness is Likeness.NEAR:
        pro.append(f"{what} ligner")
    elif likeness is Likeness.OTHER:
        contra.append(f"{what} er en annen" if what != "navnet" else "navnet er et annet")


def same_person(one: Person, other: Person) -> bool:
    """Whether two persons of the register are one beyond doubt: also name, birth date and phone or address agree."""
    if one.id == other.id or (one.national_id and one.national_id == other.national_id):
        return True
    alike = sorted(name_words(one.name)) == sorted(name_words(other.name))
    born = one.birth_date is not None and one.birth_date == other.birth_date
    reached = (bool(one.phone) and one.phone == other.phone) or same_address(
        one.address, one.postal_place, other.address, other.postal_place
    )
    return alike and born and reached
