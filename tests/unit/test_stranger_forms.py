"""Forms filled in by somebody who never saw our generator: what the layout settles is read, the rest goes to a person."""

from __future__ import annotations

import pytest

from pipeline.domain import FieldStatus, ReadingStatus, Submission, Table
from tests.unit.laying import document, read_all, read_one, table

TITLE = "Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe"
ASK = "Hva melder du behov for? Sett kryss."
RECIPIENT = "Opplysninger om tjenestemottaker"
KIN = "Kontaktinformasjon til nærmeste pårørende"
DOCTOR = "Fastlege: Dr. Li\nLegekontor: Torget\nVerge:"
SERVICES = table(["Hjelpetiltak og tjenester", "Kontaktperson"], ["1. PPT", "Ola Li"], ["2.", ""])
NEEDS = "Beskrivelse av behov for hjelp og koordinering:\nTrenger én som samordner.\nEventuelt foreslått koordinator: Liv Moe"
ORAL = "Der informert samtykke er innhentet muntlig av en tjeneste"
EMPTY_ORAL = f"{ORAL}\nDato: | Tjeneste:\nEpost/telefon:\nTjenesteutøvers signatur:"
OPTIONS = ("individual_plan", "coordinator", "care_group", "child_coordinator")


def notification(
    ticks: str | Table = "[x] Individuell plan (IP)\n[ ] Koordinator",
    recipient: str | Table = "Navn: Åse Sæther\nFødselsdato: 3.11.2014\nTelefon: 90000001",
    *,
    doctor: str | Table = DOCTOR,
    services: str | Table = SERVICES,
    signatures: str | Table = "Sted og dato: | Navn:",
    oral: str | Table = EMPTY_ORAL,
) -> Submission:
    return read_one(
        TITLE, ASK, ticks, "Meldt av: Kari Vik | Dato: 3.11.2026", RECIPIENT, recipient, KIN,
        "Navn: Per Vik\nTelefon: 90 00 00 02\nRelasjon: far", doctor, services, NEEDS,
        "Informasjon om saksgang", signatures, oral,
    )  # fmt: skip


SETTLED: dict[str, str | Table] = {
    "a row of crosses over the words": table(
        ["[x]", "", "[x]", ""], ["Individuell plan (IP)", "Koordinator", "Ansvarsgruppe", "Barnekoordinator"]
    ),
    "a row of boxes under the words": table(
        ["Individuell plan (IP)", "Koordinator", "Ansvarsgruppe", "Barnekoordinator"],
        ["[x]", "[ ]", "[x]", "[ ]"],
    ),
    "boxes alone on the line before": (
        "[x]\nIndividuell plan (IP)\n[ ]\nKoordinator\n[x]\nAnsvarsgruppe\n[ ]\nBarnekoordinator"
    ),
    "boxes alone on the line after": (
        "Individuell plan (IP)\n[x]\nKoordinator\n[ ]\nAnsvarsgruppe\n[x]\nBarnekoordinator\n[ ]"
    ),
    "said with words": "Individuell plan (IP): ja\nKoordinator: nei\nAnsvarsgruppe: ja\nBarnekoordinator: nei",
    "boxes for yes and no": (
        "Individuell plan (IP) [x] Ja [ ] Nei\nKoordinator [ ] Ja [x] Nei\n"
        "Ansvarsgruppe [x] Ja [ ] Nei\nBarnekoordinator [ ] Ja [x] Nei"
    ),
}


@pytest.mark.parametrize("way", SETTLED)
def test_a_cross_belongs_to_its_words(way: str) -> None:
    found = notification(SETTLED[way])
    assert [found.value(f"requested.{key}") for key in OPTIONS] == [True, False, True, False]
    assert all(found.fields[f"requested.{key}"].status is FieldStatus.ACCEPTED for key in OPTIONS)


def test_options_side_by_side_with_a_cross_after_some() -> None:
    found = notification("Individuell plan (IP) [x] Koordinator Ansvarsgruppe [x] Barnekoordinator")
    assert [found.value(f"requested.{key}") for key in OPTIONS] == [True, False, True, False]


OPEN: dict[str, str | Table] = {
    "crosses between the lines": (
        "Individuell plan (IP)\n[x]\nKoordinator\nAnsvarsgruppe\n[x]\nBarnekoordinator"
    ),
    "an unknown option before a box": "[ ] Individuell plan (IP) [ ] Koordinator\nAnsvarsgruppe Nettverk [x] Barnekoordinator [ ]",
}


@pytest.mark.parametrize("way", OPEN)
def test_a_cross_between_two_options_goes_to_a_person(way: str) -> None:
    found = notification(OPEN[way])
    assert found.fields["requested.care_group"].status is FieldStatus.REVIEW


def test_labels_under_their_values() -> None:
    found = notification(
        recipient=table(
            ["Åse Sæther", "3.11.2014"],
            ["Navn", "Fødselsdato"],
            ["Torget 1", "90000001"],
            ["Adresse", "Telefon"],
        )
    )
    names = ("name", "birth_date", "address", "phone")
    assert [found.value(f"recipient.{name}") for name in names] == [
        "Åse Sæther", "2014-11-03", "Torget 1", "+4790000001",
    ]  # fmt: skip


def test_a_label_inside_a_value_is_parted_and_doubted() -> None:
    found = notification(recipient="Navn Åse Sæther Fødselsdato 3.11.2014\nTelefon 90000001")
    assert found.value("recipient.name") == "Åse Sæther"
    assert found.value("recipient.birth_date") == "2014-11-03"
    assert found.fields["recipient.name"].status is FieldStatus.REVIEW
    assert found.fields["recipient.birth_date"].status is FieldStatus.REVIEW


def test_a_second_line_that_no_label_explains_is_a_doubt() -> None:
    found = notification(recipient="Navn: Åse Sæther\nAdresse: c/o Per Vik\nTorget 14\nTelefon: 90000001")
    assert found.fields["recipient.address"].status is FieldStatus.REVIEW
    assert found.fields["recipient.phone"].status is FieldStatus.ACCEPTED


NEWER: dict[str, str | Table] = {
    "after a gap": "Navn: Åse Sæther | Kjønn: jente\nFødselsdato: 3.11.2014\nTelefon: 90000001",
    "a line of its own": "Navn: Åse Sæther\nMorsmål: norsk\nFødselsdato: 3.11.2014\nTelefon: 90000001",
    "a row of its own": table(
        ["Navn", "Åse Sæther"],
        ["Skole", "Fjellheim skole"],
        ["Fødselsdato", "3.11.2014"],
        ["Telefon", "90000001"],
    ),
}


@pytest.mark.parametrize("way", NEWER)
def test_a_filled_place_that_no_field_claims_goes_to_a_person(way: str) -> None:
    found = notification(recipient=NEWER[way])
    assert found.status is ReadingStatus.REVIEW
    assert ("document", "unclaimed-text") in [(where, doubt.code) for where, doubt in found.doubts]
    assert found.value("recipient.name") == "Åse Sæther"
    assert found.value("recipient.birth_date") == "2014-11-03"


def test_an_unknown_label_under_an_empty_field_is_no_value() -> None:
    found = notification(doctor="Fastlege: Dr. Li\nLegekontor: Torget\nVerge:\nSkolens navn: Fjellheim")
    assert found.value("guardian.name") is None
    assert found.fields["guardian.name"].status is FieldStatus.REVIEW


def test_services_pasted_line_by_line_are_not_lost() -> None:
    found = notification(services="Hjelpetiltak og tjenester\nKontaktperson\nPPT\nOla Li")
    assert found.fields["services"].status is FieldStatus.REVIEW


SIGNED = "Brekstad 3.11.2026"
SIGNATURES: dict[str, tuple[str | Table, tuple[tuple[str, bool], ...]]] = {
    "over the line, labels under it": (
        f"{SIGNED} | Berit Vik\n__________ | __________\nSted og dato: | Navn:",
        (("Berit Vik", False),),
    ),
    "headings over two rows": (
        table(["Sted og dato:", "Navn:"], [SIGNED, "Berit Vik"], [SIGNED, "Jon Vik <ink>"]),
        (("Berit Vik", False), ("Jon Vik", True)),
    ),
    "ink over the line": (
        f"{SIGNED} | Berit Vik <ink>\n_________ | _________\nSted og dato: | Navn:",
        (("Berit Vik", True),),
    ),
}


@pytest.mark.parametrize("way", SIGNATURES)
def test_signatures_stand_over_and_under_their_labels(way: str) -> None:
    laid, expected = SIGNATURES[way]
    rows = notification(signatures=laid).rows("consent.signatures")
    assert [(row["name"], row["signed"]) for row in rows] == list(expected)
    assert {(row["place"], row["date"]) for row in rows} == {("Brekstad", "2026-11-03")}


def test_a_picture_after_other_text_is_no_signature() -> None:
    found = read_one(
        "Samtykkeerklæring for opprettelse av ansvarsgruppe", "Gjelder ansvarsgruppe for: Åse Sæther",
        "[x] Jeg er kjent med ansvarsgruppens tverrfaglige sammensetning og arbeidsform",
        "[x] Jeg samtykker til at personene i ansvarsgruppen får tilgang til relevante taushetsbelagte opplysninger",
        "[x] Jeg samtykker til at koordinerende enhet mottar og registrerer opplysningene om "
        "opprettelse/oppløsning/endringer/årlig melding om ansvarsgruppen",
        "[x] Jeg er kjent med at det er frivillig å gi samtykke, og at samtykket når som helst kan trekkes tilbake. "
        "Samtykket gjelder inntil annen beskjed blir gitt",
        "Sted og dato: Brekstad 3.11.2026 | Underskrift: ______", "Kommunehuset, 7130 Brekstad", "<ink>",
    )  # fmt: skip
    assert found.value("signed") is False
    assert found.value("subject") == "Åse Sæther"


def test_prompts_in_cells_of_their_own() -> None:
    found = read_one(
        "Aktørkart barn og unge",
        table(
            ["Velferdstjeneste", None], ["Barnehage/skole", "Fjellheim"], ["PPT", ""], ["NAV", "Arne"],
            ["Familie og nettverk", None], ["Mor og far", None],
            ["Helse- og omsorgstjenester", None], ["Fastlege", "Dr. Li"], ["Tannhelse", ""],
            ["Fritidsaktiviteter", None], ["Korps", None],
        ),
    )  # fmt: skip
    names = ("welfare_services", "family_network", "health_services", "leisure")
    assert [found.value(name) for name in names] == ["Fjellheim Arne", "Mor og far", "Dr. Li", "Korps"]


def test_the_same_labels_under_another_title_accept_nothing() -> None:
    doc = document(
        "Henvisning til PPT", RECIPIENT, table(["Navn", "Åse Sæther"], ["Fødselsdato", "3.11.2014"]), KIN,
        "Navn: Per Vik\nTelefon: 90 00 00 02\nRelasjon: far", DOCTOR, SERVICES, NEEDS,
    )  # fmt: skip
    for found in read_all(doc):
        assert found.status is ReadingStatus.REVIEW
        assert not any(field.status is FieldStatus.ACCEPTED for field in found.fields.values())


def test_one_dot_character_beside_a_name_is_no_part_of_it() -> None:
    found = notification(recipient="Navn …Åse Sæther………\nTelefon: _90000001 ____")
    assert found.value("recipient.name") == "Åse Sæther"
    assert found.value("recipient.phone") == "+4790000001"
