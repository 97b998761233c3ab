"""The left-over edges of what goes wrong: complaints to the end, forms linked again, births without a name, hostile texts."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.cli._fit import refuse_unfit
from pipeline.errors import UsageError
from tests.acceptance.in_process import Caller, make_worked_home

CHILD, EXPECTED = "2026/1", "2026/2"
"""A child's case with a coordinator, and a family's that expects a child."""
APPOINT = ("--measure", "child_coordinator", "--service", "Fysioterapi", "--name", "Siri Brandvoll")


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_worked_home(
        tmp_path_factory.mktemp("hjem") / "hjem",
        ("01", "05"),
        ("appoint", CHILD, *APPOINT, "--from", "2026-01-01"),
    )


@pytest.fixture
def call(
    worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Caller:
    home = tmp_path / "hjem"
    shutil.copytree(worked, home)
    monkeypatch.chdir(tmp_path)
    return Caller(home, monkeypatch, capsys)


def letters(call: Caller, kind: str) -> list[dict[str, Any]]:
    """The letters of a kind, oldest first."""
    return [row for row in call.rows("letters") if row["kind"] == kind]


def tasks(call: Caller, case: str) -> set[str]:
    """The codes of a case's open tasks."""
    return {task["code"] for task in call.one("case", case)["tasks"] if task["done_on"] is None}


def written(row: dict[str, Any]) -> str:
    """What a letter says, as Word holds it, boxes and heads too."""
    return "\n".join(
        "".join(node.itertext())
        for node in docx.Document(row["docx"]).element.body.iter()
        if node.tag.endswith("}p")
    )


def complaint(call: Caller) -> dict[str, Any]:
    """The case's complaint as a matter."""
    (matter,) = [one for one in call.one("case", CHILD)["matters"] if one["kind"] == "complaint"]
    return dict(matter)


def test_b_2_a_complaint_goes_on_to_the_complaint_body_which_decides_it(call: Caller) -> None:
    """B.2, pbrl. §§ 7-2 and 7-5: received and acknowledged, stood by, sent on with a transmittal letter, decided by the body."""
    today = date.today()
    (about,) = letters(call, "appointment-user")
    call(
        "complaint",
        CHILD,
        "--received",
        today.isoformat(),
        "--about",
        "Valget av koordinator",
        "--letter",
        about["id"],
    )
    (told,) = letters(call, "complaint-received")
    assert (told["status"], told["rule"], told["delivery"]) == ("ready", "B.2", None)
    assert f"complaint-{complaint(call)['id']}" in tasks(call, CHILD)

    wrong = call("complaint", CHILD, "--outcome", "upheld", ok=1)
    assert "ikke sendt videre" in wrong.err
    call("complaint", CHILD, "--not-upheld", "--why", "Valget følger rådet fra tjenesten.")
    assert "complaint-forward" in tasks(call, CHILD)

    said = call("complaint", CHILD, "--forwarded", today.isoformat())
    assert (
        "Oversendelse av klage: til klageinstansen (Statsforvalteren i Trøndelag), sendes gjennom" in said.err
    )
    assert "når adressen er registrert" not in said.err
    (sent,) = letters(call, "complaint-transmittal")
    assert (sent["to"], sent["status"], sent["delivery"]) == (
        "Statsforvalteren i Trøndelag",
        "ready",
        "eFormidling",
    )
    assert "Statsforvalteren i Trøndelag" in written(sent)
    assert [row["status"] for row in letters(call, "complaint-forwarded")] == ["ready"]
    open_now = tasks(call, CHILD)
    assert "complaint-send" in open_now
    assert not {"complaint-forward", f"complaint-{complaint(call)['id']}"} & open_now
    assert "alt sendt videre" in call("complaint", CHILD, "--forwarded", today.isoformat(), ok=1).err

    unknown = call("complaint", CHILD, "--outcome", "tull", ok=1)
    assert "upheld, changed, set-aside" in unknown.err
    call("complaint", CHILD, "--outcome", "changed")
    assert (complaint(call)["outcome"], complaint(call)["done_on"]) == ("changed", today.isoformat())
    assert "complaint-changed" in tasks(call, CHILD)
    assert "complaint-send" not in tasks(call, CHILD)
    assert "ingen klage" in call("complaint", CHILD, "--outcome", "upheld", ok=1).err


def test_b_2_a_complaint_that_the_unit_upholds_goes_no_further(call: Caller) -> None:
    """B.2: the one who complained is told, a person mends the decision, and nothing can be sent on."""
    today = date.today().isoformat()
    call("complaint", CHILD, "--received", today, "--about", "Valget av koordinator")
    assert "begrunnes" in call("complaint", CHILD, "--upheld", ok=1).err
    call("complaint", CHILD, "--upheld", "--why", "Familien skal få en annen koordinator.")
    (told,) = letters(call, "complaint-decided")
    assert "Familien skal få en annen koordinator." in written(told)
    assert complaint(call)["outcome"] == "granted"
    assert "complaint-mend" in tasks(call, CHILD)
    assert "ingen klage" in call("complaint", CHILD, "--forwarded", today, ok=1).err
    early = (date.today() - timedelta(days=3)).isoformat()
    call("complaint", CHILD, "--received", today, "--about", "Igjen")
    assert "før den kom" in call("complaint", CHILD, "--forwarded", early, ok=1).err


def test_r_54_a_form_linked_to_the_same_case_again_is_answered_again(call: Caller) -> None:
    """R-54: the withdrawn acknowledgement doesn't count; linked a second time the form gets a new one, once."""
    (first,) = [row for row in letters(call, "acknowledgement") if row["case"] == EXPECTED]
    (form,) = [one for one in call.rows("documents") if one["forms"][0]["case"] == EXPECTED]
    submission = form["id"].replace("D", "S")
    for _ in range(2):
        call("review", "unlink", submission)
        (item,) = call.rows("review")
        call("review", "link", item["id"], EXPECTED)
    states = [row["status"] for row in letters(call, "acknowledgement") if row["case"] == EXPECTED]
    assert states == ["withdrawn", "withdrawn", "ready"]
    newest = [row for row in letters(call, "acknowledgement") if row["case"] == EXPECTED][-1]
    assert newest["id"] != first["id"]
    assert Path(newest["docx"]).is_file()
    assert Path(newest["docx"]).name != Path(first["docx"]).name


def test_t_21_a_child_is_born_and_named_later(call: Caller) -> None:
    """T-21, C.7: no name yet: letters go to the family as before; the name later; the mother stays in the case."""
    today = date.today().isoformat()
    assert "ventet" in call("born", CHILD, "--on", today, ok=1).err
    assert call("born", EXPECTED, ok=2).err.startswith("Si når barnet ble født")
    assert "med --on" in call("born", EXPECTED, "--name", "Ylva Fjelldal", ok=1).err
    for day in ("1901-01-01", "2190-01-01"):
        call("born", EXPECTED, "--on", day, ok=1)
    call("born", EXPECTED, "--on", today)
    person = call.one("case", EXPECTED)["person"]
    assert (person["birth_date"], person["due_date"], person["name"]) == (today, None, "Ingrid Fjelldal")
    assert "child-name" in tasks(call, EXPECTED)
    call("appoint", EXPECTED, *APPOINT, "--from", today)
    (told,) = [row for row in letters(call, "appointment-user") if row["case"] == EXPECTED]
    assert told["to"] == "Familien til Ingrid Fjelldal"

    other = (date.today() - timedelta(days=1)).isoformat()
    assert "alt registrert som født" in call("born", EXPECTED, "--on", other, "--name", "Ylva", ok=1).err
    assert "Skriv navnet" in call("born", EXPECTED, "--on", today, ok=1).err
    call("born", EXPECTED, "--name", "Ylva  Fjelldal")
    whole = call.one("case", EXPECTED)
    assert (whole["person"]["name"], whole["person"]["birth_date"]) == ("Ylva Fjelldal", today)
    assert ("next_of_kin", "Ingrid Fjelldal") in {(one["role"], one["name"]) for one in whole["contacts"]}
    assert "child-name" not in tasks(call, EXPECTED)
    assert "former-name" in tasks(call, EXPECTED)
    assert "ventet" in call("born", EXPECTED, "--name", "Ylva", ok=1).err
    call("close", EXPECTED, "--agreed", "--why", "Over.")
    (ended,) = [row for row in letters(call, "termination-agreed") if row["case"] == EXPECTED]
    assert ended["to"] == "Foreldrene til Ylva Fjelldal"


JINJA = "{{ 7*7 }}{% for x in y %}{# z #}{{ recipient_lines.__class__ }}"
XML = '</w:t></w:r><w:r><w:t>&amp; & <b a="1">fet</b> ]]>'
REFUSED = {
    "escape": "\x1b[31mrød",
    "bidi": "Ola \u202enedroN",
    "long": "x" * 100_000,
}
KEPT = {
    "jinja": JINJA,
    "xml": XML,
    "path": "../../etc/passwd",
    "quote": "'; DROP TABLE letter; --",
    "percent": "%s{0}%(x)s",
}
DAYS = ("0001-01-01", "9999-12-31", "2027-02-29", "-1", "1900-01-01", "2199-12-31")
"""Days that are out of bounds, none at all, or at the bounds."""


def asked(text: str, day: str = "2026-11-20") -> list[tuple[str, ...]]:
    """Every decision command, with a text and a day in every place that takes one."""
    return [
        ("assess", CHILD, "--decided-by-team", day),
        ("appoint", CHILD, "--measure", "coordinator", "--service", text, "--name", text, "--from", day, "--deputy", text,
         "--deputy-contact", text, "--contact", text, "--why", text, "--decided-by-team", day),
        ("change", CHILD, "--name", text, "--from", day, "--service", text, "--why", text, "--deputy", text),
        ("change", CHILD, "--handed-over", day),
        ("refuse", EXPECTED, "--measure", "child_coordinator", "--why", text),
        ("absence", CHILD, "--from", day, "--until", day, "--deputy", text, "--deputy-contact", text),
        ("absence", CHILD, "--ended", day),
        ("deputy", CHILD, "--name", text, "--contact", text),
        ("meeting", CHILD, "--planned", day, "--place", text, "--agenda", text, "--clock", text, "--minutes", "-5"),
        ("meeting", CHILD, "--planned", day, "--place", text, "--agenda", text),
        ("meeting", CHILD, "--held", day),
        ("meeting", CHILD, "--called-off", day),
        ("evaluated", CHILD, "--on", day),
        ("consent", CHILD, "--given", "share", "--signer", text, "--capacity", "parent", "--on", day, "--person", text,
         "--information", text),
        ("consent", CHILD, "--withdraw", "--on", day, "--person", text),
        ("notice", CHILD, "--why", text, "--ends-on", day),
        ("notice", CHILD, "--answer", text),
        ("complaint", CHILD, "--received", day, "--about", text, "--letter", text),
        ("complaint", CHILD, "--received", day, "--about", text),
        ("complaint", CHILD, "--upheld", "--why", text),
        ("complaint", CHILD, "--forwarded", day),
        ("complaint", CHILD, "--outcome", text, "--on", day),
        ("moved", CHILD, "--on", day, "--to", text),
        ("moved", CHILD, "--undo"),
        ("deceased", CHILD, "--on", day),
        ("deceased", CHILD, "--undo"),
        ("born", EXPECTED, "--on", day, "--name", text),
        ("conflict", CHILD, "--employee", text, "--why", text),
        ("deviation", "L1", "--reported", day),
        ("deviation", "L1", "--not-reportable", "--why", text),
        ("letter", "L1", "came-back", "--why", text),
        ("archive", "case", CHILD, text),
        ("archive", "set", "D1", "--case", text, "--journal", text, "--document", text),
        ("case", "merge", CHILD, text),
        ("case", text),
        ("remind", "--on", day, "--dry-run"),
        ("remind", "--list", "forfall", "--on", day, "--days", "-1"),
        ("remind", "stop", text, "--why", text),
        ("close", CHILD, "--against-wish", "--why", text, "--on", day, "--noticed-on", day, "--answer", text),
        ("close", CHILD, "--agreed", "--why", text, "--on", day),
    ]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_c_3_a_text_with_hidden_characters_or_without_end_is_refused(call: Caller, text: str) -> None:
    """C.3: one sentence, nothing is written down, and the text itself is not said back."""
    before = call("case", CHILD, "--json").out
    for arguments in asked(text):
        if text in arguments:
            said = call(*arguments, ok=2)
            assert said.out == ""
            assert said.err.startswith("En av tekstene"), arguments
            assert len(said.err) < 200
    assert call("case", CHILD, "--json").out == before


@pytest.mark.parametrize(
    "text", ["a\x01b", "a\x7fb", "a\udcffb", "a\uffffb", "\u2066a", "a\x85b", "x" * 10_001]
)
def test_c_3_what_no_letter_can_hold_is_refused(text: str) -> None:
    """C.3: before any command sees it; a file may be called anything."""
    with pytest.raises(UsageError, match="En av tekstene"):
        refuse_unfit(("close", CHILD, "--why", text))
    refuse_unfit(("ingest", text))


def test_c_3_what_a_clerk_pastes_is_taken() -> None:
    """C.3: lines, tabs, Sámi letters, joined and decomposed letters, a soft hyphen."""
    refuse_unfit(
        (
            "close",
            CHILD,
            "--why",
            "Én linje\r\n\tog en til: čđŋšŧž, a\u030a, bindestrek\u00ad, \u200d, §\u00a02-5",
        )
    )


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_c_3_a_clerks_text_is_text_and_nothing_else(call: Caller, text: str) -> None:
    """C.3: no command breaks, no template is evaluated, no file lies outside the home, and the letters say what was written."""
    outside = set(call.home.parent.iterdir())
    for arguments in asked(text):
        said = call(*arguments, ok=None)
        assert said.code in (0, 1, 2), (arguments, said)
        assert "49" not in said.out + said.err
    assert set(call.home.parent.iterdir()) == outside
    told = [written(row) for row in call.rows("letters") if row["docx"]]
    assert any(text in one for one in told)
    names = {path.name for path in call.home.rglob("*") if path.is_file()}
    assert not any("passwd" in name for name in names)
    for listing in ("cases", "letters", "documents", "deviations"):
        call(listing)
        call(listing, "--json")
    call("case", CHILD)


@pytest.mark.parametrize("day", DAYS)
def test_c_3_a_day_out_of_bounds_is_one_sentence(call: Caller, day: str) -> None:
    """C.3: never a traceback, whatever the day; those far out are wrong usage."""
    for arguments in asked("Et ord", day):
        said = call(*arguments, ok=None)
        assert said.code in (0, 1, 2), (arguments, said)
        if day in arguments and day not in ("1900-01-01", "2199-12-31"):
            assert said.code == 2, (arguments, said)


def test_c_3_another_municipalitys_case_stays_its_own(call: Caller) -> None:
    """C.3, house: a form, a merger or a staff list of one municipality never touches another's case."""
    fields = (
        "--set",
        "recipient.name=Ada Ask",
        "--set",
        "recipient.birth_date=03.11.2014",
        "--set",
        "date=20.11.2026",
    )
    add = (
        "message",
        "add",
        "--form",
        "need-notification",
        *fields,
        "--set",
        "requested.coordinator=ja",
        "--set",
        "reported_by=Ada Ask",
    )
    call(*add, "--municipality", "loten", "--set", "needs=Hjelp")
    theirs = next(row for row in call.rows("cases") if row["municipality"] == "loten")
    joined = call("case", "merge", CHILD, theirs["id"], "--same-person", ok=1)
    assert "kommune" in joined.err
    (saved,) = [row for row in call.rows("documents") if row["municipality"] == "loten"]
    submission = saved["id"].replace("D", "S")
    call("review", "unlink", submission)
    (item,) = call.rows("review")
    said = call("review", "link", item["id"], CHILD, ok=1)
    assert "kommune" in said.err
    named = call("appoint", theirs["id"], *APPOINT, "--from", "2026-12-01", ok=None)
    assert "Siri Brandvoll" not in named.out
    for wrong in ("oslo", "../orland", "{{ 7*7 }}"):
        assert call(*add, "--municipality", wrong, ok=2).out == ""
    whole = call.one("case", CHILD)
    assert "Ada Ask" not in str(whole)
