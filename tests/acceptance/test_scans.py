"""Paper through the command line: from a scan in the inbox to a letter, with a person where the scan is not sure.

The commands run in this process: the readers of scans are loaded once for all of them.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from pipeline.cli import main
from pipeline.domain import DocumentStatus
from pipeline.reading.scan.text import _tesseract
from pipeline.wiring import open_desk
from tests.acceptance.conftest import SAMPLES, Program
from tools.blank_forms.samples import declared

SCAN = next(SAMPLES.glob("10-*"))
Call = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def home(program: Program) -> Path:
    """A home where every sure field of a scan is audited, and no PDFs are made."""
    settings = program.home / "config" / "settings.toml"
    text = settings.read_text().replace("audit_share = 0.01", "audit_share = 1.0")
    settings.write_text(
        text.replace("patience = 3", "patience = 0.2").replace('soffice = ""', 'soffice = "/finnes/ikke"')
    )
    return program.home


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """A command in this process; its JSON Lines when it gives any."""
    monkeypatch.setenv("SKJEMAFLYT_HOME", str(home))

    def run(*arguments: str) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "argv", ["skjemaflyt", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert not ended.value.code, (arguments, said.err)
        return [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]

    return run


def test_a_scan_that_waited_becomes_a_record_a_case_and_a_letter(home: Path, call: Call) -> None:
    call("ingest", str(SCAN))
    with open_desk(home, working=True) as desk, desk.store.transaction() as register:
        (record,) = register.documents()
        register.settle_document(
            record.id, DocumentStatus.REVIEW, reason="Venter på skannleseren.", reason_code="not-read"
        )
    call("run", "--once")
    (document,) = call("documents", "--json")
    assert document["status"] == "review"
    assert [form["form"] for form in document["forms"]] == ["need-notification"]
    waiting = call("review", "--json")
    audited = {str(item["field"]) for item in waiting if item["code"] == "audit"}
    assert {"recipient.name", "requested.coordinator"} <= audited
    assert call("letters", "--json") == []
    name = next(item["id"] for item in waiting if item["field"] == "recipient.name")
    call("review", "picture", name, str(home / "felt.png"))
    with Image.open(home / "felt.png") as strip:
        assert strip.width > 4 * strip.height

    (sample,) = (one for one in declared() if one["file"] == SCAN.name)
    for item in waiting:
        field, known = item["field"], sample["values"].get(item["field"])
        if isinstance(known, str) and item["code"] != "audit":
            call("review", "set", item["id"], field, known)
        elif field == "proposed_coordinator":
            call("review", "set", item["id"], field, "")
        else:
            call("review", "accept", item["id"])
    (document,) = call("documents", "--json")
    assert document["forms"][0]["status"] == "linked", call("review", "--json")
    call("run", "--once")
    (case,) = call("cases", "--json")
    assert case["person"]["name"] == "Magnus Aune Fjeld"
    (letter,) = call("letters", "--json")
    assert letter["kind"] == "acknowledgement"
    assert letter["case"] == case["id"] == document["forms"][0]["case"]
    assert Path(letter["docx"]).is_file()
    tally = {row["field"]: row for row in call("review", "tally", "--json")}
    assert tally["recipient.name"]["audited"] == 1
    assert tally["recipient.name"]["audited_corrected"] == 0


def test_a_stack_gives_an_entry_for_each_form_and_tells_what_was_left_out(call: Call, tmp_path: Path) -> None:
    """The first sheet went through twice, its back is empty, and a photo of nothing in particular lies last."""
    first, second = (page.convert("L") for page in pages(SCAN))
    blank = Image.new("L", first.size, 250)
    again = first.rotate(0.4, fillcolor=255)
    noise = np.random.default_rng(7).normal(0, 25, first.size[::-1])
    photo = np.clip(np.linspace(40, 220, first.size[0])[None] + noise, 0, 255).astype(np.uint8)
    stack = tmp_path / "bunke.tif"
    others = [again, blank, second, Image.fromarray(photo)]
    first.save(stack, save_all=True, append_images=others, compression="jpeg", dpi=(200, 200))
    call("ingest", str(stack))
    call("run", "--once")
    (document,) = call("documents", "--json")
    assert document["status"] == "review"
    assert [form["form"] for form in document["forms"]][:1] == ["need-notification"]
    assert {form["form"] for form in document["forms"][1:]} <= {None}
    told = json.dumps(call("trace", document["id"], "--json"), ensure_ascii=False)
    assert "Side 3" in told
    assert "blank" in told
    doubts = {item["code"]: item["reason"] for item in call("review", "--json") if item["field"] is None}
    assert doubts["page-twice"].startswith("Side 2 ser ut til å være side 1")


def test_without_tesseract_every_field_is_looked_at_and_doctor_says_how_to_get_it(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr(_tesseract, "_PLACES", ())
    monkeypatch.setattr(_tesseract, "_LOCAL", threading.local())
    _tesseract._folders.cache_clear()
    try:
        (check,) = (one for one in call("doctor", "--json") if "tesseract" in one["check"])
        assert check["state"] == "varsel"
        assert "tesseract-ocr-nor" in check["mend"]
        (read,) = call("extract", str(SCAN), "--json")
    finally:
        _tesseract._folders.cache_clear()
    assert read["status"] == "review"
    assert {field["status"] for field in read["fields"].values()} <= {"review", "empty"}


def pages(path: Path) -> list[Image.Image]:
    """The pictures of a scan's pages."""
    return [page.images[0].image for page in PdfReader(path).pages]
