"""Values: every spelling the forms allow, every doubt by its code, and the contract as properties."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DeclarationError
from pipeline.values import (
    Parsed,
    PostTowns,
    fold,
    mentions_due_date,
    parse_contact,
    parse_date,
    parse_due_date,
    parse_email,
    parse_person,
    parse_phone,
    parse_place,
    parse_text,
    parse_town,
)

TODAY = date(2026, 11, 22)
REGISTER = Path(__file__).parents[2] / "config" / "postal-codes.csv"
TOWNS = PostTowns.load(REGISTER)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  Kari\u00a0\n Nordmann\t ", "Kari Nordmann"),
        ("____Kari____", "Kari"),
        ("Kari ______", "Kari"),
        ("_Kari__Nordmann__", "Kari Nordmann"),
        ("Helsestasjonen .......", "Helsestasjonen"),
        ("Helsestasjonen . . . . .", "Helsestasjonen"),
        ("……", None),
        ("....", None),
        ("_ _ _ _", None),
        ("", None),
        (" - ", None),
        ("1.", None),
        ("1. klasse", "1. klasse"),
        ("Hun sa ... at det går", "Hun sa ... at det går"),
        ("kari__n@example.no", "kari__n@example.no"),
        ("A\u030asa", "Åsa"),
        ("sam\u00adarbeid\u200b", "samarbeid"),
        ("Čáhppe Đđ Ŋŋ Šš Ŧŧ Žž Áá", "Čáhppe Đđ Ŋŋ Šš Ŧŧ Žž Áá"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("Fisk & vilt < 5 \"sitat\" 'x'", "Fisk & vilt < 5 \"sitat\" 'x'"),
        ("hei 👩\u200d👧 ❤\ufe0f", "hei 👩\u200d👧 ❤\ufe0f"),
    ],
)
def test_texts(raw: str, value: str | None) -> None:
    assert parse_text(raw) == Parsed(value=value)


def test_only_the_printed_row_number_is_taken_off() -> None:
    assert parse_text("2. Skole", row_number=2).value == "Skole"
    assert parse_text("2) Skole", row_number=2).value == "Skole"
    assert parse_text("3. klasse", row_number=2).value == "3. klasse"
    assert parse_text("1.5 stilling", row_number=1).value == "1.5 stilling"


def test_a_lost_character_is_a_doubt() -> None:
    assert parse_text("K\ufffdre").code == "lost-character"
    assert parse_text("K\ud800re").code == "lost-character"


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("Åse Sætre", "Åse Sætre", ""),
        ("1. Åse Sætre", "Åse Sætre", ""),
        ("Åse Sætre,", "Åse Sætre", ""),
        ("Áilu Ŋuŋká", "Áilu Ŋuŋká", ""),
        ("Åse 😀 Sætre", "Åse 😀 Sætre", ""),
        ("____", None, ""),
        ("Åse Sætre 90123456", "Åse Sætre 90123456", "digits-in-name"),
        ("ase@example.no", "ase@example.no", "not-a-name"),
        ("???", "???", "not-a-name"),
        ("Åse " * 60, ("Åse " * 60).strip(), "long-name"),
    ],
)
def test_persons(raw: str, value: str | None, code: str) -> None:
    parsed = parse_person(raw)
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    "raw",
    [
        "3.11.2014",
        "03.11.2014",
        "03.11.2014.",
        " 3. 11. 2014 ",
        "3.11 2014",
        "03 11 2014",
        "03.11.14",
        "3.11.-14",
        "3.11.'14",
        "3.11.’14",
        "3/11-2014",
        "3/11 - 2014",
        "3/11-14",
        "3/11 2014",
        "3/11/2014",
        "3,11,2014",
        "3-11-2014",
        "3\u201111\u20112014",
        "3–11–2014",
        "3. november 2014",
        "3 NOVEMBER 2014",
        "den 3. november 2014",
        "mandag 3. november 2014",
        "måndag 3. november 2014",
        "3.nov.2014",
        "3. nov. 14",
        "3-nov-2014",
        "3november2014",
        "2014-11-03",
        "2014.11.3",
        "2014/11/03",
        "20141103",
        "031114",
        "03112014",
        "0 3 1 1 1 4",
        "0 3 1 1 2 0 1 4",
        "__3__.__11__.__2014__",
        "_03_11_2014_",
        "født 3.11.2014",
        "f. 03.11.14",
    ],
)
def test_a_date_in_every_spelling(raw: str) -> None:
    assert parse_date(raw, today=TODAY, birth=True) == Parsed(value="2014-11-03")


MONTHS = "januar februar mars april mai juni juli august september oktober november desember"


@pytest.mark.parametrize(
    ("month", "number"),
    [
        *((name, number) for number, name in enumerate(MONTHS.split(), 1)),
        *((name[:3], number) for number, name in enumerate(MONTHS.split(), 1)),
        ("febr", 2),
        ("sept", 9),
    ],
)
def test_every_month(month: str, number: int) -> None:
    for written in (month, month.upper(), month + "."):
        assert parse_date(f"9. {written} 2020", today=TODAY).value == f"2020-{number:02}-09"


@pytest.mark.parametrize(
    "raw", ["", "____", "__.__.____", ".. .. ....", "  /  -  ", "dd.mm.åååå", "(dd.mm.åå)", "-"]
)
def test_no_date(raw: str) -> None:
    assert parse_date(raw, today=TODAY) == Parsed(value=None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("31.2.2014", "impossible-date"),
        ("29.02.2023", "impossible-date"),
        ("11.13.2014", "impossible-date"),
        ("32.1.14", "impossible-date"),
        ("0.1.2014", "impossible-date"),
        ("310214", "impossible-date"),
        ("2014-13-01", "impossible-date"),
        ("14-11-03", "ambiguous-date"),
        ("03-11-14", "ambiguous-date"),
        ("3.11.1014", "implausible-year"),
        ("tirsdag 3. november 2014", "weekday"),
        ("3.11.", "no-year"),
        ("3. november", "no-year"),
        ("3.11.____", "no-year"),
        ("3.11.2014 og 4.12.2015", "two-dates"),
        ("03111412345", "birth-number"),
        ("031114 12345", "birth-number"),
        ("termin 12.03.2027", "due-date"),
        ("ca. 3.11.2014", "not-a-date"),
        ("november 2014", "not-a-date"),
        ("2014", "not-a-date"),
        ("O3.11.2014", "not-a-date"),
        ("3.11.20144", "not-a-date"),
        ("vet ikke", "not-a-date"),
        ("٣.١١.٢٠١٤", "not-a-date"),
    ],
)
def test_doubtful_dates(raw: str, code: str) -> None:
    parsed = parse_date(raw, today=TODAY)
    assert parsed.code == code
    assert parsed.doubt


def test_a_birth_is_never_in_the_future_and_other_dates_are_the_nearest() -> None:
    assert parse_date("22.11.26", today=TODAY, birth=True).value == "2026-11-22"
    assert parse_date("23.11.26", today=TODAY, birth=True).value == "1926-11-23"
    assert parse_date("23.11.26", today=TODAY).value == "2026-11-23"
    assert parse_date("01.06.75", today=TODAY).value == "2075-06-01"
    assert parse_date("01.06.78", today=TODAY).value == "1978-06-01"
    assert parse_date("29.02.00", today=TODAY, birth=True).value == "2000-02-29"


def test_a_four_digit_year_is_never_moved() -> None:
    assert parse_date("3.11.2114", today=TODAY, birth=True).value == "2114-11-03"
    assert parse_date("3.11.1914", today=TODAY).value == "1914-11-03"


@pytest.mark.parametrize(
    "raw",
    [
        "termin 12.03.2027",
        "Termin: 12.03.27",
        "Termindato 12. mars 2027",
        "12.03.2027 (termin)",
        "12/3-2027, termin",
        "termin ca. 12.3.2027",
        "forventet termin 12.03.2027",
        "venta fødsel 12.3.2027",
        "2027-03-12",
    ],
)
def test_due_dates(raw: str) -> None:
    assert parse_due_date(raw, today=TODAY) == Parsed(value="2027-03-12")


def test_the_word_of_a_due_date() -> None:
    assert mentions_due_date("TERMIN 12.3.27")
    assert not mentions_due_date("12.3.27")
    assert not mentions_due_date("determinert")
    assert parse_due_date("termin", today=TODAY).code == "no-date"
    assert parse_due_date("____", today=TODAY) == Parsed(value=None)


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("90123456", "+4790123456", ""),
        ("901 23 456", "+4790123456", ""),
        ("90 12 34 56", "+4790123456", ""),
        ("901.23.456", "+4790123456", ""),
        ("+47 901 23 456", "+4790123456", ""),
        ("(+47) 901 23 456", "+4790123456", ""),
        ("0047 90123456", "+4790123456", ""),
        ("\u202a+47 90 12 34 56\u202c", "+4790123456", ""),
        ("Tlf: 72 51 40 00", "+4772514000", ""),
        ("mob. 901 23 456", "+4790123456", ""),
        ("Mobilnr: 90123456", "+4790123456", ""),
        ("____ 90123456 ____", "+4790123456", ""),
        ("9 0 1 2 3 4 5 6", "+4790123456", ""),
        ("90123456 / +47 90123456", "+4790123456", ""),
        ("+46 70 123 45 67", "+46701234567", ""),
        ("+358 40 1234567", "+358401234567", ""),
        ("+1 (212) 555-0123", "+12125550123", ""),
        ("", None, ""),
        ("________", None, ""),
        ("12345678", None, "not-a-phone"),
        ("02345678", None, "not-a-phone"),
        ("9012345", None, "not-a-phone"),
        ("901234567", None, "not-a-phone"),
        ("+47 1234", None, "not-a-phone"),
        ("+47 01234567", None, "not-a-phone"),
        ("+999 123456", None, "not-a-phone"),
        ("+46 070 123 45 67", None, "not-a-phone"),
        ("+46 (0)70 123 45 67", "+46701234567", "trunk-zero"),
        ("4790123456", "+4790123456", "country-code"),
        ("901 23 456 / 412 34 567", "+4790123456", "two-phones"),
        ("90123456 41234567", "+4790123456", "two-phones"),
        ("90123456 og 41234567", "+4790123456", "two-phones"),
        ("90123456 (mor)", "+4790123456", "phone-text"),
        ("72514000 intern 12", "+4772514000", "phone-text"),
        ("90123456, mor", "+4790123456", "phone-text"),
        ("9O123456", None, "not-a-phone"),
        ("ringes via mor", None, "not-a-phone"),
    ],
)
def test_phones(raw: str, value: str | None, code: str) -> None:
    parsed = parse_phone(raw)
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("kari.nordmann@example.no", "kari.nordmann@example.no", ""),
        ("Kari.Nordmann@Example.NO", "Kari.Nordmann@example.no", ""),
        ("e-post: kari@example.no", "kari@example.no", ""),
        ("mailto:kari@example.no", "kari@example.no", ""),
        ("<kari@example.no>.", "kari@example.no", ""),
        ("____kari_n@example.no____", "kari_n@example.no", ""),
        ("kari+skjema@post.example.no", "kari+skjema@post.example.no", ""),
        ("post@ørland-example.no", "post@ørland-example.no", ""),
        ("____", None, ""),
        ("åse@example.no", "åse@example.no", "not-an-email"),
        ("kari@example", None, "not-an-email"),
        ("kari(at)example.no", None, "not-an-email"),
        ("kari..n@example.no", "kari..n@example.no", "not-an-email"),
        ("kari@-example.no", None, "not-an-email"),
        ("kari @example.no", None, "not-an-email"),
        ("kari@example.no, ola@example.no", "kari@example.no", "two-emails"),
        ("Kari <kari@example.no>", "kari@example.no", "email-text"),
        ("a" * 65 + "@example.no", None, "not-an-email"),
    ],
)
def test_emails(raw: str, value: str | None, code: str) -> None:
    parsed = parse_email(raw)
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("7130 Brekstad", "7130 Brekstad", ""),
        ("7130 BREKSTAD", "7130 Brekstad", ""),
        ("7130, brekstad", "7130 Brekstad", ""),
        ("N-7130 Brekstad", "7130 Brekstad", ""),
        ("7 1 3 0 Brekstad", "7130 Brekstad", ""),
        ("_7130_ _Brekstad_", "7130 Brekstad", ""),
        ("3802 bø i telemark", "3802 Bø i Telemark", ""),
        ("2337 Tangen", "2337 Tangen", ""),
        ("2320 Furnes", "2320 Furnes", ""),
        ("____", None, ""),
        ("7130 Trondheim", "7130 Trondheim", "unknown-place"),
        ("9998 Ingensteds", "9998 Ingensteds", "unknown-place"),
        ("7130", "7130 Brekstad", "no-town"),
        ("Brekstad", "Brekstad", "no-postcode"),
        ("Strandveien 4, 7130 Brekstad", "Strandveien 4, 7130 Brekstad", "not-a-place"),
    ],
)
def test_places(raw: str, value: str | None, code: str) -> None:
    parsed = parse_place(raw, TOWNS)
    assert (parsed.value, parsed.code) == (value, code)


@pytest.mark.parametrize(
    ("raw", "town"),
    [
        ("Moi Rana", "Mo i Rana"),
        ("Afjord", "Åfjord"),
        ("BREKSTAD", "BREKSTAD"),
        ("AFJORD", "ÅFJORD"),
    ],
)
def test_a_place_that_was_read_from_a_picture_is_spelled_as_a_post_town_that_has_its_letters(
    raw: str, town: str
) -> None:
    assert parse_town(raw, TOWNS, read=True) == Parsed(value=town)
    assert parse_town(raw, TOWNS) == Parsed(value=raw)


@pytest.mark.parametrize("raw", ["Åfiord", "Biuan", "Nordbygda", "Kárášjohka"])
def test_a_place_that_was_read_and_that_nobody_knows_goes_to_a_person_with_the_guess(raw: str) -> None:
    read = parse_town(raw, TOWNS, read=True)
    assert (read.value, read.code) == (raw, "unknown-place")
    assert parse_town(raw, TOWNS) == Parsed(value=raw)
    assert parse_town(raw, TOWNS, read=True, others={f"{raw} kommune"}) == Parsed(value=raw)


def test_figures_in_a_place_that_was_read_from_a_picture_are_a_doubt() -> None:
    assert parse_town("Bjugn, 1", TOWNS, read=True).doubt
    assert parse_town("7130 Brekstad", TOWNS) == Parsed(value="7130 Brekstad")


def test_post_towns_are_spelled_for_people() -> None:
    assert TOWNS.town("2350") == "Nes på Hedmarken"
    assert TOWNS.town("8610") is None or TOWNS.town("8610") == "Mo i Rana"
    spelled = set(TOWNS.towns.values())
    assert {"Mo i Rana", "Ny-Ålesund", "Aust-Torpa", "Kristiansand S", "Os i Østerdalen", "Ås"} <= spelled
    assert TOWNS.town("0000") is None
    assert len(TOWNS.towns) == 5132


def test_every_pair_of_the_register_is_a_place() -> None:
    for code, town in TOWNS.towns.items():
        assert parse_place(f"{code} {town.upper()}", TOWNS) == Parsed(value=f"{code} {town}")


def test_a_bad_register_names_every_line(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_text("postal_code,post_town\n713,BREKSTAD\n7130,BREKSTAD\n7140\n", encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        PostTowns.load(path)
    assert len(caught.value.mistakes) == 2
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DeclarationError):
        PostTowns.load(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(DeclarationError):
        PostTowns.load(path)
    with pytest.raises(DeclarationError):
        PostTowns.load(tmp_path / "missing.csv")


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("90123456", "+4790123456", ""),
        ("kari@example.no", "kari@example.no", ""),
        ("kari@example.no / 901 23 456", "+4790123456; kari@example.no", ""),
        ("Tlf. 901 23 456, e-post: kari@Example.no", "+4790123456; kari@example.no", ""),
        ("901 23 456 og kari@example.no", "+4790123456; kari@example.no", ""),
        ("(+47) 90123456; kari@example.no", "+4790123456; kari@example.no", ""),
        ("____", None, ""),
        ("90123456 / 41234567", "+4790123456", "two-phones"),
        ("a@example.no b@example.no", "a@example.no; b@example.no", "two-emails"),
        ("Via helsestasjonen", "Via helsestasjonen", "not-a-phone"),
        ("Kari, kari@example.no", "kari@example.no", "not-a-phone"),
        ("9012345 kari@example.no", "kari@example.no", "not-a-phone"),
    ],
)
def test_contacts(raw: str, value: str | None, code: str) -> None:
    parsed = parse_contact(raw)
    assert (parsed.value, parsed.code) == (value, code)


def test_folding_labels() -> None:
    assert fold("  E\u2011POST\u00a0 :\u200b") == "e-post :"
    assert fold("Fødsels\u00addato") == fold("FØDSELSDATO") == "fødselsdato"
    assert fold("A\u030adresse") == "ådresse"
    assert fold("ﬁnn – her") == "finn - her"


PARSERS = {
    "text": parse_text,
    "person": parse_person,
    "date": lambda raw: parse_date(raw, today=TODAY),
    "birth": lambda raw: parse_date(raw, today=TODAY, birth=True),
    "due": lambda raw: parse_due_date(raw, today=TODAY),
    "phone": parse_phone,
    "email": parse_email,
    "town": lambda raw: parse_town(raw, TOWNS, read=True),
    "place": lambda raw: parse_place(raw, TOWNS),
    "contact": parse_contact,
}
SHAPES = {
    "date": r"\d{4}-\d\d-\d\d",
    "birth": r"\d{4}-\d\d-\d\d",
    "due": r"\d{4}-\d\d-\d\d",
    "phone": r"\+[1-9]\d{6,14}",
    "place": r"\d{4} \D+",
    "email": r"[^\s@]+@[^\s@]+\.[^\s@]+",
}
ODD = st.one_of(
    st.text(),
    st.text(alphabet="0123456789./-,_ +()@;:…åøæ\u00a0\u00ad\u202dXx'"),
    st.from_regex(
        r"(født |termin |den )?\d{1,4}[./ -]{1,2}(\d{1,2}|mai|nov\.)[./ -]{1,2}\d{1,4}", fullmatch=True
    ),
    st.from_regex(r"(tlf )?[+0]{0,2}\d{2,3}[ .]?\d{2,3}[ .]?\d{2,3}( / \d{8}| mor)?", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9._+-]{1,9}@[A-Za-z0-9.-]{1,9}\.(no|NO|com)( |, |;)?(\d{8})?", fullmatch=True),
)


@pytest.mark.parametrize("kind", sorted(PARSERS))
@given(raw=ODD)
def test_a_value_or_a_typed_doubt_nothing_else(kind: str, raw: str) -> None:
    parsed = PARSERS[kind](raw)
    assert isinstance(parsed, Parsed)
    assert bool(parsed.doubt) == bool(parsed.code)
    assert parsed.value != ""
    if parsed.doubt:
        assert parsed.doubt.endswith(".")
        assert raw == "" or len(raw) < 4 or raw not in parsed.doubt
        return
    if parsed.value is not None:
        parsed.value.encode("utf-8")
        if kind in SHAPES:
            assert re.fullmatch(SHAPES[kind], parsed.value)
        assert PARSERS[kind](parsed.value) == parsed, "a normalised value gives itself"


@pytest.mark.parametrize("kind", sorted(PARSERS))
@pytest.mark.parametrize(
    "unit", ["a", "1", "_ ", ". ", "@", "a@", "+", "1 ", "(", "termin ", "ca", "-", "1."]
)
def test_no_text_is_too_long(kind: str, unit: str) -> None:
    started = time.process_time()
    PARSERS[kind](unit * 20_000)
    assert time.process_time() - started < 2


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_real_date_is_read_in_every_numeric_spelling(day: date) -> None:
    for form in ("%d.%m.%Y", "%d/%m-%Y", "%d/%m %Y", "%Y-%m-%d", "%d%m%Y", "%d %m %Y"):
        assert parse_date(day.strftime(form), today=TODAY).value == day.isoformat()
