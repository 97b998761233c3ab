"""``statistics`` through the command line: the table, JSON Lines, the sheet, the page, and what may not be seen (A7, L-002-5, F-003-2)."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.acceptance.conftest import Program

YEAR = "2025"


@pytest.fixture
def counted(program: Program) -> Program:
    """A home with 300 invented cases in one municipality."""
    from benchmarks.registers import build

    register = program.home / "data" / "register.db"
    register.unlink()
    build(register, 300)
    return program


def test_the_figures_of_a_year_in_every_shape(counted: Program, tmp_path: Path) -> None:
    sheet, page = tmp_path / "tall.csv", tmp_path / "tall.pdf"
    rows = counted.rows("statistics", "--year", YEAR, "--csv", str(sheet), "--pdf", str(page))
    assert {row["municipality"] for row in rows} == {"orland"}
    # What the municipality asks for comes first, counted on its own day (A7).
    assert list(dict.fromkeys(row["group"] for row in rows))[:3] == ["teams", "plans", "reports"]
    value = {row["figure"]: row["value"] for row in rows if not row["service"]}
    assert next(row["on"] for row in rows if row["figure"] == "teams.active") == "2025-06-01"
    with sqlite3.connect(counted.home / "data" / "register.db") as register:
        (teams,) = register.execute(
            "SELECT COUNT(*) FROM (SELECT established_on, dissolved_on, MAX(number) FROM team GROUP BY case_id)"
            " WHERE established_on <= '2025-06-01' AND (dissolved_on IS NULL OR dissolved_on > '2025-06-01')"
        ).fetchone()
    register.close()
    assert value["teams.active"] == teams > 0
    for whole in ("teams.members", "coordinators.in_force"):
        parts = [row["value"] for row in rows if row["figure"] == f"{whole}.service"]
        assert sum(parts) == value[whole] > 0

    raw = sheet.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert len(cells) == len(rows) + 1
    assert ["orland", "Team", "I arbeid", "", str(teams)] == cells[1][:5]

    pdf = PdfReader(page)
    assert len(pdf.pages) == 1
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Tall for koordinering, Ørland kommune, 2025"
    root = pdf.trailer["/Root"]
    assert str(root["/Lang"]).startswith("nb")
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    text = pdf.pages[0].extract_text()
    assert "I arbeid" in text
    assert str(teams) in text
    assert {f"{number:o}" for number in (sheet.stat().st_mode & 0o777, page.stat().st_mode & 0o777)} == {
        "600"
    }

    said = counted("statistics", "--year", YEAR).stdout
    assert "Ørland kommune, 2025" in said
    assert "Årlige rapporter" in said
    # No person stands in any of it.
    everything = said + text + raw.decode("utf-8-sig")
    with sqlite3.connect(counted.home / "data" / "register.db") as register:
        names = {
            row[0] for row in register.execute("SELECT name FROM person UNION SELECT name FROM appointment")
        }
    register.close()
    assert not [name for name in names if name and name in everything]


def alts(page: Path) -> list[str]:
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(PdfReader(page).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_every_bar_of_the_page_has_a_text(counted: Program, tmp_path: Path) -> None:
    page = tmp_path / "tall.pdf"
    rows = counted.rows("statistics", "--year", YEAR, "--pdf", str(page))
    bars = [text for text in alts(page) if "Søyle" in text]
    assert len(bars) == len([row for row in rows if row["value"]])
    assert any("I arbeid" in text for text in bars)


def test_small_numbers_are_hidden_everywhere(counted: Program, tmp_path: Path) -> None:
    sheet, page = tmp_path / "tall.csv", tmp_path / "tall.pdf"
    open_rows = counted.rows("statistics", "--year", YEAR)
    hidden = counted.rows(
        "statistics", "--year", YEAR, "--hide-small", "--csv", str(sheet), "--pdf", str(page)
    )
    small = [
        row["figure"]
        for row in open_rows
        if row["value"] and row["value"] < 5 and ".days_" not in row["figure"]
    ]
    assert small
    by_figure = {row["figure"]: row for row in hidden if not row["service"]}
    for figure in small:
        assert by_figure[figure]["value"] is None
        assert by_figure[figure]["shown"] == "<5"
    assert not [row for row in hidden if row["value"] and row["value"] < 5 and ".days_" not in row["figure"]]
    assert "<5" in sheet.read_text(encoding="utf-8-sig")
    assert "<5" in PdfReader(page).pages[0].extract_text()
    told = {json.dumps(row["shown"]) for row in hidden if row["hidden"]}
    assert told <= {'"<5"', '"skjult"'}


def test_as_of_a_day_means_as_the_register_was(counted: Program) -> None:
    def figures(*arguments: str) -> dict[str, object]:
        return {
            row["figure"]: row["value"]
            for row in counted.rows("statistics", *arguments)
            if not row["service"]
        }

    before, after, year = (
        figures("--on", "2023-12-31"),
        figures("--on", "2024-12-31"),
        figures("--year", "2024"),
    )
    assert (
        before["teams.active"] + after["teams.established"] - after["teams.dissolved"]
        == after["teams.active"]
    )
    assert after["teams.established"] == year["teams.established"]


def test_several_municipalities_are_told_each_and_together(counted: Program, tmp_path: Path) -> None:
    """All figures add up; where registration needs a consent, teams without one are not counted (R-61)."""
    with sqlite3.connect(counted.home / "data" / "register.db") as register:
        third = "SET municipality = 'salangen' WHERE CAST(substr({}, 2) AS INTEGER) % 3 = 0"
        register.execute("UPDATE person " + third.format("id"))
        register.execute("UPDATE casefile " + third.format("person_id"))
    register.close()
    rows = counted.rows("statistics", "--year", YEAR)
    assert list(dict.fromkeys(row["municipality"] for row in rows)) == ["orland", "salangen", "alle"]
    told = {(row["municipality"], row["figure"]): row["value"] for row in rows if not row["service"]}
    for figure in {figure for _, figure in told if ".days_" not in figure}:
        assert told["alle", figure] == (told["orland", figure] or 0) + (told["salangen", figure] or 0), figure
    assert told["salangen", "teams.active"] == 0
    assert told["salangen", "coordinators.in_force"] > 0
    assert next(row for row in rows if row["municipality"] == "alle" and row["when"] == "day")["on"] is None
    hidden = counted.rows("statistics", "--year", YEAR, "--hide-small")
    assert {row["municipality"] for row in hidden} == {"orland", "salangen"}
    page = str(tmp_path / "tall.pdf")
    assert (
        "--municipality" in counted("statistics", "--year", YEAR, "--hide-small", "--pdf", page, ok=2).stderr
    )
    assert not (tmp_path / "tall.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--year"),
        (("--year", "2025", "--on", "2025-01-01"), "--year"),
        (("--year", "2999"), "tidligere år"),
        (("--on", "2198-01-01"), "etter i dag"),
        (("--on", "1. juni"), "ikke en dato"),
        (("--year", "2025", "--municipality", "fjelldal"), "fjelldal"),
        (("--year", "2025", "--csv", "/finnes/ikke/tall.csv"), "finnes ikke"),
    ],
)
def test_a_wrong_call_is_one_sentence(program: Program, arguments: tuple[str, ...], says: str) -> None:
    done = program("statistics", *arguments, ok=2)
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
