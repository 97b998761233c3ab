"""Letters in nynorsk through the command line (issue 4; B.6: the municipality and the case choose)."""

from __future__ import annotations

import json

from pypdf import PdfReader

from tests.acceptance.conftest import REPO, Program, Row
from tests.acceptance.test_main_job import words


def speak_nynorsk(program: Program) -> None:
    """Make nynorsk the municipality's language."""
    profile = program.home / "config" / "municipalities" / "orland.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(
        text.replace("[office]\n", '[office]\nlanguage = { value = "nn", source = "prøve" }\n', 1),
        encoding="utf-8",
    )


def appoint(program: Program, case: object) -> dict[str, str]:
    """Appoint a coordinator; the text of each letter that is made, by kind."""
    program(
        "appoint", str(case), "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-12-01", "--deputy", "Ragnhild Øyen",
    )  # fmt: skip
    return {str(one["kind"]): words(one["docx"]).replace("\u00a0", " ") for one in program.rows("letters")}


def the_case(program: Program) -> Row:
    (case,) = program.rows("cases")
    return program.one("case", str(case["id"]))


def test_a_home_has_the_letters_in_both_languages(program: Program) -> None:
    """``init`` copies them; ``templates check`` names each, and what lacks a language without stopping for it."""
    shipped, own = (home / "templates" / "letters" / "nn" for home in (REPO, program.home))
    assert {p.name: p.read_bytes() for p in own.iterdir()} == {
        p.name: p.read_bytes() for p in shipped.iterdir()
    }
    rows = program.rows("templates", "check")
    assert {"acknowledgement.docx", "nn/acknowledgement.docx"} <= {row["template"] for row in rows}
    assert not [row for row in rows if row["lacks"] or row["mistakes"]]
    (own / "acknowledgement.docx").unlink()
    lacking = {row["template"]: row["lacks"] for row in program.rows("templates", "check") if row["lacks"]}
    assert lacking == {"acknowledgement.docx": ["nynorsk"]}
    assert "1 brev mangler på nynorsk" in program("doctor", ok=None).stdout


def test_a_nynorsk_municipality_writes_nynorsk_to_everybody(program: Program) -> None:
    speak_nynorsk(program)
    program.drop("01")
    program("run", "--once")
    case = the_case(program)
    assert case["language"] == "nn"
    letters = appoint(program, case["id"])
    assert len(letters) == 4
    for text in letters.values():
        assert "Unnateke offentlegheit" in text
        assert "Med helsing" in text
        assert "ikke " not in text
    family = letters["appointment-user"]
    assert "De har fått barnekoordinator" in family
    assert "Statsforvaltaren i Trøndelag" in family
    assert "pasient- og brukarrettslova § 2-5 c" in family
    assert "fire veker" in family
    assert "Foreldra til Iver" in family or "Familien til Iver" in family
    (acknowledgement,) = [one for one in program.rows("letters") if one["kind"] == "acknowledgement"]
    assert PdfReader(str(acknowledgement["pdf"])).trailer["/Root"]["/Lang"] == "nn-NO"  # type: ignore[index]


def test_one_case_in_nynorsk_leaves_the_employees_letters_in_the_municipalitys_language(
    program: Program,
) -> None:
    """``case SAK --language nn``, an event kept; what is made before stays as it is."""
    program.drop("01")
    program("run", "--once")
    case = the_case(program)
    assert case["language"] == "nb"
    done = program("case", str(case["id"]), "--language", "nn", "--json")
    assert json.loads(done.stdout)["letters"] == []
    assert "nynorsk" in done.stderr
    case = the_case(program)
    assert case["language"] == "nn"
    assert [e["kind"] for e in case["events"]].count("language-chosen") == 1  # type: ignore[attr-defined]
    program("case", str(case["id"]), "--language", "nn")
    assert [e["kind"] for e in the_case(program)["events"]].count("language-chosen") == 1  # type: ignore[attr-defined]
    letters = appoint(program, case["id"])
    assert "Dette gjer barnekoordinatoren" in letters["appointment-user"]
    assert "Oppgavene dine" in letters["appointment-coordinator"]
    assert "Vi ber deg om å" in letters["appointment-manager"]
    assert "meldingen" in letters["acknowledgement"]


def test_a_language_nobody_knows_and_a_case_nobody_has_are_one_sentence(program: Program) -> None:
    program.drop("01")
    program("run", "--once")
    case = str(the_case(program)["id"])
    said = program("case", case, "--language", "sv", ok=2).stderr
    assert "Kjenner ikke målformen «sv». Skriv nb (bokmål) eller nn (nynorsk)." in said
    assert "Fant ikke sak 1999/1" in program("case", "1999/1", "--language", "nn", ok=2).stderr


def test_a_letter_without_a_template_in_its_language_waits_for_a_person(program: Program) -> None:
    """Never another language in silence: a task, and the letter is made when the template or another choice is there."""
    speak_nynorsk(program)
    lost = program.home / "templates" / "letters" / "nn" / "appointment-user.docx"
    kept = lost.read_bytes()
    lost.unlink()
    program.drop("01")
    program("run", "--once")
    case = str(the_case(program)["id"])
    assert "appointment-user" not in appoint(program, case)
    waiting = [
        str(t["text"])
        for t in the_case(program)["tasks"]  # type: ignore[attr-defined]
        if t["done_on"] is None and "no-language" in t["code"]
    ]
    assert waiting == [
        "Oppnevning, til bruker eller familie: Brevet har ingen mal på nynorsk. Lag malen i templates/letters, eller skriv brevet for hånd."
    ]
    lost.write_bytes(kept)
    program("run", "--once")
    assert "appointment-user" in {one["kind"] for one in program.rows("letters")}
    assert not [
        t
        for t in the_case(program)["tasks"]  # type: ignore[attr-defined]
        if t["done_on"] is None and "no-language" in t["code"]
    ]
