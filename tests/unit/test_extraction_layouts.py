"""One declaration reads every way a person may fill a form in; what can't be told apart goes to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain import Box, FieldStatus, Line, Page, ReadingStatus, Submission, Table, Word
from pipeline.extraction._hits import Vocabulary, find_hits
from pipeline.extraction._rejoin import rejoin
from pipeline.extraction._sheet import lay_out
from tests.unit.laying import FORMS, document, line, read_all, read_one, table

TITLE = "Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe"
REST = """Beskrivelse av behov for hjelp og koordinering:
Trenger én som samordner.
Eventuelt foreslått koordinator: Liv Moe"""
SERVICES = table(["Hjelpetiltak og tjenester", "Kontaktperson"], ["1. PPT", "Ola Li"], ["2.", ""])
ASK = "Hva melder du behov for? Sett kryss."
RECIPIENT = "Opplysninger om tjenestemottaker"
KIN = "Kontaktinformasjon til nærmeste pårørende"


def notification(
    recipient: str | Table, ticks: str | Table = "[x] Individuell plan (IP)\n[ ] Koordinator"
) -> Submission:
    return read_one(
        TITLE, ASK, ticks, "Meldt av: Kari Vik | Dato: 3.11.2026", RECIPIENT, recipient, KIN,
        "Navn: Per Vik\nTelefon: 90 00 00 02\nRelasjon: far\nFastlege: Dr. Li\nLegekontor: Torget\nVerge:",
        SERVICES, REST, "Informasjon om saksgang",
    )  # fmt: skip


RECIPIENTS: dict[str, str | Table] = {
    "after the label": "Navn: Åse Sæther\nFødselsdato: 03.11.14\nTelefon: 90000001",
    "without colon": "Navn Åse Sæther\nFødselsdato 3.11.2014\nTelefon 90000001",
    "after underscores": "Navn: ____ Åse Sæther ____\nFødselsdato: ___ 3/11-2014\nTelefon: ___ 90000001",
    "on the next line": "Navn:\nÅse Sæther\nFødselsdato:\n3.11.2014\nTelefon:\n90000001",
    "several on one line": "Navn: Åse Sæther | Fødselsdato: 3.11.2014 | Telefon: 90000001",
    "under labels on one line": "Navn | Fødselsdato | Telefon\nÅse Sæther | 3.11.2014 | 90000001",
    "widgets": "Navn {Åse Sæther}\nFødselsdato {3.11.2014}\nTelefon {90000001}",
    "next cell": table(["Navn", "Åse Sæther"], ["Fødselsdato", "3.11.2014"], ["Telefon", "90000001"]),
    "own cell": table(["Navn: Åse Sæther", "Fødselsdato\n3.11.2014"], ["Telefon {90000001}", "Adresse:"]),
    "cell below": table(["Navn", "Fødselsdato", "Telefon"], ["Åse Sæther", "3.11.2014", "90000001"]),
    "merged cells": table(
        ["Navn", "Åse Sæther", None], ["Fødselsdato", "3.11.2014", None], ["Telefon", "90000001", None]
    ),
    "capitals": table(["NAVN", "Åse Sæther"], ["FØDSELSDATO", "3.11.2014"], ["TELEFON:", "90000001"]),
    "broken label": table(["Navn", "Åse Sæther"], ["Fødsels-\ndato", "3.11.2014"], ["Telefon", "90000001"]),
    "shared cells": table(["Navn\nFødselsdato\nTelefon", "Åse Sæther\n3.11.2014\n90000001"]),
}


@pytest.mark.parametrize("way", RECIPIENTS)
def test_a_value_is_found_wherever_it_is_written(way: str) -> None:
    found = notification(RECIPIENTS[way])
    assert (found.value("recipient.name"), found.value("recipient.birth_date"), found.value("recipient.phone")) == (
        "Åse Sæther", "2014-11-03", "+4790000001",
    )  # fmt: skip
    for name in ("recipient.name", "recipient.birth_date", "recipient.phone"):
        assert found.fields[name].status is FieldStatus.ACCEPTED


def test_the_same_label_in_another_section_is_another_field() -> None:
    found = notification("Navn: Åse Sæther")
    assert found.value("next_of_kin.name") == "Per Vik"
    assert found.value("next_of_kin.phone") == "+4790000002"
    assert found.value("gp.name") == "Dr. Li"
    assert found.fields["guardian.name"].status is FieldStatus.EMPTY
    assert found.rows("services") == ({"service": "PPT", "contact": "Ola Li"},)
    assert found.value("needs") == "Trenger én som samordner."
    assert found.value("proposed_coordinator") == "Liv Moe"


TICKS: dict[str, str | Table] = {
    "before": "[x] Individuell plan (IP)\n[ ] Koordinator\n[ ] Ansvarsgruppe\n[x] Barnekoordinator",
    "after": "Individuell plan (IP) [x]\nKoordinator [ ]\nAnsvarsgruppe [ ]\nBarnekoordinator [x]",
    "row before": "[x] Individuell plan (IP) [ ] Koordinator [ ] Ansvarsgruppe [x] Barnekoordinator",
    "row after": "Individuell plan (IP) [x] Koordinator [ ] Ansvarsgruppe [ ] Barnekoordinator [x]",
    "cell to the right": table(
        ["Individuell plan (IP)", "[x]", "Koordinator", ""], ["Ansvarsgruppe", "", "Barnekoordinator", "[x]"]
    ),
    "cell to the left": table(
        ["[x]", "Individuell plan (IP)", "", "Koordinator"], ["", "Ansvarsgruppe", "[x]", "Barnekoordinator"]
    ),
    "own cell": table(
        ["[x] Individuell plan (IP)", "[ ] Koordinator"], ["[ ] Ansvarsgruppe", "Barnekoordinator\n[x]"]
    ),
}


@pytest.mark.parametrize("way", TICKS)
def test_a_tick_belongs_to_its_words(way: str) -> None:
    found = notification("Navn: Åse Sæther", TICKS[way])
    keys = ("individual_plan", "coordinator", "care_group", "child_coordinator")
    assert [found.value(f"requested.{key}") for key in keys] == [True, False, False, True]
    assert all(found.fields[f"requested.{key}"].status is FieldStatus.ACCEPTED for key in keys)


def test_a_stray_tick_goes_to_a_person() -> None:
    found = notification("Navn: Åse Sæther", "[ ] Individuell plan (IP) [ ] Koordinator [x]")
    assert found.fields["requested.coordinator"].status is FieldStatus.REVIEW


def test_labels_inside_free_text_are_text() -> None:
    found = read_one(
        TITLE, ASK, "[x] Koordinator", RECIPIENT, "Navn: Åse Sæther", KIN, "Navn: Per Vik",
        table(["Beskrivelse av behov for hjelp og koordinering:\nTelefon: se vedlegg\nNavn: står over"],
              ["Eventuelt foreslått koordinator: Liv Moe"]),
        "Hjelpetiltak og tjenester | Kontaktperson",
    )  # fmt: skip
    assert found.value("needs") == "Telefon: se vedlegg Navn: står over"
    assert found.value("recipient.name") == "Åse Sæther"


def test_a_due_date_in_the_birth_dates_place() -> None:
    found = notification("Navn: Åse Sæther\nFødselsdato: termin 12.03.2027")
    assert found.value("recipient.due_date") == "2027-03-12"
    assert found.fields["recipient.birth_date"].status is FieldStatus.EMPTY


def test_a_missing_label_goes_to_a_person() -> None:
    found = notification("Navn: Åse Sæther")
    assert found.fields["recipient.address"].doubt is not None
    assert found.fields["recipient.address"].doubt.code == "label-missing"
    assert found.status is ReadingStatus.REVIEW


def test_two_labels_in_one_section_go_to_a_person() -> None:
    found = notification("Navn: Åse Sæther\nNavn: Bo Li")
    assert found.fields["recipient.name"].status is FieldStatus.REVIEW


REPORT = (
    "Rapport ansvarsgruppe",
    "[ ] MELDING OM OPPLØSNING AV ANSVARSGRUPPE\n[x] MELDING OM ENDRING AV KOORDINATOR OG/ ELLER DELTAKERE\n[ ] ÅRLIG RAPPORT AV ANSVARSGRUPPE årlig pr. 1. juni",
)
PERSON = table(
    ["Navn: Åse Sæther", "Født: 3.11.2014"],
    ["Adresse: Gata 1", "Tlf: 90000001"],
    ["Evt. pårørende/ verge/ foresatt: Per Vik", "Tlf: 90000002"],
)
HEADS: list[str | None] = ["DELTAKERE/ROLLER", "NAVN", "TJENESTE/ VIRKSOMHET", "KONTAKTINFORMASJON"]
PLAN = table(
    ["Opplysninger om individuell plan", "ja", "nei", "Merknad"],
    ["Har tjenestemottaker individuell plan?", "[x]", "", "fra mai"],
    ["Hvis ja, er planen i drift?", "", "[x]", ""],
    ["Hvis nei, er det informert om individuell plan?", "", "", ""],
    ["Er det behov for individuell plan?", "[x]", "[x]", ""],
    ["Ikke pr i dag", "", "[x]", ""],
)


def report(*members: list[str | None]) -> Submission:
    people = table(HEADS, *members, ["Andre planer", "IOP", None, None])
    return read_one(*REPORT, PERSON, people, PLAN, "Skjema er fylt ut av: Liv Moe")


def test_a_report_is_read_whole() -> None:
    found = report(
        ["Koordinator", "Liv Moe", "PPT", "90000003"],
        ["Kontaktperson (koordinators fravær)", "Bo Li", "NAV", "bo@Example.no"],
        ["Faste deltakere", "Kari Vik", "Skole", ""],
        ["", "Per Vik", "", "90000002"],
        ["Aktuelle tjenester/ fagpersoner som møter ved behov", "", "", ""],
    )
    assert found.ticked("kind.change")
    assert not found.ticked("kind.annual")
    assert found.value("next_of_kin.phone") == "+4790000002"
    assert found.value("deputy.contact") == "bo@example.no"
    assert [row["name"] for row in found.rows("members")] == ["Kari Vik", "Per Vik"]
    assert found.fields["on_call_members"].status is FieldStatus.EMPTY
    assert (found.value("plan.exists"), found.value("plan.active"), found.value("plan.informed")) == (
        True,
        False,
        None,
    )
    assert found.value("plan.exists_note") == "fra mai"
    assert found.value("plan.needed") is None
    assert "both-answers" in {problem.rule for problem in found.problems}
    assert found.ticked("plan.not_today")
    assert found.value("completed_by") == "Liv Moe"


def test_people_stacked_in_one_cell_stay_together() -> None:
    found = report(
        [
            "Koordinator\nKontaktperson\n(koordinators fravær)",
            "Liv Moe\nBo Li",
            "PPT\nNAV",
            "90000003\n90000004",
        ],
        ["Faste deltakere", "Kari Vik\nPer Vik", "Skole\nNAV", "a@example.no\nb@example.no"],
    )
    assert (found.value("coordinator.name"), found.value("deputy.service")) == ("Liv Moe", "NAV")
    assert [row["contact"] for row in found.rows("members")] == ["a@example.no", "b@example.no"]


def test_people_that_cannot_be_kept_together_go_to_a_person() -> None:
    found = report(["Faste deltakere", "Kari Vik\nPer Vik\nBo Li", "Skole\nNAV", ""])
    assert found.fields["members"].status is FieldStatus.REVIEW


def test_a_checklist_with_merged_groups() -> None:
    head: list[str | None] = ["", "Samordning", None, "Barne-\nkoordinator", None, "Koordinator", None]
    found = read_one(
        "«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan",
        table(
            head,
            ["", "JA", "NEI", "JA", "NEI", "JA", "NEI"],
            ["Spesialpedagogisk hjelp i barnehage", "[x]", "", "", None, None, None],
            ["Krisesenter", "", "", "[x]", None, None, None],
            ["Andre: Logoped", "[x]", "", "", "[x]", "", ""],
            ["• Fysioterapeut", "", None, "[x]", "", "[x]", ""],
            ["Trenger tolk", "", "", "", "", "[x]", ""],
            ["", "", "", "", "", "", ""],
        ),
        table(["", "JA", "NEI", "Kommentar"], ["INDIVIDUELL PLAN", "", "", ""], ["Rett på individuell plan", "", "[x]", "nei"],
              ["Ønsker individuell plan", "", "", ""], ["Samtykke om individuell", "[x]", "", ""]),
    )  # fmt: skip
    rows = {str(row["item"]): row for row in found.rows("items")}
    assert rows["Spesialpedagogisk hjelp i barnehage"]["coordination"] is True
    assert rows["Andre"]["child_coordinator"] is False
    assert rows["Fysioterapeut"] == {
        "item": "Fysioterapeut",
        "coordination": None,
        "child_coordinator": True,
        "coordinator": True,
    }
    assert "Trenger tolk" in rows
    assert found.value("items_other") == "Logoped"
    assert (found.value("plan.entitled"), found.value("plan.wanted"), found.value("plan.consented")) == (
        False,
        None,
        True,
    )
    assert (
        found.fields["items"].status is FieldStatus.REVIEW
    )  # the cross in the merged cell could mean any group


def test_a_map_without_its_prompts() -> None:
    found = read_one(
        "Aktørkart barn og unge",
        table(
            ["Velferdstjeneste\n· Barnehage/skole\n· PPT\nOpphaug skole", "Familie og nettverk\nMor og far"],
            ["Helse- og omsorgstjenester\n· Fastlege\n· Tannhelse", "Fritidsaktiviteter\nFotball\nNAV-kurs"],
        ),
    )
    assert found.value("welfare_services") == "Opphaug skole"
    assert found.value("family_network") == "Mor og far"
    assert found.fields["health_services"].status is FieldStatus.EMPTY
    assert found.value("leisure") == "Fotball NAV-kurs"


CONSENT = (
    "SAMTYKKEERKLÆRING FOR OPPRETTELSE AV ANSVARSGRUPPE",
    "Gjelder ansvarsgruppe for: ____ Åse Sæther ____",
    "[x] Jeg er kjent med ansvarsgruppens tverrfaglige sammensetning og arbeidsform, og\nsamtykker til at det opprettes ansvarsgruppe.",
    "[x] Jeg samtykker til at personene i ansvarsgruppen får tilgang til relevante taushetsbelagte opplysninger.",
    "[ ] Jeg samtykker til at koordinerende enhet mottar og registrerer opplysningene om opprettelse/oppløsning/endringer/årlig melding om ansvarsgruppen.",
    "[x] Jeg er kjent med at det er frivillig å gi samtykke, og at samtykket når som helst kan trekkes tilbake. Samtykket gjelder inntil annen beskjed blir gitt.",
)


@pytest.mark.parametrize(
    "end",
    [
        "Sted og dato: Sjøvegan, 3.11.2026 | Underskrift: <ink>",
        "Sted og dato: ___ Sjøvegan 3. november 2026 ___ Underskrift: ___ <ink>",
        table(["Sjøvegan, 3.11.2026", "<ink>"], ["Sted og dato", "Underskrift"]),
        table(["Sted og dato", "Sjøvegan, 3.11.2026"], ["Underskrift", "<ink>"]),
    ],
)
def test_a_signed_consent(end: str | Table) -> None:
    found = read_one(*CONSENT, end)
    assert (found.value("place"), found.value("date"), found.value("signed")) == (
        "Sjøvegan",
        "2026-11-03",
        True,
    )
    assert found.ticked("consents.establish")
    assert not found.ticked("consents.register")
    assert "R-61" in {problem.rule for problem in found.problems}
    assert found.status is ReadingStatus.ACCEPTED


def test_a_box_that_did_not_fit_on_its_options_last_line() -> None:
    """It is the option's that has no box of its own, wherever it stands nearest."""
    wrapped = [f"{text.partition(' ')[2]} [x]" for text in CONSENT[2:]]
    wrapped[1] = wrapped[1].replace(" [x]", "\n[x]")
    lines = [part for text in (*CONSENT[:2], *wrapped) for part in text.split("\n")]
    found = read_one(*lines, "Sted og dato: Sjøvegan 3.11.2026 | Underskrift: <ink>")
    assert [found.ticked(f"consents.{name}") for name in ("establish", "share", "register", "voluntary")] == [
        True
    ] * 4
    assert found.status is ReadingStatus.ACCEPTED


def test_a_typed_name_is_no_signature() -> None:
    found = read_one(*CONSENT, "Sted og dato: Sjøvegan 3.11.2026 | Underskrift: Åse Sæther")
    assert found.value("signed") is False
    assert found.fields["signed"].raw == "Åse Sæther"
    assert {"required", "typed-name"} <= {problem.rule for problem in found.problems}


def test_several_forms_in_one_file() -> None:
    found = read_all(document(*CONSENT, "Sted og dato: | Underskrift:", *REPORT, PERSON, PLAN))
    assert [one.form for one in found] == ["group-consent", "group-report"]


def test_a_missing_title_is_still_recognised() -> None:
    (found,) = read_all(
        document(REPORT[1], PERSON, table(HEADS, ["Faste deltakere", "Bo Li", "NAV", ""]), PLAN)
    )
    assert found.form == "group-report"


def test_a_foreign_form_with_a_few_equal_labels_is_unknown() -> None:
    (found,) = read_all(
        document(
            "Søknad om ferieplass",
            "Navn: Bo Li\nFødt: 3.3.1990\nTlf: 90000001\nFastlege: Dr. Li\nUnderskrift:",
        )
    )
    assert found.form is None
    assert found.status is ReadingStatus.REVIEW


def test_the_municipality_is_the_one_the_print_names() -> None:
    named = "Ved å underskrive dette skjemaet samtykker du til at Ørland kommune kan innhente opplysninger."
    body = (
        TITLE,
        ASK,
        "[x] Koordinator",
        RECIPIENT,
        "Navn: Bo Li",
        KIN,
        "Navn: Per i Salangen kommune",
        SERVICES,
        REST,
    )
    assert read_one(*body, named).municipality == "orland"
    assert read_one(*body).municipality is None


_WORDS = st.sampled_from(
    ["Navn:", "Telefon", "Dato:", "Bo", "Li", "3.3.2014", "|", "[x]", "[ ]", "{Per}", "{}", "____", "<ink>", "Koordinator",
     RECIPIENT, KIN, "Sted og dato:", "JA", "NEI", "Faste deltakere", "NAVN", "1.", "(hint)", "&"]
)  # fmt: skip
_LINES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_TABLES = st.lists(st.lists(_LINES, min_size=2, max_size=2), min_size=1, max_size=4).map(
    lambda rows: table(*rows)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_LINES, _TABLES), max_size=12))
def test_any_page_gives_values_from_the_page_or_a_doubt(blocks: list[str | Table]) -> None:
    """A value or a doubt, nothing else: nothing raises, and no text is invented."""
    doc = document(TITLE, ASK, "[x] Koordinator", "Meldt av: Kari Vik", *blocks, "Legekontor:", REST)
    page = "".join("".join(one.text.split()) for one in doc.pages[0].lines)
    for found in read_all(doc):
        for name, field in found.fields.items():
            if field.status is FieldStatus.REVIEW:
                assert field.doubt is not None
            if isinstance(field.value, str) and name in (
                "recipient.name",
                "needs",
                "reported_by",
                "gp.office",
            ):
                assert all("".join(part.split()) in page for part in field.value.split())


def test_line_writes_pieces() -> None:
    assert [type(piece).__name__ for piece in line("Navn: | [x] {a} <ink>").pieces] == [
        "Word",
        "Gap",
        "Mark",
        "Entry",
        "Ink",
    ]


@pytest.mark.parametrize(("label_ends", "kept"), [(80.0, True), (96.0, False)])
def test_a_dash_belongs_to_what_it_stands_by(label_ends: float, kept: bool) -> None:
    """Far from the label it is the value's first sign; in the middle it ends the label."""
    pieces = (
        Word(text="Navn", box=Box(50, 100, label_ends, 110)),
        Word(text="-", box=Box(100, 100, 104, 110)),
        Word(text="Flytter", box=Box(108, 100, 150, 110)),
    )
    strip = lay_out((Page(number=1, blocks=(Line(pieces=pieces, box=Box(50, 100, 150, 110)),)),)).strips[0]
    (hit,) = find_hits([strip], Vocabulary.of(["Navn"]))
    assert hit.end == (1 if kept else 2)


@pytest.mark.parametrize("indent", [0.0, 7.2])
def test_a_label_broken_beside_its_value_leaves_the_dash_that_begins_it(indent: float) -> None:
    """The label's rest may begin with the space that parted its words."""

    def placed(x: float, top: float, *words: str) -> list[Word]:
        return [
            Word(text=word, box=Box(x + 30 * n, top, x + 30 * n + 24, top + 10))
            for n, word in enumerate(words)
        ]

    first = (*placed(50, 100, "Hvorfor", "ingen"), *placed(130, 100, "-", "Flytter", "snart"))
    lines = (
        Line(pieces=first, box=Box(50, 100, 220, 110)),
        Line(pieces=tuple(placed(50 + indent, 114, "pekt", "ut?")), box=Box(50, 114, 110, 124)),
    )
    sheet = lay_out((Page(number=1, blocks=lines),))
    vocabulary = Vocabulary.of(["Hvorfor ingen pekt ut?"])
    assert rejoin(sheet, vocabulary)
    strip = sheet.strips[0]
    (hit,) = find_hits([strip], vocabulary)
    assert [atom.text for atom in strip.atoms[hit.end :]] == ["-", "Flytter", "snart"]


CHECKLIST = tuple(
    dict.fromkeys(
        text
        for place in FORMS.of("needs-checklist").field("items").places
        for text in place.texts
        if text != "Barnekoordinator / Koordinator"
    )
)


@pytest.mark.parametrize(
    ("left_out", "status"), [((), FieldStatus.ACCEPTED), (("Krisesenter",), FieldStatus.REVIEW)]
)
def test_a_scanned_checklist_with_a_line_that_nobody_saw_goes_to_a_person(
    left_out: tuple[str, ...], status: FieldStatus
) -> None:
    head: list[str | None] = ["", "Samordning", None, "Barnekoordinator", None, "Koordinator", None]
    ticked = "Avlastning"
    lines = [
        [text, "[x]" if text == ticked else "[ ]", *["[ ]"] * 5] for text in CHECKLIST if text not in left_out
    ]
    grid = table(head, ["", "JA", "NEI", "JA", "NEI", "JA", "NEI"], *lines)
    laid = document(
        "«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan", grid
    )
    (page,) = laid.pages
    (found,) = read_all(replace(laid, pages=(replace(page, scanned=True),)))
    assert found.fields["items"].status is status


def test_writing_that_no_field_took_is_missed_by_each_of_the_labels_above_it() -> None:
    """«termin» written under «Fødselsdato» is a label too: then the name beside it stands on no value's line."""
    found = read_one(
        "Søknad om koordinator, barnekoordinator eller individuell plan",
        "Hva søker du om?\n[x] Koordinator\nHvem søker?\n[x] Jeg søker for meg selv\nHvem gjelder søknaden?",
        "Navn | Fødselsdato\nMaj-Britt Nesjå | termin 20.04.2027\nAdresse | Postnummer og sted",
    )
    name = found.fields["recipient.name"]
    assert name.value == "Maj-Britt Nesjå" or name.status is FieldStatus.REVIEW


def test_a_heading_under_a_lost_line_is_no_value() -> None:
    head: list[str | None] = ["", "Samordning", None, "Barne-\nkoordinator", None, "Koordinator", None]
    found = read_one(
        "«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan",
        table(
            head,
            ["", "JA", "NEI", "JA", "NEI", "JA", "NEI"],
            ["Krisesenter", "", "", "[x]", None, None, None],
            ["Andre:\nBARNEKOORDINATOR / KOORDINATOR", "[x]", "", "", "", "", ""],
            ["Trenger tolk", "", "", "", "", "[x]", ""],
        ),
    )
    assert found.fields["items_other"].status is FieldStatus.REVIEW
    assert found.value("items_other") is None
