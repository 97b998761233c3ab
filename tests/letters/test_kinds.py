"""What the letters of casework and of its reminders must say, and what they must never say (register A2, law B.1, B.2, B.17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.domain import PartyRole
from pipeline.letters import Composed, LetterSpecs, Missing, render
from tests.letters.words import paragraphs, plain
from tests.letters.world import BODY, CASE, FAMILY, NEW_ORDERS, PROFILE, REQUIRED, composed, order
from tools.letter_templates import __main__ as texts

KINDS = sorted({kind for kind, _, _ in NEW_ORDERS.values()})
COMPLAINED = {"refusal", "complaint-decided"}


def said(specs: LetterSpecs, name: str, **world: object) -> str:
    """One letter's text."""
    made = composed(specs, order(name), **world)  # type: ignore[arg-type]
    assert isinstance(made, Composed), made
    return plain(render(specs[NEW_ORDERS[name][0]], made.data))


def sources(kind: str) -> Iterator[str]:
    """A kind's text in each language."""
    for folder in (texts.TEXTS, texts.TEXTS / "nn"):
        yield (folder / f"{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NEW_ORDERS)
def test_the_municipalitys_own_words_are_used(specs: LetterSpecs, name: str) -> None:
    """R-6, A5: a team is an ansvarsgruppe in one municipality and an oppfølgingsteam in another."""
    terms = replace(
        PROFILE.terms, unit="KTK", unit_short="KTK", team="oppfølgingsteam", team_definite="oppfølgingsteamet"
    )
    text = said(specs, name, profile=replace(PROFILE, terms=terms))
    given = " ".join(str(fact) for fact in NEW_ORDERS[name][2].values())
    assert "ansvarsgruppe" not in text or "ansvarsgruppe" in given
    assert "koordinerende enhet" not in text.replace("leder for koordinerende enhet", "") or (
        "koordinerende enhet" in given
    )
    if "nsvarsgruppe" in said(specs, name) and "ansvarsgruppe" not in given:
        assert "ppfølgingsteam" in text


@pytest.mark.parametrize("name", NEW_ORDERS)
def test_only_a_decision_tells_how_to_complain(specs: LetterSpecs, name: str) -> None:
    """B.1, B.2: the paragraph stands in a refusal and in a changed decision, by the measure's basis, never in a notice."""
    kind, _, facts = NEW_ORDERS[name]
    decided = kind == "refusal" or (facts.get("upheld") is True and "measure" in facts)
    righted = facts.get("measure") != "care_group"
    assert ("Fristen er fire uker" in said(specs, name)) == (decided and righted)
    assert kind in COMPLAINED or "underskrevet, og" not in said(specs, name)


def test_a_complaint_not_upheld_goes_on_by_itself(specs: LetterSpecs) -> None:
    """B.2: the one who complained needn't complain again; the body decides."""
    text = said(specs, "complaint-decided-not")
    assert "# Vi har ikke endret avgjørelsen" in text
    assert "Vi sender klagen til Statsforvalteren i Fjordland, som avgjør den." in text


def test_a_prior_notice_decides_nothing(specs: LetterSpecs) -> None:
    """R-45, B.1: the deadline stands in the heading, and nothing is decided."""
    text = said(specs, "prior-notice-to-family")
    assert "# Skal dere fortsatt ha koordinator? Svar innen 14. desember 2026" in text
    assert "Ingenting er bestemt ennå" in text


def test_the_complaint_body_is_named_by_the_profile(specs: LetterSpecs) -> None:
    """B.2: no street address is asked for; without a body in the profile the letter waits for a person."""
    name = "complaint-transmittal-to-complaint-body"
    assert "Statsforvalteren i Fjordland\nDato:" in said(specs, name)
    bodiless = replace(PROFILE, office=replace(PROFILE.office, complaint_body=""))
    waits = composed(specs, order(name), profile=bodiless)
    assert isinstance(waits, Missing)
    assert [code for code, _ in waits.gaps] == ["no-complaint-body"]


def test_a_complaint_of_one_who_is_protected_names_nobody(specs: LetterSpecs) -> None:
    """B.2, B.11: the transmittal is made, marked on every page, with the case's number alone."""
    hidden = replace(CASE, person=replace(CASE.person, protected=True))
    made = composed(specs, order("complaint-transmittal-to-complaint-body"), case=hidden)
    assert isinstance(made, Composed)
    letter = render(specs["complaint-transmittal"], made.data)
    assert "Østgård" not in plain(letter)
    for head in ("word/header1.xml", "word/header2.xml"):
        assert any("Unntatt offentlighet" in line for line in paragraphs(letter, head))


def test_the_form_for_minutes_has_the_seven_items(specs: LetterSpecs) -> None:
    """F-002-9: each with room, the agenda filled in."""
    made = composed(specs, order("minutes-form-to-coordinator"))
    assert isinstance(made, Composed)
    lines = paragraphs(render(specs["minutes-form"], made.data))
    form = lines[lines.index("Referat fra møte i sak 2026/412") :]
    for label in (
        "Tid og sted",
        "Til stede",
        "Forfall",
        "Saker fra sakslisten",
        "Oppsummering og konklusjoner",
    ):
        assert label in form
    assert any(line.startswith("Forrige referat godkjent") for line in form)
    assert any(line.startswith("Neste møte") for line in form)
    assert any(line.startswith("Hvem skal ha referatet") for line in form)
    assert "Overgang til videregående skole" in form


@pytest.mark.parametrize(
    ("kept", "said_so"),
    [
        ("plan_tool", "Det skal ikke legges i tjenestenes fagsystemer"),
        ("plan_tool_and_record", "lagre det under dokumenter i planen"),
        ("plan", "planen når den er opprettet"),
        ("own_archive", "oppbevarer det i eget arkiv"),
    ],
)
def test_c_3_c_5_c_6_c_7_the_form_for_minutes_says_where_they_are_kept(
    specs: LetterSpecs, kept: str, said_so: str
) -> None:
    """C-3, C-5, C-6, C-7, L-002-4: one way, the municipality's."""
    facts = {"kept": kept, "plan_tool": "Visma Flyt Samspill"}
    for language in ("nb", "nn"):
        spec = specs.of("minutes-form", language)
        made = composed(specs, order("minutes-form-to-coordinator", facts=facts), language=language)
        assert spec is not None
        assert isinstance(made, Composed)
        text = plain(render(spec, made.data))
        assert (said_so in text) is (language == "nb")
        assert ("Visma Flyt Samspill" in text) is kept.startswith("plan_tool")


def test_the_youth_consents_and_the_family_no_longer_gets_all_letters(specs: LetterSpecs) -> None:
    """T-18, B.17: who decides and who gets to know what, from sixteen."""
    youth, family = said(specs, "transition-16-to-user"), said(specs, "transition-16-family-to-family")
    assert "Foreldrene dine får ikke lenger alle brev." in youth
    assert "Dere får ikke lenger alle brev." in family
    assert "som verge" in said(specs, "transition-16-family-to-guardian")


def test_child_coordination_ends_the_day_of_eighteen(specs: LetterSpecs) -> None:
    """T-21, B.17: by law, with the ordinary coordinator, guardianship and transport told of; another measure goes on."""
    text = said(specs, "transition-18-to-user")
    assert "# Barnekoordinatoren slutter når du fyller 18 år" in text
    assert all(word in text for word in ("23. mai 2027", "rett til koordinator", "verge", "Nav", "TT-kort"))
    assert "slutter" not in said(specs, "transition-18-plan")


def test_a_reporter_is_not_told_why_it_takes_time(specs: LetterSpecs) -> None:
    """B.1, A8: the reason may tell of the person; it stands in the family's letter only."""
    assert "opplysninger fra skolen" in said(specs, "interim-reply-to-family")
    assert "opplysninger fra skolen" not in said(specs, "interim-reply-to-reporter")


def test_the_least_is_what_the_declarations_require(specs: LetterSpecs) -> None:
    for kind, facts in REQUIRED.items():
        required = {fact.name for fact in specs[kind].facts.values() if fact.required}
        assert required == facts or (required < facts and bool(specs[kind].one_of)), kind


def test_these_letters_name_no_person_to_an_employee(specs: LetterSpecs) -> None:
    """A8, house: the case's number only."""
    inside = {PartyRole.COORDINATOR, PartyRole.MANAGER, PartyRole.MEMBER}
    for kind in KINDS:
        assert not (specs[kind].recipients & inside and specs[kind].names_person), kind
    assert FAMILY.employee is None
    assert BODY.employee is None


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_of_the_case(kind: str) -> None:
    """B.6: the same fields under the same conditions, line by line; only the words differ."""
    bokmaal, nynorsk = (
        [re.findall(r"\{\{.*?\}\}|\{%.*?%\}|^@\w+.*|^##? |^- |^\|", line) for line in text.splitlines()]
        for text in sources(kind)
    )
    assert bokmaal == nynorsk


@pytest.mark.parametrize("kind", KINDS)
def test_no_officialese(kind: str) -> None:
    for text in sources(kind):
        for word in ("vedrørende", "vedrørande", "i henhold til", "undertegn", "ovennevnte", "herved"):
            assert word not in text.casefold()
