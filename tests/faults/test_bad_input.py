"""Bad input through the whole belt: each file ends with a clear sentence, nothing is lost, the rest of the inbox goes on."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import time
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader, PdfWriter

from pipeline import flow
from pipeline.domain import Arrival
from pipeline.errors import RefusedError, UsageError
from pipeline.intake import Originals
from pipeline.values import PostTowns
from pipeline.wiring import make_home, open_desk, runner

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO / "templates" / "forms" / "samples"
GOOD = next(SAMPLES.glob("01*"))
FILLED = next(SAMPLES.glob("04*"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with staff, quick to lose patience and without LibreOffice."""
    home = tmp_path / "hjem"
    make_home(home)
    settings = home / "config" / "settings.toml"
    text = (
        settings.read_text().replace("patience = 20", "patience = 0.2").replace("pause = 0.3", "pause = 0.05")
    )
    settings.write_text(text.replace('soffice = ""', 'soffice = "/finnes/ikke"'))
    with open_desk(home, working=True) as desk:
        flow.import_staff(desk, REPO / "templates" / "staff-example.csv", municipality="")
    return home


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(FILLED))
    writer.encrypt(user_password=password, owner_password="eier", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(document: bytes) -> bytes:
    """The good form with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(GOOD) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, document if name == "word/document.xml" else source.read(name))
    return out.getvalue()


LAUGHS = b"<!DOCTYPE x [" + b"".join(
    b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"ha") for n in range(9)
) + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>&a8;</w:document>"  # fmt: skip

ASIDE: dict[str, Callable[[], bytes]] = {
    "tom.docx": lambda: b"",
    "kuttet.pdf": lambda: FILLED.read_bytes()[:20_000],
    "kuttet.docx": lambda: GOOD.read_bytes()[:9_000],
    "egentlig tekst.pdf": "Kjære kommune! Dette er et brev.".encode,
    "egentlig pdf.docx": lambda: b"%PDF-1.7\n%%EOF\n",
    "gammel.doc": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048),
    "latter.docx": lambda: word(LAUGHS),
    "bombe.docx": lambda: word(b"<a>" + b" " * 300_000_000 + b"</a>"),
    "program.exe": lambda: b"MZ" + bytes(500),
}


def test_every_bad_file_is_put_aside_and_the_rest_goes_on(home: Path) -> None:
    inbox = home / "inbox"
    for name, make in ASIDE.items():
        (inbox / name).write_bytes(make())
    (inbox / "låst.pdf").write_bytes(encrypted("hemmelig"))
    (inbox / "bare eierpassord.pdf").write_bytes(encrypted(""))
    (inbox / "skann.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    shutil.copy(GOOD, inbox / unicodedata.normalize("NFD", "Åses melding.docx"))
    shutil.copy(next(SAMPLES.glob("05*")), inbox / ("m" * 235 + ".docx"))
    shutil.copy(next(SAMPLES.glob("09*")), inbox / "linje\nskift\t.docx")
    left = [".skjult.docx", "~$melding.docx", "Thumbs.db"]
    for name in left:
        (inbox / name).write_bytes(b"x")
    os.mkfifo(inbox / "rør.pdf")
    (inbox / "lenke.pdf").symlink_to(GOOD)
    (inbox / "mappe").mkdir()
    shutil.copy(GOOD, inbox / "mappe")

    with open_desk(home, working=True) as desk:
        put_aside = runner(desk).once()
        found = {str(d["source"]): d for d in flow.document_rows(desk)}
    assert put_aside == len(ASIDE) + 2
    for name in ASIDE:
        assert found[name]["status"] == "rejected", name
        assert re.fullmatch(r"[A-ZÆØÅ].+[.!]", str(found[name]["reason"])), name
    assert found["låst.pdf"]["status"] == "locked"
    assert found["bare eierpassord.pdf"]["status"] == "done"
    assert (found["skann.jpg"]["status"], found["skann.jpg"]["reason_code"]) == ("rejected", "image-format")
    for name in ("Åses melding.docx", "m" * 235 + ".docx", "linje skift .docx"):
        assert found[name]["status"] == "done", name
    assert len(found) == len(ASIDE) + 6
    assert sorted(p.name for p in inbox.iterdir() if p.name != ".claimed") == sorted(
        [*left, "rør.pdf", "lenke.pdf", "mappe"]
    )
    for document in found.values():
        aside = home / "put-aside" / str(document["id"])
        assert aside.exists() == (document["status"] in {"rejected", "locked"})


def test_what_looks_like_a_template_is_only_text(home: Path) -> None:
    name = 'Ánne-Ŋiillas {{ 7*7 }} & <b>"Čázi"</b> {% raw %} 👍'
    with open_desk(home, working=True) as desk:
        flow.add_message(
            desk,
            form="need-notification",
            fields={
                "recipient.name": name,
                "recipient.birth_date": "03.11.1984",
                "recipient.address": "Strandgata 14 & <i>bak</i>",
                "recipient.postal_place": "7130 Brekstad",
                "requested.coordinator": "ja",
                "reported_by": name,
                "date": "22.11.2026",
            },
            municipality="",
            channel="telefon",
        )
        items = list(flow.review_rows(desk))  # figures in a name: a person looks
        assert {item["field"] for item in items} == {"recipient.name", "reported_by"}
        flow.accept(desk, str(items[0]["submission"]))
        (case,) = flow.case_rows(desk)
        assert case["person"]["name"] == name  # type: ignore[index]
        letters = list(flow.letter_rows(desk))
    assert letters
    for letter in letters:
        with zipfile.ZipFile(str(letter["docx"])) as opened:
            body = opened.read("word/document.xml").decode()
        text = re.sub(r"<[^>]+>", "", body)
        assert "{{ 7*7 }} &amp; &lt;b&gt;" in text
        assert "Strandgata 14 &amp; &lt;i&gt;bak&lt;/i&gt;" in text


def test_an_inbox_that_is_away_stops_nothing_and_comes_back(home: Path, tmp_path: Path) -> None:
    with open_desk(home, working=True) as desk:
        running = runner(desk)
        (home / "inbox").rename(tmp_path / "borte")
        assert running.once() == 0
        (tmp_path / "borte").rename(home / "inbox")
        shutil.copy(GOOD, home / "inbox")
        assert running.once() == 0
        assert [d["status"] for d in flow.document_rows(desk)] == ["done"]


class Unreliable(Originals):
    """Originals that are out of reach the first times somebody wants to read one."""

    def __init__(self, folder: Path, *, failures: int) -> None:
        super().__init__(folder)
        self._failures = failures
        self._keeping = False

    def keep(self, taken: Arrival) -> Path:
        self._keeping = True
        try:
            return super().keep(taken)
        finally:
            self._keeping = False

    def path(self, sha256: str) -> Path:
        if not self._keeping and self._failures:
            self._failures -= 1
            return self.folder / "borte"
        return super().path(sha256)


def test_a_document_that_meets_a_passing_fault_is_tried_again(home: Path) -> None:
    """The original is out of reach for a while: the document waits, and is read when it is back."""
    shutil.copy(GOOD, home / "inbox")
    with open_desk(home, working=True) as whole:
        desk = replace(
            whole, originals=Unreliable(home / "data" / "originals", failures=2), retry_pauses=(0.1, 0.2)
        )
        assert runner(desk).once() == 0
        (document,) = flow.document_rows(desk)
        assert document["status"] == "done"
        steps = [s["step"] for s in flow.trace_rows(desk, str(document["id"]))]
    assert steps == ["received", "postponed", "postponed", "read", "linked", "done"]


class TownsOnABadDisk(PostTowns):
    """A register of post towns that can't be read the first times."""

    failures = 3

    def town(self, code: str) -> str | None:
        if TownsOnABadDisk.failures:
            TownsOnABadDisk.failures -= 1
            raise OSError(5, "Input/output error")
        return super().town(code)


def test_a_document_that_fails_again_and_again_is_put_aside_and_retried_by_hand(home: Path) -> None:
    shutil.copy(GOOD, home / "inbox")
    with open_desk(home, working=True) as whole:
        towns = TownsOnABadDisk.load(home / "config" / "postal-codes.csv")
        desk = replace(whole, towns=towns, retry_pauses=(0.1, 0.1))
        assert runner(desk).once() == 1
        (document,) = flow.document_rows(desk)
        assert (document["status"], document["reason_code"]) == ("rejected", "passing-fault")
        assert flow.retry(desk) == 1
        flow.work(desk)
        (document,) = flow.document_rows(desk)
        assert document["status"] == "done"


def test_a_waiting_run_takes_what_another_command_records(home: Path) -> None:
    """``ingest`` beside a run leaves the work to it; it is done within a second or two, not at the next look."""
    with open_desk(home, working=True) as desk:
        running = runner(desk)
        loop = Thread(target=running.forever)
        loop.start()
        try:
            with open_desk(home) as other:
                (row,) = flow.ingest_all(other, [GOOD], say=print)
                assert row["status"] == "received"
                until = time.monotonic() + 15
                while time.monotonic() < until and not list(flow.letter_rows(other)):
                    time.sleep(0.1)
                (document,) = flow.document_rows(other)
                assert document["status"] == "done"
                assert len(list(flow.letter_rows(other))) == 1
                assert flow.trace_rows(other, f"et/sted/{GOOD.name}")
        finally:
            running.stop()
            loop.join(timeout=20)
        assert not loop.is_alive()


def test_what_could_not_be_read_is_not_accepted_as_empty(home: Path) -> None:
    with open_desk(home, working=True) as desk:
        fields = {"recipient.name": "Odd Vik", "recipient.birth_date": "31.02.2014", "date": "22.11.2026"}
        flow.add_message(desk, form="need-notification", fields=fields, municipality="", channel="telefon")
        (item,) = flow.review_rows(desk)
        for wanted in (item["id"], item["submission"]):
            with pytest.raises(UsageError, match=r"review set S1 recipient\.birth_date"):
                flow.accept(desk, str(wanted))
        assert list(flow.review_rows(desk)) == [item]
        flow.set_value(desk, str(item["id"]), "recipient.birth_date", "28.02.2014")
        assert len(list(flow.case_rows(desk))) == 1


SIGNED = {"place": "Brekstad", "date": "21.11.2026", "name": "Odd Vik", "signed": "ja"}


@pytest.mark.parametrize("more", [{"place": "Brekstad", "date": "31.02.2026"}, {"date": "31.02.2026"}])
def test_rows_are_not_accepted_without_a_cell_that_could_not_be_read(
    home: Path, more: dict[str, str]
) -> None:
    with open_desk(home, working=True) as desk:
        fields = {"recipient.name": "Odd Vik", "date": "22.11.2026", "consent.signatures": [SIGNED, more]}
        flow.add_message(desk, form="need-notification", fields=fields, municipality="", channel="telefon")
        (item,) = (one for one in flow.review_rows(desk) if one["field"])
        assert (item["field"], item["code"]) == ("consent.signatures", "unread-cell")
        for wanted in (item["id"], item["submission"]):
            with pytest.raises(UsageError, match=r"ikke kunne leses.*review set S1 consent\.signatures"):
                flow.accept(desk, str(wanted))
        assert [one for one in flow.review_rows(desk) if one["field"]] == [item]
        flow.set_value(desk, str(item["id"]), "consent.signatures", json.dumps([SIGNED]))
        assert not [one for one in flow.review_rows(desk) if one["field"]]


def test_a_form_taken_out_of_a_case_leaves_it_a_task(home: Path) -> None:
    shutil.copy(GOOD, home / "inbox")
    with open_desk(home, working=True) as desk:
        runner(desk).once()
        (case,) = flow.case_rows(desk)
        flow.unlink(desk, "S1")
        tasks = flow.case_row(desk, str(case["id"]))["tasks"]  # type: ignore[index]
        assert any("D1" in t["text"] and "tatt ut av saken" in t["text"] for t in tasks)
        flow.reject(desk, "S1", "feil")
        with pytest.raises(RefusedError, match=r"avvist\.$"):
            flow.link_to(desk, "S1", "ny")
