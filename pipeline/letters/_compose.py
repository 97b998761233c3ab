"""The data of one letter: from the order, the case, the profile, the law of the day and the staff. Nothing is guessed.

What a letter needs and nobody has said comes back as ``Missing``: a task for a person, never a letter with a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.domain import Case, LetterOrder, Staff
from pipeline.errors import DeclarationError
from pipeline.letters._facts import Facts
from pipeline.letters._fields import FactType
from pipeline.letters._head import (
    addressee,
    case_worker_of,
    hindrances,
    office,
    recipient,
    references,
    signers,
)
from pipeline.letters._right import complaint_route, legal_basis, measure_words, no_measure
from pipeline.letters._spec import LetterSpec
from pipeline.letters._template import LONGEST_LIST, LONGEST_TEXT, unprintable
from pipeline.letters._words import kept_together
from pipeline.municipalities import Law, Profile


@dataclass(frozen=True, kw_only=True, slots=True)
class Composed:
    """A letter's data, fit for JSON. ``signer`` is the case worker's name, ``responsible`` that of the one who answers for it."""

    data: Mapping[str, object]
    signer: str
    responsible: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Why a letter can't be made: each gap a stable code and one Norwegian sentence."""

    gaps: tuple[tuple[str, str], ...]


def compose(
    order: LetterOrder,
    case: Case,
    spec: LetterSpec,
    *,
    profile: Profile,
    law: Law,
    staff: Staff,
    number: int,
    on: date,
) -> Composed | Missing:
    """Everything the letter says, or what is missing. ``number`` counts the letters of the case; ``on`` is the letter's date."""
    if order.to.role not in spec.recipients:
        raise DeclarationError([f"{spec.kind}.toml: «recipients» har ikke {order.to.role}"])
    words = spec.words
    gaps: list[tuple[str, str]] = []

    def gap(code: str, what: str = "") -> None:
        gaps.append((code.replace("_", "-"), words.gap[code].replace("{what}", what)))

    order = replace(order, to=addressee(order.to, profile))
    for code in hindrances(order, case):
        gap(code)
    facts = Facts(spec, order.facts, words, profile.terms.team, on)
    for code, what in facts.gaps:
        gap(code, what)
    case_worker = case_worker_of(order, profile, staff, on)
    responsible = staff.holder(profile.letters.responsible_role, on)
    if case_worker is None:
        gap("no_case_worker")
    if responsible is None:
        gap("no_responsible")
    data: dict[str, object] = {
        **office(profile, words),
        **references(order, case, number, on, words),
        **recipient(order.to, case, spec),
        **facts.data,
    }
    if case_worker is not None and responsible is not None:
        data |= signers(case_worker, responsible, profile, words)
        if not data["contact"]:
            gap("no_contact")
    if facts.measure is not None:
        data |= measure_words(facts.measure, profile, words)
        basis = legal_basis(facts.measure, profile, law, on, words, complaint=spec.complaint)
        data |= basis.data
        for code in basis.gaps:
            gap(code)
    else:
        data |= no_measure() if any(one.type is FactType.MEASURE for one in spec.facts.values()) else {}
        data |= complaint_route(profile) if spec.complaint else {}
    if spec.complaint:
        form = profile.appointment.decision_form
        data["decision"] = words.decision.get(form, words.decision["other"])
    data["enclosures"] = [word for fact, word in spec.enclosures.items() if data.get(fact)]
    data = {key: kept_together(value) if isinstance(value, str) else value for key, value in data.items()}
    for code, what in _unfit(data, spec):
        gap(code, what)
    if gaps or case_worker is None or responsible is None:
        return Missing(gaps=tuple(dict.fromkeys(gaps)))
    return Composed(data=data, signer=case_worker.name, responsible=responsible.name)


def _unfit(data: Mapping[str, object], spec: LetterSpec) -> list[tuple[str, str]]:
    """Values that no letter can hold: their gap and what they are."""
    fields = spec.fields
    found = []
    for name, value in data.items():
        what = fields[name].meaning if name in fields else name
        values = value if isinstance(value, list) else [value]
        texts = [text for text in values if isinstance(text, str)]
        if any(unprintable(text) for text in texts):
            found.append(("bad_text", what))
        if len(values) > LONGEST_LIST or any(len(text) > LONGEST_TEXT for text in texts):
            found.append(("too_long", what))
    return found
