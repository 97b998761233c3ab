"""What a measure is called, which paragraphs it stands on, and where one may complain (by legal basis, not by letter)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.domain import Measure
from pipeline.letters._fields import MEASURE, FieldKind
from pipeline.letters._words import Words, capital
from pipeline.municipalities import ComplaintTrack, Law, Profile


@dataclass(slots=True)
class Basis:
    """Fields of the law, and codes of what is missing."""

    data: dict[str, object] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)


def measure_words(measure: Measure, profile: Profile, words: Words) -> dict[str, object]:
    """The measure's words, with the municipality's own word for the team."""
    made = {key: word.replace("{team}", profile.terms.team) for key, word in words.measure[measure].items()}
    return {
        "measure": made["name"],
        "measure_granted": made["granted"],
        "role": made["role"],
        "role_definite": made["role_definite"],
        "Role_definite": capital(made["role_definite"]),
        "is_child": measure is Measure.CHILD_COORDINATOR,
        "is_plan": measure is Measure.INDIVIDUAL_PLAN,
        "is_team": measure is Measure.CARE_GROUP,
        "child_end_age": str(profile.appointment.child_coordinator_end_age),
    }


def no_measure() -> dict[str, object]:
    """The measure's words in a letter that may be about none and is."""
    return {field.name: None if field.kind is FieldKind.TEXT else False for field in MEASURE}


def complaint_route(profile: Profile) -> dict[str, object]:
    """Where a complaint goes when the letter is about no measure: the body is known, the period of a new complaint is not (B.2)."""
    return {
        "complaint_body": profile.office.complaint_body or None,
        "complaint_period": None,
        "complaint_citation": None,
    }


def legal_basis(
    measure: Measure, profile: Profile, law: Law, on: date, words: Words, *, complaint: bool
) -> Basis:
    """The right and the complaint track on a day. A measure without a right (a team) has neither.

    A team is nobody's right (R-6), so the law need not name it. For the rest the basis must be one: none, or two to choose from, is a question for a person when the letter has a complaint paragraph.
    """
    basis = Basis(data={"right": None})
    if complaint:
        basis.data |= {"complaint_body": None, "complaint_period": None, "complaint_citation": None}
    bases = [one for one in law.bases if one.measure == measure]
    if not bases and measure is Measure.CARE_GROUP:
        return basis
    if len(bases) != 1:
        if complaint:
            basis.gaps.append("no_legal_basis")
        return basis
    try:
        basis.data["right"] = (
            words.listed([law.cite(one, on, words.language) for one in bases[0].citations]) or None
        )
        if complaint and bases[0].complaint:
            track = _track(law, bases[0].complaint, on)
            basis.data["complaint_body"] = profile.office.complaint_body or None
            basis.data["complaint_period"] = words.weeks(track.weeks)
            basis.data["complaint_citation"] = (
                law.cite(track.citation, on, words.language) if track.citation else None
            )
            if not profile.office.complaint_body:
                basis.gaps.append("no_complaint_body")
    except KeyError:
        basis.gaps.append("no_legal_basis")
    return basis


def _track(law: Law, track: str, on: date) -> ComplaintTrack:
    for one in law.complaints:
        if one.id == track and one.valid_from <= on and (one.valid_to is None or on <= one.valid_to):
            return one
    raise KeyError(track)
